"""What the record says in the fields that a letter rests on, so that a later change of one can be named.

It reads the record by the paths that the blocks of a letter give as their origin, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import cast

from desktop.domain.case import Case
from desktop.domain.document import Document
from desktop.domain.letter import OriginKind, Provenance
from desktop.domain.text import Text, sha256_of
from desktop.domain.value import Value
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import listed, one_line, service_name, shortened

_LONGEST_VALUE = 80
"""Characters of a value that are kept; of a longer one also its hash."""

_NOUNS = {
    "service_lines": "service line",
    "treatments": "treatment",
    "scores": "score",
    "imaging": "imaging study",
    "findings": "finding",
    "measurements": "measurement",
    "documents": "document",
    "diagnoses": "diagnosis",
    "providers": "provider",
    "prior_surgeries": "earlier operation",
    "facts": "fact",
    "reasons": "denial reason",
    "lines": "decision on",
    "peer_to_peers": "peer-to-peer call",
    "member_id": "member ID",
    "npi": "NPI",
    "document_id": "document",
    "service_line_ids": "service lines",
    "criteria_set_ids": "criteria sets",
    "notice_dated_on": "day of the notice",
    "deadline_stated_on": "deadline stated",
    "verbatim": "words of the notice",
    "is_expedited": "expedited",
    "is_primary": "primary",
}
_NAMED_BY = ("title", "label", "name", "instrument", "modality", "kind", "code", "role")
_LEFT_OUT = frozenset({"id", "service_line_id"})
_LEFT_OUT_OF_A_DOCUMENT = _LEFT_OUT | {"text", "page_starts", "origin"}
"""What a letter takes of a document's text it quotes, and each quotation has its own seal."""

_CASE_ROOTS = frozenset(Case.model_fields) - {"id", "status", "is_synthetic"}


class RecordedField(Value):
    """A field of the record with what it says. An empty field is not listed."""

    path: Text
    name: Text
    """The field in words: `treatment “Supervised therapy”, visits`."""
    value: Text
    """At most 80 characters; a longer value is cut here."""
    sha256: str = ""
    """Of a value that was cut."""


def fields_of(origin: Provenance, inputs: LetterInputs) -> Iterator[RecordedField]:
    """The fields that an origin names, each with what it says now; none for an origin that is no field."""
    if origin.kind is OriginKind.TRACE:
        yield from _evaluated(origin, inputs)
        return
    if origin.kind is not OriginKind.RECORD:
        return
    root, _, rest = origin.ref.partition(".")
    if root == "assessments":
        yield from _answer(origin.ref, rest, inputs)
        return
    if root == "determination":
        name, rest = _words("lines"), "" if rest == "lines" else rest
    else:
        name = _words(root)
    yield from _below(_start(root, inputs), rest, origin.ref, name, inputs)


def fields_of_document(document_id: str, inputs: LetterInputs) -> Iterator[RecordedField]:
    """The fields of a document that words are quoted from, without its text."""
    yield from _below(
        inputs.case.documents, document_id, f"documents.{document_id}", _words("documents"), inputs
    )


def _start(root: str, inputs: LetterInputs) -> object:
    """Where the path of a field begins; None for what is frozen with the letter itself."""
    if root in _CASE_ROOTS:
        return getattr(inputs.case, root)
    if root == "determination":
        return inputs.determination.lines if inputs.determination else None
    if root == "peer_to_peers":
        return inputs.peer_to_peers
    return (inputs.letterhead,) if root == "letterheads" and inputs.letterhead is not None else None


def _below(at: object, rest: str, path: str, name: str, inputs: LetterInputs) -> Iterator[RecordedField]:
    """Walk the rest of a path, then everything under it."""
    if not rest:
        yield from _leaves(at, path, name, inputs)
    elif isinstance(at, Value):
        field, _, below = rest.partition(".")
        if field in type(at).model_fields:
            yield from _below(getattr(at, field), below, path, _joined(name, field), inputs)
    else:
        for item in _items(at):
            # An id may itself hold a period.
            if f"{rest}.".startswith(f"{_id_of(item)}."):
                below = rest[len(_id_of(item)) + 1 :]
                yield from _below(item, below, path, _item_name(name, item, inputs), inputs)
                return


