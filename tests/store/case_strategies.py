"""Random domain values for round trips, built from the models' own fields so that a new field is tested unasked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from desktop.domain.case import Case
from desktop.domain.document import Document
from desktop.domain.vertebra import VERTEBRAE, segment

M = TypeVar("M", bound=BaseModel)

IDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12).filter(lambda t: t[0] != "-")
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "A&B <3",
            "BP <120/80",
            "Sí, señor",
            "שלום",
            "e\u0301",
            "👩‍⚕️",
            "'; DROP TABLE case_row; --",
            " x ",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
)
LEVELS = st.sampled_from([*VERTEBRAE, *(segment(*pair) for pair in pairwise(VERTEBRAE))])
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)
DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def documents() -> st.SearchStrategy[Document]:
    """Documents whose pages lie in their text."""

    def paged(draw: Any) -> Document:
        document: Document = draw(values(Document, {"page_starts": st.just((0,))}))
        starts = draw(st.sets(st.integers(0, len(document.text)), max_size=3))
        return document.model_copy(update={"page_starts": tuple(sorted({0, *starts}))})

    return st.composite(paged)()


def values(model: type[M], given: dict[str, st.SearchStrategy[Any]] | None = None) -> st.SearchStrategy[M]:
    """Any valid value of a model."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in model.model_fields.items():
        if given and name in given:
            parts[name] = given[name]
        elif info.annotation is int and info.metadata:
            parts[name] = st.integers(1, 999)
        else:
            parts[name] = _of(info.annotation, info.metadata)
    return st.builds(model, **parts)


def cases(case_id: str = "case-1") -> st.SearchStrategy[Case]:
    """Any case, under one id."""
    return values(Case, {"id": st.just(case_id), "number": st.sampled_from(["", "26-0001", "A 7"])})


def _of(annotation: Any, metadata: list[Any] | tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *rest = get_args(annotation)
        return _of(base, rest)
    if origin in {Union, UnionType}:
        return st.one_of(*(_of(option) for option in get_args(annotation)))
    if origin is tuple:
        return _tuple_of(get_args(annotation)[0])
    if annotation is str:
        return _text_kind(metadata)
    if annotation is int:
        return st.integers(0, 999)
    if isinstance(annotation, type) and issubclass(annotation, Enum | BaseModel):
        return values(annotation) if issubclass(annotation, BaseModel) else st.sampled_from(list(annotation))
    simple = {bool: st.booleans(), Decimal: DECIMALS, date: DATES, type(None): st.none()}
    return simple[annotation]


def _tuple_of(item: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    if "id" in getattr(item, "model_fields", {}):
        entries = documents() if item is Document else _of(item)
        return st.lists(entries, max_size=2, unique_by=lambda one: one.id).map(tuple)
    return st.lists(_of(item), max_size=2).map(tuple)


def _text_kind(metadata: list[Any] | tuple[Any, ...]) -> st.SearchStrategy[str]:
    for item in metadata:
        if getattr(item, "pattern", None):
            return IDS
        if getattr(getattr(item, "func", None), "__name__", "") == "parse_level":
            return LEVELS
    return TEXTS
