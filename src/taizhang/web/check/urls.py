"""Addresses below /check/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.check import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.page, name="check"),
    path("comments.docx", views.comments, name="check-comments"),
]
