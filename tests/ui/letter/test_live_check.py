"""The letter check while typing: marked in the text, gone to, fixed and overridden by one key, never out of date."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.services.letter_session import CheckSession
from desktop.ui.letter.text_places import MarkKind
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]


def type_over(desk: Desk, qtbot: QtBot, block_id: str, text: str) -> None:
    desk.frame.outline.choose(block_id)
    area = desk.frame.editor.text
    area.setFocus()
    area.selectAll()
    qtbot.keyClicks(area, text)


def about(desk: Desk, words: str) -> LetterProblem:
    return next(problem for problem in desk.frame.check.problems if problem.words == words)


def marked(desk: Desk, kind: MarkKind) -> list[str]:
    area = desk.frame.editor.text
    return [area.exact_text()[mark.start : mark.end] for mark in area.marks if mark.kind is kind]


def test_a_number_that_is_not_in_the_record_is_marked_before_it_is_saved(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter()
    desk.compose()
    type_over(desk, qtbot, "opening", "I write for Harlan Testerman, who is 65 years old.")
    qtbot.waitUntil(lambda: "65" in marked(desk, MarkKind.ERROR), timeout=5000)
    assert about(desk, "65").severity is Severity.ERROR
    assert "to put right" in desk.frame.check.heading


def test_the_check_runs_off_the_gui_thread(
    open_letter: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_letter()
    desk.compose()
    threads: list[threading.Thread] = []
    ask = CheckSession.with_text

    def spied(self: CheckSession, block_id: str, text: str) -> tuple[LetterProblem, ...]:
        threads.append(threading.current_thread())
        return ask(self, block_id, text)

    monkeypatch.setattr(CheckSession, "with_text", spied)
    type_over(desk, qtbot, "opening", "I write about 65 screws.")
    qtbot.waitUntil(lambda: bool(threads), timeout=5000)
    desk.settle()
    assert threading.main_thread() not in threads


def test_an_answer_about_older_words_is_dropped(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    type_over(desk, qtbot, "opening", "He is 65 years old.")
    desk.settle()
    type_over(desk, qtbot, "opening", "He is 64 years old.")
    desk.screen.flush()
    desk.settle()
    assert marked(desk, MarkKind.ERROR) == []
    assert not [problem for problem in desk.frame.check.problems if problem.words == "65"]


def test_the_key_for_the_next_finding_selects_its_words(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    type_over(desk, qtbot, "opening", "I write for Harlan Testerman, who is 65 years old.")
    desk.screen.flush()
    desk.settle()
    desk.frame.outline.choose("history")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    desk.settle()
    assert desk.frame.check.current == about(desk, "65")
    assert desk.frame.editor.block_id == "opening"
    assert desk.frame.editor.text.textCursor().selectedText() == "65"


def test_what_concerns_the_whole_letter_comes_after_all_that_stands_somewhere(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter(is_signed=False)
    desk.compose()
    type_over(desk, qtbot, "opening", "I write for Harlan Testerman, who is 65 years old.")
    desk.screen.flush()
    desk.settle()
    check = desk.frame.check
    whole = [problem for problem in check.problems if problem.block_id is None]
    assert whole
    gone_to: list[LetterProblem] = []
    for _ in check.problems:
        desk.screen.next_problem()
        assert check.current is not None
        gone_to.append(check.current)
    assert (
        len({problem.message for problem in gone_to[-len(whole) :]} - {item.message for item in whole}) == 0
    )
    assert gone_to[0].words == "65"
    assert check.list.hasFocus()
    assert sorted(item.key for item in gone_to) == sorted(item.key for item in check.problems)
    desk.screen.next_problem()
    assert check.current == gone_to[0]
    assert desk.frame.editor.text.hasFocus()


def test_one_key_carries_out_the_fix(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.frame.outline.choose("relief")
    desk.screen.remove_block()
    desk.settle()
    place = next(at for at, problem in enumerate(desk.frame.check.problems) if problem.fix is not None)
    desk.frame.check.list.setCurrentRow(place)
    assert desk.frame.check.fix_button.isVisible()
    assert "relief" not in desk.frame.outline.block_ids()
    qtbot.keyClick(desk.frame.outline, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert "relief" in desk.frame.outline.block_ids()


def overridable(desk: Desk, qtbot: QtBot) -> LetterProblem:
    type_over(desk, qtbot, "opening", "I write for Harlan Testerman. About 77 of these were seen.")
    desk.screen.flush()
    desk.settle()
    place, found = next(
        (at, problem)
        for at, problem in enumerate(desk.frame.check.problems)
        if problem.may_be_overridden and problem.severity is Severity.ERROR
    )
    desk.frame.check.list.setCurrentRow(place)
    return found


def test_a_reason_is_asked_for_in_the_page_and_settles_the_finding(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    found = overridable(desk, qtbot)
    qtbot.keyClick(desk.frame.editor.text, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    strip = desk.frame.check.reason
    assert QApplication.focusWidget() is strip.line
    qtbot.keyClick(strip.line, Qt.Key.Key_Return)
    assert strip.problem.isVisible()
    qtbot.keyClicks(strip.line, "Counted on the films in my office.")
    qtbot.keyClick(strip.line, Qt.Key.Key_Return)
    desk.settle()
    assert [(item.key, item.reason) for item in desk.letter().overrides] == [
        (found.key, "Counted on the films in my office.")
    ]
    again = next(problem for problem in desk.frame.check.problems if problem.key == found.key)
    assert again.severity is Severity.WARNING
    assert again.override_reason == "Counted on the films in my office."
    assert any(event.operation == "check_overridden" for event in desk.context.services.audit(desk.case_id))


def test_escape_records_no_reason_and_gives_the_keyboard_back(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    overridable(desk, qtbot)
    area = desk.frame.editor.text
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(desk.frame.check.reason.line, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.letter().overrides == ()
    assert area.hasFocus()


def test_a_reason_can_be_taken_back(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    found = overridable(desk, qtbot)
    desk.context.commit(
        lambda: desk.context.services.letters.override(desk.case_id, None, found.key, "Because.")
    )
    desk.settle()
    place = next(at for at, problem in enumerate(desk.frame.check.problems) if problem.key == found.key)
    desk.frame.check.list.setCurrentRow(place)
    desk.screen.give_reason()
    assert desk.frame.check.reason.line.text() == "Because."
    qtbot.mouseClick(desk.frame.check.reason.back_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.letter().overrides == ()


def test_after_a_fix_the_cursor_stays_and_the_next_finding_is_the_one_that_follows(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter()
    desk.compose()
    text = "I write for Harlan Testerman, who is 65 years old. He is 66 years old. He is 67 years old."
    type_over(desk, qtbot, "opening", text)
    qtbot.waitUntil(lambda: "67" in marked(desk, MarkKind.ERROR), timeout=5000)
    desk.screen.flush()
    desk.settle()
    check, area = desk.frame.check, desk.frame.editor.text
    area.moveCursor(QTextCursor.MoveOperation.Start)
    for said in ("65", "66"):
        desk.screen.next_problem()
        assert area.textCursor().selectedText() == said
    at = area.textCursor().position()
    desk.screen.fix_problem()
    desk.settle()
    assert "66" not in area.exact_text()
    assert area.textCursor().position() == at
    desk.screen.next_problem()
    assert check.current is not None
    assert check.current.words == "67"


def test_a_finding_without_a_fix_says_so_when_one_is_asked_for(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    type_over(desk, qtbot, "opening", "I write for Harlan Testerman, who is 65 years old.")
    qtbot.waitUntil(lambda: "65" in marked(desk, MarkKind.ERROR), timeout=5000)
    check = desk.frame.check
    check.show_problems((about(desk, "65").model_copy(update={"fix": None}),))
    check.list.setCurrentRow(0)
    desk.screen.fix_problem()
    assert desk.context.notify.notices[-1].what.startswith("No one-key fix is known")


def test_going_from_panel_to_panel_chooses_no_finding(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter(is_signed=False)
    desk.compose()
    assert desk.frame.check.problems
    for show in (desk.screen.show_sources, desk.screen.show_settings, desk.screen.show_versions):
        show()
        desk.settle()
        assert desk.frame.check.current is None
        assert desk.frame.side.isAncestorOf(QApplication.focusWidget() or desk.screen)
