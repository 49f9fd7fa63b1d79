"""Units as English pages write them; in Chinese they are printed as declared."""

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
}
_CHANGES = {"%": "%", "个百分点": " points", "个千分点": " per-mille points"}


def unit_in(unit: str, language: str) -> str:
    return unit if language == "zh" else _ENGLISH.get(unit, unit)


def change_unit_in(unit: str, language: str) -> str:
    return unit if language == "zh" else _CHANGES.get(unit, unit)
