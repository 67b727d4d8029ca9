"""All criteria sets a case may be held against: the shipped library and those the user typed into the store."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.criteria import CriteriaSet, Criterion, Scope
from desktop.domain.errors import UserFacingError
from desktop.domain.service_line import ServiceLine
from desktop.domain.text import shortened
from desktop.rules.loader import CriteriaFileError, Library, load_set
from desktop.rules.match import Match, RankedSet
from desktop.services.case_criteria import require_known_criteria
from desktop.services.choosing import chosen_for, matches_for
from desktop.services.operation import OperationResult
from desktop.services.typed_text import parse_typed
from desktop.store.engine import Store, UnitOfWork


class Catalogue:
    """The shipped library plus the sets typed by the user; a typed set never shadows a shipped one."""

    def __init__(self, store: Store, shipped: Library) -> None:
        self._store = store
        self._shipped = shipped
        self._typed: dict[str, tuple[str, CriteriaSet | CriteriaFileError]] = {}

    def library(self) -> Library:
        """The whole library as of now; typed sets are parsed once per text.

        A stored text that this version of the program cannot read is among the library's problems, so that it keeps
        no other set, and no case, from being opened.
        """
        with self._store.read() as reader:
            sources = reader.criteria.sources()
        found = [self._read(set_id, text) for set_id, text in sources]
        library = self._shipped.with_user_sets([item for item in found if isinstance(item, CriteriaSet)])
        unreadable = tuple(item for item in found if isinstance(item, CriteriaFileError))
        return replace(library, problems=library.problems + unreadable)

    def _read(self, set_id: str, text: str) -> CriteriaSet | CriteriaFileError:
        known = self._typed.get(set_id)
        if known is not None and known[0] == text:
            return known[1]
        try:
            found: CriteriaSet | CriteriaFileError = load_set(text, f"set {set_id}")
        except CriteriaFileError as error:
            found = error
        self._typed[set_id] = (text, found)
        return found

    def set_called(self, set_id: str) -> CriteriaSet:
        """The set with an id, shipped or own. Raises UserFacingError when there is none."""
        found = self.library().get(set_id)
        if found is None:
            raise no_such_set(set_id)
        return found

    def for_case(self, case: Case) -> tuple[CriteriaSet, ...]:
        """The sets that the case's service lines name, in order, each once. Unknown ids are left out here."""
        library = self.library()
        named = dict.fromkeys(set_id for line in case.service_lines for set_id in line.criteria_set_ids)
        found = (library.get(set_id) for set_id in named)
        return tuple(criteria_set for criteria_set in found if criteria_set is not None)

    def matches(self, case: Case, line: ServiceLine, words: str = "") -> tuple[Match, ...]:
        """The families of sets that a line asks for, best first with reasons; `words` stand in for the line's own."""
        return matches_for(self.library(), case, line, words)

    def chosen(self, case: Case, line: ServiceLine) -> tuple[RankedSet, ...]:
        """The sets that a line is held against, in its order, each with what speaks against it for this line."""
        return chosen_for(self.library(), case, line)

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

    def typed_cases(self, set_id: str) -> str:
        """The test cases of a set the user typed, as YAML text; empty when it has none."""
        with self._store.read() as reader:
            return reader.criteria.cases(set_id)

    def type_set(self, yaml_text: str, cases: str | None = None) -> OperationResult[CriteriaSet]:
        """Store a set the user typed; it stays the user's own and is never part of an export.

        `cases` are its test cases as YAML text: None leaves those that are stored, an empty text removes them. A text
        with the id of an own set replaces that set's text; the one that was there stays in the archive. Raises
        UserFacingError when an answer that was given, or words that were linked, would lose the question they belong
        to.
        """
        criteria_set = self.parse_typed(yaml_text)
        with self._store.write(
            "criteria_set_typed", "Type a criteria set", case_id=None, undoable=False
        ) as work:
            before = dict(work.criteria.sources()).get(criteria_set.id)
            if before is not None:
                old = self._read(criteria_set.id, before)
                self._require_questions(work, old, criteria_set)
                if isinstance(old, CriteriaSet):
                    # A set that was typed before there was an archive is not in it yet.
                    work.archive.add(old)
            work.criteria.put(criteria_set.id, yaml_text, criteria_set.licence)
            if cases is not None:
                work.criteria.put_cases(criteria_set.id, cases)
            work.archive.add(criteria_set)
        return OperationResult(criteria_set, Changes(frozenset({ChangeFlag.CRITERIA}), frozenset()))

    def _require_questions(
        self, work: UnitOfWork, old: CriteriaSet | CriteriaFileError, new: CriteriaSet
    ) -> None:
        answered = work.review.answered(new.id)
        if isinstance(old, CriteriaSet):
            reasons = {asked.id: why_lost(asked, new.criterion(asked.id)) for asked in old.criteria()}
            names = {asked.id: shortened(asked.text, 60) for asked in old.criteria()}
        else:  # what was asked cannot be read any more: at least every answer keeps its id
            names = {asked: asked for asked in sorted({key.criterion_id for _, key in answered})}
            reasons = {asked: "" if new.criterion(asked) else _GONE for asked in names}
        lost = [
            f"“{names[asked]}” {reason} ({cases} {'case' if cases == 1 else 'cases'})"
            for asked, reason in reasons.items()
            if (cases := len({case_id for case_id, key in answered if key.criterion_id == asked})) and reason
        ]
        if lost:
            raise UserFacingError(
                f"Answers or linked words would lose their question: {'; '.join(lost)}.",
                safe="Your text is still in the editor; the set is stored as it was.",
                todo="Put these criteria back as they were asked (their words may change), or type a new set.",
            )


def no_such_set(set_id: str, where: str = "") -> UserFacingError:
    """What is said when a set is named that is not there; `where` ends the sentence."""
    return UserFacingError(
        f"There is no criteria set called {set_id}{where}.",
        safe="Nothing was changed.",
        todo="Choose a set from the library, or write it first.",
    )


_GONE = "is no longer in the set"


def why_lost(old: Criterion, new: Criterion | None) -> str:
    """Why answers to a criterion no longer belong to what it is now; empty when they do."""
    if new is None:
        return _GONE
    if new.per is not old.per:
        return f"was asked once per {_PER[old.per]} and is now asked once per {_PER[new.per]}"
    if new.polarity is not old.polarity:
        return f"had to be {old.polarity.value} and now must be {new.polarity.value}"
    return ""


_PER = {Scope.CASE: "case", Scope.SERVICE_LINE: "service line", Scope.LEVEL: "level", Scope.SIDE: "side"}
