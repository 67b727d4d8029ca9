"""YAML as a tree of lines and plain text, refusing what makes YAML dangerous or surprising.

It must not guess types: `no`, `1.10` and `2024-01-01` stay the text that was typed. Aliases (the "billion
laughs"), tags, duplicate keys, several documents, deep nesting and large files are refused in words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from desktop.domain.text import TextRefusedError, accept_text
from desktop.rules.file_problem import CriteriaFileError, FileProblem, Problems

MAX_BYTES = 1_000_000
MAX_DEPTH = 64

# The C parser is about ten times faster; both give the same events.
_PARSER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class TextNode:
    """A scalar, as typed. `is_empty` marks a key without a value (or `null`)."""

    line: int
    text: str
    is_empty: bool


@dataclass(slots=True)
class ListNode:
    """A sequence."""

    line: int
    items: list[YamlNode] = field(default_factory=list["YamlNode"])


@dataclass(slots=True)
class MapNode:
    """A mapping; `key_lines` says where each key stands."""

    line: int
    values: dict[str, YamlNode] = field(default_factory=dict[str, "YamlNode"])
    key_lines: dict[str, int] = field(default_factory=dict[str, int])


YamlNode = TextNode | ListNode | MapNode


@dataclass(slots=True)
class _Open:
    """A collection being read; in a mapping `key` is the one whose value comes next, once `has_key`."""

    node: ListNode | MapNode
    key: str = ""
    has_key: bool = False
    is_kept: bool = True


def parse_yaml(text: str, origin: str) -> YamlNode:
    """The document as a tree. Raises CriteriaFileError with file and line; never runs away on hostile input."""
    _refuse_unreadable(text, origin)
    problems = Problems()
    try:
        root = _Builder(problems, origin).build(text)
    except yaml.YAMLError as error:
        raise _syntax_error(error, text.count("\n") + 1, origin) from error
    problems.raise_if_any(origin)
    return root


def _refuse_unreadable(text: str, origin: str) -> None:
    problems = Problems()
    try:
        accept_text(text)
    except TextRefusedError as error:
        line = text.count("\n", 0, error.offset) + 1
        problems.add(
            line, f"The file holds a character that cannot be stored: {error}.", "Remove the character."
        )
        problems.raise_if_any(origin)
    size = len(text.encode("utf-8"))
    if size > MAX_BYTES:
        problems.add(
            1,
            f"The file has {size:,} bytes; a criteria file may have at most {MAX_BYTES:,}.",
            "Split it into several sets.",
        )
    problems.raise_if_any(origin)


def _syntax_error(error: yaml.YAMLError, last_line: int, origin: str) -> CriteriaFileError:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not valid YAML"
    line = min(mark.line + 1, last_line) if mark is not None else 1
    problem = FileProblem(
        line=line,
        problem=f"The file cannot be read as YAML: {said}.",
        fix="Check the indentation, the colons and the quotation marks on this line and the one before it.",
    )
    return CriteriaFileError(origin, (problem,))


class _Builder:
    """Turns parser events into nodes with a stack of its own, so that nesting cannot exhaust Python's."""

    def __init__(self, problems: Problems, origin: str) -> None:
        self._problems = problems
        self._origin = origin
        self._stack: list[_Open] = []
        self._root: YamlNode = TextNode(1, "", is_empty=True)
        self._documents = 0

    def build(self, text: str) -> YamlNode:
        """Read every event. Raises CriteriaFileError at once for what makes reading on pointless."""
        for event in yaml.parse(text, Loader=_PARSER):
            self._take(event)
        return self._root

    def _take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        line = mark.line + 1 if mark else 1
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._stop(
                        line, "The file holds more than one document (`---`).", "Keep one set per file."
                    )
            case yaml.AliasEvent():
                self._stop(line, "The file uses a YAML alias (`*name`).", "Write the value out in full.")
            case yaml.ScalarEvent():
                self._refuse_tag(event.tag, event.anchor, line)
                is_empty = event.implicit[0] and event.value in {"", "~", "null"}
                self._scalar(TextNode(line, "" if is_empty else self._checked(event.value, line), is_empty))
            case yaml.SequenceStartEvent():
                self._refuse_tag(event.tag, event.anchor, line)
                self._open(ListNode(line))
            case yaml.MappingStartEvent():
                self._refuse_tag(event.tag, event.anchor, line)
                self._open(MapNode(line))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._stack.pop()
            case _:
                pass  # stream and document ends carry nothing

    def _stop(self, line: int, problem: str, fix: str) -> None:
        self._problems.add(line, problem, fix)
        self._problems.raise_if_any(self._origin)

    def _checked(self, value: str, line: int) -> str:
        # An escape such as "\\0" puts into the value what the file itself does not hold.
        try:
            return accept_text(value)
        except TextRefusedError as error:
            self._problems.add(
                line, f"The text holds a character that cannot be stored: {error}.", "Remove it."
            )
            return ""

    def _refuse_tag(self, tag: str | None, anchor: str | None, line: int) -> None:
        if anchor is not None:
            self._stop(line, f"The file uses a YAML anchor (`&{anchor}`).", "Write the value out in full.")
        if tag is not None and tag != "!":
            self._stop(line, f"The file uses a YAML tag (`{tag}`).", "Leave the tag out.")

    def _open(self, node: ListNode | MapNode) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._stop(
                node.line,
                f"The file is nested more than {MAX_DEPTH} levels deep.",
                "Split the set into several.",
            )
        if self._stack and isinstance(self._stack[-1].node, MapNode) and not self._stack[-1].has_key:
            self._stop(node.line, "A key must be a word, not a list or a mapping.", "Write `key: value`.")
        self._place(node)
        self._stack.append(_Open(node))

    def _scalar(self, node: TextNode) -> None:
        if self._stack:
            top = self._stack[-1]
            if isinstance(top.node, MapNode) and not top.has_key:
                self._key(top, top.node, node)
                return
        self._place(node)

    def _key(self, top: _Open, mapping: MapNode, node: TextNode) -> None:
        top.key, top.has_key = node.text, True
        top.is_kept = node.text not in mapping.values
        if top.is_kept:
            mapping.key_lines[node.text] = node.line
            return
        first = mapping.key_lines[node.text]
        self._problems.add(
            node.line, f"`{node.text}` stands twice; the first is on line {first}.", "Keep one of the two."
        )

    def _place(self, node: YamlNode) -> None:
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if isinstance(top.node, ListNode):
            top.node.items.append(node)
            return
        if top.is_kept:
            top.node.values[top.key] = node
        top.has_key = False
