"""Operations on the editions of own criteria sets: storing a later one, what it would change, and adopting it.

It must not change a set that is stored: a later edition is a set of its own, with its own id.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.case import Case, CaseStatus
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.domain.value import new_id
from desktop.rules.evaluate import evaluate
from desktop.services.carrying import Carried, carried_over
from desktop.services.catalogue import Catalogue
from desktop.services.operation import OperationResult, result
from desktop.services.review_view import Answers, Links, ReviewView, read_review, view_of
from desktop.services.signature_lock import require_open_review
from desktop.store.engine import Reader, Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """One level and side of a line (both empty where the line names none), before and after."""

    level: str
    side: str
    before: Truth | None
    """None where the earlier edition was not evaluated for this level and side."""
    after: Truth | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """What a new edition would make of one service line."""

    service_line_id: str
    caption: str
    before: Truth
    after: Truth
    places: tuple[PlaceChange, ...]
    carried: int
    """How many answered questions keep their answers or links."""
    changed_questions: tuple[str, ...]
    """Answered criteria that would be carried although their words, threshold, window or proof changed."""
    lost_questions: tuple[str, ...]
    """Answered criteria whose answers would stay with the old edition."""

    @property
    def is_changed(self) -> bool:
        """Whether the result of the line, or of any level of it, would be another."""
        return self.before is not self.after or any(place.before is not place.after for place in self.places)


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What a new edition would make of one open case."""

    case_id: str
    number: str
    lines: tuple[LineChange, ...]

    @property
    def is_changed(self) -> bool:
        """Whether any result would be another."""
        return any(line.is_changed for line in self.lines)


