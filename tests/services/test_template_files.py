"""Templates travel as files: out and in again the same, and a file that is none is refused with its line."""

from __future__ import annotations

import pytest

from desktop.letters.template_file import TemplateFileError
from desktop.services.template_files import read_template, starting_templates, template_bytes


def test_a_starting_template_comes_back_from_its_file_as_it_went() -> None:
    for template in starting_templates():
        assert read_template(template_bytes(template), "ours.yaml") == template
        assert read_template(b"\xef\xbb\xbf" + template_bytes(template), "ours.yaml") == template


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(TemplateFileError) as raised:
        read_template(b"format: x\nname: \xff\n", "ours.yaml")
    assert [item.line for item in raised.value.mistakes] == [2]
    assert "ours.yaml" in raised.value.what
