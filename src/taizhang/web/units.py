"""Units as English pages write them; in Chinese they are printed as declared."""

import re

_ENGLISH = {
    "%": "%",
    "‰": "‰",
    "人": "persons",
    "人次": "services",
    "人次/次": "persons each",
    "份": "copies",
    "处": "places",
    "平方米": "m²",
    "起": "cases",
    "瓶": "bottles",
    "斤": "× 500 g",
    "万元": "× 10,000 yuan",
    "家": "institutions",
    "吨": "t",
    "种": "items",
    "个": "units",
    "次": "times",
    "期": "issues",
    "件": "items",
    "批": "batches",
    "户": "households",
    "户次": "household visits",
    "元": "yuan",
    "岁": "years",
    "1/10万": "per 100,000",
    "例": "cases",
    "项": "items",
    "条": "items",
    "单位": "institutions",
    "所": "institutions",
    "家次": "visits to institutions",
    "场": "events",
    "场次": "events",
    "轮": "rounds",
    "张": "beds",
    "床日": "bed days",
    "天": "days",
    "分钟": "minutes",
    "支": "teams",
    "辆": "vehicles",
    "剂次": "doses",
    "剂": "doses",
    "只": "pieces",
    "台": "machines",
    "本": "copies",
    "篇": "articles",
    "名": "persons",
    "分": "points",
    "月": "months",
    "年": "years",
    "公里": "km",
    "公斤": "kg",
    "两": "× 50 g",
    "克": "g",
    "号": "number",
    "周": "weeks",
    "颗": "teeth",
    "日": "days",
    "个月": "months",
    "个工作日": "working days",
    "包年": "pack-years",
    "小时": "hours",
    "时": "hours",
}
_EACH = {"人": "person", "人次": "service", "次": "time", "户": "household", "家": "institution", "场": "event", "例": "case", "年": "year"}
_EACH |= {"周": "week", "日": "day", "天": "day", "分": "minute", "分钟": "minute"}
_RAISED = re.compile(r"\^(\d+)")
_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = ("µ", "μ", "℃", "°", "×")  # first letters of units that are no words, beside those of ASCII
_CHANGES = {"%": "%", "个百分点": " points", "个千分点": " per-mille points"}


def unit_in(unit: str, language: str) -> str:
    """The unit after a number or under a heading; what is declared with a ^ (10^9/L) is printed raised."""
    if "^" in unit:
        return _RAISED.sub(lambda power: power[1].translate(_ABOVE), unit)
    if not any("一" <= letter <= "龥" for letter in unit) and unit not in _ENGLISH:
        return unit
    if language == "zh" or unit in _ENGLISH:
        return unit if language == "zh" else _ENGLISH[unit]
    whole, slash, each = unit.partition("/")
    return f"{_ENGLISH.get(whole, whole)} per {_EACH.get(each, _ENGLISH.get(each, each))}" if slash else unit


def with_unit(number: str, unit: str) -> str:
    """147 mmHg, 30分钟/次, 7.5×10⁹/L: a space stands before the sign of a unit and before an English word, none before a Chinese one; a
    power of ten is multiplied, as the forms print it."""
    if unit[:1].isdigit():
        return f"{number}×{unit}"
    sign = (unit != "%" and unit[:1].isascii()) or unit[:1] in _SIGNS
    return f"{number} {unit}" if unit and sign else f"{number}{unit}"


def change_unit_in(unit: str, language: str) -> str:
    return unit if language == "zh" else _CHANGES.get(unit, unit)
