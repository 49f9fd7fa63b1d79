"""儿童健康管理报表: services given. 儿童系统管理报表: children managed this year, of all children of the age."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本公共卫生服务规范（第三版）", "0～6岁儿童健康管理服务规范")
MANAGEMENT_SOURCE = Source("国家基本公共卫生服务规范（第三版）", "0～6岁儿童健康管理服务规范，工作指标")

FORM = form(
    "children", "儿童健康管理报表", "Health management of children", SOURCE,
    flow("basic_care", "接受基本保健服务的6岁以下儿童", "Basic health services given to children under 6", "人次"),
)
MANAGEMENT = form(
    "child_management", "儿童系统管理报表", "Systematic management of children", MANAGEMENT_SOURCE,
    stock("under_seven", "七岁以下儿童", "Children under seven", "人"),
    stock("under_seven_managed", "七岁以下儿童健康管理", "Of these, managed this year", "人"),
    stock("under_three", "三岁以下儿童", "Children under three", "人"),
    stock("under_three_managed", "三岁以下儿童系统管理", "Of these, systematically managed this year", "人"),
    stock("vision_checked", "眼保健和视力检查", "Of those under seven, eyes checked this year", "人"),
    flow("newborns_visited", "新生儿访视", "Newborns visited", "人"),
    flow("anaemic", "发现贫血儿童", "Children found anaemic", "人"),
    flow("stunted", "发现生长迟缓儿童", "Children found stunted", "人"),
    parts=(
        ("under_seven_managed", "under_seven"),
        ("under_three_managed", "under_three"),
        ("under_three", "under_seven"),
        ("vision_checked", "under_seven"),
    ),
)
