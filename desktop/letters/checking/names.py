"""Finds names of people and places in a text that the record does not know, or knows differently; nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from desktop.domain.criteria import CriteriaSet
from desktop.domain.topic import Topic
from desktop.letters.checking.reading import stem
from desktop.letters.checking.texts import texts_in
from desktop.letters.checking.tokens import Token, TokenKind
from desktop.letters.checking.vocabulary import STOP_WORDS
from desktop.letters.inputs import LetterInputs
from desktop.letters.references.library import ReferenceLibrary

# A title is no part of a name: "Neither Dr. Weatherby" names Weatherby.
_NAME = r"(?!(?:Dr|Mr|Mrs|Ms|Prof)\b)[A-ZÀ-Þ](?:[^\W\d_]|[’'-])+"
_SEQUENCE = re.compile(
    r"(?<![\w’'-])(?:(?P<title>Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Doctor|Nurse)\.?[ \t]+)?"
    rf"(?P<name>{_NAME}(?:[ \t]+[A-ZÀ-Þ]\.?(?=[ \t]+{_NAME})|[ \t]+{_NAME})*)(?![\w-])"
)
_JOINERS = frozenset({"of", "the", "and", "dr", "mr", "ms"})
_BEGINS = re.compile(r"[\W\d_]*")
"""What may stand before the first word of a sentence: the number of a list, a mark, a bracket."""
_TITLES = frozenset({"Dr", "Doctor", "Prof", "Professor"})
_MISTER = frozenset({"Mr", "Mrs", "Ms", "Miss"})
_AGED = re.compile(r",\s\d{1,3},|\s(?:was born|has had|had \d|attended|completed|is \d)")
"""Behind a name: whoever has an age in the letter is the patient, not one of the doctors."""
_FORM_WORDS = frozenset(
    [
        "authorize",
        "approve",
        "overturn",
        "reverse",
        "cover",
        "withdrawn",
        "tel",
        "fax",
        "license",
        "licence",
        "utc",
        "npi",
        "dob",
        "id",
        "dear",
        "sincerely",
        "re",
        "table",
        "row",
        "encl",
        "enclosure",
        "exhibit",
        "medicare",
        "medicaid",
        "erisa",
        "cfr",
        "usc",
        "icd",
        "cpt",
        "hcpcs",
        "dr",
        "mr",
        "mrs",
        "ms",
    ]
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
    pairs: frozenset[tuple[str, str]]
    """Words that stand side by side with capitals somewhere: a name of the record or the library."""

    parts: frozenset[str]
    """The words of all names, without those of everyday language."""
    people: dict[str, str]
    """The family names of people, by the key that facts are found under, as written."""
    doctors: frozenset[str]
    """The people whom the record gives a credential."""

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
        people = {stem(name.split()[-1]): name.split()[-1] for name in _people(inputs) if name.split()}
        doctors = {plain(name.split()[-1]) for name in _credentialed(inputs) if name.split()}
        shown = {tuple(map(plain, _WORD.findall(name))): name for name in listed if name.strip()}
        found = [_words_in("\n".join(_own_texts(inputs)))]
        found.extend(_words_of(item) for item in (inputs.references, inputs.topics, *inputs.sets.values()))
        words = set[str]().union(*(item.words for item in found))
        common = set(STOP_WORDS | _FORM_WORDS).union(*(item.common for item in found))
        pairs = set[tuple[str, str]]().union(*(item.pairs for item in found))
        words |= _FORM_WORDS
        return cls(
            tuple(shown),
            shown,
            frozenset(words),
            frozenset(common),
            frozenset(pairs),
            frozenset(word for name in shown for word in name if word not in STOP_WORDS and len(word) > 1),
            people,
            frozenset(doctors),
        )


def _credentialed(inputs: LetterInputs) -> Iterator[str]:
    case = inputs.case
    yield case.denial.reviewer_name
    yield from (item.name for item in case.providers if item.credential)
    written = (
        *(item.reader for item in case.imaging),
        *(item.provider for item in case.treatments),
        *(item.author for item in case.documents),
    )
    yield from (text.split(",")[0] for text in written if "," in text)
    if inputs.determination is not None and inputs.determination.sign_off is not None:
        yield inputs.determination.sign_off.name
    yield from (item.physician_name for item in inputs.peer_to_peers)


def _people(inputs: LetterInputs) -> Iterator[str]:
    yield inputs.case.member.family_name
    yield inputs.case.member.subscriber_name
    yield from _credentialed(inputs)


def people_in(sentence: str, known: KnownNames) -> Iterator[Token]:
    """Family names of people of the record; the token's value is the key that facts are found under."""
    for match in _WORD.finditer(sentence):
        # The member may stand in any sentence; who did something is a question about clinicians.
        if plain(match.group()) in known.doctors and (key := stem(match.group())) in known.people:
            yield Token(TokenKind.NAME, (key,), match.start(), match.end(), match.group())


