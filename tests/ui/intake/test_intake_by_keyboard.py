"""What a walk by keyboard showed: where the keys go between sections, and that what has them can be seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.intake.conftest import Intake
from tests.ui.intake.sample import sample_case

Open = Callable[..., Intake]


def is_in_sight(intake: Intake, widget: QWidget) -> bool:
    viewport = intake.screen._scroll.viewport()
    top = widget.mapTo(viewport, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= viewport.height()


def test_a_section_without_items_takes_the_keyboard_all_the_same(open_intake: Open) -> None:
    intake = open_intake(sample_case().model_copy(update={"documents": ()}))
    intake.screen.go_to(len(intake.screen.sections) - 1)
    assert QApplication.focusWidget() is intake.screen.documents_panel.paste.area


def test_adding_to_the_documents_leads_to_where_text_is_pasted(open_intake: Open, qtbot: QtBot) -> None:
    case = sample_case().model_copy(update={"documents": ()})
    intake = open_intake(case)
    intake.list("documents").add()
    assert QApplication.focusWidget() is intake.screen.documents_panel.paste.area
    intake.save()
    assert intake.cases.stored.documents == ()


def test_enter_presses_a_button_and_unfolds_an_item(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    scores = intake.list("scores")
    before = len(list(scores.rows()))
    scores.add_button.setFocus()
    qtbot.keyClick(scores.add_button, Qt.Key.Key_Return)
    assert len(list(scores.rows())) == before + 1
    row = next(iter(intake.list("treatments").rows()))
    row.summary.setFocus()
    qtbot.keyClick(row.summary, Qt.Key.Key_Return)
    assert row.form is not None
    intake.save()


def test_what_a_command_goes_to_is_scrolled_into_sight_and_named_in_the_rail(
    open_intake: Open, qtbot: QtBot
) -> None:
    intake = open_intake(sample_case())
    field = intake.field("denial", "appeal_address")
    assert not is_in_sight(intake, field)
    field.editor.setFocus()
    qtbot.waitUntil(lambda: is_in_sight(intake, field))
    titles = [section.spec.title for section in intake.screen.sections]
    qtbot.waitUntil(lambda: intake.screen.rail.currentIndex().row() == titles.index("Denial"))


def test_a_remark_that_goes_away_above_leaves_the_field_where_it_was(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    state, field = intake.field("coverage", "state"), intake.field("denial", "appeal_fax")
    state.set_remark("A remark of one line.\nAnd of another.")
    field.editor.setFocus()
    qtbot.waitUntil(lambda: is_in_sight(intake, field))
    viewport = intake.screen._scroll.viewport()
    before = field.mapTo(viewport, QPoint(0, 0)).y()
    height = intake.screen._page.height()
    state.set_remark("")
    qtbot.waitUntil(lambda: intake.screen._page.height() < height)
    qtbot.waitUntil(lambda: abs(field.mapTo(viewport, QPoint(0, 0)).y() - before) <= 1)


def test_a_code_typed_whole_brings_its_title_when_the_line_is_left(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.list("diagnoses").add()
    intake.settle()
    code = intake.field("diagnoses", intake.cases.stored.diagnoses[-1].id, "code")
    known, title = "M54.50", "Low back pain, unspecified"
    qtbot.keyClicks(code.line, known.lower())
    qtbot.keyClick(code.line, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: code.line.text() == known)
    intake.save()
    added = intake.cases.stored.diagnoses[-1]
    assert (added.code, added.title) == (known, title)
