"""Commands that hold a file of answers against a criteria set: evaluate, gaps. No store and no password."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from desktop.cli.criteria_choice import choose_set
from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.gap import LineGaps, WayToMet
from desktop.domain.truth import Truth
from desktop.intake.json_text import JsonProblemsError, read_json
from desktop.rules.evaluate import evaluate
from desktop.rules.facts_file import Facts, read_facts

MAX_BYTES = 1_000_000
_LISTED = 20


def evaluate_facts(options: argparse.Namespace) -> int:
    """`criteria evaluate`: the trace of a set for the answers in a file."""
    criteria_set = choose_set(options.set, options.folder)
    facts = facts_in(options.facts, criteria_set)
    trace = _trace(criteria_set, facts)
    if options.json:
        print_json(_headed(criteria_set, trace.model_dump(mode="json")))
        return 0
    from desktop.rules.explain import explain_text

    sys.stdout.write(explain_text(trace).rstrip("\n") + "\n")
    return 0


def gaps_of_facts(options: argparse.Namespace) -> int:
    """`criteria gaps`: what would make the set met, beginning from the answers in a file."""
    from desktop.rules.gaps import line_gaps

    criteria_set = choose_set(options.set, options.folder)
    facts = facts_in(options.facts, criteria_set)
    # The record of a file of facts is its imaging and the documents that it says answers rest on.
    case = Case(
        id="facts", service_lines=(facts.line,), imaging=facts.imaging, documents=facts.named_documents
    )
    gaps = line_gaps(criteria_set, _trace(criteria_set, facts), facts.line, case, options.limit)
    if options.json:
        print_json(_headed(criteria_set, gaps.model_dump(mode="json")))
    else:
        sys.stdout.write(_gaps_text(gaps))
    return 0


def _trace(criteria_set: CriteriaSet, facts: Facts) -> EvaluationTrace:
    return evaluate(
        criteria_set,
        facts.line,
        facts.assessments,
        facts.links,
        imaging=facts.imaging,
        documents=facts.documents,
    )


def _headed(criteria_set: CriteriaSet, values: dict[str, object]) -> dict[str, object]:
    """The values after what names the edition that they hold for."""
    head: dict[str, object] = {
        "id": criteria_set.id,
        "family": criteria_set.family,
        "edition": criteria_set.edition,
        "hash": criteria_set.content_hash,
    }
    return {**head, **values}


def print_json(value: object) -> None:
    """Write a value to standard output as every command of `criteria` writes JSON."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def facts_in(name: str, criteria_set: CriteriaSet) -> Facts:
    """The facts in a file (`-`: standard input). Remarks go to standard error."""
    data = _read(name)
    origin = "standard input" if name == "-" else Path(name).name
    if len(data) > MAX_BYTES:
        raise _refused(f"{origin} is larger than {MAX_BYTES:,} bytes, the most a file of facts may have.")
    try:
        document = read_json(data)
    except JsonProblemsError as error:
        told = "\n".join(f"{origin}: {problem}" for problem in error.problems[:_LISTED])
        raise _refused(told) from error
    facts = read_facts(document, criteria_set, origin)
    for remark in facts.remarks:
        sys.stderr.write(f"note: {remark}\n")
    return facts


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(f"{name} cannot be read: {error.strerror or 'no reason given'}.") from error
    except ValueError as error:  # a name with a NUL in it
        raise _refused(f"{name!r} is not the name of a file.") from error


def _refused(what: str) -> UserFacingError:
    return UserFacingError(
        what,
        safe="Nothing was evaluated or changed.",
        todo='Write a JSON object that maps criterion ids to answers: {"criterion-id": "met"}.',
    )


# ---------------------------------------------------------------------------------------------------- words


def _gaps_text(gaps: LineGaps) -> str:
    lines = [f"{gaps.set_title} [{gaps.set_id}]", f"The line is {gaps.truth.verdict}.", ""]
    lines += _ways("the whole line", gaps.truth, gaps.ways)
    if len(gaps.levels) > 1:
        for level in gaps.levels:
            place = " ".join(part for part in (level.level, level.side) if part)
            lines += _ways(place, level.truth, level.ways)
    if not gaps.is_exact:
        lines += ["The search was cut off: these ways work, but a smaller one may exist.", ""]
    return "\n".join(lines)


def _ways(place: str, truth: Truth, ways: tuple[WayToMet, ...]) -> list[str]:
    if truth is Truth.TRUE:
        return [f"For {place} nothing is missing.", ""]
    if not ways:
        return [f"For {place} no open criterion can make the set met.", ""]
    lines: list[str] = []
    for number, way in enumerate(ways, 1):
        lines.append(f"Way {number} for {place}: {len(way.gaps)} to close")
        for gap in way.gaps:
            where = f" ({gap.subject})" if gap.subject and gap.subject != "line" else ""
            lines.append(f"  - {gap.text}{where} [{gap.criterion_id}]")
            days = " to ".join(day.isoformat() for day in (gap.dated_from, gap.dated_to) if day)
            notes = (
                "The record says the opposite." if gap.is_contrary else "",
                "To be shown not to be so." if gap.must_become is Truth.FALSE else "",
                f"Closes with: {gap.closes_with}." if gap.closes_with else "",
                f"Dated {days}." if days else "",
                f"Owed by: {gap.owed_by}." if gap.owed_by else "",
            )
            lines += [f"      {note}" for note in notes if note]
        lines.append("")
    return lines
