from django.urls import path

from evenhand.web.workshops import collecting, deciding, leading, views, voting

urlpatterns = [
    path("", views.workshops, name="workshops"),
    path("new/", leading.new_workshop, name="new_workshop"),
    path("<int:pk>/", views.workshop, name="workshop"),
    path("<int:pk>/plan/", leading.plan, name="workshop_plan"),
    path("<int:pk>/stage/", leading.stage, name="workshop_stage"),
    path("<int:pk>/people/", leading.people, name="workshop_people"),
    path("<int:pk>/people/found/", leading.found, name="workshop_found"),
    path("people/<int:pk>/removal/", leading.removal, name="workshop_person_removal"),
    path("<int:pk>/incidents/", collecting.incidents, name="workshop_incidents"),
    path("<int:pk>/results/", views.results, name="workshop_results"),
    path("advice/", collecting.advice, name="workshop_advice"),
    path("incidents/<int:pk>/", collecting.incident, name="workshop_incident"),
    path("incidents/<int:pk>/removal/", collecting.removal, name="workshop_incident_removal"),
    path("incidents/<int:pk>/decision/", deciding.decision, name="workshop_decision"),
    path("incidents/<int:pk>/anchor/", deciding.anchor, name="workshop_anchor"),
    path("<int:pk>/votes/", voting.votes, name="workshop_votes"),
    path("<int:pk>/votes/<int:incident_pk>/", voting.vote, name="workshop_vote"),
    path("<int:pk>/votes/handing-in/", voting.handing_in, name="workshop_handing_in"),
    path("<int:pk>/anchors/", deciding.anchors, name="workshop_anchors"),
    path("anchors/<int:pk>/removal/", deciding.anchor_removal, name="workshop_anchor_removal"),
]
