from django.urls import path

from evenhand.web.cycles import exporting, goals, preparing, repairing, views

urlpatterns = [
    path("", views.cycles, name="cycles"),
    path("new/", preparing.new_cycle, name="new_cycle"),
    path("<int:pk>/", views.cycle, name="cycle"),
    path("<int:pk>/plan/", preparing.plan, name="cycle_plan"),
    path("<int:pk>/people/", preparing.people, name="cycle_people"),
    path("<int:pk>/people/found/", preparing.found, name="cycle_found"),
    path("<int:pk>/people/file/", exporting.eligibility, name="cycle_people_file"),
    path("<int:pk>/units/", preparing.units, name="cycle_units"),
    path(
        "<int:pk>/units/<int:unit_pk>/removal/", preparing.unit_removal, name="cycle_unit_removal"
    ),
    path("<int:pk>/selections/", preparing.selections, name="cycle_selections"),
    path("selections/<int:pk>/removal/", preparing.selection_removal, name="selection_removal"),
    path("<int:pk>/reviewers/<int:person_pk>/", preparing.reviewer, name="cycle_reviewer"),
    path("<int:pk>/launch/", preparing.launch, name="cycle_launch"),
    path("<int:pk>/launch/removal/", preparing.launch_removal, name="cycle_launch_removal"),
    path("<int:pk>/removal/", preparing.removal, name="cycle_removal"),
    path("<int:pk>/open-reviews/", views.open_reviews_page, name="open_reviews"),
    path("<int:pk>/waited-for/", views.waited_for_part, name="waited_for"),
    path("<int:pk>/reminders/", views.reminders, name="cycle_reminders"),
    path("<int:pk>/participants/", views.participants_page, name="participants"),
    path("<int:pk>/participants/file/", exporting.participants_file, name="participants_file"),
    path("<int:pk>/progress/file/", exporting.progress_file, name="progress_file"),
    path("<int:pk>/participants/new/", repairing.late_joiner, name="late_joiner"),
    path("participants/<int:pk>/", repairing.participant, name="participant"),
    path("participants/<int:pk>/withdrawal/", repairing.withdrawal, name="withdrawal"),
    path("participants/<int:pk>/return/", repairing.return_, name="participant_return"),
    path("participants/<int:pk>/reviewer/", repairing.reviewer, name="participant_reviewer"),
    path("<int:pk>/goals/", goals.goals, name="cycle_goals"),
    path("<int:pk>/goals/file/", goals.goals_file, name="cycle_goals_file"),
    path("<int:pk>/goals/needed/", goals.goals_needed, name="cycle_goals_needed"),
    path("<int:pk>/goals/excuses/", goals.goals_excuses, name="cycle_goals_excuses"),
    path("<int:pk>/goals/requests/", goals.goals_requests, name="cycle_goals_requests"),
    path(
        "goals-excuses/<int:pk>/removal/", goals.goals_excuse_removal, name="goals_excuse_removal"
    ),
    path("<int:pk>/dates/", repairing.dates, name="cycle_dates"),
    path("<int:pk>/extension/", repairing.extension, name="cycle_extension"),
    path("<int:pk>/managers/", repairing.managers, name="cycle_managers"),
    path("<int:pk>/handovers/", repairing.handovers, name="cycle_handovers"),
    path("<int:pk>/release/", repairing.release, name="cycle_release"),
    path("<int:pk>/closing/", repairing.closing, name="cycle_closing"),
    path("<int:pk>/reopening/", repairing.reopening, name="cycle_reopening"),
]
