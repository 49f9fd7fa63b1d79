"""Addresses below /desk/."""

from django.urls import URLPattern, URLResolver, path

from taizhang.web.desk import draft, front, lacking, publications, section, standing, steps

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.desk, name="desk"),
    path("new/", front.new, name="desk-new"),
    path("rebind/", publications.rebinding, name="desk-rebind"),
    path("order/<slug:organisation>/", standing.order, name="desk-order"),
    path("references/<slug:organisation>/", standing.references, name="desk-references"),
    path("publications/<int:number>/", publications.publication, name="desk-publication"),
    path("publications/<int:number>/note.docx", publications.correction_note, name="desk-note"),
    path("publications/<int:number>/<slug:copy>.docx", publications.file, name="desk-publication-file"),
    path("<int:number>/", draft.draft, name="desk-draft"),
    path("<int:number>/preview/", draft.preview, name="desk-preview"),
    path("<int:number>/missing/", lacking.lacking, name="desk-missing"),
    path("<int:number>/plan/", steps.steps, name="desk-plan"),
    path("<int:number>/approve/", draft.approve, name="desk-approve"),
    path("<int:number>/reopen/", draft.reopen, name="desk-reopen"),
    path("<int:number>/publish/", draft.publish, name="desk-publish"),
    path("<int:number>/discard/", draft.discard, name="desk-discard"),
    path("<int:number>/<slug:copy>.docx", draft.download, name="desk-file"),
    path("<int:number>/sections/<slug:section>/", section.section, name="desk-section"),
    path("<int:number>/sections/<slug:section>/figures/", section.figures, name="desk-figures"),
    path("<int:number>/sections/<slug:section>/assign/", draft.assign, name="desk-assign"),
]
