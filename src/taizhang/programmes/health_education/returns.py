"""健康教育报表: printed material, notice boards, consultations and lectures, as the chapter on health education asks units to report."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本公共卫生服务规范（第三版）", "健康教育服务规范，工作指标")

FORM = form(
    "health_education",
    "健康教育报表",
    "Health education",
    SOURCE,
    flow("materials", "印发健康教育资料", "Health education leaflets printed", "份"),
    flow("boards", "更新健康教育专栏", "Notice boards renewed", "期"),
    flow("consultations", "开展公众健康咨询活动", "Public health consultations held", "次"),
    flow("consulted", "参加公众健康咨询活动", "Attendances at public health consultations", "人次"),
    flow("lectures", "举办健康知识讲座", "Health lectures held", "次"),
    flow("attended", "参加健康知识讲座", "Attendances at health lectures", "人次"),
)
