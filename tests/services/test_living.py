"""Whatever is done to a letter and to its record, in any order: what is typed stays, what is not follows the record."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterParagraph,
    LetterRow,
    LetterTable,
    OriginKind,
    Provenance,
)
from desktop.letters import living

IDS = ("date", "opening", "denial", "history", "necessity", "silence", "relief")
WORDS = st.sampled_from(["It holds.", "At L4-L5.\n\nAnd at S1.", "Six weeks of therapy.", "Nothing."])


def paragraph(text: str, ref: str = "denial") -> LetterParagraph:
    origin = Provenance(kind=OriginKind.RECORD, ref=ref, label="Denial")
    return LetterParagraph(text=text, provenance=(origin,))


def block(block_id: str, text: str = "", cell: str = "") -> LetterBlock:
    table = LetterTable(columns=("A",), widths=(1.0,), rows=(LetterRow(cells=(cell,), provenance=()),))
    return LetterBlock(
        id=block_id,
        kind=BlockKind.OPENING,
        paragraphs=tuple(map(paragraph, text.split("\n\n"))) if text else (),
        table=table if cell else None,
    )


def content(*blocks: LetterBlock) -> LetterContent:
    return LetterContent(
        kind=LetterKind.FIRST_LEVEL, title="T", running_head="R", blocks=blocks, has_own_order=False
    )


def ids(letter: LetterContent) -> list[str]:
    return [item.id for item in letter.blocks]


def test_an_untouched_letter_is_the_fresh_composition() -> None:
    old = content(block("opening", "One."), block("relief", "Pay."))
    new = content(block("relief", "Pay now."), block("history", "New."), block("opening", "Two.", cell="x"))
    assert living.followed(old, new) == new


def test_typed_words_stay_and_their_table_follows_the_record() -> None:
    old = living.with_text(content(block("opening", "One.", "1")), content(), "opening", "Mine.")
    (read,) = living.followed(old, content(block("opening", "One.", "2"))).blocks
    assert (read.text, read.is_edited, read.is_stale) == ("Mine.", True, False)
    assert read.table is not None
    assert read.table.rows[0].cells == ("2",)


def test_a_stale_block_shows_what_was_composed_what_is_now_and_what_was_typed() -> None:
    fresh = content(block("opening", "One.\n\nTwo."))
    old = living.with_text(fresh, fresh, "opening", "Mine.\n\nTwo.")
    now = content(block("opening", "Changed.\n\nTwo."))
    read = living.followed(old, now)
    (stale,) = living.stale_blocks(read, now)
    assert (stale.was, stale.is_now, stale.typed) == ("One.\n\nTwo.", "Changed.\n\nTwo.", "Mine.\n\nTwo.")
    kept = living.kept_as_typed(read, now, "opening")
    assert living.stale_blocks(living.followed(kept, now), now) == ()
    assert kept.blocks[0].text == "Mine.\n\nTwo."


def test_a_record_that_changes_to_what_was_typed_makes_nothing_stale() -> None:
    fresh = content(block("opening", "Six weeks."))
    typed = living.with_text(fresh, fresh, "opening", "Seven weeks.")
    (read,) = living.followed(typed, content(block("opening", "Seven weeks."))).blocks
    assert (read.is_edited, read.is_stale) == (True, False)


def test_a_block_typed_back_to_the_composed_words_is_untouched_again() -> None:
    fresh = content(block("opening", "One.\n\nTwo."))
    typed = living.with_text(fresh, fresh, "opening", "One!\n\nTwo.")
    assert typed.blocks[0].is_edited
    assert living.with_text(typed, fresh, "opening", "One.\n\nTwo.") == fresh


def test_an_unchanged_paragraph_of_a_typed_block_leads_to_the_present_source() -> None:
    fresh = content(block("opening", "One.\n\nTwo."))
    typed = living.with_text(fresh, fresh, "opening", "One.\n\nMine.")
    other = LetterBlock(
        id="opening", kind=BlockKind.OPENING, paragraphs=(paragraph("One.", "new"), paragraph("Two."))
    )
    (read,) = living.followed(typed, content(other)).blocks
    assert read.paragraphs[0].provenance[0].ref == "new"
    assert not read.is_stale


def test_a_typed_block_that_is_no_longer_composed_stays_until_it_is_restored() -> None:
    fresh = content(block("date", "Today."), block("silence", "Silent."), block("relief", "Pay."))
    typed = living.with_text(fresh, fresh, "silence", "Mine.")
    now = content(block("date", "Today."), block("relief", "Pay."))
    read = living.followed(typed, now)
    assert ids(read) == ["date", "silence", "relief"]
    (stale,) = living.stale_blocks(read, now)
    assert (stale.is_now, stale.typed) == ("", "Mine.")
    assert ids(living.restored(read, now, "silence")) == ["date", "relief"]


def test_a_locked_block_keeps_even_its_table_and_refuses_to_be_changed() -> None:
    fresh = content(block("opening", "One.", "1"))
    held = living.locked(fresh, "opening", is_locked=True)
    now = content(block("opening", "Two.", "2"))
    (read,) = living.followed(held, now).blocks
    assert (read.text, read.table, read.is_stale) == ("One.", fresh.blocks[0].table, True)
    for change in (
        lambda letter: living.with_text(letter, now, "opening", "Mine."),
        lambda letter: living.restored(letter, now, "opening"),
        lambda letter: living.without(letter, "opening"),
    ):
        with pytest.raises(UserFacingError, match="locked"):
            change(living.followed(held, now))
    assert living.followed(living.locked(held, "opening", is_locked=False), now) == now


def test_a_locked_block_is_stale_when_only_its_table_would_be_another() -> None:
    held = living.locked(content(block("opening", "One.", "1")), "opening", is_locked=True)
    (same,) = living.followed(held, content(block("opening", "One.", "1"))).blocks
    (other,) = living.followed(held, content(block("opening", "One.", "2"))).blocks
    assert (same.is_stale, other.is_stale) == (False, True)


def test_a_new_block_lands_where_it_belongs_also_among_moved_ones() -> None:
    fresh = content(*(block(name, name) for name in ("date", "opening", "relief")))
    turned = living.moved(fresh, "opening", 1)
    now = content(*(block(name, name) for name in ("date", "opening", "history", "relief")))
    assert ids(living.followed(turned, now)) == ["date", "relief", "opening", "history"]


def test_a_block_set_aside_stays_away_and_comes_back_with_what_was_typed() -> None:
    fresh = content(*(block(name, name) for name in ("date", "opening", "relief")))
    typed = living.with_text(fresh, fresh, "opening", "Mine.")
    away = living.without(typed, "opening")
    read = living.followed(away, fresh)
    assert ids(read) == ["date", "relief"]
    back = living.brought_back(read, fresh, ("opening",))
    assert ids(back) == ["date", "opening", "relief"]
    assert (back.blocks[1].text, back.set_aside) == ("Mine.", ())


def test_a_letter_of_an_older_program_keeps_its_words_and_its_order() -> None:
    """Its typed blocks have no base, and it does not know whether its order is the reviewer's."""
    typed = block("opening", "Mine.").model_copy(update={"is_edited": True})
    old = LetterContent(
        kind=LetterKind.FIRST_LEVEL, title="T", running_head="R", blocks=(block("relief", "Pay."), typed)
    )
    now = content(block("opening", "Composed."), block("relief", "Pay."))
    read = living.followed(old, now)
    assert ids(read) == ["relief", "opening"]
    (stale,) = living.stale_blocks(read, now)
    assert (stale.was, stale.is_now, stale.typed) == ("", "Composed.", "Mine.")


