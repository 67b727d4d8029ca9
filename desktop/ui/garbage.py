"""Keeps Python's cyclic garbage collection on the GUI thread; it must not be used to have something freed at a time.

Python collects in whichever thread happens to allocate. A worker that collected a closed window would destroy its
widgets outside the GUI thread, which ends the process with a segmentation fault.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000

_KEEPERS: dict[int, bool] = {}
"""The keepers at work, and whether Python collected by itself when the first of them began. While there is one,
nothing is collected but by its timer."""


class GarbageKeeper(QObject):
    """Collects by Python's own thresholds, from a timer of the thread that it lives in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on only this thread collects. Call it before the first worker is started."""
        _KEEPERS[id(self)] = any(_KEEPERS.values()) or gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave collecting as it was found, once the last keeper stops. Call it after the last worker has ended."""
        self._timer.stop()
        did_collect = _KEEPERS.pop(id(self), False)
        if did_collect and not _KEEPERS:
            gc.enable()

    def collect(self) -> None:
        """What Python would have collected meanwhile: the oldest generation whose threshold is passed."""
        passed = [
            generation
            for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if limit and count > limit
        ]
        if passed:
            gc.collect(passed[-1])
