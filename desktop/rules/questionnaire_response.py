"""A review of one service line as a FHIR R4 QuestionnaireResponse; it must not evaluate, and names no patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink, Stance
from desktop.domain.criteria import CriteriaSet, Criterion, Group, Scope
from desktop.domain.document import Document
from desktop.domain.service_line import ServiceLine
from desktop.rules.questionnaire_asked import conditions_of, is_asked
from desktop.rules.questionnaire_export import canonical_of, heading_of, state_coding
from desktop.rules.questionnaire_json import Json, Object
from desktop.rules.questionnaire_terms import SIDE_SYSTEM, Role, extension, link_id
from desktop.rules.subjects import subject_of

Answers = Mapping[AssessmentKey, CriterionAssessment]
Links = Mapping[AssessmentKey, Sequence[EvidenceLink]]


@dataclass(frozen=True, slots=True)
class Response:
    """The QuestionnaireResponse as JSON values, with remarks on what it leaves out."""

    document: Object
    remarks: tuple[str, ...] = ()


def response_of(
    criteria_set: CriteriaSet,
    line: ServiceLine,
    assessments: Answers,
    links: Links | None = None,
    *,
    documents: Sequence[Document] = (),
    authored: datetime | None = None,
    subject: Object | None = None,
) -> Response:
    """The answers for a line: `completed` when every question that is asked has one, else `in-progress`.

    Levels and sides repeat the criteria that are asked of them. Linked words become quotations with their document
    and date. `authored` needs a zone. `subject` is written only where the caller gives one.
    """
    writer = _Writer(criteria_set, line, assessments, links or {}, {item.id: item for item in documents})
    root = writer.group(criteria_set.root, is_reached=True)
    document: Object = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical_of(criteria_set),
        "status": "completed" if writer.is_complete else "in-progress",
    }
    if subject:
        document["subject"] = subject
    if authored is not None:
        document["authored"] = authored.isoformat(timespec="seconds")
    document["item"] = [root]
    return Response(document, tuple(writer.remarks))


@dataclass(slots=True)
class _Writer:
    """Writes the items of one response."""

    criteria_set: CriteriaSet
    line: ServiceLine
    assessments: Answers
    links: Links
    documents: Mapping[str, Document]
    is_complete: bool = True
    remarks: list[str] = field(default_factory=list[str])

    def group(self, node: Group, *, is_reached: bool) -> Object:
        """A group's item. `is_reached`: whether the form asks what stands in it."""
        items: list[Json] = []
        for number, child in enumerate(node.children):
            is_exception = node.kind == "unless" and number > 0
            reached = is_reached and (not is_exception or self._is_asked(node.children[0]))
            if isinstance(child, Group):
                items.append(self.group(child, is_reached=reached))
            else:
                items += self._criterion(child, is_reached=reached)
        found: Object = {"linkId": node.id, "text": heading_of(node)}
        # A group without answers stays, with its text, unless nothing in it is asked.
        if items:
            found["item"] = items
        return found

    def _is_asked(self, rule: Criterion | Group) -> bool:
        states = {
            leaf.id: answer.state
            for leaf in self.criteria_set.criteria()
            if (answer := self.assessments.get(self._key(leaf, "")))
        }
        return is_asked(conditions_of(rule), states.get)

    def _key(self, leaf: Criterion, place: str) -> AssessmentKey:
        subject = subject_of(leaf, self.line.id, place, place)
        return AssessmentKey(set_id=self.criteria_set.id, criterion_id=leaf.id, subject=subject)

    def _criterion(self, leaf: Criterion, *, is_reached: bool) -> list[Json]:
        places = {Scope.LEVEL: self.line.levels, Scope.SIDE: self.line.sides}.get(leaf.per)
        if places is None:
            return [item] if (item := self._question(leaf, "", is_reached)) else []
        if not places and is_reached:
            self.is_complete = False
        found: list[Json] = []
        for place in places:
            item = self._question(leaf, place, is_reached)
            if item:
                found.append(self._place(leaf, place, item))
        return found

    def _place(self, leaf: Criterion, place: str, question: Object) -> Object:
        value: Object = {"valueString": place}
        if leaf.per is Scope.SIDE:
            value = {
                "valueCoding": {"system": SIDE_SYSTEM, "code": place, "display": place.capitalize()},
            }
        named: Object = {"linkId": link_id(leaf.id, Role.PLACE), "answer": [value]}
        return {"linkId": link_id(leaf.id, Role.PLACES), "item": [named, question]}

    def _question(self, leaf: Criterion, place: str, is_reached: bool) -> Object | None:
        key = self._key(leaf, place)
        answer = self.assessments.get(key)
        beside = self._beside(leaf, answer, self.links.get(key, ()))
        if not is_reached:
            if answer is not None or beside:
                where = f" for {place}" if place else ""
                self.remarks.append(
                    f"The answer to “{leaf.text}”{where} is left out: the form asks this exception only when the rule "
                    "is not marked met."
                )
            return None
        state = answer.state if answer else None
        if state is None and (answer is None or answer.amount is None):
            self.is_complete = False
        value: Object = {"valueCoding": state_coding(state)} if state else {}
        if beside:
            value["item"] = beside
        found: Object = {"linkId": leaf.id, "text": leaf.text}
        if value:
            found["answer"] = [value]
        return found

    def _beside(
        self, leaf: Criterion, answer: CriterionAssessment | None, links: Sequence[EvidenceLink]
    ) -> list[Json]:
        found: list[Json] = []
        if answer is not None and answer.amount is not None and leaf.threshold is not None:
            amount: Object = {"valueQuantity": {"value": answer.amount.value, "unit": answer.amount.unit}}
            if answer.arithmetic:
                amount["extension"] = [extension("arithmetic", "String", answer.arithmetic)]
            found.append({"linkId": link_id(leaf.id, Role.AMOUNT), "answer": [amount]})
        waived_by = answer.exception_source if answer else ""
        if (
            answer is not None
            and answer.state is not None
            and answer.state.value == "exception"
            and waived_by
        ):
            found.append({"linkId": link_id(leaf.id, Role.WAIVED_BY), "answer": [{"valueString": waived_by}]})
        if answer is not None and answer.note:
            found.append({"linkId": link_id(leaf.id, Role.NOTE), "answer": [{"valueString": answer.note}]})
        for role, stance in (
            (Role.SUPPORTING, Stance.SUPPORTS),
            (Role.CONTRADICTING, Stance.CONTRADICTS),
        ):
            said: list[Json] = [self._quotation(link) for link in links if link.stance is stance]
            if said:
                found.append({"linkId": link_id(leaf.id, role), "answer": said})
        return found

    def _quotation(self, link: EvidenceLink) -> Object:
        document = self.documents.get(link.span.document_id)
        cited = document.citation if document else ""
        where = ", ".join(part for part in (cited, f"page {link.span.page}") if part)
        return {"valueString": f"“{link.span.quote}” ({where})"}
