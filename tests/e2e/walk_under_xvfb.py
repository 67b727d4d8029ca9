"""Walks the whole path in a real window by keyboard alone and keeps a picture of every step, to be looked at by hand.

    xvfb-run -a -s "-screen 0 1400x900x24" .venv/bin/python tests/e2e/walk_under_xvfb.py --out walk

Wants xvfb, openbox, xdotool and imagemagick. `--program dist/indicated/indicated` walks the packaged program. It must
not touch the user's own store: INDICATED_HOME is a new folder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("openbox", "xdotool", "import")
PASSWORD = "correct horse battery"
STILL_AFTER_S = 0.35
PATIENCE_S = 20.0


class Walk:
    """One run of the program in front of a keyboard and a camera."""

    def __init__(self, out: Path, home: Path, program: Path | None = None) -> None:
        self.out = out
        self.home = home
        self._count = 0
        self._log = (out / "program.log").open("wb")
        self._manager = subprocess.Popen(["openbox"], stdout=self._log, stderr=self._log)
        environment = {**os.environ, "INDICATED_HOME": str(home), "HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
        if program is None:
            environment["PYTHONPATH"] = str(ROOT)
        command = [str(program)] if program else [sys.executable, "-m", "desktop"]
        self._program = subprocess.Popen(
            command, env=environment, cwd=home, stdout=self._log, stderr=self._log
        )

    def keys(self, *names: str) -> None:
        """Press keys by their X names: `Return`, `ctrl+shift+s`."""
        for name in names:
            subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
            time.sleep(0.05)

    def type(self, text: str, *end: str) -> None:
        """Type, and end with keys."""
        subprocess.run(["xdotool", "type", "--delay", "10", "--", text], check=True)
        self.keys(*end)

    def look(self, name: str) -> None:
        """Wait until the window stands still, and keep a picture of it."""
        self.settle()
        self._count += 1
        path = self.out / f"{self._count:02d}-{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], check=True)
        sys.stdout.write(f"{path}\n")

    def settle(self) -> None:
        """Two pictures alike, one after the other: nothing is on its way any more. A caret blinks more slowly."""
        give_up_at = time.monotonic() + PATIENCE_S
        before = ""
        while time.monotonic() < give_up_at:
            if self._program.poll() is not None:
                raise SystemExit("the program ended; see program.log")
            time.sleep(STILL_AFTER_S)
            picture = subprocess.run(["import", "-window", "root", "rgb:-"], check=True, capture_output=True)
            now = hashlib.sha256(picture.stdout).hexdigest()
            if now == before:
                return
            before = now

    def wait_for_window(self, name: str) -> None:
        """Wait until a window whose title begins with `name` is there."""
        give_up_at = time.monotonic() + PATIENCE_S
        search = ["xdotool", "search", "--onlyvisible", "--name", f"^{name}"]
        while subprocess.run(search, check=False, capture_output=True).returncode:
            if time.monotonic() > give_up_at:
                raise SystemExit(f"no window {name!r}")
            time.sleep(0.1)

    def end(self) -> None:
        """Close what was started here, and nothing else."""
        for process in (self._program, self._manager):
            process.terminate()
            process.wait()
        self._log.close()


def first_start(walk: Walk) -> None:
    walk.wait_for_window("Indicated")
    walk.look("first-start")
    walk.type("Dana Whitfield", "Return")
    walk.type("RN", "Return")
    walk.look("password")
    walk.type(PASSWORD, "Return")
    walk.type(PASSWORD, "Return")
    time.sleep(1)
    walk.look("recovery-key")
    walk.keys("shift+Tab", "Return")
    walk.wait_for_window("Save the recovery key")
    sheet = walk.home / "key.txt"
    walk.keys("ctrl+a")
    walk.type(str(sheet), "Return")
    walk.settle()
    walk.look("recovery-key-saved")
    key = next(line for line in sheet.read_text("utf-8").splitlines() if line.count("-") > 3)
    walk.type(key.rsplit("-", maxsplit=1)[-1].lower(), "Return")
    walk.look("desk-empty")


def new_case(walk: Walk) -> None:
    walk.keys("ctrl+n")
    walk.look("intake-empty")
    walk.keys("Return")
    walk.type("Is reinsertion of fixation medically necessary from L2 to S1?", "Tab")
    for text in ("Walter", "Nash", "13/45/1961"):
        walk.type(text, "Tab")
    walk.look("intake-wrong-date")
    walk.keys("F8")
    walk.look("intake-next-problem")
    walk.keys("ctrl+d")
    walk.look("desk-with-a-case")


def review(walk: Walk) -> None:
    walk.keys("ctrl+k")
    walk.type("sample")
    walk.look("palette")
    walk.keys("Return")
    walk.look("sample-opened")
    walk.keys("ctrl+2")
    walk.look("review")
    walk.keys("Down", "Down", "Down", "m")
    walk.look("review-met")
    walk.keys("ctrl+z")
    walk.look("review-undone")
    walk.keys("ctrl+shift+z", "Tab", "ctrl+Home", "Down", "Down", "Home", "shift+End")
    walk.look("words-selected")
    walk.keys("shift+Return")
    walk.look("words-linked-against")
    walk.keys("ctrl+z", "g")
    walk.look("next-gap")
    walk.keys("F1")
    walk.look("keys")
    walk.keys("Escape")


def write_criteria(walk: Walk) -> None:
    """A payer's paragraph, typed by someone who has never seen the editor; the plan and its rule are invented."""
    walk.keys("ctrl+t")
    walk.look("criteria-empty")
    walk.type("Revision of lumbar fixation", "Return")
    walk.keys("ctrl+a")
    walk.type("Summit Plan", "Return")
    walk.type("2026", "Return")
    walk.look("criteria-named")
    walk.type("Imaging shows loose fixation or nonunion at the level", *["Tab"] * 5)
    walk.type("12", *["Tab"] * 3)
    walk.keys("Down", "Down")
    walk.look("criteria-first")
    walk.keys("Return")
    walk.type("Physical therapy lasted at least 6 weeks", "Tab", "Tab")
    walk.type(">= 6 weeks", "Tab", "Tab")
    walk.keys("p")
    walk.keys("Tab")
    walk.type("12")
    walk.look("criteria-value")
    walk.keys("ctrl+u")
    walk.type("A progressive neurological deficit is recorded")
    walk.look("criteria-exception")
    walk.keys("alt+Left", "alt+Right")
    walk.look("criteria-moved")
    walk.keys("ctrl+z", "ctrl+z", "Return", "alt+Left")
    walk.type("Pain limits daily activity", "ctrl+g")
    walk.look("criteria-grouped")
    walk.type("Function", "Return")
    walk.type("The ODI is at least 40 %", "Tab", "Tab")
    walk.type(">= 40 %", "Return")
    walk.look("criteria-group")
    walk.type("Only a value", "Tab", "Tab")
    walk.type("4", "ctrl+Return")
    walk.look("criteria-asked-back")
    walk.keys("Escape")
    walk.look("criteria-kept")
    walk.keys("ctrl+t")
    walk.look("criteria-back")
    walk.keys("ctrl+shift+t")
    walk.look("criteria-text")
    walk.keys("ctrl+shift+t", "End", "Delete", "ctrl+Return")
    walk.look("criteria-saved")


