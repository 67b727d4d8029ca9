"""Versions of a paper that were kept, and any two of them compared word by word; it keeps and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.letter_history import LetterVersion
from desktop.ui.forms import ChoiceField
from desktop.ui.library.page import Page
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline, label

NOW = ""
"""Stands for the paper as it is now, where a version's id is meant."""


class VersionsPanel(QWidget):
    """Two choices above, the difference below; a paper without versions says what they are for."""

    keep_wanted = Signal()
    compare_wanted = Signal(str, str)
    """(id of the earlier, id of the later; `NOW` for the present one)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._versions: tuple[LetterVersion, ...] = ()
        self._letter_id = ""
        self._nothing = label(
            "No version is kept yet. One is kept when the paper is submitted, approved and issued, before other "
            "settings replace what was typed, and whenever you ask for it.",
            "muted",
            wraps=True,
        )
        self.keep_button = button("Keep this version")
        self.earlier = ChoiceField("Compare", [])
        self.later = ChoiceField("With", [])
        self.page = ReadingPage(theme)
        self.page.setMinimumHeight(theme.px(160))
        self._choices = QWidget()
        across = QHBoxLayout(self._choices)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self.earlier, 1)
        across.addWidget(self.later, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._nothing)
        column.addWidget(self._choices)
        column.addWidget(hairline())
        column.addWidget(self.page, 1)
        column.addStretch(0)
        self.keep_button.clicked.connect(self.keep_wanted)
        for field in (self.earlier, self.later):
            field.edited.connect(self._compare)
        self.show_versions("", (), is_read_only=False)

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two that are chosen; None while there is nothing to compare."""
        return (self.earlier.read(), self.later.read()) if self._versions else None

    def show_versions(self, letter_id: str, versions: Sequence[LetterVersion], *, is_read_only: bool) -> None:
        """Show what was kept of a paper, the latest against the paper as it is now unless others are chosen."""
        is_other = letter_id != self._letter_id or len(versions) != len(self._versions)
        self._letter_id, self._versions = letter_id, tuple(versions)
        has_any = bool(versions)
        self._nothing.setVisible(not has_any)
        self._choices.setVisible(has_any)
        self.page.setVisible(has_any)
        self.keep_button.setVisible(not is_read_only)
        kept = [(version.id, _name(version)) for version in reversed(versions)]
        self.earlier.set_choices(kept)
        self.later.set_choices([(NOW, "As it is now"), *kept])
        if has_any and is_other:
            self.earlier.show_value(versions[-1].id)
            self.later.show_value(NOW)

    def show_difference(self, page: Page) -> None:
        """Show what changed between the two."""
        self.page.show_page(page)

    def _compare(self, _field: object = None) -> None:
        chosen = self.pair
        if chosen is not None:
            self.compare_wanted.emit(*chosen)


def _name(version: LetterVersion) -> str:
    at = version.made_at.astimezone()
    return f"{version.number}. {version.why.label} {at:%Y-%m-%d %H:%M}"


def described(version: LetterVersion) -> str:
    """A version in words, with who kept it and when."""
    at = version.made_at.astimezone()
    return f"version {version.number}, {version.why.label.lower()} by {version.made_by}, {at:%Y-%m-%d %H:%M}"
