"""What the review behind a letter must hold before it may be issued: answers that stand, and words they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.criteria import MeasureKind
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import LetterContent
from desktop.domain.letter_check import LetterProblem
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.checking.required import Rule, problem, warning
from desktop.letters.composing.criteria import set_name
from desktop.letters.composing.criteria_tree import (
    criterion_text,
    is_held_met,
    is_untouched,
    key_of,
    leaves_at,
    leaves_of,
    levels_argued,
)
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import counted, listed, service_name, where_all, where_asked

MOST_NAMED = 4
"""Criteria named in one message; the rest are counted."""


def sound_answers(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """No answer contradicts its recorded value, and every exception names what waives the criterion."""
    for evaluation in inputs.reasons:
        wrong = [node for node in leaves_of(evaluation) if node.is_contradicted or node.lacks_waiver]
        for node in wrong:
            name = _name(inputs, evaluation, node)
            places = (
                *inputs.case.levels,
                *(side for line in inputs.case.service_lines for side in line.sides),
            )
            at = f" {where_asked((node.subject,))}" if node.subject in places else ""
            if node.is_contradicted and node.state is not None:
                message = (
                    f"{name}{at} is marked {node.state.label.lower()}, and the recorded value says otherwise: "
                    f"{node.amount}. Correct the answer or the value, under Review."
                )
                yield problem("answer-contradicts-value", message)
            else:
                message = (
                    f"{name}{at} is marked an exception, but nothing is named that waives it. "
                    "Name it, under Review."
                )
                yield problem("exception-without-source", message)


def answered_sets(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A line that is asked for has a criteria set, and answers in it: a letter argues from answers only."""
    for line in inputs.granted_lines:
        name = service_name(line)
        evaluations = inputs.traces_of(line)
        if not evaluations:
            message = (
                f"No criteria set is chosen for {name}, so the letter argues no criterion for it. "
                "Choose one, under Review."
            )
            yield warning("no-criteria-set", message)
            continue
        empty = [item for item in evaluations if all(map(is_untouched, _asked(inputs, line, item)))]
        if len(empty) == len(evaluations):
            message = (
                f"No criterion was answered for {name}, so nothing shows that it is necessary. "
                "Answer them, under Review."
            )
            yield problem("nothing-answered", message)
            continue
        for evaluation in empty:
            message = f"No criterion of “{set_name(evaluation)}” was answered for {name}."
            yield warning("set-unanswered", f"{message} Answer them or take the set out, under Review.")


def known_sets(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Every set that a line is held against was evaluated: one that cannot be read would be missing without a word."""
    for line in inputs.argued_lines:
        evaluated = {item.set_id for item in inputs.traces_of(line)}
        for set_id in line.criteria_set_ids:
            if set_id not in evaluated:
                message = (
                    f"The criteria set {set_id}, chosen for {service_name(line)}, is not in the library or cannot be "
                    "read, so the letter does not speak of it. Put it right, or take it out, under Review."
                )
                yield problem("set-not-evaluated", message)


def granted_as_evaluated(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Where a line is asked for, its sets that speak of the indication come out established, or that is told."""
    for line in inputs.granted_lines:
        speaking = [item for item in inputs.traces_of(line) if not item.is_silent]
        came_out: dict[tuple[str, str], set[Truth]] = {}
        failed: dict[str, list[tuple[str, str]]] = {}
        for evaluation in speaking:
            for level in levels_argued(inputs, line, evaluation):
                place = (level.level, level.side)
                came_out.setdefault(place, set()).add(level.truth)
                if level.truth is Truth.FALSE:
                    failed.setdefault(set_name(evaluation), []).append(place)
        for title, places in failed.items():
            message = f"{service_name(line)} is asked for{_at(places)}, where “{title}” is not met."
            yield warning("asked-where-not-met", f"{message} Look whether the determination is as intended.")
        still_open = [place for place, truths in came_out.items() if truths == {Truth.UNKNOWN}]
        if still_open:
            where = f"{service_name(line)} is asked for{_at(still_open)}, where"
            is_one = len(speaking) == 1
            result = "its criteria set is not settled" if is_one else "none of its criteria sets is settled"
            message = f"{where} {result} by the record. Look whether the determination is as intended."
            yield warning("asked-where-not-settled", message)


def words_behind(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """What is marked met rests on words of the record, and not only on words that speak against it."""
    bare: dict[str, None] = {}
    refuted: dict[str, None] = {}
    for line in inputs.granted_lines:
        for evaluation in inputs.traces_of(line):
            for node in _asked(inputs, line, evaluation):
                links = inputs.evidence(node.evidence_ids)
                if (
                    not is_held_met(node)
                    or inputs.supports(node)
                    or _is_from_documents(inputs, evaluation, node)
                ):
                    continue
                (refuted if links else bare).setdefault(_name(inputs, evaluation, node))
    if bare:
        verb = "is" if len(bare) == 1 else "are"
        message = f"{counted(len(bare), 'criterion')} {verb} held to be met without words of the record: {_few(bare)}."
        yield warning("met-without-words", f"{message} Link the words, under Review.")
    for name in refuted:
        message = f"{name} is held to be met, and all words linked to it speak against it."
        yield warning("met-against-its-words", f"{message} Look at the answer, under Review.")


def worked_out_values(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A value that was worked out from the record is still what the record gives."""
    for line in inputs.granted_lines:
        for evaluation in inputs.traces_of(line):
            for node in _asked(inputs, line, evaluation):
                key = key_of(evaluation, node)
                answer, offer = inputs.assessments.get(key), inputs.offers.get(key)
                if answer is None or not answer.arithmetic.strip() or inputs.taken_offer(key) is not None:
                    continue
                now = f"now it gives: {offer.arithmetic}" if offer is not None else "it no longer gives one"
                message = (
                    f"The value of {_name(inputs, evaluation, node)} was worked out from the record "
                    f"({answer.arithmetic.removesuffix('.')}), and {now}. Look at it again, under Review."
                )
                yield warning("value-not-of-the-record", message)


def _asked(inputs: LetterInputs, line: ServiceLine, evaluation: EvaluationTrace) -> tuple[NodeTrace, ...]:
    """The criteria of an evaluation at the levels and sides that the letter argues for."""
    return leaves_at(levels_argued(inputs, line, evaluation))


def _is_from_documents(inputs: LetterInputs, evaluation: EvaluationTrace, node: NodeTrace) -> bool:
    """Whether its value was worked out from facts of the record whose document is known; an age needs none."""
    offer = inputs.taken_offer(key_of(evaluation, node))
    found = inputs.sets.get(evaluation.set_id)
    criterion = found.criterion(node.id) if found is not None else None
    is_age = (
        criterion is not None and criterion.measure is not None and criterion.measure.kind is MeasureKind.AGE
    )
    return offer is not None and (is_age or bool(offer.document_ids))


def _name(inputs: LetterInputs, evaluation: EvaluationTrace, node: NodeTrace) -> str:
    return f"“{criterion_text(inputs, evaluation, node).removesuffix('.')}”"


def _few(names: Iterable[str]) -> str:
    found = list(names)
    rest = len(found) - MOST_NAMED
    return listed([*found[:MOST_NAMED], *([f"{rest} more"] if rest > 0 else [])])


def _at(places: Iterable[tuple[str, str]]) -> str:
    named = where_all(places)
    return f" {named}" if named else ""


REVIEW_RULES: tuple[Rule, ...] = (
    sound_answers,
    answered_sets,
    known_sets,
    granted_as_evaluated,
    words_behind,
    worked_out_values,
)
