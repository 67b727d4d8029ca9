"""A case taken from denial to letter through the same services as the window, in a store that is thrown away."""

from __future__ import annotations

import secrets
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.audit import Actor
from desktop.domain.case_file import CaseFile
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterProblem, LetterState, Severity
from desktop.intake.case_json import load_case_file
from desktop.rules.json_trace import trace_json
from desktop.security.vault import FLOOR_PROFILE
from desktop.services.opening import create_workspace
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir

SAMPLE = Path("sample") / "revision-fusion-l2-s1.json"

DONE, DRAFT_ONLY = 0, 3


@dataclass(frozen=True)
class Outcome:
    """What came of a demonstration: the files written and what kept the letter from being issued."""

    files: tuple[str, ...]
    problems: tuple[LetterProblem, ...]
    is_issued: bool


def run_demo(case_path: Path | None, out: Path) -> int:
    """Write letter.pdf, letter.txt, trace.json and the pictures to `out`.

    Returns 0 when the letter was issued, 3 when everything was written but the letter stays a draft.
    Raises UserFacingError when the case file cannot be read or `out` cannot be written.
    """
    outcome = demonstrate(case_path or resources_dir() / SAMPLE, out)
    for name in outcome.files:
        sys.stdout.write(f"  {out / name}\n")
    for problem in outcome.problems:
        sys.stdout.write(f"  {problem.severity.value}: {problem.message}\n")
    if outcome.is_issued:
        sys.stdout.write("The letter passed its check and was issued.\n")
        return DONE
    sys.stdout.write("The letter is a DRAFT: it cannot be issued until what is listed above is put right.\n")
    return DRAFT_ONLY


def demonstrate(case_path: Path, out: Path) -> Outcome:
    """Take one case file all the way; every file is in `out` when this returns."""
    case_file = _read(case_path)
    _make_folder(out)
    with tempfile.TemporaryDirectory(prefix="indicated-demo-") as folder:
        signer = case_file.sign_off
        actor = Actor(
            name=signer.name if signer else "Demonstration", credential=signer.credential if signer else ""
        )
        services, _recovery_key = create_workspace(
            Path(folder) / "store", secrets.token_urlsafe(24), actor, profile=FLOOR_PROFILE
        )
        try:
            return _walk(services, case_file, out)
        finally:
            services.close()


def _walk(services: Services, case_file: CaseFile, out: Path) -> Outcome:
    from desktop.ui.photographs import take_photographs

    case_id = services.cases.import_case(case_file).value.id
    # Before signing: the pictures show a review that can still be worked on.
    before = take_photographs(services, case_id, out, ("worklist", "intake", "review"))
    if case_file.sign_off is not None:
        services.determinations.sign(case_id, **case_file.sign_off.model_dump())
    services.letters.compose(case_id)
    problems = services.letters.problems(case_id)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        services.letters.issue(case_id)
    after = take_photographs(services, case_id, out, ("determination", "letter"))
    (out / "letter.pdf").write_bytes(services.letters.preview_pdf(case_id))
    (out / "letter.txt").write_text(services.letters.text(case_id), "utf-8")
    view = services.review.view(case_id)
    (out / "trace.json").write_text(trace_json(view.case, view.traces), "utf-8")
    letter = services.letters.current(case_id)
    return Outcome(
        files=("letter.pdf", "letter.txt", "trace.json", *before, *after),
        problems=problems,
        is_issued=letter is not None and letter.state is LetterState.ISSUED,
    )


def _read(path: Path) -> CaseFile:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserFacingError(
            f"The case file {path.name} cannot be read: {error.strerror}.",
            safe="Nothing was written.",
            todo="Check the name and that you may read it.",
        ) from error
    return load_case_file(content, path.name).case_file


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserFacingError(
            f"The folder {out} cannot be made: {error.strerror}.",
            safe="Nothing was written.",
            todo="Choose another folder with --out.",
        ) from error
