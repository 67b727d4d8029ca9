"""The clinical opinion: the same facts for four readers, nothing padded, every source told once with its limits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.argument import ArgumentChoice
from desktop.domain.audience import Audience
from desktop.domain.case import Case
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.letter import (
    CITATION,
    BlockKind,
    LetterBlock,
    LetterParagraph,
    LetterSettings,
    OriginKind,
    ReviewStatus,
    StatusEntry,
)
from desktop.domain.topic import TopicSection
from desktop.letters.composing.opinion import opinion_blocks
from desktop.letters.composing.opinion_claims import offered_claims, without_repeats
from desktop.letters.composing.opinion_words import ABBREVIATIONS, written_out
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, record
from tests.unit.letters.fixtures import CASE, CERVICAL_CASE, EMPTY_CASE, KNEE_CASE, inputs_for
from tests.unit.letters.sample_letter import OTHERS, SAMPLE, inputs_of

ALL = [SAMPLE, *OTHERS]
PROFESSIONAL = [item for item in Audience if item is not Audience.PATIENT]


def opinion(inputs: LetterInputs, audience: Audience = Audience.MEDICAL_DIRECTOR) -> dict[str, LetterBlock]:
    settings = LetterSettings(audience=audience)
    return {block.id: block for block in opinion_blocks(replace(inputs, settings=settings))}


def facts_of(text: str) -> set[str]:
    """Every number, level, side and date of a text."""
    found = set(re.findall(r"\b[CTLS]\d{1,2}(?:-[CTLS]\d{1,2})?\b", text))
    found |= set(re.findall(r"\b\d[\d./-]*\b", text))
    found |= set(re.findall(r"\b(?:left|right|both sides)\b", text))
    return found | set(re.findall(r"\b[A-Z][a-z]+ \d{1,2}, \d{4}\b", text))


def everything(blocks: dict[str, LetterBlock]) -> str:
    parts: list[str] = []
    for block in blocks.values():
        parts.extend((block.heading, block.text))
        parts.extend(cell for row in (block.table.rows if block.table else ()) for cell in row.cells)
    return "\n".join(parts)


# ------------------------------------------------------------------------------------------------ the four readers


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_number_level_side_and_date_of_the_conclusion_is_the_same_for_all_readers(path: object) -> None:
    inputs = inputs_of(path)  # pyright: ignore[reportArgumentType]
    blocks = {item: opinion(inputs, item).get("headline") for item in Audience}
    assert all(block is not None for block in blocks.values()) == bool(inputs.case.service_lines)
    told = {item: facts_of(block.text) for item, block in blocks.items() if block is not None}
    assert not told or len(set(map(frozenset, told.values()))) == 1, told


@given(
    decisions=st.lists(st.sampled_from(Decision), min_size=2, max_size=2),
    levels=st.lists(st.sampled_from(("L3-L4", "L4-L5", "L5-S1")), unique=True),
)
def test_the_facts_of_a_conclusion_agree_whatever_was_decided(
    decisions: list[Decision], levels: list[str]
) -> None:
    lines = (
        LineDetermination(service_line_id="line-1", decision=decisions[0], levels=tuple(sorted(levels))),
        LineDetermination(service_line_id="line-2", decision=decisions[1]),
    )
    inputs = inputs_for(lines=lines)
    told = {frozenset(facts_of(opinion(inputs, item)["headline"].text)) for item in Audience}
    assert len(told) == 1


def test_one_sentence_for_each_line_says_decision_place_and_why() -> None:
    found = [item.text for item in opinion(inputs_of(SAMPLE))["headline"].paragraphs]
    reinsertion, arthrodesis, decompression = found
    why = "because imaging reports hardware loosening at L5 and S1 and nonunion at L4-S1."
    why += " Report: CT, September 14, 2026."
    named = "Reinsertion of fixation (CPT 22849)"
    assert reinsertion == f"{named}: medically necessary in part at L4-S1, not at L2-L4, {why}"
    assert arthrodesis == f"Revision arthrodesis (CPT 22612): medically necessary at L4-S1, {why}"
    assert decompression.endswith(
        "cannot be determined on this record at L4-L5, because 2 criteria are not settled by the record."
    )


def test_an_external_reviewer_reads_the_record_before_the_conclusion() -> None:
    order = list(opinion(inputs_of(SAMPLE), Audience.EXTERNAL_REVIEWER))
    assert order.index("section.decided") < order.index("section.imaging") < order.index("headline")
    director = list(opinion(inputs_of(SAMPLE)))
    assert director.index("headline") < director.index("section.imaging")


def test_an_attorney_reads_what_was_decided_when_on_which_document_and_by_which_rule() -> None:
    blocks = opinion(inputs_of(SAMPLE), Audience.ATTORNEY)
    assert blocks["section.decided"].table is not None
    rows = [row.cells for row in blocks["section.decided"].table.rows]
    assert rows[0][0] == "Nov 2, 2026"
    assert "reference UM-26-118842" in rows[0][2]
    assert "29 CFR 2560.503-1" in blocks["section.rules"].text
    dates = [row.cells[0] for row in (blocks["section.chronology"].table or pytest.fail("no table")).rows]
    assert dates[0] == "Jun 18, 2024"
    assert dates[-1] == "May 1, 2027"
    order = list(blocks)
    assert order.index("section.rules") < order.index("section.rationale")


def test_no_rule_is_told_for_an_unknown_kind_of_plan() -> None:
    assert "section.rules" not in opinion(inputs_for(), Audience.ATTORNEY)


@pytest.mark.parametrize("audience", [Audience.EXTERNAL_REVIEWER, Audience.ATTORNEY])
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_abbreviations_are_written_out_where_first_used(path: object, audience: Audience) -> None:
    inputs = inputs_of(path)  # pyright: ignore[reportArgumentType]
    typed = ("history.narrative", "history.why_", "history.risk_", "review_question")
    for short, long in ABBREVIATIONS.items():
        for block in opinion(inputs, audience).values():
            if block.kind is BlockKind.ENCLOSURES:
                continue
            ours = [
                item.text
                for item in block.paragraphs
                if not item.is_quote
                and not any(
                    origin.ref.startswith(typed) or origin.ref.endswith(".rationale")
                    for origin in item.provenance
                )
            ]
            cells = [cell for row in (block.table.rows if block.table else ()) for cell in row.cells]
            text = re.sub(r"“[^”]*”", "", "\n".join((*ours, *cells)))
            used = re.search(rf"(?<![\w-]){short}(?![\w-])", text)
            if used is not None:
                assert long.casefold() in text[: used.start()].casefold(), (short, block.id)
                break


def test_the_medical_director_gets_the_abbreviations_as_they_are() -> None:
    assert "computed tomography (CT)" not in everything(opinion(inputs_of(SAMPLE))).casefold()


# ------------------------------------------------------------------------------------------------ sections and claims


def test_the_sections_stand_in_the_order_of_an_opinion_for_the_seed_case() -> None:
    order = [item for item in opinion(inputs_of(SAMPLE)) if item.startswith("section.")]
    names = [f"section.{section.value}" for section in TopicSection]
    assert [item for item in order if item in names] == names


def test_a_section_with_nothing_to_say_is_left_out() -> None:
    blocks = opinion(inputs_for(EMPTY_CASE, answers=(), links=(), lines=()))
    names = {f"section.{section.value}" for section in TopicSection}
    assert not names & set(blocks)
    assert all(
        block.paragraphs or block.table or block.kind is BlockKind.REFERENCES for block in blocks.values()
    )


@pytest.mark.parametrize("case", [CASE, CERVICAL_CASE, KNEE_CASE], ids=lambda case: case.id)
def test_every_paragraph_and_row_has_an_origin(case: Case) -> None:
    for audience in Audience:
        for block in opinion(inputs_for(case), audience).values():
            assert all(item.provenance for item in block.paragraphs)
            assert all(row.provenance for row in (block.table.rows if block.table else ()))


def test_claims_meant_for_opinions_only_are_told_and_none_goes_without_its_limits() -> None:
    inputs = inputs_of(SAMPLE)
    text = everything(opinion(inputs))
    kept = without_repeats(offered_claims(inputs))
    assert any(not offer.claim.is_for_letter for offer in kept)
    for offer in kept:
        assert offer.claim.cited_text in text
        counter = offer.claim.counter
        assert counter is None or (counter.cited_text in text and counter.answer in text)


def test_no_source_claim_is_lost_by_leaving_repeats_out() -> None:
    offers = offered_claims(inputs_of(SAMPLE))
    kept = without_repeats(offers)
    assert len(kept) < len(offers)
    told = {source.caption for offer in kept for source in offer.claim.sources}
    assert told == {source.caption for offer in offers for source in offer.claim.sources}


def test_a_claim_that_the_reviewer_leaves_out_is_not_told() -> None:
    inputs = inputs_of(SAMPLE)
    offer = without_repeats(offered_claims(inputs))[0]
    out = replace(inputs, choices={offer.key: ArgumentChoice(key=offer.key, is_included=False)})
    assert offer.claim.cited_text in everything(opinion(inputs))
    assert offer.claim.cited_text not in everything(opinion(out))


def test_the_figures_passed_on_without_a_primary_source_are_not_told() -> None:
    text = everything(opinion(inputs_of(SAMPLE)))
    assert not re.search(r"83.{1,3}95|31.{1,3}40|14.{1,3}25 ?%", text)


def test_imaging_stands_with_its_own_measurements_and_what_it_leaves_open() -> None:
    text = opinion(inputs_of(SAMPLE))["section.imaging"].text
    assert "Lucent zone, right S1 screw: 2.4 mm;" in text
    assert "Cage settled into the upper S1 endplate: 2 mm at L5-S1;" in text
    assert "The report leaves open early nonunion at L2-L3." in text


def test_words_against_what_is_argued_stand_among_the_pitfalls_with_the_note() -> None:
    text = opinion(inputs_of(SAMPLE))["section.pitfalls"].text
    assert "Against the request: “By my look at the pictures" in text
    assert "Cobb angle" not in text


def test_gaps_that_remain_are_listed_line_by_line_with_what_would_settle_them() -> None:
    table = opinion(inputs_of(SAMPLE))["section.gaps"].table
    assert table is not None
    headings = [row.cells[0] for row in table.rows if row.is_heading]
    assert any("63047" in heading for heading in headings)
    assert any("MRI with metal" in row.cells[-1] for row in table.rows)


def test_each_cited_source_stands_once_in_the_table_of_kinds() -> None:
    for audience in PROFESSIONAL:
        blocks = opinion(inputs_of(SAMPLE), audience)
        table = blocks["section.evidence"].table
        assert table is not None
        listed = [item for row in table.rows for cell in row.cells for item in CITATION.findall(cell)]
        rest = "\n".join(
            text
            for name, block in blocks.items()
            if name != "section.evidence"
            for text in (
                block.text,
                *(cell for row in (block.table.rows if block.table else ()) for cell in row.cells),
            )
        )
        assert sorted(listed) == sorted(set(CITATION.findall(rest)))


# ------------------------------------------------------------------------------------------------ status


def _history(*steps: tuple[ReviewStatus, int, str]) -> tuple[StatusEntry, ...]:
    return tuple(
        StatusEntry(status=status, at=datetime(2026, 11, day, 10, tzinfo=UTC), by=by, credential="MD")
        for status, day, by in steps
    )


def test_the_review_status_says_who_and_when_and_what_was_not_reached() -> None:
    history = _history((ReviewStatus.SUBMITTED, 23, "Ana One"), (ReviewStatus.UNDER_REVIEW, 24, "Ben Two"))
    table = opinion(replace(inputs_of(SAMPLE), status_history=history))["section.status"].table
    assert table is not None
    assert [row.cells for row in table.rows] == [
        ("Submitted", "November 23, 2026 (UTC)", "Ana One, MD"),
        ("Under review", "November 24, 2026 (UTC)", "Ben Two, MD"),
        ("Approved", "not yet", ""),
        ("Last updated", "November 24, 2026", ""),
    ]


def test_a_step_taken_twice_stands_with_its_last_time() -> None:
    history = _history((ReviewStatus.SUBMITTED, 23, "Ana One"), (ReviewStatus.SUBMITTED, 25, "Cy Three"))
    table = opinion(replace(inputs_of(SAMPLE), status_history=history))["section.status"].table
    assert table is not None
    assert table.rows[0].cells[2] == "Cy Three, MD"


def test_an_opinion_does_not_change_from_one_day_to_the_next() -> None:
    inputs = inputs_of(SAMPLE)
    for audience in Audience:
        assert opinion(inputs, audience) == opinion(replace(inputs, today=date(2027, 1, 2)), audience)


def test_an_opinion_always_has_a_disclaimer_and_the_houses_own_words_where_there_are_some() -> None:
    for audience in Audience:
        assert opinion(inputs_for(), audience)["disclaimer"].text
        own = LetterSettings(audience=audience, disclaimer="Our own words.")
        blocks = opinion_blocks(replace(inputs_for(), settings=own))
        assert next(block for block in blocks if block.kind is BlockKind.DISCLAIMER).text == "Our own words."


# ------------------------------------------------------------------------------------------------ writing out


def _block(*paragraphs: LetterParagraph) -> LetterBlock:
    return LetterBlock(id="x", kind=BlockKind.SECTION, paragraphs=paragraphs)


def test_an_abbreviation_is_written_out_once_and_never_inside_a_quotation_or_typed_words() -> None:
    quoted = paragraph("The note says “CT is normal”.", form("x"))
    typed = paragraph("CT was done.", record("history.narrative", "History"))
    plain = paragraph("CT shows it. The CT is new.", form("x"))
    found = written_out((_block(quoted, typed, plain),))[0]
    assert [item.text for item in found.paragraphs] == [
        "The note says “CT is normal”.",
        "CT was done.",
        "Computed tomography (CT) shows it. The CT is new.",
    ]


def test_parts_of_words_codes_and_citation_marks_are_no_abbreviations() -> None:
    text = "SPECT/ACT-CT-1[@CT] and CTX"
    assert written_out((_block(paragraph(text, form("x"))),))[0].text.count("tomography") == 0


@given(text=st.text(alphabet="CTMRI “”()[@] abc.\n", max_size=60))
def test_writing_out_only_ever_adds_words(text: str) -> None:
    origin = form("x")
    block = _block(LetterParagraph(text=text, provenance=(origin,)))
    out = written_out((block,))[0].text
    for short, long in ABBREVIATIONS.items():
        for words in (long, long[:1].upper() + long[1:]):
            out = out.replace(f"{words} ({short})", short).replace(f"{words}, {short}", short)
    assert out == block.text
    assert origin.kind is OriginKind.FORM


def test_reports_on_how_plans_decide_are_not_told_as_rules() -> None:
    knees = next(path for path in OTHERS if path.stem == "knees-bilateral")
    text = opinion(inputs_of(knees), Audience.ATTORNEY)["section.rules"].text
    assert "42 CFR 422.101(b)(6)" in text
    assert "Inspector General" not in text


def test_a_source_is_listed_by_how_this_opinion_uses_it() -> None:
    told = opinion(inputs_of(next(path for path in OTHERS if path.stem == "lumbar-dated-therapy")))
    table = told["section.evidence"].table
    assert table is not None
    grounds = " ".join(row.cells[1] for row in table.rows)
    limits = " ".join(row.cells[3] for row in table.rows)
    # The library holds this trial as one against adding a fusion; a decompression alone rests on it.
    assert "[@forsth-2016]" in grounds
    assert "[@resnick-2014-part9]" in limits


def test_no_document_is_asked_for_what_a_silent_set_asks_of_another_indication() -> None:
    table = opinion(inputs_of(SAMPLE))["section.gaps"].table
    assert table is not None
    asked = {row.cells[0]: row.cells[2] for row in table.rows if len(row.cells) == 3}
    assert asked["The member has scoliosis."] == "Nothing would: the set is about another indication."
    assert asked["CRP and ESR were measured and do not suggest infection."].startswith("A dated laboratory")


def test_a_conclusion_without_a_place_points_at_none() -> None:
    told = opinion(inputs_of(next(path for path in OTHERS if path.stem == "knee")))
    assert "are established." in told["headline"].text
    assert "there" not in told["headline"].text


def test_an_attorney_reads_the_reasons_word_for_word_and_the_dated_treatments() -> None:
    blocks = opinion(inputs_of(SAMPLE), Audience.ATTORNEY)
    reasons = blocks["section.reasons"]
    assert [item.is_quote for item in reasons.paragraphs] == [True, True, True, False]
    assert reasons.paragraphs[0].text.startswith("“The request for reinsertion")
    events = [row.cells for row in (blocks["section.chronology"].table or pytest.fail("no table")).rows]
    first = "Treatment until Dec 19, 2025: supervised therapy, first course, 18 visits (Encl. J)"
    assert ("Oct 6, 2025", first) in events
    assert (
        "Jul 27, 2026",
        "Treatment begun, end not recorded: home exercise program, daily (Encl. H)",
    ) in events
    assert "section.reasons" in opinion(inputs_of(SAMPLE), Audience.EXTERNAL_REVIEWER)
    assert "section.reasons" not in opinion(inputs_of(SAMPLE), Audience.MEDICAL_DIRECTOR)
