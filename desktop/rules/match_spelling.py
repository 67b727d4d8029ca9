"""The one spelling in which requests and sets are compared: abbreviations, plurals, verbs and phrases.

It holds language, never medicine: that two spellings name one thing, not when it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "take out": "removal",
    "taking out": "removal",
    "taken out": "removal",
    "pull out": "pullout",
    "pulled out": "pullout",
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
    "epidural abscess": "abscess",
    "epidural hematoma": "hematoma",
    "epidural fibrosis": "fibrosis",
    "epidural lipomatosis": "lipomatosis",
    "epidural scar": "scar",
    "epidural space": "canal",
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
    "plate": "hardware",
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

_KEPT = frozenset({"does", "has", "was", "yes"})
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
