"""Ledger versions and the files they name. Written after all files are committed; readers ask here, never the folder."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Kind(models.TextChoices):
    """How a version came about. A fold changes files, never contents."""

    CHANGES = "changes", "变更"
    FOLD = "fold", "归并"
    REBUILD = "rebuild", "重建"
    DIRECT = "direct", "直接写入"


class LedgerVersion(models.Model):
    """台账版本. last_change: the highest change taken so far (a mark for people; the queue knows which are taken). delta: per table the
    Delta versions of base and changes and the fingerprint of its columns. pinned_for: why its files are never removed (published
    figures, a backup); empty for those that are kept 90 days."""

    number = models.BigIntegerField(primary_key=True)
    created_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=10, choices=Kind)
    last_change = models.BigIntegerField()
    delta = models.JSONField()
    pinned_for = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="ledger_version_age")]

    @property
    def tables(self) -> list[str]:
        """Names of the tables this version holds."""
        return sorted(self.delta)

    def named_files(self) -> "models.QuerySet[LedgerFile]":
        """The files this version is made of."""
        return LedgerFile.objects.filter(added__lte=self.number).filter(Q(dropped__isnull=True) | Q(dropped__gt=self.number)).order_by("id")

    @property
    def files(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """Per table the files of its base and of its changes: {"base": [{path, size, sha256, rows}], "changes": [...]}; paths are
        relative to the ledger's folder."""
        found: dict[str, dict[str, list[dict[str, Any]]]] = {table: {"base": [], "changes": []} for table in self.tables}
        for file in self.named_files():
            if file.table in found:
                found[file.table][file.part].append({"path": file.path, "size": file.size, "sha256": file.sha256, "rows": file.rows})
        return found


class LedgerFile(models.Model):
    """One Parquet file. It belongs to the versions from `added` to the one before `dropped`; so a version a second does not copy the
    whole list each time."""

    table = models.CharField(max_length=60)
    part = models.CharField(max_length=7)  # base or changes
    path = models.CharField(max_length=200, unique=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    added = models.BigIntegerField(db_index=True)
    dropped = models.BigIntegerField(null=True, db_index=True)
