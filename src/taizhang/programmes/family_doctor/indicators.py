"""Figures of family doctor contracts as reported. A person may belong to several priority groups, so these have no total."""

from taizhang.kernel.reporting import HIGHER, reported, reported_rate
from taizhang.programmes.family_doctor.returns import FORM, GROUPS

TEAMS = reported(
    FORM,
    "teams",
    better=HIGHER,
    name=("家庭医生签约服务团队", "Contract teams"),
    why=("团队是签约服务的责任主体。", "The team answers for its residents."),
)
CONTRACTED = reported(
    FORM,
    "contracted",
    better=HIGHER,
    name=("家庭医生签约居民", "Residents under contract with a family doctor"),
    why=("签约服务使居民有固定的健康守门人。", "A contract gives people a doctor of their own."),
)
COVERAGE = reported_rate(
    FORM,
    "contracted",
    "residents",
    code="coverage",
    better=HIGHER,
    name=("家庭医生签约率", "Residents under contract"),
    why=("反映签约服务的覆盖面。", "How far contracts reach."),
)
KEY_CONTRACTED = reported(
    FORM,
    "key_contracted",
    better=HIGHER,
    name=("重点人群签约人数", "People of priority groups under contract"),
    why=("老年人、慢性病患者等最需要连续服务。", "The old and the chronically ill need care that does not break off."),
)
KEY_COVERAGE = reported_rate(
    FORM,
    "key_contracted",
    "key_people",
    code="key_coverage",
    better=HIGHER,
    name=("重点人群签约率", "People of priority groups under contract"),
    why=("签约以重点人群优先。", "Priority groups come first."),
)
SERVICES = reported(
    FORM,
    "services",
    better=HIGHER,
    name=("家庭医生履约服务", "Services under contract"),
    why=("签而有约，约而有服务。", "A contract is worth the services it brings."),
)
RENEWED = reported(
    FORM,
    "renewed",
    better=HIGHER,
    name=("家庭医生续签居民", "Contracts renewed"),
    why=("续签说明居民认可。", "Renewal shows that people think well of it."),
)
ELDERLY_COVERAGE = reported_rate(
    GROUPS,
    "contracted",
    "people",
    code="elderly_coverage",
    row="elderly",
    prefix="family_doctor",
    better=HIGHER,
    name=("老年人签约率", "The elderly under contract"),
    why=("老年人是签约服务的首要对象。", "The elderly come first of all."),
)
HYPERTENSION_COVERAGE = reported_rate(
    GROUPS,
    "contracted",
    "people",
    code="hypertension_coverage",
    row="hypertension",
    prefix="family_doctor",
    better=HIGHER,
    name=("高血压患者签约率", "Hypertension patients under contract"),
    why=("签约与慢性病随访相结合。", "Contracts and the care of chronic diseases go together."),
)
DIABETES_COVERAGE = reported_rate(
    GROUPS,
    "contracted",
    "people",
    code="diabetes_coverage",
    row="diabetes",
    prefix="family_doctor",
    better=HIGHER,
    name=("糖尿病患者签约率", "Diabetes patients under contract"),
    why=("签约与慢性病随访相结合。", "Contracts and the care of chronic diseases go together."),
)
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
