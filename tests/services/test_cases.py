"""Operations on the record."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.clinical import ConservativeTreatment
from desktop.domain.document import Document, DocumentKind
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.member import LineOfBusiness, Member
from desktop.domain.worklist import WorklistQuery
from desktop.services.workspace import Services


def test_a_new_case_gets_the_next_number_of_the_year(services: Services) -> None:
    numbers = [services.cases.new_case().value.number for _ in range(3)]
    assert numbers == ["26-0001", "26-0002", "26-0003"]


def test_an_imported_case_comes_back_exactly_as_it_was(services: Services, sample_file: CaseFile) -> None:
    stored = services.cases.import_case(sample_file).value
    assert services.cases.case(stored.id) == stored
    assert stored.documents == sample_file.case.documents
    assert stored.imaging == sample_file.case.imaging


def test_importing_the_same_case_twice_is_refused_and_changes_nothing(
    services: Services, sample_file: CaseFile, sample_id: str
) -> None:
    with pytest.raises(UserFacingError, match="already in your store"):
        services.cases.import_case(sample_file)
    assert len(services.cases.worklist(WorklistQuery())) == 1


def test_a_taken_number_is_replaced_by_the_next_free_one(services: Services, sample_file: CaseFile) -> None:
    first = services.cases.new_case().value
    case = sample_file.case.model_copy(update={"number": first.number})
    stored = services.cases.import_case(sample_file.model_copy(update={"case": case})).value
    assert stored.number == "26-0002"


def test_saving_one_section_leaves_the_others_alone(services: Services, sample_id: str) -> None:
    before = services.cases.case(sample_id)
    member = Member(family_name="O'Brien", given_name="Zoë \U0001d518", date_of_birth=date(1962, 2, 28))
    changed = services.cases.save_member(sample_id, member)
    assert changed.changes.touches(frozenset({ChangeFlag.CASE}), sample_id)
    assert services.cases.case(sample_id) == before.model_copy(update={"member": member})


def test_saving_what_is_already_there_leaves_no_trace(services: Services, sample_id: str) -> None:
    events = len(services.audit())
    services.cases.save_member(sample_id, services.cases.case(sample_id).member)
    assert len(services.audit()) == events


def test_a_document_with_evidence_can_be_neither_removed_nor_reworded(
    services: Services, sample_id: str
) -> None:
    view = services.review.view(sample_id)
    link = next(link for group in view.links.values() for link in group)
    document = view.case.document(link.span.document_id)
    assert document is not None
    with pytest.raises(UserFacingError, match="cannot be removed"):
        services.cases.remove_document(sample_id, document.id)
    reworded = document.model_copy(update={"text": document.text + "!"})
    with pytest.raises(UserFacingError, match="cannot change"):
        services.cases.save_document_details(sample_id, reworded)
    renamed = document.model_copy(update={"title": "Another title"})
    assert services.cases.save_document_details(sample_id, renamed).value.document(document.id) == renamed


def test_text_that_looks_like_markup_is_kept_exactly(services: Services, sample_id: str) -> None:
    text = (
        "BP <120/80, A&B <3, x <i y; <img src='x'> \u05e9\u05dc\u05d5\u05dd 🙂\r\n\tend " + "word " * 200_000
    )
    added = Document(id="extra", title="<b>note</b>", text=text)
    services.cases.add_document(sample_id, added)
    assert services.cases.case(sample_id).document("extra") == added


def test_every_intake_step_can_be_undone_and_done_again(services: Services, sample_id: str) -> None:
    before = services.cases.case(sample_id)
    services.cases.save_treatments(sample_id, before.treatments[1:])
    after = services.cases.case(sample_id)
    assert services.history.labels(sample_id) == ("Edit treatments", None)
    services.history.undo(sample_id)
    assert services.cases.case(sample_id) == before
    assert services.history.redo(sample_id).value == "Edit treatments"
    assert services.cases.case(sample_id) == after


def test_undoing_with_nothing_left_says_so(services: Services, sample_id: str) -> None:
    with pytest.raises(UserFacingError, match="nothing to undo"):
        services.history.undo(sample_id)


def test_a_sentence_saved_while_it_is_typed_is_one_step_to_undo(services: Services, sample_id: str) -> None:
    before = services.cases.case(sample_id)
    for text in ("Is", "Is revision", "Is revision necessary?"):
        services.cases.save_question(sample_id, text)
    services.history.undo(sample_id)
    assert services.cases.case(sample_id) == before
    services.history.redo(sample_id)
    assert services.cases.case(sample_id).review_question == "Is revision necessary?"


def test_typing_into_another_field_is_another_step(services: Services, sample_id: str) -> None:
    member = services.cases.case(sample_id).member
    services.cases.save_member(sample_id, (named := member.model_copy(update={"given_name": "A"})))
    services.cases.save_member(sample_id, named.model_copy(update={"family_name": "B"}))
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).member == named


def test_typing_back_to_what_it_was_leaves_no_step(services: Services, sample_id: str) -> None:
    question = services.cases.case(sample_id).review_question
    services.cases.save_question(sample_id, "Another")
    services.cases.save_question(sample_id, question)
    assert services.history.labels(sample_id) == (None, None)


def test_typing_after_an_undo_is_a_step_of_its_own(services: Services, sample_id: str) -> None:
    services.cases.save_question(sample_id, "First")
    services.cases.save_question(sample_id, "Second")
    services.history.undo(sample_id)
    services.cases.save_question(sample_id, "Third")
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).review_question not in {"First", "Second", "Third"}


def test_a_row_that_is_added_and_what_is_typed_into_it_are_two_steps(
    services: Services, sample_id: str
) -> None:
    before = services.cases.case(sample_id).treatments
    added = (*before, ConservativeTreatment(id="new"))
    services.cases.save_treatments(sample_id, added)
    for label in ("B", "Brace"):
        typed = added[-1].model_copy(update={"label": label})
        services.cases.save_treatments(sample_id, (*before, typed))
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).treatments == added
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).treatments == before


def test_choices_made_one_after_another_are_steps_of_their_own(services: Services, sample_id: str) -> None:
    coverage = services.cases.case(sample_id).coverage
    for line in (LineOfBusiness.TRICARE, LineOfBusiness.VA):
        services.cases.save_coverage(sample_id, coverage.model_copy(update={"line_of_business": line}))
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).coverage.line_of_business is LineOfBusiness.TRICARE


def test_redoing_what_was_typed_ends_the_typing(services: Services, sample_id: str) -> None:
    services.cases.save_question(sample_id, "First")
    services.history.undo(sample_id)
    services.history.redo(sample_id)
    services.cases.save_question(sample_id, "First and second")
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).review_question == "First"


def test_kind_and_date_of_evidence_are_closed_by_the_signature_and_its_title_is_not(
    services: Services, sample_id: str
) -> None:
    document = _document_with_evidence(services, sample_id)
    earlier = document.model_copy(update={"dated_on": date(2020, 1, 1)})
    services.cases.save_document_details(sample_id, earlier)
    services.history.undo(sample_id)
    services.determinations.sign(sample_id, name="A", credential="MD", meaning="Reviewed")
    for change in ({"dated_on": date(2020, 1, 1)}, {"kind": DocumentKind.OTHER}):
        with pytest.raises(SignedRecordError):
            services.cases.save_document_details(sample_id, document.model_copy(update=change))
    renamed = document.model_copy(update={"title": "CT, corrected title"})
    assert services.cases.save_document_details(sample_id, renamed).value.document(document.id) == renamed


def test_the_pages_of_a_document_with_evidence_stay(services: Services, sample_id: str) -> None:
    document = _document_with_evidence(services, sample_id)
    repaged = document.model_copy(update={"page_starts": (0, 5)})
    with pytest.raises(UserFacingError, match="cannot change"):
        services.cases.save_document_details(sample_id, repaged)


def test_details_of_a_document_that_is_gone_are_refused(services: Services, sample_id: str) -> None:
    with pytest.raises(UserFacingError, match="not in the case any more"):
        services.cases.save_document_details(sample_id, Document(id="gone"))


def _document_with_evidence(services: Services, case_id: str) -> Document:
    view = services.review.view(case_id)
    link = next(link for group in view.links.values() for link in group)
    document = view.case.document(link.span.document_id)
    assert document is not None
    return document
