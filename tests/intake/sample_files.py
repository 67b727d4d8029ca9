"""Finds the shipped sample and the further case files that tests read; it holds no case of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "sample" / "revision-fusion-l2-s1.json"
SCHEMA = ROOT / "resources" / "schema" / "case.schema.json"
FURTHER = tuple(sorted((ROOT / "tests" / "sample_cases").glob("*.json")))
ALL = (SAMPLE, *FURTHER)


def sample_object() -> dict[str, Any]:
    """The sample as a fresh JSON object, to be spoiled by a test."""
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def as_bytes(value: object) -> bytes:
    """A JSON value as the bytes of a file."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
