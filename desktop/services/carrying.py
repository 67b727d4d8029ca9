"""Which answers go with a case from one edition of a criteria set to another; it must not write anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.domain.criteria import CriteriaSet, Criterion
from desktop.domain.service_line import ServiceLine
from desktop.rules.subjects import subjects_of
from desktop.services.catalogue import why_lost
from desktop.services.review_view import Answers, Links


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers and links of one line under the new edition's questions, and what to look at again."""

    answers: Answers
    links: Links
    left_behind: frozenset[AssessmentKey]
    """Questions whose answers do not go over."""
    count: int
    """How many answered questions keep what was said of them."""
    changed: tuple[str, ...]
    """The new texts of answered criteria that are carried although words, threshold, window or proof changed."""
    lost: tuple[str, ...]
    """The old texts of answered criteria whose answers stay with the old edition."""

    def answers_beside(self, present: Answers) -> Answers:
        """All answers of the case as the new edition finds them."""
        return {key: item for key, item in present.items() if key not in self.left_behind} | dict(
            self.answers
        )

    def links_beside(self, present: Links) -> Links:
        """All links of the case as the new edition finds them."""
        return {key: item for key, item in present.items() if key not in self.left_behind} | dict(self.links)


def carried_over(
    old: CriteriaSet, new: CriteriaSet, line: ServiceLine, answers: Answers, links: Links
) -> Carried:
    """What a line takes along: answers and links of criteria that keep id, scope and polarity.

    A question that the new edition has an answer or a link to already keeps its own; so do all that stay, when both
    are one set before and after an edit.
    """
    moved_answers: dict[AssessmentKey, CriterionAssessment] = {}
    moved_links: dict[AssessmentKey, tuple[EvidenceLink, ...]] = {}
    left: list[AssessmentKey] = []
    changed: list[str] = []
    lost: list[str] = []
    count = 0
    for asked, keys in _answered(old, line, answers, links):
        then = new.criterion(asked.id)
        if then is None or why_lost(asked, then):
            lost.append(asked.text)
            left += keys
            continue
        count += len(keys)
        if _is_changed(asked, then):
            changed.append(then.text)
        for key in keys:
            moved = key.model_copy(update={"set_id": new.id})
            if moved in answers or links.get(moved):
                continue
            if key in answers:
                moved_answers[moved] = answers[key].model_copy(update={"key": moved})
            if key in links:
                moved_links[moved] = tuple(link.model_copy(update={"key": moved}) for link in links[key])
    return Carried(moved_answers, moved_links, frozenset(left), count, tuple(changed), tuple(lost))


def _answered(
    old: CriteriaSet, line: ServiceLine, answers: Answers, links: Links
) -> Iterator[tuple[Criterion, list[AssessmentKey]]]:
    """The criteria of which anything was said for a line, each with its questions that were."""
    for asked in old.criteria():
        subjects = subjects_of(asked, line)
        keys = [AssessmentKey(set_id=old.id, criterion_id=asked.id, subject=one) for one in subjects]
        if said := [key for key in keys if key in answers or links.get(key)]:
            yield asked, said


def _is_changed(old: Criterion, new: Criterion) -> bool:
    """Whether the question is another in substance; its source and notes may change freely."""
    compared = {"text", "threshold", "evidence_types", "within"}
    return old.model_dump(include=compared) != new.model_dump(include=compared)