@dataclass(frozen=True, slots=True)
class _Words:
    words: frozenset[str]
    common: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def _words_in(text: str) -> _Words:
    words: set[str] = set()
    common: set[str] = set()
    for word in set(_WORD.findall(text)):
        key = plain(word)
        words.add(key)
        if word[:1].islower():
            common.add(key)
    pairs = {
        pair
        for match in _SEQUENCE.finditer(text)
        for pair in pairwise(map(plain, _WORD.findall(match["name"])))
    }
    return _Words(frozenset(words), frozenset(common), frozenset(pairs))


_KEPT: dict[int, tuple[object, _Words]] = {}
_MOST_KEPT = 400


def _words_of(source: ReferenceLibrary | tuple[Topic, ...] | CriteriaSet) -> _Words:
    """The words of what is the same for many letters, found once for each object."""
    kept = _KEPT.get(id(source))
    if kept is not None and kept[0] is source:
        return kept[1]
    match source:
        case ReferenceLibrary():
            texts = [text for item in source.all() for text in (item.citation, *item.supports)]
            texts.extend(claim.text for claim in source.all_claims())
        case tuple():
            texts = [text for topic in source for text in texts_in(topic.model_dump(mode="json"))]
        case _:
            texts = list(texts_in(source.model_dump(mode="json")))
    found = _words_in("\n".join(texts))
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    _KEPT[id(source)] = (source, found)
    return found


def _own_texts(inputs: LetterInputs) -> Iterator[str]:
    yield from texts_in(inputs.case.model_dump(mode="json"))
    yield inputs.case.coverage.line_of_business.label
    yield from (answer.note for answer in inputs.assessments.values())
    if inputs.determination is not None:
        yield from texts_in(inputs.determination.model_dump(mode="json", exclude={"traces"}))
    for item in (*inputs.peer_to_peers, *inputs.status_history, inputs.letterhead, inputs.template):
        if item is not None:
            yield from texts_in(item.model_dump(mode="json"))
    yield from inputs.settings.carbon_copies


def names_in(sentence: str, known: KnownNames) -> Iterator[Token]:
    """Names that the record does not know; the token's `unit` is the recorded name it comes close to, or empty."""
    for match in _SEQUENCE.finditer(sentence):
        words = [plain(word) for word in _WORD.findall(match["name"])]
        words = [word for word in words if word not in ("of", "the", "and", "de", "van", "von")]
        is_start = _BEGINS.fullmatch(sentence, 0, match.start()) is not None
        if is_start and not match["title"] and len(words) > 0 and words[0] in known.common:
            words = words[1:]
        if not words:
            continue
        if match["title"] in _TITLES and words[-1] in known.words and words[-1] not in known.doctors:
            yield Token(
                TokenKind.NAME, (match["name"],), match.start("name"), match.end("name"), match["name"]
            )
            continue
        if match["title"] in _MISTER and words[-1] in known.doctors and _AGED.match(sentence, match.end()):
            yield Token(
                TokenKind.NAME, (match["name"],), match.start("name"), match.end("name"), match["name"]
            )
            continue
        if (
            match["title"] in _MISTER
            and words[-1] in known.words
            and not any(words[-1] == plain(n) for n in known.people.values())
        ):
            yield Token(
                TokenKind.NAME, (match["name"],), match.start("name"), match.end("name"), match["name"]
            )
            continue
        if len(words) > 1 and all(pair in known.pairs for pair in pairwise(words)):
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
        bare = tuple(word for word in name if word not in _JOINERS)
        if _contains(run, bare) or _contains(bare, run):
            return None
        if _differs_in_one(run, bare, known):
            best = (len(bare), name)
            continue
        shared = [word for word in run if word in bare and word not in known.common]
        strange = [word for word in run if word not in known.common and word not in bare]
        # Words of everyday language beside a name make a phrase and no wrong name.
        if shared and strange and (best is None or len(shared) > best[0]):
            best = (len(shared), name)
    return best[1] if best else None


def _differs_in_one(run: tuple[str, ...], name: tuple[str, ...], known: KnownNames) -> bool:
    """Whether a run is a recorded name with one word exchanged; of two words the other must be no everyday one."""
    if len(run) != len(name):
        return False
    same = [one for one, other in zip(run, name, strict=True) if one == other]
    return len(same) == len(name) - 1 and (len(same) > 1 or same[0] not in known.common)


def _contains(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _misspelt(strange: list[str], known: KnownNames) -> tuple[str, ...] | None:
    for word in strange:
        for name in known.names:
            halves = word.split("-")
            if len(halves) > 1 and any(part != word and set(halves) & set(part.split("-")) for part in name):
                return name
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
