"""What is offered to argue with, and that every paper follows the reviewer's choice."""

from __future__ import annotations

import pytest

from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.services.argument import LONGEST_NOTE
from desktop.services.workspace import Services


@pytest.fixture
def signed_id(services: Services, sample_id: str, sample_file: CaseFile) -> str:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    return sample_id


def test_the_sample_case_is_offered_claims_and_exceptions_once_each(
    services: Services, signed_id: str
) -> None:
    view = services.argument.view(signed_id)
    keys = [item.key for item in (*view.claims, *view.exceptions)]
    assert view.claims
    assert view.exceptions
    assert len(keys) == len(set(keys))
    assert all(view.is_included(claim) for claim in view.claims)


def test_a_claim_left_out_is_kept_out_until_the_choice_is_taken_back(
    services: Services, signed_id: str
) -> None:
    claim = services.argument.view(signed_id).claims[0]
    done = services.argument.choose(signed_id, claim.key, False)
    assert not done.value.is_included(claim)
    assert done.changes.flags >= {ChangeFlag.ARGUMENT, ChangeFlag.LETTER}
    assert not services.argument.view(signed_id).is_included(claim)
    services.history.undo(signed_id)
    assert services.argument.view(signed_id).is_included(claim)
    services.history.redo(signed_id)
    assert services.argument.forget(signed_id, claim.key).value.is_included(claim)
    assert services.audit(signed_id)[0].operation == "argument_unchosen"


def test_an_exception_left_out_is_not_in_the_letter(services: Services, signed_id: str) -> None:
    printed = {block.id for block in services.letters.compose(signed_id).value.content.blocks}
    view = services.argument.view(signed_id)
    told = next(item for item in view.exceptions if item.key in printed)
    services.argument.choose(signed_id, told.key, False)
    assert services.letters.letter(signed_id).content.block(told.key) is None
    note = "The surgeon saw the motion during the examination."
    services.argument.choose(signed_id, told.key, True, note)
    block = services.letters.letter(signed_id).content.block(told.key)
    assert block is not None
    assert note in block.text
    assert services.argument.view(signed_id).note(told.key) == note


def test_what_is_not_offered_cannot_be_chosen(services: Services, signed_id: str) -> None:
    with pytest.raises(UserFacingError, match="not offered"):
        services.argument.choose(signed_id, "exception.silent_set.gone", True)
    claim = services.argument.view(signed_id).claims[0]
    with pytest.raises(UserFacingError, match="longer than"):
        services.argument.choose(signed_id, claim.key, True, "x" * (LONGEST_NOTE + 1))
    assert services.argument.view(signed_id).choices == {}
