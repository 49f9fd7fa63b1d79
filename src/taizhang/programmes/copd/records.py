"""What the ledger holds of patients with chronic obstructive pulmonary disease, their visits, and who was screened for it."""

from taizhang.kernel.contracts import Column
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.records import case_table, follow_up_table
from taizhang.programmes.chronic.screening import screening_table

_LUNGS = (
    Column("fev1_fvc", "int", Text("FEV1/FVC", "FEV1/FVC"), places=1, unit="%"),
    Column("fev1_predicted", "int", Text("FEV1占预计值百分比", "FEV1, share of the predicted"), places=1, unit="%"),
)

CASE = case_table("copd", Text("慢阻肺患者专档", "COPD case"), patients=Text("慢阻肺患者", "a COPD patient"), confirmed=_LUNGS)
FOLLOW_UP = follow_up_table(
    "copd",
    Text("慢阻肺患者随访", "COPD follow-up"),
    measured=(
        Column("symptom_change", "code", Text("与上次相比症状", "Symptoms, against last time")),
        Column("mmrc", "code", Text("呼吸困难评分", "Breathlessness")),
        Column("cat", "int", Text("CAT总分", "CAT score"), unit="分"),
        Column("exacerbations_since", "int", Text("上次随访以来急性加重次数", "Exacerbations since the last visit"), unit="次"),
        Column("exacerbations", "int", Text("近一年急性加重次数", "Exacerbations in the last year"), unit="次"),
        Column("admissions", "int", Text("近一年因急性加重住院次数", "Admissions in the last year"), unit="次"),
        Column("oxygen_saturation", "int", Text("指脉氧饱和度", "Oxygen saturation"), unit="%"),
        *_LUNGS,
        Column("smoking", "int", Text("日吸烟量", "Cigarettes a day"), unit="支"),
        Column("inhaler", "code", Text("吸入剂使用", "Use of the inhaler")),
    ),
)
SCREENING = screening_table(
    "copd",
    Text("慢阻肺筛查问卷", "Questionnaire for COPD"),
    measured=(
        Column("height", "int", Text("身高", "Height"), places=1, unit="cm"),
        Column("weight", "int", Text("体重", "Weight"), places=1, unit="kg"),
        Column("smoking", "int", Text("日吸烟量", "Cigarettes a day"), unit="支"),
        Column("smoking_years", "int", Text("吸烟年数", "Years of smoking"), unit="年"),
        Column("often_coughs", "bool", Text("经常咳嗽", "Coughs often")),
        Column("breathlessness", "code", Text("气促情况", "Short of breath")),
        Column("smoky_fuel", "bool", Text("使用煤炉或柴草", "Coal or straw")),
        Column("family_lungs", "bool", Text("家族史", "Family history")),
        Column("score", "int", Text("问卷总分", "Score"), unit="分"),
    ),
)

COPD = ManagedDisease(
    code="copd",
    chapter="慢性阻塞性肺疾病患者健康服务规范",
    case=CASE,
    follow_up=FOLLOW_UP,
    screened=SCREENING,
    document="国家基本公共卫生服务项目慢性阻塞性肺疾病患者健康服务规范（试行，2024年）",
)
