"""The desk: cases by the week they are due, found by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QListWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case import CaseStatus
from desktop.domain.member import Sex
from desktop.domain.worklist import WorklistOrder, WorklistQuery, WorklistRow
from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.theme import Theme
from desktop.ui.worklist.delegate import column_places
from desktop.ui.worklist.model import ENTRY_ROLE, Heading, WorklistModel
from desktop.ui.worklist.screen import WorklistScreen
from desktop.ui.worklist.views import VIEWS, days_left, next_step, person, spoken, week_title
from tests.ui.frame.conftest import NOW, TODAY, add_case, wait

LIST = "Cases"


def row(days: int | None = 3, status: CaseStatus = CaseStatus.DRAFT, number: int = 1) -> WorklistRow:
    return WorklistRow(
        case_id=f"c{number}",
        number=f"26-{number:04}",
        status=status,
        initials="ML",
        date_of_birth=date(1962, 3, 1),
        sex=Sex.FEMALE,
        payer="Summit Plan",
        service="Revision arthrodesis · CPT 22612",
        levels="L4-S1",
        line_count=2,
        open_count=3,
        deadline_stated_on=None if days is None else TODAY + timedelta(days=days),
        updated_at=NOW,
        is_synthetic=True,
    )


@pytest.mark.parametrize(
    ("days", "title", "words"),
    [
        (-3, "Overdue", "3 d overdue"),
        (0, "Due this week", "today"),
        (6, "Due this week", "6 d left"),
        (7, "Due next week", "7 d left"),
        (14, "Due in the week of 2026-06-29", "14 d left"),
        (None, "No deadline recorded", ""),
    ],
)
def test_a_case_stands_under_the_week_it_is_due(days: int | None, title: str, words: str) -> None:
    assert week_title(row(days), TODAY) == title
    assert days_left(row(days), TODAY) == words


def test_a_case_whose_letter_went_out_is_never_overdue() -> None:
    done = row(-30, CaseStatus.LETTER_ISSUED)
    assert week_title(done, TODAY) == "Done"
    assert days_left(done, TODAY) == ""


@given(st.integers(-400, 400), st.integers(0, 6))
def test_every_open_case_is_overdue_or_due_this_week_or_later_and_never_two_of_them(
    days: int, weekday: int
) -> None:
    today = TODAY + timedelta(days=weekday)
    views = {view.id: view for view in VIEWS}
    one = row((TODAY - TODAY).days + days)
    is_late, is_now = views["overdue"].covers(one, today), views["this_week"].covers(one, today)
    assert not (is_late and is_now)
    assert is_late == (week_title(one, today) == "Overdue")
    assert is_now == (week_title(one, today) == "Due this week")
    if views["overdue"].is_past(one, today):
        assert not is_late


def test_privacy_mode_leaves_number_and_service_and_nothing_of_the_person() -> None:
    assert person(row(), TODAY, is_private=True) == "••"
    text = spoken(row(), TODAY, is_private=True)
    assert "26-0001" in text
    assert not any(word in text for word in ("ML", "64", "Summit"))
    assert "ML  F, 64" in spoken(row(), TODAY, is_private=False)


def test_every_status_has_a_next_step() -> None:
    assert len({next_step(status, 0) for status in CaseStatus}) == len(CaseStatus)
    assert next_step(CaseStatus.UNDER_REVIEW, 4).startswith("4 ")


def test_headings_are_not_selectable_and_pages_join_without_a_second_heading(qapp: QApplication) -> None:
    model = WorklistModel()
    model.show_first_page([row(1, number=1), row(2, number=2)], TODAY, is_complete=False)
    asked: list[None] = []
    model.more_wanted.connect(partial(asked.append, None))
    parent = model.index(-1)
    assert model.canFetchMore(parent)
    model.fetchMore(parent)
    model.fetchMore(parent)
    assert len(asked) == 1
    model.add_page([row(3, number=3), row(9, number=4)], is_complete=True)
    entries = [model.index(i).data(ENTRY_ROLE) for i in range(model.rowCount())]
    assert [entry.text for entry in entries if isinstance(entry, Heading)] == [
        "Due this week",
        "Due next week",
    ]
    assert not model.index(0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.index_of("c4").row() == 5
    assert not model.canFetchMore(parent)


@pytest.mark.parametrize("scale", [100, 200])
def test_the_days_left_are_never_pushed_out_however_narrow_the_list(theme: Theme, scale: int) -> None:
    theme.choose("light", scale)
    for width in range(300 * scale // 100, 2000, 50):
        places = column_places(theme, width)
        left, room = places["due"]
        assert left + room <= width
        assert {"number", "service", "due"} <= set(places)
    theme.choose("light", 100)


@pytest.fixture
def desk(context: UiContext, services: Services, qtbot: QtBot) -> WorklistScreen:
    for label, days in (("Revision arthrodesis", 12), ("Knee arthroscopy", -2), ("Decompression", None)):
        add_case(services, label, days)
    screen = WorklistScreen(context)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    qtbot.waitExposed(screen)
    assert context.runner.wait_idle()
    wait(100)
    assert context.runner.wait_idle()
    return screen


def cases_shown(screen: WorklistScreen) -> list[str]:
    model = the_list(screen).model()
    entries = [model.index(i, 0).data(ENTRY_ROLE) for i in range(model.rowCount())]
    return [entry.service.split(" · ")[0] for entry in entries if isinstance(entry, WorklistRow)]


def the_list(screen: WorklistScreen) -> QListView:
    return next(part for part in screen.findChildren(QListView) if part.accessibleName() == LIST)


def test_the_most_urgent_case_comes_first_and_is_selected(desk: WorklistScreen) -> None:
    assert cases_shown(desk) == ["Knee arthroscopy", "Revision arthrodesis", "Decompression"]
    assert the_list(desk).currentIndex().data().startswith("26-0002")


def test_arrows_choose_a_case_and_enter_opens_it(desk: WorklistScreen, qtbot: QtBot) -> None:
    view = the_list(desk)
    desk.focus_list()
    QTest.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.case_opened) as caught:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [view.currentIndex().data(ENTRY_ROLE).case_id]
    assert view.currentIndex().data().startswith("26-0001")


def test_typing_in_the_filter_narrows_the_list_and_escape_brings_it_back(
    desk: WorklistScreen, context: UiContext
) -> None:
    desk.focus_filter()
    field = next(part for part in desk.findChildren(QLineEdit) if "Filter" in part.accessibleName())
    QTest.keyClicks(field, "knee")
    wait(250)
    assert context.runner.wait_idle()
    assert cases_shown(desk) == ["Knee arthroscopy"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    wait(250)
    assert context.runner.wait_idle()
    assert len(cases_shown(desk)) == 3


def test_the_views_show_their_part_of_the_cases(desk: WorklistScreen, context: UiContext) -> None:
    views = next(part for part in desk.findChildren(QListWidget))
    expected = {"Overdue": ["Knee arthroscopy"], "Due this week": [], "Letter issued": []}
    for at, view in enumerate(VIEWS):
        views.setCurrentRow(at)
        assert context.runner.wait_idle()
        if view.title in expected:
            assert cases_shown(desk) == expected[view.title]


def test_cases_that_wait_for_records_stand_by_their_next_task(
    desk: WorklistScreen, context: UiContext
) -> None:
    services = context.services
    rows = services.cases.worklist(WorklistQuery(order=WorklistOrder.NUMBER))
    first, second = rows[0].case_id, rows[1].case_id
    services.tasks.add(first, "Ask for the films", due_on=TODAY + timedelta(days=5))
    services.tasks.add(first, "Ask for the note")
    late = services.tasks.add(second, "Ask for the laboratory report", due_on=TODAY - timedelta(days=2)).value
    views = next(part for part in desk.findChildren(QListWidget))
    views.setCurrentRow([view.id for view in VIEWS].index("waiting"))
    assert context.runner.wait_idle()
    model = the_list(desk).model()
    said = [model.index(at, 0).data() for at in range(model.rowCount())]
    assert said[0] == "Overdue"
    assert said[1].startswith(rows[1].number)
    assert said[1].endswith("1 task, 2 d overdue")
    assert said[2] == "Due this week"
    assert said[3].endswith("2 tasks, 5 d left")
    assert len(said) == 4
    done = services.tasks.set_done(second, late.id, is_done=True)
    context.refresh.changes_committed.emit(done.changes, None)
    assert context.runner.wait_idle()
    assert len(cases_shown(desk)) == 1


def test_an_empty_desk_says_what_it_is_for_and_offers_the_next_step(context: UiContext, qtbot: QtBot) -> None:
    screen = WorklistScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    assert context.runner.wait_idle()
    with qtbot.waitSignal(screen.case_opened, timeout=5000) as caught:
        screen.open_sample_case()
    first = caught.args
    with qtbot.waitSignal(screen.case_opened, timeout=5000) as caught:
        screen.open_sample_case()
    assert caught.args == first
    assert context.runner.wait_idle()


def test_a_change_made_elsewhere_reaches_the_desk(
    desk: WorklistScreen, context: UiContext, services: Services
) -> None:
    context.commit(services.cases.new_case)
    assert context.runner.wait_idle()
    assert len(cases_shown(desk)) == 4


def test_masking_hides_the_person_at_once(desk: WorklistScreen, context: UiContext) -> None:
    desk.toggle_privacy()
    assert "Summit" not in the_list(desk).currentIndex().data()
    desk.toggle_privacy()
    assert "Summit" in the_list(desk).currentIndex().data()
    wait(60)
    assert context.runner.wait_idle()
