"""Addresses below /help/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.help import first_day, manual, meanings

urlpatterns: list[URLPattern | URLResolver] = [
    path("", manual.index, name="help"),
    path("first-day/", first_day.page, name="help-first-day"),
    path("first-day/put-away/", first_day.put_away, name="help-first-day-put-away"),
    path("first-day/<slug:step>/", first_day.go, name="help-step"),
    path("manual/pictures/<str:name>", manual.picture, name="help-picture"),
    path("manual/<slug:name>/", manual.page, name="help-manual"),
    path("meanings/", meanings.search, name="help-meanings"),
    path("meanings/<slug:code>/", meanings.programme, name="help-programme"),
    path("elements/", meanings.elements, name="help-elements"),
]
