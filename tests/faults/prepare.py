"""What a run begins with, on its last line as JSON: a token, a clinic, its patients with the day from which each is under
management, and a day to count back from."""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")

import django

django.setup()

from taizhang.config import home  # noqa: E402
from taizhang.county.models import Organisation, Staff  # noqa: E402
from taizhang.programmes.hypertension.models import Case  # noqa: E402
from taizhang.web.api.tokens import make  # noqa: E402

cases = Case.objects.filter(closed_on__isnull=True).select_related("resident").order_by("pk")
clinic = Organisation.objects.get(pk=cases[0].organisation_id)
doctor = Staff.objects.filter(organisation=clinic, role="village_doctor").order_by("pk").first()
assert doctor is not None
print(
    json.dumps(
        {
            "token": make(doctor, "faults", 30),
            "clinic": clinic.pk,
            "day": home.current().working_day().isoformat(),
            # Who has no record yet cannot be named in a file.
            "patients": [
                [case.resident_id, case.resident.record_number, case.enrolled_on.isoformat()]
                for case in cases
                if case.organisation_id == clinic.pk and case.resident.record_number
            ],
        }
    )
)
