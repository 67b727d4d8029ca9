"""Says in words when a claim may be offered, and what of this record it was offered for; pure, and without a widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.case import Case
from desktop.domain.clinical import Assertion, FindingKind
from desktop.domain.topic import Condition, CriterionCondition, TopicClaim
from desktop.domain.topic_offer import OfferedClaim
from desktop.letters.wording import amount_text, listed

_SAID = {
    Assertion.AFFIRMED: "is reported",
    Assertion.NEGATED: "is reported absent",
    Assertion.UNCERTAIN: "is left open",
}


def condition_words(claim: TopicClaim) -> tuple[str, ...]:
    """One sentence for each condition; none where the claim is offered wherever its topic applies."""
    return tuple(f"{'; and '.join(parts)}." for item in claim.when if (parts := list(_parts(item))))


def ground_words(offer: OfferedClaim, case: Case) -> tuple[str, ...]:
    """The findings and facts of the record behind an offer, each with its words and where it stands."""
    findings = [path for ground in offer.findings for path in ground.paths]
    facts = [path for ground in offer.facts for path in ground.paths]
    return (*_findings(case, findings), *_facts(case, facts))


def _parts(condition: Condition) -> Iterator[str]:
    if condition.findings:
        words = [f"{_finding(item.kind)} {_SAID[item.assertion]}" for item in condition.findings]
        yield f"{_or(words)} where the service is asked for"
    if condition.facts:
        yield f"the record holds {_or(_lowered(item.label) for item in condition.facts)}"
    if condition.codes:
        yield f"the service is {_or(condition.codes)}"
    if condition.families:
        yield f"the criteria are for {_or(_plain(item) for item in condition.families)}"
    if condition.criteria:
        yield _or(_criterion(item) for item in condition.criteria)
    if condition.plans:
        yield f"the plan is {_or(item.label for item in condition.plans)}"
    if condition.denials:
        yield f"the denial is for {_or(_lowered(item.label) for item in condition.denials)}"


def _criterion(condition: CriterionCondition) -> str:
    return f"a criterion about {_plain(condition.topic)} is {condition.truth.verdict}"


def _finding(kind: FindingKind) -> str:
    return _lowered(kind.label)


def _findings(case: Case, paths: Iterable[str]) -> Iterator[str]:
    wanted = set(paths)
    for study in case.imaging:
        for finding in study.findings:
            if f"imaging.{study.id}.findings.{finding.id}" not in wanted:
                continue
            what = finding.label or finding.kind.label
            at = "" if finding.level is None or finding.level in what else f" at {finding.level}"
            words = f": “{finding.quote}”" if finding.quote else ""
            yield f"{what}{at}, {study.caption}{words}"


def _facts(case: Case, paths: Iterable[str]) -> Iterator[str]:
    wanted = set(paths)
    for fact in case.history.facts:
        if f"history.facts.{fact.id}" not in wanted:
            continue
        amount = "" if fact.amount is None else amount_text(fact.amount, fact.unit)
        day = fact.dated_on.isoformat() if fact.dated_on else ""
        # The text of a fact often states its figure already.
        parts = [fact.text or amount or fact.kind.label, day]
        yield f"{fact.kind.label}: {', '.join(part for part in parts if part)}"


def _or(words: Iterable[str]) -> str:
    return listed(tuple(words), "or")


def _plain(identifier: str) -> str:
    return identifier.replace("-", " ").replace("_", " ")


def _lowered(words: str) -> str:
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
