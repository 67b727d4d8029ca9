"""The peer-to-peer card: one page, five facts with their page, and a form for what is said."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterKind
from desktop.domain.peer_to_peer import PeerToPeer, PeerToPeerOutcome
from desktop.letters.composing.card import card_blocks
from desktop.letters.composing.card_facts import MOST_FACTS
from desktop.letters.composing.card_objections import LONGEST_PAIR, MOST_OBJECTIONS
from desktop.letters.inputs import LetterInputs
from desktop.letters.paper.pdf import render_pdf
from tests.unit.letters.fixtures import CASE, CERVICAL_CASE, EMPTY_CASE, KNEE_CASE, inputs_for
from tests.unit.letters.sample_letter import OTHERS, SAMPLE, inputs_of

CALL = PeerToPeer(
    id="call-1",
    window_ends_on=date(2026, 12, 1),
    held_on=date(2026, 11, 25),
    physician_name="Alex Example",
    physician_npi="1234567893",
    physician_specialty="Internal medicine",
    reference="P2P-77",
    outcome=PeerToPeerOutcome.UPHELD,
)


def card(inputs: LetterInputs) -> dict[str, LetterBlock]:
    return {block.id: block for block in card_blocks(inputs)}


def cells(block: LetterBlock) -> str:
    assert block.table is not None
    return "\n".join(cell for row in block.table.rows for cell in row.cells)


def pages(inputs: LetterInputs) -> int:
    content = LetterContent(
        kind=LetterKind.PEER_TO_PEER_CARD,
        title="Peer-to-peer card",
        running_head="Member",
        is_synthetic=True,
        blocks=card_blocks(inputs),
    )
    with pikepdf.open(io.BytesIO(render_pdf(content, inputs.references))) as file:
        return len(file.pages)


@pytest.mark.parametrize("path", [SAMPLE, *OTHERS], ids=lambda path: path.stem)
def test_the_card_of_every_sample_case_is_one_page(path: object) -> None:
    assert pages(inputs_of(path)) == 1  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("case", [CASE, CERVICAL_CASE, KNEE_CASE, EMPTY_CASE], ids=lambda case: case.id)
def test_the_card_of_a_small_case_is_one_page(case: object) -> None:
    assert pages(inputs_for(case)) == 1  # pyright: ignore[reportArgumentType]


def test_a_card_with_a_call_recorded_and_long_words_is_one_page() -> None:
    inputs = inputs_of(SAMPLE)
    case = inputs.case
    study = case.imaging[0]
    long = "Lucency with widening around the fixation, worse than before, " * 2
    findings = tuple(item.model_copy(update={"label": long}) for item in study.findings)
    studies = (study.model_copy(update={"findings": findings}), *case.imaging[1:])
    assert (
        pages(replace(inputs, case=case.model_copy(update={"imaging": studies}), peer_to_peers=(CALL,))) == 1
    )


def test_a_card_of_many_service_lines_is_one_page() -> None:
    inputs = inputs_of(SAMPLE)
    first = inputs.case.service_lines[0]
    many = tuple(first.model_copy(update={"id": f"more-{number}"}) for number in range(12))
    case = inputs.case.model_copy(update={"service_lines": (*inputs.case.service_lines, *many)})
    assert pages(replace(inputs, case=case)) == 1


def test_the_ask_names_each_granted_line_with_its_levels_and_what_is_not_asked_for() -> None:
    text = card(inputs_of(SAMPLE))["opening"].text
    assert "1. Overturn the denial of Reinsertion of fixation (CPT 22849) at L4-S1." in text
    assert "2. Overturn the denial of Revision arthrodesis (CPT 22612) at L4-S1." in text
    assert "Not asked for: Decompression (CPT 63047)." in text


def test_at_most_five_facts_each_with_document_date_and_page() -> None:
    block = card(inputs_of(SAMPLE))["talking_points"]
    assert block.table is not None
    assert len(block.table.rows) == MOST_FACTS
    assert all("(Encl. " in row.cells[1] and ", 20" in row.cells[1] for row in block.table.rows)
    assert "CT lumbar spine (SYNTHETIC), Sep 14, 2026, p. 1 (Encl. C)" in block.table.rows[0].cells[1]
    assert all(row.provenance for row in block.table.rows)


def test_a_fact_is_never_one_that_a_report_denies_or_leaves_open() -> None:
    told = cells(card(inputs_for())["talking_points"])
    assert "fracture" not in told.casefold()
    assert "L4-L5" not in told.split("Earlier operation")[0]


def test_the_criterion_at_issue_is_named_by_its_number_with_its_state() -> None:
    text = card(inputs_of(SAMPLE))["talking_points.criterion"].text
    assert text.startswith("Meridian Example Clinical Criteria SP-22, 1: The member has scoliosis. Not met.")
    assert "silent on what was found" in text


def test_objections_are_few_whole_and_answered() -> None:
    block = card(inputs_of(SAMPLE))["objections"]
    assert block.table is not None
    assert 0 < len(block.table.rows) <= MOST_OBJECTIONS
    for row in block.table.rows:
        assert all(cell.strip() for cell in row.cells)
        assert sum(map(len, row.cells)) <= LONGEST_PAIR
    assert "By my look at the pictures" in block.table.rows[0].cells[0]


def test_the_caution_says_what_filing_may_close_and_how_sure_that_is() -> None:
    text = card(replace(inputs_of(SAMPLE), peer_to_peers=(CALL,)))["caution"].text
    assert "until December 1, 2026" in text
    assert "Filing the appeal often closes the peer-to-peer" in text
    assert "not a rule that was read for this plan; the notice controls" in text
    assert "May 1, 2027 as the last day to appeal" in text


def test_without_a_call_the_form_is_empty_and_with_one_it_is_filled() -> None:
    empty = card(inputs_of(SAMPLE))["talking_points.call"]
    assert empty.table is not None
    assert [row.cells[1] for row in empty.table.rows] == ["", "", "", ""]
    told = cells(card(replace(inputs_of(SAMPLE), peer_to_peers=(CALL,)))["talking_points.call"])
    assert all(
        word in told for word in ("Alex Example", "1234567893", "Internal medicine", "P2P-77", "Upheld")
    )


def test_a_card_without_a_determination_asks_for_nothing() -> None:
    blocks = card(inputs_for(EMPTY_CASE, answers=(), links=(), lines=()))
    assert "nothing to ask for yet" in blocks["opening"].text
    assert "talking_points" not in blocks
    assert all(block.kind is not BlockKind.OBJECTIONS for block in blocks.values())


def test_a_card_of_everything_at_its_longest_is_one_page() -> None:
    inputs = inputs_of(SAMPLE)
    case, determination = inputs.case, inputs.determination
    assert determination is not None
    long = "A very long name of something that somebody typed without a thought for paper, " * 3
    first = case.service_lines[0].model_copy(update={"label": long.strip()})
    lines = tuple(first.model_copy(update={"id": f"line-{number}"}) for number in range(12))
    decided = tuple(determination.lines[0].model_copy(update={"service_line_id": line.id}) for line in lines)
    everything = case.model_copy(
        update={
            "service_lines": (*case.service_lines, *lines),
            "member": case.member.model_copy(update={"family_name": long}),
            "coverage": case.coverage.model_copy(update={"payer": long}),
            "denial": case.denial.model_copy(update={"reviewer_name": long, "peer_to_peer_phone": long}),
            "documents": tuple(item.model_copy(update={"title": long}) for item in case.documents),
            "treatments": tuple(item.model_copy(update={"label": long}) for item in case.treatments),
        }
    )
    changed = determination.model_copy(update={"lines": (*determination.lines, *decided)})
    call = CALL.model_copy(update={"physician_name": long, "physician_specialty": long, "reference": long})
    assert pages(replace(inputs, case=everything, determination=changed, peer_to_peers=(call,))) == 1


@pytest.mark.parametrize("path", [SAMPLE, *OTHERS], ids=lambda path: path.stem)
def test_no_objection_points_back_at_a_study_that_the_card_does_not_name(path: object) -> None:
    block = card(inputs_of(path)).get("objections")  # pyright: ignore[reportArgumentType]
    assert block is None or "same series" not in cells(block)
    assert block is None or "same review" not in cells(block)


def test_where_nothing_is_open_the_card_asks_which_criterion_the_plan_holds_not_met() -> None:
    knees = next(path for path in OTHERS if path.stem == "knees-bilateral")
    text = card(inputs_of(knees))["talking_points.criterion"].text
    assert "Ask by number which one the plan holds not met." in text
