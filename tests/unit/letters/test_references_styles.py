"""Citations in AMA and Vancouver order, one golden example for every type that occurs."""

from __future__ import annotations

import pytest

from desktop.letters.references.ama import ama_citation
from desktop.letters.references.vancouver import vancouver_citation
from tests.unit.letters.fixtures import library

DOE = {"family": "Doe", "given": "Jane Ann"}
SHIPPED = {
    "article-journal": (
        "han-2016",
        (
            "Han SY, Kim HW, Lee CY, Kim HR, Park DH. Stand-Alone Cages for Anterior Cervical Fusion: Are There No "
            "Problems? Korean Journal of Spine. 2016;13(1):13-19. doi:10.14245/kjs.2016.13.1.13"
        ),
        (
            "Han SY, Kim HW, Lee CY, Kim HR, Park DH. Stand-Alone Cages for Anterior Cervical Fusion: Are There No "
            "Problems? Korean Journal of Spine. 2016 Mar 31;13(1):13-9. doi: 10.14245/kjs.2016.13.1.13. PMID: 27123025."
        ),
    ),
    "chapter": (
        "cunningham-issls",
        (
            "Cunningham JE. Pseudarthrosis – Diagnosis and Management. In: ISSLS Lumbar Spine Textbook, Section 18 "
            "(Failed Surgery/Revision Surgery), Chapter 4."
        ),
        (
            "Cunningham JE. Pseudarthrosis – Diagnosis and Management. In: ISSLS Lumbar Spine Textbook, Section 18 "
            "(Failed Surgery/Revision Surgery), Chapter 4."
        ),
    ),
    "report": (
        "ncd-100-1",
        (
            "Bariatric Surgery for Treatment of Co-Morbid Conditions Related to Morbid Obesity (National Coverage "
            "Determination 100.1). Centers for Medicare & Medicaid Services. NCD 100.1. September 24, 2013."
        ),
        (
            "Bariatric Surgery for Treatment of Co-Morbid Conditions Related to Morbid Obesity (National Coverage "
            "Determination 100.1). Centers for Medicare & Medicaid Services; 2013 Sep 24. Report No.: NCD 100.1."
        ),
    ),
    "regulation": (
        "29cfr-2560-503-1",
        "29 CFR 2560.503-1. Claims procedure. U.S. Department of Labor.",
        "Claims procedure, 29 CFR 2560.503-1 (U.S. Department of Labor).",
    ),
    "legislation": (
        "42usc-300gg-19",
        "42 U.S.C. 300gg-19 (Public Health Service Act section 2719). Appeals process. United States Code, title 42.",
        "Appeals process, 42 U.S.C. 300gg-19 (Public Health Service Act section 2719) (United States Code, title 42).",
    ),
    "legal_case": (
        "sandhagen-2008",
        (
            "State Compensation Insurance Fund v. Workers' Compensation Appeals Board (Sandhagen), 44 Cal. 4th 230 "
            "(Supreme Court of California 2008)."
        ),
        (
            "State Compensation Insurance Fund v. Workers' Compensation Appeals Board (Sandhagen), 44 Cal. 4th 230 "
            "(Supreme Court of California 2008)."
        ),
    ),
}
TYPED: list[tuple[dict[str, object], str, str]] = [
    (
        {
            "type": "book",
            "title": "A book",
            "author": [DOE],
            "edition": "2",
            "publisher": "House",
            "publisher-place": "Town",
            "issued": {"date-parts": [[2020]]},
        },
        "Doe JA. A book. 2 ed. House. 2020.",
        "Doe JA. A book. 2 ed. Town: House; 2020.",
    ),
    (
        {
            "type": "chapter",
            "title": "A part",
            "author": [DOE],
            "container-title": "A book",
            "page": "101-109",
            "publisher": "House",
        },
        "Doe JA. A part. In: A book. House. Pages 101-109.",
        "Doe JA. A part. In: A book. House. p. 101-9.",
    ),
    (
        {
            "type": "webpage",
            "title": "A page",
            "URL": "https://example.org/p",
            "issued": {"date-parts": [[2020, 5]]},
        },
        "A page. May 2020. https://example.org/p",
        "A page [Internet]. 2020 May. Available from: https://example.org/p",
    ),
    (
        {"type": "article-journal", "title": "T", "container-title": "J", "issue": "3", "page": "e1"},
        "T. J. (3):e1.",
        "T. J. (3):e1.",
    ),
    ({"type": "legal_case", "title": "A v. B"}, "A v. B.", "A v. B."),
    ({"type": "regulation", "title": "T"}, "T.", "T."),
    ({"type": "document"}, "", ""),
]


@pytest.mark.parametrize("kind", SHIPPED)
def test_every_shipped_type_is_cited_in_both_styles_as_agreed(kind: str) -> None:
    reference_id, ama, vancouver = SHIPPED[kind]
    reference = library().get(reference_id)
    assert reference is not None
    assert reference.kind == kind
    assert (reference.citation, reference.vancouver) == (ama, vancouver)


def test_every_type_of_the_library_has_its_example() -> None:
    assert {reference.kind for reference in library().all()} == SHIPPED.keys()


@pytest.mark.parametrize(("entry", "ama", "vancouver"), TYPED)
def test_types_that_are_imported_are_cited_in_both_styles(
    entry: dict[str, object], ama: str, vancouver: str
) -> None:
    assert ama_citation(entry) == ama
    assert vancouver_citation(entry) == vancouver


def test_vancouver_names_six_authors_and_then_the_others() -> None:
    seven = {"type": "article-journal", "title": "T", "author": [{"family": f"N{n}"} for n in range(7)]}
    assert vancouver_citation(seven) == "N0, N1, N2, N3, N4, N5, et al. T."
    one = {"type": "article-journal", "title": "T", "author": [DOE], "authors_truncated": True}
    assert vancouver_citation(one) == "Doe JA, et al. T."


@pytest.mark.parametrize("style", [ama_citation, vancouver_citation])
def test_neither_style_prints_what_was_only_inferred(style) -> None:
    entry = {
        "type": "article-journal",
        "title": "T",
        "author": [DOE],
        "issued": {"date-parts": [[2020, 5, 1]]},
        "inferred_fields": ["author", "issued.month-day"],
    }
    assert style(entry) == "T. 2020."


@pytest.mark.parametrize(
    ("page", "shown"), [("461-468", "461-8"), ("99-101", "99-101"), ("5-5", "5-5"), ("e1-e9", "e1-e9")]
)
def test_vancouver_shortens_the_last_page(page: str, shown: str) -> None:
    assert vancouver_citation({"type": "article-journal", "page": page}) == f"{shown}."
