"""Addresses of the site. Every page but signing in, the choice of language and the metrics asks for a signed-in reader
(SignedOutMiddleware)."""

from django.urls import URLPattern, URLResolver, include, path

from taizhang.web import board, director, errors, figure, kept, lines, me, metrics, password, signing_in, summary

urlpatterns: list[URLPattern | URLResolver] = [
    path("", board.board, name="board"),
    path("sign-in/", signing_in.SignInView.as_view(), name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("language/<slug:language>/", signing_in.switch_language, name="language"),
    path("kept/", kept.kept, name="kept"),
    path("metrics", metrics.metrics, name="metrics"),
    path("me/", me.me, name="me"),
    path("me/password/", password.password, name="password"),
    path("board/<slug:organisation>/", board.board, name="board-of"),
    path("board/<slug:organisation>/board.xlsx", board.excel, name="board-excel"),
    path("board/<slug:organisation>/director/", director.director, name="director"),
    path("board/<slug:organisation>/lines/<slug:programme>/", lines.line, name="line"),
    path("board/<slug:organisation>/lines/<slug:programme>/line.xlsx", lines.excel, name="line-excel"),
    path("figures/<str:code>/<slug:organisation>/", figure.figure, name="figure"),
    path("figures/<str:code>/<slug:organisation>/series.json", figure.series, name="series"),
    path("figures/<str:code>/<slug:organisation>/series.xlsx", figure.series_excel, name="series-excel"),
    path("figures/<str:code>/<slug:organisation>/units.xlsx", figure.units_excel, name="units-excel"),
    path("figures/<str:code>/<slug:organisation>/people/<int:resident>/", figure.person, name="why"),
    path("figures/<str:code>/<slug:organisation>/<slug:part>/", figure.members, name="members"),
    path("summary/<slug:organisation>/", summary.summary, name="summary"),
    path("summary/<slug:organisation>/<slug:copy>.docx", summary.download, name="summary-file"),
    path("worklist/", include("taizhang.web.worklist.urls")),
    path("visit/", include("taizhang.web.visit.urls")),
    path("people/", include("taizhang.web.people.urls")),
    path("registers/", include("taizhang.web.registers.urls")),
    path("returns/", include("taizhang.web.returns.urls")),
    path("targets/", include("taizhang.web.targets.urls")),
    path("settlement/", include("taizhang.web.settlement.urls")),
    path("desk/", include("taizhang.web.desk.urls")),
    path("administration/", include("taizhang.web.administration.urls")),
    path("help/", include("taizhang.web.help.urls")),
    path("check/", include("taizhang.web.check.urls")),
    path("api/", include("taizhang.web.api.urls")),
]

handler400 = errors.unreadable
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.broken
