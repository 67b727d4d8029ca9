"""What the library screen reads, as jobs for other threads: the shelf, a set with its use, a comparison, a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.case import CaseStatus
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import load_set, read_criteria_file
from desktop.rules.questionnaire_report import ImportReport
from desktop.services.set_conformance import run_cases_of
from desktop.ui.library.difference_page import Compared, comparison_page, ordered_pair
from desktop.ui.library.page import Page
from desktop.ui.library.report_pages import cases_page
from desktop.ui.library.set_page import set_page
from desktop.ui.library.shelf import Shelf
from desktop.ui.library.wording import short_name

if TYPE_CHECKING:
    from desktop.services.workspace import Services

_PEEKED = 256
"""Bytes that tell a questionnaire from a criteria file."""


@dataclass(frozen=True, slots=True)
class ShownSet:
    """A set ready to be shown: its page, the open cases that use it, and what it may be compared with."""

    criteria_set: CriteriaSet
    page: Page
    cases: tuple[tuple[str, str], ...]
    """Id and number of every open case that uses it."""
    others: tuple[tuple[str, str], ...]
    """Id and caption of every other set, those of the same family first."""
    near_count: int
    """How many of the others are of the same family, or its editions and customisations."""
    is_own: bool
    use_count: int
    """How many cases use it, closed ones among them; one that is used cannot be deleted."""


def read_shelf(services: Services, today: date) -> Shelf:
    """The library as it is now."""
    catalogue = services.catalogue
    return Shelf(catalogue.library(), frozenset(item.id for item in catalogue.typed_sets()), today)


def read_set(services: Services, shelf: Shelf, set_id: str) -> ShownSet:
    """A set of the shelf with its use. Raises UserFacingError when it is not there any more."""
    criteria_set = _found(shelf, set_id)
    uses = services.editions.uses(set_id)
    closed = CaseStatus.CLOSED
    cases = tuple(use for use in uses if services.cases.case(use[0]).status is not closed)
    numbers = tuple(number for _, number in cases)
    others, near_count = _others(criteria_set, shelf)
    return ShownSet(
        criteria_set,
        set_page(criteria_set, shelf.today, shelf.library.sets, numbers),
        cases,
        others,
        near_count,
        is_own=set_id in shelf.own_ids,
        use_count=len(uses),
    )


def read_comparison(services: Services, shelf: Shelf, one_id: str, other_id: str) -> Page:
    """Two sets beside each other; of two editions the earlier first, with what the later changes in open cases."""
    one, other = _found(shelf, one_id), _found(shelf, other_id)
    left, right, is_one_document = ordered_pair(one, other, shelf.library.sets)
    cases = services.editions.open_cases_that_change(left.id, right) if is_one_document else ()
    return comparison_page(Compared(left, right, is_one_document, cases))


def read_cases(services: Services, shelf: Shelf, set_id: str) -> Page:
    """How the cases of a set come out."""
    return cases_page(short_name(_found(shelf, set_id)), run_cases_of(services.catalogue, set_id))


@dataclass(frozen=True, slots=True)
class Imported:
    """A set read from a file and not stored yet. `report`: what became of a questionnaire's items."""

    name: str
    text: str
    criteria_set: CriteriaSet
    report: ImportReport | None = None


def read_import(services: Services, path: Path) -> Imported:
    """The set in a criteria file or a FHIR Questionnaire; nothing is stored.

    Raises CriteriaFileError with every line of a criteria file to put right, or UserFacingError.
    """
    if _is_json(path):
        found = services.criteria_exchange.import_questionnaire(path)
        return Imported(path.name, found.yaml_text, found.criteria_set, found.report)
    text = read_criteria_file(path, path.name)
    return Imported(path.name, text, load_set(text, path.name))


def export_text(services: Services, set_id: str, kind: str, *, with_user_text: bool) -> str:
    """A set as the text of a file, `yaml` or `questionnaire`. Raises UserFacingError for words that may not leave."""
    if kind == "questionnaire":
        return services.criteria_exchange.export_questionnaire(set_id, with_user_text=with_user_text)
    return services.set_files.export_set(set_id, with_user_text)


def _is_json(path: Path) -> bool:
    """By its name, or else by how it begins. A file that cannot be opened is left to the reader that says why."""
    if path.suffix.lower() == ".json":
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(_PEEKED).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False


def _found(shelf: Shelf, set_id: str) -> CriteriaSet:
    found = shelf.library.get(set_id)
    if found is None:
        raise UserFacingError(
            f"The set {set_id} is not in the library any more.",
            safe="Nothing was changed.",
            todo="Choose another set.",
        )
    return found


def _others(criteria_set: CriteriaSet, shelf: Shelf) -> tuple[tuple[tuple[str, str], ...], int]:
    """What a set may be compared with, nearest first, and how many of these are near."""

    def is_kin(item: CriteriaSet) -> bool:
        """Whether one is the other's edition or customisation."""
        named = {criteria_set.supersedes, criteria_set.customises}
        return item.id in named or criteria_set.id in {item.supersedes, item.customises}

    def place(item: CriteriaSet) -> tuple[bool, bool, str, str]:
        return not is_kin(item), item.family != criteria_set.family, item.family, short_name(item).casefold()

    others = sorted((item for item in shelf.library.sets if item.id != criteria_set.id), key=place)
    near = sum(is_kin(item) or item.family == criteria_set.family for item in others)
    # Near ones differ by their edition, the others by what they are about.
    said = [item.edition if at < near else item.title for at, item in enumerate(others)]
    return tuple(
        (item.id, f"{short_name(item)} · {words}") for item, words in zip(others, said, strict=True)
    ), near
