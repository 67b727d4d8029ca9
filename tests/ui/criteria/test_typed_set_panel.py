"""A reviewer types a payer's criteria from paper: by keyboard alone, kept as a draft, held against the lines chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.criteria import Group, Polarity, Scope
from desktop.ui.criteria.group_editor import GroupEditor
from desktop.ui.review.criteria_pane import EDIT_ONE, TYPE_ONE
from desktop.ui.review.review_screen import ReviewScreen
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.criteria.conftest import ALT, CTRL, SHIFT, Typist

OWN = "own-plan.reinsertion-criteria"


def start_rows(typist: Typist) -> None:
    """The head filled, the keyboard in the first criterion."""
    typist.open()
    typist.type_head()
    typist.row(0).words.setFocus()


def test_a_set_is_typed_by_keyboard_alone_and_comes_first_on_the_chosen_line(typist: Typist) -> None:
    typist.open()
    assert typist.focus is typist.panel.head.title.line
    typist.type_head()
    while typist.focus is not typist.row(0).words:
        typist.press(Qt.Key.Key_Tab)
    typist.type("The curve is large: 40 degrees, or #more")
    typist.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    typist.type("> 40 degrees")
    typist.press(Qt.Key.Key_Return)
    typist.type("No infection is active")
    typist.press(Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Down)
    box = next(iter(typist.panel.lines.boxes.values()))
    while typist.focus is not box:
        typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Space)
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


def test_rows_are_moved_grouped_and_removed_by_key_and_put_back(typist: Typist) -> None:
    start_rows(typist)
    for word in ("one", "two", "three"):
        typist.type(word)
        typist.press(Qt.Key.Key_Return)
    typist.press(Qt.Key.Key_Backspace, with_=CTRL)
    assert typist.rows == ["one", "two", "three"]
    typist.press(Qt.Key.Key_Up, with_=ALT)
    assert typist.rows == ["one", "three", "two"]
    assert typist.focus is typist.row(1).words
    typist.press(Qt.Key.Key_G, with_=CTRL)
    assert typist.rows == ["one", "three", "", "", "two"]
    assert isinstance(typist.panel.rows.editors[2], GroupEditor)
    typist.type("inside")
    typist.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    typist.type("outside")
    entries = typist.panel.rows.value()
    assert [getattr(entry, "rows", ()) != () for entry in entries] == [False, False, True, False, False]
    typist.press(Qt.Key.Key_Backspace, with_=CTRL)
    assert "outside" not in typist.rows
    assert "Removed: outside" in typist.panel.status.text()
    typist.panel.put_back.click()
    assert "outside" in typist.rows


def test_mistakes_stand_under_the_row_and_saving_goes_to_the_first(typist: Typist) -> None:
    start_rows(typist)
    typist.row(0).threshold.setFocus()
    typist.type("40")
    typist.check()
    assert "not a comparison, a number and a unit" in typist.row(0).remark.text()
    assert "`" not in typist.row(0).remark.text()
    assert "one sentence" not in typist.row(0).remark.text()
    typist.save()
    assert typist.panel.is_open
    assert "Write what must hold, in one sentence." in typist.row(0).remark.text()
    assert typist.focus is typist.row(0).words
    assert typist.services.catalogue.library().get(OWN) is None


def test_an_empty_form_says_nothing_until_it_is_saved(typist: Typist) -> None:
    typist.open()
    typist.check()
    assert not typist.panel.head.title.message
    typist.save()
    assert typist.panel.head.title.message == "× Give the set a title."
    assert typist.focus is typist.panel.head.title.line


def test_escape_keeps_what_was_typed_and_gives_the_keyboard_back(typist: Typist) -> None:
    before = typist.focus
    start_rows(typist)
    typist.type("half a sen")
    typist.press(Qt.Key.Key_Escape)
    typist.settle()
    assert not typist.panel.is_open
    assert typist.focus is before
    typist.open()
    assert typist.rows == ["half a sen"]
    assert typist.panel.head.title.line.text() == "Reinsertion criteria"
    typist.panel.afresh.click()
    assert typist.rows == [""]
    typist.press(Qt.Key.Key_Escape)
    typist.settle()
    typist.open()
    assert typist.rows == [""]


def test_tab_goes_round_in_the_panel_and_never_under_it(typist: Typist) -> None:
    typist.open()
    panel, seen = typist.panel, set()
    for _ in range(len(panel.stops())):
        seen.add(typist.focus)
        typist.press(Qt.Key.Key_Tab)
    assert seen == set(panel.stops())
    typist.press(Qt.Key.Key_Backtab, with_=SHIFT)
    assert panel.isAncestorOf(typist.focus)


def test_the_text_view_shows_mistakes_by_line_and_goes_back_to_rows(typist: Typist) -> None:
    start_rows(typist)
    typist.type("Something holds")
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
    assert typist.rows == ["Something else holds"]


def test_a_set_nested_deeper_opens_as_text_and_stays_text(typist: Typist) -> None:
    text = (
        'id: deep\nfamily: deep\ntitle: Deep\npublisher: P\nedition: "1"\nlicence: user\n'
        "criteria:\n  all:\n    - any:\n        - all:\n            - {id: a, text: A}\n"
    )
    typist.services.catalogue.type_set(text)
    typist.window.case_page.type_criteria_set("", "deep")
    typist.settle()
    assert typist.panel.as_text.isChecked()
    assert typist.panel.text_view.text == text
    typist.panel.toggle_text()
    assert typist.panel.as_text.isChecked()
    assert "nested deeper" in typist.context.notify.notices[-1].what


def test_a_text_never_replaces_another_set_unasked(typist: Typist) -> None:
    start_rows(typist)
    typist.type("Something holds")
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
    assert typist.panel.head.title.line.text() == before.title
    assert typist.panel.lines.chosen == (review.view.case.service_lines[0].id,) if review.view else ()
    typist.row(0).words.setFocus()
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
    typist.row(0).words.setFocus()
    typist.press(Qt.Key.Key_Backspace, with_=CTRL)
    typist.save()
    assert typist.panel.is_open
    assert "would lose their question" in typist.context.notify.notices[-1].what


def test_mouse_adds_rows_and_groups_and_opens_what_else_is_known(typist: Typist) -> None:
    start_rows(typist)
    typist.type("One")
    QTest.mouseClick(typist.row(0).more, Qt.MouseButton.LeftButton)
    details = typist.row(0)._details
    assert details is not None
    QTest.mouseClick(details.stops()[1], Qt.MouseButton.LeftButton)
    assert typist.row(0).more.text() == "More (1)"
    QTest.mouseClick(typist.panel.add_group, Qt.MouseButton.LeftButton)
    typist.type("Two")
    QTest.mouseClick(typist.panel.add_row, Qt.MouseButton.LeftButton)
    typist.type("Three")
    QTest.mouseClick(typist.panel.save_button, Qt.MouseButton.LeftButton)
    typist.settle()
    stored = typist.services.catalogue.library().get(OWN)
    assert stored is not None
    one, group, _ = stored.root.children
    assert isinstance(group, Group)
    assert (group.kind, [leaf.id for leaf in stored.criteria()]) == ("any", ["one", "two", "three"])
    assert len(getattr(one, "evidence_types", ())) == 1


def test_another_tab_puts_the_panel_away_with_its_draft(typist: Typist) -> None:
    start_rows(typist)
    typist.type("kept")
    typist.press(Qt.Key.Key_1, with_=CTRL)
    typist.settle()
    assert not typist.panel.is_open
    typist.open()
    assert typist.rows == ["kept"]


def test_the_panel_can_be_used_by_ear_as_rows_and_as_text(typist: Typist) -> None:
    start_rows(typist)
    typist.type("One")
    typist.press(Qt.Key.Key_G, with_=CTRL)
    typist.row(0).more.click()
    typist.settle()
    assert_accessible(typist.panel)
    assert not labels_that_guess_their_format(typist.panel)
    typist.panel.toggle_text()
    typist.settle()
    assert_accessible(typist.panel)
