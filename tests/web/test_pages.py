"""What stands on the pages: periods, languages, numbers with their way back; what is sent with them."""

import gzip
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

import taizhang.web
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.asking import default_period, read_period, span_of, span_text, spans
from taizhang.web.board import lines_led
from taizhang.web.help.meanings import all_elements
from taizhang.web.jinja import unbroken
from taizhang.web.units import unit_in, with_unit

from .conftest import CLINIC, ROOT, SIBLING, TOWNSHIP, Town

TEMPLATES = sorted((Path(taizhang.web.__file__).parent / "templates").rglob("*.html"))
CJK = re.compile(r"[\u3400-\u9fff]+")
FULL_WIDTH = re.compile(r"[\u3001-\u303f\uff01-\uff5e]+")  # ，（）、
SAID = re.compile(r"""\{%\s*say\s+("([^"]*)"|'([^']*)')\s+("([^"]*)"|'([^']*)')""")
PERIOD = "?period=2026H1"


# -- languages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_every_wording_of_a_template_has_its_twin(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for match in SAID.finditer(text):
        zh, en = match[2] or match[3], match[5] or match[6]
        assert zh
        en = en or ""
        assert en or len(zh) == 1, zh  # a date's 年 and 月 have no twin
        if template.name != "_language.html":
            assert not CJK.search(en), en
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en)), (zh, en)
    assert text.count("{% say ") == len(SAID.findall(text))
    bare = SAID.sub("", text).replace('<span class="seal" aria-hidden="true">账</span>', "")
    assert not CJK.search(bare), CJK.findall(bare)
    assert not FULL_WIDTH.search(bare), FULL_WIDTH.findall(bare)


def test_english_pages_hold_no_chinese_but_what_is_marked_as_such(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    staff = town.staff("bureau")
    staff.name = "Office"
    staff.save()
    client.get(reverse("language", args=["en"]))
    for address in (
        reverse("board-of", args=[ROOT]), reverse("board-of", args=[CLINIC]),
        reverse("figure", args=["hypertension.standard_by_pace", ROOT]),
        reverse("figure", args=["hiv.found", ROOT]), reverse("members", args=["maternal.antenatal", ROOT, "numerator"]), reverse("me"),
        "/nothing/", reverse("board-of", args=[ROOT]) + "?period=never",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        page = page.replace(">账<", "><")
        page = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", page, flags=re.S)
        assert not CJK.findall(page), (address, CJK.findall(page)[:8])


def test_every_unit_has_an_english_word() -> None:
    units = {i.unit for siblings in registry.indicators.values() for i in siblings}
    units |= {element.unit for form in registry.forms.values() for element in form.elements}
    units |= {asked.element.unit for asked in all_elements()}
    assert not [unit for unit in units if CJK.search(unit_in(unit, "en"))]


@pytest.mark.parametrize(
    ("number", "unit", "language", "read"),
    [
        ("147", "mmHg", "zh", "147 mmHg"), ("30", "分钟/次", "zh", "30分钟/次"), ("7.5", "10^9/L", "zh", "7.5×10⁹/L"),
        ("36.5", "℃", "zh", "36.5 ℃"), ("95", "%", "zh", "95%"), ("1.2", "", "zh", "1.2"),
        ("88", "次/分钟", "en", "88 times per minute"), ("24.4", "kg/m²", "en", "24.4 kg/m²"),
    ],
)  # fmt: skip
def test_a_number_stands_with_its_unit_as_one_reads_it(number: str, unit: str, language: str, read: str) -> None:
    assert with_unit(number, unit_in(unit, language)) == read


def test_a_heading_may_be_broken_before_the_time_it_names_and_not_within() -> None:
    broken = '样例县<wbr><span class="unbroken">2026年1—10月</span>工作&lt;总结'
    assert unbroken("样例县2026年1—10月工作<总结") == broken


# -- periods -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 21), "2026-01..2026-10"),
        (date(2026, 6, 30), "2026H1"),
        (date(2026, 6, 29), "2026-01..2026-05"),
        (date(2026, 2, 1), "2026-01"),
        (date(2026, 1, 30), "2025"),
        (date(2026, 1, 31), "2026-01"),
        (date(2026, 12, 31), "2026"),
    ],
)
def test_a_board_opens_on_the_complete_months_of_the_year(day: date, expected: str) -> None:
    assert str(default_period(day)) == expected


def test_each_choice_of_the_chooser_names_a_period_and_is_found_again() -> None:
    for _, choices in spans("zh"):
        for code, _ in choices:
            assert span_of(Period.parse(span_text("2026", code))) == code
    assert span_of(Period.parse("2026-01-05..2026-02-03")) == ""


