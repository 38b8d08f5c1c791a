"""Somebody signed in: the cookie, the token of their forms, the cases they lead."""

import http.client
import re
import time
import urllib.parse
from urllib.parse import urlencode


class Visit:
    def __init__(self, origin, name, password):
        address = urllib.parse.urlparse(origin)
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=120)
        self.cookie, self.token = "", ""
        _, page, headers = self.get("/sign-in")
        self.cookie = headers["Set-Cookie"].split(";")[0]
        status, _, headers = self.post("/sign-in", {"name": name, "password": password})
        if status != 303:
            raise RuntimeError(f"bench: {name} cannot sign in: {status}")
        self.cookie = headers["Set-Cookie"].split(";")[0]

    @classmethod
    def resume(cls, origin, cookie):
        """The same person at a program that was started again."""
        visit = cls.__new__(cls)
        address = urllib.parse.urlparse(origin)
        visit.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=120)
        visit.cookie, visit.token = cookie, ""
        return visit

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urlencode({"_token": self.token} | fields))

    def ask(self, method, path, body=None):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        if found := re.search(r'name="_token" value="([^"]+)"', page):
            self.token = found[1]
        return answer.status, page, answer.headers

    def timed(self, path):
        begun = time.perf_counter()
        status, _, _ = self.get(path)
        if status != 200:
            raise RuntimeError(f"bench: {path} answered {status}")
        return (time.perf_counter() - begun) * 1000

    def cases(self):
        _, page, _ = self.get("/cases")
        return list(dict.fromkeys(re.findall(r'href="(/cases/[0-9a-f-]{36})"', page)))

    def resources(self):
        _, page, _ = self.get("/resources")
        return list(dict.fromkeys(re.findall(r'href="(/resources/[0-9a-f-]{36})#', page)))
