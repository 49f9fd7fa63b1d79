"""Figures of family doctor contracts, from the records of contracts or, where a county only reports, from its returns.

Who is under contract: residents who live here on the cut-off with a contract that binds on that day. Priority groups 重点人群 from records:
the elderly, children of 0 to 6, patients with hypertension or type 2 diabetes under management, and mothers from their registration to 42
days after the expected birth; a person of several groups counts once among all, and once in each. Disability is not in the ledger: that
group stays with the return.
"""

from taizhang.county.vocabulary import BY_AGE, BY_SEX, age_in_year, age_on_cutoff, lives_here, managing_organisation
from taizhang.kernel.indicators import Attribution, Better, Breakdown, Cell, Indicator, Population, Reported, TimeBase, residents_where
from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import Expression, RowSet, always, any_of, cutoff, parameter, period_start, records
from taizhang.kernel.reporting import HIGHER, reported_rate
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.diabetes.records import CASE as DIABETES_CASE
from taizhang.programmes.family_doctor import elements as e
from taizhang.programmes.family_doctor.records import CONTRACT, SERVICE, TEAM
from taizhang.programmes.family_doctor.returns import FORM, GROUPS
from taizhang.programmes.family_doctor.rules import AGREEMENT, COVERAGE, FULFILMENT, ITEMS_DONE, ITEMS_DUE, PACE, in_force
from taizhang.programmes.hypertension.records import CASE as HYPERTENSION_CASE
from taizhang.programmes.maternal.records import PREGNANCY

_teams, _contracts, _services = records(TEAM), records(CONTRACT), records(SERVICE)

# -- who -------------------------------------------------------------------------------------------------------------------------------

_is_old = (age_in_year >= parameter("family_doctor.elderly_age")).named("65岁及以上老年人", "65 or over", source=COVERAGE)
_is_child = (age_on_cutoff <= parameter("family_doctor.child_age")).named("0～6岁儿童", "a child of 0 to 6", source=COVERAGE)


def _patient(case: RowSet) -> Expression:
    open_ = (case.enrolled_on <= cutoff) & (case.closed_on.is_missing | (case.closed_on > cutoff))
    return case.where(open_).exist()


_hypertensive = _patient(records(HYPERTENSION_CASE)).named("在管高血压患者", "under management for hypertension", source=COVERAGE)
_diabetic = _patient(records(DIABETES_CASE)).named("在管2型糖尿病患者", "under management for diabetes", source=COVERAGE)
_pregnancies = records(PREGNANCY)
_is_mother = (
    _pregnancies.where(
        (_pregnancies.registered_on <= cutoff) & (_pregnancies.due_on.plus(parameter("family_doctor.postpartum_days"), "day") >= cutoff)
    )
    .exist()
    .named("孕产妇", "a mother", source=COVERAGE)
)
_of_key_group = any_of(_is_old, _is_child, _hypertensive, _diabetic, _is_mother).named(
    "属于重点人群", "of a priority group", unmet=Text("不是老年人、儿童、孕产妇或慢性病等重点人群", "of no priority group"), source=COVERAGE
)

_under_contract = (
    _contracts.where(in_force(_contracts, cutoff))
    .exist()
    .named(
        "截止日签约有效",
        "under contract at the cut-off",
        unmet=Text("没有签约、协议已到期或已解约，签约或续签即可", "no contract, or it ended; signing or renewing will mend it"),
        source=COVERAGE,
    )
)

RESIDENTS = residents_where(
    "contract_residents", Text("常住居民（家庭医生签约）", "Residents (family doctor contracts)"), lives_here,
    organisation=managing_organisation, breakdowns=(BY_SEX, BY_AGE),
)  # fmt: skip
KEY_PEOPLE = residents_where(
    "contract_key_people", Text("签约服务重点人群", "People of priority groups"), lives_here & _of_key_group,
    organisation=managing_organisation, breakdowns=(BY_SEX, BY_AGE),
)  # fmt: skip
STANDING_TEAMS = Population(
    name="contract_teams",
    label=Text("截止日在册的签约服务团队", "Contract teams at the cut-off"),
    attribution=Attribution.SERVED_BY,
    rows=_teams.where((_teams.formed_on <= cutoff) & (_teams.dissolved_on.is_missing | (_teams.dissolved_on > cutoff))).node,
    organisation=_teams.organisation.node,
)

