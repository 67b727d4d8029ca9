"""From a set that could be read to a draft of it, and a draft without what need not be written; it reads no text."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.criteria import CriteriaSet, Criterion, Group, Source
from desktop.domain.window import TimeUnit
from desktop.services.criteria_draft import (
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    NodeDraft,
    renumbered,
)


def draft_of(found: CriteriaSet, preamble: str = "") -> CriteriaDraft:
    """A set as a draft, with all that the language can say. `preamble`: comment lines to keep at its top."""
    root = _node(found.root, found.title)
    draft = CriteriaDraft(
        root=root if isinstance(root, GroupDraft) else GroupDraft(children=(root,)),
        id=found.id,
        family=found.family,
        title=found.title,
        publisher=found.publisher,
        document_number=found.document_number,
        edition=found.edition,
        effective_from=_day(found.effective_from),
        effective_to=_day(found.effective_to),
        retrieved_on=_day(found.retrieved_on),
        review_by=_day(found.review_by),
        address=found.address,
        licence=found.licence,
        customises=found.customises or "",
        supersedes=found.supersedes or "",
        terms=found.terms,
        codes=found.codes,
        diagnoses=found.diagnoses,
        indications=found.indications,
        covers=found.covers,
        notes=found.notes,
        preamble=preamble,
    )
    return renumbered(draft)


def settled(draft: CriteriaDraft) -> CriteriaDraft:
    """The draft as it is written: without blank nodes, and without exceptions that waive nothing."""
    root = _settled(draft.root)
    if isinstance(root, GroupDraft) and root.rule == "unless" and root.children:
        rule, *exceptions = root.children
        return replace(draft, root=replace(root, children=(_as_group(rule), *exceptions)))
    return replace(draft, root=_as_group(root))


def _as_group(node: NodeDraft) -> GroupDraft:
    """A file begins with a group."""
    return node if isinstance(node, GroupDraft) else GroupDraft(children=(node,))


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _node(node: Criterion | Group, title: str) -> NodeDraft:
    if isinstance(node, Criterion):
        return _criterion(node, title)
    return GroupDraft(
        id="" if node.kind == "unless" else node.id,
        rule=node.kind,
        count=node.count or 1,
        text=node.text,
        children=tuple(_node(child, title) for child in node.children),
    )


def _criterion(leaf: Criterion, title: str) -> CriterionDraft:
    source, threshold, within = leaf.source, leaf.threshold, leaf.within
    is_own = source.model_copy(update={"locator": ""}) == Source(document=title, proof="U")
    return CriterionDraft(
        id=leaf.id,
        text=leaf.text,
        polarity=leaf.polarity,
        per=leaf.per,
        comparison=threshold.comparison.value if threshold else "",
        number=f"{threshold.value:f}" if threshold else "",
        unit=threshold.unit if threshold else "",
        measure=leaf.measure.caption if leaf.measure else "",
        within_count=str(within.count) if within else "",
        within_unit=within.unit if within else TimeUnit.MONTHS,
        evidence_types=leaf.evidence_types,
        closes_with=leaf.closes_with,
        concerns=str(leaf.concerns.value) if leaf.concerns else "",
        topic=leaf.topic or "",
        note=leaf.note,
        document="" if is_own else source.document,
        locator=source.locator,
        proof="" if is_own else source.proof,
        address="" if is_own else source.address,
    )


def _settled(node: NodeDraft) -> NodeDraft:
    if isinstance(node, CriterionDraft):
        return node
    children = tuple(_settled(child) for child in node.children if not child.is_blank)
    if node.rule != "unless":
        return replace(node, children=children)
    rule, exceptions = children[:1], children[1:]
    if not rule or not exceptions:
        # Nothing to waive, or nothing that waives: what is there stands for itself.
        return rule[0] if rule else replace(node, rule="any", children=())
    if isinstance(rule[0], GroupDraft) and rule[0].rule == "unless":
        # An exception to a rule with exceptions is one more of them; a file has room for one list.
        return replace(node, children=(*rule[0].children, *exceptions))
    return replace(node, children=children)
