"""Rows of a point-by-point table: what is asked, what was found, and the words it rests on.

A criterion asked per level takes one row for levels that share an answer. Limbs that nobody argued are named in one
row and not spelled out, so that the rows that matter can be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentKey, AssessmentState, Stance
from desktop.domain.criteria import LicenceClass
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import LetterParagraph, LetterRow, Provenance
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.criteria_tree import (
    STANDING,
    criterion_text,
    is_untouched,
    leaves_of,
    leaves_under,
    nodes_with,
    state_text,
    walk,
)
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, quote, record, trace
from desktop.letters.wording import counted, ended, level_list, one_line, paragraphs_of, quoted

NOTE_IN_CELL = 600
"""Longer notes follow the table as paragraphs: a cell should not fill a page."""

SHORT_SOURCE = 90
"""Shorter words of the record are simply printed again."""

_PROOF_MARKS = {
    "S": "as reported in a secondary source",
    "O": "from an older text",
    "H": "from a heading only",
}
_GROUP_WORDS = {"all": "All of these", "any": "Any one of these", "not": "This must not hold"}


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """One evaluation of one line, with everything its rows need."""

    inputs: LetterInputs
    line: ServiceLine
    evaluation: EvaluationTrace
    heading: str
    told: dict[str, str]
    """Words of the record already printed, with the heading they were printed under."""

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

    @property
    def asked(self) -> tuple[str, ...]:
        """The levels the line is asked for at; all of its levels when it is not asked for."""
        return self.inputs.granted_levels(self.line) or self.line.levels

    def _rows(self, node: NodeTrace) -> Iterator[LetterRow]:
        if node.kind == "criterion":
            yield from self._criterion_rows(node)
            return
        same = nodes_with(self.evaluation, node.id)
        leaves = [leaf for item in same for leaf in leaves_under(item)]
        touched = {leaf.id for leaf in leaves if not is_untouched(leaf)}
        untouched = {leaf.id for leaf in leaves} - touched
        if not touched:
            yield self._group_row(node, f"Not argued in this letter ({counted(len(untouched), 'criterion')})")
            return
        if untouched and node.kind == "all" and all(item.truth is Truth.FALSE for item in same):
            yield self._group_row(node, f"Not met; {counted(len(untouched), 'criterion')} of it not assessed")
            for child in node.children:
                if any(leaf.id in touched for leaf in leaves_under(child)):
                    yield from self._rows(child)
            return
        yield self._group_row(node, self._group_standing(node))
        relied = [child.id for child in node.children if self._holds(child)] if node.kind == "any" else []
        for child in node.children:
            is_other = bool(relied) and child.id not in relied and child.kind != "criterion"
            if is_other and any(leaf.id in touched for leaf in leaves_under(child)):
                yield self._group_row(
                    child, f"{self._group_standing(child)}\nNot relied on, as another ground holds"
                )
            else:
                yield from self._rows(child)

    def _holds(self, node: NodeTrace) -> bool:
        """Whether a node is established wherever the line is asked for."""
        at = [level for level in self.evaluation.levels if not level.level or level.level in self.asked]
        found = [item for level in at for item in walk(level.root) if item.id == node.id]
        return bool(found) and all(item.truth is Truth.TRUE for item in found)

    def _group_standing(self, node: NodeTrace) -> str:
        states: dict[str, list[str]] = {}
        for level in self.evaluation.levels:
            found = next((item for item in walk(level.root) if item.id == node.id), node)
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
        """Levels with the same answer share a row; levels that are not asked for share one without quotations."""
        answers: dict[tuple[str, str], list[NodeTrace]] = {}
        elsewhere: list[NodeTrace] = []
        for item in leaves_of(self.evaluation):
            if item.id != node.id:
                continue
            if item.subject in self.line.levels and item.subject not in self.asked:
                elsewhere.append(item)
            else:
                answers.setdefault((self._finding(item), self._sources(item)), []).append(item)
        for index, ((finding, sources), items) in enumerate(answers.items()):
            yield self._criterion_row(items, finding, sources, is_first=index == 0)
        if elsewhere:
            states: dict[str, list[str]] = {}
            for item in elsewhere:
                states.setdefault(state_text(item), []).append(item.subject)
            finding = "\n".join(f"{level_list(levels)}: {state.lower()}" for state, levels in states.items())
            yield self._criterion_row(
                elsewhere, finding, "Not asked for at these levels.", is_first=not answers
            )

    def _criterion_row(
        self, items: list[NodeTrace], finding: str, sources: str, *, is_first: bool
    ) -> LetterRow:
        node = items[0]
        levels = [item.subject for item in items if item.subject in self.line.levels]
        criterion = "The same criterion"
        if is_first:
            words = ended(criterion_text(self.inputs, self.evaluation, node.id, node.text))
            criterion = f"{words}{self._rule_source(node)}"
        if levels:
            criterion += f"\nAt {level_list(levels)}." if is_first else f" at {level_list(levels)}."
        keys = [self._key(item) for item in items]
        origins: list[Provenance] = [trace(self.evaluation, item.id, item.subject) for item in items]
        origins.extend(
            record(f"assessments.{key.set_id}.{key.criterion_id}.{key.subject}", "Reviewer’s assessment")
            for key in keys
            if key in self.inputs.assessments
        )
        shown = [link for item in items for link in self.inputs.evidence(item.evidence_ids)]
        origins.extend(quote(link, self.inputs.case.document(link.span.document_id)) for link in shown)
        # The same words are printed once; later rows that rest on them say where they stand.
        if shown and len(sources) > SHORT_SOURCE:
            first = self.told.setdefault(sources, self.heading)
            if first != self.heading:
                sources = f"The same words as under “{first}”."
        cells = (criterion, finding, sources)
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
        return "\n".join([state_text(node), *self._details(node)])

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
        source = ""
        for link in self.inputs.evidence(node.evidence_ids):
            document = self.inputs.case.document(link.span.document_id)
            side = "Against: " if link.stance is Stance.CONTRADICTS else ""
            note = f"\n{one_line(link.note)}" if link.note.strip() else ""
            before, source = source, f"{self.inputs.source_text(document, link.span.page)}{note}"
            # Words from one page are quoted one after another, with their source once.
            if source == before and not side:
                parts.pop()
            parts.extend((f"{side}{quoted(link.span.quote)}", source))
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
