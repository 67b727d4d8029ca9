"""Reads what a questionnaire says of itself, ours or foreign, into the head of a criteria set.

It must not read items. What cannot be used is left out and remarked on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import CriteriaSet, Group, LicenceClass
from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import Problems
from desktop.rules.made_ids import is_id, slug
from desktop.rules.questionnaire_fields import map_node, own_value, own_values, text_node
from desktop.rules.questionnaire_json import Object, exact, inner, objects, shown, words
from desktop.rules.questionnaire_shape import expressions_of, unused_extensions
from desktop.rules.questionnaire_terms import CONTEXT_SYSTEM, FOCUS, ICD_10_CM
from desktop.rules.yaml_nodes import ListNode, YamlNode

_LONGEST_NOTES = 8_000
_PROCEDURE_SYSTEMS = ("ama-assn.org", "/cpt", "hcpcs")
_READ_BEFORE_USE = (
    "A form asks questions and seldom says which answers count: read every criterion before the set is used."
)


@dataclass(slots=True)
class Head:
    """The head of a set in the making."""

    fields: FieldReader
    is_ours: bool
    title: str
    remarks: list[str] = field(default_factory=list[str])

    def set_of(self, root: Group, instructions: list[str]) -> CriteriaSet:
        """The set with its tree. `instructions`: words of the form that belong to no criterion."""
        fields = self.fields
        begins, ends = fields.day("effective_from"), fields.day("effective_to")
        if begins and ends and ends < begins:
            self.remarks.append(
                f"The effective period ends on {ends} before it begins on {begins}: left out."
            )
            begins = ends = None
        set_id = fields.text("id")
        links = {name: fields.identifier(name, "") or None for name in ("customises", "supersedes")}
        for name, named in links.items():
            if named == set_id:
                links[name] = None
                self.remarks.append(f"`{name}` names the set itself: left out.")
        notes = "\n".join(part for part in (fields.text("notes"), *instructions) if part)
        if len(notes) > _LONGEST_NOTES:
            notes = f"{notes[: _LONGEST_NOTES - 1].rstrip()}…"
            self.remarks.append(f"The notes were cut after {_LONGEST_NOTES:,} characters.")
        found = CriteriaSet(
            id=set_id,
            family=fields.text("family"),
            title=self.title,
            publisher=fields.text("publisher"),
            document_number=fields.text("document_number"),
            edition=fields.text("edition"),
            effective_from=begins,
            effective_to=ends,
            retrieved_on=fields.day("retrieved_on"),
            review_by=fields.day("review_by"),
            address=fields.text("address"),
            licence=fields.word("licence", LicenceClass, LicenceClass.USER),
            customises=links["customises"],
            supersedes=links["supersedes"],
            terms=fields.plain_texts("terms"),
            codes=fields.plain_texts("codes"),
            diagnoses=fields.plain_texts("diagnoses"),
            indications=fields.plain_texts("indications"),
            covers=fields.words("covers", FindingKind),
            notes=notes,
            root=root,
        )
        self.remarks += [f"{problem.problem} It was left out." for problem in fields.problems.found]
        return found


def read_head(document: Object) -> Head:
    """The head of a questionnaire."""
    is_ours = bool(own_value(document, "format"))
    remarks: list[str] = []
    texts = dict(_ours(document) if is_ours else _foreign(document, remarks))
    title = texts["title"] = texts["title"] or _stand_in("title", "Imported questionnaire", remarks)
    texts["publisher"] = texts["publisher"] or _stand_in("publisher", "Not stated", remarks)
    texts["edition"] = texts["edition"] or _stand_in("version or date", "as imported", remarks)
    texts["family"] = texts["family"] if is_id(texts["family"]) else slug(title, "imported-criteria")
    if not is_id(texts["id"]):
        texts["id"] = f"{slug(texts['publisher'], 'imported', 24)}.{slug(title, 'questionnaire', 48)}"
    fields: dict[str, YamlNode] = {name: text_node(text) for name, text in texts.items()}
    lists = dict(_codes(document))
    if is_ours:
        lists |= {
            "terms": own_values(document, "term"),
            "indications": own_values(document, "indication"),
            "covers": own_values(document, "covers"),
        }
    fields |= {name: ListNode(1, [text_node(text) for text in found]) for name, found in lists.items()}
    return Head(FieldReader(map_node(fields), Problems()), is_ours, title, remarks)


def _stand_in(name: str, text: str, remarks: list[str]) -> str:
    remarks.append(f"It names no {name}; “{text}” stands for it.")
    return text


def _ours(document: Object) -> Iterator[tuple[str, str]]:
    period = inner(document.get("effectivePeriod"))
    yield "title", exact(document.get("title"))
    yield "publisher", exact(document.get("publisher"))
    yield "notes", exact(document.get("description"))
    yield "effective_from", words(period.get("start"))
    yield "effective_to", words(period.get("end"))
    yield "retrieved_on", words(document.get("lastReviewDate"))
    for name in ("id", "family", "document-number", "edition", "licence", "address", "review-by"):
        yield name.replace("-", "_"), own_value(document, name)
    for name in ("customises", "supersedes"):
        yield name, own_value(document, name)


def _foreign(document: Object, remarks: list[str]) -> Iterator[tuple[str, str]]:
    period = inner(document.get("effectivePeriod"))
    title = words(document.get("title")) or words(document.get("name"))
    day = words(document.get("date"))[:10]
    status = words(document.get("status"))
    yield "id", ""
    yield "family", ""
    yield "title", title
    yield "publisher", words(document.get("publisher"))
    yield "edition", words(document.get("version")) or day
    yield "effective_from", words(period.get("start"))[:10]
    yield "effective_to", words(period.get("end"))[:10]
    yield "address", words(document.get("url"))
    numbers = (words(entry.get("value")) for entry in objects(document.get("identifier")))
    yield "document_number", next((number for number in numbers if number), "")
    about = ", ".join(
        part for part in (f"status {status}" if status else "", f"dated {day}" if day else "") if part
    )
    told = (
        f"Imported from a FHIR questionnaire ({about})." if about else "Imported from a FHIR questionnaire."
    )
    said = (exact(document.get(name)) for name in ("description", "purpose", "copyright"))
    yield "notes", "\n".join(part for part in (f"{told} {_READ_BEFORE_USE}", *said) if part)
    if status and status != "active":
        remarks.append(f"Its status is {shown(status)}.")
    remarks.append(
        "Every group of the form became a group in which all must hold; the form states no other rule."
    )
    remarks += _not_kept(document)


def _not_kept(document: Object) -> Iterator[str]:
    expressions = expressions_of(document)
    if expressions:
        yield f"Expressions of the whole form are not run: {', '.join(expressions[:5])}."
    for entry in objects(document.get("extension")):
        if words(entry.get("url")).endswith("/cqf-library"):
            named = words(entry.get("valueCanonical"))
            yield f"The library of rules that it names ({shown(named) or 'without a name'}) is neither read nor run."
    unused = tuple(name for name in unused_extensions(document) if name != "cqf-library")
    if unused:
        yield f"Not used: {', '.join(unused[:5])}{' and more' if len(unused) > 5 else ''}."
    for resource in objects(document.get("contained")):
        kind, name = words(resource.get("resourceType")), words(resource.get("id"))
        if kind != "ValueSet":
            yield f"The contained {shown(kind) or 'resource'} {shown(name)} was dropped."
    if document.get("derivedFrom"):
        yield "What it is derived from was dropped: that questionnaire is not in the file."


def _codes(document: Object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Procedure codes and diagnoses of the contexts that a questionnaire is for, as often as they stand there."""
    codes: list[str] = []
    diagnoses: list[str] = []
    for context in objects(document.get("useContext")):
        named = inner(context.get("code"))
        concept = inner(context.get("valueCodeableConcept"))
        for coding in objects(concept.get("coding")) or [{"code": concept.get("text")}]:
            code, system = exact(coding.get("code")), words(coding.get("system"))
            if not code:
                continue
            is_procedure = any(part in system.casefold() for part in _PROCEDURE_SYSTEMS)
            if is_procedure or named.get("system") == CONTEXT_SYSTEM:
                codes.append(code)
            elif system == ICD_10_CM or (not system and named.get("code") == FOCUS):
                diagnoses.append(code)
    yield "codes", tuple(codes)
    yield "diagnoses", tuple(diagnoses)