class Editions:
    """Editions of the user's own sets, and the open cases that rest on them."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue

    def uses(self, set_id: str) -> tuple[tuple[str, str], ...]:
        """Id and number of every case with a line that is held against a set, by number."""
        with self._store.read() as reader:
            cases = [reader.cases.get(case_id) for case_id in reader.cases.using_set(set_id)]
        return tuple((case.id, case.number) for case in cases)

    def store_edition(self, yaml_text: str, cases: str | None = None) -> OperationResult[CriteriaSet]:
        """Store a later edition of an own set: a new id, and `supersedes` names the earlier one.

        Raises CriteriaFileError, or UserFacingError for an id that is taken or an earlier edition that is not there.
        """
        new = self._catalogue.parse_typed(yaml_text)
        library = self._catalogue.library()
        if library.get(new.id) is not None or self._catalogue.typed_source(new.id) is not None:
            raise UserFacingError(
                f"The id {new.id} belongs to an edition that is stored.",
                safe="Nothing was stored; both editions stay as they are in the library and in your editor.",
                todo="Give the new edition an id of its own, for example with its year at the end.",
            )
        if new.supersedes is None or library.get(new.supersedes) is None:
            said = f"There is no set called {new.supersedes}" if new.supersedes else "No earlier set is named"
            raise UserFacingError(
                f"{said}, so this is not a new edition of anything.",
                safe="Nothing was stored; your text is still in the editor.",
                todo="Write the earlier edition's id in `supersedes`.",
            )
        return self._catalogue.type_set(yaml_text, cases)

    def delete(self, set_id: str) -> OperationResult[str]:
        """Delete an own set that nothing rests on; its archived editions stay. The value is its id.

        Raises UserFacingError for a shipped or unknown set, and for one that a case, an answer or another set names.
        """
        if self._catalogue.typed_source(set_id) is None:
            raise UserFacingError(
                "Only a set of your own can be deleted.",
                safe="Nothing was changed.",
                todo="Choose one of the sets that you typed or imported.",
            )
        others = [
            item for item in self._catalogue.typed_sets() if set_id in {item.supersedes, item.customises}
        ]
        with self._store.write(
            "criteria_set_deleted", "Delete a criteria set", case_id=None, undoable=False
        ) as work:
            _require_unused(work, set_id, others)
            work.criteria.remove(set_id)
        return OperationResult(set_id, Changes(frozenset({ChangeFlag.CRITERIA}), frozenset()))

    def open_cases_that_change(self, old_id: str, new_set: CriteriaSet) -> tuple[CaseChange, ...]:
        """Every case that is neither closed nor signed and uses the old set, as the new one would have it.

        `new_set` need not be stored. Cases whose result changes come first, then by number; see `is_changed`.
        """
        old = self._catalogue.library().get(old_id)
        found: list[CaseChange] = []
        with self._store.read() as reader:
            for case_id in reader.cases.using_set(old_id) if old else ():
                case = reader.cases.get(case_id)
                if old is not None and _is_open(reader, case):
                    found.append(_case_change(case, old, new_set, *read_review(reader, case_id)))
        return tuple(sorted(found, key=_changed_first))

    def adoption(self, case_id: str, service_line_id: str, old_id: str, to_id: str) -> LineChange:
        """What adopting another edition would make of a line; nothing is changed. Raises UserFacingError as `adopt`."""
        library = self._catalogue.library()
        old, new = library.get(old_id), library.get(to_id)
        with self._store.read() as reader:
            case = reader.cases.get(case_id)
            line = case.service_line(service_line_id)
            if old is None or new is None or line is None or old_id not in line.criteria_set_ids:
                raise _not_held()
            return _line_change(case, line, old, new, *read_review(reader, case_id))

    def adopt(
        self, case_id: str, service_line_id: str, old_id: str, to_id: str
    ) -> OperationResult[ReviewView]:
        """Hold a line against a new edition in the place of the old one, and take its answers along, in one step.

        Answers and links are copied, so that other lines keep theirs under the old edition; tasks of the line go over.
        Raises UserFacingError when line or set is not there; SignedRecordError.
        """
        library = self._catalogue.library()
        old, new = library.get(old_id), library.get(to_id)
        with self._store.write("edition_adopted", "Adopt a new edition", case_id=case_id) as work:
            require_open_review(work, case_id)
            case = work.cases.get(case_id)
            line = case.service_line(service_line_id)
            if old is None or new is None or line is None or old_id not in line.criteria_set_ids:
                raise _not_held()
            answers, links = read_review(work, case_id)
            _write(work, case_id, carried_over(old, new, line, answers, links))
            _move_tasks(work, case_id, line, old, new)
            work.cases.put(_with_edition(case, line, old_id, to_id))
        view = view_of(self._store, self._catalogue, case_id)
        flags = (ChangeFlag.CRITERIA, ChangeFlag.ASSESSMENTS, ChangeFlag.EVIDENCE, ChangeFlag.TASKS)
        return result(view, case_id, ChangeFlag.CASE, *flags, ChangeFlag.CASE_LIST)


def _not_held() -> UserFacingError:
    return UserFacingError(
        "This service line is not held against that edition, or one of the editions is not there.",
        safe="Nothing was changed.",
        todo="Choose the criteria sets of the line again.",
    )


def _require_unused(work: UnitOfWork, set_id: str, others: list[CriteriaSet]) -> None:
    answered = {case_id for case_id, _ in work.review.answered(set_id)}
    cases = sorted({*work.cases.using_set(set_id), *answered})
    if cases:
        numbers = ", ".join(work.cases.get(case_id).number for case_id in cases[:5])
        more = f" and {len(cases) - 5} more" if len(cases) > 5 else ""
        raise UserFacingError(
            f"Cases rest on this set: {numbers}{more}.",
            safe="Nothing was deleted.",
            todo="Keep the set; it only shows in the library, or store a new edition of it.",
        )
    if others:
        raise UserFacingError(
            f"Other sets name this one: {', '.join(item.title for item in others)}.",
            safe="Nothing was deleted.",
            todo="Delete those first, or take its id out of them.",
        )


def _is_open(reader: Reader, case: Case) -> bool:
    versions = reader.determinations.all(case.id)
    return case.status is not CaseStatus.CLOSED and not (versions and versions[-1].is_signed)


def _case_change(
    case: Case, old: CriteriaSet, new: CriteriaSet, answers: Answers, links: Links
) -> CaseChange:
    lines = tuple(
        _line_change(case, line, old, new, answers, links)
        for line in case.service_lines
        if old.id in line.criteria_set_ids
    )
    return CaseChange(case.id, case.number, lines)


def _line_change(
    case: Case, line: ServiceLine, old: CriteriaSet, new: CriteriaSet, answers: Answers, links: Links
) -> LineChange:
    carried = carried_over(old, new, line, answers, links)
    before = _evaluated(case, line, old, answers, links)
    after = _evaluated(case, line, new, carried.answers_beside(answers), carried.links_beside(links))
    return LineChange(
        service_line_id=line.id,
        caption=line.caption or line.id,
        before=before.truth,
        after=after.truth,
        places=_places(before, after),
        carried=carried.count,
        changed_questions=carried.changed,
        lost_questions=carried.lost,
    )


def _evaluated(
    case: Case, line: ServiceLine, criteria_set: CriteriaSet, answers: Answers, links: Links
) -> EvaluationTrace:
    return evaluate(criteria_set, line, answers, links, imaging=case.imaging, documents=case.documents)


def _places(before: EvaluationTrace, after: EvaluationTrace) -> tuple[PlaceChange, ...]:
    old = {(level.level, level.side): level.truth for level in before.levels}
    new = {(level.level, level.side): level.truth for level in after.levels}
    return tuple(
        PlaceChange(*place, before=old.get(place), after=new.get(place))
        for place in dict.fromkeys((*old, *new))
    )


def _changed_first(change: CaseChange) -> tuple[bool, str]:
    return not change.is_changed, change.number


def _write(work: UnitOfWork, case_id: str, carried: Carried) -> None:
    for answer in carried.answers.values():
        work.review.put_assessment(case_id, answer)
    for group in carried.links.values():
        for link in group:
            work.review.add_link(case_id, link.model_copy(update={"id": new_id()}))


def _move_tasks(
    work: UnitOfWork, case_id: str, line: ServiceLine, old: CriteriaSet, new: CriteriaSet
) -> None:
    kept = {item.id for item in new.criteria()}
    for task in work.tasks.all(case_id):
        key = task.closes
        if (
            key is None
            or key.set_id != old.id
            or task.service_line_id != line.id
            or key.criterion_id not in kept
        ):
            continue
        moved = key.model_copy(update={"set_id": new.id})
        work.tasks.put(case_id, task.model_copy(update={"closes": moved}))


def _with_edition(case: Case, line: ServiceLine, old_id: str, to_id: str) -> Case:
    ids = tuple(dict.fromkeys(to_id if item == old_id else item for item in line.criteria_set_ids))
    adopted = line.model_copy(update={"criteria_set_ids": ids})
    lines = tuple(adopted if item.id == line.id else item for item in case.service_lines)
    return case.model_copy(update={"service_lines": lines})
