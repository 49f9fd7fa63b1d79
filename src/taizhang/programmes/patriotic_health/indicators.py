"""Figures of the patriotic health campaign as reported."""

from functools import partial

from taizhang.kernel.reporting import HIGHER, NEITHER, reported
from taizhang.programmes.patriotic_health.returns import FORM

_cleared = partial(
    reported,
    FORM,
    better=HIGHER,
    why=("清除积存垃圾，改善环境，减少病媒孳生。", "Clearing rubbish mends the surroundings and leaves vectors no place to breed."),
)
RUBBISH = _cleared("rubbish")
PUBLIC_PLACES = _cleared("public_places")
POSTERS = _cleared("posters")
BUILDING_SITES = _cleared("building_sites")
RIVERS = _cleared("rivers")
PREMISES = _cleared("premises")

_vectors = partial(
    reported,
    FORM,
    better=NEITHER,
    why=("病媒生物防制用药量，须与密度监测对照。", "What was used against vectors; to be read beside the density survey."),
)
BAIT = _vectors("bait")
INSECTICIDE = _vectors("insecticide")
COCKROACH = _vectors("cockroach")

TALKS = reported(FORM, "talks", better=HIGHER, why=("健康知识宣讲提高群众健康素养。", "Health talks raise what people know about health."))
