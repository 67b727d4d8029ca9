"""What the outline says of each node of a draft, in words and marks; it must not touch Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.criteria import Polarity
from desktop.domain.truth import Truth
from desktop.services.criteria_draft import CriteriaDraft, CriterionDraft, GroupDraft, NodeDraft
from desktop.services.criteria_draft_check import DraftProblem
from desktop.services.criteria_draft_trial import NodeResult
from desktop.ui.criteria.choices import RULE_TAGS, SCOPE_TAGS, SIGNS, measure_words

UNWRITTEN = "A criterion that is not written yet"
UNTITLED = "The whole set"
_TRUTHS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not established"}


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row: `rule` is empty for a criterion, `part` says what a node is to a rule with exceptions."""

    key: int
    number: str
    words: str
    rule: str = ""
    part: str = ""
    is_written: bool = True
    tags: tuple[str, ...] = ()
    wrong: int = 0
    advice: int = 0
    result: NodeResult | None = None

    @property
    def caption(self) -> str:
        """Its words; of a group without words, how it combines."""
        return self.words or self.rule

    @property
    def is_group(self) -> bool:
        """Whether others stand under it."""
        return bool(self.rule)

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        state = "does not apply" if self.result and not self.result.is_applicable else ""
        if self.result and self.result.is_applicable:
            state = _TRUTHS[self.result.truth]
        marks = [
            f"{self.wrong} to be put right" if self.wrong else "",
            f"{self.advice} to consider" if self.advice else "",
        ]
        said = (self.number, self.part, self.rule.lower(), self.words, *self.tags, state, *marks)
        return ", ".join(part for part in said if part)


def numbers_of(draft: CriteriaDraft) -> dict[int, str]:
    """A number for every criterion in reading order, and a letter for every group but the whole."""
    found: dict[int, str] = {draft.root.key: ""}
    counts = [0, 0]

    def number(node: NodeDraft) -> None:
        if isinstance(node, CriterionDraft):
            counts[0] += 1
            found[node.key] = str(counts[0])
            return
        if node.key != draft.root.key:
            found[node.key] = letters(counts[1])
            counts[1] += 1
        for child in node.children:
            number(child)

    number(draft.root)
    return found


def letters(index: int) -> str:
    """A to Z, then AA, AB and so on."""
    word = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        word = chr(ord("A") + rest) + word
    return word


def row_of(
    node: NodeDraft,
    parent: GroupDraft | None,
    number: str,
    problems: tuple[DraftProblem, ...],
    result: NodeResult | None,
) -> DraftRow:
    """One node as a row. `problems` are those of this node."""
    text = " ".join(node.text.split())
    if isinstance(node, CriterionDraft):
        made = DraftRow(node.key, number, text or UNWRITTEN, is_written=bool(text), tags=_tags(node))
    else:
        rule = RULE_TAGS[node.rule].format(node.count)
        made = DraftRow(node.key, number, text or (UNTITLED if parent is None else ""), rule)
    wrong = sum(not item.is_advice for item in problems)
    return replace(made, part=_part(node, parent), wrong=wrong, advice=len(problems) - wrong, result=result)


def _part(node: NodeDraft, parent: GroupDraft | None) -> str:
    if parent is None or parent.rule != "unless":
        return ""
    return "the rule" if parent.children[0].key == node.key else "waives the rule"


def _tags(node: CriterionDraft) -> tuple[str, ...]:
    found: list[str] = []
    if node.polarity is Polarity.ABSENT:
        found.append("must not be there")
    if node.comparison or node.number:
        sign = SIGNS.get(node.comparison, node.comparison)
        found.append(" ".join(part for part in (sign, node.number.strip(), node.unit.strip()) if part))
    if node.measure:
        found.append(f"from the record: {measure_words(node.measure)}")
    if node.within:
        found.append(f"within {node.within}")
    if node.per in SCOPE_TAGS:
        found.append(SCOPE_TAGS[node.per])
    if node.evidence_types:
        found.append(" / ".join(kind.label.lower() for kind in node.evidence_types))
    return tuple(found)
