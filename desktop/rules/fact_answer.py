"""Reads one answer of a file of facts: a state, a value with its unit, or both, with the date that it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, CriterionAssessment
from desktop.domain.criteria import Criterion
from desktop.domain.document import DocumentKind
from desktop.rules.fact_problem import FactProblems, Json, day_of, joined, shown
from desktop.rules.units import is_rest_of_number

ANSWER_KEYS = ("state", "value", "unit", "amount", "date", "dated_on", "waived_by", "document", "note")
_AMOUNT = re.compile(r"(-?[0-9]{1,12}(?:\.[0-9]{1,9})?)\s*([^\s0-9].*)", re.DOTALL)
_BEGINS_AS_NUMBER = re.compile(r"[-+]?\.?[0-9]")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
"""Also as Python writes a JSON number that is very small or very large."""
_STATES = {state.value: state for state in AssessmentState} | {"n_a": AssessmentState.NOT_APPLICABLE}
_NOT_ANSWERED = frozenset({"", "unknown", "not_answered"})
_STATE_WORDS = ", ".join(f'"{state.value.replace("_", " ")}"' for state in AssessmentState)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer before it is known whom it is for. `kind` None: the file does not say what document it rests on."""

    state: AssessmentState | None = None
    amount: Amount | None = None
    waived_by: str = ""
    note: str = ""
    dated_on: date | None = None
    kind: DocumentKind | None = None

    def for_key(self, key: AssessmentKey) -> CriterionAssessment:
        """The answer as it is recorded for one question."""
        return CriterionAssessment(
            key=key, state=self.state, amount=self.amount, exception_source=self.waived_by, note=self.note
        )

    def kind_for(self, criterion: Criterion) -> DocumentKind:
        """The kind of document it rests on: as named, or else of the kind that was asked for."""
        return self.kind or next(iter(criterion.evidence_types), DocumentKind.OTHER)


def read_answer(criterion: Criterion, value: Json, path: str, problems: FactProblems) -> Answer | None:
    """The answer in a JSON value, or None for null and for what cannot be read, which goes to the problems."""
    if value is None:
        return None
    if isinstance(value, bool):
        return Answer(state=AssessmentState.MET if value else AssessmentState.NOT_MET)
    if isinstance(value, int | float):
        problems.add(path, f"The value {value} has no unit.", _value_example(criterion))
        return None
    if isinstance(value, str):
        return _word(criterion, value, path, problems)
    if isinstance(value, dict) and value:
        return _AnswerReader(criterion, value, path, problems).read()
    problems.add(path, "This is not an answer.", f"Write one of {_STATE_WORDS}, or a value with its unit.")
    return None


def _word(criterion: Criterion, text: str, path: str, problems: FactProblems) -> Answer | None:
    amount = _amount_of(text)
    if amount is not None:
        return Answer(amount=amount) if _takes_value(criterion, path, problems) else None
    if _NUMBER.fullmatch(text.strip()):
        problems.add(path, f"The value {text.strip()} has no unit.", _value_example(criterion))
        return None
    if _BEGINS_AS_NUMBER.match(text.strip()):
        problems.add(path, f"`{shown(text)}` is not a number with a unit.", _value_example(criterion))
        return None
    return Answer(state=_state_of(text, path, problems))


def _state_of(text: str, path: str, problems: FactProblems) -> AssessmentState | None:
    word = re.sub(r"[\s/-]+", "_", text.strip().casefold())
    if word not in _STATES and word not in _NOT_ANSWERED:
        near = get_close_matches(word, _STATES, n=1)
        fix = f'Did you mean "{near[0].replace("_", " ")}"?' if near else f"Write one of {_STATE_WORDS}."
        problems.add(path, f"`{shown(text)}` is not a state.", fix)
    return _STATES.get(word)


def _amount_of(text: str) -> Amount | None:
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or is_rest_of_number(match[2]):
        return None
    return Amount(value=Decimal(match[1]), unit=" ".join(match[2].split()))


