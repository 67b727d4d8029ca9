"""What each kind needs is asked for with where to enter it; what was set aside comes back by one key."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from desktop.domain.case import Case
from desktop.domain.clinical import History
from desktop.domain.denial import AdverseDetermination, DenialReason
from desktop.domain.document import Document, DocumentKind
from desktop.domain.letter import BlockKind, Letter, LetterContent, LetterKind, LetterState
from desktop.domain.letter_check import FixKind, LetterProblem
from desktop.domain.member import LineOfBusiness
from desktop.domain.service_line import ServiceTiming
from desktop.domain.severity import Severity
from desktop.letters.checking.required import NEEDS, RULES
from desktop.letters.composing.kinds import PARTS
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.fixtures import CASE, EMPTY_CASE, inputs_for

ISSUED_AT = datetime(2026, 11, 10, 12, tzinfo=UTC)
APPEALS = [kind for kind in LetterKind if kind.is_appeal]


def made(kind: LetterKind, case: Case = CASE, **more: Any) -> LetterInputs:
    return replace(inputs_for(case), kind=kind, **more)


def found(inputs: LetterInputs, content: LetterContent | None = None) -> dict[str, LetterProblem]:
    letter = content or compose_letter(inputs)
    return {item.rule: item for rule in RULES for item in rule(letter, inputs)}


def without(content: LetterContent, *kinds: BlockKind) -> LetterContent:
    """The letter with blocks set aside by the reviewer."""
    kept = tuple(block for block in content.blocks if block.kind not in kinds)
    aside = tuple(block for block in content.blocks if block.kind in kinds)
    return content.model_copy(update={"blocks": kept, "set_aside": aside})


def of_plan(kind: LetterKind, business: LineOfBusiness, **more: Any) -> LetterInputs:
    coverage = CASE.coverage.model_copy(update={"line_of_business": business})
    return made(kind, CASE.model_copy(update={"coverage": coverage}), **more)


def first_letter() -> Letter:
    content = compose_letter(made(LetterKind.FIRST_LEVEL))
    return Letter(id="letter-1", state=LetterState.ISSUED, content=content, issued_at=ISSUED_AT)


def test_a_sound_first_level_has_no_error() -> None:
    assert [item.rule for item in found(made(LetterKind.FIRST_LEVEL)).values()] == []


@pytest.mark.parametrize("kind", [kind for kind in PARTS if NEEDS[kind].blocks])
def test_every_block_a_kind_needs_is_missed_and_comes_back_by_one_key(kind: LetterKind) -> None:
    inputs = made(kind)
    content = compose_letter(inputs)
    for block in NEEDS[kind].blocks:
        assert block in {item.kind for item in content.blocks}, block
        problem = found(inputs, without(content, block))[f"missing-{block.value.replace('_', '-')}"]
        assert problem.severity is Severity.ERROR
        assert problem.fix is not None
        assert problem.fix.kind is FixKind.COMPOSE
        never_there = content.model_copy(
            update={"blocks": tuple(item for item in content.blocks if item.kind is not block)}
        )
        assert found(inputs, never_there)[problem.rule].fix is None


@pytest.mark.parametrize(
    ("block", "rule", "severity"),
    [
        (BlockKind.CRITERIA_TABLE, "missing-criteria-table", Severity.ERROR),
        (BlockKind.HISTORY, "missing-history", Severity.WARNING),
        (BlockKind.IMAGING, "missing-imaging", Severity.WARNING),
        (BlockKind.TREATMENTS, "missing-treatments", Severity.WARNING),
        (BlockKind.NECESSITY, "missing-necessity", Severity.WARNING),
    ],
)
@pytest.mark.parametrize("kind", [*APPEALS, LetterKind.MEDICAL_NECESSITY])
def test_a_part_of_the_argument_that_was_taken_out_is_missed(
    kind: LetterKind, block: BlockKind, rule: str, severity: Severity
) -> None:
    inputs = made(kind)
    problem = found(inputs, without(compose_letter(inputs), block))[rule]
    assert problem.severity is severity
    assert problem.fix is not None


def test_a_course_told_only_by_operations_is_remarked_until_it_is_told_in_words() -> None:
    case = CASE.model_copy(update={"history": CASE.history.model_copy(update={"narrative": ""})})
    inputs = made(LetterKind.FIRST_LEVEL, case)
    assert "no-narrative" in found(inputs)
    content = compose_letter(inputs)
    blocks = tuple(
        block.with_typed_text("Pain came back.") if block.kind is BlockKind.HISTORY else block
        for block in content.blocks
    )
    assert "no-narrative" not in found(inputs, content.model_copy(update={"blocks": blocks}))


def test_reports_that_are_enclosed_but_not_entered_are_remarked() -> None:
    therapy = Document(id="pt", kind=DocumentKind.PT_RECORD, title="Therapy", text="SYNTHETIC")
    case = CASE.model_copy(
        update={
            "imaging": (),
            "treatments": (),
            "documents": (*CASE.documents, therapy),
            "history": History(),
        }
    )
    assert {"no-study", "no-treatment", "missing-history"} <= set(found(made(LetterKind.FIRST_LEVEL, case)))


def test_a_typed_block_that_lost_what_it_must_say_is_restored_by_one_key() -> None:
    inputs = made(LetterKind.FIRST_LEVEL)
    content = compose_letter(inputs)
    blocks = tuple(
        block.with_typed_text("Typed over.")
        if block.kind in (BlockKind.SIGNATURE, BlockKind.RELIEF, BlockKind.DENIAL)
        else block
        for block in content.blocks
    )
    problems = found(inputs, content.model_copy(update={"blocks": blocks}))
    for rule in ("signature-name", "relief-names-line", "reason-quoted"):
        fix = problems[rule].fix
        assert fix is not None
        assert fix.kind is FixKind.RESTORE_BLOCK


def test_who_where_and_when_are_asked_for_only_where_the_kind_prints_them() -> None:
    empty = replace(
        inputs_for(EMPTY_CASE, answers=(), links=(), lines=(), is_signed=False), kind=LetterKind.FIRST_LEVEL
    )
    everything = {
        "member-name",
        "member-birth-date",
        "member-id",
        "case-number",
        "notice-date",
        "no-destination",
    }
    assert everything <= set(found(empty))
    first_request = set(found(replace(empty, kind=LetterKind.MEDICAL_NECESSITY)))
    assert first_request & everything == {"member-name", "member-birth-date", "member-id"}
    assert set(found(replace(empty, kind=LetterKind.PATIENT))) & everything == {"member-name"}
    message = found(replace(empty, kind=LetterKind.MEDICAL_NECESSITY))["missing-addressee"].message
    assert "under Coverage" in message


def test_a_second_level_without_an_issued_first_is_told_and_not_called_the_same() -> None:
    rules = found(made(LetterKind.SECOND_LEVEL))
    assert rules["first-level-unknown"].severity is Severity.WARNING
    assert "second-level-same" not in rules


def test_a_second_level_that_is_the_same_may_be_issued_for_a_reason() -> None:
    assert found(made(LetterKind.SECOND_LEVEL, earlier=(first_letter(),)))[
        "second-level-same"
    ].may_be_overridden


def test_levels_that_come_by_themselves_or_are_appeals_are_told() -> None:
    advantage = LineOfBusiness.MEDICARE_ADVANTAGE
    assert "level-comes-by-itself" in found(of_plan(LetterKind.SECOND_LEVEL, advantage))
    assert "level-comes-by-itself" not in found(made(LetterKind.SECOND_LEVEL))
    assert "reconsideration-is-appeal" in found(of_plan(LetterKind.RECONSIDERATION, advantage))
    denial = CASE.denial.model_copy(update={"deadline_stated_on": date(2027, 5, 1)})
    inputs = made(LetterKind.RECONSIDERATION, CASE.model_copy(update={"denial": denial}))
    assert "May 1, 2027" in found(inputs)["time-runs-on"].message


def test_a_step_that_the_rules_of_the_plan_do_not_name_is_remarked() -> None:
    coverage = CASE.coverage.model_copy(
        update={"line_of_business": LineOfBusiness.WORKERS_COMPENSATION, "state": "CA"}
    )
    californian = CASE.model_copy(update={"coverage": coverage})
    assert (
        "independent medical review alone"
        in found(made(LetterKind.FIRST_LEVEL, californian))["other-way"].message
    )
    assert "other-way" not in found(made(LetterKind.EXTERNAL_REVIEW, californian))
    elsewhere = coverage.model_copy(update={"state": "OH"})
    assert "other-way" not in found(
        made(LetterKind.FIRST_LEVEL, CASE.model_copy(update={"coverage": elsewhere}))
    )
    assert "other-way" in found(of_plan(LetterKind.EXTERNAL_REVIEW, LineOfBusiness.ORIGINAL_MEDICARE))
    assert "other-way" not in found(of_plan(LetterKind.FIRST_LEVEL, LineOfBusiness.ORIGINAL_MEDICARE))


def test_an_expedited_appeal_of_what_was_performed_already_is_remarked() -> None:
    lines = tuple(
        line.model_copy(update={"timing": ServiceTiming.POST_SERVICE}) for line in CASE.service_lines
    )
    past = CASE.model_copy(update={"service_lines": lines})
    assert "expedited-after" in found(made(LetterKind.EXPEDITED, past))
    assert "expedited-after" not in found(made(LetterKind.EXPEDITED))


def test_an_external_review_and_a_withdrawal_ask_which_appeal_they_follow() -> None:
    assert "no-internal-appeal" in found(made(LetterKind.EXTERNAL_REVIEW))
    assert "no-internal-appeal" not in found(made(LetterKind.EXTERNAL_REVIEW, earlier=(first_letter(),)))
    rules = found(made(LetterKind.WITHDRAWAL))
    assert {"no-appeal-to-withdraw", "withdrawal-lines"} <= set(rules)
    rules = found(made(LetterKind.WITHDRAWAL, earlier=(first_letter(),)))
    assert "no-appeal-to-withdraw" not in rules
    assert "Reinsertion of fixation" in rules["withdrawal-lines"].message


def test_a_reason_left_empty_is_an_error_also_where_it_is_only_quoted() -> None:
    case = CASE.model_copy(
        update={"denial": CASE.denial.model_copy(update={"reasons": (DenialReason(id="r", verbatim=" "),)})}
    )
    for kind in (LetterKind.FIRST_LEVEL, LetterKind.CLAIM_FILE):
        assert "denial-reason" in found(made(kind, case))


def test_no_letter_of_medical_necessity_asks_for_a_denial() -> None:
    case = CASE.model_copy(update={"denial": AdverseDetermination()})
    assert not {"denial-reason", "notice-date", "case-number"} & set(
        found(made(LetterKind.MEDICAL_NECESSITY, case))
    )
