"""Whatever a letter may print or a screen show is spelled as Americans spell; ids, keys, titles and quotations stay.

A text that fails here is repaired where it stands. An id or a key keeps its spelling for ever: answers and files
name it.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import yaml

from tests.criteria.american import british_words

ROOT = Path(__file__).resolve().parents[2]

IDENTIFIERS = frozenset(
    {
        "address", "codes", "concerns", "criteria", "customises", "evidence_types", "expect_blocking", "expect_missing",
        "expect_waived", "families", "family", "id", "licence", "measure", "per", "proof", "references", "section",
        "supersedes", "topic", "unless", "use", "when",
    }
)  # fmt: skip
"""Keys of a criteria or topic file whose values are names for the program, never words for a reader."""

AS_PUBLISHED = frozenset(
    {
        "DOI", "URL", "author", "container-title", "evidence_level", "id", "publisher", "stance", "status", "subjects",
        "title", "topic", "verified_from",
    }
)  # fmt: skip
"""Keys of the reference library that are names, or the source's own words."""

READ_BUT_NEVER_SAID = {
    "desktop/letters/checking/beside.py": {"afterwards"},
    "desktop/letters/checking/vocabulary.py": {"per cent"},
    "desktop/rules/lint_rules.py": {"licence"},
    "desktop/rules/questionnaire_identity.py": {"licence"},
    "desktop/rules/units.py": {"per cent"},
    "desktop/services/typed_text.py": {"licence"},
}
"""Literals that recognize what others write, and two messages that name the key `licence` of a criteria file."""

_IDENTIFIER = re.compile(r"[a-z0-9_.:/*\-]*")
"""A literal without a space or a capital letter is a key, an id or a path: no words for a reader."""

Text = tuple[str, str]
"""Where a text stands, and the text."""


def _yaml_texts(path: Path) -> Iterator[Text]:
    def under(node: yaml.Node, key: str) -> Iterator[Text]:
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                yield from under(value, str(name.value))
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                yield from under(value, key)
        elif key not in IDENTIFIERS:
            yield f"{path.relative_to(ROOT)}:{node.start_mark.line + 1}", str(node.value)

    root = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert root is not None
    yield from under(root, "")


def _json_texts(path: Path, skipped: frozenset[str], only: str = "") -> Iterator[Text]:
    def under(value: object, key: str, where: str) -> Iterator[Text]:
        if isinstance(value, dict):
            for name, item in cast("dict[str, object]", value).items():
                if name not in skipped:
                    yield from under(item, name, f"{where}/{name}")
        elif isinstance(value, list):
            for place, item in enumerate(cast("list[object]", value)):
                yield from under(item, key, f"{where}/{place}")
        elif isinstance(value, str) and only in ("", key):
            yield f"{path.relative_to(ROOT)}{where}", value

    yield from under(json.loads(path.read_text("utf-8")), "", "")


def _literals(path: Path) -> Iterator[Text]:
    """String literals of a module that are no docstring and not the name of anything."""
    tree = ast.parse(path.read_text("utf-8"))
    said_to_developers = {
        id(line.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for line in node.body
        if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in said_to_developers
            and not _IDENTIFIER.fullmatch(node.value)
        ):
            yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def _british(texts: Iterator[Text]) -> list[str]:
    return [
        f"{where}: {word} (write: {american})"
        for where, text in texts
        for word, american in british_words(text)
    ]


def _files(*patterns: str) -> list[Path]:
    found = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    assert found
    return found


@pytest.mark.parametrize("folder", ["criteria", "resources/topics", "resources/templates"])
def test_criteria_topics_and_templates_are_spelled_as_americans_spell(folder: str) -> None:
    texts = [text for path in _files(f"{folder}/**/*.yaml") for text in _yaml_texts(path)]
    assert len(texts) > 5
    assert _british(iter(texts)) == []


def test_the_claims_of_the_reference_library_are_spelled_as_americans_spell() -> None:
    library = ROOT / "resources" / "references" / "references.json"
    assert _british(_json_texts(library, AS_PUBLISHED)) == []


def test_what_the_json_schemas_describe_is_spelled_as_americans_spell() -> None:
    for path in _files("resources/schema/*.json", "criteria/schema/*.json"):
        assert _british(_json_texts(path, frozenset(), only="description")) == []


def test_what_the_program_says_is_spelled_as_americans_spell() -> None:
    found: list[str] = []
    for path in _files("desktop/**/*.py"):
        allowed = READ_BUT_NEVER_SAID.get(path.relative_to(ROOT).as_posix(), set[str]())
        found += [
            f"{where}: {word} (write: {american})"
            for where, text in _literals(path)
            for word, american in british_words(text)
            if word.lower() not in allowed
        ]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    for name, words in READ_BUT_NEVER_SAID.items():
        said = {word.lower() for _, text in _literals(ROOT / name) for word, _ in british_words(text)}
        assert words <= said, f"{name}: {sorted(words - said)} stands there no more"


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("customise", "customize"),
        ("randomised", "randomized"),
        ("optimisation", "optimization"),
        ("analysed", "analyzed"),
        ("tumours", "tumors"),
        ("behaviour", "behavior"),
        ("favourable", "favorable"),
        ("centre", "center"),
        ("centred", "centered"),
        ("metres", "meters"),
        ("millimetres", "millimeters"),
        ("fibre", "fiber"),
        ("haemoglobin", "hemoglobin"),
        ("hyperglycaemia", "hyperglycemia"),
        ("ischaemic", "ischemic"),
        ("anaesthetic", "anesthetic"),
        ("paediatric", "pediatric"),
        ("oedema", "edema"),
        ("apnoea", "apnea"),
        ("oesophageal", "esophageal"),
        ("orthopaedic", "orthopedic"),
        ("programme", "program"),
        ("judgement", "judgment"),
        ("licence", "license"),
        ("defence", "defense"),
        ("practise", "practice"),
        ("catalogue", "catalog"),
        ("labelled", "labeled"),
        ("counselling", "counseling"),
        ("travelled", "traveled"),
        ("grey", "gray"),
        ("ageing", "aging"),
        ("whilst", "while"),
        ("artefact", "artifact"),
        ("hospitalised", "hospitalized"),
        ("fulfil", "fulfill"),
        ("enrolment", "enrollment"),
        ("per cent", "percent"),
    ],
)
def test_a_british_word_is_found_with_the_american_one(british: str, american: str) -> None:
    for written in (british, british.capitalize(), british.upper()):
        assert american in {found for _, found in british_words(f"It says {written}.")}


@pytest.mark.parametrize(
    "text",
    [
        "Advise, exercise, supervise, revise, excise, raise, promise and otherwise are everybody's.",
        "Our four hours; a tour of the contour; the donor's labor and the tumor.",
        "The center, the meter and the acre; mediocre, massacre and ogre.",
        "Called, filled, controlled, enrolled, skilled and distilled; the license and the sequence.",
        "Aetna, the phoneme, the shoe, the toe, Michael, aerobic, the canoe and the vertebrae.",
        "Pseudarthrosis, spondylolisthesis, foraminotomy, kyphoplasty, arthrodesis, edema, hypopnea.",
        "The American Academy of Orthopaedic Surgeons and the Journal of Orthopaedic Surgery.",
        "See https://example.org/multicentre-randomised-trial and tumour.centre@example.org.",
    ],
)
def test_american_words_names_and_addresses_raise_nothing(text: str) -> None:
    assert list(british_words(text)) == []
