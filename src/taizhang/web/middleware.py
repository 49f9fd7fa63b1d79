"""What every request passes: the language, the browser's limits, who acts, and errors that tell what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from taizhang.county.changes import acting_as
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import RegistryError
from taizhang.kernel.text import LANGUAGES
from taizhang.web import errors

Handler = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "language"
# Scripts and styles only from here, none in the page; nothing is sent anywhere else and no other site may frame a page.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class LanguageMiddleware:
    """request.language: "zh" or "en", as the reader's cookie says; Chinese without one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        request.language = chosen if chosen in LANGUAGES else "zh"  # type: ignore[attr-defined]
        return self.get_response(request)


class SafetyMiddleware:
    """The content security policy, and no copy of a page about people in a browser's or a proxy's store."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class ActorMiddleware:
    """Whatever a request writes is written by who signed in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with acting_as(request.user):  # type: ignore[arg-type]
                return self.get_response(request)
        return self.get_response(request)


class ToldMiddleware:
    """An error that tells what to do is shown as a page, not as a failure of the site. So is the address of a deed that was opened: after
    signing in again, or after a change of language, a browser asks for the address of the form it had sent."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            told = errors.only_sent(request)
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RegistryError):
            return errors.not_found(request)
        if isinstance(error, Refusal):
            return errors.told(request, str(error))
        return None
