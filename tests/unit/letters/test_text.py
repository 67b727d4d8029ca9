"""The plain text of a small letter, kept as a golden file, and the evidence map beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.domain.letter import BlockKind
from desktop.domain.vertebra import touches, touches_any
from desktop.letters.composing.letter import compose_letter
from desktop.letters.enclosures import exhibit_letter
from desktop.letters.paper.text import DRAFT_MARK, WIDTH, render_text
from desktop.letters.wording import ended, listed, paragraphs_of
from tests.unit.letters.fixtures import inputs_for

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "appeal_letter.txt"


def test_the_letter_reads_as_in_the_golden_file() -> None:
    inputs = inputs_for()
    text = render_text(compose_letter(inputs), inputs.references)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8"), (
        "if this is meant, run with UPDATE_GOLDEN=1 and read the difference"
    )


def test_the_text_of_a_draft_says_so_first_and_last_and_changes_nothing_else() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    issued = render_text(content, inputs.references)
    draft = render_text(content, inputs.references, is_draft=True)
    assert "DRAFT" not in issued
    assert draft == f"{DRAFT_MARK}\n\n{issued}\n{DRAFT_MARK}\n"


def test_no_line_of_the_text_is_wider_than_a_page() -> None:
    inputs = inputs_for()
    for line in render_text(compose_letter(inputs), inputs.references).splitlines():
        assert len(line) <= WIDTH


def test_an_edited_block_is_printed_as_typed() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    blocks = tuple(
        block.with_typed_text("Typed  by hand <b>.\n\nSecond.")
        if block.kind is BlockKind.NECESSITY
        else block
        for block in content.blocks
    )
    text = render_text(content.model_copy(update={"blocks": blocks}), inputs.references)
    assert "Typed  by hand <b>." in text


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("S1", "L5-S1", True),
        ("L5-S1", "S1", True),
        ("L4-L5", "L5-S1", False),
        ("L5-S1", "L5-S1", True),
        ("L4", "L5", False),
        ("L3", "L5-S1", False),
    ],
)
def test_a_bone_concerns_the_segments_it_belongs_to(one: str, other: str, *, expected: bool) -> None:
    assert touches(one, other) is expected


def test_a_finding_without_a_level_concerns_every_level() -> None:
    assert touches_any(None, ("L4-L5",))


def test_exhibits_go_on_after_z() -> None:
    assert [exhibit_letter(index) for index in (0, 25, 26, 27, 51, 52)] == ["A", "Z", "AA", "AB", "AZ", "BA"]


def test_sentences_and_lists_are_written_as_a_person_would() -> None:
    assert listed(()) == ""
    assert listed(("a", "b", "c")) == "a, b and c"
    assert ended("Done") == "Done."
    assert ended("Done.”") == "Done.”"
    assert paragraphs_of("a\n\n \nb\nc") == ("a", "b\nc")
