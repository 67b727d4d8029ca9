"""Tells the items that ask who someone is from those that ask what is so: a name proves no medical necessity.

It must not guess: only whole wordings that are known ask for identity.
"""

from __future__ import annotations

import re

_WHOSE = (
    r"(?:(?:patient|beneficiary|member|subscriber|insured|policy ?holder|enrollee|client|claimant|guarantor|"
    r"ordering|rendering|referring|treating|attending|requesting|prescribing|servicing|performing|primary care|"
    r"provider|physician|practitioner|prescriber|supplier|facility|practice|clinic|hospital|contact|emergency contact|"
    r"guardian|parent|caregiver|responsible party)(?:'?s)? )*"
)
_PERSON = (
    r"(?:patient|beneficiary|member|subscriber|insured|provider|physician|practitioner|prescriber|supplier)"
)
_WHAT = (
    r"(?:(?:first|last|middle|full|given|family|maiden|legal|preferred|former) name|name|names|surname|forename|"
    r"middle initial|initials|name (?:prefix|suffix)|suffix|title|credentials|"
    r"date of birth|birth ?date|d ?o ?b|gender|gender identity|sex|administrative (?:gender|sex)|birth sex|"
    r"race|ethnicity|marital status|preferred language|language|"
    r"(?:street |mailing |home |e ?mail |postal |business )?address(?: line)?(?: [12])?|"
    r"street|city|town|state|province|county|country|zip|zip ?code|zip or postal code|postal ?code|post ?code|"
    r"(?:tele)?phone|(?:home |cell |mobile |work |business |tele)?(?:phone|fax|telephone)(?: number)?|mobile|fax|"
    r"e ?mail|contact information|"
    r"(?:medicare|medicaid|medicare beneficiary|medical record|mr|health insurance|insurance|policy|group|plan|"
    r"account|subscriber|member|patient|case|claim|authorization|social security|tax|tin|npi|dea|license|licence|"
    r"provider|beneficiary)(?: (?:id|identifier|number|no|num|identification|identification number|claim number|"
    r"policy number|group number|id number))+|"
    r"id|identifier|identification number|mbi|hicn|mrn|ssn|npi|tin|ptan|dea)"
)
_IDENTITY = re.compile(rf"{_WHOSE}{_WHAT}|name of (?:the )?{_PERSON}", re.ASCII)
_NOT_WORDS = re.compile(r"[^a-z0-9']+")


def asks_identity(text: str) -> bool:
    """Whether the words ask for nothing but a name, a birth date, an address, a number or the like."""
    plain = _NOT_WORDS.sub(" ", text.casefold().replace("’", "'").replace("#", " number")).strip()
    return len(plain) <= 80 and _IDENTITY.fullmatch(plain.removeprefix("the ")) is not None
