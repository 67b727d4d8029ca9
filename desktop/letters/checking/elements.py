"""The elements that letters are made of, one rule each: who, where to, which reasons, services, relief and signature.

Which kind of letter needs which of them is the table in `required`; a rule here knows of no kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desktop.domain.determination import Decision
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterParagraph
from desktop.domain.letter_check import Fix, FixKind, LetterProblem
from desktop.domain.severity import Severity
from desktop.domain.vertebra import level_order
from desktop.letters.inputs import LetterInputs
from desktop.letters.references.numbering import spoken
from desktop.letters.wording import code_text, long_date, one_line, service_name

Rule = Callable[[LetterContent, LetterInputs], Iterator[LetterProblem]]


def problem(
    rule: str,
    message: str,
    block: LetterBlock | None = None,
    *,
    fix: Fix | None = None,
    may_be_overridden: bool = False,
) -> LetterProblem:
    """An error that keeps a letter from being issued."""
    return LetterProblem(
        rule=rule,
        severity=Severity.ERROR,
        message=message,
        block_id=block.id if block is not None else None,
        fix=fix,
        may_be_overridden=may_be_overridden,
    )


def warning(
    rule: str, message: str, block: LetterBlock | None = None, *, fix: Fix | None = None
) -> LetterProblem:
    """A finding to look at; the letter may be issued."""
    return LetterProblem(
        rule=rule,
        severity=Severity.WARNING,
        message=message,
        block_id=block.id if block is not None else None,
        fix=fix,
    )


def words_of(blocks: Iterator[LetterBlock] | tuple[LetterBlock, ...]) -> str:
    """Everything the blocks say, line wrapping taken out, for looking up words."""
    parts: list[str] = []
    for block in blocks:
        parts.append(block.heading)
        parts.extend(paragraph.text for paragraph in block.paragraphs)
        if block.table is not None:
            parts.extend(cell for row in block.table.rows for cell in row.cells)
    return one_line(spoken(" ".join(parts)))


def identity(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Member's name, date of birth, id, a number of the case, and the date of the notice: recorded and printed."""
    yield from member(content, inputs)
    denial = inputs.case.denial
    numbers = [denial.reference_number, denial.authorization_number, denial.claim_number]
    number = next((item.strip() for item in numbers if item.strip()), "")
    noticed = denial.notice_dated_on
    facts = (
        ("case-number", "reference, authorization or claim number", number, "Denial"),
        ("notice-date", "date of the notice", long_date(noticed) if noticed else "", "Denial"),
    )
    yield from _printed(content, facts)


