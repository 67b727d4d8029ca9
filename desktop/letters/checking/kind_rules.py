"""What only one kind of letter is asked, and what a template leaves undone; it knows no rule that all letters share."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import BlockKind, LetterContent, LetterKind, OriginKind
from desktop.domain.letter_check import LetterProblem
from desktop.domain.member import LineOfBusiness
from desktop.letters.checking.elements import problem, warning
from desktop.letters.composing.asking import withdrawn_lines
from desktop.letters.composing.earlier import (
    answer_to_letter,
    first_appeal,
    is_answered_by_notice,
    last_appeal,
    printed_day,
)
from desktop.letters.composing.legal import is_californian
from desktop.letters.composing.naming import is_all_past, is_appeal_there
from desktop.letters.inputs import LetterInputs
from desktop.letters.placeholders import nearest, unknown_in
from desktop.letters.templates import words_in
from desktop.letters.wording import listed, long_date, lowered, service_name

_ANSWERING = {
    BlockKind.CRITERIA_TABLE: "the criteria tables",
    BlockKind.IMAGING: "the imaging with its answers",
    BlockKind.CONCESSION: "what the record does not establish",
}
"""Blocks in which what speaks against a request is told and answered."""


def new_since_first(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A second-level letter brings something that the first did not, and the plan's answer to the first is there."""
    first = first_appeal(inputs)
    if first is None:
        message = (
            "No issued first-level letter is kept with this case, so the letter cannot say what is new since then. "
            "Say it in your own words."
        )
        yield warning("first-level-unknown", message)
        return
    named = f"the {lowered(first.kind.label)} of {printed_day(first)}"
    has_new = any(block.kind is BlockKind.NEW_EVIDENCE for block in content.blocks)
    if not has_new and not _typed_anew(content, first.content):
        message = (
            f"This letter brings nothing that {named} did not. Add a document, a finding, an answer or an argument, "
            "or say in your own words what is to be looked at differently."
        )
        yield problem("second-level-same", message, may_be_overridden=True)
    if not is_answered_by_notice(inputs, first) and answer_to_letter(inputs, first) is None:
        message = f"The plan’s answer to {named} is not in the record. Add it, under Documents."
        yield warning("first-level-answer", message)


def _typed_anew(content: LetterContent, first: LetterContent) -> bool:
    """Whether the reviewer typed a paragraph that the first letter does not have."""
    told = {item.text for block in first.blocks for item in block.paragraphs}
    return any(
        item.text not in told and any(origin.kind is OriginKind.TYPED for origin in item.provenance)
        for block in content.blocks
        for item in block.paragraphs
    )


