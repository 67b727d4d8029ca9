"""Writes the sample store of the present schema: something in every table, all of it synthetic."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from desktop.domain.argument import ArgumentChoice
from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
)
from desktop.domain.audience import Audience
from desktop.domain.audit import Actor
from desktop.domain.case import Case, CaseStatus
from desktop.domain.clock import FixedClock
from desktop.domain.criteria import CriteriaSet, Criterion, Group, LicenceClass, Source
from desktop.domain.determination import Decision, Determination, LineDetermination, SignOff
from desktop.domain.document import span_of
from desktop.domain.kept_file import KeptFile, MediaType
from desktop.domain.letter import (
    BlockKind,
    CitationReason,
    Letter,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterSettings,
    LetterState,
    ReviewStatus,
    StatusEntry,
)
from desktop.domain.letter_check import CheckOverride
from desktop.domain.letter_history import (
    Delivery,
    DeliveryChannel,
    LetterComment,
    LetterVersion,
    VersionReason,
)
from desktop.domain.packet import PacketChoice, Redaction
from desktop.domain.peer_to_peer import PeerToPeer, PeerToPeerOutcome
from desktop.domain.reference import (
    Bibliography,
    Claim,
    OwnReference,
    ReferenceMark,
    ReferenceStance,
    Standing,
)
from desktop.domain.stationery import Letterhead, LetterTemplate, Snippet, TemplatePart
from desktop.domain.task import Task
from desktop.security.vault import TEST_PROFILE, create_vault
from desktop.store.engine import create_store
from desktop.store.row_changes import REFERENCE_LIBRARY, STATIONERY

PASSWORD = "sample store password"
WRITTEN_AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 stands for the bytes of an issued letter"
FILE = b"%PDF-1.4 stands for the file that a report was read from"
EVIDENCE_MAP = b'{"stands_for": "an evidence map"}'
KEY = AssessmentKey(set_id="sample-set", criterion_id="loosening", subject="L4-L5")
CASE = Case.model_validate(
    {
        "id": "sample",
        "number": "26-0001",
        "status": CaseStatus.LETTER_ISSUED,
        "is_synthetic": True,
        "review_question": "Is reinsertion indicated?",
        "member": {"family_name": "Sample", "given_name": "Sam", "date_of_birth": "1961-05-04", "sex": "male"},
        "coverage": {"payer": "Sample Health", "line_of_business": "unknown"},
        "denial": {
            "notice_dated_on": "2026-02-01",
            "reasons": [{"id": "r1", "verbatim": "Criteria not met: BP <120/80 & A&B <3.", "service_line_ids": ["l1"]}],
        },
        "history": {
            "narrative": "Worsening pain.",
            "prior_surgeries": [{"id": "p1", "label": "Fusion", "performed_on": "2023-04-01", "levels": ["L2-L3"]}],
            "facts": [{"id": "f1", "kind": "cotinine", "amount": "2.50", "unit": "ng/mL", "dated_on": "2026-01-05"}],
        },
        "providers": [{"id": "pr1", "name": "Dr. Example", "npi": "1234567893"}],
        "service_lines": [{"id": "l1", "code": "22849", "label": "Reinsertion", "levels": ["L2-L3", "L3-L4"]}],
        "diagnoses": [{"id": "dx1", "code": "M96.0", "is_primary": True}],
        "treatments": [{"id": "t1", "kind": "physical_therapy", "started_on": "2025-06-01", "visits": 12}],
        "scores": [{"id": "s1", "instrument": "ODI", "value": "52", "unit": "%", "scored_on": "2026-01-10"}],
        "imaging": [
            {
                "id": "i1",
                "modality": "CT",
                "performed_on": "2026-01-12",
                "document_id": "d1",
                "findings": [{"id": "fi1", "kind": "hardware_loosening", "level": "L4-L5", "quote": "lucency"}],
                "measurements": [{"id": "m1", "label": "Translation", "value": "4.0", "unit": "mm", "level": "L4-L5"}],
            }
        ],
        "documents": [{"id": "d1", "kind": "imaging_report", "title": "CT", "page_starts": [0, 27],
                       "text": "There is lucency about L4.\fPage 2"}],
    }
)  # fmt: skip


def review() -> tuple[CriterionAssessment, EvidenceLink]:
    """The sample's answer and link."""
    document = CASE.documents[0]
    link = EvidenceLink(id="e1", key=KEY, span=span_of(document, 9, 16), note="seen")
    return CriterionAssessment(key=KEY, state=AssessmentState.MET, note="clear"), link


