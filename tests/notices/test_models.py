import pytest
from django.db import IntegrityError

from tests.factories.notices import MessageFactory


@pytest.mark.django_db
def test_no_news_is_kept_twice():
    MessageFactory(key="reminder:1")

    with pytest.raises(IntegrityError):
        MessageFactory(key="reminder:1")
