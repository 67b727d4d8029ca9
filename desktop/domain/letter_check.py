"""What the letter check says: a rule, how much it weighs, the place in the letter, and what one key can do about it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from desktop.domain.severity import Severity
from desktop.domain.text import Text, sha256_of
from desktop.domain.value import Identifier, Value


class Place(Value):
    """Where in a block: a paragraph, or a cell of its table, and the characters `start:end` of that text."""

    paragraph: int | None = None
    row: int | None = None
    column: int | None = None
    start: int = 0
    end: int = 0


class FixKind(Enum):
    """What a fix does to the letter."""

    REPLACE = "replace"
    """Put `text` in the place of the characters at the problem's place."""
    RESTORE_BLOCK = "restore_block"
    """Take the composed text of the block again."""
    COMPOSE = "compose"
    """Compose the letter again, which brings back a missing block."""
    INSERT = "insert"
    """Add `text` as a paragraph at the end of the block."""


class Fix(Value):
    """A one-key remedy. `label` says what it will do, with the words it puts in."""

    kind: FixKind
    label: Text
    text: Text = ""


class LetterProblem(Value):
    """One finding of the letter check: rule, severity, words, and the block it concerns (None: the letter)."""

    rule: Identifier
    severity: Severity
    message: Text
    block_id: Identifier | None = None
    place: Place | None = None
    words: Text = ""
    """The words of the letter it is about, when it is about words."""
    fix: Fix | None = None
    may_be_overridden: bool = False
    """Whether an error yields to a recorded reason. What would make the letter false never does."""
    override_reason: Text = ""
    """The recorded reason: the problem is then a warning, and stays listed."""

    @property
    def key(self) -> str:
        """What an override is recorded for: the same rule about the same words of the same block."""
        return sha256_of("\n".join((self.rule, self.block_id or "", self.words or self.message)))[:32]


class CheckOverride(Value):
    """Why a letter may be issued although a rule of the check speaks against it: audited, and kept with the letter."""

    key: Identifier
    rule: Identifier
    words: Text
    """What the problem was about, so that the reason can be read on its own."""
    reason: Text
    given_at: datetime
    given_by: Text
