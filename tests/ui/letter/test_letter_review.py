"""Review in the house: status with names, a second reader's remarks, kept versions compared, sending, sources."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.letter import LetterState, ReviewStatus
from desktop.domain.letter_history import DeliveryChannel
from desktop.ui.letter.text_places import MarkKind
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]
PANELS = ("pages", "settings", "review", "versions", "sources")


def step(desk: Desk, qtbot: QtBot, status: ReviewStatus, who: str = "", note: str = "") -> None:
    review = desk.frame.review
    review.next_status.show_value(status)
    if who:
        review.who.line.setText(who)
    review.note.line.setText(note)
    qtbot.mouseClick(review.record_button, Qt.MouseButton.LeftButton)
    desk.settle()


def test_the_status_goes_step_by_step_with_who_and_when(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_review()
    step(desk, qtbot, ReviewStatus.SUBMITTED)
    step(desk, qtbot, ReviewStatus.UNDER_REVIEW, who="S. Reader")
    step(desk, qtbot, ReviewStatus.APPROVED)
    history = desk.letter().status_history
    assert [(entry.status, entry.by) for entry in history] == [
        (ReviewStatus.SUBMITTED, "R. Reviewer"),
        (ReviewStatus.UNDER_REVIEW, "S. Reader"),
        (ReviewStatus.APPROVED, "S. Reader"),
    ]
    assert desk.frame.badge.visual.word == "Approved"
    assert len(desk.context.services.letter_history.versions(desk.case_id)) == 2


def test_going_back_to_draft_needs_a_note(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_review()
    step(desk, qtbot, ReviewStatus.SUBMITTED)
    step(desk, qtbot, ReviewStatus.DRAFT)
    assert desk.letter().status is ReviewStatus.SUBMITTED
    assert desk.frame.review.note.message.endswith("Say why it goes back.")
    step(desk, qtbot, ReviewStatus.DRAFT, note="The levels are not right yet.")
    assert desk.letter().status is ReviewStatus.DRAFT


def remark(desk: Desk, qtbot: QtBot, words: str) -> None:
    desk.frame.outline.choose("opening")
    area = desk.frame.editor.text
    at = area.exact_text().index("Harlan")
    area.setFocus()
    area.go_to(at, at + len("Harlan"))
    qtbot.keyClick(area, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    comments = desk.frame.review.comments
    assert QApplication.focusWidget() is comments.text.area
    assert comments.about.text() == "About “Harlan” in Opening"
    qtbot.keyClicks(comments.text.area, words)
    qtbot.mouseClick(comments.add_button, Qt.MouseButton.LeftButton)
    desk.settle()


def test_a_remark_about_words_is_marked_listed_and_gone_to(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    remark(desk, qtbot, "Is this the full name?")
    area, comments = desk.frame.editor.text, desk.frame.review.comments
    assert MarkKind.COMMENT in {mark.kind for mark in area.marks}
    assert comments.text.area.exact_text() == ""
    assert desk.frame.side.button_of("review").text() == "Review 1"
    desk.frame.outline.choose("history")
    comments.list.setFocus()
    comments.list.choose(comments.comments[0].id)
    qtbot.keyClick(comments.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.editor.block_id == "opening"
    assert area.textCursor().selectedText() == "Harlan"


def test_a_settled_remark_is_no_longer_marked(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    remark(desk, qtbot, "Is this the full name?")
    comments = desk.frame.review.comments
    comments.list.choose(comments.comments[0].id)
    qtbot.mouseClick(comments.settle_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert not comments.comments[0].is_open
    assert MarkKind.COMMENT not in {mark.kind for mark in desk.frame.editor.text.marks}
    assert not comments.settle_button.isVisible()


def test_an_empty_remark_is_not_kept(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.comment()
    comments = desk.frame.review.comments
    qtbot.mouseClick(comments.add_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.context.services.letter_history.comments(desk.case_id) == ()
    assert "Say in a few words" in comments.text.message


def test_versions_are_kept_on_request_and_compared_word_by_word(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(desk.frame.outline, Qt.Key.Key_K, both)
    desk.settle()
    desk.frame.outline.choose("opening")
    desk.frame.editor.text.selectAll()
    qtbot.keyClicks(desk.frame.editor.text, "Entirely new words.")
    desk.screen.flush()
    desk.settle()
    desk.screen.show_versions()
    desk.settle()
    versions = desk.frame.versions
    told = versions.page.toPlainText()
    assert "version 1, kept by R. Reviewer" in told
    assert "Entirely" in told
    versions.later.box.setCurrentIndex(1)
    desk.settle()
    assert "Both say the same" in versions.page.toPlainText()


def test_the_sources_of_a_sentence_lead_to_the_words_of_the_record(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_sources()
    links = [
        link for links in desk.context.services.review.view(desk.case_id).links.values() for link in links
    ]
    desk.frame.sources.whole.box.click()
    desk.settle()
    told = desk.frame.sources.page.toPlainText()
    assert any(" ".join(link.span.quote.split())[:60] in told for link in links)
    assert "How it was made" in told
    desk.frame.sources.whole.box.click()
    desk.frame.outline.choose("letterhead")
    desk.settle()
    assert desk.frame.sources.page.accessibleName() == "Where Letterhead comes from"


def issue(desk: Desk, qtbot: QtBot) -> None:
    desk.compose()
    desk.screen.issue()
    qtbot.keyClick(desk.frame.issue_strip.issue_button, Qt.Key.Key_Return)
    desk.settle()


def test_after_issuing_the_sending_is_recorded_and_completed(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    assert not desk.frame.side.button_of("delivery").isVisible()
    issue(desk, qtbot)
    panel = desk.frame.delivery
    assert desk.letter().state is LetterState.ISSUED
    assert desk.frame.side.current == "delivery"
    panel.channel.show_value(DeliveryChannel.FAX)
    panel.reference.line.setText("FX-1")
    qtbot.mouseClick(panel.record_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert [row.badge.word for row in panel.list.rows if row.badge] == ["Sent"]
    panel.list.choose(panel.list.rows[0].id)
    panel.received_on.line.setText("2026-11-22")
    panel.proof.line.setText("Fax report of 9 pages")
    qtbot.mouseClick(panel.record_button, Qt.MouseButton.LeftButton)
    desk.settle()
    kept = desk.context.services.letter_history.deliveries(desk.case_id)
    assert [(item.channel, item.reference, item.proof, str(item.received_on)) for item in kept] == [
        (DeliveryChannel.FAX, "FX-1", "Fax report of 9 pages", "2026-11-22")
    ]


def test_a_letter_cannot_have_come_before_it_was_sent(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    issue(desk, qtbot)
    panel = desk.frame.delivery
    panel.received_on.line.setText("2026-11-01")
    qtbot.mouseClick(panel.record_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert panel.received_on.message.endswith("It cannot have come before it was sent.")
    assert desk.context.services.letter_history.deliveries(desk.case_id) == ()


def test_every_panel_is_named_plain_and_reached_by_its_key(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    issue(desk, qtbot)
    for place, name in enumerate((*PANELS, "delivery")):
        qtbot.keyClick(desk.frame.outline, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.AltModifier)
        desk.settle()
        assert desk.frame.side.current == name
        assert_accessible(desk.screen)
        assert labels_that_guess_their_format(desk.screen) == []


def test_warnings_do_not_stop_issuing_but_are_counted_in_the_question(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter()
    desk.compose()
    remark(desk, qtbot, "Look here.")
    desk.screen.issue()
    assert "to look at" in desk.frame.issue_strip.issue_button.accessibleDescription()
    assert desk.frame.issue_strip.isVisible()
