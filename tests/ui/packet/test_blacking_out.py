"""Words and areas are blacked out by mouse and by keys, listed with reasons, taken back, and burnt in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.domain.document import DocumentKind
from desktop.domain.packet import Redaction
from tests.ui.packet.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def redactions(desk: Desk) -> tuple[Redaction, ...]:
    return desk.services.packets.redactions(desk.case_id)


def test_selected_words_are_blacked_out_by_one_key_and_listed(desk: Desk) -> None:
    document = desk.document(DocumentKind.DENIAL_LETTER)
    desk.choose(document.id)
    start = document.text.index("Harlan Testerman")
    text = desk.screen.frame.view.text
    text.setFocus()
    text.select(start, start + len("Harlan Testerman"))
    desk.press(Qt.Key.Key_B)
    (made,) = redactions(desk)
    assert document.text[made.start or 0 : made.end or 0] == "Harlan Testerman"
    panel = desk.screen.frame.redactions
    assert panel.isVisible()
    assert panel.list.rows[0].title == "“Harlan Testerman”"
    assert text.hasFocus(), "the next words can be selected at once"


def test_words_are_selected_by_shift_and_arrows_alone(desk: Desk) -> None:
    document = desk.document(DocumentKind.DENIAL_LETTER)
    desk.choose(document.id)
    desk.press(Qt.Key.Key_Return)
    text = desk.screen.frame.view.text
    assert text.hasFocus()
    desk.press(Qt.Key.Key_Home, CTRL)
    desk.press(Qt.Key.Key_End, SHIFT)
    desk.press(Qt.Key.Key_B)
    (made,) = redactions(desk)
    assert document.text[made.start or 0 : made.end or 0] == document.text.splitlines()[0].strip()


def test_without_words_selected_a_sentence_says_how(desk: Desk) -> None:
    desk.choose(desk.document(DocumentKind.DENIAL_LETTER).id)
    desk.screen.frame.view.text.setFocus()
    desk.press(Qt.Key.Key_B)
    assert redactions(desk) == ()
    assert "Select the words" in desk.context.notify.notices[-1].what


def test_b_within_blacked_out_words_takes_them_back(desk: Desk) -> None:
    document = desk.document(DocumentKind.DENIAL_LETTER)
    desk.choose(document.id)
    text = desk.screen.frame.view.text
    text.setFocus()
    text.select(30, 60)
    desk.press(Qt.Key.Key_B)
    assert len(redactions(desk)) == 1
    desk.press(Qt.Key.Key_Left)
    desk.press(Qt.Key.Key_B)
    assert redactions(desk) == ()


def test_the_reason_is_kept_as_it_is_typed_and_delete_takes_back(desk: Desk) -> None:
    document = desk.document(DocumentKind.DENIAL_LETTER)
    made = Redaction(id="black-1", document_id=document.id, start=30, end=60)
    desk.context.commit(lambda: desk.services.packets.redact(desk.case_id, made))
    desk.choose(document.id)
    desk.press(Qt.Key.Key_J, CTRL)
    panel = desk.screen.frame.redactions
    QTest.keyClicks(panel.reason.line, "Another member's number")
    desk.screen.flush()
    desk.settle()
    assert redactions(desk)[0].reason == "Another member's number"
    assert "Another member's number" in panel.list.rows[0].detail
    panel.list.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert redactions(desk) == ()


def test_blacking_out_words_that_the_review_rests_on_is_warned_of(desk: Desk) -> None:
    view = desk.services.review.view(desk.case_id)
    span = next(link.span for links in view.links.values() for link in links)
    desk.choose(span.document_id)
    text = desk.screen.frame.view.text
    text.setFocus()
    text.select(span.start, span.end)
    desk.press(Qt.Key.Key_B)
    assert "The review rests on words here" in desk.screen.frame.redactions.warning.text()
    assert desk.screen.frame.redactions.warning.isVisible()
    assert "blacked out at least in part" in desk.screen.frame.warnings.text()


def test_an_area_is_drawn_on_a_page_by_the_mouse(desk: Desk) -> None:
    document = desk.document(DocumentKind.IMAGING_REPORT, 1)
    desk.keep_pdf(document)
    desk.choose(document.id)
    canvas = desk.screen.frame.view.canvas
    assert canvas.has_page
    page = canvas.page_rect()
    first = QPoint(round(page.left() + page.width() * 0.2), round(page.top() + page.height() * 0.1))
    second = QPoint(round(page.left() + page.width() * 0.6), round(page.top() + page.height() * 0.2))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(canvas, second)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=second)
    desk.settle()
    (made,) = redactions(desk)
    assert made.page == 1
    assert made.box is not None
    assert all(abs(a - b) <= 5 for a, b in zip(made.box, (200, 100, 600, 200), strict=True))


def test_a_click_draws_no_area(desk: Desk) -> None:
    document = desk.document(DocumentKind.IMAGING_REPORT, 1)
    desk.keep_pdf(document)
    desk.choose(document.id)
    canvas = desk.screen.frame.view.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.page_rect().center().toPoint())
    desk.settle()
    assert redactions(desk) == ()


def test_an_area_is_drawn_moved_and_sized_by_keys_alone(desk: Desk) -> None:
    document = desk.document(DocumentKind.IMAGING_REPORT, 1)
    desk.keep_pdf(document)
    desk.choose(document.id)
    desk.press(Qt.Key.Key_Return)
    canvas = desk.screen.frame.view.canvas
    assert canvas.hasFocus()
    desk.press(Qt.Key.Key_PageDown)
    assert desk.screen.frame.view.page_label.text() == "Page 2 of 2"
    desk.press(Qt.Key.Key_B)
    begun = canvas.draft
    assert begun is not None
    assert "percent across" in canvas.accessibleDescription()
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Right, SHIFT)
    desk.press(Qt.Key.Key_Down, SHIFT | CTRL)
    desk.press(Qt.Key.Key_Return)
    (made,) = redactions(desk)
    left, top, right, bottom = begun
    assert made.page == 2
    assert made.box == (left, top - 10, right + 10, bottom - 10 + 2)
    desk.press(Qt.Key.Key_B)
    desk.press(Qt.Key.Key_Escape)
    assert len(redactions(desk)) == 1


def test_blacked_out_words_show_on_the_page_of_the_file(desk: Desk) -> None:
    document = desk.document(DocumentKind.IMAGING_REPORT, 1)
    desk.keep_pdf(document)
    start = document.text.index("EXAMPLE VALLEY IMAGING")
    made = Redaction(id="b", document_id=document.id, start=start, end=start + 22)
    desk.context.commit(lambda: desk.services.packets.redact(desk.case_id, made))
    desk.choose(document.id)
    canvas = desk.screen.frame.view.canvas
    assert "1 area blacked out" in canvas.accessibleDescription()
    assert not desk.screen.frame.view.remark.isVisible()


def test_words_that_the_file_does_not_hold_are_said_before_anything_is_built(desk: Desk) -> None:
    other, document = desk.document(DocumentKind.DENIAL_LETTER), desk.document(DocumentKind.IMAGING_REPORT, 1)
    desk.keep_pdf(other)
    content = desk.services.files.bytes_of(desk.services.files.of_case(desk.case_id)[other.id].sha256)
    desk.context.commit(lambda: desk.services.files.keep(desk.case_id, document.id, content, "wrong.pdf"))
    start = document.text.index("circumferential")
    made = Redaction(id="b", document_id=document.id, start=start, end=start + 15)
    desk.context.commit(lambda: desk.services.packets.redact(desk.case_id, made))
    desk.choose(document.id)
    assert "not found on this page" in desk.screen.frame.view.remark.text()
    assert desk.screen.frame.view.remark.isVisible()


def test_a_file_that_cannot_be_drawn_says_so_and_leaves_the_text(desk: Desk) -> None:
    document = desk.document(DocumentKind.IMAGING_REPORT, 1)
    broken = b"%PDF-1.7\n" + b"junk " * 100
    desk.context.commit(lambda: desk.services.files.keep(desk.case_id, document.id, broken, "broken.pdf"))
    desk.choose(document.id)
    canvas = desk.screen.frame.view.canvas
    assert not canvas.has_page
    assert "cannot be drawn" in canvas.accessibleDescription()
    desk.press(Qt.Key.Key_G, CTRL)
    assert desk.screen.frame.view.text.isVisible()


def test_choosing_a_redaction_brings_its_place_to_the_front(desk: Desk) -> None:
    document = desk.document(DocumentKind.IMAGING_REPORT, 1)
    desk.keep_pdf(document)
    for made in (
        Redaction(id="words", document_id=document.id, start=30, end=52),
        Redaction(id="area", document_id=document.id, page=2, box=(100, 100, 300, 200)),
    ):
        desk.context.commit(lambda made=made: desk.services.packets.redact(desk.case_id, made))
    desk.choose(document.id)
    panel = desk.screen.frame.redactions
    desk.screen.show_redactions()
    panel.list.choose("area")
    desk.settle()
    assert desk.screen.frame.view.page_label.text() == "Page 2 of 2"
    panel.list.choose("words")
    desk.settle()
    assert desk.screen.frame.view.text.isVisible()
    assert desk.screen.frame.view.text.selected_span() is not None


def test_a_page_is_seen_larger_and_an_area_lands_where_it_is_drawn(desk: Desk) -> None:
    document = desk.document(DocumentKind.IMAGING_REPORT, 1)
    desk.keep_pdf(document)
    desk.choose(document.id)
    canvas = desk.screen.frame.view.canvas
    canvas.setFocus()
    before = canvas.page_rect().width()
    QTest.keyClicks(canvas, "++")
    desk.settle()
    assert canvas.page_rect().width() > before * 1.4
    page = canvas.page_rect()
    first, second = page.topLeft() + (page.center() - page.topLeft()) / 2, page.center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first.toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=second.toPoint())
    desk.settle()
    (made,) = redactions(desk)
    assert made.box is not None
    assert all(abs(a - b) <= 5 for a, b in zip(made.box, (250, 250, 500, 500), strict=True))
    QTest.keyClicks(canvas, "0")
    desk.settle()
    assert abs(canvas.page_rect().width() - before) < 2
