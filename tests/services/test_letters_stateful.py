"""Any sequence of typing, locking, moving, removing, throwing away, undoing and issuing while the record changes."""

from __future__ import annotations

import atexit
import copy
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.domain.audit import Actor
from desktop.domain.clinical import ConservativeTreatment, TreatmentKind
from desktop.domain.clock import FixedClock
from desktop.domain.document import Document
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import Letter, LetterBlock, LetterState
from desktop.domain.member import Member
from desktop.security.vault import TEST_PROFILE
from desktop.services import letter_session
from desktop.services.opening import create_workspace, open_with_password
from desktop.services.workspace import Services

PASSWORD = "correct horse battery"
CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
BLOCKS = ("letterhead", "re", "opening", "treatments", "relief", "enclosures")
TEXTS = st.sampled_from(["We ask for this.", "We ask.\n\nFor this.", "So."])
_TEMPLATE: list[tuple[Path, str]] = []


def template() -> tuple[Path, str]:
    """A closed store with one small case and its letter, and the case's id; made once for all examples."""
    if not _TEMPLATE:
        folder = Path(tempfile.mkdtemp(prefix="letters-")) / "store"
        services, _ = create_workspace(
            folder, PASSWORD, Actor(name="R. Reviewer"), profile=TEST_PROFILE, clock=CLOCK
        )
        case_id = services.cases.new_case().value.id
        services.cases.add_document(case_id, Document(id="d", title="Note", text="Pain."))
        services.letters.compose(case_id)
        services.close()
        atexit.register(shutil.rmtree, folder.parent)
        _TEMPLATE.append((folder, case_id))
    return _TEMPLATE[0]


@dataclass
class Account:
    """What the reviewer did to the draft, in plain words."""

    typed: dict[str, str] = field(default_factory=dict)
    over: dict[str, str | None] = field(default_factory=dict)
    """What was composed where the words were typed; None: nothing was."""
    aside: set[str] = field(default_factory=set)
    locked: dict[str, LetterBlock] = field(default_factory=dict)


