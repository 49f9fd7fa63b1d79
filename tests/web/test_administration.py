"""Administration: who may open what; organisations that change with effects shown first; staff, slips and the first password; scopes,
parameters, locks, the audit trail, the system page."""

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from taizhang.config import home
from taizhang.county import audit, passwords, reorganising
from taizhang.county.models import AuditEntry, Change, FirstPassword, Organisation, PeriodLock, Resident, Role, ScopeGrant, Staff
from taizhang.county.organisations import OrganisationError, tree_on
from taizhang.county.parameters import FILE
from taizhang.county.scopes import organisations_for
from taizhang.kernel.registry import registry

from .conftest import CLINIC, FAR_CLINIC, OTHER_TOWNSHIP, PASSWORD, ROOT, SIBLING, TOWNSHIP, Town

NEXT = "2026-07-01"
FOR_OFFICES = ("administration", "administration-organisations", "administration-staff")
FOR_ADMINISTRATORS = (
    "administration-scopes", "administration-parameters", "administration-locks", "administration-audit",
    "administration-audit-writes", "administration-system", "administration-system-json", "administration-staff-import",
    "administration-staff-blank", "administration-staff-add", "administration-organisation-add",
)  # fmt: skip
PARAMETER = "insurance.township_rate"


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# -- who may open what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*FOR_OFFICES, *FOR_ADMINISTRATORS])
@pytest.mark.parametrize("username", ["admin", "township", "doctor", "bureau", "leader", "cdc"])
def test_each_page_opens_to_its_posts_alone(town: Town, enter_as: Any, username: str, name: str) -> None:
    allowed = username == "admin" or (username == "township" and name in FOR_OFFICES)
    assert enter_as(username).get(reverse(name)).status_code == (200 if allowed else 404)


def test_a_township_sees_its_own_organisations_and_staff_only_and_changes_nothing(town: Town, enter_as: Any) -> None:
    client = enter_as("township")
    page = text_of(client.get(reverse("administration-organisations")))
    assert "河湾村卫生室" in page
    assert "石桥村卫生室" not in page
    assert "样例县疾病预防控制中心" not in page
    assert client.get(reverse("administration-organisation", args=[CLINIC])).status_code == 200
    assert client.get(reverse("administration-organisation", args=[FAR_CLINIC])).status_code == 404
    assert client.get(reverse("administration-organisation", args=[ROOT])).status_code == 404
    names = text_of(client.get(reverse("administration-staff")))
    assert "neighbour" in names
    assert "township2" not in names
    assert client.get(reverse("administration-person", args=["township2"])).status_code == 404
    assert client.post(reverse("administration-person", args=["doctor"]), {"name": "x"}).status_code == 404
    assert client.post(reverse("administration-person-state", args=["doctor"]), {"active": "no"}).status_code == 404
    assert client.post(reverse("administration-organisation-change", args=[CLINIC, "rename"]), {"name": "x"}).status_code == 404
    assert Staff.objects.get(username="doctor").is_active


# -- organisations -----------------------------------------------------------------------------------------------------


def change(client: Client, code: str, act: str, **values: str) -> Any:
    return client.post(reverse("administration-organisation-change", args=[code, act]), values)


