"""Rows of a point-by-point table: what is asked, what was found, and the words it rests on.

A criterion asked per level takes one row for levels that share an answer. Limbs that nobody argued are named in one
row and not spelled out, so that the rows that matter can be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.domain.assessment import AssessmentKey, AssessmentState, Stance
from desktop.domain.criteria import LicenceClass
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import LetterParagraph, LetterRow, Provenance
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, quote, record, trace
from desktop.letters.wording import counted, ended, level_list, one_line, paragraphs_of, quoted, service_name

NOTE_IN_CELL = 600
"""Longer notes follow the table as paragraphs: a cell should not fill a page."""

STANDING = {Truth.TRUE: "established", Truth.FALSE: "not met", Truth.UNKNOWN: "not settled by the record"}
_PROOF_MARKS = {
    "S": "as reported in a secondary source",
    "O": "from an older text",
    "H": "from a heading only",
}
_GROUP_WORDS = {"all": "All of these", "any": "Any one of these", "not": "This must not hold"}


@dataclass(slots=True)
class Told:
    """What earlier tables already showed, so that a case-wide answer is not spelled out twice."""

    rows: dict[AssessmentKey, str] = field(default_factory=dict[AssessmentKey, str])


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """One evaluation of one line, with everything its rows need."""

    inputs: LetterInputs
    line: ServiceLine
    evaluation: EvaluationTrace
    told: Told

    def rows(self) -> tuple[LetterRow, ...]:
        """The rows top down; the root itself has none unless it is more than "all of these"."""
        if not self.evaluation.levels:
            return ()
        root = self.evaluation.levels[0].root
        if root.kind in ("all", "criterion"):
            return tuple(row for node in root.children or (root,) for row in self._rows(node))
        return tuple(self._rows(root))

    def notes(self) -> tuple[LetterParagraph, ...]:
        """Notes too long for a cell, as paragraphs."""
        return tuple(text for node in leaves_of(self.evaluation) for text in self._long_note(node))

    def _rows(self, node: NodeTrace) -> Iterator[LetterRow]:
        if node.kind == "criterion":
            yield from self._criterion_rows(node)
            return
        same = nodes_with(self.evaluation, node.id)
        leaves = [leaf for item in same for leaf in _leaves(item)]
        untouched = {leaf.id for leaf in leaves} - {leaf.id for leaf in leaves if not is_untouched(leaf)}
        total = len({leaf.id for leaf in leaves})
        if len(untouched) == total:
            yield self._group_row(node, f"Not argued in this letter ({counted(total, 'criterion')})")
            return
        is_closed = all(item.truth is Truth.FALSE for item in same) and node.kind == "all"
        if is_closed and untouched:
            yield self._group_row(node, f"Not met; {counted(len(untouched), 'criterion')} of it not assessed")
            for child in node.children:
                if {leaf.id for leaf in _leaves(child)} - untouched:
                    yield from self._rows(child)
            return
        yield self._group_row(node, self._group_standing(node))
        for child in node.children:
            yield from self._rows(child)

    def _group_standing(self, node: NodeTrace) -> str:
        states: dict[str, list[str]] = {}
        for level in self.evaluation.levels:
            found = next((item for item in _walk(level.root) if item.id == node.id), node)
            state = STANDING[found.truth] if found.is_applicable else "not applicable"
            states.setdefault(state, []).append(level.level)
        if len(states) == 1:
            return next(iter(states)).capitalize()
        return "\n".join(f"{level_list(levels)}: {state}" for state, levels in states.items())

    def _group_row(self, node: NodeTrace, standing: str) -> LetterRow:
        rule = f"At least {node.count} of these" if node.kind == "at_least" else _GROUP_WORDS[node.kind]
        rule += f" {len(node.children)}:" if node.kind != "not" else ":"
        name = criterion_text(self.inputs, self.evaluation, node.id, node.text) if node.text.strip() else ""
        return LetterRow(
            cells=(f"{ended(name)} {rule}" if name else rule, standing, ""),
            provenance=(trace(self.evaluation, node.id),),
        )

    def _criterion_rows(self, node: NodeTrace) -> Iterator[LetterRow]:
        """Levels with the same answer share a row."""
        answers: dict[tuple[str, str], list[NodeTrace]] = {}
        for item in leaves_of(self.evaluation):
            if item.id == node.id:
                answers.setdefault((self._finding(item), self._sources(item)), []).append(item)
        for (finding, sources), items in answers.items():
            yield self._criterion_row(items, finding, sources)

    def _criterion_row(self, items: list[NodeTrace], finding: str, sources: str) -> LetterRow:
        node = items[0]
        words = ended(criterion_text(self.inputs, self.evaluation, node.id, node.text))
        levels = [item.subject for item in items if item.subject and item.subject != self.line.id]
        at = f"\nAt {level_list(levels)}." if levels else ""
        origins: list[Provenance] = [trace(self.evaluation, item.id, item.subject) for item in items]
        keys = [self._key(item) for item in items]
        earlier = {self.told.rows.setdefault(key, self.line.id) for key in keys}
        first = self.inputs.case.service_line(next(iter(earlier))) if len(earlier) == 1 else None
        if first is not None and first.id != self.line.id and not all(is_untouched(item) for item in items):
            sources = f"As stated in the table for {service_name(first)}."
            finding = self._state(node)
        else:
            shown = [link for item in items for link in self.inputs.evidence(item.evidence_ids)]
            origins.extend(quote(link, self.inputs.case.document(link.span.document_id)) for link in shown)
            origins.extend(
                record(f"assessments.{key.set_id}.{key.criterion_id}.{key.subject}", "Reviewer’s assessment")
                for key in keys
                if key in self.inputs.assessments
            )
        cells = (f"{words}{self._rule_source(node)}{at}", finding, sources)
        return LetterRow(cells=cells, provenance=tuple(dict.fromkeys(origins)))

    def _key(self, node: NodeTrace) -> AssessmentKey:
        return AssessmentKey(set_id=self.evaluation.set_id, criterion_id=node.id, subject=node.subject)

    def _rule_source(self, node: NodeTrace) -> str:
        """Where a rule was read, shown where the set is not one document or the rule is not its own text."""
        if node.source is None:
            return ""
        mark = _PROOF_MARKS.get(node.source.proof, "")
        found = self.inputs.sets.get(self.evaluation.set_id)
        is_composite = (
            found is not None and found.licence is LicenceClass.PUBLIC and not found.document_number
        )
        document = one_line(node.source.document) if is_composite else ""
        # A document's own name may already say that it is a report of another.
        parts = [document, mark if "reported" not in document else ""]
        text = "; ".join(part for part in parts if part)
        return f" ({text})" if text else ""

    def _finding(self, node: NodeTrace) -> str:
        return "\n".join([self._state(node), *self._details(node)])

    def _state(self, node: NodeTrace) -> str:
        """The reviewer's state; where the evaluation does not follow it, that is said."""
        if not node.is_applicable:
            return AssessmentState.NOT_APPLICABLE.label
        if node.state is None:
            return {
                Truth.TRUE: "Met by the recorded value",
                Truth.FALSE: "Not met by the recorded value",
                Truth.UNKNOWN: "Not assessed",
            }[node.truth]
        if node.state.truth is not node.truth:
            return f"{node.state.label}, but {STANDING[node.truth]}"
        return node.state.label

    def _details(self, node: NodeTrace) -> Iterator[str]:
        if node.amount.strip():
            yield one_line(node.amount).replace("<=", "≤").replace(">=", "≥")
        if (
            node.state is not None
            and node.is_applicable
            and node.state.truth is not node.truth
            and node.reason
        ):
            yield ended(one_line(node.reason))
        given = self.inputs.assessments.get(self._key(node))
        if given is not None and given.state is AssessmentState.EXCEPTION and given.exception_source.strip():
            yield f"Waived by: {ended(one_line(given.exception_source))}"
        if node.note.strip():
            yield one_line(node.note) if len(node.note) <= NOTE_IN_CELL else "See the note after this table."

    def _sources(self, node: NodeTrace) -> str:
        parts: list[str] = []
        for link in self.inputs.evidence(node.evidence_ids):
            document = self.inputs.case.document(link.span.document_id)
            side = "Against: " if link.stance is Stance.CONTRADICTS else ""
            note = f"\n{one_line(link.note)}" if link.note.strip() else ""
            source = self.inputs.source_text(document, link.span.page)
            parts.append(f"{side}{quoted(link.span.quote)}\n{source}{note}")
        if parts:
            return "\n".join(parts)
        if not node.is_applicable:
            return "–"
        if node.state in (AssessmentState.NOT_DOCUMENTED, None):
            return "Nothing in the enclosed record is linked to it."
        return "No words of the record are linked."

    def _long_note(self, node: NodeTrace) -> Iterator[LetterParagraph]:
        if len(node.note) <= NOTE_IN_CELL:
            return
        words = criterion_text(self.inputs, self.evaluation, node.id, node.text)
        at = f" (at {node.subject})" if node.subject and node.subject != self.line.id else ""
        path = f"assessments.{self.evaluation.set_id}.{node.id}.{node.subject}.note"
        yield paragraph(f"On {quoted(words)}{at}:", form("criteria.note"), trace(self.evaluation, node.id))
        for part in paragraphs_of(node.note):
            yield paragraph(part, record(path, "Reviewer’s note"))


