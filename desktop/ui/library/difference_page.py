"""Two sets beside each other as a page: word by word for editions of one document, in sentences for two publishers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.criteria import CriteriaSet, Criterion, Polarity
from desktop.rules.compare import ComparedRow, Side, compare_sets
from desktop.rules.diff import ChangeKind, FieldChange, NodeChange, SetDifference, diff
from desktop.rules.editions import editions_of
from desktop.services.editions import CaseChange
from desktop.ui.library.page import Line, Page, Run, Table, Tone, heading, small, text, title
from desktop.ui.library.set_page import limits_line
from desktop.ui.library.wording import counted, short_name

_KINDS = {
    ChangeKind.ADDED: ("+ Added", Tone.GOOD),
    ChangeKind.REMOVED: ("− Removed", Tone.BAD),
    ChangeKind.MOVED: ("→ Moved", Tone.ACCENT),
    ChangeKind.CHANGED: ("~ Changed", Tone.WARNING),
}
_RUNS = {"same": Tone.PLAIN, "removed": Tone.REMOVED, "added": Tone.ADDED}
_NOTHING = "(left out)"
_SPELT = {"licence": "license", "customises": "customizes"}
"""Keys of a criteria file that are spelled otherwise than what a screen says."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sets to be shown beside each other, with what the later would change in open cases."""

    left: CriteriaSet
    right: CriteriaSet
    is_one_document: bool
    cases: tuple[CaseChange, ...] = ()


def ordered_pair(
    one: CriteriaSet, other: CriteriaSet, sets: Sequence[CriteriaSet]
) -> tuple[CriteriaSet, CriteriaSet, bool]:
    """The two with the earlier edition first, and whether they are editions of one document or a customised pair."""
    editions = editions_of(one, sets)
    places = {item.id: at for at, item in enumerate(editions)}
    if other.id in places:
        return (one, other, True) if places[one.id] <= places[other.id] else (other, one, True)
    if one.customises == other.id:
        return other, one, True
    return one, other, other.customises == one.id


def comparison_page(compared: Compared) -> Page:
    """The page for a pair."""
    if compared.is_one_document:
        return _edition_page(diff(compared.left, compared.right), compared)
    return _publishers_page(compared.left, compared.right)


# Editions, word by word


def _edition_page(difference: SetDifference, compared: Compared) -> Page:
    parts: list[Line | Table] = [
        title("What changed"),
        text(f"From  {difference.old_caption}", Tone.MUTED),
        text(f"To  {difference.new_caption}", Tone.STRONG, is_joined=True),
    ]
    if difference.is_empty:
        parts.append(text("The two say the same."))
    elif difference.may_change_result:
        parts.append(text("! The same answers may come to another result.", Tone.WARNING))
    else:
        parts.append(
            text("✓ Nothing that decides was changed: the same answers come to the same result.", Tone.GOOD)
        )
    if difference.nodes:
        parts.append(heading(f"Criteria and groups: {counted(len(difference.nodes), 'change', 'changes')}"))
        for change in difference.nodes:
            parts += _node_change(change)
    if difference.head:
        parts += [
            heading("What the set says of itself"),
            Table(tuple(_head_row(item) for item in difference.head)),
        ]
    parts += _case_changes(compared.cases)
    return Page("What changed between two editions", tuple(parts))


def _node_change(change: NodeChange) -> Iterator[Line]:
    word, tone = _KINDS[change.kind]
    what = "group" if change.is_group else "criterion"
    decides = [Run("   may change the result", Tone.WARNING)] if change.may_change_result else []
    yield Line((Run(f"{word} {what}  ", tone), Run(change.text, Tone.STRONG), *decides))
    if change.is_reordered:
        yield small(f"Another place under: {change.now_under}", depth=1)
    elif change.is_moved:
        yield small(f"From under: {change.was_under}", depth=1)
        yield small(f"To under: {change.now_under}", depth=1)
    elif change.was_under or change.now_under:
        yield small(f"Under: {change.was_under or change.now_under}", depth=1)
    for field in change.fields:
        yield Line(
            (Run(f"{_field_name(field.field)}: ", Tone.MUTED), *_words(field)), depth=1, is_joined=True
        )


def _head_row(change: FieldChange) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    return (small(_field_name(change.field)),), (Line(_words(change)),)


