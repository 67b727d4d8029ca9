"""Reads and stores what the typing of a criteria set needs, off the GUI thread; it shows nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, Signal

from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import CriteriaFileError, FileProblem
from desktop.services.typed_set_check import TypedProblem, check
from desktop.services.typed_set_text import from_yaml
from desktop.services.typed_sets import TypedSet, from_draft, to_draft
from desktop.ui.context import UiContext


@dataclass(frozen=True, slots=True)
class Draft:
    """Unfinished work: the rows, or the text where that is what was in front, and the service lines chosen."""

    typed: TypedSet
    text: str | None
    line_ids: tuple[str, ...]

    def to_json(self) -> str:
        """As kept in the store."""
        kept = {"set": to_draft(self.typed), "text": self.text, "lines": self.line_ids}
        return json.dumps(kept)


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything needed to begin: the case, the user's own sets, every id in use, and what was left unfinished."""

    case: Case
    is_signed: bool
    own: tuple[CriteriaSet, ...]
    taken: frozenset[str]
    set_id: str
    """The set that is edited; empty for a new one."""
    stored: str
    """Its text as stored."""
    draft: Draft | None


class SetOperations(QObject):
    """Every way in which typing a set reads or changes the store."""

    opened = Signal(object)
    checked = Signal(object, bool)
    """TypedProblems, and whether it was asked in order to save."""
    text_checked = Signal(object, bool)
    """FileProblems, and whether it was asked in order to save."""
    stored = Signal(object)
    """The CriteriaSet."""
    refused = Signal()

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kept: dict[str, str] = {}

    def open(self, case_id: str, set_id: str) -> None:
        """Read the case, its own sets, and the set to edit or its draft."""
        services = self._context.services

        def job() -> Opening:
            view = services.review.view(case_id)
            return Opening(
                case=view.case,
                is_signed=view.is_signed,
                own=services.catalogue.typed_sets(),
                taken=frozenset(item.id for item in services.catalogue.library().sets),
                set_id=set_id,
                stored=(services.catalogue.typed_source(set_id) or "") if set_id else "",
                draft=_read_draft(services.view_state.recall(_key(case_id, set_id))),
            )

        self._context.runner.run(job, self._deliver, self._context.notify.failure, key="criteria.open")

    def check(self, typed: TypedSet, others: frozenset[str], *, is_for_saving: bool) -> None:
        """Judge the rows; `others` are ids of sets that they must not replace. A newer question goes first."""

        def job() -> tuple[TypedProblem, ...]:
            if typed.id in others:
                return (TypedProblem((), "title", f"{_TAKEN.format(typed.id)} {_GIVE_ANOTHER}"),)
            return check(typed, others)

        def done(problems: tuple[TypedProblem, ...]) -> None:
            self.checked.emit(problems, is_for_saving)

        self._context.runner.run(job, done, self._context.notify.failure, lane="cpu", key="criteria.check")

    def check_text(self, text: str, others: frozenset[str], *, is_for_saving: bool) -> None:
        """Judge the text; `others` are ids of sets that it must not replace."""
        catalogue = self._context.services.catalogue

        def job() -> tuple[FileProblem, ...]:
            try:
                found = catalogue.parse_typed(text)
            except CriteriaFileError as error:
                return error.problems
            except UserFacingError as error:
                return (FileProblem(line=1, problem=error.what, fix=error.todo),)
            if found.id in others:
                return (FileProblem(line=1, problem=_TAKEN.format(found.id), fix=_GIVE_ANOTHER),)
            return ()

        def done(problems: tuple[FileProblem, ...]) -> None:
            self.text_checked.emit(problems, is_for_saving)

        self._context.runner.run(job, done, self._context.notify.failure, lane="cpu", key="criteria.check")

    def store(self, text: str) -> None:
        """Store the set."""
        catalogue = self._context.services.catalogue

        def failed(_error: Exception) -> None:
            self.refused.emit()

        self._context.commit(lambda: catalogue.type_set(text), self._stored, initiator=self, failed=failed)

    def choose(self, case: Case, set_id: str, line_ids: tuple[str, ...]) -> None:
        """Hold exactly these of the case's lines against the set; where it is new to a line it comes first."""
        review = self._context.services.review

        def chosen(line_id: str, set_ids: tuple[str, ...]) -> None:
            self._context.commit(lambda: review.choose_sets(case.id, line_id, set_ids), initiator=self)

        for line in case.service_lines:
            is_held = set_id in line.criteria_set_ids
            if (line.id in line_ids) != is_held:
                left = tuple(item for item in line.criteria_set_ids if item != set_id)
                chosen(line.id, left if is_held else (set_id, *left))

    def keep(self, case_id: str, set_id: str, draft: Draft | None) -> None:
        """Keep what is unfinished, or forget it (None)."""
        key, text = _key(case_id, set_id), draft.to_json() if draft else ""
        services = self._context.services
        if services.is_read_only or self._kept.get(key) == text:
            return
        self._kept[key] = text
        view_state = services.view_state

        def job() -> None:
            view_state.remember(key, text)

        self._context.runner.run(job, None, self._context.notify.failure)

    def _deliver(self, opening: Opening) -> None:
        self._kept[_key(opening.case.id, opening.set_id)] = opening.draft.to_json() if opening.draft else ""
        self.opened.emit(opening)

    def _stored(self, criteria_set: CriteriaSet) -> None:
        self.stored.emit(criteria_set)


_TAKEN = "The id `{}` belongs to another set that you typed."
_GIVE_ANOTHER = "Give this set an id of its own, or open the other one from the list above."


def rows_of(text: str) -> TypedSet | None:
    """The set in a text as rows; None where it has mistakes or is nested deeper than rows can show."""
    try:
        return from_yaml(text)
    except CriteriaFileError:
        return None


def lines_held(view_case: Case, set_id: str) -> tuple[str, ...]:
    """The service lines that are held against a set."""
    return tuple(line.id for line in view_case.service_lines if set_id in line.criteria_set_ids)


def _key(case_id: str, set_id: str) -> str:
    return f"criteria/draft/{case_id}/{set_id}"


def _read_draft(json_text: str | None) -> Draft | None:
    """What was kept; a damaged text counts as nothing."""
    try:
        kept: object = json.loads(json_text or "null")
    except ValueError:
        return None
    if not isinstance(kept, dict):
        return None
    fields = cast("dict[str, object]", kept)
    typed, text, lines = from_draft(str(fields.get("set"))), fields.get("text"), fields.get("lines")
    if typed is None or not isinstance(lines, list):
        return None
    ids = tuple(str(item) for item in cast("list[object]", lines))
    return Draft(typed, text if isinstance(text, str) else None, ids)
