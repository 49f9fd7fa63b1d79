"""Records kept for those who treat HIV: of a mother's tests the village doctor, the township and the maternity hospital see that they were
done, and nothing of what they gave; on every way out of the system."""

import json
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from conftest import SmallCounty, make_small_county
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry

from .conftest import CLINIC, ROOT, TOWNSHIP, clear_ledger

PERIOD = "?period=2026H1"
TESTED = date(2026, 3, 10)
# What nobody without the right may read anywhere about her. The words of the forms themselves (HIV抗体检测) stand on paper for all.
SECRETS = ("阳性", "紫色（传染病）标识", "规范驱梅治疗", "某定点医院", "孕产妇三病检测与阻断", "传染病专案", "Syphilis positive")
OFFERED = re.compile(r"阴性.{0,90}?阳性", re.DOTALL)  # answers of a question, side by side: nothing she gave was 阴性
WITHOUT = ("doctor", "township", "mch")


class Mothers(SmallCounty):
    """Two women of one clinic: one with syphilis, HIV and hepatitis B, whose own assessment is green; one whose tests gave nothing.
    Staff mch (maternity, without the right) and treating (with it) see both."""

    @property
    def infected(self) -> Any:
        from taizhang.county.models import Resident

        return Resident.objects.get(name="王阳样")


def populate() -> None:
    from taizhang.county import recording
    from taizhang.county.models import Role, ScopeGrant, Staff
    from taizhang.county.scopes import grant_role_scopes
    from taizhang.ledger.consumer import sync
    from taizhang.programmes.maternal import models
    from taizhang.worklist import listing

    county = make_small_county()
    for username, treats in (("mch", ""), ("treating", "hiv")):
        staff = Staff.objects.create(
            username=username, name=f"样员{username}", organisation_id=TOWNSHIP, role=Role.TOWNSHIP_OFFICE, password="!", treats=treats
        )
        grant_role_scopes(staff, ROOT)
        ScopeGrant.objects.filter(staff=staff).update(may_view=True, may_write=True)
    for name, found in (("王阳样", "2"), ("王阴样", "1")):
        woman = county.resident(name, birth=date(1996, 5, 1), sex="2")

        def write(model: Any, *, of: Any = woman, **facts: Any) -> None:
            recording.save(model(resident=of, organisation_id=CLINIC, **facts), actor="doctor", day=county.day)

        write(models.Pregnancy, registered_on=TESTED, last_period_on=date(2026, 1, 5), tested="2", tested_on=TESTED)
        write(models.RiskAssessment, assessed_on=TESTED)
        more = {"infections": "2,3", "treatment": "2", "treatment_on": TESTED, "tested_at": "某定点医院"} if found == "2" else {}
        write(models.MotherTest, served_on=TESTED, hiv=found, syphilis=found, hbsag=found, **more)
    listing.rebuild(county.day)
    while sync() is not None:
        pass


@pytest.fixture(scope="module")
def _mothers(django_db_setup: None, django_db_blocker: Any) -> Iterator[Mothers]:
    from django.core.management import call_command

    with django_db_blocker.unblock():
        clear_ledger()
        populate()
    yield Mothers()
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
        clear_ledger()


@pytest.fixture
def mothers(_mothers: Mothers, db: None) -> Mothers:
    return _mothers


@pytest.fixture
def enter_as(client: Client, mothers: Mothers) -> Any:
    def sign_in(username: str) -> Client:
        client.force_login(mothers.staff(username))
        return client

    return sign_in


def keys() -> dict[str, int]:
    """The infected woman's record of each register."""
    from django.apps import apps

    named = {"pregnancies": "Pregnancy", "pregnancy_risks": "RiskAssessment", "mother_tests": "MotherTest"}
    return {code: apps.get_model(f"maternal.{model}").objects.get(resident__name="王阳样").pk for code, model in named.items()}


def open_pages(who: int) -> list[str]:
    own = keys()
    return [
        reverse("person", args=[who]),
        reverse("person-timeline", args=[who]),
        reverse("registers"),
        reverse("register", args=["pregnancies"]),
        reverse("register", args=["pregnancy_risks"]),
        reverse("register-record", args=["pregnancies", own["pregnancies"]]),
        reverse("register-record", args=["pregnancy_risks", own["pregnancy_risks"]]),
        reverse("visit", args=[who]),
        reverse("visit", args=[who]) + "?r=mother_tests",
        reverse("paper", args=["pregnancies", own["pregnancies"]]),
        reverse("paper", args=["pregnancy_risks", own["pregnancy_risks"]]),
        reverse("worklist"),
    ]


