"""What is wrong with a draft, and what would be better, in words by node and field; loader and lint are the judges."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast

from desktop.domain.criteria import CriteriaSet
from desktop.domain.text import TextRefusedError, accept_text
from desktop.rules.lineage import lineage_problems
from desktop.rules.lint_rules import LintedFile, LintProblem, dates, honesty, identifiers, sources, wording
from desktop.rules.loader import CriteriaFileError, ReadSet, read_set
from desktop.services.criteria_draft import (
    HEAD,
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    NodeDraft,
    criteria_of,
    walk,
)
from desktop.services.criteria_draft_ids import with_ids
from desktop.services.criteria_draft_places import Places, places_of
from desktop.services.criteria_draft_reading import settled
from desktop.services.criteria_draft_text import ORIGIN, to_yaml

_OF_A_KEY = re.compile(r"`\w+` is `(.*)`, which is (.*)", re.DOTALL)
_HEAD_WORDS = {
    "title": "Give the set a title.",
    "publisher": "Name the publisher: the plan, or whoever wrote the criteria.",
    "edition": "Say which edition this is: a year, a date or a revision.",
}
_ADVICE = {
    "closes-with": (
        "closes_with",
        "Nothing says yet which document would close it.",
        "Name it: gap lists show it.",
    ),
    "review-by": (
        "review_by",
        "Nothing says when the set must be held against its source again.",
        "Add a day.",
    ),
    "code-only": ("codes", "", "Write the code without words."),
    "source-locator": (
        "locator",
        "Nothing says where in the document it stands.",
        "Add a section or a page.",
    ),
    "source-address": ("address", "Nothing says where the document is found.", "Add an address."),
    "threshold-in-text": ("text", "", ""),
    "text-end": ("text", "", ""),
    "text-length": ("text", "", ""),
    "text-start": ("text", "", ""),
    "absent-wording": ("text", "", ""),
    "in-force": ("effective_to", "", ""),
    "reported-said": ("notes", "", ""),
    "public-proof": ("proof", "", ""),
}
"""By lint rule: the field, and our own words where those of the rule speak of files."""

_VALUE_FIXES = {
    "is not a comparison": "Choose “At least”, “At most”, “More than” or “Less than”, and write a number and a unit.",
    "has no unit": "Write the unit beside the number: mm, weeks, %.",
}
"""By what the loader says of a threshold: what to do in the form, which has a field for each of its parts."""


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One finding: at which node, in which field, what is wrong and what to write instead.

    `is_missing`: nothing is there yet, so it can wait. `is_advice`: the set can be saved as it is.
    """

    key: int
    field: str
    what: str
    instead: str = ""
    is_missing: bool = False
    is_advice: bool = False

    @property
    def words(self) -> str:
        """What is wrong and what to write instead, as one text."""
        return f"{self.what} {self.instead}".strip()


def check(
    draft: CriteriaDraft, taken: Collection[str] = (), others: Collection[CriteriaSet] = ()
) -> tuple[DraftProblem, ...]:
    """Everything that keeps the set from being saved, then advice, each in reading order.

    `taken`: ids that the set must not have; `others`: the sets of the library, among which it must fit.
    """
    found = [*_missing(draft)]
    if unstorable := tuple(_unstorable(draft)):
        return (*unstorable, *found)
    said = {(problem.key, problem.field) for problem in found}
    if draft.id and draft.id in taken:
        found.append(
            DraftProblem(HEAD, "title", f"The id {draft.id} belongs to another set.", "Give it another.")
        )
    text = to_yaml(draft, taken)
    advice: list[DraftProblem] = []
    try:
        read = read_set(text, ORIGIN)
    except CriteriaFileError as error:
        places = places_of(settled(with_ids(draft, taken)), text)
        found += _refusals(draft, error, places, said)
    else:
        if criteria_of(draft):
            advice = [*_advice(draft, read), *_lineage(read.criteria_set, others)]
    order = {HEAD: -1} | {node.key: at for at, node in enumerate(walk(draft.root))}

    def reading_order(problem: DraftProblem) -> int:
        return order.get(problem.key, -1)

    return (*sorted(found, key=reading_order), *sorted(advice, key=reading_order))


def _refusals(
    draft: CriteriaDraft, error: CriteriaFileError, places: Places, said: set[tuple[int, str]]
) -> Iterator[DraftProblem]:
    empty = {node.key for node in walk(draft.root) if isinstance(node, GroupDraft) and _has_nothing(node)}
    for item in error.problems:
        key, field = places.at(item.line)
        # What is empty was said already, in our own words.
        if (key, field) not in said and not (key in empty and field in {"rule", "criteria"}):
            said.add((key, field))
            fix = _VALUE_FIXES if field == "number" else {}
            instead = next((words for start, words in fix.items() if start in item.problem), item.fix)
            yield DraftProblem(key, field, _in_words(item.problem), _unquoted(instead))


