"""What makes a letter strong beside what makes it whole: told where the record holds it, and where it is entered.

A record may lack any of it for a good reason: nearly all are warnings, and each speaks where there is something told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.domain.document import DocumentKind
from desktop.domain.letter import BlockKind, LetterContent
from desktop.domain.letter_check import Fix, FixKind, LetterProblem
from desktop.letters.checking.elements import problem, warning
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import listed


def argued_rows(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The point-by-point tables stand wherever criteria were applied to a line that is argued."""
    is_applied = any(inputs.traces_of(line) for line in inputs.argued_lines)
    if is_applied and not _has(content, BlockKind.CRITERIA_TABLE):
        message = "Criteria were applied, and the letter holds no table of them. Compose the letter again."
        yield problem("missing-criteria-table", message, fix=_back(content, BlockKind.CRITERIA_TABLE))


def history_told(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The course, in the reviewer's words or by operations and facts."""
    if not _has(content, BlockKind.HISTORY):
        message = "The letter tells no clinical course. Enter it, under History and facts."
        yield warning("missing-history", message, fix=_back(content, BlockKind.HISTORY))
    elif not inputs.case.history.narrative.strip() and not any(
        block.kind is BlockKind.HISTORY and block.is_edited for block in content.blocks
    ):
        message = "The clinical course is not told in words. Enter it, under History and facts."
        yield warning("no-narrative", message)


def imaging_told(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Imaging that the case holds is told; reports among the documents are entered as studies."""
    # The answers to adverse words are of the same kind, and hold no table.
    if any(block.kind is BlockKind.IMAGING and block.table is not None for block in content.blocks):
        return
    if inputs.case.imaging:
        message = "Imaging is recorded, and the letter does not tell it. Compose the letter again."
        yield warning("missing-imaging", message, fix=_back(content, BlockKind.IMAGING))
    elif _holds(inputs, {DocumentKind.IMAGING_REPORT}):
        message = "An imaging report is enclosed, and no study is recorded from it. Enter it, under Imaging."
        yield warning("no-study", message)


def treatment_told(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Treatment that the case holds is told; records of therapy and injections are entered as treatments."""
    if _has(content, BlockKind.TREATMENTS):
        return
    if inputs.case.treatments:
        message = "Treatment is recorded, and the letter does not tell it. Compose the letter again."
        yield warning("missing-treatments", message, fix=_back(content, BlockKind.TREATMENTS))
    elif _holds(inputs, {DocumentKind.PT_RECORD, DocumentKind.INJECTION_RECORD}):
        message = "A record of treatment is enclosed, and no treatment is entered from it. Enter it, under Treatments."
        yield warning("no-treatment", message)


def necessity_told(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Why this service and not another: in the words of the reviewer or of the determination."""
    if not _has(content, BlockKind.NECESSITY) and inputs.granted_lines:
        message = (
            "Nothing says why this service is needed. Write it under History and facts, or as the rationale of the "
            "determination."
        )
        yield warning("missing-necessity", message, fix=_back(content, BlockKind.NECESSITY))


def numbers_of_signer(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The signer's NPI, licence and a way to reach them."""
    author = inputs.author
    if author is None:
        return
    is_reachable = bool(author.phone.strip() or author.fax.strip())
    missing = [
        name
        for name, is_there in (
            ("NPI", bool(author.npi.strip())),
            ("license number", bool(author.license_number.strip())),
            ("telephone or fax number", is_reachable),
        )
        if not is_there
    ]
    if missing:
        message = f"The signer’s {listed(missing)} {'is' if len(missing) == 1 else 'are'} not recorded."
        yield warning("signer-numbers", f"{message} Enter what there is, under Providers.")


def _has(content: LetterContent, kind: BlockKind) -> bool:
    return any(block.kind is kind for block in content.blocks)


def _holds(inputs: LetterInputs, kinds: Collection[DocumentKind]) -> bool:
    return any(document.kind in kinds for document in inputs.case.documents)


def _back(content: LetterContent, kind: BlockKind) -> Fix | None:
    is_aside = any(block.kind is kind for block in content.set_aside)
    return Fix(kind=FixKind.COMPOSE, label="Bring it back") if is_aside else None
