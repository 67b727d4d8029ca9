"""Puts what validation finds beside the fields, on folded items and on the rail; it judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.case import Case
from desktop.domain.severity import Severity
from desktop.ui.context import UiContext
from desktop.ui.forms import Field, Loudness
from desktop.ui.intake.case_edits import Path, is_blank, value_at
from desktop.ui.intake.draft_desk import DraftDesk
from desktop.ui.intake.item_list import ItemList, ItemRow
from desktop.ui.intake.section_rail import SectionRail
from desktop.ui.intake.section_view import SectionView

if TYPE_CHECKING:
    from desktop.intake.validation import FieldProblem

_AFTER_MS = 150
_ANY_CODE = "A00"


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
        self._is_warm = False
        self._is_known = False
        self._wait = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._wait.timeout.connect(self._ask)
        desk.case_shown.connect(self._case_shown)
        desk.form_built.connect(self._show)

    @property
    def is_known(self) -> bool:
        """Whether the problems of the case were heard of yet."""
        return self._is_known

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
        elif isinstance(widget, ItemList):
            widget.add_button.setFocus()
        elif isinstance(widget, SectionView):
            widget.focus_first()

    def _case_shown(self, _case: Case) -> None:
        self._wait.start()

    def _ask(self) -> None:
        case = self._desk.case
        if case is None:
            return
        services, run = self._context.services, self._context.runner.run
        if not self._is_warm:
            # The first look into the code table takes two seconds: not in the lane that saves what is typed.
            codes = services.diagnosis_codes

            def warm() -> str | None:
                return codes.title(_ANY_CODE)

            run(warm, self._warmed, self._context.notify.failure, lane="cpu", key=f"intake-warm-{id(self)}")
            return
        case_id, cases = case.id, services.cases

        def job() -> tuple[FieldProblem, ...]:
            return cases.problems(case_id)

        run(job, self._found, self._context.notify.failure, key=f"intake-problems-{id(self)}")

    def _warmed(self, _title: str | None) -> None:
        self._is_warm = True
        self._ask()

    def _found(self, problems: tuple[FieldProblem, ...]) -> None:
        self._is_known = True
        self._problems = {}
        for problem in problems:
            self._problems.setdefault(problem.steps, []).append(problem)
        self._show()

    def _show(self) -> None:
        if not self._is_known:
            return
        shown: set[Path] = set()
        for row, section in enumerate(self._sections):
            for path, field in section.fields():
                shown.add(path)
                found = self._problems.get(path, [])
                field.set_remark(" ".join(problem.message for problem in found), self._loudness(found))
            for view in section.all_lists():
                found = self._problems.get(view.path, [])
                view.remarks.say(tuple(problem.message for problem in found), self._loudness(found))
            for item in section.item_rows():
                inside = [path for path in self._problems if path[: len(item.path)] == item.path]
                item.summary.set_problems(len(inside))
                own = [path for path in inside if len(path) <= len(item.path) + 1 and path not in shown]
                rest = [problem for path in own for problem in self._problems[path]]
                item.remarks.say(tuple(problem.message for problem in rest), self._loudness(rest))
            mine = [
                p for path, found in self._problems.items() if path[0] == section.spec.root for p in found
            ]
            case = self._desk.case
            self._rail.set_count(
                row,
                len(mine),
                is_wrong=self._loudness(mine) is Loudness.ERROR,
                is_empty=case is None or is_blank(value_at(case, (section.spec.root,))),
            )

    def _loudness(self, problems: Iterable[FieldProblem]) -> Loudness:
        """What is still empty is missing, not wrong: a new case should not open in red."""
        case = self._desk.case
        for problem in problems:
            is_empty = case is None or value_at(case, problem.steps) in (None, "", ())
            if problem.severity is Severity.ERROR and not is_empty:
                return Loudness.ERROR
        return Loudness.WARNING

    def _places(self) -> list[tuple[Path, QWidget]]:
        """Each problem with the widget that leads to it, in the order of the page."""
        places: list[tuple[Path, QWidget]] = []
        for section in self._sections:
            owners: dict[Path, QWidget] = {view.path: view for view in section.all_lists()}
            owners.update({row.path: row for row in section.item_rows()})
            owners.update(dict(section.fields()))
            for path in self._problems:
                if path[0] != section.spec.root:
                    continue
                lengths = range(len(path), 0, -1)
                owner = next((owners[path[:n]] for n in lengths if path[:n] in owners), section)
                places.append((path, owner))
        return places
