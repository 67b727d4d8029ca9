"""The sets that can be chosen for a service line, best first with reasons, as rows to show; it ranks nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.rules.editions import Review, ReviewState, in_force, review_state, why_not_in_force
from desktop.rules.match import Match
from desktop.rules.match_ranking import RankedSet, SetWarning, WarningKind
from desktop.ui.library.wording import family_title, proof_word, short_name

FITTING = "For this request"
OTHERS = "All others"
WARNING_WORDS = {
    WarningKind.SILENT: "Silent on this case",
    WarningKind.WRONG_SET: "For another service",
    WarningKind.NOT_IN_FORCE: "Not in force",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """How a chosen set fits the line that it was chosen for, and whether it must be read again."""

    ranked: RankedSet
    review: Review
    instead: CriteriaSet | None = None
    """The edition of the same document for the day of the service, where this is not it."""

    def sentences(self, silence: str) -> tuple[str, ...]:
        """What speaks against it, one sentence each; `silence` is the evaluation's own word on that, if it has one."""
        own = (
            item.sentence
            for item in self.ranked.warnings
            if item.kind is not WarningKind.SILENT or not silence
        )
        return tuple(said for said in (silence, *own) if said)


@dataclass(frozen=True, slots=True)
class ChoiceHeading:
    """A line between groups of sets. `why` says why a family was found."""

    text: str
    why: str = ""
    is_section: bool = False

    def spoken(self) -> str:
        """The heading as a screen reader says it."""
        return f"{self.text}. {self.why}" if self.why else self.text


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One set that can be chosen."""

    set_id: str
    name: str
    """Publisher and number."""
    title: str
    edition: str
    proof: str
    force: str
    """`In force on 2026-05-20`, or why not, in a few words."""
    is_in_force: bool
    is_chosen: bool
    """The line is held against it already."""
    is_own: bool
    warnings: tuple[SetWarning, ...]
    review: Review
    words: str
    """Everything that a search looks at, in small letters."""

    @property
    def marks(self) -> tuple[str, ...]:
        """What to beware of, in a few words each."""
        return tuple(dict.fromkeys(WARNING_WORDS[item.kind] for item in self.warnings))

    @property
    def details(self) -> str:
        """Edition, how it was read, and whether it is in force."""
        parts = ("Already chosen" if self.is_chosen else "", self.force, self.edition, self.proof)
        return " · ".join(part for part in parts if part)

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        said = (self.name, self.title, self.details, *(item.sentence for item in self.warnings))
        due = "" if self.review.state is ReviewState.FRESH else self.review.sentence
        return ", ".join(part for part in (*said, due) if part)


ChoiceEntry = ChoiceHeading | ChoiceRow


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for one line on one day."""

    matches: tuple[Match, ...]
    sets: tuple[CriteriaSet, ...]
    chosen: tuple[str, ...]
    service_on: date | None
    today: date


def choice_entries(choices: Choices, search: str = "") -> tuple[ChoiceEntry, ...]:
    """Headings and rows: the families that fit first, then all others; with a search only what has all its words."""
    wanted = search.casefold().split()
    fitting = _fitting(choices, wanted)
    shown = {row.set_id for row in fitting if isinstance(row, ChoiceRow)}
    others = _others(choices, wanted, shown)
    found: list[ChoiceEntry] = []
    if fitting:
        found += [ChoiceHeading(FITTING, is_section=True), *fitting]
    if others:
        found += [ChoiceHeading(OTHERS, is_section=True), *others]
    return tuple(found)


def _fitting(choices: Choices, wanted: list[str]) -> list[ChoiceEntry]:
    found: list[ChoiceEntry] = []
    for match in choices.matches:
        # Of each document only the edition for the day of the service; the rest stand among the others.
        rows = [_row(item, choices) for item in match.sets if item.is_in_force]
        kept = [row for row in rows if _has(row, wanted)]
        if kept:
            found += [ChoiceHeading(family_title(match.family), " ".join(match.why)), *kept]
    return found


def _others(choices: Choices, wanted: list[str], shown: set[str]) -> list[ChoiceEntry]:
    ranked = {item.criteria_set.id: item for match in choices.matches for item in match.sets}
    current = {item.id for item in in_force(choices.sets, choices.service_on)}
    found: list[ChoiceEntry] = []
    for family, sets in _by_family(choices.sets):
        rows = [
            _row(ranked.get(item.id) or _unranked(item, choices, current), choices)
            for item in sets
            if item.id not in shown
        ]
        kept = [row for row in rows if _has(row, wanted)]
        if kept:
            found += [ChoiceHeading(family_title(family)), *kept]
    return found


def _unranked(item: CriteriaSet, choices: Choices, current: set[str]) -> RankedSet:
    if item.id in current:
        return RankedSet(criteria_set=item, is_in_force=True)
    sentence = why_not_in_force(item, choices.service_on, choices.sets)
    warning = SetWarning(kind=WarningKind.NOT_IN_FORCE, sentence=sentence)
    return RankedSet(criteria_set=item, is_in_force=False, warnings=(warning,))


def _row(ranked: RankedSet, choices: Choices) -> ChoiceRow:
    item = ranked.criteria_set
    day = choices.service_on
    words = (item.id, item.family, item.title, item.caption, *item.codes, *item.terms, *item.indications)
    return ChoiceRow(
        set_id=item.id,
        name=short_name(item),
        title=item.title,
        edition=item.edition,
        proof=proof_word(item),
        force=_force(ranked, day),
        is_in_force=ranked.is_in_force,
        is_chosen=item.id in choices.chosen,
        is_own=item.licence is not LicenceClass.PUBLIC,
        warnings=ranked.warnings,
        review=review_state(item, choices.today),
        words=" ".join(words).casefold(),
    )


def _force(ranked: RankedSet, day: date | None) -> str:
    """Said only where a document or the request names a day; otherwise there is nothing to say."""
    if not ranked.is_in_force:
        return "Not in force" if day is None else f"Not in force on {day}"
    item = ranked.criteria_set
    is_dated = item.effective_from is not None or item.effective_to is not None
    return f"In force on {day}" if day is not None and is_dated else ""


def _by_family(sets: Sequence[CriteriaSet]) -> Iterator[tuple[str, list[CriteriaSet]]]:
    families: dict[str, list[CriteriaSet]] = {}
    for item in sets:
        families.setdefault(item.family, []).append(item)
    for family in sorted(families):
        yield family, sorted(families[family], key=_by_name)


def _by_name(item: CriteriaSet) -> tuple[str, str]:
    return short_name(item).casefold(), item.id


def _has(row: ChoiceRow, wanted: list[str]) -> bool:
    return all(word in row.words for word in wanted)