def decide(walk: Walk) -> None:
    walk.keys("ctrl+3")
    walk.look("determination")
    walk.keys("ctrl+Return", "Tab", "Tab", "Tab", "Tab", "Return")
    walk.look("signed")


def write(walk: Walk) -> None:
    walk.keys("ctrl+5")
    walk.look("no-letter-yet")
    walk.keys("Return")
    time.sleep(1)
    walk.look("letter")
    walk.keys("ctrl+Next", "ctrl+Next", "ctrl+Next", "ctrl+Next", "Tab", "ctrl+End")
    walk.type(" This sentence was typed.")
    time.sleep(1.5)
    walk.look("letter-edited")
    walk.keys("F8")
    walk.look("letter-check")
    walk.keys("ctrl+shift+i")
    walk.look("letter-issue-asked")
    walk.keys("Return")
    time.sleep(1)
    walk.look("letter-issued")
    walk.keys("ctrl+shift+s")
    walk.wait_for_window("Save the letter")
    walk.keys("ctrl+a")
    walk.type(str(walk.out.resolve() / "letter.pdf"), "Return")
    walk.look("letter-saved")
    walk.keys("ctrl+p")
    walk.wait_for_window("(Print|Save) the letter")  # where there is no printer, the way to a PDF opens
    walk.look("print-dialog")
    walk.keys("Escape")


