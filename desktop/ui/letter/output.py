"""Takes a letter out of the program: to a file whole or not at all, and to a printer page by page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.domain.errors import UserFacingError
from desktop.security.atomic_file import write_private
from desktop.ui.letter.pdf_pages import page_at_resolution, page_count

MOST_DOTS_PER_INCH = 300
"""Sharp on paper; at 1,200 one page would take 400 MB."""


def write_file(path: Path, content: bytes) -> None:
    """Write a file readable by its owner only. Raises UserFacingError naming the place and the reason."""
    try:
        write_private(path, content)
    except OSError as error:
        raise UserFacingError(
            f"{path.name} could not be written ({error.strerror or 'no reason given'}).",
            safe="The letter in the program is unchanged, and no half file was left behind.",
            todo="Choose another folder, or make room on the disk.",
        ) from error


def require_printer() -> None:
    """Raise UserFacingError where the system knows no printer at all."""
    if not QPrinterInfo.availablePrinterNames():
        raise UserFacingError(
            "This computer has no printer set up.",
            safe="The letter is unchanged and is not marked as printed.",
            todo="Save it as PDF now and print that elsewhere, or set a printer up in the system's settings.",
        )


def printer_for(job_title: str) -> QPrinter:
    """A printer set up for the letter. `job_title` stands in the print queue: it must name no patient."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job_title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setFullPage(True)
    return printer


def print_pdf(printer: QPrinter, pdf: bytes) -> int:
    """Print the chosen pages; returns how many. Raises UserFacingError when the printer refuses.

    May run in a worker thread, as long as nobody else touches the printer meanwhile.
    """
    pages = _chosen(printer, page_count(pdf))
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused()
    try:
        resolution = min(MOST_DOTS_PER_INCH, printer.resolution())
        for number, page in enumerate(pages):
            if number and not printer.newPage():
                raise _refused()
            image = page_at_resolution(pdf, page, resolution)
            paper = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
    finally:
        painter.end()
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise _refused()
    return len(pages)


def _chosen(printer: QPrinter, count: int) -> list[int]:
    first, last = printer.fromPage(), printer.toPage()
    return list(range(max(1, first) - 1, min(count, last))) if last else list(range(count))


def _refused() -> UserFacingError:
    return UserFacingError(
        "The printer did not take the letter.",
        safe="The letter is unchanged and is not marked as sent.",
        todo="Check the printer, or save the letter as PDF and print that.",
    )
