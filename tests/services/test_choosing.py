"""A service line finds the sets that it asks for, and what speaks against those that were chosen."""

from __future__ import annotations

from datetime import date

from desktop.domain.service_line import ServiceLine
from desktop.rules.match import WarningKind
from desktop.services.choosing import request_of
from desktop.services.workspace import Services
from tests.services.measured_set import MEASURED


def _line(services: Services, case_id: str, line_id: str) -> ServiceLine:
    line = services.cases.case(case_id).service_line(line_id)
    assert line is not None
    return line


def test_a_line_of_the_sample_finds_the_family_that_it_asks_for_first(
    services: Services, sample_id: str
) -> None:
    case = services.cases.case(sample_id)
    for line_id, family in (
        ("line-reinsertion", "spinal-fixation-reinsertion"),
        ("line-arthrodesis", "lumbar-fusion-revision"),
    ):
        found = services.catalogue.matches(case, _line(services, sample_id, line_id))
        assert found[0].family == family
        assert found[0].why


def test_words_are_searched_for_in_the_place_of_the_lines_own(services: Services, sample_id: str) -> None:
    case = services.cases.case(sample_id)
    line = _line(services, sample_id, "line-reinsertion")
    request = request_of(case, line, " revision fusion L4-5 ")
    assert (request.text, request.codes) == ("revision fusion L4-5", ())
    assert request_of(case, line).codes == ("22849",)
    assert {"L2-L3", "L5-S1"} <= set(request_of(case, line).text.split())


def test_a_line_that_names_nothing_is_read_from_the_review_question(
    services: Services, sample_id: str
) -> None:
    case = services.cases.case(sample_id)
    assert request_of(case, ServiceLine(id="new")).text == case.review_question


def test_a_set_typed_by_the_user_is_found_too(services: Services, sample_id: str) -> None:
    services.catalogue.type_set(
        MEASURED.replace("licence: user\n", "licence: user\nterms: [wobble correction]\n")
    )
    found = services.catalogue.matches(
        services.cases.case(sample_id), ServiceLine(id="new", label="Wobble correction")
    )
    assert [item.family for item in found] == ["measured-set"]


def test_a_chosen_set_that_is_not_in_force_says_which_edition_is(services: Services, sample_id: str) -> None:
    old = MEASURED.replace(
        'edition: "1"', 'edition: "1"\neffective_from: 2020-01-01\neffective_to: 2025-12-31'
    )
    new = MEASURED.replace("id: measured-set\n", "id: measured-set.2\nsupersedes: measured-set\n").replace(
        'edition: "1"', 'edition: "2"\neffective_from: 2026-01-01'
    )
    services.catalogue.type_set(old)
    services.catalogue.type_set(new)
    line = _line(services, sample_id, "line-arthrodesis")
    services.review.choose_sets(
        sample_id, line.id, ("measured-set", "measured-set.2", line.criteria_set_ids[0])
    )
    case = services.cases.case(sample_id)
    line = _line(services, sample_id, "line-arthrodesis")
    assert line.service_on == date(2026, 12, 15)
    chosen = services.catalogue.chosen(case, line)
    assert [item.criteria_set.id for item in chosen] == list(line.criteria_set_ids)
    assert [item.is_in_force for item in chosen] == [False, True, True]
    (warning,) = [item for item in chosen[0].warnings if item.kind is WarningKind.NOT_IN_FORCE]
    assert "measured-set.2" in warning.sentence or "2025-12-31" in warning.sentence


def test_a_set_that_is_for_something_else_or_not_there_is_told(services: Services, sample_id: str) -> None:
    services.catalogue.type_set(MEASURED.replace("licence: user\n", "licence: user\ncodes: ['27447']\n"))
    line = _line(services, sample_id, "line-arthrodesis")
    asked = line.model_copy(update={"criteria_set_ids": ("measured-set", "gone")})
    (only,) = services.catalogue.chosen(services.cases.case(sample_id), asked)
    assert WarningKind.WRONG_SET in {warning.kind for warning in only.warnings}
