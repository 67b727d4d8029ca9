"""Tokens of a sentence stand together as the record states them; a rule speaks only where it states otherwise."""

from __future__ import annotations

import pytest

from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.owners import Owned
from desktop.letters.checking.standing_together import day_of_enclosure, out_of_place, stands_alone
from tests.unit.letters.checking.made_facts import asked, letter_facts

NOTHING = letter_facts()


def misplaced(sentence: str, facts: LetterFacts = NOTHING) -> str | None:
    """What the record has for the starred token; empty where it only says that this is not it, None: nothing."""
    here = asked(sentence)
    found = out_of_place(here.place, here.reading, here.frames, facts)
    return found.words if found is not None else None


def is_alone(sentence: str, facts: LetterFacts) -> bool:
    here = asked(sentence)
    return stands_alone(here.place, here.reading, facts) is not None


@pytest.mark.parametrize(
    ("sentence", "is_twice"),
    [
        ("It was seen at L4-L5 and *L4-L5*.", True),
        ("It was seen at L4-L5 and *L5-S1*.", False),
        ("It was seen at L4-L5. The graft was then put in once more at *L4-L5*.", False),
        ("CPT 22612 and *22612* were refused.", True),
        ("It moved from 4 mm to *4 mm*.", True),
        ("It moved 4 mm, then *4 mm*.", False),
        ("He had 18 visits and *18 visits*.", False),
        ("The appeal goes to fax 614-555-0188, and the line for a call is *614-555-0188*.", True),
        ("The appeal goes to fax 614-555-0188, and the line for a call is *614-555-0142*.", False),
    ],
)
def test_nobody_lists_the_same_twice_in_one_breath(sentence: str, *, is_twice: bool) -> None:
    assert (misplaced(sentence) == "") is is_twice


COUNTED = letter_facts(
    "He kept 18 of 20 visits.",
    "Then 22 visits attended of 24 scheduled.",
    "Of 14 days he worked 6 days.",
    "Pain at 2 of 3 levels.",
    "Braced for 9 weeks.",
    "The course ran 30 weeks.",
)


@pytest.mark.parametrize(
    ("sentence", "is_mixed"),
    [
        ("He kept 18 of *20* visits.", False),
        ("He kept 18 visits of *20*.", False),
        ("He kept 22 out of *24* sessions.", False),
        ("He kept 18 of *24* visits.", True),
        ("He kept 22 of *20* visits.", True),
        ("He kept 18 visits of *24*.", True),
        ("He worked 6 of *14* days.", False),
        ("He wore it 9 of *30* weeks.", True),
        ("It hurt at 2 of *3* levels.", False),
        ("It hurt at 2 of *24* levels.", True),
    ],
)
def test_a_count_of_a_count_is_held_together(sentence: str, *, is_mixed: bool) -> None:
    assert (misplaced(sentence, COUNTED) == "") is is_mixed


FOUND = letter_facts(
    "There is loosening at S1.",
    "There is nonunion at L5-S1.",
    "The fusion is solid at L3-L4.",
    "There is no stenosis at L4-L5.",
    "There is a herniation at C5-C6.",
    "Nonunion at L2-L3 cannot be excluded.",
)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("There is loosening at *S1*.", None),
        ("There is loosening at *L3*.", "S1"),
        ("There is nonunion at *L5-S1*.", None),
        ("There is nonunion at *L4-L5*.", "L5-S1"),
        ("There is nonunion at *L3-L4*.", "L5-S1"),
        ("There is no stenosis at *L4-L5*.", None),
        ("There is stenosis at *L4-L5*.", None),
        ("There is no nonunion at *L4-L5*.", None),
        ("There is no nonunion at *L3-L4*.", None),
        ("The fusion is not solid at *L5-S1*.", None),
        ("There is no slip at *L2-L3*.", None),
        ("Stenosis at *L4-L5* cannot be excluded.", None),
        ("There is no herniation at *C5-C6*.", ""),
        ("Nonunion at *L2-L3* cannot be excluded.", None),
        ("Nonunion at *L4-L5* cannot be excluded.", "L2-L3"),
        ("There is a slip at *L4-L5*.", None),
    ],
)
def test_a_finding_is_said_of_a_place_where_the_record_says_it(sentence: str, words: str | None) -> None:
    assert misplaced(sentence, FOUND) == words