def test_what_is_issued_holds_nothing_of_how_it_was_edited() -> None:
    fresh = content(block("date", "Today."), block("opening", "One."), block("relief", "Pay."))
    edited = living.without(living.with_text(fresh, fresh, "opening", "Mine."), "relief")
    done = living.frozen(living.locked(edited, "date", is_locked=True))
    assert ids(done) == ["date", "opening"]
    assert done.set_aside == ()
    assert not any(item.base or item.is_stale or item.is_locked for item in done.blocks)


@given(stored=st.permutations(IDS), fresh=st.lists(st.sampled_from(IDS), unique=True), moved=st.booleans())
def test_following_holds_each_composed_block_once_and_twice_is_as_once(
    stored: list[str], fresh: list[str], moved: bool
) -> None:
    old = content(*(block(name, name) for name in stored)).model_copy(update={"has_own_order": moved})
    now = content(*(block(name, name) for name in fresh))
    once = living.followed(old, now)
    assert sorted(ids(once)) == sorted(fresh)
    assert living.followed(once, now) == once
    kept = [name for name in (stored if moved else fresh) if name in fresh]
    assert ids(once) == kept if moved else ids(once) == fresh


class LivingMachine(RuleBasedStateMachine):
    """A letter beside a plain account of what was typed, locked and set aside."""

    @initialize()
    def start(self) -> None:
        self.now = content(*(block(name, "It holds.") for name in IDS[:4]))
        self.letter = self.now
        self.typed: dict[str, str] = {}
        self.over: dict[str, str] = {}
        self.aside: set[str] = set()
        self.locked: dict[str, LetterBlock] = {}

    def here(self, block_id: str) -> LetterBlock | None:
        return self.letter.block(block_id)

    def composed(self, block_id: str) -> str:
        found = self.now.block(block_id)
        return found.text if found else ""

    def settle(self) -> None:
        """What reading does to the account: the record caught up with what was typed."""
        self.letter = living.followed(self.letter, self.now)
        for name, text in self.typed.items():
            if name not in self.aside and name not in self.locked and self.composed(name) == text:
                self.over[name] = text

    @rule(texts=st.dictionaries(st.sampled_from(IDS), WORDS))
    def change_record(self, texts: dict[str, str]) -> None:
        self.now = content(*(block(name, texts[name]) for name in IDS if name in texts))
        self.settle()

    @rule(block_id=st.sampled_from(IDS), text=WORDS)
    def type_text(self, block_id: str, text: str) -> None:
        old = self.here(block_id)
        if old is None or block_id in self.locked:
            with pytest.raises(UserFacingError):
                living.with_text(self.letter, self.now, block_id, text)
            return
        self.letter = living.with_text(self.letter, self.now, block_id, text)
        if text == old.text:
            return
        if text == self.composed(block_id) and self.now.block(block_id):
            self.typed.pop(block_id, None)
            self.over.pop(block_id, None)
        else:
            if block_id not in self.typed:
                self.over[block_id] = old.text
            self.typed[block_id] = text

    @rule(block_id=st.sampled_from(IDS))
    def restore(self, block_id: str) -> None:
        if self.here(block_id) is None or block_id in self.locked:
            return
        self.letter = living.restored(self.letter, self.now, block_id)
        self.typed.pop(block_id, None)
        self.over.pop(block_id, None)

    @rule(block_id=st.sampled_from(IDS))
    def keep(self, block_id: str) -> None:
        if block_id in self.typed and block_id not in self.aside and block_id not in self.locked:
            self.letter = living.kept_as_typed(self.letter, self.now, block_id)
            self.over[block_id] = self.composed(block_id)

    @rule(block_id=st.sampled_from(IDS), offset=st.integers(-3, 3))
    def move(self, block_id: str, offset: int) -> None:
        if self.here(block_id) is not None:
            self.letter = living.moved(self.letter, block_id, offset)

    @rule(block_id=st.sampled_from(IDS))
    def toggle_lock(self, block_id: str) -> None:
        old = self.here(block_id)
        if old is None:
            return
        self.letter = living.locked(self.letter, block_id, is_locked=block_id not in self.locked)
        if block_id in self.locked:
            del self.locked[block_id]
            self.settle()
        else:
            self.locked[block_id] = old

    @rule(block_id=st.sampled_from(IDS))
    def set_aside_or_bring_back(self, block_id: str) -> None:
        if block_id in self.aside:
            self.letter = living.brought_back(self.letter, self.now, (block_id,))
            self.aside.remove(block_id)
            self.settle()
        elif self.here(block_id) is not None and block_id not in self.locked:
            self.letter = living.without(self.letter, block_id)
            self.aside.add(block_id)

    @invariant()
    def the_letter_is_as_the_account_says(self) -> None:
        if not hasattr(self, "letter"):
            return
        read = living.followed(self.letter, self.now)
        shown = {item.id: item for item in read.blocks}
        assert not self.aside & set(shown)
        for name, held in self.locked.items():
            assert (shown[name].text, shown[name].is_locked) == (held.text, True)
        for name, text in self.typed.items():
            if name in self.aside:
                assert any(item.id == name and item.text == text for item in read.set_aside)
            elif name not in self.locked:
                assert (shown[name].text, shown[name].is_edited) == (text, True)
                is_as_before = self.composed(name) in (self.over[name], text) and self.now.block(name)
                assert shown[name].is_stale == (not is_as_before)
        for name, item in shown.items():
            if name not in self.typed and name not in self.locked:
                assert item == self.now.block(name)
        left_out = {item.id for item in self.now.blocks} - set(shown)
        assert left_out <= self.aside


TestLiving = LivingMachine.TestCase
TestLiving.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
