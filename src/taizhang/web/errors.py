"""Pages for what went wrong, in the look of the site. None of them reads the database: they also serve when it is away."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from taizhang.kernel.text import Text

MISSING = Text("没有这个页面，或它不在您的权限范围内", "There is no such page, or it lies outside your scope")
MISSING_CURE = Text(
    "请核对网址，或从看板重新进入。需要更大的权限时，请向上级机构申请。",
    "Check the address, or start again from the board. Ask the organisation above for a wider scope.",
)
REFUSED = Text("不允许这样操作", "This is not allowed")
REFUSED_CURE = Text("页面可能已过期。请返回上一页，刷新后再试。", "The page may have expired. Go back, reload it and try again.")
BROKEN = Text("网站出错了", "Something went wrong")
BROKEN_CURE = Text(
    "您的操作没有写入一半的数据。请稍后再试；仍然出错时，请把时间告诉系统管理员。",
    "Nothing was half-written. Try again later; if it stays, tell the administrator the time.",
)
ASKED = Text("这样查询得不到结果", "This cannot be shown as asked")
ASKED_CURE = Text("请换一个时段或机构。", "Choose another period or organisation.")
ONLY_SENT = Text("这个网址只接收提交的内容，不能直接打开", "This address takes what is sent to it; it cannot be opened")
ONLY_SENT_CURE = Text("请返回上一页，刷新后再操作。", "Go back, reload the page and do it again.")
UNREADABLE = Text("请求无法读取", "The request cannot be read")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, MISSING, MISSING_CURE)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, REFUSED, REFUSED_CURE)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, REFUSED, REFUSED_CURE)


def only_sent(request: HttpRequest) -> HttpResponse:
    return _page(request, 405, ONLY_SENT, ONLY_SENT_CURE)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, UNREADABLE, MISSING_CURE)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, 500, BROKEN, BROKEN_CURE)


def told(request: HttpRequest, message: str) -> HttpResponse:
    """422: understood, but there is nothing to show; `message` says why and what to do."""
    return _page(request, 422, ASKED, ASKED_CURE, message)


def _page(request: HttpRequest, status: int, title: Text, cure: Text, message: str = "") -> HttpResponse:
    language = getattr(request, "language", "zh")
    facts = {"language": language, "status": status, "title": title, "cure": cure, "message": message}
    return HttpResponse(render_to_string("web/error.html", facts), status=status)
