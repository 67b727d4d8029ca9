"""The adverse determination as the notice states it: its dates, numbers, reasons verbatim and criteria named."""

from __future__ import annotations

from datetime import date
from enum import Enum

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class DenialCategory(Enum):
    """What kind of refusal a stated reason is; it decides the enclosures and the argument."""

    MEDICAL_NECESSITY = "medical_necessity"
    EXPERIMENTAL = "experimental_investigational"
    LEVEL_OF_CARE = "level_of_care"
    NOT_COVERED = "not_a_covered_benefit"
    MISSING_INFORMATION = "missing_information"
    NO_PRIOR_AUTHORIZATION = "no_prior_authorization"
    CODING = "coding_bundling"
    OUT_OF_NETWORK = "out_of_network"
    STEP_THERAPY = "step_therapy"
    COSMETIC = "cosmetic"
    FREQUENCY = "frequency_quantity"
    TIMELY_FILING = "timely_filing"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()


class DenialReason(Value):
    """One stated reason, in the notice's own words."""

    id: Identifier
    verbatim: Text = ""
    category: DenialCategory = DenialCategory.MEDICAL_NECESSITY
    service_line_ids: tuple[Identifier, ...] = ()
    """The lines it speaks of; empty means all of them."""


class AdverseDetermination(Value):
    """The denial. `notice_dated_on` is printed on it, `received_on` is when it came: either may anchor a clock."""

    notice_dated_on: date | None = None
    received_on: date | None = None
    deadline_stated_on: date | None = None
    reference_number: Text = ""
    authorization_number: Text = ""
    claim_number: Text = ""
    reasons: tuple[DenialReason, ...] = ()
    criteria_named: Text = ""
    """Publisher, title and edition as the notice names them; empty when it names none."""
    reviewer_name: Text = ""
    reviewer_credential: Text = ""
    appeal_addressee: Text = ""
    appeal_address: Text = ""
    appeal_fax: Text = ""
    appeal_portal: Text = ""
    peer_to_peer_phone: Text = ""
    is_expedited: bool = False
