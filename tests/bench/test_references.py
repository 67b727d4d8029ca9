"""How long it takes to hold a large file of references against a library: twice the entries, about twice the time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.reference import Bibliography, OwnReference, PersonName
from desktop.letters.references.exchange import ReferenceForm, read_references, write_references
from desktop.letters.references.library import EMPTY_LIBRARY, ReferenceLibrary
from desktop.services.reference_library import proposed_for
from tests.bench.measure import Measurement, measure, summary, times_ms

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

FEW, MANY = 2_500, 10_000
NAMES = ("Doe", "Roe", "Smith", "Lee", "Wang")
Report = Callable[[Measurement], None]


def entries(count: int) -> tuple[Bibliography, ...]:
    """Articles of five authors over twenty-five years, each with a DOI, a PMID and a title of its own."""
    return tuple(
        Bibliography(
            type="article-journal",
            title=f"Loosening of pedicle screws in cohort number {at}",
            container_title="Spine",
            doi=f"10.1234/cohort.{at}",
            pmid=str(10_000_000 + at),
            issued=(2000 + at % 25, 3),
            authors=(PersonName(family=NAMES[at % 5], given="J A"), PersonName(family="Poe", given="K")),
        )
        for at in range(count)
    )


def library_of(found: tuple[Bibliography, ...]) -> ReferenceLibrary:
    """A library of own entries."""
    own = (OwnReference(id=f"own-{at}", bibliography=item) for at, item in enumerate(found))
    return EMPTY_LIBRARY.with_own(own, ())


def test_holding_an_import_against_a_library_grows_with_its_entries_only(report: Report) -> None:
    few, many = entries(FEW), entries(MANY)
    # Every second entry is in the library already.
    small, large = library_of(few[::2]), library_of(many[::2])
    quick = times_ms(lambda: proposed_for(small, few), runs=5, warm_ups=1)
    slow = times_ms(lambda: proposed_for(large, many), runs=5, warm_ups=1)
    base = summary(f"hold {FEW:,} entries against {FEW // 2:,}", quick)
    report(base)
    found = summary(
        f"hold {MANY:,} entries against {MANY // 2:,}",
        slow,
        baseline_name=base.name,
        baseline_ms=base.median_ms,
    )
    report(found)
    assert sum(bool(item.repeats) for item in proposed_for(large, many)) == MANY // 2
    assert found.ratio < 10  # four times the entries; the square of it would be 16


@pytest.mark.parametrize("form", ReferenceForm)
def test_reading_a_file_of_many_entries(form: ReferenceForm, report: Report) -> None:
    content = write_references(
        ((f"e{at}", item) for at, item in enumerate(entries(1_000))), form
    ).text.encode()
    report(
        measure(f"read 1,000 entries as {form.value}", lambda: read_references(content, "file", form), runs=5)
    )
