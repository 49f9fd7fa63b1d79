"""Figures of the essential medicines scheme as reported. Both rates stand over the amount purchased."""

from functools import partial

from taizhang.kernel.reporting import HIGHER, NEITHER, reported, reported_rate
from taizhang.programmes.essential_medicines.returns import FORM

_figure = partial(reported, FORM)
PURCHASED = _figure(
    "purchased",
    better=NEITHER,
    name=("基本药物网上采购金额", "Essential medicines purchased on the platform"),
    why=("统一网上采购是零差率销售的前提。", "Selling without mark-up rests on joint purchase on the platform."),
)
DELIVERED = _figure(
    "delivered",
    better=NEITHER,
    name=("基本药物配送金额", "Essential medicines delivered"),
    why=("采购到货才能供群众使用。", "What was ordered helps nobody until it arrives."),
)
STOCKED = _figure(
    "stocked",
    better=NEITHER,
    name=("基本药物入库金额", "Essential medicines taken into stock"),
    why=("验收入库的金额是付款和使用的依据。", "Payment and use follow what was accepted into stock."),
)
INSTITUTIONS_DUE = _figure(
    "institutions_due",
    by_row=True,
    better=NEITHER,
    name=("应实施基本药物制度机构", "Institutions to carry the essential medicines scheme"),
    why=("制度覆盖面的底数。", "The base on which coverage stands."),
)
INSTITUTIONS = _figure(
    "institutions",
    by_row=True,
    better=HIGHER,
    name=("已实施基本药物制度机构", "Institutions carrying the essential medicines scheme"),
    why=("反映制度覆盖到哪一级。", "How far down the scheme has come."),
)
NATIONAL_ITEMS = _figure(
    "national_items",
    better=NEITHER,
    name=("配备国家基本药物品种", "Items of the national list held"),
    why=("品种配备齐全才能满足基本用药。", "Basic needs are met only if the list is held."),
)
PROVINCIAL_ITEMS = _figure(
    "provincial_items",
    better=NEITHER,
    name=("配备省增补药物品种", "Items added by the province held"),
    why=("增补品种反映本省用药需要。", "Added items answer the needs of the province."),
)

COVERAGE = reported_rate(
    FORM,
    "institutions",
    "institutions_due",
    code="coverage",
    by_row=True,
    name=("基本药物制度实施率", "Institutions carrying the essential medicines scheme, of those due"),
    why=("制度应覆盖全部政府办基层医疗卫生机构和村卫生室。", "The scheme is to cover all grass-roots institutions and village clinics."),
)
DELIVERY_RATE = reported_rate(
    FORM,
    "delivered",
    "purchased",
    code="delivery_rate",
    name=("基本药物配送率", "Essential medicines delivered, of those purchased"),
    why=("配送率低会造成基层缺药。", "Where delivery falls short, clinics run out of medicines."),
)
STOCK_RATE = reported_rate(
    FORM,
    "stocked",
    "purchased",
    code="stock_rate",
    name=("基本药物入库率", "Essential medicines taken into stock, of those purchased"),
    why=("入库率与配送率的差距反映验收是否及时。", "Its distance to the delivery rate shows whether acceptance is prompt."),
)