def test_a_merger_is_shown_before_it_is_done_and_then_moves_clinics_people_and_scopes(town: Town, enter_as: Any) -> None:
    client = enter_as("admin")
    shown = change(client, OTHER_TOWNSHIP, "merge", other=f"{TOWNSHIP} 青山镇卫生院", day=NEXT)
    page = text_of(shown)
    assert "撤销：白水乡卫生院" in page
    assert "石桥村卫生室：白水乡卫生院 → 青山镇卫生院" in page
    assert "township2" in page
    assert Organisation.objects.get(pk=OTHER_TOWNSHIP).closed_on is None  # only shown
    assert tree_on(date(2026, 7, 1)).parent(FAR_CLINIC) == OTHER_TOWNSHIP
    done = change(client, OTHER_TOWNSHIP, "merge", other=TOWNSHIP, day=NEXT, confirm="yes")
    assert done.status_code == 302
    assert tree_on(date(2026, 6, 30)).parent(FAR_CLINIC) == OTHER_TOWNSHIP
    after = tree_on(date(2026, 7, 1))
    assert (after.parent(FAR_CLINIC), after.present(OTHER_TOWNSHIP)) == (TOWNSHIP, TOWNSHIP)
    assert FAR_CLINIC in organisations_for(town.staff("township2"), "view", after)
    assert Change.objects.filter(table="county_organisation", key=OTHER_TOWNSHIP, actor="admin").exists()


def test_a_move_keeps_the_days_of_both_links(town: Town, enter_as: Any) -> None:
    client = enter_as("admin")
    change(client, CLINIC, "move", other="白水乡卫生院", day=NEXT, confirm="yes")
    page = text_of(client.get(reverse("administration-organisation", args=[CLINIC])))
    assert "青山镇卫生院 自始至2026年6月30日" in page
    assert "白水乡卫生院 自2026年7月1日起，至今" in page


@pytest.mark.parametrize(
    ("code", "act", "values", "told"),
    [
        (TOWNSHIP, "move", {"other": CLINIC, "day": NEXT}, "就是青山镇卫生院或其下级"),
        (CLINIC, "move", {"other": TOWNSHIP, "day": NEXT}, "已隶属青山镇卫生院"),
        (ROOT, "merge", {"other": TOWNSHIP, "day": NEXT}, "最上级机构不能并入"),
        (TOWNSHIP, "merge", {"other": CLINIC, "day": NEXT}, "不能由它承接"),
        (CLINIC, "merge", {"other": CLINIC, "day": NEXT}, "不能并入自己"),
        (CLINIC, "merge", {"other": "没有的卫生室", "day": NEXT}, "没有在办机构“没有的卫生室”"),
        (CLINIC, "merge", {"other": SIBLING, "day": "2026-02-30"}, "日期未填或不存在"),
        (CLINIC, "close", {"day": "2026-06-30"}, "还管理着3名居民"),
        (TOWNSHIP, "close", {"day": "2026-06-30"}, "还有2个下级机构"),
        ("990101-CDC", "close", {"day": "2026-06-30"}, "个在用账号属于样例县疾病预防控制中心"),
        (CLINIC, "rename", {"name": "山口村卫生室"}, "已有名为“山口村卫生室”的机构"),
    ],
)
def test_an_act_that_cannot_be_is_told_and_the_typed_kept(
    town: Town, enter_as: Any, code: str, act: str, values: dict[str, str], told: str
) -> None:
    answer = change(enter_as("admin"), code, act, **values, confirm="yes")
    assert answer.status_code == 422
    assert told in text_of(answer)
    for value in values.values() if code != ROOT else ():
        assert f'value="{value}"' in answer.content.decode()
    assert tree_on(date(2026, 7, 1)).parent(CLINIC) == TOWNSHIP


def test_closing_leaves_no_scope_over_the_organisation_above(town: Town) -> None:
    """A closed organisation counts as the one above it; a grant left behind would open that one."""
    made = reorganising.organisations.add_organisation("990101101203", "空村卫生室", "village_clinic", parent=TOWNSHIP)
    old = Staff.objects.create(username="old", name="旧", organisation=made, role=Role.VILLAGE_DOCTOR, password="!")
    ScopeGrant.objects.create(staff=old, organisation=made, may_view=True)
    with pytest.raises(OrganisationError, match="1个在用账号"):
        reorganising.close(made.code, date(2026, 6, 30))
    Staff.objects.filter(pk=old.pk).update(is_active=False)
    reorganising.close(made.code, date(2026, 6, 30))
    Staff.objects.filter(pk=old.pk).update(is_active=True)
    assert organisations_for(Staff.objects.get(pk=old.pk), "view", tree_on(date(2026, 7, 1))) == ()


