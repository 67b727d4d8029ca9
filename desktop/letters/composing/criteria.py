"""The point-by-point tables, one per service line and criteria set, each introduced by what the set is and says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterTable
from desktop.domain.member import LineOfBusiness
from desktop.domain.truth import Truth
from desktop.letters.composing.column_widths import best_widths
from desktop.letters.composing.criteria_layout import Choice
from desktop.letters.composing.criteria_rows import CriteriaTable, bracket, criteria_table
from desktop.letters.composing.criteria_tree import (
    criterion_text,
    exceptions_of,
    is_untouched,
    rule_of,
    standing,
    standing_there,
    truth_over,
)
from desktop.letters.composing.evidence_words import Ledger
from desktop.letters.composing.exceptions_argument import tells_silence
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, trace
from desktop.letters.wording import (
    counted,
    ended,
    listed,
    long_date,
    one_line,
    opened,
    row_list,
    service_name,
    where_all,
)

_MEDICARE = (LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.ORIGINAL_MEDICARE)
_PROOF_MARKS = {
    "S": "as reported in a secondary source",
    "O": "from an older text",
    "H": "from a heading only",
}
_NOTE_IN_SENTENCE = 200

MOST_EXCEPTIONS = 4
"""Exceptions named that nobody assessed; a set of red flags has a dozen."""

SILENCE_HEADING = "The criteria do not speak of this indication"


@dataclass(frozen=True, slots=True)
class CriteriaTables:
    """Every table of the letter, in order, with the look-ups by which other blocks refer to rows."""

    tables: tuple[CriteriaTable, ...]

    def of(self, evaluation: EvaluationTrace) -> CriteriaTable | None:
        """The table of an evaluation, or None where its line is not argued."""
        return next((item for item in self.tables if item.evaluation is evaluation), None)

    def row_of(self, evaluation: EvaluationTrace, criterion_id: str) -> str:
        """The row number of a criterion; empty where it has none."""
        table = self.of(evaluation)
        return table.row_of.get(criterion_id, "") if table is not None else ""


def criteria_tables(inputs: LetterInputs) -> CriteriaTables:
    """Every table, service line by service line, the payer's set before public ones."""
    ledger = Ledger()
    pairs = [(line, evaluation) for line in inputs.argued_lines for evaluation in inputs.traces_of(line)]
    return CriteriaTables(
        tuple(
            criteria_table(inputs, number, line, evaluation, ledger)
            for number, (line, evaluation) in enumerate(pairs, start=1)
        )
    )


def criteria_blocks(inputs: LetterInputs, tables: CriteriaTables) -> tuple[LetterBlock, ...]:
    """The tables as blocks; long notes follow theirs."""
    return tuple(block for table in tables.tables for block in _blocks(inputs, table))


def set_name(evaluation: EvaluationTrace) -> str:
    """Publisher and short title of the set, as a letter names it."""
    publisher = one_line(evaluation.publisher)
    title = short_title(evaluation)
    return title if not publisher or publisher.casefold() in title.casefold() else f"{publisher}: {title}"


def publisher_of(evaluation: EvaluationTrace) -> str:
    """Who published the set, or its short title where that is not recorded."""
    return one_line(evaluation.publisher) or short_title(evaluation)


def short_title(evaluation: EvaluationTrace) -> str:
    """The title up to its first comma or bracket: what follows there is a remark."""
    title = one_line(evaluation.set_title)
    return re.split(r"[,(;]", title, maxsplit=1)[0].strip() or title


def tally(table: CriteriaTable) -> str:
    """How the rows of a table came out: `all 9 rows met`, `2 rows met, 1 not met and 2 not settled`."""
    words = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not settled"}
    came_out = [
        "waived" if _is_waived(table, node) else words[truth_over(table.layout.at_levels(node))]
        for node in table.layout.criteria
    ]
    order = ("met", "waived", "not met", "not settled")
    parts = [(came_out.count(word), word) for word in order if word in came_out]
    if len(parts) == 1 and len(came_out) > 1:
        return f"all {len(came_out)} rows {parts[0][1]}"
    return listed(
        f"{counted(count, 'row') if index == 0 else count} {word}"
        for index, (count, word) in enumerate(parts)
    )


def _is_waived(table: CriteriaTable, node: NodeTrace) -> bool:
    """Whether a row holds by a waiver: one of its own set, or one that the reviewer marks with its source."""
    asked = [item for item in table.layout.at_levels(node) if item.is_applicable]
    is_marked = any(item.state is AssessmentState.EXCEPTION for item in asked)
    return table.layout.is_waived(node) or (is_marked and truth_over(asked) is Truth.TRUE)


