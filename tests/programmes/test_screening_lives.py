"""Somebody is lived through years of being screened for diabetes and COPD: called on the day, answered, called again, enrolled."""

from datetime import date
from typing import Any

from taizhang.county.models import Resident
from taizhang.kernel.duties import Person, Urgency
from taizhang.kernel.registry import registry
from taizhang.programmes.copd.models import Screening as Questionnaire
from taizhang.programmes.diabetes.models import Screening as Glucose

from .lives import called, rows_of, silent

MAN = Resident(pk=1, name="甲", sex="1", birth_date=date(1986, 5, 10))
HE = Person(1, MAN.birth_date, "1")
WOMAN = Resident(pk=2, name="乙", sex="2", birth_date=date(1985, 10, 20))
SHE = Person(2, WOMAN.birth_date, "2")
NEVER = date(2040, 1, 1)


def case(enrolled: date, closed: date | None = None, reason: str = "") -> dict[str, Any]:
    return {"enrolled_on": enrolled, "closed_on": closed, "close_reason": reason}


def test_a_man_lives_through_screening_for_diabetes_to_his_enrolment_and_a_corrected_diagnosis() -> None:
    screening, enrolment = registry.duties["diabetes.screening"], registry.duties["diabetes.enrolment"]
    made: list[Glucose] = []
    cases: list[dict[str, Any]] = []

    def screened(on: date, **facts: Any) -> dict[str, list[dict[str, Any]]]:
        made.append(Glucose(resident=MAN, screened_on=on, **facts))
        return {"diabetes_screening": rows_of(made), "diabetes_case": cases}

    silent(screening, HE, {}, date(2021, 5, 10), date(2026, 6, 1))  # nobody is screened of whom no record says that he is at high risk
    lived = screened(date(2022, 3, 1), fasting_glucose=56)
    silent(screening, HE, lived, date(2023, 3, 1), date(2025, 3, 1))
    lived = screened(date(2026, 5, 9), fasting_glucose=60)  # a day before he is 40, and 0.1 below an impaired glucose
    silent(screening, HE, lived, date(2026, 5, 10), date(2027, 5, 9))

    lived = screened(date(2026, 5, 10), fasting_glucose=56)  # 40 today: the age alone is a reason
    item = called(screening, HE, lived, date(2027, 4, 26), date(2027, 5, 10))
    assert (item.urgency, "年龄较大" in item.reason.zh) == (Urgency.IN_PASSING, True)
    lived = screened(date(2027, 5, 10), fasting_glucose=61)  # on the last day in time; impaired from 6.1
    assert "糖调节受损" in called(screening, HE, lived, date(2028, 4, 26), date(2028, 5, 10)).reason.zh
    lived = screened(date(2028, 2, 29), fasting_glucose=69)  # early, on a leap day; 0.1 below what suggests diabetes
    item = called(screening, HE, lived, date(2029, 2, 14), date(2029, 2, 28))

    lived = screened(date(2029, 3, 1), fasting_glucose=70)  # a day late, and now suspected
    item = called(screening, HE, lived, date(2029, 3, 2), date(2029, 3, 15))
    assert (item.urgency, item.reason.zh) == (
        Urgency.DANGER, "3月1日空腹血糖7.0，疑似患者已建议转诊，应于3月15日前了解转诊结果",
    )  # fmt: skip
    silent(enrolment, HE, lived, date(2029, 3, 2), date(2030, 1, 1))
    lived = screened(date(2029, 3, 15), referral_result="3")  # he did not go: asked again in two weeks
    called(screening, HE, lived, date(2029, 3, 16), date(2029, 3, 29))
    lived = screened(date(2029, 3, 30), referral_result="2")  # excluded; he is at high risk as before
    item = called(screening, HE, lived, date(2030, 3, 16), date(2030, 3, 30))
    assert "年龄较大" in item.reason.zh
    silent(enrolment, HE, lived, date(2029, 3, 31), date(2030, 3, 30))

    lived = screened(date(2030, 3, 30), random_glucose=110)
    called(screening, HE, lived, date(2031, 3, 16), date(2031, 3, 30))
    lived = screened(date(2031, 3, 30), random_glucose=111)
    called(screening, HE, lived, date(2031, 3, 31), date(2031, 4, 13))
    lived = screened(date(2031, 4, 12), referral_result="1")
    silent(screening, HE, lived, date(2031, 4, 13), date(2032, 4, 12), NEVER)
    item = called(enrolment, HE, lived, date(2031, 4, 12), date(2031, 4, 26))
    assert (item.urgency, item.reason.zh) == (Urgency.EARLY, "2031年4月12日得知已确诊为2型糖尿病患者，应建专档纳入管理")

    cases.append(case(date(2031, 4, 26)))
    for duty in (screening, enrolment):
        silent(duty, HE, lived, date(2031, 4, 26), date(2032, 4, 26), NEVER)
    cases[0] = case(date(2031, 4, 26), date(2033, 1, 5), "5")  # it was no diabetes
    for duty in (screening, enrolment):
        silent(duty, HE, lived, date(2033, 1, 4), date(2033, 1, 5), date(2033, 1, 6))
    lived = screened(date(2034, 6, 1), fasting_glucose=75)
    called(screening, HE, lived, date(2034, 6, 2), date(2034, 6, 15))
    lived = screened(date(2034, 6, 10), referral_result="1")
    called(enrolment, HE, lived, date(2034, 6, 10), date(2034, 6, 24))  # the old case does not stand for the new disease
    cases.append(case(date(2034, 6, 24)))
    silent(enrolment, HE, lived, date(2034, 6, 24), date(2034, 6, 25), NEVER)


