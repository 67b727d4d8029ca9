"""What a second-level letter brings that the first did not: found by comparing origins, never by comparing prose.

An item counts as new when nothing in the first letter came from it. Parts that were typed over there tell nothing of
their origins, so what they may have held is not called new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.domain.case import Case
from desktop.domain.document import DocumentKind
from desktop.domain.letter import (
    BlockKind,
    Letter,
    LetterBlock,
    LetterContent,
    LetterRow,
    LetterTable,
    OriginKind,
    Provenance,
)
from desktop.letters.composing.earlier import first_appeal, printed_day
from desktop.letters.composing.imaging import finding_phrase, study_name
from desktop.letters.composing.level_map import SAID
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, row
from desktop.letters.references.numbering import spoken
from desktop.letters.wording import (
    amount_text,
    counted,
    date_span,
    listed,
    lowered,
    one_line,
    row_list,
    short_date,
    shortened,
)

HEADING = "What is new since the first level"

MOST_NAMED = 8
"""Items of one kind that are named; the rest are counted, and stand in their own part of the letter."""

_Named = tuple[str, Provenance]


def new_evidence(inputs: LetterInputs, blocks: Sequence[LetterBlock]) -> LetterBlock | None:
    """What of the letter's other blocks the first letter did not hold; None without a first letter, or anything new."""
    first = first_appeal(inputs)
    if first is None:
        return None
    rows = tuple(_rows(inputs, first, blocks))
    if not rows:
        return None
    text = (
        f"The following was not in the {lowered(first.kind.label)} of {printed_day(first)}. Each point stands in its "
        "own part of this letter, with its source."
    )
    origin = record(f"letters.{first.id}", f"{first.kind.label}, as issued")
    return LetterBlock(
        id=block_id(BlockKind.NEW_EVIDENCE),
        kind=BlockKind.NEW_EVIDENCE,
        heading=HEADING,
        paragraphs=(paragraph(text, origin, form("new_evidence")),),
        table=LetterTable(columns=("New", "What it is"), widths=(0.24, 0.76), rows=rows),
    )


def _rows(inputs: LetterInputs, first: Letter, blocks: Sequence[LetterBlock]) -> Iterator[LetterRow]:
    told = _Told(first.content)
    case = inputs.case
    for name, items in (
        ("Documents enclosed", _documents(inputs, told)),
        ("Imaging", _imaging(case, told)),
        ("Course and treatment", _course(case, told)),
    ):
        found = tuple(items)
        if found:
            yield row((name, _shown([text for text, _ in found])), *(origin for _, origin in found))
    yield from _criteria(told, blocks)
    yield from _arguments(told, blocks)


class _Told:
    """What a letter said, by the origins of its pieces."""

    def __init__(self, content: LetterContent) -> None:
        self.refs: set[str] = set()
        self.states: dict[str, str] = {}
        self.quotes: set[str] = set()
        self.cited = set(content.cited())
        self.block_ids = {block.id for block in content.blocks}
        self._typed = {block.kind for block in content.blocks if block.is_edited}
        for block in content.blocks:
            for piece in (*block.paragraphs, *(block.table.rows if block.table else ())):
                for origin in piece.provenance:
                    self.refs.add(origin.ref)
                    if origin.kind is OriginKind.QUOTE:
                        self.quotes.add(origin.ref)
            if block.kind is BlockKind.CRITERIA_TABLE:
                self.states |= {key: state for key, _, state, _ in _answers(block)}

    def lacks(self, ref: str, kind: BlockKind | None = None) -> bool:
        """Whether nothing came from there, and nobody typed over the part in which it would have stood."""
        return ref not in self.refs and (kind is None or kind not in self._typed)

    def is_typed(self, kind: BlockKind) -> bool:
        """Whether a part of that kind was typed over."""
        return kind in self._typed


def _documents(inputs: LetterInputs, told: _Told) -> Iterator[_Named]:
    """Documents that were not listed; the plan's own notices are no evidence."""
    for item in inputs.enclosures:
        document = item.document
        path = f"documents.{document.id}"
        if document.kind is not DocumentKind.DENIAL_LETTER and told.lacks(path):
            title = one_line(document.title) or document.kind.label
            yield f"{title}, {short_date(document.dated_on)} (Enclosure {item.letter})", record(path, title)


def _imaging(case: Case, told: _Told) -> Iterator[_Named]:
    for study in case.imaging:
        path = f"imaging.{study.id}"
        new = [item for item in study.findings if told.lacks(f"{path}.findings.{item.id}")]
        more = [item for item in study.measurements if told.lacks(f"{path}.measurements.{item.id}")]
        if told.lacks(path):
            yield study_name(study), record(path, study_name(study))
        elif new or more:
            names = [
                *(f"{finding_phrase(item)}{SAID[item.assertion]}" for item in new),
                *(f"{lowered(one_line(item.label)) or 'a measurement'}" for item in more),
            ]
            yield f"{study_name(study)}: {listed(dict.fromkeys(names))}", record(path, study_name(study))


