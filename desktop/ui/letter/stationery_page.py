"""What letters are written on and with: letterheads, snippets, templates, in a list with their forms."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.stationery import Letterhead, LetterTemplate, Snippet
from desktop.settings.paths import resources_dir
from desktop.ui.chips import ChipRow
from desktop.ui.letter.paper_reading import HouseItems
from desktop.ui.letter.stationery_forms import LetterheadForm, SnippetForm
from desktop.ui.letter.two_line_list import ListRow, TwoLineList
from desktop.ui.library.ask_strip import AskStrip
from desktop.ui.stationery.template_form import TemplateForm
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, plain_tooltip
from desktop.ui.widgets.pick_box import PickBox

Thing = Letterhead | Snippet | LetterTemplate

_UNDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z)
_REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Z)
NEW_TEMPLATE = "new"
"""In the place of a file's name: a template made from the blocks of the paper in front."""

_EMPTY = (
    "A letterhead heads every letter in place of the ordering provider's address, with a logo and a signature. "
    "A snippet is a passage that you type by ; and its name. A template gives the blocks of one kind of letter "
    "your own order and words; it is a file that can be handed on."
)


class StationeryPage(QWidget):
    """Left the list, right the form of what is chosen. It is saved while it is typed."""

    back_wanted = Signal()
    chosen = Signal(object)
    new_letterhead_wanted = Signal()
    new_snippet_wanted = Signal()
    template_wanted = Signal(str)
    """The file name of a template that the program brings; empty: one from a file."""
    export_wanted = Signal(object)
    remove_confirmed = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._things: dict[str, Thing] = {}
        self.list = TwoLineList(theme, "Stationery")
        self.letterhead = LetterheadForm(theme)
        self.snippet = SnippetForm(theme)
        self.template = TemplateForm(theme)
        self._nothing = label(_EMPTY, "muted", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.back_button = button("← Back", "quiet")
        self.new_letterhead_button = button("New letterhead")
        self.new_snippet_button = button("New snippet")
        self.add_template = PickBox()
        self.add_template.setAccessibleName("Add a template")
        self.add_template.setPlaceholderText("Add a template…")
        self.add_template.addItem("A new one, as the paper in front", NEW_TEMPLATE)
        self.add_template.addItem("From a file…", "")
        for name in sorted(path.name for path in (resources_dir() / "templates").glob("*.yaml")):
            self.add_template.addItem(name.removesuffix(".yaml").replace("-", " ").capitalize(), name)
        self.add_template.setCurrentIndex(-1)
        self.export_button = button("Save the template as a file…", "link")
        self.remove_button = button("Remove", "link")
        self.undo_button = button("Undo", "link")
        self.redo_button = button("Redo", "link")
        self.ask = AskStrip(theme)
        self._forms = QStackedWidget()
        for form in (self._nothing, self.letterhead, self.snippet, self.template):
            self._forms.addWidget(form)
        self._lay_out(theme)
        self.back_button.clicked.connect(self.back_wanted)
        self.new_letterhead_button.clicked.connect(self.new_letterhead_wanted)
        self.new_snippet_button.clicked.connect(self.new_snippet_wanted)
        self.add_template.activated.connect(self._add_template)
        self.export_button.clicked.connect(self._export)
        self.remove_button.clicked.connect(self._ask_to_remove)
        self.ask.agreed.connect(self._remove)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.redo_button.clicked.connect(self.redo_wanted)
        self.list.row_chosen.connect(self._choose)

    def event(self, event: QEvent) -> bool:
        """Ask for undo and redo before the window's own shortcut for cases takes them."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.keyCombination() in (_UNDO, _REDO)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo are those of stationery; in a field they take back what was typed there."""
        if event.keyCombination() == _UNDO:
            self.undo_wanted.emit()
        elif event.keyCombination() == _REDO:
            self.redo_wanted.emit()
        else:
            super().keyPressEvent(event)

    @property
    def current(self) -> Thing | None:
        """What is chosen."""
        return self._things.get(self.list.current_id)

    def show_house(self, house: HouseItems, chosen: str = "") -> None:
        """Show what there is; the chosen one stays chosen."""
        groups: tuple[tuple[str, tuple[Thing, ...]], ...] = (
            ("Letterheads", house.letterheads),
            ("Snippets", house.snippets),
            ("Templates", house.templates),
        )
        self._things = {thing.id: thing for _, things in groups for thing in things}
        rows: list[ListRow] = []
        for name, things in groups:
            rows.append(ListRow(f"group.{name}", name, is_heading=True))
            rows += [ListRow(thing.id, thing.name, _detail(thing)) for thing in things]
        self.list.show_rows(rows, chosen)
        if self.current is None:
            self._forms.setCurrentWidget(self._nothing)
            self.export_button.hide()
            self.remove_button.hide()
        else:
            self.chosen.emit(self.current)

    def show_thing(self, thing: Thing, pictures: Mapping[str, bytes]) -> None:
        """Show the form of what is chosen."""
        if isinstance(thing, Letterhead):
            self.letterhead.show_letterhead(
                thing, pictures.get(thing.logo_sha256, b""), pictures.get(thing.signature_sha256, b"")
            )
            self._forms.setCurrentWidget(self.letterhead)
        elif isinstance(thing, Snippet):
            self.snippet.show_snippet(thing)
            self._forms.setCurrentWidget(self.snippet)
        else:
            self.template.show_template(thing)
            self._forms.setCurrentWidget(self.template)
        self.export_button.setVisible(isinstance(thing, LetterTemplate))
        self.remove_button.show()

    def show_steps(self, steps: tuple[str | None, str | None]) -> None:
        """What undo and redo would do on stationery; None hides the button."""
        for made, word, step in zip(
            (self.undo_button, self.redo_button), ("Undo", "Redo"), steps, strict=True
        ):
            made.setVisible(step is not None)
            made.setAccessibleDescription(step or "")
            key = "Ctrl+Z" if word == "Undo" else "Ctrl+Shift+Z"
            made.setToolTip(plain_tooltip(f"{word}: {step}, {key}") if step else "")

    def focus_form(self) -> None:
        """Put the keyboard into the name of what is chosen, to be typed over."""
        form = self._forms.currentWidget()
        if isinstance(form, LetterheadForm | SnippetForm | TemplateForm):
            form.name.line.setFocus(Qt.FocusReason.OtherFocusReason)
            form.name.line.selectAll()

    def _choose(self, _row_id: str) -> None:
        self.ask.dismiss()
        if self.current is not None:
            self.chosen.emit(self.current)

    def _add_template(self, index: int) -> None:
        name = str(self.add_template.itemData(index))
        self.add_template.setCurrentIndex(-1)
        self.template_wanted.emit(name)

    def _export(self) -> None:
        if isinstance(self.current, LetterTemplate):
            self.export_wanted.emit(self.current)

    def _ask_to_remove(self) -> None:
        if self.current is not None:
            words = f"Remove “{self.current.name}”? Drafts written with it are composed without it; issued ones stay."
            self.ask.ask(words, "Remove", "Keep", "danger")

    def _remove(self) -> None:
        if self.current is not None:
            self.remove_confirmed.emit(self.current)

    def _lay_out(self, theme: Theme) -> None:
        px = theme.px
        left, inner = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(px(16), px(8), px(8), px(16))
        column.setSpacing(px(8))
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label("Stationery", "heading"))
        column.addWidget(self.list, 1)
        deeds = ChipRow()
        for item in (self.new_letterhead_button, self.new_snippet_button, self.add_template):
            deeds.flow.addWidget(item)
        column.addWidget(deeds)
        right = QVBoxLayout(inner)
        right.setContentsMargins(px(16), px(16), px(16), px(16))
        right.setSpacing(px(8))
        right.addWidget(self.ask)
        right.addWidget(self._forms, 1)
        below = ChipRow()
        below.flow.addWidget(self.export_button)
        below.flow.addWidget(self.remove_button)
        below.flow.addWidget(self.undo_button)
        below.flow.addWidget(self.redo_button)
        right.addWidget(below)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(left)
        panes.addWidget(scroll)
        panes.setStretchFactor(0, 2)
        panes.setStretchFactor(1, 3)
        panes.setSizes([420, 740])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(panes)


def _detail(thing: Thing) -> str:
    if isinstance(thing, Letterhead):
        return " · ".join(thing.lines[:2]) or "The ordering provider's address"
    if isinstance(thing, Snippet):
        return " ".join(thing.text.split())
    return f"For: {thing.kind.label}"
