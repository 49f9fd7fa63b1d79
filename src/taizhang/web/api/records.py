"""Records in the interface: of every register a list, one, a new one, a changed one, one less; all by the same road as the pages."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Body, Header, NinjaAPI, Path, Query, Schema, Status
from pydantic import Field

from taizhang.county import recording
from taizhang.county.models import Staff
from taizhang.county.people import residents_for
from taizhang.county.recording import Fault, Record, StoredRecord
from taizhang.kernel.registers import Register
from taizhang.kernel.text import Text
from taizhang.web.api.problems import Told, described
from taizhang.web.api.schemas import LARGEST, filter_model, page_model, read_model, told, typed, written_model
from taizhang.web.registers.asking import Opened, opened
from taizhang.web.registers.form import form_of, read
from taizhang.web.registers.listing import Page, facets_of, gathered, narrowed, page_of
from taizhang.web.registers.lists import tell_audit
from taizhang.web.registers.record import change, reached, removed, version_of

STALE = Text(
    "您读取之后，记录已被改动。请重新读取，核对后再写。",
    "The record has changed since you read it. Read it again, compare, then write.",
)
NO_VERSION = Text("请在 If-Match 中写明读取时的 ETag。", "Send the ETag of what you read as If-Match.")
MEANWHILE = Text("写入时有人保存了同样的记录。请重新读取。", "Somebody saved the same record meanwhile. Read again.")
NOBODY = Text("没有这位居民，或不在您的录入范围内。", "There is no such resident within your scope to write.")
PROBLEMS = (401, 404, 422)


def add_register(api: NinjaAPI, register: Register) -> None:
    """The five operations of a register."""
    code = register.code
    written, reading = written_model(register), read_model(register)
    pages, filters = page_model(register, reading), filter_model(register, facets_of(register))
    tags = [f"{register.name.zh} · {register.name.en}"]
    address = f"/registers/{code}"

    def operation(method: Callable[..., Any], path: str, name: str, summary: str, **responses: Any) -> Callable[..., Any]:
        return method(path, tags=tags, operation_id=f"{code}_{name}", summary=summary, url_name=f"{code}-{name}", **responses)  # type: ignore[no-any-return]

    @operation(api.get, address, "list", "清单 · list", response={200: pages}, openapi_extra=described(*PROBLEMS))
    def listed(request: HttpRequest, asked: filters = Query(...)) -> Any:  # type: ignore[valid-type]  # noqa: B008
        at = _opened(request, code)
        wanted = narrowed(at, request.GET, strict=True)
        page: Page = page_of(at, gathered(at, wanted)[0], after=asked.after or "", before=asked.before or "", limit=asked.limit)
        tell_audit(at, wanted, len(page.rows))
        return {"rows": [told(register, row) for row in page.rows], "after": page.after, "before": page.before}

    @operation(api.get, address + "/{pk}", "read", "一条 · one", response={200: reading}, openapi_extra=described(*PROBLEMS))
    def one(
        request: HttpRequest,
        response: HttpResponse,
        pk: int = Path(..., ge=1, le=LARGEST, title="记录编号", description="number of the record"),
    ) -> Any:
        at = _opened(request, code)
        record = reached(at, pk, "view")
        return _answered(at, record, response)

    @operation(api.post, address, "add", "新增 · add", response={201: reading}, openapi_extra=described(*PROBLEMS, 409))
    def added(request: HttpRequest, response: HttpResponse, body: written = Body(...)) -> Any:  # type: ignore[valid-type]  # noqa: B008
        at = _opened(request, code)
        if not at.writable:
            raise Http404
        record = at.model(**_values(at, body, None))
        _save(at, record)
        response.headers["Location"] = f"/api{address}/{record.pk}"
        return Status(201, _answered(at, record, response))

    @operation(
        api.put, address + "/{pk}", "change", "更正 · change",
        response={200: reading}, openapi_extra=described(*PROBLEMS, 409, 412, 428),
    )  # fmt: skip
    def changed(
        request: HttpRequest,
        response: HttpResponse,
        pk: int = Path(..., ge=1, le=LARGEST, title="记录编号", description="number of the record"),
        body: written = Body(...),  # type: ignore[valid-type]  # noqa: B008
        if_match: str | None = Header(None, alias="If-Match", title="读取时的ETag", description="the ETag that was read"),
    ) -> Any:
        at = _opened(request, code)
        record = reached(at, pk, "write")
        with transaction.atomic():
            _must_be(at, pk, if_match)
            change(record, _values(at, body, record))
            _save(at, record)
        return _answered(at, record, response)

    @operation(
        api.delete, address + "/{pk}", "remove", "删除 · remove",
        response={204: None}, openapi_extra=described(*PROBLEMS, 412, 428),
    )  # fmt: skip
    def gone(
        request: HttpRequest,
        pk: int = Path(..., ge=1, le=LARGEST, title="记录编号", description="number of the record"),
        asked: Removal = Query(...),  # noqa: B008
        if_match: str | None = Header(None, alias="If-Match", title="读取时的ETag", description="the ETag that was read"),
    ) -> Any:
        at = _opened(request, code)
        record = reached(at, pk, "write")
        with transaction.atomic():
            _must_be(at, pk, if_match)
            faults = removed(at, record, asked.reason)
        if faults:
            raise Told(422, faults=faults)
        return Status(204, None)


class Removal(Schema):
    """Why a record is removed; no names."""

    reason: str = Field(min_length=1, max_length=100, title="原因", description="why; it stays in the audit trail, so write no names")


def _opened(request: HttpRequest, code: str) -> Opened:
    staff: Staff = request.auth  # type: ignore[attr-defined]
    found = opened(staff, code, "zh")
    if found is None:
        raise Http404
    return found


def _values(at: Opened, body: Any, record: StoredRecord | None) -> dict[str, Any]:
    """The values of the model, read as a form reads them. Raises Told with what is wrong, at each field."""
    sent = body.model_dump() if isinstance(body, Schema) else dict(body)
    form = form_of(at, {c.field: typed(c, sent.get(c.field)) for c in at.register.columns if c.kind != "resident"}, new=False)
    values = read(at, form, record)
    faults = [Fault(one.name, "", message) for one in form.faulty for message in one.faults]
    if at.about_residents:
        resident = sent["resident"]
        if record is not None and isinstance(record, Record) and resident != record.resident_id:  # type: ignore[attr-defined]
            faults.append(
                Fault(
                    "resident",
                    "",
                    Text("记录不能换人。录错了人请删除后重录。", "A record stays with its person. Remove it and enter anew."),
                )
            )
        elif not residents_for(at.staff, "write", at.day).filter(pk=resident).exists():
            faults.append(Fault("resident", "", NOBODY))
        values["resident_id"] = resident
    if faults:
        raise Told(422, faults=faults)
    return values


def _save(at: Opened, record: StoredRecord) -> None:
    try:
        with transaction.atomic():
            recording.save(record, actor=at.staff, day=at.day)
    except IntegrityError:
        raise Told(409, MEANWHILE) from None


def _must_be(at: Opened, pk: int, if_match: str | None) -> None:
    """The record must stand as the writer read it. It is held until the transaction ends."""
    if if_match is None or not if_match.strip():
        raise Told(428, NO_VERSION)
    list(at.model._default_manager.select_for_update().filter(pk=pk).values_list("pk"))
    wanted = {tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(",")}
    if "*" not in wanted and str(version_of(at, pk)) not in wanted:
        raise Told(412, STALE)


def _answered(at: Opened, record: StoredRecord, response: HttpResponse) -> dict[str, Any]:
    record.refresh_from_db()
    version = str(version_of(at, record.pk))
    response.headers["ETag"] = f'"{version}"'
    return told(at.register, record, version)
