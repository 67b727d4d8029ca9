"""Reads and writes the size of files in megabytes, as portals state it; it knows no file."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop.ui.field_values import FieldTextError

_MEGABYTE = 1_000_000
_LEAST, _MOST = Decimal("0.5"), Decimal(2000)


def read_megabytes(text: str) -> int | None:
    """Bytes of `10`, `7.5 MB`; None where nothing is typed. Raises FieldTextError."""
    plain = text.strip().casefold().removesuffix("mb").strip().replace(",", ".")
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise FieldTextError("Write a number of megabytes: 10.") from None
    if not amount.is_finite() or not _LEAST <= amount <= _MOST:
        raise FieldTextError(f"Between {_LEAST} and {_MOST:,} MB.")
    return int(amount * _MEGABYTE)


def show_megabytes(size: int | None) -> str:
    """The field's text for a size in bytes; empty for none."""
    if size is None:
        return ""
    amount = Decimal(size) / _MEGABYTE
    return str(int(amount)) if amount == int(amount) else f"{amount.normalize():f}"


def megabytes(size: int) -> str:
    """`0.3 MB`, for lists; never 0."""
    return f"{max(size / _MEGABYTE, 0.1):.1f} MB"
