from django.apps import AppConfig

from evenhand.access.events import PersonInvited
from evenhand.kernel.events import listen


class WebConfig(AppConfig):
    name = "evenhand.web"

    def ready(self) -> None:
        # Models can only be imported once all apps are loaded.
        from evenhand.jobs.performing import register
        from evenhand.web.reviews.documents import KIND, perform_documents
        from evenhand.web.roles import inviting
        from evenhand.web.sign_in.invitations import send_invitation

        listen(PersonInvited, send_invitation)
        register(KIND, perform_documents)
        register(inviting.KIND, inviting.perform_invitations)
