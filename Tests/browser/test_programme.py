"""A group programme from its plan to its sessions: without script at 320 px, sound at both widths."""

from test_journey import sound


def today(browser):
    browser.open("/sessions/new")
    return browser.driver.execute_script(
        "return new Intl.DateTimeFormat('en-CA', {timeZone: 'Asia/Seoul'}).format(new Date())")


def add_days(day, days):
    from datetime import date, timedelta
    return str(date.fromisoformat(day) + timedelta(days=days))


def test_a_programme_from_plan_to_attendance(server, window):
    desk, phone = window(), window(width=320, height=700, script=False)
    for browser in (desk, phone):
        browser.sign_in(server.roles["case-manager"], server.password)
    day = today(desk)

    desk.open("/cases").follow("집단 프로그램")
    for browser, width in ((desk, 1280), (phone, 320)):
        browser.open("/programmes")
        assert "또래 사회성 집단" in browser.text and "문화 체험" in browser.text
        sound(browser, f"programme-list-{width}")
        browser.follow("또래 사회성 집단")
        for words in ("10회", "3명", "출석표", "그만둔 학생 3명"):
            assert words in browser.text, words
        sound(browser, f"programme-demo-{width}")

    phone.open("/programmes/new")
    sound(phone, "programme-new-320")
    phone.press()
    assert "고쳐 주세요" in phone.text, phone.text[:300]
    sound(phone, "programme-new-problems-320")
    school = phone.driver.execute_script(
        "return [...document.querySelectorAll('#school option')].find(o => o.text.startsWith('별내음')).value")
    phone.answer(school=school, name="보드게임 모임", service="D12", first=day, last=add_days(day, 60), places="1",
                 rhythm="목요일 15:00", place="교육복지실")
    phone.press()
    assert "프로그램을 더했어요" in phone.text, phone.text[:400]
    programme = phone.path.split("?")[0]

    # One place for two: who comes later waits.
    phone.follow("학생 더하기")
    sound(phone, "programme-enrol-320")
    boxes = {box.find_element("xpath", "..").find_element("css selector", "span").text.split("\n")[0]: box
             for box in phone.driver.find_elements("css selector", "input[name=case]")}
    # Those of the demo, who agreed to take part; others may have been added by whoever was here before.
    names = [name for name in boxes if name.startswith(("이도윤", "임나래"))]
    boxes = [boxes[name] for name in names]
    assert len(boxes) == 2, phone.text
    for box in boxes:
        phone.driver.execute_script("arguments[0].click()", box)
    phone.press("main form:not([role=search]) button.primary")
    if len(boxes) > 1:
        assert "기다리는 학생" in phone.text, phone.text[:600]
    sound(phone, "programme-page-320")
    desk.open(programme)
    sound(desk, "programme-page-1280")

    phone.open(f"{programme}/sessions/new")
    sound(phone, "programme-sweep-320")
    desk.open(f"{programme}/sessions/new")
    sound(desk, "programme-sweep-1280")
    phone.answer_all({"_topic": "규칙 정하기", "facts": f"{names[0]} 학생이 먼저 골랐다.", "minutes": "40"})
    phone.send()
    assert "이름" in phone.text and "고쳐 주세요" in phone.text, phone.text[:400]
    sound(phone, "programme-sweep-problem-320")
    phone.answer(facts="규칙을 함께 정하고 한 판을 했다.")
    line = phone.driver.find_element("css selector", "input[name^='_line.']")
    phone.driver.execute_script("arguments[0].value = '차례를 기다렸다.'", line)
    phone.send()
    assert "출석과 기록을 저장했어요" in phone.text, phone.text[:400]
    sound(phone, "programme-session-320")

    # Another window had the same session open: it is told, and nothing is lost.
    desk.answer(facts="다른 창에서 적은 글.", minutes="40")
    desk.send()
    assert "그사이 다른 사람이 적었어요" in desk.text, desk.text[:400]
    assert "다른 창에서 적은 글." in desk.driver.find_element("name", "facts").get_attribute("value")
    sound(desk, "programme-sweep-conflict-1280")
    desk.driver.execute_script("document.querySelector('#record-form').dataset.sent = 'yes'")

    # It was somebody else's mistake: the student was not there.
    session = phone.path.split("?")[0]
    phone.open(session)
    box = phone.driver.find_element("css selector", "input[name^='_mark.'][value=absent]")
    phone.driver.execute_script("arguments[0].click()", box)
    phone.press("main form.form button.primary")
    assert "출석을 저장했어요" in phone.text, phone.text[:400]
    desk.open(session)
    sound(desk, "programme-session-1280")
    desk.open(programme)
    assert "0%" in desk.text, desk.text[:800]

    # The next one does not take place.
    phone.open(f"{programme}/sessions/new")
    phone.driver.find_element("xpath", "//summary[contains(., '이번에는 쉬었어요')]").click()
    phone.answer(reason="weather")
    phone.press("form[action$='/cancellations'] button.btn")
    assert "쉰 것으로 적었어요" in phone.text, phone.text[:400]


def test_another_school_and_another_role_find_nothing(server, window):
    browser = window()
    browser.sign_in(server.roles["teacher"], server.password)
    browser.open("/programmes")
    assert "집단 프로그램" not in browser.text
