"""Says how two sets, and their traces of one request, differ: one asks for 12 months, the other waives them.

It must not judge beyond what the two sets say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.criteria import CriteriaSet, Criterion
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.text import listed
from desktop.domain.truth import Truth, all_of
from desktop.rules.compare_aspects import Aspect, Difference, Names, Side, asked_by_both, differing_aspects
from desktop.rules.side_by_side import MatchedCriteria, side_by_side
from desktop.rules.ways_around import WayAround, ways_around


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """Criteria of both sets about one question, their truth for the request, and every difference."""

    matched: MatchedCriteria
    differences: tuple[Difference, ...]
    left_truth: Truth | None = None
    """None without a trace, without criteria on that side, or when none of them applies."""
    right_truth: Truth | None = None

    @property
    def sentence(self) -> str:
        """What both ask and every difference, in one paragraph that names the question; empty where they agree."""
        if not self.differences:
            return ""
        subject = self.matched.matched_by.replace("-", " ").replace("_", " ")
        sentences = (asked_by_both(self.matched), *(difference.sentence for difference in self.differences))
        said = " ".join(sentence for sentence in sentences if sentence)
        return f"{subject[:1].upper()}{subject[1:]}: {said}" if subject else said


@dataclass(frozen=True, slots=True)
class SetComparison:
    """Two sets side by side under the names that the sentences use."""

    left_name: str
    right_name: str
    summary: str
    """How the request comes out under each; empty without both traces."""
    rows: tuple[ComparedRow, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The summary and the sentence of every row that differs, in reading order."""
        found = (self.summary, *(row.sentence for row in self.rows))
        return tuple(sentence for sentence in found if sentence)


def compare_sets(
    left: CriteriaSet,
    right: CriteriaSet,
    left_trace: EvaluationTrace | None = None,
    right_trace: EvaluationTrace | None = None,
    names: tuple[str, str] | None = None,
) -> SetComparison:
    """Hold two sets, and their traces of the same request where given, against each other.

    `names` are how the sentences call the sets, anywhere in a sentence; left out, the publishers with their document
    numbers, or whatever tells the two apart. Raises ValueError when a trace is not of its set.
    """
    for criteria_set, trace in ((left, left_trace), (right, right_trace)):
        if trace is not None and trace.set_id != criteria_set.id:
            raise ValueError(f"the trace is of {trace.set_id}, not of {criteria_set.id}")
    pair = _Pair(left, right, left_trace, right_trace, Names(*(names or _names(left, right))))
    return SetComparison(
        left_name=pair.names.left,
        right_name=pair.names.right,
        summary=_summary(pair),
        rows=tuple(_row(matched, pair) for matched in side_by_side(left, right)),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    left: CriteriaSet
    right: CriteriaSet
    left_trace: EvaluationTrace | None
    right_trace: EvaluationTrace | None
    names: Names


def _names(left: CriteriaSet, right: CriteriaSet) -> tuple[str, str]:
    one, two = (f"{item.publisher} {item.document_number}".strip() for item in (left, right))
    choices = [(one, two), (left.caption, right.caption)]
    return next((pair for pair in choices if pair[0] != pair[1]), (left.id, right.id))


def _summary(pair: _Pair) -> str:
    if pair.left_trace is None or pair.right_trace is None:
        return ""
    one, two = pair.left_trace.truth.verdict, pair.right_trace.truth.verdict
    if one == two:
        return f"Under both sets the request is {one}."
    return f"Under {pair.names.left} the request is {one}, under {pair.names.right} {two}."


def _row(matched: MatchedCriteria, pair: _Pair) -> ComparedRow:
    left, right = _truth(matched.left, pair.left_trace), _truth(matched.right, pair.right_trace)
    found = _differences(matched, pair)
    if left is not None and right is not None and left is not right:
        said = f"{left.verdict} under {pair.names.left} and {right.verdict} under {pair.names.right}"
        found = (*found, Difference(Aspect.RESULT, f"For this request it is {said}."))
    return ComparedRow(matched, found, left, right)


def _truth(criteria: Sequence[Criterion], trace: EvaluationTrace | None) -> Truth | None:
    """What the criteria come to together, over all levels and sides."""
    if trace is None:
        return None
    ids = frozenset(criterion.id for criterion in criteria)
    found = [leaf.truth for level in trace.levels for leaf in _leaves(level.root) if leaf.id in ids]
    return all_of(found) if found else None


def _leaves(node: NodeTrace) -> Iterator[NodeTrace]:
    if not node.is_applicable:
        return
    if node.kind == "criterion":
        yield node
    for child in node.children:
        yield from _leaves(child)


def _differences(matched: MatchedCriteria, pair: _Pair) -> tuple[Difference, ...]:
    around = {
        Side.LEFT: ways_around(pair.left.root, frozenset(item.id for item in matched.left)),
        Side.RIGHT: ways_around(pair.right.root, frozenset(item.id for item in matched.right)),
    }
    if not matched.right:
        return (_only_one(Side.LEFT, matched.left, around[Side.LEFT], pair.names),)
    if not matched.left:
        return (_only_one(Side.RIGHT, matched.right, around[Side.RIGHT], pair.names),)
    return (
        *differing_aspects(matched, pair.names),
        *_waivers(around, pair.names),
        *_other_ways(around, pair.names),
    )


def _only_one(
    side: Side, criteria: Sequence[Criterion], around: Sequence[WayAround], names: Names
) -> Difference:
    waivers = [way for way in around if way.is_waiver]
    texts = listed([f"“{item.text}”" for item in criteria])
    ways = ", on one of several ways" if len(waivers) < len(around) else ""
    waived = f", waived where this holds: {_words(waivers)}" if waivers else ""
    return Difference(
        Aspect.ONLY_ONE_ASKS,
        f"Only {names.of(side)} asks{ways}: {texts}{waived}.",
        None if around else side,
    )


_Around = dict[Side, tuple[WayAround, ...]]


def _waivers(around: _Around, names: Names) -> Iterator[Difference]:
    for side, ways in around.items():
        waivers = [way for way in ways if way.is_waiver]
        if not waivers:
            continue
        is_alone = not around[side.other]
        rest = f" {names.of(side.other)} does not." if is_alone else ""
        yield Difference(
            Aspect.WAIVER,
            f"{names.of(side)} waives it where this holds: {_words(waivers)}.{rest}",
            side.other if is_alone else None,
        )


def _other_ways(around: _Around, names: Names) -> Iterator[Difference]:
    """Limbs that do not ask it: where one set alone has some, or where those of the two have other names."""
    ways = {side: [way for way in found if not way.is_waiver] for side, found in around.items()}
    if _words(ways[Side.LEFT]) == _words(ways[Side.RIGHT]):
        return
    for side, found in ways.items():
        if not found:
            continue
        is_alone = not around[side.other]
        rest = f", {names.of(side.other)} cannot" if is_alone else ""
        yield Difference(
            Aspect.OTHER_WAY,
            f"{names.of(side)} can be met without it ({_words(found)}){rest}.",
            side.other if is_alone else None,
        )


def _words(ways: Sequence[WayAround]) -> str:
    return "; ".join(f"“{way.text}”" for way in ways)
