"""What every kind of letter says and how it is built, for three cases, held to files that were read by a person.

`UPDATE_GOLDEN=1` writes the files anew; read the difference before it is committed. Blocks that a kind shares word for
word with the first-level letter are named only, so that a difference is seen once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from desktop.domain.figure import Figure, LevelMap
from desktop.domain.letter import Letter, LetterBlock, LetterContent, LetterKind, LetterSettings, LetterState
from desktop.letters.composing.kinds import PARTS
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.sample_letter import ROOT, SAMPLE, inputs_of

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
CASES = {
    "sample": SAMPLE,
    "knees": ROOT / "tests" / "sample_cases" / "knees-bilateral.json",
    "minimal": ROOT / "tests" / "sample_cases" / "minimal.json",
}
AFTER_A_FIRST = (LetterKind.SECOND_LEVEL, LetterKind.EXTERNAL_REVIEW, LetterKind.WITHDRAWAL)
SETTINGS = LetterSettings(has_disclaimer=True, has_made_statement=True, carbon_copies=("The member",))


@lru_cache(maxsize=3)
def first_of(name: str) -> LetterContent:
    return compose_letter(inputs_of(CASES[name]))


def inputs_for_kind(name: str, kind: LetterKind) -> LetterInputs:
    """The case as it would be for the kind: what follows a first level finds one, composed from a poorer record."""
    inputs = inputs_of(CASES[name])
    if kind not in AFTER_A_FIRST:
        return replace(inputs, kind=kind)
    case = inputs.case
    poorer = case.model_copy(
        update={
            "documents": case.documents[:-2],
            "imaging": case.imaging[:1],
            "treatments": case.treatments[:-1],
            "scores": case.scores[:-1],
        }
    )
    first = compose_letter(replace(inputs, case=poorer))
    sent_at = datetime(2026, 11, 22, 18, tzinfo=UTC)
    letter = Letter(id="letter-1", state=LetterState.ISSUED, content=first, issued_at=sent_at)
    settings = SETTINGS if kind is LetterKind.WITHDRAWAL else LetterSettings()
    return replace(inputs, kind=kind, earlier=(letter,), today=date(2026, 12, 15), settings=settings)


def told(content: LetterContent, shared: LetterContent | None) -> str:
    """Structure and words of a letter as a text for people."""
    head = [
        f"title: {content.title}",
        f"running head: {content.running_head}",
        f"audience: {content.audience.value}",
    ]
    same = set(shared.blocks) if shared is not None else set[LetterBlock]()
    parts = ["\n".join(head), *("\n".join(_block(block, is_same=block in same)) for block in content.blocks)]
    return "\n\n".join(parts) + "\n"


def _block(block: LetterBlock, *, is_same: bool) -> Iterator[str]:
    yield f"[{block.id}] {block.heading}".rstrip()
    if is_same:
        yield "(as in the first-level letter)"
        return
    for item in block.paragraphs:
        yield f"{'> ' if item.is_quote else ''}{item.text}"
    if block.table is not None:
        widths = ", ".join(format(width, ".2f") for width in block.table.widths)
        yield f"table of {len(block.table.rows)} rows: {' | '.join(block.table.columns)} ({widths})"
        for row in block.table.rows:
            mark = "=" if row.is_heading else "-"
            yield f"{mark} {' | '.join(cell.replace(chr(10), ' / ') for cell in row.cells)}"
    if block.figure is not None:
        yield from _figure(block.figure)


def _figure(figure: Figure) -> Iterator[str]:
    yield f"figure {figure.kind}: {figure.caption}"
    if isinstance(figure, LevelMap):
        yield f"  spine: {figure.is_spine}; services: {', '.join(line.name for line in figure.lines)}"
        for index, place in enumerate(figure.places):
            states = ", ".join(line.states[index].label for line in figure.lines)
            yield f"  {place.place}: {states}; {'; '.join(place.findings) or 'nothing reported'}"
        return
    for event in figure.events:
        until = f" to {event.ends_on}" if event.ends_on else ""
        yield f"  {event.starts_on}{until} {event.row.value}: {event.label} <{event.source}>"
    yield f"  undated: {', '.join(figure.undated) or 'nothing'}"


@pytest.mark.parametrize("kind", PARTS, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("name", CASES)
def test_each_kind_reads_as_in_its_golden_file(name: str, kind: LetterKind) -> None:
    shared = None if kind is LetterKind.FIRST_LEVEL else first_of(name)
    text = told(compose_letter(inputs_for_kind(name, kind)), shared)
    path = GOLDEN / f"{name}.{kind.slug}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), (
        "if this is meant, run with UPDATE_GOLDEN=1 and read the difference"
    )


def test_every_golden_file_belongs_to_a_case_and_a_kind() -> None:
    expected = {f"{name}.{kind.slug}.txt" for name in CASES for kind in PARTS} | {"appeal_letter.txt"}
    assert {path.name for path in GOLDEN.glob("*.txt")} == expected
