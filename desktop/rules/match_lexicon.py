"""Words by which requests and sets name the same things: spellings, abbreviations, parts of the body, cues.

It holds language, never medicine: that two words name one operation, not when the operation is needed. No code here.
"""

from __future__ import annotations

from collections.abc import Mapping


def words_set(text: str) -> frozenset[str]:
    """The words of a text as a set; a long list of words reads better as a text."""
    return frozenset(text.split())


_PHRASES: Mapping[str, str] = {
    # parts of the body
    "si joint": "sacroiliac",
    "s1 joint": "sacroiliac",  # a misprint that is met
    "sacroiliac joint": "sacroiliac",
    "sij": "sacroiliac",
    "low back": "lumbar",
    "lower back": "lumbar",
    "lower spine": "lumbar",
    "l spine": "lumbar",
    "c spine": "cervical",
    "t spine": "thoracic",
    "femoral neck": "hip",
    "femoral head": "hip",
    "neck of the femur": "hip",
    "neck": "cervical",
    "cervical cancer": "cancer",
    "spinal cord": "cord",
    "dorsal column": "cord",
    "hypoglossal nerve": "hypoglossal",
    "upper airway": "hypoglossal",
    "prior authorization": "authorization",
    "prior auth": "authorization",
    "prior approval": "authorization",
    "year old": "aged",
    "years old": "aged",
    "yr old": "aged",
    "low back pain": "lumbar pain",
    # spine surgery
    "acdf": "anterior cervical discectomy fusion",
    "accf": "anterior cervical corpectomy fusion",
    "tlif": "lumbar interbody fusion",
    "plif": "lumbar interbody fusion",
    "alif": "lumbar interbody fusion",
    "llif": "lumbar interbody fusion",
    "dlif": "lumbar interbody fusion",
    "xlif": "lumbar interbody fusion",
    "olif": "lumbar interbody fusion",
    "tdr": "disc arthroplasty",
    "tda": "disc arthroplasty",
    "adr": "disc arthroplasty",
    "ctdr": "cervical disc arthroplasty",
    "cdr": "cervical disc arthroplasty",
    "cda": "cervical disc arthroplasty",
    "disc replacement": "disc arthroplasty",
    "artificial disc": "disc arthroplasty",
    "disc prosthesis": "disc arthroplasty",
    "replacement of the disc": "disc arthroplasty",
    "fixation device": "hardware",
    "fixation hardware": "hardware",
    "fixation system": "hardware",
    "pedicle screw": "hardware",
    "pedicle hardware": "hardware",
    "set screw": "hardware",
    # joints
    "tka": "knee arthroplasty",
    "tkr": "knee arthroplasty",
    "uka": "knee arthroplasty",
    "tha": "hip arthroplasty",
    "thr": "hip arthroplasty",
    "tsa": "shoulder arthroplasty",
    "rtsa": "shoulder arthroplasty",
    "rcr": "rotator cuff repair",
    "cuff repair": "rotator cuff repair",
    "rotator cuff repair": "rotator cuff repair",
    "cuff tear": "rotator cuff tear",
    "rotator cuff tear": "rotator cuff tear",
    # pain procedures
    "scs": "cord stimulator",
    "rfa": "radiofrequency ablation",
    "rf ablation": "radiofrequency ablation",
    "rfn": "radiofrequency ablation",
    "radiofrequency neurotomy": "radiofrequency ablation",
    "radiofrequency rhizotomy": "radiofrequency ablation",
    "radiofrequency denervation": "radiofrequency ablation",
    "radiofrequency lesioning": "radiofrequency ablation",
    "rhizotomy": "radiofrequency ablation",
    "mbb": "medial branch block",
    "mbbs": "medial branch block",
    "esi": "epidural injection",
    "lesi": "lumbar epidural injection",
    "cesi": "cervical epidural injection",
    "tfesi": "transforaminal epidural injection",
    "ilesi": "interlaminar epidural injection",
    "epidural": "epidural injection",
    "epidural injection": "epidural injection",
    "epidural steroid": "epidural injection",
    "epidural steroid injection": "epidural injection",
    "epidural corticosteroid injection": "epidural injection",
    "epidural block": "epidural injection",
    # sleep
    "osa": "obstructive sleep apnea",
    "hns": "hypoglossal stimulator",
    "hgns": "hypoglossal stimulator",
    # imaging
    "magnetic resonance imaging": "mri",
    "magnetic resonance": "mri",
    "mr imaging": "mri",
    "mri scan": "mri",
    "x ray": "xray",
    # conditions
    "no union": "nonunion",
    "lack of union": "nonunion",
    "lack of fusion": "nonunion",
    "failure of fusion": "failed fusion",
    "failure to fuse": "nonunion",
    "failed to fuse": "nonunion",
    "not fused": "nonunion",
    "not united": "nonunion",
    "did not fuse": "nonunion",
    "has not fused": "nonunion",
    "incomplete fusion": "nonunion",
    "physical therapy": "physiotherapy",
    "pt": "physiotherapy",
    "s p": "status post",
}

