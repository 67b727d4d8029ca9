"""What the record holds is offered as an answer, with its arithmetic, and never as more than it is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.clinical import (
    ClinicalFact,
    ConservativeTreatment,
    FactKind,
    FunctionScore,
    History,
    ImagingStudy,
    Measurement,
    PriorSurgery,
    TreatmentKind,
)
from desktop.domain.criteria import Criterion
from desktop.domain.document import Document
from desktop.domain.member import Member
from desktop.domain.offer import Offer
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.domain.window import TimeUnit, Window
from desktop.rules.measures import offers_for
from tests.criteria.sets import all_of, leaf, set_of, threshold

SERVICE = date(2026, 11, 20)
PT, MEDICATION = TreatmentKind.PHYSICAL_THERAPY, TreatmentKind.MEDICATION


def _criterion(measure: str, comparison: str, value: str, unit: str, **more: object) -> Criterion:
    kind, _, name = measure.partition(".")
    fields = {"measure": {"kind": kind, "name": name}, "threshold": threshold(comparison, value, unit)}
    return leaf("a", **fields, **more)


def _offer(
    criterion: Criterion,
    case: Case,
    *,
    service_on: date | None = SERVICE,
    level: str = "",
    side: str = "",
    levels: tuple[str, ...] | None = None,
) -> Offer | None:
    named = levels if levels is not None else ((level,) if level else ())
    line = ServiceLine(id="line", levels=named, service_on=service_on)
    found = offers_for(set_of(all_of(criterion, leaf("b"))), case, line, level, side)
    assert len(found) <= 1
    return found[0] if found else None


def _told(offer: Offer | None) -> tuple[str, str, str]:
    assert offer is not None
    return f"{offer.amount.value} {offer.amount.unit}", offer.truth.value, offer.arithmetic


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _course(
    first: str | None, last: str | None, visits: int | None = None, kind: TreatmentKind = PT, **more: object
) -> ConservativeTreatment:
    fields = {
        "id": f"{kind.value}-{first}-{last}-{visits}",
        "kind": kind,
        "started_on": first,
        "ended_on": last,
        "visits": visits,
        **more,
    }
    return ConservativeTreatment.model_validate(fields)


def _treated(*courses: ConservativeTreatment) -> Case:
    return Case(id="case", treatments=courses)


# ---------------------------------------------------------------------------------------------- treatments

SIX_WEEKS = _criterion("treatment.physical_therapy", ">=", "6", "weeks")
WITHIN_A_YEAR = _criterion(
    "treatment.physical_therapy", ">=", "6", "weeks", within=Window(count=12, unit=TimeUnit.MONTHS)
)
TEN_VISITS = _criterion("treatment.physical_therapy", ">=", "10", "visits")


@pytest.mark.parametrize(
    ("criterion", "courses", "told"),
    [
        (
            SIX_WEEKS,
            [_course("2026-02-03", "2026-03-24", 11)],
            ("7 weeks", "true", "Physical therapy 2026-02-03 to 2026-03-24: 7 weeks 0 days, 11 visits"),
        ),
        (
            SIX_WEEKS,
            [_course("2026-02-03", "2026-03-16")],
            ("5.86 weeks", "false", "Physical therapy 2026-02-03 to 2026-03-16: 5 weeks 6 days"),
        ),
        (
            SIX_WEEKS,
            [_course("2026-02-03", "2026-03-17", 1)],
            ("6 weeks", "true", "Physical therapy 2026-02-03 to 2026-03-17: 6 weeks 0 days, 1 visit"),
        ),
        (
            SIX_WEEKS,
            [_course("2026-02-01", "2026-02-22", 4), _course("2026-05-01", "2026-05-22", 5)],
            (
                "6 weeks",
                "true",
                (
                    "Physical therapy 2026-02-01 to 2026-02-22 and 2026-05-01 to 2026-05-22: "
                    "6 weeks 0 days in all, 9 visits"
                ),
            ),
        ),
        (
            SIX_WEEKS,
            [_course("2026-02-01", "2026-03-01", 4), _course("2026-02-15", "2026-03-15", 5)],
            (
                "6 weeks",
                "true",
                (
                    "Physical therapy 2026-02-01 to 2026-03-01 and 2026-02-15 to 2026-03-15: "
                    "6 weeks 0 days; days in common are counted once"
                ),
            ),
        ),
        (
            SIX_WEEKS,
            [_course("2026-02-01", "2026-03-01"), _course(None, None), _course("2026-04-01", None)],
            (
                "4 weeks",
                "unknown",
                (
                    "Physical therapy 2026-02-01 to 2026-03-01: 4 weeks 0 days; "
                    "not counted: 2 courses without both dates"
                ),
            ),
        ),
        (
            WITHIN_A_YEAR,
            [_course("2025-10-01", "2026-01-01", 12)],
            (
                "6 weeks",
                "true",
                (
                    "Physical therapy 2025-11-20 to 2026-01-01: 6 weeks 0 days; "
                    "not counted: what lies before 2025-11-20 (12 months before the service)"
                ),
            ),
        ),
        (
            WITHIN_A_YEAR,
            [_course("2026-10-30", "2026-12-30")],
            (
                "3 weeks",
                "false",
                (
                    "Physical therapy 2026-10-30 to 2026-11-20: 3 weeks 0 days; "
                    "not counted: what lies after the service on 2026-11-20"
                ),
            ),
        ),
        (
            TEN_VISITS,
            [_course("2026-02-03", "2026-03-24", 11)],
            ("11 visits", "true", "Physical therapy 2026-02-03 to 2026-03-24: 11 visits"),
        ),
        (
            TEN_VISITS,
            [_course("2026-02-03", "2026-03-24", 8), _course("2026-03-01", "2026-03-20", 6)],
            (
                "8 visits",
                "unknown",
                (
                    "Physical therapy 2026-02-03 to 2026-03-24 and 2026-03-01 to 2026-03-20: 8 visits; "
                    "of courses at the same time only one is counted"
                ),
            ),
        ),
        (
            TEN_VISITS,
            [_course("2026-02-03", "2026-03-24", 9), _course("2026-05-01", "2026-05-20")],
            (
                "9 visits",
                "unknown",
                (
                    "Physical therapy 2026-02-03 to 2026-03-24: 9 visits; "
                    "not counted: 1 course without a number of visits"
                ),
            ),
        ),
        (
            _criterion("treatment.injection", ">=", "2", "visits"),
            [
                _course("2026-02-03", None, 1, TreatmentKind.INJECTION),
                _course("2026-04-03", "2026-04-03", 1, TreatmentKind.INJECTION),
            ],
            ("2 visits", "true", "Injection 2026-02-03 and 2026-04-03: 2 visits"),
        ),
        (
            _criterion("treatment.any", ">=", "3", "months"),
            [_course("2026-01-05", "2026-03-05", 9), _course("2026-02-01", "2026-04-05", None, MEDICATION)],
            (
                "3 months",
                "true",
                (
                    "Physical therapy 2026-01-05 to 2026-03-05; Medication 2026-02-01 to 2026-04-05: "
                    "3 months 0 days; days in common are counted once"
                ),
            ),
        ),
        (
            _criterion("treatment.any", ">=", "3", "months"),
            [_course("2026-01-01", "2026-02-15"), _course("2026-03-01", "2026-04-15")],
            (
                "2.9 months",
                "unknown",
                (
                    "Physical therapy 2026-01-01 to 2026-02-15 and 2026-03-01 to 2026-04-15: "
                    "90 days in all, at least 2.9 months"
                ),
            ),
        ),
        (
            _criterion("treatment.any", ">=", "5", "visits"),
            [_course("2026-01-05", "2026-03-05", 3), _course("2026-02-01", "2026-04-05", 2, MEDICATION)],
            (
                "5 visits",
                "true",
                "Physical therapy 2026-01-05 to 2026-03-05; Medication 2026-02-01 to 2026-04-05: 5 visits",
            ),
        ),
    ],
)
def test_treatment_is_counted_with_its_arithmetic(criterion, courses, told) -> None:
    assert _told(_offer(criterion, _treated(*courses))) == told


def test_visits_of_a_course_that_lies_only_partly_in_the_window_are_not_counted() -> None:
    criterion = TEN_VISITS.model_copy(update={"within": WITHIN_A_YEAR.within})
    courses = (_course("2025-10-01", "2026-01-01", 12), _course("2026-02-01", "2026-03-01", 9))
    amount, truth, words = _told(_offer(criterion, _treated(*courses)))
    assert (amount, truth) == ("9 visits", "unknown")
    assert words.endswith(
        "9 visits; not counted: what lies before 2025-11-20 (12 months before the service), "
        "1 course only in part inside that time"
    )


@pytest.mark.parametrize(
    "courses",
    [
        [],
        [_course(None, "2026-03-24", 11)],
        [_course("2026-03-24", "2026-02-03", 11)],
        [_course("2020-02-03", "2020-03-24", 11)],
        [_course("2027-02-03", "2027-03-24", 11)],
        [_course("2026-02-03", "2026-03-24", 11, MEDICATION)],
    ],
)
def test_where_nothing_counts_nothing_is_offered(courses) -> None:
    assert _offer(WITHIN_A_YEAR, _treated(*courses)) is None


def test_visits_without_a_number_are_no_offer() -> None:
    assert _offer(TEN_VISITS, _treated(_course("2026-02-03", "2026-03-24"))) is None


def test_a_window_hangs_on_the_day_of_the_service() -> None:
    case = _treated(_course("2026-02-03", "2026-03-24"))
    assert _offer(WITHIN_A_YEAR, case, service_on=None) is None
    assert _offer(SIX_WEEKS, case, service_on=None) is not None


def test_many_courses_are_told_in_a_sentence_that_can_be_read() -> None:
    courses = [_course(f"2026-0{month}-01", f"2026-0{month}-08", 2) for month in range(1, 9)]
    _, _, words = _told(_offer(SIX_WEEKS, _treated(*courses)))
    assert words.endswith("2026-06-01 to 2026-06-08 and 2 more: 8 weeks 0 days in all, 16 visits")


def test_an_offer_names_the_documents_that_its_facts_were_entered_from() -> None:
    case = Case(
        id="case",
        treatments=(
            _course("2026-01-01", "2026-02-15", document_id="pt"),
            _course("2026-03-01", "2026-04-15", document_id="pt"),
            _course("2026-05-01", "2026-05-15", document_id="gone"),
        ),
        documents=(Document(id="pt", text="Ten visits."),),
    )
    offer = _offer(SIX_WEEKS, case)
    assert offer is not None
    assert (offer.document_ids, offer.spans) == (("pt",), ())


_COURSES = st.lists(
    st.builds(
        lambda start, days, visits, kind: _course(
            start.isoformat(), (start + timedelta(days=days)).isoformat(), visits, kind
        ),
        st.dates(date(2025, 6, 1), date(2026, 12, 31)),
        st.integers(0, 120),
        st.none() | st.integers(0, 20),
        st.sampled_from([PT, MEDICATION]),
    ),
    max_size=5,
)


@given(
    _COURSES, _COURSES, st.sampled_from(["days", "weeks", "months", "years", "visits"]), st.integers(1, 12)
)
def test_more_treatment_never_makes_a_met_criterion_unmet(courses, more, unit: str, limit: int) -> None:
    criterion = _criterion("treatment.any", ">=", str(limit), unit, within=WITHIN_A_YEAR.within)
    before = _offer(criterion, _treated(*courses))
    after = _offer(criterion, _treated(*courses, *more))
    if before is not None:
        assert after is not None
        assert after.amount.value >= before.amount.value
        if before.truth is Truth.TRUE:
            assert after.truth is Truth.TRUE


@given(_COURSES, st.integers(1, 30))
def test_what_is_offered_as_decided_is_what_the_days_in_the_window_come_to(courses, weeks: int) -> None:
    criterion = _criterion("treatment.any", ">=", str(weeks), "weeks", within=WITHIN_A_YEAR.within)
    begins = date(2025, 11, 20).toordinal()
    days = {
        day
        for course in courses
        for day in range(
            max(course.started_on.toordinal(), begins), min(course.ended_on.toordinal(), SERVICE.toordinal())
        )
    }
    offer = _offer(criterion, _treated(*courses))
    if offer is not None:
        assert offer.truth is (Truth.TRUE if len(days) >= 7 * weeks else Truth.FALSE)
    else:
        assert not days


# ------------------------------------------------------------------------------------------- dated values


@pytest.mark.parametrize(
    ("born", "amount", "truth"),
    [("1961-11-20", "65", "true"), ("1961-11-21", "64", "false"), ("1900-01-01", "126", "true")],
)
def test_age_is_in_whole_years_on_the_day_of_the_service(born: str, amount: str, truth: str) -> None:
    case = Case(id="case", member=Member(date_of_birth=_day(born)))
    criterion = _criterion("age", ">=", "65", "years")
    assert _told(_offer(criterion, case)) == (
        f"{amount} years",
        truth,
        f"Born {born}, {amount} years old on 2026-11-20",
    )
    assert _offer(criterion, case, service_on=None) is None
    assert _offer(criterion, Case(id="case")) is None


def _score(instrument: str, value: str | None, day: str | None, unit: str = "%") -> FunctionScore:
    fields = {"id": f"s-{value}-{day}", "instrument": instrument, "value": value, "unit": unit}
    return FunctionScore.model_validate({**fields, "scored_on": day})


def _scored(*scores: FunctionScore) -> Case:
    return Case(id="case", scores=scores)


ODI = _criterion("score.odi", ">=", "40", "%")


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ([_score("ODI", "62", "2026-05-11")], ("62 %", "true", "ODI 62 % on 2026-05-11")),
        (
            [_score("ODI", "62", "2026-05-11"), _score("ODI", "38", "2026-06-11"), _score("ODI", "90", None)],
            ("38 %", "false", "ODI 38 % on 2026-06-11"),
        ),
        (
            [_score("Oswestry (ODI)", "44", "2026-05-11", "percent")],
            ("44 %", "true", "Oswestry (ODI) 44 percent on 2026-05-11"),
        ),
        (
            [_score("odi", "44", "2026-05-11"), _score("ODI modified", "20", "2026-06-11")],
            ("44 %", "true", "odi 44 % on 2026-05-11"),
        ),
        (
            [_score("ODI", "44", "2026-05-11"), _score("ODI", "38", "2026-05-11")],
            ("38 %", "unknown", "ODI 44 % and ODI 38 % on 2026-05-11"),
        ),
    ],
)
def test_the_newest_score_of_an_instrument_is_offered(scores, told) -> None:
    assert _told(_offer(ODI, _scored(*scores))) == told


@pytest.mark.parametrize(
    "scores",
    [
        [],
        [_score("ODI", "62", None)],
        [_score("ODI", None, "2026-05-11")],
        [_score("NDI", "62", "2026-05-11")],
        [_score("ODI", "62", "2027-05-11")],
        [_score("ODI", "62", "2026-05-11"), _score("ODI", "31", "2026-06-11", "points")],
    ],
)
def test_an_undated_later_or_differently_measured_score_is_no_offer(scores) -> None:
    assert _offer(ODI, _scored(*scores)) is None


def test_of_several_values_of_a_day_the_less_favourable_is_offered_also_under_an_upper_limit() -> None:
    scores = _scored(_score("ODI", "10", "2026-05-11"), _score("ODI", "12", "2026-05-11"))
    amount, truth, _ = _told(_offer(_criterion("score.odi", "<=", "20", "%"), scores))
    assert (amount, truth) == ("12 %", "true")


@pytest.mark.parametrize("value", ["1E+1000000", "-1E+31", "1E-31"])
def test_a_number_of_absurd_length_is_no_offer(value: str) -> None:
    assert _offer(ODI, _scored(_score("ODI", None, "2026-05-11"), _absurd(value))) is None


def _absurd(value: str) -> FunctionScore:
    return _score("ODI", "1", "2026-05-11").model_copy(update={"value": Decimal(value)})


_ANY_DAY = st.none() | st.sampled_from([date.min, date.max]) | st.dates()


@given(_ANY_DAY, _ANY_DAY, _ANY_DAY, st.sampled_from(TimeUnit), st.integers(1, 5000))
def test_no_dates_however_strange_break_an_offer(first, last, service, unit: TimeUnit, count: int) -> None:
    course = ConservativeTreatment(id="t", kind=PT, started_on=first, ended_on=last, visits=1)
    case = Case(
        id="case",
        member=Member(date_of_birth=first),
        treatments=(course,),
        history=History(prior_surgeries=(PriorSurgery(id="p", performed_on=last),)),
        imaging=(ImagingStudy(id="i", modality="CT", performed_on=first),),
    )
    for measure in ("treatment.any", "since_surgery", "imaging_age.ct"):
        for within in (None, Window(count=count, unit=unit)):
            criterion = _criterion(measure, ">=", str(count), unit.value, within=within)
            offer = _offer(criterion, case, service_on=service)
            assert offer is None or offer.amount.value >= 0
    assert _offer(_criterion("age", ">=", "18", "years"), case, service_on=service) is None or service


def test_a_score_outside_its_window_or_without_a_day_of_service_is_no_offer() -> None:
    recent = ODI.model_copy(update={"within": Window(count=6, unit=TimeUnit.MONTHS)})
    inside, outside = _scored(_score("ODI", "62", "2026-05-20")), _scored(_score("ODI", "62", "2026-05-19"))
    assert _offer(recent, inside) is not None
    assert _offer(recent, outside) is None
    assert _offer(recent, inside, service_on=None) is None
    assert _offer(ODI, inside, service_on=None) is not None


def test_a_fact_is_offered_in_its_unit_however_that_is_spelt() -> None:
    fact = ClinicalFact(
        id="f", kind=FactKind.BMI, amount=Decimal("41.2"), unit="kg/m²", dated_on=_day("2026-05-01")
    )
    other = fact.model_copy(update={"id": "g", "kind": FactKind.HBA1C, "amount": Decimal(9)})
    case = Case(id="case", history=History(facts=(fact, other)))
    criterion = _criterion("fact.bmi", ">=", "40", "kg/m2")
    assert _told(_offer(criterion, case)) == ("41.2 kg/m2", "true", "BMI 41.2 kg/m² on 2026-05-01")
    bare = Case(id="case", history=History(facts=(fact.model_copy(update={"unit": ""}),)))
    assert _offer(criterion, bare) is None


REPORT = Document(id="ct", text="At L4-L5 translation is 4.2 mm. At L5-S1 1 mm. Nothing. Nothing.")


def _study(*measurements: Measurement, day: str | None = "2026-09-14", **more: object) -> ImagingStudy:
    fields = {"id": f"study-{day}", "modality": "CT", "region": "lumbar spine", "document_id": "ct", **more}
    return ImagingStudy.model_validate({**fields, "performed_on": day, "measurements": measurements})


def _measured(value: str, level: str | None = None, quote: str = "", label: str = "Translation, standing"):
    fields = {"id": f"m-{value}-{level}", "label": label, "value": value, "unit": "mm"}
    return Measurement.model_validate({**fields, "level": level, "quote": quote})


TRANSLATION = _criterion("measurement.translation", ">=", "4", "mm", per="level")


def test_a_measurement_is_offered_at_its_level_with_the_words_that_state_it() -> None:
    study = _study(
        _measured("4.2", "L4-L5", "translation is 4.2 mm"),
        _measured("1", "L5-S1", "Nothing"),
        _measured("9", "L4-L5", label="Lucent zone"),
    )
    case = Case(id="case", imaging=(study,), documents=(REPORT,))
    offer = _offer(TRANSLATION, case, level="L4-L5")
    assert offer is not None
    assert _told(offer) == ("4.2 mm", "true", "Translation, standing at L4-L5 4.2 mm on 2026-09-14")
    assert (offer.key.subject, offer.document_ids) == ("L4-L5", ("ct",))
    assert [span.quote for span in offer.spans] == ["translation is 4.2 mm"]
    other = _offer(TRANSLATION, case, level="L5-S1")
    assert other is not None
    assert (other.truth, other.spans) == (Truth.FALSE, ())


def test_a_measurement_without_a_level_is_said_to_have_none_and_other_levels_are_never_taken() -> None:
    case = Case(id="case", imaging=(_study(_measured("5"), _measured("1", "L2-L3")),))
    told = _told(_offer(TRANSLATION, case, level="L4-L5"))
    assert told == ("5 mm", "true", "Translation, standing (level not given) 5 mm on 2026-09-14")
    assert (
        _offer(TRANSLATION, Case(id="case", imaging=(_study(_measured("1", "L2-L3")),)), level="L4-L5")
        is None
    )


def test_a_measurement_asked_once_looks_at_the_levels_of_the_line_or_anywhere_without_any() -> None:
    once = TRANSLATION.model_copy(update={"per": leaf("a").per})
    case = Case(id="case", imaging=(_study(_measured("5", "L4-L5"), _measured("1", "L2-L3")),))
    assert _told(_offer(once, case, levels=("L4-L5", "L5-S1")))[0] == "5 mm"
    assert _told(_offer(once, case))[:2] == ("1 mm", "unknown")


def _operated(*surgeries: PriorSurgery) -> Case:
    return Case(id="case", history=History(prior_surgeries=surgeries))


def _surgery(day: str | None, *levels: str, **more: object) -> PriorSurgery:
    fields = {"id": f"s-{day}", "performed_on": day, "levels": levels, **more}
    return PriorSurgery.model_validate(fields)


YEAR_SINCE = _criterion("since_surgery", ">=", "12", "months", per="level")


@pytest.mark.parametrize(
    ("surgeries", "level", "told"),
    [
        (
            [_surgery("2024-06-11", "L4-L5")],
            "L4-L5",
            (
                "29.29 months",
                "true",
                "Operation at L4-L5 on 2024-06-11, service on 2026-11-20: 29 months 9 days",
            ),
        ),
        (
            [_surgery("2025-11-20", "L4-L5"), _surgery("2020-01-01", "L4-L5")],
            "L4-L5",
            (
                "12 months",
                "true",
                "Operation at L4-L5 on 2025-11-20, service on 2026-11-20: 12 months 0 days",
            ),
        ),
        (
            [_surgery("2025-11-21", "L4-L5"), _surgery("2020-01-01", "L5-S1")],
            "L5",
            (
                "11.94 months",
                "false",
                "Operation at L5 on 2025-11-21, service on 2026-11-20: 11 months 29 days",
            ),
        ),
        (
            [_surgery("2024-11-20", "L5")],
            "L5-S1",
            (
                "24 months",
                "true",
                "Operation at L5-S1 on 2024-11-20, service on 2026-11-20: 24 months 0 days",
            ),
        ),
        (
            [_surgery("2024-11-20", "L5-S1"), _surgery("2026-05-20")],
            "L5-S1",
            (
                "24 months",
                "unknown",
                (
                    "Operation at L5-S1 on 2024-11-20, service on 2026-11-20: 24 months 0 days; "
                    "not counted: 1 later, without levels"
                ),
            ),
        ),
        (
            [_surgery("2024-11-20", "L5-S1"), _surgery(None)],
            "L5-S1",
            (
                "24 months",
                "unknown",
                (
                    "Operation at L5-S1 on 2024-11-20, service on 2026-11-20: 24 months 0 days; "
                    "not counted: 1 without a date"
                ),
            ),
        ),
    ],
)
def test_the_time_since_surgery_is_that_of_the_newest_at_the_level(surgeries, level, told) -> None:
    assert _told(_offer(YEAR_SINCE, _operated(*surgeries), level=level)) == told


def test_without_an_operation_at_the_level_a_date_or_a_day_of_service_nothing_is_offered() -> None:
    assert _offer(YEAR_SINCE, _operated(_surgery("2024-06-11", "L2-L3")), level="L4-L5") is None
    assert _offer(YEAR_SINCE, _operated(_surgery(None, "L4-L5")), level="L4-L5") is None
    assert _offer(YEAR_SINCE, _operated(_surgery("2027-06-11", "L4-L5")), level="L4-L5") is None
    assert (
        _offer(YEAR_SINCE, _operated(_surgery("2024-06-11", "L4-L5")), level="L4-L5", service_on=None) is None
    )


def test_asked_once_for_the_case_any_operation_counts() -> None:
    once = YEAR_SINCE.model_copy(update={"per": leaf("a").per})
    assert _told(_offer(once, _operated(_surgery("2026-05-20"))))[:2] == ("6 months", "false")


def test_asked_once_for_the_case_an_operation_at_other_levels_only_does_not_count() -> None:
    once = YEAR_SINCE.model_copy(update={"per": leaf("a").per})
    neck, back = _surgery("2026-05-20", "C5-C6"), _surgery("2024-11-20", "L5-S1")
    assert _told(_offer(once, _operated(neck, back), levels=("L4-L5", "L5-S1")))[:2] == ("24 months", "true")
    assert _offer(once, _operated(neck), levels=("L5-S1",)) is None
    unnamed = _surgery("2026-05-20")
    assert _told(_offer(once, _operated(unnamed, back), levels=("L5-S1",)))[:2] == ("6 months", "false")


SIX_MONTHS_OLD = _criterion("imaging_age.ct", "<=", "6", "months")


@pytest.mark.parametrize(
    ("studies", "told"),
    [
        (
            [_study(day="2026-05-20"), _study(day="2025-01-01"), _study(day="2026-11-01", modality="MRI")],
            ("6 months", "true", "CT lumbar spine on 2026-05-20, service on 2026-11-20: 6 months 0 days"),
        ),
        (
            [_study(day="2026-05-19")],
            ("6.03 months", "false", "CT lumbar spine on 2026-05-19, service on 2026-11-20: 6 months 1 day"),
        ),
        (
            [_study(day="2026-05-19"), _study(day=None, id="undated")],
            (
                "6.03 months",
                "unknown",
                (
                    "CT lumbar spine on 2026-05-19, service on 2026-11-20: 6 months 1 day; "
                    "not counted: 1 without a date"
                ),
            ),
        ),
    ],
)
def test_the_age_of_imaging_is_that_of_the_newest_study_of_the_modality(studies, told) -> None:
    assert _told(_offer(SIX_MONTHS_OLD, Case(id="case", imaging=tuple(studies)))) == told


def test_imaging_of_any_kind_counts_where_none_is_named_and_none_at_all_is_no_offer() -> None:
    anything = _criterion("imaging_age", "<=", "6", "months")
    case = Case(id="case", imaging=(_study(day="2026-11-01", modality="", region=""),))
    assert _told(_offer(anything, case))[2].startswith("Imaging on 2026-11-01, ")
    assert _offer(SIX_MONTHS_OLD, case) is None
    assert _offer(anything, case, service_on=None) is None


# ------------------------------------------------------------------------------------------------- asking


def test_side_by_side_only_what_names_the_side_is_offered() -> None:
    sided = _criterion("score.koos", "<=", "50", "points", per="side")
    case = _scored(
        _score("KOOS left", "40", "2026-05-11", "points"), _score("KOOS right", "70", "2026-05-11", "points")
    )
    left, right = _offer(sided, case, side="left"), _offer(sided, case, side="right")
    assert left is not None
    assert right is not None
    assert (left.key.subject, left.truth, right.truth) == ("left", Truth.TRUE, Truth.FALSE)
    assert _offer(sided, _scored(_score("KOOS", "40", "2026-05-11", "points")), side="left") is None
    both = _treated(_course("2026-02-03", "2026-03-24", label="Both knees"))
    assert _offer(SIX_WEEKS.model_copy(update={"per": sided.per}), both, side="right") is not None


def test_what_is_asked_of_nothing_or_measures_nothing_has_no_offer() -> None:
    case = _treated(_course("2026-02-03", "2026-03-24"))
    assert _offer(SIX_WEEKS.model_copy(update={"per": TRANSLATION.per}), case) is None
    assert _offer(SIX_WEEKS.model_copy(update={"threshold": None}), case) is None
    assert _offer(SIX_WEEKS.model_copy(update={"threshold": threshold(">=", "6", "mm")}), case) is None
    per_line = SIX_WEEKS.model_copy(update={"per": leaf("a", per="service_line").per})
    offer = _offer(per_line, case)
    assert offer is not None
    assert offer.key.subject == "line"


def test_a_time_asked_in_something_else_than_time_has_no_offer() -> None:
    broken = threshold("<=", "6", "mm")
    case = Case(id="case", imaging=(_study(),), history=History(prior_surgeries=(_surgery("2024-06-11"),)))
    assert _offer(SIX_MONTHS_OLD.model_copy(update={"threshold": broken}), case) is None
    assert _offer(_criterion("since_surgery", "<=", "6", "mm"), case) is None
