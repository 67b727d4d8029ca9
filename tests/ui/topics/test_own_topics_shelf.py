"""Topics of the house's own on the shelf: checked and shown before they are stored, marked, exported, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.library.page import plain_text
from desktop.ui.topics.screen import TopicsShelf
from tests.services.test_own_topics import ON_OWN_SOURCE, OWN_SOURCE, TOPIC
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.shelf_desk import context, put_on_screen, rest, services, settle

__all__ = ["context", "services"]
OWN = "own-loosening"


@pytest.fixture
def shelf(context: UiContext, qtbot: QtBot) -> Iterator[TopicsShelf]:
    made = TopicsShelf(context)
    put_on_screen(made, qtbot, 1190, 700)
    settle(context, made)
    yield made
    rest(context)


def file_of(folder: Path, text: str = TOPIC) -> str:
    path = folder / "mine.yaml"
    path.write_text(text)
    return str(path)


def said(shelf: TopicsShelf) -> str:
    return plain_text(shelf.frame.page.page)


def test_a_file_is_shown_and_stored_only_after_a_yes(
    shelf: TopicsShelf, context: UiContext, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    shelf.exchange.read_from(file_of(tmp_path))
    settle(context, shelf)
    assert "Loosening, as we argue it" in said(shelf)
    assert "not stored yet" in shelf.frame.ask.question
    assert services.own_topics.texts() == ()
    qtbot.mouseClick(shelf.frame.ask.yes, Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert shelf.frame.list.current_id == OWN
    assert shelf.frame.list.rows[-1].badge is not None
    assert "Written by your house" in said(shelf)
    assert not shelf.frame.ask.question
    later = TOPIC.replace("as we argue it", "in our words")
    shelf.exchange.read_from(file_of(tmp_path, later))
    settle(context, shelf)
    assert "takes its place" in shelf.frame.ask.question
    qtbot.mouseClick(shelf.frame.ask.yes, Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert "in our words" in said(shelf)


def test_a_file_that_is_discarded_or_wrong_leaves_nothing(
    shelf: TopicsShelf, context: UiContext, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    shelf.exchange.read_from(file_of(tmp_path))
    settle(context, shelf)
    qtbot.keyClick(shelf.frame.ask.no, Qt.Key.Key_Escape)
    settle(context, shelf)
    assert not shelf.frame.ask.question
    shelf.exchange.read_from(file_of(tmp_path, TOPIC.replace("96.7", "97.6")))
    settle(context, shelf)
    assert "mine.yaml was not imported" in said(shelf)
    assert "97.6" in said(shelf)
    assert not shelf.frame.ask.question
    assert services.own_topics.texts() == ()


def test_the_own_view_says_how_to_begin_and_shows_own_topics_only(
    shelf: TopicsShelf, context: UiContext, services: Services, qtbot: QtBot
) -> None:
    qtbot.mouseClick(shelf.frame.views["Own"], Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert "begins with own-" in shelf.frame.nothing.text()
    assert not shelf.export_button.isVisible()
    context.commit(lambda: services.own_topics.store(TOPIC))
    settle(context, shelf)
    assert [row.id for row in shelf.frame.list.rows] == [OWN]


def test_a_topic_leaves_as_its_text_and_an_own_one_goes_after_a_yes(
    shelf: TopicsShelf, context: UiContext, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    assert shelf.export_button.isVisible()
    assert not shelf.remove_button.isVisible()
    context.commit(lambda: services.own_topics.store(TOPIC))
    settle(context, shelf)
    shelf.select(OWN)
    settle(context, shelf)
    assert shelf.shown is not None
    shelf.exchange._exported = OWN  # pyright: ignore[reportPrivateUsage]  # no dialog in a test
    shelf.exchange.write_to(str(tmp_path / "out.yaml"))
    settle(context, shelf)
    assert (tmp_path / "out.yaml").read_text() == TOPIC
    shelf.remove()
    assert "Remove" in shelf.frame.ask.question
    qtbot.mouseClick(shelf.frame.ask.yes, Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert OWN not in [row.id for row in shelf.frame.list.rows]
    assert services.own_topics.texts() == ()


def test_a_source_in_doubt_is_said_at_the_claim(
    shelf: TopicsShelf, context: UiContext, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    services.references.add_own(OWN_SOURCE)
    shelf.exchange.read_from(file_of(tmp_path, ON_OWN_SOURCE))
    settle(context, shelf)
    assert "told in no letter until" in said(shelf)
    assert "the claim is not told" in said(shelf)
    assert "remarks" in shelf.frame.ask.question
    assert_accessible(shelf)
    assert labels_that_guess_their_format(shelf) == []


def broken_by_removal(services: Services) -> str:
    """An own topic whose own reference was removed; returns the id of the reference."""
    own = services.references.add_own(OWN_SOURCE).value
    services.own_topics.store(ON_OWN_SOURCE)
    services.references.remove(own.id)
    return own.id


def test_a_broken_own_topic_has_a_row_leaves_as_its_text_and_can_be_removed(
    shelf: TopicsShelf, context: UiContext, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    broken_by_removal(services)
    shelf.reload()
    settle(context, shelf)
    qtbot.mouseClick(shelf.frame.views["Own"], Qt.MouseButton.LeftButton)
    settle(context, shelf)
    (row,) = shelf.frame.list.rows
    assert (row.id, row.name) == (OWN, "Loosening, as we argue it")
    assert "Cannot be read" in row.spoken
    shelf.select(OWN)
    settle(context, shelf)
    assert "cannot be read" in said(shelf)
    assert "our-own-series-2024" in said(shelf)
    assert shelf.export_button.isVisible()
    assert shelf.remove_button.isVisible()
    shelf.exchange._exported = OWN  # pyright: ignore[reportPrivateUsage]  # no dialog in a test
    shelf.exchange.write_to(str(tmp_path / "out.yaml"))
    settle(context, shelf)
    assert (tmp_path / "out.yaml").read_text() == ON_OWN_SOURCE
    assert_accessible(shelf)
    shelf.remove()
    qtbot.mouseClick(shelf.frame.ask.yes, Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert services.own_topics.texts() == ()
    assert services.topics.library().problems == ()


def test_a_broken_topic_is_found_by_words_and_stands_in_no_kind(
    shelf: TopicsShelf, context: UiContext, services: Services, qtbot: QtBot
) -> None:
    broken_by_removal(services)
    shelf.reload()
    settle(context, shelf)
    shelf.frame.search.setText("as we argue cannot be read")
    settle(context, shelf)
    assert [row.id for row in shelf.frame.list.rows] == [OWN]
    qtbot.mouseClick(shelf.frame.views["Clinical"], Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert shelf.frame.list.rows == ()


def test_problems_come_to_the_front_once_and_take_no_keyboard_from_who_is_typing(
    shelf: TopicsShelf, context: UiContext, services: Services
) -> None:
    shelf.focus_search()
    broken_by_removal(services)
    shelf.reload()
    settle(context, shelf)
    assert "was left out of the library" in said(shelf)
    assert shelf.frame.search.hasFocus()
    shelf.go_back()
    front = said(shelf)
    assert "was left out of the library" not in front
    shelf.reload()
    settle(context, shelf)
    assert said(shelf) == front


def test_an_open_question_outlasts_problems_and_what_was_stored_stays_in_front(
    shelf: TopicsShelf, context: UiContext, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    other = TOPIC.replace("own-loosening", "own-second").replace("Loosening, as we", "Second, as we")
    shelf.exchange.read_from(file_of(tmp_path, other))
    settle(context, shelf)
    broken_by_removal(services)
    shelf.reload()
    settle(context, shelf)
    assert "not stored yet" in shelf.frame.ask.question
    assert "Second, as we argue it" in said(shelf)
    qtbot.mouseClick(shelf.frame.ask.yes, Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert "Second, as we argue it" in said(shelf)
    shelf.remove()
    shelf.reload()
    settle(context, shelf)
    assert "Remove “Second, as we argue it”?" in shelf.frame.ask.question


def test_undo_on_the_shelf_brings_an_own_topic_back_and_says_what_was_removed(
    shelf: TopicsShelf, context: UiContext, services: Services, qtbot: QtBot
) -> None:
    assert not shelf.undo_button.isVisible()
    context.commit(lambda: services.own_topics.store(TOPIC))
    settle(context, shelf)
    shelf.select(OWN)
    settle(context, shelf)
    shelf.remove()
    assert "Undo on this shelf" in shelf.frame.ask.question
    qtbot.mouseClick(shelf.frame.ask.yes, Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert context.notify.notices[-1].what == (
        "Removed: Loosening, as we argue it. Undo on this shelf brings it back."
    )
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(context, shelf)
    assert services.own_topics.text(OWN) == TOPIC
    assert OWN in [row.id for row in shelf.frame.list.rows]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Z, both)
    settle(context, shelf)
    assert services.own_topics.texts() == ()
    qtbot.mouseClick(shelf.undo_button, Qt.MouseButton.LeftButton)
    settle(context, shelf)
    assert services.own_topics.text(OWN) == TOPIC
