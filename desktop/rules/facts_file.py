"""Reads the answers of one service line from a parsed FACTS.json, with every mistake named by its JSON path.

It must not parse bytes, evaluate anything or guess: a number without a unit and an unknown word are refused in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy
from desktop.domain.criteria import CriteriaSet, Criterion, Scope
from desktop.domain.document import Document, span_of
from desktop.domain.service_line import ServiceLine
from desktop.domain.vertebra import LevelError, level_order, parse_levels
from desktop.rules.fact_answer import ANSWER_KEYS, Answer, read_answer
from desktop.rules.fact_problem import (
    FactProblems,
    FactsFileError,
    Json,
    day_of,
    joined,
    refuse_unstorable,
    shown,
    words_of,
)
from desktop.rules.set_cases import LINE_ID, SIDES, laterality_of
from desktop.rules.subjects import subjects_of

__all__ = ["Facts", "FactsFileError", "read_facts"]

HEAD_KEYS = ("levels", "sides", "side", "service_on", "findings")
NESTING_KEYS = ("answers", "facts")
_BOTH_SIDES = frozenset({"bilateral", "both"})
_QUOTE = "Stated in the file of facts."


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file of facts says about one service line: all that evaluating a set for it takes."""

    line: ServiceLine
    assessments: Mapping[AssessmentKey, CriterionAssessment]
    links: Mapping[AssessmentKey, tuple[EvidenceLink, ...]]
    """An answer with a date rests on words of a document of that day."""
    documents: tuple[Document, ...]
    named_documents: tuple[Document, ...]
    """Those of which the file says what they are."""
    imaging: tuple[ImagingStudy, ...]
    remarks: tuple[str, ...] = ()
    """What was read and could not be used, in sentences."""


