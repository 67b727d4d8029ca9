"""From decision to issued letter: what is refused, what is frozen, what a reviewer's edits survive."""

from __future__ import annotations

import hashlib

import pytest

from desktop.domain.assessment import AssessmentState
from desktop.domain.case import CaseStatus
from desktop.domain.case_file import CaseFile
from desktop.domain.determination import Decision, Determination, LineDetermination
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.letter import LetterState
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.severity import Severity
from desktop.services.workspace import Services


@pytest.fixture
def signed_id(services: Services, sample_id: str, sample_file: CaseFile) -> str:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    return sample_id


def test_signing_without_a_rationale_names_what_is_missing(services: Services, sample_id: str) -> None:
    line = services.cases.case(sample_id).service_lines[0]
    services.determinations.decide(
        sample_id, LineDetermination(service_line_id=line.id, decision=Decision.NECESSARY)
    )
    with pytest.raises(UserFacingError, match="a rationale for"):
        services.determinations.sign(sample_id, name="A", credential="MD", meaning="Reviewed")
    assert not services.determinations.current(sample_id).is_signed


def test_rationales_of_two_lines_that_look_alike_are_two_steps(services: Services, sample_id: str) -> None:
    services.cases.save_service_lines(sample_id, (ServiceLine(id="a"), ServiceLine(id="b")))
    for line_id in ("a", "b"):
        for text in ("One", "One two"):
            typed = LineDetermination(service_line_id=line_id, rationale=text)
            services.determinations.decide(sample_id, typed)
    services.history.undo(sample_id)
    current = services.determinations.current(sample_id)
    assert (current.line("a").rationale, current.line("b").rationale) == ("One two", "")


@pytest.mark.parametrize(
    ("line_id", "levels", "said"),
    [("gone", (), "not in the case"), ("line-decompression", ("L2-L3",), "names no L2-L3")],
)
def test_a_decision_on_what_the_case_does_not_ask_for_is_refused(
    services: Services, sample_id: str, line_id: str, levels: tuple[str, ...], said: str
) -> None:
    before = services.determinations.current(sample_id)
    decided = LineDetermination(service_line_id=line_id, decision=Decision.NECESSARY, levels=levels)
    with pytest.raises(UserFacingError, match=said):
        services.determinations.decide(sample_id, decided)
    assert services.determinations.current(sample_id) == before


def test_deciding_a_line_as_it_is_decided_leaves_no_step(services: Services, sample_id: str) -> None:
    line = services.determinations.current(sample_id).lines[0]
    services.determinations.decide(sample_id, line)
    assert services.history.labels(sample_id) == (None, None)


def test_levels_taken_from_a_line_after_it_was_decided_must_be_decided_anew(
    services: Services, sample_id: str
) -> None:
    lines = services.cases.case(sample_id).service_lines
    decided = LineDetermination(
        service_line_id=lines[0].id, decision=Decision.NECESSARY, rationale="x", levels=lines[0].levels
    )
    services.determinations.decide(sample_id, decided)
    shorter = lines[0].model_copy(update={"levels": lines[0].levels[1:]})
    services.cases.save_service_lines(sample_id, (shorter, *lines[1:]))
    with pytest.raises(UserFacingError, match=f"no longer names {lines[0].levels[0]}"):
        services.determinations.sign(sample_id, name="A", credential="MD", meaning="Reviewed")


def test_a_side_can_be_found_necessary_only_of_a_line_that_is_asked_for_on_it(
    services: Services, sample_id: str
) -> None:
    lines = services.cases.case(sample_id).service_lines
    both = lines[0].model_copy(update={"laterality": Laterality.BILATERAL})
    services.cases.save_service_lines(sample_id, (both, *lines[1:]))
    decided = LineDetermination(
        service_line_id=both.id, decision=Decision.NECESSARY_IN_PART, rationale="x", sides=("left",)
    )
    assert services.determinations.decide(sample_id, decided).value.line(both.id).sides == ("left",)
    assert services.determinations.current(sample_id).line(both.id) == decided
    right = both.model_copy(update={"laterality": Laterality.RIGHT})
    services.cases.save_service_lines(sample_id, (right, *lines[1:]))
    with pytest.raises(UserFacingError, match="no longer names left side"):
        services.determinations.sign(sample_id, name="A", credential="MD", meaning="Reviewed")
    with pytest.raises(UserFacingError, match="The service line names no left side"):
        services.determinations.decide(sample_id, decided.model_copy(update={"rationale": "y"}))


