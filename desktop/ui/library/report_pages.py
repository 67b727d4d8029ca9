"""Reports of the library as pages: how a set's cases came out, and which files cannot be read and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.criteria import CriteriaSet
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.questionnaire_report import Fate, ImportReport
from desktop.services.criteria_draft_cases import OwnCase
from desktop.ui.library.page import Line, Page, Run, Table, Tone, heading, small, text, title
from desktop.ui.library.set_page import outline
from desktop.ui.library.wording import counted

MOST_ITEMS = 300
"""How many items of a questionnaire are told one by one; the rest is counted."""
_EXPECTS = {"true": "met", "false": "not met", "unknown": "not established"}


def cases_page(name: str, cases: Sequence[OwnCase]) -> Page:
    """What became of every case of a set; those that came out otherwise stand first."""
    failed = [case for case in cases if not case.has_passed]
    if not cases:
        verdict = text(
            "This set has no cases. In the editor, answers of a real case become one, without anything of the patient.",
            Tone.MUTED,
        )
    elif failed:
        verdict = text(
            f"× {len(failed)} of {counted(len(cases), 'case', 'cases')} came out otherwise.", Tone.BAD
        )
    else:
        words = "The one case comes" if len(cases) == 1 else f"All {len(cases)} cases come"
        verdict = text(f"✓ {words} out as expected.", Tone.GOOD)
    parts: list[Line | Table] = [title(f"Cases of {name}"), verdict]
    for case in sorted(cases, key=_failed_first):
        mark = ("✓  ", Tone.GOOD) if case.has_passed else ("×  ", Tone.BAD)
        expected = Run(f"   expected {_EXPECTS.get(case.expects, case.expects)}", Tone.MUTED)
        parts.append(Line((Run(*mark), Run(case.name), expected)))
        parts += [small(words, Tone.BAD, depth=1) for words in case.differences]
    return Page(f"Cases of {name}", tuple(parts))


def problems_page(problems: Sequence[CriteriaFileError]) -> Page:
    """Every file or own set that cannot be read, or that contradicts another: place, what is wrong, what to write."""
    parts: list[Line | Table] = [
        text(
            "What is named here was left out of the library or contradicts another set. Everything else works."
        )
    ]
    for error in problems:
        parts.append(heading(error.origin))
        parts += problem_lines(error)
    return Page("Files that cannot be read", tuple(parts))


def problem_lines(error: CriteriaFileError) -> Iterator[Line]:
    """What is wrong with one file, line by line, and what to write."""
    for item in error.problems:
        yield Line((Run(f"Line {item.line}  ", Tone.MUTED), Run(item.problem)))
        yield small(f"What to write: {item.fix}")


def refused_page(error: CriteriaFileError) -> Page:
    """Why a file that was to be imported cannot be read, line by line."""
    parts: list[Line | Table] = [
        title(f"{error.origin} was not imported"),
        text("Nothing was stored. Put these lines right in the file and import it again."),
    ]
    parts += problem_lines(error)
    return Page(f"Why {error.origin} cannot be read", tuple(parts))


def import_page(name: str, criteria_set: CriteriaSet, report: ImportReport | None) -> Page:
    """A set read from a file, before it is stored: what became of a questionnaire's items, and what the set asks."""
    parts: list[Line | Table] = [
        title(criteria_set.title),
        text(f"Read from {name}.", Tone.MUTED, is_joined=True),
    ]
    if report is not None:
        parts += _report(report)
    parts += [heading("What it asks"), *outline(criteria_set)]
    return Page(f"Import of {name}", tuple(parts))


def _report(report: ImportReport) -> Iterator[Line]:
    yield heading("What became of the questionnaire")
    counts = (
        f"{counted(report.count(Fate.CRITERION), 'criterion', 'criteria')} in "
        f"{counted(report.count(Fate.GROUP), 'group', 'groups')}; "
        f"{counted(report.count(Fate.NOTE), 'item', 'items')} kept as notes; "
        f"{counted(report.count(Fate.DROPPED), 'item', 'items')} dropped."
    )
    yield text(counts)
    for remark in report.remarks:
        yield text(f"! {remark}", Tone.WARNING, is_joined=True)
    kept = [
        item for item in report.items if item.fate is not Fate.DROPPED and (item.said or not report.is_ours)
    ]
    for name, mark, tone, items in (
        ("Dropped", "− ", Tone.BAD, report.dropped),
        ("Kept", "✓ ", Tone.GOOD, kept),
    ):
        if items:
            yield heading(f"{name}: {len(items)}")
        for at, item in enumerate(items[:MOST_ITEMS]):
            yield Line((Run(mark, tone), Run(item.sentence)), is_joined=at > 0)
        if len(items) > MOST_ITEMS:
            yield small(f"and {len(items) - MOST_ITEMS} more")


def problem_line(error: CriteriaFileError) -> str:
    """The first mistake of a file on one line."""
    more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
    return f"{error.origin}, line {error.line}: {error.problem} {error.fix}{more}"


def _failed_first(case: OwnCase) -> bool:
    return case.has_passed