_PACKAGES = Breakdown("package", e.PACKAGE.label, _contracts.package.node, e.PACKAGE.codes)
_kept_to_its_end = _contracts.terminated_on.is_missing | (_contracts.terminated_on > cutoff)
SIGNED = Population(
    name="contracts_signed",
    label=Text("时段内签订的协议", "Contracts signed in the period"),
    attribution=Attribution.SERVED_BY,
    rows=_contracts.where(_contracts.signed_on.in_period).node,
    organisation=_contracts.organisation.node,
    breakdowns=(_PACKAGES,),
)
# Those that ran, and those of which it can be asked whether they were renewed; a contract ended early asks for nothing more.
RUNNING = Population(
    name="contracts_running",
    label=Text("时段内有效或到期的协议", "Contracts that ran or ended in the period"),
    attribution=Attribution.SERVED_BY,
    rows=_contracts.where(
        (_contracts.starts_on <= cutoff)
        & (_contracts.ends_on.plus(parameter("family_doctor.renewal_days"), "day") >= period_start)
        & _kept_to_its_end
    ).node,
    organisation=_contracts.organisation.node,
    breakdowns=(_PACKAGES,),
)
_BY_REASON = Breakdown("reason", e.MISSED_REASON.label, _services.missed_reason.node, e.MISSED_REASON.codes)
SERVED = Population(
    name="contract_services",
    label=Text("时段内的履约服务记录", "Services under contract in the period"),
    attribution=Attribution.SERVED_BY,
    rows=_services.where(_services.visited_on.in_period).node,
    organisation=_services.organisation.node,
    breakdowns=(_BY_REASON,),
)


def _indicator(
    code: str, name: tuple[str, str], unit: str, base: TimeBase, of: Population, counted: Expression, why: tuple[str, str], *,
    counting: str = "", over: Expression | None = None, cell: str = "", cell_over: str = "", form: str = FORM.code, row: str = "",
    source: Source = COVERAGE, better: Better = Better.HIGHER,
) -> Indicator:  # fmt: skip
    """One figure from records; with cell, from the return where there are no records."""
    below: nodes.Value | None = over.node if over is not None else None
    source_of_reports = None
    if cell:
        source_of_reports = Reported(numerator=Cell(form, cell, row), denominator=Cell(form, cell_over, row) if cell_over else None)
    return Indicator(
        code=f"family_doctor.{code}", name=Text(*name), unit=unit, counting_unit=counting or unit, time_base=base,
        attribution=of.attribution, better=better, source=source, why=Text(*why), population=of, numerator=counted.node,
        denominator=below, reported=source_of_reports, places=2 if below is not None else 0,
    )  # fmt: skip


# -- coverage ----------------------------------------------------------------------------------------------------------------------------

TEAMS = _indicator(
    "teams", ("家庭医生签约服务团队", "Contract teams"), "个", TimeBase.STOCK, STANDING_TEAMS, always,
    ("团队是签约服务的责任主体。", "The team answers for its residents."), cell="teams",
)  # fmt: skip
CONTRACTED = _indicator(
    "contracted", ("家庭医生签约居民", "Residents under contract with a family doctor"), "人", TimeBase.STOCK, RESIDENTS, _under_contract,
    ("签约服务使居民有固定的健康守门人。", "A contract gives people a doctor of their own."), cell="contracted",
)  # fmt: skip
CONTRACT_COVERAGE = _indicator(
    "coverage", ("家庭医生签约率", "Residents under contract"), "%", TimeBase.STOCK, RESIDENTS, _under_contract,
    ("反映签约服务的覆盖面。", "How far contracts reach."), counting="人", over=always, cell="contracted", cell_over="residents",
)  # fmt: skip
KEY_CONTRACTED = _indicator(
    "key_contracted", ("重点人群签约人数", "People of priority groups under contract"), "人", TimeBase.STOCK, KEY_PEOPLE, _under_contract,
    ("老年人、慢性病患者等最需要连续服务。", "The old and the chronically ill need care that does not break off."), cell="key_contracted",
)  # fmt: skip
KEY_COVERAGE = _indicator(
    "key_coverage", ("重点人群签约率", "People of priority groups under contract"), "%", TimeBase.STOCK, KEY_PEOPLE, _under_contract,
    ("签约以重点人群优先。", "Priority groups come first."), counting="人", over=always, cell="key_contracted", cell_over="key_people",
)  # fmt: skip


