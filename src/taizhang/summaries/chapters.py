"""The sections of 一、主要工作开展情况, by the hundred of Programme.order, in the order a bureau's summary takes them."""

from dataclasses import dataclass

from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Chapter:
    """heading: the slogan under which a chapter gathers its programmes' paragraphs as 一是…二是…; a paragraph that stands alone keeps
    its own head as the section's. opening: the run-in head of the deeds with which the chapter opens."""

    hundred: int
    heading: Text
    opening: Text


CHAPTERS = (
    Chapter(
        1,
        Text("医药卫生体制改革稳步推进", "Health reform carried forward"),
        Text("强化统筹抓推进", "Co-ordination strengthened"),
    ),
    Chapter(
        2,
        Text("基本公共卫生服务扎实推进", "Basic public health services carried forward"),
        Text("压实责任抓落实", "Responsibility pressed home"),
    ),
    Chapter(
        3,
        Text("疾病预防控制稳步开展", "Disease control kept up"),
        Text("落实责任抓防控", "Duties of control made firm"),
    ),
    Chapter(
        4,
        Text("妇幼健康服务持续加强", "Maternal and child health strengthened"),
        Text("健全机制抓保障", "Ways of working put in order"),
    ),
    Chapter(
        5,
        Text("基本药物制度和医疗服务管理有序推进", "Essential medicines and medical care managed"),
        Text("规范管理抓落实", "Management tightened"),
    ),
    Chapter(
        6,
        Text("卫生监督执法不断加强", "Health inspection strengthened"),
        Text("明确任务抓监管", "Tasks of inspection laid down"),
    ),
    Chapter(
        7,
        Text("卫生服务体系逐步健全", "Institutions and workforce built up"),
        Text("统筹谋划抓建设", "Construction planned as a whole"),
    ),
    Chapter(
        8,
        Text("爱国卫生运动深入开展", "The patriotic health campaign kept up"),
        Text("广泛发动抓行动", "People called to action"),
    ),
    Chapter(
        9,
        Text("群众诉求办理和问题整改有序进行", "Complaints and rectification attended to"),
        Text("压实责任抓整改", "Responsibility for mending pressed home"),
    ),
)
OTHER = Chapter(10, Text("其他工作统筹推进", "Other work"), Text("加强调度抓落实", "Work followed closely"))


def chapter_of(order: int) -> Chapter:
    """The chapter a programme's order places it in; an order outside 100 to 999 stands last."""
    return next((c for c in CHAPTERS if c.hundred == order // 100), OTHER)
