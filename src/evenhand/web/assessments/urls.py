from django.urls import include, path

from evenhand.web.assessments import arranging, views, writing

of_assessments = [
    path("new/", arranging.new_assessment, name="new"),
    path("team/", views.team, name="team"),
    path("team/opening/", arranging.team_opening, name="team_opening"),
    path("units/opening/", arranging.unit_opening, name="unit_opening"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("<int:pk>/", views.assessment, name="assessment"),
    path("<int:pk>/others/", arranging.others, name="others"),
    path("<int:pk>/others/<int:part_pk>/", arranging.proposal, name="proposal"),
    path("<int:pk>/closing/", arranging.closing, name="closing"),
    path("parts/<int:pk>/", writing.part, name="part"),
    path("parts/<int:pk>/observations/", writing.observations, name="observations"),
    path("parts/<int:pk>/submission/", writing.submission, name="submission"),
    path("parts/<int:pk>/reopening/", writing.reopening, name="reopening"),
    path("parts/<int:pk>/refusal/", writing.refusal, name="refusal"),
]

urlpatterns = [
    path("", views.assessments, name="assessments"),
    path("", include((of_assessments, "assessments"))),
]
