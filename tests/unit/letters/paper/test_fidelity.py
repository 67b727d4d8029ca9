"""Text in is text out, in PDF, DOCX and plain text, over many generated strings and over every character of the fonts.

The slow run takes 100,000 strings; the suite takes a few hundred of the same.
"""

from __future__ import annotations

import io
import random
import re
import time
from collections.abc import Iterator

import pytest
from docx import Document

from desktop.domain.letter import BlockKind, LetterBlock, LetterContent
from desktop.domain.text import TextRefusedError, accept_text
from desktop.letters.paper.docx import render_docx
from desktop.letters.paper.fonts import (
    BOLD,
    ITALIC,
    REGULAR,
    MissingGlyphError,
    missing_characters,
    register_fonts,
)
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.paper.text import render_text
from desktop.letters.references.library import EMPTY_LIBRARY
from desktop.letters.references.numbering import spoken
from tests.unit.letters.paper.extract import drawn_pages, squeezed
from tests.unit.letters.paper.pieces import block, letter, table

BATCH = 200
HEAD = "Member X · Ref. 7"
CLINICAL = (
    "BP <120/80", "A&B <3 days", "x <i y", "&lt;", "&#65;", "<b>", "</para>", "<br/>", "]]>", "<![CDATA[", "<!--",
    "<img src='/x'/>", "{{member.name}}", "%s", "${x}", "\\[@a]", "[@b]", "[@", "\\", "\\\\", "L4–L5", "≥ 4 mm", "±2°",
    "22 °C", "µg/mL", "½", "“quoted”", "‘q’", "•", "→", "✓", "☐", "β-hCG", "§ 2560", "Łódź", "naïve", "Ελληνικά",
    "Кириллица", "e\u0301", "n\u0303o", "a\u0308\u0304", "\u200d", "\ufeff", "ﬁ", "№", "…", "—",
    "x" * 140, "W" * 90,
)  # fmt: skip


def strings(seed: int, count: int) -> Iterator[str]:
    """Generated strings: pieces that look like markup, words, and any characters that the fonts can print."""
    chance = random.Random(seed)
    alphabet = printable()
    for _ in range(count):
        parts: list[str] = []
        for _ in range(chance.randint(1, 9)):
            kind = chance.random()
            if kind < 0.35:
                parts.append(chance.choice(CLINICAL))
            elif kind < 0.6:
                parts.append("".join(chance.choices(alphabet, k=chance.randint(1, 12))))
            elif kind < 0.9:
                parts.append(
                    "".join(
                        chance.choices("abcdefghijklmnopqrstuvwxyz0123456789.,;:-/()", k=chance.randint(1, 9))
                    )
                )
            else:
                parts.append(chance.choice((" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2003")))
            parts.append(chance.choice(("", " ")))
        yield "s" + "".join(parts) + "e"


def printable() -> list[str]:
    """Every character that the letter's fonts can print."""
    every = {code for codes in register_fonts().values() for code in codes if code >= 0x20}
    text = "".join(chr(code) for code in sorted(every) if not 0xD800 <= code <= 0xDFFF)
    refused = set(missing_characters(text))
    return [character for character in text if character not in refused]


def batch(texts: list[str]) -> LetterContent:
    """Half as paragraphs, half in the cells of a table."""
    half = len(texts) // 2
    rows = [(texts[half + n], texts[half + n + 1]) for n in range(0, len(texts) - half - 1, 2)]
    return letter(
        block(BlockKind.NECESSITY, "", *texts[:half], table=table(("A", "B"), *rows)), running_head=HEAD
    )


def body(pdf: bytes) -> str:
    """What is drawn besides the foot of each page and the repeated head of the table."""
    pages = [squeezed(page) for page in drawn_pages(pdf)]
    found: list[str] = []
    for number, page in enumerate(pages, start=1):
        foot = squeezed(f"Page {number} of {len(pages)} {HEAD}")
        assert page.startswith(foot)
        found.append(page.removeprefix(foot))
    return "\n".join(found)


