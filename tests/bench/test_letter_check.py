"""The letter check is quick enough to run while somebody types, also over long letters."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest

from desktop.domain.letter import BlockKind
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from tests.unit.letters.checking.correct_letters import with_block
from tests.unit.letters.sample_letter import SAMPLE, inputs_of

pytestmark = pytest.mark.bench

TIMES_OF_COMPOSING = 3.0
"""A check while typing may take this often the time that composing the letter takes."""


def milliseconds(work: Callable[[], object], rounds: int = 7) -> float:
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def test_checking_while_typing_takes_no_longer_than_a_few_compositions() -> None:
    inputs = inputs_of(SAMPLE)
    content = compose_letter(inputs)
    block = next(item for item in content.blocks if item.kind is BlockKind.HISTORY)
    typed = with_block(
        content, block.with_typed_text(block.text + "\n\nOn October 6, 2026, the ODI was 58%.")
    )
    check_letter(typed, inputs)
    composing = milliseconds(lambda: compose_letter(inputs))
    checking = milliseconds(lambda: check_letter(typed, inputs))
    print(f"composing {composing:.0f} ms, checking {checking:.0f} ms")
    assert checking < TIMES_OF_COMPOSING * composing


def test_a_long_typed_text_costs_as_its_length() -> None:
    inputs = inputs_of(SAMPLE)
    content = compose_letter(inputs)
    block = next(item for item in content.blocks if item.kind is BlockKind.NECESSITY)

    def cost(number: int) -> float:
        lines = [
            f"On October 6, 2026, he could stand {index} minutes; the ODI was 58%." for index in range(number)
        ]
        typed = with_block(content, block.with_typed_text("\n\n".join(lines)))
        return milliseconds(lambda: check_letter(typed, inputs), rounds=3)

    cost(10)
    short, long = cost(150), cost(600)
    print(f"150 sentences {short:.0f} ms, 600 sentences {long:.0f} ms")
    assert long < 8 * short
