"""Proves that the accessibility audit finds planted defects and passes a clean window."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import assert_accessible, defects, labels_that_guess_their_format

W = TypeVar("W", bound=QWidget)


class Window(QWidget):
    """A form with one field of each common kind, every one of them named."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        form = QFormLayout()
        self.column.addLayout(form)
        for caption, field in (
            ("&Member", QLineEdit()),
            ("&Payer", QComboBox()),
            ("&Units", QSpinBox()),
            ("&Denied on", QDateEdit()),
            ("&Reason", QPlainTextEdit()),
        ):
            field.setMinimumHeight(28)
            form.addRow(caption, field)
        check = QCheckBox("E&xpedited")
        check.setMinimumHeight(24)
        self.column.addWidget(check)
        cases = QListWidget()
        cases.setAccessibleName("Cases")
        self.column.addWidget(cases)
        tabs = QTabWidget()
        tabs.setMinimumHeight(60)
        tabs.addTab(QWidget(), "Intake")
        tabs.addTab(QWidget(), "Review")
        self.column.addWidget(tabs)
        save = QPushButton("&Save")
        save.setMinimumHeight(28)
        self.column.addWidget(save)


def called(name: str, widget: W) -> W:
    widget.setObjectName(name)
    return widget


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    return window


def shown(window: Window) -> Window:
    window.show()
    return window


def test_a_window_with_labels_buddies_and_names_passes(window: Window) -> None:
    assert_accessible(shown(window))


def test_a_line_edit_without_a_label_is_found(window: Window) -> None:
    field = called("stray", QLineEdit())
    field.setPlaceholderText("Placeholders are not names")
    field.setMinimumHeight(28)
    window.column.addWidget(field)
    assert [d for d in defects(shown(window)) if "QLineEdit#stray" in d and "no accessible name" in d]


def test_a_plain_label_beside_a_field_does_not_name_it(window: Window) -> None:
    field = called("beside", QLineEdit())
    field.setMinimumHeight(28)
    window.column.addWidget(QLabel("Beside"))
    window.column.addWidget(field)
    assert len(defects(shown(window))) == 1


def test_a_button_with_only_an_icon_is_found(window: Window) -> None:
    pixmap = QPixmap(16, 16)
    pixmap.fill(Qt.GlobalColor.black)
    button = called("icon", QToolButton())
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setIcon(QIcon(pixmap))
    button.setMinimumSize(28, 28)
    window.column.addWidget(button)
    found = defects(shown(window))
    assert len(found) == 1
    assert "QToolButton#icon" in found[0]


def test_a_combo_box_is_not_named_by_its_value(window: Window) -> None:
    combo = called("state", QComboBox())
    combo.addItems(["met", "not met"])
    combo.setMinimumHeight(28)
    window.column.addWidget(combo)
    assert len(defects(shown(window))) == 1
    combo.setAccessibleName("State of the criterion")
    assert_accessible(window)


def test_a_list_without_a_name_is_found(window: Window) -> None:
    window.column.addWidget(called("unnamed", QListWidget()))
    assert len(defects(shown(window))) == 1


def test_a_target_too_small_to_hit_is_found(window: Window) -> None:
    button = called("tiny", QPushButton("x"))
    button.setFixedSize(14, 14)
    window.column.addWidget(button)
    found = defects(shown(window))
    assert len(found) == 1
    assert "14 x 14 px" in found[0]


def test_a_key_claimed_twice_is_found(window: Window) -> None:
    button = QPushButton("&Send")
    button.setMinimumHeight(28)
    window.column.addWidget(button)
    found = defects(shown(window))
    assert len(found) == 1
    assert found[0].startswith("Alt+S is claimed by")


def test_what_is_hidden_is_not_judged(window: Window) -> None:
    field = QLineEdit()
    window.column.addWidget(field)
    field.hide()
    assert_accessible(shown(window))


def test_a_window_that_was_not_shown_is_refused(window: Window) -> None:
    with pytest.raises(ValueError, match="show the window first"):
        defects(window)


def test_a_label_that_would_draw_markup_is_found(window: Window) -> None:
    label = called("vitals", QLabel("BP <b>120</b>"))
    window.column.addWidget(label)
    assert [place for place in labels_that_guess_their_format(window) if "QLabel#vitals" in place]
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert not [place for place in labels_that_guess_their_format(window) if "QLabel#vitals" in place]
