"""Words that weaken a letter: threats, outrage, absolutes; a closed list, each with its reason. It forbids none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_THREAT = "a threat; what the plan may be asked for stands under Requests"
_JUDGES = "judges the plan; the facts do that better"
_ABSOLUTE = "claims more than a record can show"
_CERTAIN = "says that it is plain instead of showing it"

_WORDS: tuple[tuple[str, str], ...] = (
    (r"bad faith", _THREAT),
    (r"lawsuits?|litigat\w+|(?:will|shall|going to) sue|see you in court|legal action", _THREAT),
    (r"(?:will|shall) (?:be )?(?:report(?:ed|ing)?|complain\w*) (?:you |this |it )?to", _THREAT),
    (r"hold you (?:personally )?(?:liable|responsible)", _THREAT),
    (r"outrageous|egregious|shameful|disgraceful|appalling|shocking|scandalous", _JUDGES),
    (r"ridiculous|absurd|ludicrous|laughable|nonsens\w+|senseless", _JUDGES),
    (r"unconscionable|callous|heartless|cruel|inhumane|negligent", _JUDGES),
    (r"incompeten\w+|ignoran\w+|careless\w*|lazy", _JUDGES),
    (
        r"undoubtedly|without (?:a |any )?doubt|unquestionabl[ey]|undeniabl[ey]|indisputabl[ey]|irrefutabl[ey]",
        _ABSOLUTE,
    ),
    (r"guarantee[ds]?|100 ?(?:%|percent) (?:certain|sure|effective)|will certainly|is certain to", _ABSOLUTE),
    (r"(?:any|no|every) reasonable (?:physician|doctor|surgeon|person|reviewer)", _ABSOLUTE),
    (r"the only (?:possible )?(?:option|choice|solution)", _ABSOLUTE),
    (r"obviously|of course|needless to say|it goes without saying|blatant(?:ly)?", _CERTAIN),
    (r"desperate(?:ly)?|begging|beg you|implore|plead with", "asks for pity; the record has what persuades"),
)
_TONE = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<t{number}>{words})" for number, (words, _) in enumerate(_WORDS))
    + r")\b|(?P<shout>!+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tone:
    """Words of a text that would be better left out, and why."""

    start: int
    end: int
    words: str
    why: str


def tone_of(text: str) -> Iterator[Tone]:
    """Every place of a text where the tone slips; words in quotation marks are those of others."""
    for match in _TONE.finditer(text):
        if _is_quoted(text, match.start()):
            continue
        if match["shout"]:
            yield Tone(match.start(), match.end(), match.group(), "shouts")
            continue
        number = int((match.lastgroup or "t0")[1:])
        yield Tone(match.start(), match.end(), match.group(), _WORDS[number][1])


def _is_quoted(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
