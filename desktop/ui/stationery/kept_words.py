"""Fields whose words are kept and printed: what could be neither is said beside the field, before anything is saved."""

from __future__ import annotations

from desktop.domain.text import name_of
from desktop.letters.paper.fonts import unwritable_characters
from desktop.ui.field_values import FieldTextError, read_text
from desktop.ui.forms import LineField, TextField

LONGEST_LINE = 400
LONGEST_WORDS = 40_000
"""What a letter is known to carry in one piece; more than that is a file pasted by mistake."""


def read_line(text: str) -> str:
    """One line that can be kept and printed. Raises FieldTextError that says what is in its way."""
    return _kept(text, LONGEST_LINE)


def read_words(text: str) -> str:
    """Paragraphs that can be kept and printed. Raises FieldTextError that says what is in their way."""
    return _kept(text, LONGEST_WORDS)


class KeptLine(LineField):
    """A line of words."""

    def read(self) -> str:
        """The line, exactly."""
        return read_line(self.line.text())


class KeptWords(TextField):
    """Several lines of words."""

    def read(self) -> str:
        """The words, exactly."""
        return read_words(self.area.exact_text())


def _kept(text: str, longest: int) -> str:
    kept = read_text(text)
    if len(kept) > longest:
        raise FieldTextError(
            f"This is {len(kept):,} characters long, and {longest:,} can be kept here. Until it is shorter, "
            "this field is not saved."
        )
    wrong = unwritable_characters(kept)
    if wrong:
        at = kept.index(wrong[0]) + 1
        raise FieldTextError(
            f"{name_of(wrong[0])} at character {at} cannot be printed; remove it. Until then this field is not saved."
        )
    return kept
