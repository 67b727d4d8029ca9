"""Whether a set speaks at all of what the imaging shows where a line is asked for; not whether the set is right."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.clinical import FindingKind, ImagingStudy, affirmed_findings
from desktop.domain.criteria import CriteriaSet
from desktop.domain.text import listed

# A solid fusion asks for no operation, and "other" is a finding whose kind nobody named: neither can be left uncovered.
_NOT_AN_INDICATION = frozenset({FindingKind.SOLID_FUSION, FindingKind.OTHER})


def silence_of(
    criteria_set: CriteriaSet, imaging: Sequence[ImagingStudy], levels: Sequence[str] = ()
) -> tuple[bool, str]:
    """Whether the set covers none of the affirmed findings, and a sentence naming findings and indications.

    `levels` are those of the line: what is found elsewhere is not asked of this set. A finding without a level counts
    for every line, and a line without levels for every finding. Not silent when set or imaging says too little to tell.
    """
    if not criteria_set.covers and not criteria_set.indications:
        return False, "The set does not say which indications it covers, so its silence cannot be judged."
    found = _affirmed(imaging, levels)
    if not found:
        where = " at the levels of this line" if levels and _affirmed(imaging, ()) else ""
        return (
            False,
            f"No affirmed imaging finding is recorded{where}, so it cannot be said that the set is silent on one.",
        )
    covered = [kind for kind in found if kind in criteria_set.covers]
    shown = "; ".join(_place(kind, levels) for kind, levels in found.items())
    stated = "; ".join(criteria_set.indications) or ", ".join(_words(kind) for kind in criteria_set.covers)
    if not covered:
        return (
            True,
            f"The imaging shows {shown}. The set's stated indications ({stated}) include none of these.",
        )
    rest = [_words(kind) for kind in found if kind not in criteria_set.covers]
    remark = f" It does not speak of {listed(rest)}." if rest else ""
    return False, f"The set covers {listed([_words(kind) for kind in covered])}.{remark}"


def _affirmed(imaging: Sequence[ImagingStudy], asked: Sequence[str]) -> dict[FindingKind, tuple[str, ...]]:
    """Affirmed findings in the order first reported, each with the levels it was reported at; only those asked for."""
    found: dict[FindingKind, dict[str, None]] = {}
    for finding in affirmed_findings(imaging, asked):
        if finding.kind not in _NOT_AN_INDICATION:
            found.setdefault(finding.kind, {}).update({finding.level: None} if finding.level else {})
    return {kind: tuple(levels) for kind, levels in found.items()}


def _place(kind: FindingKind, levels: tuple[str, ...]) -> str:
    return f"{_words(kind)} ({', '.join(levels)})" if levels else _words(kind)


def _words(kind: FindingKind) -> str:
    return kind.label.lower()
