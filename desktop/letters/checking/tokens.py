"""Finds what of a text must be traced: dates, amounts, levels, sides, codes, identifiers; it judges none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache

from desktop.domain.vertebra import LevelError, parse_levels
from desktop.letters.checking.dates import dates_in
from desktop.letters.checking.vocabulary import NUMBER_WORDS, UNITS


class TokenKind(Enum):
    """What a token states; tokens are only ever held against others of their kind."""

    DATE = "date"
    AMOUNT = "number"
    LEVEL = "level"
    SIDE = "side"
    CODE = "code"
    IDENTIFIER = "identifier"
    NAME = "name"
    MARK = "reference"
    """A pointer inside the letter: an enclosure, a table, a row."""


@dataclass(frozen=True, slots=True)
class Token:
    """One statement of a text: its kind, the values it states (a range of levels states several), and where."""

    kind: TokenKind
    values: tuple[str, ...]
    start: int
    end: int
    text: str
    unit: str = ""

    @property
    def value(self) -> str:
        """The only value, or the first."""
        return self.values[0]


_CITATION = re.compile(r"\\?\[@[^\]]*\]?")
_MARK = re.compile(
    r"\b(?P<what>[Tt]ables?|[Rr]ows?|[Ee]ncl(?:osures?|s)?\.?|[Ee]xhibits?|[Pp]ages?|pp?\.|[Aa]ttachments?)\s+"
    r"(?P<which>(?:[A-Z]{1,2}(?:-?\d+)?|\d+(?:\.\d+)*)(?:(?:,\s|\sand\s|,\sand\s|\sto\s|[-–])"
    r"(?:[A-Z]{1,2}(?:-?\d+)?|\d+(?:\.\d+)*))*)(?![A-Za-z])"
)
_OF_TABLE = re.compile(r",?\s(?:of|in)\sTable\s(\d{1,3})(?![\w.]*\d)")
_TABLE_BEFORE = re.compile(r"\bTable\s(\d{1,3}),?\s\(?(?:in\s|at\s)?$")
"""A table named beside its rows: `row 5 of Table 1` and `Table 1, row 5` are row 1.5."""
_ADDRESS = re.compile(r"https?://\S+|\bdoi:\S+|\b[\w.]+@[\w.]+\w")
_LEVEL = re.compile(
    r"(?<![A-Za-z0-9-])(?:[CTLS]\d{1,2}(?:\s?[-/–—]\s?[CTLS]?\d{1,2}|[CTLS]\d{1,2}|\s(?:to|through|thru)\s(?:the\s)?[CTLS]\d{1,2})?"
    r"|[ctls]\d{1,2}\s?[-/–]\s?[ctls]?\d{1,2})(?![A-Za-z0-9/.]\d|[A-Za-z0-9])"
)
_LEVEL_TO = re.compile(r"\s?(?:[-/–—]|to|through|thru)\s?(?:the\s)?", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w-])(?:\+?1[-. ])?(?:\(\d{3}\)\s?|\d{3}[-. ])?\d{3}[-. ]\d{4}(?![\w-])")
_ICD = re.compile(r"(?<![\w.-])[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}(?![\w-])")
_CPT = re.compile(
    r"(?<![\w.,-])(?:\d{5}|\d{4}[TFU]|[A-CEGHJ-LQRSV]\d{4})(?:-(?:\d{2}|[A-Z]{2}))?(?![\w-]|,\d|\.\d)"
)
_CPT_RANGE = re.compile(r"(?<![\w.,-])(\d{5})\s?(?:[-–]|\sto\s|\sthrough\s)\s?(\d{5})(?![\w-])")
_IDENTIFIER = re.compile(
    r"(?<![\w-])(?:(?=[A-Za-z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)+|[A-Z]{1,6}\d{4,}|\d{6,}(?:-\d+)*|\d{2,4}-\d{3,})(?![\w])"
)
_ZIP = re.compile(r"(?<=\b[A-Z]{2}\s)\d{5}(?:-\d{4})?\b")
_LAW = re.compile(
    r"\b\d+\s+(?:CFR|C\.F\.R\.|U\.?S\.?C\.?)\s*(?:§+\s*)?\d+(?:\.\d+)?(?:-\d+)*(?:\([a-z0-9ivx]+\))*|§+\s*\d[\d.-]*(?:\([a-z0-9ivx]+\))*"
)
_UNIT = "|".join(re.escape(word) for word in sorted(UNITS, key=len, reverse=True))
_WORD_NUMBER = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_RATIO = re.compile(r"(?<![\w./-])(\d{1,3})\s?(?:/|\sof\s|\sout\sof\s)\s?(\d{1,3})(?![\w/]|\.\d)(?!\s?mm)")
_AMOUNT = re.compile(
    rf"(?<![\w.])(?P<number>[-−–]?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|(?:(?<![\w)])[-−])?\d+(?:\.\d+)?)"
    rf"(?:(?:st|nd|rd|th)\b)?"
    rf"(?P<gap>[\s-]?)(?P<unit>(?:{_UNIT})(?![A-Za-z]))?"
    rf"|(?<![\w-])(?P<word>{_WORD_NUMBER})(?=[\s-])",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"[\s-](?:(?!(?:over|of|in|on|for|to|at|and|or|the|with|from|by|than|per|a|his|her|until|after|before)\b)[a-z]+[\s-]){{0,3}}?(?P<unit>{_UNIT})(?![A-Za-z])",
    re.IGNORECASE,
)
_OLD = re.compile(r"[\s-]?(?:years?|yrs?|y)[\s-]?(?:/?old|/?o)\b|[\s-]years of age\b", re.IGNORECASE)
_COUNTS_PARTS = re.compile(
    r"\s(?:of\s)?(?:rows?|tables?|reasons?|criteria|criterion|enclosures?|pages?|requests?|ways?|documents?|"
    r"exhibits?|(?:dated\s|other\s)?(?:papers?|treatments?)|services?|lines?|copies|copy|waived|not\s(?:met|settled|documented))\b"
)
"""What a number of the letter's own parts counts: nothing that the record states."""
_NAMED_BEFORE = re.compile(r"[A-Z][a-z]+,\s$")
"""Behind a name and between commas a number is an age: `Ms. Sample, 68, has`."""
_IS_AGED = re.compile(r"\b(?:Mr|Ms|Mrs)\.? [A-Z][\w’'-]+(?: \([^()]*\))? is $")
_WAS_AGED = re.compile(
    r"\b(?:he|she|who|patient|member) (?:is|was|turned)(?: (?:still|only|then|now|just|already))? $",
    re.IGNORECASE,
)
_AGED_WHEN = re.compile(r"(?:,|\.$| (?:when|at the time|and (?:has|had|lives|works)|then|now)\b)")
"""`He was still 63 when the pain came back`: between a person and a time a number is an age."""
_GOES_ON_COUNTING = re.compile(r"\b(?:visits?|sessions?)\b[^.;]{0,60}\band\s$", re.IGNORECASE)
_OF_A_TIME = re.compile(r"\s(?:more|further|in|from|between|during)\b", re.IGNORECASE)
_GRADED_BEFORE = re.compile(
    r"\bKellgren[-– ]Lawrence(?:\s(?:grade|stage|score|index))*[\s:]+$", re.IGNORECASE
)
_RUNS_UP = re.compile(
    r"\s?(?:to|-|–)\s?\d+(?:\.\d+)?\s?(?P<unit>degrees?|°|mm|cm|%|percent)(?![A-Za-z])", re.IGNORECASE
)
"""The first of two numbers that share a unit: `from 10 to 95 degrees`."""
_OF = re.compile(r"\s(?:out\s)?of\s")
_OF_COUNTED = re.compile(r"(?:\s[a-z]+){0,2}?\s(?:out\s)?of\s", re.IGNORECASE)
_COUNT = re.compile(r"[0-9]{1,3}")
_COUNTED = frozenset({"visit", "day", "week", "month", "level"})
_SIDE = re.compile(
    r"(?<![\w-])(?:(?P<left>left)(?!-handed|\s(?:open|out|undecided|unanswered|as|to|behind|work|the|unsettled|a|it|him|her|me|over|him)\b)"
    r"|(?P<right>right)(?!s|-handed|\s(?:to|of\s(?:appeal|review|access)|away|now|before|after)\b)"
    r"|(?P<both>bilateral(?:ly)?|both(?=\s+(?:of\s+the\s+)?(?:\w+\s+)?(?:side|knee|hip|shoulder|leg|arm|feet|foot|hand|screw|pedicle))|(?<=the\s)both))(?!\w)",
    re.IGNORECASE,
)
_VERB_BEFORE = re.compile(
    r"\b(?:was|were|been|is|has|had|have|he|she|who|be|are|that|it|they|what|only)\s$", re.IGNORECASE
)
_BODY_BEHIND = re.compile(
    r"\s(?:arm|leg|knee|hip|shoulder|hand|foot|wrist|ankle|screw|side)\b", re.IGNORECASE
)
"""Behind `had left` a part of the body makes it a side: `has had left arm pain`."""
_LIST_MARK = re.compile(
    r"^\d{1,3}$|(?:^|\n)\s*\(?\d{1,2}[.)](?:\s|$)|(?<=\s)\(\d{1,2}\)\s(?=\w)|^\d{1,2}\.\d{1,2}(?:,\s\d{1,2}\.\d{1,2})*\s\s(?=\S)"
)
"""Numbers of a list, and the numbers at the head of a row of a table: they count, and state nothing."""


