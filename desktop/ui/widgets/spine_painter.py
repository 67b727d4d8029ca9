"""Paints a placed spine with its findings and results; it must hold no state and react to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from desktop.domain.clinical import Assertion, FindingKind
from desktop.ui.theme import Theme
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.spine_model import SpineMark, SpineModel, Tone
from desktop.ui.widgets.spine_shapes import Bone, arch_outline, body_outline, disc_outline, screw_axis
from desktop.ui.widgets.state_badge import truth_visual

TONE_COLORS = {Tone.FAULT: "not_met", Tone.SOUND: "met", Tone.UNCERTAIN: "unclear", Tone.QUIET: "muted"}

_DOUBTFUL = {
    (FindingKind.NONUNION, Assertion.UNCERTAIN),
    (FindingKind.SOLID_FUSION, Assertion.UNCERTAIN),
}


class SpinePainter:
    """One frame of the picture."""

    def __init__(self, painter: QPainter, theme: Theme, model: SpineModel) -> None:
        self._painter = painter
        self._theme = theme
        self._model = model
        self._line = max(1.0, theme.px(10) / 9)

    def paint_column(self, bones: Sequence[Bone]) -> None:
        """Arches behind, then discs, bodies and, in front of all, the implants that findings speak of."""
        painter = self._painter
        edge = QPen(self._theme.color("bone_edge"), self._line)
        edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        arch = _mix(self._theme.color("bone"), self._theme.color("surface"), 0.55)
        for bone in bones:
            painter.setPen(QPen(_mix(edge.color(), arch, 0.35), self._line))
            painter.setBrush(arch)
            painter.drawPath(arch_outline(bone))
        for upper, lower in pairwise(bones):
            self._paint_disc(upper, lower)
        for bone in bones:
            painter.setPen(edge)
            painter.setBrush(self._theme.color("bone"))
            painter.drawPath(body_outline(bone))
            self._paint_name(bone)
        self._paint_rods(bones)
        for bone in bones:
            if bone.name in self._model.screws:
                self._paint_screw(bone)

    def _marks(self, level: str) -> tuple[SpineMark, ...]:
        return self._model.marks.get(level, ())

    def _paint_name(self, bone: Bone) -> None:
        painter = self._painter
        painter.setFont(self._theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(self._theme.color("text"))
        # In the front half of the body, where no implant runs.
        spot = bone.at(
            -0.28 if bone.name in self._model.screws else 0.0, 0.42 if bone.name in self._model.screws else 0
        )
        box = QRectF(0, 0, bone.depth, bone.height)
        box.moveCenter(spot)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bone.name)

    def _paint_disc(self, upper: Bone, lower: Bone) -> None:
        painter = self._painter
        if lower.name == "S2":
            return  # the sacrum is one bone: what looks like a disc is a remnant
        outline = disc_outline(upper, lower)
        kinds = {(mark.kind, mark.assertion) for mark in self._marks(f"{upper.name}-{lower.name}")}
        is_open = (FindingKind.NONUNION, Assertion.AFFIRMED) in kinds
        is_solid = (FindingKind.SOLID_FUSION, Assertion.AFFIRMED) in kinds
        is_fused = is_solid and not is_open
        painter.setPen(QPen(_mix(self._theme.color("bone_edge"), self._theme.color("disc"), 0.5), self._line))
        painter.setBrush(self._theme.color("bone" if is_fused else "disc"))
        painter.drawPath(outline)
        if is_fused:
            self._paint_bridge(upper, lower)
        elif is_open and not is_solid:
            self._paint_cleft(upper, lower, self._theme.color("not_met"), Qt.PenStyle.SolidLine)
        elif (is_open and is_solid) or kinds & _DOUBTFUL:
            self._paint_cleft(upper, lower, self._theme.color("unclear"), Qt.PenStyle.DotLine)

    def _paint_bridge(self, upper: Bone, lower: Bone) -> None:
        """Trabecular bone across the disc space."""
        self._painter.setPen(QPen(self._theme.color("met"), self._line * 1.3))
        for x in (-0.62, -0.31, 0.0, 0.31, 0.62):
            self._painter.drawLine(upper.at(x, 0.80), lower.at(x, -0.80))

    def _paint_cleft(self, upper: Bone, lower: Bone, color: QColor, style: Qt.PenStyle) -> None:
        """A gap that runs through the disc space from front to back."""
        path = QPainterPath()
        shares = (-1.0, -0.72, -0.48, -0.22, 0.04, 0.30, 0.54, 0.78, 1.0)
        for step, x in enumerate(shares):
            middle = (upper.at(x, 1.0) + lower.at(x, -1.0)) / 2
            spot = middle + QPointF(0, (2.2 if step % 2 else -2.2) * self._line)
            if step:
                path.lineTo(spot)
            else:
                path.moveTo(spot)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(color, self._line * 1.8, style, Qt.PenCapStyle.RoundCap))
        self._painter.drawPath(path)

    def _paint_rods(self, bones: Sequence[Bone]) -> None:
        """A rod between neighbours that both carry a screw; nothing is drawn where no finding speaks of one."""
        heads = {bone.name: screw_axis(bone)[0] for bone in bones if bone.name in self._model.screws}
        for upper, lower in pairwise(bones):
            if upper.name in heads and lower.name in heads:
                for color, width in ((self._theme.color("surface"), 6.4), (self._theme.color("metal"), 4.0)):
                    pen = QPen(color, width * self._line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
                    self._painter.setPen(pen)
                    self._painter.drawLine(heads[upper.name], heads[lower.name])

    def _paint_screw(self, bone: Bone) -> None:
        painter = self._painter
        head, tip = screw_axis(bone)
        said = {
            (mark.kind, mark.assertion) for level in self._levels_of(bone.name) for mark in self._marks(level)
        }
        loose = (FindingKind.LOOSENING, Assertion.AFFIRMED) in said
        doubtful = (FindingKind.LOOSENING, Assertion.UNCERTAIN) in said
        if loose or doubtful:
            halo = QPainterPath(bone.at(0.86, -0.36))
            halo.lineTo(tip)
            color = self._theme.color("not_met" if loose else "unclear")
            painter.setPen(QPen(color, self._line * 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(halo)
            painter.setPen(
                QPen(
                    self._theme.color("surface"),
                    self._line * 6,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.RoundCap,
                )
            )
            painter.drawPath(halo)
        metal = self._theme.color("metal")
        painter.setPen(QPen(metal, self._line * 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if (FindingKind.HARDWARE_FRACTURE, Assertion.AFFIRMED) in said:
            painter.drawLine(head, _between(head, tip, 0.45))
            painter.drawLine(_between(head, tip, 0.58), tip)
        else:
            painter.drawLine(head, tip)
        self._paint_threads(head, tip, metal)
        painter.setPen(QPen(self._theme.color("surface"), self._line))
        painter.setBrush(metal)
        size = 4.4 * self._line
        painter.drawRoundedRect(QRectF(head.x() - size, head.y() - size * 1.25, size * 2, size * 2.5), 2, 2)

    def _paint_threads(self, head: QPointF, tip: QPointF, metal: QColor) -> None:
        run = tip - head
        length = max((run.x() ** 2 + run.y() ** 2) ** 0.5, 1.0)
        across = QPointF(-run.y(), run.x()) / length * (2.9 * self._line)
        along = run / length * (1.1 * self._line)
        self._painter.setPen(QPen(metal, self._line))
        for step in range(7):
            spot = _between(head, tip, 0.38 + step * 0.095)
            self._painter.drawLine(spot - across + along, spot + across - along)

    def _levels_of(self, bone: str) -> tuple[str, ...]:
        return tuple(level for level in self._model.marks if bone in level.split("-"))

    def paint_marks(self, level: str, row: QRectF) -> None:
        """The level's findings as icon and word, on as many lines as there is room for."""
        marks = self._marks(level)
        if not marks:
            return
        painter, theme = self._painter, self._theme
        painter.setFont(theme.font(12, QFont.Weight.Medium))
        metrics = painter.fontMetrics()
        side = theme.px(12)
        left = row.left()
        for index, mark in enumerate(marks):
            color = theme.color(TONE_COLORS[mark.tone])
            word = f"{mark.word} ≠" if mark.is_disputed else mark.word
            needed = side + theme.px(4) + metrics.horizontalAdvance(word)
            room = row.right() - left
            if index and needed > room:
                self._paint_rest(marks[index:], QRectF(left, row.top(), room, row.height()))
                return
            paint_icon(painter, mark.icon, QRectF(left, row.center().y() - side / 2, side, side), color, 1.1)
            painter.setPen(color)
            text_box = QRectF(left + side + theme.px(4), row.top(), room - side - theme.px(4), row.height())
            shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, int(text_box.width()))
            painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter, shown)
            left += needed + theme.px(10)

    def _paint_rest(self, marks: Sequence[SpineMark], room: QRectF) -> None:
        """Icons of the findings whose words found no room; the tooltip and the table say them in full."""
        side, step = self._theme.px(12), self._theme.px(15)
        fitting = int(room.width() // step)
        shown = marks if len(marks) <= fitting else marks[: max(fitting - 1, 0)]
        left = room.left()
        for mark in shown:
            box = QRectF(left, room.center().y() - side / 2, side, side)
            paint_icon(self._painter, mark.icon, box, self._theme.color(TONE_COLORS[mark.tone]), 1.1)
            left += step
        if len(shown) < len(marks):
            self._painter.setPen(self._theme.color("muted"))
            rest = QRectF(left, room.top(), room.right() - left, room.height())
            self._painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"+{len(marks) - len(shown)}")

    def paint_results(self, level: str, cells: Mapping[str, QRectF]) -> None:
        """For each service line, the result at the level; a dot where the line asks but nothing was evaluated."""
        for line in self._model.lines:
            cell = cells[line.service_line_id]
            side = self._theme.px(14)
            box = QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
            truth = line.truth_at(level)
            if truth is not None:
                visual = truth_visual(truth)
                self._painter.setPen(Qt.PenStyle.NoPen)
                self._painter.setBrush(self._theme.color(visual.soft))
                grown = box.adjusted(-4, -4, 4, 4)
                self._painter.drawRoundedRect(grown, 5, 5)
                paint_icon(self._painter, visual.icon, box, self._theme.color(visual.color), 1.2)
            elif level in line.levels:
                paint_icon(self._painter, "ring", box, self._theme.color("muted"))


def _between(first: QPointF, second: QPointF, share: float) -> QPointF:
    return first + (second - first) * share


def _mix(first: QColor, second: QColor, share: float) -> QColor:
    """`share` of the first colour, the rest of the second."""
    rest = 1 - share
    return QColor.fromRgbF(
        first.redF() * share + second.redF() * rest,
        first.greenF() * share + second.greenF() * rest,
        first.blueF() * share + second.blueF() * rest,
    )
