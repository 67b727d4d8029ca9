"""From the form to the text and back with mistakes in it, and from field to field of a group, by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.services.criteria_draft import GroupDraft
from tests.ui.criteria.conftest import CTRL, SHIFT, Typist


def test_a_mistake_taken_along_into_the_text_is_left_again_with_nothing_lost(typist: Typist) -> None:
    typist.start("Something holds")
    typist.panel.criterion_form.value.number.setFocus()
    typist.type("40")
    typist.panel.toggle_text()
    typist.settle()
    assert typist.panel.text_view.problems.count() == 1
    typist.panel.toggle_text()
    assert not typist.panel.as_text.isChecked()
    assert typist.outline == "Something holds"
    assert typist.panel.criterion_form.value.number.text() == "40"


def test_a_broken_text_gives_the_outline_back_only_after_a_yes(typist: Typist) -> None:
    typist.start("Something holds")
    typist.panel.toggle_text()
    view = typist.panel.text_view
    view.area.setPlainText(view.text.replace("criteria:", "criteria"))
    typist.check()
    assert view.go_back.isVisible()
    typist.panel.toggle_text()
    assert typist.panel.as_text.isChecked()
    while typist.focus is not view.go_back:
        typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Return)
    assert typist.focus is view.keep_text
    typist.press(Qt.Key.Key_Return)
    assert typist.focus is view.area
    assert "criteria:" not in view.text
    view.go_back.click()
    typist.press(Qt.Key.Key_Backtab, with_=SHIFT)
    assert typist.focus is view.drop_text
    typist.press(Qt.Key.Key_Return)
    assert not typist.panel.as_text.isChecked()
    assert typist.outline == "Something holds"
    typist.settle()
    typist.panel.toggle_text()
    assert "criteria:" in view.text
    assert not view.go_back.isVisible()


def test_tab_goes_from_the_name_of_a_group_to_its_rule_which_asks_for_two_of_several(typist: Typist) -> None:
    typist.start("One", "Two")
    typist.press(Qt.Key.Key_G, with_=CTRL)
    group = next(node for node in typist.panel.desk.draft.root.children if isinstance(node, GroupDraft))
    typist.panel.desk.select(group.children[-1].key)
    typist.panel.focus_words()
    typist.press(Qt.Key.Key_Return)
    typist.type("Three")
    typist.panel.desk.select(group.key)
    typist.panel.focus_words()
    form = typist.panel.group_form
    assert typist.focus is form.fields["text"].editor
    typist.press(Qt.Key.Key_Tab)
    assert typist.focus is form.rule.box
    typist.press(Qt.Key.Key_Down)
    while form.rule.rule()[0] != "at_least":
        typist.press(Qt.Key.Key_Down)
    assert isinstance(typist.node, GroupDraft)
    assert (typist.node.rule, typist.node.count, len(typist.node.children)) == ("at_least", 2, 2)
    typist.press(Qt.Key.Key_Tab)
    assert typist.focus is form.rule.count
    form.rule.count.setValue(1)
    assert form.rule.rule() == ("at_least", 1)