class LettersMachine(RuleBasedStateMachine):
    """The letters of a case beside a plain account, and two stacks of both for undo."""

    @initialize()
    def start(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="letters-"))
        source, self.case_id = template()
        folder = Path(shutil.copytree(source, self.home / "store"))
        self.services: Services = open_with_password(folder, PASSWORD, clock=CLOCK)
        self.patch = pytest.MonkeyPatch()
        # What keeps a letter from being issued is not what is tried here.
        self.patch.setattr(letter_session, "check_letter", lambda _content, _inputs: ())
        self.account = Account()
        self.issued: list[Letter] = []
        self.back: list[tuple[Any, Account]] = []
        self.forth: list[tuple[Any, Account]] = []
        self.place = ""
        self.now = self.stored()

    def stored(self) -> Any:
        return self.services.cases.case(self.case_id), self.services.letters.all(self.case_id)

    def done(self, before: Account, place: str = "") -> None:
        """Note a step, as the store does: none where nothing changed, one while the same text is typed."""
        new = self.stored()
        if new == self.now:
            return
        if not (place and place == self.place):
            self.back.append((self.now, before))
            self.forth.clear()
        elif new == self.back[-1][0]:
            self.back.pop()
            place = ""
        self.now, self.place = new, place

    @property
    def draft(self) -> Letter | None:
        letter = self.services.letters.current(self.case_id)
        return letter if letter is not None and letter.state is LetterState.DRAFT else None

    def block(self, block_id: str) -> LetterBlock | None:
        letter = self.draft
        return letter.content.block(block_id) if letter else None

    def composed(self) -> dict[str, LetterBlock]:
        session = self.services.letters.check_session(self.case_id)
        return {block.id: block for block in session.living.fresh.blocks}

    # The record

    @rule(name=st.sampled_from(["Ada", "Ines"]), is_treated=st.booleans())
    def change_record(self, name: str, is_treated: bool) -> None:
        before = copy.deepcopy(self.account)
        member = Member(given_name=name, family_name=f"Of {name}", member_id=name)
        self.services.cases.save_member(self.case_id, member)
        self.done(before)
        treatment = ConservativeTreatment(id="t", kind=TreatmentKind.PHYSICAL_THERAPY)
        self.services.cases.save_treatments(self.case_id, (treatment,) if is_treated else ())
        self.done(before)

    # The letter

    @rule(block_id=st.sampled_from(BLOCKS), text=TEXTS)
    def type_text(self, block_id: str, text: str) -> None:
        old = self.block(block_id)
        if old is None or old.is_locked:
            return
        before, composed = copy.deepcopy(self.account), self.composed().get(block_id)
        self.services.letters.edit_block(self.case_id, block_id, text)
        if text != old.text:
            if block_id not in self.account.typed:
                self.account.over[block_id] = composed.text if composed else None
            self.account.typed[block_id] = text
        self.done(before, f"{block_id} of {len(self.issued)}")

    @rule(block_id=st.sampled_from(BLOCKS), verb=st.sampled_from(["restore_block", "keep_text"]))
    def settle(self, block_id: str, verb: str) -> None:
        old = self.block(block_id)
        if old is None or old.is_locked or (verb == "keep_text" and not old.is_edited):
            return
        before, composed = copy.deepcopy(self.account), self.composed().get(block_id)
        getattr(self.services.letters, verb)(self.case_id, block_id)
        if verb == "keep_text":
            self.account.over[block_id] = composed.text if composed else None
        else:
            self.account.typed.pop(block_id, None)
            self.account.over.pop(block_id, None)
        self.done(before)

    @rule(block_id=st.sampled_from(BLOCKS), offset=st.integers(-4, 4))
    def move(self, block_id: str, offset: int) -> None:
        if self.block(block_id) is not None:
            before = copy.deepcopy(self.account)
            self.services.letters.move_block(self.case_id, block_id, offset)
            self.done(before)

    @rule(block_id=st.sampled_from(BLOCKS))
    def toggle_lock(self, block_id: str) -> None:
        old = self.block(block_id)
        if old is None:
            return
        before = copy.deepcopy(self.account)
        self.services.letters.lock_block(self.case_id, block_id, not old.is_locked)
        if old.is_locked:
            del self.account.locked[block_id]
        else:
            self.account.locked[block_id] = old
        self.done(before)

    @rule(block_id=st.sampled_from(BLOCKS))
    def remove_or_bring_back(self, block_id: str) -> None:
        old = self.block(block_id)
        before = copy.deepcopy(self.account)
        if self.draft and block_id in self.account.aside:
            self.services.letters.bring_back_block(self.case_id, block_id)
            self.account.aside.remove(block_id)
        elif old is not None and not old.is_locked:
            self.services.letters.remove_block(self.case_id, block_id)
            self.account.aside.add(block_id)
        self.done(before)

    @rule()
    def compose(self) -> None:
        before = copy.deepcopy(self.account)
        is_new = self.draft is None
        self.services.letters.compose(self.case_id)
        if is_new:
            self.account = Account()
        self.done(before)

    @rule()
    def throw_away(self) -> None:
        before = copy.deepcopy(self.account)
        if self.draft is None:
            with pytest.raises(UserFacingError):
                self.services.letters.discard(self.case_id)
            return
        self.services.letters.discard(self.case_id)
        assert [letter.id for letter in self.issued] == [
            letter.id for letter in self.services.letters.all(self.case_id)
        ]
        self.account = Account()
        self.done(before)

    @precondition(lambda self: len(self.issued) < 2)
    @rule()
    def issue(self) -> None:
        if self.draft is None:
            with pytest.raises(UserFacingError):
                self.services.letters.issue(self.case_id)
            return
        self.issued.append(self.services.letters.issue(self.case_id).value)
        self.account, self.back, self.forth, self.place = Account(), [], [], ""
        self.now = self.stored()

    @rule(is_redo=st.booleans())
    def undo_or_redo(self, is_redo: bool) -> None:
        here, there = (self.forth, self.back) if is_redo else (self.back, self.forth)
        if not here:
            return
        (self.services.history.redo if is_redo else self.services.history.undo)(self.case_id)
        there.append((self.now, self.account))
        self.now, self.account = here.pop()
        self.place = ""
        assert self.stored() == self.now

    # What must hold

    @invariant()
    def issued_letters_are_as_they_were_issued(self) -> None:
        if hasattr(self, "services"):
            kept = {letter.id: letter for letter in self.services.letters.all(self.case_id)}
            assert [kept[letter.id] for letter in self.issued] == self.issued

    @invariant()
    def the_draft_is_as_the_account_says(self) -> None:
        if not hasattr(self, "services") or (letter := self.draft) is None:
            return
        composed, account = self.composed(), self.account
        shown = {block.id: block for block in letter.content.blocks}
        assert not account.aside & set(shown)
        for name, held in account.locked.items():
            assert (shown[name].text, shown[name].table) == (held.text, held.table)
        for name, text in account.typed.items():
            if name in account.aside:
                assert text in {block.text for block in letter.content.set_aside if block.id == name}
            elif name not in account.locked:
                now = composed.get(name)
                assert (shown[name].text, shown[name].is_edited) == (text, True)
                assert shown[name].is_stale == (now is None or now.text != account.over[name])
        for name, block in shown.items():
            if name not in account.typed and name not in account.locked:
                assert block == composed[name]
        assert set(composed) - set(shown) <= account.aside

    def teardown(self) -> None:
        if hasattr(self, "services"):
            self.patch.undo()
            for letter in self.issued:
                assert self.services.letters.verify_issued(self.case_id, letter.id).is_sound
            assert self.services.audit_problem() is None
            self.services.close()
            shutil.rmtree(self.home)


TestLetters = LettersMachine.TestCase
TestLetters.settings = settings(max_examples=8, stateful_step_count=25, deadline=None)
