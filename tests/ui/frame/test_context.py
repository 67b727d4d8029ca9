"""Commits: changes are announced, failures reach the reviewer in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.errors import UserFacingError
from desktop.services.operation import OperationResult
from desktop.ui.context import UiContext
from desktop.ui.notify import NoticeKind, Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.ui.frame.conftest import CLOCK

CHANGES = Changes(frozenset({ChangeFlag.CASE}), frozenset({"c1"}))


@pytest.fixture
def bare(runner: TaskRunner, theme: Theme) -> UiContext:
    return UiContext(SimpleNamespace(), runner, RefreshHub(), Notifier(), theme, CLOCK)  # type: ignore[arg-type]


def test_changes_are_announced_before_the_value_is_handed_over(bare: UiContext) -> None:
    events: list[Any] = []
    bare.refresh.changes_committed.connect(lambda changes, who: events.append((changes, who)))
    bare.commit(lambda: OperationResult("value", CHANGES), events.append, initiator="me")
    assert bare.runner.wait_idle()
    assert events == [(CHANGES, "me"), "value"]


def test_a_stale_commit_is_still_announced_because_the_store_did_change(bare: UiContext) -> None:
    announced: list[Any] = []
    values: list[str] = []
    bare.refresh.changes_committed.connect(lambda changes, _who: announced.append(changes))
    bare.commit(lambda: OperationResult("old", CHANGES), values.append, key="note")
    bare.commit(lambda: OperationResult("new", CHANGES), values.append, key="note")
    assert bare.runner.wait_idle()
    assert len(announced) == 2
    assert values == ["new"]


def test_an_error_in_words_is_shown_in_its_words_and_changes_nothing(bare: UiContext) -> None:
    def refuse() -> OperationResult[str]:
        raise UserFacingError("It is signed.", safe="Nothing was changed.", todo="Supersede it.")

    announced: list[Any] = []
    bare.refresh.changes_committed.connect(lambda changes, _who: announced.append(changes))
    bare.commit(refuse)
    assert bare.runner.wait_idle()
    notice = bare.notify.notices[-1]
    assert (notice.kind, notice.what, notice.safe, notice.todo) == (
        NoticeKind.ERROR,
        "It is signed.",
        "Nothing was changed.",
        "Supersede it.",
    )
    assert announced == []


def test_an_unexpected_error_is_reported_and_shown_without_its_text(bare: UiContext) -> None:
    reported: list[BaseException] = []
    bare.notify = Notifier(reported.append)

    def fail() -> OperationResult[str]:
        raise KeyError("Marta Lopez")

    bare.commit(fail)
    assert bare.runner.wait_idle()
    notice = bare.notify.notices[-1]
    assert notice.kind is NoticeKind.UNEXPECTED
    assert "Lopez" not in f"{notice.what}{notice.safe}{notice.todo}"
    assert "KeyError" in notice.what
    assert [type(error) for error in reported] == [KeyError]
