"""A claim is offered only where the record supports it: for that line, at those levels, on that side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.clinical import (
    Assertion,
    ClinicalFact,
    FactKind,
    Finding,
    FindingKind,
    History,
    ImagingStudy,
)
from desktop.domain.denial import AdverseDetermination, DenialCategory, DenialReason
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.member import Coverage, LineOfBusiness
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.topic import (
    ClaimSource,
    Condition,
    CriterionCondition,
    FindingCondition,
    SpineRegion,
    Topic,
    TopicClaim,
    TopicKind,
    TopicSection,
)
from desktop.domain.topic_offer import Asked, OfferedClaim, topics_for
from desktop.domain.truth import Truth
from desktop.rules.loader import load_set
from tests.topics.small_topics import SET

SOURCE = ClaimSource(reference_id="good-2019", claim_id="c1")
WIDGETS = load_set(SET, "set.yaml")
NONUNION = FindingCondition(kind=FindingKind.NONUNION)


def a_claim(
    claim_id: str = "claim", *when: Condition, section: TopicSection = TopicSection.IMAGING
) -> TopicClaim:
    return TopicClaim(id=claim_id, section=section, text="A claim.", sources=(SOURCE,), when=when)


def a_topic(*claims: TopicClaim, **fields: object) -> Topic:
    return Topic.model_validate({"id": "t", "title": "T", "codes": ("22849",), "claims": claims, **fields})


def a_case(*findings: Finding, **fields: object) -> Case:
    line = ServiceLine(id="line", code="22849", levels=("L5-S1",))
    study = ImagingStudy(id="ct", findings=findings)
    return Case.model_validate({"id": "case", "service_lines": (line,), "imaging": (study,), **fields})


def nonunion(level: str | None, assertion: Assertion = Assertion.AFFIRMED) -> Finding:
    return Finding(id=f"f-{level}", kind=FindingKind.NONUNION, level=level, assertion=assertion)


def offered(case: Case, topic: Topic, **more: object) -> tuple[OfferedClaim, ...]:
    return topics_for(case, (), (topic,), **more)  # pyright: ignore[reportArgumentType]


def test_a_finding_counts_where_the_line_is_asked_for() -> None:
    topic = a_topic(a_claim("c", Condition(findings=(NONUNION,))))
    (offer,) = offered(a_case(nonunion("L5-S1"), nonunion("L1-L2")), topic)
    assert offer.findings[0].levels == ("L5-S1",)
    assert offer.findings[0].paths == ("imaging.ct.findings.f-L5-S1",)
    assert offer.service_line_ids == ("line",)
    assert not offered(a_case(nonunion("L1-L2")), topic)


def test_a_finding_that_is_denied_or_left_open_supports_nothing() -> None:
    topic = a_topic(a_claim("c", Condition(findings=(NONUNION,))))
    for assertion in (Assertion.NEGATED, Assertion.UNCERTAIN):
        assert not offered(a_case(nonunion("L5-S1", assertion)), topic)
    denied = FindingCondition(kind=FindingKind.NONUNION, assertion=Assertion.NEGATED)
    topic = a_topic(a_claim("c", Condition(findings=(denied,))))
    assert offered(a_case(nonunion("L5-S1", Assertion.NEGATED)), topic)


def test_only_the_levels_that_are_argued_for_count() -> None:
    case = a_case(nonunion("L4-L5"))
    line = case.service_lines[0].model_copy(update={"levels": ("L4-L5", "L5-S1")})
    case = case.model_copy(update={"service_lines": (line,)})
    topic = a_topic(a_claim("c", Condition(findings=(NONUNION,))))
    assert offered(case, topic)
    assert not offered(case, topic, asked=(Asked(service_line_id="line", levels=("L5-S1",)),))
    assert not offered(case, topic, asked=())


def test_a_finding_on_the_other_side_supports_nothing() -> None:
    finding = Finding(id="f", kind=FindingKind.OSTEOARTHRITIS, laterality=Laterality.LEFT)
    condition = Condition(findings=(FindingCondition(kind=FindingKind.OSTEOARTHRITIS),))
    topic = a_topic(a_claim("c", condition), codes=("27447",))
    for side, is_offered in (
        (Laterality.LEFT, True),
        (Laterality.RIGHT, False),
        (Laterality.BILATERAL, True),
    ):
        line = ServiceLine(id="line", code="27447", laterality=side)
        offers = offered(a_case(finding, service_lines=(line,)), topic)
        assert bool(offers) is is_offered
        assert all(offer.findings[0].sides == ("left",) for offer in offers)


def test_a_topic_of_one_region_says_nothing_of_another() -> None:
    topic = a_topic(a_claim(), region=SpineRegion.LUMBAR)
    assert offered(a_case(), topic)
    for levels in (("C5-C6",), ()):
        line = ServiceLine(id="line", code="22849", levels=levels)
        assert not offered(a_case(service_lines=(line,)), topic)


def test_a_finding_outside_the_region_of_a_topic_supports_nothing() -> None:
    line = ServiceLine(id="line", code="22849", levels=("L1-L2",))
    claim = a_claim("c", Condition(findings=(NONUNION,)))
    for level, is_there in (("L1-L2", True), ("T12-L1", False), (None, False)):
        case = a_case(nonunion(level), service_lines=(line,))
        assert bool(offered(case, a_topic(claim, region=SpineRegion.LUMBAR))) is is_there


def test_a_finding_on_both_sides_names_both() -> None:
    finding = Finding(id="f", kind=FindingKind.OSTEOARTHRITIS, laterality=Laterality.BILATERAL)
    condition = Condition(findings=(FindingCondition(kind=FindingKind.OSTEOARTHRITIS),))
    line = ServiceLine(id="line", code="27447", laterality=Laterality.BILATERAL)
    topic = a_topic(a_claim("c", condition), codes=("27447",))
    (offer,) = offered(a_case(finding, service_lines=(line,)), topic)
    assert offer.findings[0].sides == ("left", "right")


def test_a_topic_is_for_lines_with_its_codes_or_held_against_its_families() -> None:
    by_family = a_topic(a_claim(), codes=(), families=("widget",))
    line = ServiceLine(id="line", code="99999", criteria_set_ids=("widget.acme",))
    assert offered(a_case(service_lines=(line,)), by_family, sets={WIDGETS.id: WIDGETS})
    assert not offered(a_case(service_lines=(line,)), by_family)
    assert not offered(a_case(service_lines=(line,)), a_topic(a_claim()))


def test_a_process_topic_without_a_service_is_for_every_line_of_its_plans() -> None:
    condition = Condition(plans=(LineOfBusiness.MEDICARE_ADVANTAGE,))
    topic = a_topic(a_claim("c", condition), codes=(), kind=TopicKind.PROCESS)
    plan = Coverage(line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE)
    assert offered(a_case(coverage=plan), topic)
    assert not offered(a_case(), topic), "an unknown plan is no plan of a kind"
    assert not offered(a_case(coverage=plan), topic.model_copy(update={"kind": TopicKind.CLINICAL}))


def a_trace(truth: Truth, level: str = "L5-S1", *, is_applicable: bool = True) -> EvaluationTrace:
    node = NodeTrace(
        id="union", kind="criterion", text="x", truth=truth, subject=level, is_applicable=is_applicable
    )
    root = NodeTrace(id="all-1", kind="all", text="", truth=truth, children=(node,))
    return EvaluationTrace(
        set_id=WIDGETS.id,
        set_title="Widget",
        publisher="Acme",
        edition="1",
        set_hash="0",
        service_line_id="line",
        truth=truth,
        levels=(LevelTrace(level=level, truth=truth, root=root),),
    )


def test_a_criterion_counts_with_the_truth_it_came_out_with() -> None:
    sets = {WIDGETS.id: WIDGETS}
    for wanted in Truth:
        condition = Condition(criteria=(CriterionCondition(topic="nonunion-on-imaging", truth=wanted),))
        topic = a_topic(a_claim("c", condition))
        for truth in Truth:
            offers = topics_for(a_case(), (a_trace(truth),), (topic,), sets=sets)
            assert bool(offers) is (truth is wanted)
        assert not topics_for(a_case(), (a_trace(wanted, is_applicable=False),), (topic,), sets=sets)
        assert not topics_for(
            a_case(),
            (a_trace(wanted, "L1-L2"),),
            (topic,),
            sets=sets,
            asked=(Asked(service_line_id="line", levels=("L5-S1",)),),
        )


def test_a_criterion_of_a_set_that_is_not_there_supports_nothing() -> None:
    condition = Condition(criteria=(CriterionCondition(topic="nonunion-on-imaging", truth=Truth.TRUE),))
    topic = a_topic(a_claim("c", condition))
    gone = a_trace(Truth.TRUE).model_copy(update={"set_id": "gone.acme"})
    sets = {WIDGETS.id: WIDGETS}
    assert not topics_for(a_case(), (gone,), (topic,), sets=sets)
    assert topics_for(a_case(), (gone, a_trace(Truth.TRUE)), (topic,), sets=sets)


def test_only_what_is_on_record_is_named_as_a_ground() -> None:
    fracture = FindingCondition(kind=FindingKind.HARDWARE_FRACTURE)
    facts = (FactKind.TOBACCO, FactKind.COTININE)
    topic = a_topic(a_claim("c", Condition(findings=(fracture, NONUNION), facts=facts)))
    history = History(facts=(ClinicalFact(id="h", kind=facts[0]),))
    (offer,) = offered(a_case(nonunion("L5-S1"), history=history), topic)
    assert [ground.kind for ground in offer.findings] == [FindingKind.NONUNION]
    assert [(ground.kind, ground.paths) for ground in offer.facts] == [(facts[0], ("history.facts.h",))]


def test_a_reason_of_the_denial_counts_for_the_lines_it_speaks_of() -> None:
    topic = a_topic(a_claim("c", Condition(denials=(DenialCategory.EXPERIMENTAL,))))
    for lines, is_offered in (((), True), (("line",), True), (("other",), False)):
        reason = DenialReason(id="r", category=DenialCategory.EXPERIMENTAL, service_line_ids=lines)
        assert bool(offered(a_case(denial=AdverseDetermination(reasons=(reason,))), topic)) is is_offered


def test_claims_come_by_section_and_then_as_written() -> None:
    claims = (
        a_claim("outcome", section=TopicSection.OUTCOMES),
        a_claim("second", section=TopicSection.RATIONALE),
        a_claim("third", section=TopicSection.RATIONALE),
    )
    assert [offer.claim.id for offer in offered(a_case(), a_topic(*claims))] == ["second", "third", "outcome"]


def test_a_claim_that_two_lines_support_is_offered_once_for_both() -> None:
    lines = tuple(ServiceLine(id=name, code="22849", levels=("L5-S1",)) for name in ("one", "two"))
    (offer,) = offered(a_case(service_lines=lines), a_topic(a_claim()))
    assert offer.service_line_ids == ("one", "two")


conditions = st.builds(
    Condition,
    findings=st.lists(
        st.builds(FindingCondition, kind=st.sampled_from(FindingKind), assertion=st.sampled_from(Assertion)),
        max_size=2,
    ).map(tuple),
    facts=st.lists(st.sampled_from(FactKind), max_size=2).map(tuple),
    codes=st.lists(st.sampled_from(["22849", "22850"]), max_size=2).map(tuple),
    plans=st.lists(st.sampled_from(LineOfBusiness), max_size=2).map(tuple),
)
cases = st.builds(
    lambda findings, facts, plan: a_case(
        *findings,
        history=History(facts=tuple(ClinicalFact(id=kind.value, kind=kind) for kind in facts)),
        coverage=Coverage(line_of_business=plan),
    ),
    st.lists(
        st.builds(
            Finding,
            id=st.just("f"),
            kind=st.sampled_from(FindingKind),
            level=st.sampled_from([None, "L5-S1", "L1-L2"]),
            assertion=st.sampled_from(Assertion),
        ),
        max_size=3,
    ),
    st.lists(st.sampled_from(FactKind), max_size=2, unique=True),
    st.sampled_from(LineOfBusiness),
)


def is_offered(case: Case, *when: Condition) -> bool:
    return bool(offered(case, a_topic(a_claim("c", *when))))


@given(cases, conditions, conditions)
def test_a_list_of_conditions_holds_when_each_of_them_does(
    case: Case, one: Condition, other: Condition
) -> None:
    assert is_offered(case, one, other) is (is_offered(case, one) and is_offered(case, other))


@given(cases, conditions)
def test_every_field_of_a_condition_must_hold_by_itself(case: Case, condition: Condition) -> None:
    parts = [
        Condition.model_validate({name: value})
        for name in Condition.model_fields
        if (value := getattr(condition, name))
    ]
    assert is_offered(case, condition) is all(is_offered(case, part) for part in parts)


@given(cases, conditions)
def test_one_value_of_a_field_is_enough(case: Case, condition: Condition) -> None:
    for name in Condition.model_fields:
        values = getattr(condition, name)
        if values:
            single = [Condition.model_validate({name: (value,)}) for value in values]
            whole = Condition.model_validate({name: values})
            assert is_offered(case, whole) is any(is_offered(case, item) for item in single)


@given(cases, conditions, st.sampled_from(FactKind))
def test_more_on_record_never_takes_a_claim_away(case: Case, condition: Condition, kind: FactKind) -> None:
    facts = (*case.history.facts, ClinicalFact(id="more", kind=kind))
    finding = Finding(id="more", kind=FindingKind.NONUNION, level="L5-S1")
    study = case.imaging[0].model_copy(update={"findings": (*case.imaging[0].findings, finding)})
    more = case.model_copy(update={"history": History(facts=facts), "imaging": (study,)})
    assert is_offered(more, condition) or not is_offered(case, condition)