def numeral(text: str) -> str:
    """A number as it is compared: no grouping, no zeros that state nothing."""
    try:
        value = Decimal(text.replace(",", "").replace("−", "-").replace("–", "-"))
    except InvalidOperation:
        return text
    plain = format(value.normalize(), "f")
    return "0" if plain in ("-0", "0") else plain


_MAY_STATE = re.compile(
    rf"\d|\b(?:left|right|both|bilateral\w*|encl\w*|exhibits?|attachments?|{_WORD_NUMBER})\b", re.IGNORECASE
)
"""What a text must hold for any of the readers below to find something in it."""


@lru_cache(maxsize=4096)
def tokens_in(text: str) -> tuple[Token, ...]:
    """Every token of a text in the order written; citation marks and addresses state nothing."""
    if not _MAY_STATE.search(text):
        return ()
    found: list[Token] = []
    rest = _blanked(text, [(m.start(), m.end()) for m in _CITATION.finditer(text)])
    rest = _blanked(rest, [(m.start(), m.end()) for m in _ADDRESS.finditer(rest)])
    rest = _blanked(rest, [(m.start(), m.end()) for m in _LIST_MARK.finditer(rest)])
    for reader in (
        _dates,
        _laws,
        _marks,
        _zips,
        _phones,
        _levels,
        _icd,
        _ranges_of_codes,
        _codes,
        _identifiers,
        _amounts,
        _sides,
    ):
        new = list(reader(rest, text))
        found.extend(new)
        rest = _blanked(rest, [(token.start, token.end) for token in new])
    found.sort(key=lambda token: token.start)
    return tuple(found)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return text
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if start < last:
            continue
        parts.extend((text[last:start], " " * (end - start)))
        last = end
    parts.append(text[last:])
    return "".join(parts)


