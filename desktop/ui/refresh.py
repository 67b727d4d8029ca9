"""The one refresh signal: what was committed, and by which screen; it must carry no data of its own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class RefreshHub(QObject):
    """Screens connect a bound method and ask `changes.touches(flags, case_id)` whether it concerns them."""

    changes_committed = Signal(object, object)
    """(`desktop.domain.changes.Changes`, initiator): the initiator is the screen that started it, or None."""
