"""What is left to do without script beside the journey of a case: to keep a draft, to choose, to end a session."""

from test_acts import case_of


def plain(server, window, role="case-manager", **arguments):
    browser = window(script=False, **arguments)
    browser.sign_in(server.roles[role])
    return browser


def test_script_is_really_off(server, window):
    browser = plain(server, window)
    browser.open("/today")
    assert browser.driver.execute_script("return matchMedia('(scripting: none)').matches")
    browser.driver.find_element("tag name", "body").send_keys("c")
    assert browser.path == "/today", "no letter leads anywhere, because no module runs"


def test_a_draft_is_kept_by_a_button_and_offered_again(server, window):
    browser = plain(server, window, width=360, height=740)
    case = case_of(browser, server, "이도윤")
    browser.open(f"{case}/write/contact").answer(facts="단추로 남긴\n두 줄이다.")
    assert "저절로 저장돼요" not in browser.text, "nothing is kept by itself without script"
    browser.send("draft")
    assert "초안으로 두었어요" in browser.text, browser.text[:400]
    assert "단추로 남긴" not in browser.text
    browser.open(f"{case}/write/contact")
    assert "적다 만 글이 있어요" in browser.text
    browser.follow("이어서 쓰기")
    assert browser.driver.find_element("name", "facts").get_attribute("value") == "단추로 남긴\n두 줄이다."
    browser.open("/today").press('form[action="/drafts/discard"] button')
    browser.open(f"{case}/write/contact")
    assert "적다 만 글이 있어요" not in browser.text


def test_language_brightness_and_letters_are_chosen(server, window):
    browser = plain(server, window)
    page = lambda name: browser.driver.find_element("tag name", "html").get_attribute(name)  # noqa: E731
    browser.open("/cases?standing=all").press("form.language button")
    assert page("lang") == "en" and browser.path == "/cases?standing=all", browser.path
    browser.press("form.language button")
    assert page("lang") == "ko"
    for theme in ("dark", "light", "auto"):
        browser.driver.find_element("css selector", ".menu > summary").click()
        browser.press(f'form.theme button[value="{theme}"]')
        assert page("data-theme") == (None if theme == "auto" else theme)
    browser.open("/help/keys").press('form[action="/preferences"] button[name=keys]')
    assert page("data-letter-keys") == "off"


def test_a_session_is_ended_from_another_device_and_by_leaving(server, window):
    browser, other = plain(server, window, "supervisor"), plain(server, window, "supervisor")
    browser.open("/account/sessions").fill("password", "wrong-password").press('form[action$="/end"] button[name=session]')
    assert "맞지 않아요" in browser.text, browser.text[:400]
    browser.fill("password", server.password).press('form[action$="/end"] button[name=session]')
    other.open("/today")
    assert other.path.startswith("/sign-in"), other.path
    browser.driver.find_element("css selector", ".menu > summary").click()
    browser.press('.menu form[action="/sign-out"] button')
    browser.open("/today")
    assert browser.path.startswith("/sign-in"), browser.path


def test_an_answer_is_asked_and_taken_back(server, window):
    browser = plain(server, window)
    case = case_of(browser, server, "이도윤")
    browser.open(f"{case}/consent/ask?party=student&purpose=photo")
    browser.answer_all({browser.driver.find_element("css selector", "input[type=radio][value=yes]").get_attribute("name"):
                        "yes", "method": "paper"}).press("button.primary.big")
    assert "답을 남겼어요" in browser.text, browser.text[:400]
    browser.driver.find_elements("css selector", "#history ~ ol summary")[0].click()
    browser.press('form[action$="/withdraw"] button')
    assert "철회" in browser.text, browser.text[:400]
