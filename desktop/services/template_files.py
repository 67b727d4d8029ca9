"""Letter templates as files: those the program brings with it, and those that come from or go to another house."""

from __future__ import annotations

from desktop.domain.stationery import LetterTemplate
from desktop.letters.template_file import (
    TemplateFileError,
    TemplateMistake,
    load_templates,
    template_of,
    template_text,
)
from desktop.settings.paths import resources_dir


def starting_templates() -> tuple[LetterTemplate, ...]:
    """The templates to start from, by name of file. A house saves what it takes under an id of its own."""
    return load_templates(resources_dir() / "templates")


def read_template(content: bytes, name: str) -> LetterTemplate:
    """The template in a file's bytes; nothing is saved. Raises TemplateFileError with every mistake and its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        mistake = TemplateMistake(line, "This is not text in UTF-8.")
        raise TemplateFileError(name, (mistake,)) from error
    return template_of(text, name)


def template_bytes(template: LetterTemplate) -> bytes:
    """The template as a file that `read_template` reads back as the same template."""
    return template_text(template).encode("utf-8")
