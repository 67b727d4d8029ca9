"""The editor in every look, text and window size: named, whole, in reach of the keys."""

from __future__ import annotations

from contextlib import suppress

import pytest
from PySide6.QtCore import Qt

from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.criteria.conftest import CTRL, Typist
from tests.ui.test_every_screen import LOOKS, clipped

SHIPPED = "lumbar-fusion-revision.cms-l37848"


EVERY = [
    pytest.param((look, scale, size), id=f"{look}-{scale}")
    for look in LOOKS
    for scale, size in ((100, (1400, 900)), (200, (1280, 800)))
]


@pytest.mark.parametrize("typist", EVERY, indirect=True)
def test_every_side_of_the_editor_is_named_whole_and_plain(typist: Typist) -> None:
    typist.start(
        "Supervised physical therapy lasted at least six weeks and ended within a year of the request"
    )
    found: list[str] = []
    panel = typist.panel
    typist.press(Qt.Key.Key_U, with_=CTRL)
    typist.type("A red flag")
    panel.criterion_form.value.number.setText("4")
    own = typist.services.catalogue.typed_sets()[0].id
    sides = {
        "criterion": lambda: None,
        "group": panel.tree.setFocus,
        "mistakes": panel.save,
        "cases": lambda: panel.below.bring(1),
        "text": panel.toggle_text,
        "edition": lambda: panel.open_edition(own, typist.case_id),
        "changes": lambda: panel.below.bring(2),
        "shipped": lambda: panel.open_set(SHIPPED),
        "customised": lambda: panel.open_customisation(SHIPPED, typist.case_id, "Own Plan"),
    }
    for name, turn in sides.items():
        turn()
        if name == "group":
            typist.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
        typist.settle()
        assert_accessible(panel)
        assert labels_that_guess_their_format(panel) == []
        # A layout takes its new sizes with a later event: only what stays cut is a defect.
        with suppress(typist.qtbot.TimeoutError):
            typist.qtbot.waitUntil(lambda: not clipped(panel), timeout=1500)
        found += [f"{name}: {words}" for words in clipped(panel)]
    assert found == [], "\n  ".join(["clipped:", *found])


def test_a_shipped_set_is_only_read_and_a_customisation_of_it_is_written(typist: Typist) -> None:
    typist.open()
    panel = typist.panel
    panel.open_set(SHIPPED)
    typist.settle()
    before = panel.desk.draft
    panel.tree.setFocus()
    typist.press(Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_X, Qt.Key.Key_Return)
    typist.press(Qt.Key.Key_G, with_=CTRL)
    typist.press(Qt.Key.Key_Return, with_=CTRL)
    assert panel.desk.draft == before
    assert not panel.trial.isVisible()
    assert not panel.save_button.isVisible()
    panel.customise.click()
    typist.settle()
    assert panel.desk.draft.customises == SHIPPED
    panel.head.fields["publisher"].line.setText("Own Plan")
    panel.head.fields["edition"].line.setText("2026")
    typist.save()
    stored = next(item for item in typist.services.catalogue.typed_sets() if item.customises == SHIPPED)
    assert stored.publisher == "Own Plan"
    assert not panel.is_open
