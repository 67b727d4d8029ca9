"""The conditions of topic claims in a reviewer's words; it decides nothing about them."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.clinical import Assertion
from desktop.domain.denial import DenialCategory
from desktop.domain.text import listed
from desktop.domain.topic import Condition, Topic, TopicKind
from desktop.domain.truth import Truth
from desktop.ui.library.wording import family_title

_ASSERTIONS = {
    Assertion.AFFIRMED: "a report affirms",
    Assertion.NEGATED: "a report denies",
    Assertion.UNCERTAIN: "a report leaves open",
}
_TRUTHS = {Truth.TRUE: "is met", Truth.FALSE: "is not met", Truth.UNKNOWN: "is undecided"}


def condition_sentence(condition: Condition) -> str:
    """One condition: everything it names must hold of a service line, of several values one is enough."""
    parts: list[str] = []
    for assertion, words in _ASSERTIONS.items():
        kinds = [item.kind.label.lower() for item in condition.findings if item.assertion is assertion]
        if kinds:
            parts.append(f"{words} {_either(kinds)} where the service is asked for")
    if condition.facts:
        parts.append(f"the record holds {_either(_plain(item.value) for item in condition.facts)}")
    if condition.codes:
        parts.append(f"the line has the code {_either(condition.codes)}")
    if condition.families:
        named = _either(family_title(item).lower() for item in condition.families)
        parts.append(f"the line is held against {named}")
    parts += [f"a criterion on {_plain(item.topic)} {_TRUTHS[item.truth]}" for item in condition.criteria]
    if condition.plans:
        parts.append(f"the plan is {_either(item.label for item in condition.plans)}")
    if condition.denials:
        parts.append(f"a denial reason is {_either(_denial(item) for item in condition.denials)}")
    return f"{'; and '.join(parts)}." if parts else ""


def applies_to(topic: Topic) -> str:
    """Which service lines a topic speaks of."""
    if topic.is_for_every_line:
        return "Every service line, whatever was asked for"
    parts: list[str] = []
    if topic.families:
        parts.append(f"held against {_either(family_title(item).lower() for item in topic.families)}")
    if topic.codes:
        parts.append(
            f"with the code {_either(topic.codes)}" if len(topic.codes) == 1 else _codes(topic.codes)
        )
    region = f", at {topic.region.value} levels" if topic.region is not None else ""
    return f"Lines {', or '.join(parts)}{region}"


def kind_word(topic: Topic) -> str:
    """Clinical literature, or rules of review."""
    return "Rules of review" if topic.kind is TopicKind.PROCESS else "Clinical"


def _either(words: Iterable[str]) -> str:
    return listed(words).replace(" and ", " or ")


def _codes(codes: tuple[str, ...]) -> str:
    return f"with one of the codes {listed(codes)}"


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _denial(category: DenialCategory) -> str:
    return _plain(category.value)
