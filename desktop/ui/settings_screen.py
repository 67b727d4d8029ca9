"""The settings: look, safety, who reviews; it must apply each change at once and keep no password."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__
from desktop.domain.audit import Actor
from desktop.domain.errors import UserFacingError
from desktop.settings.model import Theme as ThemeChoice
from desktop.ui.context import UiContext
from desktop.ui.password_settings import PasswordSettings
from desktop.ui.stationery.words_panel import WordsPanel
from desktop.ui.theme import LookChoice
from desktop.ui.widgets.basics import button, hairline, label, section_header

_THEMES = (
    (ThemeChoice.SYSTEM, "As the desktop"),
    (ThemeChoice.LIGHT, "Light"),
    (ThemeChoice.DARK, "Dark"),
    (ThemeChoice.HIGH_CONTRAST, "High contrast"),
)
_SCALE_STEP = 10
_IDLE_MINUTES = (1, 2, 3, 5, 10, 15)


class SettingsScreen(QScrollArea):
    """One page; every change is in force at once."""

    reviewer_changed = Signal()

    def __init__(
        self, context: UiContext, store_folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        px = context.theme.px
        page = QWidget()
        page.setMaximumWidth(px(720))
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(px(24), px(20), px(24), px(24))
        self._column.setSpacing(px(12))
        self._column.addWidget(label("Settings", "heading"))
        self._add_reviewer()
        self._add_look()
        self._add_safety()
        if store_folder is not None:
            self._column.addWidget(hairline())
            self._column.addWidget(section_header("Password and recovery key"))
            self._column.addWidget(PasswordSettings(context, store_folder / "vault.json"))
        self._column.addWidget(hairline())
        self._column.addWidget(section_header("Words of the spell check"))
        self._column.addWidget(WordsPanel(context))
        self._add_about()
        self._column.addStretch(1)
        self.setWidget(page)

    def _add_reviewer(self) -> None:
        actor = self._context.services.actor
        self._name = QLineEdit(actor.name)
        self._name.setAccessibleName("Your name")
        self._credential = QLineEdit(actor.credential)
        self._credential.setAccessibleName("Your credential")
        form = self._section("Reviewer")
        for text, field in (("Name", self._name), ("Credential", self._credential)):
            field.setMinimumWidth(self._context.theme.px(320))
            field.setEnabled(not self._context.services.is_read_only)
            field.editingFinished.connect(self._apply_reviewer)
            form.addRow(self._named(text), field)

    def _apply_reviewer(self) -> None:
        before = self._context.services.actor
        name = self._name.text().strip() or before.name
        self._name.setText(name)
        try:
            actor = Actor(name=name, credential=self._credential.text().strip())
        except ValidationError:
            self._context.notify.error(
                UserFacingError(
                    "The name holds a character that cannot be stored or printed.",
                    safe="The name was not changed.",
                    todo="Type it again without that character.",
                )
            )
            return
        if actor != before:
            self._context.runner.run(
                partial(self._context.services.change_actor, actor), self._reviewer_changed
            )

    def _reviewer_changed(self, _: None) -> None:
        self.reviewer_changed.emit()

    def _add_look(self) -> None:
        settings = self._context.preferences.settings
        self._look = QComboBox()
        self._look.setAccessibleName("Colors")
        for choice, text in _THEMES:
            self._look.addItem(text, choice.value)
        self._look.setCurrentIndex([choice for choice, _ in _THEMES].index(settings.theme))
        self._scale = QSlider(Qt.Orientation.Horizontal)
        self._scale.setAccessibleName("Text size in percent")
        self._scale.setRange(100 // _SCALE_STEP, 200 // _SCALE_STEP)
        self._scale.setPageStep(2)
        self._scale.setValue(settings.text_scale // _SCALE_STEP)
        self._scale.setMinimumSize(self._context.theme.px(320), self._context.theme.px(28))
        self._scale_text = label(f"{settings.text_scale} %")
        self._look.currentIndexChanged.connect(self._apply_look)
        self._scale.valueChanged.connect(self._apply_look)
        form = self._section("Look")
        form.addRow(self._named("Colors"), self._look)
        form.addRow(self._named("Text size"), self._scale)
        form.addRow(self._named(""), self._scale_text)

    def _add_safety(self) -> None:
        settings = self._context.preferences.settings
        self._idle = QComboBox()
        self._idle.setAccessibleName("Lock after minutes without a key or the mouse")
        for minutes in sorted({*_IDLE_MINUTES, settings.idle_lock_minutes}):
            self._idle.addItem(f"{minutes} min", minutes)
        self._idle.setCurrentIndex(self._idle.findData(settings.idle_lock_minutes))
        self._idle.currentIndexChanged.connect(self._apply_safety)
        self._private = QCheckBox("Mask names, ages and payers in lists")
        self._private.setChecked(settings.privacy_mode)
        self._private.toggled.connect(self._apply_safety)
        self._chain = button("Check the audit trail")
        self._chain.clicked.connect(self._check_chain)
        form = self._section("Safety")
        form.addRow(self._named("Lock after"), self._idle)
        form.addRow(self._named(""), self._private)
        form.addRow(self._named(""), self._chain)

    def _add_about(self) -> None:
        self._column.addWidget(hairline())
        self._column.addWidget(section_header("About"))
        self._column.addWidget(label(f"Indicated {__version__}", "muted"))
        self._column.addWidget(
            label(
                "The program has no network code. Nothing leaves this computer unless you save or print it.",
                "muted",
                wraps=True,
            )
        )

    def _section(self, title: str) -> QFormLayout:
        self._column.addWidget(hairline())
        self._column.addWidget(section_header(title))
        form = QFormLayout()
        form.setHorizontalSpacing(self._context.theme.px(16))
        form.setVerticalSpacing(self._context.theme.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._column.addLayout(form)
        return form

    def _named(self, text: str) -> QLabel:
        """A label in a column of the same width in every section."""
        made = label(text)
        made.setFixedWidth(self._context.theme.px(130))
        return made

    def _apply_look(self) -> None:
        choice = cast("LookChoice", self._look.currentData())
        scale = self._scale.value() * _SCALE_STEP
        self._scale_text.setText(f"{scale} %")
        self._context.preferences.update(theme=choice, text_scale=scale)
        self._context.theme.choose(choice, scale)

    def _apply_safety(self) -> None:
        self._context.preferences.update(
            idle_lock_minutes=int(self._idle.currentData()), privacy_mode=self._private.isChecked()
        )

    def _check_chain(self) -> None:
        self._chain.setEnabled(False)
        self._context.runner.run(self._context.services.audit_problem, self._show_chain, self._chain_failed)

    def _show_chain(self, problem: str | None) -> None:
        self._chain.setEnabled(True)
        self._context.notify.info(problem or "The audit trail is complete and unchanged.")

    def _chain_failed(self, error: Exception) -> None:
        self._chain.setEnabled(True)
        self._context.notify.failure(error)