def _course(case: Case, told: _Told) -> Iterator[_Named]:
    history = case.history
    for surgery in history.prior_surgeries:
        path = f"history.prior_surgeries.{surgery.id}"
        if told.lacks(path, BlockKind.HISTORY):
            name = lowered(one_line(surgery.label)) or "operation"
            yield f"{name}, {short_date(surgery.performed_on)}", record(path, "Earlier operation")
    for fact in history.facts:
        path = f"history.facts.{fact.id}"
        if told.lacks(path):
            value = f" {amount_text(fact.amount, fact.unit)}" if fact.amount is not None else ""
            yield f"{fact.kind.label}{value}, {short_date(fact.dated_on)}", record(path, fact.kind.label)
    for item in case.treatments:
        path = f"treatments.{item.id}"
        if told.lacks(path):
            name = lowered(one_line(item.label)) or lowered(item.kind.label)
            yield f"{name}, {date_span(item.started_on, item.ended_on)}", record(path, "Treatment")
    for score in case.scores:
        path = f"scores.{score.id}"
        if told.lacks(path) and score.value is not None:
            name = one_line(score.instrument) or "a score"
            text = f"{name} {amount_text(score.value, score.unit)}, {short_date(score.scored_on)}"
            yield text, record(path, "Score")


def _answers(block: LetterBlock) -> Iterator[tuple[str, str, str, LetterRow]]:
    """For each criterion of a table: its key (line, set, criterion), its row number, its state, and the row."""
    for item in block.table.rows if block.table else ():
        traces = [origin.ref for origin in item.provenance if origin.kind is OriginKind.TRACE]
        if len(item.cells) == 3 and traces and not item.is_heading:
            number = item.cells[0].split(" ", 1)[0]
            yield "/".join(traces[0].split("/")[:3]), number, item.cells[1].split("\n", 1)[0], item


def _criteria(told: _Told, blocks: Sequence[LetterBlock]) -> Iterator[LetterRow]:
    """Sets not applied there, answers that have changed, and rows with words that were not linked there."""
    tables = [block for block in blocks if block.kind is BlockKind.CRITERIA_TABLE and block.table is not None]
    added = [block for block in tables if block.id not in told.block_ids]
    if added:
        yield row(("Criteria", _shown([block.heading for block in added])), *_first_origins(added))
    for block in tables:
        if block in added or block.table is None:
            continue
        answers = tuple(_answers(block))
        changed = [
            (f"row {number}: {lowered(state)}, there {lowered(told.states[key])}", item)
            for key, number, state, item in answers
            if key in told.states and told.states[key] != state
        ]
        if changed:
            origins = [origin for _, item in changed for origin in item.provenance]
            text = _shown([spoken(words) for words, _ in changed])
            yield row(("Answers changed", f"{_table_name(block)}: {text}"), *origins)
        worded = [
            (number, item)
            for _, number, _, item in answers
            if any(
                origin.kind is OriginKind.QUOTE and origin.ref not in told.quotes
                for origin in item.provenance
            )
        ]
        if worded:
            origins = [origin for _, item in worded for origin in item.provenance]
            yield row(
                ("Words of the record", f"set beside {row_list(number for number, _ in worded)}"), *origins
            )


def _table_name(block: LetterBlock) -> str:
    return block.heading.split(".", 1)[0]


def _arguments(told: _Told, blocks: Sequence[LetterBlock]) -> Iterator[LetterRow]:
    """Sources not cited there, and parts of the argument that were not there."""
    sources: dict[str, None] = {}
    origins: list[Provenance] = []
    for block in blocks:
        if block.kind is BlockKind.SUPPORT and not told.is_typed(BlockKind.SUPPORT):
            new = [
                origin
                for item in block.paragraphs
                for origin in item.provenance
                if origin.kind is OriginKind.REFERENCE and origin.ref not in told.cited
            ]
            sources.update(dict.fromkeys(origin.ref for origin in new))
            origins.extend(new)
    if sources:
        marks = "".join(f"[@{item}]" for item in sources)
        text = f"{counted(len(sources), 'source')} not cited there, under “Guidelines and literature”.{marks}"
        yield LetterRow(cells=("Literature", text), provenance=tuple(dict.fromkeys(origins)))
    argued = [
        block
        for block in blocks
        if block.kind in (BlockKind.EXCEPTION, BlockKind.SILENCE) and block.id not in told.block_ids
    ]
    if argued:
        names = [f"“{block.heading}”" for block in argued]
        yield row(("Arguments", _shown(names)), *_first_origins(argued))


def _first_origins(blocks: Iterable[LetterBlock]) -> Iterator[Provenance]:
    for block in blocks:
        yield from (origin for item in block.paragraphs[:1] for origin in item.provenance)


def _shown(names: Sequence[str]) -> str:
    """The names, at most eight of them, the rest counted."""
    shown = [shortened(name, 160) for name in names[:MOST_NAMED]]
    rest = len(names) - len(shown)
    return "; ".join((*shown, *([f"and {rest} more"] if rest > 0 else [])))
