"""Operations on determinations: deciding a service line, signing, and superseding what was signed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.case import Case, CaseStatus
from desktop.domain.changes import ChangeFlag
from desktop.domain.clock import Clock
from desktop.domain.criteria import CriteriaSet
from desktop.domain.determination import Decision, Determination, LineDetermination, SignOff
from desktop.domain.errors import UserFacingError
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.value import new_id
from desktop.letters.composing.criteria_tree import leaves_of
from desktop.rules.trace_changes import changes_of
from desktop.services.catalogue import Catalogue
from desktop.services.operation import OperationResult, result
from desktop.services.review_view import evaluate_case, read_review, signed_sets
from desktop.store.engine import Reader, Store


@dataclass(frozen=True, slots=True)
class Reevaluated:
    """One line under one set, as it was signed and as it is evaluated again."""

    line: str
    """The caption of the service line."""
    set_title: str
    edition: str
    result: str
    """What was signed, in words."""
    differences: tuple[str, ...]
    """What is said otherwise now, one sentence each; empty when the result is the same to the last node."""


class Determinations:
    """Versions of a case's determination; only the latest may change, and only until it is signed."""

    def __init__(self, store: Store, clock: Clock, catalogue: Catalogue) -> None:
        self._store = store
        self._clock = clock
        self._catalogue = catalogue

    def current(self, case_id: str) -> Determination:
        """The latest version; an empty first one when nothing was decided yet."""
        with self._store.read() as reader:
            return latest(reader, case_id)

    def versions(self, case_id: str) -> tuple[Determination, ...]:
        """All versions, oldest first."""
        with self._store.read() as reader:
            return reader.determinations.all(case_id)

    def decide(self, case_id: str, line: LineDetermination) -> OperationResult[Determination]:
        """Record decision, rationale, levels and sides for one service line.

        Raises UserFacingError for a line, or a level or side of it, that the case does not have; SignedRecordError.
        """
        with self._store.read() as reader:
            service = _service_line(reader.cases.get(case_id), line)
            old = latest(reader, case_id).line(line.service_line_id)
        is_typing = old.model_copy(update={"rationale": line.rationale}) == line
        label = f"{'Rationale' if is_typing else 'Decide'}: {service.caption or 'service line'}"
        with self._store.write("line_decided", label, case_id=case_id) as work:
            if is_typing:
                work.typing_in = f"rationale {line.service_line_id}"
            determination = latest(work, case_id)
            determination.require_unsigned()
            determination = determination.with_line(line)
            work.determinations.put(case_id, determination)
        return result(determination, case_id, ChangeFlag.DETERMINATION)

    def sign(
        self, case_id: str, *, name: str, credential: str, meaning: str
    ) -> OperationResult[Determination]:
        """Sign the latest version: it freezes the evaluation of this moment and can never be edited again."""
        with self._store.write(
            "determination_signed", "Sign determination", case_id=case_id, undoable=False
        ) as work:
            case = work.cases.get(case_id)
            determination = latest(work, case_id)
            determination.require_unsigned()
            _require_complete(case, determination, name, credential, meaning)
            assessments, links = read_review(work, case_id)
            sets = self._catalogue.for_case(case)
            _require_sets(case, sets)
            traces = evaluate_case(case, sets, assessments, links)
            _require_sound_answers(traces)
            # A line that was removed after it was decided is not in what is signed.
            lines = tuple(determination.line(line.id) for line in case.service_lines)
            determination = determination.model_copy(update={"lines": lines, "traces": traces})
            for criteria_set in sets:
                work.archive.add(criteria_set)
            sign_off = SignOff(
                name=name.strip(),
                credential=credential.strip(),
                meaning=meaning.strip(),
                signed_at=self._clock.now(),
                content_hash=determination.hash_of_content(),
            )
            determination = determination.model_copy(update={"sign_off": sign_off})
            work.determinations.put(case_id, determination)
            work.cases.put(case.model_copy(update={"status": CaseStatus.DETERMINED}))
        return result(determination, case_id, ChangeFlag.DETERMINATION, ChangeFlag.CASE, ChangeFlag.CASE_LIST)

    def reevaluate(self, case_id: str) -> tuple[EvaluationTrace, ...]:
        """The signed review evaluated again, each set in the edition that was signed: the same traces, or a defect.

        Raises UserFacingError when nothing is signed, or for an edition that this store never archived.
        """
        with self._store.read() as reader:
            case = reader.cases.get(case_id)
            signed = latest(reader, case_id)
            if not signed.is_signed:
                raise UserFacingError(
                    "The latest determination is not signed.",
                    safe="Nothing was changed.",
                    todo="Look at the review: it is evaluated as it stands.",
                )
            assessments, links = read_review(reader, case_id)
            sets = tuple(signed_sets(reader, signed.traces, self._catalogue.library()))
        known = {criteria_set.content_hash for criteria_set in sets}
        missing = [trace for trace in signed.traces if trace.set_hash not in known]
        if missing:
            names = "; ".join(dict.fromkeys(f"{trace.set_title} ({trace.edition})" for trace in missing))
            raise UserFacingError(
                f"The edition that was signed is not in this store: {names}.",
                safe="The signed results are kept as they were.",
                todo="Rely on the signed results; they cannot be worked out again here.",
            )
        return evaluate_case(case, sets, assessments, links)

    def held_against_signed(self, case_id: str) -> tuple[Reevaluated, ...]:
        """The signed review evaluated again and compared with what was signed, line by line and set by set.

        Raises UserFacingError as `reevaluate` does.
        """
        now = {(trace.service_line_id, trace.set_id): trace for trace in self.reevaluate(case_id)}
        with self._store.read() as reader:
            case, signed = reader.cases.get(case_id), latest(reader, case_id).traces
        then = {(trace.service_line_id, trace.set_id): trace for trace in signed}
        return tuple(
            _compared(case, then.get(place), now.get(place)) for place in dict.fromkeys((*then, *now))
        )

    def supersede(self, case_id: str) -> OperationResult[Determination]:
        """Open a new version beside the signed one, with its decisions as a start."""
        with self._store.write(
            "determination_superseded", "Supersede determination", case_id=case_id, undoable=False
        ) as work:
            signed = latest(work, case_id)
            if not signed.is_signed:
                raise UserFacingError(
                    "The latest determination is not signed, so there is nothing to supersede.",
                    safe="Nothing was changed.",
                    todo="Edit it directly.",
                )
            draft = Determination(
                id=new_id(), version=signed.version + 1, lines=signed.lines, supersedes=signed.id
            )
            work.determinations.put(case_id, draft)
            case = work.cases.get(case_id)
            work.cases.put(case.model_copy(update={"status": CaseStatus.UNDER_REVIEW}))
        return result(draft, case_id, ChangeFlag.DETERMINATION, ChangeFlag.CASE, ChangeFlag.CASE_LIST)


