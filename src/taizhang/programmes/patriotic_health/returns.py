"""爱国卫生报表: what was cleared, and what was used against pests."""

from taizhang.kernel.reporting import flow, form, own_definition

FORM = form(
    "patriotic_health", "爱国卫生报表", "Patriotic health campaign", own_definition("爱国卫生报表"),
    flow("rubbish", "清运垃圾", "Rubbish carted away", "吨"),
    flow("public_places", "清除公共场所垃圾", "Rubbish cleared from public places", "吨"),
    flow("posters", "清除乱张贴", "Wild posters removed", "处"),
    flow("building_sites", "清除工地垃圾", "Rubbish cleared from building sites", "吨"),
    flow("rivers", "清除河道垃圾", "Rubbish cleared from rivers", "吨"),
    flow("premises", "清除单位垃圾", "Rubbish cleared from premises of units", "吨"),
    flow("bait", "投放毒饵", "Bait laid", "斤"),
    flow("insecticide", "喷洒灭蚊蝇药物", "Mosquito and fly insecticide sprayed", "件"),
    flow("cockroach", "灭蟑药物", "Cockroach poison used", "件"),
    flow("talks", "参加健康宣讲", "Attendance at health talks", "人"),
)
