"""Addresses below /administration/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.administration import grants, index, loading, locking, numbers, people, places, system, trail

urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="administration"),
    path("organisations/", places.tree, name="administration-organisations"),
    path("organisations/add/", places.add, name="administration-organisation-add"),
    path("organisations/<str:code>/", places.place, name="administration-organisation"),
    path("organisations/<str:code>/<slug:act>/", places.change, name="administration-organisation-change"),
    path("import/<slug:kind>/", loading.load, name="administration-import"),
    path("import/<slug:kind>/blank.xlsx", loading.blank, name="administration-import-blank"),
    path("import/<slug:kind>/refused/<str:name>", loading.refused, name="administration-import-refused"),
    path("staff/", people.staff_list, name="administration-staff"),
    path("staff/import/", people.take_file, name="administration-staff-import"),
    path("staff/import/blank.xlsx", people.blank, name="administration-staff-blank"),
    path("staff/import/refused/<str:name>", people.refused_rows, name="administration-staff-refused"),
    path("staff/add/", people.add, name="administration-staff-add"),
    path("staff/reset/", people.reset, name="administration-staff-reset"),
    path("staff/<str:username>/", people.person, name="administration-person"),
    path("staff/<str:username>/state/", people.state, name="administration-person-state"),
    path("staff/<str:username>/scopes/", grants.of_person, name="administration-person-scopes"),
    path("scopes/", grants.matrix, name="administration-scopes"),
    path("parameters/", numbers.parameters, name="administration-parameters"),
    path("parameters/<str:name>/", numbers.parameter, name="administration-parameter"),
    path("locks/", locking.locks, name="administration-locks"),
    path("locks/<int:number>/unlock/", locking.unlock, name="administration-unlock"),
    path("audit/", trail.reads, name="administration-audit"),
    path("audit/writes/", trail.writes, name="administration-audit-writes"),
    path("system/", system.page, name="administration-system"),
    path("system.json", system.as_json, name="administration-system-json"),
]
