"""A FHIR Questionnaire in and out of the form in which sets are kept, without a store; files are the caller's.

It must not decide what is stored: an import is a draft that a reviewer reads first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.errors import UserFacingError
from desktop.rules.licence import require_may_leave
from desktop.rules.loader import CriteriaFileError, load_set
from desktop.rules.made_ids import unique
from desktop.rules.questionnaire_export import questionnaire_of
from desktop.rules.questionnaire_import import read_questionnaire
from desktop.rules.questionnaire_json import MAX_BYTES, refused, write_json
from desktop.rules.questionnaire_report import ImportReport
from desktop.services.criteria_draft_reading import draft_of
from desktop.services.criteria_draft_text import to_yaml

_ORIGIN = "imported questionnaire"


@dataclass(frozen=True, slots=True)
class ImportedQuestionnaire:
    """A questionnaire as the text of a criteria file, ready for the editor, and what was done to it on the way."""

    yaml_text: str
    criteria_set: CriteriaSet
    """The set as that text reads."""
    report: ImportReport


def import_questionnaire(source: bytes | Path, taken: Collection[str] = ()) -> ImportedQuestionnaire:
    """The draft set in a questionnaire's JSON. `taken`: ids of sets that are there already.

    Raises UserFacingError when the file cannot be read or holds nothing that can become a criterion. A foreign
    questionnaire gets an id that is not taken; one of our own keeps its id, and the report says when it is taken.
    """
    data = source if isinstance(source, bytes) else _read(source)
    found = read_questionnaire(data)
    criteria_set, remarks = found.criteria_set, list[str]()
    if criteria_set.id in taken and not found.report.is_ours:
        criteria_set = criteria_set.model_copy(update={"id": unique(criteria_set.id, set(taken))})
    elif criteria_set.id in taken:
        remarks.append(
            f"Your library has a set with the id `{criteria_set.id}` already; to keep both, give this one another id."
        )
    if criteria_set.licence is LicenceClass.PUBLIC:
        remarks.append(
            "Its license class is public, which only the sets that come with the program may have: choose another "
            "before it is stored."
        )
    text = to_yaml(draft_of(criteria_set))
    try:
        loaded = load_set(text, _ORIGIN)
    except CriteriaFileError as error:
        told = " ".join(problem.problem for problem in error.problems[:5])
        raise refused(
            f"The questionnaire cannot be kept as one criteria set: {told}",
            "Split it, or change what is named here, and import it again.",
        ) from error
    return ImportedQuestionnaire(text, loaded, found.report.with_remarks(remarks))


def questionnaire_text(criteria_set: CriteriaSet, *, with_user_text: bool = False) -> str:
    """A set as the JSON of a FHIR R4 Questionnaire.

    Raises UserFacingError for a set of licence class user or licensed-reference, unless `with_user_text`.
    """
    require_may_leave(criteria_set, with_user_text)
    return write_json(questionnaire_of(criteria_set))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserFacingError(
            f"{path.name} cannot be read: {error.strerror or 'no reason given'}.",
            safe="Nothing was imported or changed.",
            todo="Check that the file is there and that you may read it.",
        ) from error
    except ValueError as error:  # a name with a NUL in it
        raise refused("This is not the name of a file.") from error
