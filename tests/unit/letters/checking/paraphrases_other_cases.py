"""Truthful sentences about the shorter cases: first 86.3 % of changes caught, 2 alarms in 30, then mended."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, ...]] = {
    "cervical-acdf": (
        "An extrusion of 5 mm on the right at C5-C6 is described in the MRI of August 19, 2026.",
        "Dr. Quillfeather found wrist extension weak on the right, 4/5, on 9/30/2026.",
        "Arm pain was 7/10 at the visit of September 30, 2026.",
        "The study of 08/19/2026 was read by Aurel Vance, MD, at Desert Example Imaging.",
        "You denied the fusion at C5-C6 on October 20, 2026 (SEA-2026-3305).",
        "Ms. Placeholder, 68, has had right arm pain for seven months.",
        "Anterior fusion at C5-C6, CPT 22551, is what we ask for; the diagnosis is M50.122.",
        "Questions go to Ruth Quillfeather, MD, at 602-555-0119.",
    ),
    "cervical-waiver": (
        "A left foraminal protrusion presses on the C7 root at C6-C7.",
        "The notice of September 28, 2026 (NEI-2026-5520) names six weeks of conservative treatment.",
        "When seen on September 16, 2026 he had had neck and left arm pain for five months.",
        "Triceps strength was 4/5 on the left at the visit of 9/16/2026.",
        "Between August 17 and September 11, 2026 there were seven visits of therapy.",
        "The operation at C5-C6 and C6-C7 was set for October 12, 2026.",
        "The cord is compressed at C5-C6, as the MRI of Sept. 2, 2026 shows.",
    ),
    "knee": (
        "The right knee was replaced for bone-on-bone arthritis, medial joint space 0 mm and lateral 4 mm.",
        "Weight-bearing films of July 7, 2026 were graded Kellgren-Lawrence 4.",
        "By his own account Mr. Specimen had 14 visits between March 2 and May 29, 2026.",
        "Your notice of 9/1/2026 concerns claim NEI-CLM-90021.",
        "On July 21, 2026 Dr. Calloway noted a KOOS of 34 and pain of 8/10 in the right knee.",
    ),
    "knees-bilateral": (
        "Medial joint space of the right knee was 1 mm on the films of 7/20/2026.",
        "The right knee bends from 10 to 95 degrees, the left from 0 to 130 degrees.",
        "On August 11, 2026 pain was 7/10 in the right knee and 2/10 in the left.",
        "Ms. Fabricated was born on May 14, 1958.",
        "From February 3, 2026 until June 12, 2026 she attended twenty-four therapy visits.",
    ),
    "lumbar-dated-therapy": (
        "Ankle dorsiflexion on the right was 4/5 when Dr. Ruiz saw her on May 12, 2026.",
        "She had eleven visits between February 3 and March 24, 2026.",
        "After 100 meters she has leg pain, which sitting relieves.",
        "Stenosis is mild at L3-L4 and severe at L4-L5.",
        "The decision of June 2, 2026 carries the number NFE-2026-0712; we ask for CPT 63047 at L4-L5.",
    ),
}
