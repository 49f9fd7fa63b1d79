"""Characters → typed tokens. One pass, left to right, each character once: the time is that of the length.

What has digits and is no quantity (a document's number, 2型, 12320, 第二轮) is a NAME; a figure somebody masked (xx, **, 0、*%) is a MASK.
Chinese numerals count only before a unit, and never in a set phrase (一系列, 每一个, 三好一满意).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    NUMBER = "NUMBER"  # digits
    CHINESE = "CHINESE"  # a Chinese numeral
    HUNDREDTH = "HUNDREDTH"  # 百分之三十
    FRACTION = "FRACTION"  # 三分之一, 一半, 三成
    DOUBLED = "DOUBLED"  # 翻一番
    QUOTIENT = "QUOTIENT"  # 952/1000
    SCALE = "SCALE"  # 万, 亿
    MORE = "MORE"  # 余, 多, 几
    ABOUT = "ABOUT"  # 约, 近, 超过
    BOUND = "BOUND"  # 以上, 左右
    TO = "TO"  # —, 至 between two numbers
    SIGN = "SIGN"  # %, ‰, /10万
    POINTS = "POINTS"  # 个百分点
    UNIT = "UNIT"
    DAY = "DAY"
    MASK = "MASK"
    NAME = "NAME"
    STOP = "STOP"  # 。！？ and a line's end
    PAUSE = "PAUSE"  # ，；：（）、
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


UNITS = (
    "人次|针次|剂次|人份|人日|例次|户次|台次|家次|场次|期次|件次|份次|车次|床日|床位|辆次|艘次|株次|"
    "万元|亿元|千元|元|角|平方米|平方公里|平米|平|立方米|公里|千米|公斤|千克|小时|分钟|毫升|"
    "个百分点|个|人|名|例|份|家|所|件|起|台|套|辆|间|张|床|场|次|期|轮|批|项|户|村|吨|亩|天|日|倍|册|块|支|部|篇|条|位|处|种|类|"
    "组|届|队|门|款|宗|片|幅|剂|针|只|头|岁|对|遍|瓶|盒|箱|袋|斤|克|米|单位|"
    "机构|病区|镇|乡|县|年|个月|周|盘|枚|座|栋|幢|口|座次|学时|课时|分|字|"
    "孔|眼|根|盏|站|单|案|车|组次|班|节|板|滴|万|亿|"
    "病例|病(?![人例房床种情毒案历区程残死休故发])|平方尺|方尺|平方寸|担|人口(?![死出自])|毫克/升|毫克/千克|微克/升|微克/立方米|mg/L|mg/kg|趟|夹次|笔|头份|羽|顶|副|封|桶|架次|班次|项次|点次|校次|课|卷|窝|株|公顷|公斤|立方|DDDs|DDD|kg|km|ml|mg"
)
_UNIT = "|".join(sorted({u for u in UNITS.split("|") if u not in ("万", "亿", "个百分点")}, key=len, reverse=True))
_C = "零〇一二两三四五六七八九"
_CN = rf"(?:[{_C}十百千][{_C}十百千万]*(?:点[{_C}]+)?)"
_DIGITS = r"\d+(?:\.\d+)?"
_SPAN = r"[-—~至到]{1,2}"
_YEAR = r"(?:(?:19|20)\d{2}|[x×*＊○某]{1,4}|二[〇○零]\w\w)"
_MONTH = r"(?:1[0-2]|0?[1-9])"

_DAY = (
    rf"{_YEAR}年{_SPAN}{_YEAR}年|{_YEAR}{_SPAN}{_YEAR}年"
    rf"|{_YEAR}年(?:度|(?:{_MONTH}(?:月份?)?{_SPAN})?{_MONTH}月(?:份|\d{{1,2}}日(?:{_SPAN}\d{{1,2}}日)?|"
    rf"底|初|末|中旬|上旬|下旬)?|第?[一二三四1-4]季度|前三季度|[上下]半年|底|末|初)?"
    rf"|{_MONTH}(?:月份?)?{_SPAN}{_MONTH}月份?"
    rf"|{_MONTH}月\d{{1,2}}日(?:{_SPAN}(?:{_MONTH}月)?\d{{1,2}}日)?|{_MONTH}月(?:份|底|末|初|中旬|上旬|下旬)?|(?:1[0-2]|[1-9])个月"
    r"|(?:19|20)\d{2}-\d{1,2}-\d{1,2}|元月(?:份)?(?:至\d{1,2}月)?|年元至\d{1,2}月"
    r"|[一两二三四五六\d]{1,2}周(?:以?内)?|\d{1,3}(?:天|日|个工作日|小时|"
    r"年|个月)以?内|[一二两三四五六七八九十\d]{1,2}年(?:前|来|间|以来)|[去上]年同[期月季]|同期|前三季度|第?[一二三四]季度|[上下]半年|"
    r"去年|上年度?|前年|今年(?:以来)?|本年度?|当年|明年|全年|年内"
    r"|上个?月|本月|当月|上季度|本季度|[一二三四五六七八九十]{1,2}月份?(?:底|末|初)?"
)
_NAME = (
    r"\d{16,}(?:\.\d*)?|(?:^|(?<=\n))\d{1,2}\.\d{1,2}(?=[\u4e00-\u9fff])(?![万亿元人个件家所次例份吨岁年月名倍])|\d+\.\d{9,}|(?:^|(?<=\n))\d{1,2}[、.．](?!\d)|(?:^|(?<=[\n。；：]))（\d{1,2}）|（(?:19|20|\*\*|xx)?[\d*x]{2,4}）第?\d+号|"
    r"第[\d一二三四五六七八九十百]+[号次届批期轮条章节款项个位名版年天]?|\d+型"
    r"|(?:12320|12345|12356|12315|12331|12349)(?!\d|人|次|例|份|\.)|120(?=急救|指挥|网络|调度)|3\.15|“[^”\d]{0,6}\d[\d.·]*[^”]{0,8}”日?"
    r"|每(?:百|千|万|十万)(?:名|个)?(?:常住)?(?:人口|居民|人)(?!次)|[A-Za-z]+[-/]?\d+[A-Za-z\d]*|\d+(?:\.\d+){2,}|"
    r"\d?[A-Z]{1,2}级|\d+(?:[—\-~至]+\d+)?分(?:及)?(?:以[上下])?(?=的|者|[组段])|\d+(?:[—\-~至]+\d+)?岁(?:(?:及)?以[上下])?(?=[组儿老年段])|\d+[—\-~至]+\d+岁|\d+岁(?:及)?以[上下]|\d+[—\-~至]+\d+月龄|\d+个?月龄|\d+周岁"
    r"|[一二三四五六七八九十]期(?=工程|项目|建设|\d|投资|总|主体|约|共)|[零〇一二三四五六七八九十]+岁|24小时|\d+(?:\.\d+)?(?:米|毫米|MB|GB)"
)
_SAYING = (
    r"一(?:批|些|定|系列|体|线|律|致|般|方面|旦|直|时|起|并|同|票|把手|条龙|"
    r"站式|年来|年一度|贯|切|样|步|如既往|个个|对一|二三|类|级|流|手|份力|"
    r"家人|片红|类疫苗)"
    r"|两病(?!区|种)"
    r"|(?<![\d余多几数两〇零一二三四五六七八九十百千万])[百千万](?:万)?元(?=[\u4e00-\u9fff])"
    r"|[每统同另那任进逐唯某单万专]一(?![十百千万])[个批次项种条位家户份件天年月人村步]?|"
    r"两个(?:维护|确立|一百年|文明)|四个(?:意识|自信|全面|最严|不摘)"
    r"|三个(?:代表|以)|八项规定|三严三实|两学一做|三重一大|十[一二三四五]五|[六七八九]五(?=期|计划|时期|以来|规划|末)|(?<=[一二三四五六七八九]、)[一二三四五六七八九](?=[一二两三四五六七八九](?:个|种|病|项|类))|"
    r"[一二三四五六七八九十]+(?:大(?!任务|类|项|举措|工程|行动|重点|方面)|"
    r"中全会|甲|乙|级)|[一二三]把手"
    r"|三好一满意|四免一关怀|五免一补|一把手|六统一|两独立|三查一促|两非|"
    r"三位一体|一人一[策档]|一户一[策档]|[一二三四五六七八九十]{1,3}是(?=[^否])"
    r"|四害|三伏|三农|五保|三甲|二甲|万[人名](?=评|大|参)|百姓|千方百计|千家万户|百日|万众|二次(?=供水|污染|感染|传播)"
)
_RULES: tuple[tuple[Kind | str, str], ...] = (
    (Kind.NAME, _NAME),
    (Kind.DAY, _DAY),
    (Kind.MASK, r"(?:\d+[.、]?)?(?:[*＊○□]+|[×]{1,}(?!\d)|[xX]{2,}(?![A-Za-z])|(?<![A-Za-z])[xX](?=[%‰个人名例份家次万亿年]))[\d.*＊xX×]*"),
    (Kind.DOUBLED, rf"翻(?:了)?(?:[一两二三四]|{_DIGITS})番"),
    (Kind.HUNDREDTH, rf"[百千万](?:万)?分之(?:{_CN}|{_DIGITS})|十万分之(?:{_CN}|{_DIGITS})"),
    (
        Kind.FRACTION,
        r"[二三四五六七八九十]+分之[一二两三四五六七八九]|[一二两三四五六七八九]成(?![为立员果效功本长绩熟])[一二三四五六七八九半]?多?|一半|半数|一倍",
    ),
    (Kind.QUOTIENT, rf"{_DIGITS}/{_DIGITS}(?![/\d万])"),
    (Kind.SIGN, r"%|‰|(?<=\d)/(?:10|十)?万|(?<=\d)/千"),
    (Kind.POINTS, r"个?[百千]分点"),
    (Kind.TEXT, _SAYING),
    (Kind.NUMBER, _DIGITS),
    (Kind.CHINESE, rf"(?<![第])(?:{_CN})(?=[余多几]?(?:[万亿](?!元))?[余多]?(?:{_UNIT}|大(?:任务|类|项|举措|工程|行动|重点|方面)))"),
    (Kind.STOP, r"[。！？!?\n]"),
    (Kind.PAUSE, r"[，；：（）、《》“”,;｜]"),
)
_SCANNER = re.compile("|".join(f"(?P<R{i}>{pattern})" for i, (_, pattern) in enumerate(_RULES)))
_AFTER = {
    Kind.SCALE: re.compile(r"百万|千万|[千百](?![克米瓦分])(?=[万亿余多个人名例份元台套件户场])|[万亿]"),
    Kind.MORE: re.compile(r"[余多几](?=[万亿%‰个百]|" + _UNIT + ")"),
    Kind.UNIT: re.compile(_UNIT),
    Kind.BOUND: re.compile(r"(?:左右|上下|以上|以下|以内|之内|之多)"),
    Kind.TO: re.compile(r"(?:[-—~]{1,2}|至)(?=\d)"),
}
_SIGN = re.compile(r"%|‰|/(?:10|十)?万|/千|个?[百千]分点")
_NUMERIC = (Kind.NUMBER, Kind.CHINESE, Kind.HUNDREDTH, Kind.FRACTION)
_ABOUT = re.compile(
    r"(?:大约|约为|(?<![签节预合集条违履特邀解续])约|将近|接近|(?<![附最邻临靠])近(?!年|期|日)|超过|突破|逾|不足|不到|至少|不少于|不低于|不超过|高达|多达)$"
)


def scan(text: str) -> Iterator[Token]:
    at, length = 0, len(text)
    pending = 0  # where plain words began that were not given yet
    while at < length:
        match = _SCANNER.search(text, at)
        if match is None:
            break
        kind = Kind(_RULES[int(match.lastgroup[1:])][0])  # type: ignore[index]
        start, end = match.span()
        if kind is Kind.TEXT:  # a set phrase: words like any other
            at = end
            continue
        if pending < start:
            yield from _words(text, pending, start, kind)
        yield Token(kind, match[0], start)
        at = pending = end
        if kind in _NUMERIC or kind is Kind.MASK:
            for token in _following(text, end, kind):
                yield token
                at = pending = token.end
    if pending < length:
        yield Token(Kind.TEXT, text[pending:], pending)


def _words(text: str, start: int, end: int, kind: Kind) -> Iterator[Token]:
    """Plain words; before a number, the word that makes it rough by itself."""
    if kind in _NUMERIC:
        if about := _ABOUT.search(text, max(start, end - 4), end):
            if start < about.start():
                yield Token(Kind.TEXT, text[start : about.start()], start)
            yield Token(Kind.ABOUT, about[0], about.start())
            return
    yield Token(Kind.TEXT, text[start:end], start)


def _following(text: str, at: int, kind: Kind) -> Iterator[Token]:
    """What can stand only after a number: 万, 余, its sign or unit, 以上."""
    wanted = [Kind.MORE, Kind.SCALE, Kind.MORE, Kind.SIGN, Kind.UNIT, Kind.BOUND, Kind.TO]
    if kind in (Kind.HUNDREDTH, Kind.FRACTION):
        wanted = [Kind.BOUND]
    signed = False
    for each in wanted:
        if each is Kind.SIGN:
            match = _SIGN.match(text, at)
            if match:
                points = match[0].endswith("分点")
                yield Token(Kind.POINTS if points else Kind.SIGN, match[0], at)
                at, signed = match.end(), True
            continue
        if each is Kind.UNIT and signed:
            continue
        match = _AFTER[each].match(text, at)
        if match:
            yield Token(each, match[0], at)
            at = match.end()
