"""Where a reviewer types the payer's criteria, beside the notes; it shows mistakes by line and stores nothing."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.rules.file_problem import FileProblem
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, set_role

CHECK_AFTER_MS = 700
MOST_PROBLEMS = 3
START = """\
id: my-plan.subject
family: subject
title: What the criteria are about
publisher: The plan
edition: "2026"
licence: user
indications: []
covers: []
criteria:
  all:
    - id: first-criterion
      text: Write here what must hold, as the plan words it
      closes_with: The document that would prove it
    - any:
        - id: one-way
          text: One of these is enough
          per: level
        - id: other-way
          text: A value that must be reached
          threshold: ">= 4 mm"
"""


class SetText(QPlainTextEdit):
    """Plain text; Ctrl+Enter uses the set, Escape puts it away."""

    accepted = Signal()
    cancelled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab indents by two spaces, because YAML has no tabs."""
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_control:
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() == Qt.Key.Key_Tab and not event.modifiers():
            self.insertPlainText("  ")
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only."""
        self.insertPlainText(source.text())


class SetEditor(QWidget):
    """The text, what is wrong with it, and two ways out. The text is kept as a draft while it is typed."""

    check_asked = Signal(str)
    """The text was changed: check it and keep it as a draft."""
    accepted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = SetText()
        self.text.setAccessibleName("Criteria set as text")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.says = label("", "muted", wraps=True)
        self.use = button("Use this set", "primary")
        self.cancel = button("Put away", "quiet")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self._build()
        self.text.textChanged.connect(self._timer.start)
        self.text.accepted.connect(self._accept)
        self.text.cancelled.connect(self._close)
        self.use.clicked.connect(self._accept)
        self.cancel.clicked.connect(self._close)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def exact_text(self) -> str:
        """What is typed, with line feeds."""
        return self.text.document().toRawText().replace("\u2029", "\n")

    def open(self, draft: str) -> None:
        """Go on with a draft, or start from an example."""
        self.text.setPlainText(draft or START)
        self.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def flush(self) -> None:
        """Keep what is typed but not kept yet."""
        if self._timer.isActive():
            self._ask()

    def show_problems(self, problems: tuple[FileProblem, ...]) -> None:
        """Name the first mistakes with their lines, or say that there are none."""
        shown = [f"Line {item.line}: {item.problem} {item.fix}" for item in problems[:MOST_PROBLEMS]]
        if (rest := len(problems) - len(shown)) > 0:
            shown.append(f"and {rest} more")
        set_role(self.says, "error" if problems else "ok")
        self.says.setText("\n".join(shown) or "This can be used as it stands.")

    def show_refusal(self, words: str) -> None:
        """Say why the set cannot be used although it can be read."""
        set_role(self.says, "error")
        self.says.setText(words)

    def _ask(self) -> None:
        self._timer.stop()
        self.check_asked.emit(self.exact_text)

    def _accept(self) -> None:
        self._ask()
        self.accepted.emit(self.exact_text)

    def _close(self) -> None:
        self.flush()
        self.hide()
        self.closed.emit()

    def _restyle(self) -> None:
        # The application's stylesheet sets sizes, so the face has to be set there too.
        family = self._theme.font(13, face="mono").families()[0]
        self.text.setStyleSheet(f'font-family: "{family}"; font-size: {self._theme.px(13)}px;')

    def _build(self) -> None:
        ways = QHBoxLayout()
        ways.addWidget(self.use)
        ways.addWidget(self.cancel)
        ways.addWidget(label("Ctrl+Enter uses it, Esc puts it away", "caption"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addWidget(label("The payer's criteria, as you type them", "strong"))
        hint = "Copy them from the notice or the policy beside; each is then asked like any other criterion."
        column.addWidget(label(hint, "muted", wraps=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.says)
        column.addLayout(ways)
        self.hide()