def member(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Member's name, date of birth and id, recorded and printed."""
    who = inputs.case.member
    born = who.date_of_birth
    facts = (
        ("member-name", "member’s name", who.full_name, "Member"),
        ("member-birth-date", "member’s date of birth", long_date(born) if born else "", "Member"),
        ("member-id", "member’s ID", who.member_id.strip(), "Member"),
    )
    yield from _printed(content, facts)


def member_name(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The member's name alone, for papers that tell no more of them than they must."""
    yield from _printed(content, (("member-name", "member’s name", inputs.case.member.full_name, "Member"),))


def _printed(content: LetterContent, facts: Iterable[tuple[str, str, str, str]]) -> Iterator[LetterProblem]:
    """For each fact (rule, name, value, where it is entered): that it is recorded, and stands in the letter."""
    said = words_of(content.blocks)
    block = next((item for item in content.blocks if item.kind is BlockKind.RE), None)
    for rule, name, value, where in facts:
        if not value:
            yield problem(rule, f"The {name} is not recorded. Enter it in the intake, under {where}.")
        elif one_line(value) not in said:
            message = f"The {name} stands nowhere in the letter. Compose the RE block again."
            yield problem(rule, message, block, fix=_restored(block))


def _restored(block: LetterBlock | None) -> Fix | None:
    """Takes the composed text of a typed block again; None for one that is as composed."""
    if block is None or not block.is_edited:
        return None
    return Fix(kind=FixKind.RESTORE_BLOCK, label="Take the composed text of this block again")


def reasons(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Every stated reason is quoted word for word, and something is said to it."""
    yield from _reasons(content, inputs, is_answer_needed=True)


def quoted_reasons(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Where a letter that argues nothing quotes the reasons, it does so word for word; it need not quote them."""
    if any(block.kind is BlockKind.DENIAL for block in content.blocks):
        yield from _reasons(content, inputs, is_answer_needed=False)


def _reasons(
    content: LetterContent, inputs: LetterInputs, *, is_answer_needed: bool
) -> Iterator[LetterProblem]:
    stated = inputs.case.denial.reasons
    if not any(reason.verbatim.strip() for reason in stated):
        yield problem("denial-reason", "No denial reason is recorded. Enter it word for word, under Denial.")
        return
    blocks = tuple(block for block in content.blocks if block.kind is BlockKind.DENIAL)
    said = words_of(blocks)
    place = blocks[0] if blocks else None
    for index, reason in enumerate(stated, start=1):
        words = one_line(reason.verbatim)
        if not words:
            yield problem(
                "denial-reason", f"Denial reason {index} is empty. Enter its words, under Denial.", place
            )
        elif words not in said:
            message = f"Denial reason {index} is not quoted word for word in the answer to the denial."
            message += " Restore that block, or type the reason as it stands."
            yield problem("reason-quoted", message, place, fix=_restored(place))
        elif is_answer_needed and not _is_answered(blocks, words):
            message = f"Denial reason {index} ({reason.category.label.lower()}) is not answered."
            yield problem("reason-answered", f"{message} Type an answer below its quotation.", place)


def _is_answered(blocks: tuple[LetterBlock, ...], words: str) -> bool:
    paragraphs = [paragraph for block in blocks for paragraph in block.paragraphs]
    start = next((i for i, item in enumerate(paragraphs) if words in one_line(spoken(item.text))), None)
    if start is None:
        # The reviewer's own paragraphs hold the reason in pieces: quoted, and answered in the same stretch.
        return len(paragraphs) > 1
    if one_line(spoken(paragraphs[start].text)).strip("“”\"' ") != words.strip("“”\"' "):
        return True
    following = paragraphs[start + 1 :]
    return bool(following) and not following[0].is_quote and not _is_formal(following[0])


def _is_formal(paragraph: LetterParagraph) -> bool:
    """Whether a paragraph only tells what the notice names, and so answers nothing."""
    refs = {origin.ref for origin in paragraph.provenance}
    return bool(refs & {"denial.criteria_named", "denial.reviewer_name"})


def destination(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Somewhere to send the letter to: an address, a fax number or a portal."""
    denial = inputs.case.denial
    if not any(item.strip() for item in (denial.appeal_address, denial.appeal_fax, denial.appeal_portal)):
        message = (
            "No address, fax or portal for the appeal is recorded, so nothing says where the letter goes."
        )
        yield warning("no-destination", f"{message} Enter what the notice states, under Denial.")


def services(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """At least one service line, each with a code, printed in the RE block."""
    block = next((item for item in content.blocks if item.kind is BlockKind.RE), None)
    said = words_of((block,) if block is not None else ())
    for index, line in enumerate(inputs.case.service_lines, start=1):
        if line.code.strip() and code_text(line) not in said:
            name = one_line(line.label) or f"number {index}"
            message = f"The code of {name} is not in the RE block. Compose that block again."
            yield problem("service-code", message, block, fix=_restored(block))
    yield from coded_services(content, inputs)


def coded_services(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """At least one service line, each with a code, wherever a paper names them."""
    lines = inputs.case.service_lines
    if not lines:
        yield problem(
            "service-line", "No service line is recorded. Enter what was refused, under Service lines."
        )
    for index, line in enumerate(lines, start=1):
        if not line.code.strip():
            name = one_line(line.label) or f"number {index}"
            message = f"The service line {name} has no code. Enter it, under Service lines."
            yield problem("service-code", message)


def determination(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A signed determination with a decision on every line, and at least one line to ask for."""
    yield from signed_determination(content, inputs)
    if inputs.case.service_lines and not inputs.granted_lines:
        yield problem(
            "nothing-to-ask", "No service line is determined necessary, so there is nothing to appeal for."
        )


def signed_determination(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A signed determination with a decision on every line, and with levels and sides where they are needed."""
    decided = inputs.determination
    if decided is None or not decided.is_signed:
        message = "The determination is not signed. Decide each service line and sign, under Determination."
        yield problem("determination-signed", message)
    for line in inputs.case.service_lines:
        if inputs.decision(line).decision is Decision.UNDECIDED:
            yield problem(
                "line-decided", f"{service_name(line)} is undecided. Decide it, under Determination."
            )
        elif line in inputs.granted_lines and line.levels and not inputs.granted_levels(line):
            message = f"{service_name(line)} is found necessary in part, but no level is named."
            yield problem("level-decided", f"{message} Name the levels, under Determination.")
        elif line in inputs.granted_lines and line.sides and not inputs.granted_sides(line):
            message = f"{service_name(line)} is found necessary in part, but no side is named."
            yield problem("side-decided", f"{message} Name the side, under Determination.")


def relief(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The relief names each line decided necessary and each of its levels, and no other level as asked for."""
    blocks = tuple(block for block in content.blocks if block.kind is BlockKind.RELIEF)
    if not blocks:
        return
    said = words_of(blocks)
    for line in inputs.granted_lines:
        name = code_text(line) or one_line(line.label)
        if name and name not in said:
            message = (
                f"{service_name(line)} is determined necessary but not asked for under the relief requested."
            )
            yield problem(
                "relief-names-line", f"{message} Restore that block.", blocks[0], fix=_restored(blocks[0])
            )
            continue
        missing = [level for level in inputs.granted_levels(line) if level not in said]
        if missing and blocks[0].is_edited:
            levels = ", ".join(sorted(missing, key=level_order))
            message = f"The relief requested does not name {levels} for {service_name(line)}."
            yield warning(
                "relief-names-level", f"{message} A range such as L2-S1 is not read here.", blocks[0]
            )
        unnamed = [side for side in inputs.granted_sides(line) if side not in said.casefold()]
        if unnamed and inputs.sides_left_out(line):
            message = f"The relief requested does not name the {unnamed[0]} side for {service_name(line)}."
            yield warning("relief-names-side", f"{message} Name it, or restore that block.", blocks[0])


def signature(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The letter of a provider's appeal is signed by the ordering provider, with name and credential."""
    blocks = [block for block in content.blocks if block.kind is BlockKind.SIGNATURE]
    author = inputs.author
    name = author.name.strip() if author is not None else ""
    if author is None or not name:
        message = "The letter is signed by the ordering provider; none is recorded by name."
        yield problem("signature-name", f"{message} Enter who ordered the service, under Providers.")
        return
    if not author.credential.strip():
        yield problem("signature-credential", "The signer has no credential. Enter it, under Providers.")
    if blocks and one_line(name) not in words_of(tuple(blocks)):
        message = "The signer’s name is not in the signature block. Restore it."
        yield problem("signature-name", message, blocks[0], fix=_restored(blocks[0]))
