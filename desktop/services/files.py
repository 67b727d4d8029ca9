"""Operations on the files that documents were read from: kept as they came, found by document, never changed."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import KeptFile, ReceivedFile
from desktop.domain.text import TextRefusedError, accept_text
from desktop.intake.media_type import require_known
from desktop.services.operation import OperationResult, result
from desktop.store.engine import Store, UnitOfWork

_LONGEST_NAME = 200


class Files:
    """The files of documents. The bytes stay as long as a case needs them, if only to undo."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, case_id: str, document_id: str, content: bytes, name: str) -> OperationResult[KeptFile]:
        """Keep the file that a document was read from, in place of an earlier one.

        `name` is shown and never used as a path. Raises UserFacingError for a file of no kind that can be kept, for
        one that is too large, and when the document is gone.
        """
        file = ReceivedFile(name=name, content=content)
        with self._store.write("file_kept", "Keep file", case_id=case_id) as work:
            case = work.cases.get(case_id)
            if case.document(document_id) is None:
                raise UserFacingError(
                    "This document is not in the case any more.",
                    safe="Nothing was changed.",
                    todo="Add it as a new document.",
                )
            kept = keep_in(work, case_id, document_id, file)
        return result(kept, case_id, ChangeFlag.DOCUMENTS, ChangeFlag.PACKET)

    def remove(self, case_id: str, document_id: str) -> OperationResult[None]:
        """Let go of a document's file; its text stays, and so do the bytes for as long as this can be undone."""
        with self._store.write("file_removed", "Remove file", case_id=case_id) as work:
            work.files.remove(case_id, document_id)
        return result(None, case_id, ChangeFlag.DOCUMENTS, ChangeFlag.PACKET)

    def of_case(self, case_id: str) -> Mapping[str, KeptFile]:
        """The kept files of a case by the ids of their documents; documents that were typed or pasted have none."""
        with self._store.read() as reader:
            return reader.files.of_case(case_id)

    def of_document(self, case_id: str, document_id: str) -> KeptFile | None:
        """The file that a document was read from, or None."""
        return self.of_case(case_id).get(document_id)

    def bytes_of(self, sha256: str) -> bytes:
        """The bytes with a hash, checked against it. Raises MissingFileError, which says what can be done."""
        with self._store.read() as reader:
            return reader.kept.bytes(sha256)


def keep_in(work: UnitOfWork, case_id: str, document_id: str, file: ReceivedFile) -> KeptFile:
    """Keep a document's file within an operation. Raises UserFacingError for a file that cannot be kept."""
    kept = KeptFile(
        media_type=require_known(file.content, file.name),
        sha256=work.kept.put(file.content),
        name=_shown(file.name),
        size=len(file.content),
    )
    work.files.put(case_id, document_id, kept)
    return kept


def _shown(name: str) -> str:
    """The name without a folder, as far as it can be stored."""
    last = name.replace("\\", "/").rpartition("/")[2]
    try:
        return accept_text(last)[-_LONGEST_NAME:]
    except TextRefusedError:
        return last.encode("ascii", "backslashreplace").decode("ascii").replace("\0", "")[-_LONGEST_NAME:]
