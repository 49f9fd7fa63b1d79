"""The pages about duplicates: listed, side by side, merged, taken back."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from .conftest import CLINIC, Town

TODAY = date(2026, 6, 30)


@pytest.fixture
def two(town: Town) -> tuple[Any, Any, Any]:
    """The pair, and its two residents; one with a patient's records."""
    from taizhang.county.duplicates import scan
    from taizhang.county.models import DuplicatePair

    first = town.patients[CLINIC][0]
    again = town.resident(first.name, clinic=1, birth=first.birth_date)
    # Others of the town share a birth date, and some a name; only this pair is asked about.
    scan(TODAY)
    DuplicatePair.objects.exclude(first_id=first.pk, second_id=again.pk).delete()
    return DuplicatePair.objects.get(), first, again


def test_the_list_shows_people_masked_and_leaves_one_line(two: Any, enter_as: Any) -> None:
    page = enter_as("township").get(reverse("duplicates")).content.decode()
    assert two[1].name not in page
    assert page.count("顾**") == 2
    assert reverse("duplicate", args=[two[0].pk]) in page


def test_outside_the_scope_there_is_no_such_pair(two: Any, enter_as: Any) -> None:
    for username in ("doctor", "township2"):
        client = enter_as(username)
        assert reverse("duplicate", args=[two[0].pk]) not in client.get(reverse("duplicates")).content.decode()
        assert client.get(reverse("duplicate", args=[two[0].pk])).status_code == 404


def test_a_merge_asks_for_what_it_is_known_by_and_keeps_what_was_chosen(two: Any, enter_as: Any) -> None:
    client, address = enter_as("township"), reverse("duplicate", args=[two[0].pk])
    answer = client.post(address, {"verdict": "same", "keep": str(two[2].pk), "reason": " "})
    assert answer.status_code == 422
    assert f'value="{two[2].pk}" checked' in answer.content.decode()


def test_merged_and_taken_back_by_the_pages(two: Any, enter_as: Any) -> None:
    from taizhang.county.models import Merge, Resident

    client, (pair, kept, gone) = enter_as("township"), two
    side = client.get(reverse("duplicate", args=[pair.pk])).content.decode()
    assert side.count(kept.name) >= 2
    answer = client.post(reverse("duplicate", args=[pair.pk]), {"verdict": "same", "keep": str(kept.pk), "reason": "核对户口簿"})
    assert answer["Location"] == reverse("person", args=[kept.pk])
    assert not Resident.objects.filter(pk=gone.pk).exists()
    assert "核对户口簿" in client.get(reverse("merges")).content.decode()
    client.post(reverse("merge-back", args=[Merge.objects.get().pk]), {"reason": "误并"})
    assert Resident.objects.filter(pk=gone.pk).exists()
    assert "已撤销" in client.get(reverse("merges")).content.decode()


def test_two_people_are_not_asked_about_again(two: Any, enter_as: Any) -> None:
    from taizhang.county.duplicates import scan
    from taizhang.county.models import DuplicatePair

    client, (pair, first, second) = enter_as("township"), two
    client.post(reverse("duplicate", args=[pair.pk]), {"verdict": "different", "reason": ""})
    scan(TODAY)
    assert not DuplicatePair.objects.filter(first=first, second=second).exists()


def test_the_list_takes_as_many_queries_for_many_pairs_as_for_one(
    two: Any, town: Town, enter_as: Any, django_assert_max_num_queries: Any
) -> None:
    client = enter_as("township")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(reverse("duplicates"))
    for _ in range(6):
        town.resident(two[1].name, clinic=1, birth=two[1].birth_date)
    from taizhang.county.duplicates import scan

    assert scan(TODAY) > 5
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("duplicates"))
