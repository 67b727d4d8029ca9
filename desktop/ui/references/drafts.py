"""What was typed about a reference and not saved, as text that outlives the window; it is no entry yet."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from pydantic import TypeAdapter, ValidationError

from desktop.ui.forms import CheckField, ChoiceField, Field, LineField, TextField

KEY = "references.draft"
"""Under which it is kept in the store."""
NEW = "new"
"""The id of an entry that has none yet."""


@dataclass(frozen=True, slots=True)
class TypedClaim:
    """The fields of a claim's form as they were typed, in their order."""

    id: str
    fields: tuple[str, ...]
    figures: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of an entry's form as they were typed, in their order. `id`: the own entry, or `new`."""

    id: str
    fields: tuple[str, ...]
    claims: tuple[TypedClaim, ...] = ()

    @property
    def text(self) -> str:
        """The draft as text; every character comes back, also one that no field takes."""
        return json.dumps(asdict(self))


_READER = TypeAdapter(Draft)


def draft_of(text: str | None) -> Draft | None:
    """The draft in a text; None for nothing, and for what an older program kept in another shape."""
    if not text:
        return None
    try:
        return _READER.validate_python(json.loads(text))
    except (ValueError, ValidationError):
        return None


def typed_in(field: Field) -> str:
    """What stands in a field, whether it makes a value or not."""
    match field:
        case LineField():
            return field.line.text()
        case TextField():
            return field.area.exact_text()
        case ChoiceField():
            return str(field.box.currentIndex())
        case CheckField():
            return "yes" if field.box.isChecked() else ""
        case _:
            raise TypeError(f"no draft of a {type(field).__name__}")


def type_into(field: Field, words: str) -> None:
    """Put back what stood in a field."""
    match field:
        case LineField():
            field.line.setText(words)
        case TextField():
            field.area.setPlainText(words)
        case ChoiceField():
            field.box.setCurrentIndex(int(words) if words.isdecimal() else 0)
        case CheckField():
            field.box.setChecked(bool(words))
        case _:
            raise TypeError(f"no draft of a {type(field).__name__}")
