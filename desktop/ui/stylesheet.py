"""The one stylesheet, made from the tokens; it must name roles, never single widgets of a screen.

Roles are dynamic properties that screens set: buttons `kind` = primary | quiet | danger | link; labels `role` =
title | heading | strong | muted | caption | error; frames `role` = card | hairline | banner.
"""

from __future__ import annotations

from string import Template

from desktop.ui.tokens import Tokens, contrast

LEAST_CONTRAST = 2
"""Of a ring against the button it is round; against the page it has far more, or it would be no ring."""

_QSS = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[role="page"] { background: $window; }
QWidget[role="surface"] { background: $surface; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: ${p4}px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${s24}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${s18}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: ${s12}px; }
QLabel[role="section"] { color: $muted; font-size: ${s12}px; font-weight: 600; }
QLabel[role="error"] { color: $not_met; }
QLabel[role="warning"] { color: $unclear; }
QLabel[role="ok"] { color: $met; }

QFrame[role="card"] { background: $surface; border: 1px solid $hairline; border-radius: ${radius}px; }
QFrame[role="hairline"] { background: $hairline; border: none; }
QFrame[role="banner"] { background: $surface; border: 1px solid $border; border-radius: ${radius}px; }

QPushButton, QToolButton {
    background: $surface; border: 1px solid $border; border-radius: ${radius}px;
    padding: ${p4}px ${p12}px; min-height: ${button}px; margin: 1px;
}
QToolButton { padding: ${p4}px ${p8}px; }
QToolButton[role="place"] { padding: ${p4}px 2px; font-size: ${s12}px; }
QPushButton:hover, QToolButton:hover { background: $accent_soft; }
QPushButton:pressed, QToolButton:pressed { background: $selection; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; margin: 0px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $sunken; border-color: $hairline; }
QPushButton:checked, QToolButton:checked { background: $accent_soft; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { $primary_focus }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $muted; border-color: $hairline; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:checked, QToolButton[kind="quiet"]:checked { background: $accent_soft; color: $accent; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border: 2px solid $focus; }
QPushButton[kind="link"] {
    background: transparent; border-color: transparent; color: $accent; text-align: left;
    padding: ${p4}px ${p4}px;
}
QPushButton[kind="link"]:hover { background: $accent_soft; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; }
QPushButton[kind="link"]:disabled { background: transparent; border-color: transparent; color: $muted; }
QPushButton[kind="danger"] { color: $not_met; border-color: $not_met; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QAbstractSpinBox {
    background: $surface; border: 1px solid $border; border-radius: ${radius}px;
    padding: ${p4}px ${p8}px; margin: 1px; selection-background-color: $selection; selection-color: $text;
}
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QLineEdit, QComboBox, QSpinBox, QDateEdit { min-height: ${field}px; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0px; margin: 0px; min-height: 0px; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: ${p16}px; margin: -${half}px 0px; background: $surface; border: 2px solid $accent;
    border-radius: ${knob}px;
}
QSlider:focus { border: 2px solid $focus; border-radius: ${radius}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $focus; margin: 0px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $sunken; color: $muted; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $sunken; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] { border-color: $not_met; }
QPlainTextEdit[role="reading"], QTextEdit[role="reading"] {
    background: $surface; border: 2px solid transparent; border-radius: 0px; margin: 0px;
}
QPlainTextEdit[role="reading"]:focus, QTextEdit[role="reading"]:focus { border: 2px solid $focus; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: $chevron; width: ${p12}px; height: ${p12}px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; outline: none; }
QSpinBox::up-button, QSpinBox::down-button { width: 0px; border: none; }

QCheckBox, QRadioButton { spacing: ${p8}px; min-height: ${button}px; padding: 2px; border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; border-radius: ${radius}px; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator {
    width: ${p16}px; height: ${p16}px; border: 1px solid $border; border-radius: 4px; background: $surface;
}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {
    background: $accent; border-color: $accent; image: $check;
}
QCheckBox::indicator:disabled { background: $sunken; border-color: $hairline; }
QRadioButton::indicator {
    width: ${p12}px; height: ${p12}px; border: 1px solid $border; border-radius: ${radio}px; background: $surface;
}
QRadioButton::indicator:checked { border: 4px solid $accent; width: ${radio_in}px; height: ${radio_in}px; }
QGroupBox { border: none; margin-top: ${p24}px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0px; }

QListView, QTreeView, QTableView {
    background: $surface; border: none; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QListView[role="rail"] { background: transparent; }
QListView::item, QTreeView::item {
    min-height: ${row}px; padding: 0px ${p8}px; border: 2px solid transparent; border-radius: ${radius}px;
}
QListView::item:hover, QTreeView::item:hover { background: $accent_soft; }
QListView::item:selected, QTreeView::item:selected { background: $selection; color: $text; }
QListView::item:selected:focus, QTreeView::item:selected:focus { border: 2px solid $focus; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $hairline; padding: ${p4}px ${p8}px;
}

QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $muted; border: 2px solid transparent; border-bottom: 3px solid transparent;
    padding: ${p4}px ${p16}px; min-height: ${button}px;
}
QTabBar::tab:hover { color: $text; background: $accent_soft; }
QTabBar::tab:selected { color: $accent; font-weight: 600; border-bottom: 3px solid $accent; }
QTabBar::tab:focus { border: 2px solid $focus; }

QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; margin: 0px 3px; }
QSplitter::handle:vertical { height: 1px; margin: 3px 0px; }
QSplitter::handle:hover { background: $accent; }
QStatusBar { background: $window; border-top: 1px solid $hairline; }
QStatusBar::item { border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea:focus { border: 2px solid $focus; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0px; }
QScrollBar::handle { background: $border; border: 3px solid $window; border-radius: ${radius}px; }
QScrollBar::handle:vertical { min-height: ${p32}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QMenu { background: $surface; border: 1px solid $border; padding: ${p4}px; }
QMenu::item { padding: ${p4}px ${p24}px; }
QMenu::item:selected { background: $selection; }
""")


def stylesheet(tokens: Tokens, scale_percent: int, chevron: str = "", check: str = "") -> str:
    """The application's stylesheet for a look at a text scale; `chevron` and `check` are files of drawings."""
    names: dict[str, object] = {name: getattr(tokens, name) for name in tokens.__slots__}
    for size in (12, 13, 15, 18, 24):
        names[f"s{size}"] = round(size * scale_percent / 100)
    for gap in (4, 8, 12, 16, 24, 32):
        names[f"p{gap}"] = round(gap * (1 + (scale_percent / 100 - 1) / 2))
    # Height without padding and border: together a target of 28 px at 100 %, and more with larger text.
    names["button"] = round(18 * scale_percent / 100)
    names["row"] = round(24 * scale_percent / 100)
    names["field"] = round(19 * scale_percent / 100)
    names["half"] = round(int(str(names["p16"])) / 2)
    names["knob"] = round((int(str(names["p16"])) + 4) / 2)
    names["primary_focus"] = primary_focus(tokens)
    names["radius"] = 6
    names["radio"] = int(str(names["p12"])) // 2 + 1
    names["radio_in"] = int(str(names["p12"])) - 6
    names["check"] = f'url("{check}")' if check else "none"
    names["chevron"] = f'url("{chevron}")' if chevron else "none"
    return _QSS.substitute(names)


def primary_focus(tokens: Tokens) -> str:
    """How the primary button shows the keyboard: a ring, or turned inside out where no ring stands out from it."""
    if contrast(tokens.text, tokens.accent) >= LEAST_CONTRAST:
        return f"border: 2px solid {tokens.text};"
    return f"background: {tokens.surface}; color: {tokens.accent}; border: 2px solid {tokens.focus};"
