"""Starts a program in this process and ends it at its first painted window: run by the start-up benchmark.

It prints the moment of that paint in nanoseconds of the clock that all processes of a machine share.

`python -m tests.bench.first_paint bare` opens an empty Qt window, the least any Qt program can do;
`python -m tests.bench.first_paint lock FOLDER` starts Indicated on the store in FOLDER.
It must not change what the program does before the first paint.
"""

from __future__ import annotations

import sys


def main() -> int:
    import time

    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    from PySide6.QtWidgets import QApplication, QLabel, QWidget

    class FirstPaint(QObject):
        """Ends the program when a top-level window has been painted."""

        seen_at_ns = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
                self.seen_at_ns = self.seen_at_ns or time.monotonic_ns()
                QCoreApplication.exit(0)
            return False

    watcher = FirstPaint()
    real_exec = QApplication.exec

    def exec_until_painted(*_: object) -> int:
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(watcher)
        return real_exec()

    QApplication.exec = exec_until_painted  # type: ignore[method-assign, assignment]
    if sys.argv[1] == "bare":
        application = QApplication([])
        label = QLabel("Indicated")
        label.show()
        application.exec()
    else:
        from desktop.bootstrap import start

        start(["--store", sys.argv[2], "open"])
    sys.stdout.write(f"{watcher.seen_at_ns}\n")
    return 0 if watcher.seen_at_ns else 1


if __name__ == "__main__":
    sys.exit(main())
