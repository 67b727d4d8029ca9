"""How much of a foreign file is taken; shared by the limited process and the sentences about it."""

from __future__ import annotations

MAX_PAGES = 10_000
"""Pages of a PDF."""
MAX_FRAMES = 1_000
"""Pages of a scan in TIFF."""
MAX_PIXELS = 120_000_000
"""A poster at 600 dpi; what claims more is built to fill the memory."""