def is_untouched(node: NodeTrace) -> bool:
    """Whether nobody said or linked anything for a criterion."""
    return (
        node.state is None
        and node.truth is Truth.UNKNOWN
        and not (node.note.strip() or node.amount.strip() or node.evidence_ids)
    )


def unargued(evaluation: EvaluationTrace) -> frozenset[str]:
    """Ids of the criteria under groups that nobody touched: alternatives this letter does not argue."""
    found: set[str] = set()
    for level in evaluation.levels:
        for node in _walk(level.root):
            ids = {leaf.id for leaf in _leaves(node)}
            same = [leaf for leaf in leaves_of(evaluation) if leaf.id in ids]
            if (
                node.kind != "criterion"
                and node is not level.root
                and all(is_untouched(leaf) for leaf in same)
            ):
                found |= ids
    return frozenset(found)


def leaves_of(evaluation: EvaluationTrace) -> tuple[NodeTrace, ...]:
    """Every criterion asked in an evaluation once, in reading order; one asked per level comes once per level."""
    order: dict[str, None] = {}
    found: dict[tuple[str, str], NodeTrace] = {}
    for level in evaluation.levels:
        for node in _leaves(level.root):
            order.setdefault(node.id)
            found.setdefault((node.id, node.subject), node)
    return tuple(node for name in order for (node_id, _), node in found.items() if node_id == name)


def nodes_with(evaluation: EvaluationTrace, node_id: str) -> tuple[NodeTrace, ...]:
    """A node as evaluated at each level."""
    return tuple(node for level in evaluation.levels for node in _walk(level.root) if node.id == node_id)


def criterion_text(inputs: LetterInputs, evaluation: EvaluationTrace, node_id: str, text: str) -> str:
    """A criterion's words, or its id alone where the set's licence keeps its words on the workstation."""
    found = inputs.sets.get(evaluation.set_id)
    if found is not None and found.licence is LicenceClass.LICENSED_REFERENCE:
        return f"Criterion {node_id} (licensed text, not reproduced)"
    return one_line(text)


def _leaves(node: NodeTrace) -> Iterator[NodeTrace]:
    return (item for item in _walk(node) if item.kind == "criterion")


def _walk(node: NodeTrace) -> Iterator[NodeTrace]:
    yield node
    for child in node.children:
        yield from _walk(child)
