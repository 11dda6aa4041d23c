"""The interview guide of a model, to read, to print, and for Word."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from evenhand.competencies.interviews import (
    ADVICE,
    FEWEST_INTERVIEWERS,
    FORMULA,
    MOST_INTERVIEWERS,
    Guide,
    guide_of,
)
from evenhand.competencies.kinds import LEVELS
from evenhand.competencies.models import ModelVersion
from evenhand.documents.interview_guide import write_guide
from evenhand.web.competencies.model_views import find_model_version
from evenhand.web.http import PersonRequest

STYLE = "evenhand/css/interview_guide.css"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
USUAL = 2


class InterviewersForm(forms.Form):
    """For how many people the guide is."""

    interviewers = forms.IntegerField(
        label=_("Interviewers"),
        min_value=FEWEST_INTERVIEWERS,
        max_value=MOST_INTERVIEWERS,
        initial=USUAL,
        help_text=_("Each gets a scorecard of their own."),
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )


@require_safe
def interview_guide(request: PersonRequest, pk: int) -> HttpResponse:
    """What is asked, before it is printed."""
    version = find_model_version(request, pk)
    context = {
        "version": version,
        "guide": _guide(request, version),
        "form": InterviewersForm(),
        "advice": ADVICE,
    }
    return render(request, "competencies/interview_guide.html", context)


@require_safe
def interview_guide_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The guide on paper, with a scorecard for each interviewer."""
    # Loading the PDF library takes a second and system libraries; no other page needs it.
    from evenhand.documents.typesetting import typeset  # noqa: PLC0415

    guide = _guide(request, find_model_version(request, pk))
    return _file(typeset(printed(guide), STYLE), guide, "pdf", "application/pdf")


@require_safe
def interview_guide_word(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for Word, to be changed before it is printed."""
    guide = _guide(request, find_model_version(request, pk))
    return _file(write_guide(guide), guide, "docx", WORD)


def printed(guide: Guide) -> str:
    """The guide as the page that is printed."""
    context = {"guide": guide, "advice": ADVICE, "formula": FORMULA, "levels": LEVELS}
    return render_to_string("competencies/interview_paper.html", context)


def _guide(request: PersonRequest, version: ModelVersion) -> Guide:
    form = InterviewersForm(request.GET)
    number = form.cleaned_data["interviewers"] if form.is_valid() else USUAL
    on = max(version.starts_on or request.actor.on, request.actor.on)
    return guide_of(version, on, interviewers=number)


def _file(content: bytes, guide: Guide, ending: str, content_type: str) -> HttpResponse:
    name = slugify(guide.name)[:80] or "model"
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="interview-guide-{name}.{ending}"'
    return answer
