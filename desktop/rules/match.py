"""Chooses criteria sets for a request by its words, codes, diagnoses, payer and day of service, best first and why.

It is a pure function of the library and the request: no clock, no store. It must not evaluate a set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import CriteriaSet
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value
from desktop.rules.loader import Library
from desktop.rules.match_family import Family, families_of
from desktop.rules.match_findings import FAILED_CONSTRUCT, TextFinding, findings_in, hardware_failure_in
from desktop.rules.match_lexicon import PUT_BACK, REDO_CODES
from desktop.rules.match_mentions import Mention, Name, Standing, find_mentions, mentions_of_words
from desktop.rules.match_ranking import Circumstances, RankedSet, SetWarning, WarningKind, rank_for
from desktop.rules.match_words import Words, are_compatible, read_words, spelt

__all__ = ["CUT", "Match", "RankedSet", "Request", "SetWarning", "WarningKind", "match", "rank_sets"]

CUT = 0.5
"""What scores less is not listed, unless nothing at all scores more."""
_NAMED, _REDONE, _OWN_CODE, _SHARED_CODE, _ELSEWHERE, _DIAGNOSIS_ALONE = 0.8, 0.75, 0.85, 0.6, 0.55, 0.3
_CODE_BONUS, _DIAGNOSIS_BONUS = 0.15, 0.04
_REDO_WORDS = frozenset({"revision", "repeat", "refusion"})


class Request(Value):
    """What is asked for, as far as it is known."""

    text: Text = ""
    """The request in its own words."""
    codes: tuple[Text, ...] = ()
    diagnoses: tuple[Text, ...] = ()
    payer: Text = ""
    service_on: date | None = None
    findings: tuple[FindingKind, ...] = ()
    """What imaging affirms; findings that the text affirms are read from it as well."""


class Match(Value):
    """A family of sets that a request asks for."""

    family: Identifier
    score: float
    """0 to 1; for putting families in order, not a probability."""
    why: tuple[Text, ...]
    sets: tuple[RankedSet, ...]
    """Best first."""

    @property
    def warnings(self) -> tuple[SetWarning, ...]:
        """Every warning on its sets, each once."""
        return tuple(dict.fromkeys(warning for item in self.sets for warning in item.warnings))


def match(library: Library, request: Request) -> tuple[Match, ...]:
    """The families that a request asks for, best first; none when none is for it.

    Where neither words nor codes tell, families that name a diagnosis of the request are listed with a low score.
    """
    reading = _Reading.of(families_of(library.sets), request)
    found = [_Candidate.of(family, reading) for family in reading.families]
    listed = [item for item in found if item.score >= CUT]
    listed = listed or [item for item in found if item.score > 0]
    ordered = sorted(listed, key=lambda item: (-item.score, item.place, item.family.id))
    matches = [
        Match(
            family=item.family.id,
            score=round(item.score, 2),
            why=item.why,
            sets=rank_for(item.family.sets, reading.circumstances(item.regions)),
        )
        for item in ordered
    ]
    return _usable_first(matches)


def _usable_first(matches: Sequence[Match]) -> tuple[Match, ...]:
    """A family of which every set is for something else never stands, nor scores, before one with a set to use."""
    usable = [item for item in matches if not _has_only_others(item)]
    lowest = min((item.score for item in usable), default=1.0)
    others = [
        item.model_copy(update={"score": min(item.score, lowest)})
        for item in matches
        if _has_only_others(item)
    ]
    return (*usable, *others)


def _has_only_others(match: Match) -> bool:
    return all(item.is_for_another for item in match.sets if item.is_in_force)


def rank_sets(sets: Sequence[CriteriaSet], request: Request) -> tuple[RankedSet, ...]:
    """Sets of one family in the order in which a request would try them."""
    reading = _Reading.of(families_of(sets), request)
    return rank_for(sets, reading.circumstances(frozenset()))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A request as read once for all families."""

    request: Request
    families: tuple[Family, ...]
    words: Words
    mentions: tuple[Mention, ...]
    codes: frozenset[str]
    diagnoses: frozenset[str]
    told: tuple[TextFinding, ...]
    """Findings that the text affirms."""

    @staticmethod
    def of(families: tuple[Family, ...], request: Request) -> _Reading:
        names = [Name(family.id, term, family.regions) for family in families for term in family.terms]
        words = spelt(read_words(request.text), frozenset(word for name in names for word in name.term.core))
        known = frozenset(code for family in families for code in family.codes)
        given = {code.strip().upper() for code in request.codes} - {""}
        return _Reading(
            request=request,
            families=families,
            words=words,
            mentions=find_mentions(words, names),
            # Five digits in a text may be anything; a code that was given as one is a code.
            codes=frozenset(given | (set(words.codes) & known)),
            diagnoses=frozenset({_dotted(code) for code in request.diagnoses} | set(words.diagnoses)),
            told=findings_in(words),
        )

    def requested(self, family: Family) -> list[Mention]:
        """Where a family's service is asked for, by an approach that it is for."""
        return [
            item
            for item in self.mentions
            if item.family == family.id and item.standing is Standing.REQUESTED and self._fits(family, item)
        ]

    def _fits(self, family: Family, item: Mention) -> bool:
        others = {"anterior": "posterior", "posterior": "anterior"}
        near = {token.word for token in self.words.tokens[max(0, item.first - 2) : item.last + 1]}
        return not (family.approach and others[family.approach] in near and family.approach not in near)

    def quote(self, item: Mention) -> str:
        """The words of the request that name a service, with the level that stands next to them."""
        tokens = self.words.tokens
        first, last = item.first, item.last
        if first and tokens[first - 1].regions and tokens[first - 1].clause == tokens[first].clause:
            first -= 1
        for place in range(last + 1, min(last + 3, len(tokens))):
            if tokens[place].regions and tokens[place].clause == tokens[last].clause:
                last = place
        return self.words.text[tokens[first].start : tokens[last].end]

    def circumstances(self, regions: frozenset[str]) -> Circumstances:
        """What decides between the sets of a family that is asked for at these places."""
        findings = dict.fromkeys((*self.request.findings, *(item.kind for item in self.told)))
        return Circumstances(
            payer=self.request.payer,
            service_on=self.request.service_on,
            codes=self.codes,
            regions=regions,
            findings=tuple(findings),
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A family with what speaks for it."""

    family: Family
    score: float
    why: tuple[str, ...]
    place: int
    """Where the request names it first; what is not named comes last."""
    regions: frozenset[str]

    @staticmethod
    def of(family: Family, reading: _Reading) -> _Candidate:
        mentions = reading.requested(family)
        score, why = 0.0, list[str]()
        if mentions:
            score = _NAMED
            quotes = dict.fromkeys(reading.quote(item) for item in mentions)
            why.append(f"The request names it: {_quoted(tuple(quotes)[:3])}.")
        redone = "" if mentions else _redone(family, reading)
        if redone:
            score = _REDONE
            why.append(redone)
        codes = sorted(family.codes & reading.codes)
        by_code = _score_of_codes(family, reading, is_named=bool(why)) if codes else 0.0
        if by_code:
            score = min(1.0, score + _CODE_BONUS) if why else by_code
            why.append(f"{_plural('Code', codes)} among its codes.")
        diagnoses = sorted(family.diagnoses & reading.diagnoses)
        if diagnoses:
            score = min(1.0, score + _DIAGNOSIS_BONUS) if why else _DIAGNOSIS_ALONE
            alone = "" if why else " Nothing else in the request speaks for it."
            why.append(f"{_plural('Diagnosis', diagnoses)} among the diagnoses that it names.{alone}")
        regions = frozenset(region for item in mentions for region in item.regions)
        if not regions:
            regions = reading.words.regions - {"spine"}
        place = min((item.first for item in mentions), default=len(reading.words.tokens))
        return _Candidate(family, score, tuple(why), place, regions)


def _score_of_codes(family: Family, reading: _Reading, *, is_named: bool) -> float:
    """What a family's codes in the request are worth; nothing where another family that has them is meant."""
    if is_named:
        return _OWN_CODE
    places = reading.words.regions - {"spine"}
    if family.regions and places and not are_compatible(family.regions, places):
        return _ELSEWHERE
    shared = [code for code in family.codes & reading.codes if code not in REDO_CODES]
    own = [
        code
        for code in family.codes & reading.codes
        if not any(code in other.codes for other in reading.families if other.id != family.id)
    ]
    if own:
        return _OWN_CODE
    rivals = [
        other
        for other in reading.families
        if other.id != family.id and other.codes & set(shared) and reading.requested(other)
    ]
    return 0.0 if rivals and len(shared) == len(family.codes & reading.codes) else _SHARED_CODE


def _redone(family: Family, reading: _Reading) -> str:
    """Why a family that does something once more is asked for although its name is not said; empty when it is not."""
    if not family.redoes:
        return ""
    services = [
        item
        for item in mentions_of_words(reading.words, family.redoes)
        if not item.regions or are_compatible(family.regions, item.regions)
    ]
    others = [
        item for other in reading.families for item in reading.requested(other) if other.id != family.id
    ]
    puts_back = any(_puts_back(item, family) for item in others)
    if not services and not puts_back and not reading.codes & REDO_CODES:
        return ""
    signs = _signs_of_failure(reading)
    is_asked = any(item.standing is Standing.REQUESTED for item in services)
    again = _said_again(reading, services) if is_asked else ""
    was_done = any(item.standing is Standing.HISTORY for item in services)
    name = " or ".join(sorted(family.redoes))
    if signs and (is_asked or puts_back or (was_done and not others)):
        return f"An earlier {name} did not hold: {_quoted(signs)}."
    if again:
        return f"The {name} is asked for once more: {_quoted((again,))}."
    if reading.codes & REDO_CODES and family.codes & REDO_CODES and (is_asked or puts_back):
        return f"The request puts an earlier {name} right."
    return ""


def _puts_back(item: Mention, family: Family) -> bool:
    """Whether a request puts an implant right at a place that a family is for."""
    words = set(item.term.core)
    is_implant = bool(words & PUT_BACK) and bool(words & {"hardware", "reinstrumentation"})
    return is_implant and (not item.regions or are_compatible(family.regions, item.regions))


def _signs_of_failure(reading: _Reading) -> tuple[str, ...]:
    failed = [item for item in reading.told if item.kind in FAILED_CONSTRUCT]
    unspecific = hardware_failure_in(reading.words)
    failed += [unspecific] if unspecific is not None else []
    told = [reading.words.text[item.start : item.end] for item in failed]
    recorded = [kind.label.lower() for kind in reading.request.findings if kind in FAILED_CONSTRUCT]
    return tuple(dict.fromkeys((*told, *recorded)))


def _said_again(reading: _Reading, services: Sequence[Mention]) -> str:
    """The word that says so: in the clause of the service itself, or an exploration anywhere."""
    clauses = {reading.words.tokens[item.first].clause for item in services}
    for token in reading.words.tokens:
        if token.word == "exploration" or (token.word in _REDO_WORDS and token.clause in clauses):
            return reading.words.text[token.start : token.end]
    return ""


def _dotted(code: str) -> str:
    plain = code.strip().upper().replace(".", "")
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{' '.join(text.split())}”" for text in texts)


def _plural(word: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{word} {names[0]} is"
    plural = "Diagnoses" if word == "Diagnosis" else f"{word}s"
    return f"{plural} {', '.join(names)} are"
