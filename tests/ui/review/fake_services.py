"""The services of a review in memory, with the real rules, so that the screen is tested without a store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
    Stance,
)
from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.criteria import CriteriaSet
from desktop.domain.document import check_span, span_of
from desktop.domain.errors import SignedRecordError
from desktop.domain.gap import LineGaps
from desktop.domain.service_line import ServiceLine
from desktop.domain.value import new_id
from desktop.intake.case_json import evidence_span, load_case_file
from desktop.rules.loader import Library, load_library, load_set
from desktop.rules.match import Match, RankedSet
from desktop.services.choosing import chosen_for, matches_for
from desktop.services.gaps import gaps_of
from desktop.services.operation import OperationResult, result
from desktop.services.reviews import ReviewView, evaluate_case
from desktop.services.tasks import TaskView

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample" / "revision-fusion-l2-s1.json"

Links = dict[AssessmentKey, tuple[EvidenceLink, ...]]


class FakeReview:
    """Keeps the answers of one case, with undo, as the store would."""

    def __init__(self, case: Case, sets: tuple[CriteriaSet, ...]) -> None:
        self.case = case
        self.sets = sets
        self.assessments: dict[AssessmentKey, CriterionAssessment] = {}
        self.links: Links = {}
        self.is_signed = False
        self.calls: list[str] = []
        self._past: list[tuple[dict[AssessmentKey, CriterionAssessment], Links]] = []

    def view(self, case_id: str) -> ReviewView:
        assert case_id == self.case.id
        named = dict.fromkeys(i for line in self.case.service_lines for i in line.criteria_set_ids)
        sets = tuple(s for i in named for s in self.sets if s.id == i)
        return ReviewView(
            case=self.case,
            sets=sets,
            assessments=dict(self.assessments),
            links=dict(self.links),
            traces=evaluate_case(self.case, sets, self.assessments, self.links),
            span_states={
                link.id: check_span(link.span, self.case.document(link.span.document_id))
                for links in self.links.values()
                for link in links
            },
            undo_label="Undo" if self._past else None,
            redo_label=None,
            is_signed=self.is_signed,
        )

    def gaps(self, view: ReviewView) -> tuple[LineGaps, ...]:
        return gaps_of(view)

    def set_state(
        self, case_id: str, key: AssessmentKey, state: AssessmentState | None, exception_source: str = ""
    ) -> OperationResult[ReviewView]:
        return self._assess("set_state", key, state=state, exception_source=exception_source)

    def set_note(self, case_id: str, key: AssessmentKey, note: str) -> OperationResult[ReviewView]:
        return self._assess("set_note", key, note=note)

    def set_amount(
        self, case_id: str, key: AssessmentKey, amount: Amount | None
    ) -> OperationResult[ReviewView]:
        return self._assess("set_amount", key, amount=amount)

    def link(
        self, case_id: str, key: AssessmentKey, document_id: str, start: int, end: int, stance: Stance
    ) -> OperationResult[ReviewView]:
        def change() -> None:
            document = self.case.document(document_id)
            assert document is not None
            link = EvidenceLink(id=new_id(), key=key, span=span_of(document, start, end), stance=stance)
            self.links[key] = (*self.links.get(key, ()), link)

        return self._write("link", change, ChangeFlag.EVIDENCE)

    def unlink(self, case_id: str, link_id: str) -> OperationResult[ReviewView]:
        def change() -> None:
            self.links = {
                key: tuple(link for link in links if link.id != link_id) for key, links in self.links.items()
            }

        return self._write("unlink", change, ChangeFlag.EVIDENCE)

    def choose_sets(
        self, case_id: str, service_line_id: str, set_ids: tuple[str, ...]
    ) -> OperationResult[ReviewView]:
        def change() -> None:
            lines = tuple(
                line.model_copy(update={"criteria_set_ids": set_ids}) if line.id == service_line_id else line
                for line in self.case.service_lines
            )
            self.case = self.case.model_copy(update={"service_lines": lines})

        return self._write("choose_sets", change, ChangeFlag.CRITERIA)

    def undo(self) -> None:
        self.assessments, self.links = self._past.pop()

    def _assess(self, name: str, key: AssessmentKey, **fields: object) -> OperationResult[ReviewView]:
        def change() -> None:
            old = self.assessments.get(key) or CriterionAssessment(key=key)
            self.assessments[key] = old.model_copy(update=fields)

        return self._write(name, change, ChangeFlag.ASSESSMENTS)

    def _write(self, name: str, change: Callable[[], None], flag: ChangeFlag) -> OperationResult[ReviewView]:
        if self.is_signed:
            raise SignedRecordError("This review is signed.")
        self._past.append((dict(self.assessments), dict(self.links)))
        self.calls.append(name)
        change()
        return result(self.view(self.case.id), self.case.id, flag)


class FakeTasks:
    """No tasks."""

    def of_view(self, view: ReviewView) -> tuple[TaskView, ...]:
        return ()


class FakeViewState:
    """What was remembered, by key."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def remember(self, key: str, json_text: str) -> None:
        self.kept[key] = json_text

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)


