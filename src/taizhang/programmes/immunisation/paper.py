"""预防接种卡 on paper, with the doses given below; and the AEFI report."""

from taizhang.kernel.paper import PaperForm, PaperLines, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.immunisation.rules import ADVERSE

FORM = Source("国家基本公共卫生服务规范（第三版）", "预防接种服务规范 附件 预防接种卡")

CARD = PaperForm(
    code="vaccination_card",
    name=Text("预防接种卡", "Vaccination card"),
    register="vaccination_certificates",
    source=FORM,
    sections=(
        PaperSection(
            None,
            (
                PaperRow(Text("性别", "Sex"), ("resident.sex",)),
                PaperRow(Text("出生日期", "Birth date"), ("resident.birth_date",)),
                PaperRow(Text("监护人姓名", "Guardian"), ("guardian",)),
                PaperRow(Text("与儿童关系", "Relation to the child"), ("guardian_relation",)),
                PaperRow(Text("联系电话", "Phone"), ("guardian_phone",)),
                PaperRow(Text("居住类型", "Living here"), ("living",)),
                PaperRow(Text("出生医院", "Born in"), ("birth_hospital",)),
                PaperRow(Text("出生体重（kg）", "Birth weight (kg)"), ("birth_weight",)),
                PaperRow(Text("母亲乙肝表面抗原", "Mother's HBsAg"), ("mother_hbsag",)),
                PaperRow(Text("乙肝免疫球蛋白注射日期", "Immunoglobulin given on"), ("immunoglobulin_on",)),
                PaperRow(Text("迁入时间", "Moved in on"), ("moved_in_on",)),
                PaperRow(Text("迁出时间", "Moved out on"), ("moved_out_on",)),
                PaperRow(Text("迁出原因", "Why moved out"), ("moved_out_why",)),
                PaperRow(Text("疫苗异常反应史", "Reactions to vaccines before"), ("reaction_history",)),
                PaperRow(Text("接种禁忌", "Contraindications"), ("contraindications",)),
                PaperRow(Text("传染病史", "Infectious diseases had"), ("infections",)),
                PaperRow(Text("建卡日期", "Card opened on"), ("issued_on",)),
                PaperRow(Text("预防接种证编号", "Certificate number"), ("number",)),
                PaperRow(Text("建卡人", "Opened by"), ("issued_by",)),
            ),
        ),
        PaperSection(
            Text("疫苗与剂次", "Vaccines and doses"),
            (
                PaperLines(
                    Text("疫苗、剂次、接种日期、接种部位、批号、有效期、生产企业、接种医生、备注",
                         "Vaccine, dose, day, site, lot, expiry, maker, vaccinator, note"),
                    "vaccinations",
                    ("vaccine", "dose_number", "given_on", "site", "lot", "expires_on", "maker", "vaccinator", "note"),
                    most=30,
                    kept_up=True,
                ),
            ),
        ),
    ),
    notes=(
        Text("儿童迁出后仍应保留其预防接种卡，保存期限应在儿童满6周岁后不少于15年。",
             "The card is kept for at least 15 years after the child's sixth birthday."),
    ),
)  # fmt: skip

AEFI = PaperForm(
    code="vaccination_adverse_event_form",
    name=Text("疑似预防接种异常反应个案报告卡", "Report of an adverse event following immunisation"),
    register="vaccination_adverse_events",
    source=ADVERSE,
    sections=(
        PaperSection(
            Text("接种", "Vaccination"),
            (
                PaperRow(Text("性别", "Sex"), ("resident.sex",)),
                PaperRow(Text("出生日期", "Birth date"), ("resident.birth_date",)),
                PaperRow(Text("可疑疫苗", "Vaccine suspected"), ("vaccine",)),
                PaperRow(Text("批号", "Lot"), ("lot",)),
                PaperRow(Text("生产企业", "Maker"), ("maker",)),
                PaperRow(Text("接种日期", "Vaccinated on"), ("dose_on",)),
            ),
        ),
        PaperSection(
            Text("反应", "Reaction"),
            (
                PaperRow(Text("反应发生日期", "Reaction on"), ("happened_on",)),
                PaperRow(Text("发现或就诊日期", "Found on"), ("found_on",)),
                PaperRow(Text("主要临床经过", "Symptoms"), ("symptoms",)),
                PaperRow(Text("发热（腋温，℃）", "Fever (℃)"), ("fever",)),
                PaperRow(Text("局部红肿或硬结直径（cm）", "Swelling (cm)"), ("swelling",)),
                PaperRow(Text("严重", "Severe"), ("severe",), yes_first=True),
                PaperRow(Text("死亡、严重残疾、群体性或有重大社会影响",
                              "Death, severe disability, cluster or public concern"), ("urgent",), yes_first=True),
                PaperRow(Text("转归", "Outcome"), ("outcome",)),
            ),
        ),
        PaperSection(
            Text("报告与调查", "Report and investigation"),
            (
                PaperRow(Text("报告日期", "Reported on"), ("reported_on",)),
                PaperRow(Text("发现至报告用时（小时）", "From finding to report (hours)"), ("report_hours",)),
                PaperRow(Text("报告人", "Reported by"), ("reporter",)),
                PaperRow(Text("调查日期", "Investigation begun on"), ("investigated_on",)),
                PaperRow(Text("个案调查表完成日期", "Case form completed on"), ("case_form_on",)),
                PaperRow(Text("反应分类", "Class"), ("classification",)),
            ),
        ),
    ),
)  # fmt: skip
