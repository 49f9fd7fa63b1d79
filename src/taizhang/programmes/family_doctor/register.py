"""Registers of contract teams, contracts and services under contract."""

from taizhang.kernel.text import Text
from taizhang.programmes.family_doctor.models import Contract, ContractService, Team
from taizhang.programmes.registering import register_of

TEAMS = register_of(
    Team,
    "contract_teams",
    Text("家庭医生签约服务团队", "Contract teams"),
    natural_key=("organisation", "name", "formed_on"),
    in_list=("name", "leader", "members", "formed_on", "dissolved_on"),
    measured=("name", "formed_on", "leader", "members", "phone"),
    filters=("formed_on",),
)
CONTRACTS = register_of(
    Contract,
    "family_contracts",
    Text("家庭医生签约服务协议", "Family doctor contracts"),
    natural_key=("resident", "signed_on"),
    in_list=("signed_on", "starts_on", "ends_on", "package", "key_groups", "terminated_on"),
    measured=("signed_on", "starts_on", "ends_on", "package", "items"),
    carried=("team", "family_doctor", "key_groups", "fee"),
    sections={
        "signed_on": Text("协议", "Contract"),
        "key_groups": Text("人群与服务包", "Group and package"),
        "resident_signed": Text("签字与解约", "Signature and ending"),
    },
    outcome=("items_left", "next_due_on", "fulfilled_on"),
    filters=("signed_on", "ends_on", "package"),
)
SERVICES = register_of(
    ContractService,
    "contract_services",
    Text("签约履约服务记录", "Services under contract"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "way", "items_done", "items_missed", "missed_reason"),
    measured=("visited_on", "way", "items_done", "items_missed", "missed_reason", "note"),
    by_staff=("doctor",),
    filters=("visited_on", "missed_reason"),
)
