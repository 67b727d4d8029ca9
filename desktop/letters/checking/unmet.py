"""The criteria that are not established where a letter argues, and whether the letter speaks of each; weighs nothing.

A letter speaks of a criterion where the program wrote of it (a row or a paragraph whose origin is that criterion, or an
argument against its whole set), and where the reviewer names it: by the number of its row, or in its words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil

from desktop.domain.argument import ExceptionKind
from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterContent,
    LetterParagraph,
    OriginKind,
    Provenance,
)
from desktop.domain.topic import TopicClaim
from desktop.letters.checking.reading import read, sentences_in
from desktop.letters.composing.criteria import criteria_tables, short_title
from desktop.letters.composing.criteria_tree import criterion_text, states_text
from desktop.letters.composing.exceptions_argument import exception_key
from desktop.letters.composing.exceptions_sets import is_medicare
from desktop.letters.composing.open_points import OpenPoint, SharedPoint, open_points, shared_points
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import trace
from desktop.letters.wording import one_line

_AGAINST_A_SET = (
    ExceptionKind.WRONG_SET,
    ExceptionKind.EDITION_NOT_IN_FORCE,
    ExceptionKind.STRICTER_THAN_MEDICARE,
)
"""Arguments that a set does not decide, whatever its criteria came out as."""
_SPEAKS_OF_CRITERIA = frozenset({BlockKind.CONCESSION, BlockKind.EXCEPTION, BlockKind.IMAGING})
_NO_ARGUMENT = frozenset(
    {
        BlockKind.LETTERHEAD,
        BlockKind.DATE,
        BlockKind.ADDRESSEE,
        BlockKind.RE,
        BlockKind.SIGNATURE,
        BlockKind.CARBON_COPY,
        BlockKind.ENCLOSURES,
        BlockKind.REFERENCES,
        BlockKind.DISCLAIMER,
        BlockKind.MADE,
    }
)
_ROW = r"\d{1,3}\.\d{1,3}(?!\d)"
_IN_TABLE = r"\d{1,3}(?!\.?\d)"
_AND = r"(?:,?\s+and\s+|,\s*|\s+to\s+|\s?[-–]\s?)"
_ROWS = re.compile(
    rf"\b(?:rows?|criteri(?:on|a)|points?)\s+({_ROW}(?:{_AND}{_ROW})*)",
    re.IGNORECASE,
)
_ROWS_OF_TABLE = re.compile(
    rf"\brows?\s+(?P<rows>{_IN_TABLE}(?:{_AND}{_IN_TABLE})*),?\s+(?:of|in)\s+table\s+(?P<table>{_IN_TABLE})"
    rf"|\btable\s+(?P<its>{_IN_TABLE}),?\s+\(?(?:in\s+|at\s+)?rows?\s+(?P<those>{_IN_TABLE}(?:{_AND}{_IN_TABLE})*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,3})\.(\d{1,3})(?:(?:\s+to\s+|\s?[-–]\s?)(\d{1,3})\.(\d{1,3}))?", re.ASCII)
_NUMBER = re.compile(r"\d{1,3}")
_ENOUGH_WORDS = 0.7
"""Share of the words of a criterion by which one sentence names it."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A criterion that is not established: its words, how it came out and where, its rows, and what would settle it."""

    text: str
    state: str
    rows: tuple[str, ...]
    closes: str
    points: tuple[OpenPoint, ...]

    @property
    def named(self) -> str:
        """`row 1.5, “CRP and ESR were measured”`."""
        row = f"row{'s' if len(self.rows) > 1 else ''} {', '.join(self.rows)}, " if self.rows else ""
        return f"{row}“{self.text.removesuffix('.')}”"

    @property
    def conceded(self) -> str:
        """The sentence by which a letter concedes it."""
        closes = f" What would settle it: {self.closes.removesuffix('.')}." if self.closes else ""
        words = f"{self.named}: {self.state[:1].lower()}{self.state[1:]}."
        return f"Not established, and said here so that it can be weighed: {words}{closes}"


