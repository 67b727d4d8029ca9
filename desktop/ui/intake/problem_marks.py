"""Puts what validation finds beside the fields, on folded items and on the rail; it judges nothing itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.case import Case
from desktop.ui.context import UiContext
from desktop.ui.forms import Field, Loudness
from desktop.ui.intake.case_edits import Path
from desktop.ui.intake.draft_desk import DraftDesk
from desktop.ui.intake.item_list import ItemRow
from desktop.ui.intake.section_rail import SectionRail
from desktop.ui.intake.section_view import SectionView

if TYPE_CHECKING:
    from desktop.intake.validation import FieldProblem

_AFTER_MS = 150
_STEPS = re.compile(r"[.\[\]/]+")


def path_of(words: str, case: Case) -> Path:
    """A problem's path (`imaging[0].findings[2].level`) with ids in the place of positions."""
    steps: list[str] = []
    place: Any = case
    for step in (part for part in _STEPS.split(words) if part and part != "case"):
        if isinstance(place, tuple):
            items = cast("tuple[Any, ...]", place)
            if step.isdigit() and int(step) < len(items):
                place = items[int(step)]
            else:
                place = next((item for item in items if getattr(item, "id", None) == step), None)
            steps.append(str(getattr(place, "id", step)))
        else:
            place = getattr(place, step, None)
            steps.append(step)
    return tuple(steps)


class ProblemMarks(QObject):
    """Asks for the problems whenever a newer case is shown, and shows them where they belong."""

    def __init__(
        self, context: UiContext, desk: DraftDesk, sections: Sequence[SectionView], rail: SectionRail
    ) -> None:
        super().__init__(desk)
        self._context = context
        self._desk = desk
        self._sections = sections
        self._rail = rail
        self._problems: dict[Path, list[FieldProblem]] = {}
        self._wait = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._wait.timeout.connect(self._ask)
        desk.case_shown.connect(self._case_shown)
        desk.form_built.connect(self._show)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where something is wrong or missing, in the order of the page."""
        return tuple(self._problems)

    def go_to_next(self, focused: QWidget | None) -> None:
        """Open the next place after the keyboard that has a problem, and go there; round the page."""
        places = self._places()
        if not places:
            self._context.notify.info("Nothing is missing on this page.")
            return
        after = 0
        for number, (_, widget) in enumerate(places):
            if focused is not None and (widget is focused or widget.isAncestorOf(focused)):
                after = number + 1
        path, widget = places[after % len(places)]
        if isinstance(widget, ItemRow):
            widget.open()
            field = dict(widget.fields()).get(path)
            if field is not None:
                field.editor.setFocus()
        elif isinstance(widget, Field):
            widget.editor.setFocus()
        elif isinstance(widget, SectionView):
            widget.focus_first()

    def _case_shown(self, _case: Case) -> None:
        self._wait.start()

    def _ask(self) -> None:
        case = self._desk.case
        if case is None:
            return
        case_id, cases = case.id, self._context.services.cases

        def job() -> tuple[FieldProblem, ...]:
            return cases.problems(case_id)

        self._context.runner.run(
            job, self._found, self._context.notify.failure, key=f"intake-problems-{id(self)}"
        )

    def _found(self, problems: tuple[FieldProblem, ...]) -> None:
        case = self._desk.case
        if case is None:
            return
        self._problems = {}
        for problem in problems:
            self._problems.setdefault(path_of(problem.path, case), []).append(problem)
        self._show()

    def _show(self) -> None:
        for row, section in enumerate(self._sections):
            for path, field in section.fields():
                found = self._problems.get(path, [])
                is_wrong = any(_is_error(problem) for problem in found)
                field.set_remark(
                    " ".join(problem.message for problem in found),
                    Loudness.ERROR if is_wrong else Loudness.WARNING,
                )
            for item in section.item_rows():
                inside = [path for path in self._problems if path[: len(item.path)] == item.path]
                item.summary.set_problems(len(inside))
            mine = [found for path, found in self._problems.items() if path[:1] == (section.spec.root,)]
            section.set_remarks(
                tuple(p.message for p in self._problems.get((section.spec.root,), []) if section.form is None)
            )
            is_wrong = any(_is_error(problem) for found in mine for problem in found)
            self._rail.set_count(row, sum(len(found) for found in mine), is_wrong=is_wrong)

    def _places(self) -> list[tuple[Path, QWidget]]:
        """Each problem with the widget that leads to it, in the order of the page."""
        places: list[tuple[Path, QWidget]] = []
        for section in self._sections:
            fields = dict(section.fields())
            rows = {row.path: row for row in section.item_rows()}
            for path in self._problems:
                if path[:1] != (section.spec.root,):
                    continue
                owner: QWidget | None = fields.get(path)
                for length in range(len(path) - 1, 0, -1):
                    owner = owner or rows.get(path[:length])
                places.append((path, owner or section))
        return places


def _is_error(problem: FieldProblem) -> bool:
    return str(getattr(problem.severity, "value", problem.severity)).lower() == "error"
