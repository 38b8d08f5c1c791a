"""What every answer carries, whatever kind of answer it is, and that no page of elsewhere can make ours act."""

import functools
import http.server
import re
import threading
from contextlib import contextmanager

from routes import filled, patterns, routes
from visitor import FORM, Visitor, pattern, tour

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
    "connect-src": "'self'", "manifest-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'", "require-trusted-types-for": "'script'"}
ALWAYS = {
    "x-frame-options": "DENY", "x-content-type-options": "nosniff", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()"}


# Kinds whose letters are told by themselves, or that have none.
TELL_THEMSELVES = ("image/png", "font/woff2", "image/svg+xml", "application/json", "application/zip",
                   "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def check(answer, what, is_kept=False):
    for name, value in ALWAYS.items():
        assert answer.headers.get(name) == value, f"{what}: {name} is {answer.headers.get(name)}"
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy == POLICY, f"{what}: {policy}"
    assert "unsafe" not in answer.headers["content-security-policy"]
    kept = answer.headers["cache-control"]
    assert kept == ("public, max-age=31536000, immutable" if is_kept else "no-store"), f"{what}: {kept}"
    # Without TLS no promise of it; with it see test_tls.
    assert "strict-transport-security" not in answer.headers, what
    assert "server" not in answer.headers and "x-powered-by" not in answer.headers, what
    for line in answer.cookie_lines:
        assert "HttpOnly" in line and "SameSite=Lax" in line and "Path=/" in line and "Domain" not in line, line
    if answer.bytes:
        kind = answer.headers["content-type"]
        assert "charset=utf-8" in kind or kind.split(";")[0] in TELL_THEMSELVES, kind


def test_every_kind_of_answer_carries_the_headers(server):
    walked = tour(server)
    visitor, pages = walked.people["case-manager"], {}
    for path in sorted(walked.pages["case-manager"]):
        pages.setdefault(pattern(path), path)
    statuses = {}

    def see(answer, what, is_kept=False):
        check(answer, what, is_kept)
        statuses.setdefault(answer.status, what)
        return answer

    for path in pages.values():
        see(visitor.get(path), path)
        head = see(visitor.ask("HEAD", path), f"HEAD {path}")
        assert not head.bytes and head.status in (200, 303), path
    assert len(pages) > 25, pages

    stranger = Visitor(server.origin)
    door = see(stranger.get("/sign-in"), "the door")
    assert see(stranger.get("/cases"), "a page without a session").status == 303
    assert see(stranger.try_password("nobody", "틀린 비밀번호"), "a wrong password").status == 422
    assert see(stranger.get("/nowhere"), "no such page").status == 404
    for path in ("/nowhere", "/preferences", "/assets/0/none.css", "/cases/0"):
        # A body behind it would be read as the next answer.
        head = see(stranger.ask("HEAD", path), f"HEAD {path}")
        assert not head.bytes and stranger.get("/healthz").status == 200, path
    assert see(stranger.get("/assets/0/none.css"), "no such asset").status == 404
    assert see(stranger.get("/healthz"), "alive").status == 200
    assert see(stranger.get("/readyz"), "ready").status == 200
    assert see(stranger.post("/sign-in", {}, token="0" * 64), "a forged form").status == 403
    assert see(stranger.post("/nowhere"), "a form for no page").status == 404
    assert see(stranger.ask("POST", "/sign-in", "{}", {"Content-Type": "application/json"}), "no form").status == 400
    assert see(stranger.ask("POST", "/sign-in", "a=%E0%80%AF", {"Content-Type": FORM}), "overlong").status == 400
    assert see(stranger.ask("POST", "/sign-in", "a=" + "b" * (1 << 20), {"Content-Type": FORM}), "large").status == 413
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        assert see(stranger.ask(method, "/sign-in"), method).status in (400, 404, 405)
    see(stranger.ask("OPTIONS", "/sign-in"), "OPTIONS")
    for asset in sorted(set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', door.text))):
        answer = see(stranger.get(asset), asset, is_kept=True)
        assert answer.status == 200
        see(stranger.ask("HEAD", asset), f"HEAD {asset}", is_kept=True)
    assert {200, 303, 400, 403, 404, 413, 422} <= set(statuses), statuses


def test_no_form_of_elsewhere_is_taken(server):
    """Each address that takes a form, from another origin, without the token, and with the token of somebody else."""
    visitor, other = tour(server).people["case-manager"], tour(server).people["teacher"]
    posts = routes("post")
    assert len(posts) > 35, posts
    for pattern in posts:
        path = filled(pattern)
        for site in ("cross-site", "same-site", "none"):
            answer = visitor.post(path, headers={"Sec-Fetch-Site": site})
            assert answer.status == 403, (path, site, answer)
        for origin in ("https://evil.example", "null", server.origin.replace("127.0.0.1", "localhost"),
                       server.origin + "0", "http://127.0.0.1.evil.example"):
            # An agency's page tells nobody its address, so that older browsers send its own forms so; the token counts.
            own = origin == "null" and path.startswith("/l/")
            answer = visitor.post(path, headers={"Origin": origin}, token="" if own else None)
            assert answer.status == 403, (path, origin, answer)
        for token in ("", "0" * 64, other.token, visitor.token[:-1]):
            answer = visitor.post(path, token=token)
            assert answer.status == 403, (path, token, answer)
        # What no form of a page can send is not taken for one, however it calls itself.
        for kind in ("text/plain", "application/json", ""):
            answer = visitor.ask("POST", path, f"_token={visitor.token}", {"Content-Type": kind})
            assert answer.status == 400, (path, kind, answer)
        # And nothing is done by following a link with what would be the form.
        assert visitor.get(f"{path}?_token={visitor.token}&_save=send").status in (200, 303, 403, 404), path
    assert visitor.is_signed_in()


@contextmanager
def elsewhere(pages):
    """Another origin that serves `pages`."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            text = pages.get(self.path, "").encode()
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as other:
        threading.Thread(target=functools.partial(other.serve_forever, 0.05), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{other.server_address[1]}"
        finally:
            other.shutdown()


def test_a_page_of_elsewhere_frames_nothing_and_sends_nothing(server, window):
    """In a real browser, from an origin so near that the browser sends the session's cookie along."""
    name = server.roles["case-manager"]
    browser = window().sign_in(name)
    token = re.search(r'name="_token" value="([^"]+)"', browser.open("/account/sessions").driver.page_source)[1]
    frame = f'<iframe src="{server.origin}/today" width="600" height="400"></iframe>'
    forged = (f'<form method="post" action="{server.origin}/preferences"><input name="_token" value="{token}">'
              '<input name="theme" value="dark"></form><script>document.forms[0].submit()</script>')
    with elsewhere({"/frame": frame, "/own": '<iframe src="/inner"></iframe>', "/inner": "<p>inner</p>", "/form": forged}) as other:
        def framed(path):
            browser.driver.get(other + path)
            browser.driver.switch_to.frame(0)
            try:
                return browser.driver.find_element("tag name", "body").text
            finally:
                browser.driver.switch_to.default_content()
        # What a frame shows where it is allowed, so that an empty one means something.
        assert framed("/own") == "inner"
        shown = framed("/frame")
        assert "오늘" not in shown and name not in shown, shown
        assert any("frame-ancestors" in entry["message"] for entry in browser.driver.get_log("browser"))

        browser.driver.get(other + "/form")
        browser.wait(lambda _: browser.driver.current_url.startswith(server.origin))
        assert "theme" not in {cookie["name"] for cookie in browser.driver.get_cookies()}
        # The same form from our own page is taken.
        browser.open("/account/sessions")
        browser.driver.execute_script(
            "const f = document.createElement('form'); f.method = 'post'; f.action = '/preferences';"
            "for (const [n, v] of [['_token', arguments[0]], ['theme', 'dark']]) { const i = document.createElement('input');"
            " i.name = n; i.value = v; f.append(i) } document.body.append(f); f.submit()", token)
        browser.wait(lambda _: "theme" in {cookie["name"] for cookie in browser.driver.get_cookies()})


def test_the_table_of_addresses_is_whole():
    """Each pattern is registered by some page; one that is not would be in no test."""
    known = set(patterns().values())
    registered = set(routes("get")) | set(routes("post"))
    assert known - registered == set(), known - registered
