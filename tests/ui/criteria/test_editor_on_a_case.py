"""The editor over an open case: tried while it is written, kept as test cases, compared, followed by an edition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.truth import Truth
from desktop.services.criteria_draft import CriteriaDraft, CriterionDraft, GroupDraft, criteria_of, renumbered
from desktop.ui.criteria import draft_delegate
from desktop.ui.criteria.lower_pane import CASES, CHANGES
from desktop.ui.review.review_screen import ReviewScreen
from tests.ui.criteria.conftest import CTRL, Typist


def edit(typist: Typist) -> str:
    """The sample's own set, open in the editor; its id."""
    own = typist.services.catalogue.typed_sets()[0].id
    typist.window.case_page.type_criteria_set("", own)
    wait(typist)
    return own


def wait(typist: Typist) -> None:
    """Until what follows a moment after every change has happened too."""
    typist.settle()
    for timer in (
        typist.panel.trial_side._try_timer,
        typist.panel.trial_side._compare_timer,
        typist.panel._check_timer,
    ):
        typist.qtbot.waitUntil(lambda timer=timer: not timer.isActive())
        typist.settle()


def badges(typist: Typist) -> dict[str, Truth]:
    """What every criterion comes to, as the outline shows it."""
    rows = typist.panel.tree.rows
    found = {}
    for node in criteria_of(typist.panel.desk.draft):
        row = rows.row_at(rows.index_of(node.key))
        if row is not None and row.result is not None:
            found[node.id or node.text] = row.result.truth
    return found


def lines_of(typist: Typist) -> list[str]:
    changes = typist.panel.below.changes
    return [changes.item(at).text().strip() for at in range(changes.count())]


def test_every_node_shows_what_it_comes_to_for_the_open_case(typist: Typist) -> None:
    own = edit(typist)
    view = typist.services.review.view(typist.case_id)
    trace = next(item for item in view.traces if item.set_id == own)
    expected = {node.id: node.truth for node in trace.levels[0].root.children}
    assert badges(typist) == expected
    assert typist.panel.badge.visual.word == {"true": "Met", "false": "Not met"}[trace.truth.value]
    typist.panel.tree.setFocus()
    typist.press(Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return)
    typist.type("Something new")
    wait(typist)
    assert badges(typist)["Something new"] is Truth.UNKNOWN
    row = typist.panel.tree.rows.row_at(typist.panel.tree.currentIndex())
    assert row is not None
    assert row.spoken() == "2, Something new, not established, 1 to consider"


def test_a_new_set_is_meant_for_the_line_that_the_review_has_in_front(typist: Typist) -> None:
    review = typist.window.case_page.screen_in_front
    assert isinstance(review, ReviewScreen)
    lines = typist.services.cases.case(typist.case_id).service_lines
    review.choose_line(lines[1].id)
    typist.settle()
    typist.open()
    wait(typist)
    assert typist.panel.trial.line == lines[1]
    assert typist.panel.lines.chosen == (lines[1].id,)


def test_enter_on_a_kind_of_document_goes_on_to_the_next_criterion(typist: Typist) -> None:
    typist.start("Therapy lasted at least 6 weeks")
    chip = next(iter(typist.panel.criterion_form.kinds.chips.values()))
    chip.setFocus()
    typist.press(Qt.Key.Key_Return)
    typist.type("Next")
    assert typist.outline == "Therapy lasted at least 6 weeks Next"


def test_an_answer_given_elsewhere_shows_at_once(typist: Typist) -> None:
    own = edit(typist)
    first = criteria_of(typist.panel.desk.draft)[0].id
    assert badges(typist)[first] is Truth.FALSE
    key = AssessmentKey(set_id=own, criterion_id=first)
    review = typist.services.review
    typist.context.commit(lambda: review.set_state(typist.case_id, key, AssessmentState.MET))
    wait(typist)
    assert badges(typist)[first] is Truth.TRUE


def test_the_rule_of_the_whole_set_changes_the_result_while_it_is_chosen(typist: Typist) -> None:
    edit(typist)
    assert typist.panel.badge.visual.word == "Not met"
    typist.panel.set_form.rule.box.setCurrentIndex(1)
    wait(typist)
    assert typist.panel.badge.visual.word == "Met"


def test_the_record_says_what_it_would_answer(typist: Typist) -> None:
    typist.start("Therapy lasted at least 6 weeks")
    typist.panel.criterion_form.value.number.setFocus()
    typist.type(">= 6 weeks")
    typist.press(Qt.Key.Key_Tab)
    measure = typist.panel.criterion_form.measure
    words = [measure.box.itemText(at) for at in range(measure.box.count())]
    measure.box.setCurrentIndex(
        next(at for at, said in enumerate(words) if said.startswith("Physical therapy"))
    )
    wait(typist)
    assert "The open case: Physical therapy 20" in measure.message
    assert (
        typist.panel.below.findings.count() == 0 or "record" not in typist.panel.below.findings.item(0).text()
    )