def _compared(case: Case, signed: EvaluationTrace | None, now: EvaluationTrace | None) -> Reevaluated:
    trace = signed or now
    if trace is None:
        raise ValueError("neither signed nor evaluated")
    line = case.service_line(trace.service_line_id)
    if signed is None or now is None:
        differences = (
            ("The line is not held against this set any more.",)
            if now is None
            else ("The line was not held against this set when it was signed.",)
        )
    else:
        differences = changes_of(signed, now)
    return Reevaluated(
        line=(line.caption if line else "") or trace.service_line_id,
        set_title=trace.set_title,
        edition=trace.edition,
        result=signed.truth.verdict if signed else "not signed",
        differences=differences,
    )


def latest(reader: Reader, case_id: str) -> Determination:
    """The latest version of a case's determination, or an empty version 1 that is not stored yet."""
    versions = reader.determinations.all(case_id)
    return versions[-1] if versions else Determination(id=f"{case_id}-v1", version=1)


def _service_line(case: Case, decided: LineDetermination) -> ServiceLine:
    found = case.service_line(decided.service_line_id)
    stray = _stray_places(found, decided) if found else ()
    if found is None or stray:
        raise UserFacingError(
            f"The service line names no {', '.join(stray)}."
            if stray
            else "This service line is not in the case.",
            safe="The decisions recorded so far are unchanged.",
            todo="Look at the service lines in the intake, then decide again.",
        )
    return found


def _stray_places(line: ServiceLine, decided: LineDetermination) -> tuple[str, ...]:
    """Levels and sides that were found necessary and that the line does not name (any more)."""
    levels = (level for level in decided.levels if level not in line.levels)
    return (*levels, *(f"{side} side" for side in decided.sides if side not in line.sides))


def _require_complete(
    case: Case, determination: Determination, name: str, credential: str, meaning: str
) -> None:
    missing = [
        f"{what} of the signer" if what != "meaning" else "the meaning of the signature"
        for what, text in (("name", name), ("credential", credential), ("meaning", meaning))
        if not text.strip()
    ]
    if not case.service_lines:
        missing.append("a service line to decide")
    for line in case.service_lines:
        decided = determination.line(line.id)
        title = line.caption or line.id
        if decided.decision is Decision.UNDECIDED:
            missing.append(f"a decision on {title}")
        elif not decided.rationale.strip():
            missing.append(f"a rationale for {title}")
        if stray := _stray_places(line, decided):
            missing.append(f"a decision on {title} as it is now (it no longer names {', '.join(stray)})")
    if missing:
        raise UserFacingError(
            f"The determination cannot be signed yet. Missing: {'; '.join(missing)}.",
            safe="Everything you entered is saved.",
            todo="Fill in what is missing, then sign.",
        )


def _require_sets(case: Case, sets: tuple[CriteriaSet, ...]) -> None:
    """Refuse to freeze an evaluation from which a chosen set is missing, for example because it cannot be read."""
    there = {criteria_set.id for criteria_set in sets}
    named = dict.fromkeys(set_id for line in case.service_lines for set_id in line.criteria_set_ids)
    missing = [set_id for set_id in named if set_id not in there]
    if missing:
        raise UserFacingError(
            f"The determination cannot be signed yet. Not in the library, or not readable: {', '.join(missing)}.",
            safe="Everything you entered is saved.",
            todo="Put the set right under Criteria, or take it out of the line under Review, then sign.",
        )


def _require_sound_answers(traces: tuple[EvaluationTrace, ...]) -> None:
    """Refuse what the letter check would refuse later, when only superseding could put it right."""
    wrong = {
        f"“{node.text}” ({node.state.label.lower() if node.state else 'no answer'})"
        for trace in traces
        for node in leaves_of(trace)
        if node.is_contradicted or node.lacks_waiver
    }
    if wrong:
        raise UserFacingError(
            f"The determination cannot be signed yet. Against their recorded value, or without a source that "
            f"waives them, stand: {'; '.join(sorted(wrong))}.",
            safe="Everything you entered is saved.",
            todo="Put the answers or the values right under Review, then sign.",
        )
