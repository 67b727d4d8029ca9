"""From the first start to locking: by keyboard alone, and back to where the reviewer was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.audit import Actor
from desktop.domain.clock import Clock
from desktop.domain.reference import Bibliography
from desktop.security.session import IdleClock
from desktop.security.vault import TEST_PROFILE, new_recovery_key, unlock
from desktop.services.opening import create_workspace, open_with_password
from desktop.services.reference_library import Proposed
from desktop.services.workspace import Services
from desktop.ui.app import Application
from desktop.ui.case_tabs import CaseTab
from desktop.ui.crash_notice import CrashKeeper, CrashNotice
from desktop.ui.first_run import FirstRunScreen
from desktop.ui.lock_screen import LockScreen
from desktop.ui.password_field import strength_words
from desktop.ui.recovery_sheet import RecoverySheet
from desktop.ui.theme import Theme
from tests.ui.accessibility import assert_accessible
from tests.ui.frame.conftest import CLOCK, PASSWORD, add_case, wait

Start = Callable[[Path], Application]


def type_text(text: str, *, enter: bool = True) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def lock_screen_of(application: Application) -> LockScreen:
    page = application.shell.centralWidget()
    assert isinstance(page, LockScreen)
    return page


def words_on(page: QWidget | None) -> str:
    assert page is not None
    parts = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    return "\n".join(part.text() for part in parts if part.isVisible())


def unlocked(application: Application, qtbot: QtBot, password: str = PASSWORD) -> None:
    type_text(password)
    qtbot.waitUntil(lambda: application.main is not None, timeout=10_000)
    wait(50)


def test_the_right_password_opens_the_desk(start: Start, store_folder: Path, qtbot: QtBot) -> None:
    application = start(store_folder)
    assert isinstance(application.shell.centralWidget(), LockScreen)
    assert_accessible(application.shell)
    unlocked(application, qtbot)
    assert application.shell.centralWidget() is application.main


def test_a_wrong_password_is_said_in_words_and_the_next_try_works(
    start: Start, store_folder: Path, qtbot: QtBot
) -> None:
    application = start(store_folder)
    type_text("not the password")
    lock = lock_screen_of(application)
    qtbot.waitUntil(lambda: "The password is not right." in words_on(lock), timeout=10_000)
    assert "recovery key" in words_on(lock)
    unlocked(application, qtbot)


def test_after_several_wrong_passwords_the_button_counts_the_wait(
    start: Start, store_folder: Path, qtbot: QtBot
) -> None:
    application = start(store_folder)
    lock = lock_screen_of(application)
    for _ in range(4):
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5000)
        type_text("not the password")
        qtbot.waitUntil(lambda: not lock._is_busy, timeout=10_000)
    assert "Wait " in words_on(lock)
    assert lock._wait_left > 0
    assert not lock._unlock.isEnabled()


def test_the_recovery_key_opens_and_asks_for_a_new_password(
    start: Start, store_folder: Path, qtbot: QtBot
) -> None:
    vault = store_folder / "vault.json"
    key = unlock(vault, PASSWORD)
    printed = new_recovery_key(vault, key)
    key.wipe()
    application = start(store_folder)
    lock = lock_screen_of(application)
    lock._lost.click()
    type_text("nonsense")
    qtbot.waitUntil(lambda: "characters" in words_on(lock), timeout=5000)
    lock._recovery.clear()
    type_text(printed.lower())
    qtbot.waitUntil(lock._first.isVisible, timeout=10_000)
    type_text("short", enter=False)
    lock._second.setFocus()
    type_text("short")
    assert "12 characters" in words_on(lock)
    lock._first.setText("a new and longer one")
    lock._second.setText("a new and longer one")
    QTest.keyClick(lock._second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: application.main is not None, timeout=10_000)
    wait(50)
    application.lock()
    qtbot.waitUntil(lambda: application.main is None, timeout=10_000)
    unlocked(application, qtbot, "a new and longer one")


def test_locking_closes_the_store_and_unlocking_returns_to_the_same_case_and_tab(
    start: Start, store_folder: Path, qtbot: QtBot
) -> None:
    services = open_with_password(store_folder, PASSWORD, clock=CLOCK)
    case_id = add_case(services)
    services.close()
    application = start(store_folder)
    unlocked(application, qtbot)
    assert application.main is not None
    application.main.open_case(case_id, CaseTab.DETERMINATION)
    wait(100)
    QTest.keyClick(application.main, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: application.main is None, timeout=10_000)
    assert application.shell.windowTitle() == "Indicated"
    open_with_password(store_folder, PASSWORD).close()  # nobody holds it any more
    unlocked(application, qtbot)
    again = application.main
    assert again is not None
    qtbot.waitUntil(lambda: again.case_page.case_id == case_id, timeout=5000)
    assert again.case_page.tab is CaseTab.DETERMINATION


def test_locking_does_not_wait_for_an_import_and_says_that_none_of_it_came_in(
    start: Start, store_folder: Path, qtbot: QtBot
) -> None:
    application = start(store_folder)
    unlocked(application, qtbot)
    assert application.main is not None
    application.main.show_references()
    entries = tuple(
        Proposed(f"cohort-{at}", Bibliography(title=f"Cohort {at}", type="article-journal"))
        for at in range(2000)
    )
    application.main.library.references.exchange.take(entries, "large.ris")
    application.lock()
    qtbot.waitUntil(lambda: application.main is None, timeout=10_000)
    qtbot.waitUntil(lambda: "none of them came in" in words_on(application.shell.centralWidget()))
    services = open_with_password(store_folder, PASSWORD)
    assert not any(item.is_own for item in services.references.library().all())
    services.close()


def test_nobody_at_the_keyboard_locks_the_store_and_says_why(
    start: Start, store_folder: Path, qtbot: QtBot
) -> None:
    application = start(store_folder)
    unlocked(application, qtbot)
    now = [0.0]
    application._idle = IdleClock(60, lambda: now[0])
    application._check_idle()
    assert application.main is not None
    now[0] = 59
    QTest.keyClick(application.main, Qt.Key.Key_Shift)
    now[0] = 100
    application._check_idle()
    wait(50)
    assert application.main is not None
    now[0] = 160
    application._check_idle()
    qtbot.waitUntil(lambda: application.main is None, timeout=10_000)
    qtbot.waitUntil(lambda: "Locked after" in words_on(application.shell.centralWidget()))


def test_a_store_in_use_elsewhere_is_said_in_words(start: Start, store_folder: Path, qtbot: QtBot) -> None:
    other = open_with_password(store_folder, PASSWORD, clock=CLOCK)
    try:
        application = start(store_folder)
        lock = lock_screen_of(application)
        type_text(PASSWORD)
        qtbot.waitUntil(lambda: bool(lock._error.text()), timeout=10_000)
        assert application.main is None
        assert not lock._is_busy
    finally:
        other.close()


def test_the_first_start_goes_from_name_to_desk_by_keyboard(
    start: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create(folder: Path, password: str, actor: Actor, clock: Clock) -> tuple[Services, str]:
        return create_workspace(folder, password, actor, profile=TEST_PROFILE, clock=clock)

    monkeypatch.setattr("desktop.ui.app.create_store_with", create)
    application = start(tmp_path / "fresh")
    screen = application.shell.centralWidget()
    assert isinstance(screen, FirstRunScreen)
    type_text("")  # on to the credential
    type_text("")
    assert "Type your name" in words_on(screen)
    type_text("R. Reviewer")
    type_text("RN")
    type_text("too short", enter=False)
    assert "Too short" in words_on(screen)
    screen._first.clear()
    type_text(PASSWORD)
    type_text(PASSWORD)
    qtbot.waitUntil(lambda: bool(screen.findChildren(RecoverySheet)), timeout=20_000)
    sheet = screen.findChildren(RecoverySheet)[0]
    assert_accessible(application.shell)
    type_text("WRONG")
    assert "not the last group" in words_on(screen)
    sheet._typed.clear()
    type_text(sheet._key.rsplit("-", maxsplit=1)[-1].lower())
    qtbot.waitUntil(lambda: application.main is not None, timeout=10_000)
    wait(50)
    assert "R. Reviewer, RN" in words_on(application.shell)


def test_the_recovery_sheet_is_saved_for_this_user_only(theme: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    sheet = RecoverySheet(theme, "AAAAA-BBBBB-CCCCC-DDDDD", CLOCK.today())
    qtbot.addWidget(sheet)
    file = tmp_path / "key.txt"
    sheet.save(file)
    assert "AAAAA-BBBBB-CCCCC-DDDDD" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("password", "word"),
    [("", ""), ("short", "Too short"), ("aaaaaaaaaaaa", "Weak"), ("correct horse battery staple", "Strong")],
)
def test_a_password_is_judged_in_words(password: str, word: str) -> None:
    assert strength_words(password).startswith(word)


def test_a_crash_is_kept_without_its_text_and_shown_at_the_next_start(
    theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "crashes"
    keeper = CrashKeeper(folder, CLOCK)
    try:
        raise ValueError("Marta Lopez, member X123")
    except ValueError as error:
        keeper._on_exception(type(error), error, error.__traceback__)
    notice = CrashNotice(theme, folder)
    qtbot.addWidget(notice)
    assert notice.has_reports
    notice._show.setChecked(True)
    assert "ValueError" in notice._text.toPlainText()
    assert "Lopez" not in notice._text.toPlainText()
    with qtbot.waitSignal(notice.dismissed):
        notice._dismiss()
    assert not CrashNotice(theme, folder).has_reports


def test_an_error_in_a_session_is_shown_and_kept_once(tmp_path: Path, qapp: QApplication) -> None:
    keeper = CrashKeeper(tmp_path, CLOCK)
    told: list[BaseException] = []
    keeper.tell = partial(told.append)
    error = RuntimeError("x")
    keeper._on_exception(RuntimeError, error, None)
    assert told == [error]
    assert not list(tmp_path.iterdir())  # the notifier that was told keeps the report


def test_reports_do_not_fill_the_disk(tmp_path: Path, qapp: QApplication) -> None:
    keeper = CrashKeeper(tmp_path, CLOCK)
    for _ in range(40):
        keeper.keep(RuntimeError())
    assert len(list(tmp_path.iterdir())) == 20


def test_another_text_size_makes_the_window_anew_and_keeps_the_place(
    start: Start, store_folder: Path, qtbot: QtBot, theme: Theme
) -> None:
    services = open_with_password(store_folder, PASSWORD, clock=CLOCK)
    case_id = add_case(services)
    services.close()
    application = start(store_folder)
    unlocked(application, qtbot)
    first = application.main
    assert first is not None
    first.open_case(case_id, CaseTab.DETERMINATION)
    wait(100)
    first.show_settings()
    first.settings._scale.setValue(15)
    first.show_determination()
    qtbot.waitUntil(lambda: application.main is not first, timeout=10_000)
    second = application.main
    assert second is not None
    qtbot.waitUntil(lambda: second.case_page.case_id == case_id, timeout=5000)
    assert second.case_page.tab is CaseTab.DETERMINATION
    wait(200)
