"""Which records of a register a member of staff reaches: the one door to records, beside people.residents_for, the one to persons.

Records about a resident follow the resident: whoever manages the person now reaches the whole history, whoever wrote it. Records about
nobody (a deed, a problem) follow the organisation that has them, and a unit's own staff write its own. Records of a sensitive line, and
those kept for one (a mother's HIV test), open to the staff who treat its people only; so does what is owed because of them.
"""

from datetime import date

from django.apps import apps
from django.db.models import QuerySet

from taizhang.county.models import Role, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.county.people import joined_to_managing, managed_by
from taizhang.county.recording import Record, StoredRecord
from taizhang.county.scopes import Purpose, organisations_for, treats_all
from taizhang.kernel.registers import Register
from taizhang.kernel.registry import registry


def model_of(register: Register) -> type[StoredRecord]:
    model: type[StoredRecord] = apps.get_model(register.model)
    return model


def is_about_residents(register: Register) -> bool:
    return issubclass(model_of(register), Record)


def may_open(staff: Staff, register: Register) -> bool:
    """Whether the register shows its persons to `staff` at all."""
    return staff.is_active and (not is_about_residents(register) or treats_all(staff, registry.rights_for(register)))


def duties_closed_to(staff: Staff) -> list[str]:
    """The duties of which `staff` may not know that they are owed to somebody."""
    return [duty.code for duty in registry.duties.values() if not treats_all(staff, registry.rights_for(duty))]


def places_for(staff: Staff, register: Register, purpose: Purpose, tree: OrganisationTree) -> tuple[str, ...]:
    """The organisations open on the tree's day whose records of the register `staff` may write or view. One query."""
    places = organisations_for(staff, purpose, tree)
    own = tree.present(staff.organisation_id)
    if own is None or own in places or is_about_residents(register) or not staff.is_active or staff.role == Role.LEADER:
        return places
    return tuple(sorted({*places, own}))


def records_for(
    staff: Staff, register: Register, purpose: Purpose, tree: OrganisationTree, day: date, *, joined: bool = False
) -> QuerySet[StoredRecord]:
    """The records of a register that `staff` may write or view on `day`. joined: for a look at the first that come in any order, as
    joined_to_managing says."""
    rows: QuerySet[StoredRecord] = model_of(register)._default_manager.all()
    if not may_open(staff, register):
        return rows.none()
    places = places_for(staff, register, purpose, tree)
    if is_about_residents(register):
        return rows.filter(joined_to_managing(places, day, "resident") if joined else managed_by(places, day, "resident_id"))
    return rows.filter(organisation__in=with_predecessors(places, tree))


def with_predecessors(places: tuple[str, ...], tree: OrganisationTree) -> list[str]:
    """The organisations and the closed ones whose work they took over, so that nothing written before a merger is out of reach."""
    return [*places, *(closed for closed, successor in tree.successors.items() if successor in places)]
