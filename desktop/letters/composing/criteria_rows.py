"""Rows of a point-by-point table: what is asked, what was found, and the words it rests on; one row a criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState, Stance
from desktop.domain.criteria import Criterion, MeasureKind
from desktop.domain.document import DocumentKind
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.letter import LetterParagraph, LetterRow, Provenance
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria_layout import Layout, layout_of
from desktop.letters.composing.criteria_tree import (
    criterion_text,
    exceptions_of,
    key_of,
    levels_argued,
    rule_of,
    source_text,
    standing,
    states_text,
)
from desktop.letters.composing.evidence_words import (
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
from desktop.letters.wording import (
    ended,
    held_text,
    listed,
    one_line,
    opened,
    paragraphs_of,
    quoted,
    row_list,
    where_all,
    where_asked,
)

NOTE_IN_CELL = 600
"""Longer notes follow the table as paragraphs: a cell should not fill a page."""


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """One evaluation of one line as a numbered table: its layout, its rows, and the row of each criterion."""

    number: int
    line: ServiceLine
    evaluation: EvaluationTrace
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
    """The table of an evaluation at the levels and sides the line is asked for (all of them where it is not)."""
    levels, sides = inputs.levels_argued(line), inputs.sides_argued(line)
    layout = layout_of(levels_argued(inputs, line, evaluation))
    row_of = {node.id: f"{number}.{place}" for place, node in enumerate(layout.criteria, start=1)}
    writer = _Writer(inputs, evaluation, levels, sides, layout, row_of, ledger)
    return CriteriaTable(
        number=number,
        line=line,
        evaluation=evaluation,
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
    sides: tuple[str, ...]
    layout: Layout
    row_of: Mapping[str, str]
    ledger: Ledger

    def row(self, node: NodeTrace) -> LetterRow:
        """The row of a criterion, or the line above the rows that a group brackets."""
        return self._criterion(node) if node.kind == "criterion" else self._bracket(node)

    def _bracket(self, node: NodeTrace) -> LetterRow:
        children = [child for child in node.children if self._has_part(node, child)]
        ways = [f"{self._named(child)}{bracket(self.layout, self.row_of, child)}" for child in children]
        rule = {
            "any": f"One is enough: {'; or '.join(ways)}",
            "at_least": f"At least {node.count} must hold of {bracket(self.layout, self.row_of, node)}",
            "not": f"Must not hold: {'; '.join(ways)}",
            "all": f"All must hold: {bracket(self.layout, self.row_of, node).removesuffix(' together')}",
            "unless": f"Must hold, unless an exception does: {bracket(self.layout, self.row_of, node)}",
        }[node.kind]
        name = f"{ended(one_line(node.text))} " if node.text.strip() else ""
        came_out = standing(self.layout.levels, node.id)
        waives = "".join(f" {text}" for text in self._waives(node))
        text = f"{self._exception_to(node)}{name}{rule}. Result: {came_out}.{waives}"
        return heading_row(text, trace(self.evaluation, node.id))

    def _has_part(self, node: NodeTrace, child: NodeTrace) -> bool:
        """Whether a way is worth its words: of an exception that holds, only those that do."""
        is_exception = node.id in self.layout.exceptions
        return not is_exception or bool(self.layout.rows_under(child))

    def _named(self, node: NodeTrace) -> str:
        rule = rule_of(node)
        return f"{quoted(rule.text)}, " if rule.kind != "criterion" and rule.text.strip() else ""

    def _exception_to(self, node: NodeTrace) -> str:
        """`Exception to row 1.4: ` before an exception; empty before anything else."""
        pair = self.layout.exceptions.get(node.id)
        return f"Exception to {self._rule(pair)}: " if pair is not None else ""

    def _rule(self, pair: NodeTrace) -> str:
        """The rows of a rule, or its name where it has none."""
        rule = rule_of(pair)
        if self.layout.rows_under(rule):
            return bracket(self.layout, self.row_of, rule).removesuffix(" together")
        return quoted(rule.text) if rule.text.strip() else "a rule that was not assessed"

    def _waives(self, node: NodeTrace) -> Iterator[str]:
        """What an exception that holds waives, where, and by which words of which source."""
        pair = self.layout.exceptions.get(node.id)
        at = self.layout.waived_at(pair, node) if pair is not None else ()
        if pair is None or not at:
            return
        holding = (
            leaf for leaf in self.layout.leaves(node) if leaf.truth is Truth.TRUE or node.kind == "not"
        )
        sources = dict.fromkeys(source_text(leaf.source) for leaf in holding if leaf.source is not None)
        under = f" under {listed(sources)}" if sources else ""
        yield f"It waives {self._rule(pair)}{self._some(at)}{under}."

    def _waived(self, node: NodeTrace) -> Iterator[str]:
        """By which row a criterion is waived, and where."""
        pair = self.layout.pair_of(node)
        if pair is None:
            return
        for item in exceptions_of(pair):
            at = self.layout.waived_at(pair, item)
            rows = [self.row_of[leaf.id] for leaf in self.layout.rows_under(item)]
            if at and rows:
                yield f"Waived{self._some(at)} by {row_list(rows)}."

    def _some(self, at: Sequence[LevelTrace]) -> str:
        """Where, in words; empty where it is everywhere that the table speaks of."""
        is_all = len(at) == len(self.layout.levels)
        place = where_all((item.level, item.side) for item in at)
        return f" {place}" if place and not is_all else ""

    def _criterion(self, node: NodeTrace) -> LetterRow:
        number = self.row_of[node.id]
        nodes = [item for item in self.layout.at_levels(node) if item.is_applicable]
        asked_of = self._asked_of(nodes)
        words = words_for(self.inputs, nodes, asked_of, self._kinds(node))
        places = {place_of(item.link) for item in words}
        text = criterion_text(self.inputs, self.evaluation, node)
        asked = f"{number}  {self._exception_to(node)}{text}"
        state = states_text(nodes, asked_of)
        details = [*self._details(nodes), *self._waives(node), *self._waived(node)]
        notes = [note for item in words for note in item.notes]
        back = self.ledger.row_with(places)
        if back:
            # The words stand in an earlier row: one line says so, and adds what is said here only.
            new = [ended(line) for line in (*details, *notes) if line not in self.ledger.details_of(back)]
            cells = (" ".join((f"{asked} {state}, as in {row_list((back,))}.", *new)),)
            printed = set[Place]()
        else:
            sources, printed = self._sources(nodes, words, asked_of)
            cells = (asked, "\n".join((state, *details)), sources)
        self.ledger.enter(number, printed, places, [*details, *notes])
        return row(cells, *self._origins(nodes))

    def _asked_of(self, nodes: Sequence[NodeTrace]) -> tuple[str, ...]:
        """What a criterion is asked of in this letter: its sides, or else its levels."""
        return self.sides if any(item.subject in self.sides for item in nodes) else self.levels

    def _sources(
        self, nodes: Sequence[NodeTrace], words: Sequence[Words], asked_of: Sequence[str]
    ) -> tuple[str, set[Place]]:
        """What a row rests on, and the places quoted in it."""
        facts = self._facts(nodes, {item.link.span.document_id for item in words})
        if not words and facts:
            return facts, set()
        if not words:
            is_open = all(item.state in (AssessmentState.NOT_DOCUMENTED, None) for item in nodes)
            return (
                "Nothing in the enclosed record is linked to it." if is_open else "No words are linked.",
                set(),
            )
        held = [item.state is not AssessmentState.NOT_MET for item in nodes]
        sources, printed = source_cell(self.inputs, words, asked_of, self.ledger, is_answered=all(held))
        against = {place_of(item.link) for item in words if item.link.stance is Stance.CONTRADICTS}
        if any(held) and against & printed:
            sources += f" (answered under “{ANSWERS_HEADING}”)"
        return "\n".join(part for part in (sources, facts) if part), printed

    def _facts(self, nodes: Sequence[NodeTrace], quoted_from: set[str]) -> str:
        """The enclosures of the facts that a value was worked out from, save those that are quoted anyway."""
        answers = [self.inputs.assessments.get(key_of(self.evaluation, item)) for item in nodes]
        if not any(answer is not None and answer.arithmetic.strip() for answer in answers):
            return ""
        taken = [self.inputs.taken_offer(key_of(self.evaluation, item)) for item in nodes]
        ids = dict.fromkeys(name for offer in taken if offer is not None for name in offer.document_ids)
        marks = [self.inputs.source_mark(name) for name in ids if name not in quoted_from]
        if marks:
            return f"Worked out from the facts recorded from {listed(marks)}."
        if ids:
            return ""
        measures = {
            rule.measure.kind for item in nodes if (rule := self._criterion_of(item)) and rule.measure
        }
        if measures == {MeasureKind.AGE}:
            return "Worked out from the date of birth above."
        return "Worked out from facts of the record; the document they come from is not recorded."

    def _kinds(self, node: NodeTrace) -> tuple[DocumentKind, ...]:
        """The kinds of document that prove a criterion, as its set says."""
        criterion = self._criterion_of(node)
        return criterion.evidence_types if criterion is not None else ()

    def _criterion_of(self, node: NodeTrace) -> Criterion | None:
        """A criterion as its set has it; None where the set is not there."""
        found = self.inputs.sets.get(self.evaluation.set_id)
        return found.criterion(node.id) if found is not None else None

    def _origins(self, nodes: Sequence[NodeTrace]) -> Iterator[Provenance]:
        yield from (trace(self.evaluation, item.id, item.subject) for item in nodes)
        for item in nodes:
            key = key_of(self.evaluation, item)
            if key in self.inputs.assessments:
                path = f"assessments.{key.set_id}.{key.criterion_id}.{key.subject}"
                yield record(path, "Reviewer’s assessment")
        for item in nodes:
            for link in self.inputs.evidence(item.evidence_ids):
                yield quote(link, self.inputs.case.document(link.span.document_id))

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
                    is_one_of_many = item.subject in (*self.levels, *self.sides) and len(nodes) > 1
                    yield f"{opened(item.subject)}: {text}" if is_one_of_many else text
        if tail:
            yield tail

    def _details_of(self, node: NodeTrace) -> Iterator[str]:
        if node.amount.strip():
            yield opened(held_text(node.amount))
        # What is wrong with an answer is said to the reviewer, by the letter check.
        is_wrong = node.is_contradicted or node.lacks_waiver
        given = self.inputs.assessments.get(key_of(self.evaluation, node))
        arithmetic = ended(held_text(given.arithmetic)) if given is not None and given.arithmetic else ""
        is_otherwise = node.state is not None and node.state.truth is not node.truth
        is_undecided = node.state is None and node.truth is Truth.UNKNOWN and node.amount.strip()
        if (is_otherwise or is_undecided) and node.reason and not is_wrong:
            said = f"{node.state.label}. " if node.state is not None else ""
            reason = ended(held_text(node.reason.removeprefix(said)))
            if arithmetic and arithmetic.removesuffix(".") not in reason:
                yield arithmetic
            yield reason
        elif arithmetic:
            yield arithmetic
        if given is not None and given.state is AssessmentState.EXCEPTION and given.exception_source.strip():
            yield f"Waived by: {ended(one_line(given.exception_source))}"
        if node.note.strip():
            yield one_line(node.note) if len(node.note) <= NOTE_IN_CELL else "See the note after this table."

    def long_notes(self, node: NodeTrace) -> Iterator[LetterParagraph]:
        """Notes too long for a cell, as paragraphs."""
        for item in self.layout.at_levels(node):
            if len(item.note) <= NOTE_IN_CELL:
                continue
            at = f" {where_asked((item.subject,))}" if item.subject in (*self.levels, *self.sides) else ""
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
