"""Somebody at the door over plain HTTP: no browser that would keep anything hostile back."""

import functools
import http.client
import re
import urllib.parse
import uuid
from html.parser import HTMLParser

FORM = "application/x-www-form-urlencoded"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = dict(re.match(r"([^=]+)=([^;]*)", value).groups()
                            for name, value in response.getheaders() if name.lower() == "set-cookie")
        self.cookie_lines = [value for name, value in response.getheaders() if name.lower() == "set-cookie"]
        self.bytes = response.read()

    @property
    def text(self):
        return self.bytes.decode("utf-8", "replace")

    @property
    def location(self):
        return self.headers.get("location", "")

    def __repr__(self):
        words = re.sub(r"<[^>]*>|\s+", " ", self.text)
        return f"<{self.status} {self.location} {words[:300]}>"


class Visitor:
    """One browser's worth of cookies on a kept connection."""

    def __init__(self, origin, context=None, headers=()):
        self.origin, self.headers = origin, dict(headers)
        url = urllib.parse.urlsplit(origin)
        if url.scheme == "https":
            self.line = http.client.HTTPSConnection(url.hostname, url.port, timeout=30, context=context)
        else:
            self.line = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
        self.cookies = {}
        self.token = ""

    def ask(self, method, path, body=None, headers=(), cookies=None):
        sent = {**self.headers, **dict(headers)}
        jar = self.cookies if cookies is None else cookies
        if jar:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        for attempt in (1, 2):
            try:
                self.line.request(method, path, body, sent)
                answer = Answer(self.line.getresponse())
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.line.close()
                # A kept connection may have been closed meanwhile; a new one is not closed without a reason.
                if attempt == 2:
                    raise
            except (http.client.HTTPException, OSError):
                self.line.close()
                raise
        if cookies is None:
            self.cookies.update(answer.cookies)
            self.cookies = {name: value for name, value in self.cookies.items() if value}
        if match := re.search(r'name="_token" value="([^"]+)"', answer.text):
            self.token = match[1]
        return answer

    def get(self, path, **arguments):
        return self.ask("GET", path, **arguments)

    def post(self, path, fields=(), token=None, headers=(), **arguments):
        pairs = list(fields.items() if isinstance(fields, dict) else fields)
        body = urllib.parse.urlencode([("_token", self.token if token is None else token), *pairs])
        return self.ask("POST", path, body, {"Content-Type": FORM, **dict(headers)}, **arguments)

    def upload(self, form, name, content, kind="text/csv"):
        """Sends a form that takes a file, with `content` under `name`."""
        mark = "gyeotboundary7d2a"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
                 for key, value in [("_token", self.token), *form.filled()]]
        parts.append((f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                      f"Content-Type: {kind}\r\n\r\n").encode() + content + f"\r\n--{mark}--\r\n".encode())
        return self.ask("POST", form.action, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def try_password(self, name, password, headers=()):
        if not self.token:
            self.get("/sign-in", headers=headers)
        return self.post("/sign-in", {"name": name, "password": password}, headers=headers)

    def sign_in(self, name, password, headers=()):
        self.get("/sign-in", headers=headers)
        answer = self.try_password(name, password, headers)
        assert answer.status == 303, answer
        self.get("/account/sessions", headers=headers)
        return self

    def at(self, origin):
        """The same person, with the same session, at another instance or a copy of the store."""
        other = Visitor(origin, headers=self.headers)
        other.cookies, other.token = dict(self.cookies), self.token
        return other

    def is_signed_in(self, cookies=None):
        return self.get("/account/sessions", cookies=cookies).status == 200

    def close(self):
        self.line.close()


class Form:
    def __init__(self, action, method, kind):
        self.action, self.method, self.is_upload = action, method, kind == "multipart/form-data"
        self.fields = []

    @property
    def names(self):
        return sorted({name for name, _, _ in self.fields} - {"_token"})

    def filled(self):
        """As the page offers it: what is chosen, what stands there, one button."""
        chosen, button, options = [], None, {}
        for name, value, kind in self.fields:
            if kind == "button":
                button = button or (name, value)
            elif kind in ("option", "selected"):
                options[name] = value if kind == "selected" else options.get(name) or value
            elif name == "_once":
                # Each sending is one of its own, as from a page that was opened for it.
                chosen.append((name, str(uuid.uuid4())))
            elif kind != "file" and name != "_token":
                chosen.append((name, value))
        return chosen + list(options.items()) + ([button] if button else [])


class Page(HTMLParser):
    """Links and forms of a page, as a browser would send them."""

    def __init__(self, html):
        super().__init__()
        self.links, self.forms, self.form, self.select = [], [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        a = {name: value or "" for name, value in attributes}
        match tag:
            case "a" if a.get("href", "").startswith("/"):
                self.links.append(a["href"].split("#")[0])
            case "form":
                self.form = Form(a.get("action", ""), a.get("method", "get").lower(), a.get("enctype", ""))
                self.forms.append(self.form)
            case "input" | "textarea" | "button" if self.form and a.get("name"):
                kind = a.get("type", "text") if tag == "input" else "button" if tag == "button" else "text"
                if kind in ("radio", "checkbox") and "checked" not in a:
                    kind = "choice"
                self.form.fields.append((a["name"], a.get("value", ""), kind))
            case "select":
                self.select = a.get("name")
            case "option" if self.form and self.select:
                self.form.fields.append((self.select, a.get("value", ""), "selected" if "selected" in a else "option"))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None


def pattern(path):
    """The route behind an address: what differs from record to record is left out."""
    path = path.split("?")[0]
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d{4}(?=/|$)", "{}", path)


def crawl(visitor, each=6, at_most=1000):
    """Every page one reaches by links and searches, a few of each route: the paths, and each form by where it goes."""
    seen, waiting, forms, counts = set(), ["/"], {}, {}
    while waiting and len(seen) < at_most:
        path = waiting.pop(0)
        kind = pattern(path)
        # What one may do with a record differs from record to record.
        if path in seen or counts.get(kind, 0) >= each * (10 if "/records/" in kind else 1):
            continue
        seen.add(path)
        counts[kind] = counts.get(kind, 0) + 1
        answer = visitor.get(path)
        assert answer.status < 500, (path, answer)
        if answer.location:
            waiting.append(answer.location.split("#")[0])
        if "html" not in answer.headers.get("content-type", ""):
            continue
        page = Page(answer.text)
        waiting += page.links
        for form in page.forms:
            if form.method == "post":
                forms.setdefault((pattern(form.action), tuple(form.names)), form)
            elif "q" in form.names:
                waiting.append(form.action + "?q=" + urllib.parse.quote("김"))
    return seen, list(forms.values())


class Tour:
    """What each role reaches in the shared demo, walked through once a run."""

    def __init__(self, server):
        self.pages, self.forms = {}, {}
        self.people = {role: Visitor(server.origin).sign_in(name, server.password) for role, name in server.roles.items()}
        self.begin()
        for role, visitor in self.people.items():
            self.pages[role], self.forms[role] = crawl(visitor)

    def begin(self):
        """What the demo has not under way: a class list that waits for a yes, a referral that nobody has received, and a
        resource that is being developed."""
        manager = self.people["case-manager"]
        manager.get("/developments/new")
        begun = manager.post("/developments/new", {"title": "야간 상담 자리", "need": "N03"})
        assert begun.status == 303 and begun.location.startswith("/developments/"), begun
        admin, teacher = self.people["administrator"], self.people["teacher"]
        form = next(f for f in Page(admin.get("/rosters").text).forms if f.action == "/rosters")
        assert admin.upload(form, "명단.csv", "학년,반,번호,학번,성명\n1,1,1,2699001,김가람\n".encode()).status == 303
        search = Page(teacher.get("/referrals/new?q=" + urllib.parse.quote("김")).text)
        student = next(link for link in search.links if "student=" in link)
        form = next(f for f in Page(teacher.get(student).text).forms if f.action == "/referrals/new")
        answers = dict(form.filled()) | {"needs": "N02", "facts": "3월에 아홉 번 지각했습니다.", "measures": "아침에 전화했습니다.",
                                         "urgency": "normal", "family-knows": "not-yet", "_save": "send"}
        assert teacher.post("/referrals/new", answers).status == 303

    def real(self, route):
        """The route with ids of records that are there, as far as somebody has seen such."""
        for path in sorted(self.pages["case-manager"]):
            ids = dict(zip(re.findall(r"\{(\w+)\}", route), re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", path)))
            if pattern(path) in ("/cases/{}/records/{}", "/students/{}/people/{}") and pattern(path).split("/")[1] == route.split("/")[1]:
                return re.sub(r"\{(\w+)\}", lambda match: ids.get(match[1], "x"), route)
        return None


@functools.cache
def tour(server):
    return Tour(server)
