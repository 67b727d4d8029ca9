"""Reads the cases that stand beside a criteria set (`tests.yaml`); it must not run them.

A case's answers are written as words (`met`, `not met`) per criterion, for all subjects at once, level by level or side
by side; the expected truth is that of the service line. An answer with a date rests on words of a document of that day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, CriterionAssessment
from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import CriteriaSet, Criterion, Scope
from desktop.domain.service_line import Laterality
from desktop.domain.truth import Truth
from desktop.domain.vertebra import LevelError, parse_levels
from desktop.rules.fields import FieldReader, decimal_of
from desktop.rules.file_problem import Problems
from desktop.rules.units import is_rest_of_number
from desktop.rules.yaml_nodes import ListNode, MapNode, TextNode, YamlNode, parse_yaml

CASES_NAME = "tests.yaml"
CASE_FIELDS = (
    "name",
    "levels",
    "sides",
    "service_on",
    "findings",
    "answers",
    "expect",
    "expect_levels",
    "expect_missing",
    "expect_silent",
)
ANSWER_FIELDS = ("state", "amount", "waived_by", "dated_on")
LINE_ID = "line"
SIDES = (Laterality.LEFT.value, Laterality.RIGHT.value)


@dataclass(frozen=True, slots=True)
class SetCase:
    """One case: answers for a line, and what must come out."""

    name: str
    line_number: int
    levels: tuple[str, ...]
    sides: tuple[str, ...]
    service_on: date | None
    findings: tuple[FindingKind, ...]
    assessments: Mapping[AssessmentKey, CriterionAssessment]
    dated_on: Mapping[AssessmentKey, date]
    """The day of the document that an answer rests on, where the case names one."""
    truth: Truth
    level_truths: Mapping[str, Truth]
    """By level (`L4-L5`), side (`left`) or both (`L4-L5 left`); whatever a key names must have the truth."""
    missing: frozenset[str] | None
    is_silent: bool | None


def laterality_of(sides: Collection[str]) -> Laterality:
    """The laterality of a line that is asked for on these sides (`left`, `right`)."""
    if len(set(sides)) > 1:
        return Laterality.BILATERAL
    return next((Laterality(side) for side in sides), Laterality.NONE)


def read_cases(text: str, origin: str, criteria_set: CriteriaSet) -> tuple[SetCase, ...]:
    """The cases in a YAML text. Raises CriteriaFileError with every mistake by line."""
    root = parse_yaml(text, origin)
    problems = Problems()
    items = root.items if isinstance(root, ListNode) else []
    if not items:
        problems.add(root.line, "The file is not a list of cases.", "Begin every case with `- name: ...`.")
    cases = [_CaseReader(item, problems, criteria_set).read() for item in _maps(items, problems)]
    problems.raise_if_any(origin)
    return tuple(cases)


def _maps(items: list[YamlNode], problems: Problems) -> list[MapNode]:
    found: list[MapNode] = []
    for item in items:
        if isinstance(item, MapNode):
            found.append(item)
        else:
            problems.add(
                item.line, "This is not a case.", "Write `- name: ...` with `answers` and `expect` under it."
            )
    return found


class _CaseReader:
    """Reads one case."""

    def __init__(self, node: MapNode, problems: Problems, criteria_set: CriteriaSet) -> None:
        self._fields = FieldReader(node, problems)
        self._problems = problems
        self._set = criteria_set
        self._levels: tuple[str, ...] = ()
        self._sides: tuple[str, ...] = ()
        self._found: dict[AssessmentKey, CriterionAssessment] = {}
        self._dated: dict[AssessmentKey, date] = {}

    def read(self) -> SetCase:
        """The case; mistakes go to the problems."""
        fields = self._fields
        fields.refuse_unknown(CASE_FIELDS, "a case")
        fields.require(("name", "expect"), "the case")
        self._levels = tuple(
            level for text, line in fields.texts("levels") for level in self._level(text, line)
        )
        self._sides = tuple(side for text, line in fields.texts("sides") for side in self._side(text, line))
        self._answers(self._map("answers"))
        silent = fields.text("expect_silent")
        if silent not in {"", "yes", "no"}:
            self._problems.add(
                fields.line("expect_silent"), "`expect_silent` is neither.", "Write yes or no."
            )
        return SetCase(
            name=fields.text("name"),
            line_number=fields.node.line,
            levels=self._levels,
            sides=self._sides,
            service_on=fields.day("service_on"),
            findings=fields.words("findings", FindingKind),
            assessments=self._found,
            dated_on=self._dated,
            truth=fields.word("expect", Truth, Truth.UNKNOWN),
            level_truths=self._level_truths(),
            missing=self._missing(),
            is_silent=None if not silent else silent == "yes",
        )

    def _map(self, key: str) -> MapNode:
        node = self._fields.value(key)
        if isinstance(node, MapNode):
            return node
        if node is not None:
            self._problems.add(
                self._fields.line(key), f"`{key}` must be a mapping.", "Write `criterion-id: met`."
            )
        return MapNode(self._fields.line(key))

    def _level(self, text: str, line: int) -> tuple[str, ...]:
        try:
            return parse_levels(text)
        except LevelError as error:
            self._problems.add(line, f"{error}.", "Write a level such as L4-L5.")
            return ()

    def _side(self, text: str, line: int) -> tuple[str, ...]:
        if text in SIDES:
            return (text,)
        self._problems.add(line, f"`{text}` is not a side.", f"Write {' or '.join(SIDES)}.")
        return ()

    def _level_truths(self) -> dict[str, Truth]:
        fields = FieldReader(self._map("expect_levels"), self._problems)
        found: dict[str, Truth] = {}
        for key, line in fields.node.key_lines.items():
            for place in self._places(key, line):
                found[place] = fields.word(key, Truth, Truth.UNKNOWN)
        return found

    def _places(self, key: str, line: int) -> tuple[str, ...]:
        """What `L4-L5`, `left` or `L4-L5 left` names, in canonical words; a range names each of its levels."""
        level, _, side = key.rpartition(" ")
        if side not in SIDES:
            return self._level(key, line)
        return tuple(f"{found} {side}" for found in self._level(level, line)) if level else (side,)

    def _missing(self) -> frozenset[str] | None:
        if self._fields.value("expect_missing") is None:
            return None
        listed = self._fields.texts("expect_missing")
        for text, line in listed:
            self._criterion(text, line)
        return frozenset(text for text, _ in listed)

    def _criterion(self, criterion_id: str, line: int) -> Criterion | None:
        found = self._set.criterion(criterion_id)
        if found is None:
            known = ", ".join(item.id for item in self._set.criteria())
            self._problems.add(line, f"The set has no criterion `{criterion_id}`.", f"Use one of: {known}.")
        return found

    def _answers(self, node: MapNode) -> None:
        for criterion_id, value in node.values.items():
            criterion = self._criterion(criterion_id, node.key_lines[criterion_id])
            if criterion is None:
                continue
            if isinstance(value, MapNode) and not set(value.values) & set(ANSWER_FIELDS):
                self._one_by_one(criterion, value)
                continue
            for subject in self._subjects(criterion):
                self._answer(criterion, subject, value)

    def _subjects(self, criterion: Criterion) -> tuple[str, ...]:
        match criterion.per:
            case Scope.CASE:
                return ("",)
            case Scope.SERVICE_LINE:
                return (LINE_ID,)
            case Scope.LEVEL:
                return self._levels
            case _:
                return self._sides

    def _one_by_one(self, criterion: Criterion, node: MapNode) -> None:
        if criterion.per not in {Scope.LEVEL, Scope.SIDE}:
            self._problems.add(
                node.line, f"`{criterion.id}` is not asked per level or side.", "Give one answer: `met`."
            )
            return
        read = self._level if criterion.per is Scope.LEVEL else self._side
        for key, value in node.values.items():
            for subject in read(key, node.key_lines[key]):
                self._answer(criterion, subject, value)

    def _answer(self, criterion: Criterion, subject: str, node: YamlNode) -> None:
        key = AssessmentKey(set_id=self._set.id, criterion_id=criterion.id, subject=subject)
        if isinstance(node, TextNode):
            self._found[key] = CriterionAssessment(key=key, state=self._state(node.text, node.line))
        elif isinstance(node, MapNode):
            fields = FieldReader(node, self._problems)
            fields.refuse_unknown(ANSWER_FIELDS, "an answer")
            state = fields.text("state")
            self._found[key] = CriterionAssessment(
                key=key,
                state=self._state(state, fields.line("state")) if state else None,
                amount=self._amount(fields),
                exception_source=fields.text("waived_by"),
            )
            if (dated_on := fields.day("dated_on")) is not None:
                self._dated[key] = dated_on
        else:
            self._problems.add(
                node.line, "An answer must be a word or a mapping.", "Write `criterion-id: met`."
            )

    def _state(self, text: str, line: int) -> AssessmentState | None:
        return self._fields.as_word("state", text.replace(" ", "_"), AssessmentState, line)

    def _amount(self, fields: FieldReader) -> Amount | None:
        text = fields.text("amount")
        if not text:
            return None
        number, _, unit = text.partition(" ")
        value = decimal_of(number)
        if value is None or not unit or is_rest_of_number(unit):
            self._problems.add(
                fields.line("amount"), f"`{text}` is no amount.", "Write a number and a unit: 8 mm."
            )
            return None
        return Amount(value=value, unit=unit)
