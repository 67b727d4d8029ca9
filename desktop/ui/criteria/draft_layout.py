"""Where everything in a row of the outline stands, for painting and measuring alike; it paints nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from desktop.domain.truth import Truth
from desktop.ui.criteria.draft_rows import DraftRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.state_badge import StateVisual, badge_size, truth_visual

WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
NOT_APPLICABLE = StateVisual("Does not apply", "dash", "not_applicable", "not_applicable_soft")
OPEN = StateVisual("Open", "ring", "muted", "sunken")
NOT_ANSWERED = "Not answered yet."

PartKind = Literal["text", "faint", "rule", "tag", "part", "badge", "wrong", "advice"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in a row, at a place relative to the row's top left corner."""

    kind: PartKind
    rect: QRect
    words: str = ""
    visual: StateVisual | None = None


@dataclass(frozen=True, slots=True)
class DraftLayout:
    """All parts of a row, its height, and the place of the fold mark or the number."""

    parts: tuple[Part, ...]
    height: int
    gutter: QRect


def text_font(theme: Theme, row: DraftRow) -> QFont:
    """The font of a row's own words."""
    return theme.font(13, QFont.Weight.DemiBold if row.is_group else QFont.Weight.Normal)


def small_font(theme: Theme) -> QFont:
    """The font of everything under a row's words."""
    return theme.font(12, tabular=True)


def rule_font(theme: Theme) -> QFont:
    """The font of `ALL OF THESE`."""
    font = theme.font(12, QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
    return font


def visual_of(row: DraftRow) -> StateVisual | None:
    """The badge of what a row comes to for the open case; None without one."""
    result = row.result
    if result is None:
        return None
    if not result.is_applicable:
        return NOT_APPLICABLE
    is_unasked = not row.is_group and result.truth is Truth.UNKNOWN and result.reason == NOT_ANSWERED
    return OPEN if is_unasked else truth_visual(result.truth)


def lay_out(theme: Theme, row: DraftRow, width: int) -> DraftLayout:
    """Place the parts of a row in `width` pixels."""
    pad, gutter = theme.px(6), theme.px(30)
    visual = visual_of(row)
    badge = badge_size(theme, visual) if visual else None
    right = width - theme.px(10)
    room = max(theme.px(90), right - gutter - (badge.width() + theme.px(10) if badge else 0))
    parts: list[Part] = []
    y = pad
    if row.rule:
        words = f"{row.number}  {row.rule}" if row.number else row.rule
        box = QFontMetrics(rule_font(theme)).boundingRect(QRect(0, 0, room, 10_000), WRAP, words)
        parts.append(Part("rule", QRect(gutter, y, room, box.height() + theme.px(2)), words))
        y += box.height() + theme.px(2)
    if row.words:
        box = QFontMetrics(text_font(theme, row)).boundingRect(QRect(0, 0, room, 10_000), WRAP, row.words)
        kind: PartKind = "text" if row.is_written else "faint"
        parts.append(Part(kind, QRect(gutter, y, room, box.height()), row.words))
        y += box.height()
    first_height = parts[0].rect.height() if parts else theme.px(18)
    line_height = QFontMetrics(text_font(theme, row)).height()
    if badge and visual:
        middle = pad + min(first_height, line_height) // 2
        place = QRect(right - badge.width(), middle - badge.height() // 2, badge.width(), badge.height())
        parts.append(Part("badge", place, visual=visual))
        y = max(y, place.bottom())
    y = _flow(theme, row, parts, gutter, y, right - gutter)
    return DraftLayout(
        tuple(parts), max(y + pad, theme.px(30)), QRect(0, pad, gutter, min(first_height, line_height))
    )


def _flow(theme: Theme, row: DraftRow, parts: list[Part], left: int, y: int, room: int) -> int:
    """Tags and marks side by side under the words, in as many lines as they need; returns the bottom."""
    loose: list[tuple[PartKind, str]] = []
    if row.part:
        loose.append(("part", row.part))
    loose.extend(("tag", words) for words in row.tags)
    if row.wrong:
        loose.append(("wrong", f"{row.wrong} to be put right"))
    if row.advice:
        loose.append(("advice", f"{row.advice} to consider"))
    if not loose:
        return y
    metrics = QFontMetrics(small_font(theme))
    height, x = metrics.height() + theme.px(4), left
    y += theme.px(4)
    for kind, words in loose:
        around = theme.px(12) if kind in {"tag", "part"} else theme.px(17)
        width = min(metrics.horizontalAdvance(words) + around, room)
        if x > left and x + width > left + room:
            x, y = left, y + height + theme.px(4)
        parts.append(Part(kind, QRect(x, y, width, height), words))
        x += width + theme.px(8)
    return y + height
