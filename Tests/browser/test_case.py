"""A case manager opens a case from the caseload, reads a record and writes a note."""


def test_a_case_is_opened_read_and_written_to(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"], server.password)
    browser.driver.get(f"{server.origin}/cases?q=이도윤")
    browser.driver.find_element("partial link text", "이도윤").click()
    assert "이도윤" in browser.driver.title, browser.driver.title
    browser.shot("case-1280")
    assert "56.0" in browser.text
    assert "10월" in browser.text or "10. 14." in browser.text
    case = browser.driver.current_url
    browser.driver.get(f"{case}/write/contact")
    browser.shot("note-1280")
    browser.driver.find_element("name", "facts").send_keys("동아리에서 만든 것을 보여 주었다.")
    browser.driver.find_element("css selector", "input[name=service][value=D01]").find_element("xpath", "..").click()
    minutes = browser.driver.find_element("name", "minutes")
    minutes.clear()
    minutes.send_keys("30")
    browser.driver.find_element("css selector", "button[name=_save][value=finish]:not(.sr)").click()
    assert "동아리에서 만든 것을 보여 주었다." in browser.text, browser.text[:400]
    browser.shot("record-1280")


def test_a_teacher_does_not_find_the_case(server, window):
    manager = window()
    manager.sign_in(server.roles["case-manager"], server.password)
    manager.driver.get(f"{server.origin}/cases?q=이도윤")
    case = manager.driver.find_element("partial link text", "이도윤").get_attribute("href")
    teacher = window(width=360, height=740)
    teacher.sign_in(server.roles["teacher"], server.password)
    teacher.driver.get(case)
    assert "이도윤" not in teacher.text
    teacher.driver.get(case[:-1] + ("0" if case[-1] != "0" else "1"))
    assert "이도윤" not in teacher.text
