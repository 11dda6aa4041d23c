from django.urls import include, path

from evenhand.web.development import views, writing

of_development = [
    path("team/", views.team, name="team"),
    path("new/", writing.new_plan, name="new"),
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>/document/", views.document, name="document"),
    path("<int:pk>/draft/", writing.draft, name="draft"),
    path("<int:pk>/proposal/", writing.proposal, name="proposal"),
    path("<int:pk>/agreement/", writing.agreement, name="agreement"),
    path("<int:pk>/objection/", writing.objection, name="objection"),
    path("<int:pk>/closing/", writing.closing, name="closing"),
    path("<int:pk>/notes/", writing.notes, name="notes"),
    path("actions/<int:pk>/", writing.action, name="action"),
]

urlpatterns = [
    path("", views.mine, name="development"),
    path("", include((of_development, "development"))),
]
