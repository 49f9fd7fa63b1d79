"""卫生人才报表: who was hired, by kind, and the training of village doctors."""

from taizhang.kernel.reporting import flow, form, own_definition

FORM = form(
    "workforce", "卫生人才报表", "Health workforce", own_definition("卫生人才报表"),
    flow("recruited", "招聘引进", "Recruited", "人"),
    flow("courses", "乡村医生集中培训", "Training courses for village doctors", "批"),
    flow("trained", "培训乡村医生", "Village doctors trained", "人"),
    rows={
        "medical": ("医疗和医技", "Medical and technical"),
        "nursing": ("护理", "Nursing"),
        "other": ("其它", "Other"),
        "postgraduate": ("研究生", "Postgraduates"),
    },
)
