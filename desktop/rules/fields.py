"""Reads single values out of YAML nodes and notes what is wrong with them; it knows nothing of criteria trees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import TypeVar

from desktop.rules.file_problem import Problems
from desktop.rules.schema import ID_PATTERN
from desktop.rules.yaml_nodes import ListNode, MapNode, TextNode, YamlNode

Word = TypeVar("Word", bound=Enum)

_ID = re.compile(ID_PATTERN)
_INTEGER = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")
EARLIEST_YEAR = 1965  # Medicare's first year: an earlier date on a criteria document is a slip of the pen


class FieldReader:
    """The values of one mapping, read by key. Every mistake goes to `problems`; reading always returns something."""

    def __init__(self, node: MapNode, problems: Problems) -> None:
        self.node = node
        self.problems = problems

    def line(self, key: str) -> int:
        """The line a key stands on; the mapping's own line when the key is missing."""
        return self.node.key_lines.get(key, self.node.line)

    def refuse_unknown(self, known: Iterable[str], what: str) -> None:
        """Note every key that the form does not have, with the nearest one that it has."""
        names = tuple(known)
        for key, line in self.node.key_lines.items():
            if key in names:
                continue
            near = get_close_matches(key, names, n=1)
            fix = f"Write `{near[0]}`." if near else f"Use one of: {', '.join(names)}."
            self.problems.add(line, f"`{key}` is not a key of {what}.", fix)

    def require(self, keys: Sequence[str], what: str) -> None:
        """Note every key that is missing or empty."""
        for key in keys:
            node = self.node.values.get(key)
            if node is None or (isinstance(node, TextNode) and not node.text.strip()):
                self.problems.add(self.line(key), f"`{key}` is missing from {what}.", f"Add `{key}: ...`.")

    def value(self, key: str) -> YamlNode | None:
        """The node under a key; None when it is missing or empty."""
        node = self.node.values.get(key)
        return None if isinstance(node, TextNode) and node.is_empty else node

    def text(self, key: str) -> str:
        """A text; empty when missing. Line breaks inside YAML's folded text are kept as YAML gives them."""
        node = self.value(key)
        if node is None:
            return ""
        if isinstance(node, TextNode):
            return node.text.strip()
        self.problems.add(self.line(key), f"`{key}` must be a text.", f"Write `{key}: words`.")
        return ""

    def identifier(self, key: str, fallback: str) -> str:
        """A machine id, or the fallback where it is missing or malformed (which is noted)."""
        text = self.text(key)
        if not text:
            return fallback
        if _ID.match(text):
            return text
        self.problems.add(
            self.line(key),
            f"`{key}` is `{text}`, which is not an id.",
            "Use letters, digits and `_ . : -`, at most 80 of them, beginning with a letter or digit.",
        )
        return fallback

    def texts(self, key: str) -> tuple[tuple[str, int], ...]:
        """A list of texts with the line of each."""
        node = self.value(key)
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self.problems.add(self.line(key), f"`{key}` must be a list.", f"Write `{key}: [one, another]`.")
            return ()
        found: list[tuple[str, int]] = []
        for item in node.items:
            if isinstance(item, TextNode) and item.text.strip():
                found.append((item.text.strip(), item.line))
            else:
                self.problems.add(
                    item.line, f"`{key}` may hold only words.", "Write each entry as plain text."
                )
        return tuple(found)

    def plain_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for text, _ in self.texts(key))

    def word(self, key: str, kind: type[Word], fallback: Word) -> Word:
        """One word of an enumeration; the fallback when missing or unknown (which is noted)."""
        text = self.text(key)
        found = self.as_word(key, text, kind, self.line(key)) if text else None
        return fallback if found is None else found

    def words(self, key: str, kind: type[Word]) -> tuple[Word, ...]:
        """A list of words of an enumeration; unknown ones are noted and left out."""
        found = (self.as_word(key, text, kind, line) for text, line in self.texts(key))
        return tuple(word for word in found if word is not None)

    def as_word(self, key: str, text: str, kind: type[Word], line: int) -> Word | None:
        """The member of an enumeration that a text names, or None after noting the mistake."""
        by_value: Mapping[str, Word] = {str(member.value): member for member in kind}
        if text in by_value:
            return by_value[text]
        self.problems.add(
            line, f"`{key}` is `{text}`, which is unknown.", f"Use one of: {', '.join(by_value)}."
        )
        return None

    def day(self, key: str) -> date | None:
        """A calendar day written `2026-01-31`."""
        text = self.text(key)
        if not text:
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        # Python also reads 20260131 and the weeks of 2026-W05-6.
        if found is None or found.isoformat() != text or found.year < EARLIEST_YEAR:
            self.problems.add(
                self.line(key),
                f"`{key}` is `{text}`, which is not a possible date.",
                "Write year-month-day: 2026-01-31.",
            )
            return None
        return found

    def whole_number(self, key: str, highest: int) -> int | None:
        """A whole number from 1 to `highest`."""
        node = self.value(key)
        if node is None:
            return None
        text = node.text.strip() if isinstance(node, TextNode) else ""
        if _INTEGER.fullmatch(text) and 1 <= int(text) <= highest:
            return int(text)
        self.problems.add(
            self.line(key),
            f"`{key}` is `{text}`." if text else f"`{key}` is not a number.",
            f"Write a whole number from 1 to {highest}, in digits.",
        )
        return None


def decimal_of(text: str) -> Decimal | None:
    """A plain decimal number, or None: no exponents, no thousands separators, no words."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None
