"""Letters of many cases in one go: one case that fails is told and never stops the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterKind, LetterState
from desktop.services.letters import Letters, PaperForm

_LOG = logging.getLogger(__name__)

IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class BatchItem:
    """What became of one case. Without a sentence it went well."""

    case_id: str
    place: int
    """Counted from 1."""
    count: int
    letter_id: str = ""
    content: bytes = b""
    """The paper, where paper was asked for."""
    is_draft: bool = True
    sentence: str = ""
    """What went wrong, and what to do."""

    @property
    def is_done(self) -> bool:
        """Whether it went well."""
        return not self.sentence


class LetterBatch:
    """One step at a time, so that whoever asks shows how far it is and may stop; nothing done is undone by stopping."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def compose_many(
        self,
        case_ids: Iterable[str],
        kind: LetterKind = LetterKind.FIRST_LEVEL,
        *,
        is_cancelled: IsCancelled | None = None,
    ) -> Iterator[BatchItem]:
        """Compose the draft of a kind in each case; what was typed stays."""

        def compose(case_id: str) -> tuple[str, bytes, bool]:
            return self._letters.compose(case_id, kind).value.id, b"", True

        return _each(case_ids, compose, is_cancelled)

    def print_many(
        self,
        case_ids: Iterable[str],
        kind: LetterKind | None = None,
        form: PaperForm = PaperForm.PDF,
        *,
        is_cancelled: IsCancelled | None = None,
    ) -> Iterator[BatchItem]:
        """Render the latest letter (of a kind) of each case. The report names a case that has none."""

        def render(case_id: str) -> tuple[str, bytes, bool]:
            letters = [item for item in self._letters.all(case_id) if kind in (None, item.kind)]
            if not letters:
                name = f"{kind.label.lower()} " if kind else "letter "
                raise UserFacingError(
                    f"No {name}was composed for this case.",
                    safe="Nothing was changed.",
                    todo="Compose it first.",
                )
            letter = letters[-1]
            paper = self._letters.render(case_id, letter.id, form)
            return letter.id, paper, letter.state is not LetterState.ISSUED

        return _each(case_ids, render, is_cancelled)


def _each(
    case_ids: Iterable[str],
    work: Callable[[str], tuple[str, bytes, bool]],
    is_cancelled: IsCancelled | None,
) -> Iterator[BatchItem]:
    wanted = tuple(dict.fromkeys(case_ids))
    for place, case_id in enumerate(wanted, start=1):
        if is_cancelled is not None and is_cancelled():
            return
        try:
            letter_id, content, is_draft = work(case_id)
        except UserFacingError as error:
            yield BatchItem(case_id, place, len(wanted), sentence=f"{error.what} {error.todo}")
        # A defect in one case must not take the others with it: it is told, and logged without a word of the case.
        except Exception as error:  # noqa: BLE001
            _LOG.error("letter batch: %s in one case", type(error).__name__)
            sentence = f"An unexpected error ({type(error).__name__}) stopped this letter. The others go on."
            yield BatchItem(case_id, place, len(wanted), sentence=sentence)
        else:
            yield BatchItem(case_id, place, len(wanted), letter_id, content, is_draft)
