"""The desk of every role: Today, the caseload, a case and a record, without violations, at any width, light and dark."""

ROLES = ["case-manager", "vice-principal", "principal", "specialist-teacher", "supervisor", "centre-staff", "teacher"]


def sound(browser, name):
    violations = browser.axe()
    assert not violations, f"{name}: {violations}"
    width, needed = browser.driver.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert needed <= width, f"{name} is {needed} px wide in a window of {width} px"
    complaints = browser.complaints()
    assert not complaints, f"{name}: {complaints}"


def case_of(browser, name):
    browser.open(f"/cases?q={name}")
    return browser.driver.find_element("partial link text", name).get_attribute("href")


def records_of(browser, case):
    """One record of each kind that can be read."""
    found = {}
    for show in ["contact", "monitoring", "assessment", "conference", "ending"]:
        browser.driver.get(f"{case}?show={show}")
        for link in browser.driver.find_elements("css selector", ".ledger h4 a"):
            found.setdefault(link.text.split()[0], link.get_attribute("href"))
    return found


def test_every_role_has_a_desk_that_can_be_used(server, window):
    for role in ROLES:
        if role not in server.roles:
            continue
        browser = window()
        browser.sign_in(server.roles[role], server.password)
        browser.open("/today")
        sound(browser, f"Today of {role}")
        if role == "teacher":
            assert "/cases" not in browser.driver.find_element("css selector", "header").get_attribute("innerHTML")
            continue
        browser.open("/cases")
        sound(browser, f"cases of {role}")
        links = browser.driver.find_elements("css selector", ".caseload tbody th a")
        if links:
            browser.driver.get(links[0].get_attribute("href"))
            sound(browser, f"case of {role}")


def test_a_case_and_its_records_hold_at_every_width(server, window):
    for width, dark in [(1280, False), (768, True), (360, False), (320, True)]:
        browser = window(width=width, dark=dark)
        browser.sign_in(server.roles["case-manager"], server.password)
        case = case_of(browser, "이도윤")
        for page in ["/today", "/cases", "/cases?order=name&standing=all"]:
            browser.open(page)
            sound(browser, f"{page} at {width}")
        browser.driver.get(f"{case}?household=open")
        sound(browser, f"case at {width}")
        browser.shot(f"desk-case-{width}{'-dark' if dark else ''}")
        if width in (1280, 320):
            for kind, record in records_of(browser, case).items():
                browser.driver.get(record)
                sound(browser, f"{kind} at {width}")


def test_the_page_holds_at_twice_the_size_of_text(server, window):
    browser = window(width=1280)
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, "이도윤")
    for page in ["/today", "/cases", case]:
        browser.driver.get(page if page.startswith("http") else server.origin + page)
        # Twice the zoom is half the window.
        browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": False})
        sound(browser, f"{page} at 200 %")
        browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False})


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
