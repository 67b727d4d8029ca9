"""The worklist as one statement: columns, not cases, so that fifty thousand cases list as quickly as fifty."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from desktop.domain.case import CaseStatus
from desktop.domain.member import Member, Sex
from desktop.domain.service_line import CodeSystem, level_range
from desktop.domain.vertebra import level_order
from desktop.domain.worklist import WorklistOrder, WorklistQuery, WorklistRow

_FROM = """
FROM case_row AS c
JOIN member AS m ON m.case_id = c.id
JOIN coverage AS v ON v.case_id = c.id
JOIN denial AS d ON d.case_id = c.id
"""
_COLUMNS = """
SELECT c.id, c.number, c.status, c.is_synthetic, c.updated_at, m.given_name, m.family_name, m.date_of_birth, m.sex,
    v.payer, d.deadline_stated_on,
    (SELECT json_array(l.label, l.code_system, l.code) FROM service_line AS l
        WHERE l.case_id = c.id ORDER BY l.position LIMIT 1) AS first_line,
    (SELECT json_group_array(l.levels ORDER BY l.position) FROM service_line AS l
        WHERE l.case_id = c.id) AS levels,
    (SELECT count(*) FROM assessment AS a
        WHERE a.case_id = c.id AND a.state IN ('unclear', 'not_documented')) AS open_count,
    (SELECT count(*) FROM task AS t WHERE t.case_id = c.id AND t.done_on IS NULL) AS open_task_count,
    (SELECT min(t.due_on) FROM task AS t WHERE t.case_id = c.id AND t.done_on IS NULL) AS next_due_on
"""
_TEXT = """(c.number LIKE :text ESCAPE '!' OR v.payer LIKE :text ESCAPE '!' OR d.reference_number LIKE :text ESCAPE '!'
    OR m.family_name LIKE :text ESCAPE '!' OR m.given_name LIKE :text ESCAPE '!' OR m.member_id LIKE :text ESCAPE '!'
    OR EXISTS (SELECT 1 FROM service_line AS l WHERE l.case_id = c.id
        AND (l.label LIKE :text ESCAPE '!' OR l.code LIKE :text ESCAPE '!')))"""
_ORDER = {
    WorklistOrder.UPDATED: "c.updated_at DESC, c.rowid DESC",
    WorklistOrder.DEADLINE: "d.deadline_stated_on IS NULL, d.deadline_stated_on, c.updated_at DESC, c.id",
    WorklistOrder.NUMBER: "c.number, c.id",
    WorklistOrder.DUE: "next_due_on IS NULL, next_due_on, c.updated_at DESC, c.id",
}


def page(connection: Connection, query: WorklistQuery) -> tuple[WorklistRow, ...]:
    """The rows of one page, in order."""
    where, values = _where(query)
    statement = f"{_COLUMNS}{_FROM}{where} ORDER BY {_ORDER[query.order]} LIMIT :limit OFFSET :offset"
    values |= {"limit": max(0, query.limit), "offset": max(0, query.offset)}
    return tuple(_row(found) for found in connection.execute(text(statement), values).mappings())


def count(connection: Connection, query: WorklistQuery) -> int:
    """How many cases match, on all pages."""
    where, values = _where(query)
    return int(connection.execute(text(f"SELECT count(*) {_FROM}{where}"), values).scalar_one())


def cases_using_set(connection: Connection, set_id: str) -> tuple[str, ...]:
    """The ids of the cases with a service line that is held against a criteria set, by case number."""
    statement = """SELECT DISTINCT c.id, c.number FROM case_row AS c JOIN service_line AS l ON l.case_id = c.id
        WHERE EXISTS (SELECT 1 FROM json_each(l.criteria_set_ids) WHERE value = :set_id) ORDER BY c.number, c.id"""
    return tuple(found[0] for found in connection.execute(text(statement), {"set_id": set_id}))


def _where(query: WorklistQuery) -> tuple[str, dict[str, Any]]:
    # Only fixed words are put together; everything that comes from outside is bound.
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if query.statuses:
        values = {f"status_{place}": status.value for place, status in enumerate(query.statuses)}
        conditions.append(f"c.status IN ({', '.join(f':{name}' for name in values)})")
    if query.is_waiting:
        # By the ids of the few open tasks, not by a look into every case.
        conditions.append("c.id IN (SELECT t.case_id FROM task AS t WHERE t.done_on IS NULL)")
    for place, word in enumerate(query.text.split()):
        escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        values[f"text_{place}"] = f"%{escaped}%"
        conditions.append(_TEXT.replace(":text", f":text_{place}"))
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values


def _row(found: RowMapping) -> WorklistRow:
    names = Member(given_name=found["given_name"], family_name=found["family_name"])
    lines: list[str] = json.loads(found["levels"])
    levels: list[str] = [level for line in lines for level in json.loads(line)]
    return WorklistRow(
        case_id=found["id"],
        number=found["number"],
        status=CaseStatus(found["status"]),
        initials=names.initials,
        date_of_birth=_day(found["date_of_birth"]),
        sex=Sex(found["sex"]),
        payer=found["payer"],
        service=_service(found["first_line"]),
        levels=level_range(tuple(sorted(set(levels), key=level_order))),
        line_count=len(lines),
        open_count=found["open_count"],
        deadline_stated_on=_day(found["deadline_stated_on"]),
        updated_at=datetime.fromisoformat(found["updated_at"]),
        is_synthetic=bool(found["is_synthetic"]),
        open_task_count=found["open_task_count"],
        next_due_on=_day(found["next_due_on"]),
    )


def _service(first_line: str | None) -> str:
    if first_line is None:
        return ""
    label, code_system, code = json.loads(first_line)
    named_code = f"{CodeSystem(code_system).value} {code}" if code else ""
    return " · ".join(part for part in (label, named_code) if part)


def _day(text_or_none: str | None) -> date | None:
    return date.fromisoformat(text_or_none) if text_or_none else None
