"""The door: in with the right password, not with a wrong one, and out again."""


def test_a_case_manager_signs_in_and_out(server, window):
    browser = window()
    browser.open("/")
    assert browser.path.startswith("/sign-in"), browser.path
    browser.shot("sign-in-1280")
    browser.sign_in(server.roles["case-manager"])
    assert not browser.path.startswith("/sign-in"), browser.path
    cookies = browser.driver.get_cookies()
    assert cookies and all(cookie["httpOnly"] for cookie in cookies), cookies
    browser.shot("home-1280")
    browser.submit("/sign-out")
    browser.open("/today")
    assert browser.path.startswith("/sign-in"), browser.path
    assert browser.complaints() == [], browser.complaints()


def test_a_wrong_password_opens_nothing_and_says_so(server, window):
    browser = window(width=360, height=740)
    browser.sign_in(server.roles["teacher"], "not-the-password")
    assert browser.path.startswith("/sign-in"), browser.path
    assert browser.driver.title.startswith("오류 1개"), browser.driver.title
    browser.shot("wrong-password-360")
    unknown = window(width=360, height=740)
    unknown.sign_in("nobody-at-all", "not-the-password")
    assert unknown.text == browser.text.replace(server.roles["teacher"], "nobody-at-all")


def test_every_role_can_sign_in(server, window):
    browser = window()
    for role, name in server.roles.items():
        browser.afresh().sign_in(name)
        assert not browser.path.startswith("/sign-in"), (role, browser.path)


def test_the_door_has_no_barrier_that_axe_finds(server, window):
    browser = window()
    for width, dark in ((320, False), (320, True), (1280, False), (1280, True)):
        browser.afresh(width=width, dark=dark).open("/sign-in")
        browser.shot(f"sign-in-{width}{'-dark' if dark else ''}")
        assert browser.axe() == []
        assert browser.overflow() <= 0, browser.overflow()
