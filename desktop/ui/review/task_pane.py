"""The tasks of the case and the form of one, in the place of the criterion; it stores nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.chips import FlowLayout
from desktop.ui.field_values import read_date, show_date
from desktop.ui.forms import LineField
from desktop.ui.review.task_list import TaskList
from desktop.ui.review.task_rows import TaskDraft, TaskRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, label, section_header

EMPTY = (
    "What the case still waits for stands here, with who owes it and by when.\n\n"
    "Nothing yet. K makes a task of the gap in front."
)
NEW = "New task"


class TaskForm(QWidget):
    """Text, owed by, due date. Enter in any of them saves."""

    saved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = LineField("What is to be done")
        self.owed_by = LineField("Owed by")
        self.due_on = LineField("Due on", read_date, show_date, placeholder="YYYY-MM-DD")
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.owed_by, 2)
        below.addWidget(self.due_on, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addLayout(below)
        column.addStretch(1)
        for field in (self.text, self.owed_by, self.due_on):
            field.line.returnPressed.connect(self.saved)

    def show_draft(self, draft: TaskDraft) -> None:
        """Fill the fields."""
        for field, value in (
            (self.text, draft.text),
            (self.owed_by, draft.owed_by),
            (self.due_on, draft.due_on),
        ):
            field.show_value(value)
            field.check()

    def is_sound(self) -> bool:
        """Whether every field can be read; what is wrong is said under it, and the keyboard goes there."""
        wrong = [field for field in (self.text, self.owed_by, self.due_on) if not field.check()]
        if wrong:
            wrong[0].line.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def draft(self, base: TaskDraft) -> TaskDraft:
        """What is typed, for the same question as `base`."""
        return TaskDraft(
            str(self.text.read()).strip(),
            str(self.owed_by.read()).strip(),
            self.due_on.read(),
            base.service_line_id,
            base.closes,
        )


class TaskPane(QWidget):
    """List on the left, the form of a new or of the current task on the right."""

    add_asked = Signal(object)
    """A TaskDraft."""
    change_asked = Signal(str, object)
    """The id of a task and its TaskDraft."""
    done_asked = Signal(str, bool)
    removal_asked = Signal(str)
    question_chosen = Signal(object)
    """The AssessmentKey that the current task was made for."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editing = ""
        self._base = TaskDraft()
        self.list = TaskList(theme)
        self.empty = label(EMPTY, "muted", wraps=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.heading = section_header(NEW)
        self.about = ElidedLabel("", "caption")
        self.form = TaskForm()
        self.save = button("Add task", "primary")
        self.back = button("Back (Esc)", "quiet")
        self.go = button("Go to its criterion", "link")
        self.done = button("Done (Space)", "link")
        self.remove = button("Remove (Del)", "link")
        self._build(theme)
        self.list.current_changed.connect(self._current_changed)
        self.list.edit_asked.connect(self.edit)
        self.list.done_asked.connect(self._toggle_done)
        self.list.removal_asked.connect(self._remove)
        self.form.saved.connect(self._save)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.closed)
        self.go.clicked.connect(self._go)
        self.done.clicked.connect(self._toggle_done)
        self.remove.clicked.connect(self._remove)

    def show_tasks(self, rows: tuple[TaskRow, ...]) -> None:
        """Show the tasks as they are now; what is being typed stays."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._current_changed()

    def ask(self, draft: TaskDraft, about: str) -> None:
        """Have a new task typed; `about` says what it is for."""
        self._editing, self._base = "", draft
        self.heading.setText(NEW)
        self.about.setText(about)
        self.save.setText("Add task")
        self.form.show_draft(draft)
        # What is asked for and from whom are proposed: the day is what only the reviewer can give.
        start = self.form.due_on if draft.text else self.form.text
        start.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit(self) -> None:
        """Have the current task changed."""
        row = self.list.current()
        if row is None:
            return
        self._editing, self._base = row.id, row.draft
        self.heading.setText("Change task")
        self.about.setText(row.service)
        self.save.setText("Save")
        self.form.show_draft(row.draft)
        self.form.text.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; a letter that nobody took must not answer the criterion behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not event.text().isalnum() or event.key() == Qt.Key.Key_K:
            event.ignore()

    def _save(self) -> None:
        if not self.form.is_sound():
            return
        draft = self.form.draft(self._base)
        if self._editing:
            self.change_asked.emit(self._editing, draft)
        else:
            self.add_asked.emit(draft)

    def _toggle_done(self) -> None:
        if (row := self.list.current()) is not None:
            self.done_asked.emit(row.id, row.is_open)

    def _remove(self) -> None:
        if (row := self.list.current()) is not None:
            self.removal_asked.emit(row.id)

    def _go(self) -> None:
        row = self.list.current()
        if row is not None and row.draft.closes is not None:
            self.question_chosen.emit(row.draft.closes)

    def _current_changed(self) -> None:
        row = self.list.current() if self.list.rows else None
        self.done.setText("Open again (Space)" if row and not row.is_open else "Done (Space)")
        for widget in (self.done, self.remove):
            widget.setVisible(row is not None)
        self.go.setVisible(row is not None and row.draft.closes is not None)

    def _build(self, theme: Theme) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(section_header("Tasks"))
        left.addWidget(self.list, 1)
        left.addWidget(self.empty, 1)
        left.addWidget(_wrapping(self.done, self.go, self.remove))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.form)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.heading)
        right.addWidget(self.about)
        right.addWidget(area, 1)
        right.addWidget(_wrapping(self.save, self.back))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 8)
        row.setSpacing(theme.px(20))
        row.addLayout(left, 5)
        row.addLayout(right, 4)


def _wrapping(*widgets: QWidget) -> QWidget:
    """Widgets in a row that goes on below where there is no room."""
    made = QWidget()
    row = FlowLayout(made, 4)
    for widget in widgets:
        row.addWidget(widget)
    return made
