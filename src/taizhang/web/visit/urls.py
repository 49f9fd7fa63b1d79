"""Addresses below /visit/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.visit import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:resident>/", views.visit, name="visit"),
    path("<int:resident>/foresee/", views.foresee, name="visit-foresee"),
    path("<int:resident>/discard/", views.discard, name="visit-discard"),
    path("<int:resident>/done/<uuid:token>/", views.done, name="visit-done"),
]
