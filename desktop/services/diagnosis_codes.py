"""The ICD-10-CM look-up as the screens use it, loaded only when first asked for."""

from __future__ import annotations


class DiagnosisCodes:
    """Search and check of ICD-10-CM codes, offline. Call it off the GUI thread: the first use loads the table."""

    def search(self, query: str, limit: int = 20) -> tuple[tuple[str, str], ...]:
        """Codes and titles that match a code prefix or words, best first."""
        from desktop.intake import icd10

        return tuple(icd10.search(query, limit))

    def title(self, code: str) -> str | None:
        """The official title of a code, or None when there is no such code."""
        from desktop.intake import icd10

        return icd10.title(code)
