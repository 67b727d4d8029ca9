"""Rows of a point-by-point table: what is asked, what was found, and the words it rests on; one row a criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentKey, AssessmentState, Stance
from desktop.domain.document import DocumentKind
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import LetterParagraph, LetterRow, Provenance
from desktop.domain.service_line import ServiceLine
from desktop.letters.criteria_layout import Layout, layout_of
from desktop.letters.criteria_tree import criterion_text, levels_at, standing, states_text
from desktop.letters.evidence_words import (
    ANSWERS_HEADING,
    Ledger,
    Place,
    Words,
    place_of,
    source_cell,
    words_for,
)
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, heading_row, paragraph, quote, record, row, trace
from desktop.letters.wording import ended, level_list, one_line, paragraphs_of, quoted, row_list, singular

NOTE_IN_CELL = 600
"""Longer notes follow the table as paragraphs: a cell should not fill a page."""


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """One evaluation of one line as a numbered table: its layout, its rows, and the row of each criterion."""

    number: int
    line: ServiceLine
    evaluation: EvaluationTrace
    levels: tuple[str, ...]
    layout: Layout
    rows: tuple[LetterRow, ...]
    row_of: Mapping[str, str]
    notes: tuple[LetterParagraph, ...]

    @property
    def name(self) -> str:
        """How the letter refers to it."""
        return f"Table {self.number}"


def criteria_table(
    inputs: LetterInputs, number: int, line: ServiceLine, evaluation: EvaluationTrace, ledger: Ledger
) -> CriteriaTable:
    """The table of an evaluation at the levels the line is asked for (all of its levels where it is not)."""
    levels = inputs.levels_argued(line)
    layout = layout_of(levels_at(evaluation, levels))
    row_of = {node.id: f"{number}.{place}" for place, node in enumerate(layout.criteria, start=1)}
    writer = _Writer(inputs, evaluation, levels, layout, row_of, ledger)
    return CriteriaTable(
        number=number,
        line=line,
        evaluation=evaluation,
        levels=levels,
        layout=layout,
        rows=tuple(writer.row(node) for node in layout.parts),
        row_of=row_of,
        notes=tuple(text for node in layout.criteria for text in writer.long_notes(node)),
    )


def bracket(layout: Layout, row_of: Mapping[str, str], node: NodeTrace) -> str:
    """The rows under a node: `row 1.2`, or `rows 1.2 to 1.5 together` where all of several are asked for."""
    numbers = [row_of[item.id] for item in layout.rows_under(node)]
    if not numbers:
        return "none that was assessed"
    together = " together" if len(numbers) > 1 and node.kind == "all" else ""
    return f"{row_list(numbers)}{together}"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the rows of one table."""

    inputs: LetterInputs
    evaluation: EvaluationTrace
    levels: tuple[str, ...]
    layout: Layout
    row_of: Mapping[str, str]
    ledger: Ledger

    def row(self, node: NodeTrace) -> LetterRow:
        """The row of a criterion, or the line above the rows that a group brackets."""
        return self._criterion(node) if node.kind == "criterion" else self._bracket(node)

    def _bracket(self, node: NodeTrace) -> LetterRow:
        ways = [f"{self._named(child)}{bracket(self.layout, self.row_of, child)}" for child in node.children]
        rule = {
            "any": f"One is enough: {'; or '.join(ways)}",
            "at_least": f"At least {node.count} must hold of {bracket(self.layout, self.row_of, node)}",
            "not": f"Must not hold: {'; '.join(ways)}",
        }[node.kind]
        name = f"{ended(one_line(node.text))} " if node.text.strip() else ""
        came_out = standing(self.layout.levels, node.id)
        return heading_row(f"{name}{rule}. Result: {came_out}.", trace(self.evaluation, node.id))

    def _named(self, node: NodeTrace) -> str:
        return f"{quoted(node.text)}, " if node.kind != "criterion" and node.text.strip() else ""

    def _criterion(self, node: NodeTrace) -> LetterRow:
        number = self.row_of[node.id]
        nodes = [item for item in self.layout.at_levels(node) if item.is_applicable]
        words = words_for(self.inputs, nodes, self.levels, self._kinds(node))
        places = {place_of(item.link) for item in words}
        asked = f"{number}  {criterion_text(self.inputs, self.evaluation, node)}"
        state = states_text(nodes, self.levels)
        details = list(self._details(nodes))
        notes = [note for item in words for note in item.notes]
        back = self.ledger.row_with(places)
        if back:
            # The words stand in an earlier row: one line says so, and adds what is said here only.
            new = [ended(line) for line in (*details, *notes) if line not in self.ledger.details_of(back)]
            cells = (" ".join((f"{asked} {state}, as in {row_list((back,))}.", *new)),)
            printed = set[Place]()
        else:
            sources, printed = self._sources(nodes, words)
            cells = (asked, "\n".join((state, *details)), sources)
        self.ledger.enter(number, printed, places, [*details, *notes])
        return row(cells, *self._origins(nodes))

    def _sources(self, nodes: Sequence[NodeTrace], words: Sequence[Words]) -> tuple[str, set[Place]]:
        """What a row rests on, and the places quoted in it."""
        if not words:
            is_open = all(item.state in (AssessmentState.NOT_DOCUMENTED, None) for item in nodes)
            return (
                "Nothing in the enclosed record is linked to it." if is_open else "No words are linked.",
                set(),
            )
        held = [item.state is not AssessmentState.NOT_MET for item in nodes]
        sources, printed = source_cell(self.inputs, words, self.levels, self.ledger, is_answered=all(held))
        against = {place_of(item.link) for item in words if item.link.stance is Stance.CONTRADICTS}
        if any(held) and against & printed:
            sources += f" (answered under “{ANSWERS_HEADING}”)"
        return sources, printed

    def _kinds(self, node: NodeTrace) -> tuple[DocumentKind, ...]:
        """The kinds of document that prove a criterion, as its set says."""
        found = self.inputs.sets.get(self.evaluation.set_id)
        criterion = found.criterion(node.id) if found is not None else None
        return criterion.evidence_types if criterion is not None else ()

    def _origins(self, nodes: Sequence[NodeTrace]) -> Iterator[Provenance]:
        yield from (trace(self.evaluation, item.id, item.subject) for item in nodes)
        for item in nodes:
            key = self._key(item)
            if key in self.inputs.assessments:
                path = f"assessments.{key.set_id}.{key.criterion_id}.{key.subject}"
                yield record(path, "Reviewer’s assessment")
        for item in nodes:
            for link in self.inputs.evidence(item.evidence_ids):
                yield quote(link, self.inputs.case.document(link.span.document_id))

    def _key(self, node: NodeTrace) -> AssessmentKey:
        return AssessmentKey(set_id=self.evaluation.set_id, criterion_id=node.id, subject=node.subject)

    def _details(self, nodes: Sequence[NodeTrace]) -> Iterator[str]:
        """Values, reasons and notes; what levels share is said once."""
        own = [list(self._details_of(item)) for item in nodes]
        shared = [line for line in own[0] if all(line in lines for lines in own)] if own else []
        yield from shared
        rest = [[line for line in lines if line not in shared] for lines in own]
        tail = _shared_tail([lines[-1] for lines in rest if lines]) if all(rest) and len(rest) > 1 else ""
        for item, lines in zip(nodes, rest, strict=True):
            for line in lines:
                text = line.removesuffix(tail).rstrip() if line is lines[-1] else line
                if text:
                    at = (
                        f"{level_list((item.subject,))}: "
                        if item.subject in self.levels and len(nodes) > 1
                        else ""
                    )
                    yield f"{at}{text}"
        if tail:
            yield tail

    def _details_of(self, node: NodeTrace) -> Iterator[str]:
        if node.amount.strip():
            yield singular(one_line(node.amount).replace("<=", "≤").replace(">=", "≥"))
        # What is wrong with an answer is said to the reviewer, by the letter check.
        is_wrong = node.is_contradicted or node.lacks_waiver
        if node.state is not None and node.state.truth is not node.truth and node.reason and not is_wrong:
            yield ended(one_line(node.reason))
        given = self.inputs.assessments.get(self._key(node))
        if given is not None and given.state is AssessmentState.EXCEPTION and given.exception_source.strip():
            yield f"Waived by: {ended(one_line(given.exception_source))}"
        if node.note.strip():
            yield one_line(node.note) if len(node.note) <= NOTE_IN_CELL else "See the note after this table."

    def long_notes(self, node: NodeTrace) -> Iterator[LetterParagraph]:
        """Notes too long for a cell, as paragraphs."""
        for item in self.layout.at_levels(node):
            if len(item.note) <= NOTE_IN_CELL:
                continue
            at = f" at {item.subject}" if item.subject in self.levels else ""
            path = f"assessments.{self.evaluation.set_id}.{item.id}.{item.subject}.note"
            lead = f"On row {self.row_of[item.id]}{at}:"
            yield paragraph(lead, form("criteria.note"), trace(self.evaluation, item.id, item.subject))
            for part in paragraphs_of(item.note):
                yield paragraph(part, record(path, "Reviewer’s note"))


def _shared_tail(texts: Sequence[str]) -> str:
    """The sentences that every text ends with; empty when they share none, or nothing else would be left of them."""
    if len(texts) < 2:
        return ""
    split = [text.split(". ") for text in texts]
    count = 0
    while all(len(parts) > count + 1 for parts in split) and len({parts[-count - 1] for parts in split}) == 1:
        count += 1
    return ". ".join(split[0][len(split[0]) - count :]) if count else ""
