"""健康体检表 on paper: two sheets, printed on both sides."""

from taizhang.kernel.paper import PaperForm, PaperLines, PaperRow, PaperSection
from taizhang.kernel.text import Text
from taizhang.programmes.health_records.rules import EXAMINATION_FORM


def row(zh: str, en: str, *fields: str, wording: tuple[str, str] | None = None, register: str = "", yes_first: bool = False) -> PaperRow:
    """A line of the form. wording: in both languages."""
    return PaperRow(Text(zh, en), fields, Text(*wording) if wording else None, register, yes_first)


_ASSESSMENT = "elderly_assessments"

EXAMINATIONS = PaperForm(
    code="examination_form",
    name=Text("健康体检表", "Health examination"),
    register="examinations",
    source=EXAMINATION_FORM,
    sections=(
        PaperSection(
            None,
            (
                row(
                    "体检日期",
                    "Examined on",
                    "examined_on",
                    "doctor",
                    wording=("{examined_on}　　责任医生 {doctor}", "{examined_on}  doctor {doctor}"),
                ),
                row(
                    "症状",
                    "Symptoms",
                    "symptoms",
                    "other_symptoms",
                    wording=("{symptoms}\n其他：{other_symptoms}", "{symptoms}\nother: {other_symptoms}"),
                ),
            ),
        ),
        PaperSection(
            Text("一般状况", "General"),
            (
                row(
                    "体温、脉率",
                    "Temperature, pulse",
                    "temperature",
                    "pulse_rate",
                    wording=("体温 {temperature}℃　　脉率 {pulse_rate}次/分钟", "{temperature} ℃  pulse {pulse_rate}/min"),
                ),
                row("呼吸频率", "Respiration", "respiration", wording=("{respiration}次/分钟", "{respiration}/min")),
                row(
                    "血压",
                    "Blood pressure",
                    "systolic_left",
                    "diastolic_left",
                    "systolic",
                    "diastolic",
                    wording=(
                        "左侧 {systolic_left}/{diastolic_left} mmHg　　右侧 {systolic}/{diastolic} mmHg",
                        "left {systolic_left}/{diastolic_left} mmHg  right {systolic}/{diastolic} mmHg",
                    ),
                ),
                row(
                    "身高、体重",
                    "Height, weight",
                    "height",
                    "weight",
                    wording=("身高 {height}cm　　体重 {weight}kg", "height {height} cm  weight {weight} kg"),
                ),
                row(
                    "腰围、体质指数",
                    "Waist, body mass index",
                    "waist",
                    "body_mass_index",
                    wording=("腰围 {waist}cm　　体质指数（BMI） {body_mass_index}kg/m²", "waist {waist} cm  BMI {body_mass_index} kg/m²"),
                ),
                row("老年人健康状态自我评估*", "Old persons: own view of health*", "self_rated_health", register=_ASSESSMENT),
                row(
                    "老年人生活自理能力自我评估*",
                    "Old persons: self-care*",
                    "self_care_score",
                    register=_ASSESSMENT,
                    wording=(
                        "总分 {self_care_score}（0～3分可自理，4～8分轻度依赖，9～18分中度依赖，≥19分不能自理）",
                        "total {self_care_score} (0-3 independent, 4-8 mildly, 9-18 moderately dependent, 19 and above unable)",
                    ),
                ),
                row(
                    "老年人认知功能*",
                    "Old persons: cognition*",
                    "cognition_screen",
                    "cognition_score",
                    register=_ASSESSMENT,
                    wording=(
                        "{cognition_screen}\n简易智力状态检查，总分 {cognition_score}",
                        "{cognition_screen}\nmini mental state, score {cognition_score}",
                    ),
                ),
                row(
                    "老年人情感状态*",
                    "Old persons: mood*",
                    "emotion_screen",
                    "depression_score",
                    register=_ASSESSMENT,
                    wording=(
                        "{emotion_screen}\n老年人抑郁评分检查，总分 {depression_score}",
                        "{emotion_screen}\ndepression scale, score {depression_score}",
                    ),
                ),
            ),
        ),
        PaperSection(
            Text("生活方式", "Way of life"),
            (
                row(
                    "体育锻炼",
                    "Exercise",
                    "exercise_frequency",
                    "exercise_minutes",
                    "exercise_years",
                    "exercise_manner",
                    wording=(
                        "锻炼频率 {exercise_frequency}\n每次锻炼时间 {exercise_minutes}分钟　"
                        "坚持锻炼时间 {exercise_years}年\n锻炼方式 {exercise_manner}",
                        "how often {exercise_frequency}\neach time {exercise_minutes} "
                        "min, for {exercise_years} years\nmanner {exercise_manner}",
                    ),
                ),
                row("饮食习惯", "Diet", "diet"),
                row(
                    "吸烟情况",
                    "Smoking",
                    "smoking_status",
                    "smoking",
                    "smoking_start_age",
                    "smoking_stop_age",
                    wording=(
                        "吸烟状况 {smoking_status}\n日吸烟量 平均{smoking}支　"
                        "开始吸烟年龄 {smoking_start_age}岁　戒烟年龄 {smoking_stop_age}岁",
                        "{smoking_status}\n{smoking} a day, from age {smoking_start_age}, stopped at {smoking_stop_age}",
                    ),
                ),
                row(
                    "饮酒频率",
                    "How often alcohol",
                    "drinking_frequency",
                    "drinking",
                    wording=("{drinking_frequency}\n日饮酒量 平均{drinking}两", "{drinking_frequency}\n{drinking} × 50 g a day"),
                ),
                row(
                    "是否戒酒",
                    "Stopped drinking",
                    "drinking_stopped",
                    "drinking_stop_age",
                    "drinking_start_age",
                    wording=(
                        "{drinking_stopped}\n戒酒年龄 {drinking_stop_age}岁　开始饮酒年龄 {drinking_start_age}岁",
                        "{drinking_stopped}\nstopped at {drinking_stop_age}, began at {drinking_start_age}",
                    ),
                ),
                row("近一年内是否曾醉酒", "Drunk in the last year", "drunk_last_year", yes_first=True),
                row("饮酒种类", "Kinds of drink", "drink_kinds"),
                row(
                    "职业病危害因素接触史",
                    "Occupational exposure",
                    "occupational_exposure",
                    "occupation_exposed",
                    "occupation_years",
                    "exposure_dust",
                    "exposure_radiation",
                    "exposure_physical",
                    "exposure_chemical",
                    "exposure_other",
                    wording=(
                        "{occupational_exposure}\n工种 {occupation_exposed}　从业时间 "
                        "{occupation_years}年\n毒物种类及防护措施：粉尘 {exposure_dust}　"
                        "放射物质 {exposure_radiation}\n物理因素 {exposure_physical}　化学物质 {exposure_chemical}　其他 {exposure_other}",
                        "{occupational_exposure}\noccupation {occupation_exposed}, "
                        "{occupation_years} years\nhazards and protection: dust {exposure_dust}, "
                        "radiation {exposure_radiation}\nphysical {exposure_physical}, "
                        "chemical {exposure_chemical}, other {exposure_other}",
                    ),
                ),
            ),
        ),
        PaperSection(
            Text("脏器功能", "Organs"),
            (
                row(
                    "口腔",
                    "Mouth",
                    "lips",
                    "teeth",
                    "teeth_missing",
                    "teeth_decayed",
                    "teeth_false",
                    "throat",
                    wording=(
                        "口唇 {lips}\n齿列 {teeth}\n缺齿 {teeth_missing}　龋齿 {teeth_decayed}　义齿 {teeth_false}\n咽部 {throat}",
                        "lips {lips}\nteeth {teeth}\nmissing {teeth_missing}  "
                        "decayed {teeth_decayed}  false {teeth_false}\nthroat {throat}",
                    ),
                ),
                row(
                    "视力",
                    "Vision",
                    "vision_left",
                    "vision_right",
                    "vision_left_corrected",
                    "vision_right_corrected",
                    wording=(
                        "左眼 {vision_left}　右眼 {vision_right}（矫正视力：左眼 {vision_left_corrected}　右眼 {vision_right_corrected}）",
                        "left {vision_left}  right {vision_right} (corrected: left "
                        "{vision_left_corrected}, right {vision_right_corrected})",
                    ),
                ),
                row("听力", "Hearing", "hearing"),
                row("运动功能", "Movement", "movement"),
            ),
            starts_page=True,
        ),
        PaperSection(
            Text("查体", "Physical examination"),
            (
                row("眼底*", "Fundus*", "fundus", "fundus_note", wording=("{fundus} {fundus_note}", "{fundus} {fundus_note}")),
                row("皮肤", "Skin", "skin"),
                row("巩膜", "Sclera", "sclera"),
                row("淋巴结", "Lymph nodes", "lymph_nodes"),
                row(
                    "肺",
                    "Lungs",
                    "barrel_chest",
                    "breath_sounds",
                    "rales",
                    wording=(
                        "桶状胸：{barrel_chest}\n呼吸音：{breath_sounds}\n罗音：{rales}",
                        "barrel chest: {barrel_chest}\nbreath sounds: {breath_sounds}\nrales: {rales}",
                    ),
                ),
                row(
                    "心脏",
                    "Heart",
                    "heart_rate",
                    "heart_rhythm",
                    "heart_murmur",
                    wording=(
                        "心率 {heart_rate}次/分钟　心律：{heart_rhythm}\n杂音：{heart_murmur}",
                        "rate {heart_rate}/min  rhythm: {heart_rhythm}\nmurmur: {heart_murmur}",
                    ),
                ),
                row(
                    "腹部",
                    "Abdomen",
                    "abdomen_tenderness",
                    "abdomen_mass",
                    "liver",
                    "spleen",
                    "shifting_dullness",
                    "abdomen_note",
                    wording=(
                        "压痛：{abdomen_tenderness}　包块：{abdomen_mass}\n肝大：{liver}　"
                        "脾大：{spleen}\n移动性浊音：{shifting_dullness}　{abdomen_note}",
                        "tenderness: {abdomen_tenderness}  mass: {abdomen_mass}\nliver: {liver}  spleen: {spleen}\n"
                        "shifting dullness: {shifting_dullness}  {abdomen_note}",
                    ),
                ),
                row("下肢水肿", "Leg oedema", "leg_oedema"),
                row("足背动脉搏动*", "Pulse of the foot*", "foot_pulse"),
                row("肛门指诊*", "Rectal examination*", "rectal_exam"),
                row("乳腺*", "Breast*", "breast"),
                row(
                    "妇科*",
                    "Gynaecology*",
                    "vulva",
                    "vagina",
                    "cervix",
                    "uterus",
                    "adnexa",
                    wording=(
                        "外阴：{vulva}\n阴道：{vagina}\n宫颈：{cervix}\n宫体：{uterus}\n附件：{adnexa}",
                        "vulva: {vulva}\nvagina: {vagina}\ncervix: {cervix}\nuterus: {uterus}\nadnexa: {adnexa}",
                    ),
                ),
                row("其他*", "Other*", "physical_other"),
            ),
        ),
        PaperSection(
            Text("辅助检查", "Tests"),
            (
                row(
                    "血常规*",
                    "Blood count*",
                    "haemoglobin",
                    "white_cells",
                    "platelets",
                    "blood_other",
                    wording=(
                        "血红蛋白 {haemoglobin}g/L　白细胞 {white_cells}×10⁹/L　血小板 {platelets}×10⁹/L　其他 {blood_other}",
                        "haemoglobin {haemoglobin} g/L  white cells {white_cells}×10⁹/L  platelets {platelets}×10⁹/L  other {blood_other}",
                    ),
                ),
                row(
                    "尿常规*",
                    "Urine*",
                    "urine_protein",
                    "urine_sugar",
                    "urine_ketone",
                    "urine_blood",
                    "urine_other",
                    wording=(
                        "尿蛋白 {urine_protein}　尿糖 {urine_sugar}\n尿酮体 {urine_ketone}　尿潜血 {urine_blood}　其他 {urine_other}",
                        "protein {urine_protein}  sugar {urine_sugar}\nketone {urine_ketone}  blood {urine_blood}  other {urine_other}",
                    ),
                ),
                row("空腹血糖*", "Fasting glucose*", "fasting_glucose", wording=("{fasting_glucose}mmol/L", "{fasting_glucose} mmol/L")),
                row("心电图*", "Electrocardiogram*", "ecg", "ecg_note", wording=("{ecg}\n{ecg_note}", "{ecg}\n{ecg_note}")),
                row(
                    "尿微量白蛋白*",
                    "Urine microalbumin*",
                    "urine_microalbumin",
                    wording=("{urine_microalbumin}mg/dL", "{urine_microalbumin} mg/dL"),
                ),
                row("大便潜血*", "Occult blood*", "faeces_blood"),
                row(
                    "糖化血红蛋白*",
                    "Glycated haemoglobin*",
                    "glycated_haemoglobin",
                    wording=("{glycated_haemoglobin}%", "{glycated_haemoglobin}%"),
                ),
                row("乙型肝炎表面抗原*", "Hepatitis B surface antigen*", "hbsag"),
                row(
                    "肝功能*",
                    "Liver*",
                    "alt",
                    "ast",
                    "albumin",
                    "bilirubin",
                    "bilirubin_direct",
                    wording=(
                        "血清谷丙转氨酶 {alt}U/L　血清谷草转氨酶 {ast}U/L\n白蛋白 {albumin}g/L　"
                        "总胆红素 {bilirubin}μmol/L　结合胆红素 {bilirubin_direct}μmol/L",
                        "ALT {alt} U/L  AST {ast} U/L\nalbumin {albumin} g/L  bilirubin "
                        "{bilirubin} μmol/L, conjugated {bilirubin_direct} μmol/L",
                    ),
                ),
                row(
                    "肾功能*",
                    "Kidney*",
                    "creatinine",
                    "urea",
                    "potassium",
                    "sodium",
                    wording=(
                        "血清肌酐 {creatinine}μmol/L　血尿素 {urea}mmol/L\n血钾浓度 {potassium}mmol/L　血钠浓度 {sodium}mmol/L",
                        "creatinine {creatinine} μmol/L  urea {urea} mmol/L\npotassium {potassium} mmol/L  sodium {sodium} mmol/L",
                    ),
                ),
                row(
                    "血脂*",
                    "Lipids*",
                    "cholesterol",
                    "triglycerides",
                    "ldl",
                    "hdl",
                    wording=(
                        "总胆固醇 {cholesterol}mmol/L　甘油三酯 {triglycerides}mmol/L\n"
                        "血清低密度脂蛋白胆固醇 {ldl}mmol/L　血清高密度脂蛋白胆固醇 {hdl}mmol/L",
                        "cholesterol {cholesterol} mmol/L  triglycerides {triglycerides} mmol/L\nLDL {ldl} mmol/L  HDL {hdl} mmol/L",
                    ),
                ),
                row(
                    "胸部X线片*",
                    "Chest X-ray*",
                    "chest_xray",
                    "chest_xray_note",
                    wording=("{chest_xray} {chest_xray_note}", "{chest_xray} {chest_xray_note}"),
                ),
                row(
                    "B超*",
                    "Ultrasound*",
                    "abdomen_ultrasound",
                    "abdomen_ultrasound_note",
                    "other_ultrasound",
                    "other_ultrasound_note",
                    wording=(
                        "腹部B超 {abdomen_ultrasound} {abdomen_ultrasound_note}\n其他 {other_ultrasound} {other_ultrasound_note}",
                        "abdomen {abdomen_ultrasound} {abdomen_ultrasound_note}\nother {other_ultrasound} {other_ultrasound_note}",
                    ),
                ),
                row("宫颈涂片*", "Cervical smear*", "cervical_smear"),
                row("其他*", "Other*", "test_other"),
            ),
            starts_page=True,
        ),
        PaperSection(
            Text("现存主要健康问题", "Present health problems"),
            (
                row("脑血管疾病", "Cerebrovascular", "problem_brain"),
                row("肾脏疾病", "Kidney", "problem_kidney"),
                row("心脏疾病", "Heart", "problem_heart"),
                row("血管疾病", "Vessels", "problem_vessel"),
                row("眼部疾病", "Eyes", "problem_eye"),
                row(
                    "神经系统疾病",
                    "Nerves",
                    "problem_nerve",
                    "problem_nerve_note",
                    wording=("{problem_nerve} {problem_nerve_note}", "{problem_nerve} {problem_nerve_note}"),
                ),
                row(
                    "其他系统疾病",
                    "Other",
                    "problem_other",
                    "problem_other_note",
                    wording=("{problem_other} {problem_other_note}", "{problem_other} {problem_other_note}"),
                ),
            ),
        ),
        PaperSection(
            Text("住院治疗情况", "In hospital"),
            (
                PaperLines(
                    Text("住院史", "Stays in hospital"),
                    "hospital_stays",
                    ("admitted_on", "discharged_on", "reason", "place", "case_number"),
                    2,
                    months=12,
                    only=("kind", "1"),
                ),
                PaperLines(
                    Text("家庭病床史", "Home beds"),
                    "hospital_stays",
                    ("admitted_on", "discharged_on", "reason", "place", "case_number"),
                    2,
                    months=12,
                    only=("kind", "2"),
                ),
            ),
            starts_page=True,
        ),
        PaperSection(
            Text("主要用药情况", "Medicines"),
            (PaperLines(Text("药物", "Medicines"), "medications", ("name", "usage", "dose", "months", "adherence"), 6, months=12),),
        ),
        PaperSection(
            Text("非免疫规划预防接种史", "Other vaccinations"),
            (PaperLines(Text("接种", "Vaccines"), "other_vaccinations", ("name", "vaccinated_on", "place"), 3, months=12),),
        ),
        PaperSection(
            Text("健康评价", "Evaluation"),
            (
                row("健康评价", "Evaluation", "evaluation"),
                row("异常1", "Finding 1", "abnormal_1"),
                row("异常2", "Finding 2", "abnormal_2"),
                row("异常3", "Finding 3", "abnormal_3"),
                row("异常4", "Finding 4", "abnormal_4"),
            ),
        ),
        PaperSection(
            Text("健康指导", "Guidance"),
            (
                row("健康指导", "Guidance", "guidance"),
                row(
                    "危险因素控制",
                    "Risk factors",
                    "risk_control",
                    "weight_goal",
                    "vaccine_advised",
                    wording=(
                        "{risk_control}\n减体重（目标 {weight_goal}kg）　建议接种疫苗 {vaccine_advised}",
                        "{risk_control}\nlose weight (goal {weight_goal} kg)  vaccine advised {vaccine_advised}",
                    ),
                ),
            ),
        ),
    ),
    notes=(
        Text(
            "表中带有*号的项目，在为一般居民建立健康档案时不作为免费检查项目，不同重点人群的免费检查项目按各专项服务规范的要求。",
            "Items marked * are free for certain groups only, as the chapter about each says.",
        ),
    ),
)
