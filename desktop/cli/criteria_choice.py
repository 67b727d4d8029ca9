"""Finds the set that a command names by id, family or file; it must not print to standard output."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path

from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import (
    FILE_NAME,
    Library,
    criteria_files,
    load_library,
    load_set,
    read_criteria_file,
)


def library_in(folder: Path) -> Library:
    """The sets of a folder. Problems are named on standard error; a folder without any file is refused."""
    require_criteria(folder)
    library = load_library(folder)
    for problem in library.problems:
        sys.stderr.write(f"{'left out' if problem.is_left_out else 'contradiction'}: {problem.what}\n")
    return library


def require_criteria(folder: Path) -> None:
    """Raise UserFacingError when there is no criteria file in a folder or under it."""
    if not folder.is_dir():
        what = f"There is no folder {folder}."
    elif not criteria_files(folder):
        what = f"There is no criteria file ({FILE_NAME}) in {folder} or under it."
    else:
        return
    raise UserFacingError(
        what, safe="Nothing was checked or changed.", todo="Name a folder with criteria sets."
    )


def choose_set(name: str, folder: Path) -> CriteriaSet:
    """The set that a command line names: a file, a set's id, or a family's (then the first of its ranking).

    Raises UserFacingError when nothing has that name, with the nearest ones that exist.
    """
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or path.is_file():
        return load_set(read_criteria_file(path, name), name)
    library = library_in(folder)
    found = library.get(name)
    return found if found is not None else _of_family(name, library)


def _of_family(name: str, library: Library) -> CriteriaSet:
    from desktop.rules.match import Request, rank_sets

    family = tuple(item for item in library.sets if item.family == name)
    if not family:
        known = dict.fromkeys((*(item.id for item in library.sets), *(item.family for item in library.sets)))
        near = get_close_matches(name, known, n=3)
        raise UserFacingError(
            f"There is no criteria set called {name}.",
            safe="Nothing was changed.",
            todo=f"Did you mean {' or '.join(near)}?" if near else "See `criteria list`.",
        )
    first, *others = (ranked.criteria_set for ranked in rank_sets(family, Request()))
    if others:
        rest = ", ".join(item.id for item in others)
        sys.stderr.write(f"{name} is a family; {first.id} is taken. The others: {rest}.\n")
    return first
