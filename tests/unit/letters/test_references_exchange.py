"""Reference files in and out: every form comes back as it left, and every file that is not one is refused in words."""

from __future__ import annotations

import json
import logging

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserFacingError
from desktop.domain.reference import Bibliography, PersonName
from desktop.letters.references.csl import TEXT_FIELDS, tidied
from desktop.letters.references.exchange import (
    MOST_BYTES,
    MOST_ENTRIES,
    ReferenceForm,
    fitting,
    read_references,
    write_references,
)
from desktop.letters.references.latex import latex_text, plain_text
from desktop.letters.references.ris import TYPES
from tests.unit.letters.fixtures import library

FORMS = list(ReferenceForm)
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.value)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30) | st.text(
    alphabet="{}\\%&$#_^~'`\"@-,<>/ aÄé\n\t", max_size=30
)
NAMES = st.builds(PersonName, family=WORDS, given=WORDS) | st.builds(PersonName, literal=WORDS)
DATES = st.one_of(
    st.just(()),
    st.tuples(st.integers(1000, 2999)),
    st.tuples(st.integers(1000, 2999), st.integers(1, 12)),
    st.tuples(st.integers(1000, 2999), st.integers(1, 12), st.integers(1, 31)),
)
ENTRIES = st.builds(
    Bibliography,
    type=st.sampled_from([*TYPES, "motion_picture"]),
    authors=st.lists(NAMES, max_size=3).map(tuple),
    issued=DATES,
    authors_truncated=st.booleans(),
    pmid=st.integers(1, 10**9).map(str) | st.just(""),
    inferred_fields=st.sampled_from([(), ("title",), ("issued",), ("author",), ("issued.month-day",)]),
    **{name: WORDS for name in TEXT_FIELDS.values() if name != "pmid"},
)


@every_form
@given(entry=ENTRIES)
def test_an_entry_comes_back_as_it_left(form: ReferenceForm, entry: Bibliography) -> None:
    fitted, _ = fitting(entry, form)
    written = write_references([("key", entry)], form).text
    if fitted is None:
        assert written == ""
        return
    read = read_references(written.encode("utf-8"), "file", form)
    assert [item.bibliography for item in read.entries] == [fitted]
    assert read.problems == ()


@every_form
def test_the_whole_library_leaves_and_comes_back(form: ReferenceForm) -> None:
    references = [(item.id, item.bibliography) for item in library().all()]
    exported = write_references(references, form)
    fitted = [found for _, entry in references if (found := fitting(entry, form)[0]) is not None]
    read = read_references(exported.text.encode("utf-8"), "library")
    assert read.form is form
    assert [item.bibliography for item in read.entries] == fitted
    assert any("inferred" in remark for remark in exported.remarks)
    assert "2017" not in json.dumps(
        [item.bibliography.issued for item in read.entries if "Riyami" in str(item)]
    )


def test_what_we_write_as_ris_is_read_by_others() -> None:
    references = [(item.id, item.bibliography) for item in library().all()]
    read = rispy.loads(write_references(references, ReferenceForm.RIS).text)
    assert len(read) == len(references)
    spirig = next(item for item in read if item["id"] == "spirig-2019")
    assert spirig["authors"][0] == "Spirig, José M." or spirig["authors"][0].startswith("Spirig, ")
    assert spirig["doi"] == "10.1016/j.spinee.2018.06.345"


@given(st.text())
def test_latex_says_what_the_text_said(text: str) -> None:
    assert plain_text(latex_text(text)) == (text, ())


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"G{\"o}tschi", "Götschi"),
        (r"G\"otschi", "Götschi"),
        (r"\'{\i}", "í"),
        (r"\v{c}\c c{\o}\ss", "čçøß"),
        (r"50\% of A\&B and 50% of A & B", "50% of A&B and 50% of A & B"),
        (r"``so'' \emph{said} {NASA}~x", "“so” said NASA x"),
        (r"\^{}", ""),
        (r"\'\'", ""),
    ],
)
def test_common_latex_is_understood(latex: str, text: str) -> None:
    assert plain_text(latex)[0] == text


