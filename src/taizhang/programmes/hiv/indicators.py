"""Figures of HIV/AIDS control as reported: counts without persons."""

from taizhang.kernel.reporting import HIGHER, NEITHER, reported
from taizhang.programmes.hiv.returns import FORM

FOUND = reported(
    FORM,
    "found",
    better=NEITHER,
    name=("发现艾滋病病人和感染者", "AIDS patients and HIV infected persons found"),
    why=("及早发现，及早治疗，减少传播。", "Found early, treated early, passed on less."),
)
COUNSELLED = reported(
    FORM,
    "counselled",
    better=HIGHER,
    name=("接待艾滋病自愿咨询", "Voluntary HIV counselling"),
    why=("自愿咨询检测是主动发现的窗口。", "Voluntary counselling is where people come of their own accord."),
)
TESTED = reported(
    FORM,
    "tested",
    by_row=True,
    better=HIGHER,
    name=("艾滋病检测人数", "Persons tested for HIV"),
    why=("扩大检测才能掌握疫情底数。", "Only wider testing shows the true extent."),
)
