"""What the topic lint finds, and that the shipped topics have none of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.reference import Figure
from desktop.domain.severity import Severity
from desktop.domain.topic import TopicSection
from desktop.letters.references.library import load_references
from desktop.rules.lint_rules import LintProblem
from desktop.rules.loader import load_library, load_set
from desktop.rules.stated_numbers import fractions_in, numbers_in, unstated
from desktop.rules.topic_known import known_of
from desktop.rules.topic_lint import UNPROVEN_RANGES, lint_topics
from desktop.rules.topics import load_topics
from desktop.services.topics import known_in
from desktop.settings.paths import criteria_dir, resources_dir
from tests.topics.small_topics import CLAIMS, REFERENCES, SET, TOPIC, claim, known
from tests.unit.letters.fixtures import topics

SHIPPED = resources_dir() / "topics"


def linted(folder: Path, text: str, left_out: str = "") -> tuple[LintProblem, ...]:
    (folder / "widget.yaml").write_text(text, "utf-8")
    if left_out:
        (folder / "left-out.yaml").write_text(left_out, "utf-8")
    return lint_topics(folder, known())


def rules(problems: tuple[LintProblem, ...]) -> set[str]:
    return {item.rule for item in problems}


def test_the_shipped_topics_are_clean() -> None:
    references = load_references(resources_dir() / "references")
    assert lint_topics(SHIPPED, known_in(references, load_library(criteria_dir()))) == ()


def test_a_topic_without_mistakes_is_clean(tmp_path: Path) -> None:
    assert linted(tmp_path, TOPIC) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "said"),
    [
        ("96.7%", "97.6%", "figure", "97.6 %"),
        ("64.8%", "84.8%", "figure", "84.8 %"),
        ("In 41 patients", "In forty-one or 42 patients", "figure", "42"),
        ("a finding that", "one of 12 findings that", "figure", "12"),
        ("a loose widget", "half of the loose widgets", "figure", "half"),
        ("references: [good-2019/c2]", "references: [good-2019/c1]", "figure", "64.8 %"),
        ("references: [good-2019/c1]", "references: []", "orphan", "names no source"),
        ("references: [good-2019/c2]", "references: []", "orphan", "The counter of `loose` names no source"),
        ("CT had", "CT always had", "tone", "always"),
        ("    counter:\n", "    counter: # \n", "", ""),
    ],
)
def test_a_mistake_is_found_at_the_line_of_its_claim(
    tmp_path: Path, old: str, new: str, rule: str, said: str
) -> None:
    found = linted(tmp_path, TOPIC.replace(old, new, 1))
    if not rule:
        assert found == ()
        return
    problem = next(item for item in found if item.rule == rule)
    assert said in problem.message
    assert problem.line == next(n for n, line in enumerate(TOPIC.splitlines(), 1) if "id: loose" in line)
    assert problem.severity is Severity.ERROR


def test_evidence_against_a_topic_that_no_counter_raises_is_told(tmp_path: Path) -> None:
    text = TOPIC.split("    counter:")[0]
    found = linted(tmp_path, text, "claims: {good-2019/c2: Not used here.}\n")
    assert rules(found) == {"counter"}
    assert "good-2019/c2" in found[0].message
    reasons = "claims: {good-2019/c2: Not used.}\ncounters: {widget: Told elsewhere.}\n"
    assert linted(tmp_path, text, reasons) == ()


def test_a_claim_of_the_library_that_nobody_argues_with_is_told(tmp_path: Path) -> None:
    found = linted(tmp_path, TOPIC.split("    counter:")[0])
    assert "unused" in rules(found)


def test_a_reason_for_a_claim_that_is_argued_with_is_needless(tmp_path: Path) -> None:
    reasons = "counters: {widget: Told elsewhere.}\nclaims:\n  good-2019/c2: Not used.\n"
    (problem,) = linted(tmp_path, TOPIC, reasons)
    assert (problem.file, problem.line, problem.rule) == ("left-out.yaml", 3, "left-out")
    assert problem.message == "`good-2019/c2` is argued with."


def test_a_family_without_a_topic_needs_a_reason(tmp_path: Path) -> None:
    text = TOPIC.replace("families: [widget]\n", "")
    assert rules(linted(tmp_path, text)) == {"family"}
    assert linted(tmp_path, text, "families: {widget: Nothing was verified.}\n") == ()
    assert rules(linted(tmp_path, TOPIC, "families: {widget: Nothing was verified.}\n")) == {"left-out"}


@pytest.mark.parametrize(
    "text",
    [
        "families: {wigdet: Why.}\n",
        "claims: {good-2019/c9: Why.}\n",
        "families: {widget: }\n",
        "families: [widget]\n",
        "famlies: {}\n",
        "[]\n",
    ],
)
def test_reasons_for_what_is_not_there_are_refused(tmp_path: Path, text: str) -> None:
    assert "readable" in rules(linted(tmp_path, TOPIC, text))


@pytest.mark.parametrize(("low", "high"), UNPROVEN_RANGES)
@pytest.mark.parametrize("form", ["{}-{} %", "{}% to {}%", "{} to {} per cent", "{}–{}%"])
def test_ranges_without_a_primary_source_stand_nowhere(
    tmp_path: Path, low: int, high: int, form: str
) -> None:
    said = form.format(low, high)
    for old, new in (
        ("a loose widget.", f"a loose widget, fusion in {said}."),
        ("Its sensitivity was 64.8%.", f"Its sensitivity was 64.8%, complications {said}."),
        ("title: Widgets", f"title: Widgets\nnotes: Reoperation in {said}."),
    ):
        assert "unproven-range" in rules(linted(tmp_path, TOPIC.replace(old, new, 1)))


@pytest.mark.parametrize(("low", "high"), UNPROVEN_RANGES)
def test_a_range_that_a_source_states_may_be_said_where_that_source_is_cited(
    tmp_path: Path, low: int, high: int
) -> None:
    source = claim("c1", f"In 41 patients CT had a specificity of 96.7%; {low}% to {high}% fused.")
    stating = known_of(REFERENCES, (source, *CLAIMS[1:]), (load_set(SET, "set.yaml"),))
    said = f"a loose widget; {low}% to {high}% fused."
    (tmp_path / "widget.yaml").write_text(TOPIC.replace("a loose widget.", said), "utf-8")
    assert lint_topics(tmp_path, stating) == ()
    assert "unproven-range" in rules(lint_topics(tmp_path, known()))


def test_no_shipped_topic_says_a_range_without_a_primary_source() -> None:
    revision = next(topic for topic in topics() if topic.id == "lumbar-fusion-revision")
    for pair in UNPROVEN_RANGES:
        for item in revision.claims:
            values = {number.value for number in numbers_in(item.text) if number.is_percent}
            assert not values.issuperset(pair)


def test_revision_with_loosening_and_nonunion_fills_every_section() -> None:
    revision = next(topic for topic in topics() if topic.id == "lumbar-fusion-revision")
    assert revision.sections == tuple(TopicSection)
    assert len(topics()) >= 16


def test_the_shipped_topics_load_without_a_problem() -> None:
    references = load_references(resources_dir() / "references")
    assert load_topics(SHIPPED, known_in(references, load_library(criteria_dir()))).problems == ()


def test_numbers_are_read_as_a_reader_does() -> None:
    assert {str(item.value) for item in numbers_in("In 1,047 patients at L4-L5 or C5, 27.4 times")} == {
        "1047",
        "27.4",
    }
    assert {str(item.value) for item in numbers_in("six trials over two years; one of them")} == {"6", "2"}
    assert fractions_in("two thirds, and half of them") == {"third", "half"}
    assert not numbers_in("Shown.[@good-2019]"), "an id is no figure"


def test_a_share_is_not_a_count() -> None:
    count = claim("c1", "97 of 172 levels were fused.")
    assert unstated("97% of the levels were fused.", (count,)) == ("97 %",)
    share = claim(
        "c1", "Most were fused.", count.stance, Figure(what="fused", value="97", unit="%", n="172 levels")
    )
    assert unstated("97% of 172 levels were fused.", (share,)) == ()


@given(st.integers(13, 10_000), st.booleans())
def test_a_figure_that_is_changed_is_found(number: int, is_percent: bool) -> None:
    unit = "%" if is_percent else " patients"
    said = claim("c1", f"There were {number}{unit}.")
    assert unstated(f"It was {number}{unit}.", (said,)) == ()
    assert unstated(f"It was {number + 1}{unit}.", (said,))
