"""The library as a reviewer uses it: found, read, compared and tried, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.service_line import ServiceLine
from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.library.criteria_shelf import CriteriaShelf
from desktop.ui.library.page import plain_text
from desktop.ui.notify import NoticeKind
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.library.sets import CASES, OWN

Still = Callable[[], None]
PLAN = OWN.replace("summit-plan.revision", "peak-plan.revision").replace("Summit Plan", "Peak Plan")


def press(qtbot: QtBot, made: QPushButton) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def said(screen: CriteriaShelf) -> str:
    """What the right side says: as shown, and as the page has it, which must be the same words."""
    return screen.frame.page.toPlainText()


def front(screen: CriteriaShelf) -> str:
    return screen.shown.criteria_set.id if screen.shown else ""


def errors(context: UiContext) -> list[str]:
    return [notice.what for notice in context.notify.notices if notice.kind is not NoticeKind.INFO]


def use_in_a_case(services: Services, set_id: str) -> str:
    case_id = services.cases.new_case().value.id
    line = ServiceLine(
        id="line-1", code="22849", label="Revision", levels=("L5-S1",), criteria_set_ids=(set_id,)
    )
    services.cases.save_service_lines(case_id, (line,))
    return case_id


# Finding and reading


def test_the_first_set_is_read_at_once_and_arrows_read_the_next(
    screen: CriteriaShelf, still: Still, qtbot: QtBot
) -> None:
    first = front(screen)
    assert first
    screen.focus_list()
    qtbot.keyClick(screen.frame.list, Qt.Key.Key_Down)
    still()
    assert front(screen) not in {"", first}
    assert screen.shown is not None
    assert screen.shown.criteria_set.title in said(screen)


def test_what_is_on_the_screen_is_what_the_page_says(screen: CriteriaShelf, still: Still) -> None:
    screen.select("summit-plan.revision")
    still()
    shown = " ".join(said(screen).split())
    for line in plain_text(screen.frame.page.page).replace("\t", "\n").splitlines():
        assert " ".join(line.split()) in shown


def test_a_search_is_typed_and_left_by_keys_alone(screen: CriteriaShelf, still: Still, qtbot: QtBot) -> None:
    qtbot.keyClick(screen.frame.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.frame.search.hasFocus()
    qtbot.keyClicks(screen.frame.search, "summit plan")
    qtbot.waitUntil(lambda: not screen.is_still)
    still()
    assert front(screen) == "summit-plan.revision"
    assert screen.frame.count.text() == "2 sets"
    qtbot.keyClick(screen.frame.search, Qt.Key.Key_Down)
    assert screen.frame.list.hasFocus()
    qtbot.keyClick(screen.frame.list, Qt.Key.Key_Escape)
    still()
    assert screen.frame.search.text() == ""
    assert front(screen) == "summit-plan.revision", "the set in front stays in front"


def test_a_search_without_a_find_says_how_to_go_on(screen: CriteriaShelf, still: Still) -> None:
    screen.frame.search.setText("zzzzz")
    still()
    assert screen.frame.nothing.isVisible()
    assert "Escape clears" in screen.frame.nothing.text()
    assert front(screen) == ""
    assert not screen.frame.set_actions.isVisible()


def test_own_sets_and_those_to_check_are_a_click_away(
    screen: CriteriaShelf, still: Still, qtbot: QtBot
) -> None:
    for made, count in zip(screen.frame.views.values(), (None, "2 sets", "1 set"), strict=True):
        press(qtbot, made)
        still()
        assert count is None or screen.frame.count.text() == count
    assert front(screen) == "summit-plan.revision"


def test_markup_in_an_own_set_is_shown_as_it_stands(
    screen: CriteriaShelf, services: Services, context: UiContext, still: Still
) -> None:
    services.catalogue.type_set(
        PLAN.replace("title: Revision of a lumbar fusion", "title: Revision <b>&amp; more</b>")
    )
    screen.reload()
    still()
    screen.select("peak-plan.revision")
    still()
    assert "Revision <b>&amp; more</b>" in said(screen)


def test_copying_takes_words_only(screen: CriteriaShelf, still: Still) -> None:
    screen.select("summit-plan.revision")
    still()
    screen.frame.page.selectAll()
    screen.frame.page.copy()
    data = QApplication.clipboard().mimeData()
    assert data.hasText()
    assert not data.hasHtml()


# Comparing and trying


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of the offscreen platform
def test_two_editions_are_compared_and_escape_leads_back(
    screen: CriteriaShelf, still: Still, qtbot: QtBot
) -> None:
    screen.select("summit-plan.revision")
    still()
    box = screen.frame.set_actions.compare
    assert box.itemData(0) == "summit-plan.revision-2027", "its own editions are offered first"
    screen.compare()
    assert box.view().isVisible()
    qtbot.keyClick(box.view(), Qt.Key.Key_Home)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    still()
    assert "Changed criterion" in said(screen)
    assert screen.frame.set_actions.back.isVisible()
    qtbot.keyClick(screen.frame.page, Qt.Key.Key_Escape)
    assert "Changed criterion" not in said(screen)
    assert not screen.frame.set_actions.back.isVisible()
    assert screen.window().focusWidget() is screen.frame.list


def test_a_comparison_of_editions_names_the_open_cases_it_would_change(
    screen: CriteriaShelf, services: Services, still: Still
) -> None:
    case_id = use_in_a_case(services, "summit-plan.revision")
    screen.select("summit-plan.revision-2027")
    still()
    screen.compare_with("summit-plan.revision")
    still()
    assert services.cases.case(case_id).number in said(screen)
    assert "not established" in said(screen)


def test_two_publishers_stand_side_by_side(screen: CriteriaShelf, still: Still) -> None:
    screen.select("lumbar-fusion-revision.cms-l37848")
    still()
    screen.compare_with("lumbar-fusion-revision.aetna-0743")
    still()
    assert "Asked by both" in said(screen)


def test_cases_of_a_shipped_set_run_by_one_key(screen: CriteriaShelf, still: Still, qtbot: QtBot) -> None:
    screen.select("lumbar-fusion-revision.cms-l37848")
    still()
    qtbot.keyClick(screen.frame.list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    still()
    assert "come out as expected" in said(screen)


def test_cases_of_an_own_set_say_what_came_out_otherwise(
    screen: CriteriaShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    services.catalogue.type_set(OWN, CASES)
    screen.select("summit-plan.revision")
    still()
    press(qtbot, screen.frame.set_actions.run)
    still()
    assert "1 of 2 cases came out otherwise" in said(screen)


# Use


def test_the_open_cases_of_a_set_are_named_and_opened(
    screen: CriteriaShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    case_id = use_in_a_case(services, "summit-plan.revision")
    screen.reload()
    still()
    screen.select("summit-plan.revision")
    still()
    box = screen.frame.set_actions.cases
    assert box.isVisible()
    assert services.cases.case(case_id).number in said(screen)
    with qtbot.waitSignal(screen.case_opened) as opened:
        box.activated.emit(0)
    assert opened.args == [case_id]


def test_a_change_elsewhere_is_read_when_the_screen_is_seen_again(
    screen: CriteriaShelf, services: Services, context: UiContext, still: Still
) -> None:
    screen.hide()
    result = services.catalogue.type_set(PLAN)
    context.refresh.changes_committed.emit(result.changes, None)
    still()
    assert not screen.frame.model.index_of("peak-plan.revision").isValid()
    screen.show()
    still()
    assert screen.frame.model.index_of("peak-plan.revision").isValid()


def test_what_cannot_be_read_is_said_above_everything_with_line_and_remedy(
    screen: CriteriaShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    assert not screen.frame.trouble.isVisible()
    services.catalogue.type_set(PLAN.replace("effective_from: 2026-01-01", "supersedes: never-there"))
    screen.reload()
    still()
    assert "never-there" in screen.frame.trouble_text.text()
    press(qtbot, screen.frame.trouble_more)
    assert "What to write:" in said(screen)


# Out, in and gone


def test_a_public_set_is_saved_as_the_file_that_it_is(
    screen: CriteriaShelf, still: Still, tmp_path: Path, services: Services
) -> None:
    screen.select("lumbar-fusion-revision.cms-l37848")
    still()
    screen.frame.set_actions.export_asked.emit("yaml")
    assert screen.frame.ask.question == ""
    screen.exchange.write_to(str(tmp_path / "out.yaml"))
    still()
    text = services.set_files.export_set("lumbar-fusion-revision.cms-l37848")
    assert (tmp_path / "out.yaml").read_text() == text


@pytest.mark.parametrize("kind", ["yaml", "questionnaire"])
def test_own_words_leave_only_after_a_yes_that_names_the_licence_class(
    screen: CriteriaShelf, still: Still, tmp_path: Path, context: UiContext, qtbot: QtBot, kind: str
) -> None:
    target = tmp_path / "own.out"
    screen.select("summit-plan.revision")
    still()
    screen.frame.set_actions.export_asked.emit(kind)
    assert "license class user" in screen.frame.ask.question
    assert screen.frame.ask.no.hasFocus(), "the careful answer has the keyboard"
    screen.exchange.write_to(str(target))  # as if a dialog answered before the question was
    still()
    assert not target.exists()
    assert len(errors(context)) == 1
    press(qtbot, screen.frame.ask.yes)
    screen.exchange.write_to(str(target))
    still()
    assert "Physical therapy lasted at least 6 weeks" in target.read_text()


def test_no_is_no(
    screen: CriteriaShelf, still: Still, qtbot: QtBot, tmp_path: Path, context: UiContext
) -> None:
    screen.select("summit-plan.revision")
    still()
    screen.frame.set_actions.export_asked.emit("yaml")
    qtbot.keyClick(screen.frame.ask.no, Qt.Key.Key_Escape)
    assert screen.frame.ask.question == ""
    assert screen.frame.set_actions.isVisible()
    screen.exchange.write_to(str(tmp_path / "own.yaml"))
    still()
    assert list(tmp_path.glob("own*")) == []


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    screen: CriteriaShelf, still: Still, tmp_path: Path, context: UiContext
) -> None:
    screen.select("lumbar-fusion-revision.cms-l37848")
    still()
    screen.frame.set_actions.export_asked.emit("yaml")
    screen.exchange.write_to(str(tmp_path / "no-folder" / "out.yaml"))
    still()
    assert len(errors(context)) == 1
    assert "out.yaml could not be written" in errors(context)[0]


def test_a_set_from_a_file_is_read_before_it_is_stored(
    screen: CriteriaShelf, services: Services, still: Still, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN)
    screen.exchange.read_from(str(file))
    still()
    assert "Physical therapy lasted at least 6 weeks" in said(screen)
    assert services.catalogue.typed_source("peak-plan.revision") is None
    press(qtbot, screen.frame.ask.yes)
    still()
    assert services.catalogue.typed_source("peak-plan.revision") == PLAN
    assert front(screen) == "peak-plan.revision"


def test_a_set_that_is_discarded_is_not_stored(
    screen: CriteriaShelf, services: Services, still: Still, tmp_path: Path, qtbot: QtBot
) -> None:
    before = front(screen)
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN)
    screen.exchange.read_from(str(file))
    still()
    press(qtbot, screen.frame.ask.no)
    still()
    assert services.catalogue.typed_source("peak-plan.revision") is None
    assert front(screen) == before
    assert screen.shown is not None
    assert screen.shown.criteria_set.title in said(screen)


def test_a_broken_file_is_shown_line_by_line_with_what_to_write(
    screen: CriteriaShelf, still: Still, tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN.replace('">= 6 weeks"', '">= 6"'))
    screen.exchange.read_from(str(file))
    still()
    assert "plan.yaml was not imported" in said(screen)
    assert "Line 15" in said(screen)
    assert "What to write:" in said(screen)
    assert screen.frame.ask.question == ""


QUESTIONNAIRE = """{"resourceType": "Questionnaire", "status": "draft", "title": "Oxygen at home", "item": [
  {"linkId": "1", "type": "group", "text": "Need", "item": [
    {"linkId": "1.1", "type": "boolean", "text": "Saturation was measured at rest"},
    {"linkId": "1.2", "type": "string", "text": "Patient name"}]},
  {"linkId": "2", "type": "mystery", "text": "Something else"}]}"""


def test_a_questionnaire_tells_what_became_of_its_items_before_it_is_stored(
    screen: CriteriaShelf, services: Services, still: Still, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "oxygen.json"
    file.write_text(QUESTIONNAIRE)
    screen.exchange.read_from(str(file))
    still()
    assert "What became of the questionnaire" in said(screen)
    assert "Saturation was measured at rest" in said(screen)
    assert "Dropped" in said(screen)
    press(qtbot, screen.frame.ask.yes)
    still()
    assert screen.shown is not None
    assert screen.shown.is_own
    assert screen.shown.criteria_set.title.startswith("Oxygen at home")


@pytest.mark.parametrize("content", ["", "{", "[]", "\x00\x01", '{"resourceType": "Bundle"}'])
def test_a_file_that_is_neither_says_so_and_changes_nothing(
    screen: CriteriaShelf, services: Services, context: UiContext, still: Still, tmp_path: Path, content: str
) -> None:
    own = services.catalogue.typed_sets()
    for name in ("wrong.json", "wrong.yaml"):
        file = tmp_path / name
        file.write_text(content)
        screen.exchange.read_from(str(file))
        still()
        assert "was not imported" in said(screen) or errors(context)
        assert screen.frame.ask.question == ""
    assert not any("inside the program" in what for what in errors(context))
    assert services.catalogue.typed_sets() == own


def test_an_own_set_that_nothing_uses_is_deleted_after_a_yes(
    screen: CriteriaShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    screen.select("summit-plan.revision-2027")
    still()
    qtbot.keyClick(screen.frame.list, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert "Delete" in screen.frame.ask.question
    qtbot.keyClick(screen.frame.ask.no, Qt.Key.Key_Return)
    still()
    assert services.catalogue.typed_source("summit-plan.revision-2027") is not None
    press(qtbot, screen.frame.set_actions.delete)
    press(qtbot, screen.frame.ask.yes)
    still()
    assert services.catalogue.typed_source("summit-plan.revision-2027") is None
    assert front(screen) not in {"", "summit-plan.revision-2027"}


def test_what_a_case_uses_or_the_program_brings_cannot_be_deleted(
    screen: CriteriaShelf, services: Services, still: Still
) -> None:
    use_in_a_case(services, "summit-plan.revision-2027")
    for set_id in ("summit-plan.revision-2027", "lumbar-fusion-revision.cms-l37848"):
        screen.select(set_id)
        still()
        assert not screen.frame.set_actions.delete.isVisible()
        screen.delete()
        assert screen.frame.ask.question == ""


def test_a_set_in_use_says_why_it_has_no_delete(
    screen: CriteriaShelf, services: Services, still: Still
) -> None:
    use_in_a_case(services, "summit-plan.revision-2027")
    actions = screen.frame.set_actions
    screen.select("summit-plan.revision-2027")
    still()
    assert actions.kept.isVisible()
    assert actions.kept.text() == "Cannot be deleted: 1 case uses it."
    for set_id in ("summit-plan.revision", "lumbar-fusion-revision.cms-l37848"):
        screen.select(set_id)
        still()
        assert not actions.kept.isVisible()


def test_what_another_set_follows_is_refused_in_words(
    screen: CriteriaShelf, services: Services, context: UiContext, still: Still, qtbot: QtBot
) -> None:
    screen.select("summit-plan.revision")
    still()
    screen.delete()
    press(qtbot, screen.frame.ask.yes)
    still()
    assert len(errors(context)) == 1
    assert services.catalogue.typed_source("summit-plan.revision") is not None


# The editor


def test_enter_opens_the_set_in_the_editor_and_escape_comes_back(
    screen: CriteriaShelf, still: Still, qtbot: QtBot
) -> None:
    screen.select("summit-plan.revision")
    still()
    screen.focus_list()
    qtbot.keyClick(screen.frame.list, Qt.Key.Key_Return)
    still()
    assert screen.editor is not None
    assert screen.editor.is_open
    assert screen.panes() == [screen.editor]
    assert {owner for _, owner in screen.commands()} == {screen.editor}
    screen.editor.close_panel()
    still()
    assert screen.frame.list.hasFocus()


@pytest.mark.parametrize("deed", ["new_set", "customise", "new_edition"])
def test_every_way_to_write_a_set_opens_the_editor(screen: CriteriaShelf, still: Still, deed: str) -> None:
    screen.select("summit-plan.revision")
    still()
    getattr(screen, deed)()
    still()
    assert screen.editor is not None
    assert screen.editor.is_open
    screen.editor.close_panel()


def test_a_new_edition_of_a_shipped_set_is_pointed_to_a_customisation(
    screen: CriteriaShelf, context: UiContext, still: Still
) -> None:
    screen.select("lumbar-fusion-revision.cms-l37848")
    still()
    assert not screen.frame.set_actions.edition.isVisible()
    screen.new_edition()
    assert screen.editor is None or not screen.editor.is_open
    assert "customization" in context.notify.notices[-1].what


# By ear and without a mouse


def test_everything_has_a_name_and_nothing_guesses_its_format(
    screen: CriteriaShelf, still: Still, qtbot: QtBot
) -> None:
    screen.select("summit-plan.revision")
    still()
    assert_accessible(screen)
    assert labels_that_guess_their_format(screen) == []
    screen.delete()
    assert_accessible(screen)
    qtbot.mouseClick(screen.frame.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 80))
    still()
    assert screen.frame.page.accessibleName().startswith("Criteria set")


def test_a_question_goes_away_with_the_set_that_it_was_about(
    screen: CriteriaShelf, still: Still, qtbot: QtBot
) -> None:
    screen.select("summit-plan.revision")
    still()
    screen.delete()
    screen.select("lumbar-fusion-revision.cms-l37848")
    still()
    assert screen.frame.ask.question == ""
    assert screen.frame.set_actions.isVisible()


def test_of_what_a_search_finds_the_best_is_in_front_with_the_reason_above_it(
    screen: CriteriaShelf, still: Still
) -> None:
    screen.select("summit-plan.revision-2027")
    still()
    screen.frame.search.setText("loose screws after an L4-S1 fusion, 22849")
    still()
    assert screen.shown is not None
    assert screen.shown.criteria_set.family == "lumbar-fusion-revision"
    model, current = screen.frame.model, screen.frame.list.currentIndex()
    assert current == model.first_set()
    heading = screen.frame.list.visualRect(model.index(current.row() - 1))
    assert screen.frame.list.viewport().rect().contains(heading)
    assert "22849" in model.data(model.index(current.row() - 1))
