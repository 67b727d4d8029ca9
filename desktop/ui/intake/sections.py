"""The intake page, section by section, as data: what is asked, in which words; it must not build any widget."""

from __future__ import annotations

from enum import Enum
from typing import Any

from desktop.domain.clinical import Assertion, FactKind, FindingKind, TreatmentKind
from desktop.domain.denial import DenialCategory
from desktop.domain.document import DocumentKind
from desktop.domain.member import LineOfBusiness, ProviderRole, Sex
from desktop.domain.npi import npi_problem
from desktop.domain.service_line import CodeSystem, Laterality, ServiceTiming
from desktop.ui.field_values import five_character_problem
from desktop.ui.intake import items
from desktop.ui.intake.field_specs import FieldKind, FieldSpec, ListSpec, SectionSpec


def _labelled(kind: type[Enum]) -> tuple[tuple[Any, str], ...]:
    """Every value of an enumeration with the words shown for it."""
    return tuple(
        (value, str(getattr(value, "label", value.value)).replace("_", " ").strip()) for value in kind
    )


def _sentence(kind: type[Enum]) -> tuple[tuple[Any, str], ...]:
    return tuple((value, words[:1].upper() + words[1:]) for value, words in _labelled(kind))


_TIMINGS = tuple((value, value.value.replace("_", "-").capitalize()) for value in ServiceTiming)


def _npi_doubt(text: str) -> str | None:
    return npi_problem(text.strip()) if text.strip() else None


_DATE_HINT = "YYYY-MM-DD or M/D/YYYY"


def _day(name: str, label: str) -> FieldSpec:
    return FieldSpec(name, label, FieldKind.DATE, placeholder=_DATE_HINT)


def _document() -> FieldSpec:
    return FieldSpec("document_id", "Source document", FieldKind.DOCUMENT, span=2)


QUESTION = SectionSpec(
    root="review_question",
    title="Question",
    purpose="What has to be decided, in a sentence or two. It heads the case.",
    fields=(
        FieldSpec(
            "review_question",
            "Review question",
            FieldKind.TEXT,
            span=4,
            lines=2,
            placeholder="For example: Is revision of the fusion medically necessary at each level asked for?",
        ),
    ),
)

MEMBER = SectionSpec(
    root="member",
    title="Member",
    purpose="The patient as the plan knows them.",
    fields=(
        FieldSpec("given_name", "Given name"),
        FieldSpec("family_name", "Family name"),
        _day("date_of_birth", "Date of birth"),
        FieldSpec("sex", "Sex on the plan's record", FieldKind.CHOICE, choices=_sentence(Sex)),
        FieldSpec("member_id", "Member ID"),
        FieldSpec("group_number", "Group number"),
        FieldSpec("subscriber_name", "Subscriber, if someone else", span=2),
    ),
)

COVERAGE = SectionSpec(
    root="coverage",
    title="Coverage",
    purpose="The kind of plan decides every right and every clock. Unknown is an answer too.",
    fields=(
        FieldSpec("payer", "Payer", span=2),
        FieldSpec("plan_name", "Plan name", span=2),
        FieldSpec(
            "line_of_business",
            "Line of business",
            FieldKind.CHOICE,
            span=2,
            choices=_labelled(LineOfBusiness),
        ),
        FieldSpec("state", "State", FieldKind.STATE, placeholder="Two letters"),
    ),
)

DENIAL = SectionSpec(
    root="denial",
    title="Denial",
    purpose="As the notice states it: its dates and numbers, and each reason in its own words.",
    fields=(
        _day("notice_dated_on", "Date on the notice"),
        _day("received_on", "Date received"),
        _day("deadline_stated_on", "Deadline stated"),
        FieldSpec("is_expedited", "Expedited appeal", FieldKind.CHECK),
        FieldSpec("reference_number", "Reference number"),
        FieldSpec("authorization_number", "Authorization number"),
        FieldSpec("claim_number", "Claim number"),
        FieldSpec("peer_to_peer_phone", "Peer-to-peer phone"),
        FieldSpec(
            "criteria_named",
            "Criteria the notice names",
            FieldKind.TEXT,
            span=4,
            lines=2,
            placeholder="Publisher, title and edition; leave empty when it names none",
        ),
        FieldSpec("reviewer_name", "Plan's reviewer", span=2),
        FieldSpec("reviewer_credential", "Reviewer's credential", span=2),
        FieldSpec("appeal_addressee", "Appeal goes to", span=2),
        FieldSpec("appeal_fax", "Appeal fax"),
        FieldSpec("appeal_portal", "Appeal portal"),
        FieldSpec("appeal_address", "Appeal address", FieldKind.TEXT, span=4, lines=2),
    ),
    lists=(
        ListSpec(
            "reasons",
            "reason",
            items.new_reason,
            items.reason_caption,
            title="Reasons, verbatim",
            fields=(
                FieldSpec("verbatim", "In the notice's own words", FieldKind.TEXT, span=4),
                FieldSpec(
                    "category", "Category", FieldKind.CHOICE, span=2, choices=_labelled(DenialCategory)
                ),
                FieldSpec("service_line_ids", "Speaks of", FieldKind.SERVICE_LINES, span=2),
            ),
        ),
    ),
)

