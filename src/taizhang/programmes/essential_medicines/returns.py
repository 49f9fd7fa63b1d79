"""基本药物报表: purchases on the provincial platform, delivery, stock-in, and the institutions that carry the scheme."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本药物制度监测报表", "网上采购，配备使用")

FORM = form(
    "essential_medicines", "基本药物报表", "Essential medicines", SOURCE,
    flow("purchased", "网上采购金额", "Purchased on the platform", "万元", places=2),
    flow("delivered", "配送金额", "Delivered", "万元", places=2),
    flow("stocked", "入库金额", "Taken into stock", "万元", places=2),
    stock("institutions_due", "应实施机构", "Institutions to carry the scheme", "家"),
    stock("institutions", "已实施机构", "Institutions carrying the scheme", "家"),
    stock("national_items", "国家基本药物品种", "Items of the national list", "种"),
    stock("provincial_items", "省增补品种", "Items added by the province", "种"),
    rows={
        "township_hospital": ("乡镇卫生院", "Township hospitals"),
        "village_clinic": ("村卫生室", "Village clinics"),
        "community_centre": ("社区卫生服务中心", "Community health centres"),
    },
    parts=(("institutions", "institutions_due"),),  # deliveries may exceed a period's purchases: orders of the period before
)