def _group(code: str, row: str, name: tuple[str, str], member: Expression, why: tuple[str, str]) -> Indicator:
    return _indicator(
        f"{code}_coverage", name, "%", TimeBase.STOCK, KEY_PEOPLE, member & _under_contract, why, counting="人", over=member,
        cell="contracted", cell_over="people", form=GROUPS.code, row=row,
    )  # fmt: skip


ELDERLY_COVERAGE = _group(
    "elderly", "elderly", ("老年人签约率", "The elderly under contract"), _is_old,
    ("老年人是签约服务的首要对象。", "The elderly come first of all."),
)  # fmt: skip
HYPERTENSION_COVERAGE = _group(
    "hypertension", "hypertension", ("高血压患者签约率", "Hypertension patients under contract"), _hypertensive,
    ("签约与慢性病随访相结合。", "Contracts and the care of chronic diseases go together."),
)  # fmt: skip
DIABETES_COVERAGE = _group(
    "diabetes", "diabetes", ("糖尿病患者签约率", "Diabetes patients under contract"), _diabetic,
    ("签约与慢性病随访相结合。", "Contracts and the care of chronic diseases go together."),
)  # fmt: skip
MOTHERS_COVERAGE = _group(
    "mothers", "mothers", ("孕产妇签约率", "Mothers under contract"), _is_mother,
    ("孕期到产后需要同一个团队连着管。", "From pregnancy on, one team should look after her."),
)  # fmt: skip
CHILDREN_COVERAGE = _group(
    "children", "children", ("0～6岁儿童签约率", "Children of 0 to 6 under contract"), _is_child,
    ("儿童保健、接种与签约由同一团队衔接。", "Check-ups and vaccinations belong with one team."),
)  # fmt: skip
DISABLED_COVERAGE = reported_rate(
    GROUPS,
    "contracted",
    "people",
    code="disabled_coverage",
    row="disabled",
    prefix="family_doctor",
    better=HIGHER,
    name=("残疾人签约率", "People with disabilities under contract"),
    why=("残疾人需要上门服务。", "They need services at home."),
)

# -- fulfilment and renewal --------------------------------------------------------------------------------------------------------------

SERVICES = _indicator(
    "services", ("家庭医生履约服务", "Services under contract"), "人次", TimeBase.FLOW, SERVED, _services.done_count >= 1,
    ("签而有约，约而有服务。", "A contract is worth the services it brings."), cell="services", source=FULFILMENT,
)  # fmt: skip
MISSED = _indicator(
    "missed", ("应履约而未履约", "Services due and not given"), "人次", TimeBase.FLOW, SERVED, _services.missed_count >= 1,
    ("按原因分组，看是人不在还是团队没有安排。", "By reason: whether people were away or the team did not arrange it."),
    source=FULFILMENT, better=Better.LOWER,
)  # fmt: skip
SIGNINGS = _indicator(
    "signed", ("签订家庭医生协议", "Contracts signed"), "份", TimeBase.FLOW, SIGNED, always,
    ("反映时段内的签约工作量。", "The signing done in the period."), source=AGREEMENT, better=Better.NEITHER,
)  # fmt: skip
_is_renewal = _contracts.renewal.named(
    "续签", "a renewal", unmet=Text("首次签约，不是续签", "a first contract, not a renewal"), source=AGREEMENT
)
RENEWED = _indicator(
    "renewed", ("家庭医生续签居民", "Contracts renewed"), "人", TimeBase.FLOW, SIGNED, _is_renewal,
    ("续签说明居民认可。", "Renewal shows that people think well of it."), cell="renewed", source=AGREEMENT,
)  # fmt: skip

