"""Addresses below /settlement/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.settlement import bills, findings

urlpatterns: list[URLPattern | URLResolver] = [
    path("", bills.summary, name="settlement"),
    path("<slug:organisation>/", bills.summary, name="settlement-of"),
    path("<slug:organisation>/settlement.xlsx", bills.excel, name="settlement-excel"),
    path("<slug:organisation>/assessment.xlsx", bills.assessment, name="assessment-excel"),
    path("<slug:organisation>/settled/<int:number>/", bills.settled, name="settlement-settled"),
    path("<slug:organisation>/unit/", bills.unit, name="settlement-unit"),
    path("<slug:organisation>/paid/<slug:service>/", bills.paid, name="settlement-paid"),
    path("<slug:organisation>/findings/", findings.every, name="findings"),
    path("<slug:organisation>/findings/<str:code>/", findings.one, name="findings-of"),
]
