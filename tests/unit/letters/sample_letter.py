"""Letter inputs from a case file, as the program would compose them: for tests on whole cases."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.domain.case_file import CaseFile
from desktop.domain.determination import Determination, LineDetermination, SignOff
from desktop.domain.letter import LetterKind
from desktop.intake.case_json import evidence_span, load_case_file
from desktop.letters.composing.letter import LetterInputs
from desktop.rules.evaluate import evaluate
from desktop.rules.loader import load_library, load_set
from desktop.services.review_view import offers_of
from tests.unit.letters.fixtures import TODAY, library, topics

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "resources" / "sample" / "revision-fusion-l2-s1.json"
OTHERS = tuple(sorted((ROOT / "tests" / "sample_cases").glob("*.json")))


@lru_cache(maxsize=8)
def inputs_of(path: Path) -> LetterInputs:
    """The letter inputs of a case file, with its determination signed where the file has a sign-off."""
    file = load_case_file(path.read_bytes(), path.name).case_file
    typed = [load_set(text, "typed") for text in file.user_criteria]
    sets = {item.id: item for item in (*load_library(ROOT / "criteria").sets, *typed)}
    answers, links = _review(file)
    traces = tuple(
        evaluate(sets[set_id], line, answers, links, imaging=file.case.imaging, documents=file.case.documents)
        for line in file.case.service_lines
        for set_id in line.criteria_set_ids
    )
    signed = file.sign_off and SignOff(
        **file.sign_off.model_dump(),
        signed_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        content_hash="0" * 64,
    )
    lines = tuple(LineDetermination(**item.model_dump()) for item in file.determinations)
    return LetterInputs(
        case=file.case,
        determination=Determination(
            id="determination", version=1, lines=lines, traces=traces if signed else (), sign_off=signed
        ),
        traces=traces,
        sets=sets,
        assessments=answers,
        links={key: tuple(found) for key, found in links.items()},
        references=library(),
        kind=LetterKind.FIRST_LEVEL,
        today=TODAY,
        topics=topics(),
        offers=offers_of(file.case, tuple(sets.values())),
    )


def _review(
    file: CaseFile,
) -> tuple[dict[AssessmentKey, CriterionAssessment], dict[AssessmentKey, list[EvidenceLink]]]:
    answers: dict[AssessmentKey, CriterionAssessment] = {}
    links: dict[AssessmentKey, list[EvidenceLink]] = {}
    for number, item in enumerate(file.assessments):
        key = AssessmentKey(set_id=item.set_id, criterion_id=item.criterion_id, subject=item.subject)
        given = item.model_dump(exclude={"set_id", "criterion_id", "subject", "evidence"})
        answers[key] = CriterionAssessment(key=key, **given)
        for place, words in enumerate(item.evidence):
            document = file.case.document(words.document_id)
            assert document is not None
            links.setdefault(key, []).append(
                EvidenceLink(
                    id=f"e{number}-{place}",
                    key=key,
                    span=evidence_span(document, words),
                    stance=words.stance,
                    note=words.note,
                )
            )
    return answers, links
