"""The settings on which 50 writers were measured to meet no lock; each is a default that someone might take back unknowingly."""

import pytest
from django.db import connection


@pytest.mark.sqlite_file
@pytest.mark.django_db
def test_sqlite_runs_as_measured() -> None:
    def pragma(name: str) -> object:
        with connection.cursor() as cursor:
            return cursor.execute(f"pragma {name}").fetchone()[0]

    assert connection.vendor == "sqlite"
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2, "FULL"
    assert pragma("busy_timeout") == 20000
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
