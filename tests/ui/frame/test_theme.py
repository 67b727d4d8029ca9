"""The looks: every text can be read in each of them, at every size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.assessment import AssessmentState
from desktop.domain.truth import Truth
from desktop.settings.paths import resources_dir
from desktop.ui.password_field import PasswordField
from desktop.ui.review.note_view import NoteView
from desktop.ui.stylesheet import primary_focus
from desktop.ui.theme import Theme, load_fonts
from desktop.ui.tokens import LOOKS, Look, contrast
from desktop.ui.widgets.basics import ElidedLabel, label, plain_tooltip
from desktop.ui.widgets.icons import themed_icon
from desktop.ui.widgets.state_badge import StateBadge, state_visual, truth_visual

STATES = ("met", "not_met", "unclear", "not_documented", "exception", "not_applicable")


def test_the_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", list(LOOKS))
def test_text_has_a_contrast_of_at_least_seven_and_states_of_four_and_a_half(look: Look) -> None:
    tokens = LOOKS[look]
    for ground in ("window", "surface", "sunken", "selection", "accent_soft"):
        assert contrast(tokens.text, getattr(tokens, ground)) >= 7, ground
        assert contrast(tokens.muted, getattr(tokens, ground)) >= 4.5, ground
    for state in STATES:
        color = getattr(tokens, state)
        for ground in (tokens.surface, tokens.window, getattr(tokens, f"{state}_soft"), tokens.selection):
            assert contrast(color, ground) >= 4.5, (state, ground)
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent_hover) >= 4.5
    assert contrast(tokens.accent, tokens.accent_soft) >= 4.5


@pytest.mark.parametrize("look", list(LOOKS))
def test_what_is_operated_and_what_has_the_keyboard_stand_out_three_to_one(look: Look) -> None:
    tokens = LOOKS[look]
    for ground in (tokens.window, tokens.surface, tokens.sunken):
        assert contrast(tokens.border, ground) >= 3
        assert contrast(tokens.focus, ground) >= 3


@pytest.mark.parametrize("look", list(LOOKS))
def test_a_primary_button_with_the_keyboard_looks_different_from_one_without(look: Look) -> None:
    tokens, rule = LOOKS[look], primary_focus(LOOKS[look])
    is_turned = "background" in rule
    assert contrast(tokens.surface if is_turned else tokens.text, tokens.accent) >= (4.5 if is_turned else 2)
    assert contrast(tokens.focus if is_turned else tokens.text, tokens.window) >= 3


def test_the_six_states_differ_in_word_and_icon_not_only_in_colour() -> None:
    visuals = [state_visual(state) for state in (*AssessmentState, None)]
    assert len({visual.word for visual in visuals}) == 7
    assert len({visual.icon for visual in visuals}) == 7
    assert len({truth_visual(truth).icon for truth in Truth}) == 3


def test_the_bundled_fonts_are_there_and_used(theme: Theme) -> None:
    assert {"Inter", "Charis SIL", "DejaVu Sans"} <= set(load_fonts(resources_dir() / "fonts"))
    assert QFontInfo(theme.font()).family() == "Inter"
    assert QFontInfo(theme.font(15, face="reading")).family() == "Charis SIL"


def test_the_text_scale_multiplies_sizes_and_stays_within_its_bounds(theme: Theme) -> None:
    theme.choose("dark", 200)
    assert theme.font(13).pixelSize() == 26
    assert theme.look == "dark"
    theme.choose("light", 900)
    assert theme.scale_percent == 200
    theme.choose("light", 100)


def test_a_badge_says_its_state_to_a_screen_reader(theme: Theme, qtbot: QtBot) -> None:
    badge = StateBadge(theme, state_visual(None))
    qtbot.addWidget(badge)
    badge.set_visual(state_visual(AssessmentState.NOT_DOCUMENTED))
    assert badge.accessibleName() == "Not documented"
    assert badge.sizeHint().width() > badge.sizeHint().height()
    badge.grab()


def test_labels_and_tooltips_show_markup_as_it_was_typed(theme: Theme, qtbot: QtBot) -> None:
    for made in (label("BP <120/80 & <b>bold</b>"), ElidedLabel("<b>x</b>")):
        qtbot.addWidget(made)
        assert made.textFormat().name == "PlainText"
    assert "<b>" not in plain_tooltip("<b>x</b>")


def test_an_elided_label_never_widens_its_row(theme: Theme, qtbot: QtBot) -> None:
    made = ElidedLabel("word " * 200)
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 100
    made.resize(80, 20)
    made.grab()
    assert isinstance(made, QLabel)


@pytest.mark.parametrize("look", list(LOOKS))
def test_the_note_that_is_read_shows_that_it_has_the_keyboard(theme: Theme, qtbot: QtBot, look: Look) -> None:
    theme.choose(look, 100)
    page = QWidget()
    qtbot.addWidget(page)
    note, other = NoteView(theme), QLineEdit()
    rows = QVBoxLayout(page)
    rows.addWidget(other)
    rows.addWidget(note)
    page.resize(500, 400)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    rings: list[set[str]] = []
    for widget in (note, other):
        widget.setFocus()
        shown = note.grab().toImage()
        rings.append({shown.pixelColor(x, shown.height() // 2).name() for x in (0, 1)})
    ring = theme.color("focus").name()
    assert rings[0] == {ring}
    assert ring not in rings[1]


def test_icons_that_are_shown_follow_another_look_at_once(theme: Theme, qtbot: QtBot) -> None:
    field, items = PasswordField(theme, "Password"), QListWidget()
    QListWidgetItem(themed_icon(theme, "cross", "not_met"), "", items)
    for part in (field, items):
        part.resize(320, 40)
        qtbot.addWidget(part)
        part.show()
    for look in ("light", "dark", "high_contrast", "light"):
        theme.choose(look, 100)
        wanted = {field: "text", items: "not_met"}
        for part, color in wanted.items():
            assert theme.color(color).rgb() in colors_of(part), (look, part)


def test_an_icon_keeps_to_its_size_and_grows_with_the_text(theme: Theme) -> None:
    made = themed_icon(theme, "eye", size=14)
    assert made.actualSize(QSize(40, 40)) == QSize(14, 14)
    theme.choose("light", 200)
    assert made.actualSize(QSize(40, 40)) == QSize(28, 28)
    assert made.actualSize(QSize(10, 10)) == QSize(10, 10)


def test_a_copy_of_an_icon_and_one_that_cannot_be_pressed_are_drawn_too(theme: Theme) -> None:
    made = QIcon(themed_icon(theme, "cross", "not_met"))
    made.addPixmap(QPixmap(1, 1))  # changed, it is no longer shared: the engine makes another of itself
    plain = made.pixmap(QSize(16, 16)).toImage()
    faint = made.pixmap(QSize(16, 16), QIcon.Mode.Disabled).toImage()
    assert 0 < faint.pixelColor(5, 5).alpha() < plain.pixelColor(5, 5).alpha()


def colors_of(part: QWidget) -> set[int]:
    picture = part.grab().toImage()
    return {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
