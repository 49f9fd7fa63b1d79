"""Figures of blood donation and clinical use as reported."""

from taizhang.kernel.reporting import HIGHER, NEITHER, reported, reported_rate
from taizhang.programmes.blood.returns import CLINICAL, FORM

DONATIONS = reported(
    FORM,
    "donations",
    better=HIGHER,
    name=("无偿献血人次", "Blood donations"),
    why=("无偿献血是临床用血的唯一来源。", "Clinics have no blood but what is donated."),
)
STREET = reported(
    FORM,
    "street",
    better=HIGHER,
    name=("街头自愿无偿献血人次", "Donations in the street"),
    why=("街头献血体现公民自愿。", "The street shows what people give of their own accord."),
)
GROUP = reported(
    FORM,
    "group",
    better=NEITHER,
    name=("团体无偿献血人次", "Donations by groups"),
    why=("团体献血保障淡季供应。", "Groups carry the seasons when few come."),
)
PLATELETS = reported(
    FORM,
    "platelets",
    better=HIGHER,
    name=("机采血小板捐献人次", "Platelet donations"),
    why=("血小板保存期短，须有稳定的捐献者。", "Platelets do not keep; they need steady donors."),
)
VOLUME = reported(
    FORM,
    "volume",
    better=HIGHER,
    name=("无偿献血采血量", "Blood collected"),
    why=("采血量决定临床供应能力。", "What is collected is what can be supplied."),
)
CAMPAIGNS = reported(
    FORM,
    "campaigns",
    better=HIGHER,
    name=("无偿献血宣传活动", "Blood donation campaigns"),
    why=("宣传动员是献血工作的基础。", "Donation begins with telling people."),
)
STREET_SHARE = reported_rate(
    FORM,
    "street",
    "donations",
    code="street_share",
    better=HIGHER,
    name=("街头自愿献血比例", "Donations in the street, of all"),
    why=("自愿献血比例越高，血液越安全。", "The more people give of their own accord, the safer the blood."),
)
CLINICAL_USE = reported(
    CLINICAL,
    "used",
    code="clinical_use",
    prefix="blood",
    better=NEITHER,
    name=("临床用血量", "Blood used in clinics"),
    why=("用血量与采血量对照，可知供需是否平衡。", "Set against what is collected it shows whether supply meets need."),
)
AUTOLOGOUS = reported(
    CLINICAL,
    "autologous",
    code="autologous",
    prefix="blood",
    better=HIGHER,
    name=("自体输血量", "Autologous transfusion"),
    why=("自体输血节约血源、减少风险。", "It saves blood and lowers risk."),
)
UNITS_INSPECTED = reported(
    CLINICAL,
    "units_inspected",
    prefix="blood",
    better=HIGHER,
    name=("检查临床用血机构", "Institutions inspected for their use of blood"),
    why=("检查促进科学合理用血。", "Inspection makes for reasonable use."),
)
COMPONENT_SHARE = reported_rate(
    CLINICAL,
    "components",
    "used",
    code="component_share",
    prefix="blood",
    better=HIGHER,
    name=("成分输血率", "Blood components, of all blood used"),
    why=("成分输血一血多用，减少不良反应。", "Components let one donation serve several and cause fewer reactions."),
)
