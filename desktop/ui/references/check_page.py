"""What the check of the reference library finds, as a page: the shipped file first, then the user's own entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.reference import Reference
from desktop.domain.severity import Severity
from desktop.letters.references.duplicates import Duplicate
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.lint import ReferenceProblem
from desktop.ui.library.page import Line, Page, Run, Table, Tone, heading, small, text, title
from desktop.ui.library.wording import counted

_MOST = 200


def check_page(
    problems: Sequence[ReferenceProblem], library: ReferenceLibrary, duplicates: Sequence[Duplicate]
) -> Page:
    """Errors before remarks; says plainly when there is nothing."""
    errors = [item for item in problems if item.severity is Severity.ERROR]
    remarks = [item for item in problems if item.severity is not Severity.ERROR]
    parts: list[Line | Table] = [
        title("Check of the references"),
        text(
            "Every entry needs a subject, a place where it was checked and a complete citation; every claim its "
            "source, and its figures or the word that none is stated.",
            Tone.MUTED,
            is_joined=True,
        ),
        heading("The library that comes with the program"),
        text(
            f"× {counted(len(errors), 'error', 'errors')}." if errors else "✓ No error.",
            Tone.BAD if errors else Tone.GOOD,
        ),
    ]
    parts += [line for item in errors for line in _finding(item)]
    if remarks:
        parts.append(text(f"{counted(len(remarks), 'remark', 'remarks')}:", Tone.MUTED))
        parts += [line for item in remarks for line in _finding(item)]
    parts.append(heading("Your own entries"))
    parts += _own(library)
    known = {item.id: item for item in library.all()}
    pairs = [pair for pair in duplicates if _is_open(pair, known)]
    parts.append(heading("What looks like one source"))
    if not pairs:
        parts.append(text("✓ No entry repeats another.", Tone.GOOD))
    for pair in pairs[:_MOST]:
        words = f"{pair.first} and {pair.second}: {pair.reason}. Keep one, or mark the older as superseded."
        parts.append(text(f"! {words}", Tone.WARNING, is_joined=True))
    if len(pairs) > _MOST:
        parts.append(small(f"and {len(pairs) - _MOST} more"))
    return Page("Check of the references", tuple(parts))


def _finding(item: ReferenceProblem) -> Iterator[Line]:
    is_error = item.severity is Severity.ERROR
    mark = Run("× " if is_error else "! ", Tone.BAD if is_error else Tone.WARNING)
    yield Line((mark, Run(f"{item.entry}  ", Tone.STRONG), Run(f"{item.message}.")), is_joined=True)
    yield small(f"line {item.line} of the file · {item.rule}", depth=1)


def _own(library: ReferenceLibrary) -> Iterator[Line]:
    own = [item for item in library.all() if item.is_own]
    if not own:
        yield text("There are none.", Tone.MUTED)
        return
    found = [(item, words) for item in own for words in _lacks(item, library)]
    if not found:
        yield text(f"✓ {counted(len(own), 'entry', 'entries')}, nothing is lacking.", Tone.GOOD)
    for item, words in found[:_MOST]:
        yield Line(
            (Run("! ", Tone.WARNING), Run(f"{item.id}  ", Tone.STRONG), Run(words)),
            is_joined=True,
        )
    if len(found) > _MOST:
        yield small(f"and {len(found) - _MOST} more")


def _lacks(item: Reference, library: ReferenceLibrary) -> Iterator[str]:
    entry = item.bibliography
    if not item.is_verified:
        yield "is not verified: record where and when you checked it."
    if entry.year is None:
        yield "has no year."
    if not entry.authors and not entry.publisher and not entry.authority:
        yield "names nobody who wrote or issued it."
    for claim in library.claims_of(item.id):
        if claim.figures and not claim.locator:
            yield f"claim {claim.id} does not say where in the source its figures stand."


def _is_open(pair: Duplicate, known: dict[str, Reference]) -> bool:
    """Whether nobody has said yet that the two are the same, or that one no longer stands."""
    first, second = known[pair.first], known[pair.second]
    is_said = second.same_as == first.id or first.same_as == second.id
    return not is_said and pair.second != first.superseded_by and pair.first != second.superseded_by
