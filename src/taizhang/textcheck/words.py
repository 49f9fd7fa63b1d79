"""What quantities are called, and which of them are of one sort: people are not visits, households not calls on them."""

import re

from taizhang.textcheck.amounts import Quantity, Sort

_ALIKE = (
    frozenset(["人", "名", "位", "例", "个", "口", "对", "人口"]),
    frozenset(["家", "个", "所", "处", "间", "单位", "机构", "村", "镇", "乡", "点", "座", "户次"]) - {"户次"},
    frozenset(["件", "起", "宗", "例", "个", "项", "条", "处", "批", "批次", "案", "单"]),
    frozenset(["次", "期", "场", "场次", "期次", "轮", "班", "个"]),
    frozenset(["台", "套", "辆", "个", "件"]),
    frozenset(["张", "床", "床位"]),
    frozenset(["份", "册", "本", "张"]),
    frozenset(["个", "项", "条", "种", "类", "门", "款", "品", "篇", "部", "块", "只", "支", "眼"]),
    frozenset(["座", "个", "座次", "栋"]),
    frozenset(["平方米", "平", "平米"]),
)


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two counts count the same sort of thing. A count without a unit goes with one without a unit only."""
    if one.sort is not other.sort:
        return False
    if one.unit == other.unit:
        return True
    return any(one.unit in group and other.unit in group for group in _ALIKE)


_RATE_END = re.compile(
    r"(?P<core>[\u4e00-\u9fffA-Za-z\d]*?)(?P<rate>率|比例|比率|百分比|占比|密度)(?:分别)?(?:仅|已|均|约|只|"
    r"就|也|都|可)*(?:达到了?|达|为|是|至|到|有|在|:|约|了|保持在|维持在|稳定在|上升至|提升至)*$"
)
_DROP = re.compile(
    r"^(?:截至[^，]*?[底末日月]|截止[^，]*?[底末日月前]|目前|今年以来|今年|"
    r"全年|上半年|下半年|前三季度|本月|本季度|当年|年内|其中|全(?:系统|[县市区镇乡省州旗院所站委局])|"
    r"按照?|以|本年度?|我[县市区局院镇]|辖区内?|累计|共计|共有|合计|总计|共|已经|已|先后|现有|现|均|实际|按时|另有|另|及(?!时|格)|和|与|、|使|"
    r"对|为|[一二三四五六七八九十]{1,2}是|并|且|同时|分别|城乡|（[^）]*）|\d+[、.])+"
)
_VERBS_END = re.compile(
    r"(?:分别)?(?:为|是|达到了?|达|只有|仅有|共有|共计|共|有|约|近|超过|累计达|累计|"
    r"合计|总计|到|已|了|计|至|仅|各|均|数|人数|总数|为止|数量|率|完成了?|"
    r"完成|:)*$"
)


def rate_core(quantity: Quantity) -> str | None:
    """What a rate is of: 规范管理 for 高血压患者规范管理率达; "" for 占比; None where the words before name no rate."""
    lead = quantity.label or quantity.lead
    match = _RATE_END.search(quantity.lead) or (_RATE_END.search(quantity.label) if quantity.label else None)
    if match is None and quantity.series is not None:
        match = _RATE_END.search(re.split("分别", quantity.subject)[0])
    if match is None:
        return None
    core = match["core"][-1:] if match["rate"] == "密度" else match["core"]
    core = re.split(r"[的、和及与]", core)[-1] if len(core) > 4 else core
    return _DROP.sub("", core) if lead else core


_GENERAL = ("健康", "规范", "系统", "患者", "人员", "全县", "全市", "工作", "居民", "服务", "总", "的", "按期", "及时")
_SAYS_SAME = {
    "办结": "办结|结案|处理|解决|答复|办理",
    "结案": "结案|办结",
    "整改": "整改|改正|整治",
    "合格": "合格|达标",
    "达标": "达标|合格|控制",
    "控制": "控制|达标|稳定",
    "建档": "建档|建立|档案",
    "接种": "接种|实种",
    "签约": "签约",
    "检出": "检出|阳性|发现|查出",
    "阳性": "阳性|检出",
    "治愈": "治愈|痊愈",
    "覆盖": "覆盖|开展|建成|实施|纳入|配备|设置|达到|实现",
    "参合": "参合|参加|参保",
    "参保": "参保|参加|参合",
    "体检": "体检|检查",
    "管理": "管理|在管",
    "随访": "随访|访视",
    "访视": "访视|随访",
    "住院分娩": "住院分娩|分娩",
    "建册": "建册|早孕|建卡",
    "早孕建册": "早孕|建册",
    "配送": "配送|到货|送达",
    "入库": "入库",
    "筛查": "筛查|检查|实检|检测",
    "知晓": "知晓|答对|正确",
    "满意": "满意",
    "及格": "及格|合格",
    "合格率": "合格",
    "及时": "及时",
    "报告": "报告",
    "查处": "查处",
    "到位": "到位|拨付|下达",
    "拨付": "拨付|到位",
    "执行": "支出|执行|使用|拨付",
    "使用": "使用|支出",
    "补偿": "补偿|报销|受益",
    "报销": "报销|补偿",
    "回访": "回访",
    "培训": "培训|参训",
    "参训": "参训|培训|参加",
    "复种": "接种|复种|补种",
    "转诊": "转诊|转出|上转|下转",
    "死亡": "死亡",
    "病死": "死亡|病死",
    "发病": "发病|报告|病例",
    "患病": "患病|病例",
    "监督": "监督|检查",
    "监测": "监测",
    "抽检": "抽检|检查|抽查",
    "就诊": "就诊|接诊|诊疗",
    "竣工": "竣工|完工",
    "开工": "开工|动工",
    "持证": "持证|取得|证",
    "上岗": "上岗",
    "注册": "注册",
    "救治": "救治|治疗",
    "治疗": "治疗|救治",
    "剖宫产": "剖宫产",
    "使用率": "使用",
    "抗原": "阳性",
    "录取": "录取|录用|聘",
    "核销": "销号|核销",
    "销号": "销号",
    "完工": "完工|竣工",
    "响应": "响应",
    "出勤": "出勤|到岗",
    "好转": "好转",
    "入户": "入户",
    "脱贫": "脱贫",
    "中标": "中标",
    "门诊": "门诊",
    "开展": "开展",
    "评估": "评估",
    "活动": "活动",
    "喂养": "喂养",
    "回收": "回收|收回",
    "通过": "通过|合格",
}


def says(core: str, words: str) -> bool:
    """Whether the words of a count name what the rate is of: 整改 in 已整改131个."""
    if not core or not words:
        return False
    bare = core
    for general in _GENERAL:
        if len(bare) > len(general) + 1:
            bare = bare.replace(general, "")
    for length in (len(core), 4, 3, 2):
        if length <= len(core) and core[-length:] in words:
            return True
    for key, others in _SAYS_SAME.items():
        if core.endswith(key) and re.search(others, words):
            return True
    return len(bare) >= 2 and bare[-2:] in words


def words_of(quantity: Quantity) -> str:
    return f"{quantity.label}{quantity.lead}{quantity.tail}"


def name_of(quantity: Quantity) -> str:
    """What is counted, as a name two places can share; "" where the words give none."""
    lead = quantity.label if quantity.label and quantity.series else quantity.lead
    lead = re.sub(
        (
            r"[*×xX○]+年|\d{4}年(?:\d{1,2}[-—至]\d{1,2}月|\d{1,2}月底?|上半年|下半年)?|"
            r"\d{1,2}[-—至]\d{1,2}月(?:份)?|\d{1,2}月(?:份|底|末)?|截至|截止|年底|"
            r"目前"
        ),
        "",
        lead,
    )
    lead = (
        _VERBS_END.sub("", lead)
        if quantity.sort is not Sort.RATE
        else re.sub(r"(?:分别)?(?:仅|已|均|约)*(?:达到了?|达|为|是|至|到|了|约|:)*$", "", lead)
    )
    return _DROP.sub("", lead).strip("、 的*")
