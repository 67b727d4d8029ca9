"""Characters that can be neither stored nor printed are refused in a sentence wherever something is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, ReviewStatus
from desktop.services.workspace import Services

Typing = Callable[[Services, str, Letter, str], object]


def _first_block(letter: Letter) -> str:
    return next(block.id for block in letter.content.blocks if block.kind.value == "opening")


TYPED: dict[str, Typing] = {
    "a block": lambda s, case, letter, text: s.letters.edit_block(case, _first_block(letter), text),
    "a block that is being typed": lambda s, case, letter, text: s.letters.problems_while_typing(
        case, _first_block(letter), text
    ),
    "a remark": lambda s, case, letter, text: s.letter_history.comment(
        case, letter.id, _first_block(letter), text
    ),
    "the words a remark is about": lambda s, case, letter, text: s.letter_history.comment(
        case, letter.id, _first_block(letter), "Look.", quote=text
    ),
    "a note on a step": lambda s, case, letter, text: s.letter_history.set_status(
        case, letter.id, ReviewStatus.SUBMITTED, note=text
    ),
    "a reviewer's name": lambda s, case, letter, text: s.letter_history.set_status(
        case, letter.id, ReviewStatus.SUBMITTED, by=text
    ),
    "a note on an argument": lambda s, case, _, text: s.argument.choose(
        case, s.argument.view(case).claims[0].key, True, text
    ),
}


@pytest.mark.parametrize("character", ["\0", "\ud800"], ids=["NUL", "half a pair"])
@pytest.mark.parametrize("where", list(TYPED))
def test_what_cannot_be_kept_is_named_and_nothing_changes(
    services: Services, sample_id: str, where: str, character: str
) -> None:
    letter = services.letters.compose(sample_id).value
    steps = services.history.labels(sample_id)
    with pytest.raises(UserFacingError, match=rf"U\+{ord(character):04X}"):
        TYPED[where](services, sample_id, letter, f"seen{character}here")
    assert services.letters.letter(sample_id) == letter
    assert services.history.labels(sample_id) == steps
