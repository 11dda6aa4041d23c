from django.apps import AppConfig

from evenhand.access.events import PersonInvited
from evenhand.kernel.events import listen


class WebConfig(AppConfig):
    name = "evenhand.web"

    def ready(self) -> None:
        # Models can only be imported once all apps are loaded.
        from evenhand.web.sign_in.invitations import send_invitation  # noqa: PLC0415

        listen(PersonInvited, send_invitation)
