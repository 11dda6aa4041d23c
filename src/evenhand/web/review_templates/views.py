from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.cycles.models import Question, ScaleLevel, Section, TemplateVersion
from evenhand.cycles.policies import may_change_version, may_write_templates, visible_templates
from evenhand.cycles.templates import (
    add_question,
    add_section,
    change_question,
    change_section,
    change_template,
    change_version,
    copy_version,
    discard_version,
    move_question,
    move_section,
    put_level,
    remove_level,
    remove_question,
    remove_section,
    retire_template,
    write_template,
)
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.review_templates.forms import (
    LevelForm,
    NewTemplateForm,
    QuestionForm,
    SectionForm,
    SettingsForm,
    TemplateForm,
)
from evenhand.web.review_templates.pages import READERS, editor, preview_sections, template_rows

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def templates(request: PersonRequest) -> HttpResponse:
    rows = template_rows(request.actor)
    may_write = may_write_templates(request.actor)
    if not may_write and not rows:
        raise Http404
    context = {"templates": rows, "may_write": may_write}
    return render(request, "review_templates/templates.html", context)


@get_or_post
def new_template(request: PersonRequest) -> HttpResponse:
    if not may_write_templates(request.actor):
        raise Http404
    form = NewTemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _write(request, form)
        messages.success(request, _("The template is there. Now make it yours."))
        return go_to(request, "version", made.pk)
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "review_templates/new_template.html", context, status=status)


def _write(request: PersonRequest, form: NewTemplateForm) -> TemplateVersion:
    name, now = form.cleaned_data["name"], timezone.now()
    if form.copied is not None:
        return copy_version(form.copied, name=name, by=request.actor, at=now)
    purpose = form.cleaned_data["purpose"]
    return write_template(name, purpose=purpose, parts=form.parts, by=request.actor, at=now)


@require_safe
def template(request: PersonRequest, pk: int) -> HttpResponse:
    """The newest version of a template."""
    found = get_object_or_404(visible_templates(request.actor), pk=pk)
    newest = found.versions.first()
    if newest is None:
        raise Http404
    return go_to(request, "version", newest.pk)


@get_or_post
def template_name(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_templates(request.actor), pk=pk)
    words = {"name": found.name, "purpose": found.purpose}
    form = TemplateForm(request.POST or None, initial=words, template=found)
    if request.method == "POST" and form.is_valid():
        change_template(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("The template has its new name."))
        return go_to(request, "template", pk)
    context = {"form": form, "template": found}
    status = 422 if form.errors else 200
    return render(request, "review_templates/template_name.html", context, status=status)


@require_POST
def retirement(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_templates(request.actor), pk=pk)
    is_retired = found.retired_at is None
    retire_template(found, is_retired=is_retired, by=request.actor, at=timezone.now())
    return go_to(request, "templates")


@require_safe
def version(request: PersonRequest, pk: int) -> HttpResponse:
    return _editor(request, _version(request, pk))


@require_safe
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    found = _version(request, pk)
    reader = request.GET.get("as", "self")
    reader = reader if reader in READERS else "self"
    context = {
        "version": found,
        "reader": reader,
        "readers": READERS.items(),
        "sections": preview_sections(found, reader),
    }
    return render(request, "review_templates/preview.html", context)


