"""What the forms of calls, sendings and stationery refuse beside the field, and what they keep exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterKind
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.stationery import LetterTemplate, Snippet, TemplatePart
from desktop.domain.typed import require_keepable_value
from desktop.settings.paths import resources_dir
from desktop.ui.field_values import FieldTextError
from desktop.ui.letter.call_panel import CallPanel
from desktop.ui.stationery.kept_words import LONGEST_LINE, LONGEST_WORDS, read_line, read_words
from desktop.ui.theme import Theme

HALF = "half a pair \ud800"


@given(
    st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs"), codec="utf-8"), max_size=LONGEST_LINE)
)
def test_words_are_kept_exactly_as_typed(words: str) -> None:
    try:
        assert read_line(words) == read_words(words) == words
    except FieldTextError as error:
        assert "U+" in str(error)  # noqa: PT017 - a character that no page can show is named


@pytest.mark.parametrize("read", [read_line, read_words])
@pytest.mark.parametrize("words", [HALF, "nul \x00", "bell \x07", "soft\u00adhyphen"])
def test_a_character_that_cannot_be_printed_is_named(read: Callable[[str], str], words: str) -> None:
    with pytest.raises(FieldTextError, match=r"U\+[0-9A-F]{4} .* at character \d+"):
        read(words)


def test_too_long_says_how_long_it_may_be() -> None:
    assert read_line("x" * LONGEST_LINE)
    assert read_words("x" * LONGEST_WORDS)
    with pytest.raises(FieldTextError, match="401 characters long, and 400"):
        read_line("x" * (LONGEST_LINE + 1))
    with pytest.raises(FieldTextError, match="40,000"):
        read_words("x" * (LONGEST_WORDS + 1))


@pytest.mark.parametrize(
    "value",
    [
        PeerToPeer(id="a").model_copy(update={"notes": HALF}),
        Snippet(id="a", name="n", text="t").model_copy(update={"text": HALF}),
        LetterTemplate(
            id="a",
            name="n",
            kind=LetterKind.FIRST_LEVEL,
            parts=(TemplatePart().model_copy(update={"text": HALF}),),
        ),
    ],
)
def test_a_value_that_no_one_looked_at_is_refused_before_it_is_stored(
    value: PeerToPeer | Snippet | LetterTemplate,
) -> None:
    with pytest.raises(UserFacingError, match="U\\+D800"):
        require_keepable_value(value)


def test_a_call_that_was_held_before_it_was_asked_for_is_told_beside_the_day(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme = Theme("light", 100, resources_dir())
    panel = CallPanel(theme)
    qtbot.addWidget(panel)
    said: list[object] = []
    panel.changed.connect(said.append)
    panel.show_calls("case", (), ())
    panel.requested_on.line.setText("2026-11-10")
    panel.held_on.line.setText("2026-11-09")
    panel.flush()
    assert said == []
    assert "before it was asked for" in panel.held_on.line.accessibleDescription()
    panel.held_on.line.setText("2026-11-10")
    panel.flush()
    assert len(said) == 1
    panel.notes.area.setPlainText("bell \x07")
    panel.flush()
    assert len(said) == 1
    assert "U+0007" in panel.notes.area.accessibleDescription()