def waivers(inputs: LetterInputs, table: CriteriaTable) -> list[str]:
    """Each exception that waives a rule of a table: `Row 1.4 is waived by row 1.5 (“The cord is compressed”)`."""
    layout = table.layout
    found: list[str] = []
    for node_id, pair in layout.exceptions.items():
        exception = next(item for item in exceptions_of(pair) if item.id == node_id)
        at, rows = layout.waived_at(pair, exception), bracket(layout, table.row_of, exception)
        if not at or not layout.rows_under(exception):
            continue
        is_everywhere = len(at) == len(layout.levels)
        place = "" if is_everywhere else f" {where_all((item.level, item.side) for item in at)}"
        rule = rule_of(pair)
        numbers = [table.row_of[leaf.id] for leaf in layout.rows_under(rule)]
        name = row_list(numbers) if numbers else _way(inputs, table, rule)
        verb = "are" if len(numbers) > 1 else "is"
        found.append(f"{opened(name)} {verb} waived{place} by {rows}: {_way(inputs, table, exception)}")
    return found


def _blocks(inputs: LetterInputs, table: CriteriaTable) -> Iterator[LetterBlock]:
    line, evaluation = table.line, table.evaluation
    heading = f"{table.name}. {service_name(line)}: {publisher_of(evaluation)}"
    intro = (_about(inputs, table), *_left_out(inputs, table))
    rows = table.rows
    yield LetterBlock(
        id=block_id(BlockKind.CRITERIA_TABLE, line.id, evaluation.set_id),
        kind=BlockKind.CRITERIA_TABLE,
        heading=heading,
        paragraphs=intro,
        table=LetterTable(
            columns=("Criterion", "Finding", "Words of the record and their source"),
            widths=best_widths((0.28, 0.30, 0.42), rows),
            rows=rows,
        )
        if rows
        else None,
    )
    if table.notes:
        yield LetterBlock(
            id=block_id(BlockKind.CRITERIA_TABLE, line.id, evaluation.set_id, "notes"),
            kind=BlockKind.CRITERIA_TABLE,
            heading=f"Notes to {table.name.lower()}",
            paragraphs=table.notes,
        )


def _about(inputs: LetterInputs, table: CriteriaTable) -> LetterParagraph:
    """What the set is, where its rules were read, and how it came out."""
    evaluation = table.evaluation
    edition = f" ({one_line(evaluation.edition)})" if evaluation.edition.strip() else ""
    found = inputs.sets.get(evaluation.set_id)
    parts = [f"{short_title(evaluation)}{edition}.", *_about_set(inputs, found), *_sources(found, table)]
    result = standing(table.layout.levels)
    rows = f"; {tally(table)}" if table.rows else ""
    parts.append(f"Result: {result}{rows}.")
    others = [item for item in evaluation.levels if item not in table.layout.levels]
    if others:
        rest = where_all((item.level, item.side) for item in others)
        parts.append(f"Not asked for {rest}, where the result is: {standing_there(others)}.")
    if evaluation.is_silent:
        see = f"; see “{SILENCE_HEADING}”" if tells_silence(inputs, table.line) else ""
        parts.append(f"The set does not speak of what the imaging shows{see}.")
    return paragraph(" ".join(parts), trace(evaluation, "root"), form("criteria.about"))


def _about_set(inputs: LetterInputs, found: CriteriaSet | None) -> Iterator[str]:
    if found is None:
        return
    if found.licence is LicenceClass.USER:
        yield "The criteria are worded as the reviewer entered them."
    elif found.licence is LicenceClass.LICENSED_REFERENCE:
        yield "This set is licensed: its criteria are named by number and its words are not reproduced."
    elif not found.document_number.strip():
        yield "Put together for this review from the public sources named here; it is no payer’s own text."
    else:
        since = f", effective {long_date(found.effective_from)}" if found.effective_from else ""
        seen = f", facts compiled {long_date(found.retrieved_on)}" if found.retrieved_on else ""
        address = f", {found.address.strip()}" if found.address.strip() else ""
        yield f"Document {one_line(found.document_number)}{since}{seen}{address}; in our own words."
        is_medicare_rule = "medicare" in found.publisher.casefold()
        if not (is_medicare_rule and inputs.case.coverage.line_of_business in _MEDICARE):
            yield "A published standard beside the plan’s own criteria, not this plan’s rule."


def _sources(found: CriteriaSet | None, table: CriteriaTable) -> Iterator[str]:
    """Where rules were read, row by row: for a set put together from several documents, or read at second hand."""
    is_composite = found is not None and found.licence is LicenceClass.PUBLIC and not found.document_number
    rows: dict[str, list[str]] = {}
    for node in table.layout.criteria:
        if node.source is None:
            continue
        mark = _PROOF_MARKS.get(node.source.proof, "")
        document = one_line(node.source.document) if is_composite else ""
        # A document's own name may already say that it is a report of another.
        words = ", ".join(part for part in (document, mark if "reported" not in document else "") if part)
        if words:
            rows.setdefault(words, []).append(table.row_of[node.id])
    total = len(table.layout.criteria)
    named = [f"{_rows(numbers, total)}: {words}" for words, numbers in rows.items()]
    if named:
        text = "; ".join(named)
        yield f"{text[0].upper()}{text[1:]}."