def test_a_new_organisation_stands_where_it_was_put(town: Town, enter_as: Any) -> None:
    client, address = enter_as("admin"), reverse("administration-organisation-add")
    values = {"code": "990101101203", "name": "新塘村卫生室", "kind": "village_clinic", "parent": TOWNSHIP, "since": "2026-06-01"}
    assert client.post(address, values | {"code": "420683101203"}).status_code == 422
    assert client.post(address, values).status_code == 302
    tree = tree_on(date(2026, 6, 1))
    assert (tree.parent("990101101203"), tree.name("990101101203").en) == (TOWNSHIP, "Xintang Village Clinic")
    assert "990101101203" not in tree_on(date(2026, 5, 31))
    again = client.post(address, values)
    assert (again.status_code, "已被占用" in text_of(again)) == (422, True)


# -- staff -------------------------------------------------------------------------------------------------------------

SLIP = re.compile(r"<dd>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</dd>")


def csv_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("人员.csv", text.encode())


def test_a_file_brings_accounts_slips_and_the_refused_rows_back(town: Town, enter_as: Any) -> None:
    client = enter_as("admin")
    rows = f"账号,姓名,机构,岗位\nwang,王试样,{CLINIC},村医\nli,李试样,没有的机构,村医\n"
    answer = client.post(reverse("administration-staff-import"), {"file": csv_file(rows)})
    page = answer.content.decode()
    assert "读取2行：导入1行，未变0行，更正0行，退回1行。" in page
    (password,) = SLIP.findall(page)
    made = Staff.objects.get(username="wang")
    assert made.check_password(password)
    assert passwords.must_change(made)
    folder = home.current().path / "imports"
    assert not list(folder.glob("*首次密码*"))  # shown once, kept nowhere
    (link,) = re.findall(r'href="([^"]*refused[^"]*)"', page)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get(link).streaming_content))).get_sheet_by_index(0).to_python()
    assert "li" in sheet[1]
    again = client.post(reverse("administration-staff-import"), {"file": csv_file(rows)}).content.decode()
    assert not SLIP.findall(again)
    for path in folder.glob("*退回*"):
        path.unlink()


def test_what_is_no_file_of_staff_is_refused_with_what_to_do(town: Town, enter_as: Any) -> None:
    client, address = enter_as("admin"), reverse("administration-staff-import")
    assert "请先选择文件" in text_of(client.post(address))
    answer = client.post(address, {"file": SimpleUploadedFile("人员.xlsx", b"<html>")})
    assert (answer.status_code, "不是Excel工作簿" in text_of(answer)) == (422, True)
    assert client.get(reverse("administration-staff-refused", args=["home.json"])).status_code == 404


def test_the_blank_workbook_is_a_file_that_can_be_imported(town: Town, enter_as: Any) -> None:
    client = enter_as("admin")
    body = b"".join(client.get(reverse("administration-staff-blank")).streaming_content)
    sent = SimpleUploadedFile("空白.xlsx", body)
    assert "读取0行" in text_of(client.post(reverse("administration-staff-import"), {"file": sent}))


