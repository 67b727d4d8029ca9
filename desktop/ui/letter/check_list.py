"""The letter check: what keeps the letter from being issued first, then what deserves a second look."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.ui.chips import ChipRow
from desktop.ui.letter.reason_strip import ReasonStrip
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, plain_tooltip
from desktop.ui.widgets.icons import themed_icon

_KEY = Qt.ItemDataRole.UserRole + 1
_MOST_ROWS = 4
_ORDER = (Severity.ERROR, Severity.WARNING)
_LONGEST_LABEL = 60


class CheckList(QWidget):
    """One line per finding; Enter or a click goes to its words, one key fixes it, one gives a reason against it."""

    problem_wanted = Signal(object)
    """A `LetterProblem` to go to."""
    fix_wanted = Signal(object)
    reason_given = Signal(str, str)
    """(the finding's key, the reason; empty takes a recorded one back)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: tuple[LetterProblem, ...] = ()
        self._heading = label("", "strong", wraps=True)
        self.fix_button = button("Fix")
        self.reason_button = button("Give a reason…")
        self.reason = ReasonStrip(theme)
        self.list = QListWidget()
        self.list.setAccessibleName("Letter check")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.whole = label("", "", wraps=True)
        self._lay_out()
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.list.currentRowChanged.connect(self._offer)
        self.fix_button.clicked.connect(self.fix)
        self.reason_button.clicked.connect(self.ask_for_reason)
        self.reason.given.connect(self.reason_given)
        self.reason.is_asking.connect(self._make_way)
        theme.changed.connect(self._fill)

    @property
    def heading(self) -> str:
        """The summary line."""
        return self._heading.text()

    @property
    def problems(self) -> tuple[LetterProblem, ...]:
        """What is listed, errors first."""
        return self._problems

    @property
    def current(self) -> LetterProblem | None:
        """The finding that is chosen."""
        row = self.list.currentRow()
        return self._problems[row] if 0 <= row < len(self._problems) else None

    def minimumSizeHint(self) -> QSize:
        """As high as its words are at this width: at its narrowest a question would be a column of words."""
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return QSize(least.width(), layout.minimumHeightForWidth(max(self.width(), self._theme.px(400))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_problems(self, problems: tuple[LetterProblem, ...]) -> None:
        """Show findings, errors first, those with a place before those without; the chosen one stays chosen."""
        ordered = tuple(sorted(problems, key=_by_weight))
        if ordered != self._problems or not self._heading.text():
            chosen = self.current
            self._problems = ordered
            self._fill()
            self.choose(chosen)

    def choose(self, problem: LetterProblem | None) -> None:
        """Make a finding the chosen one; where words before it moved it, it is known again by what it is about."""
        found = problem if problem in self._problems else self._like(problem)
        self.list.setCurrentRow(self._problems.index(found) if found is not None else -1)

    def fix(self) -> None:
        """Ask for the fix of the chosen finding, even where none is known, or of the first that has one."""
        chosen = self.current
        if chosen is None:
            place = next((at for at, problem in enumerate(self._problems) if problem.fix), -1)
            if place < 0:
                return
            self.list.setCurrentRow(place)
            chosen = self._problems[place]
        self.fix_wanted.emit(chosen)

    def ask_for_reason(self) -> None:
        """Ask why the letter may be issued although the chosen finding speaks against it."""
        chosen = self.current
        if chosen is not None and may_take_reason(chosen):
            self.reason.ask(
                chosen.key,
                f"Why may it stand? {chosen.message}",
                recorded=chosen.override_reason,
                placeholder="The reason is kept with the letter and in the audit log",
            )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._heading, 2)
        deeds = ChipRow(is_right_aligned=True)
        for item in (self.fix_button, self.reason_button):
            item.hide()
            deeds.flow.addWidget(item)
        head.addWidget(deeds, 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 6, 16, 6)
        rows.setSpacing(4)
        rows.addLayout(head)
        rows.addWidget(self.reason)
        rows.addWidget(self.list)
        rows.addWidget(self.whole)
        self.whole.hide()

    def _like(self, problem: LetterProblem | None) -> LetterProblem | None:
        key = problem.key if problem is not None else ""
        return next((item for item in self._problems if item.key == key), None)

    def _fill(self) -> None:
        chosen = self.list.currentRow()
        errors = sum(problem.severity is Severity.ERROR for problem in self._problems)
        warnings = len(self._problems) - errors
        if not self._problems:
            self._heading.setText("Letter check: nothing is missing")
        else:
            parts = [_counted(errors, "thing to put right", "things to put right")] if errors else []
            parts += [_counted(warnings, "thing to look at", "things to look at")] if warnings else []
            self._heading.setText(f"Letter check: {', '.join(parts)}")
        self.list.blockSignals(True)
        self.list.clear()
        for problem in self._problems:
            self.list.addItem(self._item(problem))
        self.list.setVisible(bool(self._problems) and self.reason.isHidden())
        rows = min(self._most_rows(), len(self._problems))
        self.list.setFixedHeight(rows * max(24, self.list.sizeHintForRow(0)) + 4)
        self.list.setCurrentRow(min(chosen, len(self._problems) - 1))
        self.list.blockSignals(False)
        self._offer()

    def _item(self, problem: LetterProblem) -> QListWidgetItem:
        is_error = problem.severity is Severity.ERROR
        word = "To put right" if is_error else "To look at"
        reason = f"  (reason: {problem.override_reason})" if problem.override_reason else ""
        item = QListWidgetItem(f"{word}: {problem.message}{reason}")
        name, color = ("cross", "not_met") if is_error else ("warning", "unclear")
        item.setIcon(themed_icon(self._theme, name, color, 14))
        item.setData(_KEY, problem.key)
        item.setToolTip(plain_tooltip(f"{problem.message}{reason}"))
        return item

    def _offer(self, _row: int = -1) -> None:
        chosen = self.current
        self._tell_whole()
        fix = chosen.fix if chosen else None
        if fix is not None:
            words = fix.label if len(fix.label) <= _LONGEST_LABEL else f"{fix.label[:_LONGEST_LABEL]}…"
            self.fix_button.setText(f"{words.replace('&', '&&')}  Alt+Enter")
            self.fix_button.setAccessibleName(f"Fix: {fix.label}")
        self.fix_button.setVisible(fix is not None)
        self.reason_button.setVisible(chosen is not None and may_take_reason(chosen))
        self.reason_button.setText(
            "Change the reason…" if chosen is not None and chosen.override_reason else "Give a reason…"
        )

    def _tell_whole(self) -> None:
        """A message that its line has no room for stands whole under the list while it is chosen."""
        row = self.list.currentRow()
        words = self.list.item(row).text() if row >= 0 else ""
        room = self.list.viewport().width() - self._theme.px(48)
        self.whole.setText(words)
        is_cut = self.list.fontMetrics().horizontalAdvance(words) > room
        self.whole.setVisible(is_cut and self.reason.isHidden())

    def _most_rows(self) -> int:
        """Fewer with large text: what is written needs the room."""
        return max(2, round(_MOST_ROWS * 100 / self._theme.scale_percent))

    def _make_way(self, is_asking: bool) -> None:
        """While a reason is asked for, the finding stands in the question: the list makes way."""
        self.list.setVisible(bool(self._problems) and not is_asking)
        self._tell_whole()

    def _go(self, _item: QListWidgetItem | None = None) -> None:
        chosen = self.current
        if chosen is not None:
            self.problem_wanted.emit(chosen)


def may_take_reason(problem: LetterProblem) -> bool:
    """Whether a recorded reason settles it, or settled it already."""
    return problem.may_be_overridden or bool(problem.override_reason)


def _by_weight(problem: LetterProblem) -> tuple[int, bool]:
    return _ORDER.index(problem.severity), problem.block_id is None


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