class FakeCatalogue:
    """The library, and typed sets."""

    def __init__(self, review: FakeReview, library: Library) -> None:
        self._review = review
        self._library = library

    def library(self) -> Library:
        return self._library

    def matches(self, case: Case, line: ServiceLine, words: str = "") -> tuple[Match, ...]:
        return matches_for(self._library, case, line, words)

    def chosen(self, case: Case, line: ServiceLine) -> tuple[RankedSet, ...]:
        return chosen_for(self._library, case, line)

    def parse_typed(self, yaml_text: str) -> CriteriaSet:
        return load_set(yaml_text, "typed set")

    def type_set(self, yaml_text: str) -> OperationResult[CriteriaSet]:
        typed = self.parse_typed(yaml_text)
        self._library = self._library.with_user_sets([typed])
        self._review.sets = self._library.sets
        return result(typed, "case-1", ChangeFlag.CRITERIA)


class FakeServices:
    """As much of `Services` as the review screen asks for."""

    def __init__(self, review: FakeReview, library: Library) -> None:
        self.review = review
        self.view_state = FakeViewState()
        self.catalogue = FakeCatalogue(review, library)
        self.tasks = FakeTasks()


def sample_services(*, is_answered: bool = True) -> FakeServices:
    """The shipped sample case, with its answers or without."""
    file = load_case_file(SAMPLE.read_bytes(), SAMPLE.name).case_file
    typed = [load_set(text, "typed") for text in file.user_criteria]
    library = load_library(ROOT / "criteria").with_user_sets(typed)
    review = FakeReview(file.case, library.sets)
    if is_answered:
        _answer(review, file)
    return FakeServices(review, library)


def small_services(case: Case, *yaml_texts: str) -> FakeServices:
    """A case held against sets typed for a test."""
    library = Library().with_user_sets([load_set(text, "typed") for text in yaml_texts])
    return FakeServices(FakeReview(case, library.sets), library)


def view_of(services: FakeServices, **fields: object) -> ReviewView:
    """The review as it stands, with fields replaced."""
    view = services.review.view(services.review.case.id)
    return replace(view, **fields) if fields else view  # type: ignore[arg-type]


def _answer(review: FakeReview, file: CaseFile) -> None:
    for item in file.assessments:
        key = AssessmentKey(set_id=item.set_id, criterion_id=item.criterion_id, subject=item.subject)
        review.assessments[key] = CriterionAssessment(
            key=key,
            state=item.state,
            note=item.note,
            amount=item.amount,
            exception_source=item.exception_source,
        )
        links: list[EvidenceLink] = []
        for evidence in item.evidence:
            document = file.case.document(evidence.document_id)
            assert document is not None
            span = evidence_span(document, evidence)
            links.append(EvidenceLink(id=new_id(), key=key, span=span, stance=evidence.stance))
        if links:
            review.links[key] = tuple(links)
