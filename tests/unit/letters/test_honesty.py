"""What speaks against the request is said and answered; silence is argued only where a set is silent."""

from __future__ import annotations

from datetime import date

from desktop.domain.assessment import AssessmentState, Stance
from desktop.domain.clinical import Assertion, ClinicalFact, FactKind, Finding, FindingKind
from desktop.domain.letter import BlockKind
from desktop.domain.reference import ReferenceMark, ReferenceStance, Standing
from desktop.letters.composing.letter import compose_letter
from desktop.letters.paper.text import render_text
from tests.unit.letters.fixtures import (
    ANSWERS,
    CASE,
    DOCUMENTS,
    LINKS,
    PUBLIC,
    REINSERTION,
    answer,
    inputs_for,
    key,
    library,
    link,
    topics,
)
from tests.unit.letters.test_composing import words


def test_a_healed_level_is_stated_with_what_the_determination_says_of_it() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.IMAGING)
    assert "the report describes solid fusion at L3-L4." in said
    assert said.count("“Solid bridging bone at L3-L4.”") == 1
    assert "was requested at L3-L4; this letter does not ask for it there" in said


def test_a_ground_stated_to_be_absent_is_not_hidden() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.IMAGING)
    assert "The reports state to be absent: hardware fracture (CT, lumbar spine, September 14, 2026)." in said
    assert "“No fracture of the hardware.”" in said
    assert "No criterion that this letter holds to be met rests on any of these." in said


def test_what_a_met_criterion_rests_on_is_not_said_to_be_unused() -> None:
    absent = Finding(
        id="n", kind=FindingKind.NONUNION, level="L5-S1", assertion=Assertion.NEGATED, quote="No nonunion."
    )
    study = CASE.imaging[0].model_copy(update={"findings": (absent,)})
    said = words(compose_letter(inputs_for(CASE.model_copy(update={"imaging": (study,)}))), BlockKind.IMAGING)
    assert "nonunion at L5-S1" in said
    assert "rests on any of these" not in said


def test_an_open_finding_counts_neither_way() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.IMAGING)
    assert "leaves nonunion at L4-L5 open, which is counted neither as present nor as absent" in said


def test_words_against_a_criterion_held_met_are_answered_once() -> None:
    content = compose_letter(inputs_for())
    answers = next(block for block in content.blocks if block.id == "imaging.answers")
    assert answers.text.count("The fusion at L5-S1 looks solid on films.") == 1
    assert "speaks against row 2.2 (marked met)" in answers.text


def test_words_against_several_criteria_are_answered_once_with_the_notes_that_differ() -> None:
    second = link(
        "e9",
        key(PUBLIC, "time-since-fusion"),
        DOCUMENTS[1],
        "The fusion at L5-S1 looks solid on films.",
        Stance.CONTRADICTS,
    )
    noted = tuple(item.model_copy(update={"note": "Read without the report."}) for item in (*LINKS, second))
    content = compose_letter(inputs_for(links=noted))
    answers = next(block for block in content.blocks if block.id == "imaging.answers")
    assert answers.text.count("The fusion at L5-S1 looks solid on films.") == 1
    assert "against row 2.1 (marked met by the recorded value) and row 2.2 (marked met)." in answers.text
    assert answers.text.count("Read without the report.") == 1


def test_the_note_of_a_link_appears_beside_its_words() -> None:
    noted = tuple(item.model_copy(update={"note": f"Note of {item.id}"}) for item in LINKS)
    inputs = inputs_for(links=noted)
    text = " ".join(render_text(compose_letter(inputs), inputs.references).split())
    for item in noted:
        if item.key.subject != "L3-L4":
            assert f"Note of {item.id}" in text, item.id


def test_words_against_a_conceded_criterion_are_not_argued_with() -> None:
    against = link(
        "e9", key(PUBLIC, "nonunion-on-imaging", "L3-L4"), DOCUMENTS[0], "Solid bridging", Stance.CONTRADICTS
    )
    content = compose_letter(inputs_for(links=(*LINKS, against)))
    answers = next(block for block in content.blocks if block.id == "imaging.answers")
    assert "Solid bridging" not in answers.text, "the imaging table holds these words"
    elsewhere = link(
        "e9",
        key(PUBLIC, "nonunion-on-imaging", "L3-L4"),
        DOCUMENTS[1],
        "The fusion at L5-S1",
        Stance.CONTRADICTS,
    )
    content = compose_letter(inputs_for(links=(*LINKS, elsewhere)))
    answers = next(block for block in content.blocks if block.id == "imaging.answers")
    assert "Words against points that this letter does not claim: “The fusion at L5-S1”" in answers.text


def test_silence_is_argued_only_where_the_set_is_silent() -> None:
    content = compose_letter(inputs_for())
    said = words(content, BlockKind.SILENCE)
    assert "Northfield" in said
    assert "include none of these" in said
    assert "(Table 1) is silent here. The imaging shows hardware loosening (S1); nonunion (L5-S1)." in said
    assert (
        "Criteria that do speak of it: “Example Public Rule: Revision of a lumbar fusion” (Table 2)" in said
    )
    spoken = REINSERTION.model_copy(update={"criteria_set_ids": (PUBLIC,)})
    content = compose_letter(inputs_for(CASE.model_copy(update={"service_lines": (spoken,)})))
    assert BlockKind.SILENCE not in {block.kind for block in content.blocks}


