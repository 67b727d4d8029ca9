"""Which criteria sets a service line of a case asks for, and how the chosen ones fit; it must not choose any itself."""

from __future__ import annotations

from desktop.domain.case import Case
from desktop.domain.clinical import affirmed_findings
from desktop.domain.service_line import ServiceLine
from desktop.rules.loader import Library
from desktop.rules.match import Match, RankedSet, Request, match, rank_sets


def request_of(case: Case, line: ServiceLine, words: str = "") -> Request:
    """What a line asks for. `words` are looked for in the place of its own, which name label, side, levels and device.

    A line that names nothing yet is read from the review question, the one place that may say more.
    """
    side = line.laterality.value if line.sides else ""
    own = " ".join(part for part in (side, line.label, *line.levels, line.device) if part)
    has_name = bool(line.label or line.code)
    findings = (finding.kind for finding in affirmed_findings(case.imaging, line.levels))
    return Request(
        text=words.strip() or (own if has_name else case.review_question),
        codes=() if words.strip() or not line.code else (line.code,),
        diagnoses=tuple(diagnosis.code for diagnosis in case.diagnoses if diagnosis.code),
        payer=case.coverage.payer,
        service_on=line.service_on,
        findings=tuple(dict.fromkeys(findings)),
    )


def matches_for(library: Library, case: Case, line: ServiceLine, words: str = "") -> tuple[Match, ...]:
    """The families of sets that a line asks for, best first; see `request_of` for `words`."""
    return match(library, request_of(case, line, words))


def chosen_for(library: Library, case: Case, line: ServiceLine) -> tuple[RankedSet, ...]:
    """The sets that a line is held against, in its own order, each with what speaks against it for this line."""
    request = request_of(case, line)
    found: list[RankedSet] = []
    for set_id in line.criteria_set_ids:
        if (chosen := library.get(set_id)) is None:
            continue
        # With its whole family, because another edition of it may be the one in force.
        family = [item for item in library.sets if item.family == chosen.family]
        found += [item for item in rank_sets(family, request) if item.criteria_set.id == set_id]
    return tuple(found)
