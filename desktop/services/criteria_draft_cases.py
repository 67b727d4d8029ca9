"""Test cases of an own set, made from real cases without anything of the patient in them, and how they come out.

What leaves the case: answers, measured values, levels, sides and kinds of findings. Names, notes, quotations, what
waives a criterion, and every real date stay behind: dates are set anew around a fixed day of service, so that each lies
in or out of its time window as it did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
    Stance,
)
from desktop.domain.case import Case
from desktop.domain.clinical import affirmed_findings
from desktop.domain.criteria import CriteriaSet, Criterion, Scope
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.window import Window
from desktop.rules.conformance import run_case
from desktop.rules.evaluate import evaluate
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.set_cases import CASES_NAME, read_cases
from desktop.rules.subjects import subjects_of
from desktop.rules.units import same_unit
from desktop.rules.yaml_nodes import ListNode, MapNode, TextNode, parse_yaml
from desktop.services.criteria_draft_text import dump

SERVICE_DAY = date(2000, 7, 1)
"""The day of service of every case made here; it is nobody's."""
WAIVED = "named in the record"
OTHER_UNIT = "of-another-unit"
OLDEST_TOLD = Decimal(89)
"""An age above it tells who someone is (45 CFR 164.514(b)(2)(i)(C)); it is told as 90."""

Plain = dict[str, object]
Answers = Mapping[AssessmentKey, CriterionAssessment]
Links = Mapping[AssessmentKey, Sequence[EvidenceLink]]


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One test case as listed: its name, what it expects, and how it came out (`differences` empty: as expected)."""

    name: str
    expects: str
    differences: tuple[str, ...]

    @property
    def has_passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences


def case_from_review(
    criteria_set: CriteriaSet, case: Case, line: ServiceLine, answers: Answers, links: Links, cases: str
) -> str:
    """The texts of the cases (`cases`) with one more: this line's answers and what they come to now."""
    trace = evaluate(criteria_set, line, answers, links, imaging=case.imaging, documents=case.documents)
    made = _Anonymous(criteria_set, case, line, answers, links).plain(trace, _number_after(cases))
    return cases.rstrip("\n") + ("\n\n" if cases.strip() else "") + dump([made])


def run_own_cases(criteria_set: CriteriaSet, cases: str) -> tuple[OwnCase, ...]:
    """Every case against the set as it is. Raises CriteriaFileError with lines when the cases cannot be read."""
    if not cases.strip():
        return ()
    origin = f"cases of {criteria_set.id}"
    found = read_cases(cases, origin, criteria_set)
    return tuple(
        OwnCase(item.name, item.truth.value, run_case(criteria_set, item, origin).differences)
        for item in found
    )


def problems_of_cases(criteria_set: CriteriaSet, cases: str) -> tuple[str, ...]:
    """What keeps the cases from being read, by line; empty when they can be."""
    try:
        run_own_cases(criteria_set, cases)
    except CriteriaFileError as error:
        return tuple(f"Line {item.line}: {item.problem} {item.fix}" for item in error.problems)
    return ()


def without_case(cases: str, at: int) -> str:
    """The texts of the cases without the one at an index; what stands between the others stays as it was."""
    starts = _starts(cases)
    if not 0 <= at < len(starts):
        return cases
    lines = cases.splitlines(keepends=True)
    end = starts[at + 1] if at + 1 < len(starts) else len(lines)
    return "".join((*lines[: starts[at]], *lines[end:]))


def _starts(cases: str) -> list[int]:
    """The line, from 0, on which each case begins."""
    if not cases.strip():
        return []
    root = parse_yaml(cases, CASES_NAME)
    return [item.line - 1 for item in root.items] if isinstance(root, ListNode) else []


def _number_after(cases: str) -> int:
    names: list[str] = []
    root = parse_yaml(cases, CASES_NAME) if cases.strip() else None
    for item in root.items if isinstance(root, ListNode) else []:
        name = item.values.get("name") if isinstance(item, MapNode) else None
        names.append(name.text if isinstance(name, TextNode) else "")
    number = len(names) + 1
    while any(name.startswith(f"{_NAMED} {number}") for name in names):
        number += 1
    return number


