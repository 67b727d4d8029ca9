"""Reasons against findings of the letter check, kept with the letter: only for a finding that is there and yields.

A reason for citing a source in doubt holds for the source wherever it is cited. Letters of an older program keep such
reasons apart from the others; they are read alike, and a new one takes their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, LetterContent
from desktop.domain.letter_check import CheckOverride, LetterProblem
from desktop.domain.severity import Severity
from desktop.domain.text import sha256_of
from desktop.domain.typed import require_keepable
from desktop.letters.references.doubts import RULES, doubts_of
from desktop.letters.references.library import ReferenceLibrary

LONGEST = 2000


def reasons_by_rule(letter: Letter) -> dict[tuple[str, str], str]:
    """Why sources in doubt are cited, by reference id and rule, whichever way the reason was recorded."""
    found = {(item.reference_id, item.rule): item.reason for item in letter.citation_reasons}
    return found | {(item.words, item.rule): item.reason for item in letter.overrides if item.rule in RULES}


def settled(
    problems: Iterable[LetterProblem], letter: Letter, library: ReferenceLibrary
) -> Iterator[LetterProblem]:
    """The findings with the recorded reasons: an error that has one is a warning that carries it."""
    reasons = {item.key: item.reason for item in letter.overrides}
    by_rule = reasons_by_rule(letter)
    for problem in problems:
        if problem.rule in RULES:
            reference_id = _source_of(problem, letter.content, library)
            reason = by_rule.get((reference_id, problem.rule), "")
            yield problem.model_copy(update={"may_be_overridden": True, "override_reason": reason})
        elif problem.may_be_overridden and (reason := reasons.get(problem.key, "")):
            yield problem.model_copy(update={"severity": Severity.WARNING, "override_reason": reason})
        else:
            yield problem


def overridden(
    letter: Letter,
    problem: LetterProblem | None,
    library: ReferenceLibrary,
    reason: str,
    *,
    at: datetime,
    by: str,
) -> Letter:
    """The letter with a reason against a finding, in place of an earlier one; an empty one takes it back."""
    if problem is None:
        raise _refused("The letter check no longer says this.", "Look at what it says now.")
    if problem.rule in RULES:
        reference_id = _source_of(problem, letter.content, library)
        return with_reason(letter, library, reference_id, problem.rule, reason, at=at, by=by)
    if not problem.may_be_overridden:
        raise _refused(
            "This finding yields to no reason: it would make the letter false or send it astray.",
            "Put right what it says.",
        )
    words = problem.words or problem.message
    return _put(letter, problem.key, problem.rule, words, reason, at, by)


def with_reason(
    letter: Letter,
    library: ReferenceLibrary,
    reference_id: str,
    rule: str,
    reason: str,
    *,
    at: datetime,
    by: str,
) -> Letter:
    """The letter with a reason for citing a source in doubt; empty takes it back. Raises UserFacingError."""
    reference = library.get(reference_id)
    if reference is None or reference_id not in letter.content.cited():
        raise _refused(f"The letter does not cite {reference_id}.", "Cite it first, or reload the letter.")
    if rule not in {found for found, _ in doubts_of(reference)}:
        raise _refused(f"Nothing of the kind speaks against citing {reference_id}.", "It needs no reason.")
    older = tuple(
        item for item in letter.citation_reasons if (item.reference_id, item.rule) != (reference_id, rule)
    )
    key = sha256_of(f"{rule}\n\n{reference_id}")[:32]
    changed = _put(letter, key, rule, reference_id, reason, at, by)
    return changed.model_copy(update={"citation_reasons": older})


def kept_reasons(letter: Letter, problems: Iterable[LetterProblem]) -> Letter:
    """The letter with the reasons that still explain something in it: what is issued explains nothing else."""
    cited, keys = set(letter.content.cited()), {problem.key for problem in problems}
    return letter.model_copy(
        update={
            "citation_reasons": tuple(item for item in letter.citation_reasons if item.reference_id in cited),
            "overrides": tuple(
                item
                for item in letter.overrides
                if (item.words in cited if item.rule in RULES else item.key in keys)
            ),
        }
    )


def _put(letter: Letter, key: str, rule: str, words: str, reason: str, at: datetime, by: str) -> Letter:
    text = reason.strip()
    require_keepable(text)
    if len(text) > LONGEST:
        raise _refused(f"The reason is longer than {LONGEST:,} characters.", "Say it in a few sentences.")
    others = tuple(item for item in letter.overrides if item.key != key)
    given = CheckOverride(key=key, rule=rule, words=words, reason=text, given_at=at, given_by=by)
    return letter.model_copy(update={"overrides": (*others, given) if text else others})


def _source_of(problem: LetterProblem, content: LetterContent, library: ReferenceLibrary) -> str:
    """The source that a finding about a citation is about: the one of which it says what it says."""
    for reference_id in content.cited():
        reference = library.get(reference_id)
        if reference is not None and any(
            rule == problem.rule and problem.message.startswith(words) for rule, words in doubts_of(reference)
        ):
            return reference_id
    return ""


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
