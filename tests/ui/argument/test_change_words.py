"""What a choice changed, told as words that came and went; what only moved is not told."""

from __future__ import annotations

from desktop.domain.letter import (
    BlockKind,
    Letter,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterParagraph,
    LetterState,
)
from desktop.ui.argument.change_words import change_lines, change_sentence, changes_of
from desktop.ui.library.page import Tone


def paper(*texts: str, state: LetterState = LetterState.DRAFT) -> Letter:
    block = LetterBlock(
        id="support",
        kind=BlockKind.SUPPORT,
        heading="Guidelines",
        paragraphs=tuple(LetterParagraph(text=text, provenance=()) for text in texts),
    )
    content = LetterContent(kind=LetterKind.FIRST_LEVEL, title="t", running_head="h", blocks=(block,))
    return Letter.model_construct(id="l", kind=LetterKind.FIRST_LEVEL, state=state, content=content)


def test_a_sentence_that_went_is_struck_out_between_whole_words_around_it() -> None:
    long = " ".join(f"word{number}" for number in range(30))
    before, after = paper(f"{long} It loosened.[@spirig-2019] {long}"), paper(f"{long} {long}")
    changes = changes_of([before], [after])
    runs = [run for line in change_lines(changes) for run in line.runs]
    assert [run.text for run in runs if run.tone is Tone.REMOVED] == ["It loosened."]
    known = {*long.split(), "…"}
    quiet = [
        run.text for line in list(change_lines(changes))[2:] for run in line.runs if run.tone is Tone.MUTED
    ]
    assert quiet
    assert {word for text in quiet for word in text.split()} <= known
    assert change_sentence(changes, [before], [after]) == "Changed: first-level appeal, draft (“Guidelines”)."


def test_paragraphs_in_another_order_are_no_change_to_tell() -> None:
    before, after = paper("One stands.", "Two stand."), paper("Two stand.", "One stands.")
    assert changes_of([before], [after]) == ()
    assert "in another order" in change_sentence((), [before], [after])


def test_a_paragraph_of_its_own_is_new_as_a_whole() -> None:
    before, after = paper("One stands."), paper("One stands.", "Quite another matter altogether.")
    (change,) = changes_of([before], [after])
    runs = [run for line in change_lines([change]) for run in line.runs]
    assert [run.text for run in runs if run.tone is Tone.ADDED] == ["Quite another matter altogether."]


def test_what_is_issued_and_what_is_not_written_are_said() -> None:
    same = paper("One stands.")
    issued = paper("One stands.", state=LetterState.ISSUED)
    assert change_sentence((), [], []).startswith("No letter is written yet")
    assert change_sentence((), [issued], [issued]).startswith("What is issued stays")
    assert change_sentence((), [same], [same]).startswith("No paper reads differently")
