"""What pages need to say things the way people do: icons, initials, dates, shares."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "static" / "evenhand" / "icons"
A_WEEK = 7
MINUTE, HOUR, DAY = 60, 3600, 86400
FAR_AWAY = date(9999, 1, 1)


@cache
def _drawing(name: str) -> str:
    """The strokes of an icon, without its frame."""
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")].strip()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon by its name. It only accompanies words, so screen readers pass it over."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>',
        mark_safe(_drawing(name)),  # noqa: S308  # our own file
    )


@register.filter
def initials(name: object) -> str:
    """Two letters to tell faces apart: the first and the last name."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag(takes_context=True)
def day(context: Context, when: date | None) -> SafeString:
    """A day as people say it, the exact one on hover: tomorrow, Friday, 12 March, 3 May 2024."""
    if when is None or (on := _local_day(when)) >= FAR_AWAY:
        return SafeString("")
    said = _said(on, _local_day(_now(context)))
    exact = date_format(on, "l, j F Y")
    return format_html('<time datetime="{}" title="{}">{}</time>', on.isoformat(), exact, said)


@register.simple_tag(takes_context=True)
def ago(context: Context, when: datetime | None) -> SafeString:
    """How long ago something happened, the exact moment on hover."""
    if when is None:
        return SafeString("")
    local = timezone.localtime(when)
    exact = date_format(local, "l, j F Y, H:i")
    said = _elapsed(local, timezone.localtime(_now(context)))
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, said)


@register.simple_tag
def share(part: int, whole: int) -> SafeString:
    """How many of how many."""
    return format_html(_("{} of {}"), f"{part:,}", f"{whole:,}")


def _now(context: Context) -> datetime:
    # Pages get the clock with the request; a text without a request looks itself.
    now = context.get("now")
    return now if isinstance(now, datetime) else timezone.now()


def _local_day(when: date) -> date:
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


def _said(on: date, today: date) -> str:
    distance = (on - today).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if distance in near:
        return near[distance]
    if 1 < distance < A_WEEK:
        return date_format(on, "l")
    return date_format(on, "j F" if on.year == today.year else "j F Y")


def _elapsed(when: datetime, now: datetime) -> str:
    seconds = (now - when) // timedelta(seconds=1)
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        minutes = seconds // MINUTE
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if seconds < DAY:
        hours = seconds // HOUR
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return _said(when.date(), now.date())
