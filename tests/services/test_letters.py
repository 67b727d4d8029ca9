"""Several letters of a case: each follows the record, is checked while it is typed, mended by one key, and archived."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from desktop.domain.case import CaseStatus
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.letter import CitationReason, Letter, LetterKind, LetterState
from desktop.domain.letter_check import CheckOverride, Fix, FixKind, LetterProblem, Place
from desktop.domain.reference import Bibliography
from desktop.domain.severity import Severity
from desktop.letters.evidence_map import EvidenceMap
from desktop.letters.titles import title_of
from desktop.services import letter_session
from desktop.services.letters import PaperForm
from desktop.services.workspace import Services
from tests.services.conftest import NOW


@pytest.fixture
def letter(services: Services, sample_id: str, sample_file: CaseFile) -> Letter:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    return services.letters.compose(sample_id).value


def opening_of(letter: Letter) -> str:
    return next(block.id for block in letter.content.blocks if block.kind.value == "opening")


def rename(services: Services, case_id: str, family_name: str) -> None:
    member = services.cases.case(case_id).member
    services.cases.save_member(case_id, member.model_copy(update={"family_name": family_name}))


def saying(text: str, *problems: LetterProblem):
    """A check that speaks while a text stands in the letter."""

    def check(content, _inputs) -> tuple[LetterProblem, ...]:
        said = any(text in block.text for block in content.blocks)
        return problems if said else ()

    return check


# Several letters


def test_each_kind_has_one_draft_and_the_latest_letter_is_meant(
    services: Services, sample_id: str, letter: Letter
) -> None:
    other = services.letters.compose(sample_id, LetterKind.CLAIM_FILE).value
    assert services.letters.compose(sample_id).value.id == letter.id
    assert services.letters.compose(sample_id, LetterKind.CLAIM_FILE).value.id == other.id
    assert [item.kind for item in services.letters.all(sample_id)] == [letter.kind, LetterKind.CLAIM_FILE]
    assert services.letters.letter(sample_id).id == other.id
    current = services.letters.current(sample_id, LetterKind.FIRST_LEVEL)
    assert current is not None
    assert current.id == letter.id
    assert services.letters.current(sample_id, LetterKind.WITHDRAWAL) is None


@pytest.mark.parametrize("kind", list(LetterKind), ids=lambda kind: kind.slug)
def test_every_kind_of_paper_is_composed_checked_and_rendered(
    services: Services, sample_id: str, letter: Letter, kind: LetterKind
) -> None:
    made = services.letters.compose(sample_id, kind).value
    assert made.kind is kind
    services.letters.problems(sample_id, made.id)
    assert services.letters.render(sample_id, made.id, PaperForm.TEXT)


def test_what_is_asked_of_a_letter_that_is_not_there_is_refused_in_words(
    services: Services, sample_id: str
) -> None:
    assert services.letters.current(sample_id) is None
    assert services.letters.problems(sample_id) == ()
    assert services.letters.removed_blocks(sample_id) == ()
    for ask in (
        lambda: services.letters.letter(sample_id),
        lambda: services.letters.check_session(sample_id, "gone"),
        lambda: services.letters.edit_block(sample_id, "date", "x"),
        lambda: services.letters.render(sample_id, None, PaperForm.DOCX),
        lambda: services.letters.issue(sample_id),
    ):
        with pytest.raises(UserFacingError, match="No letter was composed"):
            ask()


# The living letter


def test_an_untouched_letter_follows_the_record_without_being_composed_again(
    services: Services, sample_id: str, letter: Letter
) -> None:
    rename(services, sample_id, "Otherwise")
    assert "Otherwise" in services.letters.text(sample_id)
    assert "Otherwise" in services.letters.letter(sample_id).content.running_head
    steps = services.history.labels(sample_id)
    services.letters.compose(sample_id)
    services.letters.compose(sample_id)
    assert services.history.labels(sample_id)[0] != steps[0]


def test_a_typed_block_says_that_the_record_has_changed_and_is_kept_or_restored(
    services: Services, sample_id: str, letter: Letter
) -> None:
    block = next(item for item in letter.content.blocks if item.kind.value == "re")
    target = next(
        item
        for item in letter.content.blocks
        if item.paragraphs and services.cases.case(sample_id).member.family_name in item.text
    )
    assert block
    was = target.text
    services.letters.edit_block(sample_id, target.id, f"{was}\n\nMine.")
    assert services.letters.stale_blocks(sample_id) == ()
    rename(services, sample_id, "Otherwise")
    (stale,) = services.letters.stale_blocks(sample_id)
    assert (stale.block_id, stale.was, stale.typed) == (target.id, was, f"{was}\n\nMine.")
    assert "Otherwise" in stale.is_now
    (problem,) = [item for item in services.letters.problems(sample_id) if item.rule == "stale-block"]
    assert (problem.block_id, problem.severity) == (target.id, Severity.WARNING)
    assert f"“{title_of(target)}”" in problem.message
    assert title_of(target)[0].isupper()
    services.letters.keep_text(sample_id, target.id)
    assert services.letters.stale_blocks(sample_id) == ()
    rename(services, sample_id, "Thirdly")
    (problem,) = [item for item in services.letters.problems(sample_id) if item.rule == "stale-block"]
    mended = services.letters.apply_fix(sample_id, None, problem.key).value
    now = mended.content.block(target.id)
    assert now is not None
    assert "Thirdly" in now.text
    assert not now.is_edited


def test_typing_on_and_typing_back_is_one_step_and_then_none(
    services: Services, sample_id: str, letter: Letter
) -> None:
    before = services.history.labels(sample_id)
    block = letter.content.block(opening_of(letter))
    assert block is not None
    for text in ("M", "Mi", "Mine"):
        services.letters.edit_block(sample_id, block.id, text)
    services.history.undo(sample_id)
    assert services.letters.letter(sample_id).content.block(block.id) == block
    services.history.redo(sample_id)
    services.letters.edit_block(sample_id, block.id, block.text)
    assert services.letters.letter(sample_id).content.block(block.id) == block
    assert before[0] in (None, "Compose First-level appeal")


def test_a_removed_block_stays_out_and_comes_back(services: Services, sample_id: str, letter: Letter) -> None:
    block_id = opening_of(letter)
    services.letters.edit_block(sample_id, block_id, "Mine.")
    services.letters.remove_block(sample_id, block_id)
    rename(services, sample_id, "Otherwise")
    assert services.letters.compose(sample_id).value.content.block(block_id) is None
    assert [block.id for block in services.letters.removed_blocks(sample_id)] == [block_id]
    assert "Mine." not in services.letters.text(sample_id)
    back = services.letters.bring_back_block(sample_id, block_id).value.content
    assert back.block(block_id) is not None
    assert [block.id for block in back.blocks] == [block.id for block in letter.content.blocks]
    assert services.letters.removed_blocks(sample_id) == ()


def test_a_locked_block_is_not_typed_into(services: Services, sample_id: str, letter: Letter) -> None:
    block_id = opening_of(letter)
    services.letters.lock_block(sample_id, block_id, True)
    with pytest.raises(UserFacingError, match="locked"):
        services.letters.edit_block(sample_id, block_id, "Mine.")
    services.letters.lock_block(sample_id, block_id, False)
    assert services.letters.edit_block(sample_id, block_id, "Mine.").value.content.block(block_id)


# The check


def test_a_session_checks_other_words_without_storing_them(
    services: Services, sample_id: str, letter: Letter
) -> None:
    session = services.letters.check_session(sample_id)
    block_id = opening_of(letter)
    assert session.letter.content == letter.content
    assert session.problems() == services.letters.problems(sample_id)
    found = session.with_text(block_id, "To be done: XXX")
    assert "placeholder" in {problem.rule for problem in found}
    assert found == services.letters.problems_while_typing(sample_id, block_id, "To be done: XXX")
    assert services.letters.letter(sample_id).content == letter.content
    assert session.problems() == services.letters.problems(sample_id)


@pytest.fixture
def wrong(
    services: Services, sample_id: str, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> LetterProblem:
    """A typed level that the record does not have, which may be overridden and mended by one key."""
    block_id = opening_of(letter)
    services.letters.edit_block(sample_id, block_id, "First.\n\nLoosening at L9 here.")
    problem = LetterProblem(
        rule="not-in-record",
        severity=Severity.ERROR,
        message="L9 is nowhere in the record.",
        block_id=block_id,
        place=Place(paragraph=1, start=13, end=15),
        words="L9",
        fix=Fix(kind=FixKind.REPLACE, label="Write L5", text="L5"),
        may_be_overridden=True,
    )
    monkeypatch.setattr(letter_session, "check_letter", saying("L9", problem))
    return problem


def test_one_key_puts_the_right_words_in_the_place_of_the_wrong_ones(
    services: Services, sample_id: str, wrong: LetterProblem
) -> None:
    mended = services.letters.apply_fix(sample_id, None, wrong.key).value.content.block(wrong.block_id or "")
    assert mended is not None
    assert mended.text == "First.\n\nLoosening at L5 here."
    assert wrong.key not in {problem.key for problem in services.letters.problems(sample_id)}
    with pytest.raises(UserFacingError, match="have changed"):
        services.letters.apply_fix(sample_id, None, wrong.key)


def test_a_fix_whose_words_moved_meanwhile_changes_nothing(
    services: Services, sample_id: str, wrong: LetterProblem
) -> None:
    text = "First.\n\nThe loosening at L9 here."
    services.letters.edit_block(sample_id, wrong.block_id or "", text)
    with pytest.raises(UserFacingError, match="have changed"):
        services.letters.apply_fix(sample_id, None, wrong.key)
    assert text in {block.text for block in services.letters.letter(sample_id).content.blocks}


@pytest.mark.parametrize(
    ("fix", "place", "said"),
    [
        (None, None, "no fix"),
        (Fix(kind=FixKind.REPLACE, label="x", text="L5"), Place(row=0, column=1), "table or figure"),
        (Fix(kind=FixKind.REPLACE, label="x", text="L5"), Place(paragraph=7), "have changed"),
        (Fix(kind=FixKind.COMPOSE, label="x"), None, "gives nothing"),
    ],
)
def test_what_one_key_cannot_mend_is_said(
    services: Services,
    sample_id: str,
    wrong: LetterProblem,
    monkeypatch: pytest.MonkeyPatch,
    fix: Fix | None,
    place: Place | None,
    said: str,
) -> None:
    other = wrong.model_copy(update={"fix": fix, "place": place})
    monkeypatch.setattr(letter_session, "check_letter", saying("L9", other))
    with pytest.raises(UserFacingError, match=said):
        services.letters.apply_fix(sample_id, None, other.key)


def test_a_missing_sentence_is_added_by_one_key(
    services: Services, sample_id: str, wrong: LetterProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = wrong.model_copy(
        update={"fix": Fix(kind=FixKind.INSERT, label="x", text="And S1."), "place": None}
    )
    monkeypatch.setattr(letter_session, "check_letter", saying("L9", other))
    mended = services.letters.apply_fix(sample_id, None, other.key).value.content.block(wrong.block_id or "")
    assert mended is not None
    assert [item.text for item in mended.paragraphs] == ["First.", "Loosening at L9 here.", "And S1."]


def test_a_needed_part_that_was_taken_out_comes_back_by_one_key(
    services: Services, sample_id: str, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = LetterProblem(
        rule="missing-opening",
        severity=Severity.ERROR,
        message="The opening is missing.",
        fix=Fix(kind=FixKind.COMPOSE, label="Bring it back"),
    )
    monkeypatch.setattr(letter_session, "check_letter", lambda _content, _inputs: (missing,))
    services.letters.remove_block(sample_id, opening_of(letter))
    services.letters.remove_block(sample_id, letter.content.blocks[-1].id)
    mended = services.letters.apply_fix(sample_id, None, missing.key).value.content
    assert mended.block(opening_of(letter)) is not None
    assert [block.id for block in mended.set_aside] == [letter.content.blocks[-1].id]


def test_an_error_yields_to_a_reason_that_is_audited_and_can_be_taken_back(
    services: Services, sample_id: str, wrong: LetterProblem
) -> None:
    with pytest.raises(UserFacingError, match="L9 is nowhere in the record"):
        services.letters.issue(sample_id)
    done = services.letters.override(sample_id, None, wrong.key, " The surgeon says so. ").value
    assert done.overrides == (
        CheckOverride(
            key=wrong.key,
            rule="not-in-record",
            words="L9",
            reason="The surgeon says so.",
            given_at=NOW,
            given_by="R. Reviewer",
        ),
    )
    assert services.audit(sample_id)[0].operation == "check_overridden"
    (problem,) = [item for item in services.letters.problems(sample_id) if item.rule == "not-in-record"]
    assert (problem.severity, problem.override_reason) == (Severity.WARNING, "The surgeon says so.")
    assert problem.key == wrong.key
    services.letters.override(sample_id, None, wrong.key, "")
    assert services.letters.problems(sample_id)[0].severity is Severity.ERROR
    services.letters.override(sample_id, None, wrong.key, "Again.")
    assert services.letters.issue(sample_id).value.overrides[0].reason == "Again."


def test_a_finding_that_yields_to_no_reason_or_is_gone_takes_none(
    services: Services, sample_id: str, wrong: LetterProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserFacingError, match="no longer says"):
        services.letters.override(sample_id, None, "0" * 32, "Because")
    with pytest.raises(UserFacingError, match="longer than"):
        services.letters.override(sample_id, None, wrong.key, "x" * 2001)
    firm = wrong.model_copy(update={"may_be_overridden": False})
    monkeypatch.setattr(letter_session, "check_letter", saying("L9", firm))
    with pytest.raises(UserFacingError, match="yields to no reason"):
        services.letters.override(sample_id, None, firm.key, "Because")


def test_a_reason_explains_nothing_that_left_the_letter_before_it_was_issued(
    services: Services, sample_id: str, wrong: LetterProblem
) -> None:
    services.letters.override(sample_id, None, wrong.key, "The surgeon says so.")
    services.letters.restore_block(sample_id, wrong.block_id or "")
    assert services.letters.issue(sample_id).value.overrides == ()


def test_one_reason_serves_a_doubtful_source_wherever_it_is_cited(
    services: Services, sample_id: str, letter: Letter
) -> None:
    own = services.references.add(Bibliography(title="A case series", issued=(2020,))).value
    blocks = [block for block in letter.content.blocks if block.kind.value in ("opening", "relief")]
    for block in blocks:
        services.letters.edit_block(sample_id, block.id, f"{block.text}[@{own.id}]")

    def doubts() -> list[LetterProblem]:
        return [item for item in services.letters.problems(sample_id) if item.rule == "unverified-reference"]

    assert {item.severity for item in doubts()} == {Severity.ERROR}
    assert all(item.may_be_overridden for item in doubts())
    assert len(doubts()) == 2
    given = services.letters.override(sample_id, None, doubts()[0].key, "The only series there is.").value
    assert {(item.severity, item.override_reason) for item in doubts()} == {
        (Severity.WARNING, "The only series there is.")
    }
    assert [item.words for item in given.overrides] == [own.id]
    services.letters.override(sample_id, None, doubts()[0].key, "")
    assert {item.severity for item in doubts()} == {Severity.ERROR}
    services.letters.give_reason(sample_id, own.id, "unverified-reference", "Once more.")
    assert {item.override_reason for item in doubts()} == {"Once more."}
    with pytest.raises(UserFacingError, match="does not cite"):
        services.letters.give_reason(sample_id, "nowhere", "unverified-reference", "x")


def test_a_reason_that_an_older_program_kept_still_counts_and_gives_way_to_a_new_one(
    services: Services, sample_id: str, letter: Letter
) -> None:
    own = services.references.add(Bibliography(title="A case series", issued=(2020,))).value
    text = f"{letter.content.block(opening_of(letter)).text}[@{own.id}]"  # type: ignore[union-attr]
    edited = services.letters.edit_block(sample_id, opening_of(letter), text).value
    older = CitationReason(
        reference_id=own.id, rule="unverified-reference", reason="Then.", given_at=NOW, given_by="R."
    )
    with services.letters.desk.store.write("test", "Test", case_id=sample_id) as work:
        work.letters.put(sample_id, edited.model_copy(update={"citation_reasons": (older,)}))

    def reasons() -> set[str]:
        problems = services.letters.problems(sample_id)
        return {item.override_reason for item in problems if item.rule == "unverified-reference"}

    assert reasons() == {"Then."}
    now = services.letters.give_reason(sample_id, own.id, "unverified-reference", "Now.").value
    assert reasons() == {"Now."}
    assert now.citation_reasons == ()


def test_a_set_for_another_service_is_not_held_against_a_letter_that_argues_no_criterion(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.determinations.supersede(sample_id)
    line = services.cases.case(sample_id).service_lines[0]
    wrong = "knee-arthroplasty.aetna-0660"
    services.review.choose_sets(sample_id, line.id, (*line.criteria_set_ids, wrong))
    other = services.letters.compose(sample_id, LetterKind.WITHDRAWAL).value

    def rules(letter_id: str) -> set[str]:
        return {problem.rule for problem in services.letters.problems(sample_id, letter_id)}

    assert "wrong-set" in rules(letter.id)
    assert "wrong-set" not in rules(other.id)


# Throwing away


def test_a_thrown_away_draft_is_gone_with_its_versions_and_remarks_and_undo_brings_all_back(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.letters.edit_block(sample_id, opening_of(letter), "We ask for another look.")
    services.letter_history.keep_version(sample_id)
    services.letter_history.comment(sample_id, None, opening_of(letter), "Too short.")
    before = services.letters.all(sample_id)
    versions = services.letter_history.versions(sample_id)
    remarks = services.letter_history.comments(sample_id)
    assert (len(before), len(versions), len(remarks)) == (1, 1, 1)

    thrown = services.letters.discard(sample_id)

    assert (thrown.value.id, thrown.changes.flags) == (letter.id, {ChangeFlag.LETTER, ChangeFlag.UNDO})
    assert services.letters.all(sample_id) == ()
    assert services.letters.current(sample_id) is None
    assert services.letter_history.versions(sample_id, letter.id) == ()
    assert services.audit()[0].operation == "letter_discarded"
    begun = services.letters.compose(sample_id).value
    assert begun.id != letter.id
    assert services.letter_history.comments(sample_id) == ()
    services.history.undo(sample_id)
    services.history.undo(sample_id)
    assert services.letters.all(sample_id) == before
    assert services.letter_history.versions(sample_id) == versions
    assert services.letter_history.comments(sample_id) == remarks


def test_the_draft_of_another_kind_stays_and_a_new_letter_stands_behind_it(
    services: Services, sample_id: str, letter: Letter
) -> None:
    card = services.letters.compose(sample_id, LetterKind.PEER_TO_PEER_CARD).value
    services.letters.discard(sample_id, letter.id)
    again = services.letters.compose(sample_id).value
    assert [item.id for item in services.letters.all(sample_id)] == [card.id, again.id]
    with pytest.raises(UserFacingError, match="No letter was composed"):
        services.letters.discard(sample_id, letter.id)


# Issuing


def test_an_issued_letter_never_changes_and_a_new_one_is_begun(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.letters.edit_block(sample_id, opening_of(letter), "We ask for another look.")
    services.letters.remove_block(sample_id, letter.content.blocks[-1].id)
    issued = services.letters.issue(sample_id).value
    assert issued.content.set_aside == ()
    assert services.cases.case(sample_id).status is CaseStatus.LETTER_ISSUED
    rename(services, sample_id, "Otherwise")
    assert services.letters.letter(sample_id, issued.id) == issued
    assert services.letters.stale_blocks(sample_id, issued.id) == ()
    assert "Otherwise" not in services.letters.text(sample_id, issued.id)
    for change in (
        lambda: services.letters.edit_block(sample_id, opening_of(letter), "x", issued.id),
        lambda: services.letters.lock_block(sample_id, opening_of(letter), True, issued.id),
        lambda: services.letters.change_settings(sample_id, issued.id, issued.settings),
        lambda: services.letters.override(sample_id, issued.id, "0" * 32, "x"),
        lambda: services.letters.issue(sample_id, issued.id),
        lambda: services.letters.require_issuable(sample_id, issued.id),
        lambda: services.letters.discard(sample_id, issued.id),
    ):
        with pytest.raises(SignedRecordError):
            change()
    second = services.letters.compose(sample_id).value
    assert second.id != issued.id
    assert "Otherwise" in services.letters.text(sample_id)
    assert [item.state for item in services.letters.all(sample_id)] == [LetterState.ISSUED, LetterState.DRAFT]


def test_the_evidence_map_is_archived_with_the_letter_by_its_hash(
    services: Services, sample_id: str, letter: Letter
) -> None:
    draft = services.letters.evidence_map(sample_id)
    assert (draft.pdf_sha256, draft.issued_at) == ("", None)
    issued = services.letters.issue(sample_id).value
    mapped = services.letters.evidence_map(sample_id)
    assert mapped.pdf_sha256 == issued.pdf_sha256
    assert mapped.issued_at == NOW
    determination = services.determinations.current(sample_id)
    assert mapped.determination is not None
    assert mapped.determination.content_sha256 == determination.hash_of_content()
    assert {item.id for item in mapped.sets} == {item.set_id for item in determination.traces}
    assert "language model" in mapped.made
    assert EvidenceMap.model_validate(json.loads(mapped.model_dump_json())) == mapped
    state = services.letters.verify_issued(sample_id)
    assert (state.is_sound, state.since) == (True, ())


def test_an_issued_letter_is_sound_and_says_what_of_the_record_has_changed_since(
    services: Services, sample_id: str, letter: Letter
) -> None:
    with pytest.raises(UserFacingError, match="was not issued"):
        services.letters.verify_issued(sample_id)
    services.letters.issue(sample_id)
    services.determinations.supersede(sample_id)
    state = services.letters.verify_issued(sample_id)
    assert state.is_sound
    assert state.since == ("The determination was superseded or changed since.",)


def test_each_field_that_says_something_else_since_is_named_with_both_values(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.letters.issue(sample_id)
    rename(services, sample_id, "Otherwise")
    case = services.cases.case(sample_id)
    scores = (*case.scores[:-1], case.scores[-1].model_copy(update={"value": Decimal(1)}))
    services.cases.save_scores(sample_id, scores)
    services.cases.save_coverage(sample_id, case.coverage.model_copy(update={"state": "OH "}))
    state = services.letters.verify_issued(sample_id)
    assert state.is_sound
    assert [said.split(" (in: ")[0] for said in state.since] == [
        "Member, family name: was “Testerman” and is now “Otherwise”",
        "Score “NRS leg”, value: was “2” and is now “1”",
    ]
    assert services.letters.letter(sample_id).content == letter.content
    services.history.undo(sample_id)
    services.history.undo(sample_id)
    services.history.undo(sample_id)
    assert services.letters.verify_issued(sample_id).since == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: {"pdf_sha256": "0" * 64}, "made for another PDF"),
        (lambda _: {"evidence_map_sha256": "0" * 64}, "missing or damaged"),
        (
            lambda letter: {"content": letter.content.model_copy(update={"title": "Other"})},
            "not those that were issued",
        ),
    ],
    ids=["pdf", "map", "words"],
)
def test_an_archive_that_does_not_fit_the_letter_is_said_to_be_unsound(
    services: Services,
    sample_id: str,
    letter: Letter,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Letter], dict[str, object]],
    said: str,
) -> None:
    issued = services.letters.issue(sample_id).value
    other = issued.model_copy(update=change(issued))
    monkeypatch.setattr(services.letters.desk, "stored", lambda *_args: other)
    state = services.letters.verify_issued(sample_id)
    assert not state.is_sound
    assert said in " ".join(state.problems)


def test_quoted_words_that_are_no_longer_linked_are_told_of_an_issued_letter(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.letters.issue(sample_id)
    services.determinations.supersede(sample_id)
    for links in services.review.view(sample_id).links.values():
        for link in links:
            services.review.unlink(sample_id, link.id)
    state = services.letters.verify_issued(sample_id)
    assert state.is_sound
    assert any("is no longer linked" in sentence for sentence in state.since)


def test_a_letter_issued_by_an_older_program_has_no_map_in_the_archive_and_says_so(
    services: Services, sample_id: str, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = services.letters.issue(sample_id).value
    older = issued.model_copy(update={"evidence_map_sha256": ""})
    monkeypatch.setattr(services.letters.desk, "stored", lambda *_args: older)
    assert services.letters.evidence_map(sample_id).pdf_sha256 == ""
    state = services.letters.verify_issued(sample_id)
    assert (state.is_sound, state.since) == (True, ("No evidence map was archived with this letter.",))


def test_a_letter_of_another_kind_leaves_the_status_of_the_case(
    services: Services, sample_id: str, letter: Letter
) -> None:
    status = services.cases.case(sample_id).status
    other = services.letters.compose(sample_id, LetterKind.CLAIM_FILE).value
    services.letters.issue(sample_id, other.id)
    assert services.cases.case(sample_id).status is status


def test_every_form_of_paper_is_made_of_a_draft_and_of_an_issued_letter(
    services: Services, sample_id: str, letter: Letter
) -> None:
    starts = {
        PaperForm.PDF: b"%PDF",
        PaperForm.ACCESSIBLE_PDF: b"%PDF",
        PaperForm.DOCX: b"PK",
        PaperForm.TEXT: b"DRAFT",
    }
    for form, start in starts.items():
        assert services.letters.render(sample_id, letter.id, form).startswith(start)
    issued = services.letters.issue(sample_id).value
    archived = services.letters.issued_pdf(sample_id)
    assert services.letters.render(sample_id, issued.id, PaperForm.PDF) == archived
    assert not services.letters.render(sample_id, issued.id, PaperForm.TEXT).startswith(b"DRAFT")
    assert {form.suffix for form in PaperForm} == {".pdf", ".docx", ".txt"}


def test_a_snippet_is_filled_from_the_record(services: Services, sample_id: str, letter: Letter) -> None:
    filled = services.letters.fill(sample_id, "For {{member.name}}: {{no.such}}.")
    assert services.cases.case(sample_id).member.full_name in filled.text
    assert filled.unknown == ("no.such",)


# Many cases


def test_one_bad_case_does_not_stop_the_others(services: Services, sample_id: str, letter: Letter) -> None:
    empty = services.cases.new_case().value.id
    composed = list(services.letter_batch.compose_many(["gone", sample_id, sample_id]))
    assert [(item.case_id, item.is_done, item.place, item.count) for item in composed] == [
        ("gone", False, 1, 2),
        (sample_id, True, 2, 2),
    ]
    assert composed[0].sentence
    printed = list(services.letter_batch.print_many([empty, sample_id]))
    assert printed[0].sentence == "No letter was composed for this case. Compose it first."
    assert printed[1].content.startswith(b"%PDF")
    assert printed[1].is_draft
    (none,) = services.letter_batch.print_many([sample_id], LetterKind.WITHDRAWAL)
    assert none.sentence.startswith("No withdrawal was composed")


def test_a_batch_stops_between_two_cases_when_it_is_told_to(
    services: Services, sample_id: str, letter: Letter
) -> None:
    other, answers = services.cases.new_case().value.id, iter((False, True))
    steps = services.letter_batch.compose_many([sample_id, other], is_cancelled=lambda: next(answers))
    done = list(steps)
    assert [item.case_id for item in done] == [sample_id]
    assert services.letters.all(other) == ()


@pytest.mark.allow_log
def test_a_defect_in_one_case_is_told_and_the_others_go_on(
    services: Services,
    sample_id: str,
    letter: Letter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    real = services.letters.compose

    def compose(case_id: str, kind: LetterKind):
        if case_id == "bad":
            raise KeyError("Jane Doe")
        return real(case_id, kind)

    monkeypatch.setattr(services.letters, "compose", compose)
    bad, good = services.letter_batch.compose_many(["bad", sample_id])
    assert "unexpected error (KeyError)" in bad.sentence
    assert good.is_done
    assert "Jane" not in caplog.text
