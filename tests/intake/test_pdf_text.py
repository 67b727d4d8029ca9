"""PDFs from outside: text with its pages, or a sentence; never a crash, a hang, or a character lost in silence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop.intake import pdf_text, pdf_worker
from desktop.intake.pdf_text import PdfRefusedError, read_pdf, worker_command


def pdf(*pages: list[str]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for lines in pages:
        text = canvas.beginText(72, 720)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def refusal(source: bytes | Path, **options: float) -> PdfRefusedError:
    with pytest.raises(PdfRefusedError) as caught:
        read_pdf(source, name="ct.pdf", **options)
    assert caught.value.what.startswith("'ct.pdf' ")
    assert caught.value.safe
    assert caught.value.todo
    return caught.value


def test_text_comes_page_by_page_with_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(["BP <120/80", "A&B <3"], ["Second page"]))
    read = read_pdf(path)
    assert read.text == "BP <120/80\nA&B <3\nSecond page\n"
    assert [read.text[start : start + 2] for start in read.page_starts] == ["BP", "Se"]
    assert read.notices == ()


def test_a_hyphen_at_a_line_end_stays_where_the_page_shows_it() -> None:
    assert (
        read_pdf(pdf(["seen at L5-", "S1, hardware-", "related"])).text
        == "seen at L5-\nS1, hardware-\nrelated\n"
    )


def test_a_page_without_text_is_pointed_out() -> None:
    read = read_pdf(pdf(["x"], [], []))
    assert read.notices == ("Page 2, 3: without text, perhaps a scan.",)
    assert read.page_starts == (0, 2, 3)


def test_a_scan_is_refused_and_says_that_reading_pictures_is_not_part_of_this_version() -> None:
    error = refusal(pdf([], []))
    assert "pictures of pages and no text" in error.what
    assert "OCR" in error.todo


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "has 0 bytes"),
        (b"hello", "is not a PDF"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 500, "is damaged"),
        (pdf(["x"])[:300], "is damaged"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refusal(data).what


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    assert "could not be read (No such file or directory)" in refusal(tmp_path / "none.pdf").what


def test_a_file_over_the_cap_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MAX_FILE_BYTES", 1_000_000)
    path = tmp_path / "big.pdf"
    path.write_bytes(b"%PDF-1.7" + bytes(1_000_000))
    assert refusal(path).what == "'ct.pdf' is larger than 1 MB."


def test_a_password_is_asked_to_be_taken_off() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(["x"]))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    assert "password" in refusal(out.getvalue()).what


def test_five_thousand_pages_are_a_sentence_and_not_a_hang() -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(5_000):
            document.add_blank_page()
        document.save(out)
    started = time.monotonic()
    assert refusal(out.getvalue()).what == "'ct.pdf' has 5,000 pages; at most 2,000 are read."
    assert time.monotonic() - started < 10


def test_a_bomb_is_a_sentence_and_not_a_hang() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(["x"]))) as document:
        page = b"BT /F1 12 Tf 72 720 Td " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 4_000_000 + b"ET"
        document.pages[0].Contents = pikepdf.Stream(document, b"")
        document.pages[0].Contents.write(zlib.compress(page, 9), filter=pikepdf.Name.FlateDecode)
        document.save(out, compress_streams=False)
    assert len(out.getvalue()) < 1_000_000
    started = time.monotonic()
    assert "could not be read" in refusal(out.getvalue(), timeout_s=8.0).what
    assert time.monotonic() - started < 20


def test_a_worker_that_hangs_is_killed_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(pdf_text, "worker_command", lambda: sleeper)
    started = time.monotonic()
    # More than a pipe holds, so that writing to it waits as well.
    error = refusal(b"%PDF-" + bytes(1_000_000), timeout_s=0.3)
    assert error.what == "'ct.pdf' could not be read within 0.3 seconds."
    assert time.monotonic() - started < 5


def test_a_worker_that_dies_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "worker_command", lambda: [sys.executable, "-c", "import os; os.abort()"])
    assert "may be damaged or built to do harm" in refusal(b"%PDF-" + bytes(1_000_000)).what


def test_a_worker_that_talks_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    talker = [sys.executable, "-c", "import sys\nwhile True: sys.stdout.write('x' * 65536)"]
    monkeypatch.setattr(pdf_text, "worker_command", lambda: talker)
    monkeypatch.setattr(pdf_text, "_MAX_ANSWER_BYTES", 100_000)
    assert "within" in refusal(b"%PDF-", timeout_s=0.5).what


def test_characters_that_cannot_be_kept_are_shown_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = json.dumps({"pages": ["a\x00b\ud800c\ttab 😀\r\n"], "unread": [2]})
    monkeypatch.setattr(pdf_text, "worker_command", lambda: [sys.executable, "-c", f"print({answer!r})"])
    read = read_pdf(b"%PDF-")
    assert read.text == "a\ufffdb\ufffdc\ttab 😀\n"
    assert read.notices == (
        "Page 2: could not be read.",
        "U+0000 (NUL) stands in the file once; it cannot be printed and is shown as \ufffd.",
        "U+D800 (half of a surrogate pair) stands in the file once; it cannot be printed and is shown as \ufffd.",
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [({"refused": "characters", "count": 7}, "by page 7"), ({"refused": "memory"}, "needs more memory")],
)
def test_each_refusal_of_the_worker_has_its_sentence(
    answer: dict[str, object], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pdf_text, "worker_command", lambda: [sys.executable, "-c", f"print({json.dumps(answer)!r})"]
    )
    assert words in refusal(b"%PDF-").what


def worker_answer(data: bytes) -> dict[str, object]:
    out = io.BytesIO()
    pdf_worker.answer(data, out)
    return json.loads(out.getvalue())


def test_the_worker_caps_pages_characters_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(["first"], ["second"])
    assert worker_answer(data) == {"pages": ["first", "second"], "unread": []}
    monkeypatch.setattr(pdf_worker, "MAX_CHARACTERS", 8)
    assert worker_answer(data) == {"refused": "characters", "count": 2}
    monkeypatch.setattr(pdf_worker, "MAX_PAGES", 1)
    assert worker_answer(data) == {"refused": "pages", "count": 2}

    def no_memory(data: bytes) -> dict[str, object]:
        raise MemoryError

    monkeypatch.setattr(pdf_worker, "_read", no_memory)
    assert worker_answer(data) == {"refused": "memory"}


def test_a_page_that_cannot_be_read_does_not_take_the_others_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdfium2 import PdfDocument, PdfiumError

    real = pdf_worker._page_text

    def second_fails(document: PdfDocument, number: int) -> str:
        if number == 1:
            raise PdfiumError("no such page")
        return real(document, number)

    monkeypatch.setattr(pdf_worker, "_page_text", second_fails)
    assert worker_answer(pdf(["first"], ["second"], ["third"])) == {
        "pages": ["first", "", "third"],
        "unread": [2],
    }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource limits")
def test_the_worker_may_neither_write_files_nor_dump_core(tmp_path: Path) -> None:
    code = (
        "import resource as r, signal\n"
        "from desktop.intake.pdf_worker import limit_this_process\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "limit_this_process(); limit_this_process()\n"
        "print([r.getrlimit(k)[1] for k in (r.RLIMIT_CORE, r.RLIMIT_FSIZE, r.RLIMIT_CPU)])\n"
        "f = open('leak', 'wb', buffering=0)\n"
        "try: f.write(b'x')\n"
        "except OSError as error: print(error.strerror)\n"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["[0, 0, 30]", "File too large"]


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command()[1:] == ["-P", "-m", "desktop.intake.pdf_worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "pdf-worker"]