def _leaves(at: object, path: str, name: str, inputs: LetterInputs) -> Iterator[RecordedField]:
    if isinstance(at, Value):
        left_out = _LEFT_OUT_OF_A_DOCUMENT if isinstance(at, Document) else _LEFT_OUT
        for field in type(at).model_fields:
            if field not in left_out:
                yield from _leaves(getattr(at, field), f"{path}.{field}", _joined(name, field), inputs)
    elif items := _items(at):
        for item in items:
            yield from _leaves(item, f"{path}.{_id_of(item)}", _item_name(name, item, inputs), inputs)
    elif text := _said(at, path.rpartition(".")[2], inputs):
        yield _field(path, name, text)


def _field(path: str, name: str, text: str) -> RecordedField:
    cut = shortened(text, _LONGEST_VALUE)
    return RecordedField(path=path, name=name, value=cut, sha256=sha256_of(text) if cut != text else "")


def _items(at: object) -> tuple[Value, ...]:
    """The values of a list; none for anything else."""
    if not isinstance(at, tuple):
        return ()
    return tuple(item for item in cast("tuple[object, ...]", at) if isinstance(item, Value))


def _id_of(item: Value) -> str:
    return str(getattr(item, "id", "") or getattr(item, "service_line_id", ""))


def _joined(name: str, field: str) -> str:
    return f"{name}, {_words(field)}"


def _words(field: str) -> str:
    return _NOUNS.get(field, field.replace("_", " "))


def _item_name(noun: str, item: Value, inputs: LetterInputs) -> str:
    line = inputs.case.service_line(str(getattr(item, "service_line_id", "")))
    if line is not None:
        return f"{noun} “{service_name(line)}”"
    named = (_said(getattr(item, field, None), field, inputs) for field in _NAMED_BY)
    found = next(filter(None, named), "")
    level = getattr(item, "level", None)
    place = f" at {level}" if isinstance(level, str) and level and level not in found else ""
    return f"{noun} “{shortened(found, _LONGEST_VALUE)}{place}”" if found else noun


def _said(value: object, field: str, inputs: LetterInputs) -> str:
    """A single value in words; empty for one that is not recorded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return listed(filter(None, (_said(item, field, inputs) for item in items)))
    if field == "document_id":
        document = inputs.case.document(str(value))
        return document.citation if document else "a document that is no longer in the case"
    if field == "service_line_ids":
        line = inputs.case.service_line(str(value))
        return service_name(line) if line else "a service line that is no longer in the case"
    return one_line(str(value))


def _answer(path: str, rest: str, inputs: LetterInputs) -> Iterator[RecordedField]:
    for key, answer in inputs.assessments.items():
        if f"{key.set_id}.{key.criterion_id}.{key.subject}" != rest:
            continue
        found = inputs.sets.get(key.set_id)
        criterion = found.criterion(key.criterion_id) if found else None
        at = f" for {key.subject}" if key.subject and inputs.case.service_line(key.subject) is None else ""
        text = shortened(criterion.text, _LONGEST_VALUE) if criterion else key.criterion_id
        name = f"answer to “{text}”{at}"
        for field in ("state", "note", "amount", "exception_source", "arithmetic"):
            yield from _leaves(getattr(answer, field), f"{path}.{field}", _joined(name, field), inputs)


def _evaluated(origin: Provenance, inputs: LetterInputs) -> Iterator[RecordedField]:
    """How a criterion or a group came out, with the note and the value that were recorded for it."""
    line_id, set_id, node_id, *subjects = origin.ref.split("/")
    for evaluation in inputs.reasons:
        if (evaluation.service_line_id, evaluation.set_id) != (line_id, set_id):
            continue
        truths: dict[str, list[str]] = {}
        said: dict[str, dict[str, None]] = {"": {}, "note": {}, "value": {}}
        words = ""
        for level in evaluation.levels:
            place = " ".join(part for part in (level.level, level.side) if part)
            for node in level.root.nodes():
                if node.id == node_id and (not subjects or node.subject in subjects):
                    words = words or shortened(node.text, _LONGEST_VALUE)
                    truths.setdefault(node.truth.verdict, []).append(place)
                    said["note"].setdefault(one_line(node.note))
                    said["value"].setdefault(one_line(node.amount))
        for verdict, places in truths.items():
            where = listed(dict.fromkeys(filter(None, places))) if len(truths) > 1 else ""
            said[""].setdefault(f"{verdict} at {where}" if where else verdict)
        name = f"evaluation of {evaluation.set_title}" + (f", “{words}”" if words else "")
        for part, found in said.items():
            if text := "; ".join(filter(None, found)):
                path = f"{origin.ref}/{part}" if part else origin.ref
                yield _field(path, _joined(name, part) if part else name, text)
