"""Words that someone typed or pasted, refused in a sentence where they cannot be kept; it changes none of them."""

from __future__ import annotations

from desktop.domain.errors import UserFacingError
from desktop.domain.text import TextRefusedError, accept_text


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
