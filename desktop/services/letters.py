"""Operations on the letter of a case: compose, edit block by block, check, and issue once and for all."""

from __future__ import annotations

import hashlib
from typing import Literal

from desktop.domain.case import CaseStatus
from desktop.domain.changes import ChangeFlag
from desktop.domain.clock import Clock
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.letter import CitationReason, Letter, LetterBlock, LetterContent, LetterKind, LetterState
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.domain.value import new_id
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import LetterInputs, compose_letter
from desktop.services.catalogue import Catalogue
from desktop.services.citation_reasons import kept_reasons, with_reason
from desktop.services.determinations import latest
from desktop.services.letter_problems import ill_chosen, impossible, not_as_signed
from desktop.services.operation import OperationResult, result
from desktop.services.reference_library import ReferenceShelf
from desktop.services.review_view import evaluate_case, offers_of, read_review
from desktop.services.topics import Topics
from desktop.store.engine import Reader, Store


class Letters:
    """One letter in progress per case. An issued letter is frozen; composing again starts a new one."""

    def __init__(
        self, store: Store, clock: Clock, catalogue: Catalogue, references: ReferenceShelf, topics: Topics
    ) -> None:
        self._store = store
        self._clock = clock
        self._catalogue = catalogue
        self._references = references
        self._topics = topics

    def current(self, case_id: str) -> Letter | None:
        """The latest letter, or None before the first was composed."""
        with self._store.read() as reader:
            return _latest(reader, case_id)

    def compose(self, case_id: str) -> OperationResult[Letter]:
        """Compose from the record. Blocks the reviewer edited, and the order they gave, are kept."""
        with self._store.write("letter_composed", "Compose letter", case_id=case_id) as work:
            fresh = compose_letter(self._inputs(work, case_id))
            old = _latest(work, case_id)
            if old is None or old.state is LetterState.ISSUED:
                letter = Letter(id=new_id(), content=fresh)
            else:
                letter = old.model_copy(update={"content": _keep_edits(old.content, fresh)})
            work.letters.put(case_id, letter)
        return result(letter, case_id, ChangeFlag.LETTER)

    def edit_block(self, case_id: str, block_id: str, text: str) -> OperationResult[Letter]:
        """Replace the paragraphs of a block by what the reviewer typed; unchanged ones keep their origin."""
        with self._store.read() as reader:
            block = _block(_require_draft(reader, case_id).content, block_id)
        label = f"Edit letter: {block.heading or block.kind.value}"
        with self._store.write("letter_block_edited", label, case_id=case_id) as work:
            work.typing_in = f"letter block {block_id}"
            letter = _require_draft(work, case_id)
            block = _block(letter.content, block_id)
            letter = _with_block(letter, block if text == block.text else block.with_typed_text(text))
            work.letters.put(case_id, letter)
        return result(letter, case_id, ChangeFlag.LETTER)

    def restore_block(self, case_id: str, block_id: str) -> OperationResult[Letter]:
        """Drop what was typed into a block and take the composed text again."""
        with self._store.write("letter_block_restored", "Restore letter block", case_id=case_id) as work:
            letter = _require_draft(work, case_id)
            fresh = compose_letter(self._inputs(work, case_id))
            letter = _with_block(letter, _block(fresh, block_id))
            work.letters.put(case_id, letter)
        return result(letter, case_id, ChangeFlag.LETTER)

    def move_block(self, case_id: str, block_id: str, offset: int) -> OperationResult[Letter]:
        """Move a block up (negative) or down among the others, as far as there is room."""
        with self._store.write("letter_block_moved", "Move letter block", case_id=case_id) as work:
            letter = _require_draft(work, case_id)
            block = _block(letter.content, block_id)
            blocks = [item for item in letter.content.blocks if item.id != block_id]
            here = letter.content.blocks.index(block)
            blocks.insert(max(0, min(len(blocks), here + offset)), block)
            content = letter.content.model_copy(update={"blocks": tuple(blocks)})
            letter = letter.model_copy(update={"content": content})
            work.letters.put(case_id, letter)
        return result(letter, case_id, ChangeFlag.LETTER)

    def give_reason(self, case_id: str, reference_id: str, rule: str, reason: str) -> OperationResult[Letter]:
        """Record why the letter cites a source that `rule` of the letter check doubts; an empty reason takes it back.

        Raises UserFacingError when the letter does not cite it, or the rule has nothing against it.
        """
        label = (
            f"Give a reason for citing {reference_id}"
            if reason.strip()
            else f"Take back the reason for {reference_id}"
        )
        library = self._references.library()
        with self._store.write("citation_reason_given", label, case_id=case_id) as work:
            letter = with_reason(
                _require_draft(work, case_id),
                library,
                reference_id,
                rule,
                reason,
                at=self._clock.now(),
                by=self._store.actor.name,
            )
            work.letters.put(case_id, letter)
        return result(letter, case_id, ChangeFlag.LETTER)

    def problems(self, case_id: str) -> tuple[LetterProblem, ...]:
        """The letter check on the current letter; nothing before one is composed."""
        with self._store.read() as reader:
            letter = _latest(reader, case_id)
            return self._found(reader, case_id, letter) if letter else ()

    def preview_pdf(self, case_id: str) -> bytes:
        """The PDF as it would be issued, marked as a draft until it is; the archived bytes afterwards."""
        letter = self.current(case_id)
        if letter is None:
            raise _nothing_composed()
        if letter.state is LetterState.ISSUED:
            with self._store.read() as reader:
                return reader.letters.pdf(letter.pdf_sha256)
        return self._render(letter.content, is_draft=True)

    def text(self, case_id: str) -> str:
        """The letter as plain text, marked as a draft until it is issued."""
        from desktop.letters.paper.text import render_text

        letter = self.current(case_id)
        if letter is None:
            raise _nothing_composed()
        is_draft = letter.state is not LetterState.ISSUED
        return render_text(letter.content, self._references.library(), is_draft=is_draft)

    def require_issuable(self, case_id: str) -> None:
        """Raise what `issue` would raise now; for asking before what cannot be undone."""
        with self._store.read() as reader:
            letter = _require_draft(reader, case_id)
            _refuse_errors(self._found(reader, case_id, letter))

    def issue(self, case_id: str) -> OperationResult[Letter]:
        """Issue the letter: render once, archive the bytes by hash, freeze. Refused while the check has errors."""
        with self._store.write("letter_issued", "Issue letter", case_id=case_id, undoable=False) as work:
            letter = _require_draft(work, case_id)
            _refuse_errors(self._found(work, case_id, letter))
            letter = letter.model_copy(update={"citation_reasons": kept_reasons(letter)})
            pdf = self._render(letter.content, is_draft=False)
            digest = hashlib.sha256(pdf).hexdigest()
            work.letters.archive_pdf(digest, pdf)
            issued = {"state": LetterState.ISSUED, "issued_at": self._clock.now(), "pdf_sha256": digest}
            letter = letter.model_copy(update=issued)
            work.letters.put(case_id, letter)
            case = work.cases.get(case_id)
            work.cases.put(case.model_copy(update={"status": CaseStatus.LETTER_ISSUED}))
        return result(letter, case_id, ChangeFlag.LETTER, ChangeFlag.CASE, ChangeFlag.CASE_LIST)

    def note_copy(self, case_id: str, how: Literal["printed", "saved_as_pdf", "saved_as_text"]) -> None:
        """Put into the audit chain that a copy of the letter left the store; a store open for viewing keeps none."""
        if not self._store.is_read_only:
            label = f"Letter {how.replace('_', ' ')}"
            self._store.record(f"letter_{how}", label, case_id=case_id)

    def issued_pdf(self, case_id: str) -> bytes | None:
        """The archived bytes of the latest letter when it was issued, else None."""
        letter = self.current(case_id)
        if letter is None or letter.state is not LetterState.ISSUED:
            return None
        with self._store.read() as reader:
            return reader.letters.pdf(letter.pdf_sha256)

    def _found(self, reader: Reader, case_id: str, letter: Letter) -> tuple[LetterProblem, ...]:
        inputs = self._inputs(reader, case_id, letter.citation_reasons)
        found = (
            *check_letter(letter.content, inputs),
            *not_as_signed(inputs),
            *ill_chosen(inputs, self._catalogue.library()),
            *impossible(inputs.case, self._clock.today()),
        )
        return tuple(sorted(found, key=lambda problem: problem.severity is not Severity.ERROR))

    def _render(self, content: LetterContent, *, is_draft: bool) -> bytes:
        from desktop.letters.paper.pdf import (
            render_pdf,
        )  # reportlab takes 150 ms to import: only when paper is wanted

        return render_pdf(content, self._references.library(), is_draft=is_draft)

    def _inputs(self, reader: Reader, case_id: str, reasons: tuple[CitationReason, ...] = ()) -> LetterInputs:
        case = reader.cases.get(case_id)
        determination = latest(reader, case_id)
        assessments, links = read_review(reader, case_id)
        sets = self._catalogue.for_case(case)
        traces = determination.traces or evaluate_case(case, sets, assessments, links)
        return LetterInputs(
            case=case,
            determination=determination,
            traces=traces,
            sets={criteria_set.id: criteria_set for criteria_set in sets},
            assessments=assessments,
            links=links,
            references=self._references.library(),
            citation_reasons={(item.reference_id, item.rule): item.reason for item in reasons},
            kind=LetterKind.FIRST_LEVEL,
            today=self._clock.today(),
            offers=offers_of(case, sets),
            topics=self._topics.all(),
        )