def test_a_county_is_laid_down_by_files_and_each_brings_only_what_is_the_own(town: Town) -> None:
    admin, township = Client(), Client()
    admin.force_login(town.staff("admin"))
    township.force_login(town.staff("township"))
    organisations, residents = (reverse("administration-import", args=[kind]) for kind in ("organisations", "residents"))
    for address in (organisations, residents):
        assert admin.get(address).status_code == 200
        body = b"".join(admin.get(f"{address}blank.xlsx").streaming_content)
        assert "读取0行" in text_of(admin.post(address, {"file": SimpleUploadedFile("空白.xlsx", body)}))
    assert township.get(organisations).status_code == 404
    assert township.post(organisations, {"file": csv_file("代码\n")}).status_code == 404
    assert admin.get(reverse("administration-import", args=["staff"])).status_code == 404

    tree = "代码,名称,类别\n990101109201,新庄村卫生室,村卫生室\n990101109,新建镇卫生院,乡镇卫生院\n"
    checked = text_of(admin.post(organisations, {"file": csv_file(tree), "dry_run": "1"}))
    assert "可导入2行" in checked
    assert not Organisation.objects.filter(pk="990101109").exists()
    assert "导入2行" in text_of(admin.post(organisations, {"file": csv_file(tree)}))
    assert tree_on(town.day).parent("990101109201") == "990101109"

    people = "姓名,性别,出生日期,机构,迁入日期\n" + "".join(
        f"试样甲,男,1950-03-01,{code},2020-01-01\n" for code in (CLINIC, "990101109201")
    )
    answer = township.post(residents, {"file": csv_file(people)})
    assert "导入1行" in text_of(answer)
    assert "您没有为“990101109201”录入的权限" in text_of(answer)
    refused = re.search(r'href="([^"]+refused/[^"]+)"', answer.content.decode())
    assert refused is not None
    assert b"".join(township.get(refused[1]).streaming_content).startswith(b"PK")
    assert admin.get(refused[1]).status_code == 404  # persons, for who brought the file
    wrong = admin.post(residents, {})
    assert (wrong.status_code, "请先选择文件" in text_of(wrong)) == (422, True)


def test_the_first_password_opens_one_page_until_it_is_changed(town: Town, enter_as: Any) -> None:
    page = enter_as("admin").post(
        reverse("administration-staff-add"),
        {"username": "sun", "name": "孙试样", "organisation": TOWNSHIP, "role": "township_office", "phone": ""},
    )
    (first,) = SLIP.findall(page.content.decode())
    client, own = Client(), "eine lange eigene Losung"
    client.post(reverse("sign-in"), {"username": "sun", "password": first})
    stopped = client.get(reverse("me"))
    assert (stopped.status_code, stopped["Location"]) == (302, f"{reverse('password')}?next=%2Fme%2F")
    address = reverse("password")
    assert client.get(address).status_code == 200
    for new, again, told in (
        ("short", "short", "密码太短，至少10位"),
        ("password12", "password12", "太常见"),
        (own, "other", "两次输入的新密码不一致"),
        (first, first, "与原密码相同"),
    ):
        answer = client.post(address, {"new": new, "again": again})
        assert answer.status_code == 422
        assert told in text_of(answer)
        assert client.get(reverse("me")).status_code == 302
    assert client.post(address, {"new": own, "again": own, "next": "/me/"})["Location"] == "/me/"
    assert client.get(reverse("me")).status_code == 200  # still signed in
    assert not FirstPassword.objects.filter(staff__username="sun").exists()
    assert AuditEntry.objects.filter(staff__username="sun", action=audit.CHANGE_PASSWORD).count() == 1


def test_ones_own_password_is_changed_only_by_who_knows_it(town: Town, client: Client) -> None:
    client.post(reverse("sign-in"), {"username": "bureau", "password": PASSWORD})
    address, own = reverse("password"), "another long phrase"
    assert "原密码不正确" in text_of(client.post(address, {"old": "wrong", "new": own, "again": own}))
    assert client.post(address, {"old": PASSWORD, "new": own, "again": own, "next": "https://elsewhere.example/"})["Location"] == reverse(
        "me"
    )
    assert Staff.objects.get(username="bureau").check_password(own)


