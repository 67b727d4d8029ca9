"""The colours and measures of the three looks as plain values; it must import no Qt, so that contrast is testable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["light", "dark", "high_contrast"]

GRID = 4
RADIUS = 6
MIN_TARGET = 28
TYPE_SIZES = (12, 13, 15, 18, 24)
"""Pixels at 100 %: caption, interface, reading, heading, title."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#RRGGBB`. Every `*_soft` is a background on which the colour of the same name is readable."""

    window: str
    surface: str
    sunken: str
    hairline: str
    border: str
    """Outline of things that can be operated: 3:1 against the surfaces."""
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    focus: str
    selection: str
    met: str
    met_soft: str
    not_met: str
    not_met_soft: str
    unclear: str
    unclear_soft: str
    not_documented: str
    not_documented_soft: str
    exception: str
    exception_soft: str
    not_applicable: str
    not_applicable_soft: str
    bone: str
    bone_edge: str
    disc: str
    metal: str


LIGHT = Tokens(
    window="#F3F4F5",
    surface="#FFFFFF",
    sunken="#ECEEF0",
    hairline="#DDE1E5",
    border="#7A838D",
    text="#1A1E23",
    muted="#49525C",
    accent="#0A5C6E",
    accent_hover="#084957",
    on_accent="#FFFFFF",
    accent_soft="#DFF0F3",
    focus="#0B7C94",
    selection="#CDE7EC",
    met="#155C31",
    met_soft="#E3F3E8",
    not_met="#96191F",
    not_met_soft="#FBE8E8",
    unclear="#6B4700",
    unclear_soft="#FBF0D9",
    not_documented="#6B4700",
    not_documented_soft="#FBF0D9",
    exception="#51328F",
    exception_soft="#EEE8F9",
    not_applicable="#49525C",
    not_applicable_soft="#ECEEF0",
    bone="#F1E8D6",
    bone_edge="#8C7B5E",
    disc="#CBD8DE",
    metal="#5D6B78",
)

DARK = Tokens(
    window="#15181B",
    surface="#1D2125",
    sunken="#111316",
    hairline="#33393F",
    border="#78828C",
    text="#E9EBEE",
    muted="#B4BCC5",
    accent="#63C8DA",
    accent_hover="#86D8E6",
    on_accent="#04252C",
    accent_soft="#17343B",
    focus="#6FD3E4",
    selection="#1F454E",
    met="#7AD69F",
    met_soft="#16301F",
    not_met="#FF9C9C",
    not_met_soft="#3B1B1D",
    unclear="#F2C36B",
    unclear_soft="#362A12",
    not_documented="#F2C36B",
    not_documented_soft="#362A12",
    exception="#C9B4F8",
    exception_soft="#2C2342",
    not_applicable="#B4BCC5",
    not_applicable_soft="#2A2F34",
    bone="#4A463D",
    bone_edge="#A89A7E",
    disc="#2E4048",
    metal="#B7C3CE",
)

HIGH_CONTRAST = Tokens(
    window="#000000",
    surface="#000000",
    sunken="#000000",
    hairline="#8C8C8C",
    border="#FFFFFF",
    text="#FFFFFF",
    muted="#F0F0F0",
    accent="#6FE7FF",
    accent_hover="#B6F3FF",
    on_accent="#000000",
    accent_soft="#002E38",
    focus="#FFE600",
    selection="#00485A",
    met="#7CFFB0",
    met_soft="#00220F",
    not_met="#FFB3B3",
    not_met_soft="#330000",
    unclear="#FFD97A",
    unclear_soft="#2B1F00",
    not_documented="#FFD97A",
    not_documented_soft="#2B1F00",
    exception="#DCCBFF",
    exception_soft="#1E0F3D",
    not_applicable="#F0F0F0",
    not_applicable_soft="#1A1A1A",
    bone="#262626",
    bone_edge="#FFFFFF",
    disc="#004455",
    metal="#FFFFFF",
)

LOOKS: dict[Look, Tokens] = {"light": LIGHT, "dark": DARK, "high_contrast": HIGH_CONTRAST}


def contrast(first: str, second: str) -> float:
    """The WCAG 2 contrast ratio of two `#RRGGBB` colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
