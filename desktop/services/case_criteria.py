"""Holds the criteria that a case file names against those that are known, so that no answer or set is lost unseen.

It must not judge answers; a file that names what is not there is refused with every place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile, FileAssessment
from desktop.domain.criteria import CriteriaSet, Criterion, Scope
from desktop.domain.errors import UserFacingError
from desktop.domain.service_line import ServiceLine, is_side
from desktop.domain.vertebra import is_level
from desktop.intake.case_json import CaseFileError
from desktop.rules.loader import CriteriaFileError, Library, load_set
from desktop.rules.subjects import subjects_of
from desktop.services.typed_text import parse_typed

_SHOWN = 12
_PER = {
    Scope.CASE: "once for the case",
    Scope.SERVICE_LINE: "per service line",
    Scope.LEVEL: "per level",
    Scope.SIDE: "per side",
}


def require_known_criteria(
    case_file: CaseFile, shipped: Library, stored: Mapping[str, str], name: str
) -> tuple[tuple[str, CriteriaSet], ...]:
    """The file's own criteria sets with their texts. `stored`: the texts of the store's own sets, by id.

    Raises CaseFileError with every set, criterion, level or service line that the file names and that is not there,
    and with every own set that cannot be read or would replace another.
    """
    problems: list[str] = []
    own = tuple(_own_sets(case_file.user_criteria, shipped, stored, problems))
    if problems:
        raise CaseFileError(name, tuple(problems))
    known = {item.id: item for item in shipped.sets}
    known |= {item.id: item for item in map(_readable, stored.values()) if item is not None}
    known |= {item.id: item for _, item in own}
    problems += _unknown_sets(case_file.case, known)
    for index, item in enumerate(case_file.assessments):
        problems += _misplaced_answer(f"assessments[{index}]", item, case_file.case, known)
    if problems:
        raise CaseFileError(name, tuple(problems))
    return own


def _readable(text: str) -> CriteriaSet | None:
    """A stored set; None for one that this version of the program cannot read, which is then as good as not there."""
    try:
        return load_set(text, "stored set")
    except CriteriaFileError:
        return None


def _own_sets(
    texts: tuple[str, ...], shipped: Library, stored: Mapping[str, str], problems: list[str]
) -> Iterator[tuple[str, CriteriaSet]]:
    seen: set[str] = set()
    for index, text in enumerate(texts):
        path = f"user_criteria[{index}]"
        try:
            found = parse_typed(text, shipped)
        except CriteriaFileError as error:
            problems += [f"{path}: line {item.line}: {item.problem} {item.fix}" for item in error.problems]
            continue
        except UserFacingError as error:
            problems.append(f"{path}: {error.what}")
            continue
        if found.id in seen:
            problems.append(f"{path}: the id '{found.id}' is used by another set of this file")
        elif stored.get(found.id, text) != text:
            # Answers of other cases rest on the text that is there.
            problems.append(
                f"{path}: your store has another text for the set '{found.id}'; give this one an id of its own"
            )
        seen.add(found.id)
        yield text, found


def _unknown_sets(case: Case, known: Mapping[str, CriteriaSet]) -> Iterator[str]:
    for index, line in enumerate(case.service_lines):
        for number, set_id in enumerate(line.criteria_set_ids):
            if set_id not in known:
                yield f"case.service_lines[{index}].criteria_set_ids[{number}]: {_no_set(set_id, known)}"


def _misplaced_answer(
    path: str, item: FileAssessment, case: Case, known: Mapping[str, CriteriaSet]
) -> Iterator[str]:
    criteria_set = known.get(item.set_id)
    if criteria_set is None:
        yield f"{path}.set_id: {_no_set(item.set_id, known)}"
        return
    # An answer for a level or side that is not asked for, as when a request was narrowed, is an open point, no mistake.
    criterion = criteria_set.criterion(item.criterion_id)
    if criterion is None:
        ids = [asked.id for asked in criteria_set.criteria()]
        near = _near(item.criterion_id, ids)
        yield f"{path}.criterion_id: '{item.set_id}' asks nothing called '{item.criterion_id}'{near}"
        return
    subjects = _subjects(criterion, item.set_id, case)
    if item.subject not in subjects and not _is_narrowed(criterion, item.subject):
        given = f"'{item.subject}'" if item.subject else "nothing"
        place = "a side" if criterion.per is Scope.SIDE else "a level"
        expected = _listed(subjects) if criterion.per is not Scope.CASE else "leave it out"
        yield (
            f"{path}.subject: '{criterion.id}' is asked {_PER[criterion.per]} and is answered for {given}; "
            f"expected: {expected or f'{place}, but no service line held against this set names one'}"
        )


def _is_narrowed(criterion: Criterion, subject: str) -> bool:
    """Whether a criterion could be asked of a subject, were it requested there."""
    match criterion.per:
        case Scope.LEVEL:
            return is_level(subject)
        case Scope.SIDE:
            return is_side(subject)
        case _:
            return False


def _subjects(criterion: Criterion, set_id: str, case: Case) -> tuple[str, ...]:
    """What a criterion can be answered for: by the lines held against its set, or by all while none is."""
    lines = [line for line in case.service_lines if set_id in line.criteria_set_ids]
    asked: list[ServiceLine] = lines or list(case.service_lines)
    return tuple(dict.fromkeys(subject for line in asked for subject in subjects_of(criterion, line)))


def _listed(subjects: tuple[str, ...]) -> str:
    more = len(subjects) - _SHOWN
    return ", ".join(subjects[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _no_set(set_id: str, known: Collection[str]) -> str:
    return (
        f"no criteria set has the id '{set_id}': it neither comes with the program nor stands in user_criteria"
        f"{_near(set_id, list(known))}"
    )


def _near(word: str, words: list[str]) -> str:
    close = get_close_matches(word, words, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
