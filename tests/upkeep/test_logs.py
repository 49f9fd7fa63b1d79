"""What a fault writes to the log: where and what kind, and nothing of the person it happened with."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.config import logs

NAME, NUMBER = "欧阳测试", "99010119550301001X"
# A site of three addresses that fail as real ones might, run with the settings' own logging.
SITE = f"""
import logging, sys
import django
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import path

django.setup()

@login_not_required
def broken(request, name):
    raise ValueError(f"{{name}} {NUMBER} is no number")

urlpatterns = [path("people/<str:name>/", broken)]
handler500 = "taizhang.web.errors.broken"
handler404 = "taizhang.web.errors.not_found"
django.conf.settings.ROOT_URLCONF = __name__
client = Client(raise_request_exception=False, headers={{"host": "localhost"}})
assert client.get("/people/{NAME}/?q={NUMBER}").status_code == 500
assert client.get("/somewhere/{NAME}/").status_code == 404
assert client.get("/people/{NAME}/", headers={{"host": "{NUMBER}.example"}}).status_code == 400
try:
    int("{NUMBER}")
except ValueError:
    logging.getLogger("a.library").exception("cannot take %s", "{NUMBER}")
logging.getLogger("taizhang.tests").info("version %s", 7)
"""


def lines_of(home: Path, form: str) -> list[str]:
    environment = os.environ | {"TAIZHANG_LOG": form, "TAIZHANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "taizhang.config.settings"}
    environment.pop("TAIZHANG_DATABASE_URL", None)
    ended = subprocess.run([sys.executable, "-c", SITE], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == ""
    for held in (NAME, NUMBER, NUMBER[6:14]):
        assert held not in ended.stderr
    return ended.stderr.splitlines()


def test_json_lines_name_the_fault_and_nobody(tmp_path: Path) -> None:
    told = [json.loads(line) for line in lines_of(tmp_path, "json")]
    broken = next(line for line in told if line.get("status") == 500)
    assert (broken["route"], broken["method"]) == ("/people/<str:name>/", "GET")
    assert (broken["error"], broken["level"]) == ("builtins.ValueError", "ERROR")
    assert broken["where"][-1].endswith("broken")
    missing = next(line for line in told if line.get("status") == 404)
    assert (missing["route"], "error" in missing) == (None, False)
    assert [line["message"] for line in told if line["logger"] in ("a.library", "taizhang.tests")] == ["cannot take %s", "version 7"]
    assert sum(line.get("status") == 500 for line in told) == 1  # once, not once a logger


def test_lines_for_people_hold_as_little(tmp_path: Path) -> None:
    told = "\n".join(lines_of(tmp_path, ""))
    assert "ERROR django.request 500 GET /people/<str:name>/\n  builtins.ValueError\n" in told
    assert "INFO taizhang.tests version 7" in told


@pytest.mark.parametrize("form", [logs.Json, logs.Line])
def test_an_error_without_a_request_tells_its_kind(form: type[logging.Formatter]) -> None:
    try:
        raise KeyError(NAME)
    except KeyError:
        record = logging.LogRecord("taizhang.ledger", logging.ERROR, __file__, 1, "pass %s failed", (3,), sys.exc_info())
    written = form().format(record)
    assert ("pass 3 failed" in written, "builtins.KeyError" in written, NAME in written) == (True, True, False)
