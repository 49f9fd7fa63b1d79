"""Passwords 密码: drawn ones for paper slips, which must be changed at the first signing in, and those that people choose."""

import re
import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from taizhang.county import audit
from taizhang.county.models import FirstPassword, Staff
from taizhang.kernel.refusals import Refusal

# Letters and digits that cannot be taken for one another when a password is read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class ResetRefused(Refusal, ValueError):
    """A password that cannot be drawn anew for this account."""


def new_password() -> str:
    """Four groups of four, 79 random bits: easy to read aloud, hard to guess."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(re.findall("....", letters))


def mark_first(staff: Iterable[Staff]) -> None:
    """The passwords of these accounts were drawn for them."""
    FirstPassword.objects.bulk_create([FirstPassword(staff=member) for member in staff], ignore_conflicts=True)


def must_change(staff: Staff) -> bool:
    return FirstPassword.objects.filter(pk=staff.pk).exists()


def draw_anew(staff: Iterable[Staff], actor: Staff) -> list[tuple[Staff, str]]:
    """重置密码: new first passwords, all or none; each ends every session of its account and leaves an audit line. They are given back
    here and kept nowhere. Raises ResetRefused for an account that is closed, and for the actor's own."""
    members = list(staff)
    for member in members:
        if not member.is_active:
            raise ResetRefused(f"账号 {member.username} 已停用，不能重置密码。请先启用。")
        if member.pk == actor.pk:
            raise ResetRefused("自己的密码请在“我的账号”中修改，不在这里重置。")
    drawn = [(member, new_password()) for member in members]
    hashes = [make_password(password) for _, password in drawn]  # slow on purpose (argon2), so done before the database is held
    with transaction.atomic():
        for (member, _), hashed in zip(drawn, hashes, strict=True):
            member.password = hashed
            member.save(update_fields=["password"])
            audit.record(actor, audit.RESET_PASSWORD, detail={"account": member.username})
        mark_first(members)
    return drawn


def choose(staff: Staff, password: str) -> None:
    """One's own new password; a first one is done with."""
    staff.set_password(password)
    with transaction.atomic():
        staff.save(update_fields=["password"])
        FirstPassword.objects.filter(pk=staff.pk).delete()
        audit.record(staff, audit.CHANGE_PASSWORD)
