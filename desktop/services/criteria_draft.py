"""A criteria set while it is being written: an immutable tree of plain values, however unfinished; no YAML, no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import LicenceClass, Polarity, Scope
from desktop.domain.document import DocumentKind
from desktop.domain.window import TimeUnit

Rule = Literal["all", "any", "at_least", "not", "unless"]

HEAD = 0
"""The key under which problems of the set's own fields are told; nodes count from 1."""


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """One criterion. Texts are kept as typed, also half-typed ones; an empty `id` is made up when it is saved."""

    key: int = 0
    """Names the node as long as the draft lives; never written to a file."""
    id: str = ""
    text: str = ""
    polarity: Polarity = Polarity.PRESENT
    per: Scope = Scope.CASE
    comparison: str = ""
    """`>=`, `>`, `<=` or `<`; empty: no value is asked for."""
    number: str = ""
    unit: str = ""
    measure: str = ""
    """For example `treatment.physical_therapy`; empty: the record is not asked."""
    within_count: str = ""
    within_unit: TimeUnit = TimeUnit.MONTHS
    evidence_types: tuple[DocumentKind, ...] = ()
    closes_with: str = ""
    concerns: str = ""
    topic: str = ""
    note: str = ""
    document: str = ""
    """Only when it is another document than the set itself."""
    locator: str = ""
    proof: str = ""
    address: str = ""
    kind: Literal["criterion"] = "criterion"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: such a criterion is left out."""
        words = (self.id, self.text, self.comparison, self.number, self.unit, self.measure, self.within_count)
        more = (self.closes_with, self.concerns, self.topic, self.note, self.locator, self.document)
        return not any(part.strip() for part in (*words, *more)) and not self.evidence_types

    @property
    def threshold(self) -> str:
        """Comparison, number and unit as a criteria file writes them; empty for none."""
        return " ".join(part.strip() for part in (self.comparison, self.number, self.unit) if part.strip())

    @property
    def within(self) -> str:
        """How old the proof may be, as a criteria file writes it; empty for any age."""
        count = self.within_count.strip()
        return f"{count} {self.within_unit.value}" if count else ""


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """Nodes under a rule. `count` counts only for `at_least`; in `unless` the first child is the rule itself."""

    key: int = 0
    id: str = ""
    rule: Rule = "all"
    count: int = 1
    text: str = ""
    children: tuple[NodeDraft, ...] = ()
    kind: Literal["group"] = "group"

    @property
    def is_blank(self) -> bool:
        """Whether neither a name nor anything under it was typed."""
        return not self.id and not self.text.strip() and all(child.is_blank for child in self.children)


NodeDraft = CriterionDraft | GroupDraft


@dataclass(frozen=True, slots=True)
class CriteriaDraft:
    """The whole set as typed; dates are texts, because half a date must be kept too."""

    root: GroupDraft = GroupDraft(key=1)
    id: str = ""
    family: str = ""
    title: str = ""
    publisher: str = ""
    document_number: str = ""
    edition: str = ""
    effective_from: str = ""
    effective_to: str = ""
    retrieved_on: str = ""
    review_by: str = ""
    address: str = ""
    licence: LicenceClass = LicenceClass.USER
    customises: str = ""
    supersedes: str = ""
    terms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    covers: tuple[FindingKind, ...] = ()
    notes: str = ""
    preamble: str = ""
    """The comment lines at the top of a text that was written by hand."""
    cases: str = ""
    """Its test cases as a text in the form of `tests.yaml`."""
    next_key: int = 2

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the set itself was typed, head or tree."""
        return not any((self.id, self.title.strip(), self.edition.strip())) and self.root.is_blank


class Place(NamedTuple):
    """Where a node stands: under which group, and at which index among its children."""

    parent: GroupDraft
    at: int


def new_draft(publisher: str = "") -> CriteriaDraft:
    """An empty set with one criterion to type in."""
    return CriteriaDraft(
        root=GroupDraft(key=1, children=(CriterionDraft(key=2),)), publisher=publisher, next_key=3
    )


def filled(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The entries of a list in which something was typed, trimmed as the loader trims them."""
    return tuple(text.strip() for text in texts if text.strip())


def walk(node: NodeDraft) -> Iterator[NodeDraft]:
    """A node and everything under it, in reading order."""
    yield node
    if isinstance(node, GroupDraft):
        for child in node.children:
            yield from walk(child)


def criteria_of(draft: CriteriaDraft) -> tuple[CriterionDraft, ...]:
    """Every criterion in which something was typed, in reading order."""
    found = (node for node in walk(draft.root) if isinstance(node, CriterionDraft))
    return tuple(node for node in found if not node.is_blank)


def node_of(draft: CriteriaDraft, key: int) -> NodeDraft | None:
    """The node with a key, or None."""
    return next((node for node in walk(draft.root) if node.key == key), None)


def place_of(draft: CriteriaDraft, key: int) -> Place | None:
    """Where a node stands; None for the root and for a key that is not there."""
    for node in walk(draft.root):
        if isinstance(node, GroupDraft):
            for index, child in enumerate(node.children):
                if child.key == key:
                    return Place(node, index)
    return None


def with_keys(node: NodeDraft, first: int) -> tuple[NodeDraft, int]:
    """The same words under fresh keys in reading order, and the next free key."""
    if isinstance(node, CriterionDraft):
        return replace(node, key=first), first + 1
    children: list[NodeDraft] = []
    free = first + 1
    for child in node.children:
        made, free = with_keys(child, free)
        children.append(made)
    return replace(node, key=first, children=tuple(children)), free


def renumbered(draft: CriteriaDraft) -> CriteriaDraft:
    """The same set with keys from 1 in reading order, so that two drafts with the same words are equal."""
    root, free = with_keys(draft.root, 1)
    return replace(draft, root=root, next_key=free) if isinstance(root, GroupDraft) else draft
