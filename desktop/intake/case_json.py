"""Reads and writes the documented JSON case format; a file with any problem is refused with all of them named.

It must not repair, default or guess: a reviewer's case is what the file says, or it is not opened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from desktop.domain.case_file import CaseFile, FileEvidence
from desktop.domain.document import Document, Span, span_of
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import ReceivedFile
from desktop.intake.beside import read_beside
from desktop.intake.case_coherence import coherence_problems, open_points
from desktop.intake.case_wording import worded_problems
from desktop.intake.json_text import MAX_BYTES, JsonProblemsError, read_json

_LISTED = 40


class CaseFileError(UserFacingError):
    """A file that is not a case; `problems` holds every one as `path: problem`, paths as in the file."""

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        listed = "".join(f"\n  {problem}" for problem in problems[:_LISTED])
        rest = f"\n  and {len(problems) - _LISTED} more" if len(problems) > _LISTED else ""
        super().__init__(
            f"'{name}' could not be read as a case: {count}.{listed}{rest}\n",
            safe="Nothing was opened or changed.",
            todo="Correct the file at the places named, or compare it with resources/schema/case.schema.json.",
        )


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case that was read, and what a reviewer should know of it though it is coherent."""

    case_file: CaseFile
    problems: tuple[str, ...] = ()
    files: Mapping[str, ReceivedFile] = field(default_factory=dict[str, ReceivedFile])
    """The files it names, by the ids of their documents; only of a case that was read from a folder."""


def read_case_file(path: Path) -> LoadedCase:
    """As `load_case_file`, from a file, with the files it names. Raises UserFacingError when one cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # never more: a device such as /dev/zero has no end
    except OSError as error:
        raise UserFacingError(
            f"The case file {path.name} cannot be read: {error.strerror or 'no reason given'}.",
            safe="Nothing was opened or changed.",
            todo="Check the name and that you may read it.",
        ) from error
    loaded = load_case_file(data, path.name)
    files, problems = read_beside(path.parent, loaded.case_file.files)
    if problems:
        raise CaseFileError(path.name, problems)
    return replace(loaded, files=files)


def load_case_file(data: bytes, name: str) -> LoadedCase:
    """Read a case file of at most 20 MB of UTF-8 JSON. Raises CaseFileError with every problem it has.

    `name` is only for the message. `LoadedCase.problems` are open points that do not stop it.
    """
    try:
        value = read_json(data)
    except JsonProblemsError as error:
        raise CaseFileError(name, error.problems) from None
    try:
        # Strict, and from JSON: a number is no date, "yes" is no boolean, "2" is no count.
        case_file = CaseFile.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        raise CaseFileError(name, worded_problems(error)) from None
    problems = coherence_problems(case_file)
    if problems:
        raise CaseFileError(name, problems)
    return LoadedCase(case_file, open_points(case_file))


def evidence_span(document: Document, evidence: FileEvidence) -> Span:
    """Seal the words of `evidence` in its document. Raises ValueError when they do not stand there."""
    if document.id != evidence.document_id:
        raise ValueError("the evidence speaks of another document")
    start = -1
    search_from = 0
    for _ in range(evidence.occurrence):
        start = document.text.find(evidence.quote, search_from)
        if start < 0:
            raise ValueError("the words do not stand in the document that often")
        search_from = start + len(evidence.quote)
    return span_of(document, start, start + len(evidence.quote))


def dump_case_file(case_file: CaseFile) -> str:
    """The file's text: UTF-8 JSON, two spaces, only what differs from the defaults, loadable again."""
    raw = case_file.model_dump(mode="json", exclude_defaults=True)
    for assessment, shown in zip(case_file.assessments, raw.get("assessments", ()), strict=True):
        for evidence, words in zip(assessment.evidence, shown.get("evidence", ()), strict=True):
            # Said even when it is 1: without it, words that stand twice are ambiguous.
            words["occurrence"] = evidence.occurrence
    return json.dumps(raw, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
