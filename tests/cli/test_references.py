"""The reference library on the command line: looked at without a password, added to only with one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.letters.references.exchange import MOST_BYTES, read_references
from desktop.settings.paths import resources_dir

Command = Callable[..., tuple[int, str, str]]
LIBRARY = resources_dir() / "references"
RIS = (
    "TY  - BOOK\nAU  - Doe, Jane\nPY  - 2020\nTI  - On screws\nPB  - House\nXX  - odd\nER  - \n"
    "TY  - JOUR\nTI  - Known\nDO  - 10.1016/j.spinee.2018.06.345\nER  - \n"
)


@pytest.fixture
def ris(tmp_path: Path) -> Path:
    path = tmp_path / "mine.ris"
    path.write_text(RIS, "utf-8")
    return path


def test_the_shipped_library_has_no_errors(command: Command) -> None:
    code, said, _ = command("references", "lint")
    assert code == 0, said
    assert said.splitlines()[-1].startswith("references lint: 0 error(s), ")


def test_the_library_is_listed_as_lines_and_as_json(command: Command) -> None:
    code, said, _ = command("references", "list")
    assert code == 0
    assert len(said.splitlines()) == 117
    assert "patel-2016-acr-lbp\t2016\tneutral-or-for\tverified, superseded\t" in said
    assert "cms-0057-f\t2024\tneutral-or-for\tnot verified\t" in said
    rows = json.loads(command("references", "list", "--stance", "against", "--from", "2020", "--json")[1])
    assert {row["stance"] for row in rows} == {"against"}
    assert all(row["year"] >= 2020 for row in rows)
    assert command("references", "list", "--topic", "nothing")[1] == "No reference answers this.\n"


def test_a_search_puts_the_best_first(command: Command) -> None:
    code, said, _ = command("references", "search", "pedicle", "screw", "Spirig", "--to", "2019")
    assert code == 0
    assert said.startswith("spirig-2019\t2019\t")
    assert json.loads(command("references", "search", "spirig", "--json")[1])[0]["score"] == 5


def test_a_reference_is_shown_with_its_figures(command: Command) -> None:
    code, said, _ = command("references", "show", "polly-2016-insite")
    assert code == 0
    for words in (
        "polly-2016-insite: verified (verified; day not recorded)",
        "Evidence: randomized trial.",
        "Vancouver: Polly DW, Swofford J,",
        "[sacroiliac-fusion-comparison; neutral-or-for; abstract]",
        (
            "improvement of sacroiliac pain, non-surgical care: 12.2 points; against 38.3 less than fusion; "
            "n: 148 randomized; at 6 months"
        ),
    ):
        assert words in said
    shown = json.loads(command("references", "show", "29cfr-2560-503-1", "--json")[1])
    assert shown["verified_on"] == "2026-09-25"
    assert shown["claims"][0]["figures"] == []
    assert "figure: none stated" in command("references", "show", "29cfr-2560-503-1")[1]
    assert "Superseded by: hutchins-2021-acr-lbp" in command("references", "show", "patel-2016-acr-lbp")[1]
    assert "No claim: " in command("references", "show", "cms-0057-f")[1]
    code, _, error = command("references", "show", "nowhere")
    assert code != 0
    assert "There is no reference nowhere." in error


@pytest.mark.parametrize("form", ["csl-json", "ris", "bibtex", "nbib"])
def test_references_leave_in_every_form(command: Command, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    code, said, notes = command(
        "references", "export", "spirig-2019", "29cfr-2560-503-1", "--as", form, "--out", out
    )
    assert (code, said) == (0, f"Written: {out}\n")
    titles = [item.bibliography.title for item in read_references(out.read_bytes(), "out").entries]
    assert len(titles) == (1 if form == "nbib" else 2)
    assert ("29cfr-2560-503-1: a regulation has no place in nbib" in notes) == (form == "nbib")
    assert command("references", "export", "spirig-2019", "--as", form)[1].count("spirig-2019") == (
        form != "nbib"
    )


def test_a_file_that_cannot_be_written_or_read_is_said(command: Command, tmp_path: Path) -> None:
    assert command("references", "export", "--out", tmp_path / "no" / "x")[0] != 0
    code, _, error = command("references", "import", tmp_path / "no.ris", "--check")
    assert code != 0
    assert "no.ris cannot be read" in error
    big = tmp_path / "big.ris"
    big.write_bytes(b"x" * (MOST_BYTES + 1))
    assert "too large" in command("references", "import", big, "--check")[2]


def test_an_import_can_be_looked_at_without_a_store(command: Command, ris: Path) -> None:
    code, said, _ = command("references", "import", ris, "--check")
    assert code == 0
    assert "mine.ris (ris): 2 entries read." in said
    assert "not kept: XX" in said
    assert said.endswith("Nothing was stored.\n")


def test_an_import_is_stored_unverified_and_leaves_out_what_is_there(
    command: Command, store: Path, password_file: Path, ris: Path
) -> None:
    key = ("--password-file", password_file)
    code, said, _ = command("--store", store, "references", "import", ris, *key)
    assert code == 0
    assert "Known: has the same DOI as spirig-2019; not stored." in said
    assert said.endswith("Stored, not verified: doe-2020\n1 of 2 stored.\n")
    shown = command("--store", store, "references", "show", "doe-2020", "--own", *key)[1]
    assert shown.startswith("doe-2020: not verified (not verified; day not recorded)")
    assert command("references", "show", "doe-2020")[0] != 0
    assert "0 of 2 stored." in command("--store", store, "references", "import", ris, *key)[1]
    assert "2 of 2 stored." in command("--store", store, "references", "import", ris, "--all", *key)[1]
    found = command("--store", store, "references", "search", "on screws", "--own", *key)[1]
    assert found.startswith("doe-2020\t2020\t")
    events = command("--store", store, "audit", *key)[1]
    assert "references_imported" in events
    assert "The audit chain is whole." in events


def test_without_a_store_nothing_is_asked(command: Command, tmp_path: Path, ris: Path) -> None:
    code, _, error = command("--store", tmp_path / "none", "references", "import", ris)
    assert code != 0
    assert "There is no store in this folder." in error


def test_a_year_is_a_year(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command("references", "list", "--from", "last")
    assert "'last' is not a year; write 2016" in capsys.readouterr().err


def changed(tmp_path: Path, change: Callable[[dict], object]) -> Path:
    folder = tmp_path / "library"
    shutil.copytree(LIBRARY, folder)
    path = folder / "references.json"
    document = json.loads(path.read_text("utf-8"))
    change({entry["id"]: entry for entry in document["references"]})
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False), "utf-8")
    return folder


FAULTS: dict[str, tuple[Callable[[dict], object], str]] = {
    "orphan": (lambda by: by["wu-2019"].update(claims=[]), "[orphan] wu-2019: supports no claim"),
    "both": (
        lambda by: by["wu-2019"].update(no_claim_because="x"),
        "[orphan] wu-2019: says why it has no claim",
    ),
    "no subject": (lambda by: by["wu-2019"].update(subjects=[]), "[orphan] wu-2019: has no subject"),
    "same id": (
        lambda by: by["wu-2019"].update(id="fogel-2008"),
        "[duplicate] fogel-2008: the id stands more",
    ),
    "same doi": (lambda by: by["wu-2019"].update(DOI=by["han-2016"]["DOI"]), "(the same DOI)"),
    "same title": (
        lambda by: by["wu-2019"].update(
            title=by["han-2016"]["title"].upper(), issued=by["han-2016"]["issued"]
        ),
        "(the same title and year)",
    ),
    "same claim": (
        lambda by: by["wu-2019"]["claims"][0].update(text=by["han-2016"]["claims"][0]["text"] + " "),
        "[duplicate-claim]",
    ),
    "no figure": (
        lambda by: by["wu-2019"]["claims"][0].pop("figures"),
        "[figure] wu-2019: claim c1 needs its figures",
    ),
    "figure and none": (
        lambda by: by["wu-2019"]["claims"][0].update(figure="none stated"),
        "[figure] wu-2019",
    ),
    "empty figure": (
        lambda by: by["wu-2019"]["claims"][0]["figures"][0].update(what=""),
        "without what it measures",
    ),
    "other figure": (
        lambda by: by["wu-2019"]["claims"][0]["figures"][0].update(value="97"),
        "[figure-in-claim] wu-2019: claim c1 has the figure 97",
    ),
    "same claim id": (lambda by: by["wu-2019"]["claims"][1].update(id="c1"), "[claim-id] wu-2019"),
    "empty claim": (lambda by: by["dhall-2014-part5"]["claims"][0].update(text=" "), "[claim-text]"),
    "no place": (lambda by: by["wu-2019"]["claims"][0].pop("locator"), "warning [locator] wu-2019"),
    "no source": (lambda by: by["wu-2019"].update(verified_from=[]), "[verified-from] wu-2019"),
    "not verified": (lambda by: by["wu-2019"].update(status="seen"), "[unverified-claim] wu-2019"),
    "standing": (lambda by: by["wu-2019"].update(standing="retracted"), "[standing] wu-2019"),
    "dangling": (lambda by: by["wu-2019"].update(superseded_by="nowhere"), "[dangling] wu-2019"),
    "incomplete": (
        lambda by: by["wu-2019"].pop("container-title"),
        "[incomplete] wu-2019: a article-journal needs",
    ),
    "unknown field": (lambda by: by["wu-2019"].update(colour="red"), "[unknown-field] wu-2019: colour"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_lint_names_file_line_entry_and_rule(command: Command, tmp_path: Path, fault: str) -> None:
    change, words = FAULTS[fault]
    folder = changed(tmp_path, change)
    code, said, _ = command("references", "lint", folder)
    (line,) = [line for line in said.splitlines() if words in line]
    assert line.startswith(f"{folder / 'references.json'}:")
    number = int(line.removeprefix(f"{folder / 'references.json'}:").split(":")[0])
    entry = line.split("] ")[1].split(":")[0]
    assert f'"id": "{entry}"' in (folder / "references.json").read_text("utf-8").splitlines()[number - 1]
    assert code == (0 if "warning [" in line else 1)
