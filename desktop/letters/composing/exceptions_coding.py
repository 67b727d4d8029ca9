"""The coding rule for reinsertion of fixation, and the argument that a refusal is about codes; it decides no code."""

from __future__ import annotations

from desktop.domain.argument import ExceptionKind
from desktop.domain.denial import DenialCategory
from desktop.domain.letter import LetterKind, LetterParagraph
from desktop.domain.service_line import CodeSystem, ServiceLine
from desktop.domain.vertebra import touches_any
from desktop.letters.composing.exceptions_argument import ExceptionArgument
from desktop.letters.composing.naming import who_decides
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import cited, citing, form, paragraph, record
from desktop.letters.references.numbering import literal
from desktop.letters.wording import code_text, level_list, listed, service_name

REINSERTION = "22849"
REMOVAL = frozenset({"22850", "22852", "22855"})
NEW_FIXATION = frozenset(str(code) for code in range(22840, 22849))
"""The codes of the Scoliosis Research Society's note, reference `srs-2013-coding`."""


def coding_paragraphs(inputs: LetterInputs) -> tuple[LetterParagraph, ...]:
    """The coding rule for reinsertion of fixation, held against the codes of this request; else nothing."""
    reinsertions = _reinsertions(inputs)
    claims = inputs.references.claims("coding-reinsertion")
    if not reinsertions or not claims:
        return ()
    clashes = _clashes(inputs, reinsertions)
    origins = [record(f"service_lines.{line.id}.code", "Service line") for line in (*reinsertions, *clashes)]
    if clashes:
        found = listed(
            f"{literal(code_text(line))}{f' at {level_list(line.levels)}' if line.levels else ''}"
            for line in clashes
        )
        own = (
            f"This request lists, beside reinsertion, {found}: the coding has to be settled for those levels."
        )
    else:
        own = "This request lists none of those codes at the levels of the reinsertion."
    text = " ".join(("On the coding:", *(claim.cited_text for claim in claims), own))
    return (citing(text, form("coding"), *(cited(claim.reference_id) for claim in claims), *origins),)


def is_coding_told(inputs: LetterInputs) -> bool:
    """Whether the coding rule stands elsewhere: where a reason of coding is answered, or as an argument of its own."""
    if inputs.kind is LetterKind.MEDICAL_NECESSITY:
        return False
    if any(reason.category is DenialCategory.CODING for reason in inputs.case.denial.reasons):
        return True
    found = (coding_argument(inputs, line) for line in inputs.argued_lines)
    return any(item is not None and item.offered(inputs).is_included for item in found)


def coding_argument(inputs: LetterInputs, line: ServiceLine) -> ExceptionArgument | None:
    """Where codes of the request exclude one another, or the stated reason is one of coding; else None."""
    stated = [
        reason
        for reason in inputs.case.denial.reasons
        if reason.category is DenialCategory.CODING
        and (not reason.service_line_ids or line.id in reason.service_line_ids)
    ]
    if stated:
        text = (
            f"The notice refuses {service_name(line)} for a reason of coding, quoted and answered above. Coding and "
            f"medical necessity are two questions. {who_decides(inputs)} is asked to decide the medical necessity on "
            "the record enclosed, and to name the rule of coding that is applied."
        )
        origins = [
            record(f"denial.reasons.{reason.id}.category", "Category of the reason") for reason in stated
        ]
        return ExceptionArgument(
            kind=ExceptionKind.CODING_IN_DISGUISE,
            line=line,
            grounds=("A stated reason is one of coding.",),
            paragraphs=(paragraph(text, form("exception.coding_in_disguise"), *origins),),
        )
    is_reinsertion = line in _reinsertions(inputs)
    clashes = _clashes(inputs, [line]) if is_reinsertion else []
    told = coding_paragraphs(inputs)
    if not clashes or not told:
        return None
    codes = listed(code_text(item) for item in clashes)
    text = (
        f"No stated reason is recorded as one of coding. {who_decides(inputs)} is asked to say whether the refusal "
        "rests on these codes, and to decide the coding apart from the medical necessity."
    )
    origin = record("denial.reasons", "Denial reasons")
    return ExceptionArgument(
        kind=ExceptionKind.CODING_IN_DISGUISE,
        line=line,
        grounds=(f"{code_text(line)} is requested beside {codes} where the levels meet.",),
        paragraphs=(*told, paragraph(text, form("exception.coding_in_disguise"), origin)),
    )


def _reinsertions(inputs: LetterInputs) -> list[ServiceLine]:
    return [line for line in _cpt_lines(inputs) if line.code.strip() == REINSERTION]


def _clashes(inputs: LetterInputs, reinsertions: list[ServiceLine]) -> list[ServiceLine]:
    """Lines whose codes the rule sets against reinsertion, at levels that meet."""
    return [
        line
        for line in _cpt_lines(inputs)
        if line.code.strip() in REMOVAL | NEW_FIXATION and any(_overlap(line, item) for item in reinsertions)
    ]


def _cpt_lines(inputs: LetterInputs) -> list[ServiceLine]:
    return [line for line in inputs.case.service_lines if line.code_system is CodeSystem.CPT]


def _overlap(one: ServiceLine, other: ServiceLine) -> bool:
    if not one.levels or not other.levels:
        return True
    return any(touches_any(level, other.levels) for level in one.levels)