@pytest.mark.parametrize(
    ("query", "expected", "note"),
    [
        ("period=2026-02", "2026-02", ""),
        ("year=2025&span=Q3", "2025Q3", ""),
        ("period=2026H1&cutoff=2026-04-30", "2026H1@2026-04-30", ""),
        ("period=2026", "2026@2026-06-30", ""),
        ("period=2026-13", "2026H1", "时段“2026-13”无法识别，已改用2026年上半年"),
        ("period=9999", "2026H1", "无法识别"),
        ("period=2026-12", "2026H1", "2026年12月尚未开始，已改用2026年上半年。"),
        ("period=2026-02&cutoff=2026-04-30", "2026-02", "截止日2026-04-30不在时段之内，已忽略。"),
        ("period=2026-02&cutoff=x", "2026-02", "已忽略"),
    ],
)
def test_a_period_is_read_or_what_was_wrong_is_said(query: str, expected: str, note: str) -> None:
    period, said = read_period(RequestFactory().get(f"/?{query}"), date(2026, 6, 30), "zh")
    assert str(period) == expected
    assert note in said
    assert bool(note) == bool(said)


# -- numbers and their way back ----------------------------------------------------------------------------------------


def test_the_board_shows_key_figures_units_and_lines_of_work(town: Town, enter_as: Any) -> None:
    answer = enter_as("bureau").get(reverse("board"))
    page = answer.content.decode()
    assert str(answer.context["ask"].period) == "2026H1"
    assert [row.organisation for row in answer.context["rows"]] == list(town.townships)
    managed = next(row for group in answer.context["groups"] for row in group.rows if row.code == "hypertension.managed")
    assert (managed.value, managed.url) == ("64", reverse("figure", args=["hypertension.managed", ROOT]) + "?period=2026H1")
    assert managed.url in page
    assert "疾病预防控制中心" in page  # a unit without these figures is named, not lost


def test_a_county_reader_begins_at_the_county_and_a_doctor_at_the_clinic(town: Town, enter_as: Any) -> None:
    assert enter_as("cdc").get(reverse("board")).context["ask"].organisation == ROOT
    assert enter_as("doctor").get(reverse("board")).context["ask"].organisation == CLINIC
    path = enter_as("township").get(reverse("board-of", args=[CLINIC])).context["ask"].path
    assert [code for code, _ in path] == [TOWNSHIP, CLINIC]  # up to the own scope, not further


def test_an_institution_sees_the_lines_that_it_leads_before_others(town: Town, enter_as: Any) -> None:
    led = lines_led("cdc")
    assert "maternal" not in led
    found = enter_as("cdc").get(reverse("board")).context
    lines = [group.programme.code in led for group in found["groups"]]
    assert lines == sorted(lines, reverse=True)
    assert len(set(lines)) == 2
    cards = [card.figure.indicator.programme in led for card in found["cards"]]
    assert cards[0]
    other = [group.programme.code for group in enter_as("bureau").get(reverse("board")).context["groups"]]
    assert other == sorted(other, key=lambda code: registry.programmes[code].order)


def test_a_figure_carries_formula_source_fingerprint_and_its_parts(town: Town, enter_as: Any) -> None:
    answer = enter_as("bureau").get(reverse("figure", args=["hypertension.standard_by_pace", ROOT]) + PERIOD)
    page = answer.content.decode()
    found = answer.context["figure"]
    for words in ("÷ 在管高血压患者人数 × 100%", "number of people", "未核对原文", found.definition, "按管理机构", "按进度"):
        assert words in page
    parts = {part.code: (part.count, part.url) for part in answer.context["parts"]}
    assert set(parts) == {"numerator", "denominator", "gap"}
    gap = enter_as("bureau").get(parts["gap"][1])
    assert str(gap.context["trace"].count) == parts["gap"][0]


