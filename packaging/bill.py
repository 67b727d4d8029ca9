"""Writes what the bundle is made of beside it: a bill of materials (CycloneDX) and the licences of every part.

It asks where the files come from that PyInstaller took: the pinned packages, Python itself, the system of the build
machine, this project. A file without an origin, or of a package that is not pinned, ends the build: nothing goes out
unnamed. Called by packaging/build.sh, with the environment that the bundle was made from:

    build/environment/bin/python packaging/bill.py
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[1]
BUILD, BUNDLE = ROOT / "build" / "indicated", ROOT / "dist" / "indicated"
UNSAID = "see its license file"
BILL, LIST, TEXTS = "indicated.cdx.json", "LICENSES.txt", "licenses"
COMMON_LICENCES = Path("/usr/share/common-licenses")
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_HEAD = """Indicated {version}: what this folder is made of, and under which licenses

The same as a bill of materials that programs read: {bill} (CycloneDX 1.6).
The words of each license lie in {texts}/NAME. Qt and PySide6 are used under the LGPL, version 3: they are the libraries
under _internal/PySide6 and _internal/shiboken6, and may be replaced there by builds of your own. What a package has
compiled into itself is named as its makers name it, also where the bundle leaves a part of it out.

"""
Named = tuple[str, str, PackageURL | None]


@dataclass
class Part:
    """One thing that the bundle holds, with where its words of licence are."""

    name: str
    version: str
    licence: str
    origin: str
    purl: PackageURL | None = None
    texts: list[Path] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)


def normal(name: str) -> str:
    """A package's name as lock files write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """The packages that the bundle may hold, by the lock that it was made from."""
    names = ["requirements.lock"]
    if os.environ.get("INDICATED_SIGNATURE") == "1":
        names.append("requirements-packaging.lock")
    lines = (line for name in names for line in (ROOT / name).read_text("utf-8").splitlines())
    return {found[1]: found[2] for line in lines if (found := re.match(r"([a-z0-9-]+)==([^ ;]+)", line))}


def sources() -> set[Path]:
    """Every file that went into the bundle, as it lay on this machine."""
    rows = [
        *ast.literal_eval((BUILD / "COLLECT-00.toc").read_text("utf-8"))[0],
        *ast.literal_eval((BUILD / "PYZ-00.toc").read_text("utf-8"))[1],
    ]
    found = {Path(source) for _, source, kind in rows if kind != "SYMLINK" and source not in {"", "-"}}
    return {
        path for path in found if BUILD not in path.parents
    }  # made by PyInstaller from what is listed anyway


def packages(paths: set[Path]) -> tuple[dict[str, Distribution], set[Path]]:
    """The packages that the files belong to, and the files that belong to none."""
    installed = {normal(package.name): package for package in distributions()}
    owners = {
        Path(str(file.locate())).resolve(): name
        for name, package in installed.items()
        for file in package.files or ()
    }
    used = {path: owners[path.resolve()] for path in paths if path.resolve() in owners}
    return {name: installed[name] for name in sorted(set(used.values()))}, paths - used.keys()


def licence_of(package: Distribution) -> str:
    """The licence as the package names it."""
    head = package.metadata
    said = head.get("License-Expression") or (head.get("License") or "").strip().split("\n")[0]
    if normal(package.name) == "pyinstaller":  # only its start-up code is in the bundle
        return "GPL-2.0-or-later WITH Bootloader-exception"
    if said and len(said) < 80:
        return said
    classes = [item for item in head.get_all("Classifier") or () if item.startswith("License ::")]
    return " or ".join(item.rpartition(" :: ")[2] for item in classes) or UNSAID


def part_of(package: Distribution) -> Part:
    """A package with its words of licence and what was compiled into it."""
    files = [Path(str(file.locate())) for file in package.files or () if ".dist-info/" in str(file)]
    ours = [path for path in files if "sboms" not in path.parts]
    texts = [path for path in ours if _LICENCE_FILE.search(str(path).partition(".dist-info/")[2])]
    name = normal(package.name)
    if name in {"pyside6-essentials", "shiboken6"}:  # their wheels bring no words of licence
        texts += [COMMON_LICENCES / "LGPL-3", COMMON_LICENCES / "GPL-3"]
    purl = PackageURL("pypi", None, name, package.version)
    inside = [
        Component(
            name=title,
            version=version or None,
            type=ComponentType.LIBRARY,
            purl=found,
            bom_ref=f"{name}/{title}@{version}",
        )
        for title, version, found in (*said_by_the_package(files), *said_by_the_library(name))
        if normal(title) != name
    ]
    return Part(name, package.version, licence_of(package), "package", purl, texts, inside)


