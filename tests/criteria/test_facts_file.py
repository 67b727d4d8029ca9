"""A file of facts is read as it was meant, or every mistake is named by its path with what to write instead."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState, CriterionAssessment
from desktop.domain.clinical import Assertion, FindingKind
from desktop.domain.criteria import CriteriaSet
from desktop.domain.document import DocumentKind
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.service_line import Laterality
from desktop.domain.truth import Truth
from desktop.rules.evaluate import evaluate
from desktop.rules.facts_file import Facts, FactsFileError, read_facts
from desktop.rules.loader import load_library
from tests.criteria.sets import all_of, key, leaf, set_of, threshold

SET = set_of(
    all_of(
        leaf("care", threshold=threshold(">=", "6", "weeks"), evidence_types=["pt_record"]),
        leaf("nonunion", per="level"),
        leaf("pain", per="side"),
        leaf("code-fits", per="service_line"),
        leaf("shared-decision"),
    )
)


def read(document: Any, criteria_set: CriteriaSet = SET) -> Facts:
    return read_facts(document, criteria_set, "facts.json")


def answer(facts: Facts, criterion_id: str, subject: str = "") -> CriterionAssessment:
    return facts.assessments[key(criterion_id, subject)]


def problems(document: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(FactsFileError) as caught:
        read(document)
    return [(item.path, item.problem, item.fix) for item in caught.value.problems]


def trace(facts: Facts) -> EvaluationTrace:
    return evaluate(
        SET, facts.line, facts.assessments, facts.links, imaging=facts.imaging, documents=facts.documents
    )


NO_SINGLE_NUMBER = (
    "1,5 weeks",
    "1e400 weeks",
    "4-6 weeks",
    "4 to 6 weeks",
    "1 000 weeks",
    "0.1234567891 weeks",
)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("met", AssessmentState.MET),
        ("Not met", AssessmentState.NOT_MET),
        ("not_met", AssessmentState.NOT_MET),
        ("not-documented", AssessmentState.NOT_DOCUMENTED),
        ("unclear", AssessmentState.UNCLEAR),
        ("not applicable", AssessmentState.NOT_APPLICABLE),
        ("n/a", AssessmentState.NOT_APPLICABLE),
        ("exception", AssessmentState.EXCEPTION),
        (True, AssessmentState.MET),
        (False, AssessmentState.NOT_MET),
        ({"state": True}, AssessmentState.MET),
        ({"state": False}, AssessmentState.NOT_MET),
        ("unknown", None),
        ("", None),
    ],
)
def test_states_are_words_or_truth_values(word: object, state: AssessmentState | None) -> None:
    assert answer(read({"shared-decision": word}), "shared-decision").state is state


def test_null_is_no_answer() -> None:
    facts = read({"shared-decision": None, "levels": None, "service_on": None})
    assert facts.assessments == {}
    assert facts.line.levels == ()


@pytest.mark.parametrize(
    "value",
    [
        "8 weeks",
        "8weeks",
        {"value": 8, "unit": "weeks"},
        {"value": "8", "unit": "weeks"},
        {"value": "8 weeks"},
        {"value": 8.0, "unit": "weeks"},
        {"amount": "8 weeks"},
    ],
)
def test_a_value_is_a_number_with_its_unit(value: object) -> None:
    facts = read({"care": value})
    amount = answer(facts, "care").amount
    assert amount is not None
    assert (amount.value, amount.unit) == (Decimal(8), "weeks")
    assert answer(facts, "care").state is None


def test_a_value_may_stand_beside_a_state_with_a_note_and_what_waives_it() -> None:
    given_answer = {
        "state": "exception",
        "waived_by": " section 4 ",
        "value": 2,
        "unit": "weeks",
        "note": "n",
    }
    found = answer(read({"care": given_answer}), "care")
    assert found.exception_source == "section 4"
    assert found.note == "n"
    assert found.amount is not None


def test_a_date_is_the_day_of_a_document_that_the_answer_rests_on() -> None:
    for spelling in ("date", "dated_on"):
        facts = read({"care": {"value": 8, "unit": "weeks", spelling: "2026-03-01"}})
        (document,) = facts.documents
        assert document.dated_on == date(2026, 3, 1)
        # Nothing is said against the kind of a document of which the file says nothing.
        assert document.kind is DocumentKind.PT_RECORD
        assert facts.named_documents == ()
        (link,) = facts.links[key("care")]
        assert link.span.document_id == document.id
    named = read({"care": {"state": "met", "date": "2026-03-01", "document": "clinic note"}})
    assert named.named_documents[0].kind is DocumentKind.CLINIC_NOTE


def test_answers_are_given_level_by_level_and_the_levels_become_those_of_the_line() -> None:
    facts = read({"nonunion": {"L5-S1": "not met", "L4-5": "met"}})
    assert facts.line.levels == ("L4-L5", "L5-S1")
    assert answer(facts, "nonunion", "L4-L5").state is AssessmentState.MET
    assert answer(facts, "nonunion", "L5-S1").state is AssessmentState.NOT_MET


def test_an_answer_for_all_levels_yields_to_the_one_for_a_level() -> None:
    facts = read({"levels": "L2-S1", "nonunion": "met", "L5-S1": {"nonunion": "not met"}})
    assert facts.line.levels == ("L2-L3", "L3-L4", "L4-L5", "L5-S1")
    assert answer(facts, "nonunion", "L2-L3").state is AssessmentState.MET
    assert answer(facts, "nonunion", "L5-S1").state is AssessmentState.NOT_MET


def test_a_dated_answer_for_all_levels_leaves_no_document_where_another_answer_stands() -> None:
    dated = {"state": "met", "date": "2026-03-01"}
    facts = read({"levels": ["L4-5", "L5-S1"], "nonunion": dated, "L5-S1": {"nonunion": "met"}})
    assert list(facts.links) == [key("nonunion", "L4-L5")]


def test_answers_are_given_side_by_side() -> None:
    facts = read({"pain": {"left": "met", "right": "not met"}})
    assert facts.line.laterality is Laterality.BILATERAL
    assert answer(facts, "pain", "right").state is AssessmentState.NOT_MET
    assert read({"side": "left", "pain": "met"}).line.laterality is Laterality.LEFT
    assert read({"sides": ["left", "right"]}).line.laterality is Laterality.BILATERAL
    assert read({"side": "bilateral"}).line.laterality is Laterality.BILATERAL
    assert answer(read({"pain": {"both": "met"}}), "pain", "left").state is AssessmentState.MET
    assert answer(read({"left": {"pain": "met"}}), "pain", "left").state is AssessmentState.MET


def test_answers_may_stand_under_answers_or_facts_with_the_line_beside_or_inside() -> None:
    flat = read({"levels": ["L4-L5"], "service_on": "2026-05-01", "nonunion": "met", "code-fits": "met"})
    nested = read(
        {
            "service_on": "2026-05-01",
            "answers": {"levels": ["L4-L5"], "nonunion": "met"},
            "facts": {"code-fits": "met"},
        }
    )
    assert nested == flat
    assert flat.line.service_on == date(2026, 5, 1)
    assert answer(flat, "code-fits", flat.line.id).state is AssessmentState.MET


def test_findings_are_affirmed_unless_said_otherwise() -> None:
    facts = read({"findings": ["nonunion", "stenosis:negated"]})
    (study,) = facts.imaging
    assert [(item.kind, item.assertion) for item in study.findings] == [
        (FindingKind.NONUNION, Assertion.AFFIRMED),
        (FindingKind.STENOSIS, Assertion.NEGATED),
    ]
    assert read({}).imaging == ()


def test_an_answer_per_level_without_any_level_is_remarked_and_not_used() -> None:
    facts = read({"nonunion": "met", "pain": "met"})
    assert facts.assessments == {}
    assert "asked per level" in facts.remarks[0]
    assert '"levels": ["L5-S1"]' in facts.remarks[0]
    assert '"side": "left"' in facts.remarks[1]


def test_the_facts_are_what_evaluating_takes() -> None:
    everything = {
        "side": "left",
        "levels": ["L4-L5"],
        "care": "6 weeks",
        "nonunion": "met",
        "pain": "met",
        "code-fits": "met",
        "shared-decision": "met",
    }
    assert trace(read(everything)).truth is Truth.TRUE
    assert trace(read({**everything, "care": "5 weeks"})).truth is Truth.FALSE
    assert trace(read({**everything, "care": None})).truth is Truth.UNKNOWN
    assert trace(read({**everything, "care": "2 months"})).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("document", "path", "problem", "fix"),
    [
        ([], "", "not an object", '{"criterion-id": "met"}'),
        ({"shared-decison": "met"}, "shared-decison", "no criterion", "Did you mean `shared-decision`?"),
        ({"zzz": "met"}, "zzz", "no criterion", "care, nonunion"),
        ({"levls": ["L4-L5"]}, "levls", "no criterion", "Did you mean `levels`?"),
        ({"shared-decision": "mett"}, "shared-decision", "not a state", 'Did you mean "met"?'),
        ({"shared-decision": "yes, certainly"}, "shared-decision", "not a state", "Write one of"),
        ({"care": 8}, "care", "has no unit", '"8 weeks"'),
        ({"care": "8"}, "care", "has no unit", '"8 weeks"'),
        ({"care": {"value": 8}}, "care.value", "has no unit", '"8 weeks"'),
        ({"care": {"value": "about 8", "unit": "weeks"}}, "care.value", "not a number", '"value": 8'),
        ({"care": {"value": True, "unit": "weeks"}}, "care.value", "not a number", '"value": 8'),
        ({"care": {"value": [8], "unit": "weeks"}}, "care.value", "not a number", '"value": 8'),
        ({"care": {"value": "many weeks"}}, "care.value", "not a number with a unit", '"8 weeks"'),
        ({"care": {"amount": "8 weeks", "value": 8}}, "care.value", "say the same", "Keep one"),
        ({"care": {"state": ["met"]}}, "care.state", "not a text", "quotation marks"),
        ({"care": {"state": "met", "unti": "weeks"}}, "care.unti", "not part of an answer", "`unit`"),
        ({"care": {"state": "met", "zzzzz": 1}}, "care.zzzzz", "not part of an answer", "Use one of"),
        ({"care": {"state": "met", "date": "2026-02-30"}}, "care.date", "not a possible date", "2026-01-31"),
        ({"care": {"state": "met", "date": 20260301}}, "care.date", "not a possible date", "2026-01-31"),
        ({"care": {"state": "met", "date": "0026-03-01"}}, "care.date", "not a possible date", "2026-01-31"),
        (
            {"care": {"state": "met", "date": "2026-03-01", "dated_on": "2026-03-01"}},
            "care.date",
            "say the same",
            "Keep one",
        ),
        ({"care": {"state": "met", "document": "diary"}}, "care.document", "not a kind", "pt_record"),
        ({"care": {"state": "met", "waived_by": "x"}}, "care.waived_by", "goes with", "exception"),
        ({"care": ["met"]}, "care", "not an answer", "Write one of"),
        ({"care": {}}, "care", "not an answer", "Write one of"),
        ({"shared-decision": 1}, "shared-decision", "has no unit", '"met"'),
        ({"shared-decision": "8 weeks"}, "shared-decision", "no threshold", '"met" or "not met"'),
        ({"shared-decision": {"value": 8, "unit": "mm"}}, "shared-decision", "no threshold", "met"),
        ({"shared-decision": {"L4-L5": "met"}}, "shared-decision.L4-L5", "not asked per", "one answer"),
        ({"nonunion": {"left": "met"}}, "nonunion.left", "not a spinal level", "L5-S1"),
        ({"nonunion": {"L9": "met"}}, "nonunion.L9", "not a spinal level", "L5-S1"),
        ({"pain": {"L4-L5": "met"}}, "pain.L4-L5", "not a side", '"left"'),
        ({"levels": ["L9"]}, "levels[0]", "not a spinal level", "L5-S1"),
        ({"levels": "left"}, "levels", "not a spinal level", "L5-S1"),
        ({"side": "L4-L5"}, "side", "not a side", '"left"'),
        ({"levels": [4]}, "levels[0]", "not a text", "quotation marks"),
        ({"levels": 4}, "levels", "neither a text nor a list", '["one"'),
        ({"service_on": "May"}, "service_on", "not a possible date", "2026-01-31"),
        ({"findings": ["nonunoin"]}, "findings[0]", "not a finding", "`nonunion`"),
        ({"findings": ["zzz"]}, "findings[0]", "not a finding", "Use one of"),
        ({"findings": ["nonunion:perhaps"]}, "findings[0]", "says nothing", "affirmed"),
        ({"L4-L5": {"zzz": "met"}}, "L4-L5.zzz", "no criterion", "Use one of"),
        ({"L4-L5": {"shared-decision": "met"}}, "L4-L5.shared-decision", "not asked per", "one answer"),
        ({"L4-S1": {"nonunion": "mett"}}, "L4-S1.nonunion", "not a state", 'Did you mean "met"?'),
        ({"L4-L5": "met"}, "L4-L5", "does not say which criterion", '{"criterion-id": "met"}'),
        ({"answers": {"care": "met"}, "care": "met"}, "care", "answered twice", "Keep one"),
        ({"nonunion": {"L4-5": "met", "L4-L5": "met"}}, "nonunion.L4-L5", "twice for L4-L5", "Keep one"),
        ({"levels": "L5", "facts": {"levels": "L5"}}, "facts.levels", "two places", "Keep one"),
        ({"answers": "met"}, "answers", "not an object", '{"criterion-id": "met"}'),
        ({"care": {"unit": "weeks"}}, "care.unit", "without a value", '"8 weeks"'),
        ({"care": {"state": "met", "date": "2026-W05-6"}}, "care.date", "not a possible date", "2026-01-31"),
        *(({"care": text}, "care", "not a number with a unit", '"8 weeks"') for text in NO_SINGLE_NUMBER),
        *(
            ({"care": {"amount": text}}, "care.amount", "not a number", "8 weeks")
            for text in NO_SINGLE_NUMBER
        ),
    ],
)
def test_a_mistake_is_named_by_its_path_with_what_to_write(
    document: object, path: str, problem: str, fix: str
) -> None:
    found = problems(document)
    assert [(at, problem in said, fix in instead) for at, said, instead in found] == [(path, True, True)], (
        found
    )


def test_every_mistake_is_told_at_once_and_of_very_many_the_first_twenty() -> None:
    assert len(problems({"x": 1, "y": 2, "care": 3})) == 3
    with pytest.raises(FactsFileError) as caught:
        read({f"no-such-{number}": "met" for number in range(30)})
    assert "and 10 more" in caught.value.what
    assert caught.value.what.startswith("facts.json: no-such-0: ")
    assert caught.value.safe == "Nothing was evaluated or changed."


def test_a_long_or_broken_key_is_shown_on_one_short_line() -> None:
    (found,) = problems({"a\nb" + "x" * 500: "met"})
    assert "\n" not in found[0]
    assert len(found[0]) <= 60


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(
    ["care", "nonunion", "pain", "levels", "side", "findings", "answers", "L4-L5", "left"]
)


@given(st.dictionaries(_KEYS, _PLAIN))
def test_any_json_is_read_or_refused_in_words(document: dict[str, Any]) -> None:
    try:
        facts = read(document)
    except FactsFileError as refusal:
        found = refusal.problems
    else:
        assert trace(facts).levels
        found = ()
    assert all(item.problem and item.fix for item in found)


def test_a_character_that_cannot_be_stored_is_refused_wherever_it_stands() -> None:
    for document in ({"care\x00": "met"}, {"care": {"note": "a\x00"}}, {"levels": ["\x00"]}):
        (found,) = problems(document)
        assert "cannot be stored" in found[1]


def test_sides_that_the_set_does_not_ask_for_are_remarked_on() -> None:
    by_level = set_of(all_of(leaf("nonunion", per="level")))
    for document in ({"side": "left"}, {"sides": ["left", "right"]}, {"answers": {"side": "both"}}):
        (remark,) = read(document, by_level).remarks
        assert "no criterion of this set is asked per side" in remark
    assert read({"side": "left"}).remarks == ()


def test_a_kind_of_document_without_a_day_is_remarked_on() -> None:
    (remark,) = read({"care": {"state": "met", "document": "pt_record"}}).remarks
    assert remark == "care.document: `document` counts only beside a `date`; it was not used."
    assert read({"care": {"state": "met", "document": "pt_record", "date": "2026-03-01"}}).remarks == ()


def test_the_example_of_the_readme_is_read_as_it_is_explained() -> None:
    folder = Path(__file__).resolve().parents[2] / "criteria"
    (example,) = re.findall(
        r"```json\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    shipped = load_library(folder).get("lumbar-fusion-revision.cms-l37848")
    assert shipped is not None
    facts = read(json.loads(example), shipped)
    assert facts.remarks == ()
    assert facts.line.levels == ("L4-L5", "L5-S1")
    states = {(asked.criterion_id, asked.subject): said.state for asked, said in facts.assessments.items()}
    assert states == {
        ("initial-relief", ""): AssessmentState.MET,
        ("time-since-fusion", ""): None,
        ("nonunion-on-imaging", "L4-L5"): AssessmentState.MET,
        ("nonunion-on-imaging", "L5-S1"): AssessmentState.UNCLEAR,
        ("conservative-care", ""): AssessmentState.EXCEPTION,
        ("counselling", ""): AssessmentState.MET,
    }
    assert [item.dated_on for item in facts.documents] == [date(2026, 3, 2), date(2026, 2, 11)]
