"""家庭医生签约服务协议 and 履约服务记录 on paper, as the county uses them: no national form is laid down."""

from taizhang.kernel.paper import PaperForm, PaperLines, PaperRow, PaperSection
from taizhang.kernel.text import Text
from taizhang.programmes.family_doctor.rules import AGREEMENT

CONTRACT_FORM = PaperForm(
    code="family_contract_form",
    name=Text("家庭医生签约服务协议", "Contract with a family doctor"),
    register="family_contracts",
    source=AGREEMENT,
    sections=(
        PaperSection(
            Text("协议", "Contract"),
            (
                PaperRow(Text("签约团队", "Team"), ("team",)),
                PaperRow(Text("家庭医生", "Family doctor"), ("family_doctor",)),
                PaperRow(Text("签约日期", "Signed on"), ("signed_on",)),
                PaperRow(
                    Text("协议有效期", "In force"), ("starts_on", "ends_on"), Text("{starts_on}至{ends_on}", "{starts_on} to {ends_on}")
                ),
                PaperRow(Text("重点人群类别", "Priority groups"), ("key_groups",)),
                PaperRow(Text("服务包", "Package"), ("package",)),
                PaperRow(Text("签约服务费", "Fee"), ("fee",), Text("{fee}元", "{fee} yuan")),
                PaperRow(Text("约定服务项目", "Services agreed"), ("items",)),
            ),
        ),
        PaperSection(
            Text("履约", "Services given"),
            (
                PaperLines(
                    Text("履约服务记录", "Services"), "contract_services",
                    ("visited_on", "items_done", "items_missed", "missed_reason", "note", "doctor"), 6, kept_up=True,
                ),
            ),
        ),
        PaperSection(
            Text("解约与签字", "Ending and signature"),
            (
                PaperRow(
                    Text("提前解约", "Ended early"), ("terminated_on", "terminate_reason"),
                    Text("{terminated_on}　{terminate_reason}", "{terminated_on} {terminate_reason}"),
                ),
                PaperRow(Text("签约居民（代表）签名", "Signed by"), ("resident_signed",)),
            ),
        ),
    ),
)  # fmt: skip