@dataclass(frozen=True)
class UnmetCriteria:
    """Every criterion that is not established for the lines that a letter argues, with what its rows are called."""

    all: tuple[Unmet, ...] = ()
    tables: dict[tuple[str, str], tuple[str, str]] = field(
        default_factory=dict[tuple[str, str], tuple[str, str]]
    )
    """Of a line and a set: the name of its table and the short title of the set."""

    @classmethod
    def of(cls, inputs: LetterInputs) -> UnmetCriteria:
        """Those of the inputs, in the order of the letter; the same question of several sets stands once."""
        tables = criteria_tables(inputs)
        points = [point for line in inputs.argued_lines for point in open_points(inputs, line)]

        def rows(shared: SharedPoint) -> Iterator[str]:
            for point in shared.points:
                if number := tables.row_of(point.evaluation, point.node.id):
                    yield number

        def unmet(shared: SharedPoint) -> Unmet:
            first = shared.first
            return Unmet(
                text=criterion_text(inputs, first.evaluation, first.node),
                state=states_text(first.nodes, (*first.line.levels, *first.line.sides)),
                rows=tuple(dict.fromkeys(rows(shared))),
                closes=next(
                    (one_line(item.closes_with) for item in shared.points if item.closes_with.strip()), ""
                ),
                points=tuple(shared.points),
            )

        names = {
            (item.line.id, item.evaluation.set_id): (item.name, short_title(item.evaluation))
            for item in tables.tables
        }
        return cls(tuple(map(unmet, shared_points(inputs, points))), names)

    def unanswered(self, content: LetterContent, inputs: LetterInputs) -> Iterator[Unmet]:
        """Those that a letter speaks of nowhere."""
        # Nearly always the concession itself names all of them, and nothing else has to be read while somebody types.
        conceded = _Said()
        for block in content.blocks:
            if block.kind is BlockKind.CONCESSION:
                conceded.take(block, frozenset(), self)
        left = [item for item in self.all if not conceded.names(item, inputs)]
        if left:
            said = _Said.of(content, inputs, self)
            yield from (item for item in left if not said.names(item, inputs))


@dataclass
class _Said:
    """What a letter says of criteria."""

    criteria: set[str] = field(default_factory=set[str])
    """References of criteria at a level or side."""
    noted: set[str] = field(default_factory=set[str])
    """As `criteria`, for the rows of the point-by-point tables: an answer where the reviewer wrote a note there."""
    sets: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Sets argued against as a whole, by line and set."""
    claims: set[str] = field(default_factory=set[str])
    rows: set[str] = field(default_factory=set[str])
    sentences: list[frozenset[str]] = field(default_factory=list[frozenset[str]])

    @classmethod
    def of(cls, content: LetterContent, inputs: LetterInputs, unmet: UnmetCriteria) -> _Said:
        """Read a letter once."""
        said = cls()
        whole = _whole_sets(inputs)
        for block in content.blocks:
            said.take(block, whole.get(block.id, frozenset()), unmet)
        return said

    def take(self, block: LetterBlock, whole: frozenset[tuple[str, str]], unmet: UnmetCriteria) -> None:
        """Read a block; `whole` are the sets that it may argue against as a whole."""
        pieces = (*block.paragraphs, *(block.table.rows if block.table is not None else ()))
        refs = {origin.ref for piece in pieces for origin in _traces(piece.provenance)}
        if block.kind in _SPEAKS_OF_CRITERIA:
            self.criteria |= refs
        if block.kind is BlockKind.CRITERIA_TABLE:
            self.noted |= refs
        if block.kind is BlockKind.SUPPORT:
            forms = (
                origin.ref
                for piece in pieces
                for origin in piece.provenance
                if origin.kind is OriginKind.FORM
            )
            self.claims |= {ref.removeprefix("topics.") for ref in forms if ref.startswith("topics.")}
        self.sets |= {pair for pair in whole if f"{pair[0]}/{pair[1]}/root" in refs}
        if block.kind in _NO_ARGUMENT:
            return
        for paragraph in block.paragraphs:
            if not _is_own_words(block, paragraph):
                continue
            self.rows.update(_rows_in(paragraph.text))
            self.sentences.extend(_names_in(sentence) for _, sentence in sentences_in(paragraph.text))
            self.sets |= {
                pair for pair in whole if _names_set(paragraph.text, *unmet.tables.get(pair, ("", "")))
            }

    def names(self, unmet: Unmet, inputs: LetterInputs) -> bool:
        """Whether the letter speaks of a criterion, for every set that asks it."""
        if unmet.rows and self.rows >= set(unmet.rows):
            return True
        wanted = _parts_of(unmet.text)
        if wanted and any(
            _share(wanted, names) >= ceil(_ENOUGH_WORDS * len(wanted)) for names in self.sentences
        ):
            return True
        return all(self._answers(point, inputs) for point in unmet.points)

    def _answers(self, point: OpenPoint, inputs: LetterInputs) -> bool:
        if (point.line.id, point.evaluation.set_id) in self.sets:
            return True
        refs = {trace(point.evaluation, node.id, node.subject).ref: node for node in point.nodes}
        if all(
            ref in self.criteria or (ref in self.noted and node.note.strip()) for ref, node in refs.items()
        ):
            return True
        return any(_is_about(claim, point, inputs) for claim in self._claims_of(inputs))

    def _claims_of(self, inputs: LetterInputs) -> Iterator[TopicClaim]:
        for topic in inputs.topics:
            yield from (claim for claim in topic.claims if f"{topic.id}.{claim.id}" in self.claims)


def _whole_sets(inputs: LetterInputs) -> dict[str, frozenset[tuple[str, str]]]:
    """By the id of a block that argues against sets as a whole: of which lines which sets it may be."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in inputs.argued_lines:
        for item in inputs.traces_of(line):
            known = inputs.sets.get(item.set_id)
            if item.is_silent:
                found[BlockKind.SILENCE.value].add((line.id, item.set_id))
            for kind in _AGAINST_A_SET:
                # The rule that a plan's set is held against is not argued with.
                is_rule = (
                    kind is ExceptionKind.STRICTER_THAN_MEDICARE and known is not None and is_medicare(known)
                )
                if not is_rule:
                    found[exception_key(kind, line)].add((line.id, item.set_id))
    return {name: frozenset(pairs) for name, pairs in found.items()}


