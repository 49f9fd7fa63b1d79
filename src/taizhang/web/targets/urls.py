"""Addresses below /targets/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.targets import one, overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="targets"),
    path("at/<slug:organisation>/", overview.overview, name="targets-of"),
    path("choose/<slug:organisation>/", overview.choose, name="target-choose"),
    path("<str:code>/<slug:organisation>/", one.one, name="target"),
]
