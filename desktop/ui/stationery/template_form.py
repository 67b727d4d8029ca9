"""The form of a letter template: order, headings and words of its own; it stores nothing and composes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.stationery import LetterTemplate, TemplatePart
from desktop.letters.titles import title_of_kind
from desktop.ui.chips import ChipRow
from desktop.ui.forms import ChoiceField, Field
from desktop.ui.stationery.kept_words import KeptLine, KeptWords
from desktop.ui.stationery.part_list import PartList
from desktop.ui.stationery.record_fields import FieldChooser, unknown_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.pick_box import PickBox


class TemplateForm(QWidget):
    """What is in front of the list of parts is worded under it. `edited` is said while something is typed."""

    edited = Signal()
    preview_wanted = Signal(object)
    """The `LetterTemplate` as it stands in the form."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base: LetterTemplate | None = None
        self._is_filling = False
        self.name = KeptLine("Name, as you choose it by")
        self.kind = ChoiceField("For", [(kind, kind.label) for kind in LetterKind])
        self.parts = PartList()
        self.parts.setMinimumHeight(theme.px(190))
        self.add_block = PickBox()
        self.add_block.setPlaceholderText("Add a block…")
        self.add_block.setAccessibleName("Add a block of the composed letter")
        self.add_block.setFixedWidth(theme.px(170))
        self.add_block.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self.add_block.setMaxVisibleItems(16)
        self.add_block.view().setMinimumWidth(theme.px(280))
        self.add_text = button("Add own text")
        self.up = button("Up", "quiet")
        self.down = button("Down", "quiet")
        self.take_out = button("Take out", "quiet")
        self.heading = KeptLine("Heading")
        self.text = KeptWords("Words", least_lines=4)
        self.fields = FieldChooser(theme)
        self.closing = KeptLine("Closing words over the signature", placeholder="Respectfully,")
        self.preview_button = button("Preview in this case")
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("The letter of this case in the template, as text")
        self.preview.setTabChangesFocus(True)
        self.preview.setMinimumHeight(theme.px(320))
        self.preview.hide()
        self._lay_out(theme)
        self._connect()

    def show_template(self, template: LetterTemplate) -> None:
        """Show one; what is being typed in the same one stays when it is equal."""
        if self._base is not None and self._base.id == template.id and self._quietly() == template:
            self._base = template
            return
        is_other = self._base is None or self._base.id != template.id
        self._base = template
        self._is_filling = True
        self.name.show_value(template.name)
        self.kind.show_value(template.kind)
        self.parts.show_parts(template.parts)
        self.closing.show_value(template.closing)
        self._is_filling = False
        self._offer_blocks()
        if is_other:
            self.preview.hide()
            self.preview.clear()

    def read(self) -> LetterTemplate | None:
        """What is typed; None while it cannot be kept. What is wrong is said beside the field."""
        fields: tuple[Field, ...] = (self.name, self.heading, self.text, self.closing)
        wrong = [field for field in fields if not field.check()]
        if self._base is None or wrong:
            return None
        if not self.name.read().strip():
            self.name.set_own_problem("Give it a name, so that it can be chosen.")
            return None
        return self._quietly()

    def show_preview(self, text: str) -> None:
        """Show the letter of the case in this template."""
        self.preview.setPlainText(text)
        self.preview.show()
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _quietly(self) -> LetterTemplate | None:
        if self._base is None:
            return None
        # A text in which nothing is typed yet is no part: a file could not hold it.
        parts = tuple(
            part
            for part in self.parts.parts
            if part.block is not None or part.heading.strip() or part.text.strip()
        )
        values = {
            "name": self.name.line.text().strip(),
            "kind": self.kind.read(),
            "parts": parts,
            "closing": self.closing.line.text(),
        }
        return self._base.model_copy(update=values)

    def _connect(self) -> None:
        for field in (self.name, self.kind, self.closing):
            field.edited.connect(self._edited)
        for field in (self.heading, self.text):
            field.edited.connect(self._part_edited)
        self.parts.edited.connect(self._parts_edited)
        self.parts.part_chosen.connect(self._show_part)
        self.add_block.activated.connect(self._add_block)
        self.add_text.clicked.connect(self._add_text)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.take_out.clicked.connect(self.parts.take_out)
        self.fields.field_chosen.connect(self._insert)
        self.preview_button.clicked.connect(self._ask_for_preview)

    # Parts

    def _show_part(self) -> None:
        part = self.parts.current_part
        for widget in (self.heading, self.text, self.fields):
            widget.setEnabled(part is not None)
        self._is_filling, was = True, self._is_filling
        self.heading.show_value(part.heading if part is not None else "")
        self.text.show_value(part.text if part is not None else "")
        self._is_filling = was
        is_own = part is not None and part.block is None
        self.heading.set_hint("" if is_own else "In place of the block's own heading; empty: its own.")
        self.text.set_hint("" if is_own else "Printed before what the program composes.")
        self._tell_unknown()

    def _part_edited(self, _field: object) -> None:
        part = self.parts.current_part
        if part is None or self._is_filling or not (self.heading.check() and self.text.check()):
            return
        self.parts.change(part.model_copy(update={"heading": self.heading.read(), "text": self.text.read()}))
        self._tell_unknown()
        self.edited.emit()

    def _parts_edited(self) -> None:
        if not self._is_filling:
            self._offer_blocks()
            self.edited.emit()

    def _offer_blocks(self) -> None:
        used = {part.block for part in self.parts.parts}
        self.add_block.clear()
        for kind in BlockKind:
            if kind not in used and kind is not BlockKind.OWN:
                self.add_block.addItem(title_of_kind(kind), kind.value)
        self.add_block.setCurrentIndex(-1)

    def _add_block(self, at: int) -> None:
        kind = BlockKind(str(self.add_block.itemData(at)))
        self.parts.add(TemplatePart(block=kind))
        self.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_text(self) -> None:
        self.parts.add(TemplatePart())
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move_up(self) -> None:
        self.parts.shift(-1)

    def _move_down(self) -> None:
        self.parts.shift(1)

    def _insert(self, words: str) -> None:
        self.text.area.insertPlainText(words)
        self.text.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_unknown(self) -> None:
        self.heading.set_remark(unknown_words(self.heading.line.text()))
        self.text.set_remark(unknown_words(self.text.area.exact_text()))

    def _edited(self, _field: object) -> None:
        if not self._is_filling:
            self.closing.set_remark(unknown_words(self.closing.line.text()))
            self.edited.emit()

    def _ask_for_preview(self) -> None:
        template = self.read()
        if template is not None:
            self.preview_wanted.emit(template)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.name)
        column.addWidget(self.kind)
        column.addWidget(label("Parts, in the order in which they are printed", "caption"))
        column.addWidget(self.parts)
        deeds = ChipRow()
        for made in (self.add_block, self.add_text, self.up, self.down, self.take_out):
            deeds.flow.addWidget(made)
        for made, key in ((self.up, "Alt+Up"), (self.down, "Alt+Down"), (self.take_out, "Delete")):
            made.setAccessibleDescription(f"The part in front ({key} in the list)")
        column.addWidget(deeds)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addWidget(self.fields)
        column.addWidget(self.closing)
        column.addWidget(
            label(
                "A block that is not among the parts is left out of the letter, and the letter check says so. "
                "The list of references is always printed.",
                "muted",
                wraps=True,
            )
        )
        column.addWidget(self.preview_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.preview)
        column.addStretch(1)
