"""A template gives a letter the order and the words of a house, and is a file whose every mistake has a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import BlockKind, LetterContent, LetterKind, OriginKind
from desktop.domain.letter_check import LetterProblem
from desktop.domain.stationery import LetterTemplate, TemplatePart
from desktop.letters.checking.required import RULES
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.template_file import (
    MOST_CHARACTERS,
    MOST_PARTS,
    TemplateFileError,
    load_templates,
    template_of,
    template_text,
)
from desktop.settings.paths import resources_dir
from tests.unit.letters.fixtures import CASE, inputs_for

TEXTS = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40).filter(
    lambda text: "{{" not in text
)


def template(
    *parts: TemplatePart, kind: LetterKind = LetterKind.FIRST_LEVEL, closing: str = ""
) -> LetterTemplate:
    return LetterTemplate(id="ours", name="Ours", kind=kind, parts=parts, closing=closing)


def composed(made: LetterTemplate, inputs: LetterInputs | None = None) -> LetterContent:
    return compose_letter(replace(inputs or inputs_for(), template=made))


def problems(made: LetterTemplate) -> list[LetterProblem]:
    inputs = replace(inputs_for(), template=made)
    content = compose_letter(inputs)
    return [item for rule in RULES for item in rule(content, inputs)]


def rules(found: Sequence[LetterProblem]) -> set[str]:
    return {item.rule for item in found}


def test_blocks_stand_in_the_order_of_the_template_and_each_once() -> None:
    made = template(
        TemplatePart(block=BlockKind.RELIEF),
        TemplatePart(block=BlockKind.DATE),
        TemplatePart(block=BlockKind.RELIEF),
    )
    kinds = [block.kind for block in composed(made).blocks]
    assert kinds == [BlockKind.RELIEF, BlockKind.DATE, BlockKind.REFERENCES]


def test_blocks_of_one_kind_stay_together_and_only_the_first_gets_the_heading() -> None:
    made = template(TemplatePart(block=BlockKind.CRITERIA_TABLE, heading="Point by point"))
    tables = [block for block in composed(made).blocks if block.kind is BlockKind.CRITERIA_TABLE]
    fresh = [block for block in compose_letter(inputs_for()).blocks if block.kind is BlockKind.CRITERIA_TABLE]
    assert [block.id for block in tables] == [block.id for block in fresh]
    assert tables[0].heading == "Point by point"
    assert [block.heading for block in tables[1:]] == [block.heading for block in fresh[1:]]


def test_words_of_the_template_stand_before_the_blocks_own() -> None:
    made = template(TemplatePart(block=BlockKind.RELIEF, text="For {{member.name}} we ask:"))
    block = composed(made).blocks[0]
    own = next(item for item in compose_letter(inputs_for()).blocks if item.kind is BlockKind.RELIEF)
    assert block.paragraphs[0].text == "For Morgan Example we ask:"
    assert block.paragraphs[1:] == own.paragraphs


def test_own_text_says_that_it_was_typed_and_what_of_the_record_it_holds() -> None:
    made = template(TemplatePart(heading="From us", text="First {{member.name}}.\n\nSecond."))
    block = composed(made).blocks[0]
    assert (block.kind, block.heading, block.id) == (BlockKind.OWN, "From us", "own.1")
    kinds = [[origin.kind for origin in item.provenance] for item in block.paragraphs]
    assert kinds == [[OriginKind.TYPED, OriginKind.RECORD], [OriginKind.TYPED]]


def test_a_heading_prints_the_record_as_it_is() -> None:
    member = CASE.member.model_copy(update={"given_name": "[@x]", "family_name": "{{member.id}}"})
    inputs = inputs_for(CASE.model_copy(update={"member": member}))
    made = template(
        TemplatePart(heading="For {{member.name}}", text="a"),
        TemplatePart(block=BlockKind.RELIEF, heading="{{member.name}} asks"),
    )
    headings = [block.heading for block in composed(made, inputs).blocks]
    assert headings[:2] == ["For [@x] {{member.id}}", "[@x] {{member.id}} asks"]


def test_the_closing_words_take_the_place_of_the_forms() -> None:
    made = template(TemplatePart(block=BlockKind.SIGNATURE), closing="With regards,")
    block = composed(made).blocks[0]
    assert block.paragraphs[0].text == "With regards,"
    assert "Sincerely," not in block.text
    assert "Dana Sample, MD" in block.text


def test_a_template_of_another_kind_is_not_used_and_that_is_told() -> None:
    made = template(TemplatePart(block=BlockKind.DATE), kind=LetterKind.WITHDRAWAL)
    assert composed(made) == compose_letter(inputs_for())
    assert "template-kind" in rules(problems(made))


def test_an_unknown_name_is_an_error_with_the_nearest_field() -> None:
    found = problems(template(TemplatePart(text="Dear {{membr.name}}")))
    wrong = next(item for item in found if item.rule == "unknown-placeholder")
    assert "{{membr.name}}" in wrong.message
    assert "{{member.name}}" in wrong.message


def test_a_template_that_leaves_out_the_answers_to_adverse_points_is_told() -> None:
    found = problems(template(TemplatePart(block=BlockKind.DATE)))
    message = next(item.message for item in found if item.rule == "template-leaves-out")
    assert "imaging" in message
    assert "does not establish" in message
    assert "missing-relief" in rules(found)


@pytest.mark.parametrize(
    "path", sorted((resources_dir() / "templates").glob("*.yaml")), ids=lambda path: path.stem
)
def test_each_shipped_template_composes_and_leaves_nothing_open(path) -> None:
    made = template_of(path.read_text("utf-8"), path.name)
    assert made.id == path.stem
    inputs = replace(inputs_for(), kind=made.kind, template=made)
    content = compose_letter(inputs)
    found = {item.rule for rule in RULES for item in rule(content, inputs)}
    assert not {rule for rule in found if rule.startswith(("missing-", "template-", "unknown-", "reason-"))}
    assert "{{" not in " ".join(block.text for block in content.blocks)


def test_the_shipped_templates_are_loaded_with_ids_of_their_own() -> None:
    found = load_templates(resources_dir() / "templates")
    assert len({item.id for item in found}) == len(found) >= 3


@given(
    parts=st.lists(
        st.builds(
            TemplatePart,
            block=st.one_of(
                st.none(), st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.OWN])
            ),
            heading=TEXTS,
            text=TEXTS,
        ).filter(lambda part: part.block is not None or part.heading.strip() or part.text.strip()),
        min_size=1,
        max_size=6,
    ),
    name=TEXTS.filter(str.strip),
    closing=TEXTS,
)
def test_a_template_is_read_back_as_it_was_written(
    parts: list[TemplatePart], name: str, closing: str
) -> None:
    made = LetterTemplate(
        id="x-1", name=name.strip(), kind=LetterKind.EXPEDITED, parts=tuple(parts), closing=closing
    )
    assert template_of(template_text(made), "x") == made


HEAD = "format: indicated-template/1\nid: x\nname: X\nkind: first-level\n"


def test_a_template_of_too_many_parts_is_refused() -> None:
    with pytest.raises(TemplateFileError) as raised:
        template_of(f"{HEAD}parts:\n" + "  - block: date\n" * (MOST_PARTS + 1), "ours.yaml")
    assert "at most 200 parts" in str(raised.value)


def test_a_starting_template_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_bytes(b"\xff")
    with pytest.raises(UserFacingError, match=r"broken\.yaml could not be read"):
        load_templates(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("- a\n", 1, "must stand"),
        ("format: [\n", 2, "not YAML"),
        (HEAD, 1, "“parts” is missing"),
        (f"{HEAD}parts: []\n", 5, "at least one"),
        (f"{HEAD}parts:\n  - block: relieff\n", 6, "no block"),
        (f"{HEAD}parts:\n  - block: date\n    colour: red\n", 7, "no part of a part"),
        (f"{HEAD}parts:\n  - text: Dear {{{{membr.name}}}}\n", 6, "{{member.name}}"),
        (f"{HEAD}parts:\n  - {{}}\n", 6, "names a block"),
        (f"{HEAD}name: Y\nparts:\n  - block: date\n", 5, "twice"),
        (f"{HEAD.replace('first-level', 'third-level')}parts:\n  - block: date\n", 4, "no kind of letter"),
        (f"{HEAD.replace('template/1', 'template/9')}parts:\n  - block: date\n", 1, "format must be"),
        (f"{HEAD.replace('id: x', 'id: a b')}parts:\n  - block: date\n", 2, "id holds"),
        (f"{HEAD}parts:\n  - block: [date]\n", 6, "must be text"),
        ("a: \x00", 1, "U+0000"),
        ("x" * (MOST_CHARACTERS + 1), 1, "at most"),
        (f"{HEAD}parts: !!python/object/apply:os.system ['true']\n", 5, "must stand"),
        ("[" * 5000, 1, ""),
    ],
)
def test_each_mistake_is_named_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TemplateFileError) as raised:
        template_of(text, "ours.yaml")
    assert any(item.line == line and words in item.message for item in raised.value.mistakes), [
        (item.line, item.message) for item in raised.value.mistakes
    ]
    assert "Nothing was changed." in str(raised.value)