def _in_words(problem: str) -> str:
    """What the loader says of a key, said of what stands in the field."""
    about = _OF_A_KEY.fullmatch(problem)
    return f"“{about[1]}” is {about[2]}" if about else _unquoted(problem)


def _unstorable(draft: CriteriaDraft) -> Iterator[DraftProblem]:
    """Characters that no store keeps: with one of them the text could not even be read again."""
    for key, owner in ((HEAD, draft), *((node.key, node) for node in walk(draft.root))):
        for field in fields(owner):
            value: object = getattr(owner, field.name)
            texts = [value] if isinstance(value, str) else _texts(value)
            for text in texts:
                try:
                    accept_text(text)
                except TextRefusedError as error:
                    yield DraftProblem(key, field.name, f"{error}.")


def _texts(value: object) -> list[str]:
    parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return [part for part in parts if isinstance(part, str)]


def _unquoted(words: str) -> str:
    """Words without the marks of YAML, which the form does not show."""
    return words.replace('`"', "").replace('"`', "").replace("`", "")


def _has_nothing(group: GroupDraft) -> bool:
    return all(child.is_blank for child in group.children)


# ------------------------------------------------------------------------------------- what is not there yet


def _missing(draft: CriteriaDraft) -> Iterator[DraftProblem]:
    for field, words in _HEAD_WORDS.items():
        if not str(getattr(draft, field)).strip():
            yield DraftProblem(HEAD, field, words, is_missing=True)
    if not criteria_of(draft):
        yield DraftProblem(draft.root.key, "criteria", "Type at least one criterion.", is_missing=True)
        return
    for node in walk(draft.root):
        yield from _missing_at(node, is_root=node is draft.root)


def _missing_at(node: NodeDraft, *, is_root: bool) -> Iterator[DraftProblem]:
    if isinstance(node, CriterionDraft):
        if not node.is_blank and not node.text.strip():
            yield DraftProblem(node.key, "text", "Write what must hold, in one sentence.", is_missing=True)
        return
    shown = [child for child in node.children if not child.is_blank]
    if node.rule == "unless":
        if node.children and node.children[0].is_blank and shown:
            yield DraftProblem(node.key, "rule", "The first entry is the rule that is waived: it is empty.")
        elif len(shown) == 1:
            what = "There is no exception yet."
            yield DraftProblem(
                node.key, "rule", what, "Add one below the rule, or dissolve the group.", is_missing=True
            )
    elif not shown and not node.is_blank and not is_root:
        yield DraftProblem(node.key, "rule", "This group has no criterion yet.", is_missing=True)
    elif shown and node.rule == "at_least" and node.count > len(shown):
        there = "there is 1 entry" if len(shown) == 1 else f"there are {len(shown)} entries"
        what = f"At least {node.count} can never be reached: {there} here."
        yield DraftProblem(node.key, "rule", what, f"Ask for at most {len(shown)}, or add entries.")
    elif node.rule == "not" and len(shown) > 1:
        what = f"“Must not hold” is about one entry, and there are {len(shown)}."
        yield DraftProblem(node.key, "rule", what, "Put them in a group of their own first.")


# ------------------------------------------------------------------------------------------------- advice


def _advice(draft: CriteriaDraft, read: ReadSet) -> Iterator[DraftProblem]:
    file = LintedFile(Path(read.criteria_set.id) / "criteria.yaml", ORIGIN, read)
    keys = _keys_by_line(draft, read)
    for rule in (identifiers, sources, dates, honesty, wording):
        for problem in rule(file):
            made = _advised(problem, keys)
            if made is not None:
                yield made


def _lineage(found: CriteriaSet, others: Collection[CriteriaSet]) -> Iterator[DraftProblem]:
    """Where the set and the sets that it names or follows contradict each other, such as two editions in force."""
    rest = [item for item in others if item.id != found.id]
    for item in lineage_problems((*rest, found)):
        if found.id in {item.set_id, item.other_id}:
            yield DraftProblem(HEAD, item.key, _unquoted(item.problem), _unquoted(item.fix), is_advice=True)


def _keys_by_line(draft: CriteriaDraft, read: ReadSet) -> dict[int, int]:
    """The node that a line of the text belongs to, for lines on which an id stands."""
    shown = settled(with_ids(draft))
    keys = {node.id: node.key for node in walk(shown.root) if node.id}
    return {line: keys[node_id] for node_id, line in read.id_lines.items() if node_id in keys}


def _advised(problem: LintProblem, keys: dict[int, int]) -> DraftProblem | None:
    known = _ADVICE.get(problem.rule)
    if known is None:
        return None
    field, what, instead = known
    said = problem.message.partition(": ")[2] if problem.message.startswith("`") else problem.message
    words = what or _unquoted(said or problem.message)
    return DraftProblem(
        keys.get(problem.line, HEAD)
        if field not in {"review_by", "codes", "effective_to", "notes"}
        else HEAD,
        field,
        words[:1].upper() + words[1:],
        instead or _unquoted(problem.instead),
        is_advice=True,
    )
