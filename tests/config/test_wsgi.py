from django.test import RequestFactory

from config import wsgi


def answer(path):
    """What the application answers to a plain request: status and headers."""
    told = {}

    def start_response(status, headers, exc_info=None):
        told.update(headers, status=status)

    body = wsgi.application(RequestFactory().get(path).environ, start_response)
    if hasattr(body, "close"):
        body.close()
    return told


def test_a_static_file_is_served_as_what_it_is_to_this_site_only(tmp_path, monkeypatch):
    (tmp_path / "look.123456789abc.css").write_text("a {}")
    monkeypatch.setattr(wsgi.application, "files", {})
    wsgi.application.add_files(str(tmp_path), prefix="/static/")

    told = answer("/static/look.123456789abc.css")

    assert told["status"] == "200 OK"
    assert told["Content-Type"].startswith("text/css")
    assert told["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in told["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in told
