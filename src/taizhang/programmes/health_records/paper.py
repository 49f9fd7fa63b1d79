"""个人基本信息表 on paper; 健康体检表 stands in a module of its own."""

from taizhang.kernel.paper import PaperForm, PaperLines, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.health_records.examination_paper import EXAMINATIONS, row
from taizhang.programmes.health_records.rules import SPECIFICATION

__all__ = ["EXAMINATIONS", "RECORDS"]

RECORD_FORM = Source(SPECIFICATION, "居民健康档案管理服务规范 附件 个人基本信息表")


_NONE_SOME = (Text("无", "none"), Text("有", "some"))


def _history(zh: str, en: str, kind: str, *fields: str, most: int) -> PaperLines:
    return PaperLines(Text(zh, en), "past_history", fields, most, kept_up=True, only=("kind", kind), inline=True)


RECORDS = PaperForm(
    code="personal_information_form",
    name=Text("个人基本信息表", "Personal basic information"),
    register="health_records",
    source=RECORD_FORM,
    sections=(
        PaperSection(
            None,
            (
                row(
                    "性别、出生日期",
                    "Sex, birth date",
                    "resident.sex",
                    "resident.birth_date",
                    wording=("{resident.sex}　　出生日期 {resident.birth_date}", "{resident.sex}  born {resident.birth_date}"),
                ),
                row(
                    "身份证号、工作单位",
                    "Identity number, employer",
                    "resident.identity_number",
                    "employer",
                    wording=("{resident.identity_number}　　工作单位 {employer}", "{resident.identity_number}  employer {employer}"),
                ),
                row(
                    "本人电话、联系人",
                    "Phone, contact",
                    "resident.phone",
                    "contact_name",
                    "contact_phone",
                    wording=(
                        "{resident.phone}　联系人姓名 {contact_name}　联系人电话 {contact_phone}",
                        "{resident.phone}  contact {contact_name}  phone {contact_phone}",
                    ),
                ),
                row("常住类型", "Kind of residence", "residence_kind"),
                row("民族", "Nationality", "nation"),
                row("血型", "Blood type", "blood_type", "rhesus", wording=("{blood_type}\nRH：{rhesus}", "{blood_type}\nRh: {rhesus}")),
                row("文化程度", "Education", "education"),
                row("职业", "Occupation", "occupation"),
                row("婚姻状况", "Marital status", "marriage"),
                row("医疗费用支付方式", "How care is paid", "payment"),
                row(
                    "药物过敏史",
                    "Drug allergies",
                    "drug_allergy",
                    "drug_allergy_other",
                    wording=("{drug_allergy}\n其他：{drug_allergy_other}", "{drug_allergy}\nother: {drug_allergy_other}"),
                ),
                row("暴露史", "Exposure", "exposure"),
            ),
        ),
        PaperSection(
            Text("既往史", "Past history"),
            (
                row("疾病", "Diseases", "past_diseases"),
                _history("确诊时间", "Diagnosed", "1", "disease", "name", "happened_on", most=2),
                PaperRow(Text("手术", "Operations"), ("surgery",), no_yes=_NONE_SOME),
                _history("名称、时间", "Name, date", "2", "name", "happened_on", most=2),
                PaperRow(Text("外伤", "Injuries"), ("injury",), no_yes=_NONE_SOME),
                _history("名称、时间", "Name, date", "3", "name", "happened_on", most=2),
                PaperRow(Text("输血", "Transfusions"), ("transfusion",), no_yes=_NONE_SOME),
                _history("原因、时间", "Reason, date", "4", "name", "happened_on", most=2),
            ),
        ),
        PaperSection(
            Text("家族史", "Family history"),
            (
                row("父亲", "Father", "family_father"),
                row("母亲", "Mother", "family_mother"),
                row("兄弟姐妹", "Siblings", "family_siblings"),
                row("子女", "Children", "family_children"),
                row("其他", "Other", "family_other"),
            ),
        ),
        PaperSection(
            None,
            (
                row(
                    "遗传病史",
                    "Hereditary disease",
                    "hereditary",
                    "hereditary_name",
                    wording=("{hereditary}\n疾病名称：{hereditary_name}", "{hereditary}\nname: {hereditary_name}"),
                ),
                row(
                    "残疾情况",
                    "Disability",
                    "disability",
                    "disability_other",
                    wording=("{disability}\n其他残疾：{disability_other}", "{disability}\nother: {disability_other}"),
                ),
            ),
        ),
        PaperSection(
            Text("生活环境", "Where the person lives"),
            (
                row("厨房排风设施", "Kitchen ventilation", "kitchen"),
                row("燃料类型", "Fuel", "fuel"),
                row("饮水", "Drinking water", "water"),
                row("厕所", "Toilet", "toilet"),
                row("禽畜栏", "Livestock pen", "livestock"),
            ),
        ),
        PaperSection(
            None,
            (
                row(
                    "建档",
                    "The record",
                    "opened_on",
                    "opened_by",
                    "doctor",
                    "updated_on",
                    wording=(
                        "建档日期 {opened_on}　建档人 {opened_by}　责任医生 {doctor}\n最近更新 {updated_on}",
                        "opened {opened_on} by {opened_by}, doctor {doctor}\nupdated {updated_on}",
                    ),
                ),
            ),
        ),
    ),
)