def test_a_township_resets_its_own_village_doctors_and_nobody_else(town: Town, enter_as: Any) -> None:
    doctor = Client()
    doctor.force_login(town.staff("doctor"))
    assert doctor.get(reverse("me")).status_code == 200
    client, address = enter_as("township"), reverse("administration-staff-reset")
    answer = client.post(address, {"account": ["doctor", "neighbour"]})
    slips = SLIP.findall(answer.content.decode())
    assert len(slips) == 2
    assert town.staff("doctor").check_password(slips[0])
    assert doctor.get(reverse("me")).status_code == 302  # the old session has ended
    assert set(AuditEntry.objects.filter(action=audit.RESET_PASSWORD).values_list("detail__account", flat=True)) == {"doctor", "neighbour"}
    assert slips[0] not in json.dumps(list(AuditEntry.objects.values_list("detail", flat=True)))
    for other in ("bureau", "admin", "township2", "nobody"):
        assert client.post(address, {"account": [other]}).status_code == 404
    assert client.post(address, {"account": ["doctor", "bureau"]}).status_code == 404


def test_a_disabled_account_is_out_at_once_and_nobody_disables_oneself(town: Town, enter_as: Any) -> None:
    doctor = Client()
    doctor.force_login(town.staff("doctor"))
    client = enter_as("admin")
    client.post(reverse("administration-person-state", args=["doctor"]), {"active": "no"})
    assert doctor.get(reverse("me")).status_code == 302
    client.post(reverse("administration-person-state", args=["admin"]), {"active": "no"})
    assert town.staff("admin").is_active
    client.post(reverse("administration-person-state", args=["doctor"]), {"active": "yes"})
    assert town.staff("doctor").is_active


def test_another_post_brings_its_own_scopes_and_faults_stand_at_their_field(town: Town, enter_as: Any) -> None:
    client, address = enter_as("admin"), reverse("administration-person", args=["doctor"])
    values = {"name": "样员乙", "organisation": TOWNSHIP, "role": "township_office", "phone": "12"}
    wrong = client.post(address, values)
    assert wrong.status_code == 422
    assert 'id="phone-fault"' in wrong.content.decode()
    assert 'value="样员乙"' in wrong.content.decode()
    assert client.post(address, values | {"phone": "0710-1234567"}).status_code == 302
    doctor = town.staff("doctor")
    assert (doctor.name, doctor.organisation_id, doctor.role) == ("样员乙", TOWNSHIP, Role.TOWNSHIP_OFFICE)
    assert set(doctor.scopes.values_list("organisation_id", flat=True)) == {TOWNSHIP, ROOT}


# -- scopes ------------------------------------------------------------------------------------------------------------


def test_grants_are_ticked_added_removed_and_brought_back_to_the_post(town: Town, enter_as: Any) -> None:
    client, address = enter_as("admin"), reverse("administration-person-scopes", args=["doctor"])
    client.post(address, {f"view:{CLINIC}": "1", "added": f"{SIBLING} 山口村卫生室", "view:added": "1", "write:added": "1"})
    tree = tree_on(town.day)
    doctor = town.staff("doctor")
    assert organisations_for(doctor, "view", tree) == (CLINIC, SIBLING)
    assert organisations_for(doctor, "write", tree) == (SIBLING,)
    assert "河湾村卫生室：查看" in text_of(client.get(reverse("administration-scopes"))).replace(" ", "")
    client.post(address, {"as_post": "1"})
    assert organisations_for(town.staff("doctor"), "write", tree) == (CLINIC,)
    wrong = client.post(address, {f"view:{CLINIC}": "1", "added": "没有"})
    assert (wrong.status_code, "没有在办机构“没有”" in text_of(wrong)) == (422, True)
    own = client.post(reverse("administration-person-scopes", args=["admin"]), {"as_post": "1"})
    assert own.status_code == 422


# -- parameters --------------------------------------------------------------------------------------------------------


@pytest.fixture
def own_parameters() -> Any:
    """The home's folder of parameters and the registry, as they were before."""
    before, folder = dict(registry.parameters), settings.HOME.parameters
    yield folder
    (folder / FILE).unlink(missing_ok=True)
    registry.parameters.clear()
    registry.parameters.update(before)


