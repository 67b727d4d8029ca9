"""Reports of the library as pages: how a set's cases came out, and which files cannot be read and why."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.rules.file_problem import CriteriaFileError
from desktop.services.criteria_draft_cases import OwnCase
from desktop.ui.library.page import Line, Page, Run, Table, Tone, heading, small, text, title
from desktop.ui.library.wording import counted

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
        for item in error.problems:
            parts.append(Line((Run(f"Line {item.line}  ", Tone.MUTED), Run(item.problem))))
            parts.append(small(f"What to write: {item.fix}"))
    return Page("Files that cannot be read", tuple(parts))


def problem_line(error: CriteriaFileError) -> str:
    """The first mistake of a file on one line."""
    more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
    return f"{error.origin}, line {error.line}: {error.problem} {error.fix}{more}"


def _failed_first(case: OwnCase) -> bool:
    return case.has_passed
