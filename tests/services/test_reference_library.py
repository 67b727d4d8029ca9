"""The user's own references: unverified until recorded, marked, undone, and not issued without a reason."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.case_file import CaseFile
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import BlockKind, LetterState
from desktop.domain.reference import Bibliography, Claim, PersonName, ReferenceStance, Standing
from desktop.domain.severity import Severity
from desktop.letters.references.exchange import read_references
from desktop.letters.references.search import ReferenceQuery
from desktop.services.workspace import Services

BOOK = Bibliography(
    type="book",
    title="On loose screws",
    authors=(PersonName(family="Döe", given="Jane"),),
    issued=(2020,),
    publisher="House",
)
TODAY = date(2026, 11, 22)


def test_an_own_entry_is_unverified_until_place_and_day_are_recorded(services: Services) -> None:
    own = services.references.add(BOOK).value
    assert own.id == "doe-2020"
    found = services.references.library().get("doe-2020")
    assert found is not None
    assert (found.is_verified, found.is_own, found.citation) == (
        False,
        True,
        "Döe J. On loose screws. House. 2020.",
    )
    services.references.verify("doe-2020", " The book itself ", TODAY)
    checked = services.references.library().get("doe-2020")
    assert checked is not None
    assert (checked.is_verified, checked.verified_from, checked.verified_on) == (
        True,
        ("The book itself",),
        TODAY,
    )
    stored = services.references.own("doe-2020")
    assert stored is not None
    assert stored.verified_by == "R. Reviewer"


def test_a_changed_entry_has_to_be_verified_again(services: Services) -> None:
    own = services.references.add(BOOK).value
    services.references.verify(own.id, "The book", TODAY)
    kept = services.references.change(own.model_copy(update={"subjects": ("screws",)})).value
    assert kept.is_verified
    claim = Claim(reference_id=own.id, topic="own", stance=ReferenceStance.FOR, text="Screws come loose.")
    changed = services.references.change(kept.model_copy(update={"claims": (claim,)})).value
    assert not changed.is_verified
    assert services.references.library().claims("own") == ()
    services.references.verify(own.id, "The book", TODAY)
    assert services.references.library().claims("own") == (claim,)


def test_every_step_can_be_taken_back_and_done_again(services: Services) -> None:
    references = services.references
    references.add(BOOK)
    references.verify("doe-2020", "The book", TODAY)
    references.mark("spirig-2019", Standing.RETRACTED, "Notice of the journal")
    references.remove("doe-2020")
    assert references.undo_labels() == ("Remove reference doe-2020", None)
    assert references.undo().value == "Remove reference doe-2020"
    assert references.library().get("doe-2020") is not None
    assert references.undo().value == "Mark reference spirig-2019 as retracted"
    marked = references.library().get("spirig-2019")
    assert marked is not None
    assert marked.may_be_cited
    assert references.redo().value == "Mark reference spirig-2019 as retracted"
    references.undo()
    references.undo()
    references.undo()
    assert references.library().get("doe-2020") is None
    with pytest.raises(UserFacingError):
        references.undo()
    assert services.audit_problem() is None
    operations = [event.operation for event in services.audit("reference-library")]
    assert operations[-4:] == [
        "reference_removed",
        "reference_marked",
        "reference_verified",
        "reference_added",
    ]


def test_a_case_has_its_own_undo(services: Services, sample_id: str) -> None:
    before = services.history.labels(sample_id)
    services.references.add(BOOK)
    assert services.history.labels(sample_id) == before


def test_an_import_names_what_is_there_already_and_stores_the_rest_as_unverified(services: Services) -> None:
    text = (
        "TY  - JOUR\nTI  - Something else\nDO  - https://doi.org/10.1016/J.SPINEE.2018.06.345\nER  - \n"
        "TY  - BOOK\nAU  - Doe, J\nPY  - 2020\nTI  - New\nER  - \n"
        "TY  - BOOK\nAU  - Doe, J\nPY  - 2020\nTI  - Newer\nER  - \n"
    )
    read = read_references(text.encode(), "mine.ris")
    proposed = services.references.proposed(entry.bibliography for entry in read.entries)
    assert [(item.id, item.repeats, item.reason) for item in proposed] == [
        ("something-else", "spirig-2019", "the same DOI"),
        ("doe-2020", "", ""),
        ("doe-2020-2", "", ""),
    ]
    assert services.references.take(proposed[1:], read.name).value == ("doe-2020", "doe-2020-2")
    own = services.references.own("doe-2020-2")
    assert own is not None
    assert (own.origin, own.is_verified) == ("mine.ris", False)
    with pytest.raises(UserFacingError):
        services.references.take(proposed[1:], read.name)
    assert services.references.undo().value == "Import 2 references"
    assert services.references.own("doe-2020") is None


def test_an_entry_that_repeats_one_further_up_in_the_file_is_named(services: Services) -> None:
    twice = BOOK.model_copy(update={"title": "On loose  Screws!"})
    first, second = services.references.proposed((BOOK, twice))
    assert (first.repeats, first.is_repeat_in_file) == ("", False)
    assert (second.id, second.repeats, second.reason) == ("doe-2020-2", "doe-2020", "the same title and year")
    assert second.is_repeat_in_file
    services.references.add(BOOK)
    assert [
        (item.repeats, item.is_repeat_in_file) for item in services.references.proposed((twice, twice))
    ] == [
        ("doe-2020", False),
        ("doe-2020", False),
    ]


def test_an_import_that_is_stopped_has_stored_nothing(services: Services) -> None:
    entries = tuple(BOOK.model_copy(update={"title": f"On loose screws {at}"}) for at in range(120))
    proposed = services.references.proposed(entries)
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if done >= 100:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        services.references.take(proposed, "mine.ris", stop)
    assert told == [(0, 120), (50, 120), (100, 120)]
    assert services.references.own("doe-2020") is None
    assert services.references.undo_labels() == (None, None)
    assert len(services.references.take(proposed, "mine.ris").value) == 120


def test_the_library_is_the_very_same_until_something_of_the_user_changes(services: Services) -> None:
    services.references.add(BOOK)
    before = services.references.library()
    services.change_actor(services.actor)
    assert services.references.library() is before
    services.references.add(BOOK.model_copy(update={"title": "Another"}))
    after = services.references.library()
    assert after is not before
    assert after.get("doe-2020") is before.get("doe-2020")
    services.references.mark("doe-2020", Standing.RETRACTED, "Notice")
    services.references.mark("doe-2020", Standing.CURRENT, "")
    kept = services.references.library().get("doe-2020")
    assert kept is not None
    assert (kept.standing, kept.standing_note) == (Standing.CURRENT, "")


def test_own_entries_are_searched_and_held_against_the_library(services: Services) -> None:
    services.references.add(BOOK.model_copy(update={"doi": "10.1016/j.spinee.2018.06.345"}))
    assert services.references.search(ReferenceQuery(words="doe screws"))[0].reference.id == "doe-2020"
    assert ("spirig-2019", "doe-2020") in {
        (item.first, item.second) for item in services.references.duplicates()
    }


def test_what_cannot_be_done_is_said(services: Services) -> None:
    references = services.references
    own = references.add(BOOK).value
    attempts = (
        lambda: references.verify(own.id, " ", TODAY),
        lambda: references.verify(own.id, "x", date(2026, 11, 23)),
        lambda: references.verify("spirig-2019", "x", TODAY),
        lambda: references.remove("spirig-2019"),
        lambda: references.add(Bibliography(type="book")),
        lambda: references.mark("nowhere", Standing.RETRACTED, "x"),
        lambda: references.mark(own.id, Standing.RETRACTED, " "),
        lambda: references.mark(own.id, Standing.SUPERSEDED, "x", own.id),
        references.redo,
    )
    for attempt in attempts:
        with pytest.raises(UserFacingError) as caught:
            attempt()
        assert caught.value.safe == "Nothing was changed."


def test_a_mark_is_shown_and_taken_off(services: Services) -> None:
    marked = services.references.mark(
        "wu-2019", Standing.SUPERSEDED, "By the same group", "spirig-2019"
    ).value
    assert (marked.standing, marked.superseded_by) == (Standing.SUPERSEDED, "spirig-2019")
    assert services.references.mark("wu-2019", Standing.CURRENT, "").value.may_be_cited


def cite(services: Services, case_id: str, reference_id: str) -> None:
    letter = services.letters.compose(case_id).value
    block = next(item for item in letter.content.blocks if item.kind is BlockKind.OPENING)
    services.letters.edit_block(case_id, block.id, f"{block.text} So it is.[@{reference_id}]")


def found(services: Services, case_id: str, rule: str) -> list[Severity]:
    return [item.severity for item in services.letters.problems(case_id) if item.rule == rule]


def test_an_unverified_source_keeps_the_letter_back_until_a_reason_is_given(
    services: Services, sample_id: str
) -> None:
    services.references.add(BOOK)
    cite(services, sample_id, "doe-2020")
    assert found(services, sample_id, "unverified-reference") == [Severity.ERROR]
    letter = services.letters.give_reason(
        sample_id, "doe-2020", "unverified-reference", " The plan cites it. "
    ).value
    assert [(item.reason, item.given_by) for item in letter.overrides] == [
        ("The plan cites it.", "R. Reviewer")
    ]
    assert found(services, sample_id, "unverified-reference") == [Severity.WARNING]
    event = services.audit(sample_id)[0]
    assert (event.operation, event.label) == (
        "citation_reason_given",
        "Give a reason for citing doe-2020",
    )
    services.history.undo(sample_id)
    assert found(services, sample_id, "unverified-reference") == [Severity.ERROR]
    services.history.redo(sample_id)
    services.letters.give_reason(sample_id, "doe-2020", "unverified-reference", "")
    assert found(services, sample_id, "unverified-reference") == [Severity.ERROR]
    services.references.verify("doe-2020", "The book", TODAY)
    assert found(services, sample_id, "unverified-reference") == []


@pytest.mark.parametrize("standing", [Standing.RETRACTED, Standing.SUPERSEDED])
def test_a_source_that_no_longer_stands_keeps_the_letter_back(
    services: Services, sample_id: str, standing: Standing
) -> None:
    rule = f"{standing.value}-reference"
    services.references.mark("nouh-2012", standing, "Notice of the journal.")
    cite(services, sample_id, "nouh-2012")
    assert found(services, sample_id, rule) == [Severity.ERROR]
    services.letters.give_reason(sample_id, "nouh-2012", rule, "It is what the plan relied on.")
    assert found(services, sample_id, rule) == [Severity.WARNING]
    letter = services.letters.current(sample_id)
    assert letter is not None
    assert letter.state is LetterState.DRAFT


def test_a_reason_is_taken_only_for_a_doubt_about_a_source_that_is_cited(
    services: Services, sample_id: str
) -> None:
    services.references.add(BOOK)
    services.letters.compose(sample_id)
    for reference_id, rule, reason in (
        ("doe-2020", "unverified-reference", "x"),
        ("nowhere", "unverified-reference", "x"),
    ):
        with pytest.raises(UserFacingError):
            services.letters.give_reason(sample_id, reference_id, rule, reason)
    cite(services, sample_id, "doe-2020")
    for rule, reason in (("retracted-reference", "x"), ("unverified-reference", "x" * 2001)):
        with pytest.raises(UserFacingError):
            services.letters.give_reason(sample_id, "doe-2020", rule, reason)


def test_an_issued_letter_keeps_its_source_and_its_reason(
    services: Services, sample_id: str, sample_file: CaseFile
) -> None:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    own = services.references.add(BOOK).value
    cite(services, sample_id, own.id)
    with pytest.raises(UserFacingError, match="not verified"):
        services.letters.issue(sample_id)
    services.letters.give_reason(sample_id, own.id, "unverified-reference", "The plan cites it.")
    issued = services.letters.issue(sample_id).value
    assert [item.reason for item in issued.overrides] == ["The plan cites it."]
    assert services.letters.current(sample_id) == issued
    assert "On loose screws" in services.letters.text(sample_id)
    for attempt in (
        lambda: services.references.remove(own.id),
        lambda: services.references.change(
            own.model_copy(update={"bibliography": BOOK.model_copy(update={"title": "Another"})})
        ),
    ):
        with pytest.raises(UserFacingError, match="A letter that was issued cites doe-2020"):
            attempt()
    assert services.references.verify(own.id, "The book", TODAY).value.is_verified
