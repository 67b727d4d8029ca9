"""Reads from a request's words which findings it affirms, only to choose sets by; nothing here becomes evidence.

It must not stand in for reading the record: a finding that is not recognised is simply not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.clinical import FindingKind
from desktop.rules.match_lexicon import NOT_NEGATED, STOP, words_set
from desktop.rules.match_words import Token, Words

_ANY = tuple[frozenset[str], ...]


def _words(*groups: str) -> _ANY:
    return tuple(frozenset(group.split()) for group in groups)


_HARDWARE = "hardware cage implant plate"
_SIGNS: tuple[tuple[FindingKind, _ANY], ...] = (
    (FindingKind.LOOSENING, _words(_HARDWARE, "loose loosening loosened lucency lucencie halo")),
    (FindingKind.LOOSENING, _words("loosening")),
    (FindingKind.HARDWARE_FRACTURE, _words(_HARDWARE, "broken broke fracture fractured breakage")),
    (
        FindingKind.HARDWARE_DISPLACEMENT,
        _words(_HARDWARE, "backed displaced dislodged migrated migration dislocated disconnected pullout"),
    ),
    (FindingKind.NONUNION, _words("nonunion")),
    (FindingKind.NONUNION, _words("failed", "fusion")),
    (FindingKind.SOLID_FUSION, _words("solid", "fusion nonunion")),
    (FindingKind.STENOSIS, _words("stenosis")),
    (FindingKind.INSTABILITY, _words("instability unstable")),
    (FindingKind.DISC_HERNIATION, _words("herniation herniated extrusion extruded protrusion hnp")),
    (FindingKind.DISC_HERNIATION, _words("disc", "displacement displaced")),
    (FindingKind.SPONDYLOLISTHESIS, _words("spondylolisthesis anterolisthesis listhesis retrolisthesis")),
    (FindingKind.CORD_COMPRESSION, _words("cord", "compression compressed")),
    (FindingKind.SCOLIOSIS, _words("scoliosis scoliotic")),
    (FindingKind.VERTEBRAL_FRACTURE, _words("compression", "fracture")),
    (FindingKind.OSTEOARTHRITIS, _words("osteoarthritis gonarthrosis coxarthrosis")),
    (FindingKind.OSTEONECROSIS, _words("osteonecrosis")),
    (FindingKind.OSTEONECROSIS, _words("avascular", "necrosis")),
    (FindingKind.ROTATOR_CUFF_TEAR, _words("cuff", "tear tearing torn")),
)
_NEAR = 4
_APART = words_set("after before for because due from despite")
_NEGATING = words_set("no not without denies denied absent neither nor never")
_NEGATED_BEHIND = words_set("not absent excluded resolved healed")
_DOUBTED = frozenset({"rule", "possible", "suspected", "exclude", "question"})
_FAR_BEHIND = 4
_HARDWARE_FAILED = words_set("hardware implant")
_FAILING = words_set("failed failure failing")

FAILED_CONSTRUCT = frozenset(
    {
        FindingKind.LOOSENING,
        FindingKind.HARDWARE_FRACTURE,
        FindingKind.HARDWARE_DISPLACEMENT,
        FindingKind.NONUNION,
    }
)
"""Findings that say that an earlier construct did not hold."""


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A finding that the words affirm, and where."""

    kind: FindingKind
    start: int
    end: int


def findings_in(words: Words) -> tuple[TextFinding, ...]:
    """The findings that a request affirms, each kind once; negated and doubted ones are left out."""
    found: dict[FindingKind, TextFinding] = {}
    for kind, groups in _SIGNS:
        for places in _occurrences(words.tokens, groups):
            if kind not in found and not _is_denied(words.tokens, places):
                start = min(words.tokens[place].start for place in places)
                end = max(words.tokens[place].end for place in places)
                found[kind] = TextFinding(kind, start, end)
    return tuple(found.values())


def hardware_failure_in(words: Words) -> TextFinding | None:
    """Where the words say that hardware failed without saying how; None when they do not."""
    for places in _occurrences(words.tokens, (_HARDWARE_FAILED, _FAILING)):
        if not _is_denied(words.tokens, places):
            first, last = min(places), max(places)
            return TextFinding(FindingKind.OTHER, words.tokens[first].start, words.tokens[last].end)
    return None


def _occurrences(tokens: tuple[Token, ...], groups: _ANY) -> Iterator[tuple[int, ...]]:
    for place, token in enumerate(tokens):
        if token.word not in groups[0]:
            continue
        places = [place]
        for group in groups[1:]:
            near = [
                other
                for other in range(max(0, place - _NEAR), min(len(tokens), place + _NEAR + 1))
                if tokens[other].word in group and _are_together(tokens, place, other)
            ]
            if near:
                places.append(min(near, key=lambda other: abs(other - place)))
        if len(places) == len(groups):
            yield tuple(places)


def _are_together(tokens: tuple[Token, ...], one: int, other: int) -> bool:
    between = tokens[min(one, other) : max(one, other) + 1]
    return between[0].clause == between[-1].clause and not any(token.word in _APART for token in between)


def _is_denied(tokens: tuple[Token, ...], places: tuple[int, ...]) -> bool:
    first, last = min(places), max(places)
    clause = tokens[first].clause
    before = [token.word for token in tokens[:first] if token.clause == clause]
    for at in range(len(before) - 1, -1, -1):
        word, between = before[at], set(before[at + 1 :])
        if word in _NEGATING and not between & NOT_NEGATED:
            # "not" before a verb of another thought (`not met for stenosis`) does not reach what comes later.
            return word != "not" or len(between - STOP) <= 2
        if word in _DOUBTED:
            return True
    behind = [token.word for token in tokens[last + 1 : last + 1 + _FAR_BEHIND] if token.clause == clause]
    return bool(set(behind) & _NEGATED_BEHIND) or behind[:2] == ["ruled", "out"]
