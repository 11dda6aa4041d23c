import factory
from factory.django import DjangoModelFactory

from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from tests.factories.jobs import MORNING
from tests.factories.people import PersonFactory


class MessageFactory(DjangoModelFactory):
    """A message that is due in the morning."""

    class Meta:
        model = Message

    person = factory.SubFactory(PersonFactory)
    kind = NoticeKind.RESULTS_RELEASED
    key = factory.Sequence(lambda n: f"news:{n}")
    about = "cycles.cycle"
    about_id = 1
    context = {"cycle": "Annual review 2025"}
    created_at = MORNING
    send_after = MORNING
