"""Letterheads, snippets, templates, words and pictures are kept, undone on their own, and refused in words."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MediaType
from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.stationery import Letterhead, LetterTemplate, Snippet, TemplatePart
from desktop.services.workspace import Services

HEAD = Letterhead(id="h1", name="Main office", lines=("Sample Spine",))
SNIPPET = Snippet(id="s1", name="Thanks", text="Thank you, {{member.name}}.")
TEMPLATE = LetterTemplate(
    id="t1", name="Short", kind=LetterKind.FIRST_LEVEL, parts=(TemplatePart(block=BlockKind.OPENING),)
)


def picture(form: str = "PNG", size: tuple[int, int] = (30, 20), **more: object) -> bytes:
    """The bytes of a plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **more)
    return out.getvalue()


def animation() -> bytes:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def test_what_was_put_comes_back_changed_in_its_place_and_goes_when_removed(services: Services) -> None:
    done = services.stationery.put(HEAD)
    assert done.value == HEAD
    assert ChangeFlag.STATIONERY in done.changes.flags
    assert done.changes.touches(frozenset({ChangeFlag.LETTER}), "any case")
    services.stationery.put(SNIPPET)
    services.stationery.put(TEMPLATE)
    services.stationery.put(HEAD.model_copy(update={"id": "h2"}))
    renamed = HEAD.model_copy(update={"name": "Branch"})
    services.stationery.put(renamed)
    assert [head.name for head in services.stationery.letterheads()] == ["Branch", "Main office"]
    assert services.stationery.snippets() == (SNIPPET,)
    assert services.stationery.templates() == (TEMPLATE,)
    services.stationery.remove(Letterhead, "h2")
    assert services.stationery.all(Letterhead) == (renamed,)


def test_steps_on_stationery_are_undone_apart_from_any_case_and_audited(
    services: Services, sample_id: str
) -> None:
    before = services.history.labels(sample_id)
    services.stationery.put(SNIPPET)
    services.stationery.remove(Snippet, "s1")
    assert services.stationery.undo_labels() == ("Remove snippet", None)
    assert services.stationery.undo().value == "Remove snippet"
    assert services.stationery.snippets() == (SNIPPET,)
    assert services.stationery.redo().value == "Remove snippet"
    assert services.stationery.snippets() == ()
    assert [event.operation for event in services.audit(limit=4)][-1] == "snippet_saved"
    assert services.history.labels(sample_id) == before


def test_there_is_a_sentence_when_nothing_is_left_to_undo(services: Services) -> None:
    with pytest.raises(UserFacingError, match="nothing to undo"):
        services.stationery.undo()
    with pytest.raises(UserFacingError, match="nothing to redo"):
        services.stationery.redo()


def test_a_thing_without_a_name_is_refused(services: Services) -> None:
    with pytest.raises(UserFacingError, match="letterhead has no name"):
        services.stationery.put(HEAD.model_copy(update={"name": " "}))
    assert services.stationery.letterheads() == ()


def test_typing_a_snippet_is_one_step(services: Services) -> None:
    for text in ("T", "Th", "Thank you"):
        services.stationery.put(SNIPPET.model_copy(update={"text": text}))
    services.stationery.undo()
    assert services.stationery.snippets() == ()


def test_words_of_the_spell_check_are_known_once_and_taken_back(services: Services) -> None:
    first = services.stationery.add_word(" Ferrier ").value
    assert first.word == "Ferrier"
    assert services.stationery.add_word("Ferrier").value == first
    assert services.stationery.words() == (first,)
    services.stationery.remove_word(first.id)
    assert services.stationery.words() == ()
    for word in ("", "two words", "x" * 61):
        with pytest.raises(UserFacingError, match="not one word"):
            services.stationery.add_word(word)


@pytest.mark.parametrize(("form", "expected"), [("PNG", MediaType.PNG), ("JPEG", MediaType.JPEG)])
def test_a_picture_is_kept_as_it_came_and_may_stand_in_a_letterhead(
    services: Services, form: str, expected: MediaType
) -> None:
    content = picture(form)
    kept = services.stationery.keep_picture(content, "logo").value
    assert (kept.media_type, kept.name, kept.size) == (expected, "logo", len(content))
    assert services.stationery.keep_picture(content, "again").value == kept
    assert services.stationery.pictures() == (kept,)
    assert services.stationery.picture(kept.sha256) == content
    services.stationery.put(HEAD.model_copy(update={"logo_sha256": kept.sha256}))


def test_a_letterhead_cannot_name_a_picture_that_was_never_taken_in(services: Services) -> None:
    with pytest.raises(UserFacingError, match="picture of this letterhead"):
        services.stationery.put(HEAD.model_copy(update={"signature_sha256": "ab" * 32}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a PNG nor a JPEG"),
        (picture("GIF"), "neither a PNG nor a JPEG"),
        (picture("TIFF"), "neither a PNG nor a JPEG"),
        (picture()[:60], "damaged"),
        (picture("JPEG")[:-200], "damaged"),
        (picture()[:-20].replace(b"IDAT", b"IDAX"), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "damaged"),
        (picture(size=(4_001, 2)), "4,001 by 2 pixels"),
        (picture() + b"\x00" * 5_000_000, "larger than 5 MB"),
        (animation(), "animation"),
    ],
    ids=["empty", "svg", "gif", "tiff", "cut", "cut jpeg", "broken", "header", "wide", "large", "animated"],
)
def test_a_picture_that_cannot_be_printed_is_refused_in_words(
    services: Services, content: bytes, words: str
) -> None:
    with pytest.raises(UserFacingError, match=words) as refused:
        services.stationery.keep_picture(content, "logo.png")
    assert "logo.png" in refused.value.what
    assert refused.value.todo
    assert services.stationery.pictures() == ()
