"""A check of the installation from end to end, the same in a checkout and inside a package."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop import __version__
from desktop.demo import LETTER_FORMS, PAPERS, SAMPLE, demonstrate
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.rules.conformance import run_cases
from desktop.rules.lint import lint_folder
from desktop.settings.paths import criteria_dir, resources_dir

_EXPECTED = (
    *LETTER_FORMS,
    *PAPERS,
    "packet.pdf",
    "trace.json",
    "worklist.png",
    "criteria.png",
    "intake.png",
    "review.png",
    "argument.png",
    "letter.png",
    "packet.png",
)


def run_selftest() -> int:
    """Run every check, one line each. Returns 0 when all hold, 1 otherwise."""
    sys.stdout.write(f"Indicated {__version__}\n")
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("criteria sets are well written", _criteria_are_clean),
        ("criteria cases come out as stated", _criteria_cases_pass),
        ("the spell check knows English and medical words", _words_are_known),
        ("the sample case goes from denial to issued letter, with windows", _sample_goes_through),
    )
    failed = 0
    for name, check in checks:
        try:
            problem = check()
        except UserFacingError as error:
            problem = error.what
        failed += bool(problem)
        sys.stdout.write(f"{'FAILED' if problem else 'ok'}: {name}{': ' + problem if problem else ''}\n")
    return 1 if failed else 0


def _criteria_are_clean() -> str:
    errors = [problem for problem in lint_folder(criteria_dir()) if problem.severity is Severity.ERROR]
    return f"{errors[0].file}:{errors[0].line}: {errors[0].message}" if errors else ""


def _criteria_cases_pass() -> str:
    report = run_cases(criteria_dir())
    if not report.results:
        return "no cases were found"
    return "" if report.has_passed else f"{len(report.failed)} cases, {len(report.problems)} files"


def _words_are_known() -> str:
    from desktop.letters.spelling import Spelling

    unknown = [found.word for found in Spelling().misspelt("The pseudarthrosis was documentted by imaging.")]
    return "" if unknown == ["documentted"] else f"unknown words: {', '.join(unknown) or 'none'}"


def _sample_goes_through() -> str:
    with tempfile.TemporaryDirectory(prefix="indicated-selftest-") as folder:
        outcome = demonstrate(resources_dir() / SAMPLE, Path(folder))
        missing = [name for name in _EXPECTED if not _holds_something(Path(folder) / name)]
        if missing:
            return f"missing or empty: {', '.join(missing)}"
        unread = _unread_outside_the_program(Path(folder))
    if unread:
        return f"not read in a process of its own: {', '.join(unread)}"
    return "" if outcome.is_issued else "the letter was not issued"


def _unread_outside_the_program(folder: Path) -> list[str]:
    """The kinds of file that come back without their content from the limited processes that open foreign files."""
    from desktop.intake.docx_text import read_docx
    from desktop.intake.pdf_text import read_pdf
    from desktop.intake.picture import read_picture

    answers = {
        "PDF": bool(read_pdf(folder / "letter.pdf").text.strip()),
        "Word": bool(read_docx((folder / "letter.docx").read_bytes(), name="letter.docx").text.strip()),
        "picture": read_picture((folder / "review.png").read_bytes()).width > 0,
    }
    return [kind for kind, is_read in answers.items() if not is_read]


def _holds_something(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0
