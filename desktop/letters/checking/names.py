"""Finds names of people and places in a text that the record does not know, or knows differently; nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.letters.checking.tokens import Token, TokenKind
from desktop.letters.inputs import LetterInputs

_SEQUENCE = re.compile(
    r"(?<![\w’'-])(?:(?P<title>Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Doctor|Nurse)\.?\s+)?"
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s+(?:of|the|de|van|von|and)\s+[A-ZÀ-Þ][\w’'-]+|\s+[A-ZÀ-Þ]\.?(?=\s+[A-ZÀ-Þ][\w’'-])|\s+[A-ZÀ-Þ][\w’'-]+)*)"
)
_WORD = re.compile(r"[\w’'-]+")


def plain(word: str) -> str:
    """A word without accents, case and possessive ending."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.sub(r"['’]s?$", "", bare.replace("’", "'")).casefold()


@dataclass(frozen=True)
class KnownNames:
    """The names that may stand in the letter: whole names, and every word that the record and library use."""

    names: tuple[tuple[str, ...], ...]
    """Each name of the record as words without accents and case."""
    shown: dict[tuple[str, ...], str]
    words: frozenset[str]
    """Every word of the record, the criteria and the library: what they use is not a stranger's name."""
    common: frozenset[str]
    """Words that stand in small letters somewhere."""

    @classmethod
    def of(cls, inputs: LetterInputs) -> KnownNames:
        """Everything that the record calls by a name."""
        case = inputs.case
        listed = [
            case.member.full_name,
            case.member.subscriber_name,
            case.coverage.payer,
            case.coverage.plan_name,
            case.denial.reviewer_name,
            case.denial.appeal_addressee,
            *(name for item in case.providers for name in (item.name, item.organization)),
            *(name for item in case.imaging for name in (item.facility, item.reader.split(",")[0])),
            *(item.provider.split(",")[0] for item in case.treatments),
            *(name for item in case.documents for name in (item.author.split(",")[0], item.facility)),
            *(item.facility for item in case.history.prior_surgeries),
        ]
        if inputs.determination is not None and inputs.determination.sign_off is not None:
            listed.append(inputs.determination.sign_off.name)
        listed.extend(item.physician_name for item in inputs.peer_to_peers)
        shown = {tuple(map(plain, _WORD.findall(name))): name for name in listed if name.strip()}
        words: set[str] = set()
        common: set[str] = set()
        for text in _all_texts(inputs):
            for word in set(_WORD.findall(text)):
                key = plain(word)
                words.add(key)
                if word[:1].islower():
                    common.add(key)
        return cls(tuple(shown), shown, frozenset(words), frozenset(common))


def _all_texts(inputs: LetterInputs) -> Iterator[str]:
    yield inputs.case.model_dump_json()
    for item in inputs.sets.values():
        yield item.model_dump_json()
    for reference in inputs.references.all():
        yield reference.citation
        yield from reference.supports
    for claim in inputs.references.all_claims():
        yield claim.text
    for topic in inputs.topics:
        yield topic.model_dump_json()
    for answer in inputs.assessments.values():
        yield answer.note
    if inputs.determination is not None:
        yield inputs.determination.model_dump_json(exclude={"traces"})
    for item in (*inputs.peer_to_peers, *inputs.status_history):
        yield item.model_dump_json()
    yield from inputs.settings.carbon_copies
    for value in (inputs.letterhead, inputs.template):
        if value is not None:
            yield value.model_dump_json()


def names_in(sentence: str, known: KnownNames) -> Iterator[Token]:
    """Names that the record does not know; the token's `unit` is the recorded name it comes close to, or empty."""
    for match in _SEQUENCE.finditer(sentence):
        words = [plain(word) for word in _WORD.findall(match["name"])]
        words = [word for word in words if word not in ("of", "the", "and", "de", "van", "von")]
        is_start = not sentence[: match.start()].strip(' \t\n“"([•-')
        if is_start and not match["title"] and len(words) > 0 and words[0] in known.common:
            words = words[1:]
        if not words:
            continue
        near = _mixed(words, known)
        strange = [word for word in words if word not in known.words]
        if near is None and not strange:
            continue
        if near is None and not match["title"]:
            near = _misspelt(strange, known)
            if near is None and (len(words) < 2 or all(word in known.common for word in words)):
                continue
        yield Token(
            TokenKind.NAME,
            (match["name"],),
            match.start("name"),
            match.end("name"),
            match["name"],
            known.shown[near] if near else "",
        )


def _mixed(words: list[str], known: KnownNames) -> tuple[str, ...] | None:
    """The recorded name that these words share a word with, and yet differ from."""
    if len(words) < 2:
        return None
    run = tuple(words)
    best: tuple[int, tuple[str, ...]] | None = None
    for name in known.names:
        bare = tuple(word for word in name if word not in ("of", "the", "and", "dr", "mr", "ms"))
        if _contains(run, bare) or _contains(bare, run):
            return None
        shared = [word for word in run if word in bare and word not in known.common]
        if shared and (best is None or len(shared) > best[0]):
            best = (len(shared), name)
    if best is None:
        return None
    # Words that belong to some other recorded name, or to everyday language, make a new phrase and no wrong name.
    strange = [word for word in run if word not in known.common and word not in best[1]]
    return best[1] if strange else None


def _contains(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _misspelt(strange: list[str], known: KnownNames) -> tuple[str, ...] | None:
    for word in strange:
        for name in known.names:
            if any(len(part) > 3 and part not in known.common and _is_close(word, part) for part in name):
                return name
    return None


def _is_close(one: str, other: str) -> bool:
    """Whether two words differ by at most two letters put in, left out or changed."""
    if abs(len(one) - len(other)) > 2 or one == other:
        return False
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        last, row[0] = row[0], i
        for j, right in enumerate(other, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (left != right))
    return row[-1] <= 2
