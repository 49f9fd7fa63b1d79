"""Failed attempts at a password, counted by account and address: five in a row close that way in for a quarter of an hour."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from taizhang.web.models import FailedSignIn

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


def key_of(username: str, request: HttpRequest) -> str:
    return salted_hmac("taizhang.sign-in", f"{username.lower()}\n{request.META.get('REMOTE_ADDR', '')}", algorithm="sha256").hexdigest()


def locked_until(key: str, now: datetime) -> datetime | None:
    return FailedSignIn.objects.filter(pk=key, locked_until__gt=now).values_list("locked_until", flat=True).first()


def failed(key: str, now: datetime) -> datetime | None:
    """Count a failure; the end of the pause once there were too many. A pause that is over, or a long silence, begins anew."""
    with transaction.atomic():
        attempt, _ = FailedSignIn.objects.select_for_update().get_or_create(pk=key, defaults={"last_at": now})
        if attempt.locked_until is not None or now - attempt.last_at > LOCKED_FOR:
            attempt.count, attempt.locked_until = 0, None
        attempt.count += 1
        attempt.last_at = now
        if attempt.count >= MOST_FAILURES:
            attempt.locked_until = now + LOCKED_FOR
        attempt.save()
        FailedSignIn.objects.filter(last_at__lt=now - timedelta(days=1)).delete()
    return attempt.locked_until


def forget(key: str) -> None:
    """The right password was given."""
    FailedSignIn.objects.filter(pk=key).delete()
