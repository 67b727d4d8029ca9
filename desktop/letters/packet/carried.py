"""Takes off what a page carries along unseen: pictures of other pages, private data, metadata. It draws nothing.

Files often list the pictures of all their pages on every page. Where a page is blacked out, left out or sent in
another part, that list would take it along all the same.
"""

from __future__ import annotations

import re
import zlib
from typing import Any, cast

from pikepdf import Dictionary, Name, Pdf, Stream

NOT_TAKEN = frozenset(
    {
        "/Metadata",
        "/PieceInfo",
        "/AF",
        "/OPI",
        "/Ref",
        "/Alternates",
        "/StructParents",
        "/StructParent",
    }
)
_USED_PICTURE = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
_USED_LIST = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+(?:BDC|DP)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_DEEPEST = 12


def take_off(stream: Any) -> None:
    """Delete from a stream's dictionary what is never shown."""
    for key in NOT_TAKEN.intersection(stream.keys()):
        del stream[key]


def cleaned(resources: Any) -> Any:
    """The resources themselves, without what the pictures in them carry along unseen."""
    pictures = resources.get("/XObject")
    if isinstance(pictures, Dictionary):
        for picture in cast("Any", pictures).values():
            if isinstance(picture, Stream):
                take_off(picture)
    return resources


def packed(pdf: Pdf, content: bytes) -> Any:
    """A stream with the content packed: files are saved without packing anything anew, which takes half the time."""
    stream = cast("Any", Stream(pdf, b""))
    stream.write(zlib.compress(content), filter=Name.FlateDecode)
    return stream


class Pruner:
    """Copies of resources with only what the content names, all the way down; one for each file."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._copies: dict[tuple[int, int], Any] = {}

    def pruned(self, resources: Any, content: bytes, depth: int = 0) -> Any:
        """The resources that `content` needs. Raises ValueError for forms that are nested without end."""
        if depth > _DEEPEST:
            raise ValueError("forms within forms without end")
        own = cast("Any", Dictionary(dict(resources.items())))
        pictures = own.get("/XObject")
        if isinstance(pictures, Dictionary):
            own["/XObject"] = self._with_own_copies(
                _kept(pictures, _named_pictures(pictures, content)), depth
            )
        patterns = own.get("/Pattern")
        if isinstance(patterns, Dictionary):
            own["/Pattern"] = self._with_own_copies(dict(cast("Any", patterns).items()), depth)
        lists = own.get("/Properties")
        if isinstance(lists, Dictionary):
            own["/Properties"] = Dictionary(_kept(lists, _names(_USED_LIST, content)))
        return cleaned(own)

    def _with_own_copies(self, entries: dict[str, Any], depth: int) -> Any:
        return Dictionary({key: self._own_copy(value, depth) for key, value in entries.items()})

    def _own_copy(self, value: Any, depth: int) -> Any:
        """A form or pattern with resources of its own; pictures are shared as they are."""
        inner = value.get("/Resources") if isinstance(value, Stream) else None
        if not isinstance(inner, Dictionary):
            return value
        found = self._copies.get(value.objgen)
        if found is not None:
            return found
        content = value.read_bytes()
        copy = packed(self._pdf, content)
        for key, item in value.items():
            if key not in {"/Length", "/Filter", "/DecodeParms", "/Resources", *NOT_TAKEN}:
                copy[key] = item
        copy["/Resources"] = self.pruned(inner, content, depth + 1)
        self._copies[value.objgen] = copy
        return copy


def _named_pictures(pictures: Any, content: bytes) -> set[bytes]:
    """The pictures that the content draws, and those that forms without resources of their own draw in turn."""
    found: set[bytes] = set()
    waiting = [content]
    while waiting:
        fresh = _names(_USED_PICTURE, waiting.pop()) - found
        found |= fresh
        waiting.extend(
            value.read_bytes()
            for value in _kept(pictures, fresh).values()
            if isinstance(value, Stream) and value.get("/Subtype") == "/Form" and "/Resources" not in value
        )
    return found


def _names(pattern: re.Pattern[bytes], content: bytes) -> set[bytes]:
    return {_ESCAPED.sub(_unescaped, name) for name in pattern.findall(content)}


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes((int(match[1], 16),))


def _kept(entries: Any, names: set[bytes]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if key[1:].encode("utf-8", "replace") in names}
