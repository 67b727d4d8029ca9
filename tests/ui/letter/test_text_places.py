"""Where findings and comments stand in the editor's text, whatever was typed around them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.domain.letter_check import LetterProblem, Place
from desktop.domain.letter_history import LetterComment
from desktop.domain.severity import Severity
from desktop.ui.letter.text_places import MarkKind, cell_of, marks_for, paragraphs_in, place_of, starts_of

words = st.text(alphabet="ab .5", min_size=1, max_size=12).filter(str.strip)


def block(*texts: str) -> LetterBlock:
    paragraphs = tuple(LetterParagraph(text=text, provenance=()) for text in texts)
    return LetterBlock(id="b1", kind=BlockKind.HISTORY, paragraphs=paragraphs)


def problem(
    paragraph: int, start: int, end: int, said: str, severity: Severity = Severity.ERROR
) -> LetterProblem:
    return LetterProblem(
        rule="untraced",
        severity=severity,
        message="Not in the record.",
        block_id="b1",
        place=Place(paragraph=paragraph, start=start, end=end),
        words=said,
    )


@given(st.lists(words, min_size=1, max_size=5), st.data())
def test_the_words_of_a_finding_are_the_words_that_are_marked(texts: list[str], data: st.DataObject) -> None:
    made = block(*texts)
    at = data.draw(st.integers(0, len(texts) - 1))
    end = data.draw(st.integers(1, len(texts[at])))
    start = data.draw(st.integers(0, end - 1))
    found = place_of(problem(at, start, end, texts[at][start:end]), made, made.text)
    assert found is not None
    assert made.text[found[0] : found[1]] == texts[at][start:end]


@given(st.text(alphabet="a \n", max_size=30))
def test_every_paragraph_of_a_typed_text_is_found_at_its_place(text: str) -> None:
    typed = block("x").with_typed_text(text)
    found = paragraphs_in(text)
    assert [said for _, said in found] == [paragraph.text for paragraph in typed.paragraphs]
    assert all(text[start : start + len(said)] == said for start, said in found)


def test_a_finding_moves_along_with_what_was_typed_before_its_words() -> None:
    made = block("The score was 54 points.")
    text = "Today: the score was 54 points."
    found = place_of(problem(0, 14, 16, "54"), made, text)
    assert found is not None
    assert text[found[0] : found[1]] == "54"


def test_words_that_are_gone_are_not_marked() -> None:
    assert (
        place_of(problem(0, 14, 16, "54"), block("The score was 54 points."), "The score was good.") is None
    )


def test_a_finding_about_no_words_marks_nothing() -> None:
    made = block("One.")
    bare = problem(0, 0, 0, "")
    assert place_of(bare, made, made.text) is None
    assert place_of(bare.model_copy(update={"place": None}), made, made.text) is None
    assert place_of(problem(7, 0, 2, "On"), made, made.text) is None
    assert place_of(problem(0, 0, 3, "One"), made.model_copy(update={"id": "other"}), made.text) is None


def test_a_finding_about_a_cell_names_it() -> None:
    made = block("One.")
    found = problem(0, 0, 3, "One").model_copy(update={"place": Place(row=2, column=1, start=0, end=3)})
    assert cell_of(found, made) == (2, 1)
    assert cell_of(problem(0, 0, 3, "One"), made) is None


def test_open_comments_are_marked_under_findings_and_settled_ones_are_not() -> None:
    made = block("The score was 54 points.")
    remark = LetterComment(
        id="c1",
        letter_id="l1",
        block_id="b1",
        quote="score",
        text="Which?",
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
        made_by="S. Reader",
    )
    settled = remark.model_copy(update={"id": "c2", "resolved_at": remark.made_at})
    warning = problem(0, 14, 16, "54", Severity.WARNING)
    marks = marks_for(made, made.text, (warning,), (remark, settled))
    assert [(mark.kind, made.text[mark.start : mark.end]) for mark in marks] == [
        (MarkKind.COMMENT, "score"),
        (MarkKind.WARNING, "54"),
    ]


def test_paragraphs_that_themselves_hold_blank_lines_keep_their_places() -> None:
    made = block("One\n\nstill one", "Two")
    assert starts_of(made, made.text) == [0, 16]
