"""The determination page by keyboard: decide, reason, sign once, and supersede."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.criteria import Polarity
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.errors import UserFacingError
from desktop.domain.evaluation import LevelTrace, NodeTrace
from desktop.domain.service_line import Laterality
from desktop.domain.truth import Truth
from desktop.ui.determination.line_results import results_of
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.determination.conftest import Page
from tests.ui.determination.fakes import fake_services, open_criterion, sample_traces, trace
from tests.ui.intake.sample import sample_case

Open = Callable[..., Page]


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def decide_all(page: Page, qtbot: QtBot) -> None:
    for panel in page.screen.panels.values():
        panel.decision.buttons[Decision.NECESSARY].setFocus()
        press(qtbot, Qt.Key.Key_Space)
        panel.rationale.area.setFocus()
        qtbot.keyClicks(panel.rationale.area, "Loose S1 screws.")
    page.save()


def test_the_same_open_question_at_several_levels_is_one_line() -> None:
    ask = {level: (Truth.UNKNOWN, (open_criterion("c", level, "Nonunion"),)) for level in ("L4-L5", "L5-S1")}
    (result,) = results_of((trace("l2", "s", ask),), "l2")
    assert [(point.text, point.levels) for point in result.points] == [("Nonunion", "L4-S1")]
    assert [(level.level, level.truth) for level in result.levels] == [
        ("L4-L5", Truth.UNKNOWN),
        ("L5-S1", Truth.UNKNOWN),
    ]


def test_sides_are_named_as_sides_and_what_must_be_absent_says_so() -> None:
    pain = [open_criterion("pain", side, "Pain at night") for side in ("left", "right")]
    infected = NodeTrace(id="inf", kind="criterion", text="x", truth=Truth.UNKNOWN, polarity=Polarity.ABSENT)
    root = NodeTrace(id="root", kind="all", text="", truth=Truth.UNKNOWN, children=(infected,))
    open_now = open_criterion("inf", "left", "The joint is infected")
    levels = (
        LevelTrace(side="left", truth=Truth.UNKNOWN, root=root, missing=(pain[0], open_now)),
        LevelTrace(side="right", truth=Truth.FALSE, root=root, missing=(pain[1],)),
    )
    knee = trace("knee", "s", {}).model_copy(update={"levels": levels})
    (result,) = results_of((knee,), "knee")
    assert [(level.level, level.truth) for level in result.levels] == [
        ("Left", Truth.UNKNOWN),
        ("Right", Truth.FALSE),
    ]
    assert [(point.levels, point.text) for point in result.points] == [
        ("Both sides", "Pain at night"),
        ("Left", "The joint is infected (must be absent)"),
    ]


def test_one_of_two_sides_is_found_necessary(open_page: Open, qtbot: QtBot) -> None:
    case = sample_case()
    lines = (case.service_lines[0].model_copy(update={"levels": (), "laterality": Laterality.BILATERAL}),)
    page = open_page(services=fake_services(case.model_copy(update={"service_lines": lines})))
    panel = page.screen.panels["l1"]
    assert not panel.sides.isVisible()
    qtbot.mouseClick(panel.decision.buttons[Decision.NECESSARY], Qt.MouseButton.LeftButton)
    page.save()
    assert page.store.stored.line("l1").sides == ("left", "right")
    assert panel.sides.isVisible()
    assert not panel.levels.isVisible()
    qtbot.mouseClick(panel.decision.buttons[Decision.NECESSARY_IN_PART], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.sides.chips["left"], Qt.MouseButton.LeftButton)
    page.save()
    assert page.store.stored.line("l1").sides == ("right",)
    qtbot.mouseClick(panel.decision.buttons[Decision.NOT_NECESSARY], Qt.MouseButton.LeftButton)
    page.save()
    assert page.store.stored.line("l1").sides == ()


def test_a_line_for_one_side_asks_for_no_side(open_page: Open, qtbot: QtBot) -> None:
    case = sample_case()
    lines = (case.service_lines[0].model_copy(update={"levels": (), "laterality": Laterality.LEFT}),)
    page = open_page(services=fake_services(case.model_copy(update={"service_lines": lines})))
    panel = page.screen.panels["l1"]
    qtbot.mouseClick(panel.decision.buttons[Decision.NECESSARY], Qt.MouseButton.LeftButton)
    page.save()
    assert page.store.stored.line("l1").sides == ()
    assert not panel.sides.isVisible()


def test_results_are_only_those_of_the_line() -> None:
    assert [result.title for result in results_of(sample_traces(), "l2")] == ["Lumbar fusion, revision"]
    assert results_of(sample_traces(), "other") == ()


def test_each_line_shows_what_the_criteria_say_and_what_would_close_them(open_page: Open) -> None:
    page = open_page()
    silent = words(page.screen.panels["l1"])
    assert "Silent on this indication: it speaks of scoliosis only" in silent
    said = words(page.screen.panels["l2"])
    assert "Nicotine-free for 6 weeks, by cotinine" in said
    assert "Would close it: A cotinine lab report dated after 2026-10-11" in said
    assert "L4-L5: Imaging shows nonunion at the level" in said


def test_a_decision_is_made_with_its_levels_and_reason_by_keyboard(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Space)
    panel = page.screen.panels["l1"]
    assert panel.decision.read() is Decision.NECESSARY_IN_PART
    panel.levels.chips["L5-S1"].setFocus()
    press(qtbot, Qt.Key.Key_Space)
    panel.rationale.area.setFocus()
    qtbot.keyClicks(panel.rationale.area, "BP <120/80 & loose S1.")
    page.save()
    assert page.store.stored.line("l1") == LineDetermination(
        service_line_id="l1",
        decision=Decision.NECESSARY_IN_PART,
        levels=("L5-S1",),
        rationale="BP <120/80 & loose S1.",
    )
    assert "Saved" in page.screen.saved.text()


def test_granting_a_line_means_all_its_levels_and_refusing_means_none(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    panel = page.screen.panels["l2"]
    qtbot.mouseClick(panel.decision.buttons[Decision.NECESSARY], Qt.MouseButton.LeftButton)
    page.save()
    assert page.store.stored.line("l2").levels == ("L4-L5", "L5-S1")
    qtbot.mouseClick(panel.decision.buttons[Decision.CANNOT_DETERMINE], Qt.MouseButton.LeftButton)
    page.save()
    assert page.store.stored.line("l2").levels == ()
    assert not panel.levels.isVisible()
    qtbot.mouseClick(panel.decision.buttons[Decision.CANNOT_DETERMINE], Qt.MouseButton.LeftButton)
    page.save()
    assert page.store.stored.line("l2").decision is Decision.UNDECIDED


def test_what_another_screen_decided_is_not_overwritten(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    panel = page.screen.panels["l2"]
    panel.rationale.area.setFocus()
    qtbot.keyClicks(panel.rationale.area, "mine")
    theirs = LineDetermination(service_line_id="l2", decision=Decision.NOT_NECESSARY, rationale="theirs")
    page.store.stored = page.store.stored.model_copy(update={"lines": (theirs,)})
    changes = Changes(frozenset({ChangeFlag.DETERMINATION}), frozenset({"case1"}))
    page.context.refresh.changes_committed.emit(changes, None)
    page.settle()
    assert panel.decision.read() is Decision.NOT_NECESSARY
    assert panel.rationale.read() == "mine"
    page.save()
    assert page.store.stored.line("l2").decision is Decision.NOT_NECESSARY
    assert page.store.stored.line("l2").rationale == "mine"


def test_signing_waits_for_every_decision_and_reason_and_says_which(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    assert not page.screen.card.sign_button.isEnabled()
    assert "a decision on Reinsertion of fixation" in page.screen.card.missing.text()
    panel = page.screen.panels["l1"]
    qtbot.mouseClick(panel.decision.buttons[Decision.NECESSARY], Qt.MouseButton.LeftButton)
    assert "a rationale for Reinsertion of fixation" in page.screen.card.missing.text()


def sign(page: Page, qtbot: QtBot) -> None:
    decide_all(page, qtbot)
    page.screen.go_to_sign_off()
    page.screen.card.sign_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    page.settle()


def test_a_signature_closes_the_page_for_good(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    sign(page, qtbot)
    signed = page.store.stored.sign_off
    assert (signed.name, signed.credential) == ("R. Reviewer", "MD")
    card = page.screen.card
    assert "R. Reviewer, MD" in card.signed.text()
    assert not card.sign_button.isVisible()
    panel = page.screen.panels["l1"]
    assert panel.rationale.area.isReadOnly()
    assert not panel.decision.buttons[Decision.NECESSARY].isEnabled()
    assert not panel.levels.chips["L5-S1"].isEnabled()


def test_a_signed_page_shows_the_evaluation_that_the_review_shows(open_page: Open, qtbot: QtBot) -> None:
    services = fake_services()
    page = open_page(services=services)
    sign(page, qtbot)
    frozen = tuple(item.model_copy(update={"publisher": "The signed evaluation"}) for item in sample_traces())
    shown = services.review.view("case1").case
    services.review.view = lambda _case_id: SimpleNamespace(case=shown, traces=frozen)
    page.screen.show_case("case1")
    page.settle()
    assert "The signed evaluation" in words(page.screen)


def test_superseding_asks_in_place_and_opens_a_new_version(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    sign(page, qtbot)
    page.screen.go_to_sign_off()
    press(qtbot, Qt.Key.Key_Space)
    assert page.store.stored.version == 1
    assert QApplication.focusWidget() is page.screen.card.confirm_button
    press(qtbot, Qt.Key.Key_Space)
    page.settle()
    assert page.store.stored.version == 2
    assert not page.screen.panels["l1"].rationale.area.isReadOnly()
    assert page.screen.panels["l1"].rationale.read() == "Loose S1 screws."


def test_a_rationale_that_cannot_be_kept_stops_the_signature(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    decide_all(page, qtbot)
    page.screen.panels["l1"].rationale.area.setPlainText("a\x00b")
    qtbot.mouseClick(page.screen.card.sign_button, Qt.MouseButton.LeftButton)
    page.settle()
    assert page.store.stored.sign_off is None
    assert "was not signed" in page.context.notify.notices[-1].what
    assert "U+0000" in page.screen.panels["l1"].rationale.message


def test_a_failed_save_is_kept_and_tried_again(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    page.store.fails_with = UserFacingError("The disk is full.", safe="It is here.", todo="Make room.")
    panel = page.screen.panels["l1"]
    panel.rationale.area.setFocus()
    qtbot.keyClicks(panel.rationale.area, "kept")
    page.save()
    assert panel.rationale.read() == "kept"
    assert page.screen.saved.text() == "Not saved yet"
    page.store.fails_with = None
    page.save()
    assert page.store.stored.line("l1").rationale == "kept"


def test_a_case_without_service_lines_says_what_comes_first(open_page: Open) -> None:
    page = open_page(services=fake_services(Case(id="case1", number="26-0001")))
    assert "Add what was asked for in Intake" in words(page.screen)
    assert not page.screen.card.sign_button.isEnabled()


def test_everything_is_named_and_large_enough_at_both_ends_of_the_text_scale(
    open_page: Open, qtbot: QtBot
) -> None:
    for scale in (100, 200):
        page = open_page(scale=scale)
        qtbot.mouseClick(
            page.screen.panels["l1"].decision.buttons[Decision.NECESSARY], Qt.MouseButton.LeftButton
        )
        qtbot.wait(80)
        assert_accessible(page.screen)
        assert labels_that_guess_their_format(page.screen) == []


def test_the_keyboard_begins_at_the_first_decision_not_at_the_signature(open_page: Open) -> None:
    page = open_page()
    panel = page.screen.panels["l1"]
    assert QApplication.focusWidget() is panel.decision.buttons[Decision.NECESSARY]


def test_enter_presses_a_decision_as_the_space_bar_does(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    press(qtbot, Qt.Key.Key_Return)
    assert page.screen.panels["l1"].decision.read() is Decision.NECESSARY


def test_tab_walks_in_reading_order(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    seen: list[Any] = []
    for _ in range(5):
        seen.append(QApplication.focusWidget())
        press(qtbot, Qt.Key.Key_Tab)
    panel = page.screen.panels["l1"]
    assert seen == [*panel.decision.buttons.values(), panel.rationale.area]


def test_a_long_list_of_open_points_is_folded_and_opens_by_keyboard(open_page: Open, qtbot: QtBot) -> None:
    many = tuple(open_criterion(f"c{number}", "", f"Question {number}") for number in range(9))
    services = fake_services()
    shown = services.review.view("case1").case
    long = (trace("l1", "s", {"": (Truth.UNKNOWN, many)}),)
    services.review.view = lambda _case_id: SimpleNamespace(case=shown, traces=long)
    page = open_page(services=services)
    panel = page.screen.panels["l1"]
    assert "Question 4" in words(panel)
    assert "Question 5" not in words(panel)
    (more,) = list(panel.results.stops())
    assert more.text() == "Show 4 more open"
    more.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert "Question 8" in words(panel)
