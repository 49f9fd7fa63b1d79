"""Addresses below /returns/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.returns import files, overview, page

_ONE = "<slug:form>/<slug:organisation>/<str:period>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="returns"),
    path("at/<slug:organisation>/", overview.overview, name="returns-of"),
    path("year/<slug:form>/<slug:organisation>/", overview.year, name="returns-year"),
    path("reasons/<str:name>/", files.reasons, name="return-reasons"),
    path(_ONE, page.page, name="return"),
    path(f"{_ONE}check/", page.check, name="return-check"),
    path(f"{_ONE}records/", page.records, name="return-records"),
    path(f"{_ONE}step/", page.step, name="return-step"),
    path(f"{_ONE}blank.xlsx", files.blank, name="return-blank"),
    path(f"{_ONE}filled.xlsx", files.filled, name="return-filled"),
    path(f"{_ONE}upload/", files.upload, name="return-upload"),
]