def test_an_unknown_command_stays_and_is_named() -> None:
    assert plain_text(r"\input{/etc/passwd} \! x") == (r"\input/etc/passwd \! x", (r"\input", r"\!"))


RIS = """TY  - JOUR
AU  - Doe, Jane
AU  - World Health Organization
TI  - A title
  that goes on
JO  - Journal
PY  - 2014/07/03/
SP  - 23
EP  - 30
AN  - X1
XX  - odd
ER  -
"""


def test_a_ris_record_is_read_with_what_was_left_out() -> None:
    (entry,) = read_references(RIS.encode(), "a.ris").entries
    assert entry.bibliography == Bibliography(
        type="article-journal",
        title="A title that goes on",
        authors=(PersonName(family="Doe", given="Jane"), PersonName(literal="World Health Organization")),
        container_title="Journal",
        issued=(2014, 7, 3),
        page="23-30",
    )
    assert entry.dropped == ("XX", "AN: not a PubMed number")


def test_broken_ris_is_kept_as_far_as_it_goes_and_said() -> None:
    text = (
        "junk\nTI  - lost\nTY  - ODD\nTI  - A\nTI  - B\nPY  - soon\n"
        "TY  - JOUR\nTI  - C\nER  - \nER  - \nTY  - BOOK\nTI  - D\n"
    )
    read = read_references(text.encode(), "a.ris")
    assert [item.bibliography.title for item in read.entries] == ["A", "C", "D"]
    assert read.entries[0].dropped == (
        "TI: a second value",
        "TY: ODD is not a type this program knows; kept as a document",
        "PY: not a date that can be read",
    )
    assert [words.split(":")[0] for words in read.problems] == [
        "Line 1",
        "Line 2",
        "Line 7",
        "Line 10",
        "the record from line 11 has no end; it was kept.",
    ]
    assert "Not kept: Line 1: not a tagged line" in read.report
    assert "not kept: TI: a second value" in read.report


def test_a_pubmed_record_is_read() -> None:
    text = (
        "PMID- 24980581\nOWN - NLM\nTI  - A long\n      title\nFAU - Choudhri, Tanvir F\nAU  - Choudhri TF\n"
        "CN  - A Group\nJT  - Journal of X\nTA  - J X\nDP  - 2014 Jul 3\nVI  - 21\nIP  - 1\nPG  - 23-30\n"
        "LID - 10.3171/x [doi]\nPT  - Journal Article\n\nPMID- X\nAU  - Doe JA\nAU  - Solo\nDP  - Spring\nTI  - T\n"
    )
    first, second = read_references(text.encode(), "pubmed.txt").entries
    assert first.bibliography == Bibliography(
        type="article-journal",
        title="A long title",
        authors=(PersonName(family="Choudhri", given="Tanvir F"), PersonName(literal="A Group")),
        container_title="Journal of X",
        issued=(2014, 7, 3),
        volume="21",
        issue="1",
        page="23-30",
        doi="10.3171/x",
        pmid="24980581",
    )
    assert first.dropped == ("OWN",)
    assert second.bibliography.authors == (PersonName(family="Doe", given="JA"), PersonName(literal="Solo"))
    assert second.dropped == ("PMID: not a number", "DP: not a date that can be read")


BIB = r"""
@string{jx = "Journal of X"}
@comment{nothing}
@Article{key, title = {A {B}one}, author = "G{\"o}tschi, T. and {World Health Org} and Jane van der Berg and others",
  journal = jx, year = 2014, month = jul, pages = {23--30}, abstract = {long}, number = 1, issue = 2}
@odd{two, title = {T}, date = {2020-05-01}, author = {Doe, Jr, Jane}, note = {\foo}}
@odd{two, title = {T again}, title = {twice}}
@article{broken, title = {x
"""


