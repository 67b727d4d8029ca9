"""Words by which requests speak: parts of the body, what may stand inside a name, cues of history and refusal.

It holds language, never medicine, and no logic; its one list of codes says only that something is put back.
"""

from __future__ import annotations

from collections.abc import Mapping


def words_set(text: str) -> frozenset[str]:
    """The words of a text as a set; a long list of words reads better as a text."""
    return frozenset(text.split())


REGION_WORDS: Mapping[str, str] = {
    "lumbar": "lumbar",
    "cervical": "cervical",
    "thoracic": "thoracic",
    "thoracolumbar": "thoracic lumbar",
    "cervicothoracic": "cervical thoracic",
    "sacroiliac": "sacroiliac",
    "spinal": "spine",
    "knee": "knee",
    "tibiofemoral": "knee",
    "hip": "hip",
    "shoulder": "shoulder",
    "glenohumeral": "shoulder",
    "ankle": "ankle",
    "foot": "foot",
    "hindfoot": "foot",
    "midfoot": "foot",
    "subtalar": "foot",
    "metatarsal": "foot",
    "toe": "foot",
    "wrist": "hand",
    "hand": "hand",
    "finger": "hand",
    "thumb": "hand",
    "scaphoid": "hand",
    "elbow": "elbow",
    "ulna": "elbow",
    "ulnar": "elbow",
    "radius": "elbow",
    "humerus": "arm",
    "humeral": "arm",
    "clavicle": "arm",
    "tibia": "leg",
    "tibial": "leg",
    "fibula": "leg",
    "fibular": "leg",
    "femur": "leg",
    "femoral": "leg",
    "brain": "head",
    "cranial": "head",
    "liver": "abdomen",
    "hepatic": "abdomen",
    "abdomen": "abdomen",
    "abdominal": "abdomen",
    "cardiac": "heart",
    "atrial": "heart",
    "genicular": "knee",
}
"""What a word says of the place. A word may name two places."""

SPINE = frozenset({"lumbar", "cervical", "thoracic", "spine"})

STOP = words_set(
    "a an and the of or with to in on at by as vs versus his her their its this that these those both & "
    "each per using via"
)
"""Words that carry no meaning for naming a service; they may stand anywhere inside a name."""

MODIFIERS = words_set(
    "total partial primary posterior anterior lateral posterolateral transforaminal interlaminar minimally minimal "
    "invasive mis open instrumented uninstrumented noninstrumented cemented cementless robotic robot assisted "
    "computer navigated arthroscopic laparoscopic endoscopic percutaneous single multi multilevel one two three "
    "four first second third level segment segmental nonsegmental bilateral left right unilateral "
    "interbody steroid broken loose fractured loosened painful symptomatic infected retained prominent current new "
    "elective urgent planned proposed requested permanent temporary diagnostic therapeutic standalone stand alone "
    "staged combined circumferential direct extreme oblique internal fluoroscopic fluoroscopically guided image "
    "pedicle device system joint native failing intraoperative same complete full "
    "surgical operative unicompartmental unicondylar medial reverse existing"
)
"""Words that say more closely how or which; a name may have them or leave them out."""

ALSO_IN_GAPS = words_set(
    "failed prior previous old earlier aged mm cm degree contrast thickness tendon massive retracted torn"
)
"""Words that may stand inside a name in a request, and that a set's own term would not lose."""

IN_GAPS = STOP | MODIFIERS | ALSO_IN_GAPS | {"#level", "#number", "#year", "#code"}
"""Everything that may stand inside a name in a request."""

GENERAL = words_set(
    "fusion arthroplasty decompression removal repair revision repeat injection block ablation stimulator surgery "
    "implant mri ct xray imaging procedure operation replacement hardware exploration trial therapy treatment care "
    "failed pain exchange put day"
)
"""Words that many services share: alone, without a part of the body, they name none."""

