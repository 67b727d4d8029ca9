"""Each rule of the letter check has a letter that fails it, and a complete letter fails none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.case import Case
from desktop.domain.denial import AdverseDetermination, DenialCategory, DenialReason
from desktop.domain.determination import Decision
from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterContent,
    LetterParagraph,
    OriginKind,
    Provenance,
)
from desktop.domain.letter_check import LetterProblem
from desktop.domain.member import Member, ProviderRole
from desktop.domain.severity import Severity
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.references.library import ReferenceLibrary
from desktop.ui.intake.sections import SECTIONS
from tests.unit.letters.fixtures import CASE, LINES, LINKS, inputs_for, library

SIGNER = CASE.providers[0]

Change = Callable[[LetterContent], LetterContent]


def rules(problems: tuple[LetterProblem, ...]) -> set[str]:
    return {item.rule for item in problems}


def check(
    inputs: LetterInputs, change: Callable[[LetterContent], LetterContent] | None = None
) -> tuple[LetterProblem, ...]:
    content = compose_letter(inputs)
    return check_letter(change(content) if change else content, inputs)


def with_case(**update: object) -> LetterInputs:
    return inputs_for(CASE.model_copy(update=update))


def without(kind: BlockKind) -> Callable[[LetterContent], LetterContent]:
    def change(content: LetterContent) -> LetterContent:
        return content.model_copy(
            update={"blocks": tuple(item for item in content.blocks if item.kind is not kind)}
        )

    return change


def typing(kind: BlockKind, text: str) -> Callable[[LetterContent], LetterContent]:
    def change(content: LetterContent) -> LetterContent:
        blocks = tuple(item.with_typed_text(text) if item.kind is kind else item for item in content.blocks)
        return content.model_copy(update={"blocks": blocks})

    return change


def test_a_complete_letter_has_no_error() -> None:
    assert not [item for item in check(inputs_for()) if item.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (BlockKind.DATE, "missing-date"),
        (BlockKind.ADDRESSEE, "missing-addressee"),
        (BlockKind.RE, "missing-re"),
        (BlockKind.DENIAL, "missing-denial"),
        (BlockKind.RELIEF, "missing-relief"),
        (BlockKind.SIGNATURE, "missing-signature"),
        (BlockKind.ENCLOSURES, "missing-enclosures"),
    ],
)
def test_a_missing_block_is_named(kind: BlockKind, rule: str) -> None:
    assert rule in rules(check(inputs_for(), without(kind)))


@pytest.mark.parametrize(
    ("update", "rule"),
    [
        ({"member": Member(member_id="1")}, "member-name"),
        ({"member": CASE.member.model_copy(update={"date_of_birth": None})}, "member-birth-date"),
        ({"member": CASE.member.model_copy(update={"member_id": " "})}, "member-id"),
        ({"denial": CASE.denial.model_copy(update={"reference_number": ""})}, "case-number"),
        ({"denial": CASE.denial.model_copy(update={"notice_dated_on": None})}, "notice-date"),
        ({"denial": AdverseDetermination()}, "denial-reason"),
        ({"service_lines": ()}, "service-line"),
        ({"service_lines": (CASE.service_lines[0].model_copy(update={"code": ""}),)}, "service-code"),
        ({"providers": ()}, "signature-name"),
        ({"providers": (SIGNER.model_copy(update={"name": " "}),)}, "signature-name"),
        ({"providers": (SIGNER.model_copy(update={"credential": ""}),)}, "signature-credential"),
        ({"providers": (SIGNER.model_copy(update={"role": ProviderRole.RENDERING}),)}, "signature-name"),
        ({"documents": ()}, "missing-enclosures"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_recorded_is_named_with_where_to_enter_it(update: dict[str, object], rule: str) -> None:
    inputs = with_case(**update)
    found = [item for item in check(inputs) if item.rule == rule]
    assert found
    assert any(word in found[0].message for word in ("under ", "Compose", "Enter"))


def test_the_reviewer_does_not_sign_in_place_of_the_ordering_provider() -> None:
    inputs = with_case(providers=())
    (found,) = [item for item in check(inputs) if item.rule == "signature-name"]
    assert found.severity is Severity.ERROR
    assert "ordering provider" in found.message
    (block,) = [item for item in compose_letter(inputs).blocks if item.kind is BlockKind.SIGNATURE]
    assert [item.text for item in block.paragraphs][:2] == ["Sincerely,", "Ordering provider not recorded"]


def test_a_name_edited_out_of_the_re_block_is_noticed() -> None:
    def change(content: LetterContent) -> LetterContent:
        kept = [block for block in content.blocks if block.kind in (BlockKind.DATE, BlockKind.ENCLOSURES)]
        return content.model_copy(update={"blocks": tuple(kept)})

    expected = {"member-name", "member-birth-date", "member-id", "case-number", "notice-date"}
    assert expected <= rules(check(inputs_for(), change))


def test_a_reason_that_is_not_quoted_word_for_word_is_an_error() -> None:
    assert "reason-quoted" in rules(check(inputs_for(), typing(BlockKind.DENIAL, "They refused.")))


def test_a_reason_without_an_answer_is_an_error() -> None:
    reason = DenialReason(id="r", verbatim="Filed too late.", category=DenialCategory.TIMELY_FILING)
    inputs = with_case(denial=CASE.denial.model_copy(update={"reasons": (reason,)}))
    assert "reason-answered" in rules(check(inputs))
    answered = typing(BlockKind.DENIAL, "“Filed too late.”\n\nIt was filed in time; proof is enclosed.")
    assert "reason-answered" not in rules(check(inputs, answered))


def test_two_reasons_of_which_one_is_answered() -> None:
    late = DenialReason(id="r2", verbatim="Filed too late.", category=DenialCategory.TIMELY_FILING)
    inputs = with_case(denial=CASE.denial.model_copy(update={"reasons": (late, *CASE.denial.reasons)}))
    found = [item for item in check(inputs) if item.rule == "reason-answered"]
    assert len(found) == 1
    assert "reason 1" in found[0].message


def test_an_unsigned_determination_is_an_error() -> None:
    assert "determination-signed" in rules(check(inputs_for(is_signed=False)))


def test_an_undecided_line_is_an_error() -> None:
    assert "line-decided" in rules(check(inputs_for(lines=LINES[:1])))


def test_a_letter_that_asks_for_nothing_is_an_error() -> None:
    refused = tuple(item.model_copy(update={"decision": Decision.NOT_NECESSARY}) for item in LINES)
    assert "nothing-to-ask" in rules(check(inputs_for(lines=refused)))


def test_necessary_in_part_needs_levels() -> None:
    bare = (LINES[0].model_copy(update={"levels": ()}), LINES[1])
    assert "level-decided" in rules(check(inputs_for(lines=bare)))


def test_relief_must_name_each_line_decided_necessary() -> None:
    assert "relief-names-line" in rules(check(inputs_for(), typing(BlockKind.RELIEF, "Please overturn.")))
    partly = typing(BlockKind.RELIEF, "Please authorize CPT 22849.")
    assert "relief-names-level" in rules(check(inputs_for(), partly))


def test_a_citation_that_leads_nowhere_is_an_error() -> None:
    for text in ("It is so.[@nobody-1999]", "It is so.[@broken", "It is so.[@ ]"):
        assert "unknown-citation" in rules(check(inputs_for(), typing(BlockKind.NECESSITY, text)))


def test_a_look_alike_of_a_citation_in_the_record_is_only_text() -> None:
    history = CASE.history.model_copy(update={"narrative": "Write to clinic[@example] for records."})
    assert "unknown-citation" not in rules(check(with_case(history=history)))


def test_an_unverified_reference_is_an_error() -> None:
    doubtful = (item.model_copy(update={"is_verified": False}) for item in library().all())
    inputs = inputs_for(references=ReferenceLibrary(doubtful))
    assert "unverified-reference" in rules(check(inputs, typing(BlockKind.NECESSITY, "So.[@wu-2019]")))


@pytest.mark.parametrize("character", ["\u05d0", "\u4e2d", "\x07", "\u202e", "\u00ad", "\u2064", "\u2028"])
def test_a_character_that_cannot_be_printed_is_named(character: str) -> None:
    found = [
        item
        for item in check(inputs_for(), typing(BlockKind.NECESSITY, f"A {character} B"))
        if item.rule == "missing-glyph"
    ]
    assert len(found) == 1
    assert f"U+{ord(character):04X}" in found[0].message
    assert found[0].block_id == "necessity"


def test_a_quotation_whose_document_changed_is_an_error() -> None:
    changed = tuple(
        item.model_copy(update={"text": item.text + "!"}) if item.id == "ct" else item
        for item in CASE.documents
    )
    inputs = inputs_for()
    later = replace(inputs, case=CASE.model_copy(update={"documents": changed}))
    found = [item for item in check(later) if item.rule == "quote-seal"]
    assert found
    assert "has changed" in found[0].message


def test_a_quotation_whose_document_is_gone_is_an_error() -> None:
    inputs = inputs_for()
    kept = tuple(item for item in CASE.documents if item.id != "ct")
    later = replace(inputs, case=CASE.model_copy(update={"documents": kept}))
    assert any("is gone" in item.message for item in check(later) if item.rule == "quote-seal")


def test_a_quotation_that_was_unlinked_is_an_error() -> None:
    content = compose_letter(inputs_for())
    assert "quote-unlinked" in rules(check_letter(content, inputs_for(links=LINKS[1:])))


@pytest.mark.parametrize("text", ["See [[name]].", "Dear ____", "TBD", "[insert date]"])
def test_a_placeholder_left_standing_is_an_error(text: str) -> None:
    assert "placeholder" in rules(check(inputs_for(), typing(BlockKind.NECESSITY, text)))


def test_a_placeholder_look_alike_in_the_record_is_only_text() -> None:
    history = CASE.history.model_copy(update={"narrative": "The form says ____ here."})
    assert "placeholder" not in rules(check(with_case(history=history)))


def test_an_empty_block_is_an_error() -> None:
    found = [
        item
        for item in check(inputs_for(), typing(BlockKind.NECESSITY, "  \n "))
        if item.rule == "empty-block"
    ]
    assert found
    assert "Why this service" in found[0].message


def test_words_against_a_met_criterion_want_a_note() -> None:
    assert "contradiction-unexplained" in rules(check(inputs_for()))
    explained = tuple(item.model_copy(update={"note": "Read without the report."}) for item in LINKS)
    assert "contradiction-unexplained" not in rules(check(inputs_for(links=explained)))


@pytest.mark.parametrize(
    "text", ["Pain was 9.7 of 10.", "Seen on July 4, 2019.", "Seen on 2019-07-04.", "Seen 7/4/2019."]
)
def test_a_typed_figure_from_nowhere_is_an_error_that_yields_to_a_reason(text: str) -> None:
    found = [
        item for item in check(inputs_for(), typing(BlockKind.NECESSITY, text)) if item.rule == "untraced"
    ]
    assert len(found) == 1
    assert found[0].severity is Severity.ERROR
    assert found[0].may_be_overridden
    place = found[0].place
    assert place is not None
    assert text[place.start : place.end] == found[0].words


@pytest.mark.parametrize(
    "text",
    [
        "ODI was 58% on October 2, 2026.",
        "ODI was 58 on 10/02/2026 and cotinine 4.0 ng/mL on 28 Oct 2026.",
        "1. First point.\n2) Second point.",
        "CT had a specificity of 96.7%.[@spirig-2019]",
        "He is 64 years old.",
    ],
)
def test_a_typed_figure_of_the_record_or_of_a_cited_source_is_fine(text: str) -> None:
    assert not {"untraced", "does-not-fit"} & rules(check(inputs_for(), typing(BlockKind.NECESSITY, text)))


def test_a_figure_of_a_source_that_is_not_cited_is_an_error() -> None:
    inputs = inputs_for(CASE.model_copy(update={"imaging": ()}))
    text = "CT had a specificity of 96.7%."
    assert "untraced" in rules(check(inputs, typing(BlockKind.NECESSITY, text)))


def test_errors_come_before_warnings() -> None:
    severities = [item.severity for item in check(inputs_for(is_signed=False))]
    assert severities == sorted(severities, key=lambda item: item is not Severity.ERROR)


def test_a_letter_too_long_to_print_is_an_error() -> None:
    long = LetterBlock(
        id="long",
        kind=BlockKind.NECESSITY,
        paragraphs=(
            LetterParagraph(
                text="x" * 250_001, provenance=(Provenance(kind=OriginKind.RECORD, ref="a", label="b"),)
            ),
        ),
    )
    content = compose_letter(inputs_for())
    content = content.model_copy(update={"blocks": (*content.blocks, long)})
    assert "too-long" in rules(check_letter(content, inputs_for()))


def test_checking_an_empty_case_raises_nothing() -> None:
    inputs = inputs_for(Case(id="empty"), answers=(), links=(), lines=(), is_signed=False)
    assert check(inputs)


@pytest.mark.parametrize("known", ["appeal_address", "appeal_fax", "appeal_portal"])
def test_a_letter_that_goes_nowhere_is_warned_of_and_one_way_to_send_it_is_enough(known: str) -> None:
    ways = {"appeal_address": "", "appeal_fax": " ", "appeal_portal": ""}
    nowhere = CASE.denial.model_copy(update=ways)
    found = [item for item in check(with_case(denial=nowhere)) if item.rule == "no-destination"]
    assert [item.severity for item in found] == [Severity.WARNING]
    somewhere = nowhere.model_copy(update={known: "portal.example"})
    assert "no-destination" not in rules(check(with_case(denial=somewhere)))


def test_a_finding_names_a_section_of_the_intake_by_its_title() -> None:
    pages = {"Review", "Determination"}
    titles = {section.title for section in SECTIONS} | pages
    bare = inputs_for(Case(id=CASE.id, number=CASE.number))
    coded = with_case(service_lines=(CASE.service_lines[0].model_copy(update={"code": ""}),))
    named = [item.message for inputs in (bare, coded) for item in check(inputs)]
    places = {found[1] for message in named for found in re.finditer(r", under ([A-Z][^.]*)\.", message)}
    assert "Service lines" in places
    assert places <= titles
