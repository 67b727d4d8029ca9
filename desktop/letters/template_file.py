"""Reads and writes a letter template as a YAML file, every mistake with its line; it runs nothing that a file holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import ValidationError

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.stationery import LetterTemplate, TemplatePart
from desktop.domain.text import TextRefusedError, accept_text
from desktop.letters.placeholders import nearest, unknown_in

FORMAT = "indicated-template/1"
MOST_CHARACTERS = 200_000
MOST_PARTS = 200

_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$")
_KINDS = {kind.slug: kind for kind in LetterKind}
_BLOCKS = {block.value: block for block in BlockKind if block is not BlockKind.OWN}
_TOP = ("format", "id", "name", "kind", "parts", "closing")
_PART = ("block", "heading", "text")


@dataclass(frozen=True, slots=True)
class TemplateMistake:
    """What is wrong in a template file, and on which line of it, counted from 1."""

    line: int
    message: str


class TemplateFileError(UserFacingError):
    """A template file that cannot be taken as it is, with every mistake found in it."""

    def __init__(self, name: str, mistakes: tuple[TemplateMistake, ...]) -> None:
        self.mistakes = mistakes
        shown = " ".join(f"Line {item.line}: {item.message}" for item in mistakes[:5])
        more = f" And {len(mistakes) - 5} more." if len(mistakes) > 5 else ""
        super().__init__(
            f"The template {name} cannot be read. {shown}{more}",
            safe="Nothing was changed.",
            todo="Correct the lines named, and read the file again.",
        )


def template_of(text: str, name: str) -> LetterTemplate:
    """The template in a YAML text; `name` is what messages call the file. Raises TemplateFileError."""
    reading = _Reading()
    template = reading.template(text)
    if reading.mistakes or template is None:
        raise TemplateFileError(name, tuple(sorted(reading.mistakes, key=lambda item: item.line)))
    return template


def template_text(template: LetterTemplate) -> str:
    """The template as a YAML text that `template_of` reads back as the same template."""
    parts: list[dict[str, str]] = []
    for part in template.parts:
        entry = {"block": part.block.value} if part.block is not None else {}
        entry |= {"heading": part.heading} if part.heading else {}
        entry |= {"text": part.text} if part.text else {}
        parts.append(entry)
    head = {"format": FORMAT, "id": template.id, "name": template.name, "kind": template.kind.slug}
    tail = {"closing": template.closing} if template.closing else {}
    return yaml.safe_dump({**head, "parts": parts, **tail}, allow_unicode=True, sort_keys=False, width=100)


def load_templates(folder: Path) -> tuple[LetterTemplate, ...]:
    """The templates that the program brings with it, by file name. Raises UserFacingError when one is damaged."""
    found: list[LetterTemplate] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserFacingError(
                f"The template {path.name} could not be read ({type(error).__name__}).",
                safe="Your own templates are not touched by this.",
                todo="Install the program again; the file is damaged or missing.",
            ) from error
        found.append(template_of(text, path.name))
    return tuple(found)


@dataclass
class _Reading:
    """A file that is being read, with the mistakes found so far."""

    mistakes: list[TemplateMistake] = field(default_factory=list[TemplateMistake])

    def template(self, text: str) -> LetterTemplate | None:
        """The template, or None where its shape is not one."""
        top = self._entries(self._root(text), _TOP, "a template")
        if top is None:
            return None
        if self._text(top, "format") not in (FORMAT, None):
            self._say(top["format"], f"The format must be {FORMAT}.")
        for needed in ("format", "id", "name", "kind", "parts"):
            if needed not in top:
                self.mistakes.append(TemplateMistake(1, f"“{needed}” is missing."))
        made_id = self._text(top, "id") or ""
        if "id" in top and not _ID.match(made_id):
            self._say(top["id"], "An id holds letters, digits and _ . : - only, at most 80 of them.")
        name = (self._text(top, "name") or "").strip()
        if "name" in top and not name:
            self._say(top["name"], "A template needs a name.")
        kind = self._kind(top)
        parts = tuple(self._parts(top["parts"])) if "parts" in top else ()
        closing = self._text(top, "closing") or ""
        if self.mistakes or kind is None:
            return None
        try:
            return LetterTemplate(id=made_id, name=name, kind=kind, parts=parts, closing=closing)
        except ValidationError as error:
            self.mistakes.append(
                TemplateMistake(1, f"It is not a template: {error.error_count()} values do not fit.")
            )
            return None

    def _root(self, text: str) -> yaml.Node | None:
        if len(text) > MOST_CHARACTERS:
            self.mistakes.append(
                TemplateMistake(1, f"A template has at most {MOST_CHARACTERS:,} characters.")
            )
            return None
        try:
            accept_text(text)
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = mark.line + 1 if mark is not None else 1
            self.mistakes.append(TemplateMistake(line, f"This is not YAML: {error.problem or 'unreadable'}."))
            return None
        except (yaml.YAMLError, TextRefusedError) as error:
            self.mistakes.append(TemplateMistake(1, f"The text cannot be read: {error}."))
            return None
        except RecursionError:
            self.mistakes.append(TemplateMistake(1, "The text is nested too deeply."))
            return None
        if root is None:
            self.mistakes.append(TemplateMistake(1, "The file is empty."))
        return root

    def _entries(
        self, node: yaml.Node | None, known: tuple[str, ...], what: str
    ) -> dict[str, yaml.Node] | None:
        """The entries of a mapping by name; unknown and repeated ones are mistakes."""
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self._say(node, f"Here {what} must stand: names with values.")
            return None
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in known:
                self._say(key, f"“{name}” is no part of {what}. Known: {', '.join(known)}.")
            elif name in found:
                self._say(key, f"“{name}” stands twice.")
            else:
                found[name] = value
        return found

    def _text(self, entries: dict[str, yaml.Node], name: str) -> str | None:
        node = entries.get(name)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._say(node, f"“{name}” must be text.")
            return ""
        for unknown in unknown_in(node.value):
            near = nearest(unknown)
            hint = f" Do you mean {{{{{near}}}}}?" if near else ""
            self._say(node, f"{{{{{unknown}}}}} is no field.{hint}")
        return node.value

    def _kind(self, top: dict[str, yaml.Node]) -> LetterKind | None:
        slug = self._text(top, "kind")
        if slug is not None and slug not in _KINDS:
            self._say(top["kind"], f"“{slug}” is no kind of letter. Known: {', '.join(_KINDS)}.")
        return _KINDS.get(slug or "")

    def _parts(self, node: yaml.Node) -> Iterator[TemplatePart]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._say(node, "“parts” must be a list of at least one part.")
            return
        if len(node.value) > MOST_PARTS:
            self._say(node, f"A template has at most {MOST_PARTS} parts.")
            return
        for item in node.value:
            entries = self._entries(item, _PART, "a part")
            if entries is None:
                continue
            block = self._text(entries, "block")
            if block is not None and block not in _BLOCKS:
                self._say(entries["block"], f"“{block}” is no block. Known: {', '.join(_BLOCKS)}.")
            heading, words = self._text(entries, "heading") or "", self._text(entries, "text") or ""
            if block is None and not (heading.strip() or words.strip()):
                self._say(item, "A part names a block, or has a text of its own.")
            yield TemplatePart(block=_BLOCKS.get(block or ""), heading=heading, text=words)

    def _say(self, node: yaml.Node, message: str) -> None:
        self.mistakes.append(TemplateMistake(node.start_mark.line + 1, message))
