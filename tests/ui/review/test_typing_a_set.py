"""A payer's criteria are typed beside the notes, checked line by line, and then answered like any other set."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.review.set_editor import START
from tests.ui.review.conftest import Reviewer

CONTROL = Qt.KeyboardModifier.ControlModifier


def begin(reviewer: Reviewer) -> None:
    reviewer.stand_on("pain")
    reviewer.press(Qt.Key.Key_T)
    assert reviewer.screen.editor.isVisible()


def replace(reviewer: Reviewer, old: str, new: str) -> None:
    editor = reviewer.screen.editor
    editor.text.setPlainText(editor.exact_text.replace(old, new))


def test_the_example_can_be_used_as_it_stands(reviewer: Reviewer) -> None:
    begin(reviewer)
    assert reviewer.screen.editor.exact_text == START
    assert reviewer.screen.editor.says.text() == "This can be used as it stands."


def test_a_typed_set_stands_first_on_the_line_and_can_be_answered(reviewer: Reviewer) -> None:
    begin(reviewer)
    replace(reviewer, "my-plan.subject", "plan.typed")
    QTest.keyClick(reviewer.screen.editor.text, Qt.Key.Key_Return, CONTROL)
    for _ in range(3):
        reviewer.wait()
    line = reviewer.screen.line
    assert line is not None
    assert line.criteria_set_ids == ("plan.typed", "payer.fusion", "public.fusion")
    assert reviewer.screen.active_pane.set_id == "plan.typed"
    assert not reviewer.screen.editor.isVisible()
    reviewer.stand_on("first-criterion")
    reviewer.press(Qt.Key.Key_M)
    assert reviewer.state("first-criterion") == "met"


def test_a_mistake_is_named_with_its_line_and_nothing_is_stored(reviewer: Reviewer) -> None:
    begin(reviewer)
    replace(reviewer, '">= 4 mm"', '">= 4"')
    QTest.keyClick(reviewer.screen.editor.text, Qt.Key.Key_Return, CONTROL)
    for _ in range(3):
        reviewer.wait()
    assert reviewer.screen.editor.says.text().startswith("Line 20:")
    assert reviewer.screen.editor.isVisible()
    assert reviewer.review.calls == []
    assert reviewer.notify.notices == ()


def test_a_text_put_away_is_there_again(reviewer: Reviewer) -> None:
    begin(reviewer)
    replace(reviewer, "The plan", "Half typed")
    reviewer.press(Qt.Key.Key_Escape)
    assert reviewer.tree.hasFocus()
    assert reviewer.screen.pane_splitter.isVisible()
    begin(reviewer)
    assert "Half typed" in reviewer.screen.editor.exact_text


def test_the_picker_offers_to_type_a_set(reviewer: Reviewer) -> None:
    picker = reviewer.screen.set_panes[0].picker
    at = next(at for at in range(picker.count()) if picker.itemText(at) == "Type a criteria set…")
    picker.activated.emit(at)
    reviewer.wait()
    assert reviewer.screen.editor.isVisible()
