"""A page left open: covered when a session would have ended, and shown again to nobody else."""

LATER = """const now = Date.now;
Date.now = () => now() + 31 * 60000;
document.dispatchEvent(new Event("visibilitychange"));"""


def test_a_page_left_open_covers_itself_and_keeps_what_was_typed(server, window):
    browser = window(width=360, height=780)
    name = server.roles["case-manager"]
    browser.sign_in(name)
    browser.open("/account/password").fill("old-password", "half a word")
    title = browser.driver.title
    browser.driver.execute_script(LATER)
    cover = browser.driver.find_element("id", "idle-cover")
    assert cover.is_displayed() and browser.driver.title == "곁", browser.driver.title
    assert not browser.driver.find_element("id", "main").is_displayed()
    assert browser.driver.switch_to.active_element == cover
    browser.shot("covered-360")
    assert browser.axe() == [] and browser.overflow() <= 0

    # Signed out: it stays covered, also for somebody else who signs in.
    own = browser.driver.get_cookies()
    browser.driver.delete_all_cookies()
    show = browser.driver.find_element("css selector", "#idle-cover [data-show]")
    ended = browser.driver.find_element("css selector", "#idle-cover [data-ended]")
    show.click()
    browser.wait(lambda _: ended.is_displayed())
    assert not browser.driver.find_element("id", "main").is_displayed()
    other = window(width=360, height=780)
    other.sign_in(server.roles["teacher"])
    browser.driver.delete_all_cookies()
    for cookie in other.driver.get_cookies():
        browser.driver.add_cookie({key: cookie[key] for key in ("name", "value", "path")})
    show.click()
    browser.driver.execute_async_script("setTimeout(arguments[0], 1500)")
    assert not browser.driver.find_element("id", "main").is_displayed()

    # Whose it is sees it again, as it was.
    browser.driver.delete_all_cookies()
    for cookie in own:
        browser.driver.add_cookie({key: cookie[key] for key in ("name", "value", "path")})
    show.click()
    browser.wait(lambda _: browser.driver.find_element("id", "main").is_displayed())
    assert browser.driver.title == title and not cover.is_displayed()
    assert browser.driver.find_element("name", "old-password").get_attribute("value") == "half a word"
    assert browser.complaints() == [], browser.complaints()
