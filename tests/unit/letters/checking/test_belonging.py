"""A value is held to the owner that its sentence names, and only where the record gives that owner another one."""

from __future__ import annotations

import pytest

from desktop.letters.checking.belonging import owned_elsewhere
from desktop.letters.checking.facts import FactIndex
from desktop.letters.checking.owners import Owned
from tests.unit.letters.checking.made_facts import asked, stated

SURGEON, PLAN = "ada example", "sample health plan"
OWNED = Owned(
    born="1962-03-14",
    notices=("2026-11-02",),
    numbers={
        "6145550117": f"{SURGEON}|sample spine center",
        "6145550118": f"{SURGEON}|sample spine center",
        "6145550188": PLAN,
    },
    of_owner={
        (SURGEON, "tel"): "614-555-0117",
        (SURGEON, "fax"): "614-555-0118",
        (PLAN, "fax"): "614-555-0188",
    },
    author=SURGEON,
    days_of={"renn": frozenset({"2026-09-14"}), "abel": frozenset({"2026-09-22"})},
    scores={("#back", "/10", "2026-10-06"): frozenset({"8"}), ("#odi", "%", "2026-10-06"): frozenset({"58"})},
    operations={"2024-06-18": "L2-S1"},
    planned={"2026-12-15": frozenset({"L4-L5", "L5-S1"})},
    refused_codes=frozenset({"63047"}),
)


def instead(sentence: str, owned: Owned = OWNED, index: FactIndex | None = None) -> str | None:
    """What the record has for the starred token; empty where it only says that this is not it, None: nothing."""
    here = asked(sentence)
    found = owned_elsewhere(here.place, here.reading, owned, index or FactIndex())
    return found.words if found is not None else None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("He was born on *March 15, 1962*.", "March 14, 1962"),
        ("DOB *3/15/1962*", "March 14, 1962"),
        ("He was born on *March 14, 1962*.", None),
        ("The films of *March 14, 1962* show it.", ""),
        ("His birthday is *March 14, 1962*.", None),
    ],
)
def test_the_day_of_birth_is_the_members_and_nothing_elses(sentence: str, words: str | None) -> None:
    assert instead(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("We answer your letter of *November 3, 2026*.", "November 2, 2026"),
        ("We answer your letter of *November 2, 2026*.", None),
        ("The plan’s denial dated *November 3, 2026* gives no rule.", "November 2, 2026"),
        ("Our letter of *November 3, 2026* said so.", None),
    ],
)
def test_a_letter_of_the_plan_bears_the_day_of_the_notice(sentence: str, words: str | None) -> None:
    assert instead(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Dr. Renn found it loose on *October 6, 2026*.", ""),
        ("Dr. Renn found it loose on *September 14, 2026*.", None),
        ("Dr. Renn wrote on *October 6, 2026*.", None),
        ("Dr. Renn and Dr. Abel examined him on *October 6, 2026*.", None),
        ("Dr. Renn found more on *October 6, 2026* than on September 14, 2026.", None),
    ],
)
def test_a_person_saw_somebody_on_a_day_that_the_record_names_with_that_person(
    sentence: str, words: str | None
) -> None:
    assert instead(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Dr. Ada Example can be reached at *614-555-0188*.", "614-555-0117"),
        ("Fax Dr. Ada Example at *614-555-0188*.", "614-555-0118"),
        ("Dr. Ada Example can be reached at *614-555-0117*.", None),
        ("Fax replies to *614-555-0188*.", "614-555-0118"),
        ("Fax it to *614-555-0188*.", None),
        ("Fax Sample Health Plan at *614-555-0118*.", "614-555-0188"),
        ("Call Dr. Ada Example at *614-555-0999*.", None),
    ],
)
def test_a_number_is_that_of_whom_the_sentence_names(sentence: str, words: str | None) -> None:
    assert instead(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Back pain was *6/10* on October 6, 2026.", "8/10"),
        ("Back pain was *8/10* on October 6, 2026.", None),
        ("Back pain had risen from *6/10* by October 6, 2026.", None),
        ("Back pain was *6/10* on May 4, 2026.", None),
        ("Back pain was *6/10* on May 4, 2026 and worse on October 6, 2026.", None),
        ("Back pain was *6/10* on October 6, 2026, unlike on May 4, 2026.", None),
        ("The ODI, and back pain of *6/10*, were taken on October 6, 2026.", "8/10"),
        ("The ODI on October 6, 2026 was *44%*.", "58%"),
        ("On October 6, 2026 the film showed *44%*.", None),
    ],
)
def test_a_score_of_a_day_is_the_one_that_was_scored_on_it(sentence: str, words: str | None) -> None:
    assert instead(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The fusion at *L3-S1* was on June 18, 2024.", "L2-S1"),
        ("The fusion at *L2-S1* was on June 18, 2024.", None),
        ("The fusion of *L4-L5* of June 18, 2024 is a nonunion.", None),
        ("The fusion at *L3-S1* was on June 19, 2024.", None),
        ("On June 18, 2024 he had pain at *L3-S1*.", None),
        ("Surgery at *L2-L3* is set for December 15, 2026.", ""),
        ("Surgery at *L4-L5* is set for December 15, 2026.", None),
        ("The visit about *L2-L3* is set for December 15, 2026.", None),
    ],
)
def test_the_levels_of_an_operation_are_those_of_its_day(sentence: str, words: str | None) -> None:
    assert instead(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("We ask for CPT *63047*.", ""),
        ("CPT *63047* is needed.", ""),
        ("CPT *63047*, unlike others, is needed.", None),
        ("We ask for CPT *22849*.", None),
        ("We do not ask for CPT *63047*.", None),
        ("We ask for CPT 22849 and not for CPT *63047*.", None),
        ("The notice names CPT *63047*.", None),
    ],
)
def test_a_service_that_was_not_found_necessary_is_not_asked_for(sentence: str, words: str | None) -> None:
    assert instead(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "record"),
    [
        ("He stopped smoking on *August 31, 2026*.", "He stopped smoking cigarettes on June 15, 2026."),
        (
            "The ODI was 56% on September 22, 2026 and *six* weeks later 58%.",
            "The ODI was 58% on October 6, 2026.",
        ),
        ("The ODI was 58% in *May 2026*.", "The ODI was 58% on October 6, 2026."),
        ("A zone of *2.4 mm* lies about the left screw.", "A zone of 2.4 mm lies about the right screw."),
        ("The motion is *2.6 mm* at L5-S1.", "The motion is 2.6 mm at L4-L5."),
        ("The ODI was *44%* on October 6, 2026.", "The ODI was 58% on October 6, 2026."),
        ("The anesthetic at *L4* helped.", "The anesthetic at S1 helped."),
    ],
)
def test_what_stands_beside_a_value_is_asked_for_too(sentence: str, record: str) -> None:
    assert instead(sentence, Owned(), stated(record)) == ""


def test_one_value_for_two_things_that_the_record_tells_apart_is_found() -> None:
    index = stated("The lucent zone around the screws is 2.4 mm on the right and 2.1 mm on the left.")
    assert (
        instead(
            "The lucent zone around the screws is *2.4 mm* on the right and 2.4 mm on the left.",
            Owned(),
            index,
        )
        == ""
    )
    assert (
        instead(
            "The lucent zone around the screws is *2.4 mm* on the right and 2.1 mm on the left.",
            Owned(),
            index,
        )
        is None
    )
