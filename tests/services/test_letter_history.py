"""Status, versions, remarks and delivery: who may do what when, and that nothing kept is ever changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file import CaseFile
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.letter import Letter, LetterKind, ReviewStatus
from desktop.domain.letter_history import Delivery, DeliveryChannel, VersionReason
from desktop.domain.reference import CitationStyle
from desktop.services.letter_difference import DiffKind, word_runs
from desktop.services.workspace import Services
from tests.services.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def letter(services: Services, sample_id: str, sample_file: CaseFile) -> Letter:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    return services.letters.compose(sample_id).value


def approve(services: Services, case_id: str) -> Letter:
    history = services.letter_history
    history.set_status(case_id, None, ReviewStatus.SUBMITTED)
    history.set_status(case_id, None, ReviewStatus.UNDER_REVIEW)
    return history.set_status(case_id, None, ReviewStatus.APPROVED, by="Dr. S. Second", credential="MD").value


def rules(services: Services, case_id: str) -> set[str]:
    return {problem.rule for problem in services.letters.problems(case_id)}


def opening_of(letter: Letter) -> str:
    return next(block.id for block in letter.content.blocks if block.kind.value == "opening")


def sent(letter: Letter, **changes: object) -> Delivery:
    fields = {
        "id": "d1",
        "letter_id": letter.id,
        "channel": DeliveryChannel.CERTIFIED_MAIL,
        "recipient": "Appeals Department",
        "sent_on": TODAY,
    }
    return Delivery.model_validate(fields | changes)


def test_a_letter_goes_through_the_house_step_by_step_with_names(
    services: Services, sample_id: str, letter: Letter
) -> None:
    assert letter.status is ReviewStatus.DRAFT
    approved = approve(services, sample_id)
    told = [(step.status.label, step.by, step.credential) for step in approved.status_history]
    assert told == [
        ("Submitted", "R. Reviewer", "RN"),
        ("Under review", "R. Reviewer", "RN"),
        ("Approved", "Dr. S. Second", "MD"),
    ]
    reasons = [version.why for version in services.letter_history.versions(sample_id)]
    assert reasons == [VersionReason.SUBMITTED, VersionReason.APPROVED]
    assert services.audit(sample_id)[0].operation == "letter_status_changed"


@pytest.mark.parametrize(
    "wanted", [ReviewStatus.UNDER_REVIEW, ReviewStatus.APPROVED, ReviewStatus.DRAFT], ids=lambda it: it.value
)
def test_a_step_out_of_order_is_refused(
    services: Services, sample_id: str, letter: Letter, wanted: ReviewStatus
) -> None:
    with pytest.raises(UserFacingError, match="The next step is: Submitted"):
        services.letter_history.set_status(sample_id, None, wanted)
    assert services.letters.letter(sample_id).status is letter.status


def test_a_letter_goes_back_to_draft_only_with_a_note(
    services: Services, sample_id: str, letter: Letter
) -> None:
    approve(services, sample_id)
    with pytest.raises(UserFacingError, match="not said why"):
        services.letter_history.set_status(sample_id, letter.id, ReviewStatus.DRAFT, note="  ")
    back = services.letter_history.set_status(
        sample_id, letter.id, ReviewStatus.DRAFT, note="Wrong level"
    ).value
    assert (back.status, back.status_history[-1].note) == (ReviewStatus.DRAFT, "Wrong level")


def test_an_approved_letter_that_is_edited_is_a_draft_again_and_says_so(
    services: Services, sample_id: str, letter: Letter
) -> None:
    approve(services, sample_id)
    edited = services.letters.edit_block(sample_id, opening_of(letter), "Other words.").value
    assert edited.status is ReviewStatus.DRAFT
    assert edited.status_history[-1].note == "Changed after it was approved."
    services.history.undo(sample_id)
    assert services.letters.letter(sample_id).status is ReviewStatus.APPROVED


def test_an_approved_letter_that_prints_its_references_otherwise_is_a_draft_again(
    services: Services, sample_id: str, letter: Letter
) -> None:
    approve(services, sample_id)
    settings = letter.settings.model_copy(update={"citation_style": CitationStyle.VANCOUVER})
    changed = services.letters.change_settings(sample_id, letter.id, settings).value
    assert changed.content.citation_style is CitationStyle.VANCOUVER
    assert changed.status is ReviewStatus.DRAFT


def test_looking_at_or_locking_an_approved_letter_leaves_it_approved(
    services: Services, sample_id: str, letter: Letter
) -> None:
    approve(services, sample_id)
    assert services.letters.compose(sample_id).value.status is ReviewStatus.APPROVED
    locked = services.letters.lock_block(sample_id, opening_of(letter), True).value
    assert locked.status is ReviewStatus.APPROVED
    assert "approval-outdated" not in rules(services, sample_id)


def test_a_record_that_moves_an_approved_letter_on_is_named_by_the_check(
    services: Services, sample_id: str, letter: Letter
) -> None:
    approve(services, sample_id)
    member = services.cases.case(sample_id).member
    services.cases.save_member(sample_id, member.model_copy(update={"family_name": "Changed"}))
    assert "approval-outdated" in rules(services, sample_id)
    # Locking writes the letter, and must not make the other words look approved.
    services.letters.lock_block(sample_id, opening_of(letter), True)
    assert services.letters.letter(sample_id).status is ReviewStatus.DRAFT


def test_versions_are_numbered_and_the_same_words_are_kept_once(
    services: Services, sample_id: str, letter: Letter
) -> None:
    history = services.letter_history
    first = history.keep_version(sample_id).value
    assert history.keep_version(sample_id).value == first
    services.letters.edit_block(sample_id, opening_of(letter), "Mine.")
    second = history.keep_version(sample_id, letter.id).value
    assert [version.number for version in history.versions(sample_id)] == [1, 2]
    assert history.versions(sample_id)[0] == first
    (changed,) = (item for item in history.difference(first, second) if item.is_changed)
    assert changed.block_id == opening_of(letter)
    assert any(run.kind is DiffKind.ADDED and "Mine" in run.text for run in changed.runs)


def test_the_version_before_typed_words_are_replaced_is_kept(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.letters.edit_block(sample_id, opening_of(letter), "Mine.")
    settings = letter.settings.model_copy(update={"has_figures": False})
    kept = services.letters.change_settings(sample_id, letter.id, settings).value
    assert kept.content.block(opening_of(letter)).text == "Mine."  # type: ignore[union-attr]
    other = settings.model_copy(update={"has_disclaimer": True})
    fresh = services.letters.change_settings(sample_id, letter.id, other, keeps_typed=False).value
    assert not any(block.is_edited for block in fresh.content.blocks)
    versions = services.letter_history.versions(sample_id)
    assert {version.why for version in versions} == {VersionReason.RECOMPOSED}
    assert "Mine." in {block.text for block in versions[-1].content.blocks}


def test_a_difference_names_blocks_that_are_new_gone_and_elsewhere(
    services: Services, sample_id: str, letter: Letter
) -> None:
    ids = [block.id for block in letter.content.blocks]
    services.letters.remove_block(sample_id, ids[6])
    later = services.letters.move_block(sample_id, ids[1], 3).value
    found = {item.block_id: item for item in services.letter_history.difference(letter, later)}
    assert found[ids[6]].kind is DiffKind.REMOVED
    assert found[ids[1]].is_moved
    assert not found[ids[0]].is_changed
    back = {item.block_id: item for item in services.letter_history.difference(later, letter)}
    assert back[ids[6]].kind is DiffKind.ADDED


@given(
    earlier=st.lists(st.sampled_from(["at", "L4-L5", "7", "weeks", ".", "\n", "  ", "ß"]), max_size=40),
    later=st.lists(st.sampled_from(["at", "L4-L5", "8", "weeks", ".", "\n", "  "]), max_size=40),
)
def test_the_runs_of_a_difference_hold_both_texts_to_the_letter(earlier: list[str], later: list[str]) -> None:
    old, new = "".join(earlier), "".join(later)
    runs = word_runs(old, new)
    assert "".join(run.text for run in runs if run.kind is not DiffKind.ADDED) == old
    assert "".join(run.text for run in runs if run.kind is not DiffKind.REMOVED) == new
    if old == new:
        assert all(run.kind is DiffKind.SAME for run in runs)


def test_a_changed_level_is_told_as_a_whole_word() -> None:
    runs = word_runs("Fusion at L4-L5 on 9/14/2026.", "Fusion at L5-S1 on 9/14/2026.")
    assert [(run.kind.value, run.text) for run in runs] == [
        ("same", "Fusion at "),
        ("removed", "L4-L5"),
        ("added", "L5-S1"),
        ("same", " on 9/14/2026."),
    ]


def test_neighbouring_changed_words_are_one_change() -> None:
    runs = word_runs("Two new screws were placed.", "Two old rods were placed.")
    assert [run.text for run in runs] == ["Two ", "new screws", "old rods", " were placed."]


def test_a_rewritten_passage_is_one_change_and_not_confetti() -> None:
    old = "The member has had pain for two years, and the screws at S1 are loose. Physical therapy was tried."
    new = "We ask you to look again: imaging of the sacrum shows halos, and nothing else explains it. Thank you."
    assert [run.kind for run in word_runs(old, new)][:2] == [DiffKind.REMOVED, DiffKind.ADDED]
    assert sum(run.kind is DiffKind.SAME for run in word_runs(old, new)) <= 1


def test_a_small_word_between_two_small_changes_stays_as_it_is() -> None:
    runs = word_runs("Fusion of L4-L5 and L5-S1 today.", "Fusion of L3-L4 and L4-L5 today.")
    assert [run.text for run in runs] == [
        "Fusion of ",
        "L4-L5",
        "L3-L4",
        " and ",
        "L5-S1",
        "L4-L5",
        " today.",
    ]


def test_texts_too_long_to_compare_word_by_word_are_told_as_a_whole() -> None:
    runs = word_runs("a " * 3000, "b " * 3000)
    assert [run.kind for run in runs] == [DiffKind.REMOVED, DiffKind.ADDED]


def test_an_open_remark_is_a_warning_until_it_is_settled(
    services: Services, sample_id: str, letter: Letter
) -> None:
    history, block = services.letter_history, opening_of(letter)
    made = history.comment(
        sample_id, None, block, " Is this the date? ", quote="date", by="Dr. S. Second"
    ).value
    assert (made.text, made.made_by, made.is_open) == ("Is this the date?", "Dr. S. Second", True)
    (problem,) = [item for item in services.letters.problems(sample_id) if item.rule == "open-comment"]
    assert (problem.block_id, problem.words) == (block, "date")
    assert "Dr. S. Second" in problem.message
    settled = history.resolve_comment(sample_id, made.id).value
    assert (settled.resolved_by, settled.resolved_at) == ("R. Reviewer", NOW)
    assert "open-comment" not in rules(services, sample_id)
    assert history.resolve_comment(sample_id, made.id, is_resolved=False).value.is_open
    assert history.comments(sample_id) == (made,)
    history.remove_comment(sample_id, made.id)
    assert history.comments(sample_id, letter.id) == ()


def test_a_remark_on_nothing_and_an_empty_one_are_refused(
    services: Services, sample_id: str, letter: Letter
) -> None:
    with pytest.raises(UserFacingError, match="does not exist any more"):
        services.letter_history.comment(sample_id, letter.id, "gone", "Look")
    with pytest.raises(UserFacingError, match="empty"):
        services.letter_history.comment(sample_id, letter.id, opening_of(letter), "  ")
    with pytest.raises(UserFacingError, match="not there any more"):
        services.letter_history.resolve_comment(sample_id, "gone")


def test_only_an_issued_letter_can_have_been_sent(services: Services, sample_id: str, letter: Letter) -> None:
    with pytest.raises(UserFacingError, match="was not issued"):
        services.letter_history.record_delivery(sample_id, sent(letter))
    issued = services.letters.issue(sample_id).value
    services.letter_history.record_delivery(sample_id, sent(issued))
    proven = sent(issued, received_on=TODAY, proof="Return receipt", reference="9407 1000")
    services.letter_history.record_delivery(sample_id, proven)
    assert services.letter_history.deliveries(sample_id) == (proven,)
    assert services.letter_history.deliveries(sample_id, "other") == ()
    services.letter_history.remove_delivery(sample_id, "d1")
    assert services.letter_history.deliveries(sample_id) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sent_on": TODAY + timedelta(days=1)}, "yet to come"),
        ({"received_on": TODAY - timedelta(days=1)}, "received before it was sent"),
        ({"sent_on": date(2026, 1, 5)}, "after the day of sending"),
        ({"proof_document_id": "gone"}, "not a document of this case"),
    ],
)
def test_a_delivery_that_cannot_be_is_refused(
    services: Services, sample_id: str, letter: Letter, changes: dict[str, object], said: str
) -> None:
    issued = services.letters.issue(sample_id).value
    with pytest.raises(UserFacingError, match=said):
        services.letter_history.record_delivery(sample_id, sent(issued, **changes))
    assert services.letter_history.deliveries(sample_id) == ()


def test_an_issued_letter_takes_no_step_no_version_and_no_remark(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.letters.issue(sample_id)
    history = services.letter_history
    with pytest.raises(SignedRecordError):
        history.set_status(sample_id, letter.id, ReviewStatus.SUBMITTED)
    with pytest.raises(SignedRecordError):
        history.keep_version(sample_id, letter.id)
    with pytest.raises(SignedRecordError):
        history.comment(sample_id, letter.id, opening_of(letter), "Too late")
    assert [version.why for version in history.versions(sample_id)] == [VersionReason.ISSUED]


def test_an_opinion_prints_the_status_it_was_given_and_stays_approved(
    services: Services, sample_id: str, letter: Letter
) -> None:
    services.letters.compose(sample_id, LetterKind.OPINION)
    approved = approve(services, sample_id)
    assert approved.kind is LetterKind.OPINION
    assert "Dr. S. Second" in services.letters.text(sample_id)
    assert "approval-outdated" not in rules(services, sample_id)
    kept = services.letter_history.versions(sample_id)[-1]
    assert kept.content == approved.content
    assert services.letters.compose(sample_id, LetterKind.OPINION).value.status is ReviewStatus.APPROVED
