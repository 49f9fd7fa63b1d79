"""Figures of the quality of care as reported."""

from taizhang.kernel.reporting import HIGHER, LOWER, reported, reported_rate
from taizhang.programmes.quality.returns import FORM

SPECIALTIES = reported(
    FORM,
    "specialties",
    better=HIGHER,
    name=("重点专科", "Key specialties"),
    why=("重点专科带动县域医疗水平。", "Key specialties raise the level of the whole county."),
)
PATHWAYS = reported(
    FORM,
    "pathways",
    better=HIGHER,
    name=("实施临床路径管理的病种", "Diseases under clinical pathways"),
    why=("临床路径规范诊疗行为、控制费用。", "Pathways keep treatment to the rule and costs in check."),
)
PATHWAY_CASES = reported(
    FORM,
    "pathway_cases",
    better=HIGHER,
    name=("进入临床路径管理病例", "Patients on a clinical pathway"),
    why=("入径病例反映路径管理是否落到实处。", "It shows whether pathways are in use or on paper."),
)
PATHWAY_RATE = reported_rate(
    FORM,
    "pathway_completed",
    "pathway_cases",
    code="pathway_rate",
    better=HIGHER,
    name=("临床路径完成率", "Patients who completed the pathway"),
    why=("完成率过低说明路径不合实际。", "Where few complete it, the pathway does not fit."),
)
PRESCRIPTIONS = reported(
    FORM,
    "prescriptions",
    better=HIGHER,
    name=("点评处方", "Prescriptions reviewed"),
    why=("处方点评是合理用药的抓手。", "Reviewing prescriptions is how sound use is brought about."),
)
SOUND_RATE = reported_rate(
    FORM,
    "sound",
    "prescriptions",
    code="sound_rate",
    better=HIGHER,
    name=("处方合格率", "Prescriptions found sound, of those reviewed"),
    why=("反映诊疗和用药是否规范。", "Whether treatment and drugs follow the rule."),
)
ANTIBIOTIC_SHARE = reported_rate(
    FORM,
    "antibiotic",
    "prescriptions",
    code="antibiotic_share",
    better=LOWER,
    name=("抗菌药物处方比例", "Prescriptions with antibiotics, of those reviewed"),
    why=("控制抗菌药物使用，减少耐药。", "Fewer antibiotics, less resistance."),
)
NURSING_WARDS = reported(
    FORM,
    "nursing_wards",
    better=HIGHER,
    name=("开展优质护理服务的病区", "Wards of high quality nursing"),
    why=("优质护理改善患者就医体验。", "Good nursing is what patients feel."),
)
NURSING_COVERAGE = reported_rate(
    FORM,
    "nursing_wards",
    "wards",
    code="nursing_coverage",
    better=HIGHER,
    name=("优质护理病区覆盖率", "Wards of high quality nursing, of all"),
    why=("优质护理要覆盖全部病区。", "Good nursing is due to every ward."),
)
INSPECTED = reported(
    FORM,
    "inspected",
    better=HIGHER,
    name=("开展医疗质量检查的机构", "Institutions inspected for quality"),
    why=("定期检查促进质量持续改进。", "Regular inspection keeps quality improving."),
)
ACCIDENTS = reported(
    FORM,
    "accidents",
    better=LOWER,
    name=("医疗事故", "Medical accidents"),
    why=("医疗安全是医疗工作的底线。", "Safety is the floor that care stands on."),
)
