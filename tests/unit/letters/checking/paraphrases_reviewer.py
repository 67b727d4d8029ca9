"""Truthful sentences about the sample case, measured before anything was mended after them.

The first 46: 210 of 236 changes caught, 9 alarms, which were mended (210 of 236, none). The other 26 were written after
that: 94 of 110 caught, no alarm; of what was missed only the unknown name behind "Neither Dr." was mended (96).
"""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, ...]] = {
    "revision-fusion-l2-s1": (
        (
            "A little over two years after his June 2024 fusion, the pedicle screws at S1 have lost "
            "purchase on both sides."
        ),
        "Dr. Renn measured the halo around the right S1 screw at 2.4 mm and around the left at 2.1 mm.",
        "None of that was visible on the films of December 10, 2024.",
        "By October 1, 2025, fifteen months out, a thin zone had appeared around the right S1 screw.",
        "He was still 63 when the pain came back in August 2025.",
        "Before the first operation his Oswestry score stood at 56% and his back pain at 8/10.",
        "Half a year later those figures were 26% and 3/10.",
        "A year after surgery, on June 17, 2025, the index was 30% and pain 4/10.",
        (
            "So the decline is plain: 44% in October 2025, 52% in May 2026, 56% on September 22, 2026 "
            "and 58% two weeks later."
        ),
        "He cut his hours to half days in mid-September 2025 and left work altogether on March 2, 2026.",
        "Standing tolerance shrank from 20 minutes in the fall of 2025 to 10 minutes in the fall of 2026.",
        "He can walk one block today where he walked two a year ago.",
        "Therapist Ines Marlow saw him for 18 of 20 booked visits in the first course.",
        "The second course ran May 4 through July 24, 2026, and he kept 22 of 24 appointments.",
        "In all that is 40 supervised visits.",
        "Pain went from 7/10 to 8/10 over the second course, and therapy ended because he had plateaued.",
        "The caudal epidural by Dr. Abel on April 14, 2026 bought him three weeks.",
        "One week after that shot his pain was 4/10, and by May 12 it was back to 7/10.",
        (
            "When bupivacaine was placed at both S1 screw heads on 8/11/2026, pain dropped from 8/10 "
            "to 2/10 within half an hour."
        ),
        "That relief lasted six hours, which points to the hardware.",
        (
            "Naproxen 500 mg was given up on March 10, 2026 for stomach pain; duloxetine 60 mg, begun "
            "six days later, helps a little."
        ),
        "He wore a lumbosacral brace for three months starting February 2, 2026.",
        "A bone stimulator was used from Feb 16 to Aug 17, 2026, six months without union.",
        "CT finds no bridging bone at L4-L5 or L5-S1, whereas L3-L4 is solid.",
        "At L2-L3 the radiologist could not rule out an early nonunion.",
        "On bending films L5-S1 still moves 4.2 mm and 8 degrees, L4-L5 2.6 mm and 5 degrees.",
        "L3-L4, by contrast, moves a mere 0.3 mm.",
        "There is no fracture, no displacement, and nothing to suggest infection on the CT.",
        "The interbody cage at L5-S1 has sunk 2 mm into the top of S1.",
        "Four millimeters of slip remain at L4-L5, the same as in October 2025.",
        "Dr. Abel’s own impression that L3 to S1 had fused was formed without the radiology report.",
        "Mr. Testerman quit smoking on June 15, 2026 and came off the patch on August 31.",
        "His cotinine level, drawn October 5, was 2 ng/mL.",
        "An A1c of 5.9% and an albumin of 4.2 g/dL speak against diabetes and malnutrition.",
        "Vitamin D was 36 ng/mL on the same day.",
        "The worst T-score was -1.8, at the left femoral neck; the forearm came in at -1.1.",
        "The denial dated November 2, 2026 reached the practice three days later.",
        "It demands scoliosis, yet the Cobb angle on the standing film is 4 degrees.",
        "Dr. Holloway plans to swap the loose screws at L5 and S1 for larger ones on December 15, 2026.",
        "We ask for 22849 and 22612 at L4-L5 and L5-S1; 63047 is not part of this appeal.",
        "Your medical director, Dr. Lindqvist-Example, is board certified in internal medicine.",
        "The appeal goes to fax 614-555-0188, and the peer-to-peer line is 614-555-0142.",
        "Straight leg raise was negative and strength 5/5 at every visit.",
        "His pack-years number about 22.",
        "The surgeon used 7.5 x 40 mm screws at S1 and 6.5 x 45 mm screws above.",
        "The fusion of 06/18/2024 was done by Dr. Holloway at Example Valley Hospital.",
        "Mr. Testerman, a parts inspector, has not worked at all since March 2, 2026.",
        "Between December 10, 2024 and September 14, 2026 the bone around both S1 screws gave way.",
        "Imaging was read by Tobias Renn, MD, who saw no broken screw and no broken rod.",
        "In the report of September 14, 2026 the right L5 screw has a 1.6 mm halo; the left one does not.",
        "Gas in the disc space at L5-S1 and the lack of bridging bone there mean that the level never united.",
        "Two levels have failed to fuse, L4-L5 and L5-S1.",
        "The flexion-extension study of 9/16/2026 found 2.6 mm of translation at L4-L5.",
        "At L2-L3 it found 0.8 mm and 2 degrees.",
        "His ODI at the end of the first therapy course was 46%, against 44% when it began.",
        "After 22 more visits in 2026 it was 54%.",
        "Ms. Marlow wrote on July 24, 2026 that further therapy would not change the course.",
        "Dr. Abel gave 80 mg of methylprednisolone at L5-S1 in April 2026.",
        "He takes acetaminophen 1,000 mg three times a day and no opioids.",
        "Before surgery in 2024 he had stopped smoking in March of that year, and he resumed in November.",
        "By our count that leaves him nicotine-free since August 31, 2026.",
        "Hemoglobin A1c, 5.9%, was measured on October 5, 2026.",
        "Neither Dr. Holloway nor Dr. Abel found weakness in the legs in the fall of 2026.",
        "The notice came on November 5, 2026 and lets us appeal until May 1, 2027.",
        "Please refer to UM-26-118842 and to PA-26-553071.",
        "The plan refused CPT 63047 at L4-L5 because it had no imaging report of nerve compression.",
        "The policy you cite, SP-22, asks for a coronal curve of 40 degrees.",
        "Ten minutes is as long as he can stand now.",
        "On October 6, 2026 he understood and signed the consent form.",
        "The operation of June 2024 lost 650 mL of blood and had no complications.",
        "The 2024 cages were 10 mm at L4-L5 and 11 mm at L5-S1.",
        "M96.0 is the primary diagnosis.",
    ),
}