def said_by_the_package(files: Iterable[Path]) -> Iterator[Named]:
    """What a wheel says itself that was compiled into it (PEP 770)."""
    for path in files:
        if "sboms" in path.parts and path.suffix == ".json":
            for row in json.loads(path.read_text("utf-8")).get("components", ()):
                purl = PackageURL.from_string(row["purl"]) if row.get("purl") else None
                yield row["name"], row.get("version") or "", purl


def said_by_the_library(name: str) -> Iterator[Named]:
    """What those packages hold that have no such list: asked of the libraries."""
    found: list[tuple[str, str]] = []
    if name == "lxml":
        from lxml import etree

        dotted = [".".join(map(str, numbers)) for numbers in (etree.LIBXML_VERSION, etree.LIBXSLT_VERSION)]
        found = list(zip(("libxml2", "libxslt"), dotted, strict=True))
    elif name == "pikepdf":
        from pikepdf import __libqpdf_version__

        found = [("qpdf", __libqpdf_version__)]
    elif name == "pypdfium2":
        from pypdfium2 import PDFIUM_INFO

        found = [("pdfium", str(PDFIUM_INFO))]
    elif name == "pyside6-essentials":
        from PySide6.QtCore import qVersion

        icu = [("icu", path.suffix[1:]) for path in BUNDLE.glob("_internal/libicudata.so.*")]
        found = [("qt", qVersion()), *icu]
    elif name == "sqlcipher3":
        from sqlcipher3 import dbapi2

        said = dbapi2.connect(":memory:").execute("PRAGMA cipher_version").fetchone()[0]
        found = [("sqlcipher", said), ("sqlite", dbapi2.sqlite_version)]
    for title, version in found:
        yield title, version, None


def from_python(paths: set[Path]) -> tuple[list[Part], set[Path]]:
    """Python itself, and the files that are not of it."""
    base = Path(sys.base_prefix).resolve()
    stdlib = Path(os.__file__).resolve().parent
    rest = {path for path in paths if base not in path.resolve().parents or "dist-packages" in path.parts}
    if base == Path(
        "/usr"
    ):  # the system's own Python: its libraries belong to its packages, its modules are Python
        rest = {path for path in paths if stdlib not in path.resolve().parents}
    version = sys.version.split()[0]
    purl = PackageURL("generic", None, "cpython", version)
    texts = [path for path in (stdlib / "LICENSE.txt",) if path.is_file()]
    return [Part("cpython", version, "PSF-2.0", "interpreter", purl, texts)], rest


def from_the_system(paths: set[Path]) -> tuple[list[Part], set[Path]]:
    """The Debian packages that the rest belongs to; everything stays over where there is no dpkg."""
    if not paths or shutil.which("dpkg-query") is None:
        return [], paths
    asked = {str(way): path for path in paths for way in _ways_to(path)}
    answer = subprocess.run(["dpkg-query", "-S", *asked], capture_output=True, text=True, check=False).stdout
    said = (line.partition(": ") for line in answer.splitlines())
    owners = {asked[way]: owner for owner, _, way in said if way in asked}
    return [_debian(name.split(",")[0]) for name in sorted(set(owners.values()))], paths - owners.keys()


def _ways_to(path: Path) -> set[Path]:
    """dpkg knows a file by the path that its package was made with, with or without /usr."""
    real = path.resolve()
    return (
        {real, Path("/", *real.parts[2:])}
        if real.parts[1:2] == ("usr",)
        else {real, Path("/usr", *real.parts[1:])}
    )


def _debian(name: str) -> Part:
    form = "${source:Package}\t${Version}\t${Architecture}"
    row = subprocess.run(
        ["dpkg-query", "-W", "-f", form, name], capture_output=True, text=True, check=True
    ).stdout
    source, version, architecture = row.split("\t")
    name = name.partition(":")[0]
    words = Path("/usr/share/doc", name, "copyright")
    text = words.read_text("utf-8", errors="replace") if words.is_file() else ""
    short = sorted(set(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)))
    purl = PackageURL("deb", "debian", name, version, {"arch": architecture, "upstream": source})
    licence = " and ".join(short) if 0 < len(short) < 4 else UNSAID
    return Part(name, version, licence, "Debian", purl, [words.resolve()] if text else [])


