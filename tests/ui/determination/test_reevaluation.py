"""A signed determination is evaluated again by key and by button, and says the same result or what differs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserFacingError
from desktop.services.determinations import Reevaluated
from desktop.ui.determination.reevaluation import NOT_SIGNED, SAME
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.determination.conftest import Page

Open = Callable[..., Page]
AS_SIGNED = Reevaluated("Revision", "Lumbar fusion", "2026", "not met", ())


@pytest.fixture
def signed(open_page: Open) -> Page:
    """The page of a signed case whose result comes out as it was signed."""
    page = open_page()
    page.store.found = (AS_SIGNED,)
    page.store.sign("case1", name="R. Reviewer", credential="MD", meaning="Mine.")
    page.screen.show_case("case1")
    page.settle()
    return page


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def test_an_open_determination_offers_nothing_to_evaluate_again(open_page: Open) -> None:
    page = open_page()
    assert page.screen.again.isHidden()
    page.screen.setFocus()
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    assert page.context.notify.notices[-1].what == NOT_SIGNED


def test_ctrl_r_says_that_the_result_is_the_same(signed: Page) -> None:
    signed.screen.go_to_sign_off()
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    signed.settle()
    again = signed.screen.again
    assert again.isVisible()
    assert again.verdict.text() == SAME
    assert again.lines.text() == "Revision – Lumbar fusion (2026): signed as not met; the same"
    assert_accessible(signed.screen)
    assert labels_that_guess_their_format(signed.screen) == []


def test_tab_and_enter_reach_the_line_under_the_signature(signed: Page) -> None:
    signed.screen.go_to_sign_off()
    press(Qt.Key.Key_Tab)
    assert signed.screen.again.ask.hasFocus()
    press(Qt.Key.Key_Return)
    signed.settle()
    assert signed.screen.again.verdict.isVisible()


def test_a_click_says_line_by_line_what_differs(signed: Page, qtbot: QtBot) -> None:
    many = tuple(f"Sentence {number}." for number in range(20))
    signed.store.found = (AS_SIGNED, Reevaluated("Removal", "Hardware", "", "met", many))
    qtbot.mouseClick(signed.screen.again.ask, Qt.MouseButton.LeftButton)
    signed.settle()
    again = signed.screen.again
    assert again.verdict.text() == "! 1 of 2 came out otherwise."
    said = again.lines.text().splitlines()
    assert said[1:3] == ["Removal – Hardware: signed as met; different", "–  Sentence 0."]
    assert said[-1] == "–  and 8 more"


def test_an_edition_that_is_not_there_is_told_and_nothing_is_called_the_same(signed: Page) -> None:
    signed.store.fails_with = UserFacingError("The edition is not in this store.", safe="s", todo="t")
    signed.screen.evaluate_again()
    signed.settle()
    assert signed.context.notify.notices[-1].what == "The edition is not in this store."
    assert signed.screen.again.verdict.isHidden()


def test_what_was_said_goes_when_the_determination_is_superseded(signed: Page) -> None:
    signed.screen.evaluate_again()
    signed.settle()
    signed.store.supersede("case1")
    signed.screen.show_case("case1")
    signed.settle()
    assert signed.screen.again.isHidden()
    assert signed.screen.again.verdict.isHidden()
