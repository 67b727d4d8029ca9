"""The logical operators agree with the published conformance tests of Clinical Quality Language."""

from __future__ import annotations

import re

import pytest

from desktop.domain.truth import Truth, all_of, any_of, exclusive_or, implies, negate
from tests.shared_data import shared_file

_CASE = re.compile(r"<expression>(.*?)</expression>\s*<output>(.*?)</output>", re.DOTALL)
_VALUES = {"true": Truth.TRUE, "false": Truth.FALSE, "null": Truth.UNKNOWN}


def _value(expression: str) -> Truth:
    match expression.split():
        case ["not", operand]:
            return negate(_VALUES[operand])
        case [left, "and", right]:
            return all_of((_VALUES[left], _VALUES[right]))
        case [left, "or", right]:
            return any_of((_VALUES[left], _VALUES[right]))
        case [left, "xor", right]:
            return exclusive_or(_VALUES[left], _VALUES[right])
        case [left, "implies", right]:
            return implies(_VALUES[left], _VALUES[right])
        case _:
            raise AssertionError(f"unknown expression {expression!r}")


@pytest.mark.parametrize(
    ("operator", "count"), [("and", 9), ("or", 9), ("not", 3), ("xor", 9), ("implies", 9)]
)
def test_every_published_expression_of_an_operator_comes_out_as_published(operator: str, count: int) -> None:
    text = shared_file("data/cql/CqlLogicalOperatorsTest.xml").read_text(encoding="utf-8")
    cases = [
        (expression, output) for expression, output in _CASE.findall(text) if operator in expression.split()
    ]
    assert len(cases) == count
    for expression, output in cases:
        assert _value(expression) is _VALUES[output], expression


def test_no_published_expression_is_left_out() -> None:
    text = shared_file("data/cql/CqlLogicalOperatorsTest.xml").read_text(encoding="utf-8")
    assert len(_CASE.findall(text)) == text.count("<test ") == 39
    for expression, output in _CASE.findall(text):
        assert _value(expression) is _VALUES[output]
