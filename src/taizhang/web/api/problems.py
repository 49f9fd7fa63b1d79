"""Errors of the interface: application/problem+json (RFC 9457), each in Chinese and English, with what to do."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import REF_TEMPLATE

from taizhang.county.recording import Fault, RecordRefused
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.web.registers.listing import FilterError

MEDIA_TYPE = "application/problem+json"


class FieldFault(Schema):
    """One thing wrong with a field."""

    field: str
    message: str
    message_en: str


class Problem(Schema):
    """What was wrong, and what to do."""

    type: str = "about:blank"
    status: int
    title: str
    title_en: str
    detail: str = ""
    detail_en: str = ""
    faults: list[FieldFault] = []


class Told(Exception):
    """An answer that is a problem."""

    def __init__(self, status: int, detail: Text | None = None, faults: Sequence[Fault] = ()) -> None:
        self.status, self.detail, self.faults = status, detail, tuple(faults)
        super().__init__(status)


TITLES = {
    400: Text("请求无法读取", "The request cannot be read"),
    401: Text("需要有效的令牌", "A valid token is needed"),
    404: Text("没有，或不在权限范围内", "There is none, or it lies outside the scope"),
    405: Text("不支持这种方法", "The method is not allowed"),
    409: Text("与现有记录冲突", "It conflicts with what is there"),
    412: Text("记录已被改动", "The record has changed"),
    422: Text("内容不能接受", "The contents cannot be taken"),
    428: Text("须说明所依据的版本", "Say which version this rests on"),
}
TOKEN = Text(
    "请在“我的账号”页新建令牌，并以 Authorization: Bearer 发送。",
    "Make a token on the page “My account” and send it as Authorization: Bearer.",
)
WRONG = Text("值的类型、范围或格式不对，见接口说明。", "Type, range or form of the value is wrong; see the schema.")


def problem(status: int, detail: Text | None = None, faults: Sequence[Fault] = ()) -> HttpResponse:
    title = TITLES.get(status, Text("出错", "Error"))
    body: dict[str, Any] = {
        "type": "about:blank",
        "status": status,
        "title": title.zh,
        "title_en": title.en,
        "detail": detail.zh if detail else "",
        "detail_en": detail.en if detail else "",
        "faults": [{"field": fault.field, "message": fault.message.zh, "message_en": fault.message.en} for fault in faults],
    }
    response = JsonResponse(body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def described(*statuses: int) -> dict[str, Any]:
    """What the description of an operation adds: the problems it may answer with. They are answered by `install`, not by the operation, so
    it need not be given a model of each: to make those took a second of every start of the site."""
    content = {MEDIA_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model=Problem.__name__)}}}
    return {"responses": {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}}


def install(api: NinjaAPI) -> None:
    """How the interface answers each kind of error."""

    def told(request: HttpRequest, error: Told) -> HttpResponse:
        return problem(error.status, error.detail, error.faults)

    def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404)

    def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, TOKEN)

    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code)

    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return problem(422, faults=[_fault(one) for one in error.errors])

    def refused(request: HttpRequest, error: RecordRefused) -> HttpResponse:
        return problem(422, error.text, error.faults)

    def filtered(request: HttpRequest, error: FilterError) -> HttpResponse:
        return problem(422, error.text)

    def told_by_the_rules(request: HttpRequest, error: Refusal) -> HttpResponse:
        text = getattr(error, "text", None)
        return problem(422, text if isinstance(text, Text) else Text(str(error), str(error)))

    api.add_exception_handler(Told, told)
    api.add_exception_handler(Http404, unknown)
    api.add_exception_handler(AuthenticationError, nobody)
    api.add_exception_handler(HttpError, unreadable)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(Refusal, told_by_the_rules)
    api.add_exception_handler(RecordRefused, refused)
    api.add_exception_handler(FilterError, filtered)


def _fault(one: dict[str, Any]) -> Fault:
    """What the schema found, without the value: it may be a person's."""
    place = [str(step) for step in one.get("loc", ()) if step not in ("body", "query", "path", "header")]
    field = ".".join(place[1:] if len(place) > 1 else place)
    limits = one.get("ctx") or {}
    allowed = "、".join(f"{name} {value}" for name, value in limits.items() if name in ("ge", "le", "max_length", "min_length", "expected"))
    message = Text(f"{WRONG.zh}（{allowed}）", f"{one.get('msg', WRONG.en)}") if allowed else Text(WRONG.zh, str(one.get("msg", WRONG.en)))
    return Fault(field, "", message)
