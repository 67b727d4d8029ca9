"""The argument topics as a reviewer reads them: found, read to their sources, checked, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.clinical import Assertion, FindingKind
from desktop.domain.denial import DenialCategory
from desktop.domain.member import LineOfBusiness
from desktop.domain.topic import Condition, CriterionCondition, FindingCondition
from desktop.domain.truth import Truth
from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.library.page import plain_text
from desktop.ui.library.screen import LibraryScreen
from desktop.ui.topics.screen import TopicsShelf
from desktop.ui.topics.wording import condition_sentence
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.shelf_desk import context, put_on_screen, rest, services, settle

REVISION = "lumbar-fusion-revision"
Still = Callable[[], None]
__all__ = ["context", "services"]


@pytest.fixture
def library(context: UiContext, qtbot: QtBot) -> Iterator[LibraryScreen]:
    made = LibraryScreen(context)
    put_on_screen(made, qtbot, 1200, 720)
    qtbot.keyClick(made, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    settle(context, made)
    yield made
    rest(context)


@pytest.fixture
def shelf(library: LibraryScreen) -> TopicsShelf:
    return library.topics


@pytest.fixture
def still(context: UiContext, library: LibraryScreen) -> Still:
    return partial(settle, context, library)


def said(shelf: TopicsShelf) -> str:
    return plain_text(shelf.frame.page.page)


def test_every_topic_is_listed_with_its_claims(shelf: TopicsShelf, services: Services) -> None:
    assert shelf.isVisible()
    assert [row.id for row in shelf.frame.list.rows] == [topic.id for topic in services.topics.all()]
    assert shelf.frame.list.hasFocus()


def test_a_topic_says_when_a_claim_is_offered_what_it_rests_on_and_what_is_raised(
    shelf: TopicsShelf, services: Services, still: Still
) -> None:
    shelf.select(REVISION)
    still()
    words = said(shelf)
    topic = services.topics.get(REVISION)
    assert topic is not None
    for section in topic.sections:
        assert section.label in words
    assert "Offered when a report affirms" in words
    assert "AGAINST IT" in words
    assert "ANSWER" in words
    for claim in topic.claims:
        for source in claim.all_sources:
            assert source.caption in words
    figures = [
        figure.value
        for claim in topic.claims
        for source in claim.sources
        for held in services.shelf.shipped.claims_of(source.reference_id)
        if held.id == source.claim_id
        for figure in held.figures
    ]
    assert figures
    assert all(value in words for value in figures)


def test_a_search_finds_by_code_and_by_source_and_escape_clears_it(
    shelf: TopicsShelf, still: Still, qtbot: QtBot
) -> None:
    before = len(shelf.frame.list.rows)
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(shelf.frame.search, "22849 spirig")
    still()
    assert REVISION in {row.id for row in shelf.frame.list.rows}
    assert len(shelf.frame.list.rows) < before
    qtbot.keyClick(shelf.frame.search, Qt.Key.Key_Escape)
    still()
    assert len(shelf.frame.list.rows) == before


def test_rules_of_review_stand_apart(shelf: TopicsShelf, still: Still, qtbot: QtBot) -> None:
    qtbot.mouseClick(shelf.frame.views["Rules of review"], Qt.MouseButton.LeftButton)
    still()
    assert [row.id for row in shelf.frame.list.rows] == ["external-review-process"]


def test_what_is_left_out_is_told_with_its_reason_and_escape_goes_back(
    shelf: TopicsShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    qtbot.mouseClick(shelf.left_out, Qt.MouseButton.LeftButton)
    still()
    words = said(shelf)
    for why in (*services.topics.left_out().families.values(), *services.topics.left_out().claims.values()):
        assert why in words
    assert shelf.back.isVisible()
    qtbot.keyClick(shelf.frame.page, Qt.Key.Key_Escape)
    assert shelf.shown is not None
    assert shelf.shown.topic.title in said(shelf)


def test_the_check_of_the_topics_is_read_here(shelf: TopicsShelf, services: Services, still: Still) -> None:
    shelf.check()
    still()
    errors = [item for item in services.topics.problems() if item.severity.value == "error"]
    assert ("no error" in said(shelf)) is (not errors)


def test_a_source_opens_among_the_references_and_leads_back(
    library: LibraryScreen, shelf: TopicsShelf, still: Still, qtbot: QtBot
) -> None:
    shelf.select(REVISION)
    still()
    assert shelf.shown is not None
    wanted = shelf.shown.sources[0][0]
    shelf.sources.activated.emit(0)
    still()
    references = library.references
    assert references.isVisible()
    assert references.shown is not None
    assert references.shown.reference.id == wanted
    references.frame.topics.activated.emit(0)
    still()
    assert shelf.isVisible()
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert library.criteria.isVisible()


def test_conditions_are_said_in_words() -> None:
    condition = Condition(
        findings=(
            FindingCondition(kind=FindingKind.NONUNION),
            FindingCondition(kind=FindingKind.LOOSENING, assertion=Assertion.NEGATED),
        ),
        codes=("22849", "22612"),
        criteria=(CriterionCondition(topic="nicotine-free", truth=Truth.FALSE),),
        plans=(LineOfBusiness.MEDICARE_ADVANTAGE,),
        denials=(DenialCategory.MISSING_INFORMATION,),
    )
    sentence = condition_sentence(condition)
    assert "a report affirms nonunion where" in sentence
    assert "a report denies" in sentence
    assert "22849 or 22612" in sentence
    assert "a criterion on nicotine free is not met" in sentence
    assert LineOfBusiness.MEDICARE_ADVANTAGE.label in sentence


def test_the_shelf_is_named_for_a_screen_reader(shelf: TopicsShelf, still: Still) -> None:
    assert_accessible(shelf)
    shelf.show_left_out()
    still()
    assert_accessible(shelf)
    assert labels_that_guess_their_format(shelf) == []
