"""/metrics, as a monitor reads it."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from conftest import SmallCounty
from taizhang.config.home import Home
from taizhang.county.models import Change
from taizhang.upkeep.backup import LAST, last_backup
from taizhang.worklist.models import Horizon

pytestmark = pytest.mark.django_db
SAMPLE = re.compile(r'taizhang_[a-z0-9_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+]+')


def read(client: Client, **sent: Any) -> dict[str, float]:
    answer = client.get("/metrics", **sent)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, "text/plain")
    text = answer.content.decode()
    assert text.endswith("\n")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            assert SAMPLE.fullmatch(line), line
            name, value = line.rsplit(" ", 1)
            found[name.partition("{")[0]] = float(value)
            assert f"# TYPE {name.partition('{')[0]} gauge\n" in text
    return found


def test_lag_and_waiting_tell_the_queue(county: SmallCounty, client: Client) -> None:
    Change.objects.update(taken=1)
    calm = read(client)
    assert (calm["taizhang_ledger_waiting_changes"], calm["taizhang_ledger_lag_seconds"]) == (0, 0)
    county.resident("顾样甲")
    oldest = Change.objects.filter(taken__isnull=True).order_by("id").first()
    assert oldest is not None
    Change.objects.filter(pk=oldest.pk).update(at=timezone.now() - timedelta(seconds=90))
    late = read(client)
    assert late["taizhang_ledger_waiting_changes"] == Change.objects.filter(taken__isnull=True).count() > 0
    assert 90 <= late["taizhang_ledger_lag_seconds"] < 150
    assert late["taizhang_missing_triggers"] == 0
    assert "顾样甲" not in client.get("/metrics").content.decode()


def test_worklist_and_backup_are_left_out_until_there_is_one(county: SmallCounty, client: Client, tmp_path: Path) -> None:
    assert not {"taizhang_worklist_horizon_days", "taizhang_backup_timestamp_seconds"} & set(read(client))
    Horizon.objects.create(day=county.day, until=county.day + timedelta(days=45), duties="")
    file = settings.HOME.path / LAST
    try:
        file.write_text(json.dumps({"at": "2026-06-30T01:30:00+08:00"}), encoding="utf-8")
        found = read(client)
    finally:
        file.unlink()
    assert found["taizhang_worklist_horizon_days"] == 45
    assert found["taizhang_backup_timestamp_seconds"] == datetime.fromisoformat("2026-06-30T01:30:00+08:00").timestamp()
    (tmp_path / LAST).write_text("half a l", encoding="utf-8")
    assert last_backup(Home(tmp_path)) is None


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "10.1.2.3"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.1.2.3"},  # the reverse proxy, for somebody else
        {"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer wrong"},
        {"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer "},
        {"REMOTE_ADDR": ""},
    ],
)
def test_to_anybody_else_there_is_no_such_page(county: SmallCounty, client: Client, settings: Any, sent: dict[str, str]) -> None:
    for token in ("", "long and secret"):
        settings.METRICS_TOKEN = token
        assert client.get("/metrics", **sent).status_code == 404


def test_a_monitor_elsewhere_brings_the_token(county: SmallCounty, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "long and secret"
    sent = {"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer long and secret"}
    assert read(client, **sent)["taizhang_info"] == 1
    assert client.post("/metrics", **sent).status_code == 405


def test_metrics_cost_the_same_for_few_and_for_many(county: SmallCounty, client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        county.resident(f"顾样{number}", birth=date(1950, 1, 1 + number))
    with django_assert_max_num_queries(12):
        read(client)
