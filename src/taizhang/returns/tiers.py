"""Who hands a return in, and who accepts it 逐级审核: the unit itself, then the office directly above it.

A village hands in to its township's office, a township and a county institution to the county's. The top has nobody above: there a second
person of the bureau accepts, who did not hand it in. Of a sensitive line of work the numbers are open to the unit that fills them and to
the staff who treat; an office that does neither sees that a return is there, not what it says.
"""

from taizhang.county.models import Role, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.county.scopes import may, treats_all
from taizhang.kernel.forms import Form
from taizhang.kernel.registry import registry

OFFICES = (Role.TOWNSHIP_OFFICE, Role.LINE_OFFICE, Role.BUREAU_OFFICE)
_AT_THE_TOP = (Role.BUREAU_OFFICE, Role.LEADER)
_COUNTY_OFFICES = (Role.LINE_OFFICE, Role.BUREAU_OFFICE)


def may_read(staff: Staff, form: Form, organisation: str, tree: OrganisationTree) -> bool:
    """Whether the numbers of the return are open to `staff`."""
    if not may(staff, "view", organisation, tree):
        return False
    if treats_all(staff, registry.rights_for(form)):
        return True
    return tree.present(staff.organisation_id) == tree.present(organisation) and _writes(staff, organisation, tree)


def may_fill(staff: Staff, form: Form, organisation: str, tree: OrganisationTree) -> bool:
    """Whether `staff` may enter and hand in: who may write over the organisation, and the office of the unit itself."""
    return _writes(staff, organisation, tree) and may_read(staff, form, organisation, tree)


def _writes(staff: Staff, organisation: str, tree: OrganisationTree) -> bool:
    own = tree.present(staff.organisation_id) == tree.present(organisation) and staff.role in OFFICES
    return staff.is_active and (own or may(staff, "write", organisation, tree))


def may_review(staff: Staff, form: Form, organisation: str, tree: OrganisationTree, *, submitted_by: str = "") -> bool:
    """Whether `staff` may return, accept and open again: an office of the tier directly above, never who handed it in."""
    own, place = tree.present(staff.organisation_id), tree.present(organisation)
    if own is None or place is None or staff.username == submitted_by or not may_read(staff, form, place, tree):
        return False
    above = tree.parent(place)
    if above is None:
        return own == place and staff.role in _AT_THE_TOP
    if own == above:
        return staff.role in OFFICES
    # A county institution reviews for the bureau what units report to the county: it stands beside them, under the same roof.
    return staff.role in _COUNTY_OFFICES and own != place and above == tree.root and tree.parent(own) == tree.root