def _dates(rest: str, text: str) -> Iterator[Token]:
    for item in dates_in(rest):
        yield Token(TokenKind.DATE, (item.value,), item.start, item.end, text[item.start : item.end])


def _laws(rest: str, _text: str) -> Iterator[Token]:
    for match in _LAW.finditer(rest):
        yield _token(TokenKind.IDENTIFIER, match, "".join(match.group().split()).lower(), unit="law")


def _marks(rest: str, text: str) -> Iterator[Token]:
    for match in _MARK.finditer(rest):
        what = match["what"].lower().rstrip("s.")[:4]
        what = {
            "encl": "encl",
            "exhi": "encl",
            "atta": "encl",
            "page": "page",
            "p": "page",
            "pp": "page",
        }.get(what, what)
        which = re.findall(r"\d+(?:\.\d+)*|(?<![A-Za-z])[A-Z]{1,2}(?![a-z])", match["which"])
        if what == "row" and (table := _table_of(match, text)):
            which = [f"{table}.{number}" if number.isdigit() else number for number in which]
        if which:
            yield _token(TokenKind.MARK, match, *which, unit=what)


def _table_of(rows: re.Match[str], text: str) -> str:
    """The number of the table beside rows; empty where there is none."""
    named = _OF_TABLE.match(text, rows.end()) or _TABLE_BEFORE.search(text[: rows.start()])
    return named[1] if named else ""


def _zips(rest: str, _text: str) -> Iterator[Token]:
    for match in _ZIP.finditer(rest):
        yield _token(TokenKind.IDENTIFIER, match, match.group())


def _phones(rest: str, _text: str) -> Iterator[Token]:
    for match in _PHONE.finditer(rest):
        yield _token(TokenKind.IDENTIFIER, match, "tel" + re.sub(r"\D", "", match.group()), unit="phone")


def _levels(rest: str, _text: str) -> Iterator[Token]:
    for match in _LEVEL.finditer(rest):
        words = match.group()
        if words in ("T1", "T2", "L1", "S2") and re.match(
            r"[\s-]?(?:weighted|sequence|image|signal)", rest[match.end() :]
        ):
            continue
        try:
            levels = parse_levels(_LEVEL_TO.sub("-", words))
        except LevelError:
            yield _token(TokenKind.LEVEL, match, words.upper())
            continue
        yield _token(TokenKind.LEVEL, match, *levels)


def _icd(rest: str, _text: str) -> Iterator[Token]:
    for match in _ICD.finditer(rest):
        yield _token(TokenKind.CODE, match, match.group())


def _ranges_of_codes(rest: str, _text: str) -> Iterator[Token]:
    for match in _CPT_RANGE.finditer(rest):
        yield _token(TokenKind.CODE, match, f"{match[1]}-{match[2]}")


def _codes(rest: str, _text: str) -> Iterator[Token]:
    for match in _CPT.finditer(rest):
        yield _token(TokenKind.CODE, match, match.group())


