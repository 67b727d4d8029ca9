"""Writes the ICD-10-CM table that the program ships from the maintained package simple_icd_10_cm.

The package reads 15 MB of XML at import, which takes seconds and stops the window meanwhile; the table is read in a
fraction of that. A test compares the two, so a newer edition of the package asks for this to be run again:

    .venv/bin/python packaging/icd10_table.py
"""

from __future__ import annotations

import gzip
import sys
import warnings
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "resources" / "icd10cm" / "codes.tsv.gz"


def table_text() -> str:
    """One line a code or heading, in order of the code without its dot: code, 1 if complete, title."""
    with warnings.catch_warnings():
        # Version 1.5 reads its table with importlib.resources.read_text, which Python 3.11 calls deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10_cm as icd

    # Chapters (`13`) and blocks (`M95-M95`) are neither codes nor headings that anyone writes as one.
    codes = [code for code in icd.get_all_codes(True) if not icd.is_chapter_or_block(code)]
    codes.sort(key=lambda code: code.replace(".", ""))
    return "".join(f"{code}\t{int(icd.is_leaf(code))}\t{icd.get_description(code)}\n" for code in codes)


if __name__ == "__main__":
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_bytes(gzip.compress(table_text().encode("utf-8"), mtime=0))
    sys.stdout.write(f"{TABLE.stat().st_size:,} bytes\n")
