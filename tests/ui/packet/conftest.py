"""The packet tab over a real store that holds the sample case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.document import Document, DocumentKind
from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.packet.packet_screen import PacketScreen
from desktop.ui.worklist.sample import open_sample
from tests.ui.tab_desk import TabDesk, context, services
from tests.unit.letters.packet.made_files import pdf_of

__all__ = ["Desk", "context", "services"]


@dataclass
class Desk(TabDesk[PacketScreen]):
    """The packet tab."""

    def choose(self, document_id: str) -> None:
        self.screen.frame.list.choose(document_id)
        self.screen.frame.list.setFocus()
        self.settle()
        assert self.screen.frame.list.current_id == document_id

    def document(self, kind: DocumentKind, place: int = 0) -> Document:
        case = self.services.cases.case(self.case_id)
        found = [item for item in case.documents if item.kind is kind]
        return sorted(found, key=lambda item: str(item.dated_on))[place]

    def letters(self) -> dict[str, str]:
        """The letters of the exhibits by document."""
        plan = self.services.packets.plan(self.case_id)
        return {item.document_id: item.letter for item in plan.exhibits}

    def keep_pdf(self, document: Document) -> None:
        """Keep a PDF of the document's own words, page by page."""
        starts = (*document.page_starts, len(document.text))
        pages = [document.text[start:end] for start, end in pairwise(starts)]
        self.context.commit(
            lambda: self.services.files.keep(self.case_id, document.id, pdf_of(pages), "file.pdf")
        )
        self.settle()


@pytest.fixture
def desk(context: UiContext, services: Services, qtbot: QtBot) -> Iterator[Desk]:
    """The tab on the sample case, shown and active."""
    made = Desk(PacketScreen(context), services, context, open_sample(services).value.id)
    qtbot.addWidget(made.screen)
    made.screen.resize(1180, 680)
    made.screen.show()
    with qtbot.waitActive(made.screen):
        made.screen.activateWindow()
    made.screen.show_case(made.case_id)
    made.settle()
    made.screen.frame.list.setFocus()
    yield made
    made.screen.flush()
    made.settle()
