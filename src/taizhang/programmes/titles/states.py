"""An application's way 申报→自评→县审→市审→省审→命名→复审. Steps may be passed over (a county's title needs no province), never retaken."""

from datetime import date

from taizhang.county.models import Staff
from taizhang.county.recording import save
from taizhang.kernel.refusals import Refusal
from taizhang.programmes.titles.elements import NAMED, REVIEWED, STAGE
from taizhang.programmes.titles.models import Application

_NAMES = dict(STAGE.codes)


class StepRefused(Refusal, ValueError):
    """A step that an application cannot take; the message says why."""


def advance(
    application: Application, stage: str, *, actor: Staff | str, day: date, score: int | None = None, certificate: str = "",
    expires_on: date | None = None,
) -> Application:
    """Enter a later stage. score: tenths of a point. A title is reviewed again only after it was named, as often as need be. Raises
    StepRefused, and RecordRefused as saving does."""
    if application.ended_on is not None:
        raise StepRefused(f"“{application.title}”已于{application.ended_on}终止。请重新申报。")
    again = stage == application.stage == REVIEWED
    if stage not in _NAMES or not (again or stage > application.stage) or (stage == REVIEWED and application.named_on is None):
        wanted = _NAMES[stage].zh if stage in _NAMES else stage
        raise StepRefused(f"“{application.title}”现为“{_NAMES[application.stage].zh}”，不能转为“{wanted}”。")
    application.stage, application.stage_on = stage, day
    if score is not None:
        application.score = score
    if certificate:
        application.certificate = certificate
    if stage == NAMED:
        application.named_on = day
    if stage == REVIEWED:
        application.reviewed_on = day
    if expires_on is not None:
        application.expires_on = expires_on
    return save(application, actor=actor, day=day)