_WORDS: Mapping[str, str] = {
    "arthrodesis": "fusion",
    "arthrodeses": "fusion",
    "fuse": "fusion",
    "fused": "fusion",
    "fusing": "fusion",
    "refuse": "refusion",
    "refusing": "refusing",
    "disk": "disc",
    "diskectomy": "discectomy",
    "microdiscectomy": "discectomy",
    "microdiskectomy": "discectomy",
    "microdecompression": "decompression",
    "decompressive": "decompression",
    "decompress": "decompression",
    "decompressing": "decompression",
    "laminotomy": "laminectomy",
    "hemilaminectomy": "laminectomy",
    "hemilaminotomy": "laminectomy",
    "laminectomies": "laminectomy",
    "foraminotomies": "foraminotomy",
    "instrumentation": "hardware",
    "fixation": "hardware",
    "screw": "hardware",
    "rod": "hardware",
    "construct": "hardware",
    "remove": "removal",
    "removed": "removal",
    "removing": "removal",
    "explant": "removal",
    "explantation": "removal",
    "extraction": "removal",
    "reinsert": "reinsertion",
    "reinserted": "reinsertion",
    "reinserting": "reinsertion",
    "reimplantation": "reinsertion",
    "reinstrument": "reinstrumentation",
    "reinstrumented": "reinstrumentation",
    "reinstrumenting": "reinstrumentation",
    "putting": "put",
    "place": "put",
    "placing": "put",
    "placed": "put",
    "revise": "revision",
    "revised": "revision",
    "revising": "revision",
    "revisional": "revision",
    "redo": "revision",
    "reoperation": "revision",
    "repeated": "repeat",
    "refused": "refused",  # of a plan, not of a spine
    "explore": "exploration",
    "exploring": "exploration",
    "replace": "replacement",
    "replaced": "replacement",
    "replacing": "replacement",
    "exchanging": "exchange",
    "stimulation": "stimulator",
    "neurostimulation": "stimulator",
    "neurostimulator": "stimulator",
    "neuromodulation": "stimulator",
    "stim": "stimulator",
    "vertebral": "spinal",
    "spine": "spinal",
    "intraspinal": "spinal",
    "lumbosacral": "lumbar",
    "lumbo": "lumbar",
    "mr": "mri",
    "nonunited": "nonunion",
    "ununited": "nonunion",
    "pseudoarthrosis": "nonunion",
    "pseudarthrosis": "nonunion",
    "pseudathrosis": "nonunion",
    "pseudoarthroses": "nonunion",
    "pseudarthroses": "nonunion",
    "pseudarthrotic": "nonunion",
    "repairing": "repair",
    "injected": "injection",
    "shots": "injection",
    "admit": "admission",
    "admitted": "admission",
    "hospitalisation": "hospitalization",
    "requests": "request",
    "requesting": "request",
    "needs": "need",
    "requires": "need",
    "requiring": "need",
    "gastroplasty": "gastroplasty",
    "apnoea": "apnea",
    "physio": "physiotherapy",
    "therapies": "therapy",
}

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
    "a an and the of or with to in on at by as his her their its this that these those both & "
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

ALSO_IN_GAPS = words_set("failed prior previous old earlier aged mm cm degree contrast")
"""Words that may stand inside a name in a request, and that a set's own term would not lose."""

GENERAL = words_set(
    "fusion arthroplasty decompression removal repair revision repeat injection block ablation stimulator surgery "
    "implant mri ct xray imaging procedure operation replacement hardware exploration trial therapy treatment care "
    "failed pain exchange reinsertion put day"
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
    "prior previous previously earlier past existing old failed remote index original initial solid healed mature known"
)
"""Such a word speaks only of what stands next to it: `prior lumbar fusion`, but not `prior request for a fusion`."""

HISTORY_BEHIND = words_set(
    "ago solid failed unsuccessful gave provided helped performed done tried exhausted complicated ineffective"
)
"""What comes shortly before such a word has been."""

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


_KEPT = words_set("does has was yes")
"""Words that end in an s of their own."""


def canonical(word: str) -> str:
    """A lower-case word in the one spelling that both sides use: without a plural ending, a verb as its noun."""
    if word in _WORDS:
        return _WORDS[word]
    if len(word) > 4 and word.endswith("ies"):
        singular = f"{word[:-3]}y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _KEPT:
        singular = word[:-1]
    else:
        return word
    return _WORDS.get(singular, singular)


def _canonical_phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(canonical(word) for word in key.split()): tuple(value.split())
        for key, value in _PHRASES.items()
    }


PHRASES: Mapping[tuple[str, ...], tuple[str, ...]] = _canonical_phrases()
"""Sequences of canonical words and what they come to."""
LONGEST_PHRASE = max(len(key) for key in PHRASES)