def test_the_county_states_a_value_that_holds_from_its_day(town: Town, enter_as: Any, own_parameters: Path) -> None:
    client, address = enter_as("admin"), reverse("administration-parameter", args=[PARAMETER])
    assert "无规定" in text_of(client.get(address))
    values = {"since": "2026-01-01", "value": "85%", "document": "样例县统筹补偿方案", "clause": "三、住院补偿", "verified": "1"}
    assert client.post(address, values).status_code == 302
    assert (registry.parameters[PARAMETER].at(date(2026, 1, 1)), registry.parameters[PARAMETER].at(date(2025, 12, 31))) == (85, None)
    assert "样例县统筹补偿方案" in text_of(client.get(reverse("administration-parameters")))
    assert "无规定" in text_of(client.get(reverse("administration-parameters") + "?day=2025-12-31"))
    client.post(address, values | {"since": "2027-01-01", "value": "", "none": "1"})
    assert registry.parameters[PARAMETER].at(date(2027, 1, 1)) is None
    assert registry.parameters[PARAMETER].at(date(2026, 12, 31)) == 85
    assert AuditEntry.objects.filter(action=audit.SET_PARAMETER).count() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"value": "八十五"}, "不小于0的整数"),
        ({"value": "-1"}, "不小于0的整数"),
        ({"since": ""}, "日期未填"),
        ({"document": "无"}, "请填写依据的文件"),
    ],
)
def test_a_value_that_is_none_is_refused_and_nothing_written(
    town: Town, enter_as: Any, own_parameters: Path, wrong: dict[str, str], told: str
) -> None:
    values = {"since": "2026-01-01", "value": "85", "document": "样例县方案", "clause": ""} | wrong
    answer = enter_as("admin").post(reverse("administration-parameter", args=[PARAMETER]), values)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert not (own_parameters / FILE).exists()


def test_a_value_written_by_hand_stays_with_its_file(town: Town, enter_as: Any, own_parameters: Path) -> None:
    own_parameters.mkdir(exist_ok=True)
    by_hand = own_parameters / "hand.yaml"
    by_hand.write_text(f"{PARAMETER}:\n  source: {{document: 样例}}\n  values: {{2020-01-01: 60}}\n", encoding="utf-8")
    try:
        values = {"since": "2026-01-01", "value": "85", "document": "样例县方案"}
        answer = enter_as("admin").post(reverse("administration-parameter", args=[PARAMETER]), values)
        assert "hand.yaml" in text_of(answer)
        assert not (own_parameters / FILE).exists()
    finally:
        by_hand.unlink()


# -- locks, audit, system ----------------------------------------------------------------------------------------------


def test_a_period_is_locked_with_a_reason_and_unlocked_with_another(town: Town, enter_as: Any) -> None:
    client, address = enter_as("admin"), reverse("administration-locks")
    values = {"organisation": TOWNSHIP, "start": "2026-01-01", "end": "2026-03-31", "reason": "一季度已考核"}
    assert client.post(address, values | {"end": "2025-01-01"}).status_code == 422
    assert "须写明原因" in text_of(client.post(address, values | {"reason": " "}))
    client.post(address, values)
    lock = PeriodLock.objects.get()
    assert (lock.organisation_id, lock.end, lock.locked_by) == (TOWNSHIP, date(2026, 3, 31), town.staff("admin"))
    assert "已经锁定" in text_of(client.post(address, values))
    assert client.post(reverse("administration-unlock", args=[lock.pk])).status_code == 422
    client.post(reverse("administration-unlock", args=[lock.pk]), {"reason": "补录漏报"})
    assert not PeriodLock.objects.exists()
    assert AuditEntry.objects.get(action=audit.UNLOCK).detail["reason"] == "补录漏报"


def numbered(town: Town) -> Any:
    """A resident with visits, given a record number."""
    person = Resident.objects.get(pk=town.patients[CLINIC][0].pk)
    person.record_number = f"{CLINIC}00001"
    person.save(update_fields=["record_number"])
    return person


