"""The look of the program: fonts, palette, stylesheet and text scale, followed live; it must not know any screen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.ui.stylesheet import stylesheet
from desktop.ui.tokens import LOOKS, Look, Tokens

LookChoice = Literal["system", "light", "dark", "high_contrast"]
Face = Literal["ui", "reading", "mono"]

SCALE_RANGE = (100, 200)
_FAMILIES: dict[Face, tuple[str, ...]] = {
    "ui": ("Inter", "DejaVu Sans"),
    "reading": ("Charis SIL", "DejaVu Serif"),
    "mono": ("DejaVu Sans Mono",),
}


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Register every bundled font; returns the family names found. A machine's own fonts are only a fallback."""
    families: dict[str, None] = {}
    for file in sorted((*folder.glob("*.ttf"), *folder.glob("*.otf"))):
        font_id = QFontDatabase.addApplicationFont(str(file))
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(font_id)))
    return tuple(families)


class Theme(QObject):
    """The current look. Widgets that paint themselves read it and repaint on `changed`."""

    changed = Signal()

    def __init__(
        self, choice: LookChoice = "system", scale_percent: int = 100, resources: Path | None = None
    ) -> None:
        """`resources` is the folder with `fonts/` and `icons/`; without it the machine's own fonts are used."""
        super().__init__()
        self._icons = resources / "icons" if resources else None
        if resources is not None:
            load_fonts(resources / "fonts")
        self._choice: LookChoice = choice
        self._scale = _bounded(scale_percent)
        self._look: Look = self._resolve()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def choice(self) -> LookChoice:
        """What the user chose; `system` follows the desktop."""
        return self._choice

    @property
    def look(self) -> Look:
        """The look in force."""
        return self._look

    @property
    def tokens(self) -> Tokens:
        """The colours in force, as `#RRGGBB`."""
        return LOOKS[self._look]

    @property
    def scale_percent(self) -> int:
        """The text scale, 100 to 200."""
        return self._scale

    def px(self, size: float) -> int:
        """A length in design pixels at the user's text scale."""
        return round(size * self._scale / 100)

    def color(self, name: str) -> QColor:
        """A token as a QColor, by its field name, for example `color("met_soft")`."""
        return QColor(str(getattr(self.tokens, name)))

    def font(
        self,
        size: int = 13,
        weight: QFont.Weight = QFont.Weight.Normal,
        face: Face = "ui",
        tabular: bool = False,
    ) -> QFont:
        """A font at a design size in pixels; `tabular` gives digits of equal width for columns of numbers."""
        font = QFont(list(_FAMILIES[face]))
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def choose(self, choice: LookChoice, scale_percent: int) -> None:
        """Take over the user's choice and repaint everything."""
        self._choice = choice
        self._scale = _bounded(scale_percent)
        self._look = self._resolve()
        self.apply()

    def apply(self) -> None:
        """Set font, palette and stylesheet of the application."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if app.style().objectName().lower() != "fusion":
            app.setStyle("Fusion")
        app.setFont(self.font())
        app.setPalette(self._palette())
        app.setStyleSheet(
            stylesheet(self.tokens, self._scale, self._drawing("chevron"), self._drawing("check"))
        )
        self.changed.emit()

    def _follow_system(self) -> None:
        look = self._resolve()
        if look != self._look:
            self._look = look
            self.apply()

    def _resolve(self) -> Look:
        if self._choice != "system":
            return self._choice
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "high_contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _drawing(self, name: str) -> str:
        return (self._icons / f"{name}-{self._look}.svg").as_posix() if self._icons else ""

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "window",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "sunken",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.ToolTipBase: "surface",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.PlaceholderText: "muted",
            QPalette.ColorRole.Highlight: "selection",
            QPalette.ColorRole.HighlightedText: "text",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.LinkVisited: "accent",
            QPalette.ColorRole.Accent: "accent",
            QPalette.ColorRole.Light: "surface",
            QPalette.ColorRole.Midlight: "sunken",
            QPalette.ColorRole.Mid: "hairline",
            QPalette.ColorRole.Dark: "border",
            QPalette.ColorRole.Shadow: "hairline",
        }
        for role, name in roles.items():
            palette.setColor(role, self.color(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("muted"))
        return palette


def _bounded(scale_percent: int) -> int:
    low, high = SCALE_RANGE
    return max(low, min(high, scale_percent))
