"""Every panel and page of the letter screen in every look and text size, in the room a small window leaves it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from desktop.domain.audience import Audience
from desktop.domain.letter import LetterKind
from desktop.domain.stationery import Letterhead, Snippet
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.letter.conftest import Desk
from tests.ui.test_every_screen import clipped

Open = Callable[..., Desk]
ROOM = (1194, 640)
"""What a window of 1280 x 800 leaves a screen at 100 %."""
STEPS = (
    "show_papers",
    "show_papers",
    "show_settings",
    "show_review",
    "show_versions",
    "show_sources",
    "show_delivery",
    "print_many",
    "show_stationery",
)


@pytest.mark.parametrize("look", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("scale", [100, 200])
def test_every_panel_is_whole_named_and_plain(open_letter: Open, qtbot: QtBot, look: str, scale: int) -> None:
    desk = open_letter(look=look, scale=scale)
    stationery = desk.context.services.stationery
    stationery.put(Letterhead(id="main", name="Main office", lines=("Example Clinic", "1 Example Road")))
    stationery.put(Snippet(id="thanks", name="thanks", text="We thank {{member.name}}."))
    desk.screen.resize(*ROOM)
    desk.screen.compose_kind(LetterKind.PEER_TO_PEER, Audience.MEDICAL_DIRECTOR)
    desk.settle()
    check(desk, qtbot, "call")
    desk.compose()
    desk.screen.comment()
    desk.frame.review.comments.text.area.setPlainText("Is every level named as in the notice?")
    desk.frame.review.comments.add_button.click()
    desk.screen.keep_version()
    desk.settle()
    for step in STEPS:
        getattr(desk.screen, step)()
        desk.settle()
        check(desk, qtbot, step)
    desk.frame.stationery.list.choose("main")
    desk.settle()
    check(desk, qtbot, "letterhead")
    desk.frame.stationery.list.choose("thanks")
    desk.settle()
    check(desk, qtbot, "snippet")


def check(desk: Desk, qtbot: QtBot, place: str) -> None:
    assert_accessible(desk.screen)
    assert labels_that_guess_their_format(desk.screen) == []
    # A layout takes its new sizes with a later event: only what stays cut is a defect.
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not clipped(desk.screen), timeout=1000)
    assert clipped(desk.screen) == [], place


def test_a_question_open_at_twice_the_text_makes_the_page_scroll_and_not_the_window_grow(
    open_letter: Open,
) -> None:
    desk = open_letter(scale=200)
    desk.compose()
    desk.context.services.letters.issue(desk.case_id)
    desk.screen.desk.load()
    desk.settle()
    desk.screen.save_signed_copy()
    desk.frame.sign_strip.passphrase.setText("x")
    desk.frame.sign_strip.save_button.click()
    desk.settle()
    assert desk.frame.sign_strip.problem.isVisible()
    # Head, tabs and status line of the window take up to 350 of the 800 at this size.
    assert desk.screen.minimumSizeHint().height() <= 450


def test_at_plain_text_size_the_page_as_a_whole_never_scrolls(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.screen.resize(*ROOM)
    desk.compose()
    (area,) = [item for item in desk.frame.findChildren(QScrollArea) if item.isAncestorOf(desk.frame.outline)]
    for panel in ("review", "versions", "settings", "sources", "pages"):
        desk.frame.side.show_panel(panel)
        desk.settle()
        assert area.verticalScrollBar().maximum() == 0, panel
    desk.screen.issue()
    desk.settle()
    assert desk.frame.issue_strip.isVisible()
    assert area.verticalScrollBar().maximum() == 0


def test_with_large_text_the_block_takes_turns_with_the_panels(open_letter: Open) -> None:
    desk = open_letter(scale=200)
    desk.compose()
    panes, side = desk.frame.panes, desk.frame.side
    assert panes.is_folded
    assert desk.frame.editor.isVisible()
    assert desk.frame.editor.width() > 500
    desk.screen.show_settings()
    assert not desk.frame.editor.isVisible()
    desk.screen.next_block()
    desk.settle()
    assert desk.frame.editor.isVisible()
    desk.screen.show_pages()
    desk.screen.next_block()
    desk.settle()
    assert side.current == "pages"
    desk.screen.writing.choose("opening")
    desk.frame.editor.focus_text()
    assert desk.frame.editor.text.hasFocus()
    desk.screen.resize(2400, 800)
    desk.settle()
    assert not panes.is_folded
    assert desk.frame.editor.isVisible()
    assert side.current == "pages"
