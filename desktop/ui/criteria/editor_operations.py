"""Reads, judges, tries and stores what the criteria editor needs, off the GUI thread; it shows nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Literal, cast

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.domain.service_line import ServiceLine
from desktop.rules.loader import CriteriaFileError, FileProblem
from desktop.services.criteria_draft import CriteriaDraft, new_draft
from desktop.services.criteria_draft_cases import OwnCase, case_from_review, problems_of_cases, run_own_cases
from desktop.services.criteria_draft_check import DraftProblem, check
from desktop.services.criteria_draft_edition import customisation, new_edition
from desktop.services.criteria_draft_ids import with_ids
from desktop.services.criteria_draft_json import from_json, to_json
from desktop.services.criteria_draft_reading import draft_of
from desktop.services.criteria_draft_text import Reading, from_yaml
from desktop.services.criteria_draft_tree import change_head
from desktop.services.criteria_draft_trial import TrialResult, criteria_set_of, trial
from desktop.services.review_view import ReviewView
from desktop.ui.context import UiContext

Purpose = Literal["new", "edit", "edition", "customise", "look"]


@dataclass(frozen=True, slots=True)
class KeptWork:
    """Unfinished work: the draft, the text where that is what was in front, and the service lines chosen."""

    draft: CriteriaDraft
    text: str | None
    line_ids: tuple[str, ...]

    def to_json(self) -> str:
        """As kept in the store."""
        return json.dumps({"draft": to_json(self.draft), "text": self.text, "lines": self.line_ids})


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything needed to begin: the case, the user's own sets, every id in use, and what was left unfinished."""

    purpose: Purpose
    view: ReviewView | None
    own: tuple[CriteriaSet, ...]
    library: tuple[CriteriaSet, ...]
    """Every set there is."""
    taken: frozenset[str]
    set_id: str
    """The set that is edited, looked at or followed; empty for a new one."""
    stored: CriteriaSet | None
    """That set as it is stored; None where it is new, or cannot be read any more."""
    start: CriteriaDraft
    """Where typing begins without a draft that was kept."""
    text: str
    """The stored text where the form cannot show all of it; empty otherwise."""
    losses: tuple[str, ...]
    kept: KeptWork | None
    key: str
    """Under which unfinished work is kept."""

    @property
    def case(self) -> Case | None:
        """The open case, if the editor was opened over one."""
        return self.view.case if self.view else None

    @property
    def compared_with(self) -> str:
        """The set that open cases use now in the place of this one; empty for a new set."""
        return self.set_id if self.purpose in {"edit", "edition"} else ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a draft, and how its test cases come out."""

    problems: tuple[DraftProblem, ...]
    cases: tuple[OwnCase, ...]
    case_problems: tuple[str, ...]


class EditorOperations(QObject):
    """Every way in which the editor reads or changes the store."""

    opened = Signal(object)
    judged = Signal(object, bool)
    """A Judgement, and whether it was asked in order to save."""
    text_checked = Signal(object, bool)
    """FileProblems, and whether it was asked in order to save."""
    tried = Signal(object)
    """The TrialResult, or None."""
    case_made = Signal(object)
    """The draft with ids and one test case more."""
    stored = Signal(object)
    """The CriteriaSet."""
    refused = Signal()

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kept: dict[str, str] = {}

    def open(self, case_id: str, set_id: str, purpose: Purpose, payer: str = "") -> None:
        """Read the case, the own sets, and the set in question or its draft. Without a case `case_id` is empty."""
        services = self._context.services

        def job() -> Opening:
            view = services.review.view(case_id) if case_id else None
            library = services.catalogue.library()
            stored = library.get(set_id) if set_id else None
            taken = frozenset(item.id for item in library.sets)
            source = (services.catalogue.typed_source(set_id) or "") if set_id else ""
            reading = _read(source)
            draft = reading.draft if reading else draft_of(stored) if stored else new_draft()
            draft = _with_cases(draft, services.catalogue.typed_cases(set_id) if set_id else "")
            key = f"criteria/draft/{case_id}/{set_id}" + ("" if purpose in {"new", "edit"} else f"/{purpose}")
            hidden = bool(source) and (reading is None or bool(reading.losses))
            return Opening(
                purpose=_honest(purpose, stored, source),
                view=view,
                own=services.catalogue.typed_sets(),
                library=library.sets,
                taken=taken,
                set_id=set_id,
                stored=stored,
                start=_start(purpose, draft, payer or (view.case.coverage.payer if view else ""), taken),
                text=source if hidden and purpose == "edit" else "",
                losses=reading.losses if reading else (),
                kept=_read_kept(services.view_state.recall(key)),
                key=key,
            )

        self._context.runner.run(job, self._deliver, self._context.notify.failure, key="criteria.open")

    def judge(
        self,
        draft: CriteriaDraft,
        others: frozenset[str],
        library: tuple[CriteriaSet, ...],
        *,
        is_for_saving: bool,
    ) -> None:
        """Judge the draft; `others` are ids of sets that it must not replace. A newer question goes first."""

        def job() -> Judgement:
            problems = check(draft, others, library)
            return Judgement(problems, *_own_cases(draft))

        done = partial(self._judged, is_for_saving)
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

        done = partial(self._text_checked, is_for_saving)
        self._context.runner.run(job, done, self._context.notify.failure, lane="cpu", key="criteria.check")

    def try_on(self, draft: CriteriaDraft, view: ReviewView, line: ServiceLine) -> None:
        """What the draft comes to for a line of the open case."""

        def job() -> TrialResult | None:
            return trial(draft, view.case, line, view.assessments, view.links)

        self._context.runner.run(
            job, self._tried, self._context.notify.failure, lane="cpu", key="criteria.trial"
        )

    def make_case(
        self, draft: CriteriaDraft, taken: frozenset[str], view: ReviewView, line: ServiceLine
    ) -> None:
        """Keep the answers of a line as a test case of the draft; its criteria are given their ids for good."""

        def job() -> CriteriaDraft:
            named = with_ids(draft, taken)
            tried = trial(named, view.case, line, view.assessments, view.links)
            if tried is None:
                raise UserFacingError(
                    "There is no criterion yet that a case could answer.",
                    safe="Nothing was changed.",
                    todo="Write a criterion first.",
                )
            answers, links = tried.answers, tried.links
            text = case_from_review(tried.criteria_set, view.case, line, answers, links, draft.cases)
            return _with_cases(named, text)

        self._context.runner.run(job, self._case_made, self._context.notify.failure, lane="cpu")

    def store(self, opening: Opening, text: str, cases: str) -> None:
        """Store the set; a new edition of one, as such."""
        services = self._context.services
        is_edition = opening.purpose == "edition"

        put = services.editions.store_edition if is_edition else services.catalogue.type_set
        self._context.commit(lambda: put(text, cases), self._stored, initiator=self, failed=self._refused)

    def choose(self, opening: Opening, set_id: str, line_ids: tuple[str, ...]) -> None:
        """Hold exactly these of the case's lines against the set; a new edition takes the answers along."""
        case, services = opening.case, self._context.services
        if case is None:
            return
        case_id, old = case.id, opening.set_id if opening.purpose == "edition" else ""

        def chosen(line: ServiceLine, set_ids: tuple[str, ...]) -> None:
            self._context.commit(
                lambda: services.review.choose_sets(case_id, line.id, set_ids), initiator=self
            )

        def adopted(line: ServiceLine) -> None:
            self._context.commit(
                lambda: services.editions.adopt(case_id, line.id, old, set_id), initiator=self
            )

        for line in case.service_lines:
            is_held = set_id in line.criteria_set_ids
            if (line.id in line_ids) == is_held:
                continue
            left = tuple(item for item in line.criteria_set_ids if item != set_id)
            if old and old in line.criteria_set_ids and not is_held:
                adopted(line)
            else:
                chosen(line, left if is_held else (set_id, *left))

    def keep(self, key: str, work: KeptWork | None) -> None:
        """Keep what is unfinished, or forget it (None)."""
        text = work.to_json() if work else ""
        services = self._context.services
        if services.is_read_only or self._kept.get(key) == text:
            return
        self._kept[key] = text
        view_state = services.view_state

        def job() -> None:
            view_state.remember(key, text)

        self._context.runner.run(job, None, self._context.notify.failure)

    # Bound methods of this object: the runner leaves them out once it was freed with its window.

    def _judged(self, is_for_saving: bool, found: Judgement) -> None:
        self.judged.emit(found, is_for_saving)

    def _text_checked(self, is_for_saving: bool, problems: tuple[FileProblem, ...]) -> None:
        self.text_checked.emit(problems, is_for_saving)

    def _tried(self, found: TrialResult | None) -> None:
        self.tried.emit(found)

    def _case_made(self, made: CriteriaDraft) -> None:
        self.case_made.emit(made)

    def _stored(self, found: CriteriaSet) -> None:
        self.stored.emit(found)

    def _refused(self, _error: Exception) -> None:
        if isValid(self):
            self.refused.emit()

    def _deliver(self, opening: Opening) -> None:
        self._kept[opening.key] = opening.kept.to_json() if opening.kept else ""
        self.opened.emit(opening)