def _identifiers(rest: str, _text: str) -> Iterator[Token]:
    for match in _IDENTIFIER.finditer(rest):
        yield _token(TokenKind.IDENTIFIER, match, match.group().upper())


def _amounts(rest: str, _text: str) -> Iterator[Token]:
    taken: list[tuple[int, int]] = []
    for match in _RATIO.finditer(rest):
        taken.append(match.span())
        yield from _ratio(match, rest)
    rest = _blanked(rest, taken)
    for match in _AMOUNT.finditer(rest):
        if match["word"]:
            after = _AFTER.match(rest, match.end())
            old = _OLD.match(rest, match.end())
            if old is not None:
                yield _amount(match, str(NUMBER_WORDS[match["word"].lower()]), "age")
            elif _GOES_ON_COUNTING.search(rest[: match.start()]) and _OF_A_TIME.match(rest, match.end()):
                yield _amount(match, str(NUMBER_WORDS[match["word"].lower()]), "visit")
            elif after is not None and not (
                match["word"].lower() == "one" and UNITS[after["unit"].lower()] in ("day", "level")
            ):
                yield _amount(match, str(NUMBER_WORDS[match["word"].lower()]), UNITS[after["unit"].lower()])
            continue
        value = numeral(match["number"])
        end = match.end("number")
        if _is_age(rest, match.start(), end):
            yield _amount(match, value, "age", end)
            continue
        if _COUNTS_PARTS.match(rest, end):
            continue
        if match["unit"] is None and _GRADED_BEFORE.search(rest[: match.start()]):
            yield _amount(match, value, "kl", end)
            continue
        if match["unit"] is None and (upper := _RUNS_UP.match(rest, end)) is not None:
            yield _amount(match, value, UNITS[upper["unit"].lower()], end)
            continue
        unit = match["unit"]
        if unit is None and (after := _AFTER.match(rest, end)) is not None:
            unit = after["unit"]
        yield _amount(
            match, value, UNITS[unit.lower()] if unit else "", match.end() if match["unit"] else end
        )


def _ratio(match: re.Match[str], rest: str) -> Iterator[Token]:
    """A score, or two counts: `18 of 20 booked visits`, of which the first has the unit in the record too."""
    counted = _AFTER.match(rest, match.end()) if "of" in match.group() else None
    unit = UNITS[counted["unit"].lower()] if counted is not None else ""
    if unit in _COUNTED:
        for group, its in ((1, unit), (2, "")):
            words = match[group]
            yield Token(TokenKind.AMOUNT, (numeral(words),), match.start(group), match.end(group), words, its)
        return
    yield _token(
        TokenKind.AMOUNT, match, numeral(match[1]), unit="%" if match[2] == "100" else f"/{match[2]}"
    )


def counts_of(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, str, str]]:
    """Each `18 of 20`, also `18 visits kept of 20`: the place of its last token, and both numbers."""
    for index, token in enumerate(tokens):
        if token.kind is not TokenKind.AMOUNT:
            continue
        if token.unit.startswith("/") and _OF.search(token.text):
            yield index, token.value, numeral(token.unit.removeprefix("/"))
        elif index and tokens[index - 1].unit in _COUNTED and not token.unit:
            before = tokens[index - 1]
            if not _COUNT.fullmatch(token.value):
                continue
            is_part = before.text.isdigit() or Decimal(before.value) <= Decimal(token.value)
            if is_part and _OF_COUNTED.fullmatch(text[before.end : token.start]):
                yield index, before.value, token.value


def _is_age(rest: str, start: int, end: int) -> bool:
    """Whether a number is somebody's age, by the words around it."""
    before = rest[:start]
    return bool(
        _OLD.match(rest, end)
        or _IS_AGED.search(before)
        or (_WAS_AGED.search(before) and _AGED_WHEN.match(rest, end))
        or (_NAMED_BEFORE.search(before) and rest[end : end + 1] == ",")
    )


def _amount(match: re.Match[str], value: str, unit: str, end: int | None = None) -> Token:
    stop = match.end() if end is None else end
    text = match.string[match.start() : stop]
    return Token(
        TokenKind.AMOUNT, (value,), match.start(), match.start() + len(text.rstrip()), text.rstrip(), unit
    )


def _sides(rest: str, _text: str) -> Iterator[Token]:
    for match in _SIDE.finditer(rest):
        is_of_a_body = _BODY_BEHIND.match(rest, match.end()) is not None
        if match["left"] and not is_of_a_body and _VERB_BEFORE.search(rest[: match.start()]):
            continue
        values = ("left", "right") if match["both"] else (match.group().lower(),)
        yield _token(TokenKind.SIDE, match, *values)


def _token(kind: TokenKind, match: re.Match[str], *values: str, unit: str = "") -> Token:
    return Token(kind, values, match.start(), match.end(), match.group(), unit)
