"""The document of a draft for a page: what is read from the ledger is kept between two pages, what people wrote is put in anew."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from threading import Lock

from django.db.models import Count, Max, Sum

from taizhang.county.models import Organisation, OrganisationLink
from taizhang.figures.models import Target
from taizhang.figures.source import ledger_at
from taizhang.kernel.periods import Period
from taizhang.summaries.build import Gathered, gather
from taizhang.summaries.desk.assemble import Assembled, assemble
from taizhang.summaries.desk.models import Draft

_KEPT = 6
_gathered: OrderedDict[Hashable, Gathered] = OrderedDict()
_lock = Lock()


def made(draft: Draft, language: str, day: date) -> Assembled:
    """The draft's document as of now. Raises as `assemble` does."""
    return assemble(draft, language=language, day=day, gathering=gathered)


def gathered(period: Period, organisation: str, *, version: int | None = None, day: date | None = None) -> Gathered:
    """As summaries.build.gather; read once for a ledger version and the targets and organisations as they stand."""
    ledger = ledger_at(version)
    targets = Target.objects.filter(year=period.year).aggregate(Count("pk"), Max("pk"), Sum("value"))
    links = OrganisationLink.objects.aggregate(Count("pk"), Max("pk"), Max("valid_to"))
    names = tuple(Organisation.objects.order_by("code").values_list("code", "name", "closed_on"))
    key = (
        ledger.folder, ledger.number, ledger.stamp(ledger.number), str(period), organisation, day, tuple(targets.values()),
        tuple(links.values()), hash(names),
    )  # fmt: skip
    with _lock:
        if key in _gathered:
            _gathered.move_to_end(key)
            return _gathered[key]
    found = gather(period, organisation, version=ledger.number, day=day)
    with _lock:
        _gathered[key] = found
        while len(_gathered) > _KEPT:
            _gathered.popitem(last=False)
    return found
