"""Files of organisations: a bureau's tree laid down in one go, whatever the order of the rows; what exists is left alone."""

from typing import Any

import pytest

from taizhang.county.models import Organisation, OrganisationLink, Staff
from taizhang.county.organisations import tree_on
from taizhang.exchange.importing import FileRefused

from .conftest import numbers, reasons

pytestmark = pytest.mark.django_db
HEAD = ["代码", "名称", "类别", "上级机构", "成立日期"]
VILLAGE = ["990101103201", "新庄村卫生室", "村卫生室", "", ""]
TOWNSHIP = ["990101103", "新建镇卫生院", "乡镇卫生院", "", "2019-01-01"]
MCH = ["990101-MCH", "样例县妇幼保健院", "妇幼保健院", "样例县卫生健康局", ""]


def test_a_tree_goes_in_once_whatever_the_order_of_its_rows(bring: Any, csv_file: Any, county: Any) -> None:
    path = csv_file([HEAD, VILLAGE, TOWNSHIP, MCH])
    assert numbers(bring("organisations", path, dry_run=True)) == (3, 3, 0, 0, 0)
    assert not Organisation.objects.filter(code="990101103").exists()
    assert numbers(bring("organisations", path)) == (3, 3, 0, 0, 0)
    tree = tree_on(county.day)
    assert tree.parent("990101103201") == "990101103"
    assert tree.parent("990101103") == tree.parent("990101-MCH") == "990101"
    assert Organisation.objects.get(pk="990101103").opened_on.isoformat() == "2019-01-01"
    links = OrganisationLink.objects.count()
    assert numbers(bring("organisations", path)) == (3, 0, 3, 0, 0)
    assert OrganisationLink.objects.count() == links


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (["99010110", "某卫生院", "乡镇卫生院", "", ""], "代码", "8位"),
        (["新建镇", "新建镇卫生院", "乡镇卫生院", "", ""], "代码", "县级机构用县代码加后缀"),
        (["990101103", "新建镇卫生院", "卫生院", "", ""], "类别", "没有“卫生院”这一类别，可填：卫生健康局、"),
        (["990101103", "新建镇卫生院", "乡镇卫生院", "990109", ""], "上级机构", "没有代码或名称为“990109”的机构"),
        (["990101103", "新建镇卫生院", "乡镇卫生院", "", "去年"], "成立日期", "“去年”不是日期"),
        (["990101999201", "无镇村卫生室", "村卫生室", "", ""], "代码", "上级乡镇 990101999 不在区划表中"),
        (
            ["990101101", "青山中心卫生院", "乡镇卫生院", "", ""],
            "代码",
            "该代码已是“青山镇卫生院”（乡镇卫生院）。改名、划转、撤销请在“机构”页",
        ),
        (["420683101", "真实镇卫生院", "乡镇卫生院", "", ""], "代码", "不在区划表中"),
        (["990101103", "", "乡镇卫生院", "", ""], "名称", "名称未填"),
    ],
)
def test_what_cannot_be_an_organisation_comes_back_and_the_others_go_in(
    bring: Any, csv_file: Any, row: list[str], column: str, message: str
) -> None:
    report = bring("organisations", csv_file([HEAD, row, MCH]))
    assert numbers(report) == (2, 1, 0, 0, 1)
    told = reasons(report)[0]
    assert told["退回的列"] == column
    assert message in told["原因和改法"]
    assert Organisation.objects.get(pk="990101101").name == "青山镇卫生院"


def test_only_an_administrator_lays_down_the_tree(bring: Any, csv_file: Any) -> None:
    with pytest.raises(FileRefused, match="只能由系统管理员导入"):
        bring("organisations", csv_file([HEAD, TOWNSHIP]), actor=Staff.objects.get(username="township"))
