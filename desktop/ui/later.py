"""Something that is done a moment after it was last asked for; it must not know what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance


def later(owner: QObject, after_ms: int, slot: Callable[[], object] | SignalInstance) -> QTimer:
    """A timer that calls once, `after_ms` after its last start; it lives as long as its owner."""
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(after_ms)
    made.timeout.connect(slot)
    return made
