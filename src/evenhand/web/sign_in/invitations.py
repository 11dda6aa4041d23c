from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from evenhand.access.events import PersonInvited
from evenhand.access.models import Account


def send_invitation(event: PersonInvited) -> None:
    """Write to an invited person, with the link that sets the first password."""
    account = Account.objects.select_related("person").get(pk=event.account_id)
    words = {"account": account, "url": password_link(account)}
    subject = render_to_string("account/email/invitation_subject.txt", words).strip()
    text = render_to_string("account/email/invitation_message.txt", words).strip()
    send_mail(subject, text, None, [account.email])


def password_link(account: Account) -> str:
    """A link that works once, while `PASSWORD_RESET_TIMEOUT` lasts."""
    key = default_token_generator.make_token(account)
    path = reverse("account_reset_password_from_key", args=(user_pk_to_url_str(account), key))
    return f"{settings.BASE_URL}{path}"