_TAKEN = "The id `{}` belongs to another set."
_GIVE_ANOTHER = "Give this set an id of its own, or open the other one from the list above."


def lines_held(case: Case, set_id: str) -> tuple[str, ...]:
    """The service lines that are held against a set."""
    return tuple(line.id for line in case.service_lines if set_id in line.criteria_set_ids)


def read_text(text: str) -> Reading | None:
    """The set in a text as a draft with what it would lose; None where the text has mistakes."""
    return _read(text)


def _read(text: str) -> Reading | None:
    try:
        return from_yaml(text) if text else None
    except CriteriaFileError:
        return None


def _honest(purpose: Purpose, stored: CriteriaSet | None, source: str) -> Purpose:
    """A set that comes with the program is looked at, not edited."""
    is_shipped = stored is not None and not source
    return "look" if purpose == "edit" and is_shipped else purpose


def _start(purpose: Purpose, draft: CriteriaDraft, payer: str, taken: frozenset[str]) -> CriteriaDraft:
    match purpose:
        case "new":
            return new_draft(payer)
        case "edition":
            return new_edition(draft, taken)
        case "customise":
            return customisation(draft, payer, taken)
        case _:
            return draft


def _with_cases(draft: CriteriaDraft, cases: str) -> CriteriaDraft:
    return change_head(draft, cases=cases)


def _own_cases(draft: CriteriaDraft) -> tuple[tuple[OwnCase, ...], tuple[str, ...]]:
    tried = criteria_set_of(draft) if draft.cases.strip() else None
    if tried is None:
        return (), ()
    problems = problems_of_cases(tried, draft.cases)
    return ((), problems) if problems else (run_own_cases(tried, draft.cases), ())


def _read_kept(json_text: str | None) -> KeptWork | None:
    """What was kept; a damaged text counts as nothing."""
    try:
        kept: object = json.loads(json_text or "null")
    except ValueError:
        return None
    if not isinstance(kept, dict):
        return None
    fields = cast("dict[str, object]", kept)
    draft, text, lines = from_json(str(fields.get("draft"))), fields.get("text"), fields.get("lines")
    if draft is None or not isinstance(lines, list):
        return None
    ids = tuple(str(item) for item in cast("list[object]", lines))
    return KeptWork(draft, text if isinstance(text, str) else None, ids)
