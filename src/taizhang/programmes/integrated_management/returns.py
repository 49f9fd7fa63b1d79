"""镇村一体化报表."""

from taizhang.kernel.reporting import form, own_definition, rate_only, stock

FORM = form(
    "integrated_management", "镇村一体化报表", "Integrated township-village management", own_definition("镇村一体化报表"),
    stock("village_clinics", "村卫生室", "Village clinics", "个"),
    stock("township_hospitals", "乡镇卫生院", "Township hospitals", "家"),
    rate_only("rate", "镇村一体化管理率", "Village clinics under integrated management"),
)
