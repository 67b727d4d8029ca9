"""A template is ordered and worded by key and mouse, read back as it was, and previewed in the open case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.stationery import LetterTemplate, Snippet, TemplatePart
from desktop.letters.template_file import template_of, template_text
from desktop.settings.paths import resources_dir
from desktop.ui.stationery.record_fields import unknown_words
from desktop.ui.stationery.template_form import TemplateForm
from desktop.ui.theme import Theme
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]
ALT = Qt.KeyboardModifier.AltModifier
TEMPLATE = LetterTemplate(
    id="mine",
    name="Mine",
    kind=LetterKind.FIRST_LEVEL,
    parts=(
        TemplatePart(block=BlockKind.LETTERHEAD),
        TemplatePart(block=BlockKind.OPENING, text="We write again."),
        TemplatePart(heading="Our house", text="A word of our own for {{member.name}}."),
        TemplatePart(block=BlockKind.SIGNATURE),
    ),
    closing="Respectfully,",
)
plain = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20)
parts = st.one_of(
    st.builds(
        TemplatePart,
        block=st.sampled_from([item for item in BlockKind if item is not BlockKind.OWN]),
        heading=plain,
        text=plain,
    ),
    st.builds(TemplatePart, heading=plain, text=plain.filter(bool)),
)


@pytest.fixture
def form(qapp: QApplication, qtbot: QtBot) -> TemplateForm:
    theme = Theme("light", 100, resources_dir())
    theme.apply()
    made = TemplateForm(theme)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    made.show_template(TEMPLATE)
    return made


def order(form: TemplateForm) -> list[BlockKind | None]:
    return [part.block for part in form.parts.parts]


def test_a_template_comes_back_as_it_was_shown(form: TemplateForm) -> None:
    assert form.read() == TEMPLATE


@settings(max_examples=30, deadline=None)
@given(st.lists(parts, min_size=1, max_size=6))
def test_any_template_comes_back_and_into_a_file_and_out_again(items: list[TemplatePart]) -> None:
    assert QApplication.instance() is not None
    template = TEMPLATE.model_copy(update={"parts": tuple(items)})
    made = TemplateForm(Theme("light", 100))
    made.show_template(template)
    assert made.read() == template
    made.deleteLater()
    if not any("{{" in part.heading + part.text for part in items):
        assert template_of(template_text(template), "file") == template


def test_parts_are_moved_and_taken_out_by_keys(form: TemplateForm, qtbot: QtBot) -> None:
    form.parts.setFocus()
    form.parts.setCurrentRow(3)
    with qtbot.waitSignal(form.edited):
        qtbot.keyClick(form.parts, Qt.Key.Key_Up, ALT)
    assert order(form) == [BlockKind.LETTERHEAD, BlockKind.OPENING, BlockKind.SIGNATURE, None]
    assert form.parts.currentRow() == 2
    qtbot.keyClick(form.parts, Qt.Key.Key_Delete)
    assert order(form) == [BlockKind.LETTERHEAD, BlockKind.OPENING, None]
    qtbot.keyClick(form.parts, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(form.parts, Qt.Key.Key_Down, ALT)
    assert order(form) == [BlockKind.LETTERHEAD, BlockKind.OPENING, None]


def test_a_dragged_part_keeps_its_words(form: TemplateForm, qtbot: QtBot) -> None:
    model = form.parts.model()
    with qtbot.waitSignal(form.edited):
        assert model.moveRow(model.index(2, 0).parent(), 2, model.index(0, 0).parent(), 0)
    assert form.parts.parts[0].heading == "Our house"
    assert sorted(map(str, order(form))) == sorted(str(part.block) for part in TEMPLATE.parts)


def test_a_block_is_offered_once_and_put_behind_the_one_in_front(form: TemplateForm, qtbot: QtBot) -> None:
    form.parts.setCurrentRow(0)
    offered = [form.add_block.itemData(at) for at in range(form.add_block.count())]
    assert BlockKind.OPENING.value not in offered
    assert BlockKind.OWN.value not in offered
    form.add_block.activated.emit(offered.index(BlockKind.IMAGING.value))
    assert order(form)[1] is BlockKind.IMAGING
    assert form.add_block.findData(BlockKind.IMAGING.value) == -1


def test_own_words_take_fields_of_the_record_and_name_those_that_are_none(
    form: TemplateForm, qtbot: QtBot
) -> None:
    qtbot.mouseClick(form.add_text, Qt.MouseButton.LeftButton)
    assert form.heading.line.hasFocus()
    qtbot.keyClicks(form.heading.line, "For {{member.nam}}")
    assert "{{member.name}}" in form.heading.message
    form.fields.activated.emit(form.fields.findData("case.number"))
    assert form.text.area.exact_text() == "{{case.number}}"
    assert form.parts.current_part == TemplatePart(heading="For {{member.nam}}", text="{{case.number}}")
    assert unknown_words("{{case.number}}") == ""


def test_an_own_text_in_which_nothing_is_typed_is_no_part_yet(form: TemplateForm, qtbot: QtBot) -> None:
    qtbot.mouseClick(form.add_text, Qt.MouseButton.LeftButton)
    assert form.read() == TEMPLATE
    form.show_template(TEMPLATE)  # as it comes back after saving
    assert len(form.parts.parts) == len(TEMPLATE.parts) + 1


def test_without_a_name_nothing_is_kept_and_it_is_said(form: TemplateForm) -> None:
    form.name.line.clear()
    assert form.read() is None
    assert "Give it a name" in form.name.message


def test_the_form_is_named_for_a_screen_reader(form: TemplateForm, qtbot: QtBot) -> None:
    form.show_preview("Dear <b>Sir</b>")
    qtbot.wait(30)
    assert_accessible(form)
    assert labels_that_guess_their_format(form) == []


def test_a_template_is_made_from_the_paper_in_front_changed_and_previewed(
    open_letter: Open,
    qtbot: QtBot,
) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_stationery()
    page = desk.frame.stationery
    page.add_template.activated.emit(page.add_template.findText("A new one, as the paper in front"))
    desk.settle()
    desk.settle()
    (template,) = desk.context.services.stationery.templates()
    kinds = [block.kind for block in desk.letter().content.blocks]
    assert [part.block for part in template.parts] == list(dict.fromkeys(kinds))
    assert page.template.isVisible()
    page.template.name.line.setText("The house's own")
    page.template.parts.setCurrentRow(0)
    qtbot.mouseClick(page.template.add_text, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.template.text.area, "About {{case.number}}.")
    desk.screen.flush()
    desk.settle()
    (kept,) = desk.context.services.stationery.templates()
    assert kept.name == "The house's own"
    assert kept.parts[1].text == "About {{case.number}}."
    qtbot.mouseClick(page.template.preview_button, Qt.MouseButton.LeftButton)
    desk.settle()
    number = desk.context.services.cases.case(desk.case_id).number
    assert f"About {number}." in page.template.preview.toPlainText()
    assert_accessible(desk.screen)
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    desk.settle()
    desk.settle()
    assert desk.context.services.stationery.templates() == ()  # making and typing it were one step
    qtbot.mouseClick(page.redo_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.context.services.stationery.templates() == (kept,)


def test_a_shipped_template_does_not_take_the_place_of_one_worked_on(open_letter: Open) -> None:
    desk = open_letter()
    desk.screen.show_stationery()
    page, stationery = desk.frame.stationery, desk.context.services.stationery
    at = page.add_template.findText("Record first appeal")
    page.add_template.activated.emit(at)
    desk.settle()
    (first,) = stationery.templates()
    stationery.put(first.model_copy(update={"closing": "Yours,"}))
    page.add_template.activated.emit(at)
    desk.settle()
    assert [item.closing for item in stationery.templates()] == ["Yours,", first.closing]
    assert len({item.name for item in stationery.templates()}) == 2


def test_a_snippet_is_shown_as_it_reads_in_the_case(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.context.services.stationery.put(
        Snippet(id="one", name="one", text="Case {{case.number}}, fax {{provider.fax}}.")
    )
    desk.screen.show_stationery()
    desk.screen.desk.load()
    desk.settle()
    desk.frame.stationery.list.choose("one")
    desk.settle()
    number = desk.context.services.cases.case(desk.case_id).number
    shown = desk.frame.stationery.snippet.filled
    assert f"Case {number}" in shown.words.text()
    desk.frame.stationery.snippet.text.area.setPlainText("Only {{case.number}}")
    desk.screen.flush()
    desk.settle()
    assert shown.words.text() == f"Only {number}"
