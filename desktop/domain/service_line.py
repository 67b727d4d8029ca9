"""Service lines and diagnoses: what was asked for, in the user's own labels, never in licensed descriptors."""

from __future__ import annotations

from datetime import date
from enum import Enum

from pydantic import Field

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value
from desktop.domain.vertebra import Level


class CodeSystem(Enum):
    """Where a procedure code comes from."""

    CPT = "CPT"
    HCPCS = "HCPCS"
    ICD10PCS = "ICD-10-PCS"
    OTHER = "other"


class Laterality(Enum):
    """The side, where it matters."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"


def is_side(text: str) -> bool:
    """Whether a text is one side, as answers that are asked side by side are recorded for it."""
    return text in {Laterality.LEFT.value, Laterality.RIGHT.value}


class ServiceTiming(Enum):
    """When the service happens relative to the decision."""

    PRE_SERVICE = "pre_service"
    CONCURRENT = "concurrent"
    POST_SERVICE = "post_service"


class ServiceLine(Value):
    """One requested service. `label` is the user's own short name for the code."""

    id: Identifier
    code_system: CodeSystem = CodeSystem.CPT
    code: Text = ""
    modifier: Text = ""
    units: int = Field(default=1, ge=1, le=999)
    label: Text = ""
    levels: tuple[Level, ...] = ()
    laterality: Laterality = Laterality.NONE
    place_of_service: Text = ""
    device: Text = ""
    service_on: date | None = None
    timing: ServiceTiming = ServiceTiming.PRE_SERVICE
    criteria_set_ids: tuple[Identifier, ...] = ()
    """The criteria sets this line is reviewed against; the payer's own first."""

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides it is asked for, `left` before `right`; empty when the line names none."""
        match self.laterality:
            case Laterality.NONE:
                return ()
            case Laterality.BILATERAL:
                return (Laterality.LEFT.value, Laterality.RIGHT.value)
            case _:
                return (self.laterality.value,)

    @property
    def caption(self) -> str:
        """Label, code and levels on one line, for lists and headings."""
        code = f"{self.code_system.value} {self.code}" if self.code else ""
        span = level_range(self.levels)
        side = "" if self.laterality is Laterality.NONE else self.laterality.value
        return " · ".join(part for part in (self.label, code, span, side) if part)


def level_range(levels: tuple[str, ...]) -> str:
    """Levels as a reader writes them: neighbours joined to a range (`L2-S1`), others listed."""
    runs: list[list[str]] = []
    for level in levels:
        upper = level.split("-")[0]
        if runs and "-" in level and "-" in runs[-1][-1] and runs[-1][-1].split("-")[1] == upper:
            runs[-1].append(level)
        else:
            runs.append([level])
    return ", ".join(
        run[0] if len(run) == 1 else f"{run[0].split('-')[0]}-{run[-1].split('-')[1]}" for run in runs
    )


class Diagnosis(Value):
    """An ICD-10-CM code with its public-domain title."""

    id: Identifier
    code: Text = ""
    title: Text = ""
    is_primary: bool = False
