"""Stored for signing in: failed attempts, by account and address, neither in clear: what is typed as an account may be a password."""

from django.db import models


class FailedSignIn(models.Model):
    """登录失败: how often in a row signing in failed for an account from an address, and until when no more attempts are taken."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed hash of account and address
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)
