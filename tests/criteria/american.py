"""British spellings in a text, with what Americans write instead; it must not know where a text comes from.

A word counts as British when the American dictionary does not know it and knows what it becomes by the usual changes
(`-our` to `-or`, `haem-` to `hem-`). What that dictionary takes although no American writes it is listed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from desktop.letters.spelling import english
from desktop.settings.paths import resources_dir

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")

_CHANGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"our", "or"),
        (r"ae", "e"),
        (r"oe", "e"),
        (r"is(e|es|ed|er|ers|ing|ation|ations|ational|able)$", r"iz\1"),
        (r"ys(e|es|ed|er|ers|ing)$", r"yz\1"),
        (r"re(s|d)?$", r"er\1"),
        (r"red$", "ered"),
        (r"ring$", "ering"),
        (r"tre", "ter"),
        (r"ll(ed|er|ers|ing|ings|or|ors|ation|ery)$", r"l\1"),
        (r"([^l])l(s|ment|ments)?$", r"\1ll\2"),
        (r"ogue(s|d)?$", r"og\1"),
        (r"ence(s|d)?$", r"ense\1"),
        (r"mme(s|d)?$", r"m\1"),
        (r"dgement", "dgment"),
        (r"artefact", "artifact"),
        (r"xion", "ction"),
        (r"sulph", "sulf"),
        (r"leuco", "leuko"),
        (r"sceptic", "skeptic"),
        (r"eable$", "able"),
        (r"plough", "plow"),
        (r"mould", "mold"),
        (r"inium$", "inum"),
        (r"tyre", "tire"),
    )
)

TAKEN_BY_THE_DICTIONARY = {
    "acknowledgement": "acknowledgment",
    "afterwards": "afterward",
    "ageing": "aging",
    "amidst": "amid",
    "amongst": "among",
    "analogue": "analog",
    "backwards": "backward",
    "burnt": "burned",
    "cancelled": "canceled",
    "cancelling": "canceling",
    "catalogue": "catalog",
    "catalogued": "cataloged",
    "cheque": "check",
    "dreamt": "dreamed",
    "enquire": "inquire",
    "enquiry": "inquiry",
    "enrol": "enroll",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "greyed": "grayed",
    "grey": "gray",
    "instalment": "installment",
    "judgement": "judgment",
    "labelled": "labeled",
    "labelling": "labeling",
    "leant": "leaned",
    "leapt": "leaped",
    "learnt": "learned",
    "licence": "license",
    "metre": "meter",
    "modelled": "modeled",
    "modelling": "modeling",
    "moulded": "molded",
    "neurone": "neuron",
    "orientated": "oriented",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "programme": "program",
    "sceptical": "skeptical",
    "signalled": "signaled",
    "skilful": "skillful",
    "spelt": "spelled",
    "spoilt": "spoiled",
    "theatre": "theater",
    "towards": "toward",
    "travelled": "traveled",
    "upwards": "upward",
    "whilst": "while",
    "wilful": "willful",
}
"""Words that the American dictionary takes, or may take in its next edition, and what is written here."""

_PHRASES = {re.compile(r"\bper\s+cent\b", re.IGNORECASE): "percent"}

NAMES = frozenset({"aetna", "jour", "orthopaedic", "orthopaedics"})
"""The insurer; the code of a journal in a RIS file; the bodies that spell themselves so (see `british_words`)."""
_BODIES = re.compile(r"\b(?:Academy|Board|Association|Journal|Archives) of Orthopaedics?\b")


def british_words(text: str) -> Iterator[tuple[str, str]]:
    """Each British word of the text with the American one; `orthopaedic` only outside the name of a body."""
    prose = _ADDRESS.sub(" ", text)
    for phrase, american in _PHRASES.items():
        if found := phrase.search(prose):
            yield found.group(), american
    for word in _WORD.findall(prose):
        plain = word.replace("’", "'").removesuffix("'s")
        if american := american_of(plain.lower()):
            yield word, american
    if "orthopaedic" in _BODIES.sub(" ", prose).lower():
        yield "orthopaedic", "orthopedic"


@cache
def american_of(word: str) -> str:
    """What Americans write for a lower-case word, or nothing where it is their own (or nobody's)."""
    if word in TAKEN_BY_THE_DICTIONARY:
        return TAKEN_BY_THE_DICTIONARY[word]
    if word.endswith("s") and word[:-1] in TAKEN_BY_THE_DICTIONARY:
        return f"{TAKEN_BY_THE_DICTIONARY[word[:-1]]}s"
    if word in NAMES or len(word) < 4 or _is_english(word):
        return ""
    for candidate in _candidates(word):
        if _is_english(candidate) or candidate in _medical():
            return candidate
    return ""


def _candidates(word: str) -> Iterator[str]:
    """The word after one change, then after two (`anaesthetised`)."""
    once = [pattern.sub(american, word) for pattern, american in _CHANGES if pattern.search(word)]
    yield from (found for found in once if found != word)
    for found in once:
        yield from (pattern.sub(american, found) for pattern, american in _CHANGES if pattern.search(found))


def _is_english(word: str) -> bool:
    return english().spell(word)


@lru_cache(maxsize=1)
def _medical() -> frozenset[str]:
    words = (resources_dir() / "dictionaries" / "medical.txt").read_text("utf-8").split()
    return frozenset(word.lower() for word in words)
