"""医疗质量报表: specialties, pathways, prescriptions reviewed, nursing."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("医疗质量管理办法", "医疗质量持续改进，监督管理")

FORM = form(
    "quality", "医疗质量报表", "Quality of care", SOURCE,
    stock("specialties", "重点专科", "Key specialties", "个"),
    stock("pathways", "临床路径管理病种", "Diseases under clinical pathways", "种"),
    flow("pathway_cases", "进入临床路径病例", "Patients on a clinical pathway", "例"),
    flow("pathway_completed", "完成临床路径病例", "Patients who completed the pathway", "例"),
    flow("prescriptions", "点评处方", "Prescriptions reviewed", "张"),
    flow("sound", "合格处方", "Prescriptions found sound", "张"),
    flow("antibiotic", "含抗菌药物处方", "Prescriptions with antibiotics", "张"),
    stock("wards", "病区", "Wards", "个"),
    stock("nursing_wards", "优质护理病区", "Wards of high quality nursing", "个"),
    flow("inspected", "质量检查机构", "Institutions inspected for quality", "家"),
    flow("accidents", "医疗事故", "Medical accidents", "起"),
    parts=(("pathway_completed", "pathway_cases"), ("sound", "prescriptions"), ("antibiotic", "prescriptions"), ("nursing_wards", "wards")),
)