def lost_in(texts: list[str]) -> list[str]:
    """The strings that any of the three papers changed."""
    content = batch(texts)
    kept = texts[: len(texts) // 2 + (len(texts) - len(texts) // 2) // 2 * 2]
    said = [squeezed(spoken(text)) for text in kept]
    lost: list[str] = []
    drawn = body(render_pdf(content, EMPTY_LIBRARY))
    # A page may end within a string, and then the head of the table comes again.
    whole = re.sub(r"\n(AB)?", "", drawn)
    first, second = "".join(said[: len(texts) // 2]), "".join(said[len(texts) // 2 :])
    if whole not in {f"{first}AB{second}", first + second}:
        place = 0
        for text, wanted in zip(kept, said, strict=True):
            found = whole.find(wanted, place)
            if found < 0 or found - place > 2:
                lost.append(text)
            else:
                place = found + len(wanted)
        assert lost, "the drawn text differs, and not in one string"
    document = Document(io.BytesIO(render_docx(content, EMPTY_LIBRARY)))
    cells = [cell.text for row in document.tables[0].rows[1:] for cell in row.cells]
    wrote = [paragraph.text for paragraph in document.paragraphs[: len(texts) // 2]] + cells
    expected = [spoken(text).replace("\r\n", "\n").replace("\r", "\n") for text in kept]
    lost.extend(text for text, was, now in zip(kept, expected, wrote, strict=True) if was != now)
    plain = squeezed(render_text(content, EMPTY_LIBRARY))
    lost.extend(
        text for text, wanted in zip(kept[: len(texts) // 2], said, strict=False) if wanted not in plain
    )
    return lost


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_text_in_is_text_out_in_all_papers(seed: int) -> None:
    assert lost_in(list(strings(seed, BATCH))) == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_text_in_is_text_out_over_100000_strings() -> None:
    lost: list[str] = []
    begun = time.perf_counter()
    for seed in range(1000, 1500):
        lost.extend(lost_in(list(strings(seed, BATCH))))
    assert time.perf_counter() > begun
    assert lost == []


def test_every_character_that_is_not_refused_is_drawn_by_a_glyph_and_reads_back() -> None:
    characters = printable()
    assert len(characters) > 4_000
    lines = ["|".join(characters[start : start + 60]) for start in range(0, len(characters), 60)]
    for kind in ("body", "quote", "heading"):
        blocks = (
            [LetterBlock(id=f"b{n}", kind=BlockKind.NECESSITY, heading=line) for n, line in enumerate(lines)]
            if kind == "heading"
            else [block(BlockKind.NECESSITY, "", *lines)]
        )
        if kind == "quote":
            quoted = tuple(item.model_copy(update={"is_quote": True}) for item in blocks[0].paragraphs)
            blocks = [blocks[0].model_copy(update={"paragraphs": quoted})]
        drawn = body(render_pdf(letter(*blocks, running_head=HEAD), EMPTY_LIBRARY)).replace("\n", "")
        assert drawn == squeezed("".join(lines)), kind


def test_each_face_has_a_glyph_for_what_it_is_chosen_for() -> None:
    from desktop.letters.paper.fonts import font_runs

    coverage = register_fonts()
    for face in (REGULAR, BOLD, ITALIC):
        for name, run in font_runs("".join(printable()), face):
            assert all(ord(character) in coverage[name] or character in "\n\t" for character in run), name


@pytest.mark.timeout(120)
def test_no_code_point_at_all_is_printed_without_a_glyph() -> None:
    """Every code point is either in a face that is used, or refused by its name."""
    coverage = frozenset().union(*register_fonts().values())
    every = "".join(chr(code) for code in range(0x20, 0x110000) if not 0xD800 <= code <= 0xDFFF)
    refused = set(missing_characters(every))
    assert all(character in refused or ord(character) in coverage for character in every)
    for character in (
        "\U0001f9e0",
        "\U0001fac0",
        "\u200b",
        "漢",
        "א",
        "ع",
        "\u202e",
        "\u2066",
        "\x07",
        "\x85",
    ):
        with pytest.raises(MissingGlyphError) as caught:
            render_pdf(letter(block(BlockKind.NECESSITY, "", f"a{character}b")), EMPTY_LIBRARY)
        assert f"U+{ord(character):04X}" in caught.value.what


@pytest.mark.parametrize("character", ["\x00", "\ud83d"])
def test_what_no_file_can_hold_never_reaches_a_letter(character: str) -> None:
    with pytest.raises(TextRefusedError):
        accept_text(f"a{character}b")
    with pytest.raises(ValueError, match="cannot be stored or printed"):
        block(BlockKind.NECESSITY, "", f"a{character}b")


@pytest.mark.parametrize("unit", ["word ", "x", "é–≥✓", "a\u0301", "\u200d", "<b>&amp;"])
def test_a_line_of_64000_characters_is_printed_whole(unit: str) -> None:
    line = (unit * 64_000)[:64_000]
    content = letter(block(BlockKind.NECESSITY, "", line), running_head=HEAD)
    assert body(render_pdf(content, EMPTY_LIBRARY)).replace("\n", "") == squeezed(line)
    document = Document(io.BytesIO(render_docx(content, EMPTY_LIBRARY)))
    assert document.paragraphs[0].text == line


def _seconds(content: LetterContent) -> float:
    begun = time.perf_counter()
    render_pdf(content, EMPTY_LIBRARY)
    return time.perf_counter() - begun


def test_a_table_of_300_rows_takes_time_in_proportion_and_loses_nothing() -> None:
    rows = [
        ("Physical therapy", f"Day {n} to day {n + 9}", "Riverside", f"No lasting relief, row {n}.")
        for n in range(300)
    ]
    columns = ("Treatment", "Dates", "Provider", "Outcome")
    few = letter(block(BlockKind.TREATMENTS, "T", table=table(columns, *rows[:75])), running_head=HEAD)
    many = letter(block(BlockKind.TREATMENTS, "T", table=table(columns, *rows)), running_head=HEAD)
    _seconds(few)
    assert _seconds(many) < 4 * 2.5 * min(_seconds(few) for _ in range(3))
    drawn = (
        body(render_pdf(many, EMPTY_LIBRARY)).replace("\n" + squeezed("".join(columns)), "").replace("\n", "")
    )
    assert drawn == "T" + squeezed("".join(columns)) + squeezed("".join("".join(row) for row in rows))
