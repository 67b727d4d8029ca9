"""The main job by keyboard alone: from the first start over a typed case to an issued letter, locked and unlocked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.assessment import AssessmentState, Stance
from desktop.domain.case import CaseStatus
from desktop.domain.letter import LetterState
from desktop.ui.app import Application
from desktop.ui.case_tabs import CaseTab
from desktop.ui.intake.code_field import OfferList
from desktop.ui.main_window import MainWindow
from desktop.ui.recovery_sheet import RecoverySheet
from tests.e2e.keyboard import CTRL, SHIFT, Key, Keyboard

PASSWORD = "correct horse battery"
REPORT = (
    "CT OF THE LUMBAR SPINE",
    "Lucency surrounds both S1 screws.",
    "No bridging bone is seen at L5-S1.",
)


class Reviewer:
    """Someone who has the program in front of them for the first time."""

    def __init__(self, application: Application, keyboard: Keyboard) -> None:
        self.application = application
        self.keys = keyboard

    @property
    def window(self) -> MainWindow:
        assert self.application.main is not None
        return self.application.main

    def words(self) -> str:
        """Every label that can be seen."""
        shown = self.application.shell.findChildren(QLabel)
        return "\n".join(label.text() for label in shown if label.isVisible())

    def quiet(self) -> None:
        """Wait until everything typed is saved and everything asked for is shown."""
        self.window.flush()
        runner = self.window._context.runner
        self.keys.until(lambda: runner.pending == 0)

    def make_the_store(self) -> None:
        keys = self.keys
        keys.type("Dana Whitfield", end=Key.Key_Return)
        keys.type("RN", end=Key.Key_Return)
        keys.type(PASSWORD, end=Key.Key_Return)
        keys.type(PASSWORD, end=Key.Key_Return)
        shell = self.application.shell
        keys.until(lambda: bool(shell.findChildren(RecoverySheet)))
        key = shell.findChildren(RecoverySheet)[0]._key
        keys.type(key.rsplit("-", maxsplit=1)[-1].lower(), end=Key.Key_Return)
        keys.until(lambda: self.application.main is not None)
        keys.until(lambda: "This is your desk." in self.words())

    def type_the_record(self) -> None:
        keys = self.keys
        keys.press(Key.Key_N, CTRL)
        keys.until(lambda: bool(self.window.case_page.case_id))
        self.quiet()
        keys.press(Key.Key_Return)  # from the rail into its first section
        keys.fill(("Review question", "Is reinsertion of fixation medically necessary from L2 to S1?"))
        keys.fill(
            ("Given name", "Walter"),
            ("Family name", "Nash"),
            ("Date of birth", "3/4/1961"),
            ("Member ID", "TST-000-4471"),
        )
        keys.fill(("Payer", "Summit Plan"))
        keys.fill(
            ("Date on the notice", "2026-11-02"),
            ("Date received", "2026-11-05"),
            ("Reference number", "REF-1"),
        )
        keys.fill(("Appeal fax", "555-0100"))
        self.add("Add reason")
        keys.fill(
            ("In the notice's own words", "No criterion for reinsertion of a spinal fixation device is met.")
        )
        self.add("Add provider")
        keys.fill(("Name", "Avery Lindqvist"), ("Credential", "MD"), ("NPI", "1234567893"))
        self.add("Add service line")
        keys.fill(("Your label", "Reinsertion of fixation"), ("Code", "22849"), ("Levels", "L2-S1"))
        self.add("Add diagnosis")
        keys.fill(("Code or words", "pseudarthrosis"))
        shell = self.application.shell
        keys.until(lambda: any(offers.isVisible() for offers in shell.findChildren(OfferList)))
        keys.press(Key.Key_Return)
        self.add("Add treatment")
        keys.fill(
            ("What exactly", "Supervised therapy"),
            ("From", "2026-01-05"),
            ("To", "2026-03-05"),
            ("Visits", "14"),
        )
        self.add("Add score")
        keys.fill(("Instrument", "ODI"), ("Value", "54"), ("Unit", "%"), ("Date", "2026-10-01"))
        self.add("Add study")
        keys.fill(("Modality", "CT"), ("Region", "Lumbar spine"), ("Date", "2026-10-11"))
        keys.go_to("Paste the text of a document")
        for line in REPORT:
            keys.type(line, end=Key.Key_Return)
        keys.press(Key.Key_Return, CTRL)
        keys.fill(("Title", "CT lumbar spine"), ("Date", "2026-10-11"))
        self.quiet()

    def add(self, words: str) -> None:
        """Go to a button by Tab and press it by Enter."""
        self.keys.go_to(words)
        self.keys.press(Key.Key_Return)
        self.keys.until(lambda: not self.keys.name_of_focused().startswith(words))

    def type_the_payers_set(self) -> None:
        keys = self.keys
        keys.press(Key.Key_2, CTRL)
        self.quiet()
        keys.press(Key.Key_T)
        keys.until(lambda: keys.name_of_focused().startswith("Title"))
        keys.fill(("Title", "Summit rule 7"), ("Edition", "2026"))
        keys.go_to("Outline of the criteria")
        keys.press(Key.Key_Home)
        keys.fill(("Indications it names", "scoliosis"))
        keys.press(Key.Key_Down, CTRL)
        keys.until(lambda: keys.name_of_focused() == "Criterion 1")
        keys.type("Imaging shows failure of the hardware", end=Key.Key_Return)
        keys.type("Conservative care has failed")
        keys.press(Key.Key_Return, CTRL)
        keys.until(lambda: "Stored: Summit rule 7" in self.words())
        self.quiet()

    def answer_and_link(self) -> None:
        keys = self.keys
        keys.go_to("Criteria, left")
        keys.press(Key.Key_Home)
        keys.press(Key.Key_Down)
        keys.press(Key.Key_M)
        self.quiet()
        keys.go_to("Note: CT lumbar spine")
        keys.press(Key.Key_Home, CTRL)
        keys.press(Key.Key_Down)
        keys.press(Key.Key_Home)
        keys.press(Key.Key_End, SHIFT)
        keys.press(Key.Key_Return)
        self.quiet()
        keys.press(Key.Key_Down)
        keys.press(Key.Key_Home)
        keys.press(Key.Key_End, SHIFT)
        keys.press(Key.Key_2, SHIFT)
        self.quiet()
        keys.press(Key.Key_Z, CTRL)
        self.quiet()
        keys.press(Key.Key_Z, CTRL | SHIFT)
        self.quiet()
        keys.press(Key.Key_G)
        self.quiet()
        keys.press(Key.Key_D)
        self.quiet()

    def decide_and_sign(self) -> None:
        keys = self.keys
        keys.press(Key.Key_3, CTRL)
        keys.until(lambda: keys.name_of_focused().startswith("Decision"))
        keys.press(Key.Key_Return)
        keys.go_to("Rationale")
        keys.type("The CT of 2026-10-11 states loosening at S1.")
        self.quiet()
        keys.press(Key.Key_Return, CTRL)
        keys.go_to("Sign determination")
        keys.press(Key.Key_Return)
        keys.until(lambda: "Version 1 is signed." in self.words())
        keys.until(lambda: keys.name_of_focused().startswith("Supersede"))

    def write_and_issue(self) -> None:
        keys = self.keys
        keys.press(Key.Key_5, CTRL)
        keys.until(lambda: keys.name_of_focused() == "Compose the first-level appeal")
        keys.press(Key.Key_Return)
        keys.until(lambda: keys.name_of_focused() == "Blocks of the letter")
        keys.press(Key.Key_PageDown, CTRL, times=4)
        keys.press(Key.Key_Tab)
        keys.press(Key.Key_End, CTRL)
        keys.type(" This sentence was typed.")
        self.quiet()
        keys.until(lambda: "Letter check" in self.words())
        keys.press(Key.Key_I, CTRL | SHIFT)
        keys.until(lambda: keys.name_of_focused() == "Issue")
        keys.press(Key.Key_Return)
        keys.until(lambda: "Issued 2026-11-22" in self.words())
        self.quiet()

    def lock_and_come_back(self) -> None:
        keys = self.keys
        keys.press(Key.Key_L, CTRL)
        keys.until(lambda: self.application.main is None)
        keys.until(lambda: "Type your password" in self.words())
        keys.type("not the password", end=Key.Key_Return)
        keys.until(lambda: "The password is not right." in self.words())
        keys.type(PASSWORD, end=Key.Key_Return)
        keys.until(lambda: self.application.main is not None)
        keys.until(lambda: "Issued 2026-11-22" in self.words())
        self.quiet()


@pytest.mark.timeout(120)
def test_a_new_user_goes_from_the_first_start_to_an_issued_letter_by_keyboard_alone(
    start: Callable[[], Application], keyboard: Keyboard, qtbot: QtBot
) -> None:
    reviewer = Reviewer(start(), keyboard)
    reviewer.make_the_store()
    reviewer.type_the_record()
    case_id = reviewer.window.case_page.case_id
    services = reviewer.window._context.services
    case = services.cases.case(case_id)
    assert case.member.date_of_birth is not None
    assert case.member.date_of_birth.isoformat() == "1961-03-04"
    assert case.service_lines[0].levels == ("L2-L3", "L3-L4", "L4-L5", "L5-S1")
    assert (case.diagnoses[0].code, bool(case.diagnoses[0].title)) == ("M96.0", True)  # looked up, not typed
    assert case.documents[0].text.splitlines() == list(REPORT)

    reviewer.type_the_payers_set()
    reviewer.answer_and_link()
    view = services.review.view(case_id)
    assert {item.state for item in view.assessments.values()} == {
        AssessmentState.MET,
        AssessmentState.NOT_DOCUMENTED,
    }
    quotes = {link.span.quote: link.stance for links in view.links.values() for link in links}
    assert quotes == {REPORT[1]: Stance.SUPPORTS, REPORT[2]: Stance.CONTRADICTS}

    reviewer.decide_and_sign()
    reviewer.write_and_issue()
    letter = services.letters.current(case_id)
    assert letter is not None
    assert letter.state is LetterState.ISSUED
    assert "This sentence was typed." in " ".join(services.letters.text(case_id).split())
    assert services.cases.case(case_id).status is CaseStatus.LETTER_ISSUED

    reviewer.lock_and_come_back()
    assert reviewer.window.case_page.case_id == case_id
    assert reviewer.window.case_page.tab is CaseTab.LETTER