PROVIDERS = SectionSpec(
    root="providers",
    title="Providers",
    purpose="The first ordering provider heads and signs the letter.",
    lists=(
        ListSpec(
            "providers",
            "provider",
            items.new_provider,
            items.provider_caption,
            fields=(
                FieldSpec("role", "Role", FieldKind.CHOICE, choices=_sentence(ProviderRole)),
                FieldSpec("name", "Name"),
                FieldSpec("credential", "Credential", placeholder="MD, RN"),
                FieldSpec("specialty", "Specialty"),
                FieldSpec("organization", "Organization", span=2),
                FieldSpec("npi", "NPI", placeholder="Ten digits", problem=_npi_doubt),
                FieldSpec("license_number", "License number"),
                FieldSpec("phone", "Phone"),
                FieldSpec("fax", "Fax"),
                FieldSpec("address", "Address", FieldKind.TEXT, span=2, lines=2),
            ),
        ),
    ),
)

SERVICE_LINES = SectionSpec(
    root="service_lines",
    title="Service lines",
    purpose="What was asked for, one line per code, in your own short words. Each is decided for itself.",
    is_closed_by_signature=True,
    lists=(
        ListSpec(
            "service_lines",
            "service line",
            items.new_service_line,
            items.service_line_caption,
            fields=(
                FieldSpec("label", "Your label", span=2),
                FieldSpec("code_system", "Code system", FieldKind.CHOICE, choices=_labelled(CodeSystem)),
                FieldSpec("code", "Code", problem=five_character_problem),
                FieldSpec("levels", "Levels", FieldKind.LEVELS, placeholder="L2-S1 or L4-5, L5-S1", span=2),
                FieldSpec("laterality", "Side", FieldKind.CHOICE, choices=_sentence(Laterality)),
                FieldSpec("modifier", "Modifier"),
                FieldSpec("units", "Units", FieldKind.UNITS),
                _day("service_on", "Date of service"),
                FieldSpec("timing", "Timing", FieldKind.CHOICE, choices=_TIMINGS),
                FieldSpec("place_of_service", "Place of service"),
                FieldSpec("device", "Device", span=4),
            ),
        ),
    ),
)

DIAGNOSES = SectionSpec(
    root="diagnoses",
    title="Diagnoses",
    purpose="ICD-10-CM. Type a code or words; the list is looked up on this machine.",
    lists=(
        ListSpec(
            "diagnoses",
            "diagnosis",
            items.new_diagnosis,
            items.diagnosis_caption,
            fields=(
                FieldSpec(
                    "code", "Code or words", FieldKind.DIAGNOSIS_CODE, placeholder="M96.0 or pseudarthrosis"
                ),
                FieldSpec("title", "Title", span=2),
                FieldSpec("is_primary", "Primary", FieldKind.CHECK),
            ),
        ),
    ),
)

HISTORY = SectionSpec(
    root="history",
    title="History and facts",
    purpose="The course in your own words; it goes into the letter as typed.",
    fields=(
        FieldSpec("narrative", "Clinical course", FieldKind.TEXT, span=4, lines=5),
        FieldSpec("why_this_service", "Why this service", FieldKind.TEXT, span=4),
        FieldSpec("why_not_alternatives", "Why the alternatives do not serve", FieldKind.TEXT, span=4),
        FieldSpec("risk_of_delay", "Risk of delay", FieldKind.TEXT, span=4),
    ),
    lists=(
        ListSpec(
            "prior_surgeries",
            "earlier operation",
            items.new_surgery,
            items.surgery_caption,
            title="Earlier operations",
            fields=(
                FieldSpec("label", "Operation", span=2),
                _day("performed_on", "Date"),
                FieldSpec("levels", "Levels", FieldKind.LEVELS, placeholder="L2-S1"),
                FieldSpec("facility", "Facility", span=2),
                _document(),
            ),
        ),
        ListSpec(
            "facts",
            "fact",
            items.new_fact,
            items.fact_caption,
            title="Facts that criteria ask about",
            fields=(
                FieldSpec("kind", "Kind", FieldKind.CHOICE, choices=_labelled(FactKind)),
                FieldSpec("amount", "Value", FieldKind.DECIMAL),
                FieldSpec("unit", "Unit"),
                _day("dated_on", "Date"),
                FieldSpec("text", "In words", span=2),
                _document(),
            ),
        ),
    ),
)