def test_answers_of_the_case_become_a_test_case_that_is_stored_with_the_set(typist: Typist) -> None:
    own = edit(typist)
    below = typist.panel.below
    assert below._empty[CASES].text().startswith("No test cases yet")
    typist.panel.keep_case()
    wait(typist)
    assert below.front == CASES
    assert below.tabs.tabText(CASES) == "Test cases 1"
    assert below.cases.item(0).text() == "From an open case 1: not met · as expected"
    typist.panel.set_form.rule.box.setCurrentIndex(1)
    wait(typist)
    assert below.tabs.tabText(CASES) == "Test cases 1 · 1 otherwise"
    assert "expected false" in below.cases.item(0).text()
    typist.panel.desk.undo()
    typist.save()
    cases = typist.services.catalogue.typed_cases(own)
    assert cases.startswith("- name: ")
    member = typist.services.cases.case(typist.case_id).member
    assert member.family_name
    assert member.family_name not in cases
    edit(typist)
    assert below.cases.count() == 1
    below.drop_case.click()
    wait(typist)
    assert below.cases.count() == 0
    typist.save()
    assert typist.services.catalogue.typed_cases(own) == ""


def test_a_test_case_gives_new_criteria_their_ids_for_good(typist: Typist) -> None:
    typist.start("Pain lasts")
    typist.panel.keep_case()
    wait(typist)
    (node,) = criteria_of(typist.panel.desk.draft)
    assert node.id == "pain-lasts"
    typist.panel.criterion_form.words.area.setPlainText("Pain has lasted for months")
    assert criteria_of(typist.panel.desk.draft)[0].id == "pain-lasts"


def test_what_a_change_would_do_is_told_by_difference_and_by_open_case(typist: Typist) -> None:
    edit(typist)
    typist.panel.below.bring(CHANGES)
    wait(typist)
    assert lines_of(typist) == [
        "1 open case is held against it; none would come out otherwise.",
        "Nothing differs from the set as it is stored.",
    ]
    typist.panel.set_form.rule.box.setCurrentIndex(1)
    wait(typist)
    lines = lines_of(typist)
    assert lines[0] == "1 open case is held against it; 1 would come out otherwise."
    number = typist.services.cases.case(typist.case_id).number
    assert lines[1].startswith(f"{number} · ")
    assert "not met → met" in lines[1]
    assert "rule" in lines[-1]
    assert typist.panel.below.tabs.tabText(CHANGES) == "What it changes · 1 case"


def test_a_new_edition_is_stored_beside_the_old_one_and_takes_the_answers_along(typist: Typist) -> None:
    own = edit(typist)
    typist.panel.edition.click()
    wait(typist)
    draft = typist.panel.desk.draft
    assert (draft.id, draft.supersedes) == (f"{own}-2", own)
    held = typist.panel.lines.chosen
    typist.panel.head.fields["edition"].line.setText("2027")
    typist.panel.set_form.fields["effective_from"].editor.setText("1/1/2027")  # type: ignore[attr-defined]
    typist.save()
    assert not typist.panel.is_open
    stored = typist.services.catalogue.library().get(f"{own}-2")
    assert stored is not None
    assert (stored.edition, str(stored.effective_from)) == ("2027", "2027-01-01")
    assert typist.services.catalogue.library().get(own) is not None
    view = typist.services.review.view(typist.case_id)
    line = view.case.service_line(held[0])
    assert line is not None
    assert stored.id in line.criteria_set_ids
    assert own not in line.criteria_set_ids
    assert {key.criterion_id for key in view.assessments if key.set_id == stored.id} == {
        key.criterion_id for key in view.assessments if key.set_id == own
    }


def test_an_unfinished_edition_is_kept_apart_from_the_set_it_follows(typist: Typist) -> None:
    own = edit(typist)
    typist.panel.edition.click()
    typist.settle()
    typist.panel.head.fields["edition"].line.setText("half of")
    typist.press(Qt.Key.Key_Escape)
    typist.settle()
    edit(typist)
    assert typist.panel.desk.draft.edition != "half of"
    assert typist.panel.desk.draft.id == own
    typist.panel.edition.click()
    typist.settle()
    assert typist.panel.desk.draft.edition == "half of"


