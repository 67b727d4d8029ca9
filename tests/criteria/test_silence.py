"""A set is silent when it covers none of what imaging affirms where the line is asked for; the sentence names both."""

from __future__ import annotations

from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy
from desktop.domain.service_line import ServiceLine
from desktop.rules.evaluate import evaluate
from desktop.rules.silence import silence_of
from tests.criteria.sets import leaf, set_of


def _imaging(*findings: tuple[FindingKind, str | None, Assertion]) -> tuple[ImagingStudy, ...]:
    listed = tuple(
        Finding(id=f"f{number}", kind=kind, level=level, assertion=assertion)
        for number, (kind, level, assertion) in enumerate(findings)
    )
    return (ImagingStudy(id="ct", findings=listed),)


YES, NO, MAYBE = Assertion.AFFIRMED, Assertion.NEGATED, Assertion.UNCERTAIN
NONUNION, LOOSENING, SOLID = FindingKind.NONUNION, FindingKind.LOOSENING, FindingKind.SOLID_FUSION


def test_a_set_for_something_else_is_silent_and_the_reason_names_findings_levels_and_indications() -> None:
    criteria_set = set_of(leaf("a"), indications=("Scoliosis",))
    is_silent, reason = silence_of(criteria_set, _imaging((NONUNION, "L4-L5", YES), (NONUNION, "L5-S1", YES)))
    assert is_silent
    assert reason == (
        "The imaging shows nonunion (L4-L5, L5-S1). The set's stated indications (Scoliosis) include none of these."
    )


def test_a_set_that_covers_one_of_the_findings_is_not_silent_and_says_what_it_leaves_out() -> None:
    criteria_set = set_of(leaf("a"), covers=(NONUNION,))
    imaging = _imaging((NONUNION, "L5-S1", YES), (LOOSENING, "S1", YES), (FindingKind.STENOSIS, None, YES))
    assert silence_of(criteria_set, imaging) == (
        False,
        "The set covers nonunion. It does not speak of hardware loosening and stenosis.",
    )


def test_a_set_that_covers_all_has_nothing_to_add() -> None:
    criteria_set = set_of(leaf("a"), covers=(NONUNION, LOOSENING))
    imaging = _imaging((NONUNION, "L5-S1", YES), (LOOSENING, "S1", YES))
    assert silence_of(criteria_set, imaging) == (False, "The set covers nonunion and hardware loosening.")


def test_only_affirmed_findings_that_ask_for_something_count() -> None:
    criteria_set = set_of(leaf("a"), covers=(FindingKind.INSTABILITY,))
    imaging = _imaging(
        (NONUNION, "L2-L3", MAYBE),
        (LOOSENING, "S1", NO),
        (SOLID, "L3-L4", YES),
        (FindingKind.OTHER, None, YES),
    )
    is_silent, reason = silence_of(criteria_set, imaging)
    assert not is_silent
    assert "No affirmed imaging finding" in reason


def test_a_set_that_does_not_say_what_it_covers_is_never_called_silent() -> None:
    is_silent, reason = silence_of(set_of(leaf("a")), _imaging((NONUNION, "L5-S1", YES)))
    assert not is_silent
    assert "does not say which indications it covers" in reason


def test_a_set_with_findings_but_no_indications_in_words_is_described_by_its_findings() -> None:
    _, reason = silence_of(
        set_of(leaf("a"), covers=(FindingKind.INSTABILITY,)), _imaging((NONUNION, None, YES))
    )
    assert (
        reason
        == "The imaging shows nonunion. The set's stated indications (instability) include none of these."
    )


def test_what_is_found_at_other_levels_of_the_case_does_not_make_a_set_speak_of_this_line() -> None:
    criteria_set = set_of(leaf("a"), covers=(FindingKind.STENOSIS,), indications=("Stenosis",))
    imaging = _imaging((NONUNION, "L5-S1", YES), (FindingKind.STENOSIS, "L2-L3", YES))
    assert silence_of(criteria_set, imaging, ("L2-L3", "L5-S1")) == (
        False,
        "The set covers stenosis. It does not speak of nonunion.",
    )
    assert silence_of(criteria_set, imaging, ("L5-S1",)) == (
        True,
        "The imaging shows nonunion (L5-S1). The set's stated indications (Stenosis) include none of these.",
    )


def test_a_bone_of_the_level_counts_and_so_does_a_finding_without_a_level() -> None:
    criteria_set = set_of(leaf("a"), covers=(FindingKind.INFECTION,))
    loose = _imaging((LOOSENING, "S1", YES), (LOOSENING, "L2", YES))
    assert silence_of(criteria_set, loose, ("L5-S1",)) == (
        True,
        "The imaging shows hardware loosening (S1). The set's stated indications (infection) include none of these.",
    )
    assert not silence_of(criteria_set, _imaging((FindingKind.INFECTION, None, YES)), ("L5-S1",))[0]


def test_a_set_is_not_called_silent_where_nothing_is_found_at_the_levels_of_the_line() -> None:
    criteria_set = set_of(leaf("a"), covers=(FindingKind.INSTABILITY,))
    is_silent, reason = silence_of(criteria_set, _imaging((NONUNION, "L5-S1", YES)), ("C5-C6",))
    assert not is_silent
    assert reason.startswith("No affirmed imaging finding is recorded at the levels of this line")


def test_a_line_without_levels_is_judged_by_every_finding() -> None:
    criteria_set = set_of(leaf("a"), covers=(FindingKind.INSTABILITY,))
    assert silence_of(criteria_set, _imaging((NONUNION, "L5-S1", YES)))[0]


def test_the_evaluation_of_a_line_asks_for_the_levels_of_that_line() -> None:
    criteria_set = set_of(leaf("a"), covers=(FindingKind.STENOSIS,))
    imaging = _imaging((NONUNION, "L5-S1", YES), (FindingKind.STENOSIS, "L2-L3", YES))
    silent = {
        level: evaluate(criteria_set, ServiceLine(id="line", levels=(level,)), {}, imaging=imaging).is_silent
        for level in ("L5-S1", "L2-L3")
    }
    assert silent == {"L5-S1": True, "L2-L3": False}