def test_nothing_is_signed_while_a_chosen_set_cannot_be_read(
    services: Services, sample_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = services.catalogue.for_case(services.cases.case(sample_id))
    monkeypatch.setattr(services.catalogue, "for_case", lambda _case: present[1:])
    with pytest.raises(UserFacingError, match=f"not readable: {present[0].id}"):
        services.determinations.sign(sample_id, name="A", credential="MD", meaning="Reviewed")


def test_a_line_removed_after_it_was_decided_is_not_signed(services: Services, sample_id: str) -> None:
    lines = services.cases.case(sample_id).service_lines
    services.cases.save_service_lines(sample_id, lines[:-1])
    signed = services.determinations.sign(sample_id, name="A", credential="MD", meaning="Reviewed").value
    assert [item.service_line_id for item in signed.lines] == [line.id for line in lines[:-1]]
    assert signed.is_as_signed


def test_a_review_that_was_signed_shows_the_results_of_that_day(services: Services, signed_id: str) -> None:
    signed = services.determinations.current(signed_id)
    own = next(
        item
        for item in services.catalogue.typed_sets()
        if item.id in services.cases.case(signed_id).service_lines[0].criteria_set_ids
    )
    text = services.catalogue.typed_source(own.id)
    assert text is not None
    services.catalogue.type_set(text.replace("The member has scoliosis", "The member has a scoliosis"))
    assert services.review.view(signed_id).traces == signed.traces
    services.letters.compose(signed_id)
    (found,) = services.letters.problems(signed_id)
    assert (found.rule, found.severity) == ("set-changed-since-signed", Severity.WARNING)
    assert own.title in found.message


def test_a_determination_that_is_not_what_was_signed_issues_no_letter(
    services: Services, signed_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.letters.compose(signed_id)
    monkeypatch.setattr(Determination, "hash_of_content", _other_hash)
    assert "not-as-signed" in {problem.rule for problem in services.letters.problems(signed_id)}
    with pytest.raises(UserFacingError, match="is not what was signed"):
        services.letters.issue(signed_id)


def _other_hash(_determination: Determination) -> str:
    return "0" * 64


def test_a_signature_is_bound_to_the_content(services: Services, signed_id: str) -> None:
    determination = services.determinations.current(signed_id)
    assert determination.sign_off is not None
    assert determination.traces
    assert determination.sign_off.content_hash == determination.hash_of_content()
    assert services.cases.case(signed_id).status is CaseStatus.DETERMINED


def test_a_signed_determination_is_superseded_never_edited(services: Services, signed_id: str) -> None:
    line = services.cases.case(signed_id).service_lines[0]
    changed = LineDetermination(service_line_id=line.id, decision=Decision.NOT_NECESSARY, rationale="x")
    with pytest.raises(SignedRecordError):
        services.determinations.decide(signed_id, changed)
    first = services.determinations.current(signed_id)
    second = services.determinations.supersede(signed_id).value
    assert (second.version, second.supersedes, second.lines) == (2, first.id, first.lines)
    services.determinations.decide(signed_id, changed)
    assert services.determinations.versions(signed_id)[0] == first


def test_an_unsigned_case_composes_but_does_not_issue(services: Services, sample_id: str) -> None:
    services.letters.compose(sample_id)
    with pytest.raises(UserFacingError, match="cannot be issued yet"):
        services.letters.issue(sample_id)
    letter = services.letters.current(sample_id)
    assert letter is not None
    assert letter.state is LetterState.DRAFT


def test_an_issued_letter_is_archived_byte_for_byte(services: Services, signed_id: str) -> None:
    services.letters.compose(signed_id)
    errors = [item for item in services.letters.problems(signed_id) if item.severity is Severity.ERROR]
    assert errors == []
    letter = services.letters.issue(signed_id).value
    pdf = services.letters.issued_pdf(signed_id)
    assert pdf is not None
    assert hashlib.sha256(pdf).hexdigest() == letter.pdf_sha256
    assert services.letters.preview_pdf(signed_id) == pdf
    with pytest.raises(SignedRecordError):
        services.letters.edit_block(signed_id, letter.content.blocks[0].id, "changed")


def test_a_missing_member_id_blocks_the_letter_and_is_named(services: Services, signed_id: str) -> None:
    member = services.cases.case(signed_id).member
    services.cases.save_member(signed_id, member.model_copy(update={"member_id": ""}))
    services.letters.compose(signed_id)
    with pytest.raises(UserFacingError, match="The member’s ID is not recorded"):
        services.letters.issue(signed_id)


def test_edited_blocks_survive_composing_again_and_others_follow_the_record(
    services: Services, signed_id: str
) -> None:
    content = services.letters.compose(signed_id).value.content
    block = next(block for block in content.blocks if block.paragraphs and block.kind.value == "opening")
    services.letters.edit_block(signed_id, block.id, "My own opening.\n\nAnd a second paragraph.")
    member = services.cases.case(signed_id).member
    services.cases.save_member(signed_id, member.model_copy(update={"family_name": "Changedname"}))
    fresh = services.letters.compose(signed_id).value.content
    kept = next(item for item in fresh.blocks if item.id == block.id)
    assert [paragraph.text for paragraph in kept.paragraphs] == ["My own opening.", "And a second paragraph."]
    assert "Changedname" in services.letters.text(signed_id)
    restored = services.letters.restore_block(signed_id, block.id).value
    assert not next(item for item in restored.content.blocks if item.id == block.id).is_edited


def test_a_moved_block_keeps_its_place_when_composed_again(services: Services, signed_id: str) -> None:
    blocks = services.letters.compose(signed_id).value.content.blocks
    moved = services.letters.move_block(signed_id, blocks[4].id, 1).value.content.blocks
    assert moved[5].id == blocks[4].id
    again = services.letters.compose(signed_id).value.content.blocks
    assert [block.id for block in again] == [block.id for block in moved]
    services.letters.move_block(signed_id, blocks[4].id, -99)
    letter = services.letters.current(signed_id)
    assert letter is not None
    assert letter.content.blocks[0].id == blocks[4].id


def test_the_text_of_a_letter_says_draft_until_it_is_issued(services: Services, signed_id: str) -> None:
    services.letters.compose(signed_id)
    draft = services.letters.text(signed_id)
    assert draft.startswith("DRAFT")
    services.letters.issue(signed_id)
    issued = services.letters.text(signed_id)
    assert "DRAFT" not in issued
    assert issued in draft


def test_a_copy_that_leaves_the_store_is_in_the_audit_chain(services: Services, signed_id: str) -> None:
    services.letters.compose(signed_id)
    services.letters.note_copy(signed_id, "printed")
    assert services.audit(signed_id)[0].operation == "letter_printed"
    assert services.audit_problem() is None


def test_an_answer_against_its_recorded_value_cannot_be_signed(
    services: Services, sample_id: str, sample_file: CaseFile
) -> None:
    assert sample_file.sign_off is not None
    view = services.review.view(sample_id)
    key = next(key for key, answer in view.assessments.items() if answer.key.criterion_id == "curve")
    services.review.set_state(sample_id, key, AssessmentState.MET)
    with pytest.raises(UserFacingError, match="Against their recorded value"):
        services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    assert not services.determinations.current(sample_id).is_signed


def test_a_set_for_other_codes_is_named_by_the_letter_check_and_not_argued_by_itself(
    services: Services, sample_id: str
) -> None:
    services.letters.compose(sample_id)
    assert not [item for item in services.letters.problems(sample_id) if item.rule == "wrong-set"]
    lines = services.cases.case(sample_id).service_lines
    services.review.choose_sets(
        sample_id, lines[0].id, (*lines[0].criteria_set_ids, "knee-arthroplasty.aetna-0660")
    )
    services.letters.compose(sample_id)
    (problem, *_) = [item for item in services.letters.problems(sample_id) if item.rule == "wrong-set"]
    assert problem.severity is Severity.WARNING
    assert "It is for other codes (27447" in problem.message
    assert "if the plan applied this one, say in the letter" in problem.message
    assert "wrong set" not in services.letters.text(sample_id)
