"""The closed word lists of the tracing: units, number words, clinical words of one meaning, words that turn a sentence.

It states nothing about a case; a word missing here makes a check weaker, never wrong.
"""

from __future__ import annotations

import re

UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "%": ("%", "percent", "per cent"),
        "mm": ("mm", "millimeter", "millimeters", "millimetre", "millimetres"),
        "cm": ("cm", "centimeters", "centimetres"),
        "degree": ("degree", "degrees", "°", "deg"),
        "day": ("day", "days"),
        "week": ("week", "weeks", "wk", "wks", "weeks'"),
        "month": ("month", "months", "mo", "mos"),
        "year": ("year", "years", "yr", "yrs"),
        "hour": ("hour", "hours", "hr", "hrs"),
        "minute": ("minute", "minutes", "min", "mins"),
        "visit": ("visit", "visits", "session", "sessions", "appointments"),
        "ng/ml": ("ng/ml", "ng per ml"),
        "g/dl": ("g/dl",),
        "mg": ("mg", "milligrams"),
        "kg/m2": ("kg/m2", "kg/m²"),
        "hu": ("hu",),
        "pack-year": ("pack-year", "pack-years"),
        "block": ("block", "blocks"),
        "meter": ("meter", "meters", "metres"),
        "level": ("level", "levels"),
        "": ("point", "points"),
        "event/h": ("events/h", "events per hour", "/h"),
    }.items()
    for word in words
}
"""Words of a unit as typed, by the one name it is compared under."""

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: (index + 2) * 10 for index, word in enumerate(_TENS)},
    **{
        f"{tens}{join}{small}": (index + 2) * 10 + number
        for index, tens in enumerate(_TENS)
        for number, small in enumerate(_SMALL[1:10], start=1)
        for join in ("-", " ")
    },
}

_CONCEPTS: dict[str, str] = {
    "asked": r"ask(?:s|ed|ing)? (?:for|that)|we appeal|appeal(?:ed|ing)"
    r"|authoriz\w+|authoris\w+|approv\w+|necess\w+|needed|warranted"
    r"|medically indicated|overturn\w*|reverse[ds]?",
    "requested": r"request(?:ed|s)?",
    "started": r"start(?:ed|s)?|began|begun|since|first (?:visit|day)",
    "ended": r"end(?:ed|s)?|stopp\w+|until|last (?:visit|day|cigarette)|finish\w*|discontinu\w+|quit|gave up",
    "loosening": r"loose\w*|lucen\w+|halos?|no longer holds?|lost (?:their|its) (?:hold|grip|purchase)",
    "seated": r"(?:well|firmly)[- ]seated",
    "nonunion": r"non-?unions?|pseud\w?arthros[ie]s|(?:not|never|without|failed to) (?:fused?|united?|heal(?:ed)?)"
    r"|(?:no|without|absent|absence of|lack of|lacks?)(?: \w+){0,2} bridging\w*|not (?:\w+ )?bridged"
    r"|fail\w* of (?:the )?(?:bony )?(?:fusion|union)|fusion (?:has )?failed|ununited|failed fusion",
    "solid": r"solid\w*|(?:has|have|is|are) (?:fused|united|healed)|in keeping with fusion|continuous bridging",
    "broken": r"fractur\w+|broken|breakage|broke",
    "displaced": r"displac\w+|disconnect\w+|dislocat\w+|migrat\w+|backed out|changed position",
    "infection": r"infect\w+|fluid collections?|endplate destruction|abscess\w*",
    "instability": r"instabilit\w+|unstable|motion|translat\w+|moves?|moved|moving|mobile|shift\w*",
    "slip": r"spondylolisthes[ie]s|anterolisthes[ie]s|listhes[ie]s|slip\w*",
    "stenosis": r"stenos[ie]s|narrow\w+|stenotic",
    "herniation": r"herniat\w+|protrusion\w*|extrusion\w*",
    "cord": r"cord|myelopath\w+",
    "root": r"roots?|radicul\w+",
    "arthritis": r"osteoarthrit\w+|arthros[ie]s|arthritis|bone[- ]on[- ]bone|joint[- ]space",
    "scoliosis": r"scolio\w+|cobb|coronal",
    "settled": r"settl\w+|subsid\w+|sunk|sank",
    "ct": r"ct|computed tomograph\w+|cat scan",
    "mri": r"mri?|magnetic resonance\w*",
    "film": r"radiographs?|films?|x-?rays?|flexion[- /]extension\w*|flexion|bending",
    "dxa": r"dxa|dexa|bone (?:mineral )?densit\w+|t-?scores?|bone mass|osteopeni\w+",
    "hounsfield": r"hounsfield|hu|attenuation",
    "therapy": r"therap(?:y|ist|ies)|physiotherap\w+|pt",
    "home": r"home[- ](?:exercise\w*|program\w*)|exercis\w+ (?:at home|program\w*)|home",
    "brace": r"brac(?:e|es|ing)|orthos[ie]s|corset",
    "stimulator": r"stimulat\w+",
    "injection": r"inject\w+|epidural\w*|block(?:ed)?|infiltrat\w+",
    "epidural": r"epidural\w*|steroid\w*",
    "anesthetic": r"an?esthetic\w*|screw heads?|numb\w+|diagnostic",
    "odi": r"odi|oswestry|disability(?: index)?",
    "ndi": r"ndi|neck disability",
    "nrs": r"nrs|vas|pain|numeric rating",
    "back": r"back|lumbago|axial",
    "leg": r"legs?",
    "koos": r"koos",
    "oxford": r"oxford",
    "kellgren": r"kellgren|lawrence|kl",
    "cotinine": r"cotinine|nicotine (?:lab\w*|value|test)",
    "tobacco": r"smok\w+|cigarettes?|tobacco|nicotine",
    "hba1c": r"hba1c|a1c|h[ae]+moglobin a1c|glycated\w*|diabet\w+",
    "albumin": r"albumin",
    "vitamin": r"vitamin d|25-hydroxy\w*",
    "bmi": r"bmi|body[- ]mass",
    "fusion": r"fus(?:ed|ion|ions)|arthrodes[ie]s",
    "surgery": r"surger\w+|operat\w+|procedure|instrumented",
    "notice": r"notice|denial|denied|refus\w+|determination letter|decision letter",
    "received": r"receiv\w+|reached|arriv\w+|came|got",
    "deadline": r"deadline|due|last day|latest|no later than|must (?:be )?(?:reach|filed?)\w*",
    "born": r"born|birth|dob",
    "age": r"aged?|year-old|years? old|old",
    "planned": r"plann?\w*|schedul\w+|proposed|date of service",
    "reader": r"read by|radiologist|interpret\w+|reader|reported by|according to",
    "screw": r"screws?",
    "cage": r"cages?|interbody",
    "rod": r"rods?",
    "stand": r"stand(?:s|ing)?|stood",
    "walk": r"walk\w*",
    "sit": r"sit(?:s|ting)?|sat",
    "work": r"works?|working|worked|job|employ\w+",
    "relief": r"relie\w+|eased?|helped|better|improve\w*",
    "npi": r"npi|provider identifier",
    "fax": r"fax\w*",
    "phone": r"tel|telephone|phone|call\w*",
    "reinsertion": r"reinsert\w+|re-insert\w+|putting back",
    "decompression": r"decompress\w+|laminectom\w+",
    "replacement": r"replac\w+|arthroplast\w+",
    "knee": r"knees?",
    "naproxen": r"naproxen",
    "duloxetine": r"duloxetine",
    "visit": r"visits?|seen|clinic",
    "exam": r"exam\w*|strength|reflex\w*",
}
CONCEPT = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _CONCEPTS.items())
    + r")(?![A-Za-z])",
    re.IGNORECASE,
)
"""One pass over a text; the group's name is the concept. The first that fits wins, so phrases stand before words."""

