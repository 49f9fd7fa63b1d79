"""Settlement on pages: who may see and decide, what opens to what, and what the files hold."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from taizhang.county.models import AuditEntry
from taizhang.settlement.models import Advance, FindingReview, Reversal, SettledLine, SettledUnit, Settlement

from .conftest import CLINIC, FAR_CLINIC, OTHER_TOWNSHIP, ROOT, TOWNSHIP, Town

CHECK = "health_records.without_record"


def test_a_bill_opens_to_the_visits_it_pays_for(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    body = client.get(reverse("settlement")).content.decode()
    assert "24.00" in body  # two visits of 12.00
    assert "河湾村卫生室" in body
    bill = client.get(reverse("settlement-unit", args=[CLINIC]))
    address = reverse("settlement-paid", args=[CLINIC, "hypertension_visit"])
    assert address in bill.content.decode()
    before = AuditEntry.objects.filter(action="list_people").count()
    paid = client.get(address).content.decode()
    assert "2026-02-03" in paid
    assert "2026-05-03" in paid
    assert town.patients[CLINIC][0].name not in paid  # masked
    assert AuditEntry.objects.filter(action="list_people").count() == before + 1


@pytest.mark.parametrize("username", ["doctor", "cdc"])
def test_a_post_that_has_no_part_in_settling_finds_nothing(town: Town, enter_as: Any, username: str) -> None:
    assert enter_as(username).get(reverse("settlement")).status_code == 404
    assert "/settlement/" not in enter_as(username).get("/me/").content.decode()


def test_a_township_sees_its_own_and_decides_nothing(town: Town, enter_as: Any) -> None:
    client = enter_as("township")
    assert client.get(reverse("settlement-unit", args=[CLINIC])).status_code == 200
    for foreign in (OTHER_TOWNSHIP, FAR_CLINIC, "990199"):
        assert client.get(reverse("settlement-of", args=[foreign])).status_code == 404
    answer = client.post(reverse("settlement-of", args=[TOWNSHIP]), {"act": "approve"})
    assert answer.status_code == 404
    assert client.post(reverse("findings-of", args=[TOWNSHIP, CHECK]), {"member": ["1"], "state": "dismissed"}).status_code == 404
    assert not Settlement.objects.exists()


def test_reference_prices_cannot_be_approved_and_the_page_says_why(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    answer = client.post(reverse("settlement-of", args=[ROOT]), {"act": "approve", "through": "2026-06-30"})
    assert answer.status_code == 422
    assert "未经核对的参考数" in answer.content.decode()
    assert not Settlement.objects.exists()


def test_an_advance_is_kept_and_a_wrong_one_comes_back_as_typed(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    typed = {"act": "advance", "unit": CLINIC, "amount": "12.345", "paid_on": "2026-03-01", "document": "样财社〔2026〕1号"}
    wrong = client.post(reverse("settlement-of", args=[ROOT]), typed)
    assert wrong.status_code == 422
    assert 'value="12.345"' in wrong.content.decode()
    assert "样财社〔2026〕1号" in wrong.content.decode()
    assert client.post(reverse("settlement-of", args=[ROOT]), typed | {"amount": "10"}).status_code == 302
    assert Advance.objects.get().amount == 1000
    assert "14.00" in client.get(reverse("settlement-unit", args=[CLINIC])).content.decode()


def test_a_finding_is_looked_at_and_the_decision_stands_beside_it(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    assert reverse("findings-of", args=[ROOT, CHECK]) in client.get(reverse("findings", args=[ROOT])).content.decode()
    address = reverse("findings-of", args=[CLINIC, CHECK])
    person = town.patients[CLINIC][0].pk
    stranger = town.patients[FAR_CLINIC][0].pk  # not of this clinic: passed over
    sent = {"member": [str(person), str(stranger)], "state": "confirmed", "note": "入户核实"}
    assert client.post(address, sent | {"note": " "}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert [(each.member, each.state) for each in FindingReview.objects.all()] == [(person, "confirmed")]
    assert "入户核实" in client.get(address).content.decode()


def test_both_files_open_and_leave_a_line_in_the_trail(town: Town, enter_as: Any) -> None:
    client = enter_as("leader")
    before = AuditEntry.objects.filter(action="export").count()
    settlement = client.get(reverse("settlement-excel", args=[ROOT]) + "?details=1")
    rows = CalamineWorkbook.from_filelike(BytesIO(settlement.content)).get_sheet_by_name("结算汇总").to_python()
    assert rows[3][:3] == [CLINIC, "河湾村卫生室", 24.0]
    table = client.get(reverse("assessment-excel", args=[TOWNSHIP]))
    assert CalamineWorkbook.from_filelike(BytesIO(table.content)).get_sheet_by_index(0).to_python()[2][0] == "项目"
    assert AuditEntry.objects.filter(action="export").count() == before + 2


def test_queries_do_not_grow_with_the_rows(town: Town, enter_as: Any, django_assert_max_num_queries: Any) -> None:
    client = enter_as("bureau")
    client.get(reverse("settlement"))
    with django_assert_max_num_queries(30):
        client.get(reverse("settlement"))
    with django_assert_max_num_queries(30):
        client.get(reverse("findings-of", args=[ROOT, CHECK]))


def test_a_settlement_opens_as_it_was_approved_and_is_reopened_with_a_reason(town: Town, enter_as: Any) -> None:
    made = Settlement.objects.create(
        organisation_id=ROOT, year=2025, through=date(2025, 12, 31), ledger_version=1, approved_on=date(2026, 1, 20), approved_by="bureau"
    )
    unit = SettledUnit.objects.create(
        settlement=made, organisation_id=CLINIC, value=3600, deducted=0, advanced=0, paid_before=0, balance=3600
    )
    line = SettledLine.objects.create(unit=unit, service="hypertension_visit", quantity=3, price=1200, amount=3600, source="样")
    address = reverse("settlement-settled", args=[ROOT, made.pk])
    assert enter_as("doctor").get(address).status_code == 404
    assert enter_as("township").get(address).status_code == 404  # not of its own scope
    assert enter_as("leader").post(address, {"act": "reopen", "reason": "错"}).status_code == 404
    client = enter_as("bureau")
    assert address in client.get(reverse("settlement-of", args=[ROOT]) + "?through=2025-12-31").content.decode()
    body = client.get(address).content.decode()
    assert "高血压患者面对面随访" in body
    assert "36.00" in body
    sent = {"act": "reverse", "line": str(line.pk), "quantity": "9", "reason": "核实未做"}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert 'value="核实未做"' in refused.content.decode()
    assert client.post(address, sent | {"quantity": "1"}).status_code == 302
    assert (Reversal.objects.get().amount, line.reversals.count()) == (1200, 1)
    assert "12.00" in client.get(reverse("settlement-unit", args=[CLINIC])).content.decode()
    Reversal.objects.all().delete()
    assert client.post(address, {"act": "reopen", "reason": " "}).status_code == 422
    assert client.post(address, {"act": "reopen", "reason": "付款前发现有误"}).status_code == 302
    assert "付款前发现有误" in client.get(address).content.decode()


def test_a_list_of_advances_is_taken_from_a_file(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    heading = "机构代码,机构,金额（元）,拨付日期,拨付文件\n"
    for row, status in (("990101-CDC,,5,2026-03-01,文\n", 422), (f"{CLINIC},,5.50,2026-03-01,样财社〔2026〕2号\n", 302)):
        file = SimpleUploadedFile("advances.csv", (heading + row).encode("utf-8-sig"))
        answer = client.post(reverse("settlement-of", args=[ROOT]), {"act": "advances", "file": file})
        assert answer.status_code == status
    assert Advance.objects.get().amount == 550
    assert client.post(reverse("settlement-of", args=[ROOT]), {"act": "advances"}).status_code == 422
