"""Foreign questionnaires for tests in as few words as possible, and what became of them; it must not test anything."""

from __future__ import annotations

import json
from typing import Any

from desktop.domain.criteria import Criterion
from desktop.rules.questionnaire_report import ItemReport
from desktop.services.questionnaire_file import ImportedQuestionnaire, import_questionnaire


def imported(*items: dict[str, Any], **more: Any) -> ImportedQuestionnaire:
    document = {
        "resourceType": "Questionnaire",
        "status": "active",
        "title": "A form",
        "item": list(items),
        **more,
    }
    return import_questionnaire(json.dumps(document).encode())


def question(text: str, kind: str = "boolean", link: str = "1", **more: Any) -> dict[str, Any]:
    return {"linkId": link, "text": text, "type": kind, **more}


def only(found: ImportedQuestionnaire) -> Criterion:
    (leaf,) = found.criteria_set.criteria()
    return leaf


def reported(found: ImportedQuestionnaire, place: str) -> ItemReport:
    return next(entry for entry in found.report.items if entry.place == place)
