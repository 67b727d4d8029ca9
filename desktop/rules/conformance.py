"""Runs the cases that stand beside a criteria set, so that its logic is checked where it is written.

It must not print: the caller shows the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.assessment import EvidenceLink
from desktop.domain.clinical import Finding, ImagingStudy
from desktop.domain.criteria import CriteriaSet
from desktop.domain.document import Document, span_of
from desktop.domain.evaluation import EvaluationTrace, LevelTrace
from desktop.domain.service_line import ServiceLine
from desktop.rules.evaluate import evaluate
from desktop.rules.loader import FILE_NAME, CriteriaFileError, criteria_files, load_set, read_criteria_file
from desktop.rules.set_cases import CASES_NAME, LINE_ID, SetCase, laterality_of, read_cases


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case came out; `differences` is empty when it came out as expected."""

    set_id: str
    name: str
    origin: str
    line: int
    differences: tuple[str, ...]

    @property
    def has_passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class ConformanceReport:
    """Every case that ran, and every file that could not be read."""

    results: tuple[CaseResult, ...]
    problems: tuple[CriteriaFileError, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that came out otherwise."""
        return tuple(result for result in self.results if not result.has_passed)

    @property
    def has_passed(self) -> bool:
        """Whether every file was read and every case came out as expected."""
        return not self.failed and not self.problems


def run_cases(folder: Path) -> ConformanceReport:
    """Run the cases beside every set under a folder. A set without cases simply has no results (lint says so)."""
    results: list[CaseResult] = []
    problems: list[CriteriaFileError] = []
    for path in criteria_files(folder):
        origin = path.relative_to(folder).as_posix()
        cases_path = path.with_name(CASES_NAME)
        try:
            criteria_set = load_set(read_criteria_file(path, origin), origin)
            if cases_path.exists():
                cases_origin = origin.removesuffix(FILE_NAME) + CASES_NAME
                cases = read_cases(read_criteria_file(cases_path, cases_origin), cases_origin, criteria_set)
                results.extend(run_case(criteria_set, case, cases_origin) for case in cases)
        except CriteriaFileError as error:
            problems.append(error)
    return ConformanceReport(tuple(results), tuple(problems))


def run_case(criteria_set: CriteriaSet, case: SetCase, origin: str) -> CaseResult:
    """Evaluate one case and name every difference from what it expects."""
    trace = trace_of(criteria_set, case)
    return CaseResult(criteria_set.id, case.name, origin, case.line_number, tuple(_differences(trace, case)))


def trace_of(criteria_set: CriteriaSet, case: SetCase) -> EvaluationTrace:
    """What a case comes to."""
    line = ServiceLine(
        id=LINE_ID,
        levels=case.levels,
        laterality=laterality_of(case.sides),
        service_on=case.service_on,
    )
    findings = tuple(Finding(id=f"finding-{number}", kind=kind) for number, kind in enumerate(case.findings))
    study = ImagingStudy(id="study", findings=findings)
    documents = {
        key: Document(id=f"document-{number}", dated_on=day, text="Words.")
        for number, (key, day) in enumerate(case.dated_on.items())
    }
    links = {
        key: (EvidenceLink(id=f"link-{document.id}", key=key, span=span_of(document, 0, 6)),)
        for key, document in documents.items()
    }
    return evaluate(
        criteria_set,
        line,
        case.assessments,
        links,
        imaging=(study,),
        documents=tuple(documents.values()),
    )


def _differences(trace: EvaluationTrace, case: SetCase) -> list[str]:
    found: list[str] = []
    if trace.truth is not case.truth:
        found.append(f"The line is {trace.truth.value}; expected {case.truth.value}.")
    for place, expected in case.level_truths.items():
        named = [level for level in trace.levels if place in _places(level)]
        if not named:
            found.append(f"{place} is not evaluated; expected {expected.value}.")
        found.extend(
            f"{_places(level)[-1]} is {level.truth.value}; expected {expected.value}."
            for level in named
            if level.truth is not expected
        )
    missing = frozenset(item.criterion_id for level in trace.levels for item in level.missing)
    if case.missing is not None and missing != case.missing:
        found.append(f"Missing are {_ids(missing)}; expected {_ids(case.missing)}.")
    if case.is_silent is not None and trace.is_silent is not case.is_silent:
        found.append(f"The set is {'' if trace.is_silent else 'not '}silent: {trace.silence_reason}")
    return found


def _places(level: LevelTrace) -> tuple[str, ...]:
    """What names a level of a trace, the fullest last."""
    return tuple(name for name in (level.level, level.side, f"{level.level} {level.side}".strip()) if name)


def _ids(ids: frozenset[str]) -> str:
    return ", ".join(sorted(ids)) or "none"
