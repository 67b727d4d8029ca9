"""What printing a letter costs, as a ratio to what the same words cost without it in the same run.

The baselines: reportlab with the same paragraphs and tables and nothing of ours, and LibreOffice's converter with the
same letter as DOCX (where LibreOffice is installed).
"""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.letter import BlockKind, LetterContent
from desktop.letters.composing.letter import compose_letter
from desktop.letters.paper.accessible import render_accessible_pdf
from desktop.letters.paper.docx import render_docx
from desktop.letters.paper.pdf import render_pdf
from desktop.letters.paper.text import render_text
from desktop.letters.references.library import EMPTY_LIBRARY
from tests.bench.measure import Measurement, summary, times_ms
from tests.unit.letters.paper.pieces import block, letter, level_map, table, timeline
from tests.unit.letters.sample_letter import SAMPLE, inputs_of

pytestmark = pytest.mark.bench

RUNS = 15
Report = Callable[[Measurement], None]


@cache
def sample() -> LetterContent:
    return compose_letter(inputs_of(SAMPLE))


def bare_reportlab(content: LetterContent) -> bytes:
    """The same paragraphs and tables in one style with the same font: no foot, no bookmarks, no checks."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    from desktop.letters.paper.fonts import BOLD, REGULAR
    from desktop.letters.paper.markup import plain_markup, unified_lines

    style = ParagraphStyle("x", fontName=REGULAR, fontSize=9.6, leading=12.4, spaceAfter=5)
    head = ParagraphStyle("h", fontName=BOLD, fontSize=11, leading=14)
    cell = ParagraphStyle("c", fontName=REGULAR, fontSize=8.5, leading=10.5)

    def made(text: str, wanted: ParagraphStyle) -> Paragraph:
        return Paragraph(plain_markup(unified_lines(text), wanted.fontName), wanted)

    flow: list[Any] = []
    for item in content.blocks:
        if item.heading:
            flow.append(made(item.heading, head))
        flow.extend(made(paragraph.text, style) for paragraph in item.paragraphs)
        if item.table is not None and item.table.rows:
            wide = len(item.table.columns)
            rows = [
                [made(text, cell) for text in row.cells] + [""] * (wide - len(row.cells))
                for row in item.table.rows
            ]
            widths = [492 * width / sum(item.table.widths) for width in item.table.widths]
            flow.append(
                Table(
                    [[made(name, cell) for name in item.table.columns], *rows], colWidths=widths, repeatRows=1
                )
            )
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=(612, 792), invariant=1, pageCompression=1).build(flow)
    return target.getvalue()


@cache
def bare_ms() -> float:
    return statistics.median(times_ms(lambda: bare_reportlab(sample()), RUNS))


@pytest.mark.parametrize(
    ("name", "render"),
    [
        ("sample letter as PDF", render_pdf),
        ("sample letter as tagged PDF", render_accessible_pdf),
        ("sample letter as DOCX", render_docx),
        ("sample letter as text", render_text),
    ],
)
def test_letter(report: Report, name: str, render: Callable[..., object]) -> None:
    references = inputs_of(SAMPLE).references
    taken = times_ms(lambda: render(sample(), references), RUNS)
    report(summary(name, taken, baseline_name="bare reportlab", baseline_ms=bare_ms()))


def test_letter_against_a_word_processor(report: Report) -> None:
    """The word processor converts the letter's DOCX from the start of its process, as one would from a script."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    references = inputs_of(SAMPLE).references
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "letter.docx")
        source.write_bytes(render_docx(sample(), references))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        times: list[float] = []
        for _ in range(4):
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            times.append((time.perf_counter() - begun) * 1000)
        assert Path(folder, "letter.pdf").stat().st_size > 10_000
    # The first run writes the profile.
    taken = times_ms(lambda: render_pdf(sample(), references), RUNS)
    converter = statistics.median(times[1:])
    report(summary("sample letter as PDF", taken, baseline_name="LibreOffice convert", baseline_ms=converter))


def test_table_of_300_rows(report: Report) -> None:
    rows = [
        ("Physical therapy", f"Day {n} to day {n + 9}", "Riverside", f"No lasting relief, row {n}.")
        for n in range(300)
    ]
    columns = ("Treatment", "Dates", "Provider", "Outcome")
    content = letter(block(BlockKind.TREATMENTS, "Treatments", table=table(columns, *rows)))
    baseline = statistics.median(times_ms(lambda: bare_reportlab(content), RUNS))
    for name, render in (("300 rows as PDF", render_pdf), ("300 rows as DOCX", render_docx)):
        taken = times_ms(lambda render=render: render(content, EMPTY_LIBRARY), RUNS)
        report(summary(name, taken, baseline_name="bare reportlab", baseline_ms=baseline))


def test_time_grows_with_length_and_not_with_its_square(report: Report) -> None:
    sentence = "A sentence of the rationale, with a number such as 12. "
    short = letter(block(BlockKind.NECESSITY, "Why", sentence * 182))
    long = letter(block(BlockKind.NECESSITY, "Why", sentence * 728))
    baseline = statistics.median(times_ms(lambda: render_pdf(short, EMPTY_LIBRARY), RUNS))
    taken = times_ms(lambda: render_pdf(long, EMPTY_LIBRARY), RUNS)
    measured = summary("40,000 characters", taken, baseline_name="10,000 characters", baseline_ms=baseline)
    report(measured)
    assert measured.ratio < 8


def test_figures(report: Report) -> None:
    for name, figure, kind in (
        ("level map of 5 x 4", level_map(5), BlockKind.LEVEL_MAP),
        ("timeline of 40 events", timeline(40), BlockKind.TIMELINE),
        ("timeline of 300 events with its rows", timeline(300), BlockKind.TIMELINE),
    ):
        content = letter(block(kind, "Figure", figure=figure))
        report(
            summary(
                f"{name} as PDF", times_ms(lambda content=content: render_pdf(content, EMPTY_LIBRARY), RUNS)
            )
        )
        report(
            summary(
                f"{name} as DOCX", times_ms(lambda content=content: render_docx(content, EMPTY_LIBRARY), RUNS)
            )
        )
