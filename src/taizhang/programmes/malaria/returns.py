"""疟疾防治报表: treatment in the resting season 休止期治疗 of former patients and their families, blood tests of fever patients."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("疟疾防治手册", "休止期根治，发热病人血检")

FORM = form(
    "malaria", "疟疾防治报表", "Malaria control", SOURCE,
    flow("due", "应休治", "To be treated in the resting season", "人"),
    flow("treated", "实休治", "Treated in the resting season", "人"),
    flow("blood_tests", "发热病人血检", "Blood tests of fever patients", "人次"),
    flow("positive", "血检阳性", "Blood tests positive", "人"),
    rows={
        "former_patients": ("网报疟史病人", "Reported former patients"),
        "families": ("病人家属", "Families of patients"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("positive", "blood_tests"),),  # treated may exceed due: treatment is extended to families found later
)
