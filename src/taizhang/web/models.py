"""Stored for getting in: failed attempts, by account and address, neither in clear (what is typed as an account may be a password); and the
tokens of programs."""

from django.db import models


class FailedSignIn(models.Model):
    """登录失败: how often in a row signing in failed for an account from an address, and until when no more attempts are taken."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed hash of account and address
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """接口令牌: a key with which a program acts for a member of staff, within the same scopes. Only its digest is kept; it was shown
    once."""

    staff = models.ForeignKey("county.Staff", models.CASCADE, related_name="+")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)  # sha256 of 32 random bytes: nothing to guess, nothing to salt
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("有效至")
    last_used_at = models.DateTimeField("最近使用", null=True)
