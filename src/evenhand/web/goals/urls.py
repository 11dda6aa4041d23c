"""The addresses of goals one by one; `goal_urls` puts them together with those in bulk."""

from django.urls import path

from evenhand.web.goals import agreeing, ending, placing, ruling, team, views, weighing, writing
from evenhand.web.goals.progress_urls import urlpatterns as of_progress

of_goals = [
    path("new/", writing.new_goal, name="new_goal"),
    path("smart/", writing.smart, name="smart"),
    path("choices/<str:what>/", writing.choices, name="choices"),
    path("discarded/", views.discarded, name="discarded"),
    path("team/", team.team, name="team"),
    path("rules/", ruling.rules, name="rules"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/weights/", weighing.weights, name="weights"),
    path("<int:pk>/", views.goal, name="goal"),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/draft/", writing.draft, name="draft"),
    path("<int:pk>/removal/", ending.removal, name="removal"),
    path("<int:pk>/return/", ending.return_, name="return"),
    path("<int:pk>/proposal/", agreeing.proposal, name="proposal"),
    path("<int:pk>/agreement/", agreeing.agreement, name="agreement"),
    path("<int:pk>/objection/", agreeing.objection, name="objection"),
    path("<int:pk>/withdrawal/", agreeing.withdrawal, name="withdrawal"),
    path("<int:pk>/notes/", agreeing.notes, name="notes"),
    path("<int:pk>/change/", writing.change, name="change"),
    path("<int:pk>/closing/", ending.closing, name="closing"),
    path("<int:pk>/drop/", ending.drop, name="drop"),
    path("<int:pk>/drop/approval/", ending.drop_approval, name="drop_approval"),
    path("<int:pk>/resumption/", ending.resumption, name="resumption"),
    path("<int:pk>/support/", placing.support, name="support"),
    path("<int:pk>/openness/", placing.openness, name="openness"),
    path("<int:pk>/owners/<int:person_pk>/removal/", placing.owner_removal, name="owner_removal"),
    *of_progress,
]
