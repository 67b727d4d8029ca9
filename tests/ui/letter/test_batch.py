"""Letters of many cases in one go: the good ones come out, the others are told, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QListWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case import CaseStatus
from desktop.domain.case_file import CaseFile
from desktop.ui.letter.batch_page import BatchPage
from desktop.ui.worklist.screen import WorklistScreen
from desktop.ui.worklist.views import VIEWS
from tests.ui.accessibility import assert_accessible
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]


def many(desk: Desk, sample_file: CaseFile, count: int) -> None:
    for place in range(count):
        other = sample_file.case.model_copy(update={"id": f"other-{place}", "number": f"26-9{place:03}"})
        desk.context.services.cases.import_case(sample_file.model_copy(update={"case": other}))


def show(desk: Desk) -> None:
    desk.screen.print_many()
    desk.settle()
    page = desk.frame.batch
    for row in range(page.cases.count()):
        page.cases.item(row).setCheckState(Qt.CheckState.Checked)


def settle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.screen.batch.is_running, timeout=20_000)
    desk.settle()


def test_a_case_without_a_letter_is_told_and_stops_no_other(
    open_letter: Open, sample_file: CaseFile, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = open_letter()
    desk.compose()
    many(desk, sample_file, 2)
    show(desk)
    page = desk.frame.batch
    assert page.start_button.text() == "Start: 3 cases"
    assert_accessible(desk.screen)
    desk.screen.batch.run_into(str(tmp_path))
    settle(desk, qtbot)
    number = desk.context.services.cases.case(desk.case_id).number
    assert [file.name for file in tmp_path.glob("*.pdf")] == [f"Letter {number}.pdf"]
    assert (tmp_path / f"Letter {number}.pdf").read_bytes().startswith(b"%PDF")
    assert page.told.text() == "1 of 3 saved. 2 could not be."
    assert page.report.count() == 2
    assert "No letter was composed" in page.report.item(0).text()


def test_it_can_be_stopped_and_what_is_done_stays_done(
    open_letter: Open, sample_file: CaseFile, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = open_letter()
    desk.compose()
    many(desk, sample_file, 3)
    show(desk)
    desk.screen.batch.run_into(str(tmp_path))
    assert desk.frame.batch.stop_button.isVisible()
    qtbot.mouseClick(desk.frame.batch.stop_button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert desk.frame.batch.told.text().endswith("Stopped; what was done stays done.")
    assert len(list(tmp_path.glob("*.pdf"))) <= 1


def test_a_folder_that_cannot_be_written_is_told_for_every_case(
    open_letter: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = open_letter()
    desk.compose()
    show(desk)
    desk.screen.batch.run_into(str(tmp_path / "nowhere"))
    settle(desk, qtbot)
    assert "could not be written" in desk.frame.batch.report.item(0).text()
    assert not any(
        event.operation == "letter_saved_as_pdf" for event in desk.context.services.audit(desk.case_id)
    )


def test_only_issued_letters_are_ticked_to_begin_with(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.print_many()
    desk.settle()
    assert desk.frame.batch.chosen == []
    assert not desk.frame.batch.start_button.isEnabled()
    qtbot.mouseClick(desk.frame.batch.back_button, Qt.MouseButton.LeftButton)
    desk.screen.issue()
    qtbot.keyClick(desk.frame.issue_strip.issue_button, Qt.Key.Key_Return)
    desk.settle()
    assert desk.context.services.cases.case(desk.case_id).status is CaseStatus.LETTER_ISSUED
    desk.screen.print_many()
    desk.settle()
    assert [case_id for case_id, _ in desk.frame.batch.chosen] == [desk.case_id]


def test_back_leads_to_the_letter_with_the_keyboard_in_it(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.print_many()
    desk.settle()
    assert desk.frame.batch.cases.hasFocus()
    qtbot.mouseClick(desk.frame.batch.back_button, Qt.MouseButton.LeftButton)
    assert desk.frame.has_workplace
    assert desk.frame.outline.hasFocus()


def open_desk(desk: Desk, qtbot: QtBot) -> tuple[WorklistScreen, QListView]:
    screen = WorklistScreen(desk.context)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    qtbot.waitUntil(lambda: desk.context.runner.pending == 0)
    screen.focus_list()
    cases = next(item for item in screen.findChildren(QListView) if item.accessibleName() == "Cases")
    return screen, cases


def ask_for_letters(desk: Desk, screen: WorklistScreen, cases: QListView, qtbot: QtBot) -> BatchPage:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(cases, Qt.Key.Key_P, keys)
    qtbot.waitUntil(lambda: desk.context.runner.pending == 0)
    assert screen.place.front is not None
    return screen.place.front


def test_letters_of_the_cases_chosen_on_the_desk_are_saved_by_keyboard(
    open_letter: Open, sample_file: CaseFile, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = open_letter()
    desk.compose()
    many(desk, sample_file, 2)
    for place in range(2):
        desk.context.services.letters.compose(f"other-{place}")
    screen, cases = open_desk(desk, qtbot)
    chosen = cases.currentIndex()
    qtbot.keyClick(cases, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert chosen in cases.selectedIndexes()
    page = ask_for_letters(desk, screen, cases, qtbot)
    assert page.cases.hasFocus()
    assert page.start_button.text() == "Start: 2 cases"
    numbers = [number for _, number in page.chosen]
    assert screen.panes() == [page]
    batch = screen.place.batch
    assert batch is not None
    batch.run_into(str(tmp_path))
    qtbot.waitUntil(lambda: not batch.is_running, timeout=20_000)
    qtbot.waitUntil(lambda: desk.context.runner.pending == 0)
    assert sorted(file.name for file in tmp_path.glob("*.pdf")) == sorted(
        f"Letter {number}.pdf" for number in numbers
    )
    qtbot.keyClick(page.cases, Qt.Key.Key_Escape)
    assert screen.place.front is None
    assert cases.hasFocus()


def test_with_one_case_chosen_the_whole_view_is_offered_and_only_issued_letters_are_ticked(
    open_letter: Open, sample_file: CaseFile, qtbot: QtBot
) -> None:
    desk = open_letter()
    desk.compose()
    desk.context.services.letters.issue(desk.case_id)
    many(desk, sample_file, 2)
    screen, cases = open_desk(desk, qtbot)
    views = next(item for item in screen.findChildren(QListWidget) if item.accessibleName() == "Saved views")
    views.setCurrentRow(next(at for at, view in enumerate(VIEWS) if view.id == "all"))
    qtbot.waitUntil(lambda: desk.context.runner.pending == 0)
    page = ask_for_letters(desk, screen, cases, qtbot)
    assert page.cases.count() == 3
    assert [case_id for case_id, _ in page.chosen] == [desk.case_id]
    assert_accessible(screen)
