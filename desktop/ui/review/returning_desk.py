"""Tells where the reviewer is in a case and goes back there; it stores nothing and changes no answer."""

from __future__ import annotations

from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.view_memory import Layout, Place


class ReturningDesk(QuestionDesk):
    """The desk with what is needed to leave a case and come back to it."""

    def place(self) -> Place:
        """Where the reviewer is."""
        document = self.note_pane.document
        self._keep_folding()
        return Place(
            line_id=self._line_id,
            set_ids=tuple(self._set_ids),
            pane=self._active,
            level=self._level,
            side=self._side,
            questions=tuple(pane.tree.current_row_id() for pane in self.set_panes),
            collapsed=self._collapsed,
            document_id=document.id if document else "",
            places=self.note_pane.places(),
        )

    def return_to(self, place: Place, layout: Layout) -> None:
        """Go back to where the reviewer was; call it before the first `show_view` of a case."""
        self._line_id, self._level, self._side = place.line_id, place.level, place.side
        self._set_ids = [*place.set_ids, "", ""][:2]
        self._wishes = list(self._set_ids)
        self._active = place.pane if place.pane in (0, 1) else 0
        self._collapsed = dict(place.collapsed)
        self._tree_sets = ["", ""]
        self._view = None
        self._gaps = ()
        self._fits = {}
        self._spotlight = None
        self.compare.setChecked(layout.is_compared)
        for name, splitter in self.splitters.items():
            if len(layout.splitters.get(name, ())) == splitter.count():
                splitter.setSizes(layout.splitters[name])

    def return_to_questions(self, place: Place) -> None:
        """The second half, once the trees and the documents are there."""
        for pane, row_id in zip(self.set_panes, place.questions, strict=False):
            pane.tree.go_to_row(row_id)
        self.note_pane.restore_places(place.places)
        self.note_pane.open(place.document_id)

    def layout_now(self) -> Layout:
        """How the screen is divided."""
        sizes = {name: tuple(splitter.sizes()) for name, splitter in self.splitters.items()}
        return Layout(splitters=sizes, is_compared=self.compare.isChecked())
