"""A signed copy of an issued letter, beside the archived bytes; it keeps neither the certificate nor its passphrase."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterState
from desktop.services.letter_issue import LetterIssue

_MOST_BYTES = 1_000_000
"""A certificate with its chain takes some ten kilobytes: what is larger is another file, and is not read."""


class LetterSigning(LetterIssue):
    """The part of the letters that signs copies with a certificate of the user's own, offline."""

    def require_signable(
        self, case_id: str, letter_id: str | None, certificate: bytes, passphrase: str
    ) -> str:
        """Whose certificate it is; raises what `signed_copy` would raise about the letter or the certificate."""
        from desktop.letters.paper.signature import open_certificate

        self._issued(case_id, letter_id)
        return open_certificate(certificate, passphrase, self.desk.clock.now()).name

    def signed_copy(
        self,
        case_id: str,
        letter_id: str | None,
        certificate: bytes,
        passphrase: str,
        *,
        reason: str = "",
    ) -> bytes:
        """The archived PDF with a signature added behind its bytes; that it was made is put into the audit chain.

        Takes about a second: not on the GUI thread. Raises UserFacingError for a draft, a wrong passphrase, an expired
        or unfit certificate, and where the part of the program that signs is not installed.
        """
        from desktop.letters.paper.signature import sign_pdf

        pdf = self._issued(case_id, letter_id)
        now = self.desk.clock.now()
        signed = sign_pdf(pdf, certificate, passphrase, reason=reason.strip(), now=now)
        if not self.desk.store.is_read_only:
            self.desk.store.record("letter_signed_copy", "Signed copy of the letter made", case_id=case_id)
        return signed

    def _issued(self, case_id: str, letter_id: str | None) -> bytes:
        with self.desk.store.read() as reader:
            letter = self.desk.read(reader, case_id, letter_id).letter
            if letter.state is not LetterState.ISSUED:
                raise UserFacingError(
                    "This letter is a draft: only an issued letter can be signed.",
                    safe="Nothing was changed, and no signed copy was made.",
                    todo="Issue the letter first.",
                )
            return reader.letters.pdf(letter.pdf_sha256)


def read_certificate(path: Path) -> bytes:
    """The bytes of a certificate file. Raises UserFacingError when it cannot be read or is too large to be one."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or "no reason given"
        raise UserFacingError(
            f"The certificate file {path.name} cannot be read: {why}.",
            safe="Nothing was changed, and no signed copy was made.",
            todo="Choose the .p12 or .pfx file that your certificate was exported to.",
        ) from error
    if len(content) > _MOST_BYTES:
        raise UserFacingError(
            f"The file {path.name} is too large to be a certificate.",
            safe="Nothing was changed, and no signed copy was made.",
            todo="Choose the .p12 or .pfx file that your certificate was exported to.",
        )
    return content
