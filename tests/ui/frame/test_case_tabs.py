"""The tabs of a case: one place numbers them, each has its key, and one screen leads to another."""

from __future__ import annotations

import json

import pytest

from desktop.domain.letter import LetterKind
from desktop.services.workspace import Services
from desktop.ui.argument.argument_screen import ArgumentScreen
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.letter.letter_screen import LetterScreen
from desktop.ui.main_window import MainWindow
from desktop.ui.packet.packet_screen import PacketScreen
from desktop.ui.window_commands import COMMANDS
from tests.ui.frame.conftest import add_case, wait


def settle(context: UiContext) -> None:
    assert context.runner.wait_idle(20_000)
    wait(30)
    assert context.runner.wait_idle(20_000)


def test_every_tab_has_a_command_with_its_number_as_key() -> None:
    keys = {command.id: command.shortcut for command in COMMANDS}
    assert [keys[tab.slug] for tab in CaseTab] == [f"Ctrl+{number}" for number in range(1, 7)]
    assert [tab.label for tab in CaseTab] == [
        "Intake",
        "Review",
        "Determination",
        "Argument",
        "Letter",
        "Packet",
    ]


@pytest.mark.parametrize("slug", ["timeline", 3, None, ""])
def test_a_tab_that_was_remembered_and_is_not_there_is_none(slug: object) -> None:
    assert CaseTab.of_slug(slug) is None


def test_composing_the_card_on_the_argument_tab_leads_to_it_in_the_letter_tab(
    window: MainWindow, context: UiContext, services: Services
) -> None:
    case_id = add_case(services)
    window.open_case(case_id, CaseTab.ARGUMENT)
    settle(context)
    screen = window.case_page.screen_in_front
    assert isinstance(screen, ArgumentScreen)
    screen.compose_card()
    settle(context)
    assert window.case_page.tab is CaseTab.LETTER
    letter = window.case_page.screen_in_front
    assert isinstance(letter, LetterScreen)
    assert letter.desk.read is not None
    assert letter.desk.read.letter is not None
    assert letter.desk.read.letter.kind is LetterKind.PEER_TO_PEER_CARD


def test_the_packet_leads_to_the_letter_it_waits_for(
    window: MainWindow, context: UiContext, services: Services
) -> None:
    window.open_case(add_case(services), CaseTab.PACKET)
    settle(context)
    screen = window.case_page.screen_in_front
    assert isinstance(screen, PacketScreen)
    screen.frame.build.letter_button.click()
    settle(context)
    assert window.case_page.tab is CaseTab.LETTER


def test_a_place_remembered_by_an_older_program_opens_its_case_all_the_same(
    window: MainWindow, context: UiContext, services: Services
) -> None:
    case_id = add_case(services)
    old = json.dumps({"case": case_id, "tab": 3, "is_open": True})
    services.view_state.remember("window.place", old)
    window.restore_place()
    settle(context)
    assert window.case_page.case_id == case_id
    assert window.case_page.tab is CaseTab.INTAKE