def kept_pages(who: int) -> list[str]:
    """The addresses that exist for who has the right only."""
    key = keys()["mother_tests"]
    return [
        reverse("register", args=["mother_tests"]),
        reverse("register-export", args=["mother_tests"]),
        reverse("register-blank", args=["mother_tests"]),
        reverse("register-import", args=["mother_tests"]),
        reverse("register-new", args=["mother_tests"]),
        reverse("register-record", args=["mother_tests", key]),
        reverse("register-edit", args=["mother_tests", key]),
        reverse("paper", args=["mother_tests", key]),
        reverse("paper-day", args=["mother_tests", TESTED.isoformat()]),
        *(reverse("members", args=[f"maternal.{code}", TOWNSHIP, "numerator"]) + PERIOD for code in FIGURES),
        *(reverse("why", args=[f"maternal.{code}", TOWNSHIP, who]) + PERIOD for code in FIGURES),
    ]


FIGURES = ("transmission_tested", "transmission_syphilis", "transmission_hiv", "transmission_hepatitis_b", "high_risk_now")


@pytest.mark.parametrize("username", WITHOUT)
def test_whoever_does_not_treat_hiv_reads_that_she_was_tested_and_no_result(mothers: Mothers, enter_as: Any, username: str) -> None:
    client, who = enter_as(username), mothers.infected.pk
    for address in open_pages(who):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = OFFERED.sub("", answer.content.decode())
        assert not [word for word in SECRETS if word in page], address
    assert {client.get(address).status_code for address in kept_pages(who)} == {404}


def test_whoever_treats_hiv_reads_the_results_on_the_same_pages(mothers: Mothers, enter_as: Any) -> None:
    client, who = enter_as("treating"), mothers.infected.pk
    for address in (*open_pages(who), *kept_pages(who)):
        answer = client.get(address)
        if answer.streaming:
            list(answer.streaming_content)
        assert answer.status_code == 200, address
    assert "孕产妇三病检测与阻断" in client.get(reverse("person", args=[who])).content.decode()
    record = client.get(reverse("register-record", args=["mother_tests", keys()["mother_tests"]])).content.decode()
    assert "规范驱梅治疗" in record
    assert "阳性" in record
    assert "规范驱梅治疗" in client.get(reverse("visit", args=[who]) + "?r=mother_tests").content.decode()


def test_the_national_form_prints_tested_in_the_place_of_each_result(mothers: Mothers, enter_as: Any) -> None:
    address = reverse("paper", args=["pregnancies", keys()["pregnancies"]])
    told, hidden = (enter_as(name).get(address).context["sheets"][0] for name in ("treating", "doctor"))

    def results(sheet: Any) -> dict[str, list[str]]:
        lines = {line.label: line for block in sheet.blocks for line in block.lines}
        return {
            name: [box for cell in lines[name].cells for row in cell for piece in row.pieces for box in (piece.text, *piece.boxes) if box]
            for name in ("HIV抗体检测", "梅毒血清学试验", "乙型肝炎表面抗原")
        }

    assert results(hidden) == {"HIV抗体检测": ["已检测"], "梅毒血清学试验": ["已检测"], "乙型肝炎表面抗原": ["已检测"]}
    assert results(told) == {"HIV抗体检测": ["2"], "梅毒血清学试验": ["2"], "乙型肝炎表面抗原": ["2"]}


def test_the_interface_knows_no_such_register_for_the_others(mothers: Mothers) -> None:
    from .test_api import Program

    for username, status in (("doctor", 404), ("mch", 404), ("treating", 200)):
        as_program = Program(username)
        assert as_program("get", "/registers/mother_tests").status_code == status
        assert as_program("get", f"/registers/mother_tests/{keys()['mother_tests']}").status_code == status
        due = as_program("get", "/worklist").json()
        assert ("maternal.infection" in {item["duty"] for item in due}) is (status == 200)
        body = json.dumps(as_program("get", "/registers/pregnancies").json(), ensure_ascii=False)
        assert not {"hiv", "syphilis", "hbsag"} & set(json.loads(body)["rows"][0])
    doctor = Program("doctor")
    body = {"resident": mothers.infected.pk, "organisation": CLINIC, "served_on": "2026-06-20", "hiv": "1"}
    assert doctor("post", "/registers/mother_tests", body).status_code == 404


