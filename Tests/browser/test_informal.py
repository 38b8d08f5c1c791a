"""Somebody close to a student: noted from the assessment, seen beside the directory, changed, and ended. No script."""

from selenium.webdriver.support.ui import Select


def sound(browser, name):
    browser.whole(name)
    assert browser.overflow() <= 0, f"{name} is {browser.overflow()} px too wide"
    violations = browser.axe()
    assert violations == [], f"{name}: {violations}"


def choose(browser, name, words):
    Select(browser.driver.find_element("name", name)).select_by_visible_text(words)


def test_somebody_close_by(server, window):
    manager = window(width=1280, height=900, script=False)
    manager.sign_in(server.roles["case-manager"], server.password)
    manager.open("/cases?q=이도윤")
    case = manager.driver.find_element("partial link text", "이도윤").get_attribute("href").split("?")[0]
    case = "/cases/" + case.rsplit("/", 1)[1]
    manager.open(case)
    manager.follow("가까운 사람")
    # Two help, one has moved away; the assessment names others, and none of a broken tie.
    assert "최말순" in manager.text and "서누리" in manager.text, manager.text[:900]
    ties = manager.driver.find_element("css selector", "[aria-labelledby=ties]").text
    assert "형" in ties and "친구" not in ties, ties
    sound(manager, "informal-1280")

    manager.press("[aria-labelledby=ties] a.btn")
    assert "어머니" == manager.driver.find_element("name", "name").get_attribute("value")
    manager.answer(name="한가람")
    manager.press("main form button.primary")
    assert "고쳐 주세요" in manager.text, manager.text[:600]
    sound(manager, "informal-form-errors-1280")
    choose(manager, "kind", "친구")
    choose(manager, "agreed", "동의해요")
    manager.driver.find_element("css selector", "input[name=needs][value=N05]").click()
    manager.answer(gives="동아리에 함께 간다.", often="주 1회")
    manager.press("main form button.primary")
    assert "가까운 사람을 적었어요" in manager.text and "한가람" in manager.text, manager.text[:600]

    # Beside what the directory offers for the same need.
    manager.open(f"{case}/matches?need=N05")
    near = manager.driver.find_element("css selector", "[aria-labelledby=near]").text
    assert "한가람" in near and "학생이 부탁해도 좋다고 했어요" in near and "이다온" not in near, near
    sound(manager, "matches-informal-1280")

    manager.open(f"{case}/informal")
    links = manager.driver.find_elements("css selector", "main a.link-act")
    next(link for link in links if "한가람" in link.text).click()
    manager.answer(often="격주")
    manager.press("main form button.primary")
    assert "저장했어요" in manager.text
    # The directory does not know the name.
    manager.open("/resources?q=한가람")
    assert "동아리에 함께 간다" not in manager.text

    manager.open(f"{case}/informal")
    links = manager.driver.find_elements("css selector", "main a.link-act")
    next(link for link in links if "한가람" in link.text).click()
    choose(manager, "reason", "돕기 어려워졌어요")
    manager.press("button.danger")
    assert "끝난 것으로 적었어요" in manager.text
    # The outer ones come first, so that the inner ones are seen when their turn comes.
    for fold in manager.driver.find_elements("css selector", "main details > summary"):
        if fold.is_displayed():
            fold.click()
    assert "주 1회 → 격주" in manager.text, manager.text[:1500]

    phone = window(width=320, height=640, script=False)
    phone.sign_in(server.roles["case-manager"], server.password)
    phone.open(f"{case}/informal")
    sound(phone, "informal-320")
    phone.open(f"{case}/informal/new")
    sound(phone, "informal-form-320")
    teacher = window(width=360, height=740, script=False)
    teacher.sign_in(server.roles["teacher"], server.password)
    teacher.open(f"{case}/informal")
    assert "최말순" not in teacher.driver.page_source
