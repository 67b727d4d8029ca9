"""One criterion being typed: its words in front, what else is known of it behind “More”; it stores nothing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.criteria import Polarity, Scope
from desktop.services.typed_sets import TypedRow
from desktop.ui.criteria.entry_keys import EntryKeys
from desktop.ui.criteria.row_details import RowDetails
from desktop.ui.forms import ChoiceBox, restyle
from desktop.ui.text_area import TextArea
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

POLARITIES = ((Polarity.PRESENT, "must be present"), (Polarity.ABSENT, "must be absent"))
SCOPES = (
    (Scope.CASE, "once per case"),
    (Scope.SERVICE_LINE, "per service line"),
    (Scope.LEVEL, "per level"),
)
NARROW = 900
"""Below this width at 100 % the small fields stand under the words."""


class SentenceArea(TextArea):
    """One sentence that wraps: line breaks that come with a pasted text become spaces."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste a sentence."""
        self.insertPlainText(" ".join(source.text().split()))


class RowEditor(QWidget):
    """Words, polarity, how often it is asked, threshold; the rest on demand."""

    edited = Signal()

    def __init__(self, theme: Theme, row: TypedRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = row
        self._details: RowDetails | None = None
        self._is_narrow: bool | None = None
        self.keys = EntryKeys(self)
        self.number = label("", "muted")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.words = SentenceArea(least_lines=1)
        self.words.document().setDocumentMargin(0)
        self.words.setPlaceholderText("What must hold, in one sentence")
        self.polarity, self.per = ChoiceBox(), ChoiceBox()
        self.polarity.addItems([words for _, words in POLARITIES])
        self.per.addItems([words for _, words in SCOPES])
        self.threshold = QLineEdit()
        self.threshold.setPlaceholderText("value: >= 4 mm")
        self.more = button("More", "quiet")
        self.more.setCheckable(True)
        self.remark: QLabel = label("", "error", wraps=True)
        self.remark.hide()
        self._lay_out()
        self._fill(row)
        self.keys.watch(self.words, self.polarity, self.per, self.threshold, self.more)
        self.words.textChanged.connect(self._changed)
        self.polarity.currentIndexChanged.connect(self._changed)
        self.per.currentIndexChanged.connect(self._changed)
        self.threshold.textChanged.connect(self._changed)
        self.more.toggled.connect(self._show_details)

    def value(self) -> TypedRow:
        """The criterion as typed so far."""
        row = replace(
            self._row,
            text=self.words.exact_text(),
            polarity=POLARITIES[self.polarity.currentIndex()][0],
            per=SCOPES[self.per.currentIndex()][0],
            threshold=self.threshold.text(),
        )
        return self._details.applied_to(row) if self._details else row

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        stops: list[QWidget] = [self.words, self.polarity, self.per, self.threshold, self.more]
        return stops + (self._details.stops() if self._details and self.more.isChecked() else [])

    def set_place(self, number: str, *, is_inside: bool) -> None:
        """Show which criterion this is, and whether it belongs to the group above."""
        self.number.setText(number)
        margins = self._column.contentsMargins()
        margins.setLeft(self._theme.px(28) if is_inside else 0)
        self._column.setContentsMargins(margins)
        self.words.setAccessibleName(f"Criterion {number}")
        self.polarity.setAccessibleName(f"Criterion {number} must be present or absent")
        self.per.setAccessibleName(f"Criterion {number} is asked once per")
        self.threshold.setAccessibleName(f"Value that meets criterion {number}")
        self.more.setAccessibleName(f"More about criterion {number}")

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say under the row what is wrong, by field; empty for nothing."""
        text = "  ".join(f"× {words}" for words in problems.values())
        self.remark.setText(text)
        self.remark.setVisible(bool(text))
        for widget, names in (
            (self.words, problems.keys() - {"threshold"}),
            (self.threshold, problems.keys() & {"threshold"}),
        ):
            is_wrong = bool(names)
            widget.setAccessibleDescription(text if is_wrong else "")
            if bool(widget.property("problem")) != is_wrong:
                widget.setProperty("problem", is_wrong)
                restyle(widget)

    def focus_on(self, field: str) -> None:
        """Put the keyboard where a problem is."""
        if field in {"within", "closes_with", "note", "locator"}:
            self.more.setChecked(True)
        detail = self._details.editor(field) if self._details else None
        target = detail or {"threshold": self.threshold}.get(field, self.words)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The small fields move under the words where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(self.width() * 100 / self._theme.scale_percent < NARROW)

    def _fill(self, row: TypedRow) -> None:
        self.words.setPlainText(row.text)
        self.polarity.setCurrentIndex([value for value, _ in POLARITIES].index(row.polarity))
        self.per.setCurrentIndex([value for value, _ in SCOPES].index(row.per))
        self.threshold.setText(row.threshold)
        self._mark_more()

    def _changed(self) -> None:
        self.edited.emit()

    def _details_edited(self) -> None:
        self._row = self.value()
        self._mark_more()
        self.edited.emit()

    def _mark_more(self) -> None:
        row = self._row
        kept = sum(map(bool, (row.evidence_types, row.within, row.closes_with, row.note, row.locator)))
        self.more.setText(f"More ({kept})" if kept else "More")

    def _show_details(self, is_shown: bool) -> None:
        if self._details is None:
            self._details = RowDetails(self.value(), self.number.text(), self)
            self._details.edited.connect(self._details_edited)
            self.keys.watch(*self._details.stops())
            self._column.addWidget(self._details)
        self._details.setVisible(is_shown)

    def _lay_out(self) -> None:
        theme = self._theme
        self.number.setFixedWidth(theme.px(26))
        self.number.setContentsMargins(0, theme.px(7), 0, 0)
        self.polarity.setFixedWidth(theme.px(150))
        self.per.setFixedWidth(theme.px(150))
        self.threshold.setFixedWidth(theme.px(132))
        self.more.setMinimumWidth(theme.px(86))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))
        self._small = QHBoxLayout()
        self._small.setSpacing(theme.px(8))
        for widget in (self.polarity, self.per, self.threshold, self.more):
            self._small.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._small.addStretch(1)
        self._grid.addWidget(self.number, 0, 0)
        self._grid.addWidget(self.words, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        self._column.setSpacing(theme.px(2))
        self._column.addLayout(self._grid)
        self.remark.setContentsMargins(theme.px(38), 0, 0, theme.px(2))
        self._column.addWidget(self.remark)
        self._arrange(is_narrow=False)

    def _arrange(self, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._grid.removeItem(self._small)
        self._grid.addLayout(self._small, 1 if is_narrow else 0, 1 if is_narrow else 2)