def read_facts(document: Json, criteria_set: CriteriaSet, origin: str) -> Facts:
    """The facts in a parsed JSON document (as `json.loads` gives it) for a set.

    `origin` names the file in messages. Raises FactsFileError with every mistake.
    """
    problems = FactProblems()
    if not isinstance(document, dict):
        problems.add("", "The file is not an object.", 'Write `{"criterion-id": "met"}`.')
        raise FactsFileError(origin, problems.found)
    refuse_unstorable(document, "", problems)
    if problems.found:
        raise FactsFileError(origin, problems.found)
    facts = _FactsReader(criteria_set, problems).read(document)
    if problems.found:
        raise FactsFileError(origin, problems.found)
    return facts


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer as it was given, before the levels of the line are known. `subject` None: for all of them."""

    path: str
    criterion: Criterion
    subject: str | None
    answer: Answer


class _FactsReader:
    """Reads one file: first everything that it names, then whom each answer is for."""

    def __init__(self, criteria_set: CriteriaSet, problems: FactProblems) -> None:
        self._set = criteria_set
        self._problems = problems
        self._criteria = {item.id: item for item in criteria_set.criteria()}
        self._heads: dict[str, tuple[str, Json]] = {}
        self._given: list[_Given] = []
        self._answered: set[tuple[str, str | None]] = set()
        self._levels: dict[str, None] = {}
        self._sides: dict[str, None] = {}

    def read(self, document: Mapping[str, Json]) -> Facts:
        """The facts; mistakes go to the problems."""
        self._object(document, "")
        self._read_places()
        line = ServiceLine(
            id=LINE_ID,
            levels=tuple(sorted(self._levels, key=level_order)),
            laterality=laterality_of(self._sides),
            service_on=day_of(*self._head("service_on"), self._problems),
        )
        return self._assembled(line)

    # ------------------------------------------------------------------------------- what the file names

    def _object(self, values: Mapping[str, Json], path: str) -> None:
        for key, value in values.items():
            here = joined(path, key)
            if key in self._criteria:
                self._criterion(self._criteria[key], value, here)
            elif key in NESTING_KEYS and isinstance(value, dict):
                self._object(value, here)
            elif key in HEAD_KEYS:
                self._take_head(key, value, here)
            elif key in NESTING_KEYS:
                self._problems.add(
                    here, f"`{key}` is not an object.", 'Write `{"criterion-id": "met"}` under it.'
                )
            elif places := self._places_of(key):
                if isinstance(value, dict):
                    self._place(places, value, here)
                else:
                    said = f"`{shown(key)}` does not say which criterion it answers."
                    self._problems.add(here, said, f'Write `{{"{shown(key)}": {{"criterion-id": "met"}}}}`.')
            else:
                self._problems.add(here, f"The set has no criterion `{shown(key)}`.", self._meant(key))

    def _take_head(self, key: str, value: Json, here: str) -> None:
        if key in self._heads:
            self._problems.add(here, f"`{key}` stands in two places.", "Keep one of the two.")
        self._heads.setdefault(key, (here, value))

    def _head(self, key: str) -> tuple[str, Json]:
        return self._heads.get(key, (key, None))

    def _meant(self, key: str) -> str:
        near = get_close_matches(key, (*self._criteria, *HEAD_KEYS, *NESTING_KEYS), n=1)
        return f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(self._criteria)}."

    def _place(self, places: tuple[str, ...], values: Mapping[str, Json], path: str) -> None:
        """`{"L4-L5": {"criterion-id": "met"}}`: the answers of one level or side together."""
        for key, value in values.items():
            here, criterion = joined(path, key), self._criteria.get(key)
            if criterion is None:
                self._problems.add(here, f"The set has no criterion `{shown(key)}`.", self._meant(key))
                continue
            self._one_by_one(criterion, dict.fromkeys(places, value), here, is_named_above=True)

    def _criterion(self, criterion: Criterion, value: Json, path: str) -> None:
        if isinstance(value, dict) and value and not set(value) & set(ANSWER_KEYS):
            self._one_by_one(criterion, value, path)
        else:
            self._answer(criterion, None, value, path)

    def _one_by_one(
        self, criterion: Criterion, values: Mapping[str, Json], path: str, *, is_named_above: bool = False
    ) -> None:
        """Answers by level or side. `is_named_above`: the path has the place already."""
        wanted = _PLACE_WORDS.get(criterion.per)
        for key, value in values.items():
            here = path if is_named_above else joined(path, key)
            subjects = self._subjects_of(criterion, key)
            if wanted is None:
                self._problems.add(
                    here, f"`{criterion.id}` is not asked per level or side.", 'Give one answer: `"met"`.'
                )
                return
            if not subjects:
                self._problems.add(here, f"`{shown(key)}` is not {wanted}.", _PLACE_EXAMPLES[criterion.per])
            for subject in subjects:
                self._answer(criterion, subject, value, here)

    def _subjects_of(self, criterion: Criterion, key: str) -> tuple[str, ...]:
        places = self._places_of(key)
        is_side = criterion.per is Scope.SIDE
        return tuple(place for place in places if (place in SIDES) is is_side)

    def _places_of(self, key: str) -> tuple[str, ...]:
        """The levels or sides that a word names; none when it names neither."""
        word = key.strip().lower()
        if word in SIDES:
            return (word,)
        if word in _BOTH_SIDES:
            return SIDES
        try:
            return parse_levels(key)
        except LevelError:
            return ()

    def _answer(self, criterion: Criterion, subject: str | None, value: Json, path: str) -> None:
        if (criterion.id, subject) in self._answered:
            whom = f" for {subject}" if subject else ""
            self._problems.add(path, f"`{criterion.id}` is answered twice{whom}.", "Keep one of the two.")
            return
        self._answered.add((criterion.id, subject))
        if subject is not None:
            (self._sides if criterion.per is Scope.SIDE else self._levels)[subject] = None
        answer = read_answer(criterion, value, path, self._problems)
        if answer is not None:
            self._given.append(_Given(path, criterion, subject, answer))

    # ------------------------------------------------------------------------------ levels, sides, findings

    def _read_places(self) -> None:
        for key in ("levels", "sides", "side"):
            path, value = self._head(key)
            are_sides = key != "levels"
            for word, here in words_of(value, path, self._problems):
                found = tuple(place for place in self._places_of(word) if (place in SIDES) is are_sides)
                if not found:
                    scope = Scope.SIDE if are_sides else Scope.LEVEL
                    said = f"`{shown(word)}` is not {_PLACE_WORDS[scope]}."
                    self._problems.add(here, said, _PLACE_EXAMPLES[scope])
                (self._sides if are_sides else self._levels).update(dict.fromkeys(found))

    def _findings(self) -> Iterator[Finding]:
        path, value = self._head("findings")
        kinds = {kind.value: kind for kind in FindingKind}
        states = {state.value: state for state in Assertion}
        for number, (word, here) in enumerate(words_of(value, path, self._problems)):
            name, _, said = word.partition(":")
            kind, state = kinds.get(name.strip()), states.get(said.strip() or Assertion.AFFIRMED.value)
            if kind is None:
                near = get_close_matches(name, kinds, n=1)
                fix = f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(kinds)}."
                self._problems.add(here, f"`{shown(name)}` is not a finding.", fix)
            elif state is None:
                self._problems.add(
                    here, f"`{shown(said)}` says nothing of it.", f"Write one of: {', '.join(states)}."
                )
            else:
                yield Finding(id=f"finding-{number + 1}", kind=kind, assertion=state)

    def _idle_sides(self) -> Iterator[str]:
        if any(item.per is Scope.SIDE for item in self._criteria.values()):
            return
        for key in ("sides", "side"):
            if self._head(key)[1]:
                yield f"{self._head(key)[0]}: no criterion of this set is asked per side; `{key}` changes nothing."

    # ------------------------------------------------------------------------------------ putting together

    def _assembled(self, line: ServiceLine) -> Facts:
        findings = tuple(self._findings())
        assessments: dict[AssessmentKey, CriterionAssessment] = {}
        links: dict[AssessmentKey, tuple[EvidenceLink, ...]] = {}
        documents: list[Document] = []
        named: list[Document] = []
        remarks = list(self._idle_sides())
        # What is said for one level or side counts before what is said for all of them.
        for given in sorted(self._given, key=_is_for_one):
            subjects = self._subjects(given, line)
            if not subjects:
                remarks.append(
                    f"{given.path}: `{given.criterion.id}` is asked per {given.criterion.per.value}, and the file "
                    f"names no {given.criterion.per.value}; the answer was not used. "
                    f"{_PLACE_EXAMPLES[given.criterion.per]}"
                )
            if given.answer.kind is not None and given.answer.dated_on is None:
                remarks.append(
                    f"{given.path}.document: `document` counts only beside a `date`; it was not used."
                )
            for subject in subjects:
                key = AssessmentKey(set_id=self._set.id, criterion_id=given.criterion.id, subject=subject)
                assessments[key] = given.answer.for_key(key)
                links.pop(key, None)
                if given.answer.dated_on is None:
                    continue
                source = Document(
                    id=f"document-{len(documents) + 1}",
                    kind=given.answer.kind_for(given.criterion),
                    dated_on=given.answer.dated_on,
                    text=_QUOTE,
                )
                documents.append(source)
                if given.answer.kind is not None:
                    named.append(source)
                span = span_of(source, 0, len(_QUOTE))
                links[key] = (EvidenceLink(id=f"link-{len(documents)}", key=key, span=span),)
        study = (ImagingStudy(id="imaging", findings=findings),) if findings else ()
        return Facts(line, assessments, links, tuple(documents), tuple(named), study, tuple(remarks))

    def _subjects(self, given: _Given, line: ServiceLine) -> tuple[str, ...]:
        if given.subject is not None:
            return (given.subject,)
        return subjects_of(given.criterion, line)


def _is_for_one(given: _Given) -> bool:
    return given.subject is not None


_PLACE_WORDS = {Scope.LEVEL: "a spinal level", Scope.SIDE: "a side"}
_PLACE_EXAMPLES = {
    Scope.LEVEL: 'Write for example `"levels": ["L5-S1"]` or `{"L5-S1": "met"}`.',
    Scope.SIDE: 'Write for example `"side": "left"` or `{"left": "met"}`.',
}
