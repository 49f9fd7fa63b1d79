"""/metrics: the state of the system in Prometheus's text format. Numbers only; nothing in it is about a person."""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from taizhang.web.administration.system import facts

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For a monitor on this machine, or one that brings the token. To anybody else there is no such page."""
    if not (_brings_token(request) or _from_this_machine(request)):
        raise Http404
    return HttpResponse("".join(_lines(facts())), content_type=CONTENT_TYPE)


def _brings_token(request: HttpRequest) -> bool:
    expected = settings.METRICS_TOKEN
    return bool(expected) and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {expected}")


def _from_this_machine(request: HttpRequest) -> bool:
    """What a reverse proxy passes on also comes from this machine; it says for whom."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _lines(found: dict[str, Any]) -> Iterator[str]:
    """A gauge each, as https://prometheus.io/docs/instrumenting/exposition_formats/ writes it. What is not known is left out."""
    software, database, ledger = found["software"], found["database"], found["ledger"]
    labels = f'{{version="{software["taizhang"]}",database="{database["kind"]}",home="{found["home"]["kind"]}"}}'
    gauges: tuple[tuple[str, str, float | None], ...] = (
        (f"info{labels}", "Software and kind of home; always 1", 1),
        ("ledger_lag_seconds", "Age of the oldest change that the ledger has not taken", ledger["age_seconds"]),
        ("ledger_waiting_changes", "Changes that the ledger has not taken", ledger["waiting"]),
        ("ledger_version", "Number of the newest ledger version", ledger["version"]),
        ("ledger_version_timestamp_seconds", "When it was made", _moment(ledger["last_sync"])),
        ("ledger_kept_versions", "Versions that can be read", ledger["versions"]),
        ("ledger_pinned_versions", "Versions kept for good, because figures of them were published", ledger["pinned"]),
        ("ledger_bytes", "Size of the ledger's folder", found["disk"]["ledger_bytes"]),
        ("database_bytes", "Size of the database", database["bytes"]),
        ("disk_free_bytes", "Room left where the home lies", found["disk"]["free_bytes"]),
        ("worklist_horizon_days", "Days ahead of the working day that the worklist is made out for", found["worklist"]["days_ahead"]),
        ("backup_timestamp_seconds", "When the last finished backup was made", _moment(found["backup"])),
        ("sign_ins_refused_24h", "Sign-ins refused in the last 24 hours", found["failures"]["refused_sign_ins_24h"]),
        ("sign_ins_locked", "Accounts and addresses that must wait now", found["failures"]["locked_sign_ins"]),
        ("missing_triggers", "Tables whose changes do not reach the ledger", found["failures"]["missing_triggers"]),
    )
    for name, meaning, value in gauges:
        if value is not None:
            bare = name.partition("{")[0]
            yield f"# HELP taizhang_{bare} {meaning}.\n# TYPE taizhang_{bare} gauge\ntaizhang_{name} {value}\n"


def _moment(at: Any) -> float | None:
    return at.timestamp() if at else None
