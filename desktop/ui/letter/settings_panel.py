"""What a paper is composed with besides the record: reader, letterhead, template, figures, copies; it saves nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.audience import Audience
from desktop.domain.letter import LetterKind, LetterSettings
from desktop.domain.reference import CitationStyle
from desktop.domain.stationery import Letterhead, LetterTemplate
from desktop.ui.forms import CheckField, ChoiceField, Field
from desktop.ui.stationery.kept_words import KeptWords
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, section_header

_SAVE_AFTER_MS = 700


class SettingsPanel(QWidget):
    """Emits whole settings once the reviewer pauses; what is shown from outside is no change."""

    changed = Signal(object)
    """The `LetterSettings` as they are wanted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = LetterSettings()
        self._letter_id = ""
        self.audience = ChoiceField("Written for", [(reader, reader.label) for reader in Audience])
        self.letterhead = ChoiceField("Letterhead", [("", "The ordering provider's")])
        self.template = ChoiceField("Template", [("", "None: the program's own order")])
        self.citations = ChoiceField(
            "References in the style", [(style, style.label) for style in CitationStyle]
        )
        self.has_figures = CheckField("Draw level map, timeline")
        self.has_disclaimer = CheckField("Print the disclaimer")
        self.has_made_statement = CheckField("Print how it was made")
        self.copies = KeptWords("Copies to, one on each line", least_lines=2)
        self.stationery_button = button("Change the stationery…", "link")
        self._fixed = label("", "caption", wraps=True)
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.flush)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(theme.px(10))
        column.addWidget(section_header("How it is composed"))
        for field in self._fields():
            column.addWidget(field)
            field.edited.connect(self._edited)
        column.addWidget(self._fixed)
        column.addWidget(self.stationery_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_settings(
        self,
        letter_id: str,
        kind: LetterKind,
        settings: LetterSettings,
        letterheads: Sequence[Letterhead],
        templates: Sequence[LetterTemplate],
        *,
        is_read_only: bool,
    ) -> None:
        """Show the settings of a paper; what is being changed in the same paper is left alone."""
        if letter_id == self._letter_id and self._pause.isActive():
            return
        self._letter_id, self._shown = letter_id, settings
        self.letterhead.set_choices(
            [("", "The ordering provider's"), *((item.id, item.name) for item in letterheads)]
        )
        mine = [item for item in templates if item.kind is kind]
        self.template.set_choices(
            [("", "None: the program's own order"), *((item.id, item.name) for item in mine)]
        )
        values = (
            settings.audience,
            settings.letterhead_id,
            settings.template_id,
            settings.citation_style,
            settings.has_figures,
            settings.has_disclaimer or kind is LetterKind.OPINION,
            settings.has_made_statement,
            "\n".join(settings.carbon_copies),
        )
        for field, value in zip(self._fields(), values, strict=True):
            field.show_value(value)
            field.set_read_only(is_read_only)
        # The reader of a letter follows from its kind; only an opinion is written for one or another.
        self.audience.setVisible(kind is LetterKind.OPINION)
        self.has_disclaimer.set_read_only(is_read_only or kind is LetterKind.OPINION)
        self._fixed.setText("An issued paper stays as it was composed." if is_read_only else "")
        self._fixed.setVisible(is_read_only)

    def flush(self) -> None:
        """Say what is wanted, when it is something else than what is shown."""
        self._pause.stop()
        if not self.copies.check():
            return
        lines = [line.strip() for line in self.copies.read().splitlines()]
        wanted = self._shown.model_copy(
            update={
                "audience": self.audience.read(),
                "letterhead_id": self.letterhead.read() or "",
                "template_id": self.template.read() or "",
                "citation_style": self.citations.read(),
                "has_figures": self.has_figures.read(),
                "has_disclaimer": self._disclaimer(),
                "has_made_statement": self.has_made_statement.read(),
                "carbon_copies": tuple(line for line in lines if line),
            }
        )
        if wanted != self._shown:
            self._shown = wanted
            self.changed.emit(wanted)

    def _disclaimer(self) -> bool:
        """An opinion always has one, whatever its settings say: they are left as they are."""
        return (
            self.has_disclaimer.read() if self.has_disclaimer.box.isEnabled() else self._shown.has_disclaimer
        )

    def _fields(self) -> tuple[Field, ...]:
        return (
            self.audience,
            self.letterhead,
            self.template,
            self.citations,
            self.has_figures,
            self.has_disclaimer,
            self.has_made_statement,
            self.copies,
        )

    def _edited(self, _field: object) -> None:
        self._pause.start()
