"""A case taken from denial to letter through the same services as the window, in a store that is thrown away."""

from __future__ import annotations

import secrets
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.audit import Actor
from desktop.domain.case_file import CaseFile
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterKind, LetterState
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.intake.case_json import LoadedCase, read_case_file
from desktop.rules.json_trace import trace_json
from desktop.security.atomic_file import write_private
from desktop.security.vault import FLOOR_PROFILE
from desktop.services.letter_paper import PaperForm
from desktop.services.opening import create_workspace
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir

if TYPE_CHECKING:
    from desktop.ui.photographs import Place

SAMPLE = Path("sample") / "revision-fusion-l2-s1.json"

LETTER_FORMS = {
    "letter.txt": PaperForm.TEXT,
    "letter.pdf": PaperForm.PDF,
    "letter-accessible.pdf": PaperForm.ACCESSIBLE_PDF,
    "letter.docx": PaperForm.DOCX,
}
PAPERS = {"opinion.pdf": LetterKind.OPINION, "peer-to-peer-card.pdf": LetterKind.PEER_TO_PEER_CARD}

DONE, DRAFT_ONLY = 0, 3


@dataclass(frozen=True)
class Outcome:
    """What came of a demonstration: the files written and what kept the letter from being issued."""

    files: tuple[str, ...]
    problems: tuple[LetterProblem, ...]
    is_issued: bool
    notes: tuple[str, ...] = ()
    """What a reader of the case file should know: its open points, and why it could not be signed."""


def run_demo(case_path: Path | None, out: Path) -> int:
    """Write the letter in its four forms, opinion, card, packet, trace.json and the pictures to `out`.

    Returns 0 when the letter was issued, 3 when everything was written but the letter stays a draft.
    Raises UserFacingError when the case file cannot be read or `out` cannot be written.
    """
    outcome = demonstrate(case_path or resources_dir() / SAMPLE, out)
    for name in outcome.files:
        sys.stdout.write(f"  {out / name}\n")
    for note in outcome.notes:
        sys.stdout.write(f"  note: {note}\n")
    for problem in outcome.problems:
        sys.stdout.write(f"  {problem.severity.value}: {problem.message}\n")
    if outcome.is_issued:
        sys.stdout.write("The letter passed its check and was issued.\n")
        return DONE
    sys.stdout.write("The letter is a DRAFT: it cannot be issued until what is listed above is put right.\n")
    return DRAFT_ONLY


def demonstrate(case_path: Path, out: Path) -> Outcome:
    """Take one case file all the way; every file is in `out` when this returns."""
    loaded = read_case_file(case_path)
    case_file = loaded.case_file
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
            return _walk(services, loaded, case_path.name, out)
        finally:
            services.close()


def _walk(services: Services, loaded: LoadedCase, name: str, out: Path) -> Outcome:
    case_id = services.cases.import_case(loaded.case_file, name=name, files=loaded.files).value.id
    # Before signing: the pictures show a review that can still be worked on.
    before = _take_photographs(services, case_id, out, ("worklist", "criteria", "intake", "review"))
    unsigned = _sign(services, case_id, loaded.case_file)
    letter_id = services.letters.compose(case_id).value.id
    problems = services.letters.problems(case_id, letter_id)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        services.letters.issue(case_id)
    view = services.review.view(case_id)
    # First what needs no printing: a character that no font has keeps back the paper, not the evaluation.
    _write(out / "trace.json", trace_json(view.case, view.traces).encode("utf-8"))
    for form_name, form in LETTER_FORMS.items():
        _write(out / form_name, services.letters.render(case_id, letter_id, form))
    after = _take_photographs(services, case_id, out, ("determination", "argument", "letter", "packet"))
    for paper_name, kind in PAPERS.items():
        paper = services.letters.compose(case_id, kind).value.id
        _write(out / paper_name, services.letters.render(case_id, paper, PaperForm.PDF))
    # One file whatever its size: the demonstration is sent to no portal.
    (packet,) = services.packets.build(case_id, letter_id, cap_bytes=None)
    _write(out / "packet.pdf", packet.content)
    return Outcome(
        files=(*LETTER_FORMS, *PAPERS, "packet.pdf", "trace.json", *before, *after),
        problems=problems,
        is_issued=services.letters.letter(case_id, letter_id).state is LetterState.ISSUED,
        notes=(*loaded.problems, *unsigned),
    )


def _sign(services: Services, case_id: str, case_file: CaseFile) -> tuple[str, ...]:
    """Sign as the file says; why that is refused, in words, when a case is not ready for it."""
    if case_file.sign_off is None:
        return ()
    try:
        services.determinations.sign(case_id, **case_file.sign_off.model_dump())
    except UserFacingError as error:
        # Its gaps are what the demonstration is to show: the letter is composed, as a draft.
        return (error.what,)
    return ()


def _take_photographs(
    services: Services, case_id: str, out: Path, places: Sequence[Place]
) -> tuple[str, ...]:
    from desktop.ui.photographs import take_photographs

    return take_photographs(services, case_id, out, places)


def _write(path: Path, content: bytes) -> None:
    try:
        write_private(path, content)
    except OSError as error:
        raise UserFacingError(
            f"The file {path} cannot be written: {error.strerror or 'no reason given'}.",
            safe="The demonstration keeps nothing; what stands in the folder from it is not complete.",
            todo="Make room there, or choose another folder with --out.",
        ) from error


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserFacingError(
            f"The folder {out} cannot be made: {error.strerror}.",
            safe="Nothing was written.",
            todo="Choose another folder with --out.",
        ) from error