def test_two_editions_in_force_at_once_are_told_while_it_is_written(typist: Typist) -> None:
    edit(typist)
    panel = typist.panel
    panel.set_form.fields["effective_from"].editor.setText("2026-01-01")  # type: ignore[attr-defined]
    typist.save()
    edit(typist)
    panel.toggle_text()
    panel.text_view.area.setPlainText(
        panel.text_view.text.replace("id: meridian-example.sp-22", "id: other.set")
    )
    panel.picker.setCurrentIndex(0)
    panel.picker.activated.emit(0)
    typist.settle()
    own = typist.services.catalogue.typed_sets()[0]
    panel.desk.open(
        replace(
            panel.desk.draft,
            family=own.family,
            title=own.title,
            publisher=own.publisher,
            document_number=own.document_number,
            edition="2",
            effective_from="2026-06-01",
            root=GroupDraft(key=1, children=(CriterionDraft(key=2, text="It holds"),)),
        )
    )
    typist.check()
    assert "still in force" in panel.set_form.fields["effective_from"].message


def test_the_level_that_is_looked_at_is_chosen_above_the_outline(typist: Typist) -> None:
    edit(typist)
    trial = typist.panel.trial
    assert trial.places.count() > 1
    trial.places.setCurrentIndex(1)
    trial.places.activated.emit(1)
    assert trial.place == (typist.services.cases.case(typist.case_id).service_lines[0].levels[1], "")
    trial.lines.setCurrentIndex(1)
    trial.lines.activated.emit(1)
    wait(typist)
    assert trial.place[0] in typist.services.cases.case(typist.case_id).service_lines[1].levels


def test_the_editor_works_without_a_case(typist: Typist) -> None:
    typist.open()
    typist.panel.open_set("")
    wait(typist)
    assert not typist.panel.trial.isVisible()
    assert not typist.panel.lines.isVisible()
    assert not typist.panel.badge.isVisible()
    typist.type_head()
    typist.type("It holds")
    typist.save()
    assert typist.services.catalogue.library().get("own-plan.reinsertion-criteria") is not None


def test_a_letter_lays_out_one_row_however_many_there_are(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.open()
    rows = tuple(CriterionDraft(text=f"Criterion {number}") for number in range(200))
    typist.panel.desk.open(renumbered(CriteriaDraft(root=GroupDraft(children=rows))), 3)
    wait(typist)
    typist.panel.focus_words()
    laid_out: list[int] = []
    real = draft_delegate.lay_out
    monkeypatch.setattr(
        draft_delegate,
        "lay_out",
        lambda theme, row, width: (laid_out.append(row.key), real(theme, row, width))[1],
    )
    typist.type("abc")
    typist.settle()
    assert set(laid_out) <= {3}


def test_undo_is_offered_with_its_words_and_reaches_back_over_fields(typist: Typist) -> None:
    typist.start("One")
    typist.panel.criterion_form.value.unit.setFocus()
    typist.type("mm")
    assert typist.panel.undo_button.toolTip() == "Ctrl+Z: Change “One”"
    typist.press(Qt.Key.Key_Z, with_=CTRL)
    assert typist.panel.criterion_form.value.unit.text() == ""
    assert typist.panel.status.text() == "Taken back: Change “One”"
    typist.press(Qt.Key.Key_Z, with_=CTRL)
    assert typist.outline == "_"


def test_what_is_said_of_one_criterion_does_not_stay_at_the_next(typist: Typist) -> None:
    typist.start("Fine")
    value = typist.panel.criterion_form.value
    value.number.setFocus()
    typist.type("4")
    typist.check()
    assert "not a comparison" in value.message
    typist.press(Qt.Key.Key_Return)
    assert value.message == ""
    typist.type("Also fine")
    typist.press(Qt.Key.Key_Up, with_=CTRL)
    assert "not a comparison" in value.message


def test_the_set_just_saved_is_in_front_of_the_review_with_the_keyboard_in_its_tree(typist: Typist) -> None:
    review = typist.window.case_page.screen_in_front
    assert isinstance(review, ReviewScreen)
    before = review.active_pane.set_id
    typist.start("It holds")
    typist.save()
    assert not typist.panel.is_open
    assert review.active_pane.set_id == "own-plan.reinsertion-criteria" != before
    assert typist.focus is review.active_pane.tree
    typist.press(Qt.Key.Key_1)
    typist.settle()
    assert review.current_key is not None
    assert review.current_key.set_id == "own-plan.reinsertion-criteria"
    edit(typist)
    typist.panel.head.fields["title"].line.setText("Another title")
    typist.save()
    assert review.active_pane.set_id == typist.services.catalogue.typed_sets()[0].id


def test_a_set_saved_for_another_line_leaves_the_one_in_front(typist: Typist) -> None:
    review = typist.window.case_page.screen_in_front
    assert isinstance(review, ReviewScreen)
    lines = typist.services.cases.case(typist.case_id).service_lines
    before = review.active_pane.set_id
    typist.start("It holds")
    for at, line in enumerate(lines):
        typist.panel.lines.boxes[line.id].setChecked(at == 1)
    typist.save()
    assert review.active_pane.set_id == before
    review.choose_line(lines[1].id)
    assert "own-plan.reinsertion-criteria" in [item for item in review._set_ids if item]
