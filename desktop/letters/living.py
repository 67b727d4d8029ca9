"""The living letter: fresh composition and the reviewer's edits brought together; it composes and stores nothing.

Untouched blocks are those of the fresh composition. Typed words stay whatever the record does: where it composes
something else than the words they took the place of, the block is stale. Locked blocks stay as they are altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterParagraph
from desktop.domain.text import Text
from desktop.domain.typed import require_keepable
from desktop.domain.value import Identifier, Value


class StaleBlock(Value):
    """A block whose record has moved on: what it was written over, what is composed now, and what stands there."""

    block_id: Identifier
    heading: Text
    was: Text
    """Empty: nothing was composed there, or an older program did not keep it."""
    is_now: Text
    """Empty: the record no longer gives this block any words."""
    typed: Text
    is_locked: bool = False


def followed(stored: LetterContent, fresh: LetterContent) -> LetterContent:
    """The stored letter as it reads today. Pure; `fresh` is the composition of this moment."""
    now = {block.id: block for block in fresh.blocks}
    aside = {block.id for block in stored.set_aside}
    old = [block for item in stored.blocks if (block := _followed(item, now.get(item.id)))]
    here = {block.id: block for block in old}
    new = [here.get(block.id, block) for block in fresh.blocks if block.id not in aside]
    if stored.has_own_order:
        blocks = _laid(old, (block for block in new if block.id not in here), [item.id for item in new])
    else:
        order = [item.id for item in stored.blocks]
        blocks = _laid(new, (block for block in old if block.id not in now), order)
    kept = {"set_aside": stored.set_aside, "has_own_order": stored.has_own_order}
    return fresh.model_copy(update={"blocks": tuple(blocks), **kept})


def stale_blocks(content: LetterContent, fresh: LetterContent) -> tuple[StaleBlock, ...]:
    """The stale blocks of a letter that follows the record, each with what there is to compare."""
    return tuple(
        StaleBlock(
            block_id=block.id,
            heading=block.heading or block.kind.value.replace("_", " ").capitalize(),
            was=_joined(block.base),
            is_now=now.text if (now := fresh.block(block.id)) else "",
            typed=block.text,
            is_locked=block.is_locked,
        )
        for block in content.blocks
        if block.is_stale
    )


def with_text(content: LetterContent, fresh: LetterContent, block_id: str, text: str) -> LetterContent:
    """The letter with what the reviewer typed into a block; typed back to what is composed, it is untouched again."""
    block = _open(content, block_id)
    if text == block.text:
        return content
    require_keepable(text)
    return with_block(content, fresh, block.with_typed_text(text))


def with_block(content: LetterContent, fresh: LetterContent, typed: LetterBlock) -> LetterContent:
    """The letter with a typed block in its place; one that says what is composed is untouched. Locked: refused."""
    _open(content, typed.id)
    now = fresh.block(typed.id)
    return _put(content, now if now and _words(typed.paragraphs) == _words(now.paragraphs) else typed)


def restored(content: LetterContent, fresh: LetterContent, block_id: str) -> LetterContent:
    """The letter with the composed words of a block in place of typed ones; a block no longer composed goes."""
    _open(content, block_id)
    now = fresh.block(block_id)
    if now is not None:
        return _put(content, now)
    return content.model_copy(
        update={"blocks": tuple(block for block in content.blocks if block.id != block_id)}
    )


def kept_as_typed(content: LetterContent, fresh: LetterContent, block_id: str) -> LetterContent:
    """The letter with typed words held to be right for the record as it is now; a locked block may be so too."""
    block, now = _required(content, block_id), fresh.block(block_id)
    base = now.paragraphs if now else ()
    return _put(content, block.model_copy(update={"base": base, "is_stale": False}))


def moved(content: LetterContent, block_id: str, offset: int) -> LetterContent:
    """The letter with a block further up (negative) or down, as far as there is room."""
    block = _required(content, block_id)
    here = content.blocks.index(block)
    blocks = [item for item in content.blocks if item.id != block_id]
    blocks.insert(max(0, min(len(blocks), here + offset)), block)
    if tuple(blocks) == content.blocks:
        return content
    return content.model_copy(update={"blocks": tuple(blocks), "has_own_order": True})


def without(content: LetterContent, block_id: str) -> LetterContent:
    """The letter with a block set aside."""
    block = _open(content, block_id)
    blocks = tuple(item for item in content.blocks if item.id != block_id)
    return content.model_copy(update={"blocks": blocks, "set_aside": (*content.set_aside, block)})


def brought_back(content: LetterContent, fresh: LetterContent, block_ids: Iterable[str]) -> LetterContent:
    """The letter with blocks that were set aside where they belong, with what was typed into them."""
    wanted = set(block_ids)
    back = [block for block in content.set_aside if block.id in wanted]
    left = tuple(block for block in content.set_aside if block.id not in wanted)
    order = [block.id for block in fresh.blocks]
    now = (item for block in back if (item := _followed(block, fresh.block(block.id))) is not None)
    blocks = _laid(list(content.blocks), now, order)
    return content.model_copy(update={"blocks": tuple(blocks), "set_aside": left})


def locked(content: LetterContent, block_id: str, *, is_locked: bool) -> LetterContent:
    """The letter with a block kept exactly as it is, or following the record again."""
    block = _required(content, block_id)
    if block.is_locked == is_locked:
        return content
    base = block.base if block.is_edited else block.paragraphs if is_locked else ()
    return _put(content, block.model_copy(update={"is_locked": is_locked, "base": base}))


def says_the_same(one: LetterContent, other: LetterContent) -> bool:
    """Whether two contents print the same words in the same order; the day on the letter may differ."""
    is_cited_alike = one.citation_style is other.citation_style or not one.cited()
    return is_cited_alike and _printed(one) == _printed(other)


def frozen(content: LetterContent) -> LetterContent:
    """What is issued: the blocks as they stand, and nothing of how they came to be edited."""
    done = {"base": (), "is_stale": False, "is_locked": False}
    blocks = tuple(block.model_copy(update=done) for block in content.blocks)
    return content.model_copy(update={"blocks": blocks, "set_aside": ()})


def _followed(block: LetterBlock, now: LetterBlock | None) -> LetterBlock | None:
    if not block.is_edited and not block.is_locked:
        return now
    if now is None:
        return block.model_copy(update={"is_stale": True})
    present = _words(now.paragraphs)
    is_same = present in (_words(block.base), _words(block.paragraphs))
    if block.is_locked:
        is_same = is_same and (block.table, block.figure) == (now.table, now.figure)
        return block.model_copy(update={"is_stale": not is_same})
    composed = {item.text: item for item in now.paragraphs}
    kept = tuple(composed.get(item.text, item) for item in block.paragraphs)
    base = now.paragraphs if is_same else block.base
    return now.model_copy(
        update={"paragraphs": kept, "is_edited": True, "base": base, "is_stale": not is_same}
    )


def _laid(
    blocks: Sequence[LetterBlock], more: Iterable[LetterBlock], order: Sequence[str]
) -> list[LetterBlock]:
    """`blocks` with each of `more` behind the nearest one that stands before it in `order`; else before the next."""
    laid = list(blocks)
    for block in more:
        place = order.index(block.id) if block.id in order else len(order)
        ids = [item.id for item in laid]
        before = next((item for item in reversed(order[:place]) if item in ids), None)
        after = next((item for item in order[place + 1 :] if item in ids), None)
        if before is not None:
            laid.insert(ids.index(before) + 1, block)
        else:
            laid.insert(ids.index(after) if after is not None else len(laid), block)
    return laid


def _printed(content: LetterContent) -> list[tuple[object, ...]]:
    return [
        (
            block.heading,
            _words(block.paragraphs),
            [row.cells for row in block.table.rows] if block.table else [],
            block.figure,
        )
        for block in content.blocks
        if block.kind is not BlockKind.DATE
    ]


def _words(paragraphs: Iterable[LetterParagraph]) -> tuple[str, ...]:
    # Without their origins: the same words from another link are no news to a reader.
    return tuple(item.text for item in paragraphs)


def _joined(paragraphs: Iterable[LetterParagraph]) -> str:
    return "\n\n".join(item.text for item in paragraphs)


def _put(content: LetterContent, block: LetterBlock) -> LetterContent:
    return content.model_copy(update={"blocks": tuple(_replaced(content.blocks, block))})


def _replaced(blocks: Iterable[LetterBlock], block: LetterBlock) -> Iterator[LetterBlock]:
    yield from (block if item.id == block.id else item for item in blocks)


def _required(content: LetterContent, block_id: str) -> LetterBlock:
    found = content.block(block_id)
    if found is None:
        raise UserFacingError(
            "This part of the letter does not exist any more.",
            safe="The rest of the letter is unchanged.",
            todo="Compose the letter again to see its present parts.",
        )
    return found


def _open(content: LetterContent, block_id: str) -> LetterBlock:
    block = _required(content, block_id)
    if block.is_locked:
        raise UserFacingError(
            "This part of the letter is locked.",
            safe="Nothing was changed.",
            todo="Unlock it, then change it.",
        )
    return block
