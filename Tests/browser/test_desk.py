"""The desk of a case manager: what fingers press, what the timeline shows, what is opened on request, what letters do."""


def case_of(browser, name):
    browser.open(f"/cases?q={name}")
    return browser.driver.find_element("partial link text", name).get_attribute("href")


def test_fingers_find_what_they_press(server, window):
    """On a telephone nothing that is pressed, but a link in a line of text, is lower than 44 px."""
    browser = window(width=360, height=740)
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, "이도윤")
    for page in [f"{server.origin}/today", f"{server.origin}/cases", f"{case}?household=open"]:
        browser.driver.get(page)
        small = browser.driver.execute_script("""
          return [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")].filter(e => {
            const box = e.getBoundingClientRect();
            return box.width > 1 && box.height > 1 && box.height < 43.5 && getComputedStyle(e).display !== "inline";
          }).map(e => e.outerHTML.slice(0, 120))""")
        assert not small, f"{page}: {small}"


def test_the_timeline_narrows_to_what_the_student_said(server, window):
    browser = window()
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, "이도윤")
    browser.driver.get(f"{case}?show=words")
    entries = browser.driver.find_elements("css selector", "#timeline .entry")
    assert entries and all(entry.find_elements("css selector", ".said") for entry in entries), len(entries)
    browser.driver.find_element("partial link text", "이전 기록 더 보기").click()
    assert "before=" in browser.path and "show=words" in browser.path, browser.path


def test_household_opens_on_request_and_leaves_a_trace(server, window):
    browser = window()
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, "이도윤")
    browser.driver.get(case)
    assert not browser.driver.find_elements("css selector", "#household a[href^='tel:']")
    browser.driver.find_element("css selector", "#household a").click()
    assert "어머니" in browser.driver.find_element("id", "household").text
    browser.open("/account/reads")
    assert "보호자와 연락처" in browser.text, browser.text[:600]


def test_letters_lead_on(server, window):
    browser = window()
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, "이도윤")
    body = lambda: browser.driver.find_element("tag name", "body")  # noqa: E731
    browser.open("/cases")
    body().send_keys("t")
    browser.wait(lambda _: browser.path.startswith("/today"))
    body().send_keys("c")
    browser.wait(lambda _: browser.path.startswith("/cases"))
    body().send_keys("/")
    assert browser.driver.execute_script("return document.activeElement.name") == "q"
    browser.driver.get(case)
    body().send_keys("n")
    browser.wait(lambda _: browser.path.endswith("/write/contact"))
