"""What a letter is composed from: everything of the case, nothing of another one but the names to keep out."""

from __future__ import annotations

import pytest

from desktop.domain.argument import DoubtKind
from desktop.domain.case_file import CaseFile
from desktop.domain.letter import Letter, LetterKind, LetterSettings
from desktop.domain.packet import PacketChoice
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.stationery import Letterhead
from desktop.letters.inputs import LetterInputs
from desktop.services.workspace import Services


@pytest.fixture
def letter(services: Services, sample_id: str, sample_file: CaseFile) -> Letter:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    return services.letters.compose(sample_id).value


def inputs_of(services: Services, case_id: str, letter: Letter | None = None) -> LetterInputs:
    return services.letters.check_session(case_id, letter.id if letter else None).living.inputs


def name(services: Services, case_id: str, given: str, family: str) -> None:
    member = services.cases.case(case_id).member
    named = member.model_copy(update={"given_name": given, "family_name": family})
    services.cases.save_member(case_id, named)


def test_members_of_other_cases_are_named_to_the_check_but_not_the_member_of_this_one(
    services: Services, sample_id: str, letter: Letter
) -> None:
    own = services.cases.case(sample_id).member
    name(services, services.cases.new_case().value.id, "Ada", "Other")
    name(services, services.cases.new_case().value.id, own.given_name, own.family_name.upper())
    assert inputs_of(services, sample_id).other_members == ("Ada Other",)
    with services.letters.desk.store.read() as reader:
        living = services.letters.desk.read(reader, sample_id, None)
    assert living.inputs.other_members == ()


def test_the_letters_issued_before_are_known_and_no_letter_is_before_itself(
    services: Services, sample_id: str, letter: Letter
) -> None:
    assert inputs_of(services, sample_id).earlier == ()
    first = services.letters.issue(sample_id).value
    second = services.letters.compose(sample_id, LetterKind.SECOND_LEVEL).value
    assert inputs_of(services, sample_id, second).earlier == (first,)
    again = services.letters.issue(sample_id, services.letters.compose(sample_id).value.id).value
    assert inputs_of(services, sample_id, second).earlier == (first, again)
    assert inputs_of(services, sample_id, again).earlier == (first,)
    assert inputs_of(services, sample_id, first).earlier == ()


def test_doubts_about_the_chosen_sets_are_told_as_the_choice_of_criteria_words_them(
    services: Services, sample_id: str
) -> None:
    services.letters.compose(sample_id)
    line = services.cases.case(sample_id).service_lines[0]
    wrong = "knee-arthroplasty.aetna-0660"
    services.review.choose_sets(sample_id, line.id, (*line.criteria_set_ids, wrong))
    doubts = inputs_of(services, sample_id).doubts
    (found,) = [item for item in doubts if item.set_id == wrong and item.kind is DoubtKind.WRONG_SET]
    assert (found.service_line_id, "other codes" in found.sentence) == (line.id, True)
    assert DoubtKind.SILENT in {item.kind for item in doubts}


def test_a_letterhead_is_taken_by_the_settings_of_the_letter(
    services: Services, sample_id: str, letter: Letter
) -> None:
    head = Letterhead(id="house", name="House", lines=("Spine Practice of the North",))
    services.stationery.put(head)
    assert inputs_of(services, sample_id).letterhead is None
    services.letters.change_settings(sample_id, letter.id, LetterSettings(letterhead_id="house"))
    assert inputs_of(services, sample_id).letterhead == head
    assert "Spine Practice of the North" in services.letters.text(sample_id)
    services.letters.change_settings(sample_id, letter.id, LetterSettings(letterhead_id="gone"))
    assert inputs_of(services, sample_id).letterhead is None
    assert "letterhead-gone" in {item.rule for item in services.letters.problems(sample_id)}


def test_calls_packet_choices_status_and_reasons_of_the_letter_are_at_hand(
    services: Services, sample_id: str, letter: Letter
) -> None:
    call = PeerToPeer(id="call", notes="Asked for")
    choice = PacketChoice(document_id=services.cases.case(sample_id).documents[0].id, is_left_out=True)
    services.peer_to_peer.put(sample_id, call)
    with services.letters.desk.store.write("test", "Test", case_id=sample_id) as work:
        work.items.put(sample_id, choice)
    inputs = inputs_of(services, sample_id)
    assert inputs.peer_to_peers == (call,)
    assert inputs.packet_choices == (choice,)
    assert inputs.settings == letter.settings
    assert inputs.kind is letter.kind
