"""Commands on the reference library; only what concerns the user's own entries opens the store."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.cli.cases import require_store
from desktop.domain.errors import UserFacingError
from desktop.domain.reference import Claim, Figure, Reference, ReferenceStance, Standing
from desktop.domain.severity import Severity
from desktop.letters.references.exchange import (
    MOST_BYTES,
    ImportedReferences,
    ReferenceForm,
    read_references,
    write_references,
)
from desktop.letters.references.library import FILE_NAME, ReferenceLibrary, load_references
from desktop.letters.references.lint import lint_references
from desktop.letters.references.search import ReferenceQuery, search_references
from desktop.security.atomic_file import write_private
from desktop.services.opening import open_with_password
from desktop.services.reference_library import Proposed
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir

_STANCES = {"for": ReferenceStance.FOR, "mixed": ReferenceStance.MIXED, "against": ReferenceStance.AGAINST}
Password = Callable[[Path | None], str]


def run(options: argparse.Namespace, password: Password) -> int:
    """Carry out a `references` command; 1 when the lint found errors. `password` is asked only for the store."""
    match options.action:
        case "lint":
            return _lint(options.folder)
        case "import":
            return _import(options, password)
        case "show":
            with _library(options, password) as library:
                return _show(_found(library, options.reference), library, as_json=options.json)
        case "export":
            with _library(options, password) as library:
                return _export(options, library)
        case _:
            with _library(options, password) as library:
                return _list(options, library)


@contextmanager
def _services(options: argparse.Namespace, password: Password) -> Generator[Services]:
    require_store(options.store)
    services = open_with_password(options.store, password(options.password_file))
    try:
        yield services
    finally:
        services.close()


@contextmanager
def _library(options: argparse.Namespace, password: Password) -> Generator[ReferenceLibrary]:
    if options.own:
        with _services(options, password) as services:
            yield services.references.library()
    else:
        yield load_references(resources_dir() / "references")


def _found(library: ReferenceLibrary, reference_id: str) -> Reference:
    reference = library.get(reference_id)
    if reference is None:
        raise UserFacingError(
            f"There is no reference {reference_id}.",
            safe="Nothing was changed.",
            todo="List them with `references list`; your own entries need --own.",
        )
    return reference


def _list(options: argparse.Namespace, library: ReferenceLibrary) -> int:
    query = ReferenceQuery(
        words=" ".join(options.words) if options.action == "search" else "",
        topic=options.topic,
        stance=_STANCES[options.stance] if options.stance else None,
        year_from=options.year_from,
        year_to=options.year_to,
    )
    found = search_references(library, query)
    if options.json:
        _print_json([{**_row(item.reference), "score": item.score} for item in found])
        return 0
    for item in found:
        reference = item.reference
        year = reference.bibliography.year or ""
        sys.stdout.write(f"{reference.id}\t{year}\t{reference.stance.value}\t{_standing(reference)}\t")
        sys.stdout.write(f"{reference.bibliography.title}\n")
    if not found:
        sys.stdout.write("No reference answers this.\n")
    return 0


def _standing(reference: Reference) -> str:
    verified = "verified" if reference.is_verified else "not verified"
    return verified if reference.standing is Standing.CURRENT else f"{verified}, {reference.standing.value}"


def _row(reference: Reference) -> dict[str, object]:
    return {
        "id": reference.id,
        "type": reference.kind,
        "title": reference.bibliography.title,
        "year": reference.bibliography.year,
        "stance": reference.stance.value,
        "evidence": reference.evidence.value,
        "verified": reference.is_verified,
        "standing": reference.standing.value,
        "own": reference.is_own,
        "subjects": list(reference.subjects),
        "topics": list(reference.topics),
    }


def _show(reference: Reference, library: ReferenceLibrary, *, as_json: bool) -> int:
    claims = library.claims_of(reference.id)
    if as_json:
        detail = {**_row(reference), "ama": reference.citation, "vancouver": reference.vancouver}
        detail["status"] = reference.status
        detail["verified_from"] = list(reference.verified_from)
        detail["verified_on"] = reference.verified_on.isoformat() if reference.verified_on else None
        detail["note"] = reference.bibliography.note
        detail["claims"] = [claim.model_dump(mode="json") for claim in claims]
        _print_json(detail)
        return 0
    day = reference.verified_on.isoformat() if reference.verified_on else "day not recorded"
    lines = [
        f"{reference.id}: {_standing(reference)} ({reference.status}; {day})",
        f"AMA: {reference.citation}",
        f"Vancouver: {reference.vancouver}",
        f"Stance: {reference.stance.value}. Evidence: {reference.evidence.label}.",
        f"Subjects: {', '.join(reference.subjects) or 'none'}",
        *(f"Verified from: {place}" for place in reference.verified_from),
        *((f"Note: {reference.bibliography.note}",) if reference.bibliography.note else ()),
        *((f"Standing: {reference.standing_note}",) if reference.standing_note else ()),
        *((f"Superseded by: {reference.superseded_by}",) if reference.superseded_by else ()),
        *((f"No claim: {reference.no_claim_because}",) if reference.no_claim_because else ()),
    ]
    for claim in claims:
        lines.extend(_claim_lines(claim))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _claim_lines(claim: Claim) -> Iterator[str]:
    where = f"; {claim.locator}" if claim.locator else ""
    yield f"- {claim.text} [{claim.topic}; {claim.stance.value}{where}]"
    for figure in claim.figures:
        yield f"    {_figure_words(figure)}"
    if not claim.figures:
        yield "    figure: none stated"


def _figure_words(figure: Figure) -> str:
    parts = (
        f"{figure.what}: {figure.value} {figure.unit}".strip(),
        f"against {figure.comparator}" if figure.comparator else "",
        f"n: {figure.n}" if figure.n else "",
        f"at {figure.follow_up}" if figure.follow_up else "",
    )
    return "; ".join(part for part in parts if part)


def _lint(folder: Path) -> int:
    # os.path and not Path: a name that no file can have is no file either.
    if not os.path.isfile(folder / FILE_NAME):  # noqa: PTH113
        raise UserFacingError(
            f"There is no reference library at {folder}: it has no file {FILE_NAME}.",
            safe="Nothing was checked or changed.",
            todo=f"Name the folder that holds {FILE_NAME}, or no folder for the program's own library.",
        )
    problems = lint_references(folder)
    for problem in problems:
        sys.stdout.write(
            f"{folder / FILE_NAME}:{problem.line}: {problem.severity.value} [{problem.rule}] "
            f"{problem.entry}: {problem.message}.\n"
        )
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    sys.stdout.write(f"references lint: {errors} error(s), {len(problems) - errors} warning(s).\n")
    return 1 if errors else 0


def _import(options: argparse.Namespace, password: Password) -> int:
    form = ReferenceForm(options.form) if options.form else None
    read = read_references(_content_of(options.file), options.file.name, form)
    sys.stdout.write(read.report)
    if options.check:
        sys.stdout.write("Nothing was stored.\n")
        return 0
    with _services(options, password) as services:
        proposed = services.references.proposed(entry.bibliography for entry in read.entries)
        taken = tuple(item for item in proposed if options.all or item.is_worth_storing)
        _say_repeats(proposed, kept=options.all)
        ids = services.references.take(taken, _origin(read)).value if taken else ()
    for reference_id in ids:
        sys.stdout.write(f"Stored, not verified: {reference_id}\n")
    sys.stdout.write(f"{len(ids)} of {len(proposed)} stored.\n")
    return 0


def _origin(read: ImportedReferences) -> str:
    return f"{read.name} ({read.form.value})"


def _say_repeats(proposed: tuple[Proposed, ...], *, kept: bool) -> None:
    what = "stored all the same" if kept else "not stored"
    for item in proposed:
        if not item.bibliography.title:
            sys.stdout.write(f"{item.id}: has no title; {what}.\n")
        elif item.repeats:
            sys.stdout.write(
                f"{item.bibliography.title[:80]}: has {item.reason} as {item.repeats}; {what}.\n"
            )


def _content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than is taken, so that a larger file is seen to be one without being read whole.
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        why = (error.strerror if isinstance(error, OSError) else None) or "no reason given"
        raise UserFacingError(
            f"The file {path.name} cannot be read: {why}.",
            safe="Nothing was stored.",
            todo="Name a file that is there and may be read.",
        ) from error


def _export(options: argparse.Namespace, library: ReferenceLibrary) -> int:
    chosen = [_found(library, item) for item in dict.fromkeys(options.reference)] or library.all()
    form = ReferenceForm(options.form) if options.form else ReferenceForm.CSL_JSON
    exported = write_references([(item.id, item.bibliography) for item in chosen], form)
    for remark in exported.remarks:
        sys.stderr.write(f"note: {remark}\n")
    if options.out is None:
        sys.stdout.write(exported.text)
        return 0
    try:
        write_private(options.out, exported.text.encode("utf-8"))
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "no reason given"
        raise UserFacingError(
            f"The file cannot be written to {options.out}: {why}.",
            safe="What stood there is as it was; no half file was left behind.",
            todo="Choose another place with --out.",
        ) from error
    sys.stdout.write(f"Written: {options.out}\n")
    return 0


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
