"""Finding references and seeing that two are one."""

from __future__ import annotations

import pytest

from desktop.domain.reference import (
    Bibliography,
    EvidenceLevel,
    PersonName,
    Reference,
    ReferenceStance,
    Standing,
)
from desktop.letters.references.doubts import RULES, doubts_of
from desktop.letters.references.duplicates import KnownSources, duplicates_among, plain_title
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.search import ReferenceQuery, search_references
from tests.unit.letters.fixtures import library


def reference(reference_id: str, **fields: object) -> Reference:
    bibliography = {name: fields.pop(name) for name in list(fields) if name in Bibliography.model_fields}
    return Reference.model_validate(
        {
            "id": reference_id,
            "kind": "book",
            "citation": "",
            "supports": (),
            "topics": (),
            "stance": "mixed",
            "is_verified": True,
            "verified_from": (),
            "bibliography": bibliography,
            **fields,
        }
    )


def ids(*references: Reference, **query: object) -> list[str]:
    found = search_references(ReferenceLibrary(references), ReferenceQuery(**query))  # pyright: ignore[reportArgumentType]
    return [item.reference.id for item in found]


TITLE = reference("a", title="Screws that loosen", issued=(2010,))
SUBJECT = reference("b", subjects=("screws",), issued=(2020,))
CLAIM = reference("c", supports=("Screws come loose.",))
BOTH = reference("d", title="Screws", subjects=("screws",))
NEWER = reference("e", title="Of screws", issued=(2015, 3))


def test_the_title_counts_more_than_a_subject_and_a_subject_more_than_a_claim() -> None:
    assert ids(CLAIM, SUBJECT, TITLE, NEWER, BOTH, words="SCREWS") == ["d", "e", "a", "b", "c"]


def test_every_word_must_be_there_and_the_beginning_of_a_word_is_enough() -> None:
    assert ids(CLAIM, TITLE, words="scr loos") == ["a", "c"]
    assert ids(CLAIM, TITLE, words="screws nails") == []
    assert ids(CLAIM, TITLE, words="%%% ") == []
    assert ids(CLAIM, TITLE) == ["c", "a"]


def test_accents_do_not_matter() -> None:
    named = reference("g", authors=(PersonName(family="Götschi"),))
    assert ids(named, words="gotschi") == ids(named, words="GÖTSCHI") == ["g"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"topic": "Screws"}, ["b", "d"]),
        ({"stance": ReferenceStance.FOR}, []),
        ({"stance": ReferenceStance.MIXED}, ["a", "b", "c", "d"]),
        ({"year_from": 2011}, ["b"]),
        ({"year_to": 2011}, ["a"]),
        ({"year_from": 2010, "year_to": 2010}, ["a"]),
        ({"evidence": EvidenceLevel.LAW}, []),
        ({"evidence": EvidenceLevel.NOT_STATED}, ["a", "b", "c", "d"]),
    ],
)
def test_a_query_narrows(query: dict[str, object], expected: list[str]) -> None:
    assert ids(TITLE, SUBJECT, CLAIM, BOTH, **query) == expected


def test_the_library_is_found_by_number_and_identifier() -> None:
    def first(words: str) -> str:
        return search_references(library(), ReferenceQuery(words=words))[0].reference.id

    assert first("422.101") == "42cfr-422-101"
    assert first("24980581") == "choudhri-2014-part4"
    assert first("10.1016/j.spinee.2018.06.345") == "spirig-2019"
    assert first("L37848") == "lcd-l37848"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"doi": "10.1/ABC"}, {"doi": "10.1/abc"}, "the same DOI"),
        ({"pmid": "123"}, {"pmid": "0123"}, "the same PMID"),
        (
            {"title": "Écrous, vis et boulons", "issued": (2020, 1)},
            {"title": "ecrous vis ET boulons!", "issued": (2020,)},
            "the same title and year",
        ),
        (
            {"title": "Reply", "authors": (PersonName(family="Doe"),)},
            {"title": "Reply", "authors": (PersonName(literal="DOE"),)},
            "the same author, title and year",
        ),
    ],
)
def test_the_same_source_is_seen(first: dict, second: dict, reason: str) -> None:
    (found,) = duplicates_among((reference("a", **first), reference("b", **second)))
    assert (found.first, found.second, found.reason) == ("a", "b", reason)
    known = KnownSources([reference("a", **first)])
    assert known.find(reference("b", **second).bibliography) == ("a", reason)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"title": "Claims, appeals", "section": "45 CFR 1"}, {"title": "Claims, appeals", "section": "26 CFR 5"}),
        ({"title": "Screws that loosen", "issued": (2010,)}, {"title": "Screws that loosen", "issued": (2011,)}),
        ({"title": "Reply"}, {"title": "Reply"}),
        ({}, {}),
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(first: dict, second: dict) -> None:
    assert duplicates_among((reference("a", **first), reference("b", **second))) == ()
    assert KnownSources([reference("a", **first)]).find(reference("b", **second).bibliography) is None


def test_the_library_names_the_one_statement_it_has_twice() -> None:
    assert [(item.first, item.second) for item in duplicates_among(library().all())] == [
        ("eisenberg-2022-soard", "eisenberg-2023-obessurg")
    ]


def test_titles_are_compared_without_case_accents_and_signs() -> None:
    assert plain_title("  Über – “X-rays” ") == "uberxrays"


def test_every_doubt_has_its_rule() -> None:
    doubtful = reference(
        "a", is_verified=False, standing=Standing.SUPERSEDED, standing_note="Old.", superseded_by="b"
    )
    assert dict(doubts_of(doubtful)) == {
        "unverified-reference": "The reference a is not verified.",
        "superseded-reference": "The reference a was superseded. Old. Its successor: b.",
    }
    retracted = reference("a", standing=Standing.RETRACTED, standing_note="Notice.")
    assert dict(doubts_of(retracted)) == {"retracted-reference": "The reference a was retracted. Notice."}
    assert dict(doubts_of(reference("a"))) == {}
    assert {rule for item in (doubtful, retracted) for rule, _ in doubts_of(item)} == set(RULES)
