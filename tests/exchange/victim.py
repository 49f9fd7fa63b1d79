"""A process that imports into a home of its own, to be killed on the way: victim.py HOME FILE die|live. Prints what is stored then."""

import os
import signal
import sys
from datetime import date
from pathlib import Path

home_path, file, fate = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
os.environ |= {"TAIZHANG_HOME": str(home_path), "DJANGO_SETTINGS_MODULE": "taizhang.config.settings"}

import django  # noqa: E402

from taizhang.config.home import Home  # noqa: E402

DAY = date(2026, 6, 30)
fresh = not Home(home_path).exists
if fresh:
    Home(home_path).create(kind="simulated", organisation="990101", working_day=DAY)
django.setup()

from django.apps import apps  # noqa: E402

from taizhang.county import recording  # noqa: E402
from taizhang.county.models import Change  # noqa: E402
from taizhang.county.organisations import add_organisation  # noqa: E402
from taizhang.county.people import NewResident, register_resident  # noqa: E402
from taizhang.county.tables import make_tables  # noqa: E402
from taizhang.exchange import registers  # noqa: E402
from taizhang.exchange.importing import import_file  # noqa: E402

if fresh:
    make_tables()
    add_organisation("990101", "样例县卫生健康局", "bureau", parent=None)
    for number in ("99010110120100001", "99010110120100002"):
        new = NewResident(
            name="王试样", organisation="990101", moved_in=date(2020, 1, 1), sex="1", birth_date=date(1955, 3, 1), record_number=number
        )
        register_resident(new, actor="tests", day=DAY)

registers.BATCH = 3  # two portions to write
if fate == "die":
    written = recording.apply_many
    portions: list[int] = []

    def then_die(*args: object, **kwargs: object) -> int:
        """The second portion is written, the transaction not yet ended."""
        count = written(*args, **kwargs)  # type: ignore[arg-type]
        portions.append(count)
        if len(portions) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return count

    recording.apply_many = then_die  # type: ignore[assignment]

before = Change.objects.filter(table="hypertension_followup").count()
report = import_file("hypertension_follow_ups", file, actor="tests", day=DAY)
after = Change.objects.filter(table="hypertension_followup").count()
print(
    apps.get_model("hypertension.FollowUp").objects.count(),
    before,
    after,
    *(report.read, report.accepted, report.unchanged, report.refused),
)
