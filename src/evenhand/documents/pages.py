"""A report as one file of HTML that needs nothing else, and asks the network for nothing."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from evenhand.analytics.report import Report
from evenhand.documents.showing import shown
from evenhand.documents.styles import fingerprint, styles_for


def page_of(report: Report) -> str:
    """The whole page; its policy lets a browser load nothing but the styles that stand in it."""
    body = render_to_string("documents/parts/report.html", {"shown": shown(report)})
    styles = styles_for(body)
    context = {
        "report": report,
        "body": body,
        "policy": policy(styles),
        # What was in the audited file stands in the body only, escaped.
        "styles": mark_safe(f"<style>{styles}</style>"),  # noqa: S308  # our own files
    }
    return render_to_string("documents/page.html", context)


def policy(styles: str) -> str:
    return (
        f"default-src 'none'; style-src '{fingerprint(styles)}'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
