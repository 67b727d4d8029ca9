"""The program from first paint to quitting: lock screen, first start, open store, locking; it must know no case."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.domain.audit import Actor
from desktop.domain.clock import Clock, SystemClock
from desktop.security.data_key import DataKey
from desktop.security.session import IdleClock
from desktop.settings.paths import crash_dir, resources_dir, settings_file, store_file, vault_file
from desktop.ui.crash_notice import CrashKeeper, CrashNotice
from desktop.ui.entry_page import EntryPage
from desktop.ui.lock_screen import LockScreen
from desktop.ui.preferences import Preferences
from desktop.ui.shell import Shell
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.workspace import Services
    from desktop.ui.context import UiContext
    from desktop.ui.first_run import FirstRunScreen
    from desktop.ui.main_window import MainWindow

T = TypeVar("T")

_GEOMETRY_KEY = "window.geometry"
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Application(QObject):
    """Holds what outlives a session, and the session while there is one."""

    ended = Signal()

    def __init__(
        self,
        folder: Path,
        theme: Theme,
        runner: TaskRunner,
        preferences: Preferences,
        keeper: CrashKeeper,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._vault = vault_file(folder)
        self.theme = theme
        self._runner = runner
        self._preferences = preferences
        self._keeper = keeper
        self._clock = clock
        self._session: TaskRunner | None = None
        self._services: Services | None = None
        self._ui_context: UiContext | None = None
        self._entry: LockScreen | FirstRunScreen | None = None
        self._first_run: FirstRunScreen | None = None
        self._is_ending = False
        self._lock_words = ""
        self.main: MainWindow | None = None
        """The window's content while a store is open."""
        self.shell = Shell()
        self.shell.close_requested.connect(self.quit)
        # Queued: the children of the shell are painted first, in the same pass.
        self.shell.first_painted.connect(self._preload, Qt.ConnectionType.QueuedConnection)
        self._idle = IdleClock(preferences.settings.idle_lock_minutes * 60)
        self._idle_timer = QTimer(self)
        self._idle_timer.setInterval(1000)
        self._idle_timer.timeout.connect(self._check_idle)
        preferences.changed.connect(self._apply_preferences)

    def start(self) -> None:
        """Show the first page at once; load the rest behind it while the user types."""
        # The store itself, not its key: a first start that was cut short leaves a key that opens nothing.
        if store_file(self._folder).exists():
            self._show_lock()
        else:
            self._show_first_run()
        self.shell.show()
        self.shell.activateWindow()

    def lock(self) -> None:
        """Save what is typed, close the store, forget its key, and ask for the password again."""
        self._lock_words = "Locked. Type your password to go on where you were."
        self._close_session()

    def quit(self) -> None:
        """Save what is typed, close the store and end."""
        self._is_ending = True
        if self._services is None:
            self._end()
        else:
            self._close_session()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._idle.touch()
        return False

    # Before a session

    def _show_lock(self) -> None:
        screen = LockScreen(self.theme, self._runner, self._vault)
        screen.unlocked.connect(self._open)
        if self._lock_words:
            screen.say(self._lock_words)
        self._show_entry(screen)

    def _show_first_run(self) -> None:
        # Only here: printing the recovery key brings in modules that a lock screen does without.
        from desktop.ui.first_run import FirstRunScreen

        screen = FirstRunScreen(self.theme, self._clock)
        self._first_run = screen
        screen.wanted.connect(self._create)
        screen.finished.connect(self._enter)
        self._show_entry(screen)

    def _show_entry(self, screen: LockScreen | FirstRunScreen) -> None:
        self._entry = screen
        self._add_crash_notice(screen)
        self.shell.show_page(screen)
        screen.focus_field()

    def _add_crash_notice(self, page: EntryPage) -> None:
        notice = CrashNotice(self.theme, crash_dir())
        if notice.has_reports:
            page.banner.addWidget(notice)
        else:
            notice.deleteLater()

    def _preload(self) -> None:
        self._runner.run(preload, failed=self._show_entry_error, lane="cpu")

    def _open(self, key: DataKey) -> None:
        self._begin(partial(open_store_with, self._folder, key, self._clock), self._opened)

    def _create(self, password: str, actor: Actor) -> None:
        job = partial(create_store_with, self._folder, password, actor, self._clock)
        self._begin(job, self._created)

    def _begin(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        # Everything that touches the store runs in this session's own db thread, opening included.
        self._session = TaskRunner(self)
        self._session.run(job, done, self._not_opened)

    def _not_opened(self, error: Exception) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
        self._show_entry_error(error)

    def _show_entry_error(self, error: Exception) -> None:
        if self._entry is not None:
            self._entry.show_error(error)

    def _created(self, made: tuple[Services, str]) -> None:
        self._services, recovery_key = made
        if self._first_run is not None:
            self._first_run.show_recovery_key(recovery_key)

    def _opened(self, services: Services) -> None:
        self._services = services
        self._enter()

    # A session

    def _enter(self) -> None:
        services, session = self._services, self._session
        if services is None or session is None:
            return
        self._entry = self._first_run = None
        self._ui_context = self._context(services, session)
        self._build_main()
        self._idle = IdleClock(self._preferences.settings.idle_lock_minutes * 60)
        self._idle_timer.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        session.run(partial(services.view_state.recall, _GEOMETRY_KEY), self._restore_geometry)

    def _build_main(self) -> None:
        from desktop.ui.main_window import MainWindow

        if self._ui_context is None:
            return
        self.main = MainWindow(self._ui_context, self._folder)
        self.main.lock_requested.connect(self.lock)
        self.main.rebuild_requested.connect(self._rebuild_main)
        self.shell.show_page(self.main)
        self.main.restore_place()
        self.main.desk.focus_list()

    def _rebuild_main(self) -> None:
        if self.main is not None:
            self.main.flush()
            self._replace_when_quiet()

    def _replace_when_quiet(self) -> None:
        """Make the window anew once nothing is on its way to the present one."""
        if self._session is None or self.main is None:
            return
        if self._session.pending:
            QTimer.singleShot(20, self._replace_when_quiet)
        else:
            self._build_main()

    def _context(self, services: Services, session: TaskRunner) -> UiContext:
        from desktop.ui.context import UiContext
        from desktop.ui.notify import Notifier
        from desktop.ui.refresh import RefreshHub

        notifier = Notifier(self._keeper.keep, session)
        session.unhandled = notifier.failure
        self._keeper.tell = notifier.unexpected
        hub = RefreshHub(session)
        return UiContext(services, session, hub, notifier, self.theme, self._clock, self._preferences)

    def _close_session(self) -> None:
        services, session = self._services, self._session
        if services is None or session is None:
            return
        self._services = None
        self._idle_timer.stop()
        self._keeper.tell = None
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        if self.main is not None:
            self.main.leave()
            if not services.is_read_only:
                geometry = base64.b64encode(self.shell.saveGeometry().data()).decode("ascii")
                session.run(partial(services.view_state.remember, _GEOMETRY_KEY, f'"{geometry}"'))
            # Out of sight at once; it is freed when its last writes are done.
            self.main.hide()
        # Behind every write that was just started, because the db lane keeps its order.
        session.run(services.close, self._closed, self._close_failed)

    def _closed(self, _: object) -> None:
        if self.main is not None and self.main.was_import_dropped:
            self._lock_words += " The references that were being stored were let go: none of them came in."
        self._drop_session()
        if self._is_ending:
            self._end()
        else:
            self._show_lock()

    def _close_failed(self, error: Exception) -> None:
        self._keeper.keep(error)
        self._drop_session()
        if self._is_ending:
            self._end()
            return
        self._show_lock()
        self._show_entry_error(error)

    def _drop_session(self) -> None:
        session, self._session = self._session, None
        self.main = None
        self._ui_context = None
        if session is not None:
            session.close()
            session.deleteLater()

    def _end(self) -> None:
        self.shell.may_close = True
        self.shell.close()
        self._runner.close()
        self.ended.emit()

    def _check_idle(self) -> None:
        if self._idle.is_expired():
            minutes = self._preferences.settings.idle_lock_minutes
            self.lock()
            self._lock_words = f"Locked after {minutes} min without a key or the mouse. Your work was saved."

    def _apply_preferences(self) -> None:
        self._idle.set_limit(self._preferences.settings.idle_lock_minutes * 60)

    def _restore_geometry(self, text: str | None) -> None:
        if text:
            self.shell.restoreGeometry(QByteArray.fromBase64(text.strip('"').encode("ascii")))


def preload() -> None:
    """Import what opening a store needs, in a thread, while the password is typed."""
    import_module("desktop.services.opening")


def open_store_with(folder: Path, key: DataKey, clock: Clock) -> Services:
    """Open a store with its key, which is wiped when that fails. Runs in the db lane."""
    from desktop.services.opening import open_workspace

    try:
        return open_workspace(folder, key, clock=clock)
    except BaseException:
        key.wipe()
        raise


def create_store_with(folder: Path, password: str, actor: Actor, clock: Clock) -> tuple[Services, str]:
    """Make a store; returns its services and the recovery key. Runs in the db lane."""
    from desktop.services.opening import create_workspace

    return create_workspace(folder, password, actor, clock=clock)


def run(folder: Path) -> int:
    """Open the window on the store in `folder` and stay until it is closed; returns the exit code."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["indicated"])
    app.setApplicationName("Indicated")
    app.setDesktopFileName("indicated")
    app.setQuitOnLastWindowClosed(False)
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    resources = resources_dir()
    app.setWindowIcon(QIcon(str(resources / "icons" / "indicated.svg")))
    clock = SystemClock()
    keeper = CrashKeeper(crash_dir(), clock)
    keeper.install()
    runner = TaskRunner()
    runner.unhandled = keeper.keep
    preferences = Preferences(settings_file(), runner)
    theme = Theme(preferences.settings.theme.value, preferences.settings.text_scale, resources)
    theme.apply()
    application = Application(folder, theme, runner, preferences, keeper, clock)
    application.ended.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    application.start()
    return app.exec()
