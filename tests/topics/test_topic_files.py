"""A topic file is read whole or refused with every mistake by line; the schema says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.topic import ClaimSource, TopicSection
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.topic_reader import read_topic
from desktop.rules.topic_schema import topic_schema_text
from desktop.rules.topics import load_topics
from desktop.settings.paths import resources_dir
from tests.topics.small_topics import TOPIC, known


def refusal(text: str) -> CriteriaFileError:
    with pytest.raises(CriteriaFileError) as caught:
        read_topic(text, "widget.yaml", known())
    return caught.value


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


def test_a_topic_is_read_with_its_claims_sources_conditions_and_counter() -> None:
    read = read_topic(TOPIC, "widget.yaml", known())
    (claim,) = read.topic.claims
    assert claim.section is TopicSection.IMAGING
    assert claim.sources == (ClaimSource(reference_id="good-2019", claim_id="c1"),)
    assert claim.cited_text.endswith("widget.[@good-2019]")
    assert claim.counter is not None
    assert claim.counter.cited_text == "Its sensitivity was 64.8%.[@good-2019]"
    assert read.claim_lines["loose"] == line_of(TOPIC, "- id: loose")


@pytest.mark.parametrize(
    ("old", "new", "problem", "fix"),
    [
        ("good-2019/c1", "god-2019/c1", "no reference `god-2019`", "good-2019"),
        ("good-2019/c1", "good-2019/c11", "has no claim `c11`", "c1"),
        ("good-2019/c1", "good-2019", "does not name a claim", "slash"),
        ("good-2019/c1", "draft-2020/c1", "not verified", "another source"),
        ("good-2019/c1", "old-2001/c1", "superseded", "another source"),
        ("[good-2019/c1]", "[good-2019/c1, good-2019/c1]", "named twice", "once"),
        ("section: imaging", "section: imagination", "unknown", "imaging"),
        ("[hardware_loosening]", "[loosening]", "unknown", "hardware_loosening"),
        ("[hardware_loosening]", "[other]", "can never hold", "Name the finding"),
        ("findings: [hardware_loosening]", "findings: []", "can never hold", "leave the key out"),
        ("findings: [hardware_loosening]", "facts: [other]", "can never hold", "Name the fact"),
        ("findings: [hardware_loosening]", 'codes: ["22850"]', "can never hold", "22849"),
        ("findings: [hardware_loosening]", "families: [knee]", "can never hold", "widget"),
        (
            "findings: [hardware_loosening]",
            "criteria: [{nonunion-on-imagin: true}]",
            "asked by no set",
            "nonunion-on-imaging",
        ),
        ("findings: [hardware_loosening]", "criteria: [{conservative-care: yes}]", "unknown", "true, false"),
        ("findings: [hardware_loosening]", "criteria: [conservative-care]", "cannot be read", "name: value"),
        ("findings: [hardware_loosening]", "finding: [nonunion]", "not a key", "findings"),
        (
            "findings: [hardware_loosening]",
            "findings: nonunion",
            "`findings` must be a list",
            "findings: [...]",
        ),
        ("findings: [hardware_loosening]", "findings: [[nonunion]]", "cannot be read", "- name"),
        (
            "findings: [hardware_loosening]",
            "findings: [{nonunion: affirmed, fracture: negated}]",
            "cannot be read",
            "- name: value",
        ),
        ("findings: [hardware_loosening]", "- nonunion", "A condition is a mapping", "findings: [nonunion]"),
        ("when:\n      findings: [hardware_loosening]", "when:", "`when` is empty", "name a condition"),
        ("families: [widget]", "families: [wigdet]", "no family", "widget"),
        ("subjects: [widgets]", "subjects: [widget]", "no subject", "widgets"),
        ("title: Widgets", "titel: Widgets", "not a key", "title"),
        ("      answer: What", "      anser: What", "not a key", "answer"),
        ("a loose widget.", "a loose widget.[@draft-2020]", "not among its references", "Name it there"),
        ("    section: imaging", "    section: imaging\n    letter: maybe", "`letter` is `maybe`", "yes"),
    ],
)
def test_every_mistake_is_named_by_line_with_what_to_write(
    old: str, new: str, problem: str, fix: str
) -> None:
    text = TOPIC.replace(old, new, 1)
    assert text != TOPIC
    error = refusal(text)
    item = next(item for item in error.problems if problem in item.problem)
    # A key that names nothing has no text of its own to stand on.
    assert abs(item.line - line_of(text, new.splitlines()[-1].strip())) <= 1
    assert fix in item.fix


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = TOPIC.replace("section: imaging", "section: x").replace("good-2019/c2", "good-2019/c9")
    assert len(refusal(text).problems) == 2


@pytest.mark.parametrize("text", ["- id: widget\n", "widget\n", ""])
def test_a_file_that_is_no_mapping_is_no_topic(text: str) -> None:
    (problem,) = refusal(text).problems
    assert (problem.line, problem.problem) == (1, "The file is not an argument topic.")


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ("claims:\n", "`claims` is missing from the topic."),
        ("claims: {loose: A claim.}\n", "`claims` must be a list."),
        ("claims: [A claim.]\n", "A claim is a mapping."),
    ],
)
def test_claims_that_are_no_list_of_mappings_are_refused(claims: str, said: str) -> None:
    text = TOPIC.split("claims:\n")[0] + claims
    (problem,) = refusal(text).problems
    assert (problem.line, problem.problem) == (line_of(text, "claims:"), said)


def test_a_claim_without_words_is_told_beside_the_mistakes_of_the_next() -> None:
    second = TOPIC.split("claims:\n")[1].replace("id: loose", "id: second").replace("imaging", "x")
    text = TOPIC.replace("    text: In 41 patients CT had a specificity of 96.7% for a loose widget.\n", "")
    found = [item.problem for item in refusal(text + second).problems]
    assert found == ["`text` is missing from the claim.", "`section` is `x`, which is unknown."]


def test_a_counter_that_is_only_words_is_refused() -> None:
    text = TOPIC.split("    counter:")[0] + "    counter: Its sensitivity was low.\n"
    (problem,) = refusal(text).problems
    assert (problem.line, problem.problem) == (line_of(text, "counter:"), "`counter` must be a mapping.")


def test_a_claim_id_stands_once() -> None:
    text = TOPIC + TOPIC.split("claims:\n")[1]
    (problem,) = refusal(text).problems
    assert "stands twice" in problem.problem
    assert problem.line == len(TOPIC.splitlines()) + 1


def test_conditions_that_ask_for_two_plans_never_hold() -> None:
    two = "when:\n      - plans: [medicaid_mco]\n      - plans: [medicare_advantage]"
    text = TOPIC.replace("when:\n      findings: [hardware_loosening]", two)
    assert "more than one kind of plan" in refusal(text).what


def test_a_text_that_cites_cites_each_of_its_references() -> None:
    text = TOPIC.replace("a loose widget.", "a loose widget. [@good-2019]")
    (claim,) = read_topic(text, "widget.yaml", known()).topic.claims
    assert claim.cited_text == "In 41 patients CT had a specificity of 96.7% for a loose widget.[@good-2019]"


def test_a_topic_that_no_case_would_get_is_refused() -> None:
    text = TOPIC.replace("families: [widget]\n", "").replace('codes: ["22849"]\n', "")
    assert "never be offered" in refusal(text).what


def test_a_broken_file_keeps_no_other_from_loading(tmp_path: Path) -> None:
    (tmp_path / "widget.yaml").write_text(TOPIC, "utf-8")
    (tmp_path / "broken.yaml").write_text("id: [", "utf-8")
    (tmp_path / "other.yaml").write_text(TOPIC, "utf-8")
    library = load_topics(tmp_path, known())
    assert [topic.id for topic in library.topics] == ["widget"]
    assert sorted(error.origin for error in library.problems) == ["broken.yaml", "other.yaml"]
    assert "widget.yaml" in next(error.fix for error in library.problems if error.origin == "other.yaml")


def test_a_topic_id_that_another_file_took_is_refused_with_its_name(tmp_path: Path) -> None:
    for name in ("widget.yaml", "widget-two.yaml", "widgets.yaml"):
        (tmp_path / name).write_text(TOPIC.replace("id: widget\n", f"id: {Path(name).stem}\n"), "utf-8")
    (tmp_path / "widgets.yaml").write_text(TOPIC, "utf-8")
    library = load_topics(tmp_path, known())
    assert [topic.id for topic in library.topics] == ["widget", "widget-two"]
    ((problem,),) = (error.problems for error in library.problems)
    assert problem.problem == "The topic id `widget` is used by widget.yaml."
    assert problem.line == line_of(TOPIC, "id: widget")


def test_the_schema_beside_the_topics_is_the_one_the_reader_knows() -> None:
    assert (resources_dir() / "schema" / "topic.schema.json").read_text("utf-8") == topic_schema_text()


def test_what_series_found_of_loose_screws_is_told_without_calling_it_common() -> None:
    told = " ".join((resources_dir() / "topics" / "lumbar-fusion-revision.yaml").read_text("utf-8").split())
    assert "Loose screws were found in 30.0% of 503 patients at 12 months [@zou-2020] and, two years" in told
    assert "in 24.7% of 198 patients. [@yao-2023]" in told
    assert "common finding" not in told
