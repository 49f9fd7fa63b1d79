"""Registers of patrols and of information found."""

from taizhang.kernel.text import Text
from taizhang.programmes.registering import register_of
from taizhang.programmes.supervision_assistance.models import Clue, Patrol

PATROLS = register_of(
    Patrol,
    "assistance_patrols",
    Text("卫生监督协管巡查登记", "Patrols"),
    natural_key=("organisation", "patrolled_on", "domain", "place"),
    in_list=("patrolled_on", "domain", "place", "problem_found", "problem", "action"),
    measured=("patrolled_on", "domain", "place", "content", "chlorine", "problem_found", "problem", "action", "ceased"),
    carried=("address",),
    by_staff=("patrolled_by",),
    sections={
        "patrolled_on": Text("巡查", "Patrol"),
        "problem_found": Text("问题与处置", "Problem and what was done"),
        "patrolled_by": Text("登记", "Entered"),
    },
    outcome=("next_due_on",),
    filters=("patrolled_on", "domain", "problem_found"),
)
CLUES = register_of(
    Clue,
    "assistance_clues",
    Text("卫生监督协管信息报告登记", "Information found and reported"),
    natural_key=("organisation", "found_on", "kind", "content"),
    in_list=("found_on", "kind", "content", "reported_on", "result"),
    measured=("found_on", "kind", "place", "content", "source", "reported_on", "reported_to", "result"),
    by_staff=("reporter",),
    sections={"found_on": Text("发现", "Found"), "reported_on": Text("报告与处理", "Reported, and what came of it")},
    outcome=("reported_in",),
    filters=("found_on", "kind", "reported_on"),
)
