"""A reviewer writes a payer's criteria from paper: by keyboard alone, kept as a draft, held against lines chosen."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.criteria import Criterion, Group, Polarity, Scope
from desktop.services.criteria_draft import CriterionDraft, GroupDraft
from desktop.ui.criteria.draft_model import MIME
from desktop.ui.review.criteria_pane import EDIT_ONE, TYPE_ONE
from desktop.ui.review.review_screen import ReviewScreen
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.criteria.conftest import ALT, CTRL, SHIFT, Typist

OWN = "own-plan.reinsertion-criteria"


def test_a_payers_paragraph_is_typed_by_keyboard_alone_and_comes_first_on_the_chosen_line(
    typist: Typist,
) -> None:
    typist.open()
    assert typist.focus is typist.panel.head.stops()[0]
    typist.type_head()
    assert typist.focus is typist.words
    typist.type("The curve is large: 40 degrees, or #more")
    typist.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    typist.type("> 40 degrees")
    typist.press(Qt.Key.Key_Return)
    assert typist.focus is typist.words
    typist.type("An infection is active")
    typist.press(
        Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab
    )
    typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    box = next(iter(typist.panel.lines.boxes.values()))
    assert box.isChecked(), "the line in front is meant"
    while typist.focus is not box:
        typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Space, Qt.Key.Key_Space)
    typist.save()
    assert not typist.panel.is_open
    first, second, _ = typist.services.cases.case(typist.case_id).service_lines
    assert first.criteria_set_ids[0] == OWN
    assert OWN not in second.criteria_set_ids
    stored = typist.services.catalogue.library().get(OWN)
    assert stored is not None
    curve, infection = stored.criteria()
    assert curve.text == "The curve is large: 40 degrees, or #more"
    assert curve.threshold is not None
    assert curve.threshold.caption == "> 40 degrees"
    assert (infection.polarity, infection.per) == (Polarity.ABSENT, Scope.LEVEL)
    assert typist.context.notify.notices[-1].what == "Stored: Reinsertion criteria"
    review = typist.window.case_page.screen_in_front
    assert isinstance(review, ReviewScreen)
    assert OWN in {item.id for item in (review.view.sets if review.view else ())}


def test_rows_are_moved_indented_grouped_and_waived_by_key_from_the_words(typist: Typist) -> None:
    typist.start("one", "two", "three")
    typist.press(Qt.Key.Key_Up, with_=ALT)
    assert typist.outline == "one three two"
    assert typist.focus is typist.words
    typist.press(Qt.Key.Key_Right, with_=ALT)
    assert typist.outline == "one (three) two"
    typist.press(Qt.Key.Key_Return)
    typist.type("inside")
    assert typist.outline == "one (three inside) two"
    typist.press(Qt.Key.Key_Left, with_=ALT)
    assert typist.outline == "one (three) inside two"
    typist.press(Qt.Key.Key_Z, with_=CTRL)
    assert typist.outline == "one (three inside) two"
    typist.press(Qt.Key.Key_U, with_=CTRL)
    typist.type("red flag")
    assert typist.outline == "one (three (inside red flag)) two"
    typist.press(Qt.Key.Key_D, with_=CTRL | SHIFT)
    assert typist.outline == "one (three (inside red flag red flag)) two"
    typist.press(Qt.Key.Key_Z, Qt.Key.Key_Z, Qt.Key.Key_Z, with_=CTRL)
    assert typist.outline == "one (three inside) two"
    typist.press(Qt.Key.Key_Z, with_=CTRL | SHIFT)
    assert typist.outline == "one (three (inside _)) two"
    typist.press(Qt.Key.Key_Down, with_=CTRL)
    assert typist.node.key == next(
        node.key for node in typist.panel.desk.draft.root.children if "two" in node.text
    )
    typist.press(Qt.Key.Key_G, with_=CTRL)
    assert typist.outline == "one (three (inside _)) (two)"
    assert isinstance(typist.node, GroupDraft)


def test_in_the_outline_enter_adds_delete_removes_and_a_letter_goes_on_typing(typist: Typist) -> None:
    typist.start("one", "two")
    typist.panel.tree.setFocus()
    typist.press(Qt.Key.Key_X)
    assert (typist.outline, typist.focus) == ("one twox", typist.words)
    typist.panel.tree.setFocus()
    typist.press(Qt.Key.Key_Delete)
    assert typist.outline == "one"
    assert typist.focus is typist.panel.tree
    typist.press(Qt.Key.Key_Z, with_=CTRL)
    assert typist.outline == "one twox"
    typist.press(Qt.Key.Key_Home)
    assert typist.panel.form is typist.panel.set_form
    typist.press(Qt.Key.Key_Down, Qt.Key.Key_Insert)
    assert (typist.outline, typist.focus) == ("one _ twox", typist.words)
    typist.press(Qt.Key.Key_Backspace)
    assert typist.outline == "one twox"
    assert getattr(typist.node, "text", "") == "one"


def test_enter_goes_to_the_blank_criterion_that_waits_already(typist: Typist) -> None:
    typist.start("one")
    typist.press(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert typist.outline == "one _"


def test_a_row_is_dragged_into_a_group_and_never_into_itself(typist: Typist) -> None:
    typist.start("one", "two", "three")
    typist.press(Qt.Key.Key_Right, with_=ALT)
    tree, rows = typist.panel.tree, typist.panel.tree.rows
    assert typist.outline == "one two (three)"
    draft = typist.panel.desk.draft
    group = next(node for node in draft.root.children if isinstance(node, GroupDraft))
    one = draft.root.children[0]
    data = rows.mimeData([rows.index_of(one.key)])
    target = rows.index_of(group.key)
    assert rows.canDropMimeData(data, Qt.DropAction.MoveAction, -1, 0, target)
    # The view must not remove the row itself: the model says that nothing was taken.
    assert not rows.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, target)
    assert typist.outline == "two (one three)"
    whole = rows.mimeData([rows.index_of(group.key)])
    assert not rows.canDropMimeData(whole, Qt.DropAction.MoveAction, 0, 0, rows.index_of(group.key))
    assert not rows.canDropMimeData(data, Qt.DropAction.MoveAction, -1, 0, rows.index_of(one.key))
    assert one.text not in data.text()
    foreign = QMimeData()
    foreign.setData(MIME, b"1:2")
    assert not rows.canDropMimeData(foreign, Qt.DropAction.MoveAction, 0, 0, rows.index_of(group.key))
    assert tree.key == one.key


def test_a_row_is_dragged_by_mouse(typist: Typist) -> None:
    typist.start("one", "two", "three")
    tree, rows = typist.panel.tree, typist.panel.tree.rows
    first, last = (rows.index_of(node.key) for node in typist.panel.desk.draft.root.children[::2])
    below_last = QPoint(tree.visualRect(last).center().x(), tree.visualRect(last).bottom() - 1)
    drag(typist, tree.visualRect(first).center(), below_last)
    assert typist.outline == "two three one"
    assert typist.panel.tree.key == typist.panel.desk.draft.root.children[2].key
    typist.panel.undo_button.click()
    assert typist.outline == "one two three"


def drag(typist: Typist, start: QPoint, end: QPoint) -> None:
    """What the window system sends while something is dragged; offscreen it never does so itself."""
    tree, port = typist.panel.tree, typist.panel.tree.viewport()
    data = tree.rows.mimeData([tree.indexAt(start)])
    keep = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(port, QDragEnterEvent(end, *keep))
    QApplication.sendEvent(port, QDragMoveEvent(end, *keep))
    QApplication.sendEvent(port, QDropEvent(QPointF(end), *keep))


def test_mistakes_stand_at_row_and_field_and_saving_goes_to_the_first(typist: Typist) -> None:
    typist.start()
    typist.panel.criterion_form.value.number.setFocus()
    typist.type("40")
    typist.check()
    value = typist.panel.criterion_form.value
    assert "not a comparison, a number and a unit" in value.message
    assert "`" not in value.message
    assert "1 to put right" in typist.panel.below.tabs.tabText(0)
    typist.save()
    assert typist.panel.is_open
    assert typist.focus is typist.words
    assert "Write what must hold, in one sentence." in typist.panel.criterion_form.words.message
    assert typist.services.catalogue.library().get(OWN) is None
    assert typist.panel.below.findings.count() >= 2
    item = typist.panel.below.findings.item(1)
    typist.panel.below.findings.itemActivated.emit(item)
    assert typist.focus is value.box


def test_an_empty_form_says_nothing_until_it_is_saved(typist: Typist) -> None:
    typist.open()
    typist.check()
    title = typist.panel.head.fields["title"]
    assert not title.message
    typist.save()
    assert title.message == "× Give the set a title."
    assert typist.focus is title.line


def test_escape_keeps_what_was_typed_and_gives_the_keyboard_back(typist: Typist) -> None:
    before = typist.focus
    typist.start("half a sen")
    typist.press(Qt.Key.Key_Escape)
    typist.settle()
    assert not typist.panel.is_open
    assert typist.focus is before
    typist.open()
    assert typist.outline == "half a sen"
    assert typist.panel.head.fields["title"].line.text() == "Reinsertion criteria"
    typist.panel.afresh.click()
    assert typist.outline == "_"
    typist.press(Qt.Key.Key_Escape)
    typist.settle()
    typist.open()
    assert typist.outline == "_"


def test_tab_goes_round_in_the_panel_and_never_under_it(typist: Typist) -> None:
    typist.open()
    panel, seen = typist.panel, set()
    for _ in range(len(panel.stops())):
        seen.add(typist.focus)
        typist.press(Qt.Key.Key_Tab)
    assert seen == set(panel.stops())
    typist.press(Qt.Key.Key_Backtab, with_=SHIFT)
    assert panel.isAncestorOf(typist.focus)


def test_the_text_view_shows_mistakes_by_line_and_goes_back_to_the_outline(typist: Typist) -> None:
    typist.start("Something holds")
    typist.press(Qt.Key.Key_T, with_=CTRL | SHIFT)
    typist.settle()
    view = typist.panel.text_view
    assert typist.focus is view.area
    assert "text: Something holds" in view.text
    good = view.text
    view.area.setPlainText(good.replace("    text:", "    txt:"))
    typist.check()
    line = good[: good.index("    text:")].count("\n") + 1
    assert f"Line {line}:" in view.problems.item(0).text() + view.problems.item(1).text()
    typist.save()
    assert view.area.textCursor().blockNumber() + 1 in {line, line - 1}
    typist.panel.toggle_text()
    assert typist.panel.as_text.isChecked()
    view.area.setPlainText(good.replace("Something holds", "Something else holds"))
    typist.check()
    typist.panel.toggle_text()
    assert typist.outline == "Something else holds"
    typist.panel.tree.setFocus()
    typist.press(Qt.Key.Key_Z, with_=CTRL)
    assert typist.outline == "Something holds"


def test_what_the_outline_has_no_place_for_is_named_and_only_dropped_when_asked(typist: Typist) -> None:
    text = (
        'id: deep\nfamily: deep\ntitle: Deep\npublisher: P\nedition: "1"\nlicence: user\n'
        "criteria:\n  all:\n    - any:  # page 2\n        - all:\n            - {id: a, text: A}\n"
    )
    typist.services.catalogue.type_set(text)
    typist.window.case_page.type_criteria_set("", "deep")
    typist.settle()
    assert typist.panel.as_text.isChecked()
    assert typist.panel.text_view.text == text
    assert "page 2" in typist.panel.text_view.losses.text()
    typist.panel.toggle_text()
    assert typist.panel.as_text.isChecked()
    assert "Line 9: the comment “# page 2”" in typist.context.notify.notices[-1].what
    typist.panel.text_view.drop_losses.click()
    assert not typist.panel.as_text.isChecked()
    assert typist.outline == "((A))"


def test_a_text_never_replaces_another_set_unasked(typist: Typist) -> None:
    typist.start("Something holds")
    typist.panel.toggle_text()
    view = typist.panel.text_view
    taken = typist.services.catalogue.typed_sets()[0].id
    view.area.setPlainText(view.text.replace(OWN, taken))
    typist.save()
    assert typist.panel.is_open
    assert "belongs to another set" in view.problems.item(0).text()


def test_the_sets_of_the_review_lead_here_and_editing_keeps_ids(typist: Typist) -> None:
    review = typist.window.case_page.screen_in_front
    assert isinstance(review, ReviewScreen)
    pane = review.set_panes[0]
    assert pane.picker.findData(TYPE_ONE) >= 0
    own = pane.set_id
    before = typist.services.catalogue.library().get(own)
    assert before is not None
    pane.picker.activated.emit(pane.picker.findData(EDIT_ONE))
    typist.settle()
    assert typist.panel.head.fields["title"].line.text() == before.title
    assert typist.panel.lines.chosen == (review.view.case.service_lines[0].id,) if review.view else ()
    typist.panel.tree.setFocus()
    typist.press(Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_F2)
    typist.press(Qt.Key.Key_End, with_=CTRL)
    typist.type(" (of any degree)")
    typist.save()
    after = typist.services.catalogue.library().get(own)
    assert after is not None
    assert [leaf.id for leaf in after.criteria()] == [leaf.id for leaf in before.criteria()]
    assert next(after.criteria()).text.endswith(" (of any degree)")
    shown = next(item for item in review.view.sets if item.id == own) if review.view else None
    assert shown == after


def test_an_answered_criterion_cannot_be_taken_out_and_nothing_typed_is_lost(typist: Typist) -> None:
    own = typist.services.catalogue.typed_sets()[0].id
    typist.window.case_page.type_criteria_set("", own)
    typist.settle()
    typist.panel.tree.setFocus()
    typist.press(Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Delete)
    typist.save()
    assert typist.panel.is_open
    assert "would lose their question" in typist.context.notify.notices[-1].what


def test_the_mouse_adds_rows_groups_and_exceptions(typist: Typist) -> None:
    typist.start("One")
    panel = typist.panel
    QTest.mouseClick(panel.criterion_form.kinds.stops()[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.add_group, Qt.MouseButton.LeftButton)
    typist.type("Two")
    QTest.mouseClick(panel.add_exception, Qt.MouseButton.LeftButton)
    typist.type("Flag")
    QTest.mouseClick(panel.add_criterion, Qt.MouseButton.LeftButton)
    typist.type("Another flag")
    QTest.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
    typist.settle()
    stored = typist.services.catalogue.library().get(OWN)
    assert stored is not None
    one, group = stored.root.children
    assert isinstance(one, Criterion)
    assert isinstance(group, Group)
    (waived,) = group.children
    assert isinstance(waived, Group)
    assert (group.kind, waived.kind) == ("any", "unless")
    assert [leaf.id for leaf in stored.criteria()] == ["one", "two", "flag", "another-flag"]
    assert len(one.evidence_types) == 1


def test_a_value_typed_in_one_piece_is_told_apart(typist: Typist) -> None:
    typist.start("Care")
    value = typist.panel.criterion_form.value
    value.number.setFocus()
    typist.type(">=6 weeks")
    typist.press(Qt.Key.Key_Tab)
    node = typist.node
    assert isinstance(node, CriterionDraft)
    assert (node.comparison, node.number, node.unit) == (">=", "6", "weeks")


def test_another_tab_puts_the_panel_away_with_its_draft(typist: Typist) -> None:
    typist.start("kept")
    typist.press(Qt.Key.Key_1, with_=CTRL)
    typist.settle()
    assert not typist.panel.is_open
    typist.open()
    assert typist.outline == "kept"


def test_the_panel_can_be_used_by_ear_as_outline_and_as_text(typist: Typist) -> None:
    typist.start("One")
    panel = typist.panel
    for key in (Qt.Key.Key_G, Qt.Key.Key_Up):
        typist.press(key, with_=CTRL)
        typist.settle()
        assert_accessible(panel)
        assert not labels_that_guess_their_format(panel)
    spoken = panel.tree.rows.data(panel.tree.currentIndex(), int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("all of these, The whole set")
    panel.toggle_text()
    typist.settle()
    assert_accessible(panel)


def test_groups_fold_by_mouse_and_dissolve_into_their_entries(typist: Typist) -> None:
    typist.start("one", "two")
    typist.press(Qt.Key.Key_Right, with_=ALT)
    panel, tree = typist.panel, typist.panel.tree
    group = next(node for node in panel.desk.draft.root.children if isinstance(node, GroupDraft))
    assert not panel.dissolve.isEnabled()
    mark = tree._delegate.gutter_of(tree.rows.index_of(group.key)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    assert not tree.isExpanded(tree.rows.index_of(group.key))
    assert panel.form is panel.group_form
    panel.group_form.fields["text"].editor.setFocus()
    typist.type("Function")
    assert not tree.isExpanded(tree.rows.index_of(group.key))
    panel.group_form.rule.box.setCurrentIndex(2)
    panel.group_form.rule.count.setValue(3)
    typist.check()
    assert "can never be reached" in panel.below.findings.item(0).text()
    QTest.mouseClick(panel.dissolve, Qt.MouseButton.LeftButton)
    assert typist.outline == "one two"


def test_another_set_is_picked_and_what_was_typed_is_kept_apart(typist: Typist) -> None:
    typist.start("half a sen")
    picker = typist.panel.picker
    picker.setCurrentIndex(1)
    picker.activated.emit(1)
    typist.settle()
    own = typist.services.catalogue.typed_sets()[0]
    assert typist.panel.head.fields["title"].line.text() == own.title
    picker.setCurrentIndex(0)
    picker.activated.emit(0)
    typist.settle()
    assert typist.outline == "half a sen"


def test_a_pasted_paragraph_is_one_sentence(typist: Typist) -> None:
    typist.start()
    data = QMimeData()
    data.setText("Pain has lasted\nfor six weeks\n")
    typist.panel.criterion_form.words.area.insertFromMimeData(data)
    assert typist.outline == "Pain has lasted for six weeks"
