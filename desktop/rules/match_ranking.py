"""Puts the sets of a family in the order in which a reviewer tries them, and says where one does not fit the case.

What is for something else comes last. Of the rest the payer's own publisher comes first, then the edition in force on
the day, then text that was read before what is reported, and the user's own sets last. It must not choose between
families.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.domain.clinical import Finding, FindingKind, ImagingStudy
from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.text import Text
from desktop.domain.value import Value
from desktop.rules.editions import why_not_in_force
from desktop.rules.match_family import names_of
from desktop.rules.match_lexicon import words_set
from desktop.rules.match_words import are_compatible, term_of
from desktop.rules.silence import silence_of

_NAME = re.compile(r"[a-z0-9]+")
_NO_NAMES = words_set(
    "health healthcare plan plans insurance inc of the company medical care life group advantage hmo ppo and "
    "reported clinical policy bulletin guideline local coverage determination determinations indicated"
)
_SHARED_NAMES = frozenset({"blue", "cross", "shield"})
_HALF = 0.5
_PROOFS = {"T": 0, "O": 1, "S": 2, "H": 3, "U": 4}
_CODES_SHOWN = 6


class WarningKind(Enum):
    """Why a set may not fit. The first two are also arguments in an appeal."""

    SILENT = "silent"
    """Its stated indications do not cover what is found."""
    WRONG_SET = "wrong set"
    """It is for something else."""
    NOT_IN_FORCE = "not in force"


class SetWarning(Value):
    """A warning on a set, with the sentence that says why."""

    kind: WarningKind
    sentence: Text


class RankedSet(Value):
    """A set in its place, with what speaks against it."""

    criteria_set: CriteriaSet
    is_in_force: bool
    """Whether it is the edition for the day of the service; without a day, whether it is the newest."""
    warnings: tuple[SetWarning, ...] = ()

    @property
    def is_for_another(self) -> bool:
        """Whether it is for something else than what is asked for."""
        return any(warning.kind is WarningKind.WRONG_SET for warning in self.warnings)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of a request decides between the sets of a family."""

    payer: str = ""
    service_on: date | None = None
    codes: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    """The part of the body that the service is requested for; empty when it is not known."""
    findings: tuple[FindingKind, ...] = ()


def rank_for(sets: Sequence[CriteriaSet], facts: Circumstances) -> tuple[RankedSet, ...]:
    """The sets of one family, best first, with their warnings."""
    ranked = [_ranked(item, sets, facts) for item in sets]
    return tuple(sorted(ranked, key=lambda item: _order(item, facts.payer)))


def _ranked(item: CriteriaSet, family: Sequence[CriteriaSet], facts: Circumstances) -> RankedSet:
    not_in_force = why_not_in_force(item, facts.service_on, family)
    warnings = [_warning(WarningKind.NOT_IN_FORCE, not_in_force)] if not_in_force else []
    warnings += [_warning(WarningKind.WRONG_SET, said) for said in _wrong(item, facts)]
    findings = tuple(Finding(id=f"finding-{number}", kind=kind) for number, kind in enumerate(facts.findings))
    is_silent, reason = silence_of(item, (ImagingStudy(id="request", findings=findings),))
    if is_silent:
        warnings.append(_warning(WarningKind.SILENT, reason.replace("The imaging shows", "The case shows")))
    return RankedSet(criteria_set=item, is_in_force=not not_in_force, warnings=tuple(warnings))


def _warning(kind: WarningKind, sentence: str) -> SetWarning:
    return SetWarning(kind=kind, sentence=sentence)


def _wrong(item: CriteriaSet, facts: Circumstances) -> list[str]:
    said: list[str] = []
    own = {code.upper() for code in item.codes}
    if own and facts.codes and not own & facts.codes:
        shown = ", ".join(item.codes[:_CODES_SHOWN]) + (" and others" if len(own) > _CODES_SHOWN else "")
        said.append(f"It is for other codes ({shown}); {', '.join(sorted(facts.codes))} is not among them.")
    regions = frozenset(region for name in names_of(item) for region in term_of(name).regions)
    if regions and facts.regions and not are_compatible(regions, facts.regions):
        said.append(f"It is for {_listed(regions)}; the request speaks of {_listed(facts.regions)}.")
    return said


def _listed(regions: frozenset[str]) -> str:
    return ", ".join(sorted(regions))


def _order(item: RankedSet, payer: str) -> tuple[bool, float, bool, float, bool, int, str]:
    found = item.criteria_set
    begins = found.effective_from.toordinal() if found.effective_from else 0
    is_own = found.licence is not LicenceClass.PUBLIC
    return (
        item.is_for_another,
        -payer_share(payer, found.publisher),
        not item.is_in_force,
        _proof(found),
        is_own,
        -begins,
        found.id,
    )


def payer_share(payer: str, publisher: str) -> float:
    """How much of a payer's name stands in a publisher's, 0 to 1; less than half counts as nothing."""
    wanted, there = _names(payer), _names(publisher)
    share = len(wanted & there) / len(wanted) if wanted else 0.0
    return share if share >= _HALF else 0.0


def _names(text: str) -> frozenset[str]:
    names = frozenset(_NAME.findall(text.casefold())) - _NO_NAMES
    if {"medicare", "cms"} & names:
        # One payer under two names counts once: beside another it is half of who pays.
        names = names - {"cms"} | {"medicare"}
    return names - _SHARED_NAMES or names


def _proof(item: CriteriaSet) -> float:
    """The mean standing of its rules: 0 when the text of all was read, 2 when all are reported, 4 when typed in."""
    proofs = [_PROOFS[leaf.source.proof] for leaf in item.criteria()]
    return sum(proofs) / len(proofs)
