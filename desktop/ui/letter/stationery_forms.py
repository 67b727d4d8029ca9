"""The forms of a letterhead and of a snippet; they store nothing, and say `edited` while something is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.stationery import Letterhead, Snippet
from desktop.ui.stationery.kept_words import KeptLine, KeptWords
from desktop.ui.stationery.record_fields import FieldChooser, FilledPreview, unknown_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_PICTURE_WIDTH, _PICTURE_HEIGHT = 220, 72


class PictureField(QWidget):
    """A picture with a button to choose another and one to take it away."""

    wanted = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._shown = QLabel()
        self._shown.setTextFormat(Qt.TextFormat.PlainText)
        self._none = label("None", "muted")
        self.choose_button = button(f"Choose {name.lower()}…")
        self.remove_button = button("Take away", "link")
        self.remove_button.setAccessibleName(f"Take the {name.lower()} away")
        row = QHBoxLayout()
        row.setSpacing(12)
        for part in (self._shown, self._none, self.choose_button, self.remove_button):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(name, "caption"))
        column.addLayout(row)
        self.choose_button.clicked.connect(self.wanted)
        self.remove_button.clicked.connect(self.removed)
        self.show_picture(b"")

    def show_picture(self, content: bytes) -> None:
        """Show a picture that was taken in before; nothing for empty bytes."""
        pixmap = QPixmap()
        if content:
            pixmap.loadFromData(content)
            pixmap = pixmap.scaled(
                self._theme.px(_PICTURE_WIDTH),
                self._theme.px(_PICTURE_HEIGHT),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self._shown.setPixmap(pixmap)
        self._shown.setAccessibleName(f"{self._name} as it prints" if content else "")
        self._shown.setVisible(bool(content))
        self._none.setVisible(not content)
        self.remove_button.setVisible(bool(content))


class LetterheadForm(QWidget):
    """Name, lines, logo with its words, and a signature that stands only over its signer's name."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base: Letterhead | None = None
        self.name = KeptLine("Name, as you choose it by")
        self.lines = KeptWords("Lines over the letter", least_lines=4)
        self.lines.set_hint("Practice, address, telephone, fax. Empty: those of the ordering provider.")
        self.logo = PictureField(theme, "Logo")
        self.logo_alternative = KeptLine("What the logo says, for those who do not see it")
        self.signature = PictureField(theme, "Signature")
        self.signer = KeptLine("Whose signature it is")
        self.signer.set_hint("It is printed in issued letters, over this name only.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.name, self.lines, self.logo, self.logo_alternative, self.signature, self.signer):
            column.addWidget(part)
        column.addStretch(1)
        for field in (self.name, self.lines, self.logo_alternative, self.signer):
            field.edited.connect(self._edited)

    def show_letterhead(self, letterhead: Letterhead, logo: bytes, signature: bytes) -> None:
        """Show one; what is being typed in the same one stays when it is equal."""
        self._base = letterhead
        self.name.show_value(letterhead.name)
        self.lines.show_value("\n".join(letterhead.lines))
        self.logo_alternative.show_value(letterhead.logo_alternative)
        self.signer.show_value(letterhead.signer)
        self.logo.show_picture(logo)
        self.signature.show_picture(signature)

    def read(self) -> Letterhead | None:
        """What is typed; None while a field cannot be read or it has no name. What is wrong is said beside it."""
        fields = (self.name, self.lines, self.logo_alternative, self.signer)
        if self._base is None or not all([field.check() for field in fields]):  # noqa: C419 - each says its own
            return None
        if not self.name.read().strip():
            self.name.set_own_problem("Give it a name, so that it can be chosen.")
            return None
        typed = {
            "name": self.name.read().strip(),
            "lines": tuple(line.strip() for line in self.lines.read().splitlines() if line.strip()),
            "logo_alternative": self.logo_alternative.read(),
            "signer": self.signer.read(),
        }
        return self._base.model_copy(update=typed)

    def _edited(self, _field: object) -> None:
        self.edited.emit()


class SnippetForm(QWidget):
    """Name and words, with the fields of the record to put in between."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base: Snippet | None = None
        self.name = KeptLine("Name, typed after ; in a letter")
        self.text = KeptWords("Words", least_lines=8)
        self.fields = FieldChooser(theme)
        self.filled = FilledPreview(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.name, self.text, self.fields, self.filled):
            column.addWidget(part)
        column.addStretch(1)
        self.name.edited.connect(self._edited)
        self.text.edited.connect(self._edited)
        self.fields.field_chosen.connect(self._insert)

    def show_snippet(self, snippet: Snippet) -> None:
        """Show one."""
        self._base = snippet
        self.name.show_value(snippet.name)
        self.text.show_value(snippet.text)
        self._tell_unknown()

    def read(self) -> Snippet | None:
        """What is typed; None while it cannot be kept. What is wrong is said beside the field."""
        if self._base is None or not (self.name.check() and self.text.check()):
            return None
        if not self.name.read().strip():
            self.name.set_own_problem("Give it a name, so that it can be inserted.")
            return None
        self._tell_unknown()
        typed = {"name": self.name.read().strip(), "text": self.text.read()}
        return self._base.model_copy(update=typed)

    def _tell_unknown(self) -> None:
        self.text.set_remark(unknown_words(self.text.area.exact_text()))

    def _insert(self, words: str) -> None:
        self.text.area.insertPlainText(words)
        self.text.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, _field: object) -> None:
        self.edited.emit()
