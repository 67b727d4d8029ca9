"""Words that someone typed or pasted, refused in a sentence where they cannot be kept; it changes none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from desktop.domain.errors import UserFacingError
from desktop.domain.text import TextRefusedError, accept_text
from desktop.domain.value import Value


def require_keepable(*texts: str) -> None:
    """Raise UserFacingError that names the first character which can be neither stored nor printed."""
    for text in texts:
        try:
            accept_text(text)
        except TextRefusedError as error:
            raise UserFacingError(
                f"What was typed cannot be kept: {error}.",
                safe="Nothing was changed.",
                todo="Such a character comes with pasted text: delete it, or paste as plain text.",
            ) from None


def require_keepable_value(value: Value) -> None:
    """The same for all the words of a value: one that was put together with `model_copy` was never looked at."""
    require_keepable(*_texts(value.model_dump()))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for inner in cast("Mapping[str, object]", part).values():
            yield from _texts(inner)
    elif isinstance(part, tuple | list):
        for inner in cast("Sequence[object]", part):
            yield from _texts(inner)
