"""Sets are offered best first with reasons, and what speaks against a chosen one is said and ready as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.rules.editions import ReviewState
from desktop.services.choosing import matches_for
from desktop.ui.review.choice_rows import (
    FITTING,
    OTHERS,
    ChoiceEntry,
    ChoiceHeading,
    ChoiceRow,
    Choices,
    choice_entries,
)
from desktop.ui.review.criteria_pane import CHOOSE, TAKE_OFF
from desktop.ui.theme import Theme
from tests.ui.review.conftest import Reviewer, StoredReviewer
from tests.ui.review.fake_services import FakeServices, small_services
from tests.ui.review.small_case import PAYER_SET, PUBLIC_SET, small_case

TODAY = date(2026, 11, 22)
OLD_EDITION = """
id: {id}
family: fusion
title: Fusion rule, {edition}
publisher: Example Agency
document_number: R-7
edition: "{edition}"
licence: user
effective_from: {start}
effective_to: {end}
review_by: 2026-04-01
codes: ["22612"]
terms: [revision]
indications: [Scoliosis]
criteria:
  all:
    - {{id: pain, text: Pain}}
"""
FIRST = OLD_EDITION.format(id="agency.fusion-2025", edition="2025", start="2025-01-01", end="2025-12-31")
SECOND = OLD_EDITION.format(id="agency.fusion-2026", edition="2026", start="2026-01-01", end="2026-12-31")


def dated_case(day: date | None = date(2026, 5, 20)) -> Case:
    case = small_case()
    lines = tuple(line.model_copy(update={"service_on": day}) for line in case.service_lines)
    return case.model_copy(update={"service_lines": lines})


def services(*texts: str, case: Case | None = None) -> FakeServices:
    return small_services(case or dated_case(), PAYER_SET, PUBLIC_SET, FIRST, SECOND, *texts)


def entries(made: FakeServices, search: str = "") -> tuple[ChoiceEntry, ...]:
    case, library = made.review.case, made.catalogue.library()
    line = case.service_lines[0]
    found = Choices(
        matches_for(library, case, line), library.sets, line.criteria_set_ids, line.service_on, TODAY
    )
    return choice_entries(found, search)


def sets_of(found: tuple[ChoiceEntry, ...], section: str) -> list[str]:
    ids: list[str] = []
    current = ""
    for entry in found:
        if isinstance(entry, ChoiceHeading):
            current = entry.text if entry.is_section else current
        elif current == section:
            ids.append(entry.set_id)
    return ids


def row(found: tuple[ChoiceEntry, ...], set_id: str) -> ChoiceRow:
    return next(entry for entry in found if isinstance(entry, ChoiceRow) and entry.set_id == set_id)


def test_the_edition_in_force_on_the_day_of_the_service_is_the_one_offered() -> None:
    found = entries(services())
    assert "agency.fusion-2026" in sets_of(found, FITTING)
    assert "agency.fusion-2025" in sets_of(found, OTHERS)
    assert row(found, "agency.fusion-2026").force == "In force on 2026-05-20"
    assert row(found, "agency.fusion-2025").marks[0] == "Not in force"


def test_every_set_is_offered_once() -> None:
    made = services()
    ids = [entry.set_id for entry in entries(made) if isinstance(entry, ChoiceRow)]
    assert sorted(ids) == sorted(item.id for item in made.catalogue.library().sets)


def test_a_family_says_why_it_was_found_and_a_chosen_set_that_it_is_chosen() -> None:
    found = entries(services())
    assert any(isinstance(entry, ChoiceHeading) and "22612" in entry.why for entry in found)
    assert row(found, "payer.fusion").is_chosen
    assert "Already chosen" in row(found, "payer.fusion").spoken()


def test_a_set_that_must_be_read_again_says_so() -> None:
    found = row(entries(services()), "agency.fusion-2026")
    assert found.review.state is ReviewState.OVERDUE
    assert "confirm it" in found.spoken()


def test_a_search_keeps_what_has_all_its_words() -> None:
    found = entries(services(), "agency r-7 2025")
    assert [entry.set_id for entry in found if isinstance(entry, ChoiceRow)] == ["agency.fusion-2025"]
    assert entries(services(), "nothing like it") == ()


@pytest.fixture
def chooser(theme: Theme, qtbot: QtBot) -> Iterator[Reviewer]:
    """A small case with editions to choose from, in front of its first criterion."""
    made = Reviewer(services(), theme, qtbot)
    made.tree.setFocus()
    yield made
    made.leave()


def test_p_opens_the_choice_and_enter_takes_the_best(chooser: Reviewer) -> None:
    chooser.press(Qt.Key.Key_P)
    page = chooser.screen.chooser
    assert page.search.hasFocus()
    assert "service on 2026-05-20" in page.title.text()
    QTest.keyClicks(page.search, "r-7 2026")
    chooser.press(Qt.Key.Key_Return)
    line = chooser.screen.line
    assert line is not None
    assert line.criteria_set_ids[-1] == "agency.fusion-2026"
    assert chooser.screen.active_pane.set_id == "agency.fusion-2026"
    assert chooser.screen.note_pane.isVisible()
    assert chooser.tree.hasFocus()


def test_the_list_is_walked_by_arrows_and_escape_changes_nothing(chooser: Reviewer) -> None:
    before = chooser.review.case
    chooser.press(Qt.Key.Key_P)
    chooser.press(Qt.Key.Key_Down)
    page = chooser.screen.chooser
    assert page.list.hasFocus()
    first = page.list.current()
    chooser.press(Qt.Key.Key_Down)
    assert page.list.current() != first
    chooser.press(Qt.Key.Key_M, Qt.Key.Key_Up, Qt.Key.Key_Up)
    chooser.press(*[Qt.Key.Key_Up] * 4)
    assert page.search.hasFocus()
    chooser.press(Qt.Key.Key_Escape)
    assert chooser.review.case == before
    assert chooser.review.calls == []
    assert chooser.tree.hasFocus()


def test_the_picker_leads_to_the_choice_by_mouse(chooser: Reviewer) -> None:
    right = chooser.screen.set_panes[1]
    right.picker.activated.emit(right.picker.findData(CHOOSE))
    chooser.wait()
    page = chooser.screen.chooser
    at = next(
        at
        for at, entry in enumerate(page.list.entries)
        if isinstance(entry, ChoiceRow) and entry.set_id == "agency.fusion-2025"
    )
    index = page.list.model().index(at, 0)
    page.list.scrollTo(index)
    spot = page.list.visualRect(index).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    chooser.wait()
    assert right.set_id == "agency.fusion-2025"
    right.picker.activated.emit(right.picker.findData(TAKE_OFF))
    chooser.wait()
    assert right.set_id != "agency.fusion-2025"


def test_another_line_or_case_puts_the_note_back(chooser: Reviewer) -> None:
    chooser.press(Qt.Key.Key_P)
    chooser.screen.choose_line("line-2")
    assert chooser.screen.note_pane.isVisible()
    chooser.screen.explain()
    chooser.screen.show_case("case-1")
    chooser.wait()
    assert chooser.screen.note_pane.isVisible()


def test_a_chosen_set_that_is_not_in_force_is_said_and_ready_as_an_argument(chooser: Reviewer) -> None:
    chooser.review.choose_sets("case-1", "line-1", ("agency.fusion-2025",))
    chooser.screen.show_case("case-1")
    chooser.wait()
    pane = chooser.screen.set_panes[0]
    assert "2025-12-31" in pane.silent.text()
    assert pane.due.text() == "! Check by 2026-04-01 has passed"
    QTest.mouseClick(pane.argue, Qt.MouseButton.LeftButton)
    words = chooser.screen.words
    assert words.isVisible()
    assert "This edition ended on 2025-12-31" in words.text.toPlainText()
    QTest.mouseClick(words.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == words.words
    assert "Copied" in chooser.said()
    chooser.press(Qt.Key.Key_Escape, on=words.text)
    assert chooser.screen.note_pane.isVisible()


def test_a_set_in_force_that_fits_says_nothing(chooser: Reviewer) -> None:
    pane = chooser.screen.set_panes[0]
    assert not pane.silent.isVisible()
    assert not pane.argue.isVisible()
    assert not pane.due.isVisible()


def test_a_signed_review_chooses_nothing(chooser: Reviewer) -> None:
    chooser.review.is_signed = True
    chooser.screen.show_case("case-1")
    chooser.wait()
    chooser.tree.setFocus()
    chooser.press(Qt.Key.Key_P)
    assert not chooser.screen.chooser.isVisible()
    assert "signed" in chooser.said()


def test_the_result_is_explained_in_words_that_follow_what_is_answered(at_store: StoredReviewer) -> None:
    at_store.tree.setFocus()
    at_store.press(Qt.Key.Key_I)
    words = at_store.screen.words
    assert words.text.hasFocus()
    assert "met, because every level is" in words.text.toPlainText()
    assert "Linked words:" in words.text.toPlainText()
    before = at_store.view.assessments
    at_store.press(Qt.Key.Key_M)
    assert at_store.view.assessments == before
    at_store.screen.choose_line("line-decompression")
    assert "not established" in words.text.toPlainText()
    at_store.press(Qt.Key.Key_Escape)
    assert at_store.screen.note_pane.isVisible()


def test_two_sets_are_told_apart_in_sentences(at_store: StoredReviewer) -> None:
    at_store.tree.setFocus()
    at_store.press(Qt.Key.Key_I, shift=True)
    said = at_store.screen.words.text.toPlainText()
    assert "Under" in said
    assert "asks" in said
    assert "L37848" in at_store.screen.words.title.text()
    at_store.screen.choose_line("line-decompression")
    assert at_store.screen.note_pane.isVisible()


def test_one_set_alone_has_nothing_to_differ_from(at_store: StoredReviewer) -> None:
    at_store.screen.choose_line("line-decompression")
    at_store.tree.setFocus()
    at_store.press(Qt.Key.Key_I, shift=True)
    assert "P chooses another one" in at_store.said()


def test_hidden_words_of_the_note_are_never_linked(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.select("lucency around")
    reviewer.screen.explain()
    reviewer.tree.setFocus()
    reviewer.press(Qt.Key.Key_2)
    assert reviewer.review.links == {}