def later_answer() -> CriterionAssessment:
    """An answer with its arithmetic, in samples from schema 0002 on."""
    return CriterionAssessment(
        key=KEY.model_copy(update={"criterion_id": "therapy", "subject": ""}),
        amount=Amount(value=Decimal("7.0"), unit="weeks"),
        arithmetic="PT 2026-02-03 to 2026-03-24: 7 weeks 0 days, 11 visits",
    )


def tasks() -> tuple[Task, ...]:
    """The sample's tasks, in samples from schema 0002 on."""
    asked = Task(
        id="t1",
        text="A dated note from physical therapy",
        owed_by="Physical therapist",
        due_on=date(2026, 4, 1),
        service_line_id="l1",
        closes=KEY,
    )
    return asked, Task(id="t2", text="Call the surgeon", done_on=date(2026, 3, 1))


def criteria_set() -> CriteriaSet:
    """The sample's archived edition, in samples from schema 0002 on."""
    source = Source(document="Sample", proof="U")
    asked = Criterion(id="loosening", text="Hardware is loose", source=source)
    return CriteriaSet(
        id="sample-set",
        family="sample-set",
        title="Sample",
        publisher="Sample Health",
        edition="1",
        licence=LicenceClass.USER,
        root=Group(kind="all", id="root", children=(asked,)),
        content_hash="ab" * 32,
    )


def determination() -> Determination:
    """The sample's signed determination."""
    line = LineDetermination(service_line_id="l1", decision=Decision.NECESSARY, rationale="Loose.")
    draft = Determination(id="det1", version=1, lines=(line,))
    sign_off = SignOff(
        name="Ada Example",
        credential="RN",
        meaning="I reviewed this.",
        signed_at=WRITTEN_AT,
        content_hash=draft.hash_of_content(),
    )
    return draft.model_copy(update={"sign_off": sign_off})


def own_reference() -> OwnReference:
    """The sample's own reference, in samples from schema 0003 on."""
    claim = Claim(reference_id="doe-2020", topic="own", stance=ReferenceStance.FOR, text="Screws come loose.")
    entry = Bibliography(type="book", title="On screws", issued=(2020,))
    return OwnReference(
        id="doe-2020",
        bibliography=entry,
        claims=(claim,),
        verified_from="The book",
        verified_on=date(2026, 3, 1),
    )


def mark() -> ReferenceMark:
    """The sample's mark on a reference, in samples from schema 0003 on."""
    return ReferenceMark(
        reference_id="doe-2020",
        standing=Standing.SUPERSEDED,
        note="Second edition.",
        marked_on=date(2026, 3, 2),
    )


def letter(*, has_reasons: bool = True, is_full: bool = True) -> Letter:
    """The sample's issued letter; with the reason for a source in doubt in samples from schema 0003 on.

    `is_full`: with settings, override, status and evidence map, in samples from schema 0004 on.
    """
    reason = CitationReason(
        reference_id="doe-2020",
        rule="superseded-reference",
        reason="The plan names this edition.",
        given_at=WRITTEN_AT,
        given_by="Ada Example",
    )
    issued = Letter(
        id="le1",
        state=LetterState.ISSUED,
        content=content(),
        issued_at=WRITTEN_AT,
        pdf_sha256=hashlib.sha256(PDF).hexdigest(),
        citation_reasons=(reason,) if has_reasons else (),
    )
    if not is_full:
        return issued
    override = CheckOverride(
        key="k1",
        rule="tone",
        words="obviously",
        reason="Quoted.",
        given_at=WRITTEN_AT,
        given_by="Ada Example",
    )
    step = StatusEntry(status=ReviewStatus.APPROVED, at=WRITTEN_AT, by="Bea Example", credential="MD")
    more = {
        "settings": LetterSettings(audience=Audience.ATTORNEY, carbon_copies=("The member",)),
        "evidence_map_sha256": hashlib.sha256(EVIDENCE_MAP).hexdigest(),
        "overrides": (override,),
        "status_history": (step,),
    }
    return issued.model_copy(update=more)


def content() -> LetterContent:
    """What the sample's letter says."""
    block = LetterBlock(id="b1", kind=BlockKind.OPENING, heading="Opening")
    return LetterContent(kind=LetterKind.FIRST_LEVEL, title="26-0001", running_head="Sample", blocks=(block,))


