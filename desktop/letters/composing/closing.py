"""Signature, copies, enclosures, references, and how the letter was made; it decides nothing about what is asked."""

from __future__ import annotations

from desktop import __version__
from desktop.domain.letter import BlockKind, LetterBlock, LetterKind, LetterTable
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, row
from desktop.letters.wording import long_date, one_line, paragraphs_of, short_date

DISCLAIMER = (
    "This paper states a review of the documents named in it, as they were on its date. It is not a plan’s decision, "
    "not legal advice, and not a substitute for the judgment of the clinician who treats the patient. Every statement "
    "about the patient rests on the record of the case, and every statement of the literature or of a rule on the "
    "source numbered beside it."
)
"""Printed where a disclaimer is asked for and the settings word none of their own."""

SHORT_DISCLAIMER = (
    "This letter is not a plan’s decision, not legal advice, and not a substitute for the judgment of the clinician "
    "who treats the patient. What it states of the patient and of the notice rests on the record of the case, as it "
    "was on its date."
)
"""As `DISCLAIMER`, for a letter that asks or withdraws and states no review."""

_STATES_NO_REVIEW = (LetterKind.PEER_TO_PEER, LetterKind.CLAIM_FILE, LetterKind.WITHDRAWAL)


def signature(inputs: LetterInputs) -> LetterBlock:
    """The ordering provider's name, credential, specialty, licence and NPI; never the reviewer in their place."""
    author = inputs.author
    # Who determined belongs to what is argued; a letter that argues nothing is signed by its writer alone.
    is_argued = inputs.kind.is_appeal or inputs.kind is LetterKind.MEDICAL_NECESSITY
    signed = inputs.determination.sign_off if inputs.determination and is_argued else None
    paragraphs = [paragraph("Sincerely,", form("signature.closing"))]
    if author is not None and author.name.strip():
        where = record(f"providers.{author.id}", "Provider")
        name = ", ".join(part for part in (author.name.strip(), author.credential.strip()) if part)
        lines = [name, author.specialty.strip(), author.organization.strip()]
        numbers = (("License", author.license_number), ("NPI", author.npi))
        lines.append(" · ".join(f"{label} {value.strip()}" for label, value in numbers if value.strip()))
        paragraphs.extend(paragraph(line, where) for line in lines if line)
    else:
        paragraphs.append(paragraph("Ordering provider not recorded", record("providers", "Providers")))
    if signed is not None:
        text = (
            f"The determination was signed by {signed.name}, {signed.credential}, "
            f"on {long_date(signed.signed_at.date())} (UTC): {one_line(signed.meaning)}"
        )
        paragraphs.append(paragraph(text, record("determination.sign_off", "Sign-off")))
    return LetterBlock(
        id=block_id(BlockKind.SIGNATURE), kind=BlockKind.SIGNATURE, paragraphs=tuple(paragraphs)
    )


def enclosures(inputs: LetterInputs) -> LetterBlock | None:
    """The documents of the case lettered in packet order; None when there are none."""
    rows = tuple(
        row(
            (
                item.letter,
                one_line(item.document.title) or item.document.kind.label,
                short_date(item.document.dated_on),
                str(item.page_count),
            ),
            record(f"documents.{item.document.id}", "Document"),
        )
        for item in inputs.enclosures
    )
    if not rows:
        return None
    return LetterBlock(
        id=block_id(BlockKind.ENCLOSURES),
        kind=BlockKind.ENCLOSURES,
        heading="Enclosures",
        table=LetterTable(
            columns=("", "Document", "Date", "Pages"), widths=(0.07, 0.63, 0.2, 0.1), rows=rows
        ),
    )


def reference_list(_inputs: LetterInputs) -> LetterBlock:
    """The place of the reference list; its entries are made from the citations when the letter is rendered."""
    return LetterBlock(
        id=block_id(BlockKind.REFERENCES),
        kind=BlockKind.REFERENCES,
        heading="References",
    )


def carbon_copy(inputs: LetterInputs) -> LetterBlock | None:
    """Who else gets the letter; None without anybody."""
    named = [one_line(name) for name in inputs.settings.carbon_copies if name.strip()]
    if not named:
        return None
    origin = record("settings.carbon_copies", "Copies, as typed by the reviewer")
    return LetterBlock(
        id=block_id(BlockKind.CARBON_COPY),
        kind=BlockKind.CARBON_COPY,
        paragraphs=tuple(paragraph(f"cc: {name}", origin) for name in named),
    )


def disclaimer(inputs: LetterInputs) -> LetterBlock | None:
    """What the paper is not, where that is asked for."""
    if not inputs.settings.has_disclaimer:
        return None
    own = paragraphs_of(inputs.settings.disclaimer)
    default = SHORT_DISCLAIMER if inputs.kind in _STATES_NO_REVIEW else DISCLAIMER
    origin = record("settings.disclaimer", "Disclaimer of this house") if own else form("disclaimer")
    return LetterBlock(
        id=block_id(BlockKind.DISCLAIMER),
        kind=BlockKind.DISCLAIMER,
        heading="Disclaimer",
        paragraphs=tuple(paragraph(text, origin) for text in own or (default,)),
    )


def made(inputs: LetterInputs) -> LetterBlock | None:
    """How the letter was made, where that is to be printed; it is archived with every issued letter all the same."""
    if not inputs.settings.has_made_statement:
        return None
    return LetterBlock(
        id=block_id(BlockKind.MADE),
        kind=BlockKind.MADE,
        heading="How this letter was made",
        paragraphs=(paragraph(made_statement(), form("made")),),
    )


def made_statement() -> str:
    """The statement of how a letter was made, as printed and as archived."""
    return (
        f"Composed offline by Indicated {__version__}, by fixed rules, from the record of the case, the review of it "
        "and a library of verified sources. No text was generated by a language model. What a person typed is kept as "
        "typed and marked as such in the evidence map that is archived with the letter."
    )