@require_POST
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    made = copy_version(_version(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("%(version)s can be changed.") % {"version": made})
    return go_to(request, "version", made.pk)


@require_POST
def version_removal(request: PersonRequest, pk: int) -> HttpResponse:
    discard_version(_version(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("The version is gone."))
    return go_to(request, "templates")


@require_POST
def settings(request: PersonRequest, pk: int) -> HttpResponse:
    found, form = _version(request, pk), SettingsForm(request.POST)
    if form.is_valid():
        change_version(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        return _changed(request, found)
    return _editor(request, found, settings_form=form)


@require_POST
def levels(request: PersonRequest, pk: int) -> HttpResponse:
    found, form = _version(request, pk), LevelForm(request.POST)
    if form.is_valid():
        put_level(found, form.part, by=request.actor, at=timezone.now())
        return _changed(request, found)
    return _editor(request, found, level_form=form)


@require_POST
def level_removal(request: PersonRequest, pk: int) -> HttpResponse:
    level = get_object_or_404(ScaleLevel, pk=pk, version__template__in=_seen(request))
    remove_level(level, by=request.actor, at=timezone.now())
    return _changed(request, level.version)


@require_POST
def sections(request: PersonRequest, pk: int) -> HttpResponse:
    found, form = _version(request, pk), SectionForm(request.POST, auto_id="new-section-%s")
    if form.is_valid():
        add_section(found, form.part, by=request.actor, at=timezone.now())
        return _changed(request, found)
    return _editor(request, found, section_form=form)


@require_POST
def section(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_section(request, pk)
    form = SectionForm(request.POST, auto_id=f"section-{pk}-%s")
    if form.is_valid():
        change_section(found, form.part, by=request.actor, at=timezone.now())
        return _changed(request, found.version)
    return _editor(request, found.version, wrong_section=pk, wrong_form=form)


@require_POST
def section_removal(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_section(request, pk)
    remove_section(found, by=request.actor, at=timezone.now())
    return _changed(request, found.version)


@require_POST
def section_place(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_section(request, pk)
    move_section(found, by_places=_step(request), by=request.actor, at=timezone.now())
    return _changed(request, found.version)


@get_or_post
def new_question(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a question for a section."""
    found = find_section(request, pk)
    may_change_version(request.actor, found.version).enforce()
    first = {"answered_by": "both", "is_required": True, "shown_to_subject": "after_release"}
    form = QuestionForm(found.version, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        add_question(found, form.part, by=request.actor, at=timezone.now())
        return go_to(request, "version", found.version_id)
    context = {"form": form, "section": found, "version": found.version}
    status = 422 if form.errors else 200
    return render(request, "review_templates/question.html", context, status=status)


@get_or_post
def question(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a question."""
    found = _question(request, pk)
    version = found.section.version
    may_change_version(request.actor, version).enforce()
    form = QuestionForm.of(found)
    if request.method == "POST":
        form = QuestionForm(version, request.POST)
        if form.is_valid():
            change_question(found, form.part, by=request.actor, at=timezone.now())
            return go_to(request, "version", version.pk)
    context = {"form": form, "question": found, "section": found.section, "version": version}
    status = 422 if form.errors else 200
    return render(request, "review_templates/question.html", context, status=status)


@require_POST
def question_removal(request: PersonRequest, pk: int) -> HttpResponse:
    found = _question(request, pk)
    remove_question(found, by=request.actor, at=timezone.now())
    return _changed(request, found.section.version)


@require_POST
def question_place(request: PersonRequest, pk: int) -> HttpResponse:
    found = _question(request, pk)
    move_question(found, by_places=_step(request), by=request.actor, at=timezone.now())
    return _changed(request, found.section.version)


def _seen(request: PersonRequest) -> object:
    return visible_templates(request.actor)


def _version(request: PersonRequest, pk: int) -> TemplateVersion:
    versions = TemplateVersion.objects.select_related("template")
    return get_object_or_404(versions, pk=pk, template__in=_seen(request))


def find_section(request: PersonRequest, pk: int) -> Section:
    rows = Section.objects.select_related("version__template")
    return get_object_or_404(rows, pk=pk, version__template__in=_seen(request))


def _question(request: PersonRequest, pk: int) -> Question:
    rows = Question.objects.select_related("section__version__template")
    return get_object_or_404(rows, pk=pk, section__version__template__in=_seen(request))


def _step(request: PersonRequest) -> int:
    return 1 if request.POST.get("to") == "down" else -1


def _changed(request: PersonRequest, version: TemplateVersion) -> HttpResponse:
    """The editor as it now is: in its place, or as the page."""
    return _editor(request, version) if request.htmx else go_to(request, "version", version.pk)


def _editor(request: PersonRequest, version: TemplateVersion, **forms: object) -> HttpResponse:
    context = editor(request.actor, version) | forms
    template = "review_templates/version.html"
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    template += "#editor" if request.htmx else ""
    return render(request, template, context, status=422 if wrong else 200)