def _takes_value(criterion: Criterion, path: str, problems: FactProblems) -> bool:
    if criterion.threshold is None:
        problems.add(
            path, f"`{criterion.id}` has no threshold, so no value answers it.", 'Write "met" or "not met".'
        )
    return criterion.threshold is not None


def _value_example(criterion: Criterion) -> str:
    unit = criterion.threshold.unit if criterion.threshold else ""
    return f'Write for example `"8 {unit}"`.' if unit else 'Write "met" or "not met".'


class _AnswerReader:
    """Reads one answer that is written as an object."""

    def __init__(
        self, criterion: Criterion, values: dict[str, Json], path: str, problems: FactProblems
    ) -> None:
        self._criterion = criterion
        self._values = values
        self._path = path
        self._problems = problems

    def read(self) -> Answer:
        """The answer; mistakes go to the problems."""
        for key in self._values:
            if key not in ANSWER_KEYS:
                near = get_close_matches(key, ANSWER_KEYS, n=1)
                fix = f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(ANSWER_KEYS)}."
                self._problems.add(self._at(key), f"`{shown(key)}` is not part of an answer.", fix)
        state = self._state()
        waived_by = self._text("waived_by")
        if waived_by and state is not AssessmentState.EXCEPTION:
            said = "`waived_by` goes with the state exception."
            self._problems.add(self._at("waived_by"), said, 'Write `"state": "exception"` beside it.')
        amount = self._amount()
        if amount is not None and state is None:
            _takes_value(self._criterion, self._path, self._problems)
        return Answer(
            state=state,
            amount=amount,
            waived_by=waived_by,
            note=self._text("note"),
            dated_on=self._day(),
            kind=self._kind(),
        )

    def _at(self, key: str) -> str:
        return joined(self._path, key)

    def _text(self, key: str) -> str:
        value = self._values.get(key)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        self._problems.add(self._at(key), f"`{key}` is not a text.", "Write it in quotation marks.")
        return ""

    def _state(self) -> AssessmentState | None:
        value = self._values.get("state")
        if isinstance(value, bool):
            return AssessmentState.MET if value else AssessmentState.NOT_MET
        return _state_of(self._text("state"), self._at("state"), self._problems)

    def _amount(self) -> Amount | None:
        written, value = self._text("amount"), self._values.get("value")
        if written and value is not None:
            self._problems.add(
                self._at("value"), "`value` and `amount` say the same.", "Keep one of the two."
            )
        if written:
            return self._one_text(written, "amount")
        unit = self._text("unit")
        if value is None:
            if unit:
                self._problems.add(
                    self._at("unit"), "`unit` stands without a value.", _value_example(self._criterion)
                )
            return None
        number = str(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
        if isinstance(value, str) and not unit:
            return self._one_text(value, "value")
        if not _NUMBER.fullmatch(number.strip()):
            self._problems.add(
                self._at("value"), "`value` is not a number.", 'Write for example `"value": 8`.'
            )
            return None
        if not unit:
            self._problems.add(
                self._at("value"), f"The value {number} has no unit.", _value_example(self._criterion)
            )
            return None
        return Amount(value=Decimal(number.strip()), unit=" ".join(unit.split()))

    def _one_text(self, text: str, key: str) -> Amount | None:
        found = _amount_of(text)
        if found is None:
            said = f"`{shown(text)}` is not a number with a unit."
            self._problems.add(self._at(key), said, _value_example(self._criterion))
        return found

    def _day(self) -> date | None:
        given = [key for key in ("date", "dated_on") if self._values.get(key) is not None]
        if len(given) > 1:
            self._problems.add(
                self._at("date"), "`date` and `dated_on` say the same.", "Keep one of the two."
            )
        return day_of(self._at(given[0]), self._values[given[0]], self._problems) if given else None

    def _kind(self) -> DocumentKind | None:
        word = self._text("document")
        kinds = {kind.value: kind for kind in DocumentKind}
        found = kinds.get(word.replace(" ", "_"))
        if word and found is None:
            said = f"`{shown(word)}` is not a kind of document."
            self._problems.add(self._at("document"), said, f"Use one of: {', '.join(kinds)}.")
        return found