_NAMED = "From an open case"


class _Anonymous:
    """One line of a case as a test case."""

    def __init__(
        self, criteria_set: CriteriaSet, case: Case, line: ServiceLine, answers: Answers, links: Links
    ) -> None:
        self._set = criteria_set
        self._case = case
        self._line = line
        self._answers = answers
        self._links = links
        self._is_dated = False

    def plain(self, trace: EvaluationTrace, number: int) -> Plain:
        answers = {leaf.id: answer for leaf in self._set.criteria() if (answer := self._answer(leaf))}
        found = affirmed_findings(self._case.imaging, self._line.levels)
        fields: Plain = {
            "name": f"{_NAMED} {number}: {trace.truth.verdict}",
            "levels": list(self._line.levels),
            "sides": list(self._line.sides),
            "service_on": SERVICE_DAY.isoformat() if self._is_dated else "",
            "findings": list(dict.fromkeys(finding.kind.value for finding in found)),
            "answers": answers,
            "expect": trace.truth.value,
            "expect_levels": self._level_truths(trace),
            "expect_silent": "yes" if trace.is_silent else "no",
        }
        return {name: value for name, value in fields.items() if value}

    def _level_truths(self, trace: EvaluationTrace) -> dict[str, str]:
        if len(trace.levels) < 2:
            return {}
        return {f"{level.level} {level.side}".strip(): level.truth.value for level in trace.levels}

    def _answer(self, leaf: Criterion) -> object:
        subjects = subjects_of(leaf, self._line)
        if leaf.per in {Scope.CASE, Scope.SERVICE_LINE}:
            return self._one(leaf, subjects[0])
        found = {subject: self._one(leaf, subject) for subject in subjects}
        return {subject: answer for subject, answer in found.items() if answer}

    def _one(self, leaf: Criterion, subject: str) -> object:
        key = AssessmentKey(set_id=self._set.id, criterion_id=leaf.id, subject=subject)
        answer = self._answers.get(key)
        amount = (
            answer.amount if answer and leaf.threshold else None
        )  # without a threshold it decides nothing
        if answer is None or (answer.state is None and amount is None):
            return None
        fields: Plain = {}
        if answer.state is not None:
            fields["state"] = answer.state.value.replace("_", " ")
        if amount is not None:
            fields["amount"] = _amount(leaf, amount)
        if answer.state is AssessmentState.EXCEPTION and answer.exception_source.strip():
            fields["waived_by"] = WAIVED
        if (day := self._day(leaf, key)) is not None:
            fields["dated_on"] = day.isoformat()
            self._is_dated = True
        return fields["state"] if set(fields) == {"state"} else fields

    def _day(self, leaf: Criterion, key: AssessmentKey) -> date | None:
        """A day that stands to the fixed day of service as the newest telling document did to the real one."""
        service_on = self._line.service_on
        supporting = [link for link in self._links.get(key, ()) if link.stance is Stance.SUPPORTS]
        if leaf.within is None or service_on is None or not supporting:
            return None
        documents = [self._case.document(link.span.document_id) for link in supporting]
        days = [document.dated_on if document else None for document in documents]
        return _moved(leaf.within, service_on, days)


def _moved(window: Window, service_on: date, days: Sequence[date | None]) -> date:
    first, new_first = window.begins(service_on), window.begins(SERVICE_DAY)
    inside = [day for day in days if day is not None and first <= day <= service_on]
    if inside:
        return max(new_first, SERVICE_DAY - (service_on - max(inside)))
    older = [day for day in days if day is not None and day < first]
    # Undated words count as little as words of another time.
    age = (first - max(older)).days if older else 1
    return new_first - timedelta(days=min(age, _OLDEST_DAYS))


def _amount(leaf: Criterion, amount: Amount) -> str:
    value = amount.value
    if leaf.measure is not None and leaf.measure.kind.value == "age" and value > OLDEST_TOLD:
        value = OLDEST_TOLD + 1
    is_same = leaf.threshold is not None and same_unit(amount.unit, leaf.threshold.unit)
    return f"{value:f} {leaf.threshold.unit if is_same and leaf.threshold else OTHER_UNIT}"


_OLDEST_DAYS = 3650
