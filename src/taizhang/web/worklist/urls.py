"""Addresses below /worklist/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.worklist import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.worklist, name="worklist"),
    path("route/", views.route, name="route"),
    path("day-end/", views.day_end, name="day-end"),
    path("call/<int:resident>/", views.call, name="call"),
]
