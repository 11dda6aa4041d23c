"""A data source of the subject that feeds goal_active, and a file for it that was looked at."""

from evenhand.goals.actions.bringing_files import (
    ValuesUpload,
    bring_values_file,
    look_at_values_file,
)
from evenhand.goals.models import Goal
from tests.factories.access import acting
from tests.factories.sources import DataSourceFactory, fed


def add_sources(world):
    """After the goals."""
    subject = world.people["subj"]
    source = DataSourceFactory(owner=subject, created_at=world.now, name="Dispatch list")
    feed = fed(source, Goal.objects.get(pk=world.keys["goal_active"]), "North")
    text = f"key,day,value\nNorth,{world.today},80\nSouth,{world.today},1\n"
    by = acting(subject, on=world.today)
    upload = ValuesUpload("Values.csv", text.encode(), 2)
    brought = bring_values_file(source, upload, by=by, at=world.now)
    look_at_values_file(brought, by=by, at=world.now)
    world.keys |= {"source": source.pk, "feed": feed.pk, "values_file": brought.pk}