REDO = words_set("revision repeat refusion failed exploration nonunion")
"""Words that say that something done before did not hold, or is done again."""

SPINE_HINTS = words_set(
    "facet medial branch pedicle laminectomy discectomy epidural kyphoplasty vertebroplasty cord"
)
"""Words of a set's terms that say that it is for the spine without naming it."""

CONDITIONS = frozenset({"nonunion"})
"""Words of a set's terms that name what is wrong and not the service."""

PUT_BACK = words_set("reinsertion reinstrumentation exchange put replacement revision")
"""What is done to an implant when an earlier construct is put right."""

REDO_CODES = frozenset({"22849"})
"""Codes that are used only where fixation from an earlier operation is put back."""

HISTORY_TO_END = words_set(
    "after following since post postop postoperative status underwent undergone had despite history hx tried "
    "attempted received completed"
)
"""What comes after such a word in its clause has been."""

HISTORY_ADJECTIVES = words_set(
    "prior previous previously earlier past existing old failed remote index original initial solid healed mature "
    "known nonunion failure loosening above below"
)
"""Such a word speaks only of what stands next to it: `prior lumbar fusion`, but not `prior request for a fusion`."""

HISTORY_BEHIND = words_set(
    "ago failed unsuccessful gave provided helped performed done tried exhausted complicated ineffective"
)
"""What comes shortly before such a word has been."""

STATE_BEHIND = words_set("solid healed mature assessment evaluation status mass site healing")
"""Directly behind a service, such a word makes it a thing that is there: `fusion mass`, `fusion solid on CT`."""

OPEN_HEADS = words_set("stimulator block injection ablation arthroplasty replacement implant repair")
"""Such a word is named by what stands before it: a `bone growth stimulator` is not a `spinal stimulator`."""

PICKED_UP = words_set("repair reconstruction")
"""Such a word may leave out what was said in the sentence before: `a tear of the rotator cuff; repair requested`."""

EXTENDED = words_set("extension extend extending extended")
"""An earlier operation is named before such a word and a new one is asked for: `extension of the prior fusion`."""

DONE = words_set("done performed approved given tried put implanted completed successful paid")
"""After `was`, such a word says that it has been."""

SCOPE_ENDS = words_set(
    "now request need needed want seeking seek does do is are meet propose proposing planning undergo "
    "undergoing candidate but although though however when while whereas because"
)
"""Words at which what a cue says of the rest ends."""

REQUEST_BEHIND = words_set("requested planned proposed scheduled recommended needed sought ordered")
REQUEST_WORDS = REQUEST_BEHIND | words_set(
    "request need indicated necessary necessity authorization authorize approve approval repeat order seeking "
    "appropriate medically covered"
)

LEVEL_OF_CARE = words_set(
    "inpatient admission stay overnight observation hospital hospitalization rehabilitation snf"
)
"""Such words make what `after` names the operation of the same request, not of the past."""

NOT_NEGATED = words_set("criteria criterion guideline policy rule evidence coverage longer doubt set")
"""After `no`, such a word is what is lacking, not the service named later."""

CONSERVATIVE = words_set(
    "physiotherapy therapy nsaid gabapentin pregabalin medication brace bracing chiropractic "
    "exercise conservative nonoperative acupuncture massage opioid duloxetine analgesic "
    "cortisone activity"
)
"""Words of treatments that are listed as tried."""

IMAGING = frozenset({"mri", "ct", "xray"})
REPORT_WORDS = words_set(
    "show showing showed shown demonstrate demonstrated demonstrating reveal revealed revealing confirm confirmed "
    "confirming consistent finding dated report reported from evidence"
)
REPORTED_BY = words_set("on by per recent latest see seen documented confirmed")

RE_PREFIXES = frozenset({"re", "non", "pseudo", "micro", "hemi", "neuro"})
"""Parts of words that a hyphen sets off: `re-instrumentation` is one word."""
