"""What goes into the store comes out again, exactly."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
)
from desktop.domain.audit import Actor
from desktop.domain.case import Case, CaseStatus
from desktop.domain.clinical import FunctionScore, ImagingStudy
from desktop.domain.determination import Decision, Determination, LineDetermination, SignOff
from desktop.domain.document import Document, SpanState, check_span, span_of
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.letter import BlockKind, Letter, LetterBlock, LetterContent, LetterKind, LetterState
from desktop.domain.member import Member
from desktop.domain.service_line import ServiceLine
from desktop.store.engine import Store
from desktop.store.errors import (
    CaseExistsError,
    CaseNotFoundError,
    DuplicateIdError,
    MissingPdfError,
    UnstorableValueError,
)
from tests.store.case_strategies import cases, values
from tests.store.conftest import opened

KEY = AssessmentKey(set_id="set-1", criterion_id="c-1", subject="L4-L5")


def add(store: Store, case: Case) -> None:
    with store.write("case_opened", "New case", case_id=case.id) as work:
        work.cases.add(case)


def get(store: Store, case_id: str = "case-1") -> Case:
    with store.read() as reader:
        return reader.cases.get(case_id)


@given(first=cases(), second=cases())
@settings(max_examples=25)
def test_any_case_comes_back_as_it_was_stored_and_as_it_was_replaced(
    template: Path, tmp_path_factory: pytest.TempPathFactory, first: Case, second: Case
) -> None:
    assume(first != second)
    store = opened(Path(shutil.copytree(template, tmp_path_factory.mktemp("round") / "store")))
    try:
        add(store, first)
        assert get(store) == first
        with store.write("case_saved", "Edit", case_id="case-1") as work:
            work.cases.put(second)
        assert get(store) == second
        store.undo("case-1")
        assert get(store) == first
        store.redo("case-1")
        assert get(store) == second
    finally:
        store.close()


@given(assessment=values(CriterionAssessment), link=values(EvidenceLink))
@settings(max_examples=30)
def test_any_answer_and_any_link_come_back(
    template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    assessment: CriterionAssessment,
    link: EvidenceLink,
) -> None:
    store = opened(Path(shutil.copytree(template, tmp_path_factory.mktemp("round") / "store")))
    try:
        add(store, Case(id="case-1"))
        with store.write("reviewed", "Review", case_id="case-1") as work:
            work.review.put_assessment("case-1", assessment)
            work.review.add_link("case-1", link)
        with store.read() as reader:
            assert reader.review.assessments("case-1") == (assessment,)
            assert reader.review.links("case-1") == (link,)
            assert reader.review.link("case-1", link.id) == link
    finally:
        store.close()


def test_decimals_keep_every_digit(store: Store) -> None:
    numbers = [Decimal("1.50"), Decimal("1E+3"), Decimal("0.1000000000000000000000001"), Decimal("-0")]
    scores = tuple(FunctionScore(id=f"s{place}", value=number) for place, number in enumerate(numbers))
    add(store, Case(id="case-1", scores=scores))
    assert [str(score.value) for score in get(store).scores] == [str(number) for number in numbers]


def test_a_megabyte_of_text_comes_back_whole_and_its_evidence_stays_sealed(store: Store) -> None:
    text = "Łumbar <3 & ≥4 mm\r\n\t" * 52_000
    document = Document(id="d", text=text)
    span = span_of(document, 1_000_000, 1_000_050)
    add(store, Case(id="case-1", documents=(document,)))
    with store.write("evidence_linked", "Link", case_id="case-1") as work:
        work.review.add_link("case-1", EvidenceLink(id="l", key=KEY, span=span))
    with store.read() as reader:
        again = reader.cases.get("case-1").document("d")
        (link,) = reader.review.links("case-1")
    assert again == document
    assert check_span(link.span, again) is SpanState.INTACT


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_text_that_could_not_be_read_again_is_refused_with_the_character_named(
    store: Store, character: str
) -> None:
    add(store, Case(id="case-1"))
    unchecked = Case(id="case-1").model_copy(update={"review_question": f"why{character}"})
    refused = pytest.raises(UnstorableValueError, match=rf"U\+{ord(character):04X}")
    with refused, store.write("question_saved", "Edit", case_id="case-1") as work:
        work.cases.put(unchecked)
    assert get(store).review_question == ""
    refused = pytest.raises(UnstorableValueError, match=rf"U\+{ord(character):04X}")
    with refused, store.write("criteria_typed", "Type", case_id=None) as work:
        work.criteria.put("typed", f"id: x{character}")


def test_a_value_out_of_range_is_refused_before_it_is_written(store: Store) -> None:
    line = ServiceLine(id="l").model_copy(update={"units": 0})
    with pytest.raises(UnstorableValueError):
        add(store, Case(id="case-1", service_lines=(line,)))


def test_two_entries_with_one_id_are_refused_because_one_would_be_lost(store: Store) -> None:
    with pytest.raises(DuplicateIdError, match="service line"):
        add(store, Case(id="case-1", service_lines=(ServiceLine(id="l"), ServiceLine(id="l"))))


def test_the_same_ids_may_be_used_in_two_cases(store: Store) -> None:
    for case_id in ("case-1", "case-2"):
        study = ImagingStudy(id="study")
        add(store, Case(id=case_id, service_lines=(ServiceLine(id="l", label=case_id),), imaging=(study,)))
    assert get(store, "case-1").service_lines[0].label == "case-1"
    assert get(store, "case-2").service_lines[0].label == "case-2"


def test_a_case_that_is_not_there_is_said_in_words(store: Store) -> None:
    with pytest.raises(CaseNotFoundError) as raised:
        get(store)
    assert raised.value.what
    assert raised.value.todo


def test_a_case_id_or_number_cannot_be_taken_twice(store: Store) -> None:
    add(store, Case(id="case-1", number="26-0001"))
    with pytest.raises(CaseExistsError):
        add(store, Case(id="case-1"))
    with pytest.raises(CaseExistsError, match="26-0001"):
        add(store, Case(id="case-2", number="26-0001"))
    add(store, Case(id="case-2"))
    add(store, Case(id="case-3"))  # two drafts without a number yet
    with pytest.raises(CaseExistsError), store.write("renumbered", "Number", case_id="case-2") as work:
        work.cases.put(Case(id="case-2", number="26-0001"))


def test_case_numbers_rise_and_a_deleted_number_is_not_given_again(store: Store) -> None:
    with store.read() as reader:
        assert reader.cases.next_number(2026) == "26-0001"
    add(store, Case(id="case-1", number="26-0009"))
    with store.write("case_deleted", "Delete", case_id="case-1", undoable=False) as work:
        work.cases.delete("case-1")
    with store.read() as reader:
        assert reader.cases.next_number(2026) == "26-0010"
        assert reader.cases.next_number(2027) == "27-0001"


def test_answers_are_replaced_by_question_and_removed(store: Store) -> None:
    add(store, Case(id="case-1"))
    answer = CriterionAssessment(
        key=KEY, state=AssessmentState.MET, amount=Amount(value=Decimal("4.0"), unit="mm")
    )
    with store.write("state_set", "Met", case_id="case-1") as work:
        work.review.put_assessment("case-1", CriterionAssessment(key=KEY, note="first"))
        work.review.put_assessment("case-1", answer)
        assert work.review.assessments("case-1") == (answer,)
        work.review.remove_assessment("case-1", KEY)
        work.review.remove_assessment("case-1", KEY)
        assert work.review.assessments("case-1") == ()


def test_links_keep_the_order_in_which_they_were_made_and_are_replaced_in_place(store: Store) -> None:
    document = Document(id="d", text="abcdef")
    links = [EvidenceLink(id=f"l{n}", key=KEY, span=span_of(document, n, n + 1)) for n in range(3)]
    add(store, Case(id="case-1", documents=(document,)))
    with store.write("evidence_linked", "Link", case_id="case-1") as work:
        for link in links:
            work.review.add_link("case-1", link)
        work.review.remove_link("case-1", "l0")
        work.review.remove_link("case-1", "l0")
        work.review.add_link("case-1", links[0])
        work.review.add_link("case-1", noted := links[1].model_copy(update={"note": "see"}))
    with store.read() as reader:
        assert reader.review.links("case-1") == (noted, links[2], links[0])
        assert reader.review.link("case-1", "nowhere") is None


def signed() -> Determination:
    lines = (
        LineDetermination(
            service_line_id="l", decision=Decision.NECESSARY, rationale="Loose.", levels=("L4-L5",)
        ),
    )
    draft = Determination(id="det-1", version=1, lines=lines)
    sign_off = SignOff(
        name="Ada",
        credential="MD",
        meaning="I decided this.",
        signed_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        content_hash=draft.hash_of_content(),
    )
    return draft.model_copy(update={"sign_off": sign_off})


def test_determinations_come_back_by_version_and_a_signed_one_is_closed_for_good(store: Store) -> None:
    add(store, Case(id="case-1"))
    first = signed()
    second = Determination(id="det-2", version=2, supersedes="det-1")
    with store.write("determination_signed", "Sign", case_id="case-1", undoable=False) as work:
        work.determinations.put("case-1", second)
        work.determinations.put("case-1", first)
    with store.read() as reader:
        assert reader.determinations.all("case-1") == (first, second)
    with pytest.raises(SignedRecordError), store.write("line_decided", "Decide", case_id="case-1") as work:
        work.determinations.put("case-1", first.model_copy(update={"sign_off": None}))
    with store.write("line_decided", "Decide", case_id="case-1") as work:
        work.determinations.put("case-1", first)  # unchanged is no edit


def letter(letter_id: str = "letter-1", **more: object) -> Letter:
    block = LetterBlock(id="b", kind=BlockKind.OPENING, heading="Re")
    content = LetterContent(kind=LetterKind.FIRST_LEVEL, title="26-0001", running_head="x", blocks=(block,))
    return Letter.model_validate({"id": letter_id, "content": content, **more})


def test_letters_come_back_in_order_and_an_issued_one_is_closed_for_good(store: Store) -> None:
    add(store, Case(id="case-1"))
    pdf = b"%PDF-1.7 \x00\xff"
    sha256 = hashlib.sha256(pdf).hexdigest()
    issued = letter(state=LetterState.ISSUED, issued_at=datetime(2026, 3, 1, tzinfo=UTC), pdf_sha256=sha256)
    with store.write("letter_issued", "Issue", case_id="case-1", undoable=False) as work:
        work.letters.archive_pdf(sha256, pdf)
        work.letters.archive_pdf(sha256, pdf)
        work.letters.put("case-1", issued)
        work.letters.put("case-1", letter("a-second"))
    with store.read() as reader:
        assert reader.letters.all("case-1") == (issued, letter("a-second"))
        assert reader.letters.pdf(sha256) == pdf
        with pytest.raises(MissingPdfError):
            reader.letters.pdf("0" * 64)
    with pytest.raises(SignedRecordError), store.write("letter_edited", "Edit", case_id="case-1") as work:
        work.letters.put("case-1", letter())
    with store.write("letter_edited", "Edit", case_id="case-1") as work:
        work.letters.put("case-1", issued)


def test_a_pdf_under_a_wrong_hash_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="hash"), store.write("x", "x", case_id=None) as work:
        work.letters.archive_pdf("0" * 64, b"other")


def test_deleting_a_case_takes_everything_of_it_and_undo_brings_everything_back(store: Store) -> None:
    document = Document(id="d", text="loose screws")
    case = Case(id="case-1", number="26-0001", documents=(document,), member=Member(family_name="Doe"))
    link = EvidenceLink(id="l", key=KEY, span=span_of(document, 0, 5))
    add(store, case)
    with store.write("reviewed", "Review", case_id="case-1") as work:
        work.review.put_assessment("case-1", CriterionAssessment(key=KEY, state=AssessmentState.MET))
        work.review.add_link("case-1", link)
        work.determinations.put("case-1", signed())
        work.letters.put("case-1", letter())
    with store.write("case_deleted", "Delete case", case_id="case-1") as work:
        work.cases.delete("case-1")
    with store.read() as reader:
        assert not reader.cases.exists("case-1")
        assert reader.review.links("case-1") == ()
        assert reader.letters.all("case-1") == ()
    store.undo("case-1")
    with store.read() as reader:
        assert reader.cases.get("case-1") == case
        assert reader.review.links("case-1") == (link,)
        assert len(reader.review.assessments("case-1")) == 1
        assert reader.determinations.all("case-1") == (signed(),)
        assert reader.letters.all("case-1") == (letter(),)


def test_deleting_a_case_deletes_a_pdf_that_no_other_letter_uses(store: Store) -> None:
    pdf, sha256 = b"pdf", hashlib.sha256(b"pdf").hexdigest()
    for case_id in ("case-1", "case-2"):
        add(store, Case(id=case_id))
        with store.write("letter_issued", "Issue", case_id=case_id, undoable=False) as work:
            work.letters.archive_pdf(sha256, pdf)
            work.letters.put(case_id, letter(state=LetterState.ISSUED, pdf_sha256=sha256))
    for case_id in ("case-1", "case-2"):
        with store.read() as reader:
            assert reader.letters.pdf(sha256) == pdf
        with store.write("case_deleted", "Delete", case_id=case_id, undoable=False) as work:
            work.cases.delete(case_id)
    with store.read() as reader, pytest.raises(MissingPdfError):
        reader.letters.pdf(sha256)


def test_typed_criteria_come_back_by_id_and_can_be_replaced_and_removed(store: Store) -> None:
    with store.write("criteria_typed", "Type", case_id=None) as work:
        work.criteria.put("b-set", "id: b\n")
        work.criteria.put("a-set", "id: a\n")
        work.criteria.put("b-set", "id: b2\n")
    with store.read() as reader:
        assert reader.criteria.sources() == (("a-set", "id: a\n"), ("b-set", "id: b2\n"))
    with store.write("criteria_typed", "Type", case_id=None) as work:
        for set_id in ("a-set", "b-set"):
            work.criteria.put_cases(set_id, "cases: []\n")
        work.criteria.put_cases("b-set", "")
    with store.read() as reader:
        assert [reader.criteria.cases(one) for one in ("a-set", "b-set")] == ["cases: []\n", ""]
    with store.write("criteria_removed", "Remove", case_id=None) as work:
        work.criteria.remove("a-set")
        work.criteria.remove("a-set")
    with store.read() as reader:
        assert [set_id for set_id, _ in reader.criteria.sources()] == ["b-set"]
        assert reader.criteria.cases("a-set") == ""


def test_the_profile_is_the_actor_of_a_store_that_is_opened_without_one(store: Store, folder: Path) -> None:
    store.change_actor(Actor(name="Grace Example", credential="MD"))
    assert store.audit(limit=1)[0].actor == "Ada Example, RN"
    store.record("letter_printed", "Print", case_id="case-1")
    assert store.audit(limit=1)[0].actor == "Grace Example, MD"
    store.close()
    again = opened(folder)
    assert again.actor == Actor(name="Grace Example", credential="MD")
    again.close()


def test_status_survives(store: Store) -> None:
    for status in CaseStatus:
        add(store, Case(id=status.value, status=status))
        assert get(store, status.value).status is status


@given(text=st.text(max_size=50))
@settings(max_examples=20)
def test_text_is_stored_exactly_or_refused_in_words(
    template: Path, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    store = opened(Path(shutil.copytree(template, tmp_path_factory.mktemp("text") / "store")))
    try:
        add(store, Case(id="case-1"))
        with store.write("question_saved", "Edit", case_id="case-1") as work:
            work.cases.put(Case(id="case-1").model_copy(update={"review_question": text}))
        assert get(store).review_question == text
    except UserFacingError:
        assert "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)
    finally:
        store.close()
