"""The base of all domain values: frozen, strict about unknown fields, and quiet about patient data."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, StringConstraints


class Value(BaseModel):
    """An immutable value. Its `repr` names only the type, so no patient data reaches a log or traceback."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$")]
"""A machine id: letters, digits, `_ . : -`, at most 80 characters."""


def new_id() -> str:
    """A fresh random identifier, safe to sort nowhere and to show nowhere."""
    return uuid4().hex
