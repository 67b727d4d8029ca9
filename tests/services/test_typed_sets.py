"""A set typed from paper and its YAML text: the same words both ways, ids that stay, mistakes by row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import CriteriaSet, Criterion, Group, LicenceClass, Polarity, Scope
from desktop.domain.document import DocumentKind
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import load_set
from desktop.services.typed_set_check import check
from desktop.services.typed_set_text import from_yaml, to_yaml
from desktop.services.typed_sets import (
    Rule,
    TypedGroup,
    TypedRow,
    TypedSet,
    from_draft,
    slug,
    to_draft,
    with_ids,
)
from desktop.services.workspace import Services

SET = TypedSet(
    title="Reinsertion of spinal fixation",
    publisher="Example Plan",
    edition="2026",
    codes=("22849",),
    entries=(
        TypedRow(text="The curve measures more than 40 degrees", threshold="> 40 degrees"),
        TypedRow(),
        TypedGroup(
            text="Function",
            rule="at_least",
            count=2,
            rows=(
                TypedRow(text="Pain limits activity", per=Scope.LEVEL),
                TypedRow(text="No infection is active", polarity=Polarity.ABSENT),
            ),
        ),
    ),
)

# What may be stored: no NUL and no halves of surrogate pairs. The loader trims what stands around a text.
accepted = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
filled = accepted.filter(str.strip)
rows = st.builds(
    TypedRow,
    text=filled,
    polarity=st.sampled_from(Polarity),
    per=st.sampled_from(Scope),
    threshold=st.sampled_from(["", ">= 4 mm", "≤ 0.50 %", "<12 months"]),
    evidence_types=st.lists(st.sampled_from(DocumentKind), unique=True, max_size=3).map(tuple),
    within=st.sampled_from(["", "1 month", "6 weeks"]),
    closes_with=accepted,
    note=accepted,
    locator=accepted,
)


@st.composite
def groups(draw: st.DrawFn) -> TypedGroup:
    members = draw(st.lists(rows, min_size=1, max_size=3))
    rule: Rule = draw(st.sampled_from(["all", "any", "at_least"]))
    count = draw(st.integers(1, len(members))) if rule == "at_least" else 1
    return TypedGroup(text=draw(accepted), rule=rule, count=count, rows=tuple(members))


@st.composite
def sets(draw: st.DrawFn) -> TypedSet:
    entries = draw(st.lists(st.one_of(rows, groups()), min_size=1, max_size=4))
    rule: Rule = draw(st.sampled_from(["all", "any", "at_least"]))
    return TypedSet(
        title=draw(filled),
        publisher=draw(filled),
        document_number=draw(accepted),
        edition=draw(filled),
        licence=draw(st.sampled_from([LicenceClass.USER, LicenceClass.LICENSED_REFERENCE])),
        codes=tuple(draw(st.lists(filled, max_size=2))),
        indications=tuple(draw(st.lists(filled, max_size=2))),
        covers=tuple(draw(st.lists(st.sampled_from(FindingKind), unique=True, max_size=2))),
        notes=draw(accepted),
        rule=rule,
        count=draw(st.integers(1, len(entries))) if rule == "at_least" else 1,
        entries=tuple(entries),
    )


def words(row: TypedRow) -> tuple[str, ...]:
    return tuple(text.strip() for text in (row.text, row.closes_with, row.note, row.locator))


@given(sets())
def test_every_text_that_can_be_stored_comes_out_of_the_loader_as_it_went_in(typed: TypedSet) -> None:
    loaded = load_set(to_yaml(typed), "typed set")
    for name in ("title", "publisher", "document_number", "edition", "notes"):
        assert getattr(loaded, name) == getattr(typed, name).strip()
    assert loaded.codes == tuple(code.strip() for code in typed.codes)
    assert loaded.indications == tuple(text.strip() for text in typed.indications)
    assert (loaded.licence, loaded.covers) == (typed.licence, typed.covers)
    leaves = tuple(loaded.criteria())
    assert [(leaf.text, leaf.closes_with, leaf.note, leaf.source.locator) for leaf in leaves] == [
        words(row) for row in typed.rows
    ]
    assert [(leaf.polarity, leaf.per) for leaf in leaves] == [(row.polarity, row.per) for row in typed.rows]
    assert not check(typed)


@given(sets())
@example(replace(SET, notes="Words # and no comment", entries=(TypedRow(text="A", threshold="<12 months"),)))
def test_a_set_read_back_from_its_text_gives_the_same_text(typed: TypedSet) -> None:
    text = to_yaml(typed)
    again = from_yaml(text)
    assert again is not None
    assert to_yaml(again) == text or load_same(to_yaml(again), text)


def load_same(first: str, second: str) -> bool:
    return bare(load_set(first, "a")) == bare(load_set(second, "b"))


def bare(loaded: CriteriaSet) -> CriteriaSet:
    return loaded.model_copy(update={"content_hash": ""})


@given(sets())
def test_a_draft_keeps_what_was_typed(typed: TypedSet) -> None:
    assert from_draft(to_draft(typed)) == typed


def test_a_draft_keeps_what_is_half_typed_and_survives_half_a_character() -> None:
    half = replace(SET, edition="", entries=(TypedRow(threshold=">= "), TypedGroup(count=7)))
    assert from_draft(to_draft(half)) == half
    broken = from_draft(to_draft(replace(SET, notes="a\ud800b")))
    assert broken is not None
    assert broken.notes == "a\ufffdb"
    assert from_draft("{") is None
    assert from_draft('{"title": 3}') is None


def test_rules_thresholds_and_groups_arrive_in_the_tree() -> None:
    root = load_set(to_yaml(SET), "typed set").root
    curve, function = root.children
    assert isinstance(curve, Criterion)
    assert curve.threshold is not None
    assert curve.threshold.caption == "> 40 degrees"
    assert isinstance(function, Group)
    assert (function.kind, function.count, function.text) == ("at_least", 2, "Function")


def test_ids_come_from_the_words_and_are_unique() -> None:
    twice = replace(SET, entries=(TypedRow(text="Pain, at rest"), TypedRow(text="Pain at rest!")))
    made = with_ids(twice, taken=("example-plan.reinsertion-of-spinal-fixation",))
    assert made.id == "example-plan.reinsertion-of-spinal-fixation-2"
    assert [row.id for row in made.rows] == ["pain-at-rest", "pain-at-rest-2"]
    assert slug("Lockerung über 2 mm", "x") == "lockerung-uber-2-mm"
    assert slug("骨折", "criterion") == "criterion"
    assert len(slug("word " * 40, "x")) <= 60


def test_a_criterion_called_like_a_group_does_not_take_its_id() -> None:
    typed = replace(
        SET,
        entries=(
            TypedRow(text="All 1"),
            TypedRow(text="Whole set"),
            TypedGroup(text="All 1", rows=(TypedRow(text="Group"),)),
        ),
    )
    assert not check(typed)


def test_ids_stay_when_words_change() -> None:
    stored = from_yaml(to_yaml(SET))
    assert stored is not None
    first = stored.entries[0]
    assert isinstance(first, TypedRow)
    edited = replace(stored, title="Another title", entries=(replace(first, text="Other words"),))
    again = load_set(to_yaml(edited), "typed set")
    assert again.id == stored.id
    assert [leaf.id for leaf in again.criteria()] == ["the-curve-measures-more-than-40-degrees"]
    assert next(again.criteria()).text == "Other words"


def test_the_sample_sets_written_by_hand_open_in_the_form_without_loss(sample_file: CaseFile) -> None:
    for text in sample_file.user_criteria:
        typed = from_yaml(text)
        assert typed is not None
        assert bare(load_set(to_yaml(typed), "a")) == bare(load_set(text, "b"))
        assert to_yaml(typed).startswith(text.splitlines()[0])


@pytest.mark.parametrize(
    "tree",
    [
        "  all:\n    - any:\n        - all:\n            - {id: a, text: A}\n",
        "  all:\n    - not: {id: a, text: A}\n",
        "  not: {id: a, text: A}\n",
        "  all:\n    # the plan's second page\n    - {id: a, text: A}\n",
        "  all:\n    - {id: a, text: A}  # second page\n",
        "  all:\n    - id: a\n      text: A\n      note: >- # second page\n        words\n",
    ],
)
def test_what_the_form_would_lose_is_left_to_the_text_view(tree: str) -> None:
    head = 'id: own\nfamily: own\ntitle: T\npublisher: P\nedition: "1"\nlicence: user\ncriteria:\n'
    assert from_yaml(head + tree) is None


def test_mistakes_are_told_where_they_were_made() -> None:
    wrong = replace(
        SET,
        title=" ",
        entries=(
            TypedRow(),
            TypedRow(text="Fine", threshold="4 mm"),
            TypedGroup(
                rule="at_least",
                count=3,
                rows=(TypedRow(note="only a note"), TypedRow(within="soon", text="B")),
            ),
            TypedGroup(text="Nothing in it"),
        ),
    )
    found = {(problem.path, problem.field): problem.what for problem in check(wrong)}
    assert set(found) == {
        ((), "title"),
        ((1,), "threshold"),
        ((2,), "rule"),
        ((2, 0), "text"),
        ((2, 1), "within"),
        ((3,), "rule"),
    }
    assert "not a comparison, a number and a unit" in found[(1,), "threshold"]
    assert found[(2,), "rule"] == "At least 3 can never be reached: there are 2 criteria here."


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_a_character_that_cannot_be_stored_is_told_at_its_row(character: str) -> None:
    wrong = replace(SET, entries=(TypedRow(text="Fine"), TypedRow(text=f"a{character}b")))
    assert [(problem.path, problem.field) for problem in check(wrong)] == [((1,), "text")]


def test_an_empty_form_says_what_is_missing_and_nothing_else() -> None:
    assert {problem.field for problem in check(TypedSet())} == {"title", "publisher", "edition", "criteria"}
    assert all(problem.is_missing for problem in check(TypedSet()))


# ------------------------------------------------------------------------------------------ in the store


def stored(services: Services, sample_id: str) -> tuple[TypedSet, AssessmentKey]:
    """The set in the store, held against the sample's first line, its first criterion answered."""
    set_id = services.catalogue.type_set(to_yaml(SET)).value.id
    text = services.catalogue.typed_source(set_id)
    assert text is not None
    typed = from_yaml(text)
    assert typed is not None
    line = services.cases.case(sample_id).service_lines[0]
    services.review.choose_sets(sample_id, line.id, (set_id, *line.criteria_set_ids))
    key = AssessmentKey(set_id=set_id, criterion_id=typed.rows[0].id)
    services.review.set_state(sample_id, key, AssessmentState.NOT_MET)
    return typed, key


