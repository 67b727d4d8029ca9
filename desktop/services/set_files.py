"""One criteria set as the text of a file, out of the library and into it; reading and writing files is the caller's.

What a user typed or licensed leaves only when the caller says so for this one set.
"""

from __future__ import annotations

from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.domain.text import sha256_of
from desktop.rules.licence import require_may_leave
from desktop.rules.loader import criteria_files, file_of, load_set
from desktop.services.catalogue import Catalogue
from desktop.services.operation import OperationResult
from desktop.settings.paths import criteria_dir


class SetFiles:
    """Exchange of single sets."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def export_set(self, set_id: str, with_user_text: bool = False) -> str:
        """The YAML text of a set, exactly as it was typed or shipped.

        Raises UserFacingError for an unknown set, and for one of licence class user or licensed-reference unless
        `with_user_text`: the caller has asked for exactly this set, by its licence class.
        """
        criteria_set = self._catalogue.set_called(set_id)
        require_may_leave(criteria_set, with_user_text)
        typed = self._catalogue.typed_source(set_id)
        return typed if typed is not None else _shipped_text(criteria_set)

    def import_set(self, text: str) -> OperationResult[CriteriaSet]:
        """Store a set from a file's text as an own set.

        Raises CriteriaFileError with the lines; UserFacingError when its id belongs to another text.
        """
        present = self._catalogue.library().get(load_set(text, "imported set").id)
        if present is not None and present.content_hash == sha256_of(text):
            raise UserFacingError(
                f"This set is in the library already: “{present.title}”.",
                safe="Nothing was changed.",
                todo="Use the one that is there.",
            )
        found = self._catalogue.parse_typed(text)
        if self._catalogue.typed_source(found.id) is not None:
            raise UserFacingError(
                f"Your library has another text for the set {found.id}.",
                safe="Nothing was changed; answers of your cases rest on the text that is there.",
                todo="Give the set in the file an id of its own, and name the other in `supersedes` if it is later.",
            )
        return self._catalogue.type_set(text)


def _shipped_text(criteria_set: CriteriaSet) -> str:
    found = file_of(criteria_set, criteria_files(criteria_dir()))
    if found is None:
        raise UserFacingError(
            f"The file of the set “{criteria_set.title}” is not where it was when the program started.",
            safe="Nothing was written.",
            todo="Start the program again; if that does not help, install it again.",
        )
    return found[1]
