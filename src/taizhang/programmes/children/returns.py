"""儿童健康管理报表."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本公共卫生服务规范（第三版）", "0～6岁儿童健康管理服务规范")

FORM = form(
    "children", "儿童健康管理报表", "Health management of children", SOURCE,
    flow("basic_care", "接受基本保健服务的6岁以下儿童", "Basic health services given to children under 6", "人次"),
)