def test_own_sets_are_listed_and_give_their_text_back(services: Services) -> None:
    assert services.catalogue.typed_sets() == ()
    text = to_yaml(replace(SET, licence=LicenceClass.LICENSED_REFERENCE))
    made = services.catalogue.type_set(text).value
    assert services.catalogue.typed_sets() == (made,)
    assert services.catalogue.typed_source(made.id) == text
    assert services.catalogue.typed_source(services.catalogue.library().sets[0].id) is None


def test_words_of_an_answered_criterion_may_change_and_its_answer_stays(
    services: Services, sample_id: str
) -> None:
    typed, key = stored(services, sample_id)
    first = replace(typed.rows[0], text="The Cobb angle is more than 40 degrees")
    services.catalogue.type_set(to_yaml(replace(typed, entries=(first,))))
    view = services.review.view(sample_id)
    assert view.assessments[key].state is AssessmentState.NOT_MET
    asked = next(item for item in view.sets if item.id == key.set_id).criterion(key.criterion_id)
    assert asked is not None
    assert asked.text == "The Cobb angle is more than 40 degrees"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "another"}, "is no longer in the set"),
        ({"per": Scope.LEVEL}, "was asked once per case and is now asked once per level"),
        ({"polarity": Polarity.ABSENT}, "had to be present and now must be absent"),
    ],
)
def test_an_answer_never_loses_its_question(
    services: Services, sample_id: str, change: dict[str, object], reason: str
) -> None:
    typed, key = stored(services, sample_id)
    before = services.catalogue.typed_source(key.set_id)
    first = replace(typed.rows[0], **change)  # type: ignore[arg-type]
    with pytest.raises(UserFacingError) as refused:
        services.catalogue.type_set(to_yaml(replace(typed, entries=(first, *typed.entries[1:]))))
    assert f"“The curve measures more than 40 degrees” {reason} (1 case)" in refused.value.what
    assert services.catalogue.typed_source(key.set_id) == before


