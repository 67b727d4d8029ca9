"""The reference library: verified entries, figures as in the material, citations in AMA order."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.errors import UserFacingError
from desktop.domain.reference import EvidenceLevel, OwnReference, ReferenceMark, Standing
from desktop.letters.references.ama import ama_citation
from desktop.letters.references.library import VERIFIED, load_references
from desktop.settings.paths import resources_dir
from tests.shared_data import shared_file
from tests.unit.letters.fixtures import library

ENTRIES = json.loads((resources_dir() / "references" / "references.json").read_text("utf-8"))["references"]

FROM_THE_DEADLINES = {"32cfr-199-10"}
"""Entries whose sources stand in the table of deadlines and not among the references."""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_every_reference_says_where_it_was_verified_and_what_it_supports(entry: dict) -> None:
    assert entry["verified_from"]
    assert entry["claims"] or entry["no_claim_because"]
    assert entry["status"] in VERIFIED or not entry["claims"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_figures_of_claims_stand_in_the_material_they_were_taken_from(entry: dict) -> None:
    source = {
        item["id"]: item for item in json.loads(shared_file("content/references.json").read_text("utf-8"))
    }
    known = json.dumps(source.get(entry["id"], {}), ensure_ascii=False) + shared_file(
        "content/deadlines.md"
    ).read_text("utf-8")
    for claim in entry["claims"]:
        stated = [text for figure in claim.get("figures", ()) for text in figure.values()]
        for number in re.findall(r"\d+(?:[.,]\d+)*", " ".join([claim["text"], *stated])):
            assert number in known, (entry["id"], number)


def test_every_entry_of_the_material_is_there_and_nothing_that_could_not_be_verified() -> None:
    material = {item["id"] for item in json.loads(shared_file("content/references.json").read_text("utf-8"))}
    dropped = {item["id"] for item in json.loads(shared_file("content/unverified.json").read_text("utf-8"))}
    ids = [entry["id"] for entry in ENTRIES]
    assert len(ids) == len(set(ids))
    assert set(ids) == material | FROM_THE_DEADLINES
    rules = shared_file("content/deadlines.md").read_text("utf-8")
    assert all(entry["section"] in rules for entry in ENTRIES if entry["id"] in FROM_THE_DEADLINES)
    assert not set(ids) & dropped - material


def test_what_no_longer_stands_is_kept_out_of_what_a_letter_is_composed_from() -> None:
    old = library().get("patel-2016-acr-lbp")
    assert old is not None
    assert (old.standing, old.superseded_by) == (Standing.SUPERSEDED, "hutchins-2021-acr-lbp")
    assert not old.may_be_cited
    assert library().claims_of(old.id)
    assert not library().claims("lumbar-imaging-2016")


def test_no_claim_says_the_same_words_as_another() -> None:
    texts = [claim["text"].casefold() for entry in ENTRIES for claim in entry["claims"]]
    assert len(texts) == len(set(texts))


def test_the_evidence_level_has_words() -> None:
    reference = library().get("polly-2016-insite")
    assert reference is not None
    assert reference.evidence.label == "randomized trial"
    assert EvidenceLevel.NOT_STATED.label == "not stated"


def test_an_own_entry_joins_the_library_and_never_replaces_one_that_is_there() -> None:
    own = OwnReference.model_validate({"id": "doe-2020", "bibliography": {"type": "book", "title": "A book"}})
    usurper = own.model_copy(update={"id": "spirig-2019"})
    mark = ReferenceMark.model_validate(
        {
            "reference_id": "spirig-2019",
            "standing": "retracted",
            "note": "Said so.",
            "marked_on": "2026-03-01",
        }
    )
    lost = mark.model_copy(update={"reference_id": "nowhere"})
    joined = library().with_own((own, usurper), (mark, lost))
    found, marked = joined.get("doe-2020"), joined.get("spirig-2019")
    assert found is not None
    assert marked is not None
    assert (found.is_own, found.is_verified, found.status) == (True, False, "not verified")
    assert (marked.is_own, marked.standing, marked.may_be_cited) == (False, Standing.RETRACTED, False)
    checked = own.model_copy(update={"verified_from": "The paper", "verified_on": date(2026, 3, 1)})
    assert checked.is_verified
    verified = library().with_own((checked,), ()).get("doe-2020")
    assert verified is not None
    assert (verified.may_be_cited, verified.verified_from) == (True, ("The paper",))


def test_a_citation_is_in_ama_order() -> None:
    reference = library().get("spirig-2019")
    assert reference is not None
    assert reference.citation == (
        "Spirig JM, Sutter R, Götschi T, Farshad-Amacker NA, Farshad M. Value of standard radiographs, computed "
        "tomography, and magnetic resonance imaging of the lumbar spine in detection of intraoperatively confirmed "
        "pedicle screw loosening-a prospective clinical trial. The Spine Journal. 2019;19:461-468. "
        "doi:10.1016/j.spinee.2018.06.345"
    )


def test_more_than_six_authors_are_cut_to_three() -> None:
    authors = [{"family": f"Name{letter}", "given": "A. B."} for letter in "ABCDEFG"]
    assert (
        ama_citation({"type": "article-journal", "title": "T", "author": authors})
        == "NameA AB, NameB AB, NameC AB, et al. T."
    )
    assert "et al" not in ama_citation({"type": "article-journal", "title": "T", "author": authors[:6]})


def test_inferred_fields_are_not_printed() -> None:
    entry = {
        "type": "article-journal",
        "title": "T",
        "issued": {"date-parts": [[2023]]},
        "inferred_fields": ["issued"],
    }
    assert "2023" not in ama_citation(entry)


def test_a_regulation_is_cited_by_its_section() -> None:
    reference = library().get("42cfr-422-101")
    assert reference is not None
    assert reference.citation.startswith("42 CFR 422.101(b)-(c). Requirements relating to basic benefits.")


def test_topics_lead_to_references() -> None:
    assert {item.id for item in library().for_topics("loosening-ct")} == {"wu-2019", "spirig-2019"}
    assert library().get("nothing") is None


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "x"}', '{"format": "indicated-references/1", "references": [{}]}']
)
def test_a_damaged_library_is_said_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / "references.json").write_text(content, "utf-8")
    with pytest.raises(UserFacingError) as caught:
        load_references(tmp_path)
    assert caught.value.todo


def test_a_missing_library_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError):
        load_references(tmp_path)
