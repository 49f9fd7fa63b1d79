"""Reorganising 机构调整: renaming, moving, merging and closing organisations from a day on. Each act can be rehearsed: done, looked at and
taken back, so that what a page announces is what will happen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from taizhang.county import organisations
from taizhang.county.english import english_name
from taizhang.county.models import Organisation, OrganisationLink, Residency, ScopeGrant, Staff
from taizhang.county.organisations import OrganisationError, OrganisationTree, relink, tree_on
from taizhang.kernel.text import Text

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Moved:
    """An organisation that stands under another from the day on. Either is None where the organisation is at the top."""

    name: Text
    before: Text | None
    after: Text | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What an act changes on `day`. residents: those managed by the organisations that close or move, and below them; accounts:
    active staff of these, or with a scope over one of them."""

    day: date
    opened: tuple[Text, ...]
    closed: tuple[Text, ...]
    renamed: tuple[tuple[Text, Text], ...]
    moved: tuple[Moved, ...]
    residents: int
    accounts: tuple[str, ...]


class _TakenBackError(Exception):
    """Ends a rehearsal; never leaves this module."""


def rehearse(act: Act, day: date) -> Effects:
    """Do the act, look at the tree of `day`, and take everything back. Raises what the act raises."""
    before = tree_on(day)
    after = before
    try:
        with transaction.atomic():
            act()
            after = tree_on(day)
            raise _TakenBackError
    except _TakenBackError:
        pass
    return _effects(before, after, day)


def _effects(before: OrganisationTree, after: OrganisationTree, day: date) -> Effects:
    closed = [code for code in before.codes if code not in after]
    shared = [code for code in before.codes if code in after]
    moved = [code for code in shared if before.parent(code) != after.parent(code)]
    under = {below for code in (*closed, *moved) for below in before.descendants(code)}
    managed = Residency.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), organisation__in=under, started_on__lte=day)
    people = Staff.objects.filter(Q(organisation__in=closed or moved) | Q(scopes__organisation__in=closed or moved), is_active=True)
    return Effects(
        day=day,
        opened=tuple(after.name(code) for code in after.codes if code not in before),
        closed=tuple(before.name(code) for code in closed),
        renamed=tuple((before.name(code), after.name(code)) for code in shared if before.name(code) != after.name(code)),
        moved=tuple(Moved(after.name(code), _above(before, code), _above(after, code)) for code in moved),
        residents=managed.values("resident").distinct().count(),
        accounts=tuple(people.order_by("username").values_list("username", flat=True).distinct()),
    )


def _above(tree: OrganisationTree, code: str) -> Text | None:
    parent = tree.parent(code)
    return None if parent is None else tree.name(parent)


# -- the acts ----------------------------------------------------------------------------------------------------------


def rename(code: str, name: str, name_en: str = "") -> None:
    """改名: the name on every page and file from now on, also of earlier periods; the code stays. Earlier names stay in the history."""
    found = _known(code)
    if not name.strip():
        raise OrganisationError("新名称未填。请填写机构名称。")
    if len(name.strip()) > 80 or len(name_en.strip()) > 120:
        raise OrganisationError("名称过长：中文不超过80字，英文不超过120个字符。请缩短。")
    if Organisation.objects.filter(name=name.strip(), closed_on__isnull=True).exclude(pk=code).exists():
        raise OrganisationError(f"已有名为“{name.strip()}”的机构。请换一个名称，以免混淆。")
    found.name = name.strip()
    found.name_en = name_en.strip() or english_name(found.name)
    found.save(update_fields=["name", "name_en"])


@transaction.atomic
def move(code: str, parent: str, day: date) -> None:
    """划转: from `day` on the organisation, with all below it, stands under `parent`."""
    tree = tree_on(day)
    _open_on(tree, code, day)
    _open_on(tree, parent, day)
    if code == tree.root:
        raise OrganisationError("最上级机构不能划转。")
    if tree.is_under(parent, code):
        raise OrganisationError(f"{tree.name(parent).zh}就是{tree.name(code).zh}或其下级，不能作它的上级。请另选上级机构。")
    if tree.parent(code) == parent:
        raise OrganisationError(f"{tree.name(code).zh}已隶属{tree.name(parent).zh}，无须划转。")
    relink(code, parent, day)


@transaction.atomic
def merge(code: str, successor: str, day: date) -> None:
    """并入: from `day` on `successor` does the work of `code`."""
    tree = tree_on(day)
    _open_on(tree, code, day)
    _open_on(tree, successor, day)
    if code == tree.root:
        raise OrganisationError("最上级机构不能并入其他机构。")
    if code != successor and tree.is_under(successor, code):
        raise OrganisationError(f"{tree.name(successor).zh}是{tree.name(code).zh}的下级，不能由它承接。请另选承接机构。")
    organisations.merge_into(code, successor, day)


@transaction.atomic
def close(code: str, last_day: date) -> None:
    """撤销: `last_day` is the last on which it is open, and nobody takes over. Refused while somebody or something still
    depends on it: such an organisation is merged."""
    found = _known(code)
    if found.closed_on is not None:
        raise OrganisationError(f"{found.name}已于{found.closed_on}撤销。")
    after = last_day + timedelta(days=1)
    tree = tree_on(after)
    _open_on(tree, code, after)
    if code == tree.root:
        raise OrganisationError("最上级机构不能撤销。")
    if below := tree.children(code):
        raise OrganisationError(f"{found.name}还有{len(below)}个下级机构（{tree.name(below[0]).zh}等）。请先划转下级，或改用“并入”。")
    managed = Residency.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=last_day), organisation=code)
    if count := managed.values("resident").distinct().count():
        raise OrganisationError(f"{found.name}还管理着{count}名居民。请改用“并入”，由另一机构承接；或先把居民转出。")
    holding = Staff.objects.filter(Q(organisation=code) | Q(scopes__organisation=code), is_active=True).distinct()
    if names := list(holding.order_by("username").values_list("username", flat=True)):
        listed = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
        raise OrganisationError(f"还有{len(names)}个在用账号属于{found.name}或以它为权限范围（{listed}）。请先停用或调整这些账号。")
    # A closed organisation counts as the one above it: a grant that is left behind would open that one when the account is enabled again.
    ScopeGrant.objects.filter(organisation=code).delete()
    found.closed_on = last_day
    found.save(update_fields=["closed_on"])


def links_of(code: str) -> list[OrganisationLink]:
    """Under whom it stood, oldest first."""
    return list(OrganisationLink.objects.filter(child=code).select_related("parent").order_by("valid_from"))


def _known(code: str) -> Organisation:
    found = Organisation.objects.filter(pk=code).first()
    if found is None:
        raise OrganisationError(f"没有代码为 {code} 的机构。请核对代码，或先建立该机构。")
    return found


def _open_on(tree: OrganisationTree, code: str, day: date) -> None:
    if code not in tree:
        raise OrganisationError(f"机构 {code} 在{day}没有开办：代码有误、尚未成立或已撤销。请核对机构和日期。")
