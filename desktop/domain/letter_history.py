"""What happened to a letter or opinion: review status, kept versions, a second person's comments, delivery."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from desktop.domain.letter import LetterContent
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class VersionReason(Enum):
    """Why a version was kept."""

    KEPT = "kept"
    """The reviewer asked for it."""
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RECOMPOSED = "recomposed"
    """The kind, audience or template changed and edited text was replaced."""
    ISSUED = "issued"

    @property
    def label(self) -> str:
        """The word shown to a reviewer."""
        return self.value.capitalize()


class LetterVersion(Value):
    """The content of a letter as it stood; kept versions never change. `number` counts from 1 within the letter."""

    id: Identifier
    letter_id: Identifier
    number: int
    why: VersionReason
    made_at: datetime
    made_by: Text
    content: LetterContent


class LetterComment(Value):
    """A second person's remark about a block, or about words of it; it is never printed."""

    id: Identifier
    letter_id: Identifier
    block_id: Identifier
    quote: Text = ""
    """The words it is about; empty: the whole block."""
    text: Text
    made_at: datetime
    made_by: Text
    resolved_at: datetime | None = None
    resolved_by: Text = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.resolved_at is None


class DeliveryChannel(Enum):
    """How a letter or packet left the house."""

    CERTIFIED_MAIL = "certified_mail"
    MAIL = "mail"
    COURIER = "courier"
    FAX = "fax"
    PORTAL = "portal"
    SECURE_EMAIL = "secure_email"
    BY_HAND = "by_hand"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()


class Delivery(Value):
    """One sending of an issued letter, and what proves that it arrived."""

    id: Identifier
    letter_id: Identifier
    channel: DeliveryChannel
    recipient: Text = ""
    sent_on: date
    reference: Text = ""
    """Tracking, confirmation or portal number."""
    received_on: date | None = None
    """The day the plan received it, once proven."""
    proof: Text = ""
    """What proves it, in words: `return receipt`, `fax report of 3 pages`."""
    proof_document_id: Identifier | None = None
    note: Text = ""
