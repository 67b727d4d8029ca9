"""Assessments and evidence links of a case in the store; which answers are allowed is the services' business."""

from __future__ import annotations

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_ASSESSMENT = Mapper("assessment", CriterionAssessment, spread={"key": "", "amount": "amount_"})
_LINK = Mapper("evidence_link", EvidenceLink, spread={"key": "", "span": "span_"})


class ReviewReader:
    """Reading the review of a case."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def assessments(self, case_id: str) -> tuple[CriterionAssessment, ...]:
        """Every answer, ordered by set, criterion and subject."""
        order = ("set_id", "criterion_id", "subject")
        return tuple(
            _ASSESSMENT.read(row)
            for row in self._reader.all("assessment", {"case_id": case_id}, order_by=order)
        )

    def links(self, case_id: str) -> tuple[EvidenceLink, ...]:
        """Every evidence link, in the order they were made."""
        rows = self._reader.all("evidence_link", {"case_id": case_id}, order_by=("position",))
        return tuple(_LINK.read(row) for row in rows)

    def answered(self, set_id: str) -> frozenset[tuple[str, AssessmentKey]]:
        """Every question of a criteria set that any case answered or linked words to, with the case's id."""
        rows = [
            *self._reader.all("assessment", {"set_id": set_id}),
            *self._reader.all("evidence_link", {"set_id": set_id}),
        ]
        return frozenset(
            (
                str(row["case_id"]),
                AssessmentKey(
                    set_id=set_id, criterion_id=str(row["criterion_id"]), subject=str(row["subject"])
                ),
            )
            for row in rows
        )

    def link(self, case_id: str, link_id: str) -> EvidenceLink | None:
        """The link with an id, or None."""
        row = self._reader.one("evidence_link", {"case_id": case_id, "id": link_id})
        return _LINK.read(row) if row else None


class ReviewWriter(ReviewReader):
    """Reading and writing the review of a case."""

    def __init__(self, rows: RowWriter) -> None:
        super().__init__(rows)
        self._rows = rows

    def put_assessment(self, case_id: str, assessment: CriterionAssessment) -> None:
        """Store an answer, replacing the one to the same question."""
        row = _ASSESSMENT.row(assessment, case_id=case_id)
        _ASSESSMENT.check(row)
        self._rows.put("assessment", row)

    def remove_assessment(self, case_id: str, key: AssessmentKey) -> None:
        """Forget the answer to a question; nothing happens when there is none."""
        row = self._rows.one("assessment", {"case_id": case_id, **key.model_dump()})
        if row is not None:
            self._rows.delete("assessment", row)

    def add_link(self, case_id: str, link: EvidenceLink) -> None:
        """Store a link at the end, or replace the one with its id where it stands."""
        old = self._rows.one("evidence_link", {"case_id": case_id, "id": link.id})
        if old is not None:
            position = old["position"]
        else:
            present = self._rows.all("evidence_link", {"case_id": case_id}, order_by=("position",))
            last = present[-1]["position"] if present else -1
            position = last + 1 if isinstance(last, int) else 0
        row = _LINK.row(link, case_id=case_id, position=position)
        _LINK.check(row)
        self._rows.put("evidence_link", row)

    def remove_link(self, case_id: str, link_id: str) -> None:
        """Remove a link; nothing happens when there is none."""
        row = self._rows.one("evidence_link", {"case_id": case_id, "id": link_id})
        if row is not None:
            self._rows.delete("evidence_link", row)
