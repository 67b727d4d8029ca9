"""Says results, differences and warnings in sentences that can be copied; every sentence comes from the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.domain.criteria import CriteriaSet
from desktop.domain.evaluation import EvaluationTrace
from desktop.rules.compare import compare_sets
from desktop.rules.explain import explain_text
from desktop.rules.match_ranking import RankedSet
from desktop.ui.context import UiContext
from desktop.ui.review.criteria_pane import CriteriaPane
from desktop.ui.review.criteria_rows import trace_of
from desktop.ui.review.question_desk import QuestionDesk

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

COPIED = "Copied. It can be pasted into the argument or the letter."
ONE_SET = "The two sets to be compared have to stand on this service line. P chooses another one."


class WordsDesk(QObject):
    """Keeps the sentences up to date while they are in sight."""

    def __init__(self, desk: QuestionDesk, context: UiContext) -> None:
        super().__init__(desk)
        self._desk = desk
        self._context = context
        self._say: Callable[[ReviewView], str] | None = None
        desk.words.closed.connect(self.close)
        desk.words.copied.connect(self._copied)
        for pane in desk.set_panes:
            pane.warnings_asked.connect(self._warn)

    def explain(self) -> None:
        """The result of the line in front under the set in front, node by node."""
        self._open(self._explain)

    def differ(self) -> None:
        """How the two sets in front differ."""
        self._open(self._differ)

    def tell(self, title: str, words: str) -> None:
        """Show what something else has to say; it stays as it is until it is closed."""
        self._say = None
        self._show(title, words)

    def close(self) -> None:
        """Back to the note."""
        self._say = None
        self._desk.show_note()
        self._desk.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self) -> None:
        """Say it anew after something came to the front or was answered."""
        view = self._desk.view
        if self._desk.reader.currentWidget() is not self._desk.words:
            self._say = None
        elif self._say is not None and view is not None and self._say(view):
            self.close()  # what stands in front now has nothing to say

    def _open(self, say: Callable[[ReviewView], str]) -> None:
        """Show what is to be said, or tell why there is nothing."""
        view = self._desk.view
        if view is None:
            return
        if why_not := say(view):
            self._context.notify.info(why_not)
        else:
            self._say = say

    def _show(self, title: str, words: str) -> None:
        is_new = self._desk.reader.currentWidget() is not self._desk.words
        self._desk.words.show_words(title, words)
        self._desk.reader.setCurrentWidget(self._desk.words)
        if is_new:
            self._desk.words.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _explain(self, view: ReviewView) -> str:
        trace = self._trace(view, self._desk.active_pane.set_id)
        if trace is None:
            return "No criteria set is chosen for this service line, so there is no result."
        line = self._desk.line
        self._show(f"Why: {line.caption if line else ''}", explain_text(trace, _passages(view)))
        return ""

    def _differ(self, view: ReviewView) -> str:
        mine, other = self._pair(view)
        if mine is None or other is None:
            return ONE_SET
        found = compare_sets(mine, other, self._trace(view, mine.id), self._trace(view, other.id))
        words = "\n\n".join(found.sentences) or "The two sets ask the same."
        self._show(f"Differences: {found.left_name} and {found.right_name}", f"{words}\n")
        return ""

    def _pair(self, view: ReviewView) -> tuple[CriteriaSet | None, CriteriaSet | None]:
        """The two sets in front, or where one stands alone that and the next of the line."""
        line = self._desk.line
        own = line.criteria_set_ids if line else ()
        shown = [pane.set_id for pane in self._desk.set_panes if pane.isVisibleTo(self._desk) and pane.set_id]
        wanted = [*shown, *(set_id for set_id in own if set_id not in shown)][:2]
        by_id = {item.id: item for item in view.sets}
        first, second = (*(by_id.get(set_id) for set_id in wanted), None, None)[:2]
        return first, second

    def _warn(self) -> None:
        pane = self.sender()
        if not isinstance(pane, CriteriaPane):
            return
        fit = self._desk.fit_of(pane.set_id)
        if fit is not None:
            self._say = None
            words = warning_words(fit.ranked, fit.sentences(pane.silence))
            self._show(f"Against {fit.ranked.criteria_set.title}", words)

    def _trace(self, view: ReviewView, set_id: str) -> EvaluationTrace | None:
        line = self._desk.line
        return trace_of(view, set_id, line.id) if line else None

    def _copied(self) -> None:
        self._context.notify.info(COPIED)


def warning_words(ranked: RankedSet, sentences: tuple[str, ...]) -> str:
    """What speaks against a set for a request, as an argument: what set it is, then why, one paragraph each."""
    item = ranked.criteria_set
    name = " ".join(part for part in (item.publisher, item.document_number, item.edition) if part)
    return "\n\n".join([f"{item.title} ({name})", *sentences]) + "\n"


def _passages(view: ReviewView) -> dict[str, str]:
    """The linked words as they are quoted, by link id."""
    found: dict[str, str] = {}
    for links in view.links.values():
        for link in links:
            document = view.case.document(link.span.document_id)
            where = document.citation if document else "a document that is no longer in the case"
            quote = " ".join(link.span.quote.split())
            found[link.id] = f"{where}, page {link.span.page}: “{quote}”"
    return found
