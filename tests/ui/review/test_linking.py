"""Words of the record are linked to criteria both ways round, by keyboard and by mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.assessment import Stance
from tests.ui.review.conftest import Reviewer
from tests.ui.review.small_case import small_case


def test_selected_words_and_enter_link_to_the_current_criterion(reviewer: Reviewer) -> None:
    reviewer.stand_on("nonunion", "L5-S1")
    reviewer.select("No bridging bone is seen at L5-S1")
    reviewer.press(Qt.Key.Key_Return)
    assert reviewer.quotes("nonunion") == [("supports", "No bridging bone is seen at L5-S1")]
    assert next(iter(reviewer.review.links)).subject == "L5-S1"
    assert reviewer.screen.panel.evidence_heading.text() == "Evidence 1"
    assert reviewer.note.selected_span() is None


def test_shift_and_enter_link_against(reviewer: Reviewer) -> None:
    reviewer.stand_on("nonunion", "L4-L5")
    reviewer.select("The fusion at L4-L5 is solid")
    reviewer.press(Qt.Key.Key_Return, shift=True)
    assert reviewer.quotes("nonunion") == [("contradicts", "The fusion at L4-L5 is solid")]


def test_a_digit_links_to_the_criterion_of_that_number_and_goes_there(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.select("lucency around the S1 screws")
    reviewer.press(Qt.Key.Key_5)
    assert reviewer.quotes("broken") == [("supports", "lucency around the S1 screws")]
    assert reviewer.tree.current_row_id() == "broken"
    reviewer.select("up to 2 mm")
    reviewer.press(Qt.Key.Key_4, shift=True)
    assert reviewer.quotes("gap") == [("contradicts", "up to 2 mm")]


def test_shift_and_a_digit_is_understood_as_its_sign(reviewer: Reviewer) -> None:
    reviewer.select("up to 2 mm")
    QTest.keyClick(reviewer.note, "$", Qt.KeyboardModifier.ShiftModifier)  # type: ignore[call-overload]
    reviewer.wait()
    assert reviewer.quotes("gap") == [("contradicts", "up to 2 mm")]


def test_a_digit_without_selected_words_goes_to_the_criterion(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_3)
    assert reviewer.tree.current_row_id() == "smoking"
    assert reviewer.review.calls == []


def test_the_other_way_round_criterion_first_then_words_by_keyboard(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_L)
    assert reviewer.note.hasFocus()
    assert reviewer.screen.note_pane.banner.isVisible()
    assert "Pain for six months" in reviewer.screen.note_pane.banner_words.text()
    reviewer.select("solid")
    reviewer.press(Qt.Key.Key_Return)
    assert reviewer.quotes("pain") == [("supports", "solid")]
    assert not reviewer.screen.note_pane.banner.isVisible()


def test_the_other_way_round_by_mouse_links_on_release(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_L)
    reviewer.drag("lucency around")
    assert reviewer.quotes("pain") == [("supports", "lucency around")]


def test_words_selected_by_mouse_wait_for_a_key_outside_the_link_mode(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.drag("lucency around")
    assert reviewer.review.calls == []
    reviewer.press(Qt.Key.Key_2, on=reviewer.note)
    assert reviewer.quotes("nonunion") == [("supports", "lucency around")]


def test_escape_leaves_the_link_mode(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_L, Qt.Key.Key_Escape)
    assert not reviewer.screen.note_pane.banner.isVisible()
    assert reviewer.tree.hasFocus()
    reviewer.drag("lucency around")
    assert reviewer.review.calls == []


def test_white_space_around_a_selection_is_not_quoted(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.select(" 2 mm. ")
    reviewer.press(Qt.Key.Key_Return)
    assert reviewer.quotes("pain") == [("supports", "2 mm.")]


def test_words_after_an_emoji_and_look_alikes_are_quoted_exactly(reviewer: Reviewer) -> None:
    reviewer.stand_on("smoking")
    reviewer.press(Qt.Key.Key_BracketRight)
    document = reviewer.screen.note_pane.document
    assert document is not None
    assert document.id == "clinic"
    for words in ("<120/80, A&B <3", "😀 end"):
        start = reviewer.note.note.text.index(words)
        reviewer.note.reveal(start, start + len(words), is_selected=True)
        reviewer.note.setFocus()
        reviewer.press(Qt.Key.Key_Return)
    assert reviewer.quotes("smoking") == [("supports", "<120/80, A&B <3"), ("supports", "😀 end")]


def test_delete_in_the_evidence_list_removes_the_link(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.select("lucency")
    reviewer.press(Qt.Key.Key_Return)
    evidence = reviewer.screen.panel.evidence
    evidence.setFocus()
    reviewer.press(Qt.Key.Key_Down, Qt.Key.Key_Delete)
    assert reviewer.quotes("pain") == []
    assert not evidence.isVisible()


def test_a_linked_word_is_underlined_and_a_click_on_it_goes_to_its_criterion(reviewer: Reviewer) -> None:
    reviewer.stand_on("smoking")
    reviewer.select("lucency")
    reviewer.press(Qt.Key.Key_Return)
    reviewer.stand_on("pain")
    start = reviewer.note.note.text.index("lucency")
    assert [(item.start, item.end) for item in reviewer.note.highlights] == [(start, start + 7)]
    QTest.mouseClick(reviewer.note.viewport(), Qt.MouseButton.LeftButton, pos=reviewer.spot(start + 3))
    assert reviewer.tree.current_row_id() == "smoking"


def test_pointing_at_linked_words_lights_their_criterion(reviewer: Reviewer) -> None:
    reviewer.stand_on("nonunion", "L5-S1")
    reviewer.select("nonunion at L5-S1")
    reviewer.press(Qt.Key.Key_Return)
    start = reviewer.note.note.text.index("nonunion at L5-S1")

    def lit_at(offset: int) -> set[str]:
        QTest.mouseMove(reviewer.note.viewport(), reviewer.spot(offset))
        return reviewer.lit

    # The new link may still be moving the lines when the mouse comes.
    reviewer.qtbot.waitUntil(lambda: lit_at(start + 4) == {"nonunion"})
    reviewer.qtbot.waitUntil(lambda: lit_at(2) == set())


def test_the_caret_on_linked_words_lights_their_criterion_too(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.select("lucency")
    reviewer.press(Qt.Key.Key_Return)
    reviewer.note.setFocus()
    reviewer.note.reveal(0, 0)
    assert reviewer.lit == set()
    start = reviewer.note.note.text.index("lucency")
    reviewer.note.reveal(start, start)
    assert reviewer.lit == {"pain"}


def test_choosing_a_quotation_opens_its_document_at_its_words(reviewer: Reviewer) -> None:
    reviewer.stand_on("smoking")
    reviewer.press(Qt.Key.Key_BracketRight)
    reviewer.select("He smokes")
    reviewer.press(Qt.Key.Key_Return, shift=True)
    reviewer.press(Qt.Key.Key_BracketRight, on=reviewer.tree)
    reviewer.screen.panel.evidence.setFocus()
    reviewer.press(Qt.Key.Key_Down)
    document = reviewer.screen.note_pane.document
    assert document is not None
    assert document.id == "clinic"
    start = reviewer.note.note.text.index("He smokes")
    assert reviewer.note.caret_offset() == start
    assert reviewer.note.viewport().rect().contains(reviewer.note.text_rect(start, start + 2).toRect())


def test_a_criterion_in_focus_dims_the_note_and_reading_brightens_it(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.select("lucency")
    reviewer.press(Qt.Key.Key_Return)
    assert reviewer.note.extraSelections() == []
    reviewer.tree.setFocus()
    dimmed = [selection.cursor.selectedText() for selection in reviewer.note.extraSelections()]
    assert dimmed
    assert not any("lucency" in words for words in dimmed)
    reviewer.press(Qt.Key.Key_Down)
    assert reviewer.note.extraSelections() == []


def test_walking_the_tree_scrolls_to_the_words_of_the_criterion(reviewer: Reviewer) -> None:
    text = "Start.\n" + "A line of the report.\n" * 200 + "There is lucency.\nIMPRESSION: x"
    reviewer.review.case = small_case(text)
    reviewer.screen.show_case("case-1")
    reviewer.wait()
    key = reviewer.screen.key_of_digit(3)
    assert key is not None
    start = text.index("lucency")
    reviewer.review.link("case-1", key, "ct", start, start + 7, Stance.SUPPORTS)
    reviewer.screen.show_case("case-1")
    reviewer.wait()
    assert not reviewer.note.is_in_sight(start)
    reviewer.press(Qt.Key.Key_3)
    assert reviewer.note.is_in_sight(start)
    reviewer.select("Start")
    reviewer.tree.setFocus()
    reviewer.press(Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert reviewer.note.is_in_sight(0), "a selection that waits to be linked must not be scrolled away"


def test_enter_in_the_note_without_selected_words_says_what_to_do(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.note.setFocus()
    reviewer.press(Qt.Key.Key_Return)
    assert "No words are selected" in reviewer.notify.notices[-1].what
    assert reviewer.review.calls == []


def test_a_letter_works_on_a_picker_too(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    picker = reviewer.screen.set_panes[0].picker
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_M)
    reviewer.wait()
    assert reviewer.review.calls
