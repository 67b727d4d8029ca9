"""Any sequence of writes, undos, redos, barriers and restarts leaves the store as a plain model says."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
    Stance,
)
from desktop.domain.case import Case
from desktop.domain.determination import Decision, Determination, LineDetermination
from desktop.domain.document import Document, span_of
from desktop.domain.kept_file import KeptFile, MediaType
from desktop.domain.letter import Letter, LetterContent, LetterKind
from desktop.domain.letter_history import LetterVersion, VersionReason
from desktop.domain.packet import Redaction
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.task import Task
from desktop.store.engine import Store, create_store
from tests.store.conftest import ADA, TickingClock, new_key, opened

CASE = "case-1"
DOCUMENT = Document(id="d", text="Lucency about the L4 and L5 screws.")
KEYS = [
    AssessmentKey(set_id="s", criterion_id=f"c{n}", subject=subject)
    for n in range(2)
    for subject in ("", "L4-L5")
]
LINE_IDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=4)
_TEMPLATE: list[Path] = []


def template() -> Path:
    """A closed, empty store, made once for all examples."""
    if not _TEMPLATE:
        folder = Path(tempfile.mkdtemp(prefix="undo-")) / "store"
        create_store(folder, new_key(), actor=ADA, clock=TickingClock()).close()
        atexit.register(shutil.rmtree, folder.parent)
        _TEMPLATE.append(folder)
    return _TEMPLATE[0]


def snapshot(store: Store) -> Any:
    """Everything a case holds, as values."""
    with store.read() as reader:
        if not reader.cases.exists(CASE):
            return None
        return (
            reader.cases.get(CASE),
            reader.review.assessments(CASE),
            reader.review.links(CASE),
            reader.determinations.all(CASE),
            reader.tasks.all(CASE),
            reader.items.all(CASE, Redaction),
            reader.items.all(CASE, PeerToPeer),
            reader.files.of_case(CASE),
            {name: reader.kept.bytes(file.sha256) for name, file in reader.files.of_case(CASE).items()},
            reader.letters.all(CASE),
            reader.letters.versions(CASE, "le1"),
        )


class UndoMachine(RuleBasedStateMachine):
    """The store beside two stacks of snapshots."""

    @initialize()
    def start(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="undo-"))
        self.store = opened(Path(shutil.copytree(template(), self.home / "store")))
        self.back: list[Any] = []
        self.forth: list[Any] = []
        self.typing_in = ""
        with self.store.write("case_opened", "New", case_id=CASE, undoable=False) as work:
            work.cases.add(Case(id=CASE, documents=(DOCUMENT,)))
        self.now = snapshot(self.store)

    def written(self, typing_in: str = "") -> None:
        new = snapshot(self.store)
        if new == self.now:
            return
        if not (typing_in and typing_in == self.typing_in):
            self.back.append(self.now)
            self.forth.clear()
        elif new == self.back[-1]:
            self.back.pop()  # typed back to what it was: nothing is left to undo
            typing_in = ""
        self.now, self.typing_in = new, typing_in

    @precondition(lambda self: self.now is not None)
    @rule(
        place=st.sampled_from(["question", "note"]),
        text=st.sampled_from(["", "w", "wh", "why"]),
        key=st.just(KEYS[0]),
    )
    def type_text(self, place: str, text: str, key: AssessmentKey) -> None:
        with self.store.write("typed", "Type", case_id=CASE) as work:
            work.typing_in = place
            if place == "question":
                work.cases.put(work.cases.get(CASE).model_copy(update={"review_question": text}))
            else:
                answers = {item.key: item for item in work.review.assessments(CASE)}
                old = answers.get(key, CriterionAssessment(key=key))
                work.review.put_assessment(CASE, old.model_copy(update={"note": text}))
        self.written(place)

    @precondition(lambda self: self.now is not None)
    @rule(ids=LINE_IDS, question=st.sampled_from(["", "why", "why not"]))
    def save_lines(self, ids: list[str], question: str) -> None:
        with self.store.write("lines_saved", "Lines", case_id=CASE) as work:
            lines = tuple({"id": one, "label": question} for one in ids)
            case = work.cases.get(CASE).model_dump() | {"service_lines": lines, "review_question": question}
            work.cases.put(Case.model_validate(case))
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(key=st.sampled_from(KEYS), state=st.sampled_from([None, *AssessmentState]))
    def answer(self, key: AssessmentKey, state: AssessmentState | None) -> None:
        with self.store.write("state_set", "Answer", case_id=CASE) as work:
            if state is None:
                work.review.remove_assessment(CASE, key)
            else:
                work.review.put_assessment(CASE, CriterionAssessment(key=key, state=state))
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(link_id=st.sampled_from(["l1", "l2", "l3"]), key=st.sampled_from(KEYS), start=st.integers(0, 5))
    def link(self, link_id: str, key: AssessmentKey, start: int) -> None:
        with self.store.write("evidence_linked", "Link", case_id=CASE) as work:
            span = span_of(DOCUMENT, start, start + 3)
            work.review.add_link(CASE, EvidenceLink(id=link_id, key=key, span=span, stance=Stance.SUPPORTS))
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(link_ids=st.sets(st.sampled_from(["l1", "l2", "l3"])))
    def unlink(self, link_ids: set[str]) -> None:
        with self.store.write("evidence_unlinked", "Unlink", case_id=CASE) as work:
            for link_id in sorted(link_ids):
                work.review.remove_link(CASE, link_id)
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(decision=st.sampled_from(list(Decision)))
    def decide(self, decision: Decision) -> None:
        with self.store.write("line_decided", "Decide", case_id=CASE) as work:
            lines = (LineDetermination(service_line_id="a", decision=decision),)
            work.determinations.put(CASE, Determination(id="det", version=1, lines=lines))
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(
        task_id=st.sampled_from(["t1", "t2", "t3"]),
        text=st.sampled_from(["ask", "ask again"]),
        due_on=st.none() | st.just(date(2026, 4, 1)),
        done_on=st.none() | st.just(date(2026, 3, 1)),
        closes=st.none() | st.sampled_from(KEYS),
    )
    def save_task(self, **fields: Any) -> None:
        with self.store.write("task_changed", "Task", case_id=CASE) as work:
            work.tasks.put(CASE, Task(id=fields.pop("task_id"), **fields))
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(task_id=st.sampled_from(["t1", "t2", "t3"]))
    def remove_task(self, task_id: str) -> None:
        with self.store.write("task_removed", "Task", case_id=CASE) as work:
            work.tasks.remove(CASE, task_id)
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(key=st.sampled_from(KEYS), weeks=st.integers(5, 7))
    def take_offer(self, key: AssessmentKey, weeks: int) -> None:
        with self.store.write("offer_taken", "Take", case_id=CASE) as work:
            amount = Amount(value=Decimal(weeks), unit="weeks")
            taken = CriterionAssessment(key=key, amount=amount, arithmetic=f"{weeks} weeks")
            work.review.put_assessment(CASE, taken)
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(item_id=st.sampled_from(["i1", "i2"]), reason=st.sampled_from([None, "", "name"]))
    def black_out(self, item_id: str, reason: str | None) -> None:
        with self.store.write("redacted", "Redact", case_id=CASE) as work:
            if reason is None:
                work.items.remove(CASE, Redaction, item_id)
            else:
                work.items.put(CASE, Redaction(id=item_id, document_id="d", reason=reason))
                work.items.put(CASE, PeerToPeer(id=item_id, notes=reason))
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(content=st.sampled_from([None, b"one", b"two"]), is_kept=st.booleans())
    def keep_file(self, content: bytes | None, *, is_kept: bool) -> None:
        with self.store.write("file_kept", "Keep file", case_id=CASE) as work:
            case = work.cases.get(CASE)
            documents = () if content is None else (DOCUMENT,)
            work.cases.put(case.model_copy(update={"documents": documents}))
            if content is not None and is_kept:
                sha256 = work.kept.put(content)
                file = KeptFile(sha256=sha256, media_type=MediaType.TEXT, name="n", size=len(content))
                work.files.put(CASE, "d", file)
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(head=st.sampled_from(["a", "b"]), number=st.integers(1, 3))
    def write_letter(self, head: str, number: int) -> None:
        with self.store.write("letter_edited", "Letter", case_id=CASE) as work:
            content = LetterContent(kind=LetterKind.OPINION, title="t", running_head=head, blocks=())
            work.letters.put(CASE, Letter(id="le1", content=content))
            if number not in {version.number for version in work.letters.versions(CASE, "le1")}:
                work.letters.add_version(
                    CASE,
                    LetterVersion(
                        id=f"v{number}",
                        letter_id="le1",
                        number=number,
                        why=VersionReason.KEPT,
                        made_at=datetime(2026, 3, 1, tzinfo=UTC),
                        made_by="Ada",
                        content=content,
                    ),
                )
        self.written()

    @rule()
    def delete_or_add(self) -> None:
        with self.store.write("case_toggled", "Toggle", case_id=CASE) as work:
            if work.cases.exists(CASE):
                work.cases.delete(CASE)
            else:
                work.cases.add(Case(id=CASE, documents=(DOCUMENT,)))
        self.written()

    @precondition(lambda self: self.now is not None)
    @rule(question=st.sampled_from(["sealed 1", "sealed 2"]))
    def barrier(self, question: str) -> None:
        with self.store.write("signed", "Sign", case_id=CASE, undoable=False) as work:
            work.cases.put(work.cases.get(CASE).model_copy(update={"review_question": question}))
        new = snapshot(self.store)
        if new != self.now:
            self.back.clear()
            self.forth.clear()
            self.now, self.typing_in = new, ""

    @rule()
    def undo(self) -> None:
        assert (self.store.undo(CASE) is not None) == bool(self.back)
        self.typing_in = ""
        if self.back:
            self.forth.append(self.now)
            self.now = self.back.pop()

    @rule()
    def redo(self) -> None:
        assert (self.store.redo(CASE) is not None) == bool(self.forth)
        self.typing_in = ""
        if self.forth:
            self.back.append(self.now)
            self.now = self.forth.pop()

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = opened(self.home / "store")
        self.typing_in = ""

    @invariant()
    def store_holds_what_the_model_says(self) -> None:
        if hasattr(self, "store"):
            assert snapshot(self.store) == self.now
            labels = self.store.undo_labels(CASE)
            assert [label is not None for label in labels] == [bool(self.back), bool(self.forth)]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.store.verify_audit() is None
            self.store.close()
            shutil.rmtree(self.home)


TestUndo = UndoMachine.TestCase
TestUndo.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
