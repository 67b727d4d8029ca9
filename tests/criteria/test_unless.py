"""A rule may be waived by an exception: the rule or any exception is enough, and the trace says which it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.criteria import Source
from desktop.domain.truth import Truth
from tests.criteria.sets import all_of, any_of, leaf, node, none_of, run, unless

LCD = Source(document="L39741", locator="exceptions", proof="T", address="https://example.org")
RULE = leaf("wait", text="Care lasted 6 weeks")
DEFICIT = leaf("deficit", text="Progressive neurological deficit", source=LCD)
TUMOUR = leaf("tumour", text="A tumour is suspected", source=LCD)
STATES = st.sampled_from([State.MET, State.NOT_MET, State.UNCLEAR])
MET, NOT_MET, UNCLEAR, NOT_APPLICABLE = State.MET, State.NOT_MET, State.UNCLEAR, State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("answers", "truth", "reason"),
    [
        ({"wait": MET}, Truth.TRUE, "The rule itself holds."),
        ({"wait": MET, "deficit": MET}, Truth.TRUE, "The rule itself holds."),
        (
            {"wait": NOT_MET, "deficit": MET},
            Truth.TRUE,
            "Waived by: Progressive neurological deficit (L39741, exceptions).",
        ),
        (
            {"deficit": MET, "tumour": MET},
            Truth.TRUE,
            (
                "Waived by: Progressive neurological deficit (L39741, exceptions); "
                "A tumour is suspected (L39741, exceptions)."
            ),
        ),
        ({}, Truth.UNKNOWN, "Neither the rule nor an exception to it is established."),
        (
            {"wait": NOT_MET, "deficit": NOT_MET},
            Truth.UNKNOWN,
            "The rule does not hold; whether an exception waives it is not established.",
        ),
        (
            {"deficit": NOT_MET, "tumour": NOT_MET},
            Truth.UNKNOWN,
            "The rule is not established, and no exception waives it.",
        ),
        (
            {"wait": NOT_MET, "deficit": NOT_MET, "tumour": NOT_MET},
            Truth.FALSE,
            "The rule does not hold, and no exception waives it.",
        ),
        (
            {"wait": NOT_MET, "deficit": NOT_APPLICABLE, "tumour": NOT_MET},
            Truth.FALSE,
            "The rule does not hold, and no exception waives it.",
        ),
    ],
)
def test_the_rule_or_an_exception_is_enough_and_the_reason_says_which(answers, truth, reason) -> None:
    found = node(run(all_of(unless(RULE, DEFICIT, TUMOUR)), answers), "unless-wait-deficit-tumour")
    assert (found.kind, found.truth, found.reason) == ("unless", truth, reason)


def test_exceptions_to_what_does_not_apply_do_not_count_either() -> None:
    trace = run(
        all_of(unless(RULE, DEFICIT), leaf("b")), {"wait": NOT_APPLICABLE, "deficit": NOT_MET, "b": MET}
    )
    found = node(trace, "unless-wait-deficit")
    assert (found.is_applicable, found.reason) == (False, "The rule does not apply.")
    assert trace.truth is Truth.TRUE


@pytest.mark.parametrize(
    ("exception", "answers", "words"),
    [
        (
            all_of(DEFICIT, TUMOUR),
            {"deficit": MET, "tumour": MET},
            "deficit and A tumour is suspected (L39741",
        ),
        (
            any_of(DEFICIT, TUMOUR),
            {"deficit": NOT_MET, "tumour": MET},
            "Waived by: A tumour is suspected (L39741",
        ),
        (
            none_of(DEFICIT),
            {"deficit": NOT_MET},
            "Progressive neurological deficit [not so] (L39741, exceptions)",
        ),
        (
            leaf("clear", polarity="absent", text="Canal stenosis"),
            {"clear": MET},
            "Canal stenosis [absent] (A rule",
        ),
    ],
)
def test_an_exception_of_several_parts_is_named_by_what_holds(exception, answers, words) -> None:
    tree = all_of(unless(RULE, exception))
    reason = run(tree, {"wait": NOT_MET, **answers}).levels[0].root.children[0].reason
    assert words in reason


def test_a_named_group_of_exceptions_is_called_by_its_name() -> None:
    red_flags = any_of(DEFICIT, TUMOUR).model_copy(update={"text": "Red flags"})
    reason = run(all_of(unless(RULE, red_flags)), {"tumour": MET}).levels[0].root.children[0].reason
    assert reason == "Waived by: Red flags (L39741, exceptions)."


@given(STATES, STATES, STATES)
def test_it_is_a_choice_of_the_rule_and_its_exceptions_also_under_not(rule, one, other) -> None:
    answers = {"wait": rule, "deficit": one, "tumour": other}
    waived, chosen = unless(RULE, DEFICIT, TUMOUR), any_of(RULE, DEFICIT, TUMOUR)
    assert run(waived, answers).truth is run(chosen, answers).truth
    assert run(none_of(waived), answers).truth is run(none_of(chosen), answers).truth
