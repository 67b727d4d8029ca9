"""The note is read, searched and left by keyboard, and the screen comes back as it was left."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.review.note_view import MEASURE, NoteView
from desktop.ui.theme import Theme
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.review.conftest import Reviewer
from tests.ui.review.small_case import small_case


def shown_id(reviewer: Reviewer) -> str:
    document = reviewer.screen.note_pane.document
    return document.id if document else ""


def test_the_imaging_report_is_what_is_read_first(reviewer: Reviewer) -> None:
    assert shown_id(reviewer) == "ct"


def test_brackets_go_through_the_documents_from_tree_and_note(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_BracketLeft)
    assert shown_id(reviewer) == "clinic"
    reviewer.note.setFocus()
    reviewer.press(Qt.Key.Key_BracketRight)
    assert shown_id(reviewer) == "ct"


def test_slash_finds_while_typing_and_enter_goes_on(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_Slash)
    bar = reviewer.screen.note_pane.find_bar
    QTest.keyClicks(bar.field, "l5-s1")
    assert bar.count.text() == "1 of 2"
    first = reviewer.note.selected_span()
    reviewer.press(Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 2"
    assert reviewer.note.selected_span() != first
    reviewer.press(Qt.Key.Key_Return, shift=True)
    assert reviewer.note.selected_span() == first
    QTest.keyClicks(bar.field, "x")
    assert bar.count.text() == "Not in this note"


def test_found_words_can_be_linked_at_once(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_Slash)
    QTest.keyClicks(reviewer.screen.note_pane.find_bar.field, "bridging bone")
    reviewer.press(Qt.Key.Key_Escape)
    assert reviewer.note.hasFocus()
    reviewer.press(Qt.Key.Key_Return)
    assert reviewer.quotes("pain") == [("supports", "bridging bone")]


def test_tab_goes_round_tree_note_and_evidence(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.select("lucency")
    reviewer.press(Qt.Key.Key_Return)
    reviewer.tree.setFocus()
    seen = []
    for _ in range(3):
        reviewer.press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [reviewer.note, reviewer.screen.panel.evidence, reviewer.tree]
    reviewer.press(Qt.Key.Key_Backtab, shift=True)
    assert reviewer.screen.panel.evidence.hasFocus()


def test_every_part_is_reached_by_pane(reviewer: Reviewer) -> None:
    parts = reviewer.screen.panes()
    assert reviewer.tree in parts
    assert reviewer.note in parts
    assert reviewer.screen.panel.note in parts
    assert reviewer.screen.side.lines in parts


def test_the_note_cannot_be_changed_by_typing_cutting_or_pasting(reviewer: Reviewer) -> None:
    reviewer.note.setFocus()
    before = reviewer.note.toPlainText()
    QTest.keyClicks(reviewer.note, "xyz q")
    QTest.keyClick(reviewer.note, Qt.Key.Key_Delete)
    clip = QMimeData()
    clip.setHtml("<b>bold</b>")
    reviewer.note.insertFromMimeData(clip)
    reviewer.note.cut()
    assert reviewer.note.toPlainText() == before


def test_what_is_copied_is_the_plain_words(reviewer: Reviewer) -> None:
    reviewer.select("lucency around")
    mime = reviewer.note.createMimeDataFromSelection()
    assert mime.text() == "lucency around"
    assert not mime.hasHtml()
    assert reviewer.note.selected_span() is not None
    assert QKeySequence(QKeySequence.StandardKey.Copy).count()


def test_markup_in_a_note_is_shown_as_it_is(theme: Theme, qtbot: QtBot) -> None:
    text = "<b>bold</b> <img src='file:///etc/passwd'> & BP <120/80 A&B <3\ttab"
    view = NoteView(theme)
    qtbot.addWidget(view)
    view.show_text(text)
    assert view.toPlainText() == text


def test_a_line_has_at_most_ninety_characters_whatever_the_width(theme: Theme, qtbot: QtBot) -> None:
    view = NoteView(theme)
    qtbot.addWidget(view)
    view.resize(1900, 500)
    view.show()
    view.show_text("The quick brown fox jumps over the lazy dog. " * 60)
    layout = view.document().begin().layout()
    longest = max(layout.lineAt(at).textLength() for at in range(layout.lineCount()))
    assert 60 < longest <= MEASURE


def test_the_words_at_the_top_stay_when_the_width_changes(theme: Theme, qtbot: QtBot) -> None:
    view = NoteView(theme)
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    view.show_text(
        "\n".join(f"Line {number} of a long report that wraps when it is narrow." for number in range(400))
    )
    view.scroll_to(view.note.text.index("Line 200 "))
    assert abs(view.top_offset() - view.note.text.index("Line 200 ")) < 80
    view.resize(380, 400)
    assert abs(view.top_offset() - view.note.text.index("Line 200 ")) < 80


def test_a_long_note_stays_quick(theme: Theme, qtbot: QtBot) -> None:
    view = NoteView(theme)
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    words = "lucency surrounding the bilateral pedicle screws consistent with loosening no bone "
    view.show_text("\n".join(words * 6 for _ in range(400)))
    view.setFocus()
    started = time.process_time()
    for _ in range(50):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        view.viewport().repaint()
    each_ms = (time.process_time() - started) * 1000 / 50
    assert each_ms < 60, f"{each_ms:.1f} ms for a page of a 26,000-word note"


def test_the_note_on_a_criterion_is_saved_while_typing(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_C)
    editor = reviewer.screen.panel.note
    assert editor.hasFocus()
    QTest.keyClicks(editor, "Six months at least")
    reviewer.qtbot.waitUntil(lambda: "set_note" in reviewer.review.calls, timeout=2_500)
    reviewer.wait()
    stored = next(iter(reviewer.review.assessments.values()))
    assert stored.note == "Six months at least"
    reviewer.press(Qt.Key.Key_Escape)
    assert reviewer.tree.hasFocus()


def test_a_note_is_saved_when_another_criterion_comes_to_the_front(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_C)
    QTest.keyClicks(reviewer.screen.panel.note, "typed")
    reviewer.stand_on("smoking")
    reviewer.wait()
    assert reviewer.screen.panel.note.exact_text == ""
    reviewer.stand_on("pain")
    assert reviewer.screen.panel.note.exact_text == "typed"
    assert {key.criterion_id: item.note for key, item in reviewer.review.assessments.items()} == {
        "pain": "typed"
    }


def test_an_answer_on_its_way_never_overwrites_what_is_being_typed(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    QTest.keyClick(reviewer.tree, Qt.Key.Key_M)
    reviewer.screen.write_note()
    QTest.keyClicks(reviewer.screen.panel.note, "first")
    reviewer.screen.flush()
    QTest.keyClicks(reviewer.screen.panel.note, " second")
    reviewer.wait()
    assert reviewer.screen.panel.note.exact_text == "first second"
    reviewer.screen.flush()
    reviewer.wait()
    stored = next(iter(reviewer.review.assessments.values()))
    assert stored.note == "first second"


def test_a_note_that_could_not_be_saved_stays_and_is_tried_again(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.screen.write_note()
    reviewer.review.is_signed = True
    QTest.keyClicks(reviewer.screen.panel.note, "kept")
    reviewer.screen.flush()
    reviewer.wait()
    assert reviewer.notify.notices
    assert reviewer.screen.panel.note.exact_text == "kept"
    reviewer.review.is_signed = False
    reviewer.screen.flush()
    reviewer.wait()
    assert [item.note for item in reviewer.review.assessments.values()] == ["kept"]


def test_the_screen_comes_back_as_it_was_left(reviewer: Reviewer) -> None:
    long_text = "\n".join(f"Sentence {number} of the report." for number in range(300)) + "\nIMPRESSION: x"
    reviewer.review.case = small_case(long_text)
    reviewer.open_screen()
    reviewer.screen.note_pane.open("clinic")
    reviewer.screen.note_pane.open("ct")
    reviewer.note.scroll_to(long_text.index("Sentence 150 "))
    reviewer.stand_on("unstable")
    reviewer.press(Qt.Key.Key_Left)
    reviewer.stand_on("nonunion", "L5-S1")
    reviewer.screen.rows.setSizes([400, 330])
    sizes = reviewer.screen.rows.sizes()
    reviewer.screen.flush()
    reviewer.wait()
    reviewer.screen.hide()

    again = reviewer.open_screen()
    assert reviewer.tree.current_row_id() == "nonunion"
    assert reviewer.tree.current_level == "L5-S1"
    assert reviewer.tree.collapsed_ids() == ("unstable",)
    assert shown_id(reviewer) == "ct"
    assert abs(reviewer.note.top_offset() - long_text.index("Sentence 150 ")) < 60
    assert [abs(a - b) <= 2 for a, b in zip(again.rows.sizes(), sizes, strict=True)] == [True, True]


def test_a_damaged_memory_counts_as_none(reviewer: Reviewer) -> None:
    for key in list(reviewer.services.view_state.kept):
        reviewer.services.view_state.kept[key] = "{broken"
    reviewer.services.view_state.kept["review/place/case-1"] = '{"places": 7}'
    reviewer.open_screen()
    assert reviewer.tree.current_row_id() == "pain"


def test_the_screen_is_accessible_in_every_look(sample_reviewer: Reviewer, qapp: QApplication) -> None:
    for look, scale in (("light", 100), ("dark", 200), ("high_contrast", 150)):
        sample_reviewer.context.theme.choose(look, scale)  # type: ignore[arg-type]
        sample_reviewer.wait()
        assert_accessible(sample_reviewer.screen)
    qapp.setStyleSheet("")
    assert labels_that_guess_their_format(sample_reviewer.screen) == []
    assert sample_reviewer.screen.findChildren(QLabel)


def test_the_tree_speaks_its_rows(reviewer: Reviewer) -> None:
    reviewer.stand_on("smoking")
    reviewer.press(Qt.Key.Key_N)
    said = reviewer.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "The patient smokes, must be absent, not met"


def test_every_command_has_its_handler(reviewer: Reviewer) -> None:
    for command in reviewer.screen.commands():
        if command.id.startswith("review.digit"):
            continue  # told by the key sheet only; which digit it is decides what it does
        assert callable(getattr(reviewer.screen, command.handler_name)), command.id


def test_the_keys_that_link_are_on_the_key_sheet(reviewer: Reviewer) -> None:
    said = {command.key_text: command.text for command in reviewer.screen.commands()}
    assert said["Shift+Enter"] == "Link the selected words as contradicting"
    assert "criterion with this number" in said["1 – 9"]
    assert "contradicting" in said["Shift+1 – 9"]


def test_the_sample_case_is_shown_with_its_answers_and_links(sample_reviewer: Reviewer) -> None:
    screen = sample_reviewer.screen
    assert len(screen.set_panes[0].tree.numbers) > 0
    assert screen.note_pane.view.highlights
    assert "silent" in screen.strip.says.text()


@pytest.mark.parametrize("keys", ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+K"])
def test_the_windows_own_keys_work_from_tree_note_and_evidence(reviewer: Reviewer, keys: str) -> None:
    pressed: list[str] = []

    class Window(QObject):
        def take(self) -> None:
            pressed.append(keys)

    window = Window(reviewer.screen)
    shortcut = QShortcut(QKeySequence(keys), reviewer.screen)
    shortcut.activated.connect(window.take)
    modifiers = Qt.KeyboardModifier.ControlModifier
    if "Shift" in keys:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    key = Qt.Key.Key_K if keys.endswith("K") else Qt.Key.Key_Z
    for widget in (reviewer.tree, reviewer.note):
        widget.setFocus()
        QTest.keyClick(widget, key, modifiers)
    assert pressed == [keys, keys]


def _resize(reviewer: Reviewer, width: int, height: int) -> None:
    """Until the screen has the size: what was given up last still holds it wide until its layout is done anew."""

    def has_the_size() -> bool:
        reviewer.screen.resize(width, height)
        return reviewer.screen.width() == width

    reviewer.qtbot.waitUntil(has_the_size)


def test_a_window_too_narrow_for_all_gives_up_the_second_set_and_then_the_spine(reviewer: Reviewer) -> None:
    screen = reviewer.screen
    assert screen.side.isVisible()
    _resize(reviewer, 900, 700)
    assert screen.side.isVisible()
    assert not screen.set_panes[1].isVisible()
    _resize(reviewer, 800, 700)
    assert not screen.side.isVisible()
    _resize(reviewer, 1320, 760)
    assert screen.side.isVisible()
    assert screen.set_panes[1].isVisible()
