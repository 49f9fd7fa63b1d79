"""Figures of construction projects as reported: the sum over projects, and each project."""

from functools import partial

from taizhang.kernel.reporting import NEITHER, reported
from taizhang.programmes.construction.returns import FORM

_figure = partial(reported, FORM, by_row=True, better=NEITHER)
AREA = _figure(
    "area",
    name=("建设项目规划建筑面积", "Floor area of construction projects"),
    why=("反映服务体系建设的规模。", "The extent to which institutions are being built up."),
)
INVESTMENT = _figure(
    "investment",
    name=("建设项目总投资", "Total investment in construction projects"),
    why=("投资规模是项目管理和筹资的依据。", "Funding and control of projects rest on it."),
)
PAID = _figure(
    "paid",
    name=("建设项目累计投入", "Invested in construction projects so far"),
    why=("反映资金到位和工程进度。", "It shows how money and works advance."),
)
AREA_FINISHED = _figure(
    "area_finished",
    name=("建设项目完成建筑面积", "Floor area of construction projects finished"),
    why=("反映工程形象进度。", "It shows how far the works have come."),
)
