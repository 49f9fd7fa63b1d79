"""A guided first day 入门引导: for each post a short list of real things to do, ticked by what has really happened under this account."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from taizhang.county import audit, passwords
from taizhang.county.models import AuditEntry, Change, Resident, Role, Staff
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.returns.models import Return
from taizhang.web.context import ROLES

PUT_AWAY = "put-away"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the system knows of an account: the acts in its audit trail, and the steps of the list that were opened."""

    staff: Staff
    acts: frozenset[str]
    opened: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. address: the name of the page where it is done. done: whether it has happened; without it, having opened the page
    from here is enough."""

    code: str
    title: Text
    why: Text
    address: str
    done: Callable[[Evidence], bool] | None = None


def _acted(*acts: str) -> Callable[[Evidence], bool]:
    return lambda evidence: not evidence.acts.isdisjoint(acts)


def _own_password(evidence: Evidence) -> bool:
    return not passwords.must_change(evidence.staff)


def _wrote_a_record(evidence: Evidence) -> bool:
    """Any record of any register that the account wrote for its own organisation."""
    for register in registry.registers.values():
        model = apps.get_model(register.model)
        try:
            model._meta.get_field("recorded_by")
            model._meta.get_field("organisation")
        except FieldDoesNotExist:
            continue
        mine = model._default_manager.filter(organisation=evidence.staff.organisation_id, recorded_by=evidence.staff.username)
        if mine.exists():
            return True
    return False


def _submitted(evidence: Evidence) -> bool:
    return Return.objects.filter(organisation=evidence.staff.organisation_id, submitted_by=evidence.staff.username).exists()


def _made_an_account(evidence: Evidence) -> bool:
    """Another's: one's own row is written by signing in already."""
    return Change.objects.filter(table="county_staff", actor=evidence.staff.username).exclude(row=evidence.staff.pk).exists()


def _has_residents(_: Evidence) -> bool:
    return Resident.objects.exists()


_PASSWORD = Step(
    "password",
    Text("换成自己的密码", "Choose a password of your own"),
    Text("纸条上的密码经过他人之手。", "The one on the slip has been in other hands."),
    "password",
    _own_password,
)
_BOARD = Step(
    "board",
    Text("看一遍本单位的看板", "Look at the board of your place"),
    Text("关键指标、同比和位次都在这里，点任一数字看口径。", "Key figures, change and rank; every number opens its definition."),
    "board",
)
_TRACE = Step(
    "trace",
    Text("从一个数字点到名单", "Follow a figure to its people"),
    Text("打开一个指标，点“差距”，看差的是谁、怎样补上。", "Open a figure, then the gap: whom it misses and what would mend it."),
    "board",
    _acted(audit.TRACE),
)
_SEARCH = Step(
    "search",
    Text("查找一位居民", "Find a resident"),
    Text("姓名、拼音首字母、证件号、电话都可以。", "By name, initials, identity number or telephone."),
    "people",
    _acted(audit.SEARCH),
)
_OPEN = Step(
    "open",
    Text("打开一位居民的档案", "Open a resident"),
    Text("每次打开都留下查阅记录。", "Each opening is written to the audit trail."),
    "people",
    _acted(audit.OPEN_PERSON),
)
_RETURN = Step(
    "return",
    Text("填报并上报一张报表", "Fill in and submit a return"),
    Text("边填边校验，与记录不一致会提示。", "Checked while you type."),
    "returns",
    _submitted,
)
_RETURNS = Step(
    "returns",
    Text("看看哪些报表还没报", "See which returns are missing"),
    Text("报送率、及时率和缺报单位。", "Who has reported, in time or not."),
    "returns",
)
_WORKLIST = Step(
    "worklist",
    Text("看今天的待办", "See today's worklist"),
    Text("谁到期、谁逾期、为什么，按轻重排列。", "Who is due, overdue and why."),
    "worklist",
)
_VISIT = Step(
    "visit",
    Text("完成一次随访", "Record one visit"),
    Text("从待办进入，一张表填完这个人到期的所有项目。", "From the worklist: one form for everything the person is due in."),
    "worklist",
    _wrote_a_record,
)
_REGISTER = Step(
    "register",
    Text("打开一本登记簿", "Open a register"),
    Text("筛选、导出，也可以导入文件。", "Filter it, export it, import a file."),
    "registers",
)
_TARGETS = Step(
    "targets",
    Text("看今年的任务和进度", "See this year's targets and pace"),
    Text("按现在的进度，年底能不能完成。", "Whether they will be met."),
    "targets",
)
_DESK = Step(
    "desk",
    Text("打开工作总结的写作台", "Open the summary's desk"),
    Text("数字自动带入，缺的数列在清单里。", "Figures come by themselves; what lacks is listed."),
    "desk",
)
_CHECK = Step(
    "check",
    Text("核对一份文稿的数字", "Check the numbers of a text"),
    Text("粘贴文稿，逐个数字与台账对照。", "Paste a text; each number is compared."),
    "check",
)

STEPS: dict[Role, tuple[Step, ...]] = {
    Role.VILLAGE_DOCTOR: (_PASSWORD, _WORKLIST, _VISIT, _SEARCH, _OPEN, _RETURN, _BOARD),
    Role.TOWNSHIP_OFFICE: (_PASSWORD, _BOARD, _TRACE, _RETURNS, _REGISTER, _SEARCH, _TARGETS),
    Role.LINE_OFFICE: (_PASSWORD, _BOARD, _TRACE, _RETURNS, _REGISTER, _TARGETS, _CHECK),
    Role.BUREAU_OFFICE: (_PASSWORD, _BOARD, _TRACE, _RETURNS, _TARGETS, _DESK, _CHECK),
    Role.LEADER: (_PASSWORD, _BOARD, _TARGETS, _DESK),
    Role.ADMINISTRATOR: (
        _PASSWORD,
        Step(
            "organisations",
            Text("建立机构，核对隶属关系", "Lay down the organisations, check who stands under whom"),
            Text("可导入Excel；数字按机构汇总，先把机构对齐。", "From Excel; figures add up by organisation."),
            "administration-organisations",
        ),
        Step(
            "staff",
            Text("建立人员账号，发放密码条", "Make accounts and hand out slips"),
            Text("可导入Excel；密码条只显示一次。", "From Excel; slips are shown once."),
            "administration-staff-import",
            _made_an_account,
        ),
        Step(
            "residents",
            Text("导入居民", "Import residents"),
            Text("空白表在“居民”页的“导入居民”；卫生院也可以各自导入。", "The blank workbook is on the page of people."),
            "people",
            _has_residents,
        ),
        Step(
            "scopes",
            Text("看一遍岗位与权限", "Read posts and scopes"),
            Text("谁能录入、查看、检索哪里的人。", "Who may do what, where."),
            "administration-scopes",
        ),
        Step(
            "parameters",
            Text("写入本县自己的参数", "State the county's own parameters"),
            Text("如新农合补偿比例；没有值的指标不出数。", "Without a value an indicator gives no figure."),
            "administration-parameters",
            _acted(audit.SET_PARAMETER),
        ),
        Step(
            "system",
            Text("看一眼系统状态", "Look at the system"),
            Text("台账落后多少、磁盘还剩多少。", "How far the ledger lags, room on the disk."),
            "administration-system",
        ),
    ),
}


def evidence_of(staff: Staff) -> Evidence:
    """One query."""
    acts, opened = set(), set()
    for action, step in AuditEntry.objects.filter(staff=staff).values_list("action", "detail__step").distinct():
        acts.add(action)
        if action == audit.FIRST_DAY and step:
            opened.add(step)
    return Evidence(staff, frozenset(acts), frozenset(opened))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    staff = request.user
    assert isinstance(staff, Staff)
    evidence = evidence_of(staff)
    lines = []
    for step in STEPS[Role(staff.role)]:
        if _url(step) is not None:
            done = step.done(evidence) if step.done is not None else step.code in evidence.opened
            lines.append({"step": step, "done": done})
    done_count = sum(line["done"] for line in lines)
    facts = {
        "role": ROLES[Role(staff.role)],
        "lines": lines,
        "done": done_count,
        "next": next((line["step"].code for line in lines if not line["done"]), ""),
        "put_away": PUT_AWAY in evidence.opened,
    }
    return render(request, "web/help/first_day.html", facts)


def _url(step: Step) -> str | None:
    try:
        return reverse(step.address)
    except NoReverseMatch:
        return None


@require_safe
def go(request: HttpRequest, step: str) -> HttpResponse:
    """To the page of a step; that it was opened is remembered."""
    staff = request.user
    assert isinstance(staff, Staff)
    found = next((each for each in STEPS[Role(staff.role)] if each.code == step), None)
    url = _url(found) if found else None
    if found is None or url is None:
        raise Http404
    _remember(staff, step)
    return redirect(url)


def _remember(staff: Staff, step: str) -> None:
    if step not in evidence_of(staff).opened:
        audit.record(staff, audit.FIRST_DAY, detail={"step": step})


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """The list is done with for this account; it can still be opened from the help page."""
    staff = request.user
    assert isinstance(staff, Staff)
    _remember(staff, PUT_AWAY)
    return redirect("help")
