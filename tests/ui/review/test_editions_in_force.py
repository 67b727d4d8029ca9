"""A set that is not in force offers the edition that is, with what goes over; a set that is not there is said."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.services.reviews import ReviewView
from desktop.ui.review.edition_desk import IN_FORCE
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.review.conftest import StoredReviewer

LINE = "line-arthrodesis"
OLD = """\
id: plan.fusion
family: plan-fusion
title: Fusion, the plan's rule
publisher: Example Plan
document_number: SP-9
edition: "2025"
licence: user
effective_from: 2025-01-01
effective_to: 2025-12-31
criteria:
  all:
    - {id: pain, text: Pain for six months}
    - {id: bone, text: Bone is missing, per: level}
    - {id: aim, text: The surgeon states the aim}
    - {id: gone, text: A form is signed}
"""
NEW = (
    OLD.replace("id: plan.fusion\n", "id: plan.fusion.2026\nsupersedes: plan.fusion\n")
    .replace('"2025"', '"2026"')
    .replace("2025-01-01", "2026-01-01")
    .replace("effective_to: 2025-12-31\n", "")
    .replace("Pain for six months", "Pain for three months")
    .replace("    - {id: gone, text: A form is signed}\n", "")
)


def key(criterion_id: str, set_id: str = "plan.fusion", subject: str = "") -> AssessmentKey:
    return AssessmentKey(set_id=set_id, criterion_id=criterion_id, subject=subject)


@pytest.fixture
def dated(at_store: StoredReviewer) -> StoredReviewer:
    """The line on a day of 2026, held against the edition of 2025 and answered under it."""
    services, case_id = at_store.services, at_store.case_id
    services.catalogue.type_set(OLD)
    services.editions.store_edition(NEW)
    lines = tuple(
        line.model_copy(update={"service_on": date(2026, 5, 20)}) if line.id == LINE else line
        for line in services.cases.case(case_id).service_lines
    )
    services.cases.save_service_lines(case_id, lines)
    services.review.choose_sets(case_id, LINE, ("plan.fusion",))
    for criterion_id in ("pain", "aim", "gone"):
        services.review.set_state(case_id, key(criterion_id), AssessmentState.MET)
    for level in services.cases.case(case_id).levels:
        services.review.set_state(case_id, key("bone", subject=level), AssessmentState.MET)
    return reopened(at_store)


def reopened(at_store: StoredReviewer) -> StoredReviewer:
    at_store.screen.show_case(at_store.case_id)
    at_store.wait()
    at_store.screen.choose_line(LINE)
    at_store.wait()
    at_store.tree.setFocus()
    return at_store


def named(view: ReviewView) -> tuple[str, ...]:
    line = view.case.service_line(LINE)
    assert line is not None
    return line.criteria_set_ids


def test_shift_p_says_what_goes_over_and_enter_takes_it_in_one_step(dated: StoredReviewer) -> None:
    assert dated.screen.set_panes[0].edition.isVisible()
    before = dated.view
    dated.press(Qt.Key.Key_P, shift=True)
    page = dated.screen.asking
    assert page.isVisible()
    assert page.yes.hasFocus()
    said = page.words.text()
    assert "4 answered questions keep their answers, 1 to be read again" in said.casefold()
    assert "–  Pain for three months" in said
    assert "–  A form is signed" in said
    assert "The result stays: met." in said
    assert_accessible(dated.screen, 20)
    assert labels_that_guess_their_format(dated.screen) == []
    dated.press(Qt.Key.Key_Return)
    assert named(dated.view) == ("plan.fusion.2026",)
    assert dated.screen.active_pane.set_id == "plan.fusion.2026"
    assert dated.view.assessments[key("aim", "plan.fusion.2026")].state is AssessmentState.MET
    assert not dated.screen.set_panes[0].edition.isVisible()
    assert "4 answered questions keep their answers" in dated.said()
    assert dated.notify.notices[-1].offers_undo
    dated.services.history.undo(dated.case_id)
    after = dated.view
    assert (after.case, after.assessments) == (before.case, before.assessments)


def test_words_that_do_not_fit_are_scrolled_by_key_beside_an_answer_in_sight(dated: StoredReviewer) -> None:
    dated.screen.resize(1000, 500)
    dated.press(Qt.Key.Key_P, shift=True)
    page = dated.screen.asking
    assert page.scrolled == 0
    dated.press(Qt.Key.Key_PageDown)
    assert page.scrolled > 0
    assert page.yes.hasFocus()
    assert page.rect().contains(page.yes.mapTo(page, page.yes.rect().bottomRight()))
    dated.press(Qt.Key.Key_PageUp)
    assert page.scrolled == 0


def test_the_button_at_the_warning_asks_too_and_no_changes_nothing(dated: StoredReviewer) -> None:
    QTest.mouseClick(dated.screen.set_panes[0].edition, Qt.MouseButton.LeftButton)
    dated.wait()
    assert dated.screen.asking.isVisible()
    QTest.mouseClick(dated.screen.asking.no, Qt.MouseButton.LeftButton)
    dated.wait()
    assert named(dated.view) == ("plan.fusion",)
    assert dated.screen.note_pane.isVisible()


def test_the_edition_in_force_itself_offers_nothing(dated: StoredReviewer) -> None:
    dated.services.review.choose_sets(dated.case_id, LINE, ("plan.fusion.2026",))
    reopened(dated)
    assert not dated.screen.set_panes[0].edition.isVisible()
    dated.press(Qt.Key.Key_P, shift=True)
    assert dated.said() == IN_FORCE


def test_a_signed_review_keeps_its_edition(dated: StoredReviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    view = dated.screen.view
    assert view is not None
    object.__setattr__(view, "is_signed", True)
    dated.screen.show_view(view)
    assert not dated.screen.set_panes[0].edition.isVisible()
    dated.press(Qt.Key.Key_P, shift=True)
    assert "signed" in dated.said()
    assert not dated.screen.asking.isVisible()


def test_a_result_that_changes_is_said_with_its_levels(dated: StoredReviewer) -> None:
    dated.services.review.set_state(dated.case_id, key("gone"), AssessmentState.NOT_MET)
    reopened(dated)
    dated.press(Qt.Key.Key_P, shift=True)
    said = dated.screen.asking.words.text()
    assert "The result: not met now, met then." in said
    assert " L5-S1: not met now, met then." in said


def test_a_set_that_the_library_lacks_is_said_and_can_be_taken_off(
    dated: StoredReviewer,
) -> None:
    case = dated.services.cases.case(dated.case_id)
    lines = tuple(
        line.model_copy(update={"criteria_set_ids": ("lost.set", "plan.fusion")}) if line.id == LINE else line
        for line in case.service_lines
    )
    dated.services.cases.save_service_lines(dated.case_id, lines)
    reopened(dated)
    missing = dated.screen.missing_sets
    assert missing.isVisible()
    assert "lost.set" in missing.words.text()
    assert dated.view.missing_sets == ("lost.set",)
    assert_accessible(dated.screen, 20)
    # The other sets of the line can be chosen and removed all the same.
    dated.services.review.choose_sets(dated.case_id, LINE, (*named(dated.view), "plan.fusion.2026"))
    reopened(dated)
    dated.screen.choose_line(next(line.id for line in case.service_lines if line.id != LINE))
    assert not missing.isVisible()
    dated.screen.choose_line(LINE)
    missing.take_off.setFocus()
    dated.press(Qt.Key.Key_Return)
    assert named(dated.view) == ("plan.fusion", "plan.fusion.2026")
    assert not missing.isVisible()