def _traces(origins: Iterable[Provenance]) -> Iterator[Provenance]:
    return (origin for origin in origins if origin.kind is OriginKind.TRACE)


def _is_own_words(block: LetterBlock, paragraph: LetterParagraph) -> bool:
    """Whether a paragraph is what a person wrote: typed, or the grounds of the determination as entered."""
    kinds = {origin.kind for origin in paragraph.provenance}
    return OriginKind.TYPED in kinds or block.kind in (BlockKind.NECESSITY, BlockKind.OWN)


def _is_about(claim: TopicClaim, point: OpenPoint, inputs: LetterInputs) -> bool:
    """Whether a claim is offered because a criterion came out as this one did."""
    known = inputs.sets.get(point.evaluation.set_id)
    criterion = known.criterion(point.node.id) if known is not None else None
    if criterion is None or criterion.topic is None:
        return False
    truths = {node.truth for node in point.nodes}
    return any(
        item.topic == criterion.topic and item.truth in truths
        for condition in claim.when
        for item in condition.criteria
    )


def _names_set(text: str, table: str, title: str) -> bool:
    said = one_line(text).casefold()
    return any(
        words and re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", said) is not None
        for words in (table, title)
    )


def _rows_in(text: str) -> Iterator[str]:
    """The rows that a text points at: `rows 1.1 to 1.3 and 2.5`, `row 5 of Table 1`, `Table 1, rows 5 to 7`."""
    named = [match[1] for match in _ROWS.finditer(text)]
    for match in _ROWS_OF_TABLE.finditer(text):
        of_table = f"{match['table'] or match['its']}."
        named.append(_NUMBER.sub(rf"{of_table}\g<0>", match["rows"] or match["those"]))
    for rows in named:
        for table, first, last_table, last in _RANGE.findall(rows):
            is_range = last and last_table == table
            yield from (
                f"{table}.{number}" for number in range(int(first), int(last if is_range else first) + 1)
            )
            if last and not is_range:
                yield f"{last_table}.{last}"


def _names_in(sentence: str) -> frozenset[str]:
    return frozenset(item.name for item in read(sentence).features if ":" not in item.name)


def _parts_of(text: str) -> list[frozenset[str]]:
    """The words that say something, each under every name that it is known by."""
    found: dict[int, set[str]] = defaultdict(set)
    for item in read(text).features:
        if ":" not in item.name:
            found[item.at].add(item.name)
    return [frozenset(names) for names in found.values()]


def _share(wanted: list[frozenset[str]], names: frozenset[str]) -> int:
    return sum(1 for part in wanted if part & names)