def test_bibtex_is_read_with_its_strings_accents_and_names() -> None:
    read = read_references(BIB.encode(), "a.bib")
    first, second, third = read.entries
    assert first.bibliography == Bibliography(
        type="article-journal",
        title="A Bone",
        authors=(
            PersonName(family="Götschi", given="T."),
            PersonName(literal="World Health Org"),
            PersonName(family="van der Berg", given="Jane"),
        ),
        authors_truncated=True,
        container_title="Journal of X",
        issued=(2014, 7),
        issue="1",
        page="23-30",
    )
    assert first.dropped == ("abstract: not a field this program keeps", "issue: number was kept")
    assert second.bibliography.issued == (2020, 5, 1)
    assert second.bibliography.authors == (PersonName(family="Doe", given="Jane, Jr"),)
    assert "@odd: not a type this program knows; kept as a document" in second.dropped
    assert third.bibliography.title == "T again"
    assert len(read.problems) == 2


def test_csl_json_is_read_with_what_was_left_out() -> None:
    items = [
        {
            "id": "x",
            "type": "article-journal",
            "title": "T",
            "volume": 3,
            "issue": True,
            "DOI": "https://doi.org/10.1/x",
            "abstract": "long",
            "author": [
                {"family": "Berg", "given": "J", "non-dropping-particle": "van", "suffix": "Jr"},
                {},
                {"literal": "et al."},
            ],
            "issued": {"raw": "spring"},
        },
        {"type": "Not A Type", "title": "x" * 30_000, "author": "Doe"},
        "junk",
    ]
    read = read_references(json.dumps(items).encode(), "a.json")
    first, second = read.entries
    assert first.bibliography == Bibliography(
        type="article-journal",
        title="T",
        volume="3",
        doi="10.1/x",
        authors=(PersonName(family="van Berg", given="J, Jr"),),
        authors_truncated=True,
    )
    assert first.dropped == (
        "issue: not a text",
        "abstract: not a field this program keeps",
        "author: a name without words",
        "issued: not a date that can be read",
    )
    assert second.dropped == ("title: too long", "type: not a CSL type", "author: not a list of names")
    assert read.problems == ("Item 3: not a CSL item; it was not kept.",)
    assert read_references(b'{"items": [{"title": "T"}]}', "z").entries[0].bibliography.title == "T"


