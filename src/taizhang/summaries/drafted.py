"""The phrases of opening, problems and next steps: what drafting says, with its condition, in two languages."""

from taizhang.kernel.text import Text
from taizhang.summaries.phrases import Phrase

ALWAYS = Text("总说", "always")
_SHORT_OF_TARGET = Text("未达到年度目标", "short of the year's target")
GUIDANCE = Phrase(
    "opening",
    ALWAYS,
    Text(
        "{period}，{organisation}围绕年度工作任务，扎实推进各项卫生健康工作。",
        "In {period}, {organisation} carried forward its work along the tasks of the year.",
    ),
)
ON_COURSE_ALL = Phrase(
    "judgement",
    Text("年初至年中，任务全部达到或快于时间进度", "mid-year, every target at or ahead of pace"),
    Text(
        "{n}项年度任务全部达到或快于进度要求，实现时间过半、任务过半。",
        "All {n} yearly targets were at or ahead of pace: half the year, half the task.",
    ),
)
PACE_ALL = Phrase(
    "judgement",
    Text("任务全部达到或快于进度", "every target at or ahead of pace"),
    Text("{n}项年度任务全部达到或快于进度要求，工作进展顺利。", "All {n} yearly targets were at or ahead of pace."),
)
DONE_ALL = Phrase(
    "judgement",
    Text("年末任务全部完成", "every target met at the year's end"),
    Text("{n}项年度任务全部完成。", "All {n} yearly targets were met."),
)
DONE_SOME = Phrase(
    "judgement",
    Text("年末部分任务完成", "some targets met at the year's end"),
    Text("{n}项年度任务完成{k}项，其余任务仍有差距。", "{k} of {n} yearly targets were met; the rest fell short."),
)
STEADY = Phrase(
    "judgement",
    Text("半数以上达到或快于进度", "at least half at or ahead of pace"),
    Text(
        "{n}项年度任务中有{k}项达到或快于进度要求，各项工作总体平稳。",
        "{k} of {n} yearly targets were at or ahead of pace; the work was steady on the whole.",
    ),
)
BEHIND = Phrase(
    "judgement",
    Text("不足半数达到进度", "fewer than half at pace"),
    Text(
        "{n}项年度任务中有{k}项达到或快于进度要求，部分工作需要加快。",
        "{k} of {n} yearly targets were at or ahead of pace; some of the work must be sped up.",
    ),
)
NONE_AT_PACE = Phrase(
    "judgement",
    Text("没有任务达到进度", "no target at pace"),
    Text("{n}项年度任务均慢于进度要求，各项工作需要加快。", "None of the {n} yearly targets was at pace; the work must be sped up."),
)
DONE_NONE = Phrase(
    "judgement",
    Text("年末没有任务完成", "no target met at the year's end"),
    Text("{n}项年度任务均未完成，仍有差距。", "None of the {n} yearly targets was met; all fell short."),
)
HEADLINE = Phrase(
    "joint",
    Text("二至四个主要指标", "two to four headline figures"),
    Text("截至{cutoff}，{area}{list}。", "By {cutoff}, in {area}: {list}."),
)
GAP = Phrase(
    "problem",
    _SHORT_OF_TARGET,
    Text(
        "截至{cutoff}，{area}{name}为{value}，距{target}的年度目标差{gap}{units}。",
        "By {cutoff}, {name} stood at {value} in {area}, {gap} short of the year's target of {target}{units}.",
    ),
)
LAG = Phrase(
    "lag, unnamed",
    Text("有下级单位的数字", "the units below have figures"),
    Text(
        "；{d}个单位中有{k}个未达到目标，最高与最低单位相差{spread}",
        "; {k} of {d} units were below it, and {spread} lay between the highest and the lowest",
    ),
)
LAG_ALL = Phrase(
    "lag, unnamed",
    Text("下级单位都有数字，都未达到目标", "every unit below has a figure, and none reached the target"),
    Text(
        "；{d}个单位均未达到目标，最高与最低单位相差{spread}",
        "; none of {d} units reached it, and {spread} lay between the highest and the lowest",
    ),
)
REST = Phrase(
    "problem",
    Text("分母为应服务者", "the denominator counts who should be served"),
    Text("未达到要求的有{rest}{unit}。", "{rest} had not been served as required."),
)
SLOW = Phrase(
    "problem",
    Text("慢于时间进度", "behind the time gone"),
    Text(
        "{period}{name}为{value}{unit}，完成全年任务的{completion}，慢于时间进度{pace}。",
        "{name} came to {value} in {period}, {completion} of the year's task, {pace} behind the time gone.",
    ),
)
UNEVEN = Phrase(
    "problem",
    Text("单位之间差距大", "wide distance between units"),
    Text(
        "{area}{name}为{value}，{d}个单位中有{k}个低于这一水平，最高与最低单位相差{spread}。",
        "{name} stood at {value} in {area}; {k} of {d} units were below this, and {spread} lay between the highest and the lowest.",
    ),
)
LATE = Phrase(
    "problem",
    Text("有单位未报", "units have not reported"),
    Text(
        "截至{cutoff}，仍有{n}个单位未报全所需数据，涉及{m}项数字。",
        "Units that had not reported all that was asked by {cutoff}: {n}; figures this touches: {m}.",
    ),
)
FALLEN = Phrase(
    "problem",
    Text("低于去年同期", "below the same period last year"),
    Text("{area}{name}为{value}，比去年同期下降{points}。", "{name} stood at {value} in {area}, {points} below the same period last year."),
)
OPEN = Phrase(
    "problem",
    Text("应做未做", "due and not done"),
    Text(
        "{area}{name}为{value}，尚有{rest}{unit}未达到要求。",
        "{name} stood at {value} in {area}; {rest} still fell short of what is required.",
    ),
)
STEP_GAP = Phrase(
    "plan",
    _SHORT_OF_TARGET,
    Text(
        "{due}前，逐单位核对清单，{rest}{name}提高到{target}以上。",
        "By {due}, check the list unit by unit{rest}, and raise {name} to {target} or more.",
    ),
)
STEP_REST = Phrase("plan", _SHORT_OF_TARGET, Text("补齐未达到要求的{rest}{unit}，", ", serve the remaining {rest}"))
STEP_SLOW = Phrase(
    "plan",
    Text("慢于时间进度", "behind the time gone"),
    Text(
        "按月调度，{due}前完成全年任务{target}{unit}的{progress}以上。",
        "Follow it month by month; by {due}, at least {progress} of the year's task of {target} is done.",
    ),
)
STEP_AFTER = Phrase(
    "plan",
    Text("年度已过", "the year is over"),
    Text(
        "{due}前补做上年未完成的{rest}{unit}，新年度任务按月分解。",
        "By {due}, make up the {rest} left from last year; the new year's task is split by month.",
    ),
)
STEP_UNEVEN = Phrase(
    "plan",
    Text("单位之间差距大", "wide distance between units"),
    Text(
        "{due}前，对低于平均水平的{k}个单位逐一督导，最高与最低单位的差距缩小到{spread}以内。",
        "By {due}, supervise each of the {k} units below the average, and bring the distance between highest and lowest within {spread}.",
    ),
)
STEP_LATE = Phrase(
    "plan",
    Text("有单位未报", "units have not reported"),
    Text(
        "{due}前，{n}个单位补报所缺数据，此后按期报送、逐级审核。",
        "By {due}, the units concerned ({n}) report what is lacking; from then on returns come in time and are checked at each level.",
    ),
)
STEP_FALLEN = Phrase(
    "plan",
    Text("低于去年同期", "below the same period last year"),
    Text(
        "查明下降原因，{due}前恢复到去年同期{last}的水平以上。", "Find out why it fell; by {due} it is back at last year's {last} or above."
    ),
)
STEP_OPEN = Phrase(
    "plan",
    Text("应做未做", "due and not done"),
    Text(
        "{due}前，对未达到要求的{rest}{unit}逐一落实措施、逐一销号。",
        "By {due}, each of the {rest} that fall short is attended to and struck off.",
    ),
)
LOW = Phrase(
    "problem",
    Text("没有分子分母的率，未到应有水平", "a rate without counts, not at its height"),
    Text("{area}{name}为{value}，仍有提升空间。", "{name} stood at {value} in {area}; there is room above."),
)
STEP_LOW = Phrase(
    "plan",
    Text("没有分子分母的率，未到应有水平", "a rate without counts, not at its height"),
    Text(
        "查找薄弱单位和环节，{due}前使{name}在{value}的基础上继续提高。",
        "Find the weak units and steps; by {due}, {name} rises above {value}.",
    ),
)
BACKLOG = Phrase(
    "problem",
    Text("时点数，越少越好，且不为零", "a standing count of which fewer is better, and not nought"),
    Text("截至{cutoff}，{area}{name}为{value}{unit}。", "By {cutoff}, {name}: {value} in {area}."),
)
BACKLOG_UNITS = Phrase(
    "lag, unnamed",
    Text("有下级单位的数字", "the units below have figures"),
    Text("，涉及{k}个单位", ", spread over units: {k}"),
)
STEP_BACKLOG = Phrase(
    "plan",
    Text("时点数，越少越好，且不为零", "a standing count of which fewer is better, and not nought"),
    Text(
        "对照名单逐一落实，{due}前消化现有的{value}{unit}，严防新增。",
        "Go through the list one by one; by {due}, the present {value} are dealt with, and none is added.",
    ),
)
