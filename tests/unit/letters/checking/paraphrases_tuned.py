"""Truthful sentences about the sample cases in a reviewer's own words, by which the tracing was tuned."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, ...]] = {
    "revision-fusion-l2-s1": (
        "CT of September 14, 2026, shows lucency around both S1 screws, 2.4 mm on the right and 2.1 mm on the left.",
        "The right L5 screw is loose as well, with a lucent zone of 1.6 mm; the left L5 screw is well seated.",
        "There is no bridging bone at L4-L5 or at L5-S1, while L3-L4 has fused solidly.",
        "Whether L2-L3 has united is left open by the radiologist, Dr. Renn.",
        "On flexion-extension films of 9/16/2026 L5-S1 moved 4.2 mm and L4-L5 moved 2.6 mm.",
        "His ODI rose from 30% on June 17, 2025 to 44% on October 1, 2025 and 58% on October 6, 2026.",
        "Mr. Testerman had a posterior fusion from L2 to S1 on 06/18/2024 at Example Valley Hospital.",
        "He had 18 therapy visits between October 6 and December 19, 2025, and 22 more from May 4 to July 24, 2026.",
        "Altogether he attended 40 visits of supervised physical therapy.",
        "He wore a lumbosacral brace from 2/2/2026 to 5/1/2026 without benefit.",
        "A bone growth stimulator was used from February 16, 2026 until August 17, 2026.",
        "An epidural steroid injection at L5-S1 on April 14, 2026 gave about three weeks of relief.",
        "Local anesthetic at the S1 screw heads on August 11, 2026 took the pain from 8/10 to 2/10 for some six hours.",
        "Naproxen was taken from September 2, 2025 and stopped on March 10, 2026 because of stomach pain.",
        "He has been on duloxetine 60 mg a day since March 16, 2026.",
        "His last cigarette was on June 15, 2026, and the nicotine patch ended on August 31, 2026.",
        "Serum cotinine measured 2 ng/mL on 10/5/26.",
        "HbA1c was 5.9% on October 5, 2026; he does not have diabetes.",
        "Bone density of April 9, 2026 gave a lowest T-score of -1.8.",
        "Your notice of November 2, 2026 (reference UM-26-118842) reached us on November 5, 2026.",
        "We ask for CPT 22849 and CPT 22612 at L4-L5 and L5-S1.",
        "The operation is planned for December 15, 2026.",
        "Dr. Holloway can be reached at 614-555-0117.",
        "Dr. Abel, who saw him on September 22, 2026, did not have the radiology report.",
        "The primary diagnosis is pseudarthrosis after fusion (M96.0).",
        "As of the visit of October 6, 2026 he stands no longer than 10 minutes and walks one block.",
        "The appeal is due by May 1, 2027.",
        "At 27 months after the fusion two levels had not united.",
        "The member, born March 14, 1962, is 64 years old.",
        "Back pain was 8/10 and leg pain 2/10 on October 6, 2026.",
        "CT had a specificity of 96.7% for a loose pedicle screw.[@spirig-2019]",
    ),
    "knees-bilateral": (
        "The right knee is Kellgren-Lawrence grade 4 on the radiographs of July 20, 2026; the left knee is grade 1.",
        "Her Oxford knee score on 8/11/2026 was 17 of 48 on the right and 41 of 48 on the left.",
        "She completed 24 visits of physical therapy from February 3 to June 12, 2026.",
        "Replacement of the right knee (CPT 27447) is medically necessary.",
        "Body mass index was 31.2 kg/m2 on August 11, 2026.",
    ),
    "cervical-waiver": (
        "MRI of September 2, 2026 shows cord compression with signal change at C5-C6.",
        "At C6-C7 the cord is free.",
        "Therapy ended on September 11, 2026 after 7 visits, because of the cord findings.",
    ),
    "lumbar-dated-therapy": (
        "Ms. Contrived had 11 therapy visits from 2/3/2026 to 3/24/2026, seven weeks in all.",
        "MRI dated April 21, 2026 reports severe central stenosis at L4-L5.",
    ),
    "knee": (
        "KOOS was 34 and knee pain 8/10 on July 21, 2026.",
        "Films of July 7, 2026 show advanced medial osteoarthritis of the right knee.",
    ),
}
