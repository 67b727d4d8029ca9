"""Where everything in a row of the criteria tree stands, for painting, measuring and clicking alike; paints nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics

from desktop.domain.assessment import AssessmentState
from desktop.domain.truth import Truth
from desktop.ui.review.criteria_rows import NO_PLACE, AnswerCell, CriteriaRow, RecordMark, RowKind
from desktop.ui.theme import Theme
from desktop.ui.widgets.state_badge import StateVisual, badge_size, state_visual, truth_visual

WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)

PartKind = Literal[
    "text", "rule", "badge", "cell", "tag", "supports", "contradicts", "plain", "warning", "shield", "record"
]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in a row, at a place relative to the row's top left corner."""

    kind: PartKind
    rect: QRect
    words: str = ""
    cell: AnswerCell | None = None
    visual: StateVisual | None = None


@dataclass(frozen=True, slots=True)
class RowLayout:
    """All parts of a row and its height at a given width."""

    parts: tuple[Part, ...]
    height: int
    gutter: QRect
    """The place of the fold mark or the digit."""

    def cell_at(self, x: int, y: int) -> AnswerCell | None:
        """The cell of a level or side at a point of the row, or None."""
        return next(
            (part.cell for part in self.parts if part.kind == "cell" and part.rect.contains(x, y)), None
        )


def group_visual(row: CriteriaRow) -> StateVisual:
    """How a group's truth looks: one of the three truths, or where levels differ how many are met."""
    if not row.truths:
        return _GREY
    word = row.truth_word[:1].upper() + row.truth_word[1:]
    if (truth := row.truth) is not None:
        waives = row.kind is RowKind.EXCEPTIONS
        if row.is_waived or (waives and truth is Truth.TRUE):
            return replace(state_visual(AssessmentState.EXCEPTION), word=word)
        return replace(_GREY, word=word) if waives and truth is Truth.FALSE else truth_visual(truth)
    is_any_met = any(truth is Truth.TRUE for _, truth in row.truths)
    base = truth_visual(Truth.UNKNOWN)
    return StateVisual(word if is_any_met else base.word, base.icon, base.color, base.soft)


def cell_visual(cell: AnswerCell) -> StateVisual:
    """How an answer looks; a value that decides by itself looks like what it comes to."""
    return state_visual(cell.state) if cell.decided is None else truth_visual(cell.decided)


_GREY = StateVisual("Not applicable", "dash", "not_applicable", "not_applicable_soft")


def text_font(theme: Theme, row: CriteriaRow) -> QFont:
    """The font of a row's own words."""
    return theme.font(13, QFont.Weight.Medium if row.is_group else QFont.Weight.Normal)


def small_font(theme: Theme) -> QFont:
    """The font of everything under a row's words."""
    return theme.font(12, tabular=True)


