"""社区卫生服务报表."""

from taizhang.kernel.reporting import form, own_definition, stock

FORM = form(
    "community_health", "社区卫生服务报表", "Community health services", own_definition("社区卫生服务报表"),
    stock("stations", "批准设置社区卫生服务站", "Community health stations approved", "个"),
    stock("staff", "配备工作人员", "Staff assigned", "人"),
)
