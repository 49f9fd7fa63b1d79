"""Figures of health supervision as reported, each in the row of its specialty."""

from functools import partial

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.supervision.returns import FORM, SPECIALTIES

_occupational = partial(reported, FORM, row="occupational")
EMPLOYERS_CHECKED = _occupational(
    "employers_checked",
    better=HIGHER,
    name=("监督检查职业病危害用人单位", "Employers with occupational hazards inspected"),
    why=("用人单位是职业病防治的责任主体。", "Employers bear the duty of preventing occupational disease."),
)
EMPLOYERS_WITH_PROBLEMS = _occupational(
    "employers_with_problems",
    better=LOWER,
    name=("存在问题的用人单位", "Employers found with problems"),
    why=("发现问题并限期整改是监督的目的。", "Finding problems and having them mended is what inspection is for."),
)
ENTRY_EXAMINATIONS = _occupational(
    "entry_examinations",
    better=HIGHER,
    name=("上岗前职业健康体检", "Health examinations before taking up work"),
    why=("岗前体检可及早发现职业禁忌。", "They show in time who must not do a hazardous job."),
)
HEALTH_CERTIFICATES = _occupational(
    "health_certificates",
    better=NEITHER,
    why=("持证上岗是从业人员健康管理的要求。", "Staff of such trades must hold a health certificate."),
)
PROBLEM_RATE = reported_rate(
    FORM,
    "employers_with_problems",
    "employers_checked",
    row="occupational",
    code="problem_rate",
    better=LOWER,
    name=("用人单位问题检出率", "Employers with problems, of those inspected"),
    why=("反映用人单位职业病防治措施的落实情况。", "How far employers keep the rules of occupational health."),
)
RADIATION_CHECKED = reported(
    FORM,
    "units_checked",
    row="radiation",
    code="radiation_units_checked",
    better=HIGHER,
    name=("监督检查放射诊疗单位", "Units with radiological diagnosis or treatment inspected"),
    why=("保障放射工作人员、患者和公众的健康权益。", "It protects staff, patients and the public from radiation."),
)
_medical = partial(reported, FORM, row="medical")
INSTITUTIONS_PATROLLED = _medical(
    "institutions_patrolled",
    better=HIGHER,
    why=("巡查是打击非法行医的基本手段。", "Patrols are the basic means against unlicensed practice."),
)
OPINIONS = _medical(
    "opinions",
    better=NEITHER,
    name=("下达卫生监督整改意见书", "Written inspection opinions issued"),
    why=("意见书使发现的问题有据可查、限期整改。", "A written opinion puts a problem on record with a time limit."),
)
CASES_FILED = _medical(
    "cases_filed",
    better=NEITHER,
    name=("医疗服务立案查处", "Cases filed against medical services"),
    why=("立案查处反映执法力度。", "It shows how firmly the law is enforced."),
)
LICENCES_VERIFIED = _medical(
    "licences_verified",
    better=HIGHER,
    name=("到期校验医疗机构", "Medical institutions verified when due"),
    why=("按期校验保证机构持续符合执业条件。", "Verification on time keeps institutions fit to practise."),
)
ADVERTS = _medical(
    "adverts",
    better=NEITHER,
    name=("查处违法医疗广告", "Unlawful medical advertisements dealt with"),
    why=("违法医疗广告误导群众就医。", "Unlawful advertisements mislead patients."),
)
COMPLAINTS = _medical(
    "complaints",
    better=NEITHER,
    name=("处理医疗服务群众投诉", "Complaints about medical services handled"),
    why=("群众投诉是发现违法行为的线索。", "Complaints lead to breaches of the law."),
)
CONSULTED = reported(
    FORM,
    "consulted",
    row="publicity",
    better=HIGHER,
    name=("卫生法律法规宣传咨询", "People advised on health law"),
    why=("普及卫生法律知识，营造执法环境。", "Law that people know is easier to enforce."),
)

UNITS = reported(
    SPECIALTIES,
    "units",
    by_row=True,
    prefix="supervision",
    better=NEITHER,
    name=("应监督单位", "Units under inspection"),
    why=("底数清，监督才能不留空白。", "Without a full list something is left out."),
)
VISITS = reported(
    SPECIALTIES,
    "visits",
    by_row=True,
    prefix="supervision",
    better=HIGHER,
    name=("监督检查户次", "Inspections"),
    why=("反映日常监督的工作量。", "The work load of routine inspection."),
)
FILED = reported(
    SPECIALTIES,
    "filed",
    by_row=True,
    prefix="supervision",
    better=NEITHER,
    name=("分专业立案", "Cases filed by specialty"),
    why=("立案反映执法力度和违法集中的领域。", "Cases show firmness, and where the law is broken."),
)
CLOSED = reported(
    SPECIALTIES,
    "closed",
    by_row=True,
    prefix="supervision",
    better=HIGHER,
    name=("分专业结案", "Cases closed by specialty"),
    why=("立案必查、查必结案。", "A case opened has to be brought to an end."),
)
FINED = reported(
    SPECIALTIES,
    "fined",
    by_row=True,
    prefix="supervision",
    better=NEITHER,
    name=("罚没款", "Fines"),
    why=("罚没款反映处罚的实际力度。", "What punishment amounted to."),
)
COVERAGE = reported_rate(
    SPECIALTIES,
    "covered",
    "units",
    code="coverage",
    by_row=True,
    prefix="supervision",
    better=HIGHER,
    name=("监督覆盖率", "Units inspected this year, of all"),
    why=("每个单位每年至少监督一次。", "Each unit is inspected at least once a year."),
)
PASS_RATE = reported_rate(
    SPECIALTIES,
    "passed",
    "visits",
    code="pass_rate",
    by_row=True,
    prefix="supervision",
    better=HIGHER,
    name=("监督检查合格率", "Inspections passed"),
    why=("合格率反映行业守法状况。", "How well the trade keeps the law."),
)
CLOSING_RATE = reported_rate(
    SPECIALTIES,
    "closed",
    "filed",
    code="closing_rate",
    by_row=True,
    prefix="supervision",
    better=HIGHER,
    name=("案件结案率", "Cases closed, of those filed"),
    why=("以本期结案与本期立案相比，可超过百分之百。", "Cases closed against cases filed in the period; it may pass one hundred percent."),
)
