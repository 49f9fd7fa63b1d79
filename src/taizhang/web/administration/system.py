"""The system: how far the ledger lags, its versions, room on the disk, what waits, what failed; for people and, as JSON, for a monitor."""

import os
import platform
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.db import connection
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from taizhang import __version__
from taizhang.config import home
from taizhang.county import audit
from taizhang.county.changes import missing_triggers
from taizhang.county.models import AuditEntry, Change
from taizhang.ledger import versions
from taizhang.ledger.models import LedgerVersion
from taizhang.returns.models import Return, State
from taizhang.upkeep.backup import last_backup
from taizhang.web.administration.common import Desk, for_administrators, render
from taizhang.web.models import FailedSignIn
from taizhang.worklist.models import Horizon

LATE = 300  # seconds that a change may wait before the page says that the ledger lags
LITTLE = 2 * 2**30  # bytes free below which the page warns
NOT_BACKED_UP = timedelta(days=2)  # after which the page of a service home warns
_SHOWN_VERSIONS = 10


def ledger_facts() -> dict[str, Any]:
    """Changes that wait, the age of the oldest in seconds, and the newest version."""
    waiting = Change.objects.filter(taken__isnull=True).aggregate(count=Count("pk"), oldest=Min("at"))
    newest = versions.latest()
    age = int((timezone.now() - waiting["oldest"]).total_seconds()) if waiting["oldest"] else 0
    return {
        "waiting": waiting["count"],
        "oldest": waiting["oldest"],
        "age_seconds": max(0, age),
        "late": age > LATE,
        "version": newest.number if newest else None,
        "last_sync": newest.created_at if newest else None,
    }


def facts() -> dict[str, Any]:
    """Everything the page, the JSON and the metrics tell."""
    place = home.current()
    ledger = ledger_facts()
    kept = LedgerVersion.objects.aggregate(count=Count("number"), first=Min("number"))
    pinned = LedgerVersion.objects.exclude(pinned_for="").count()
    returns = dict(Return.objects.values_list("state").annotate(n=Count("pk")).order_by())
    free = shutil.disk_usage(place.path).free
    failed = FailedSignIn.objects.filter(locked_until__gt=timezone.now()).count()
    day_ago = timezone.now() - timedelta(days=1)
    refused = AuditEntry.objects.filter(action=audit.SIGN_IN, at__gte=day_ago, staff__isnull=True).count()
    triggers = missing_triggers(connection)
    horizon = Horizon.objects.order_by("-until").first()
    backed_up = last_backup(place)
    problems = []
    if triggers:
        problems.append("triggers_missing")
    if ledger["late"]:
        problems.append("ledger_late")
    if free < LITTLE:
        problems.append("disk_low")
    if place.kind == "service" and (backed_up is None or timezone.now() - backed_up > NOT_BACKED_UP):
        problems.append("backup_old")
    return {
        "software": {"taizhang": __version__, "python": platform.python_version(), "django": django.get_version()},
        "home": {"kind": place.kind, "organisation": place.organisation, "working_day": place.working_day()},
        "database": {"kind": connection.vendor, "version": _database_version(), "bytes": _database_bytes(place.database)},
        "ledger": ledger | {"versions": kept["count"], "first_version": kept["first"], "pinned": pinned},
        "disk": {
            "ledger_bytes": _size(place.ledger),
            "imports_bytes": _size(place.path / "imports"),
            "summaries_bytes": _size(place.path / "summaries"),
            "free_bytes": free,
        },
        "worklist": {
            "made_on": horizon.day if horizon else None,
            "until": horizon.until if horizon else None,
            "days_ahead": (horizon.until - place.working_day()).days if horizon else None,
        },
        "backup": backed_up,
        "returns": {state.value: returns.get(state.value, 0) for state in State},
        "failures": {"locked_sign_ins": failed, "refused_sign_ins_24h": refused, "missing_triggers": len(triggers)},
        "problems": problems,
    }


def _database_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select sqlite_version()" if connection.vendor == "sqlite" else "show server_version")
        return str(cursor.fetchone()[0])


def _database_bytes(file: Path) -> int:
    if connection.vendor == "sqlite":
        return sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _size(folder: Path) -> int:
    """Bytes of all files below; files that vanish meanwhile do not count."""
    total = 0
    for base, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(base, name)).st_size
            except FileNotFoundError:
                continue
    return total


@require_safe
@for_administrators
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    recent = LedgerVersion.objects.order_by("-number")[:_SHOWN_VERSIONS]
    return render(request, desk, "system.html", {"facts": facts(), "recent": recent, "path": str(home.current().path)})


@require_safe
@for_administrators
def as_json(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same facts for a monitor: status is "ok" where `problems` is empty."""
    found = facts()
    moment = datetime.now(tz=timezone.get_current_timezone())
    return JsonResponse(
        {"status": "problem" if found["problems"] else "ok", "at": moment, **found}, json_dumps_params={"ensure_ascii": False}
    )
