"""What of the record says something else than when a letter was issued, by the two evidence maps; it judges nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desktop.domain.document import seal_of
from desktop.domain.letter import OriginKind
from desktop.letters.evidence_map import EvidenceMap, MappedSentence, MappedSource
from desktop.letters.recorded_fields import RecordedField

_FIELDS = (OriginKind.RECORD, OriginKind.TRACE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a whole row: the same word stands in many cells."""

    where: str
    text: str
    """With the id of its block."""
    sources: frozenset[int]


def changed_since(then: EvidenceMap, now: EvidenceMap, fresh: EvidenceMap) -> tuple[str, ...]:
    """A sentence for everything that the issued letter rests on and that says something else now.

    `then` is the archived map, `now` the map of the same letter against the present record, `fresh` that of the letter
    as it would be composed today: a sentence that stands in it unchanged shows none of what moved beneath it.
    """
    said: list[str] = []
    if then.determination != now.determination:
        said.append("The determination was superseded or changed since.")
    said += _quotations(then, now)
    said += _fields(then, now, {unit.text for unit in _units(fresh)})
    said += _references(then, now)
    return tuple(dict.fromkeys(said))


def _quotations(then: EvidenceMap, now: EvidenceMap) -> Iterator[str]:
    present = {source.ref: source for source in now.sources}
    for source in then.sources:
        if not source.seal:
            continue
        if source.seal != seal_of(source.document_sha256, source.start or 0, source.end or 0, source.quote):
            yield f"The seal of a quotation of {source.document_title} does not fit its words."
        found = present.get(source.ref)
        if found is None or found.document_sha256 != source.document_sha256:
            yield f"{source.document_title} has changed since, or is no longer linked."


def _fields(then: EvidenceMap, now: EvidenceMap, same: Collection[str]) -> Iterator[str]:
    if not then.fields:
        if any(source.kind in _FIELDS for source in then.sources):
            yield "Which fields have changed cannot be told: an older program issued this letter and kept none."
        return
    before = {field.path: field for field in then.fields}
    after = {field.path: field for field in now.fields}
    for path in dict.fromkeys((*before, *after)):
        was, is_now = before.get(path), after.get(path)
        if (was.value, was.sha256) == (is_now.value, is_now.sha256) if was and is_now else False:
            continue
        if where := _resting(path, then, same):
            yield _told(was, is_now, where)


def _resting(path: str, then: EvidenceMap, same: Collection[str]) -> tuple[str, ...]:
    """The headings of the blocks in which a sentence rests on a field: named itself, or within what is named.

    What is named as a whole has fields that the sentence does not show; it shows this one if it would read otherwise.
    """
    named = {place for place, source in enumerate(then.sources) if _is(source, path)}
    within = {place for place, source in enumerate(then.sources) if _holds(source, path)}
    return tuple(
        dict.fromkeys(
            unit.where
            for unit in _units(then)
            if named & unit.sources or (within & unit.sources and unit.text not in same)
        )
    )


def _units(mapped: EvidenceMap) -> Iterator[_Unit]:
    for block in mapped.blocks:
        where = block.heading or block.kind.replace("_", " ").capitalize()
        rows: dict[str, list[MappedSentence]] = {}
        for number, item in enumerate(block.sentences):
            row, comma, _ = item.place.partition(", column ")
            rows.setdefault(row if comma else str(number), []).append(item)
        for items in rows.values():
            text = "\n".join((block.id, *(item.text for item in items)))
            yield _Unit(where, text, frozenset(place for item in items for place in item.sources))


def _is(source: MappedSource, path: str) -> bool:
    return source.kind in _FIELDS and source.ref == path


def _holds(source: MappedSource, path: str) -> bool:
    if source.kind is OriginKind.QUOTE:
        return path.startswith(f"documents.{source.document_id}.")
    if source.kind is OriginKind.TRACE:
        return path in (f"{source.ref}/note", f"{source.ref}/value")
    return source.kind is OriginKind.RECORD and path.startswith(f"{source.ref}.")


def _told(was: RecordedField | None, is_now: RecordedField | None, where: tuple[str, ...]) -> str:
    field = was or is_now
    name = f"{field.name[:1].upper()}{field.name[1:]}" if field else ""
    before = f"“{was.value}”" if was else "not recorded"
    after = f"“{is_now.value}”" if is_now else "not recorded"
    if before == after:
        return f"{name}: the text is no longer the same (in: {', '.join(where)})."
    return f"{name}: was {before} and is now {after} (in: {', '.join(where)})."


def _references(then: EvidenceMap, now: EvidenceMap) -> Iterator[str]:
    present = {source.ref: source for source in now.sources if source.kind is OriginKind.REFERENCE}
    for source in then.sources:
        if source.kind is not OriginKind.REFERENCE or not source.citation:
            continue
        found = present.get(source.ref)
        if found is None or not found.citation:
            yield f"The source “{source.citation}” is no longer in the library."
        elif found.citation != source.citation:
            yield f"The source “{source.citation}” is now given as “{found.citation}”."
