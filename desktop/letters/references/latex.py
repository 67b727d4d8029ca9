r"""The LaTeX of BibTeX fields to plain text and back; a command it does not know stays as written.

Own code rather than pylatexenc, on evidence: version 2.11 drops a bare `&`, all that follows a bare `%`, and commands
such as `\textbraceleft` without a word.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "\u0131", "j": "\u0237", "th": "þ", "TH": "Þ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textasciitilde": "~", "textasciicircum": "^", "textquotesingle": "'", "textless": "<", "textgreater": ">",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textregistered": "®", "texttrademark": "™", "textdegree": "°", "textmu": "µ",
    "textpm": "±", "textbar": "|", "S": "§", "copyright": "©", "pounds": "£", "ldots": "…", "dots": "…",
}  # fmt: skip
_STYLES = frozenset(
    {"emph", "textit", "textbf", "textsc", "textrm", "texttt", "textsf", "textup", "mbox", "text"}
)
_SPECIAL = "&%$#_{} "
_ESCAPES = {
    **{char: f"\\{char}" for char in "&%$#_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z]+)(?P<gap>[ \t\n]*)(?P<empty>\{\})?|\\(?P<sign>.)|(?P<brace>[{}])|(?P<tie>~)"
    r"|(?P<quotes>``|'')",
    re.DOTALL,
)
_BASE = re.compile(
    r"[ \t\n]*(?:\{[ \t\n]*(?:\\(?P<dotless>[ij])[ \t\n]*|(?P<inner>\w)?[ \t\n]*)\}"
    r"|\\(?P<bare>[ij])\b[ \t\n]*|(?P<plain>\w))"
)


def plain_text(latex: str) -> tuple[str, tuple[str, ...]]:
    """The text without its LaTeX, and the commands that were not understood and stay in it."""
    if not any(char in latex for char in "\\{}~`'"):
        return latex, ()
    parts: list[str] = []
    unknown: dict[str, None] = {}
    place = 0
    while (found := _TOKEN.search(latex, place)) is not None:
        parts.append(latex[place : found.start()])
        place = found.end()
        name, sign = found["name"], found["sign"]
        if found["tie"]:
            parts.append(" ")
        elif found["quotes"]:
            parts.append("“" if found["quotes"] == "``" else "”")
        elif name in _LETTERS:
            parts.append(_LETTERS[name])
        elif (mark := _ACCENTS.get(name or sign or "")) is not None:
            accented, place = _accented(latex, mark, found)
            parts.append(accented)
        elif name is not None and name not in _STYLES:
            unknown[f"\\{name}"] = None
            parts.append(found.group())
        elif sign is not None and sign in _SPECIAL:
            parts.append(sign)
        elif sign is not None:
            unknown[f"\\{sign}"] = None
            parts.append(found.group())
    parts.append(latex[place:])
    return "".join(parts), tuple(unknown)


def _accented(latex: str, mark: str, found: re.Match[str]) -> tuple[str, int]:
    """The letter behind an accent with the accent on it, and where the text goes on."""
    base = None if found["empty"] else _BASE.match(latex, found.end() - len(found["gap"] or ""))
    if base is None:
        return "", found.end()
    letter = base["dotless"] or base["inner"] or base["bare"] or base["plain"] or ""
    return unicodedata.normalize("NFC", letter + mark) if letter else "", base.end()


def latex_text(text: str) -> str:
    """The text so that `plain_text` gives it back, and so that LaTeX prints it; letters stay as they are."""
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return re.sub(r"(?<=')(?=')|(?<=`)(?=`)", "{}", escaped)
