"""Words that definitions of every line of work share: who lives here, who manages them, sex and age."""

from taizhang.county.records import RESIDENCY, RESIDENT
from taizhang.kernel.indicators import Breakdown
from taizhang.kernel.query.words import Expression, choose, cutoff, person, records, year_end
from taizhang.kernel.text import Text

resident = person(RESIDENT)

_residencies = records(RESIDENCY)
_residency_on_cutoff = _residencies.where(
    (_residencies.started_on <= cutoff) & (_residencies.ended_on.is_missing | (_residencies.ended_on >= cutoff))
).last_by("started_on")

managing_organisation: Expression = _residency_on_cutoff.organisation

alive_on_cutoff = (resident.died_on.is_missing | (resident.died_on > cutoff)).named(
    "截止日在世", "alive at the cut-off", unmet=Text("截止日前已经去世", "died by the cut-off")
)
born_by_cutoff = (resident.birth_date <= cutoff).named(
    "截止日前已出生", "born by the cut-off", unmet=Text("截止日还没有出生", "not yet born at the cut-off")
)

# 常住: lives here on the cut-off. Residents without a residency line on that day have moved out (or never moved in).
lives_here = (
    alive_on_cutoff
    & born_by_cutoff
    & _residency_on_cutoff.exists.named(
        "截止日在本辖区居住",
        "lives here at the cut-off",
        unmet=Text("截止日不在本辖区居住：还没迁入，或已经迁出", "did not live here at the cut-off: not yet moved in, or moved away"),
    )
)

age_on_cutoff: Expression = resident.birth_date.age_on(cutoff)
# Age for annual duties: full years reached within the statistical year, so that everyone's duty is known on 1 January.
age_in_year: Expression = resident.birth_date.age_on(year_end)

BY_SEX = Breakdown(
    name="sex",
    label=Text("性别", "Sex"),
    value=resident.sex.node,
    categories=(("1", Text("男", "Male")), ("2", Text("女", "Female"))),
)

_BANDS = ((0, 6), (7, 17), (18, 34), (35, 49), (50, 64), (65, 74), (75, 84))

BY_AGE = Breakdown(
    name="age_band",
    label=Text("年龄组", "Age band"),
    value=choose(*((age_on_cutoff <= last, f"{first}-{last}") for first, last in _BANDS), otherwise="85+").node,
    categories=(
        *((f"{first}-{last}", Text(f"{first}–{last}岁", f"{first} to {last}")) for first, last in _BANDS),
        ("85+", Text("85岁及以上", "85 and over")),
    ),
)