_binds = in_force(_contracts, cutoff)
_something_due = (_binds & (ITEMS_DUE >= 1)).named(
    "协议有效且已有到期的项目",
    "in force, with services due",
    unmet=Text("协议不在有效期内，或还没有到期的服务项目", "not in force, or no service is due yet"),
    source=PACE,
)
_by_pace = (ITEMS_DONE >= ITEMS_DUE).named(
    "到期的约定项目均已履约",
    "what is due was given",
    unmet=Text("到期的约定项目还没有做完，补做即可", "services due have not been given; giving them will mend it"),
    source=PACE,
)
FULFILMENT_BY_PACE = _indicator(
    "fulfilment_by_pace", ("签约按进度履约率", "Contracts fulfilled, by pace"), "%", TimeBase.DUE_TO_DATE, RUNNING,
    _something_due & _by_pace,
    ("协议没有到期也看得出谁落在后面：约定的项目按协议期平均安排，到期的应已做完。",
     "Shows who lags while contracts run: what is agreed is spread over the term, and what is due must have been given."),
    counting="份", over=_something_due, source=PACE,
)  # fmt: skip
_behind = (~_by_pace).named(
    "有到期项目还没有履约",
    "something due has not been given",
    unmet=Text("到期的约定项目都已做完", "all that is due has been given"),
    source=PACE,
)
UNFULFILLED = _indicator(
    "unfulfilled", ("到期项目未履约的协议", "Contracts with services overdue"), "份", TimeBase.STOCK, RUNNING, _something_due & _behind,
    ("这些协议就是团队下一步的上门名单。", "These contracts are the team's next list."), source=PACE, better=Better.LOWER,
)  # fmt: skip
_ended = (_contracts.ends_on.in_period).named(
    "协议在时段内期满", "ended in the period", unmet=Text("协议不在时段内期满", "the contract does not end in the period"), source=AGREEMENT
)
_fulfilled = (_contracts.fulfilled_on <= _contracts.ends_on).named(
    "期满前全部履约",
    "all services given before its end",
    unmet=Text("期满时还有约定项目没有履约", "some services had not been given when it ended"),
    source=FULFILMENT,
)
FULFILMENT_RATE = _indicator(
    "fulfilment", ("签约协议履约率", "Contracts fulfilled"), "%", TimeBase.MATURED, RUNNING, _ended & _fulfilled,
    ("期满的协议约定的项目是否全部做完；未期满的不计。", "Of contracts that ended, those with everything given; the rest are not yet due."),
    counting="份", over=_ended, source=FULFILMENT,
)  # fmt: skip
_window_closed = (_contracts.ends_on.plus(parameter("family_doctor.renewal_days"), "day").in_period).named(
    "续签期限在时段内届满",
    "the time to renew ended in the period",
    unmet=Text("续签期限不在时段内届满", "the time to renew did not end in the period"),
    source=AGREEMENT,
)
_was_renewed = _contracts.renewed_on.is_present.named(
    "期满后已续签",
    "renewed after it ended",
    unmet=Text(
        "期满后没有续签，本人愿意的，重新签约并登记即可", "not renewed after it ended; a new contract, if the person wishes, will mend it"
    ),
    source=AGREEMENT,
)
RENEWAL_RATE = _indicator(
    "renewal", ("家庭医生续签率", "Contracts renewed, of those that ended"), "%", TimeBase.MATURED, RUNNING,
    _window_closed & _was_renewed,
    ("期满后还愿意再签，才说明服务管用；续签期限未届满的不计。", "Who signs again found it useful; who still may is not yet due."),
    counting="份", over=_window_closed, source=AGREEMENT,
)  # fmt: skip
