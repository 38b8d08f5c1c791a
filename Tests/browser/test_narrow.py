"""Every form and act of a case on the smallest telephone, in the dark, and in English."""

from test_acts import case_of
from test_journey import sound

KINDS = ["contact", "monitoring", "reassessment", "score", "conference", "evaluation", "closure", "recommendation",
         "emergency", "transfer"]
PAGES = ["", "/consent", "/consent/ask?party=student&purpose=share&purpose=transfer&purpose=photo",
         "/consent/ask?party=guardian&purpose=participation", "/manage", "/steps/reassessed-to-service"]


def look(browser, path, name):
    browser.open(path)
    assert "찾는 화면이 없어요" not in browser.text, path
    sound(browser, name)


def test_every_form_fits_a_small_dark_telephone(server, window):
    browser = window(width=320, height=640, dark=True)
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, server, "이도윤")
    for page in PAGES:
        look(browser, case + page, "narrow-" + (page.strip("/").replace("/", "-").split("?")[0] or "case"))
    for kind in KINDS:
        look(browser, f"{case}/write/{kind}", f"narrow-{kind}")
    for path, name in (("/referrals", "inbox"), ("/sessions/new", "together"), ("/abuse", "abuse"),
                       ("/emergency", "emergency-pick"), ("/today", "today"), ("/cases", "cases")):
        look(browser, path, f"narrow-{name}")


def test_the_pages_speak_english_too(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, server, "이도윤")
    browser.open("/today")
    browser.submit("/preferences") if not browser.driver.find_elements("css selector", "form.language") else \
        browser.press("form.language button")
    assert browser.driver.find_element("tag name", "html").get_attribute("lang") == "en"
    for page in ["", "/consent", "/manage", "/write/contact", "/write/closure"]:
        browser.open(case + page)
        words = browser.driver.find_element("css selector", "main h1").text
        assert words, page
        # The first line: after it may stand the name of whom it is about, for those who listen.
        buttons = [b.text.split("\n")[0] for b in browser.driver.find_elements("css selector", "main button") if b.text]
        assert not any("가" <= letter <= "힣" for b in buttons for letter in b), buttons
