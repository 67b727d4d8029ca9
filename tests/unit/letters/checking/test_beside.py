"""What stands right beside a value is what the record states it with; where it states nothing, the rule is silent."""

from __future__ import annotations

import pytest

from desktop.letters.checking.beside import (
    is_a_month_of,
    is_an_interval,
    is_injected,
    is_of_its_place,
    is_of_the_day,
    is_of_tobacco,
    is_said_of_both,
)
from desktop.letters.checking.facts import FactIndex
from desktop.letters.checking.tokens import TokenKind
from tests.unit.letters.checking.made_facts import asked, stated

SCORES = stated(
    "The ODI was 56% on September 22, 2026.",
    "The ODI was 58% on October 6, 2026.",
    "The ODI was 26% on December 10, 2024.",
    "The ODI of October 6, 2026 took 10 minutes.",
)


@pytest.mark.parametrize(
    ("sentence", "is_right"),
    [
        ("The ODI was 56% on September 22, 2026, and *two* weeks later 58%.", True),
        ("The ODI was 56% on September 22, 2026, and *six* weeks later 58%.", False),
        ("The ODI was 58% on October 6, 2026, and *two* weeks earlier 56%.", True),
        ("The ODI was 58% on October 6, 2026, and *six* weeks earlier 56%.", False),
        ("The ODI was 56% on September 22, 2026, and *six* weeks of therapy followed.", True),
        ("It was 58%, and *six* weeks later the same.", True),
        ("The ODI was 56% on September 22, 2026 and 58% *two* weeks later.", True),
        ("The ODI was 56% on September 22, 2026 and 58% *eleven* weeks later.", False),
        ("The ODI was 56% on September 22, 2026, and *two* weeks later he was seen.", True),
        ("The ODI was 56% on September 22, 2026, and *nine* weeks later he was seen.", False),
        ("The ODI was 58% on October 6, 2026, and *two* weeks earlier he was seen.", True),
        ("The ODI was 56% on September 22, 2026, and *58%* later.", True),
    ],
)
def test_so_long_after_a_day_lies_a_recorded_day(sentence: str, *, is_right: bool) -> None:
    here = asked(sentence)
    assert is_an_interval(here.token, here.reading, SCORES) is is_right


@pytest.mark.parametrize(
    ("sentence", "is_right"),
    [
        ("The ODI was *58%* on October 6, 2026.", True),
        ("The ODI was *56%* on October 6, 2026.", False),
        ("The ODI was up from *56%* on October 6, 2026.", True),
        ("The ODI was *56%* on October 6, 2026.[@spirig-2019]", True),
        ("The ODI was *56%* on May 4, 2026.", True),
        ("The ODI was *56%* on September 22, 2026 and 58% on October 6, 2026.", True),
        ("The ODI kept him *40 minutes* on October 6, 2026.", True),
        ("The films showed *56%* on October 6, 2026.", True),
    ],
)
def test_a_value_beside_the_only_day_of_its_sentence_is_of_that_day(sentence: str, *, is_right: bool) -> None:
    here = asked(sentence)
    assert is_of_the_day(here.token, here.reading, SCORES) is is_right


ZONES = stated(
    "A zone of 2.4 mm lies about the right S1 screw.",
    "A zone of 2.1 mm lies about the left S1 screw.",
    "The motion is 2.6 mm at L4-L5.",
    "The motion is 4.2 mm at L5-S1.",
    "The stenosis is 40% at L4-L5.",
)


@pytest.mark.parametrize(
    ("sentence", "kind", "is_right"),
    [
        ("The zone about the right S1 screw is *2.4 mm*.", TokenKind.SIDE, True),
        ("The zone about the left S1 screw is *2.4 mm*.", TokenKind.SIDE, False),
        ("The left S1 screw is loose, and a zone is *2.4 mm*.", TokenKind.SIDE, True),
        ("The zones on the left and right are *2.4 mm*.", TokenKind.SIDE, True),
        ("The zone on the left measures 2.1 mm to *2.4 mm*.", TokenKind.SIDE, True),
        ("The zone about the left S1 screw is *9.9 mm*.", TokenKind.SIDE, True),
        ("The motion at L5-S1 is *2.6 mm*.", TokenKind.LEVEL, False),
        ("The motion at L4-L5 is *2.6 mm*.", TokenKind.LEVEL, True),
        ("The stenosis at L5-S1 is *40%*.", TokenKind.LEVEL, True),
    ],
)
def test_a_value_is_of_the_side_and_the_level_in_one_breath_with_it(
    sentence: str, kind: TokenKind, *, is_right: bool
) -> None:
    here = asked(sentence)
    assert is_of_its_place(here.token, here.reading, ZONES, kind) is is_right