# Of the questionnaire: 7 points by the body mass index, 3 by the cough, 3 by the breath, 2 by the family, 1 by the fuel, 0 by the age.
ANSWERED: dict[str, Any] = {
    "height": 1700, "weight": 530, "smoking": 0, "smoking_years": 0, "often_coughs": False, "breathlessness": "1", "smoky_fuel": False,
    "family_lungs": False,
}  # fmt: skip
SCORED_15 = ANSWERED | {"often_coughs": True, "breathlessness": "3", "family_lungs": True}
SCORED_16 = SCORED_15 | {"smoky_fuel": True}


def test_a_woman_lives_through_the_questionnaires_for_copd_to_her_enrolment() -> None:
    screening, enrolment = registry.duties["copd.screening"], registry.duties["copd.enrolment"]
    made: list[Questionnaire] = []
    cases: list[dict[str, Any]] = []

    def answered(on: date, **facts: Any) -> dict[str, list[dict[str, Any]]]:
        made.append(Questionnaire(resident=WOMAN, screened_on=on, **facts))
        return {"copd_screening": rows_of(made), "copd_case": cases}

    item = called(screening, SHE, {}, date(2025, 10, 20))  # the day she is 40; no day is late
    assert (item.urgency, "40岁及以上" in item.reason.zh) == (Urgency.IN_PASSING, True)
    lived = answered(date(2025, 12, 31), **ANSWERED)
    called(screening, SHE, lived, date(2026, 1, 1))  # once in each calendar year, were it the next day
    lived = answered(date(2026, 12, 1), **ANSWERED)
    called(screening, SHE, lived, date(2027, 1, 1))

    lived = answered(date(2027, 3, 1), **SCORED_15)  # one point below a referral; cough and family are reasons of high risk
    assert made[-1].score == 15
    item = called(screening, SHE, lived, date(2028, 2, 16), date(2028, 3, 1))
    assert (item.urgency, item.reason.zh.startswith("高危人群（家族史、经常咳嗽）")) == (Urgency.IN_PASSING, True)
    lived = answered(date(2028, 3, 1), **SCORED_16)
    assert made[-1].score == 16
    item = called(screening, SHE, lived, date(2028, 3, 2), date(2028, 3, 15))
    assert (item.urgency, "筛查问卷16分" in item.reason.zh) == (Urgency.DANGER, True)
    lived = answered(date(2028, 3, 16), referral_result="2")  # a day late; excluded, yet at high risk
    called(screening, SHE, lived, date(2029, 3, 2), date(2029, 3, 16))
    silent(enrolment, SHE, lived, date(2028, 3, 16), date(2028, 3, 17), date(2029, 3, 16))
    lived = answered(date(2029, 3, 16), **ANSWERED)  # the reasons are gone: as everybody, once a year
    called(screening, SHE, lived, date(2030, 1, 1))

    lived = answered(date(2030, 5, 1), **SCORED_16)
    lived = answered(date(2030, 5, 15), referral_result="1")
    silent(screening, SHE, lived, date(2030, 5, 16), date(2031, 1, 1), NEVER)
    item = called(enrolment, SHE, lived, date(2030, 5, 15), date(2030, 5, 29))
    assert "慢阻肺患者" in item.reason.zh
    cases.append(case(date(2030, 5, 29)))
    for duty in (screening, enrolment):
        silent(duty, SHE, lived, date(2030, 5, 29), date(2031, 5, 29), NEVER)
    cases[0] = case(date(2030, 5, 29), date(2031, 9, 1), "4")  # she refuses: a patient still, not screened
    for duty in (screening, enrolment):
        silent(duty, SHE, lived, date(2031, 8, 31), date(2031, 9, 1), date(2032, 1, 1), NEVER)
    cases[0] = case(date(2030, 5, 29), date(2031, 9, 1), "5")  # it was no COPD: screened as everybody
    item = called(screening, SHE, lived, date(2031, 1, 1))
    silent(enrolment, SHE, lived, date(2031, 9, 1), date(2031, 9, 2), NEVER)


def test_a_referral_not_followed_stays_until_it_is_and_a_contact_without_a_value_changes_no_day() -> None:
    screening = registry.duties["diabetes.screening"]
    made = [Glucose(resident=MAN, screened_on=date(2027, 1, 4), fasting_glucose=80)]
    before = called(screening, HE, {"diabetes_screening": rows_of(made)}, date(2027, 1, 5), date(2027, 1, 18))
    made.append(Glucose(resident=MAN, screened_on=date(2027, 1, 10), fasting_glucose=60))  # measured, the result not asked
    after = called(screening, HE, {"diabetes_screening": rows_of(made)}, date(2027, 1, 5), date(2027, 1, 18))
    assert (after.due_on, after.urgency) == (before.due_on, Urgency.DANGER)
