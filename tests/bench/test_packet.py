"""Benchmarks of the packet: 200 pages of enclosures against the bare merge of the same files, and 3,000 pages."""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.letters.packet.building import build_packet
from desktop.letters.packet.sources import PacketInputs
from tests.bench.measure import Measurement, summary, times_ms
from tests.unit.letters.packet.made_files import document, packet_inputs, pdf_of

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

Report = Callable[[Measurement], None]

MOST = 1.5
"""How many times the bare merge stamping and merging may take."""
RUNS = 9


def written(pages: int) -> bytes:
    """Pages of close text, as a note system prints them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1)
    for page in range(pages):
        for line in range(55):
            canvas.drawString(
                60, 740 - line * 12.5, f"{page} {line} no bridging bone is seen at L5-S1 on the CT of May 11"
            )
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned(pages: int) -> bytes:
    """Pages of a scanner: a grey JPEG of about 150 kB each."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1)
    for _ in range(pages):
        small = Image.frombytes("L", (425, 550), os.urandom(425 * 550))
        jpeg = io.BytesIO()
        small.resize((850, 1100)).save(jpeg, "JPEG", quality=55)
        jpeg.seek(0)
        canvas.drawImage(ImageReader(jpeg), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bare_merge(files: list[bytes]) -> bytes:
    target = pikepdf.Pdf.new()
    opened = [pikepdf.open(io.BytesIO(file)) for file in files]
    for source in opened:
        target.pages.extend(source.pages)
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


def bare_merge_in_a_process(files: list[bytes]) -> bytes:
    """The same in a process of its own, which is what opening foreign files with care costs anybody."""
    import pickle
    import subprocess

    code = (
        "import sys, io, pickle, pikepdf\n"
        "files = pickle.load(sys.stdin.buffer)\n"
        "target = pikepdf.Pdf.new()\n"
        "opened = [pikepdf.open(io.BytesIO(file)) for file in files]\n"
        "for source in opened: target.pages.extend(source.pages)\n"
        "target.save(sys.stdout.buffer)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(files), capture_output=True, check=True
    ).stdout


def inputs_of(files: list[bytes]) -> PacketInputs:
    documents = [document(f"d{number}") for number in range(len(files) - 1)]
    kept = {f"d{number}": file for number, file in enumerate(files[1:])}
    return packet_inputs(documents, kept, letter=files[0])


def in_turns(
    first: Callable[[], object], second: Callable[[], object], runs: int
) -> tuple[list[float], list[float]]:
    """Times of both, taken in turns, so that a busy moment of the machine falls on both alike."""
    first()
    second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for work, taken in zip((first, second), times, strict=True):
            began = time.perf_counter()
            work()
            taken.append((time.perf_counter() - began) * 1000)
    return times


def test_two_hundred_pages_are_stamped_and_merged_in_at_most_half_as_long_again(
    report: Report, monkeypatch
) -> None:
    """Reading, stamping and joining, measured where they happen, against the bare merge in the same process."""
    from desktop.letters.packet import building, opening
    from desktop.letters.packet.worker_tasks import Desk

    files = [pdf_of(["Letter"] * 3), *[written(20) for _ in range(5)], *[scanned(20) for _ in range(5)]]
    asked: list[tuple[dict, list[bytes]]] = []

    class Noted(building.WorkerLink):
        def ask(self, message, blobs):
            asked.append((message, list(blobs)))
            return super().ask(message, blobs)

    monkeypatch.setattr(building, "WorkerLink", Noted)
    inputs = inputs_of(files)
    build_packet(inputs, cap_bytes=None)
    monkeypatch.undo()
    assert opening
    read, assemble = asked

    def stamped_and_merged() -> None:
        desk = Desk()
        desk.read(*read, _silent)
        desk.assemble(*assemble, _silent)

    bare, stamped = in_turns(partial(bare_merge, files), stamped_and_merged, RUNS)
    found = summary(
        "read, stamp and merge 203 pages",
        stamped,
        baseline_name="bare merge",
        baseline_ms=statistics.median(bare),
    )
    report(found)
    bare_apart, whole = in_turns(
        partial(bare_merge_in_a_process, files), partial(build_packet, inputs, cap_bytes=None), RUNS
    )
    all_of_it = summary(
        "whole packet of 203 pages: cover, index, process",
        whole,
        baseline_name="bare merge in a process",
        baseline_ms=statistics.median(bare_apart),
    )
    report(all_of_it)
    assert found.ratio <= MOST
    assert all_of_it.ratio <= 2 * MOST


def _silent(done: int, of: int) -> None:
    return None


def test_three_thousand_pages_take_time_in_proportion(report: Report) -> None:
    times = {}
    for pages in (750, 3_000):
        inputs = inputs_of([pdf_of(["Letter"]), written(pages)])
        times[pages] = times_ms(partial(build_packet, inputs, cap_bytes=None), runs=3, warm_ups=1)
    found = summary(
        "whole packet of 3,000 pages",
        times[3_000],
        baseline_name="of 750 pages",
        baseline_ms=statistics.median(times[750]),
    )
    report(found)
    assert found.ratio < 6


def test_dividing_by_size_costs_little(report: Report) -> None:
    files = [pdf_of(["Letter"]), *[scanned(20) for _ in range(5)]]
    inputs = inputs_of(files)
    whole, parts = in_turns(
        partial(build_packet, inputs, cap_bytes=None), partial(build_packet, inputs, cap_bytes=6_000_000), 5
    )
    report(
        summary(
            "100 scanned pages in several files",
            parts,
            baseline_name="in one",
            baseline_ms=statistics.median(whole),
        )
    )
