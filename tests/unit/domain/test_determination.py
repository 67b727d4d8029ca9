"""A signed determination is closed; its hash stands for what was signed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.determination import Decision, Determination, LineDetermination, SignOff
from desktop.domain.errors import SignedRecordError
from tests.criteria.sets import leaf, run

LINE = LineDetermination(service_line_id="a", decision=Decision.NECESSARY, rationale="Shown on CT")
DRAFT = Determination(id="d", version=1, lines=(LINE,), traces=(run(leaf("x")),))
SIGNED = DRAFT.model_copy(
    update={
        "sign_off": SignOff(
            name="A. Reviewer",
            credential="MD",
            meaning="I made this determination",
            signed_at=datetime(2026, 11, 22, tzinfo=UTC),
            content_hash=DRAFT.hash_of_content(),
        )
    }
)


def test_a_signed_determination_cannot_be_edited() -> None:
    DRAFT.require_unsigned()
    assert not DRAFT.is_signed
    assert SIGNED.is_signed
    with pytest.raises(SignedRecordError, match="signed and cannot be edited"):
        SIGNED.require_unsigned()


def test_a_line_without_a_decision_is_undecided() -> None:
    assert DRAFT.line("a") is LINE
    assert DRAFT.line("b").decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"id": "e"},
        {"lines": ()},
        {"lines": (LINE.model_copy(update={"rationale": "Other"}),)},
        {"lines": (LINE.model_copy(update={"sides": ("left",)}),)},
        {"traces": ()},
    ],
)
def test_the_hash_changes_with_what_was_signed(change: dict[str, object]) -> None:
    assert DRAFT.model_copy(update=change).hash_of_content() != DRAFT.hash_of_content()


def test_what_was_signed_keeps_its_hash_for_good() -> None:
    # Changing this line breaks every signature ever given: leave a new field out of the hash instead.
    expected = "fc154f1ef9c9b30235e8bb0fd7684a9fbb5502ae794c7f2f03100e0e5817178e"
    assert DRAFT.hash_of_content() == expected


def test_a_signature_stands_only_for_what_was_signed() -> None:
    assert DRAFT.is_as_signed
    assert SIGNED.is_as_signed
    assert not SIGNED.with_line(LINE.model_copy(update={"rationale": "Other"})).is_as_signed


def test_deciding_again_keeps_the_line_in_its_place() -> None:
    two = DRAFT.with_line(LineDetermination(service_line_id="b"))
    changed = LINE.model_copy(update={"decision": Decision.NOT_NECESSARY})
    assert [item.service_line_id for item in two.lines] == ["a", "b"]
    assert two.with_line(changed).lines == (changed, two.lines[1])
    assert two.with_line(LINE) == two


def test_signing_does_not_change_the_hash() -> None:
    assert SIGNED.hash_of_content() == DRAFT.hash_of_content()
