"""The addresses of goals in bulk, to stand among those of goals."""

from django.urls import path

from evenhand.web.giving import copies, sheets, views, writing

urlpatterns = [
    path("giving/", views.batches, name="giving"),
    path("giving/new/", writing.new_batch, name="new_giving"),
    path("giving/<int:pk>/", views.batch, name="given"),
    path("giving/<int:pk>/goal/", writing.goal_of_batch, name="giving_goal"),
    path("giving/<int:pk>/people/", views.people, name="giving_people"),
    path("giving/<int:pk>/proposal/", views.proposal, name="giving_proposal"),
    path("giving/<int:pk>/continuation/", views.continuation, name="giving_continuation"),
    path("giving/<int:pk>/withdrawal/", views.withdrawal, name="giving_withdrawal"),
    path("giving/<int:pk>/removal/", views.removal, name="giving_removal"),
    path("copies/", copies.copies, name="copies"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/new/", sheets.upload, name="sheet_upload"),
    path("sheets/empty/", sheets.empty_sheet, name="empty_sheet"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/taking/", sheets.taking, name="sheet_taking"),
    path("sheets/<int:pk>/removal/", sheets.removal, name="sheet_removal"),
    path("file/", sheets.export, name="export"),
]
