"""The spine picture: it shows what the record says of each level, and can be read without eyes or mouse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.clinical import Assertion, Finding, FindingKind, History, ImagingStudy, PriorSurgery
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.domain.vertebra import VERTEBRAE, segment
from desktop.settings.paths import resources_dir
from desktop.ui.theme import Theme
from desktop.ui.tokens import LOOKS
from desktop.ui.widgets.spine_model import SpineModel, Tone, spine_model, spoken_row, summary_rows
from desktop.ui.widgets.spine_picture import SpinePicture

LEVELS = [
    *VERTEBRAE,
    *(segment(VERTEBRAE[i], VERTEBRAE[i + 1]) for i in range(len(VERTEBRAE) - 1)),
]


def finding(number: int, kind: FindingKind, level: str, assertion: Assertion = Assertion.AFFIRMED) -> Finding:
    return Finding(id=f"f{number}", kind=kind, level=level, assertion=assertion)


def case_with(*findings: Finding, **fields: Any) -> Case:
    studies = tuple(ImagingStudy(id=f"s{i}", findings=(item,)) for i, item in enumerate(findings))
    return Case(id="c", imaging=studies, **fields)


def trace(line_id: str, set_id: str, results: dict[str, Truth]) -> EvaluationTrace:
    levels = tuple(
        LevelTrace(level=level, truth=truth, root=NodeTrace(id="root", kind="all", text="", truth=truth))
        for level, truth in results.items()
    )
    return EvaluationTrace(
        set_id=set_id,
        set_title=f"Set {set_id}",
        publisher="P",
        edition="1",
        set_hash="0",
        service_line_id=line_id,
        truth=Truth.UNKNOWN,
        levels=levels,
    )


def test_a_case_without_spinal_levels_has_no_picture(theme: Theme, qtbot: QtBot) -> None:
    picture = SpinePicture(theme)
    qtbot.addWidget(picture)
    model = spine_model(Case(id="c", service_lines=(ServiceLine(id="k", code="29881"),)))
    picture.set_model(model)
    assert model.is_empty
    assert picture.isHidden()
    assert picture.accessible_summary() == "This case names no spinal level."


def test_only_the_region_named_and_one_neighbour_on_each_side_are_drawn() -> None:
    model = spine_model(case_with(finding(1, FindingKind.NONUNION, "L5-S1")))
    assert model.bones == ("L4", "L5", "S1", "S2")
    neck = spine_model(case_with(finding(1, FindingKind.STENOSIS, "C1-C2")))
    assert neck.bones == ("C1", "C2", "C3")


def test_an_index_surgery_widens_the_region_but_says_nothing_of_implants() -> None:
    history = History(prior_surgeries=(PriorSurgery(id="p", levels=("L2-L3", "L5-S1")),))
    model = spine_model(Case(id="c", history=history))
    assert model.bones[0] == "L1"
    assert model.screws == frozenset()


def test_an_implant_is_drawn_only_where_a_finding_speaks_of_one() -> None:
    model = spine_model(
        case_with(
            finding(1, FindingKind.LOOSENING, "S1"),
            finding(2, FindingKind.LOOSENING, "L4", Assertion.NEGATED),
            finding(3, FindingKind.NONUNION, "L2-L3"),
        )
    )
    assert model.screws == {"S1", "L4"}


def test_affirmed_negated_and_uncertain_findings_read_differently() -> None:
    words = {
        assertion: spine_model(case_with(finding(1, FindingKind.LOOSENING, "S1", assertion))).marks["S1"][0]
        for assertion in Assertion
    }
    assert [words[item].word for item in Assertion] == ["loose", "not loose", "loose?"]
    assert [words[item].tone for item in Assertion] == [Tone.FAULT, Tone.QUIET, Tone.UNCERTAIN]
    assert len({mark.icon for mark in words.values()}) == 3


def test_reports_that_disagree_about_a_level_are_marked_as_disputed() -> None:
    model = spine_model(
        case_with(
            finding(1, FindingKind.NONUNION, "L3-L4"),
            finding(2, FindingKind.NONUNION, "L3-L4", Assertion.NEGATED),
            finding(3, FindingKind.NONUNION, "L5-S1"),
        )
    )
    assert all(mark.is_disputed for mark in model.marks["L3-L4"])
    assert not model.marks["L5-S1"][0].is_disputed
    assert "reports disagree" in spoken_row(model, "L3-L4")


def test_one_report_of_union_and_one_of_nonunion_at_a_level_is_a_dispute() -> None:
    model = spine_model(
        case_with(finding(1, FindingKind.NONUNION, "L5-S1"), finding(2, FindingKind.SOLID_FUSION, "L5-S1"))
    )
    assert [mark.is_disputed for mark in model.marks["L5-S1"]] == [True, True]


def test_each_line_shows_the_result_of_the_first_set_or_of_the_one_asked_for() -> None:
    case = Case(id="c", service_lines=(ServiceLine(id="a", code="22612", levels=("L4-L5", "L5-S1")),))
    traces = (
        trace("a", "payer", {"L4-L5": Truth.FALSE, "L5-S1": Truth.UNKNOWN}),
        trace("a", "public", {"L4-L5": Truth.TRUE, "L5-S1": Truth.TRUE}),
    )
    assert spine_model(case, traces).lines[0].truth_at("L4-L5") is Truth.FALSE
    assert spine_model(case, traces, "public").lines[0].truth_at("L4-L5") is Truth.TRUE
    assert spine_model(case, traces).lines[0].truth_at("L3-L4") is None


def test_a_set_that_asks_nothing_per_level_gives_every_level_its_one_result() -> None:
    case = Case(id="c", service_lines=(ServiceLine(id="a", code="1", levels=("L4-L5", "L5-S1")),))
    line = spine_model(case, (trace("a", "s", {"": Truth.TRUE}),)).lines[0]
    assert {line.truth_at("L4-L5"), line.truth_at("L5-S1")} == {Truth.TRUE}


def test_the_table_has_a_row_for_every_level_that_anything_is_said_of() -> None:
    case = case_with(
        finding(1, FindingKind.SOLID_FUSION, "L3-L4"),
        service_lines=(ServiceLine(id="a", code="22849", levels=("L3-L4", "L4-L5")),),
    )
    rows = summary_rows(spine_model(case, (trace("a", "s", {"L3-L4": Truth.FALSE}),)))
    assert rows[0] == ("Level", "Findings", "22849 (Set s)")
    assert rows[1] == ("L3-L4", "solid", "not met")
    assert rows[2] == ("L4-L5", "no finding recorded", "asked for")
    assert len(rows) == 3


@given(
    st.lists(
        st.tuples(st.sampled_from(FindingKind), st.sampled_from(LEVELS), st.sampled_from(Assertion)),
        max_size=12,
    )
)
def test_no_finding_is_ever_lost_from_the_table(said: list[tuple[FindingKind, str, Assertion]]) -> None:
    findings = [finding(i, *item[:2], item[2]) for i, item in enumerate(said)]
    model = spine_model(case_with(*findings))
    rows = {row[0]: row[1] for row in summary_rows(model)[1:]}
    for kind, level, assertion in said:
        assert level in model.levels
        marks = [mark for mark in model.marks[level] if mark.kind is kind and mark.assertion is assertion]
        assert len(marks) == 1
        assert marks[0].word in rows[level]


@pytest.fixture
def picture(theme: Theme, qtbot: QtBot) -> SpinePicture:
    made = SpinePicture(theme)
    qtbot.addWidget(made)
    case = case_with(
        finding(1, FindingKind.LOOSENING, "S1"),
        finding(2, FindingKind.NONUNION, "L5-S1"),
        finding(3, FindingKind.SOLID_FUSION, "L3-L4"),
        finding(4, FindingKind.HARDWARE_FRACTURE, "L5"),
        finding(5, FindingKind.NONUNION, "L4-L5", Assertion.UNCERTAIN),
        service_lines=(ServiceLine(id="a", code="22849", levels=("L5-S1",)),),
    )
    made.set_model(spine_model(case, (trace("a", "s", {"L5-S1": Truth.TRUE}),)))
    made.resize(made.sizeHint())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_click_on_a_level_names_it(picture: SpinePicture, qtbot: QtBot) -> None:
    for level in ("L5-S1", "S1", "L3"):
        spot = picture.level_rect(level).center().toPoint()
        with qtbot.waitSignal(picture.level_clicked) as caught:
            QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=spot)
        assert caught.args == [level]
        assert picture.current_level == level


def test_the_arrows_walk_the_levels_and_enter_chooses_one(picture: SpinePicture, qtbot: QtBot) -> None:
    picture.setFocus()
    for _ in range(3):
        QTest.keyClick(picture, Qt.Key.Key_Down)
    QTest.keyClick(picture, Qt.Key.Key_Up)
    with qtbot.waitSignal(picture.level_clicked) as caught:
        QTest.keyClick(picture, Qt.Key.Key_Return)
    assert caught.args == ["L2-L3"]
    assert picture.accessibleDescription().startswith("L2-L3")


def test_every_point_of_the_column_belongs_to_exactly_one_level(picture: SpinePicture) -> None:
    first = picture.level_rect("L2").top()
    last = picture.level_rect("S2").bottom()
    seen: list[str] = []
    for y in range(int(first) + 1, int(last)):
        level = picture.level_at(QPoint(30, y).toPointF())
        assert level
        if not seen or seen[-1] != level:
            seen.append(level)
    assert seen == [*dict.fromkeys(seen)]


@pytest.mark.parametrize("look", list(LOOKS))
def test_it_paints_in_every_look_and_at_every_size(look: Any, picture: SpinePicture) -> None:
    theme = Theme(look, 200, resources_dir())
    grown = SpinePicture(theme)
    grown.set_model(picture._model)
    grown.resize(grown.sizeHint())
    image = grown.grab().toImage()
    colors = {
        image.pixelColor(x, y).rgb() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    }
    assert len(colors) > 8
    grown.deleteLater()


def test_the_present_level_is_kept_while_the_picture_changes_and_dropped_when_it_is_gone(
    picture: SpinePicture, qapp: QApplication
) -> None:
    picture.set_current_level("L5-S1")
    picture.set_model(spine_model(case_with(finding(1, FindingKind.NONUNION, "L5-S1"))))
    assert picture.current_level == "L5-S1"
    picture.set_model(spine_model(case_with(finding(1, FindingKind.NONUNION, "C5-C6"))))
    assert picture.current_level == ""
    picture.set_model(SpineModel())
    assert picture.isHidden()
