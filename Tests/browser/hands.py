"""A keyboard and nothing else, by somebody who looks where the focus is."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

# What has the focus: what it is, whether it can be seen there, and whether a ring is drawn round it or round its label.
STOP = """
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const ringed = [e, e.closest("label"), e.closest(".composer")].filter(Boolean).some(r => {
    const style = getComputedStyle(r);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || (r.matches(".composer") && style.boxShadow.includes("2px"));
  });
  const box = (e.closest("label") && e.matches("[type=radio], [type=checkbox]") ? e.closest("label") : e).getBoundingClientRect();
  const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)).filter(Boolean);
  const holds = (a, b) => a.contains(b) || b.contains(a);
  const label = e.labels?.[0]?.innerText ?? "";
  return {
    element: e, tag: e.localName, name: e.name ?? "", value: e.value ?? "", type: e.type ?? "", id: e.id,
    words: (e.getAttribute("aria-label") || e.innerText || label).trim(), label: label.trim(),
    ringed, seen: spots.some(s => holds(e, s) || (e.labels?.[0] && holds(e.labels[0], s))),
    left: box.left, top: box.top + scrollY, right: box.right, bottom: box.bottom + scrollY,
    place: [...document.querySelectorAll("*")].indexOf(e), inMain: e.closest("main") !== null,
  }"""


class Hands:
    def __init__(self, browser):
        self.browser, self.stops = browser, []

    def press(self, *keys):
        chain = ActionChains(self.browser.driver, duration=0)
        for key in keys:
            chain.send_keys(key)
        chain.perform()

    def stop(self):
        return self.browser.driver.execute_script(STOP)

    def tab(self, back=False):
        """One stop on; what is seen there is checked, whatever it is."""
        if back:
            ActionChains(self.browser.driver, duration=0).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(
                Keys.SHIFT).perform()
        else:
            self.press(Keys.TAB)
        here = self.stop()
        if here:
            assert here["ringed"], f"no ring round {here['words'] or here['name']} at {self.browser.path}"
            assert here["seen"], f"{here['words'] or here['name']} has the focus out of sight at {self.browser.path}"
        return here

    def to(self, wanted, back=False, most=250):
        """Tabs until a stop is the wanted one, whose words begin so or which says yes."""
        says = wanted if callable(wanted) else lambda s: s["words"].startswith(wanted)
        passed = []
        for _ in range(most):
            here = self.tab(back)
            if here and says(here):
                return here
            if here:
                passed.append(here["words"].split("\n")[0] or here["name"])
        raise AssertionError(f"{wanted} is not reached at {self.browser.path}; passed {passed}")

    def field(self, name, value=None, back=False):
        """To a question; among its choices with the arrows, as a keyboard moves between radios."""
        here = self.to(lambda s: s["name"] == name, back)
        if value is None or here["value"] == value:
            return here
        if here["type"] == "radio":
            for _ in range(60):
                self.press(Keys.ARROW_RIGHT)
                if self.stop()["value"] == value:
                    return self.stop()
        elif here["type"] == "checkbox":
            return self.to(lambda s: s["name"] == name and s["value"] == value)
        raise AssertionError(f"{name} has no {value}")

    def choose(self, name, value):
        """A radio by arrows, which choose by themselves, or by Space where none was chosen; a box by Space."""
        self.field(name, value)
        if not self.chosen():
            self.press(Keys.SPACE)
        assert self.chosen(), (name, value)

    def chosen(self):
        return self.browser.driver.execute_script("return document.activeElement.checked")

    def type(self, name, text):
        self.field(name)
        self.press(text)

    def enter(self, key=Keys.ENTER):
        """Presses what has the focus, and waits for the page it leads to."""
        old = self.browser.page()
        self.press(key)
        self.browser.wait(lambda driver: driver.find_element("tag name", "html") != old
                          and driver.execute_script("return document.readyState") == "complete")

    def round(self):
        """Every stop of the page from its beginning until the focus leaves it: nothing is a trap, nothing twice."""
        stops = []
        for _ in range(600):
            here = self.tab()
            if here is None or (stops and here["place"] == stops[0]["place"]):
                return stops
            assert all(here["place"] != s["place"] for s in stops[-3:]), f"caught at {here['words']}"
            stops.append(here)
        raise AssertionError(f"no way out of {self.browser.path}")
