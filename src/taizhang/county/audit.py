"""The audit trail 审计: who read what. Writes need no line here: every one leaves a Change."""

from collections.abc import Mapping

from taizhang.county.models import AuditEntry, Resident, Staff

SIGN_IN = "sign_in"
OPEN_PERSON = "open_person"
LIST_PEOPLE = "list_people"
SEARCH = "search"
TRACE = "trace"
EXPORT = "export"
RESET_PASSWORD = "reset_password"
CHANGE_PASSWORD = "change_password"
READ_AUDIT = "read_audit"
SET_PARAMETER = "set_parameter"
UNLOCK = "unlock"
FIRST_DAY = "first_day"
REMOVE_RECORD = "remove_record"
REASSIGN = "reassign"
MERGE = "merge"
UNMERGE = "unmerge"
LET_STAND = "let_stand"
CREATE_TOKEN = "create_token"
REVOKE_TOKEN = "revoke_token"


def record(
    staff: Staff | None, action: str, subject: Resident | int | None = None, detail: Mapping[str, object] | None = None
) -> AuditEntry:
    """One line. subject: the resident who was read. detail: a list's filter and count, an export's file; never a person's values."""
    resident = subject.pk if isinstance(subject, Resident) else subject
    return AuditEntry.objects.create(staff=staff, action=action, resident=resident, detail=dict(detail or {}))