def _latest(reader: Reader, case_id: str) -> Letter | None:
    letters = reader.letters.all(case_id)
    return letters[-1] if letters else None


def _require_draft(reader: Reader, case_id: str) -> Letter:
    letter = _latest(reader, case_id)
    if letter is None:
        raise _nothing_composed()
    if letter.state is LetterState.ISSUED:
        raise SignedRecordError("This letter was issued and cannot be edited.")
    return letter


def _refuse_errors(problems: tuple[LetterProblem, ...]) -> None:
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise UserFacingError(
            f"The letter cannot be issued yet. {' '.join(errors)}",
            safe="The draft is saved.",
            todo="Put right what is listed, then issue again.",
        )


def _nothing_composed() -> UserFacingError:
    return UserFacingError(
        "No letter was composed for this case yet.", safe="Nothing was changed.", todo="Compose it first."
    )


def _block(content: LetterContent, block_id: str) -> LetterBlock:
    found = next((block for block in content.blocks if block.id == block_id), None)
    if found is None:
        raise UserFacingError(
            "This part of the letter does not exist any more.",
            safe="The rest of the letter is unchanged.",
            todo="Compose the letter again to see its present parts.",
        )
    return found


def _with_block(letter: Letter, block: LetterBlock) -> Letter:
    blocks = tuple(block if item.id == block.id else item for item in letter.content.blocks)
    return letter.model_copy(update={"content": letter.content.model_copy(update={"blocks": blocks})})


def _keep_edits(old: LetterContent, fresh: LetterContent) -> LetterContent:
    """The fresh content with the reviewer's typed blocks and their order of blocks."""
    typed = {block.id: block for block in old.blocks if block.is_edited}
    blocks = [
        block.model_copy(update={"paragraphs": typed[block.id].paragraphs, "is_edited": True})
        if block.id in typed
        else block
        for block in fresh.blocks
    ]
    old_place = {block.id: place for place, block in enumerate(old.blocks)}
    if set(old_place) >= {block.id for block in blocks}:
        blocks.sort(key=lambda block: old_place[block.id])
    return fresh.model_copy(update={"blocks": tuple(blocks)})
