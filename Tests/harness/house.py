"""The program under test and the browser that looks at it."""

import base64
import functools
import json
import re
import shutil
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from running import Running


class Server:
    """A demo of its own in a temporary folder, on a free port."""

    def __init__(self, program, out, arguments=()):
        self.program, self.out, self.arguments = program, Path(out), list(arguments)
        self.folder = tempfile.mkdtemp(prefix="gyeot-browser-")
        self.running = None
        self.origin = None
        self.password = None
        self.roles = {}

    def start(self, seconds=180):
        self.running = Running(
            self.program, ["demo", "--port", "0", "--data", f"{self.folder}/demo", *self.arguments], self.out, "server",
            seconds)
        self.origin = self.running.origin
        for role, name, password in re.findall(r"^  (.+?)  (\S+)  (\S+)$", self.running.said, re.M):
            self.roles.setdefault(role.split(",")[0], name)
            self.password = password
        return self

    def stop(self):
        if self.running:
            self.running.stop()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Browser:
    """One window; pages are found by what people see."""

    def __init__(self, server, out):
        self.server, self.out = server, Path(out)
        options = Options()
        options.binary_location = shutil.which("chromium") or "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=ko",
                         "--window-size=1280,900", "--hide-scrollbars"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": "ko"})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(
            options=options, service=Service(shutil.which("chromedriver") or "/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(30)
        self.is_scripted = True

    def afresh(self, width=1280, height=900, dark=False, script=True):
        """As nobody has used it yet: one tab, no cookies, no page, nothing said in the console."""
        first, *others = self.driver.window_handles
        for other in others:
            self.driver.switch_to.window(other)
            self.driver.close()
        self.driver.switch_to.window(first)
        self.tell("Emulation.setScriptExecutionDisabled", value=False)
        self.driver.get("about:blank")
        self.tell("Network.clearBrowserCookies")
        self.driver.get_log("browser")
        self.size(width, height)
        self.media(dark=dark)
        self.text_size(100)
        self.is_scripted = script
        self.tell("Emulation.setScriptExecutionDisabled", value=not script)
        return self

    def tell(self, command, **arguments):
        """A word to the browser's own debugger."""
        return self.driver.execute_cdp_cmd(command, arguments)

    def size(self, width, height=900):
        # Narrower than a desktop window may be, as a telephone is.
        self.tell("Emulation.setDeviceMetricsOverride",
                  width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def media(self, dark=False, contrast=False, paper=False):
        """In the light or the dark, in the colours of a high-contrast theme, or on paper."""
        self.tell("Emulation.setEmulatedMedia", media="print" if paper else "", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "forced-colors", "value": "active" if contrast else "none"}])

    def text_size(self, percent):
        """As large as somebody has set the text of their browser, which is not the same as zooming the page."""
        self.tell("Page.setFontSizes", fontSizes={"standard": 16 * percent // 100, "fixed": 13 * percent // 100})

    def wear(self, person):
        """Goes on as somebody who is signed in elsewhere: one session, seen in this window too."""
        self.tell("Network.clearBrowserCookies")
        for cookie in person.session.cookies:
            self.tell("Network.setCookie", name=cookie.name, value=cookie.value, url=self.server.origin)
        return self

    def open(self, path):
        self.driver.get(self.server.origin + path)
        return self

    def fill(self, name, text):
        field = self.driver.find_element(By.NAME, name)
        field.clear()
        field.send_keys(text)
        return self

    def answer(self, **answers):
        """Answers a form's questions by name, as a hand would: `goals__0__goal` is the field `goals.0.goal`."""
        return self.answer_all({name.replace("__", ".").replace("_", "-"): value for name, value in answers.items()})

    def answer_all(self, answers):
        for name, value in answers.items():
            fields = self.driver.find_elements(By.NAME, name)
            assert fields, f"no field {name} on {self.path}"
            kind = fields[0].get_attribute("type")
            if kind in ("radio", "checkbox"):
                for wanted in value if isinstance(value, list) else [value]:
                    field = next((f for f in fields if f.get_attribute("value") == wanted), None)
                    assert field is not None, f"{name} has no {wanted}"
                    if not field.is_selected():
                        self.driver.execute_script(
                            "for (let d = arguments[0].closest('details'); d; d = d.parentElement.closest('details'))"
                            " d.open = true; arguments[0].click()", field)
            elif fields[0].tag_name == "select":
                Select(fields[0]).select_by_value(value)
            else:
                self.driver.execute_script(
                    "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
                    fields[0], value)
        return self

    def send(self, value=None, form="#record-form"):
        """Presses the button of the form that saves with `value`; the only primary one without."""
        selector = f'{form} button[name=_save][value={value}]:not(.sr)' if value else f"{form} button.primary"
        return self.press(selector)

    def add_row(self, group):
        return self.press(f'button[name=_add][value="{group}"]')

    def press(self, selector="main form button.primary, form.form button.primary"):
        before = self.page()
        button = self.driver.find_element(By.CSS_SELECTOR, selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        self.wait(lambda _: stale(before))
        self.page()
        return self

    def submit(self, action):
        """Sends the form that goes to `action`, wherever on the page it is folded away."""
        before = self.page()
        form = self.driver.find_element(By.CSS_SELECTOR, f'form[action="{action}"]')
        self.driver.execute_script("arguments[0].requestSubmit()", form)
        self.wait(lambda _: stale(before))
        self.page()
        return self

    def wait(self, condition, seconds=15):
        # A page may be replaced by the next one while it is read.
        return WebDriverWait(self.driver, seconds, ignored_exceptions=[StaleElementReferenceException]).until(condition)

    def page(self):
        """The root of the page; between two pages there is none for an instant."""
        return self.wait(lambda driver: driver.find_element(By.TAG_NAME, "html"))

    def sign_in(self, name, password=None):
        self.open("/sign-in").fill("name", name).fill("password", password or self.server.password)
        return self.press()

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.server.origin)

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    def follow(self, words):
        """Opens the first link whose text has `words`."""
        self.driver.get(self.driver.find_element(By.PARTIAL_LINK_TEXT, words).get_attribute("href"))
        return self

    def whole(self, name):
        """A picture of the whole page, however long."""
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        width = self.driver.execute_script("return document.documentElement.clientWidth")
        picture = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}})
        (self.out / f"{name}.png").write_bytes(base64.b64decode(picture["data"]))

    def overflow(self):
        """How many pixels the page is wider than its window."""
        return self.driver.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def shot(self, name):
        self.driver.save_screenshot(str(self.out / f"{name}.png"))

    def complaints(self):
        """What the console says: errors of ours, and what the security policy blocked."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] == "SEVERE" and "status of 4" not in entry["message"]]

    def axe(self):
        """Violations that axe-core finds on the page."""
        # Through the debugger, because the page's own policy lets no foreign script in, as it should. Axe waits for
        # timers, which stand still without script; the page's own modules are not loaded by switching it on.
        if not self.is_scripted:
            self.tell("Emulation.setScriptExecutionDisabled", value=False)
        self.tell("Runtime.evaluate", expression=axe_source())
        answer = self.tell(
            "Runtime.evaluate", awaitPromise=True, returnByValue=True,
            expression="axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map("
                       "v => [v.id, v.impact, v.nodes.map(n => n.html.slice(0, 120))])))")
        if not self.is_scripted:
            self.tell("Emulation.setScriptExecutionDisabled", value=True)
        return json.loads(answer["result"]["value"])

    def close(self):
        self.driver.quit()


@functools.cache
def axe_source():
    import axe_playwright_python
    return next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js")).read_text(encoding="utf-8")


def stale(element):
    try:
        element.is_enabled()
        return False
    except Exception:
        return True
