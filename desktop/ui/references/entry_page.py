"""One reference as a page to read: what it supports with which figures, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.reference import Claim, Figure, Reference, ReferenceStance, Standing
from desktop.letters.references.doubts import doubts_of
from desktop.ui.library.page import Line, Page, Run, Table, Tone, fields, heading, small, text, title
from desktop.ui.library.wording import counted
from desktop.ui.references.wording import (
    STANCES,
    STANDINGS,
    figure_rest,
    figure_value,
    short_name,
    status_sentence,
    type_word,
)

_STANCE_TONES = {
    ReferenceStance.FOR: Tone.MUTED,
    ReferenceStance.MIXED: Tone.WARNING,
    ReferenceStance.AGAINST: Tone.BAD,
}
_STANCE_SIGNS = {ReferenceStance.FOR: "", ReferenceStance.MIXED: "~ ", ReferenceStance.AGAINST: "× "}


def entry_page(
    reference: Reference,
    claims: Sequence[Claim],
    topics: Sequence[tuple[str, str]] = (),
    twins: Sequence[str] = (),
    checked_by: str = "",
) -> Page:
    """The whole entry. `topics`: id and title of those that argue with it; `twins`: what looks like the same source."""
    entry = reference.bibliography
    parts: list[Line | Table] = [
        title(entry.title or reference.citation),
        text(short_name(reference), Tone.MUTED, is_joined=True),
        _marks(reference),
    ]
    parts += [text(f"! {words}", Tone.WARNING, is_joined=True) for _, words in doubts_of(reference)]
    if not reference.may_be_cited:
        parts.append(
            small("A letter that cites it cannot be issued without a reason, which is kept with it.")
        )
    parts += [text(f"! {words}", Tone.WARNING, is_joined=True) for words in twins]
    parts += [
        heading("Citation"),
        fields((("AMA", reference.citation), ("Vancouver", reference.vancouver))),
        heading(f"What it supports: {counted(len(claims), 'claim', 'claims')}"),
    ]
    if not claims:
        parts.append(text(reference.no_claim_because or "No claim is recorded.", Tone.MUTED))
    for claim in claims:
        parts += _claim(claim)
    parts += [heading("How far it was checked"), _checked(reference, checked_by)]
    parts += [
        heading("About it"),
        fields(
            (
                ("Kind", type_word(reference.kind)),
                ("Evidence", reference.evidence.label.capitalize()),
                ("Subjects", ", ".join(reference.subjects)),
                ("Topics", ", ".join(words for _, words in topics)),
                ("DOI", entry.doi),
                ("PMID", entry.pmid),
                ("PMCID", entry.pmcid),
                ("Address", entry.url),
                ("Inferred", ", ".join(entry.inferred_fields)),
                ("Note", entry.note),
                ("Id", reference.id),
            )
        ),
    ]
    return Page(f"Reference {reference.id}", tuple(parts))


def figure_runs(figure: Figure) -> tuple[Run, ...]:
    """A figure on one line: what, its value on a tinted ground, and what belongs to it."""
    rest = figure_rest(figure)
    runs = [Run(f"{figure.what}  ", Tone.MUTED), Run(f" {figure_value(figure)} ", Tone.VALUE)]
    return (*runs, *((Run(f"  {rest}", Tone.MUTED),) if rest else ()))


def claim_place(claim: Claim) -> str:
    """Topic and locator of a claim; says so where no place was recorded."""
    return f"{claim.topic} · {claim.locator or 'place in the source not recorded'} · {claim.id}"


def _claim(claim: Claim) -> Iterator[Line]:
    sign, tone = _STANCE_SIGNS[claim.stance], _STANCE_TONES[claim.stance]
    yield text(claim.text)
    for figure in claim.figures:
        yield Line(figure_runs(figure), "small", 1, is_joined=True)
    if not claim.figures:
        yield small("The source states no figure for it.", depth=1)
    stance = Run(f"{sign}{STANCES[claim.stance]}  ", tone)
    yield Line((stance, Run(claim_place(claim), Tone.MUTED)), "small", 1, is_joined=True)


def _marks(reference: Reference) -> Line:
    """What there is to know before citing it, each as a sign, words and a colour."""
    runs = [
        Run("✓ Verified", Tone.GOOD) if reference.is_verified else Run("~ Not verified", Tone.WARNING),
        Run(f"{_STANCE_SIGNS[reference.stance]}{STANCES[reference.stance]}", _STANCE_TONES[reference.stance]),
    ]
    if reference.standing is not Standing.CURRENT:
        runs.insert(0, Run(f"! {STANDINGS[reference.standing]}", Tone.BAD))
    if reference.is_own:
        runs.append(Run("Your own entry", Tone.ACCENT))
    return Line(tuple(part for run in runs for part in (run, Run("     ")))[:-1])


def _checked(reference: Reference, checked_by: str) -> Table:
    day = reference.verified_on.isoformat() if reference.verified_on else ""
    if reference.is_verified and not day:
        day = "The day was not recorded"
    return fields(
        (
            ("How", status_sentence(reference.status)),
            ("Where", "; ".join(reference.verified_from) or "Nowhere yet"),
            ("When", day),
            ("By", checked_by),
            ("Standing", STANDINGS[reference.standing]),
            ("By whose word", reference.standing_note),
            ("Superseded by", reference.superseded_by),
            ("Same as", reference.same_as),
        )
    )
