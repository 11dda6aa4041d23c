from evenhand.access.actions import invite_person
from evenhand.access.queries import actor_of, without_account
from evenhand.jobs.performing import Running

KIND = "access.invitations"


def perform_invitations(running: Running) -> None:
    """Invite, one by one, everyone who works here and cannot sign in yet."""
    asked_by, at = running.asked_by, running.clock()
    by = actor_of(asked_by.person_id, asked_by.name, on=at.date())
    people = list(without_account(by.on).order_by("pk"))
    for done, person in enumerate(people):
        running.advance(done, len(people), person.name)
        invite_person(person, by=by, at=running.clock())
    running.advance(len(people), len(people))
    running.finish({"invited": len(people), "url": "/roles/invitations/"})
