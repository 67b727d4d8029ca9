"""Reads the files that a case file names beside itself; nothing outside its folder is ever opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from desktop.domain.case_file import FileOfDocument
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MAX_FILE_BYTES, ReceivedFile
from desktop.intake.media_type import require_known


def read_beside(
    folder: Path, named: Iterable[FileOfDocument]
) -> tuple[Mapping[str, ReceivedFile], tuple[str, ...]]:
    """The files by the ids of their documents, and every problem as `path: problem`, paths as in the case file."""
    files: dict[str, ReceivedFile] = {}
    problems: list[str] = []
    for number, item in enumerate(named):
        try:
            files[item.document_id] = _read(folder, item.file)
        except ValueError as error:
            problems.append(f"files[{number}].file: {error}")
        except UserFacingError as error:
            problems.append(f"files[{number}].file: {error.what}")
        except OSError as error:
            reason = error.strerror or "no reason given"
            problems.append(f"files[{number}].file: '{item.file}' cannot be read ({reason})")
    return files, tuple(problems)


def _read(folder: Path, name: str) -> ReceivedFile:
    """Raises ValueError for a place that is not allowed, OSError, and UserFacingError for a kind that is not kept."""
    place = PurePosixPath(name)
    if place.is_absolute() or PureWindowsPath(name).anchor or "\\" in name or ".." in place.parts:
        raise ValueError(f"'{name}' must lie beside the case file: relative, with '/', never upward")
    try:
        path = (folder / place).resolve()
    except RuntimeError as error:  # what Python 3.11 raises for links that lead round in a circle
        raise ValueError(f"'{name}' is a link that leads back to itself") from error
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"'{name}' leads out of the folder of the case file")
    if not path.is_file():
        raise ValueError(f"there is no file '{name}' beside the case file")
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    require_known(content, name)
    return ReceivedFile(name=place.name, content=content)
