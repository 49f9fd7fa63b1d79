"""慢阻肺患者随访服务记录表 and 慢阻肺筛查问卷 on paper."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import paper as chronic
from taizhang.programmes.copd.records import COPD
from taizhang.programmes.copd.rules import FORM

FOLLOW_UPS = PaperForm(
    code="copd_follow_up_form",
    name=Text("慢阻肺患者随访服务记录表", "Follow-up record of a COPD patient"),
    register="copd_follow_ups",
    source=Source(COPD.document, "附件"),
    side_by_side=chronic.FOUR_VISITS,
    sections=(
        chronic.the_visit(),
        PaperSection(
            Text("症状", "Symptoms"),
            (
                PaperRow(Text("症状", "Symptoms"), ("symptoms",)),
                PaperRow(Text("其他", "Other"), ("other_symptoms",)),
                PaperRow(Text("与上次相比", "Against last time"), ("symptom_change",)),
                PaperRow(Text("mMRC评分", "mMRC"), ("mmrc",)),
                PaperRow(Text("CAT评分", "CAT"), ("cat",)),
                PaperRow(
                    Text("急性加重次数\n上次随访以来/近一年", "Exacerbations\nsince last visit/last year"),
                    ("exacerbations_since", "exacerbations"),
                    Text("{exacerbations_since}/{exacerbations}", "{exacerbations_since}/{exacerbations}"),
                ),
                PaperRow(Text("近一年住院次数", "Admissions in the last year"), ("admissions",)),
            ),
        ),
        PaperSection(
            Text("体征", "Signs"),
            (
                PaperRow(Text("呼吸频率（次/分）", "Respiration (a minute)"), ("respiration",)),
                PaperRow(Text("心率（次/分钟）", "Heart rate (a minute)"), ("heart_rate",)),
                PaperRow(Text("指脉氧饱和度（%）", "Oxygen saturation (%)"), ("oxygen_saturation",)),
                chronic.WEIGHT,
                chronic.INDEX,
                chronic.OTHER_SIGNS,
            ),
        ),
        chronic.way_of_life(),
        PaperSection(
            Text("辅助检查", "Tests"),
            (
                PaperRow(Text("FEV1/FVC（%）", "FEV1/FVC (%)"), ("fev1_fvc",)),
                PaperRow(Text("FEV1占预计值（%）", "FEV1, of predicted (%)"), ("fev1_predicted",)),
                PaperRow(Text("其他检查", "Other tests"), ("other_tests",)),
            ),
        ),
        PaperSection(
            None,
            (
                chronic.ADHERENCE,
                PaperRow(Text("吸入剂使用", "Use of the inhaler"), ("inhaler",)),
                chronic.REACTION,
                chronic.CLASS,
            ),
        ),
        chronic.medicines(),
        PaperSection(
            Text("康复与预防", "Rehabilitation and prevention"),
            (
                PaperRow(Text("家庭氧疗", "Oxygen at home"), ("home_oxygen",)),
                PaperRow(Text("流感疫苗（本年度）", "Influenza vaccine (this season)"), ("flu_vaccine",)),
                PaperRow(Text("肺炎球菌疫苗", "Pneumococcal vaccine"), ("pneumonia_vaccine",)),
                PaperRow(Text("呼吸康复指导", "Breathing exercises"), ("rehabilitation",)),
            ),
        ),
        *chronic.the_end(),
    ),
)

QUESTIONNAIRE = PaperForm(
    code="copd_screening_form",
    name=Text("慢阻肺筛查问卷", "Questionnaire for COPD"),
    register="copd_screenings",
    source=FORM,
    sections=(
        PaperSection(None, (PaperRow(Text("筛查日期", "Screened on"), ("screened_on",)),)),
        PaperSection(
            Text("问题", "Questions"),
            (
                PaperRow(
                    Text("吸烟：每日支数、吸烟年数", "Smoking: a day, years"),
                    ("smoking", "smoking_years"),
                    Text("{smoking}支/日，{smoking_years}年", "{smoking} a day for {smoking_years} years"),
                ),
                PaperRow(
                    Text("身高（cm）、体重（kg）", "Height (cm), weight (kg)"),
                    ("height", "weight"),
                    Text("{height}cm，{weight}kg", "{height} cm, {weight} kg"),
                ),
                PaperRow(Text("没有感冒时您是否经常咳嗽", "Do you often cough without a cold"), ("often_coughs",)),
                PaperRow(Text("您平时是否感觉有气促", "Are you short of breath"), ("breathlessness",)),
                PaperRow(Text("您目前使用煤炉或柴草烹饪或取暖吗", "Do you cook or heat with coal or straw"), ("smoky_fuel",)),
                PaperRow(
                    Text("父母、兄弟姐妹及子女中是否有人患哮喘、慢性支气管炎、肺气肿或慢阻肺", "Lung disease in the family"),
                    ("family_lungs",),
                ),
            ),
        ),
        PaperSection(
            None,
            (
                PaperRow(Text("总分（含年龄分）", "Total (with that of the age)"), ("score",), Text("{score}分", "{score}")),
                PaperRow(Text("筛查结果", "Result"), ("result",)),
                PaperRow(Text("转诊结果", "Result of the referral"), ("referral_result",)),
                PaperRow(Text("筛查医生签名", "Doctor's signature"), ("doctor",)),
            ),
        ),
    ),
)
