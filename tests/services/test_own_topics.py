"""Topics of the house's own: checked as the shipped ones are, marked, told only on verified sources, and undone."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import UserFacingError
from desktop.domain.reference import Bibliography, Claim, OwnReference, ReferenceStance, Standing
from desktop.domain.stationery import Snippet
from desktop.domain.topic import Topic
from desktop.rules.file_problem import CriteriaFileError
from desktop.services.own_topics import LONGEST, PREFIX
from desktop.services.workspace import Services

TOPIC = """\
# what the house says of loosening
id: own-loosening
title: Loosening, as we argue it
families: [lumbar-fusion-revision]
claims:
  - id: ct
    section: imaging
    text: In one series CT had a specificity for a loose pedicle screw of 96.7%.
    references: [spirig-2019/c1]
    when:
      findings: [hardware_loosening]
"""
OWN_SOURCE = OwnReference(
    id="new",
    bibliography=Bibliography(title="Our own series", type="article-journal", issued=(2024,)),
    claims=(
        Claim(
            reference_id="new",
            id="c1",
            topic="loosening",
            stance=ReferenceStance.FOR,
            text="Loosening was seen in 12% of screws.",
        ),
    ),
)
ON_OWN_SOURCE = TOPIC.replace("spirig-2019/c1", "our-own-series-2024/c1").replace(
    "In one series CT had a specificity for a loose pedicle screw of 96.7%",
    "Loosening was seen in 12% of screws",
)


def told(services: Services) -> Topic | None:
    return next((topic for topic in services.topics.all() if topic.is_own), None)


def test_an_own_topic_stands_behind_the_others_and_is_called_own(services: Services) -> None:
    shipped = services.topics.all()
    stored = services.own_topics.store(TOPIC).value
    assert services.topics.all() == (*shipped, stored)
    assert stored.is_own
    assert stored.label == "Loosening, as we argue it (own topic)"
    assert not any(topic.is_own or topic.label != topic.title for topic in shipped)
    assert services.topics.text("own-loosening") == TOPIC
    assert services.topics.problems() == ()


def test_a_case_is_offered_the_claims_of_an_own_topic(services: Services, sample_id: str) -> None:
    before = {offer.key for offer in services.argument.view(sample_id).claims}
    services.own_topics.store(TOPIC)
    offers = services.argument.view(sample_id).claims
    (new,) = [offer for offer in offers if offer.key not in before]
    assert new.key == "own-loosening:ct"
    assert new.topic_title.endswith("(own topic)")


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("96.7%", "97.6%"), 6, "97.6"),
        (("own-loosening", "loosening"), 2, "not that of a topic of your own"),
        (("spirig-2019/c1", "nobody-2019/c1"), 9, "no reference"),
        (("hardware_loosening", "import os"), 11, "import os"),
        (("section: imaging", "section: imaging\n    run: rm"), 8, "run"),
        (("In one series", "Clearly, in one series"), 6, "clearly"),
    ],
)
def test_what_the_check_finds_is_named_by_line_and_nothing_is_stored(
    services: Services, change: tuple[str, str], line: int, words: str
) -> None:
    with pytest.raises(CriteriaFileError) as caught:
        services.own_topics.store(TOPIC.replace(*change))
    assert any(item.line == line and words in item.problem for item in caught.value.problems)
    assert services.own_topics.texts() == ()


def test_a_topic_without_claims_or_of_endless_length_is_refused(services: Services) -> None:
    with pytest.raises(CriteriaFileError, match="no claim"):
        services.own_topics.store("id: own-a\ntitle: A\ncodes: ['22849']\nclaims: []\n")
    with pytest.raises(UserFacingError, match="too long"):
        services.own_topics.store("#" * (LONGEST + 1))


def test_a_claim_on_an_unverified_source_is_kept_with_a_warning_and_told_once_it_is_verified(
    services: Services,
) -> None:
    own = services.references.add_own(OWN_SOURCE).value
    assert own.id == "our-own-series-2024"
    found = services.own_topics.check(ON_OWN_SOURCE, "mine.yaml")
    assert [(item.rule, item.line) for item in found.warnings] == [("doubtful", 6)]
    services.own_topics.store(ON_OWN_SOURCE)
    topic = told(services)
    assert topic is not None
    assert topic.claims == ()
    assert [item.rule for item in services.own_topics.problems()] == ["doubtful"]
    services.references.verify(own.id, "The article itself", date(2026, 11, 20))
    topic = told(services)
    assert topic is not None
    assert [claim.id for claim in topic.claims] == ["ct"]
    services.references.mark(own.id, Standing.RETRACTED, "Notice of the journal")
    topic = told(services)
    assert topic is not None
    assert topic.claims == ()


def test_a_topic_whose_source_was_removed_is_named_and_keeps_no_other_from_being_read(
    services: Services,
) -> None:
    own = services.references.add_own(OWN_SOURCE).value
    services.own_topics.store(ON_OWN_SOURCE)
    services.references.remove(own.id)
    library = services.topics.library()
    assert [error.origin for error in library.problems] == ["own topic own-loosening"]
    assert told(services) is None
    assert services.own_topics.text("own-loosening") == ON_OWN_SOURCE
    (broken,) = services.own_topics.broken()
    assert (broken.id, broken.title) == ("own-loosening", "Loosening, as we argue it")
    services.references.undo()
    assert services.own_topics.broken() == ()
    assert told(services) is not None


def test_undo_here_takes_back_steps_on_topics_only(services: Services) -> None:
    services.own_topics.store(TOPIC)
    assert services.own_topics.undo_labels() == ("Store topic own-loosening", None)
    services.stationery.put(Snippet(id="greeting", name="Greeting", text="Dear reader"))
    assert services.own_topics.undo_labels() == (None, None)
    with pytest.raises(UserFacingError, match="nothing to undo on topics"):
        services.own_topics.undo()
    services.stationery.undo()
    services.own_topics.undo()
    assert services.own_topics.texts() == ()
    services.own_topics.redo()
    assert services.own_topics.text("own-loosening") == TOPIC


def test_a_later_text_takes_the_place_of_the_earlier_and_every_step_is_undone(services: Services) -> None:
    services.own_topics.store(TOPIC)
    later = TOPIC.replace("as we argue it", "in our words")
    assert services.own_topics.check(later, "x").replaces
    services.own_topics.store(later)
    assert services.own_topics.text("own-loosening") == later
    services.own_topics.remove("own-loosening")
    assert told(services) is None
    with pytest.raises(UserFacingError):
        services.own_topics.remove("own-loosening")
    assert services.stationery.undo().value == "Remove topic own-loosening"
    assert services.own_topics.text("own-loosening") == later
    services.stationery.undo()
    assert services.own_topics.text("own-loosening") == TOPIC
    services.stationery.undo()
    assert told(services) is None


def test_a_topic_of_the_program_is_where_an_own_one_may_begin_but_cannot_be_removed(
    services: Services,
) -> None:
    text = services.topics.text("spinal-hardware-removal").replace("id: spinal", f"id: {PREFIX}spinal", 1)
    assert services.own_topics.store(text).value.id == "own-spinal-hardware-removal"
    with pytest.raises(UserFacingError, match="no topic of your own"):
        services.own_topics.remove("spinal-hardware-removal")