def _rows(numbers: list[str], total: int) -> str:
    return "all rows" if len(numbers) == total and total > 1 else row_list(numbers)


def _left_out(inputs: LetterInputs, table: CriteriaTable) -> Iterator[LetterParagraph]:
    """Ways not taken, criteria that do not apply and limbs nobody argued: named, so that their absence is seen."""
    layout, evaluation = table.layout, table.evaluation
    parts = [_choice(inputs, table, choice) for choice in layout.choices if choice.others]
    origins = [
        trace(evaluation, item.id) for choice in layout.choices for item in (choice.group, *choice.others)
    ]
    if layout.unclaimed:
        parts.append(f"Exceptions that were not assessed: {'; '.join(_unclaimed(inputs, table))}.")
    if layout.not_applicable:
        named = [_named(inputs, table, node) for node in layout.not_applicable]
        parts.append(f"Not applicable, and left out: {'; '.join(named)}.")
    if layout.not_argued:
        if layout.not_argued[0] is layout.levels[0].root:
            parts.append("Its criteria were not assessed.")
        else:
            named = [_named(inputs, table, node) for node in layout.not_argued]
            parts.append(f"Not assessed, and so not argued: {'; '.join(named)}.")
    named_nodes = (*layout.unclaimed, *layout.not_applicable, *layout.not_argued)
    origins.extend(trace(evaluation, node.id) for node in named_nodes)
    if parts:
        yield paragraph(" ".join(parts), form("criteria.left_out"), *origins)


def _choice(inputs: LetterInputs, table: CriteriaTable, choice: Choice) -> str:
    layout = table.layout
    count = len(choice.relied) + len(choice.others)
    relied = [
        f"{_way(inputs, table, node)} ({bracket(layout, table.row_of, node).removesuffix(' together')})"
        for node in choice.relied
    ]
    others: list[str] = []
    for node in choice.others:
        if not layout.is_applicable(node):
            came_out = "not applicable"
        else:
            came_out = "not assessed" if layout.is_untouched(node) else standing(layout.levels, node.id)
        others.append(f"{_way(inputs, table, node)} ({came_out})")
    verb = "hold" if len(relied) > 1 else "holds"
    return f"Of {count} ways one is enough: {listed(relied)} {verb}. Not relied on: {'; '.join(others)}."


def _unclaimed(inputs: LetterInputs, table: CriteriaTable) -> Iterator[str]:
    """Which rules have exceptions that nobody assessed, each with those exceptions in their words."""
    layout = table.layout
    for pair in layout.unclaimed:
        rule = rule_of(pair)
        is_shown = layout.rows_under(rule)
        rows = bracket(layout, table.row_of, rule).removesuffix(" together")
        to = rows if is_shown else _named(inputs, table, rule, is_counted=False)
        names = [_named(inputs, table, item, is_counted=False) for item in exceptions_of(pair)]
        shown = [
            *names[:MOST_EXCEPTIONS],
            *([f"{len(names) - MOST_EXCEPTIONS} more"] * (len(names) > MOST_EXCEPTIONS)),
        ]
        yield f"to {to} ({', or '.join(shown)})"


def _way(inputs: LetterInputs, table: CriteriaTable, node: NodeTrace) -> str:
    """One way of several by its name, or in quotation marks by the words of the one criterion that it is."""
    rule = rule_of(node)
    is_bare = rule.kind == "criterion"
    name = criterion_text(inputs, table.evaluation, rule).removesuffix(".") if is_bare else ""
    return f"“{name}”" if is_bare else _named(inputs, table, rule, is_counted=False)


def _named(inputs: LetterInputs, table: CriteriaTable, node: NodeTrace, *, is_counted: bool = True) -> str:
    """A group by its name and size, a criterion by its words and a short note; a rule stands for its exceptions."""
    node = rule_of(node)
    if node.kind == "criterion":
        words = criterion_text(inputs, table.evaluation, node).removesuffix(".")
        notes = dict.fromkeys(one_line(item.note) for item in table.layout.at_levels(node))
        short = [note for note in notes if 0 < len(note) <= _NOTE_IN_SENTENCE]
        return f"{words} ({' '.join(map(ended, short)).removesuffix('.')})" if short else words
    leaves = {leaf.id for leaf in table.layout.leaves(node)}
    name = f"“{one_line(node.text)}”" if node.text.strip() else "a further way"
    is_open = is_counted and all(is_untouched(leaf) for leaf in table.layout.leaves(node))
    return f"{name} ({counted(len(leaves), 'criterion')})" if is_open else name
