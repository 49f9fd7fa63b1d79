"""Addresses below /registers/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.registers import importing, index, lists, reassigning, record

urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="registers"),
    path("<slug:code>/", lists.register, name="register"),
    path("<slug:code>/export.xlsx", lists.export, name="register-export"),
    path("<slug:code>/blank.xlsx", lists.blank, name="register-blank"),
    path("<slug:code>/import/", importing.choose, name="register-import"),
    path("<slug:code>/import/<slug:token>/", importing.one, name="register-import-one"),
    path("<slug:code>/import/<slug:token>/discard/", importing.discard, name="register-import-discard"),
    path("<slug:code>/import/<slug:token>/reasons.xlsx", importing.reasons, name="register-import-reasons"),
    path("<slug:code>/reassign/", reassigning.step, name="register-reassign"),
    path("<slug:code>/new/", record.add, name="register-new"),
    path("<slug:code>/<int:pk>/", record.record, name="register-record"),
    path("<slug:code>/<int:pk>/edit/", record.edit, name="register-edit"),
    path("<slug:code>/<int:pk>/remove/", record.remove, name="register-remove"),
]
