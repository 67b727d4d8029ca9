"""The case format: what is read comes out the same, and every mistake is named with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file import CaseFile, FileEvidence
from desktop.domain.document import Document, SpanState, check_span
from desktop.domain.errors import UserFacingError
from desktop.intake.case_json import CaseFileError, dump_case_file, evidence_span, load_case_file
from desktop.intake.case_schema import schema_text
from tests.intake.sample_files import ALL, SAMPLE, SCHEMA, as_bytes, sample_object

Spoil = Callable[[dict[str, Any]], object]
MINIMAL = {"format": "indicated-case/1", "case": {"id": "a"}}


def problems_of(data: bytes) -> tuple[str, ...]:
    with pytest.raises(CaseFileError) as caught:
        load_case_file(data, "case.json")
    return caught.value.problems


def with_case(**fields: object) -> bytes:
    return as_bytes({"format": "indicated-case/1", "case": {"id": "a", **fields}})


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_shipped_case_is_read_without_an_open_point_and_written_back_the_same(path: Path) -> None:
    data = path.read_bytes()
    loaded = load_case_file(data, path.name)
    assert loaded.problems == ()
    assert dump_case_file(loaded.case_file) == data.decode("utf-8")
    assert load_case_file(dump_case_file(loaded.case_file).encode(), "again").case_file == loaded.case_file


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_linked_quote_is_sealed_where_it_stands(path: Path) -> None:
    case_file = load_case_file(path.read_bytes(), path.name).case_file
    for assessment in case_file.assessments:
        for evidence in assessment.evidence:
            document = case_file.case.document(evidence.document_id)
            assert document is not None
            span = evidence_span(document, evidence)
            assert span.quote == evidence.quote
            assert check_span(span, document) is SpanState.INTACT


def test_the_shipped_schema_is_the_one_of_the_models() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_the_schema_describes_every_object_and_allows_no_unknown_field() -> None:
    schema = json.loads(schema_text())
    shapes = [schema, *(shape for shape in schema["$defs"].values() if shape["type"] == "object")]
    for shape in shapes:
        assert shape["description"]
        assert shape["additionalProperties"] is False
    described = schema["$defs"]["FileEvidence"]["properties"]["occurrence"]
    assert described["description"].startswith("Which one, counted from 1")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "file: is empty"),
        (b" \n", "file: is empty"),
        (b"\xff\xfe{", "file: is not UTF-8 text (byte 1)"),
        (b"{", "line 1, column 2: is not JSON (the name of a field, in double quotes, is missing)"),
        (b"[" * 100_000, "file: is nested more than 24 levels deep"),
        (b"[]", "file: must be an object in curly brackets"),
        (b'{"format": NaN}', "file: holds NaN, which is not a number in JSON"),
        (b'{"format": 1e400}', "file: holds a number with the exponent 400, which no measurement has"),
        (b'{"a": 1, "a": 2, "a": 3}', "a: is given more than once"),
    ],
)
def test_what_is_not_json_is_refused_in_words(data: bytes, problem: str) -> None:
    assert problems_of(data) == (problem,)


def test_a_file_of_more_than_20_mb_is_refused_before_it_is_parsed() -> None:
    assert problems_of(b" " * 20_000_001) == (
        "file: is larger than 20,000,000 bytes, the most a case file may have",
    )


def test_a_long_row_of_digits_is_refused_in_words() -> None:
    (problem,) = problems_of(b'{"format": ' + b"9" * 5_000 + b"}")
    assert problem.startswith("file: ")


def test_a_byte_order_mark_is_no_problem() -> None:
    assert load_case_file(b"\xef\xbb\xbf" + as_bytes(MINIMAL), "x").case_file.case.id == "a"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"titel": 1}, "case.titel: is not a field of this format"),
        (
            {"service_lines": [{"id": "l", "lable": "x"}]},
            "case.service_lines[0].lable: is not a field of this format; did you mean 'label'?",
        ),
        ({"service_lines": [{}]}, "case.service_lines[0].id: is missing"),
        ({"is_synthetic": "yes"}, "case.is_synthetic: must be true or false, without quotes"),
        (
            {"service_lines": [{"id": "l", "units": "2"}]},
            "case.service_lines[0].units: must be a whole number, without quotes",
        ),
        ({"number": 7}, "case.number: must be text in quotes"),
        ({"documents": {}}, "case.documents: must be a list in square brackets"),
        ({"member": []}, "case.member: must be an object in curly brackets"),
        (
            {"member": {"date_of_birth": "86400"}},
            "case.member.date_of_birth: is not a date; write it as YYYY-MM-DD",
        ),
        (
            {"member": {"date_of_birth": 86400}},
            "case.member.date_of_birth: must be a date in quotes, written YYYY-MM-DD",
        ),
        (
            {"service_lines": [{"id": "l", "levels": ["L9"]}]},
            "case.service_lines[0].levels[0]: 'L9' is not a spinal level; write for example L5, L4-L5 or L2-S1",
        ),
        ({"scores": [{"id": "s", "value": "many"}]}, "case.scores[0].value: must be a number"),
        (
            {"scores": [{"id": "s", "value": "1e99"}]},
            "case.scores[0].value: is not a number that a measurement can have",
        ),
        (
            {"documents": [{"id": "d", "text": "a\x00b"}]},
            "case.documents[0].text: U+0000 (NUL) at character 2 cannot be stored or printed; remove it",
        ),
        (
            {"documents": [{"id": "d", "text": "abc", "page_starts": [0, 9]}]},
            "case.documents[0]: page starts must begin at 0, rise, and lie within the text",
        ),
        (
            {"documents": [{"id": "no spaces"}]},
            "case.documents[0].id: must be an id: letters, digits, _ . : -, at most 80 characters",
        ),
        ({"documents": [{"id": "d"}, {"id": "d"}]}, "case.documents: the id 'd' is used 2 times"),
        (
            {"scores": [{"id": "s", "document_id": "d"}]},
            "case.scores[0].document_id: no document has the id 'd'",
        ),
        (
            {"denial": {"reasons": [{"id": "r", "service_line_ids": ["l"]}]}},
            "case.denial.reasons[0].service_line_ids: no service line has the id 'l'",
        ),
    ],
)
def test_a_wrong_field_is_named_by_its_path(fields: dict[str, Any], problem: str) -> None:
    assert problems_of(with_case(**fields)) == (problem,)


def test_a_day_that_the_calendar_does_not_have_is_refused() -> None:
    (problem,) = problems_of(with_case(member={"date_of_birth": "2026-02-30"}))
    assert problem.startswith("case.member.date_of_birth: is not a day of the calendar")


def test_an_unknown_choice_is_answered_with_the_choices() -> None:
    (problem,) = problems_of(with_case(status="open"))
    assert problem.startswith("case.status: must be one of 'draft', 'under_review'")


def test_a_lone_surrogate_is_named() -> None:
    (problem,) = problems_of(b'{"format": "indicated-case/1", "case": {"id": "a", "number": "\\ud800"}}')
    assert problem.startswith("case.number: U+D800 (half of a surrogate pair) at character 1")


def test_another_format_is_said_to_be_another_format() -> None:
    (problem,) = problems_of(as_bytes({**MINIMAL, "format": "indicated-case/2"}))
    assert problem == "format: must be 'indicated-case/1': this version reads no other format"


def test_every_problem_is_listed_and_a_long_list_is_cut_only_in_the_message() -> None:
    data = with_case(documents=[{"id": f"d{n}", "colour": 1} for n in range(60)])
    with pytest.raises(CaseFileError) as caught:
        load_case_file(data, "sixty.json")
    assert len(caught.value.problems) == 60
    assert "'sixty.json' could not be read as a case: 60 problems." in caught.value.what
    assert "and 20 more" in caught.value.what


def spoil_quote(sample: dict[str, Any]) -> None:
    sample["assessments"][0]["evidence"][0]["quote"] = "words that nobody wrote"


def spoil_document(sample: dict[str, Any]) -> None:
    sample["assessments"][0]["evidence"][0]["document_id"] = "nowhere"


def spoil_occurrence(sample: dict[str, Any]) -> None:
    sample["assessments"][0]["evidence"][0]["occurrence"] = 2


def make_ambiguous(sample: dict[str, Any]) -> None:
    evidence = sample["assessments"][0]["evidence"][0]
    evidence["quote"] = "L4-L5"
    del evidence["occurrence"]


def answer_twice(sample: dict[str, Any]) -> None:
    sample["assessments"].append(sample["assessments"][0])


def spoil_finding(sample: dict[str, Any]) -> None:
    sample["case"]["imaging"][0]["findings"][0]["quote"] = "words that nobody wrote"


def decide_twice(sample: dict[str, Any]) -> None:
    sample["determinations"].append(sample["determinations"][0])


def decide_nothing(sample: dict[str, Any]) -> None:
    sample["determinations"][0]["service_line_id"] = "nowhere"


def decide_another_level(sample: dict[str, Any]) -> None:
    sample["determinations"][0]["levels"] = ["C5-C6"]


def decide_a_side(sample: dict[str, Any]) -> None:
    sample["determinations"][0]["sides"] = ["left"]


def explain_no_amount(sample: dict[str, Any]) -> None:
    sample["assessments"][0]["arithmetic"] = "PT 2026-02-03 to 2026-03-24: 7 weeks 0 days"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (decide_a_side, "determinations[0].sides: 'line-reinsertion' is not asked for on the left"),
        (
            explain_no_amount,
            "assessments[0].arithmetic: says how an amount was worked out, and there is no amount",
        ),
        (spoil_quote, "assessments[0].evidence[0].quote: does not stand in document 'doc-flexion'"),
        (spoil_document, "assessments[0].evidence[0].document_id: no document has the id 'nowhere'"),
        (
            spoil_occurrence,
            "assessments[0].evidence[0].occurrence: is 2, but the words stand once in 'doc-flexion'",
        ),
        (
            make_ambiguous,
            (
                "assessments[0].evidence[0].quote: stands 2 times in document 'doc-flexion'; "
                "say which with occurrence, or quote more of the sentence"
            ),
        ),
        (
            answer_twice,
            "assessments[62]: 'scoliosis' of 'meridian-example.sp-22' is answered more than once",
        ),
        (spoil_finding, "case.imaging[0].findings[0].quote: does not stand in document 'doc-ct'"),
        (decide_twice, "determinations[3].service_line_id: 'line-reinsertion' is decided more than once"),
        (decide_nothing, "determinations[0].service_line_id: no service line has the id 'nowhere'"),
        (decide_another_level, "determinations[0].levels: C5-C6 is not a level of 'line-reinsertion'"),
    ],
)
def test_what_does_not_fit_together_is_refused(spoil: Spoil, problem: str) -> None:
    sample = sample_object()
    spoil(sample)
    assert problems_of(as_bytes(sample)) == (problem,)


def test_what_is_merely_open_is_told_and_does_not_stop_the_case() -> None:
    data = as_bytes(
        {
            "format": "indicated-case/1",
            "case": {
                "id": "a",
                "documents": [{"id": "d", "text": "one\r\ntwo"}, {"id": "e"}],
                "imaging": [{"id": "i", "findings": [{"id": "f", "quote": "x"}, {"id": "g"}]}],
            },
            "assessments": [
                {"set_id": "s", "criterion_id": "c", "state": "exception"},
                {"set_id": "s", "criterion_id": "d", "evidence": [{"document_id": "d", "quote": "one"}]},
            ],
            "sign_off": {"name": "N", "credential": "RN", "meaning": "M"},
        }
    )
    assert load_case_file(data, "x").problems == (
        "case.imaging[0]: names no document, so its quotes were not checked",
        "case.imaging[0].findings[1]: has no quote from its report",
        "case.documents[0]: has carriage returns; they count as characters of its quotes",
        "case.documents[1]: has no text",
        "assessments[0]: is an exception without a source, so it does not count as met",
        "assessments[1]: has words linked but no answer",
        "sign_off: signs no determination",
    )


def test_the_occurrence_chooses_among_equal_words() -> None:
    document = Document(id="d", text="L5 loose. L5 loose.", page_starts=(0, 10))
    span = evidence_span(document, FileEvidence(document_id="d", quote="L5 loose.", occurrence=2))
    assert (span.start, span.end, span.page) == (10, 19, 2)
    with pytest.raises(ValueError, match="that often"):
        evidence_span(document, FileEvidence(document_id="d", quote="L5 loose.", occurrence=3))
    with pytest.raises(ValueError, match="another document"):
        evidence_span(document, FileEvidence(document_id="e", quote="L5 loose."))


def test_an_occurrence_survives_being_written_and_read() -> None:
    data = as_bytes(
        {
            **MINIMAL,
            "case": {"id": "a", "documents": [{"id": "d", "text": "aa aa"}]},
            "assessments": [
                {
                    "set_id": "s",
                    "criterion_id": "c",
                    "state": "met",
                    "evidence": [{"document_id": "d", "quote": "aa", "occurrence": 1}],
                }
            ],
        }
    )
    case_file = load_case_file(data, "x").case_file
    assert load_case_file(dump_case_file(case_file).encode(), "y").case_file == case_file


def test_an_error_repeats_no_value_of_the_file() -> None:
    sample = sample_object()
    sample["case"]["status"] = "Harlan Testerman"
    sample["case"]["member"]["date_of_birth"] = "Harlan Testerman"
    with pytest.raises(CaseFileError) as caught:
        load_case_file(as_bytes(sample), "x.json")
    assert "Testerman" not in str(caught.value)
    assert isinstance(caught.value, UserFacingError)


def load_or_refuse(data: bytes) -> CaseFile | None:
    try:
        return load_case_file(data, "fuzz").case_file
    except CaseFileError as error:
        refused = error
    assert refused.problems
    assert all(": " in problem for problem in refused.problems)
    str(refused).encode("utf-8")
    return None


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    load_or_refuse(data)


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(st.characters(exclude_categories=()), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=12,
)


@given(_json, _json)
def test_any_json_as_a_case_is_read_or_refused(case: object, assessments: object) -> None:
    value = {"format": "indicated-case/1", "case": case, "assessments": assessments}
    load_or_refuse(json.dumps(value).encode())


@given(st.integers(0, 200_000), st.binary(min_size=1, max_size=6))
def test_a_damaged_sample_is_read_or_refused(place: int, damage: bytes) -> None:
    data = SAMPLE.read_bytes()
    place %= len(data)
    load_or_refuse(data[:place] + damage + data[place + len(damage) :])


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60))
def test_any_text_comes_back_exactly(text: str) -> None:
    data = with_case(review_question=text, documents=[{"id": "d", "text": text}])
    case_file = load_case_file(data, "x").case_file
    again = load_case_file(dump_case_file(case_file).encode(), "y").case_file
    assert again.case.review_question == text
    assert again.case.documents[0].text == text
