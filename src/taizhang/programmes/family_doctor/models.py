"""Stored teams, contracts and services of family doctors 家庭医生签约服务."""

from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record, UnitRecord
from taizhang.kernel.registry import registry
from taizhang.programmes import elements as shared
from taizhang.programmes.family_doctor import elements as e
from taizhang.programmes.family_doctor import rules
from taizhang.programmes.family_doctor.records import CONTRACT, ITEMS_AT_MOST, SERVICE, TEAM


class Team(UnitRecord):
    """签约服务团队 of a township hospital or community centre."""

    CONTRACT = TEAM
    DAY = "formed_on"

    name = element_field(e.TEAM_NAME, required=True)
    formed_on = element_field(e.FORMED_ON, required=True)
    leader = element_field(e.TEAM_LEADER, required=True)
    members = element_field(e.TEAM_MEMBERS, required=True)
    nurses = element_field(e.TEAM_NURSES)
    public_health = element_field(e.TEAM_PUBLIC_HEALTH)
    village_doctors = element_field(e.TEAM_VILLAGE_DOCTORS)
    phone = element_field(e.TEAM_PHONE)
    dissolved_on = element_field(e.DISSOLVED_ON)

    class Meta:
        verbose_name = "家庭医生签约服务团队"
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name", "formed_on"], name="one_contract_team")]
        indexes: ClassVar = [models.Index(fields=["-formed_on", "-id"], name="contract_teams_by_day")]


class Contract(Record):
    """签约服务协议. What was given of what it agrees, what is due next, and whether it renews or was renewed, is derived."""

    CONTRACT = CONTRACT
    DAY = "signed_on"
    BESIDE = ("family_doctor.ContractService",)

    signed_on = element_field(e.SIGNED_ON, required=True)
    starts_on = element_field(e.STARTS_ON, required=True)
    ends_on = element_field(e.ENDS_ON, required=True)
    team = element_field(e.CONTRACT_TEAM)
    family_doctor = element_field(e.FAMILY_DOCTOR)
    key_groups = element_field(e.KEY_GROUPS)
    package = element_field(e.PACKAGE, required=True)
    fee = element_field(e.FEE)
    items = element_field(e.ITEMS, required=True)
    resident_signed = element_field(e.RESIDENT_SIGNED)
    terminated_on = element_field(e.TERMINATED_ON)
    terminate_reason = element_field(e.TERMINATE_REASON)

    items_agreed = models.IntegerField("约定项目数", default=0, editable=False)
    items_left = worded(models.CharField("尚未履约的项目", max_length=60, blank=True, editable=False), e.ITEMS_LEFT)
    done_1_on = models.DateField("第1项履约日期", null=True, editable=False)
    done_2_on = models.DateField("第2项履约日期", null=True, editable=False)
    done_3_on = models.DateField("第3项履约日期", null=True, editable=False)
    done_4_on = models.DateField("第4项履约日期", null=True, editable=False)
    done_5_on = models.DateField("第5项履约日期", null=True, editable=False)
    done_6_on = models.DateField("第6项履约日期", null=True, editable=False)
    done_7_on = models.DateField("第7项履约日期", null=True, editable=False)
    done_8_on = models.DateField("第8项履约日期", null=True, editable=False)
    fulfilled_on = worded(models.DateField("全部项目履约日期", null=True, editable=False), e.FULFILLED_ON)
    next_due_on = worded(models.DateField("下一项服务应完成日期", null=True, editable=False), e.NEXT_DUE_ON)
    renewal = models.BooleanField("续签", default=False, editable=False)
    renewed_on = models.DateField("到期后续签日期", null=True, editable=False)

    class Meta:
        verbose_name = "家庭医生签约服务协议"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "signed_on"], name="one_family_contract_a_day")]
        indexes: ClassVar = [models.Index(fields=["-signed_on", "-id"], name="family_contracts_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        window = registry.parameters["family_doctor.renewal_days"]
        for place, contract in enumerate(history):
            services = [s for s in contract.beside.get("family_doctor.ContractService", ()) if isinstance(s, ContractService)]
            given = [(s.visited_on, rules.codes(s.items_done)) for s in services]
            items = rules.codes(contract.items)
            found = rules.fulfilment(items, contract.starts_on, contract.ends_on, given)
            contract.items_agreed = len(items)
            contract.items_left = ",".join(found.left)
            for number in range(1, ITEMS_AT_MOST + 1):
                setattr(contract, f"done_{number}_on", found.days[number - 1] if number <= len(found.days) else None)
            contract.fulfilled_on, contract.next_due_on = found.fulfilled_on, found.next_due_on
            if contract.terminated_on is not None:
                contract.next_due_on = None
            contract.renewed_on, contract.renewal = None, False
            if place and rules.renews(history[place - 1].ends_on, contract.signed_on, window.at(contract.signed_on)):
                contract.renewal = True
                history[place - 1].renewed_on = contract.signed_on


class ContractService(Record):
    """履约服务记录: what of the contract was given at a visit, what was not, and why."""

    CONTRACT = SERVICE
    DAY = "visited_on"

    visited_on = element_field(shared.VISITED_ON, required=True)
    way = element_field(shared.WAY_OF_VISIT)
    items_done = element_field(e.ITEMS_DONE)
    items_missed = element_field(e.ITEMS_MISSED)
    missed_reason = element_field(e.MISSED_REASON)
    note = element_field(e.SERVICE_NOTE, max_length=500)
    doctor = element_field(shared.DOCTOR)

    done_count = models.IntegerField("本次履约项目数", default=0, editable=False)
    missed_count = models.IntegerField("未履约项目数", default=0, editable=False)

    class Meta:
        verbose_name = "签约履约服务记录"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_contract_service_a_day")]
        indexes: ClassVar = [models.Index(fields=["-visited_on", "-id"], name="contract_services_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for service in history:
            service.done_count, service.missed_count = len(rules.codes(service.items_done)), len(rules.codes(service.items_missed))
