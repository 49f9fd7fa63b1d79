"""What the ledger holds of vaccination. The names of guardians, reporters and units elsewhere stay in the database."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

_GIVEN_BY = Column("organisation", "code", Text("接种单位", "Vaccinated by"), field="organisation_id")
_UNIT = Column("organisation", "code", Text("单位", "Unit"), field="organisation_id")
_VACCINE = Column("vaccine", "code", Text("疫苗", "Vaccine"))
_LOT = Column("lot", "code", Text("批号", "Lot"))

VACCINATION = RecordContract(
    table="vaccination",
    label=Text("预防接种记录", "Vaccination"),
    model="immunisation.Vaccination",
    served_on="given_on",
    columns=(
        _GIVEN_BY,
        Column("given_on", "date", Text("接种日期", "Vaccinated on")),
        _VACCINE,
        _LOT,
        Column("expires_on", "date", Text("有效期至", "Expires on")),
        Column("way", "code", Text("接种途径", "Way")),
        Column("site", "code", Text("接种部位", "Site")),
        Column("fee", "code", Text("费用类别", "Paid by")),
        Column("informed", "bool", Text("已告知询问", "Informed and asked")),
        Column("observed_minutes", "int", Text("留观时间", "Observed for"), unit="分钟"),
        Column("dose_number", "int", Text("剂次", "Dose")),
        Column("verdict", "code", Text("有效性", "Whether it counts")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)
CERTIFICATE = RecordContract(
    table="vaccination_certificate",
    label=Text("预防接种证（卡）", "Vaccination certificate"),
    model="immunisation.Certificate",
    columns=(
        _GIVEN_BY,
        Column("issued_on", "date", Text("建证日期", "Issued on")),
        Column("living", "code", Text("居住类型", "Living here")),
        Column("mother_hbsag", "code", Text("母亲乙肝表面抗原", "Mother's HBsAg")),
        Column("birth_weight", "int", Text("出生体重", "Birth weight"), places=2, unit="kg"),
        Column("immunoglobulin_on", "date", Text("乙肝免疫球蛋白注射日期", "Immunoglobulin given on")),
    ),
)
HEALTH_STATE = RecordContract(
    table="vaccination_restriction",
    label=Text("接种禁忌与延期", "Contraindication or deferral"),
    model="immunisation.HealthState",
    columns=(
        _GIVEN_BY,
        Column("asked_on", "date", Text("评估日期", "Judged on")),
        Column("state", "code", Text("健康状态", "State of health")),
        Column("vaccines", "code", Text("涉及疫苗", "Vaccines concerned")),
        Column("conclusion", "code", Text("接种建议", "What follows")),
        Column("started_on", "date", Text("起始日期", "From")),
        Column("until", "date", Text("截止日期", "Until")),
        Column("concerned", "code", Text("禁忌或延期的疫苗", "Vaccines held back")),
        Column("kind", "code", Text("判定", "Judged")),
        Column("ends_on", "date", Text("延期至", "Deferred until")),
    ),
)
# One line a child and dose of the schedule, kept in step with the child's records (following.py); what rates stand on.
DOSE_DUE = RecordContract(
    table="vaccination_due",
    label=Text("应种剂次", "Dose due"),
    model="immunisation.DoseDue",
    columns=(
        Column("slot", "code", Text("程序剂次", "Dose of the schedule")),
        Column("series", "code", Text("疫苗系列", "Series")),
        Column("due_on", "date", Text("应种日期", "Due on")),
        Column("in_time_until", "date", Text("完成期限", "In time until")),
        Column("counted_until", "date", Text("统计至", "Counted until")),
        Column("given_on", "date", Text("有效接种日期", "Given on")),
        Column("exempt", "code", Text("禁忌或延期", "Held back")),
        Column("exempt_from", "date", Text("禁忌或延期起", "Held back from")),
        Column("exempt_until", "date", Text("禁忌或延期止", "Held back until")),
    ),
)
ADVERSE_EVENT = RecordContract(
    table="vaccination_adverse_event",
    label=Text("疑似预防接种异常反应", "Adverse event following immunisation"),
    model="immunisation.AdverseEvent",
    columns=(
        Column("organisation", "code", Text("报告单位", "Reported by"), field="organisation_id"),
        Column("happened_on", "date", Text("发生日期", "Reaction on")),
        Column("dose_on", "date", Text("接种日期", "Vaccinated on")),
        _VACCINE,
        _LOT,
        Column("fever", "int", Text("最高体温", "Highest temperature"), places=1, unit="℃"),
        Column("swelling", "int", Text("红肿或硬结直径", "Swelling"), places=1, unit="cm"),
        Column("severe", "bool", Text("严重", "Severe")),
        Column("urgent", "bool", Text("死亡、群体性等", "Death, cluster or the like")),
        Column("found_on", "date", Text("发现日期", "Found on")),
        Column("reported_on", "date", Text("报告日期", "Reported on")),
        Column("report_hours", "int", Text("报告用时", "Reported within"), unit="小时"),
        Column("investigated_on", "date", Text("调查开始日期", "Investigation begun on")),
        Column("case_form_on", "date", Text("个案调查表完成日期", "Case form completed on")),
        Column("classification", "code", Text("诊断分类", "Class")),
        Column("outcome", "code", Text("转归", "Outcome")),
    ),
)
STOCK = RecordContract(
    table="vaccine_stock",
    label=Text("疫苗出入库记录", "Vaccine stock"),
    model="immunisation.StockMovement",
    about_residents=False,
    named_by="lot",
    columns=(
        _UNIT,
        Column("moved_on", "date", Text("日期", "Day")),
        _VACCINE,
        _LOT,
        Column("expires_on", "date", Text("有效期至", "Expires on")),
        Column("movement", "code", Text("出入库类别", "Movement")),
        Column("doses", "int", Text("数量", "Doses"), unit="剂"),
        Column("arrival_temperature", "int", Text("到货温度", "Temperature on arrival"), places=1, unit="℃"),
        Column("transport_record", "bool", Text("有运输温度记录", "With a transport record")),
        Column("waste_reason", "code", Text("报废原因", "Why discarded")),
        Column("on_hand", "int", Text("账面结存", "On hand by the books"), unit="剂"),
        Column("difference", "int", Text("盘点差异", "Difference on counting"), unit="剂"),
    ),
)
TEMPERATURE = RecordContract(
    table="cold_chain_reading",
    label=Text("冷链测温记录", "Cold chain reading"),
    model="immunisation.ColdChainReading",
    about_residents=False,
    named_by="equipment",
    columns=(
        _UNIT,
        Column("read_on", "date", Text("测温日期", "Read on")),
        Column("read_at", "code", Text("测温时段", "Morning or afternoon")),
        Column("equipment", "code", Text("冷链设备", "Equipment")),
        Column("temperature", "int", Text("温度", "Temperature"), places=1, unit="℃"),
        Column("out_minutes", "int", Text("超温持续时间", "Out of range for"), unit="分钟"),
    ),
)
SCHOOL_CHECK = RecordContract(
    table="school_certificate_check",
    label=Text("入托入学接种证查验", "Certificates checked at school entry"),
    model="immunisation.SchoolCheck",
    about_residents=False,
    named_by="school",
    columns=(
        _UNIT,
        Column("checked_on", "date", Text("查验日期", "Checked on")),
        Column("school", "code", Text("学校或托幼机构", "School or kindergarten")),
        Column("kind", "code", Text("机构类别", "Kind")),
        Column("term_started_on", "date", Text("开学日期", "Term began on")),
        Column("children_new", "int", Text("新入儿童", "New children"), unit="人"),
        Column("children_checked", "int", Text("已查验儿童", "Children checked"), unit="人"),
        Column("without_certificate", "int", Text("无证儿童", "Without a certificate"), unit="人"),
        Column("to_catch_up", "int", Text("需补种儿童", "To catch up"), unit="人"),
        Column("caught_up", "int", Text("已补种儿童", "Caught up"), unit="人"),
        Column("rechecked_on", "date", Text("复核日期", "Checked again on")),
    ),
)
ENTRY_CHECK = RecordContract(
    table="school_entry_check",
    label=Text("入托入学查验（儿童）", "A child checked at school entry"),
    model="immunisation.EntryCheck",
    columns=(
        _UNIT,
        Column("checked_on", "date", Text("查验日期", "Checked on")),
        Column("school", "code", Text("学校或托幼机构", "School or kindergarten")),
        Column("kind", "code", Text("机构类别", "Kind")),
        Column("term_started_on", "date", Text("开学日期", "Term began on")),
        Column("certificate", "code", Text("预防接种证", "Certificate")),
        Column("told_on", "date", Text("补种通知日期", "Told to catch up on")),
        Column("missing", "code", Text("查验时缺种剂次", "Doses lacking when checked")),
        Column("result", "code", Text("查验结果", "Result")),
        Column("caught_up_on", "date", Text("补种完成日期", "Caught up on")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)
