"""Outline, forms and names bound to one draft: what is typed or pressed changes it, and all of them show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.services.criteria_draft import HEAD, CriterionDraft, GroupDraft, node_of
from desktop.services.criteria_draft_check import DraftProblem
from desktop.ui.criteria.draft_desk import DraftDesk
from desktop.ui.criteria.draft_rows import UNWRITTEN, numbers_of
from desktop.ui.criteria.editor_frame import CRITERION_PAGE, GROUP_PAGE, SET_PAGE, EditorFrame
from desktop.ui.criteria.editor_keys import EditorKeys
from desktop.ui.criteria.node_form import NodeForm
from desktop.ui.theme import Theme

_SHOWN = 40


class EditorSheet(EditorFrame):
    """It neither reads nor stores: it holds the draft, and says when it is another."""

    draft_changed = Signal()
    """Something was typed, moved, undone; not merely another row taken in hand."""
    node_changed = Signal()
    """Another row was taken in hand."""
    said = Signal(str)
    """Words for the foot about what was just done or refused."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.desk = DraftDesk(self)
        self.keys = EditorKeys(self)
        self._shown = self.desk.draft
        self._shown_key = 0
        self._problems: tuple[DraftProblem, ...] = ()
        self._deeds: dict[str, Callable[[], None]] = {
            "up": self.desk.move_up,
            "down": self.desk.move_down,
            "indent": self.desk.indent,
            "outdent": self.desk.outdent,
            "group": self.desk.group,
            "exception": self.desk.exception,
            "duplicate": self.desk.duplicate,
            "remove": self.desk.remove,
            "enter": self.desk.add,
            "undo": self.desk.undo,
            "redo": self.desk.redo,
        }
        self._bind()

    @property
    def form(self) -> NodeForm:
        """The form in front."""
        return (self.set_form, self.group_form, self.criterion_form)[self.pages.currentIndex()]

    def sheet_stops(self) -> list[QWidget]:
        """Where the keyboard stops in names, outline, form and under them, in order."""
        return [
            *self.head.stops(),
            self.tree,
            *self.form.stops(),
            *self.trial.stops(),
            *self.row_deeds(),
            *self.below.stops(),
        ]

    def focus_words(self) -> None:
        """Put the keyboard into the words of the node at hand."""
        self.form.focus_on("document_number" if self.form is self.set_form else "text")
        self.reveal(QApplication.focusWidget())

    def first_criterion(self) -> None:
        """From the names to the first criterion."""
        self.desk.select(self.desk.draft.root.key)
        self.desk.add()
        self.focus_words()

    def go_to(self, problem: DraftProblem) -> None:
        """Show the node of a finding and put the keyboard into its field."""
        if problem.key == HEAD and self.head.focus_on(problem.field):
            return
        if problem.field == "criteria":
            self.first_criterion()
            return
        self.desk.select(self.desk.draft.root.key if problem.key == HEAD else problem.key)
        self.form.focus_on(problem.field)
        self.reveal(QApplication.focusWidget())

    def reveal(self, target: QWidget | None) -> None:
        """Scroll the form to what has the keyboard."""
        if target is not None and self.body.isAncestorOf(target):
            self.body.ensureWidgetVisible(target, 0, 40)
        page = self.pages.currentWidget()
        if isinstance(page, QScrollArea) and target is not None and page.isAncestorOf(target):
            page.ensureWidgetVisible(target, 0, 60)

    def show_sheet(self) -> None:
        """Names, outline and form as the draft is."""
        desk = self.desk
        node = desk.node
        self.head.show_draft(desk.draft)
        self.tree.show_draft(desk.draft, node.key)
        if node.key == desk.draft.root.key:
            self.set_form.show_draft(desk.draft)
            page = SET_PAGE
        elif isinstance(node, GroupDraft):
            self.group_form.show_node(node, numbers_of(desk.draft)[node.key])
            page = GROUP_PAGE
        else:
            self.criterion_form.show_node(node, numbers_of(desk.draft)[node.key])
            page = CRITERION_PAGE
        if page != self.pages.currentIndex():
            self._turn_to(page)
        self._show_deeds()

    def mark(self, problems: Sequence[DraftProblem]) -> None:
        """Say at rows and fields what is wrong with them."""
        self._problems = tuple(problems)
        self.tree.rows.mark(problems)
        self.head.show_problems(_by_field(problems, HEAD))
        self.set_form.show_problems(_by_field(problems, HEAD))
        self._mark_form()

    def where(self, problem: DraftProblem) -> str:
        """A finding's node in a few words; nothing for the set itself."""
        node = node_of(self.desk.draft, problem.key)
        if node is None or node.key == self.desk.draft.root.key:
            return ""
        number = numbers_of(self.desk.draft).get(node.key, "")
        words = " ".join(node.text.split())
        if isinstance(node, GroupDraft):
            return f"Group {number}" + (f" “{_cut(words)}”" if words else "")
        return f"{number} “{_cut(words)}”" if words else f"{number} {UNWRITTEN.lower()}"

    def set_read_only(self, value: bool) -> None:
        """Look at the set, but change nothing."""
        self.desk.is_read_only = value
        self.tree.rows.is_read_only = value
        for part in (self.head, self.set_form, self.group_form, self.criterion_form):
            part.set_read_only(value)
        self._show_deeds()

    # Binding

    def _bind(self) -> None:
        desk, tree = self.desk, self.tree
        desk.changed.connect(self._desk_changed)
        desk.refused.connect(self.said)
        tree.current_changed.connect(desk.select)
        tree.move_asked.connect(desk.move_to)
        tree.typed.connect(self._typed_on_row)
        self.head.edited.connect(desk.write_head)
        self.head.finished.connect(self.first_criterion)
        self.set_form.edited.connect(self._set_edited)
        self.group_form.edited.connect(desk.write)
        self.criterion_form.edited.connect(desk.write)
        self.criterion_form.words.area.emptied_again.connect(self._emptied)
        self.below.problem_chosen.connect(self.go_to)
        self.add_criterion.clicked.connect(self._add_criterion)
        self.add_group.clicked.connect(self._add_group)
        self.add_exception.clicked.connect(self._add_exception)
        self.duplicate.clicked.connect(desk.duplicate)
        self.dissolve.clicked.connect(desk.dissolve)
        self.remove.clicked.connect(desk.remove)
        self.undo_button.clicked.connect(desk.undo)
        keys = self.keys
        keys.pressed.connect(self._pressed)
        keys.watch_outline(tree)
        keys.watch_enter(
            self.criterion_form.words.area, *self.criterion_form.lines(), *self.group_form.lines()
        )
        forms = (self.set_form, self.group_form, self.criterion_form)
        keys.watch(tree, *self.head.stops(), *(stop for form in forms for stop in form.stops()))
        keys.watch(self.text_view.area, self.below.findings, self.below.cases)

    def _desk_changed(self) -> None:
        is_other, is_elsewhere = self.desk.draft is not self._shown, self.desk.key != self._shown_key
        self._shown, self._shown_key = self.desk.draft, self.desk.key
        self.show_sheet()
        if is_elsewhere:
            self._mark_form()
            self.node_changed.emit()
        if is_other:
            self.draft_changed.emit()

    def _mark_form(self) -> None:
        if self.form is not self.set_form:
            self.form.show_problems(_by_field(self._problems, self.desk.key))

    def _turn_to(self, page: int) -> None:
        """Another form in front; the keyboard goes along where it was in the one before."""
        focused = QApplication.focusWidget()
        was_inside = focused is not None and self.pages.isAncestorOf(focused)
        self.pages.setCurrentIndex(page)
        if was_inside:
            self.focus_words()

    def _set_edited(self, values: dict[str, object]) -> None:
        if "rule" in values:
            self.desk.write_rule(values)
        else:
            self.desk.write_head(values)

    def _pressed(self, word: str) -> None:
        if word in {"previous", "next"}:
            self.tree.step(-1 if word == "previous" else 1)
            return
        if word == "words":
            self.focus_words()
            return
        if self.desk.is_read_only or self.as_text.isChecked():
            return
        self._deeds[word]()
        if word in {"enter", "exception"}:
            self.focus_words()

    def _typed_on_row(self, text: str) -> None:
        node = self.desk.node
        if self.desk.is_read_only or not isinstance(node, CriterionDraft):
            return
        self.focus_words()
        area = self.criterion_form.words.area
        area.moveCursor(area.textCursor().MoveOperation.End)
        area.insertPlainText(text)

    def _emptied(self) -> None:
        node = self.desk.node
        if isinstance(node, CriterionDraft) and node.is_blank and len(self.desk.draft.root.children) > 1:
            self.tree.step(-1)
            before = self.desk.key
            self.desk.select(node.key)
            self.desk.remove()
            self.desk.select(before)
            self.focus_words()

    def _add_criterion(self) -> None:
        self.desk.add()
        self.focus_words()

    def _add_group(self) -> None:
        self.desk.add_group()
        self.focus_words()

    def _add_exception(self) -> None:
        self.desk.exception()
        self.focus_words()

    def _show_deeds(self) -> None:
        desk = self.desk
        is_root, may = desk.node.key == desk.draft.root.key, not desk.is_read_only
        for deed, is_possible in (
            (self.add_criterion, may),
            (self.add_group, may),
            (self.add_exception, may and not is_root),
            (self.duplicate, may and not is_root),
            (self.dissolve, may and not is_root and isinstance(desk.node, GroupDraft)),
            (self.remove, may and not is_root),
            (self.undo_button, may and bool(desk.undo_label)),
        ):
            if deed.hasFocus() and not is_possible:
                self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            deed.setEnabled(is_possible)
        self.undo_button.setToolTip(f"Ctrl+Z: {desk.undo_label}" if desk.undo_label else "Ctrl+Z")


def _by_field(problems: Sequence[DraftProblem], key: int) -> dict[str, DraftProblem]:
    """The problem to show at each field of a node: what is wrong before what would be better."""
    found: dict[str, DraftProblem] = {}
    for problem in problems:
        if problem.key == key:
            found.setdefault(problem.field, problem)
    return found


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
