"""The papers of a case: begun by kind, listed with where they stand, opened by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.audience import Audience
from desktop.domain.letter import LetterKind
from desktop.domain.reference import CitationStyle
from desktop.ui.letter.paper_words import PURPOSES
from desktop.ui.notify import NoticeKind
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]


def test_every_kind_says_what_it_is_for() -> None:
    assert set(PURPOSES) == set(LetterKind)


def test_every_kind_stands_in_the_list(open_letter: Open) -> None:
    desk = open_letter()
    shown = {row.id for row in desk.frame.papers.kinds.rows if not row.is_heading}
    assert shown == {kind.value for kind in LetterKind}


def test_another_kind_is_chosen_and_composed_by_keyboard(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    kinds = desk.frame.papers.kinds
    kinds.setFocus()
    for _ in range(5):
        qtbot.keyClick(kinds, Qt.Key.Key_Down)
    assert desk.frame.papers.kind is LetterKind.PEER_TO_PEER
    qtbot.keyClick(kinds, Qt.Key.Key_Return)
    desk.settle()
    assert desk.letter().kind is LetterKind.PEER_TO_PEER
    assert desk.frame.title.text() == "Peer-to-peer request"
    assert desk.frame.has_workplace


def test_papers_are_listed_latest_first_and_opened_by_enter(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.compose_kind(LetterKind.CLAIM_FILE, Audience.MEDICAL_DIRECTOR)
    desk.settle()
    assert desk.frame.papers_button.text() == "← Papers 2"
    qtbot.mouseClick(desk.frame.papers_button, Qt.MouseButton.LeftButton)
    papers = desk.frame.papers.papers
    assert QApplication.focusWidget() is papers
    assert [row.title for row in papers.rows] == ["Claim file and criteria request", "First-level appeal"]
    assert papers.rows[0].badge is not None
    assert papers.rows[0].badge.word == "Draft"
    qtbot.keyClick(papers, Qt.Key.Key_Down)
    qtbot.keyClick(papers, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.title.text() == "First-level appeal"


def test_the_key_for_the_papers_leads_there_and_back(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(desk.frame.outline, Qt.Key.Key_P, both)
    assert not desk.frame.has_workplace
    assert_accessible(desk.screen)
    assert labels_that_guess_their_format(desk.screen) == []
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, both)
    assert desk.frame.has_workplace
    assert QApplication.focusWidget() is desk.frame.outline


def test_a_draft_of_a_kind_is_gone_on_with_and_not_begun_twice(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_papers()
    assert desk.frame.papers.compose_button.text() == "Go on with the first-level appeal"
    qtbot.mouseClick(desk.frame.papers.compose_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert len(desk.context.services.letters.all(desk.case_id)) == 1
    assert desk.frame.has_workplace


def test_the_reader_is_asked_for_only_where_the_kind_leaves_a_choice(open_letter: Open) -> None:
    desk = open_letter()
    papers = desk.frame.papers
    papers.kinds.choose(LetterKind.OPINION.value)
    papers.readers[Audience.ATTORNEY].click()
    assert papers.readers[Audience.ATTORNEY].isVisible()
    assert papers.audience is Audience.ATTORNEY
    papers.kinds.choose(LetterKind.FIRST_LEVEL.value)
    assert not papers.readers[Audience.ATTORNEY].isVisible()
    assert papers.audience is Audience.MEDICAL_DIRECTOR
    papers.kinds.choose(LetterKind.PATIENT.value)
    assert papers.audience is Audience.PATIENT


@pytest.mark.parametrize("kind", [LetterKind.PEER_TO_PEER_CARD, LetterKind.PEER_TO_PEER])
def test_the_call_is_recorded_beside_its_papers_and_kept_with_the_case(
    open_letter: Open, qtbot: QtBot, kind: LetterKind
) -> None:
    desk = open_letter()
    desk.screen.compose_kind(kind, Audience.MEDICAL_DIRECTOR)
    desk.settle()
    desk.screen.show_call()
    call = desk.frame.call
    assert QApplication.focusWidget() is call.requested_on.line
    qtbot.keyClicks(call.requested_on.line, "2026-11-20")
    qtbot.keyClicks(call.physician_name.line, "Dr. A. Example")
    desk.screen.flush()
    desk.settle()
    kept = desk.context.services.peer_to_peer.all(desk.case_id)
    assert [(str(item.requested_on), item.physician_name) for item in kept] == [
        ("2026-11-20", "Dr. A. Example")
    ]
    assert call.physician_name.line.text() == "Dr. A. Example"


def test_settings_are_saved_after_a_pause_and_the_letter_follows(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_settings()
    settings = desk.frame.settings
    qtbot.keyClicks(settings.copies.area, "Harlan Testerman")
    settings.has_made_statement.box.click()
    qtbot.waitUntil(lambda: bool(desk.letter().settings.carbon_copies), timeout=5000)
    desk.settle()
    assert desk.letter().settings.carbon_copies == ("Harlan Testerman",)
    assert desk.letter().settings.has_made_statement
    assert not settings.audience.isVisible()
    assert "made" in " ".join(desk.frame.outline.block_ids())


def test_a_paper_opens_where_work_begins_and_its_pages_stand_there(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    assert desk.frame.outline.current_id == "opening"
    assert desk.frame.editor.block_id == "opening"
    assert desk.frame.preview.block_id == "opening"


def test_a_paper_with_something_to_put_right_opens_there(open_letter: Open) -> None:
    desk = open_letter()
    letters, case_id = desk.context.services.letters, desk.case_id
    letter = letters.compose(case_id, LetterKind.FIRST_LEVEL).value
    letters.edit_block(case_id, "history", "He is 99 years old.", letter.id)
    desk.screen.open_paper(letter.id)
    desk.settle()
    assert desk.frame.editor.block_id == "history"


def test_one_comes_back_to_the_paper_the_block_and_the_words_that_were_left(open_letter: Open) -> None:
    desk = open_letter()
    letters, case_id = desk.context.services.letters, desk.case_id
    first = letters.compose(case_id, LetterKind.FIRST_LEVEL).value
    second = letters.compose(case_id, LetterKind.EXPEDITED).value
    desk.screen.open_paper(first.id)
    desk.settle()
    desk.screen.writing.choose("history")
    desk.frame.editor.text.go_to(7, 7)
    desk.screen.open_paper(second.id)
    desk.settle()
    assert desk.frame.editor.block_id == "opening"
    desk.screen.open_paper(first.id)
    desk.settle()
    assert desk.frame.editor.block_id == "history"
    assert desk.frame.editor.text.textCursor().position() == 7
    other = desk.context.services.cases.new_case().value.id
    desk.screen.show_case(other)
    desk.settle()
    desk.screen.show_case(case_id)
    desk.settle()
    assert (desk.screen.desk.letter_id, desk.frame.editor.block_id) == (first.id, "history")


def test_a_draft_is_thrown_away_by_key_and_undo_brings_all_of_it_back(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter()
    desk.compose()
    letter = desk.letter()
    area = desk.frame.editor.text
    area.setFocus()
    area.selectAll()
    qtbot.keyClicks(area, "My own words, not saved yet.")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(area, Qt.Key.Key_Backspace, modifiers)
    desk.settle()
    letters = desk.context.services.letters
    assert letters.all(desk.case_id) == ()
    assert not desk.frame.has_workplace
    assert desk.frame.papers.compose_button.hasFocus()
    notice = desk.context.notify.notices[-1]
    assert notice.what == "Thrown away: First-level appeal, draft."
    assert notice.offers_undo
    desk.context.services.history.undo(desk.case_id)
    assert desk.block_text("opening") == "My own words, not saved yet."
    assert desk.letter().id == letter.id


def test_the_chosen_draft_of_several_is_thrown_away_from_the_list(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.compose_kind(LetterKind.CLAIM_FILE, Audience.MEDICAL_DIRECTOR)
    desk.settle()
    desk.screen.show_papers()
    papers = desk.frame.papers
    qtbot.keyClick(papers.papers, Qt.Key.Key_Down)
    assert papers.discard_button.isVisible()
    qtbot.mouseClick(papers.discard_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert [letter.kind for letter in desk.context.services.letters.all(desk.case_id)] == [
        LetterKind.CLAIM_FILE
    ]
    assert papers.papers.hasFocus()
    assert papers.current is not None


def test_an_issued_paper_offers_no_throwing_away(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    desk.context.services.letters.issue(desk.case_id, desk.letter().id)
    desk.screen.desk.load()
    desk.settle()
    desk.screen.show_papers()
    assert desk.frame.papers.discard_button.isHidden()
    desk.screen.discard()
    desk.settle()
    assert desk.context.notify.notices[-1].kind is NoticeKind.ERROR
    assert len(desk.context.services.letters.all(desk.case_id)) == 1


def test_references_are_printed_in_the_chosen_style(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_settings()
    field = desk.frame.settings.citations
    assert field.read() is CitationStyle.AMA
    field.box.setCurrentIndex(1)

    desk.frame.settings.flush()
    desk.settle()
    assert desk.letter().settings.citation_style is CitationStyle.VANCOUVER
