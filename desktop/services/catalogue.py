"""All criteria sets a case may be held against: the shipped library and those the user typed into the store."""

from __future__ import annotations

from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.criteria import CriteriaSet, Criterion, Scope
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import Library, load_set
from desktop.services.case_criteria import parse_typed, require_known_criteria
from desktop.services.operation import OperationResult
from desktop.store.engine import Store, UnitOfWork


class Catalogue:
    """The shipped library plus the sets typed by the user; a typed set never shadows a shipped one."""

    def __init__(self, store: Store, shipped: Library) -> None:
        self._store = store
        self._shipped = shipped
        self._typed: dict[str, tuple[str, CriteriaSet]] = {}

    def library(self) -> Library:
        """The whole library as of now; typed sets are parsed once per text."""
        with self._store.read() as reader:
            sources = reader.criteria.sources()
        for set_id, text in sources:
            if self._typed.get(set_id, ("",))[0] != text:
                self._typed[set_id] = (text, load_set(text, f"set {set_id}"))
        return self._shipped.with_user_sets([self._typed[set_id][1] for set_id, _ in sources])

    def for_case(self, case: Case) -> tuple[CriteriaSet, ...]:
        """The sets that the case's service lines name, in order, each once. Unknown ids are left out here."""
        library = self.library()
        named = dict.fromkeys(set_id for line in case.service_lines for set_id in line.criteria_set_ids)
        found = (library.get(set_id) for set_id in named)
        return tuple(criteria_set for criteria_set in found if criteria_set is not None)

    def parse_typed(self, yaml_text: str) -> CriteriaSet:
        """Read a set the user typed. Raises CriteriaFileError with the line, or UserFacingError for a taken id."""
        return parse_typed(yaml_text, self._shipped)

    def criteria_of(self, case_file: CaseFile, name: str) -> tuple[tuple[str, CriteriaSet], ...]:
        """The file's own criteria sets with their texts. Raises CaseFileError when it names any that are not there."""
        with self._store.read() as reader:
            stored = dict(reader.criteria.sources())
        return require_known_criteria(case_file, self._shipped, stored, name)

    def typed_source(self, set_id: str) -> str | None:
        """The text of a set the user typed, as stored; None for a shipped or unknown one."""
        with self._store.read() as reader:
            return dict(reader.criteria.sources()).get(set_id)

    def typed_sets(self) -> tuple[CriteriaSet, ...]:
        """The sets that the user typed, in order of their ids."""
        library = self.library()
        return tuple(item for item in library.sets if self._shipped.get(item.id) is None)

    def type_set(self, yaml_text: str) -> OperationResult[CriteriaSet]:
        """Store a set the user typed; it stays the user's own and is never part of an export.

        A text with the id of an own set replaces that set's text. Raises UserFacingError when an answer that was
        given, or words that were linked, would lose the question they belong to.
        """
        criteria_set = self.parse_typed(yaml_text)
        with self._store.write(
            "criteria_set_typed", "Type a criteria set", case_id=None, undoable=False
        ) as work:
            before = dict(work.criteria.sources()).get(criteria_set.id)
            if before is not None:
                self._require_questions(work, load_set(before, criteria_set.id), criteria_set)
            work.criteria.put(criteria_set.id, yaml_text, criteria_set.licence)
        return OperationResult(criteria_set, Changes(frozenset({ChangeFlag.CRITERIA}), frozenset()))

    def _require_questions(self, work: UnitOfWork, old: CriteriaSet, new: CriteriaSet) -> None:
        answered = work.review.answered(old.id)
        lost = [
            f"“{_short(asked.text)}” {reason} ({cases} {'case' if cases == 1 else 'cases'})"
            for asked in old.criteria()
            if (cases := len({case_id for case_id, key in answered if key.criterion_id == asked.id}))
            and (reason := _lost(asked, new.criterion(asked.id)))
        ]
        if lost:
            raise UserFacingError(
                f"Answers or linked words would lose their question: {'; '.join(lost)}.",
                safe="Your text is still in the editor; the set is stored as it was.",
                todo="Put these criteria back as they were asked (their words may change), or type a new set.",
            )


def _lost(old: Criterion, new: Criterion | None) -> str:
    """Why answers to a criterion no longer belong to what it is now; empty when they do."""
    if new is None:
        return "is no longer in the set"
    if new.per is not old.per:
        return f"was asked once per {_PER[old.per]} and is now asked once per {_PER[new.per]}"
    if new.polarity is not old.polarity:
        return f"had to be {old.polarity.value} and now must be {new.polarity.value}"
    return ""


_PER = {Scope.CASE: "case", Scope.SERVICE_LINE: "service line", Scope.LEVEL: "level"}


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