def argue(walk: Walk) -> None:
    """An exception is taken and left out again; words are added to another; the calls have their page."""
    walk.keys("ctrl+4")
    walk.look("argument")
    walk.keys("Down", "space")
    walk.look("argument-toggled")
    walk.keys("ctrl+z", "ctrl+e")
    walk.look("argument-own-words")
    walk.keys("ctrl+j")
    walk.look("peer-to-peer")
    walk.keys("ctrl+j")


def other_papers(walk: Walk) -> None:
    """The opinion, and the card for the call, which the palette composes from the argument."""
    walk.keys("ctrl+shift+p", "Tab", "Tab", "Tab", "Tab", "End", "Up", "Up")
    walk.look("papers")
    walk.keys("Return")
    time.sleep(1)
    walk.look("opinion")
    walk.keys("ctrl+4", "ctrl+k")
    walk.type("peer-to-peer card", "Return")
    time.sleep(1)
    walk.look("card")


def pack(walk: Walk) -> None:
    """An exhibit is left out and brought back, and the packet is built and saved."""
    walk.keys("ctrl+6")
    walk.look("packet")
    walk.keys("Down", "Down", "space")
    walk.look("packet-left-out")
    walk.keys("ctrl+z", "ctrl+Return")
    time.sleep(3)
    walk.look("packet-built")


def lock(walk: Walk) -> None:
    walk.keys("ctrl+l")
    walk.look("locked")
    walk.type("not the password", "Return")
    time.sleep(2)
    walk.look("wrong-password")
    walk.type(PASSWORD, "Return")
    time.sleep(2)
    walk.look("back-in-place")


def main() -> int:
    """Walk; 0 when the letter was saved and the program said nothing on its error output."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "--out", type=Path, required=True, help="folder for the pictures, the letter and the log"
    )
    arguments.add_argument(
        "--program", type=Path, default=None, help="the packaged program (default: the source)"
    )
    options = arguments.parse_args()
    out: Path = options.out.resolve()
    program: Path | None = options.program and options.program.resolve()
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or not os.environ.get("DISPLAY"):
        sys.stderr.write(f"missing: {', '.join(missing) or 'a display; run this under xvfb-run'}\n")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        walk = Walk(out, Path(home), program)
        try:
            for part in (
                first_start,
                new_case,
                review,
                write_criteria,
                decide,
                argue,
                write,
                other_papers,
                pack,
                lock,
            ):
                part(walk)
        finally:
            walk.end()
        crashes = list(Path(home).glob("crashes/*"))
    log = (out / "program.log").read_text("utf-8", errors="replace")
    is_quiet = "Traceback" not in log and not crashes
    has_letter = (out / "letter.pdf").is_file()
    sys.stdout.write(f"letter saved: {has_letter}; no traceback and no crash report: {is_quiet}\n")
    return 0 if has_letter and is_quiet else 1


if __name__ == "__main__":
    sys.exit(main())