def letter_version() -> LetterVersion:
    """The sample's kept version, in samples from schema 0004 on."""
    return LetterVersion(
        id="v1",
        letter_id="le1",
        number=1,
        why=VersionReason.ISSUED,
        made_at=WRITTEN_AT,
        made_by="Ada Example",
        content=content(),
    )


def kept_file() -> KeptFile:
    """The file of the sample's document, in samples from schema 0004 on."""
    sha256 = hashlib.sha256(FILE).hexdigest()
    return KeptFile(sha256=sha256, media_type=MediaType.PDF, name="ct report.pdf", size=len(FILE))


def case_items() -> tuple[
    LetterComment | Delivery | PeerToPeer | Redaction | PacketChoice | ArgumentChoice, ...
]:
    """One small value of each kind, in samples from schema 0004 on."""
    return (
        LetterComment(
            id="c1",
            letter_id="le1",
            block_id="b1",
            text="Shorter?",
            made_at=WRITTEN_AT,
            made_by="Bea Example",
        ),
        Delivery(id="de1", letter_id="le1", channel=DeliveryChannel.FAX, sent_on=date(2026, 3, 2)),
        PeerToPeer(id="pp1", held_on=date(2026, 2, 20), outcome=PeerToPeerOutcome.UPHELD),
        Redaction(id="re1", document_id="d1", start=9, end=16, reason="Not needed"),
        PacketChoice(document_id="d1", pages=(1,), position=0),
        ArgumentChoice(key="topic-a/claim-b", is_included=False, note="Argued elsewhere."),
    )


def house_items() -> tuple[Letterhead | Snippet | LetterTemplate, ...]:
    """One of each thing of the house, in samples from schema 0004 on."""
    part = TemplatePart(block=BlockKind.OPENING, heading="Summary")
    return (
        Letterhead(id="h1", name="Main office", lines=("Sample Spine", "1 Sample Street")),
        Snippet(id="sn1", name="Thanks", text="Thank you, {{member.name}}."),
        LetterTemplate(id="te1", name="Short", kind=LetterKind.FIRST_LEVEL, parts=(part,)),
    )


def write(folder: Path) -> None:
    """Write the store and its vault."""
    key, recovery_key = create_vault(folder / "vault.json", PASSWORD, TEST_PROFILE)
    (folder / "recovery-key.txt").write_text(recovery_key + "\n", encoding="ascii")
    actor = Actor(name="Ada Example", credential="RN")
    store = create_store(folder, key, actor=actor, clock=FixedClock(WRITTEN_AT))
    assessment, link = review()
    with store.write("case_opened", "New case", case_id="sample") as work:
        work.cases.add(CASE.model_copy(update={"status": CaseStatus.UNDER_REVIEW}))
        work.criteria.put("typed-set", "id: typed-set\n")
        work.criteria.put_cases("typed-set", "cases: []\n")
    with store.write("reviewed", "Review", case_id="sample") as work:
        work.review.put_assessment("sample", assessment)
        work.review.put_assessment("sample", later_answer())
        work.review.add_link("sample", link)
        for task in tasks():
            work.tasks.put("sample", task)
        work.archive.add(criteria_set())
        work.determinations.put("sample", determination())
    with store.write("reference_added", "Add reference", case_id=REFERENCE_LIBRARY) as work:
        work.references.put(own_reference())
        work.references.mark(mark())
    with store.write("stationery_saved", "Stationery", case_id=STATIONERY) as work:
        for item in house_items():
            work.house.put(item)
    with store.write("file_kept", "Keep file", case_id="sample") as work:
        work.kept.put(FILE)
        work.files.put("sample", "d1", kept_file())
        for item in case_items():
            work.items.put("sample", item)
    with store.write("letter_issued", "Issue letter", case_id="sample", undoable=False) as work:
        work.letters.archive_pdf(letter().pdf_sha256, PDF)
        work.kept.put(EVIDENCE_MAP)
        work.letters.put("sample", letter())
        work.letters.add_version("sample", letter_version())
        work.cases.put(CASE)
    for question in ("Is it?", CASE.review_question + " And why?"):
        with store.write("question_saved", f"Ask: {question}", case_id="sample") as work:
            work.cases.put(CASE.model_copy(update={"review_question": question}))
    store.undo("sample")
    store.undo("sample")
    store.remember("review", "{}")
    store.close()
    (folder / "instance.lock").unlink()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
