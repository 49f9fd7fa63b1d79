"""Figures of health education: what was done, and how many people an event reached on average."""

from functools import partial

from taizhang.kernel.reporting import HIGHER, reported, reported_rate
from taizhang.programmes.health_education.returns import FORM

_figure = partial(reported, FORM, better=HIGHER)

MATERIALS = _figure(
    "materials",
    why=(
        "印发资料是健康知识入户的基本途径，规范规定了每年的最低种类。",
        "Leaflets bring health knowledge into homes; the specification sets a yearly minimum.",
    ),
)
BOARDS = _figure("boards", why=("专栏按期更新，群众才看得到新内容。", "Boards must be renewed on time for people to see anything new."))
CONSULTATIONS = _figure("consultations", why=("公众咨询活动把服务送到群众身边。", "Consultations take the service to where people are."))
CONSULTED = _figure("consulted", why=("反映咨询活动实际触及的人次。", "How often people were in fact reached by consultations."))
LECTURES = _figure(
    "lectures",
    why=("讲座次数有规范下限，是健康教育的主要形式。", "Lectures are the main form of health education and have a prescribed minimum."),
)
ATTENDED = _figure("attended", why=("反映讲座实际触及的人次。", "How often people were in fact reached by lectures."))

PER_LECTURE = reported_rate(
    FORM,
    "attended",
    "lectures",
    code="per_lecture",
    name=("健康教育讲座平均每次人次", "Mean attendance at a health lecture"),
    unit="人次/次",
    why=("场次多而听众少，说明讲座流于形式。", "Many lectures with few listeners are lectures on paper only."),
)
PER_CONSULTATION = reported_rate(
    FORM,
    "consulted",
    "consultations",
    code="per_consultation",
    unit="人次/次",
    name=("公众健康咨询平均每次人次", "Mean attendance at a public health consultation"),
    why=("每次活动触及多少人，衡量咨询活动的实效。", "How many people one event reaches tells what it is worth."),
)