TREATMENTS = SectionSpec(
    root="treatments",
    title="Treatments",
    purpose="What was tried before, with dates: undated care is not counted.",
    lists=(
        ListSpec(
            "treatments",
            "treatment",
            items.new_treatment,
            items.treatment_caption,
            fields=(
                FieldSpec("kind", "Kind", FieldKind.CHOICE, choices=_labelled(TreatmentKind)),
                FieldSpec("label", "What exactly"),
                _day("started_on", "From"),
                _day("ended_on", "To"),
                FieldSpec("visits", "Visits", FieldKind.COUNT),
                FieldSpec("provider", "Provider"),
                _document(),
                FieldSpec("outcome", "Outcome", span=2),
                FieldSpec("why_stopped", "Why it stopped", span=2),
            ),
        ),
    ),
)

SCORES = SectionSpec(
    root="scores",
    title="Scores",
    purpose="Function and pain, each with its instrument and its date.",
    lists=(
        ListSpec(
            "scores",
            "score",
            items.new_score,
            items.score_caption,
            fields=(
                FieldSpec("instrument", "Instrument", placeholder="ODI, NRS back"),
                FieldSpec("value", "Value", FieldKind.DECIMAL),
                FieldSpec("unit", "Unit", placeholder="% or /10"),
                _day("scored_on", "Date"),
                _document(),
            ),
        ),
    ),
)

_FINDING_FIELDS = (
    FieldSpec("kind", "Finding", FieldKind.CHOICE, choices=_labelled(FindingKind)),
    FieldSpec("level", "Level", FieldKind.LEVEL, placeholder="L5-S1 or S1"),
    FieldSpec("laterality", "Side", FieldKind.CHOICE, choices=_sentence(Laterality)),
    FieldSpec("assertion", "The report says", FieldKind.CHOICE, choices=_sentence(Assertion)),
    FieldSpec("label", "In short", span=4),
    FieldSpec("quote", "The report's own words", FieldKind.TEXT, span=4, lines=2),
)

IMAGING = SectionSpec(
    root="imaging",
    title="Imaging",
    purpose="Each study with its date and reader, and what its report says, level by level.",
    is_closed_by_signature=True,
    lists=(
        ListSpec(
            "imaging",
            "study",
            items.new_study,
            items.study_caption,
            fields=(
                FieldSpec("modality", "Modality", placeholder="CT, MRI, radiographs"),
                FieldSpec("region", "Region"),
                _day("performed_on", "Date"),
                FieldSpec("reader", "Read by"),
                FieldSpec("facility", "Facility", span=2),
                _document(),
            ),
            lists=(
                ListSpec(
                    "findings",
                    "finding",
                    items.new_finding,
                    items.finding_caption,
                    _FINDING_FIELDS,
                    title="Findings",
                ),
                ListSpec(
                    "measurements",
                    "measurement",
                    items.new_measurement,
                    items.measurement_caption,
                    title="Measurements",
                    fields=(
                        FieldSpec("label", "What was measured", span=2),
                        FieldSpec("value", "Value", FieldKind.DECIMAL),
                        FieldSpec("unit", "Unit", placeholder="mm, degrees"),
                        FieldSpec("level", "Level", FieldKind.LEVEL, placeholder="L5-S1"),
                        FieldSpec("quote", "The report's own words", span=3),
                    ),
                ),
            ),
        ),
    ),
)

DOCUMENTS = SectionSpec(
    root="documents",
    title="Documents",
    purpose="The record itself. Drop files anywhere on this page, open them, or paste their text.",
    lists=(
        ListSpec(
            "documents",
            "document",
            items.new_document,
            items.document_caption,
            fields=(
                FieldSpec("kind", "Kind", FieldKind.CHOICE, choices=_labelled(DocumentKind)),
                FieldSpec("title", "Title", span=2),
                _day("dated_on", "Date"),
                FieldSpec("author", "Author", span=2),
                FieldSpec("facility", "Facility", span=2),
            ),
        ),
    ),
)

SECTIONS: tuple[SectionSpec, ...] = (
    QUESTION, MEMBER, COVERAGE, DENIAL, PROVIDERS, SERVICE_LINES, DIAGNOSES, HISTORY, TREATMENTS, SCORES, IMAGING,
    DOCUMENTS,
)  # fmt: skip