NEGATION = re.compile(
    r"\b(?:no|not|none|neither|nor|never|without|absent|absence|denie[sd]|free|rule[sd]? out|excludes?d?|"
    r"cannot|lacks?|isn't|wasn't|aren't)\b",
    re.IGNORECASE,
)
UNCERTAIN = re.compile(
    r"\b(?:possibl[ey]|probabl[ey]|suspect\w*|suspicious|cannot be excluded|not excluded|undecided|unsettled|open|"
    r"uncertain\w*|unclear|equivocal|doubtful|(?-i:may|might)|indeterminate|neither shown|cannot be judged|question\w*|"
    r"undetermined|not (?:settled|established|certain|proved|proven))\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(
    r"[;:]|,\s+(?:and|but|while|whereas|so|which|who|although|though|yet)\b|,\s(?![CTLS]\d)|\b(?:while|whereas|but|although)\b"
    r"|\s(?=and (?:leaves?|leaving|absent|missing|lacking|undecided|open|"
    r"no|not|is|are|was|were|has|have|does|did|cannot|neither)\b)"
)
SENTENCE_END = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bNo)(?<!\bp)(?<!\bpp)(?<!\bEncl)(?<!\bvs)(?<!\bRef)(?<!\bTel)"
    r"(?<!\bSt)(?<![A-Z]\b)(?<!\bapprox)(?<!\betc)(?<!Jan)(?<!Feb)(?<!Mar)(?<!Apr)(?<!Jun)(?<!Jul)(?<!Aug)"
    r"(?<!Sep)(?<!Sept)(?<!Oct)(?<!Nov)(?<!Dec)"
    r"[.!?][)”\"’]*(?:\s*\[@[^\]]*\])*(?=\s|$)|\n+"
)
STOP_WORDS = frozenset(
    """a about above after again all also an and any are as at be because been before being below between both but by
    can could did do does doing down during each few for from further had has have having he her here hers him his how
    i if in into is it its itself me more most my no nor not of off on once only or other our out over own per same she
    should so some still such than that the their them then there these they this those through to too under until up
    very was we were what when where which while who whom why will with within without would you your since one yet
    mr mrs ms dr patient member letter record shows show showed states state stated reports report reported
    """.split()  # noqa: SIM905
)