def test_the_trail_is_found_by_account_act_person_and_day_and_shows_no_values(town: Town, enter_as: Any) -> None:
    person, other = numbered(town), town.patients[CLINIC][1]
    audit.record(town.staff("doctor"), audit.OPEN_PERSON, person, {"purpose": "view", "secret": "不应显示"})
    audit.record(town.staff("doctor"), audit.OPEN_PERSON, other, {"purpose": "view"})
    audit.record(town.staff("bureau"), audit.SEARCH, detail={"by": "name", "count": 3})
    client, address = enter_as("admin"), reverse("administration-audit")
    every = client.get(address)
    assert [line["action"].zh for line in every.context["lines"]] == ["检索居民", "打开个人", "打开个人"]
    assert "不应显示" not in every.content.decode()
    assert person.name not in every.content.decode()
    assert len(client.get(address, {"account": "doctor"}).context["lines"]) == 2
    assert len(client.get(address, {"action": "search"}).context["lines"]) == 1
    about = client.get(address, {"record_number": person.record_number}).context["lines"]
    assert [line["record_number"] for line in about] == [person.record_number]
    assert AuditEntry.objects.filter(action=audit.READ_AUDIT, resident=person.pk).count() == 1
    assert client.get(address, {"end": "2000-01-01"}).context["lines"] == []
    assert "没有这个档案编号" in text_of(client.get(address, {"record_number": "1"}))
    assert "日期未填或不存在" in text_of(client.get(address, {"start": "x"}))


def test_the_writes_are_found_by_person_and_tell_no_values(town: Town, enter_as: Any) -> None:
    person = numbered(town)
    client, address = enter_as("admin"), reverse("administration-audit-writes")
    found = client.get(address, {"record_number": person.record_number})
    tables = {line["table"].zh for line in found.context["lines"]}
    assert {"居民", "居住与管理"} <= tables
    assert len(tables) >= 3  # and the follow-ups
    assert person.name not in found.content.decode()
    staff = client.get(address, {"action": "county_staff"})
    assert {line["table"].zh for line in staff.context["lines"]} == {"人员"}


def test_the_system_page_and_its_json_tell_the_lag(town: Town, enter_as: Any) -> None:
    client = enter_as("admin")
    facts = client.get(reverse("administration-system-json")).json()
    assert (facts["status"], facts["ledger"]["waiting"], facts["problems"]) == ("ok", 0, [])
    assert facts["database"]["kind"] in ("sqlite", "postgresql")
    assert facts["disk"]["ledger_bytes"] > 0
    Organisation.objects.filter(pk=CLINIC).update(name="改名的卫生室")
    assert client.get(reverse("administration-system-json")).json()["ledger"]["waiting"] == 1
    Change.objects.filter(taken__isnull=True).update(at=Change.objects.order_by("at").values("at")[:1])
    Change.objects.filter(taken__isnull=True).update(at="2026-01-01T00:00:00Z")
    late = client.get(reverse("administration-system-json")).json()
    assert (late["status"], late["problems"]) == ("problem", ["ledger_late"])
    assert "台账落后" in text_of(client.get(reverse("administration-system")))


def test_pages_ask_as_many_questions_for_many_rows_as_for_few(town: Town, enter_as: Any, django_assert_max_num_queries: Any) -> None:
    client = enter_as("admin")
    Staff.objects.bulk_create(
        [Staff(username=f"many{n}", name=f"众{n}", organisation_id=CLINIC, role=Role.VILLAGE_DOCTOR, password="!") for n in range(40)]
    )
    for name in (*FOR_OFFICES, "administration-scopes", "administration-audit", "administration-audit-writes", "administration-parameters"):
        with django_assert_max_num_queries(14):
            assert client.get(reverse(name)).status_code == 200