TWO = stated(
    "The lucent zone around the screws is 2.4 mm on the right and 2.1 mm on the left.",
    "The lucent zone around the screws is 2.4 mm.",
)
ONE = stated("The lucent zone around the screws is 2.4 mm.")


@pytest.mark.parametrize(
    ("sentence", "index", "is_both"),
    [
        ("The lucent zone around the screws is *2.4 mm* on the right and 2.4 mm on the left.", TWO, True),
        ("The lucent zone around the screws is *2.4 mm* on the right and 2.1 mm on the left.", TWO, False),
        ("The lucent zone around the screws is *2.4 mm* on the right and 2.4 mm on the left.", ONE, False),
        (
            "The lucent zone around the screws is *2.4 mm* on the right. It was also, when seen again, 2.4 mm.",
            TWO,
            False,
        ),
        ("The screws got *18 visits* and then 18 visits.", TWO, False),
    ],
)
def test_one_value_given_to_two_things_in_a_row_is_found_where_the_record_gives_two(
    sentence: str, index: FactIndex, *, is_both: bool
) -> None:
    here = asked(sentence)
    assert is_said_of_both(here.token, here.reading, index) is is_both


@pytest.mark.parametrize(
    ("sentence", "is_right"),
    [
        ("The ODI was 26% in *December 2024*.", True),
        ("The ODI was 26% in *October 2026*.", False),
        ("The ODI was 26% before *October 2026*.", True),
        ("The ODI was 99% in *October 2026*.", True),
        ("There were 18 visits in *October 2026*.", True),
        ("In *October 2026* it was 26%.", True),
    ],
)
def test_a_value_in_a_month_was_recorded_in_it(sentence: str, *, is_right: bool) -> None:
    here = asked(sentence)
    assert is_a_month_of(here.place, here.reading, SCORES) is is_right


INJECTED = stated(
    "The anesthetic injection at S1 helped.", "The stenosis is at L3-L4.", "The screw at L4 holds."
)


@pytest.mark.parametrize(
    ("sentence", "is_right"),
    [
        ("The injection at *S1* helped.", True),
        ("The injection at *L4* helped.", False),
        ("The injection was for stenosis at *L4*.", True),
        ("He had an injection; the screw at *L4* holds.", True),
        ("He had an injection that by his own account in the diary he kept helped at *L4*.", True),
        ("The screw at *L4* holds.", True),
    ],
)
def test_an_injection_was_given_where_the_record_has_one(sentence: str, *, is_right: bool) -> None:
    here = asked(sentence)
    assert is_injected(here.place, here.reading, INJECTED) is is_right


SMOKED = stated(
    "He stopped smoking cigarettes on June 15, 2026.",
    "The brace ended on May 1, 2026.",
    "He smoked cigarettes on May 1, 2026.",
)


@pytest.mark.parametrize(
    ("sentence", "is_right"),
    [
        ("He stopped smoking on *June 15, 2026*.", True),
        ("He stopped smoking on *May 1, 2026*.", False),
        ("He smoked on *May 1, 2026*.", True),
        ("The brace ended on *May 1, 2026*.", True),
        ("His cotinine was low after smoking ended on *May 1, 2026*.", True),
        ("He stopped smoking; the brace ended on *May 1, 2026*.", True),
    ],
)
def test_smoking_began_and_ended_on_recorded_days(sentence: str, *, is_right: bool) -> None:
    here = asked(sentence)
    assert is_of_tobacco(here.place, here.reading, SMOKED) is is_right
