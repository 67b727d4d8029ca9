"""A draft and its YAML text: the same words both ways, ids that stay, and what a text would lose is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from desktop.domain.case_file import CaseFile
from desktop.domain.criteria import CriteriaSet, Criterion, Group, LicenceClass
from desktop.rules.loader import CriteriaFileError, load_set
from desktop.rules.made_ids import slug
from desktop.services.criteria_draft import (
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    new_draft,
    node_of,
    renumbered,
    walk,
)
from desktop.services.criteria_draft_edition import customisation, new_edition
from desktop.services.criteria_draft_ids import with_ids
from desktop.services.criteria_draft_text import comments, from_yaml, to_yaml
from desktop.services.criteria_draft_tree import add_exception, change, duplicate
from tests.services.draft_strategies import drafts

SHIPPED = sorted((Path(__file__).parents[2] / "criteria").rglob("criteria.yaml"))
SET = CriteriaDraft(
    title="Reinsertion of spinal fixation",
    publisher="Example Plan",
    edition="2026",
    root=GroupDraft(
        key=1,
        children=(
            CriterionDraft(key=2, text="The curve is large", comparison=">", number="40", unit="degrees"),
            CriterionDraft(key=3),
            CriterionDraft(key=4, text="Pain limits activity"),
        ),
    ),
    next_key=5,
)


def bare(text: str) -> CriteriaSet:
    return load_set(text, "a").model_copy(update={"content_hash": ""})


@given(drafts())
def test_a_draft_comes_back_from_its_text_as_it_was(draft: CriteriaDraft) -> None:
    saved = with_ids(draft)
    again = from_yaml(to_yaml(saved))
    assert again.losses == ()
    assert again.draft == saved
    assert to_yaml(again.draft) == to_yaml(saved)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_every_shipped_set_comes_through_the_form_without_loss(path: Path) -> None:
    text = path.read_text("utf-8")
    reading = from_yaml(text)
    assert bare(to_yaml(reading.draft)) == bare(text)
    assert {loss.partition(":")[2][:13] for loss in reading.losses} <= {" the comment "}


def test_the_sample_sets_written_by_hand_open_without_loss(sample_file: CaseFile) -> None:
    for text in sample_file.user_criteria:
        reading = from_yaml(text)
        assert reading.losses == ()
        assert to_yaml(reading.draft).startswith(text.splitlines()[0])
        assert bare(to_yaml(reading.draft)) == bare(text)


def test_rules_values_and_exceptions_arrive_in_the_tree() -> None:
    step = add_exception(SET, 4)
    root = load_set(to_yaml(change(step.draft, step.key, text="A red flag is recorded")), "typed set").root
    curve, waived = root.children
    assert isinstance(curve, Criterion)
    assert curve.threshold is not None
    assert curve.threshold.caption == "> 40 degrees"
    assert isinstance(waived, Group)
    assert (waived.kind, [leaf.id for leaf in waived.children]) == (
        "unless",
        ["pain-limits-activity", "a-red-flag-is-recorded"],
    )


def test_an_exception_to_a_rule_with_exceptions_is_written_as_one_more() -> None:
    inner = GroupDraft(rule="unless", children=(CriterionDraft(text="Rule"), CriterionDraft(text="One")))
    outer = GroupDraft(rule="unless", children=(inner, CriterionDraft(text="Two")))
    (waived,) = load_set(
        to_yaml(renumbered(replace(SET, root=GroupDraft(children=(outer,))))), "a"
    ).root.children
    assert isinstance(waived, Group)
    assert [leaf.id for leaf in waived.children] == ["rule", "one", "two"]


def test_ids_come_from_the_words_once_and_then_stay() -> None:
    twice = renumbered(
        replace(
            SET,
            root=GroupDraft(
                children=(
                    CriterionDraft(text="Pain, at rest"),
                    CriterionDraft(text="Pain at rest!"),
                    CriterionDraft(text="Unless 1"),
                    GroupDraft(text="Whole set", children=(CriterionDraft(text="All 1"),)),
                )
            ),
        )
    )
    made = with_ids(twice, taken=("example-plan.reinsertion-of-spinal-fixation",))
    assert made.id == "example-plan.reinsertion-of-spinal-fixation-2"
    assert [node.id for node in walk(made.root)] == [
        "whole-set",
        "pain-at-rest",
        "pain-at-rest-2",
        "unless-1-asked",
        "whole-set-2",
        "all-1",
    ]
    step = duplicate(change(made, 2, text="Other words"), 2)
    again = with_ids(change(step.draft, step.key, text="Pain, at rest"))
    assert [node.id for node in walk(again.root)][1:3] == ["pain-at-rest", "pain-at-rest-3"]
    assert slug("Lockerung über 2 mm", "x") == "lockerung-uber-2-mm"
    assert slug("骨折", "criterion") == "criterion"
    assert len(slug("word " * 40, "x")) <= 60


def test_a_document_that_several_criteria_rest_on_is_written_once() -> None:
    rows = tuple(
        CriterionDraft(text=f"Asked {n}", document="Bulletin 7", locator=f"page {n}", proof="T")
        for n in range(3)
    )
    own = CriterionDraft(text="Our own")
    draft = renumbered(replace(SET, root=GroupDraft(children=(*rows, own))))
    text = to_yaml(draft)
    assert text.count("document: Bulletin 7") == 1
    assert [leaf.source.locator for leaf in load_set(text, "a").criteria()] == [
        "page 0",
        "page 1",
        "page 2",
        "",
    ]
    assert next(reversed(tuple(load_set(text, "a").criteria()))).source.document == SET.title
    assert from_yaml(text).draft == with_ids(draft)


def test_a_publishers_set_names_its_document_for_every_criterion() -> None:
    text = to_yaml(replace(SET, licence=LicenceClass.LICENSED_REFERENCE))
    assert {leaf.source.document for leaf in load_set(text, "a").criteria()} == {SET.title}


HEAD = 'id: own\nfamily: own\ntitle: T\npublisher: P\nedition: "1"\nlicence: user\ncriteria:\n'


@pytest.mark.parametrize(
    ("tree", "lost"),
    [
        ("  all:\n    # the second page\n    - {id: a, text: A}\n", ((9, "# the second page"),)),
        ("  all:\n    - {id: a, text: A}  # page 2\n", ((9, "# page 2"),)),
        ("  all:\n    - id: a\n      text: A\n      note: >- # page 2\n        words\n", ((11, "# page 2"),)),
        ("  all:\n    - {id: a, text: 'A #2'}\n", ()),
    ],
)
def test_comments_that_the_form_has_no_place_for_are_named_with_their_line(
    tree: str, lost: tuple[tuple[int, str], ...]
) -> None:
    assert comments(HEAD + tree) == lost
    assert from_yaml(HEAD + tree).losses == tuple(
        f"Line {line}: the comment “{words}”" for line, words in lost
    )


def test_the_lines_at_the_top_are_kept() -> None:
    text = "# From the plan's answer of May.\n\n" + HEAD + "  all:\n    - {id: a, text: A}\n"
    reading = from_yaml(text)
    assert reading.losses == ()
    assert to_yaml(reading.draft).startswith("# From the plan's answer of May.\n\nid: own\n")


def test_a_text_with_mistakes_is_no_draft() -> None:
    with pytest.raises(CriteriaFileError):
        from_yaml("id: own\n")


def test_a_new_edition_keeps_criteria_and_names_what_it_follows() -> None:
    stored = from_yaml(to_yaml(SET)).draft
    later = new_edition(stored, taken=(f"{stored.id}-2",))
    assert (later.id, later.supersedes, later.edition) == (f"{stored.id}-3", stored.id, "")
    assert later.root == stored.root
    assert new_edition(replace(stored, licence=LicenceClass.PUBLIC), ()).licence is LicenceClass.USER
    assert new_edition(replace(stored, id="plan.rule-2026"), ()).id == "plan.rule-2027"
    assert new_edition(replace(stored, id="rule.aetna-0743"), ()).id == "rule.aetna-0743-2"
    assert new_edition(replace(stored, id="plan.sp-22"), ()).id == "plan.sp-22-2"
    assert new_edition(replace(stored, id="plan.sp-22-2", supersedes="plan.sp-22"), ()).id == "plan.sp-22-3"
    assert new_edition(replace(stored, id="plan.sp-22-3", supersedes="plan.sp-22-2"), ()).id == "plan.sp-22-4"


def test_a_payers_customisation_is_the_users_own_set_with_the_sources_of_the_first() -> None:
    public = from_yaml(SHIPPED[0].read_text("utf-8")).draft
    own = replace(customisation(public, "Meridian Plan", ()), edition="2026")
    loaded = load_set(to_yaml(own), "a")
    assert (loaded.licence, loaded.customises, loaded.family) == (LicenceClass.USER, public.id, public.family)
    assert loaded.id.startswith("meridian-plan.")
    before = {node.id: node for node in walk(public.root) if isinstance(node, CriterionDraft)}
    for leaf in loaded.criteria():
        assert leaf.source.document == (before[leaf.id].document or public.title)


@settings(max_examples=20)
@given(drafts())
def test_a_customisation_says_what_its_set_said(draft: CriteriaDraft) -> None:
    own = customisation(with_ids(draft), "Some Plan", ())
    assert node_of(own, 1) == with_ids(draft).root
    assert new_draft("Some Plan").publisher == own.publisher
