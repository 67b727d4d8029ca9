"""A letter written elsewhere is held against the record line by line, and nothing of it is stored."""

from __future__ import annotations

from desktop.services.workspace import Services


def test_what_the_record_does_not_bear_out_is_told_with_its_line(services: Services, sample_id: str) -> None:
    before = services.audit()
    text = "To whom it may concern\n\nThe CT shows lucency\nof 17 mm about the S1 screws.\n"
    (found,) = services.foreign_letters.problems(sample_id, text)
    assert found.place is not None
    line = text.splitlines()[3]
    assert (found.place.paragraph, line[found.place.start : found.place.end]) == (3, "17 mm")
    assert found.message.startswith("Line 4: ")
    assert services.audit() == before


def test_cells_side_by_side_are_not_read_as_one_sentence(services: Services, sample_id: str) -> None:
    text = "Lucency\t17 mm\tCT"
    (found,) = services.foreign_letters.problems(sample_id, text)
    assert found.place is not None
    assert text[found.place.start : found.place.end] == "17 mm"


def test_a_letter_without_a_statement_has_nothing_to_be_traced(services: Services, sample_id: str) -> None:
    assert services.foreign_letters.problems(sample_id, " \n\n") == ()
    assert services.foreign_letters.problems(sample_id, "We ask that the request be approved.") == ()
