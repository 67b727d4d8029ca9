"""The work on one set in the editor: its draft, what is wrong with it, how it comes out, what was kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.loader import FileProblem
from desktop.services.criteria_draft import CriteriaDraft, criteria_of
from desktop.services.criteria_draft_cases import without_case
from desktop.services.criteria_draft_text import to_yaml
from desktop.services.criteria_draft_tree import change_head
from desktop.ui.context import UiContext
from desktop.ui.criteria.editor_operations import (
    EditorOperations,
    Judgement,
    KeptWork,
    Opening,
    lines_held,
)
from desktop.ui.criteria.editor_sheet import EditorSheet
from desktop.ui.criteria.lower_pane import CASES
from desktop.ui.criteria.text_side import TextSide
from desktop.ui.criteria.trial_side import TrialSide
from desktop.ui.later import later
from desktop.ui.widgets.basics import set_role

CHECK_AFTER_MS = 250
DRAFT_AFTER_MS = 800


class EditorWork(EditorSheet):
    """Judges a moment after every change, as outline or as text; says when a set asked for is ready to be stored."""

    ready = Signal(str)
    """The text to store: saving was asked for, and nothing is wrong."""

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(context.theme, host)
        self._context = context
        self.operations = EditorOperations(context, self)
        self.text_side = TextSide(self.text_view, self)
        self.trial_side = TrialSide(context, self, self.operations, self)
        self._opening: Opening | None = None
        self._wanted_line = ""
        self._has_tried_to_save = False
        self._is_filling = False
        self._check_timer = later(self, CHECK_AFTER_MS, self.check_quietly)
        self._draft_timer = later(self, DRAFT_AFTER_MS, self.flush)
        self.operations.judged.connect(self._judged)
        self.operations.text_checked.connect(self._text_checked)
        self.draft_changed.connect(self._edited)
        self.text_view.edited.connect(self._edited)
        self.lines.edited.connect(self._edited)
        self.said.connect(self._say_quietly)
        self.text_side.refused.connect(context.notify.info)
        self.text_side.accepted.connect(self.toggle_text)
        self.text_view.dropped.connect(self._text_dropped)
        self.trial_side.case_made.connect(self._case_made)
        self.below.case_asked.connect(self.keep_case)
        self.below.case_removed.connect(self._case_removed)
        self.as_text.toggled.connect(self._text_toggled)

    def toggle_text(self) -> None:
        """Outline and form, or text."""
        self.as_text.toggle()

    def flush(self) -> None:
        """Keep what is typed and not saved."""
        self._draft_timer.stop()
        opening = self._opening
        if opening is not None and opening.purpose != "look":
            self.desk.pause()
            work = self._work()
            self.operations.keep(opening.key, work if self._is_worth(work, opening) else None)

    def keep_case(self) -> None:
        """Keep the open case's answers as a test case."""
        if self._opening is not None and not self.desk.is_read_only:
            self.below.bring(CASES)
            self.trial_side.keep_case()

    def check_quietly(self) -> None:
        """Judge what is typed."""
        self._check(is_for_saving=False)

    # Showing

    def _untouched(self, opening: Opening) -> KeptWork:
        """Where typing begins without a draft."""
        case, text = opening.case, opening.text or None
        if case is None:
            return KeptWork(opening.start, text, ())
        lines = lines_held(case, opening.compared_with) if opening.compared_with else ()
        known = [line.id for line in case.service_lines]
        wanted = self._wanted_line or (known[0] if len(known) == 1 and not opening.set_id else "")
        if wanted in known and wanted not in lines:
            lines = (*lines, wanted)
        return KeptWork(opening.start, text, lines)

    def _show(self, work: KeptWork) -> None:
        opening = self._opening
        self._is_filling = True
        self._has_tried_to_save = False
        self.text_side.begin(opening.losses if opening is not None and work.text else ())
        self.desk.open(work.draft, work.draft.root.children[0].key if work.draft.is_blank else 0)
        if opening is not None and opening.case is not None and opening.view is not None:
            self.lines.show_lines(opening.case, work.line_ids, is_signed=opening.view.is_signed)
        self.text_view.show_text(work.text or "")
        self.as_text.setChecked(work.text is not None)
        self._show_view()
        self._is_filling = False
        if opening is not None:
            self.trial_side.begin(opening, self._wanted_line or next(iter(work.line_ids), ""))
        self.check_quietly()

    def _show_view(self) -> None:
        """Outline or text; the text has names, undo and mistakes of its own."""
        is_text = self.as_text.isChecked()
        self.views.setCurrentIndex(int(is_text))
        self.head.setVisible(not is_text)
        self.undo_button.setVisible(not is_text and not self.desk.is_read_only)
        self.trial_side.show_badge(is_shown=not is_text)

    def _say(self, words: str, role: str) -> None:
        self.status.setText(words)
        set_role(self.status, role)

    def _say_quietly(self, words: str) -> None:
        self._say(words, "caption")

    # What is typed

    @property
    def _others(self) -> frozenset[str]:
        """The ids that the set must not have."""
        opening = self._opening
        if opening is None:
            return frozenset()
        return opening.taken - {opening.set_id} if opening.purpose == "edit" else opening.taken

    def _work(self) -> KeptWork:
        text = self.text_view.text if self.as_text.isChecked() else None
        return KeptWork(self.desk.draft, text, self.lines.chosen)

    def _is_worth(self, work: KeptWork, opening: Opening) -> bool:
        """Whether something was typed that opening again would not show anyway."""
        untouched = self._untouched(opening)
        return (to_yaml(work.draft), work.draft.cases, work.text) != (
            to_yaml(untouched.draft),
            untouched.draft.cases,
            untouched.text,
        )

    def _edited(self) -> None:
        if self._is_filling or self._opening is None:
            return
        self._check_timer.start()
        self._draft_timer.start()
        self.trial_side.look_again()

    # Judging

    def _check(self, *, is_for_saving: bool) -> None:
        self._check_timer.stop()
        if self._opening is None:
            return
        if self.as_text.isChecked():
            self.operations.check_text(self.text_view.text, self._others, is_for_saving=is_for_saving)
        else:
            self.operations.judge(
                self.desk.draft, self._others, self._opening.library, is_for_saving=is_for_saving
            )

    def _judged(self, found: Judgement, is_for_saving: bool) -> None:
        opening = self._opening
        if opening is None or self.as_text.isChecked():
            return
        wrong = tuple(item for item in found.problems if not item.is_advice)
        is_reading = opening.purpose == "look"
        shown = tuple(
            item
            for item in found.problems
            if not is_reading and (self._has_tried_to_save or not item.is_missing)
        )
        self.mark(shown)
        self.below.show_findings(shown, [self.where(item) for item in shown])
        may_add = self.trial_side.may_keep_case and not is_reading
        self.below.show_cases(found.cases, found.case_problems, may_add=may_add)
        self._sum_up(len([item for item in shown if not item.is_advice]), bool(wrong))
        if is_for_saving and wrong:
            self.go_to(wrong[0])
        elif is_for_saving:
            self.ready.emit(to_yaml(self.desk.draft, self._others))

    def _text_checked(self, problems: tuple[FileProblem, ...], is_for_saving: bool) -> None:
        if self._opening is None or not self.as_text.isChecked():
            return
        self.text_side.show_problems(problems)
        self._sum_up(len(problems), bool(problems))
        if is_for_saving and problems:
            self.text_view.focus_on(problems[0].line)
        elif is_for_saving:
            self.ready.emit(self.text_view.text)

    def _sum_up(self, shown: int, is_unready: bool) -> None:
        if self.desk.is_read_only:
            self._say("", "caption")
        elif shown:
            count = "One thing is" if shown == 1 else f"{shown} things are"
            self._say(f"× {count} to be put right.", "error")
        elif not is_unready:
            count = len(criteria_of(self.desk.draft))
            rows = "1 criterion" if count == 1 else f"{count} criteria"
            words = "Ready to be saved." if self.as_text.isChecked() else f"{rows}, ready to be saved."
            self._say(words, "ok")
        elif self.status.property("role") != "caption":
            self._say("", "caption")

    def _text_toggled(self, is_text: bool) -> None:
        if self._is_filling or self._opening is None:
            return
        if is_text:
            self.text_view.show_text(to_yaml(self.desk.draft, self._others))
        elif self.text_view.text != to_yaml(self.desk.draft, self._others):
            # The same text, whatever is wrong with it, is the outline as it is: the form says what is wrong.
            draft = self.text_side.draft_of(self.desk.draft)
            if draft is None:
                self._is_filling = True
                self.as_text.setChecked(True)
                self._is_filling = False
                self.check_quietly()
                return
            self.desk.replace(draft, "Edit the text")
        self._turn_view()

    def _text_dropped(self) -> None:
        """The outline as it was, whatever the text says now."""
        self._is_filling = True
        self.as_text.setChecked(False)
        self.text_side.begin(())
        self.text_view.show_problems(())
        self._is_filling = False
        self._turn_view()

    def _turn_view(self) -> None:
        is_text = self.as_text.isChecked()
        self._show_view()
        target = self.text_view.area if is_text else self.tree
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edited()
        self.check_quietly()

    def _case_made(self, draft: CriteriaDraft) -> None:
        # Ids and the case go into the draft as it is now: it may have been typed on meanwhile.
        ids = {node.key: node.id for node in criteria_of(draft)}
        now = criteria_of(self.desk.draft)
        if self._opening is not None and {node.key for node in now} == set(ids):
            self.desk.replace(draft, "Keep a test case")
            self._say("The answers of the case are kept as a test case, without names or dates.", "ok")
        else:
            self._say("The set was changed meanwhile: keep the answers again.", "caption")

    def _case_removed(self, at: int) -> None:
        left = without_case(self.desk.draft.cases, at)
        self.desk.replace(change_head(self.desk.draft, cases=left), "Remove a test case")