def test_a_finding_of_no_named_kind_stays_out_of_the_argument_from_silence() -> None:
    other = Finding(id="o", label="Low bone mass", quote="Low bone mass.")
    study = CASE.imaging[0].model_copy(update={"findings": (*CASE.imaging[0].findings, other)})
    content = compose_letter(inputs_for(CASE.model_copy(update={"imaging": (study,)})))
    assert "Low bone mass" in words(content, BlockKind.IMAGING)
    assert "ow bone mass" not in words(content, BlockKind.SILENCE)


def test_criteria_not_met_or_not_documented_are_conceded_with_what_would_settle_them() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.CONCESSION)
    assert "Shared decision making is documented." in said
    assert "Not documented A signed form" in said
    assert "Scoliosis is the reason for the operation." in said
    assert "No report states compression at L4-L5." in said


def test_when_all_is_established_nothing_is_conceded() -> None:
    line = REINSERTION.model_copy(update={"levels": ("L5-S1",), "criteria_set_ids": (PUBLIC,)})
    answers = [item for item in ANSWERS if item.key.criterion_id != "shared-decision"]
    answers.append(answer(key(PUBLIC, "shared-decision"), AssessmentState.MET))
    content = compose_letter(inputs_for(CASE.model_copy(update={"service_lines": (line,)}), answers=answers))
    assert BlockKind.CONCESSION not in {block.kind for block in content.blocks}


def test_literature_follows_the_findings_and_states_its_limits() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.SUPPORT)
    assert "[@spirig-2019]" in said
    assert "sensitivity of 64.8%" in said
    assert "[@larsen-1996]" in said, "a source against imaging must be told too"
    no_loosening = [item for item in CASE.imaging[0].findings if item.kind is not FindingKind.LOOSENING]
    study = CASE.imaging[0].model_copy(update={"findings": tuple(no_loosening)})
    said = words(compose_letter(inputs_for(CASE.model_copy(update={"imaging": (study,)}))), BlockKind.SUPPORT)
    assert "[@spirig-2019]" not in said


def test_tobacco_and_bone_density_are_argued_only_when_recorded() -> None:
    without = CASE.history.model_copy(update={"facts": ()})
    said = words(compose_letter(inputs_for(CASE.model_copy(update={"history": without}))), BlockKind.SUPPORT)
    assert "[@glassman-2000]" not in said
    assert "[@zou-2020]" not in said
    facts = (ClinicalFact(id="b", kind=FactKind.BONE_DENSITY, text="T-score -1.8"),)
    with_bone = CASE.history.model_copy(update={"facts": facts})
    said = words(
        compose_letter(inputs_for(CASE.model_copy(update={"history": with_bone}))), BlockKind.SUPPORT
    )
    assert "[@zou-2020]" in said


def test_an_open_finding_draws_no_literature() -> None:
    only_open = (Finding(id="u", kind=FindingKind.NONUNION, level="L5-S1", assertion=Assertion.UNCERTAIN),)
    study = CASE.imaging[0].model_copy(update={"findings": only_open})
    said = words(compose_letter(inputs_for(CASE.model_copy(update={"imaging": (study,)}))), BlockKind.SUPPORT)
    assert "nonunion" not in said.lower()


def test_every_sentence_of_the_literature_is_a_topics_own_and_leads_back_to_it() -> None:
    content = compose_letter(inputs_for())
    block = next(block for block in content.blocks if block.kind is BlockKind.SUPPORT)
    claims = {f"topics.{topic.id}.{claim.id}": claim for topic in topics() for claim in topic.claims}
    for paragraph in block.paragraphs:
        told = [claims[origin.ref] for origin in paragraph.provenance if origin.ref in claims]
        assert told or "On the coding:" in paragraph.text
        said = paragraph.text.partition(": ")[2]
        for claim in told:
            counter = claim.counter
            own = (claim.cited_text, *((counter.cited_text, counter.cited_answer) if counter else ()))
            for sentence in own:
                assert sentence in said
                said = said.replace(sentence, "")
        assert not told or said.split() == ["What", "limits", "this:", "In", "answer:"][: len(said.split())]


def test_what_can_be_held_against_a_claim_is_told_with_its_answer() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.SUPPORT)
    assert "50% and 64%" in said, "the series that hurts"
    assert "In answer: Full relief is not promised." in said


def test_a_claim_whose_source_was_retracted_is_not_told() -> None:
    mark = ReferenceMark(
        reference_id="wu-2019", standing=Standing.RETRACTED, note="Withdrawn.", marked_on=date(2026, 11, 1)
    )
    inputs = inputs_for(references=library().with_own((), (mark,)))
    assert "wu-2019" not in compose_letter(inputs).cited()
    mark = mark.model_copy(update={"reference_id": "larsen-1996"})
    content = compose_letter(inputs_for(references=library().with_own((), (mark,))))
    assert "larsen-1996" not in content.cited()
    assert "apparently the most sensitive" not in content.model_dump_json(), (
        "nor is it told without its limits"
    )


def test_the_library_holds_sources_that_hurt() -> None:
    stances = {claim.stance for claim in library().all_claims()}
    assert stances == set(ReferenceStance)