def test_what_is_owed_because_of_a_result_is_told_to_who_treats_alone(mothers: Mothers, enter_as: Any) -> None:
    from taizhang.worklist.models import DueItem

    owed = DueItem.objects.filter(resident=mothers.infected, duty="maternal.infection")
    assert {item.item for item in owed} == {"follow_up"}
    address = reverse("person", args=[mothers.infected.pk])
    assert "紫色" in enter_as("treating").get(address).content.decode()
    assert "紫色" not in enter_as("doctor").get(address).content.decode()


def test_counts_read_from_the_tests_are_withheld_where_they_are_small_and_stand_at_the_county(mothers: Mothers, enter_as: Any) -> None:
    for username, shown in (("township", "不公开"), ("treating", "1")):
        for code in ("transmission_hiv", "high_risk_now"):
            page = enter_as(username).get(reverse("figure", args=[f"maternal.{code}", TOWNSHIP]) + PERIOD)
            assert page.context["shown"].value == shown, (username, code)
    county = enter_as("bureau").get(reverse("figure", args=["maternal.transmission_hiv", ROOT]) + PERIOD)
    assert county.context["shown"].value == "1"


def test_a_units_own_summary_says_nothing_of_small_counts_read_from_the_tests(mothers: Mothers) -> None:
    from taizhang.figures import compute
    from taizhang.summaries.build import discreet

    codes = [f"maternal.{code}" for code in (*FIGURES, "registered")]
    own = compute.figures(Period.parse("2026H1"), TOWNSHIP, indicators=codes, with_categories=False, day=mothers.day)
    assert {f.code.partition(".")[2]: f.numerator for f in own} == {
        "registered": 2, "transmission_tested": 2, "transmission_syphilis": 1, "transmission_hiv": 1, "transmission_hepatitis_b": 1,
        "high_risk_now": 1,
    }  # fmt: skip
    assert [f.code for f in discreet(own)[0]] == ["maternal.registered"]


def test_the_monthly_book_has_the_tests_with_names_for_who_treats_and_no_sheet_for_others(mothers: Mothers, tmp_path: Path) -> None:
    from taizhang.exchange.monthly_book import write_book

    def sheets(reader: str) -> list[str]:
        path = tmp_path / f"{reader}.xlsx"
        write_book("maternal", Period.parse("2026-03"), ROOT, path, day=mothers.day, reader=mothers.staff(reader), names=True)
        return CalamineWorkbook.from_path(str(path)).sheet_names

    kept = "孕产妇三病检测与阻断"
    assert set(sheets("treating")) - set(sheets("mch")) == {kept}


def test_a_file_of_tests_is_no_known_kind_to_who_may_not_open_them(mothers: Mothers, tmp_path: Path) -> None:
    from taizhang.exchange.importing import import_file
    from taizhang.exchange.reading import FileRefused

    path = tmp_path / "三病.csv"
    path.write_text(f"居民（证件号或档案编号）,机构\n{mothers.infected.record_number},{CLINIC}\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="没有“mother_tests”这种文件"):
        import_file("mother_tests", path, actor=mothers.staff("doctor"), day=mothers.day)


def test_an_export_of_pregnancies_has_no_column_of_results(mothers: Mothers, enter_as: Any) -> None:
    answer = enter_as("treating").get(reverse("register-export", args=["pregnancies"]))
    headings = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()[0]  # type: ignore[attr-defined]
    assert "艾滋病、梅毒、乙肝检测" in headings
    assert not [name for name in headings if "HIV" in name or "梅毒血清" in name or "表面抗原" in name]


def test_findings_of_infected_mothers_are_open_to_who_treats_alone(mothers: Mothers) -> None:
    check = registry.checks["maternal.infected_without_file"]
    assert registry.rights_for(check) == {"hiv"}
    assert registry.rights_for(registry.checks["maternal.high_risk_without_file"]) == frozenset()


def test_a_pair_of_duplicates_counts_only_the_records_that_the_reader_may_know_of(mothers: Mothers) -> None:
    from taizhang.county.merging import records_of

    who, kept = mothers.infected.pk, "孕产妇三病检测与阻断"
    assert kept in records_of(who, mothers.staff("treating"))
    assert kept not in records_of(who, mothers.staff("doctor"))
