"""Addresses below /people/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.people import correcting, courses, duplicates, examining, finding, laboratory, moving, person, printing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", finding.people, name="people"),
    path("new/", moving.new, name="person-new"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.pair, name="duplicate"),
    path("duplicates/merges/", duplicates.merges, name="merges"),
    path("duplicates/merges/<int:pk>/take-back/", duplicates.take_back, name="merge-back"),
    path("examination-day/", examining.choose, name="examination-day"),
    path("examination-day/<slug:code>/", examining.sheet, name="day-sheet"),
    path("examination-day/<slug:code>/add/", examining.add, name="day-sheet-add"),
    path("examination-day/<slug:code>/results/", laboratory.results, name="day-sheet-results"),
    path("examination-day/<slug:code>/results/blank.xlsx", laboratory.blank, name="day-sheet-blank"),
    path("examination-day/<slug:code>/results/<slug:token>/", laboratory.told, name="day-sheet-told"),
    path("examination-day/<slug:code>/results/<slug:token>/reasons.xlsx", laboratory.reasons, name="day-sheet-reasons"),
    path("examination-day/<slug:code>/<int:resident>/", examining.row, name="day-sheet-row"),
    path("examination-day/<slug:code>/<int:resident>/foresee/", examining.foresee, name="day-sheet-foresee"),
    path("paper/<slug:code>/<int:pk>/", printing.one, name="paper"),
    path("paper/<slug:code>/day/<str:day>/", printing.whole_day, name="paper-day"),
    path("<int:resident>/", person.person, name="person"),
    path("<int:resident>/courses.xlsx", courses.excel, name="person-courses"),
    path("<int:resident>/timeline/", person.timeline, name="person-timeline"),
    path("<int:resident>/correct/", correcting.correct, name="person-correct"),
    path("<int:resident>/move/", moving.move, name="person-move"),
    path("<int:resident>/death/", moving.death, name="person-death"),
]
