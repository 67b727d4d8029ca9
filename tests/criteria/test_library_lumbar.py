"""Pins the decisive figures of the lumbar sets to what their sources say, so that no edit changes a rule unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.criteria import CriteriaSet, Criterion, Group, Polarity, Scope, leaves
from desktop.rules.loader import load_library

LIBRARY = load_library(Path(__file__).parents[2] / "criteria")

REVISION = (
    "lumbar-fusion-revision.cms-l37848",
    "lumbar-fusion-revision.aetna-0743",
    "lumbar-fusion-revision.evicore-cmm-609",
    "lumbar-fusion-revision.premera-542",
)
FUSION = (
    "lumbar-fusion.cms-l37848",
    "lumbar-fusion.aetna-0743",
    "lumbar-fusion.bcbsnd",
    "lumbar-fusion.evicore-cmm-609",
    "lumbar-fusion.credence-mp-517",
    "lumbar-fusion.premera-542",
    "lumbar-fusion.hcsc-sur712-036",
    "lumbar-fusion.washington-lni",
    "lumbar-fusion.uhc-records",
)
DECOMPRESSION = (
    "lumbar-decompression.bcbssc-cam-161",
    "lumbar-decompression.aetna-0743",
    "lumbar-decompression.anthem-cg-surg-38",
)
PROOFS = {
    "lumbar-fusion-revision.evicore-cmm-609": "S",
    "lumbar-fusion-revision.premera-542": "S",
    "lumbar-fusion.cms-l37848": "T",
    "lumbar-fusion.aetna-0743": "S",
    "lumbar-fusion.bcbsnd": "T",
    "lumbar-fusion.evicore-cmm-609": "S",
    "lumbar-fusion.credence-mp-517": "T",
    "lumbar-fusion.premera-542": "S",
    "lumbar-fusion.hcsc-sur712-036": "S",
    "lumbar-fusion.washington-lni": "O",
    "lumbar-fusion.uhc-records": "S",
    "lumbar-decompression.bcbssc-cam-161": "T",
    "lumbar-decompression.aetna-0743": "S",
    "lumbar-decompression.anthem-cg-surg-38": "O",
}


def _set(set_id: str) -> CriteriaSet:
    found = LIBRARY.get(set_id)
    assert found is not None, set_id
    return found


def _leaf(set_id: str, criterion_id: str) -> Criterion:
    found = _set(set_id).criterion(criterion_id)
    assert found is not None, (set_id, criterion_id)
    return found


def _groups(node: Criterion | Group) -> Iterator[Group]:
    if isinstance(node, Group):
        yield node
        for child in node.children:
            yield from _groups(child)


def _group(set_id: str, group_id: str) -> Group:
    return next(group for group in _groups(_set(set_id).root) if group.id == group_id)


def _children(set_id: str, group_id: str) -> list[str]:
    return [child.id for child in _group(set_id, group_id).children]


def _thresholds(set_id: str) -> dict[str, str]:
    return {leaf.id: leaf.threshold.caption for leaf in _set(set_id).criteria() if leaf.threshold}


def _absent(set_id: str) -> set[str]:
    return {leaf.id for leaf in _set(set_id).criteria() if leaf.polarity is Polarity.ABSENT}


def _per_level(set_id: str) -> set[str]:
    return {leaf.id for leaf in _set(set_id).criteria() if leaf.per is Scope.LEVEL}


def _waivers(set_id: str) -> list[tuple[str, list[str]]]:
    """Every rule that can be waived, with the criteria that waive it."""
    return [
        (group.children[0].id, [leaf.id for child in group.children[1:] for leaf in leaves(child)])
        for group in _groups(_set(set_id).root)
        if group.kind == "unless"
    ]


@pytest.mark.parametrize("set_id", PROOFS)
def test_every_criterion_carries_the_proof_of_its_source(set_id: str) -> None:
    assert {leaf.source.proof for leaf in _set(set_id).criteria()} == {PROOFS[set_id]}


@pytest.mark.parametrize("set_id", [name for name, proof in PROOFS.items() if proof == "S"])
def test_a_reported_set_asks_to_be_confirmed_and_is_looked_at_again_sooner(set_id: str) -> None:
    found = _set(set_id)
    assert "reported; confirm against the current" in found.title
    assert str(found.review_by) == "2027-02-01"


@pytest.mark.parametrize("set_id", [name for name, proof in PROOFS.items() if proof == "O"])
def test_an_old_text_says_of_which_year_it_is(set_id: str) -> None:
    found = _set(set_id)
    assert "as the text of" in found.title
    assert found.notes.startswith("As the text of")
    assert found.effective_to is None
    assert str(found.review_by) == "2026-12-31"


@pytest.mark.parametrize(
    ("family", "ids"),
    [
        ("lumbar-fusion-revision", REVISION),
        ("lumbar-fusion", FUSION),
        ("lumbar-decompression", DECOMPRESSION),
    ],
)
def test_a_family_holds_its_publishers_under_the_same_words(family: str, ids: tuple[str, ...]) -> None:
    assert set(ids) <= {found.id for found in LIBRARY.sets if found.family == family}
    assert len({_set(set_id).terms for set_id in ids}) == 1
    assert 5 <= len(_set(ids[0]).terms) <= 20


def test_no_term_of_one_lumbar_family_names_another() -> None:
    families = (
        REVISION[0],
        FUSION[0],
        DECOMPRESSION[0],
        "spinal-fixation-reinsertion",
        "spinal-hardware-removal",
    )
    terms = [term for set_id in families for term in _set(set_id).terms]
    assert len(terms) == len(set(terms))
    assert "fusion" not in terms


def test_revision_by_medicare_waits_twelve_months_and_by_evicore_images_at_six() -> None:
    assert _thresholds("lumbar-fusion-revision.cms-l37848")["time-since-fusion"] == ">= 12 months"
    assert _thresholds("lumbar-fusion-revision.evicore-cmm-609") == {
        "imaging-after-fusion": ">= 6 months",
        "conservative-care": ">= 6 weeks",
        "nicotine-lab": "<= 10 ng/mL",
        "imaging-recent": "<= 6 months",
    }
    assert _children("lumbar-fusion-revision.evicore-cmm-609", "nicotine") == ["never-smoker", "nicotine-lab"]
    assert _absent("lumbar-fusion-revision.evicore-cmm-609") == {"mental-health"}


def test_the_nicotine_test_of_the_reported_revision_rule_is_drawn_within_six_weeks() -> None:
    leaf = _leaf("lumbar-fusion-revision.aetna-0743", "nicotine-lab")
    assert leaf.within is not None
    assert leaf.within.caption == "6 weeks"
    assert _set("lumbar-fusion-revision.aetna-0743").root.kind == "any"


def test_premera_accepts_failed_instrumentation_from_september_2022_with_imaging_of_a_year() -> None:
    found = _set("lumbar-fusion-revision.premera-542")
    assert str(found.effective_from) == "2022-09-02"
    window = _leaf(found.id, "imaging-recent").within
    assert window is not None
    assert window.caption == "12 months"
    assert _absent(found.id) == {"recent-smoking"}
    assert _per_level(found.id) == {"instrumentation-failure"}


def test_the_medicare_fusion_limbs_are_alternatives_and_its_figures_stand() -> None:
    set_id = "lumbar-fusion.cms-l37848"
    assert _group(set_id, "limbs").kind == "any"
    assert _children(set_id, "limbs") == ["instability-limb", "deformity-limb", "neural-compression-limb"]
    assert _thresholds(set_id) == {
        "nonoperative-care-duration": ">= 12 months",
        "imbalance": ">= 5 cm",
        "progression": ">= 10 degrees",
        "curve": "> 30 degrees",
    }
    assert _per_level(set_id) == {"instability", "instability-cause", "disc-compression-at-level"}
    revision = {leaf.id: leaf for leaf in _set("lumbar-fusion-revision.cms-l37848").criteria()}
    for leaf in _set(set_id).criteria():
        assert leaf.text == revision[leaf.id].text
        assert leaf.threshold == revision[leaf.id].threshold


def test_the_reported_fusion_preparation_is_waived_only_by_urgency() -> None:
    set_id = "lumbar-fusion.aetna-0743"
    assert _waivers(set_id) == [("preparation", ["urgent"])]
    assert _children(set_id, "preparation") == ["conservative-care", "nicotine-free", "nicotine-lab", "hba1c"]
    assert _thresholds(set_id) == {
        "slip-grade": ">= 2 grade",
        "curve-growing": "> 40 degrees",
        "curve-adult": "> 50 degrees",
        "conservative-care": ">= 3 months",
        "nicotine-free": ">= 6 weeks",
        "nicotine-lab": "<= 10 ng/mL",
        "hba1c": "< 8 %",
    }
    assert _absent(set_id) == {"degeneration-alone", "axial-pain-alone"}


def test_north_dakota_counts_forty_degrees_out_and_thirty_degrees_in() -> None:
    set_id = "lumbar-fusion.bcbsnd"
    assert _thresholds(set_id) == {
        "conservative-care": ">= 3 months",
        "idiopathic-curve": "> 40 degrees",
        "idiopathic-care": ">= 3 months",
        "degenerative-curve": ">= 30 degrees",
        "degenerative-care": ">= 12 months",
    }
    assert [_group(set_id, name).kind for name in ("unstable-segment", "burden", "stenosis-limb")] == [
        "any",
        "any",
        "all",
    ]
    assert "were not on the copy" in _leaf(set_id, "other-degenerative-limb").note


def test_evicore_excludes_six_things_and_waives_only_the_herniation() -> None:
    set_id = "lumbar-fusion.evicore-cmm-609"
    assert _waivers(set_id) == [("herniation-alone", ["herniation-exception"])]
    assert _thresholds(set_id) == {
        "slip-grade": ">= 2 grade",
        "slip-care": ">= 3 months",
        "discogenic-care": ">= 12 months",
        "discogenic-treatments": ">= 2 treatments",
        "imaging-recent": "<= 6 months",
        "nicotine-lab": "<= 10 ng/mL",
    }
    assert _absent(set_id) == {
        "mental-health",
        "herniation-alone",
        "several-degenerate-levels",
        "facet-pain-alone",
        "stenosis-alone",
        "pars-defect-alone",
        "excluded-device",
    }


def test_credence_wants_more_than_six_months_of_pain_and_at_least_six_of_care() -> None:
    assert _thresholds("lumbar-fusion.credence-mp-517") == {
        "level-count": "<= 2 levels",
        "discogenic-pain": "> 6 months",
        "conservative-care": ">= 6 months",
        "will-stop": ">= 8 weeks",
    }
    assert _children("lumbar-fusion.credence-mp-517", "smoking") == ["non-smoker", "will-stop"]


def test_premera_measures_four_millimetres_at_every_level() -> None:
    leaf = _leaf("lumbar-fusion.premera-542", "instability")
    assert leaf.threshold is not None
    assert leaf.threshold.caption == ">= 4 mm"
    assert leaf.per is Scope.LEVEL
    assert leaf.measure is not None
    assert leaf.measure.caption == "measurement.translation"
    assert "whether exactly 4 mm counts was not said" in _set("lumbar-fusion.premera-542").notes.replace(
        "\n", " "
    )


def test_red_flags_waive_the_therapy_and_never_the_pain() -> None:
    set_id = "lumbar-fusion.hcsc-sur712-036"
    assert _waivers(set_id) == [("physical-therapy", ["red-flag"])]
    assert _thresholds(set_id) == {"physical-therapy": ">= 6 weeks", "pain-severity": "> 4 /10"}
    assert len(_absent(set_id)) == 4


def test_a_progressive_deficit_waives_both_visits_and_care_in_washington() -> None:
    set_id = "lumbar-fusion.washington-lni"
    assert _waivers(set_id) == [("preparation", ["progressive-deficit"])]
    assert _thresholds(set_id) == {"surgeon-visits": ">= 2 visits", "reconditioning": ">= 3 months"}
    assert _absent(set_id) == {"degeneration-alone"}


def test_the_record_list_is_not_called_a_rule() -> None:
    found = _set("lumbar-fusion.uhc-records")
    assert "not a rule on necessity" in found.notes
    assert _thresholds(found.id) == {}
    assert _per_level(found.id) == {"report-instability", "report-compression", "report-subluxation"}


def test_a_discectomy_needs_two_of_four_kinds_of_care_in_six_weeks_of_the_last_six_months() -> None:
    set_id = "lumbar-decompression.bcbssc-cam-161"
    care = _leaf(set_id, "conservative-care")
    assert care.within is not None
    assert care.within.caption == "6 months"
    kinds = _group(set_id, "care-kinds")
    assert (kinds.kind, kinds.count, len(kinds.children)) == ("at_least", 2, 4)
    assert _thresholds(set_id) == {
        "conservative-care": ">= 6 weeks",
        "motor-l5-s1": "<= 2 /5",
        "motor-l3-l4": "<= 3 /5",
    }
    assert _absent(set_id) == {"excluded-technique"}


def test_the_reported_decompression_asks_six_weeks_unless_urgent_and_grades_each_level() -> None:
    set_id = "lumbar-decompression.aetna-0743"
    assert _waivers(set_id) == [("conservative-care", ["urgent-finding"])]
    assert _thresholds(set_id) == {"conservative-care": ">= 6 weeks"}
    assert _per_level(set_id) == {"stenosis-grade", "compression-on-imaging"}


def test_a_set_whose_remaining_limbs_were_not_read_is_never_called_silent() -> None:
    for set_id in (
        "lumbar-fusion-revision.evicore-cmm-609",
        "lumbar-fusion-revision.premera-542",
        "lumbar-decompression.bcbssc-cam-161",
        "lumbar-decompression.anthem-cg-surg-38",
        "lumbar-fusion.evicore-cmm-609",
        "lumbar-fusion.credence-mp-517",
        "lumbar-fusion.premera-542",
        "lumbar-fusion.hcsc-sur712-036",
        "lumbar-fusion.washington-lni",
        "lumbar-fusion.uhc-records",
    ):
        found = _set(set_id)
        assert (found.covers, found.indications) == ((), ())
    assert "were not on the copy" in _leaf("lumbar-decompression.anthem-cg-surg-38", "other-limb").note


@pytest.mark.parametrize("set_id", ["lumbar-fusion.cms-l37848", "lumbar-fusion-revision.cms-l37848"])
def test_medicare_is_not_silent_on_the_causes_of_instability_that_it_names(set_id: str) -> None:
    assert {"instability", "vertebral_fracture", "infection"} <= {kind.value for kind in _set(set_id).covers}


def test_the_reported_wait_for_care_over_every_ground_is_told_beside_the_rule_on_pseudarthrosis() -> None:
    notes = " ".join(_set("lumbar-fusion-revision.aetna-0743").notes.split())
    assert "over every ground, nonunion among them" in notes


@pytest.mark.parametrize(
    ("first", "revision"),
    [
        ("lumbar-fusion.cms-l37848", "lumbar-fusion-revision.cms-l37848"),
        ("lumbar-fusion.aetna-0743", "lumbar-fusion-revision.aetna-0743"),
    ],
)
def test_a_document_in_two_sets_is_not_called_silent_on_what_the_other_set_has(
    first: str, revision: str
) -> None:
    one, other = _set(first), _set(revision)
    assert one.document_number == other.document_number
    assert set(one.covers) == set(other.covers)
    assert revision in " ".join(one.indications)