def test_a_category_is_a_figure_of_its_own(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    answer = client.get(reverse("figure", args=["hypertension.managed", ROOT]) + PERIOD + "&category=sex:1")
    assert (answer.context["shown"].value, answer.context["shown"].category_name) == ("64", "男")
    listed = client.get(reverse("members", args=["hypertension.managed", ROOT, "numerator"]) + PERIOD + "&category=sex:2")
    assert listed.context["trace"].count == 0
    refused = client.get(reverse("members", args=["hypertension.managed", ROOT, "numerator"]) + PERIOD + "&category=hair:1")
    assert refused.status_code == 422
    assert "没有分组" in refused.content.decode()


def test_members_come_fifty_a_page_each_once(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    address = reverse("members", args=["hypertension.managed", SIBLING, "numerator"]) + PERIOD
    pages = [client.get(f"{address}&page={n}").context["lines"] for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 10, 0]
    assert len({line.url for page in pages for line in page}) == 60


def test_a_reported_figure_leads_to_the_cell(town: Town, enter_as: Any) -> None:
    answer = enter_as("bureau").get(reverse("members", args=["maternal.antenatal", ROOT, "numerator"]) + PERIOD)
    ((cell, unit, _),) = answer.context["cells"]
    assert (str(cell.value), unit, cell.organisation) == ("276", "人次", ROOT)


def test_the_series_is_twelve_months_or_january_to_each(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    months = client.get(reverse("series", args=["hypertension.visits", ROOT]) + PERIOD).json()
    assert (months["labels"][0], months["labels"][-1], len(months["values"])) == ("2025-07", "2026-06", 12)
    assert (months["values"][-5], months["values"][-2], months["printed"][-2]) == ("1", "1", "1")  # the visits of February and May
    pace = client.get(reverse("series", args=["hypertension.standard_by_pace", ROOT]) + PERIOD).json()
    assert pace["labels"] == ["1月", "1–2月", "1–3月", "1–4月", "1–5月", "1–6月"]


def test_in_the_summary_every_number_opens_its_figure(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    answer = client.get(reverse("summary", args=[ROOT]) + PERIOD)
    passages = [p for paragraph in answer.context["paragraphs"] for p in paragraph.passages]
    said = "".join(piece.text for p in passages for piece in p.pieces if p.style == "sentence")
    assert said == "".join(sentence.text() for sentence in answer.context["document"].sentences())
    numbers = [piece for p in passages for piece in p.pieces if piece.url]
    assert len(numbers) == answer.context["numbers"] > 0
    assert all(p.english for p in passages if p.style == "sentence")
    assert client.get(numbers[0].url).status_code == 200
    assert "缺数清单" in answer.content.decode()
    assert 'class="twin"' not in answer.content.decode()  # a Chinese page shows the English lines when asked
    assert 'class="twin"' in client.get(reverse("summary", args=[ROOT]) + PERIOD + "&english=1").content.decode()


# -- what is sent with a page ------------------------------------------------------------------------------------------


def test_pages_forbid_foreign_scripts_and_are_kept_by_nobody(town: Town, enter_as: Any) -> None:
    for address in (reverse("board"), reverse("sign-in"), "/nothing/"):
        answer = enter_as("bureau").get(address)
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "no-store" in answer["Cache-Control"] or address == reverse("sign-in")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<\w[^>%]*\son\w+=|<style|<script(?! src)", text), template.name


def weight(client: Client, address: str, kept: set[str]) -> int:
    """Bytes sent for a page and what it asks for, but for what a browser has already."""
    page = client.get(address, headers={"Accept-Encoding": "gzip"})
    total = len(page.content)
    html = gzip.decompress(page.content).decode() if page.headers.get("Content-Encoding") == "gzip" else page.content.decode()
    for file in re.findall(r'(?:src|href)="(/static/[^"]+)"', html):
        if file in kept:
            continue
        kept.add(file)
        answer = client.get(file, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200, file
        assert "max-age=31536000" in answer["Cache-Control"], file
        total += len(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    return total


def test_the_first_page_is_at_most_210_kb_and_the_next_ones_60(town: Town, client: Client) -> None:
    kept: set[str] = set()
    assert weight(client, reverse("sign-in"), kept) <= 210_000
    client.force_login(town.staff("bureau"))
    for address in (
        reverse("board"), reverse("figure", args=["hypertension.standard_by_pace", ROOT]), reverse("summary", args=[ROOT]),
        reverse("members", args=["hypertension.managed", ROOT, "numerator"]),
    ):  # fmt: skip
        assert weight(client, address, kept) <= 60_000, address


def test_a_failure_is_a_page_that_tells_nothing(town: Town, enter_as: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("顾样甲0 in a traceback")

    monkeypatch.setattr("taizhang.web.me.ScopeGrant.objects.filter", fail)
    client = enter_as("bureau")
    client.raise_request_exception = False
    answer = client.get(reverse("me"))
    assert answer.status_code == 500
    assert "网站出错了" in answer.content.decode()
    assert "顾样甲" not in answer.content.decode()


def test_a_period_before_the_county_s_tree_is_told_not_broken(town: Town, enter_as: Any) -> None:
    from taizhang.county.organisations import add_organisation

    add_organisation("990101103", "新建镇卫生院", "township_hospital", parent=ROOT, since=date(2026, 5, 1))
    answer = enter_as("bureau").get(reverse("board-of", args=["990101103"]) + "?period=2025")
    assert answer.status_code == 422
    assert "990101103" in answer.content.decode()


def test_texts_of_errors_have_both_languages() -> None:
    from taizhang.web import errors

    texts = [value for value in vars(errors).values() if isinstance(value, Text)]
    assert len(texts) > 6
    assert not [text for text in texts if CJK.search(text.en)]
