"""An appeal that leaves out what speaks against it, or what is not met, is not issued without a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.letter import LetterContent, LetterKind
from desktop.domain.letter_check import FixKind
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.living import without
from tests.unit.letters.checking.correct_letters import with_block
from tests.unit.letters.fixtures import inputs_for

RULES = {"adverse-unanswered", "unmet-not-conceded"}


def rules(content: LetterContent) -> set[str]:
    return {item.rule for item in check_letter(content, inputs_for()) if item.rule in RULES}


def test_a_composed_appeal_answers_and_concedes() -> None:
    assert rules(compose_letter(inputs_for())) == set()


@pytest.mark.parametrize(
    ("block_id", "rule"), [("imaging.answers", "adverse-unanswered"), ("concession", "unmet-not-conceded")]
)
def test_a_block_set_aside_is_brought_back_by_one_key_and_may_be_left_out_with_a_reason(
    block_id: str, rule: str
) -> None:
    content = without(compose_letter(inputs_for()), block_id)
    (found,) = [item for item in check_letter(content, inputs_for()) if item.rule == rule]
    assert found.fix is not None
    assert found.fix.kind is FixKind.COMPOSE
    assert found.may_be_overridden


def test_adverse_words_edited_out_are_named() -> None:
    content = compose_letter(inputs_for())
    block = next(item for item in content.blocks if item.id == "imaging.answers")
    kept = "\n\n".join(item.text for item in block.paragraphs if "looks solid" not in item.text)
    table = next(
        item for item in content.blocks if item.kind.value == "criteria_table" and "example" in item.id
    )
    bare = with_block(content, block.with_typed_text(kept or "Nothing."))
    bare = bare.model_copy(update={"blocks": tuple(item for item in bare.blocks if item.id != table.id)})
    assert "adverse-unanswered" in rules(bare)


def test_a_withdrawal_has_nothing_to_answer() -> None:
    inputs = replace(inputs_for(), kind=LetterKind.WITHDRAWAL)
    found = {item.rule for item in check_letter(compose_letter(inputs), inputs)}
    assert found.isdisjoint(RULES)