HOSTILE = {
    "too large": b" " * (MOST_BYTES + 1),
    "ten megabytes of braces": b"@article{a, title = {" + b"{" * 10_000_000,
    "broken utf-8": b"TY  - JOUR\nTI  - \xe9t\xe9\nER  - \n",
    "half a surrogate": b"\xff\xfeT\x00\x00\xd8",
    "NUL": b"TY  - JOUR\nTI  - a\x00b\nER  - \n",
    "empty": b"",
    "prose": b"Dear colleague, here are the papers.",
    "a program": b"MZ\x90\x00\x03",
    "json without end": b'[{"title": "T"',
    "json of another kind": b'"text"',
    "json nested deeply": b"[" * 200_000,
    "json number": b'[{"title": "T", "volume": ' + b"9" * 10_000 + b"}]",
    "unclosed bibtex": b"@article{a, title = {x",
    "only comments": b"@comment{x}",
    "too many": b"TY  - JOUR\nER  - \n" * (MOST_ENTRIES + 1),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_none_is_refused_in_words(case: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        read_references(HOSTILE[case], "mine.xyz")
    assert caught.value.what.startswith("mine.xyz cannot be imported: ")
    assert caught.value.safe == "Nothing was stored."


@pytest.mark.parametrize(
    "content",
    [
        b"@article{a, title = {" + b"{" * 300_000 + b"x" + b"}" * 300_000 + b"}}",
        b"@article{a, title = {x}, author = {" + b"Doe and " * 200_000 + b"Roe}}",
        b"@article{a, title = {T}, note = {" + b"\\'" * 9_000 + b"}}",
        b"TY  - JOUR\n" + b"AU  - Doe, J\n" * 100_000 + b"ER  - \n",
        b"TY  - JOUR\nTI  - x\n" + b"more\n" * 500_000 + b"ER  - \n",
        b"PMID- 1\n" + b"junk" * 1_000_000,
        json.dumps([{"title": "T", "author": [{"family": "D"}] * 50_000}]).encode(),
        b"@article{a, title = {T}}" + b"@" * 500_000,
    ],
    ids=range(8),
)
def test_a_huge_entry_is_read_quickly_and_cut_in_words(
    content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        read = read_references(content, "mine")
    entry = read.entries[0]
    assert len(entry.bibliography.authors) <= 2000
    assert len(entry.bibliography.model_dump_json()) < 300_000
    assert not caplog.records


@given(st.binary(max_size=200) | st.text(alphabet='@{}"=,ab TY-RE\n%\\', max_size=120).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for form in (None, *FORMS):
        try:
            read = read_references(content, "any", form)
        except UserFacingError:
            continue
        assert read.entries
        assert all(tidied(item.bibliography) == item.bibliography for item in read.entries)


def test_what_a_form_cannot_hold_is_said() -> None:
    entry = Bibliography(type="regulation", title="T", authority="A", authors=(PersonName(literal="A, B"),))
    assert fitting(entry, ReferenceForm.NBIB) == (
        None,
        ("a regulation has no place in nbib; it is left out",),
    )
    assert fitting(entry, ReferenceForm.RIS)[1] == (
        "authors is simplified in ris",
        "authority has no place in ris",
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Screws in <i>osteoporotic</i> bone &amp; <b>cement</b>", "Screws in osteoporotic bone & cement"),
        ("10<sup>5</sup> cycles of Ti<sub>2</sub>, the 2<sup>nd</sup>", "10⁵ cycles of Ti₂, the 2nd"),
        ('<span style="font-variant:small-caps">ct</span> at P &lt; 0.05', "ct at P < 0.05"),
        ("Where a<b and c>d", "Where a<b and c>d"),
        ("An unclosed <i>word", "An unclosed <i>word"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("R&D, <2 years", "R&D, <2 years"),
    ],
)
@pytest.mark.parametrize("form", [ReferenceForm.RIS, ReferenceForm.NBIB, ReferenceForm.CSL_JSON])
def test_marks_of_html_in_a_title_go_and_its_words_stay(form: ReferenceForm, written: str, read: str) -> None:
    files = {
        ReferenceForm.RIS: f"TY  - JOUR\nTI  - {written}\nER  - \n",
        ReferenceForm.NBIB: f"PMID- 1\nTI  - {written}\n",
        ReferenceForm.CSL_JSON: json.dumps([{"type": "book", "title": written}]),
    }
    (entry,) = read_references(files[form].encode(), "file", form).entries
    assert entry.bibliography.title == read
    assert any("HTML" in words for words in entry.dropped) == (written != read)


@pytest.mark.parametrize("form", [ReferenceForm.RIS, ReferenceForm.BIBTEX, ReferenceForm.CSL_JSON])
def test_the_authors_of_a_large_collaboration_leave_and_come_back(form: ReferenceForm) -> None:
    names = tuple(PersonName(family=f"Collaborator{at}", given="A B") for at in range(2_000))
    entry = Bibliography(type="article-journal", title="A large collaboration", authors=names)
    text = write_references([("large", entry)], form).text
    (read,) = read_references(text.encode(), "file", form).entries
    assert read.bibliography.authors == names
    assert read.dropped == ()


@pytest.mark.timeout(20)
def test_an_author_field_of_blanks_or_of_one_endless_name_takes_no_time() -> None:
    for authors in ("Doe, J" + " " * 700_000 + "and Roe, K", "x " * 300_000, "{" * 300_000 + "}" * 300_000):
        text = f"@article{{a, title={{T}}, author={{{authors}}}}}"
        (read,) = read_references(text.encode(), "a.bib").entries
        assert read.bibliography.title == "T"
