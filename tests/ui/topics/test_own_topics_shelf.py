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