def test_a_typed_set_concerns_every_case_that_may_be_held_against_it(
    services: Services, sample_id: str
) -> None:
    changes = services.catalogue.type_set(to_yaml(SET)).changes
    assert changes.touches(frozenset({ChangeFlag.CRITERIA}), sample_id)
    assert not changes.touches(frozenset({ChangeFlag.LETTER}), sample_id)


def test_criteria_without_answers_come_and_go(services: Services, sample_id: str) -> None:
    typed, key = stored(services, sample_id)
    changed = replace(typed, entries=(typed.rows[0], TypedRow(text="Something new")))
    services.catalogue.type_set(to_yaml(changed))
    found = services.catalogue.library().get(key.set_id)
    assert found is not None
    assert [leaf.id for leaf in found.criteria()] == [key.criterion_id, "something-new"]


def _make_unreadable(services: Services, set_id: str) -> None:
    """As if the set had been stored by a version of the program whose language this one does not know."""
    with services._store.write("criteria_set_typed", "Type", case_id=None, undoable=False) as work:
        work.criteria.put(set_id, "id: old\nwords: of another version\n")


def test_a_stored_set_that_cannot_be_read_keeps_no_case_closed(services: Services, sample_id: str) -> None:
    others = services.catalogue.typed_sets()
    _, key = stored(services, sample_id)
    _make_unreadable(services, key.set_id)
    view = services.review.view(sample_id)
    assert key.set_id not in {item.id for item in view.sets}
    assert {item.id for item in others} <= {item.id for item in view.sets}
    assert view.assessments[key].state is AssessmentState.NOT_MET
    (problem,) = services.catalogue.library().problems
    assert "`words` is not a key of a criteria set" in problem.what


def test_a_set_that_cannot_be_read_is_typed_anew_without_losing_an_answer(
    services: Services, sample_id: str
) -> None:
    typed, key = stored(services, sample_id)
    _make_unreadable(services, key.set_id)
    with pytest.raises(UserFacingError, match=f"“{key.criterion_id}” is no longer in the set"):
        services.catalogue.type_set(to_yaml(replace(typed, entries=(TypedRow(text="Another"),))))
    services.catalogue.type_set(to_yaml(typed))
    assert key.set_id in {item.id for item in services.review.view(sample_id).sets}


def test_a_case_file_comes_in_beside_a_set_that_cannot_be_read(
    services: Services, sample_file: CaseFile
) -> None:
    set_id = services.catalogue.type_set(to_yaml(SET)).value.id
    _make_unreadable(services, set_id)
    assert services.cases.import_case(sample_file).value.id == sample_file.case.id
