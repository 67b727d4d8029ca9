"""What the record holds is said at its criterion and taken by one key, never by itself and never over an answer."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.assessment import AssessmentState
from desktop.domain.clinical import ConservativeTreatment, TreatmentKind
from desktop.domain.determination import Decision
from desktop.ui.review.criteria_rows import RecordMark
from tests.services.measured_set import LINE, key, type_measured
from tests.ui.review.conftest import StoredReviewer


@pytest.fixture
def measured(at_store: StoredReviewer) -> StoredReviewer:
    """The sample's second line under a set with measured criteria."""
    type_measured(at_store.services, at_store.case_id)
    at_store.screen.show_case(at_store.case_id)
    at_store.wait()
    at_store.screen.choose_line(LINE)
    return at_store


def mark(reviewer: StoredReviewer, criterion_id: str, level: str = "") -> RecordMark | None:
    row = reviewer.tree.root
    assert row is not None
    found = next(item for item in row.children if item.id == criterion_id)
    cell = found.cell(level)
    return cell.mark if cell else None


def save_treatments(reviewer: StoredReviewer, treatments: tuple[ConservativeTreatment, ...]) -> None:
    """Somebody corrects the treatments elsewhere."""
    saved = reviewer.services.cases.save_treatments(reviewer.case_id, treatments)
    reviewer.context.refresh.changes_committed.emit(saved.changes, None)
    reviewer.wait()


def test_a_question_that_the_record_can_answer_is_marked_and_says_so(measured: StoredReviewer) -> None:
    assert mark(measured, "therapy") is RecordMark.OFFERED
    assert mark(measured, "asked") is None
    measured.stand_on("therapy")
    bar = measured.screen.panel.record
    assert bar.isVisible()
    assert bar.words.text().startswith("The record says: Physical therapy 2025-10-06 to 2025-12-19")
    assert "meets ≥ 6 weeks" in bar.words.text()
    measured.stand_on("asked")
    assert not bar.isVisible()


def test_one_key_takes_what_the_record_says(measured: StoredReviewer) -> None:
    measured.stand_on("therapy")
    measured.press(Qt.Key.Key_R)
    taken = measured.view.assessments[key("therapy")]
    assert taken.arithmetic
    assert mark(measured, "therapy") is None
    bar = measured.screen.panel.record
    assert bar.words.text().startswith("Taken from the record: Physical therapy")
    assert not bar.take.isVisible()
    row = measured.tree.current_row()
    assert row is not None
    assert row.cells[0].state_word == "met by its value"


def test_the_button_takes_it_too(measured: StoredReviewer) -> None:
    measured.stand_on("therapy")
    QTest.mouseClick(measured.screen.panel.record.take, Qt.MouseButton.LeftButton)
    measured.wait()
    assert measured.view.assessments[key("therapy")].amount is not None


def test_every_answer_of_the_record_is_taken_in_one_step_and_counted(measured: StoredReviewer) -> None:
    services, case_id = measured.services, measured.case_id
    services.review.set_state(case_id, key("motion", "L4-L5"), AssessmentState.UNCLEAR)
    measured.screen.show_case(case_id)
    measured.wait()
    waiting = len(measured.view.untaken_offers)
    assert waiting >= 2
    measured.tree.setFocus()
    measured.press(Qt.Key.Key_R, shift=True)
    assert measured.view.untaken_offers == ()
    assert measured.view.assessments[key("motion", "L4-L5")].amount is None
    assert f"{waiting} answers were taken" in measured.said()
    services.history.undo(case_id)
    assert len(measured.view.untaken_offers) == waiting


def test_with_nothing_to_take_it_says_so(measured: StoredReviewer) -> None:
    measured.tree.setFocus()
    measured.press(Qt.Key.Key_R, shift=True)
    measured.press(Qt.Key.Key_R, shift=True)
    assert "still without an answer" in measured.said()
    measured.stand_on("asked")
    measured.press(Qt.Key.Key_R)
    assert "no value for this criterion" in measured.said()


def test_a_taken_answer_whose_record_changed_is_marked_and_renewed_by_the_same_key(
    measured: StoredReviewer,
) -> None:
    measured.stand_on("therapy")
    measured.press(Qt.Key.Key_R)
    later = [
        item.model_copy(update={"ended_on": date(2026, 7, 27)})
        if item.kind is TreatmentKind.PHYSICAL_THERAPY
        else item
        for item in measured.view.case.treatments
    ]
    save_treatments(measured, tuple(later))
    assert mark(measured, "therapy") is RecordMark.STALE
    bar = measured.screen.panel.record
    assert "The record has changed" in bar.words.text()
    old = measured.view.assessments[key("therapy")]
    measured.press(Qt.Key.Key_R)
    assert measured.view.assessments[key("therapy")].arithmetic != old.arithmetic
    assert mark(measured, "therapy") is None


def test_a_value_that_the_record_no_longer_gives_can_be_taken_out(measured: StoredReviewer) -> None:
    measured.stand_on("therapy")
    measured.press(Qt.Key.Key_R)
    save_treatments(measured, ())
    assert "no longer gives" in measured.screen.panel.record.words.text()
    measured.press(Qt.Key.Key_R)
    assert key("therapy") not in measured.view.assessments


def test_a_signed_review_offers_nothing(measured: StoredReviewer) -> None:
    services, case_id = measured.services, measured.case_id
    determination = services.determinations.current(case_id)
    for line in measured.view.case.service_lines:
        decided = determination.line(line.id).model_copy(
            update={"decision": Decision.CANNOT_DETERMINE, "rationale": "Open.", "levels": ()}
        )
        services.determinations.decide(case_id, decided)
    services.determinations.sign(case_id, name="R. Reviewer", credential="MD", meaning="reviewed")
    measured.screen.show_case(case_id)
    measured.wait()
    measured.stand_on("therapy")
    assert not measured.screen.panel.record.isVisible()
    measured.press(Qt.Key.Key_R)
    assert "signed" in measured.said()