def filed_by_itself(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A second level that nobody has to ask for: the letter is then a statement for the file."""
    if inputs.case.coverage.line_of_business is LineOfBusiness.MEDICARE_ADVANTAGE:
        message = (
            "In Medicare Advantage what the plan upholds passes to the independent reviewer by itself. "
            f"Compose the kind “{LetterKind.EXTERNAL_REVIEW.label}”, which is worded as a statement for that file."
        )
        yield warning("level-comes-by-itself", message)


def urgent_because(content: LetterContent, _inputs: LetterInputs) -> Iterator[LetterProblem]:
    """An expedited appeal says why it cannot wait."""
    if not any(block.kind is BlockKind.SECTION for block in content.blocks):
        message = (
            "Nothing says why this appeal cannot wait. Enter the risk of delay, under History and facts."
        )
        yield problem("urgency-reason", message)


def known_way(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A kind of letter that the rules read for this kind of plan do not name as a step."""
    business = inputs.case.coverage.line_of_business
    is_outside = content.kind is LetterKind.EXTERNAL_REVIEW
    if business is LineOfBusiness.WORKERS_COMPENSATION and is_californian(inputs) and not is_outside:
        message = (
            "California Labor Code section 4610.5(b) leaves a dispute over a utilization review decision to "
            "independent medical review alone. See what the notice says, and compose the kind "
            f"“{LetterKind.EXTERNAL_REVIEW.label}”."
        )
        yield warning("other-way", message)
    if business is LineOfBusiness.MEDICAID_MCO and is_outside:
        message = (
            "In Medicaid managed care a state fair hearing follows the plan’s appeal, by 42 CFR 438.408(f)(2). See "
            "which step the notice names, and what the state calls its request."
        )
        yield warning("other-way", message)
    if business is LineOfBusiness.ORIGINAL_MEDICARE and is_outside:
        message = (
            "No level of appeal in Original Medicare is called an external review: the second is a reconsideration, "
            f"and the third a hearing. See which one the notice names. For the second, compose the kind "
            f"“{LetterKind.SECOND_LEVEL.label}”."
        )
        yield warning("other-way", message)


def ahead_of_the_service(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """An expedited appeal is for what is still to come."""
    if is_all_past(inputs):
        message = (
            "Every service of this letter was performed already. Ask whether the plan expedites an appeal then, or "
            f"compose the kind “{LetterKind.FIRST_LEVEL.label}”."
        )
        yield warning("expedited-after", message)


def not_an_appeal_everywhere(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A request to look again is an appeal under some rules, and under the others lets the time to appeal run."""
    if is_appeal_there(inputs):
        message = (
            f"Under {inputs.case.coverage.line_of_business.label} a reconsideration is the first level of appeal: "
            "its time limit and its form apply to this letter."
        )
        yield warning("reconsideration-is-appeal", message)
        return
    stated = inputs.case.denial.deadline_stated_on
    until = f" (the notice states {long_date(stated)})" if stated is not None else ""
    message = f"This letter is no appeal, and nothing says that it stops the time to appeal{until}. Watch the deadline."
    yield warning("time-runs-on", message)


def preceded_by_appeal(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """An external review follows an appeal within the plan, which the letter names."""
    if last_appeal(inputs) is None:
        message = (
            "No issued appeal is kept with this case, so the letter names none. Say in your own words which appeal the "
            "plan has decided, and when."
        )
        yield warning("no-internal-appeal", message)


def no_call_after_appeal(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Whether the conversation may still be had: an appeal often closes it, and so does its last day."""
    last = last_appeal(inputs)
    if last is not None:
        message = (
            f"An appeal was issued on {printed_day(last)}. Many plans hold no peer-to-peer conversation after that: "
            "ask before this is sent."
        )
        yield warning("call-after-appeal", message)
    ended = [
        item.window_ends_on
        for item in inputs.peer_to_peers
        if item.window_ends_on is not None and item.window_ends_on < inputs.today
    ]
    if ended:
        message = f"The last day offered for the conversation was {long_date(max(ended))}. Ask whether it still holds."
        yield warning("call-window-over", message)


def withdrawn_as_meant(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """What a withdrawal takes back, said once more before it is sent."""
    if last_appeal(inputs) is None:
        message = "No issued appeal is kept with this case. Say in your own words which appeal is withdrawn."
        yield warning("no-appeal-to-withdraw", message)
    names = [service_name(line) for line in withdrawn_lines(inputs)]
    if names:
        message = (
            f"Withdrawn: {listed(names)}. Look whether that is meant: it is what the appeal asked for and the "
            "determination no longer does, or the whole of it."
        )
        yield warning("withdrawal-lines", message)


def placeholders_of_template(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """No name in braces that is no field."""
    template = inputs.template
    if template is None:
        return
    names = dict.fromkeys(name for text in words_in(template) for name in unknown_in(text))
    for name in names:
        near = nearest(name)
        hint = f" The nearest is {{{{{near}}}}}." if near else ""
        message = f"The template “{template.name}” names {{{{{name}}}}}, which is no field.{hint} Correct the template."
        yield problem("unknown-placeholder", message)


def template_leaves_out(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A template of another kind is not used; one that leaves out what answers the denial is told."""
    template = inputs.template
    if template is None:
        return
    if template.kind is not content.kind:
        message = (
            f"The template “{template.name}” is for the kind “{template.kind.label}”, so it is not used here."
        )
        yield warning("template-kind", f"{message} Choose another one.")
        return
    named = {part.block for part in template.parts}
    missing = [words for kind, words in _ANSWERING.items() if kind not in named]
    if missing and (content.kind.is_appeal or content.kind is LetterKind.MEDICAL_NECESSITY):
        message = f"The template “{template.name}” leaves out {listed(missing)}: what speaks against the request may "
        yield warning("template-leaves-out", f"{message}stand unanswered. Name them in the template.")
