"""The evidence map of a letter as JSON: which paragraph and row rests on what, for the archive."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop.domain.letter import LetterContent, Provenance
from desktop.domain.text import sha256_of
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.numbering import Numbering

FORMAT = "indicated-letter-map/1"


def provenance_map(content: LetterContent, references: ReferenceLibrary) -> str:
    """JSON with a hash of the content, each piece of text with its origins, and each reference with its number."""
    numbering = Numbering(content, references)
    document = {
        "format": FORMAT,
        "title": content.title,
        "content_sha256": sha256_of(content.model_dump_json()),
        "blocks": [
            {
                "id": block.id,
                "kind": block.kind.value,
                "heading": block.heading,
                "is_edited": block.is_edited,
                "paragraphs": [
                    {"text": item.text, "is_quote": item.is_quote, "origins": _origins(item.provenance)}
                    for item in block.paragraphs
                ],
                "rows": [
                    {"cells": list(row.cells), "origins": _origins(row.provenance)}
                    for row in (block.table.rows if block.table else ())
                ],
            }
            for block in content.blocks
        ],
        "references": [
            {
                "number": number,
                "id": item.id,
                "citation": item.citation,
                "stance": item.stance.value,
                "verified_from": list(item.verified_from),
            }
            for number, item in enumerate(numbering.references, start=1)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _origins(provenance: Sequence[Provenance]) -> list[dict[str, str]]:
    return [{"kind": item.kind.value, "ref": item.ref, "label": item.label} for item in provenance]
