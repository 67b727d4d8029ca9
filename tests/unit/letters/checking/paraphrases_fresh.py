"""Truthful sentences written late: first 89.5 % of changes caught with 3 alarms in 40, then the causes were mended."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, ...]] = {
    "revision-fusion-l2-s1": (
        "The CT scan dated 9/14/2026 describes screws at S1 that are loose on both sides.",
        "On the right the S1 lucency measures 2.4 mm, on the left 2.1 mm.",
        "A 1.6 mm halo surrounds the right screw at L5.",
        "Fusion is solid at L3-L4 and absent at L4-L5 and L5-S1.",
        "We read the CT report of Example Valley Imaging (September 14, 2026) as showing nonunion at L5-S1.",
        "Standing films of 09/16/2026 measured 4.2 mm of translation at L5-S1.",
        "He underwent fusion from L2 to S1 on June 18, 2024.",
        "His Oswestry score was 26% on December 10, 2024 and 44% on October 1, 2025.",
        "Pain in the back was rated 8/10 at the visit on October 6, 2026.",
        "He took part in 40 sessions of supervised therapy.",
        "The second course, 22 visits, ended July 24, 2026.",
        "He has done home exercises since July 27, 2026.",
        "Bracing lasted from February 2 to May 1, 2026.",
        "Bone stimulation began on 2/16/2026.",
        "Because of stomach pain naproxen was stopped on 3/10/2026.",
        "The epidural injection at L5-S1 (4/14/2026) helped for three weeks.",
        "Nicotine was excluded by a cotinine of 2 ng/mL on October 5, 2026.",
        "HbA1c stood at 5.9% on 10/05/2026.",
        "The DXA of 4/9/2026 gave a T-score of -1.8.",
        "The request, PA-26-553071, was refused on November 2, 2026.",
        "Our reference is your number UM-26-118842; the member ID is SYN-0000-4417.",
        "CPT 22849 is needed at L4-L5 and L5-S1, where the screws do not hold.",
        "Revision arthrodesis (CPT 22612) is asked for at L4-S1.",
        "Dr. Marian Holloway will operate on December 15, 2026.",
        "Please call 614-555-0117 or write to Example Valley Spine Center.",
        "Dr. Abel saw the member on 9/22/2026.",
        "The plan's reviewer was P. Lindqvist-Example, MD.",
        "The diagnosis M96.0 is recorded as primary.",
    ),
    "knees-bilateral": (
        "The right knee shows Kellgren-Lawrence grade 4 changes (films of 7/20/2026).",
        "Her therapy record counts 24 visits, from February 3, 2026 to June 12, 2026.",
        "Oxford knee score, right: 17/48 on August 11, 2026.",
        "We appeal your decision of September 14, 2026, number SEA-2026-4471, for the right knee.",
    ),
    "cervical-waiver": (
        "Cord compression at C5-C6 is documented by MRI of September 2, 2026.",
        "He had 7 visits of physical therapy between 8/17/2026 and 9/11/2026.",
        "The diagnosis is M50.022.",
    ),
    "lumbar-dated-therapy": (
        "Physical therapy: 11 visits, February 3 to March 24, 2026.",
        "The MRI of April 21, 2026, read by Petra Osei, MD, shows severe stenosis at L4-L5.",
        "You denied CPT 63047 on June 2, 2026.",
    ),
    "knee": (
        "His KOOS was 34 on July 21, 2026.",
        "Radiographs of July 7, 2026 show a medial joint space of 0 mm on the right.",
    ),
}
