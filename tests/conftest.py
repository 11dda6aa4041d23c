import os
import shutil

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

# A busy machine is no reason for a property to fail.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Journeys need Chromium; on Debian: apt-get install chromium."
    # Playwright keeps an event loop in this thread, which Django would refuse to share.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, live_server):
    """A page of 1440 pixels; addresses are relative to the live server."""
    context = browser.new_context(base_url=live_server.url, viewport=WIDE)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, viewport=PHONE, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """On SQLite Django empties tables between tests with DELETE, which some tables refuse.

    PostgreSQL empties them with TRUNCATE. The refusal itself is tested in tests/kernel.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT name FROM sqlite_master"
                    " WHERE type = 'trigger' AND name LIKE '%_is_not_deleted'"
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")
