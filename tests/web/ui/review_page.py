"""A review page on a server of its own that can be slow, down, or signed out at a word."""

import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

PAGE = Path(__file__).with_name("templates") / "review.html"


def nothing():
    return {"text": "", "rating": None, "not_rated": False, "choice": None, "revision": 0}


@dataclass
class Server:
    """What the server knows, and how it feels today."""

    mood: str = "well"
    account: int = 7
    answers: dict = field(default_factory=lambda: {1: nothing(), 2: nothing()})
    asked: list = field(default_factory=list)
    handed_in: dict | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def save(self, asked):
        with self.lock:
            known = self.answers[asked["question"]]
            if asked["base"] != known["revision"]:
                theirs = {**known, "by": "Kissy Sullivan", "at": "2026-11-22T10:00:00Z"}
                body = {"code": "conflict", "reason": "Changed elsewhere.", "theirs": theirs}
                return JsonResponse(body | {"revision": known["revision"]}, status=409)
            kept = {name: asked[name] for name in ("text", "rating", "not_rated", "choice")}
            self.answers[asked["question"]] = kept | {"revision": known["revision"] + 1}
            return JsonResponse(
                {"revision": known["revision"] + 1, "saved_at": "2026-11-22T10:00:00Z"}
            )

    def write(self, text):
        """Somebody else, or the same person elsewhere, writes the first answer."""
        known = self.answers[1]
        self.answers[1] = nothing() | {"text": text, "revision": known["revision"] + 1}


server = Server()


@login_not_required
def review(request):
    if server.mood == "signed out":
        return HttpResponse(status=302, headers={"Location": "/sign-in/"})
    request.user = SimpleNamespace(pk=server.account, is_authenticated=True)
    questions = [{"id": number, **answer} for number, answer in server.answers.items()]
    return HttpResponse(
        engines["django"].from_string(PAGE.read_text()).render({"questions": questions}, request)
    )


@login_not_required
def answers(request):
    asked = json.loads(request.body)
    server.asked.append(asked)
    if server.mood == "signed out":
        return HttpResponse(status=302, headers={"Location": "/sign-in/"})
    if server.mood == "down":
        return HttpResponse(status=503)
    if server.mood == "closed":
        body = {"code": "closed", "reason": "This review was handed in on Friday."}
        return JsonResponse(body, status=409)
    reply = server.save(asked)
    return HttpResponse(status=502) if server.mood == "losing replies" else reply


@login_not_required
def handed_in(request):
    server.handed_in = request.POST.dict()
    return HttpResponse("<!doctype html><title>x</title>Thank you")


@login_not_required
def signed_out(request):
    return HttpResponse("<!doctype html><title>x</title>Signed out")


urlpatterns = [
    path("review/", review),
    path("answers/", answers),
    path("handed-in/", handed_in),
    path("signed-out/", signed_out),
    path("", include("evenhand.web.urls")),
]
