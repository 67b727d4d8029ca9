"""Truthful sentences written last: first 92.5 % of changes caught, 2 alarms in 23, then their causes were mended."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, ...]] = {
    "revision-fusion-l2-s1": (
        "Lucency of 2.4 mm on the right and 2.1 mm on the left marks the S1 screws as loose.",
        "According to the radiologist, Tobias Renn, MD, L3-L4 has fused.",
        "The level L5-S1 still moves 4.2 mm between flexion and extension.",
        "In December 2024 his ODI was 26%; by October 6, 2026 it had climbed to 58%.",
        "Eighteen visits of physical therapy ended on December 19, 2025.",
        "He wore the brace until May 1, 2026.",
        "From 2/16/2026 to 8/17/2026 a bone growth stimulator was tried in vain.",
        "Relief after the April 14, 2026 epidural lasted about three weeks.",
        "Smoking ended June 15, 2026; cotinine on October 5, 2026 was 2 ng/mL.",
        "The lowest T-score, -1.8, dates from April 9, 2026.",
        "Your letter of November 2, 2026 came to us on November 5, 2026.",
        "We appeal the denial of CPT 22849 and CPT 22612.",
        "The first fusion, L2-S1, was done on 06/18/2024.",
        "Surgery is planned for December 15, 2026.",
        "Fax replies to 614-555-0118.",
        "Mr. Testerman is 64 years old and has not worked since March 2, 2026.",
    ),
    "knees-bilateral": (
        "On the left the Oxford score was 41/48, on the right 17/48.",
        "The films of July 20, 2026 were read by Signe Aldern, MD.",
    ),
    "cervical-waiver": (
        "MRI (9/2/2026): cord compression at C5-C6, none at C6-C7.",
        "Therapy was stopped on September 11, 2026.",
    ),
    "lumbar-dated-therapy": (
        "At L4-L5 the MRI of April 21, 2026 shows severe stenosis.",
        "She was seen 11 times between 2/3/2026 and 3/24/2026.",
    ),
    "knee": ("The patient rated his knee pain 8/10 on 7/21/2026.",),
}