def from_this_project(paths: set[Path]) -> tuple[list[Part], set[Path]]:
    """Ourselves, and the fonts and word lists of others that lie in our resources with their licence beside them."""
    version = _own_version()
    purl = PackageURL("generic", None, "indicated", version)
    parts = [Part("indicated", version, "MIT", "this program", purl, [ROOT / "LICENSE"])]
    for path in sorted((ROOT / "resources").glob("*/LICENCE-*.txt")):
        name = path.stem.partition("-")[2]
        parts.append(Part(name, "", UNSAID, f"resources/{path.parent.name}", None, [path]))
    return parts, {path for path in paths if ROOT not in path.parents}


def _own_version() -> str:
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else "0"


def collected() -> list[Part]:
    """Every part of the bundle. Ends the build where a file has no origin or a package no pin."""
    held, rest = packages(sources())
    pinned = pins()
    loader = held.pop("pyinstaller")
    strange = [
        f"{name} {package.version}" for name, package in held.items() if pinned.get(name) != package.version
    ]
    python, rest = from_python(rest)
    ours, rest = from_this_project(rest)
    system, rest = from_the_system(rest)
    if strange or rest:
        for line in (*strange, *sorted(map(str, rest))):
            sys.stderr.write(f"bill.py: in the bundle, but neither pinned nor of a known origin: {line}\n")
        sys.exit(1)
    return [*ours, *python, *(part_of(package) for package in (*held.values(), loader)), *system]


def bill(parts: list[Part]) -> str:
    """The bill of materials as the maintained tool writes it, cut to what is in the bundle and completed."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--sv", "1.6"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application", sys.executable]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    document = Bom.from_json(json.loads(written))
    program = document.metadata.component
    by_name = {normal(component.name): component for component in document.components}
    held = {part.name for part in parts}
    for name in by_name.keys() - held:
        document.components.discard(by_name[name])
    for part in parts[1:]:
        component = by_name.get(part.name)
        if component is None:
            component = _component(part)
            document.components.add(component)
            document.register_dependency(program, [component])
        component.components.update(part.inside)
    known = {component.bom_ref for component in (program, *document.components)}
    for dependency in tuple(document.dependencies):
        if dependency.ref not in known:
            document.dependencies.discard(dependency)
        for below in [below for below in dependency.dependencies if below.ref not in known]:
            dependency.dependencies.discard(below)
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))
    document.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    names = " ".join(sorted(f"{part.name}@{part.version}" for part in parts))
    document.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, names)
    text = JsonV1Dot6(document).output_as_string(indent=2)
    if problem := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"bill.py: the bill of materials is not valid: {problem}")
    return text + "\n"


def _component(part: Part) -> Component:
    kind = ComponentType.LIBRARY
    if part.origin == "interpreter":
        kind = ComponentType.PLATFORM
    elif part.origin.startswith("resources/"):
        kind = ComponentType.DATA
    reference = f"{part.name}@{part.version}"
    made = Component(
        name=part.name, version=part.version or None, type=kind, purl=part.purl, bom_ref=reference
    )
    made.licenses.add(DisjunctiveLicense(name=part.licence))
    return made


def write_licences(parts: list[Part]) -> None:
    """The list for readers, and a folder of the words of each licence."""
    shutil.rmtree(BUNDLE / TEXTS, ignore_errors=True)
    rows = [_HEAD.format(version=parts[0].version, bill=BILL, texts=TEXTS)]
    for part in parts:
        folder = BUNDLE / TEXTS / part.name
        for text in part.texts:
            folder.mkdir(parents=True, exist_ok=True)
            goal = folder / text.name
            # Two of one name in a package: the folder that tells them apart becomes part of the name.
            shutil.copyfile(text, goal if not goal.exists() else folder / f"{text.parent.name}-{text.name}")
        if not part.texts:
            sys.stderr.write(f"bill.py: no words of license were found for {part.name}\n")
        rows.append(
            f"{part.name} {part.version}".strip() + f"\n    {part.licence}\n    from: {part.origin}\n"
        )
    (BUNDLE / LIST).write_text("".join(rows), "utf-8")


def main() -> None:
    """Write both beside the program."""
    parts = collected()
    (BUNDLE / BILL).write_text(bill(parts), "utf-8")
    write_licences(parts)
    sys.stdout.write(f"{len(parts)} parts named in {BILL} and {LIST}\n")


if __name__ == "__main__":
    main()