def _words(change: FieldChange) -> tuple[Run, ...]:
    if not change.before or not change.after:
        was = Run(change.before, Tone.REMOVED) if change.before else Run(_NOTHING, Tone.MUTED)
        now = Run(change.after, Tone.ADDED) if change.after else Run(_NOTHING, Tone.MUTED)
        return (was, Run("  →  ", Tone.MUTED), now)
    runs: list[Run] = []
    for run in change.words:
        if runs and runs[-1].tone is Tone.REMOVED and run.kind == "added":
            runs.append(Run(" "))  # else a struck-out figure and the one in its place read as one number
        runs.append(Run(run.text.replace(">=", "≥").replace("<=", "≤"), _RUNS[run.kind]))
    return tuple(runs)


def _field_name(field: str) -> str:
    words = _SPELT.get(field, field).replace("_", " ")
    return words[:1].upper() + words[1:]


def _case_changes(cases: Sequence[CaseChange]) -> Iterator[Line]:
    if not cases:
        return
    changed = sum(case.is_changed for case in cases)
    yield heading(
        f"Open cases under the earlier one: {len(cases)}, of which {changed} would come out otherwise"
    )
    for case in cases:
        for line in case.lines:
            result = (
                f"{line.before.verdict} → {line.after.verdict}"
                if line.is_changed
                else f"stays {line.before.verdict}"
            )
            runs = (Run(f"{case.number}  ", Tone.STRONG), Run(f"{line.caption}: "))
            yield Line((*runs, Run(result, Tone.WARNING if line.is_changed else Tone.MUTED)), is_joined=True)
            if line.lost_questions:
                yield small(
                    f"{counted(len(line.lost_questions), 'answer stays', 'answers stay')} behind", depth=1
                )


# Publishers, side by side


def _publishers_page(left: CriteriaSet, right: CriteriaSet) -> Page:
    names = (short_name(left), short_name(right))
    if names[0] == names[1]:
        names = (left.id, right.id)
    comparison = compare_sets(left, right, names=names)
    differing = [row for row in comparison.rows if row.differences]
    alike = len(comparison.rows) - len(differing)
    parts: list[Line | Table] = [
        title("Side by side"),
        Table(
            (
                (
                    (text(names[0], Tone.STRONG), small(left.title)),
                    (text(names[1], Tone.STRONG), small(right.title)),
                ),
            ),
            "halves",
        ),
        text(f"{counted(len(differing), 'question differs', 'questions differ')}; {alike} are asked alike."),
    ]
    shared = [row for row in comparison.rows if row.matched.left and row.matched.right]
    for said, rows in (
        ("Asked by both", shared),
        (f"Asked by {names[0]} only", [row for row in comparison.rows if not row.matched.right]),
        (f"Asked by {names[1]} only", [row for row in comparison.rows if not row.matched.left]),
    ):
        if rows:
            parts.append(heading(f"{said}: {len(rows)}"))
        if rows and rows is shared:
            for row in rows:
                parts += _shared_row(row, names)
        else:
            parts += [line for row in rows for line in _lonely_row(row)]
    return Page(f"Comparison of {names[0]} with {names[1]}", tuple(parts))


def _shared_row(row: ComparedRow, names: tuple[str, str]) -> Iterator[Line | Table]:
    subject = row.matched.matched_by.replace("-", " ").replace("_", " ")
    yield Line((Run(subject[:1].upper() + subject[1:], Tone.RULE),))
    left = tuple(line for item in row.matched.left for line in _asked(item))
    right = tuple(line for item in row.matched.right for line in _asked(item))
    yield Table(((left, right),), "halves")
    for difference in row.differences:
        side = {Side.LEFT: names[0], Side.RIGHT: names[1], None: ""}[difference.stricter]
        stricter = [Run(f"   {side} is stricter here", Tone.WARNING)] if side else []
        yield Line((Run(difference.sentence), *stricter), is_joined=True)
    if not row.differences:
        yield text("✓ Asked alike.", Tone.GOOD, is_joined=True)


def _lonely_row(row: ComparedRow) -> Iterator[Line]:
    is_optional = all(difference.stricter is None for difference in row.differences)
    for criterion in (*row.matched.left, *row.matched.right):
        asked, *rest = _asked(criterion)
        yield Line((*asked.runs, Run("   on one of several ways", Tone.MUTED))) if is_optional else asked
        yield from rest


def _asked(criterion: Criterion) -> Iterator[Line]:
    absent = [Run("  must be absent", Tone.BAD)] if criterion.polarity is Polarity.ABSENT else []
    yield Line((Run(criterion.text), *absent))
    yield from limits_line(criterion)
