"""Commands on the criteria library: what to do with it, and which room does it. No store and no password."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop.cli import criteria_answers, criteria_exchange
from desktop.cli.criteria_answers import print_json
from desktop.cli.criteria_choice import choose_set, library_in, require_criteria
from desktop.domain.clock import SystemClock
from desktop.domain.criteria import CriteriaSet, Criterion, Group
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.rules.conformance import run_cases
from desktop.rules.diff import diff
from desktop.rules.diff_fields import rule_words
from desktop.rules.diff_text import difference_text
from desktop.rules.editions import review_state
from desktop.rules.lint import lint_folder
from desktop.rules.match import Match, Request, match


def run(options: argparse.Namespace) -> int:
    """Carry out a `criteria` command; 1 when a check found errors."""
    match options.action:
        case "list":
            return _list(options.folder, as_json=options.json)
        case "show":
            return _show(choose_set(options.set, options.folder))
        case "diff":
            return _diff(options)
        case "match":
            return _match(options)
        case "evaluate":
            return criteria_answers.evaluate_facts(options)
        case "gaps":
            return criteria_answers.gaps_of_facts(options)
        case "import" | "export" | "response":
            return criteria_exchange.run(options)
        case "lint":
            return _lint(options.folder)
        case _:
            return _test(options.folder)


def _list(folder: Path, *, as_json: bool) -> int:
    today = SystemClock().today()
    rows = [_row(item, review_state(item, today).state.value) for item in library_in(folder).sets]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        caption = " ".join(
            part for part in (row["publisher"], row["document_number"], row["edition"]) if part
        )
        sys.stdout.write(f"{row['id']}\t{caption}\t{row['licence']}\t{row['review_state']}\n")
    return 0


def _row(item: CriteriaSet, review: str) -> dict[str, str | None]:
    return {
        "id": item.id,
        "family": item.family,
        "title": item.title,
        "publisher": item.publisher,
        "document_number": item.document_number,
        "edition": item.edition,
        "effective_from": item.effective_from.isoformat() if item.effective_from else None,
        "effective_to": item.effective_to.isoformat() if item.effective_to else None,
        "review_by": item.review_by.isoformat() if item.review_by else None,
        "review_state": review,
        "licence": item.licence.value,
        "hash": item.content_hash,
    }


def _show(criteria_set: CriteriaSet) -> int:
    review = review_state(criteria_set, SystemClock().today()).sentence
    sys.stdout.write(f"{criteria_set.title}\n{criteria_set.caption}\n{review}\n{criteria_set.notes}\n\n")
    _outline(criteria_set.root, depth=0)
    return 0


def _outline(node: Criterion | Group, depth: int) -> None:
    indent = "  " * depth
    if isinstance(node, Criterion):
        source = f"{node.source.document} {node.source.locator}".strip()
        sys.stdout.write(f"{indent}- {node.text} [{node.id}; {source}; proof {node.source.proof}]\n")
        return
    name = rule_words(node) if node.kind != "at_least" else f"{rule_words(node)} of"
    sys.stdout.write(f"{indent}{name}: {node.text}\n")
    for child in node.children:
        _outline(child, depth + 1)


def _diff(options: argparse.Namespace) -> int:
    difference = diff(choose_set(options.old, options.folder), choose_set(options.new, options.folder))
    if options.json:
        print_json({**difference.model_dump(mode="json"), "may_change_result": difference.may_change_result})
    else:
        sys.stdout.write(difference_text(difference))
    return 0


def _match(options: argparse.Namespace) -> int:
    request = Request(
        text=options.text,
        codes=tuple(options.code),
        diagnoses=tuple(options.diagnosis),
        payer=options.payer,
        service_on=options.on,
        findings=tuple(options.finding),
    )
    if not (request.text.strip() or request.codes or request.diagnoses):
        raise UserFacingError(
            "Nothing was said of the request.",
            safe="Nothing was changed.",
            todo="Give its words with --text, a code with --code, or a diagnosis with --diagnosis.",
        )
    found: tuple[Match, ...] = match(library_in(options.folder), request)
    if options.json:
        print_json([_match_row(item) for item in found])
        return 0
    for item in found:
        sys.stdout.write(f"{item.family}\t{item.score:.2f}\t{' '.join(item.why)}\n")
        for ranked in item.sets:
            sys.stdout.write(f"    {ranked.criteria_set.id}\t{ranked.criteria_set.caption}\n")
            for warning in ranked.warnings:
                sys.stdout.write(f"        {warning.kind.value}: {warning.sentence}\n")
    if not found:
        sys.stdout.write("No set of the library is for this request.\n")
    return 0


def _match_row(item: Match) -> dict[str, object]:
    return {
        "id": item.family,
        "score": item.score,
        "why": " ".join(item.why),
        "sets": [
            {
                "id": ranked.criteria_set.id,
                "edition": ranked.criteria_set.edition,
                "in_force": ranked.is_in_force,
                "warnings": [f"{warning.kind.value}: {warning.sentence}" for warning in ranked.warnings],
            }
            for ranked in item.sets
        ],
    }


def _lint(folder: Path) -> int:
    require_criteria(folder)
    problems = lint_folder(folder)
    for problem in problems:
        sys.stdout.write(
            f"{problem.file}:{problem.line}: {problem.severity.value} [{problem.rule}] "
            f"{problem.message} {problem.instead}\n"
        )
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    sys.stdout.write(f"criteria lint: {errors} error(s), {len(problems) - errors} warning(s).\n")
    return 1 if errors else 0


def _test(folder: Path) -> int:
    require_criteria(folder)
    report = run_cases(folder)
    for problem in report.problems:
        sys.stdout.write(f"{problem.what} {problem.todo}\n")
    for case in report.failed:
        sys.stdout.write(
            f"{case.origin}:{case.line}: {case.set_id}: {case.name}: {'; '.join(case.differences)}\n"
        )
    bad = len(report.failed) + len(report.problems)
    sys.stdout.write(f"criteria test: {len(report.results) - len(report.failed)} passed, {bad} failed.\n")
    return 0 if report.results and report.has_passed else 1
