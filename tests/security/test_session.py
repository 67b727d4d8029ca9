"""A session ends by itself, and nothing but a new one brings it back."""

from __future__ import annotations

from desktop.security.session import IdleClock, uptime_s


class Watch:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_it_expires_when_the_limit_has_passed_without_a_touch() -> None:
    watch = Watch()
    idle = IdleClock(300, watch)
    watch.seconds += 299
    assert not idle.is_expired()
    assert idle.remaining_s() == 1
    idle.touch()
    watch.seconds += 299.9
    assert not idle.is_expired()
    watch.seconds += 0.1
    assert idle.is_expired()
    assert idle.remaining_s() == 0


def test_a_touch_after_expiry_changes_nothing() -> None:
    watch = Watch()
    idle = IdleClock(300, watch)
    watch.seconds += 301
    idle.touch()
    assert idle.is_expired()


def test_expiry_is_kept_even_if_a_broken_clock_runs_backwards() -> None:
    watch = Watch()
    idle = IdleClock(300, watch)
    watch.seconds += 301
    assert idle.is_expired()
    watch.seconds -= 200
    assert idle.is_expired()


def test_a_changed_limit_counts_from_the_last_touch() -> None:
    watch = Watch()
    idle = IdleClock(900, watch)
    watch.seconds += 120
    idle.set_limit(60)
    assert idle.limit_s == 60
    assert idle.is_expired()


def test_the_machines_clock_only_moves_forward() -> None:
    first = uptime_s()
    assert uptime_s() >= first
    assert not IdleClock(60).is_expired()
