"""Addresses below /api/. What stands behind a token needs no signed-in session: the token says who it is."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.api import docs, tokens
from taizhang.web.api.interface import api


def _without_session(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback.login_required = False  # type: ignore[union-attr,attr-defined]
        else:
            _without_session(pattern.url_patterns)
    return patterns


urlpatterns: list[URLPattern | URLResolver] = [
    path("", docs.listing, name="api-docs"),
    path("openapi.json", docs.openapi, name="api-openapi"),
    path("tokens/", tokens.create, name="api-token-create"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="api-token-revoke"),
    path("", (_without_session(api.urls[0]), api.urls[1], api.urls[2])),
]
