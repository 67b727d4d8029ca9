"""The plan of a packet: what a denial calls for, what the record names, what hides evidence."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.assessment import AssessmentKey, EvidenceLink
from desktop.domain.case import Case
from desktop.domain.clinical import ConservativeTreatment, History, PriorSurgery, TreatmentKind
from desktop.domain.denial import AdverseDetermination, DenialCategory, DenialReason
from desktop.domain.document import Document, DocumentKind, span_of
from desktop.domain.kept_file import KeptFile, MediaType
from desktop.domain.packet import PacketChoice, Redaction
from desktop.letters.packet.planning import plan_packet
from desktop.letters.packet.required import REQUIRED

NOTE = Document(
    id="note",
    kind=DocumentKind.CLINIC_NOTE,
    title="Visit",
    dated_on=date(2026, 1, 1),
    text="first page\fthe screw is loose",
    page_starts=(0, 11),
)
LINK = EvidenceLink(
    id="link",
    key=AssessmentKey(set_id="set", criterion_id="criterion"),
    span=span_of(NOTE, 15, 29),
)


def case_of(*documents: Document, category: DenialCategory = DenialCategory.OTHER, **more) -> Case:
    reasons = (DenialReason(id="reason", category=category),)
    return Case(id="case", documents=documents, denial=AdverseDetermination(reasons=reasons), **more)


def missing(case: Case, *choices: PacketChoice) -> dict[DocumentKind, str]:
    return {item.kind: item.why for item in plan_packet(case, choices).missing}


@pytest.mark.parametrize("category", DenialCategory)
def test_every_category_has_a_list_and_every_packet_its_notice(category: DenialCategory) -> None:
    found = missing(case_of(category=category))
    assert set(found) == {DocumentKind.DENIAL_LETTER, *(kind for kind, _ in REQUIRED[category])}
    assert all(why.endswith(".") for why in found.values())


def test_what_is_enclosed_is_not_missing() -> None:
    notice = Document(id="notice", kind=DocumentKind.DENIAL_LETTER)
    assert missing(case_of(notice)) == {}


def test_a_treatment_of_the_record_calls_for_the_document_that_shows_it() -> None:
    therapy = ConservativeTreatment(id="pt", kind=TreatmentKind.PHYSICAL_THERAPY)
    surgery = History(prior_surgeries=(PriorSurgery(id="op"),))
    found = missing(case_of(treatments=(therapy,), history=surgery))
    assert "physical therapy" in found[DocumentKind.PT_RECORD]
    assert "operation" in found[DocumentKind.OPERATIVE_NOTE]


def test_a_treatment_shown_by_an_enclosed_note_calls_for_nothing() -> None:
    therapy = ConservativeTreatment(id="pt", kind=TreatmentKind.PHYSICAL_THERAPY, document_id="note")
    case = case_of(NOTE, treatments=(therapy,))
    assert DocumentKind.PT_RECORD not in missing(case)
    assert DocumentKind.PT_RECORD in missing(case, PacketChoice(document_id="note", is_left_out=True))


@pytest.mark.parametrize(
    ("choices", "redactions", "words"),
    [
        ((PacketChoice(document_id="note", is_left_out=True),), (), "is left out"),
        ((PacketChoice(document_id="note", pages=(1,)),), (), "page 2 of exhibit A, which is left out"),
        ((), (Redaction(id="r", document_id="note", start=20, end=22),), "blacked out at least in part"),
        (
            (),
            (Redaction(id="r", document_id="note", page=2, box=(0, 0, 9, 9)),),
            "evidence stands on that page",
        ),
        ((), (Redaction(id="r", document_id="note", start=0, end=5, seal="other"),), "was changed after"),
    ],
)
def test_hidden_evidence_is_warned_about(choices, redactions, words) -> None:
    (warning,) = plan_packet(case_of(NOTE), choices, redactions, [LINK]).warnings
    assert words in warning


def test_what_hides_no_evidence_is_not_warned_about() -> None:
    aside = Redaction(id="r", document_id="note", start=0, end=5, seal=NOTE.sha256)
    plan = plan_packet(case_of(NOTE), (), [aside], [LINK])
    assert plan.warnings == ()
    assert plan.redactions == 1


def test_an_area_on_a_file_that_was_replaced_is_warned_about() -> None:
    area = Redaction(id="r", document_id="note", page=1, box=(0, 0, 9, 9), seal="old")
    file = KeptFile(sha256="new", media_type=MediaType.PDF, name="note.pdf", size=1)
    assert "was changed after" in plan_packet(case_of(NOTE), (), [area], (), {"note": file}).warnings[0]


def test_words_that_can_still_be_read_elsewhere_are_warned_about() -> None:
    other = Document(id="other", kind=DocumentKind.LAB_REPORT, title="Labs", text="The first\npage of it.")
    hidden = Redaction(id="r", document_id="note", start=0, end=10)
    (warning,) = plan_packet(case_of(NOTE, other), (), [hidden]).warnings
    assert "“first page” is blacked out in exhibit A, and can still be read in exhibit B." in warning
    left_out = PacketChoice(document_id="other", is_left_out=True)
    assert plan_packet(case_of(NOTE, other), [left_out], [hidden]).warnings == ()
    titled = NOTE.model_copy(update={"title": "The first page"})
    assert "still be read" in plan_packet(case_of(titled), (), [hidden]).warnings[0]