def rule_font(theme: Theme) -> QFont:
    """The font of `ALL OF`."""
    font = theme.font(12, QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
    return font


def lay_out(theme: Theme, row: CriteriaRow, width: int) -> RowLayout:
    """Place the parts of a row in `width` pixels."""
    pad, gutter = theme.px(6), theme.px(26)
    left, right = gutter, width - theme.px(8)
    parts: list[Part] = []
    y = pad
    if row.is_exception:
        side = theme.px(14)
        parts.append(Part("shield", QRect(left, y + theme.px(2), side, side)))
        left += side + theme.px(6)
    room = max(theme.px(80), right - left)
    if row.is_group:
        y = _place_rule(theme, row, parts, left, y, room)
    if row.text:
        metrics = QFontMetrics(text_font(theme, row))
        box = metrics.boundingRect(QRect(0, 0, room, 10_000), WRAP, row.text)
        # The painter wraps to the same width it was measured with; the box alone may be a pixel narrower.
        parts.append(Part("text", QRect(left, y, room, box.height()), row.text))
        y += box.height()
    if not row.is_group:
        y = _flow(theme, _answer_parts(theme, row), parts, left, y + theme.px(4), room)
    first = parts[0].rect if parts else QRect(left, pad, room, theme.px(18))
    mark = QRect(0, first.top(), gutter, min(first.height(), theme.px(20)))
    return RowLayout(tuple(parts), max(y + pad, theme.px(28)), mark)


def _place_rule(theme: Theme, row: CriteriaRow, parts: list[Part], left: int, y: int, room: int) -> int:
    visual = group_visual(row)
    size = badge_size(theme, visual)
    rule_width = QFontMetrics(rule_font(theme)).horizontalAdvance(row.rule) + theme.px(10)
    parts.append(Part("rule", QRect(left, y, rule_width, size.height()), row.rule))
    if rule_width + size.width() <= room:
        parts.append(Part("badge", QRect(left + rule_width, y, size.width(), size.height()), visual=visual))
        return y + size.height() + theme.px(4)
    y += size.height() + theme.px(2)
    parts.append(Part("badge", QRect(left, y, size.width(), size.height()), visual=visual))
    return y + size.height() + theme.px(4)


def _answer_parts(theme: Theme, row: CriteriaRow) -> list[Part]:
    """What stands under a criterion's words, unplaced: only sizes count yet."""
    found: list[Part] = []
    for cell in row.cells:
        visual = cell_visual(cell)
        if row.is_per_place:
            found.append(Part("cell", _box(_cell_size(theme, cell)), cell.caption, cell, visual))
        else:
            found.append(Part("badge", _box(badge_size(theme, visual)), cell=cell, visual=visual))
    if not row.cells:
        found.append(_words(theme, "warning", _sentence(NO_PLACE[row.is_per_side])))
    if row.must_be_absent:
        found.append(_words(theme, "tag", "must be absent"))
    if row.threshold:
        found.append(_words(theme, "tag", row.threshold))
    if not row.is_per_place and row.cells and row.cells[0].amount:
        found.append(_words(theme, "plain", row.cells[0].amount))
    if words := _record_words(row):
        found.append(_words(theme, "record", words))
    supports = sum(cell.supports for cell in row.cells)
    contradicts = sum(cell.contradicts for cell in row.cells)
    if supports:
        found.append(_words(theme, "supports", f"{supports} for"))
    if contradicts:
        found.append(_words(theme, "contradicts", f"{contradicts} against"))
    if any(cell.is_broken for cell in row.cells):
        found.append(_words(theme, "warning", "quotation changed"))
    if any(cell.has_note for cell in row.cells):
        found.append(_words(theme, "plain", "note"))
    return found


def _record_words(row: CriteriaRow) -> str:
    """That the record holds a value nobody has taken, or no longer the one that was taken, and where."""
    for mark, words in ((RecordMark.STALE, "record changed"), (RecordMark.OFFERED, "in the record")):
        marked = [cell.caption for cell in row.cells if cell.mark is mark]
        if marked:
            return f"{words}: {', '.join(marked)}" if row.is_per_place else words
    return ""


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cell_size(theme: Theme, cell: AnswerCell) -> QSize:
    metrics = QFontMetrics(small_font(theme))
    width = metrics.horizontalAdvance(cell.caption) + theme.px(12) + theme.px(5) + 2 * theme.px(6)
    return QSize(width, max(theme.px(24), metrics.height() + theme.px(6)))


def _words(theme: Theme, kind: PartKind, words: str) -> Part:
    metrics = QFontMetrics(small_font(theme))
    padding = theme.px(12) if kind == "tag" else theme.px(17) if kind == "record" else 0
    return Part(
        kind, QRect(0, 0, metrics.horizontalAdvance(words) + padding, metrics.height() + theme.px(4)), words
    )


def _box(size: QSize) -> QRect:
    return QRect(0, 0, size.width(), size.height())


def _flow(theme: Theme, loose: list[Part], parts: list[Part], left: int, y: int, room: int) -> int:
    """Set parts side by side and go to a new line where the next does not fit; returns the bottom."""
    x, line_height, line_start = left, 0, len(parts)
    previous: PartKind | None = None
    for part in loose:
        gap = 0 if previous is None else theme.px(4) if previous == part.kind == "cell" else theme.px(10)
        size = part.rect.size()
        is_break = previous == "cell" and part.kind != "cell"
        if previous is not None and (x + gap + size.width() > left + room or is_break):
            _centre(parts, line_start, line_height)
            y += line_height + theme.px(4)
            x, line_height, line_start, gap = left, 0, len(parts), 0
        parts.append(replace(part, rect=QRect(QPoint(x + gap, y), size)))
        x += gap + size.width()
        line_height = max(line_height, size.height())
        previous = part.kind
    _centre(parts, line_start, line_height)
    return y + line_height


def _centre(parts: list[Part], start: int, height: int) -> None:
    """Centre the parts of one line on each other."""
    for at in range(start, len(parts)):
        part = parts[at]
        rect = part.rect.translated(0, (height - part.rect.height()) // 2)
        parts[at] = replace(part, rect=rect)
