"""Checks on children's records: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.indicators import Population
from taizhang.kernel.query.words import Expression, parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.children.indicators import INFANT_SERVICES, NEWBORN_SERVICES, PRESCHOOL_SERVICES, TODDLER_SERVICES
from taizhang.programmes.children.records import INFANT, NEWBORN, PRESCHOOL, TODDLER
from taizhang.programmes.children.rules import referred

_OF_CHECKS = {"infant": (INFANT, INFANT_SERVICES), "toddler": (TODDLER, TODDLER_SERVICES), "preschool": (PRESCHOOL, PRESCHOOL_SERVICES)}
_newborn = records(NEWBORN)


def _check(
    code: str, name: tuple[str, str], severity: Severity, population: Population, condition: Expression, why: tuple[str, str],
    remedy: tuple[str, str],
) -> Check:  # fmt: skip
    return Check(
        code=f"children.{code}", name=Text(*name), severity=severity, population=population, condition=condition.node,
        explanation=Text(*why), remedy=Text(*remedy),
    )  # fmt: skip


NEWBORN_AFTER_DEATH = _check(
    "newborn_after_death", ("死亡后仍有新生儿访视", "A newborn visited after the death"), Severity.CRITICAL, NEWBORN_SERVICES,
    _newborn.visited_on > resident.died_on,
    ("访视记录可能是虚构的，或死亡日期登记有误。", "The visit may be made up, or the date of death may be wrong."),
    ("核对死亡日期；访视不实的删除记录并追查录入人。", "Check the date of death; remove a visit that was not made and ask who entered it."),
)  # fmt: skip
NEWBORN_TOO_OLD = _check(
    "newborn_too_old", ("新生儿访视时已满28天", "Visited as a newborn after 28 days"), Severity.WARNING, NEWBORN_SERVICES,
    _newborn.age_days >= parameter("children.newborn_days"),
    ("出生日期或访视日期填错，或用错了表。", "The birth date or the day of the visit is wrong, or the wrong form was used."),
    ("核对两个日期；满28天后请用1～8月龄检查表。", "Check both days; from 28 days on use the form for 1 to 8 months."),
)  # fmt: skip


def _after_death(which: str, zh: str, en: str) -> Check:
    contract, population = _OF_CHECKS[which]
    return _check(
        f"{which}_after_death", (f"死亡后仍有{zh}检查", f"A check at {en} after the death"), Severity.CRITICAL, population,
        records(contract).visited_on > resident.died_on,
        ("检查记录可能是虚构的，或死亡日期登记有误。", "The check may be made up, or the date of death may be wrong."),
        ("核对死亡日期；检查不实的删除记录并追查录入人。", "Check the date of death; remove a check that was not made."),
    )  # fmt: skip


def _other_form(which: str, zh: str, en: str) -> Check:
    contract, population = _OF_CHECKS[which]
    return _check(
        f"{which}_other_form", (f"月龄不属于{zh}检查表", f"An age that the form for {en} does not have"), Severity.WARNING, population,
        records(contract).stage.is_missing,
        ("用错了表，或出生日期、检查日期填错。", "The wrong form, or a wrong birth date or day of the check."),
        ("核对两个日期；确是用错表的，改录到相应的表。", "Check both days; enter it on the form of the age."),
    )  # fmt: skip


def _implausible(which: str, zh: str, en: str) -> Check:
    contract, population = _OF_CHECKS[which]
    rows = records(contract)
    lowest, highest = parameter("children.z_lowest"), parameter("children.z_highest")
    return _check(
        f"{which}_implausible", (f"{zh}体重或身长不可信", f"Weight or length at {en} hardly possible"), Severity.WARNING, population,
        (rows.weight_z < lowest) | (rows.weight_z > highest) | (rows.length_z < lowest) | (rows.length_z > highest),
        ("与同龄儿童相差过大，多半是单位或小数点写错。", "Too far from children of the age: probably a unit or a decimal point."),
        ("复核原始记录，重新测量后改正。", "Read the original again, measure anew and correct."),
    )  # fmt: skip


def _unreferred(which: str, zh: str, en: str) -> Check:
    contract, population = _OF_CHECKS[which]
    rows = records(contract)
    return _check(
        f"{which}_delayed_unreferred", (f"{zh}有发育预警征象而没有转诊", f"Warning signs at {en} and no referral"), Severity.WARNING,
        population,
        rows.warning_signs.is_present & (rows.warning_signs != "0") & ~referred(rows),
        ("规范要求对发育偏异的儿童及时转诊。", "The specification asks for children with warning signs to be referred."),
        ("联系家长转诊作发育评估，补记转诊原因和机构。", "Call the parents, refer for an assessment, and write down why and where."),
    )  # fmt: skip


INFANT_AFTER_DEATH, TODDLER_AFTER_DEATH, PRESCHOOL_AFTER_DEATH = (
    _after_death("infant", "1～8月龄", "1 to 8 months"), _after_death("toddler", "12～30月龄", "12 to 30 months"),
    _after_death("preschool", "3～6岁", "3 to 6 years"),
)  # fmt: skip
INFANT_OTHER_FORM, TODDLER_OTHER_FORM, PRESCHOOL_OTHER_FORM = (
    _other_form("infant", "1～8月龄", "1 to 8 months"), _other_form("toddler", "12～30月龄", "12 to 30 months"),
    _other_form("preschool", "3～6岁", "3 to 6 years"),
)  # fmt: skip
INFANT_IMPLAUSIBLE, TODDLER_IMPLAUSIBLE, PRESCHOOL_IMPLAUSIBLE = (
    _implausible("infant", "1～8月龄", "1 to 8 months"), _implausible("toddler", "12～30月龄", "12 to 30 months"),
    _implausible("preschool", "3～6岁", "3 to 6 years"),
)  # fmt: skip
INFANT_UNREFERRED, TODDLER_UNREFERRED, PRESCHOOL_UNREFERRED = (
    _unreferred("infant", "1～8月龄", "1 to 8 months"), _unreferred("toddler", "12～30月龄", "12 to 30 months"),
    _unreferred("preschool", "3～6岁", "3 to 6 years"),
)  # fmt: skip
