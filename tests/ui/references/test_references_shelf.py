"""The references as a reviewer uses them: found, read, cited, marked, written, imported, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.reference import Bibliography, OwnReference, Standing
from desktop.letters.references.exchange import ReferenceForm, read_references
from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.library.page import plain_text
from desktop.ui.notify import NoticeKind
from desktop.ui.references.drafts import KEY
from desktop.ui.references.rows import ReferenceView
from desktop.ui.references.screen import ReferencesShelf
from tests.services.test_own_topics import ON_OWN_SOURCE, OWN_SOURCE
from tests.ui.accessibility import assert_accessible, defects, labels_that_guess_their_format
from tests.ui.references.conftest import RIS, wait

Still = Callable[[], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
GONZALEZ = "gonzalez-gallardo-2025"


def press(qtbot: QtBot, made: QPushButton) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def ids(shelf: ReferencesShelf) -> list[str]:
    return [row.id for row in shelf.frame.list.rows]


def said(shelf: ReferencesShelf) -> str:
    return plain_text(shelf.frame.page.page)


def go_to(shelf: ReferencesShelf, still: Still, reference_id: str) -> None:
    shelf.select(reference_id)
    still()
    assert shelf.shown is not None
    assert shelf.shown.reference.id == reference_id


def audit(shelf: ReferencesShelf, qtbot: QtBot) -> None:
    """Audit the shelf as soon as what was just shown has been laid out."""
    qtbot.wait(1)
    for _ in range(40):
        if not defects(shelf):
            break
        wait(25)
    assert_accessible(shelf)


def own_entry(services: Services, title: str = "A study of screws") -> str:
    return services.references.add(Bibliography(type="article-journal", title=title, issued=(2021,))).value.id


def test_a_source_is_found_while_it_is_typed_and_left_by_keys(
    shelf: ReferencesShelf, still: Still, qtbot: QtBot
) -> None:
    everything = len(ids(shelf))
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_F, CTRL)
    assert shelf.frame.search.hasFocus()
    qtbot.keyClicks(shelf.frame.search, "gonzalez 2025")
    still()
    assert ids(shelf)[0] == GONZALEZ
    qtbot.keyClick(shelf.frame.search, Qt.Key.Key_Down)
    assert shelf.frame.list.hasFocus()
    assert shelf.desk.current_id == GONZALEZ
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Escape)
    still()
    assert len(ids(shelf)) == everything
    assert shelf.desk.current_id == GONZALEZ


def test_the_page_says_what_it_supports_with_figures_place_and_check(
    shelf: ReferencesShelf, still: Still
) -> None:
    go_to(shelf, still, GONZALEZ)
    words = said(shelf)
    assert "13 studies" in words
    assert "715 patients" in words
    assert "abstract" in words
    assert "PubMed record" in words
    assert "The day was not recorded" in words
    assert "~ Mixed" in words


@pytest.mark.parametrize("view", list(ReferenceView))
def test_a_view_shows_what_it_promises(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot, view: ReferenceView
) -> None:
    own_entry(services)
    shelf.reload()
    press(qtbot, shelf.frame.views[view.value])
    still()
    library = services.references.library()
    shown = [library.get(item) for item in ids(shelf)]
    promised = {
        ReferenceView.ALL: [True] * len(library.all()),
        ReferenceView.VERIFIED: [item.may_be_cited for item in library.all()],
        ReferenceView.DOUBTFUL: [not item.may_be_cited for item in library.all()],
        ReferenceView.OWN: [item.is_own for item in library.all()],
    }[view]
    assert [item for item, holds in zip(library.all(), promised, strict=True) if holds] == shown


def test_filters_narrow_together_and_go_with_one_key(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    press(qtbot, shelf.frame.more)
    assert shelf.frame.filters.isVisible()
    shelf.frame.stance.setCurrentIndex(shelf.frame.stance.findText("Against"))
    qtbot.keyClicks(shelf.frame.years, "1990-2005")
    still()
    library = services.references.library()
    found = [library.get(item) for item in ids(shelf)]
    assert found
    assert all(item and item.stance.value == "against" for item in found)
    assert all(item and 1990 <= (item.bibliography.year or 0) <= 2005 for item in found)
    qtbot.keyClick(shelf.frame.years, Qt.Key.Key_Escape)
    still()
    assert len(ids(shelf)) == len(library.all())


def test_years_that_cannot_be_read_are_said_and_narrow_nothing(
    shelf: ReferencesShelf, still: Still, qtbot: QtBot
) -> None:
    before = ids(shelf)
    press(qtbot, shelf.frame.more)
    qtbot.keyClicks(shelf.frame.years, "about 2015")
    still()
    assert ids(shelf) == before
    assert "2015-2024" in shelf.frame.years.accessibleDescription()


def test_nothing_found_says_how_to_go_on(shelf: ReferencesShelf, still: Still) -> None:
    shelf.frame.search.setText("\ud800 zzz \x00 <b>")
    still()
    assert ids(shelf) == []
    assert shelf.frame.nothing.isVisible()
    assert "Escape" in shelf.frame.nothing.text()


def test_citations_are_copied_in_either_style(shelf: ReferencesShelf, still: Still, qtbot: QtBot) -> None:
    go_to(shelf, still, GONZALEZ)
    assert shelf.shown is not None
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_A, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == shelf.shown.reference.citation
    press(qtbot, shelf.frame.copy_vancouver)
    assert QGuiApplication.clipboard().text() == shelf.shown.reference.vancouver


def test_a_source_is_marked_with_by_whose_word_and_the_mark_is_taken_back_by_key(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    go_to(shelf, still, GONZALEZ)
    shelf.frame.mark.activated.emit(shelf.frame.mark.findData(Standing.RETRACTED))
    strip = shelf.own.mark_strip
    qtbot.keyClick(strip.note.line, Qt.Key.Key_Return)
    assert strip.note.message
    qtbot.keyClicks(strip.note.line, "Notice in the journal")
    qtbot.keyClick(strip.note.line, Qt.Key.Key_Return)
    still()
    assert not strip.isVisible()
    assert "Notice in the journal" in said(shelf)
    assert "cannot be issued without a reason" in said(shelf)
    assert shelf.frame.undo.isVisible()
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Z, CTRL)
    still()
    marked = services.references.library().get(GONZALEZ)
    assert marked is not None
    assert marked.standing is Standing.CURRENT
    assert "Notice in the journal" not in said(shelf)


def test_a_successor_is_named_and_a_mark_is_taken_off(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    go_to(shelf, still, GONZALEZ)
    shelf.frame.mark.activated.emit(shelf.frame.mark.findData(Standing.SUPERSEDED))
    strip = shelf.own.mark_strip
    qtbot.keyClicks(strip.note.line, "A newer review")
    strip.successor.fill("lehr-2022" if services.references.library().get("lehr-2022") else "fogel-2008")
    wanted = strip.successor.read()
    press(qtbot, strip.do)
    still()
    marked = services.references.library().get(GONZALEZ)
    assert marked is not None
    assert (marked.standing, marked.superseded_by) == (Standing.SUPERSEDED, wanted)
    shelf.frame.mark.activated.emit(shelf.frame.mark.findData(Standing.CURRENT))
    still()
    marked = services.references.library().get(GONZALEZ)
    assert marked is not None
    assert marked.standing is Standing.CURRENT


def test_an_entry_is_typed_with_a_claim_and_its_figure_and_saved_by_key(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_N, CTRL | SHIFT)
    form = shelf.own.form
    assert form.title.line.hasFocus()
    qtbot.keyClicks(form.title.line, "Screws & <b>bone</b>")
    form.authors.area.setPlainText("Doe, Jane\n{A, B and Company}")
    qtbot.keyClicks(form.issued.line, "2021-03")
    qtbot.keyClicks(form.subjects.line, "imaging, hardware")
    press(qtbot, form.add_claim)
    claim = form.claims[0]
    assert claim.text.area.hasFocus()
    claim.text.area.setPlainText("CT had a specificity of 90% for a loose screw.")
    claim.topic.line.setText("Screw loosening")  # typing opens the list of topics
    press(qtbot, claim.add_figure)
    figure = claim.figures[0].fields
    for name, words in (("what", "specificity"), ("value", "90"), ("unit", "%")):
        qtbot.keyClicks(figure[name].line, words)
    qtbot.keyClick(figure["unit"].line, Qt.Key.Key_Return, CTRL)
    still()
    own = services.references.own("doe-2021")
    assert own is not None
    assert own.bibliography.title == "Screws & <b>bone</b>"
    assert [name.literal or name.family for name in own.bibliography.authors] == ["Doe", "A, B and Company"]
    assert own.bibliography.issued == (2021, 3)
    assert own.subjects == ("imaging", "hardware")
    assert (own.claims[0].topic, own.claims[0].figures[0].value) == ("screw-loosening", "90")
    assert shelf.desk.current_id == "doe-2021"
    assert "Screws & <b>bone</b>" in shelf.frame.page.toPlainText()
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Z, CTRL)
    still()
    assert services.references.own("doe-2021") is None


def test_what_makes_no_entry_is_said_beside_the_field_and_nothing_is_stored(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    shelf.add()
    form = shelf.own.form
    qtbot.keyClicks(form.issued.line, "in 2021")
    press(qtbot, form.add_claim)
    press(qtbot, form.save)
    assert form.issued.message
    assert form.claims[0].topic.message
    assert form.claims[0].text.message
    assert shelf.own.is_typing
    assert not any(item.is_own for item in services.references.library().all())


def test_the_same_source_is_flagged_before_it_is_added_twice(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    shelf.add()
    form = shelf.own.form
    qtbot.keyClicks(form.title.line, "Under another title")
    qtbot.keyClicks(form.lines["doi"].line, "10.1177/21925682251336715")
    press(qtbot, form.save)
    still()
    assert GONZALEZ in shelf.frame.ask.question
    press(qtbot, shelf.frame.ask.no)
    assert shelf.own.is_typing
    assert form.title.line.text() == "Under another title"
    press(qtbot, form.save)
    press(qtbot, shelf.frame.ask.yes)
    still()
    assert sum(item.is_own for item in services.references.library().all()) == 1


def test_typed_words_go_only_after_a_yes(shelf: ReferencesShelf, still: Still, qtbot: QtBot) -> None:
    shelf.add()
    qtbot.keyClicks(shelf.own.form.title.line, "Half")
    qtbot.keyClick(shelf.own.form.title.line, Qt.Key.Key_Escape)
    assert "not saved" in shelf.frame.ask.question
    qtbot.keyClick(shelf.frame.ask.no, Qt.Key.Key_Escape)
    assert shelf.own.is_typing
    qtbot.keyClick(shelf.own.form.title.line, Qt.Key.Key_Escape)
    press(qtbot, shelf.frame.ask.yes)
    still()
    assert not shelf.own.is_typing
    assert shelf.frame.list.hasFocus()


def test_what_was_typed_and_not_saved_is_there_after_locking(
    shelf: ReferencesShelf, context: UiContext, still: Still, qtbot: QtBot
) -> None:
    shelf.add()
    form = shelf.own.form
    qtbot.keyClicks(form.title.line, "Half an entry")
    qtbot.keyClicks(form.issued.line, "in")
    form.new_claim()
    form.claims[0].text.area.setPlainText("Half a claim")
    shelf.flush()
    still()
    again = ReferencesShelf(context)
    qtbot.addWidget(again)
    again.resize(1190, 700)
    again.show()
    qtbot.waitUntil(lambda: again.own.is_typing, timeout=10_000)
    assert again.own.form.title.line.text() == "Half an entry"
    assert again.own.form.issued.line.text() == "in"
    assert again.own.form.claims[0].text.area.toPlainText() == "Half a claim"
    assert again.own.form.is_changed
    again.own.form.is_changed = False
    again.own.cancel()
    context.runner.wait_idle()
    assert not context.services.view_state.recall(KEY)


def test_a_check_is_recorded_with_place_and_day(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    own_id = own_entry(services)
    shelf.reload()
    still()
    go_to(shelf, still, own_id)
    assert "~ Not verified" in said(shelf)
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_V, CTRL | SHIFT)
    strip = shelf.own.verify_strip
    assert strip.on.read() == date(2026, 11, 22)
    press(qtbot, strip.do)
    assert strip.where.message
    qtbot.keyClicks(strip.where.line, "The printed article")
    qtbot.keyClick(strip.where.line, Qt.Key.Key_Return)
    still()
    own = services.references.own(own_id)
    assert own is not None
    assert own.is_verified
    assert "The printed article" in said(shelf)
    assert "R. Reviewer" in said(shelf)


def test_a_changed_claim_makes_the_entry_unverified_again(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    own_id = own_entry(services)
    services.references.verify(own_id, "PubMed", date(2026, 11, 1))
    shelf.reload()
    still()
    go_to(shelf, still, own_id)
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_E, CTRL)
    form = shelf.own.form
    form.new_claim()
    form.claims[0].text.area.setPlainText("It says something.")
    form.claims[0].topic.line.setText("imaging")
    press(qtbot, form.save)
    still()
    own = services.references.own(own_id)
    assert own is not None
    assert not own.is_verified
    assert [claim.reference_id for claim in own.claims] == [own_id]


def test_an_own_entry_goes_after_a_yes_and_undo_brings_it_back(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    own_id = own_entry(services)
    shelf.reload()
    still()
    go_to(shelf, still, own_id)
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Delete, CTRL)
    press(qtbot, shelf.frame.ask.no)
    still()
    assert services.references.own(own_id) is not None
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Delete, CTRL)
    press(qtbot, shelf.frame.ask.yes)
    still()
    assert services.references.own(own_id) is None
    press(qtbot, shelf.frame.undo)
    still()
    assert services.references.own(own_id) is not None


def test_what_points_at_an_own_entry_is_named_before_it_goes(
    shelf: ReferencesShelf, context: UiContext, services: Services, still: Still, qtbot: QtBot
) -> None:
    own_id = services.references.add_own(OWN_SOURCE).value.id
    shelf.reload()
    still()
    go_to(shelf, still, own_id)
    context.commit(lambda: services.own_topics.store(ON_OWN_SOURCE))
    still()
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Delete, CTRL)
    assert "Loosening, as we argue it (own topic)" in shelf.frame.ask.question


def test_an_entry_of_the_program_is_neither_edited_nor_removed(
    shelf: ReferencesShelf, context: UiContext, still: Still
) -> None:
    go_to(shelf, still, GONZALEZ)
    shelf.edit()
    shelf.remove()
    shelf.verify()
    assert not shelf.own.is_typing
    assert not shelf.frame.ask.question
    assert not shelf.frame.edit.isVisible()
    assert all(notice.kind is NoticeKind.INFO for notice in context.notify.notices)


def test_a_file_is_shown_before_anything_is_stored_and_repeats_are_not_ticked(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "two.ris"
    path.write_text(RIS)
    shelf.exchange.read_from(str(path))
    still()
    sheet = shelf.import_sheet
    assert sheet.isVisible()
    assert [item.bibliography.title for item in sheet.ticked] == ["Pedicle screws in osteoporotic bone"]
    assert "ZZ" in sheet.report.toPlainText()
    assert not any(item.is_own for item in services.references.library().all())
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    assert sheet.take.text() == "Store 2 entries"
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return, CTRL)
    still()
    own = services.references.own("doe-2020")
    assert own is not None
    assert own.origin == "two.ris (ris)"
    assert shelf.desk.current_id == "doe-2020"
    assert not sheet.isVisible()


def test_a_file_that_is_none_is_refused_in_words(
    shelf: ReferencesShelf, context: UiContext, still: Still, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear colleague")
    shelf.exchange.read_from(str(path))
    still()
    assert not shelf.import_sheet.isVisible()
    notice = context.notify.notices[-1]
    assert notice.kind is NoticeKind.ERROR
    assert "none of RIS" in notice.what


def large_file(folder: Path, count: int = 600) -> Path:
    """A file that takes a moment; the second half repeats the first."""
    titles = [f"Cohort number {at % (count // 2)}" for at in range(count)]
    path = folder / "large.ris"
    path.write_text("".join(f"TY  - JOUR\nTI  - {title}\nPY  - 2020\nER  -\n" for title in titles))
    return path


def test_a_large_file_says_how_far_it_is_and_what_repeats_within_it(
    shelf: ReferencesShelf, services: Services, still: Still, tmp_path: Path
) -> None:
    told: list[tuple[str, int, int]] = []
    shelf.exchange.progressed.connect(lambda *news: told.append(news))
    shelf.exchange.read_from(str(large_file(tmp_path)))
    sheet = shelf.import_sheet
    assert sheet.heading.text() == "Reading large.ris…"
    assert sheet.stop.isVisible()
    assert not sheet.list.isVisible()
    still()
    assert not sheet.stop.isVisible()
    assert {what for what, _, _ in told} == {"read", "compared with the library"}
    assert told[-1][1:] == (550, 600)
    assert sheet.take.text() == "Store 300 entries"
    assert "further up in the file" in str(sheet.list.model().index(300, 0).data())
    sheet.take.click()
    still()
    assert ("stored", 250, 300) in told
    assert len([item for item in services.references.library().all() if item.is_own]) == 300


def test_reading_and_storing_can_be_stopped_and_nothing_is_stored(
    shelf: ReferencesShelf, context: UiContext, services: Services, still: Still, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet, path = shelf.import_sheet, str(large_file(tmp_path))
    shelf.exchange.read_from(path)
    qtbot.keyClick(sheet.stop, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    still()
    assert not sheet.isVisible()
    assert not context.notify.notices
    shelf.exchange.read_from(path)
    still()
    sheet.take.click()
    qtbot.keyClick(sheet.stop, Qt.Key.Key_Escape)
    still()
    assert sheet.take.isVisible()
    assert sheet.take.text() == "Store 300 entries"
    assert context.notify.notices[-1].what == "Stopped."
    assert not any(item.is_own for item in services.references.library().all())


def test_leaving_lets_go_whole_what_is_still_being_stored(
    shelf: ReferencesShelf, services: Services, still: Still, tmp_path: Path
) -> None:
    sheet = shelf.import_sheet
    shelf.exchange.read_from(str(large_file(tmp_path)))
    still()
    sheet.take.click()
    assert "locking or closing before the end stores none" in sheet.hint.text()
    shelf.flush()
    shelf.leave()
    still()
    assert shelf.was_import_dropped
    assert not any(item.is_own for item in services.references.library().all())
    shelf.flush()
    sheet.take.click()
    still()
    assert len([item for item in services.references.library().all() if item.is_own]) == 300


@pytest.mark.parametrize("form", list(ReferenceForm))
def test_the_selected_references_leave_in_every_form(
    shelf: ReferencesShelf, still: Still, tmp_path: Path, qtbot: QtBot, form: ReferenceForm
) -> None:
    shelf.frame.search.setText("spirig")
    still()
    shelf.frame.search.clear()
    still()
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_Down, SHIFT)
    assert len(shelf.frame.list.selected_ids) == 2
    assert "2" in shelf.frame.export.placeholderText()
    library = shelf.desk.read.library if shelf.desk.read else None
    assert library is not None
    shelf.exchange._export = (library, shelf.frame.list.selected_ids, form)  # pyright: ignore[reportPrivateUsage]  # no dialog in a test
    path = tmp_path / f"out.{form.value}"
    shelf.exchange.write_to(str(path))
    still()
    read = read_references(path.read_bytes(), path.name, form)
    wanted = [library.get(item) for item in shelf.frame.list.selected_ids]
    assert [entry.bibliography.title for entry in read.entries] == [
        item.bibliography.title for item in wanted if item
    ]


def test_the_check_names_what_is_unverified_and_there_twice(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    services.references.take(
        (item for item in services.references.proposed([Bibliography(title="Twice", doi="10.1/x")])), "x"
    )
    services.references.take(
        (item for item in services.references.proposed([Bibliography(title="Again", doi="10.1/x")])), "x"
    )
    shelf.reload()
    still()
    qtbot.keyClick(shelf.frame.list, Qt.Key.Key_R, CTRL)
    still()
    words = said(shelf)
    assert "again and twice: the same DOI" in words
    assert "is not verified" in words
    assert "✓ No error." in words
    press(qtbot, shelf.frame.back)
    still()
    assert shelf.shown is not None
    assert shelf.shown.reference.bibliography.title in said(shelf)


def test_a_topic_that_argues_with_it_is_one_choice_away(
    shelf: ReferencesShelf, still: Still, qtbot: QtBot
) -> None:
    go_to(shelf, still, GONZALEZ)
    assert shelf.shown is not None
    assert shelf.shown.topics
    with qtbot.waitSignal(shelf.topic_asked) as asked:
        shelf.frame.topics.activated.emit(0)
    assert asked.args == [shelf.shown.topics[0][0]]


def test_every_state_is_named_for_a_screen_reader(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot, tmp_path: Path
) -> None:
    own_id = own_entry(services)
    shelf.reload()
    press(qtbot, shelf.frame.more)
    still()
    audit(shelf, qtbot)
    go_to(shelf, still, own_id)
    shelf.verify()
    audit(shelf, qtbot)
    shelf.own.forget()
    shelf.edit()
    shelf.own.form.new_claim()
    shelf.own.form.claims[0].new_figure()
    audit(shelf, qtbot)
    shelf.own.form.is_changed = False
    shelf.own.cancel()
    path = tmp_path / "two.ris"
    path.write_text(RIS)
    shelf.exchange.read_from(str(path))
    still()
    audit(shelf, qtbot)
    assert labels_that_guess_their_format(shelf) == []


def test_an_entry_stays_as_it_is_when_its_form_is_saved_untouched(
    shelf: ReferencesShelf, services: Services, still: Still, qtbot: QtBot
) -> None:
    library = services.references.library()
    for at, reference in enumerate(library.all()[:60:7]):
        own = OwnReference(
            id=f"own-{at}",
            bibliography=reference.bibliography,
            stance=reference.stance,
            evidence=reference.evidence,
            subjects=reference.subjects,
            claims=tuple(
                claim.model_copy(update={"reference_id": f"own-{at}"})
                for claim in library.claims_of(reference.id)
            ),
        )
        shelf.own.form.begin(own, ())
        assert shelf.own.form.read() == own
