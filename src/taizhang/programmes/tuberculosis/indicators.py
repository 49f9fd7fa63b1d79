"""Figures of tuberculosis control as reported: counts without persons."""

from taizhang.kernel.reporting import HIGHER, NEITHER, reported, reported_rate
from taizhang.programmes.tuberculosis.returns import FORM

SUSPECTS = reported(
    FORM,
    "suspects",
    better=HIGHER,
    why=("可疑症状者就诊是发现病人的主要途径。", "Most patients are found among those who come with symptoms."),
)
FOUND = reported(
    FORM, "found", by_row=True, better=HIGHER, why=("及早发现传染源，才能切断传播。", "Finding sources early is what stops transmission.")
)
TASK = reported(
    FORM,
    "task",
    by_row=True,
    better=NEITHER,
    name=("肺结核病人发现年度任务", "Tuberculosis patients to be found this year"),
    why=("上级下达的全年发现任务，是完成率的分母。", "The year's task set from above; the completion rate stands on it."),
)
SUSPECT_RATE = reported_rate(
    FORM,
    "suspects",
    "population",
    code="suspect_rate",
    unit="‰",
    name=("肺结核可疑症状者就诊率", "Suspected tuberculosis patients seen per 1,000 population"),
    why=("反映群众知晓程度和医疗机构的警觉性。", "It shows how aware people are and how watchful institutions."),
)
COMPLETION = reported_rate(
    FORM,
    "found",
    "task",
    code="completion",
    by_row=True,
    name=("肺结核病人发现完成率", "Tuberculosis patients found, of the year's task"),
    why=("衡量全年发现任务的完成进度，可超过百分之百。", "Progress on the year's task; it may pass one hundred percent."),
)
