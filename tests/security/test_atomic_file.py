"""A small file is written whole or not at all, and only where an ordinary file may stand."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from desktop.domain.errors import UserFacingError
from desktop.security.atomic_file import write_private, write_whole


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"before")
    write_private(path, b"after")
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_device_is_refused_and_stands(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="it is a device or a pipe, not an ordinary file"):
        write_private(pipe, b"words")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no /dev/null")
def test_a_link_to_a_device_is_refused_like_the_device(tmp_path: Path) -> None:
    link = tmp_path / "nowhere.pdf"
    link.symlink_to("/dev/null")
    with pytest.raises(OSError, match="a device or a pipe"):
        write_private(link, b"words")
    assert link.is_symlink()


def test_a_folder_is_refused_and_stands(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OSError, match="folder"):
        write_private(folder, b"words")
    assert folder.is_dir()
    assert list(tmp_path.iterdir()) == [folder]


def test_a_text_that_cannot_be_written_says_what_is_kept_and_what_to_do(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "topic.yaml", "é", "The topic is unchanged") == "topic.yaml"
    assert (tmp_path / "topic.yaml").read_text("utf-8") == "é"
    with pytest.raises(UserFacingError, match=r"gone\.yaml could not be written") as caught:
        write_whole(tmp_path / "no-folder" / "gone.yaml", "é", "The topic is unchanged")
    assert caught.value.safe == "The topic is unchanged, and no half file was left behind."
