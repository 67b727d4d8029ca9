"""The command that builds the packet of a stored case: the letter with its exhibits, split where a portal wants it."""

from __future__ import annotations

import argparse
import glob
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.criteria_answers import print_json
from desktop.cli.letters import id_of
from desktop.cli.letters_arguments import KINDS
from desktop.domain.errors import UserFacingError
from desktop.domain.packet import BuiltPacket, PacketFile, PacketPlan
from desktop.security.atomic_file import write_private
from desktop.services.workspace import Services

if TYPE_CHECKING:
    from desktop.domain.letter import Letter


def require_place(out: Path) -> None:
    """Raise UserFacingError for a file that cannot be written as asked, before a password is asked for."""
    if out.suffix.lower() != ".pdf":
        raise UserFacingError(
            f"A packet is written as .pdf, not as '{out.suffix}'.",
            safe="Nothing was changed.",
            todo="Name the file with this ending.",
        )
    if not out.parent.is_dir():
        raise _not_written(out, "its folder is not there")


def run(services: Services, options: argparse.Namespace) -> int:
    """Build the packet and write its files. Returns 1 when a document that such a denial calls for is missing."""
    case_id = id_of(services, options.case)
    letter = _letter(services, case_id, options)
    plan = services.packets.plan(case_id)
    built = services.packets.make(
        case_id, letter.id if letter else None, cap_bytes=int(options.cap_mb * 1_000_000)
    )
    paths = _write(options.out, built.files)
    services.packets.note_copy(case_id, built.files)
    beside = tuple(
        f"{path.name} lies beside the packet and is no part of it." for path in _beside(options.out, paths)
    )
    built = built.model_copy(update={"notices": (*built.notices, *beside)})
    if options.json:
        print_json(_as_json(plan, built, paths))
    else:
        _tell(plan, built, paths)
    return 1 if plan.missing else 0


def _letter(services: Services, case_id: str, options: argparse.Namespace) -> Letter | None:
    if options.kind is None:
        return None
    letter = services.letters.current(case_id, KINDS[options.kind])
    if letter is None:
        raise UserFacingError(
            f"Case {options.case} has no such letter yet.",
            safe="Nothing was changed.",
            todo="Compose one with `letter compose`.",
        )
    return letter


def _write(out: Path, files: Sequence[PacketFile]) -> list[Path]:
    """Write every part beside the first: `packet.pdf`, or `packet-1.pdf`, `packet-2.pdf` where it was split."""
    paths = [out] if len(files) == 1 else [_part(out, number) for number in range(1, len(files) + 1)]
    for path, file in zip(paths, files, strict=True):
        try:
            write_private(path, file.content)
        except OSError as error:
            raise _not_written(path, error.strerror or "no reason given") from error
    return paths


def _part(out: Path, number: int) -> Path:
    return out.with_name(f"{out.stem}-{number}{out.suffix}")


def _beside(out: Path, paths: Sequence[Path]) -> list[Path]:
    """Files named as parts of this packet that it did not write: an earlier one had more parts, or fewer."""
    parts = out.parent.glob(f"{glob.escape(out.stem)}-[0-9]*{glob.escape(out.suffix)}")
    return [path for path in (out, *sorted(parts)) if path not in paths and path.exists()]


def _tell(plan: PacketPlan, built: BuiltPacket, paths: Sequence[Path]) -> None:
    for exhibit in built.exhibits:
        at = f", from page {exhibit.first_page}" if exhibit.first_page else ""
        sys.stdout.write(f"{exhibit.letter}\t{exhibit.title}\t{exhibit.page_count} page(s){at}\n")
    for missing in plan.missing:
        sys.stdout.write(f"missing: {missing.kind.label}: {missing.why}\n")
    for title in plan.left_out:
        sys.stdout.write(f"left out: {title}\n")
    for warning in plan.warnings:
        sys.stdout.write(f"warning: {warning}\n")
    for notice in built.notices:
        sys.stdout.write(f"note: {notice}\n")
    if built.proofs:
        sys.stdout.write(f"Blacked out and proven unreadable: {len(built.proofs)} place(s).\n")
    for file, path in zip(built.files, paths, strict=True):
        size = len(file.content) / 1_000_000
        sys.stdout.write(f"Written: {path} ({file.page_count} page(s), {size:.1f} MB)\n")


def _as_json(plan: PacketPlan, built: BuiltPacket, paths: Sequence[Path]) -> dict[str, object]:
    return {
        "files": [
            {
                "path": str(path),
                "bytes": len(file.content),
                "first_page": file.first_page,
                "page_count": file.page_count,
                "exhibits": list(file.exhibits),
            }
            for file, path in zip(built.files, paths, strict=True)
        ],
        **plan.model_dump(mode="json"),
        **built.model_dump(mode="json", exclude={"files"}),
    }


def _not_written(out: Path, why: str) -> UserFacingError:
    return UserFacingError(
        f"The packet cannot be written to {out}: {why}.",
        safe="Your store is as it was; parts that were written before this one are whole.",
        todo="Choose another place with --out.",
    )
