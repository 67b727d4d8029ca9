"""The National Provider Identifier's check digit, so that a mistyped NPI is caught beside its field."""

from __future__ import annotations

# ISO 7812 Luhn over the card-issuer prefix 80840 and the ten digits (45 CFR 162.406).
_PREFIX = "80840"


def npi_problem(npi: str) -> str | None:
    """What is wrong with an NPI, in words, or None when it is well formed."""
    if not npi.isascii() or not npi.isdigit():
        return "An NPI has ten digits and nothing else."
    if len(npi) != 10:
        return f"An NPI has ten digits; this one has {len(npi)}."
    total = 0
    for position, digit in enumerate(reversed(_PREFIX + npi)):
        number = int(digit)
        if position % 2 == 1:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return None if total % 10 == 0 else "The check digit does not fit; one of the digits is mistyped."