def test_what_is_found_on_one_side_is_not_said_of_the_other() -> None:
    facts = letter_facts("There is loosening of the right L5 screw.")
    assert misplaced("There is loosening of the *right* L5 screw.", facts) is None
    assert misplaced("There is loosening of the *left* L5 screw.", facts) == "right"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Revision arthrodesis (CPT *22612*) is asked for.", None),
        ("Revision arthrodesis (CPT *22849*) is asked for.", "22612"),
        ("Revision arthrodesis (CPT *22612-51*) is asked for.", None),
        ("Something else (CPT *22849*) is asked for.", None),
    ],
)
def test_the_code_behind_a_service_is_its_own(sentence: str, words: str | None) -> None:
    assert misplaced(sentence, letter_facts(labels={"revision arthrodesis": "22612"})) == words


STUDIES = letter_facts(
    "The visit was on October 6, 2026.",
    "CT was asked for on August 3, 2026.",
    fields=("CT September 14, 2026", "Radiographs September 16, 2026"),
)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The CT of *September 14, 2026* shows it.", None),
        ("The CT of *September 16, 2026* shows it.", "September 14, 2026"),
        ("The CT of *August 3, 2026* shows it.", None),
        ("At the visit of *October 6, 2026* the CT was read.", None),
        ("The CT and the films of *September 16, 2026* show it.", None),
        ("The MRI of *September 16, 2026* shows it.", None),
        ("The CT of September 14, 2026 came before that of *September 16, 2026*.", None),
        ("The CT of *September 16, 2026* was read on September 14, 2026.", None),
    ],
)
def test_the_day_beside_the_only_study_of_a_sentence_is_of_such_a_study(
    sentence: str, words: str | None
) -> None:
    assert misplaced(sentence, STUDIES) == words


def test_what_belongs_to_an_owner_is_asked_for_among_the_rest() -> None:
    facts = letter_facts(owned=Owned(born="1962-03-14"))
    assert misplaced("He was born on *March 15, 1962*.", facts) == "March 14, 1962"


TIED = letter_facts(
    "The motion is 2.6 mm at L4-L5.",
    "The motion is 4.2 mm at L5-S1.",
    "The ODI was 58% on October 6, 2026.",
    "The ODI was 44% on October 6, 2025.",
    "The visit of May 12, 2026 had a long talk. Pain was 7/10.",
    "He had therapy from May 4, 2026 to July 24, 2026.",
    "He wore a brace from February 2, 2026 to May 1, 2026.",
)


@pytest.mark.parametrize(
    ("sentence", "is_apart"),
    [
        ("The motion is *2.6 mm* at L4-L5.", False),
        ("The motion is *2.6 mm* at L5-S1.", True),
        ("The motion is *9.9 mm* at L5-S1.", False),
        ("The motion is *2.6 mm*.", False),
        ("The motion is *2.6 mm*; L5-S1 is another level.", False),
        ("The ODI was *44%* on October 6, 2026.", True),
        ("The ODI was *58%* on October 6, 2026.", False),
        ("He had therapy from May 4, 2026 to *July 24, 2026*.", False),
        ("He had therapy from May 4, 2026 to *May 1, 2026*.", True),
        ("He had therapy from February 2, 2026 to *July 24, 2026*.", True),
        ("He had therapy from July 24, 2026 to *May 4, 2026*.", True),
        ("He was seen from May 4, 2026 to *December 1, 2026*.", False),
    ],
)
def test_a_value_beside_another_is_one_that_the_record_states_with_it(
    sentence: str, *, is_apart: bool
) -> None:
    assert is_alone(sentence, TIED) is is_apart


def test_a_value_of_a_document_goes_with_its_day() -> None:
    facts = letter_facts(
        "The visit was long and pain was 7/10 on May 4, 2026.",
        "The motion of 3 mm at L4-L5 is of October 6, 2026.",
    )
    assert is_alone("Pain was *7/10* on October 6, 2026.", facts)
    both = letter_facts(
        "Pain was 7/10 on May 4, 2026.",
        "The motion was 3 mm on October 6, 2026.",
        "At the visit of October 6, 2026 there was much to talk about: the leg, the brace, work, and the pain, 7/10.",
    )
    assert not is_alone("Pain was *7/10* on October 6, 2026.", both)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("See the report (Encl. C, *Sep 16, 2026*).", "2026-09-14"),
        ("See Encl. C and what was said on *Sep 16, 2026*.", None),
        ("See Encl. C, *p. 2*.", None),
        ("See Encls. C and B, *Sep 16, 2026*.", None),
        ("See Encl. D, *Sep 16, 2026*.", None),
    ],
)
def test_the_day_right_behind_an_enclosure_is_that_of_the_enclosure(sentence: str, day: str | None) -> None:
    here = asked(sentence)
    assert day_of_enclosure(here.token, here.reading, letter_facts(days={"C": "2026-09-14"})) == day
