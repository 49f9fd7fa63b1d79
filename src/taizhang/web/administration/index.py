"""The first page of administration: where something waits."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from taizhang.county.models import FirstPassword, PeriodLock, Staff
from taizhang.kernel.registry import registry
from taizhang.web.administration.common import Desk, for_offices, render
from taizhang.web.administration.system import ledger_facts


@for_offices
def index(request: HttpRequest, desk: Desk) -> HttpResponse:
    own = Staff.objects.filter(organisation__in=desk.codes)
    counts = own.aggregate(active=Count("pk", filter=Q(is_active=True)), closed=Count("pk", filter=Q(is_active=False)))
    facts: dict[str, object] = {
        "organisations": len(desk.codes),
        "staff": counts,
        "first": FirstPassword.objects.filter(staff__in=own, staff__is_active=True).count(),
    }
    if desk.whole:
        rules = registry.parameters.values()
        facts |= {
            "locks": PeriodLock.objects.count(),
            "parameters": len(rules),
            "unverified": sum(not rule.source.verified for rule in rules),
            "without_value": sum(rule.at(desk.day) is None for rule in rules),
            "ledger": ledger_facts(),
        }
    return render(request, desk, "index.html", facts)
