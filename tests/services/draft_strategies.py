"""Drafts of criteria sets for property tests: any tree of any words that can be stored."""

from __future__ import annotations

from datetime import date
from typing import cast

from hypothesis import strategies as st

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import LicenceClass, Polarity, Scope
from desktop.domain.document import DocumentKind
from desktop.domain.window import TimeUnit
from desktop.services.criteria_draft import (
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    NodeDraft,
    Rule,
    renumbered,
)

# What may be stored: no NUL and no halves of surrogate pairs. The loader trims what stands around a text.
storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
accepted = storable.map(str.strip)
visible = st.characters(
    exclude_categories=["Cs", "Zs", "Zl", "Zp"], exclude_characters="\0\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
)
# Made to be filled rather than filtered: so many texts make a draft that filters throw most drafts away.
filled = st.tuples(visible, storable).map("".join).map(str.rstrip)
days = st.dates(min_value=date(1965, 1, 1)).map(str)
no_day = st.just("")


@st.composite
def criteria(draw: st.DrawFn) -> CriterionDraft:
    has_value = draw(st.booleans())
    measure, unit = draw(
        st.sampled_from(
            [("", "mm"), ("", "%"), ("age", "years"), ("treatment.any", "weeks"), ("score.odi", "%")]
        )
    )
    count = draw(st.sampled_from(["", "6", "12"]))
    document = draw(st.sampled_from(["", "Bulletin 7", "Rule X"]))
    return CriterionDraft(
        text=draw(filled),
        polarity=draw(st.sampled_from(Polarity)),
        per=draw(st.sampled_from(Scope)),
        comparison=draw(st.sampled_from([">=", ">", "<=", "<"])) if has_value else "",
        number=draw(st.sampled_from(["4", "0.50", "12"])) if has_value else "",
        unit=unit if has_value else "",
        measure=measure if has_value else "",
        within_count=count,
        within_unit=draw(st.sampled_from(TimeUnit)) if count else TimeUnit.MONTHS,
        evidence_types=tuple(draw(st.lists(st.sampled_from(DocumentKind), unique=True, max_size=3))),
        closes_with=draw(accepted),
        concerns=draw(st.sampled_from(["", "nonunion", "bmi"])),
        topic=draw(st.sampled_from(["", "time-since-fusion"])),
        note=draw(accepted),
        document=document,
        locator=draw(accepted),
        proof=draw(st.sampled_from("TOSHU")) if document else "",
        address=draw(accepted) if document else "",
    )


@st.composite
def groups(draw: st.DrawFn, children: st.SearchStrategy[NodeDraft]) -> GroupDraft:
    rule: Rule = draw(st.sampled_from(["all", "any", "at_least", "not", "unless"]))
    least, most = {"not": (1, 1), "unless": (2, 4)}.get(rule, (1, 4))
    members = draw(st.lists(children, min_size=least, max_size=most))
    first = members[0]
    if rule == "unless" and isinstance(first, GroupDraft) and first.rule == "unless":
        rule = "any"  # an exception to a rule with exceptions is written as one more of them
    count = draw(st.integers(1, len(members))) if rule == "at_least" else 1
    text = "" if rule == "unless" else draw(accepted)
    return GroupDraft(rule=rule, count=count, text=text, children=tuple(members))


trees = st.recursive(
    cast("st.SearchStrategy[NodeDraft]", criteria()),
    lambda inner: cast("st.SearchStrategy[NodeDraft]", groups(inner)),
    max_leaves=10,
)


@st.composite
def drafts(draw: st.DrawFn) -> CriteriaDraft:
    """A whole set that can be saved, keys from 1 in reading order, ids still to be made up."""
    tree = draw(trees)
    root = tree if isinstance(tree, GroupDraft) else GroupDraft(children=(tree,))
    if root.rule == "unless" and not isinstance(root.children[0], GroupDraft):
        root = GroupDraft(children=(root,))
    begins, ends = sorted((draw(days), draw(days)))
    return renumbered(
        CriteriaDraft(
            root=root,
            title=draw(filled),
            publisher=draw(filled),
            document_number=draw(accepted),
            edition=draw(filled),
            effective_from=draw(st.sampled_from(["", begins])),
            effective_to=draw(st.sampled_from(["", ends])),
            review_by=draw(st.one_of(no_day, days)),
            retrieved_on=draw(st.one_of(no_day, days)),
            address=draw(accepted),
            licence=draw(st.sampled_from([LicenceClass.USER, LicenceClass.LICENSED_REFERENCE])),
            customises=draw(st.sampled_from(["", "another.set"])),
            supersedes=draw(st.sampled_from(["", "an-earlier.set"])),
            terms=tuple(draw(st.lists(filled, max_size=2))),
            codes=tuple(draw(st.lists(filled, max_size=2))),
            diagnoses=tuple(draw(st.lists(filled, max_size=2))),
            indications=tuple(draw(st.lists(filled, max_size=2))),
            covers=tuple(draw(st.lists(st.sampled_from(FindingKind), unique=True, max_size=2))),
            notes=draw(accepted),
        )
    )
