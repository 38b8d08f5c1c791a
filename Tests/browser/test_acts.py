"""What happens beside the straight way: two people at one record, several students at once, danger, a pause, a move.

All but the drafts that keep themselves is done without script.
"""

from test_journey import day, pick, sound


def case_of(browser, server, name):
    browser.open(f"/cases?q={name}").follow(name)
    return browser.path.split("?")[0]


def find(browser, page, words):
    browser.open(f"{page}?q={words}")
    return browser.driver.find_element("css selector", "main li[data-row] a").get_attribute("href")


def test_two_windows_change_one_record_and_nothing_is_lost(server, window):
    first, second = window(script=False), window(script=False)
    for browser in (first, second):
        browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(first, server, "이도윤")
    first.open(f"{case}/write/conference")
    first.answer(meeting_kind="integrated", agenda="처음 안건", discussion="두 번 만나 이야기했다.")
    first.send("save")
    record = first.path.split("?")[0]
    for browser in (first, second):
        browser.open(f"{record}/correct")
    first.answer(agenda="먼저 저장한 안건", place="교무실")
    first.send("save")
    second.answer(agenda="나중에 저장한 안건", dissent="다른 의견")
    second.send("save")
    assert "그사이 다른 사람이 고쳤어요" in second.text
    assert "먼저 저장한 안건" in second.text and "나중에 저장한 안건" in second.text
    sound(second, "acts-conflict-1280")
    # Both texts are kept, and what only one side had changed goes together by itself.
    second.press('button[name=_save][value="both"]')
    assert "/records/" in second.path, second.text[:500]
    for words in ("먼저 저장한 안건", "나중에 저장한 안건", "교무실", "다른 의견"):
        assert words in second.text, words


def test_a_draft_is_offered_again_on_another_device(server, window):
    desk, phone = window(), window(width=360, height=740)
    for browser in (desk, phone):
        browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(desk, server, "이도윤")
    desk.open(f"{case}/write/contact").answer(facts="쓰다 만 글이다.")
    desk.wait(lambda _: "초안 저장됨" in desk.text, 10)
    phone.open(f"{case}/write/contact")
    assert "적다 만 글이 있어요" in phone.text
    sound(phone, "acts-draft-360")
    phone.follow("이어서 쓰기")
    assert phone.driver.find_element("name", "facts").get_attribute("value") == "쓰다 만 글이다."
    phone.answer(service="D01", minutes="10")
    phone.send("finish")
    assert "쓰다 만 글이다." in phone.text
    desk.driver.execute_script("document.querySelector('#record-form').dataset.sent = 'yes'")
    desk.open(f"{case}/write/contact")
    assert "적다 만 글이 있어요" not in desk.text


def test_one_note_for_several_students(server, window):
    browser = window(width=360, height=740, script=False)
    browser.sign_in(server.roles["case-manager"], server.password)
    browser.open("/sessions/new")
    sound(browser, "acts-together-pick-360")
    boxes = browser.driver.find_elements("css selector", "input[name=case]")[:3]
    names = [box.find_element("xpath", "..").find_element("css selector", "span").text.split("\n")[0] for box in boxes]
    for box in boxes:
        browser.driver.execute_script("arguments[0].click()", box)
    browser.press("main form:not([role=search]) button.primary")
    browser.answer(facts=f"{names[0]} 학생과 보드게임을 했다.", service="D12", minutes="60")
    browser.send()
    assert "이름" in browser.text and "고쳐 주세요" in browser.text, browser.text[:400]
    browser.answer(facts="규칙을 함께 정하고 보드게임을 했다.")
    lines = browser.driver.find_elements("css selector", "input[name^='_line.']")
    here = browser.driver.find_elements("css selector", "input[name^='_came.']")
    browser.driver.execute_script("arguments[0].value = '차례를 기다렸다.'", lines[0])
    browser.driver.execute_script("if (arguments[0].checked) arguments[0].click()", here[2])
    sound(browser, "acts-together-360")
    browser.send()
    assert "기록을 남겼어요" in browser.text, browser.text[:400]
    browser.open(f"{case_of(browser, server, names[0])}")
    assert "차례를 기다렸다." in browser.text
    browser.open(f"{case_of(browser, server, names[1])}")
    assert "보드게임을 했다." in browser.text and "차례를 기다렸다." not in browser.text
    browser.open(f"{case_of(browser, server, names[2])}")
    assert "규칙을 함께 정하고" not in browser.text


def test_an_emergency_acts_first(server, window):
    browser = window(width=360, height=740, script=False)
    browser.sign_in(server.roles["case-manager"], server.password)
    browser.driver.get(find(browser, "/emergency", "3-1"))
    assert "112" in browser.text
    browser.answer(red_flags=["RF-01"], told_guardian="dangerous", next="안전한 곳을 확인한다.")
    sound(browser, "acts-emergency-360")
    browser.send("save")
    assert "긴급 기록을 남겼어요" in browser.text, browser.text[:500]
    assert "긴급" in browser.text


def test_a_report_of_abuse_leaves_no_trace(server, window):
    browser = window(width=820, height=1180, script=False)
    browser.sign_in(server.roles["case-manager"], server.password)
    browser.driver.get(find(browser, "/abuse/new", "5-1"))
    assert "112" in browser.text
    browser.answer(noticed_at="09:10", reported_at="09:20", reported_to="112", words="삼촌이 무서워요.")
    sound(browser, "acts-abuse-820")
    browser.send("save")
    assert "삼촌이 무서워요." in browser.text
    report = browser.path.split("?")[0]
    sound(browser, "acts-abuse-read-820")
    # Nothing of it among the things to do; only the way to the compartment stands in the menu of who may go there.
    browser.open("/today")
    assert "학대" not in browser.driver.find_element("css selector", "main").text
    principal = window()
    principal.sign_in(server.roles["principal"], server.password)
    principal.open(report)
    assert "삼촌이 무서워요." in principal.text
    other = window()
    for role in ("vice-principal", "teacher", "administrator", "privacy-officer", "supervisor"):
        other.afresh().sign_in(server.roles[role], server.password)
        for page in (report, "/abuse"):
            other.open(page)
            assert "삼촌" not in other.text and "찾는 화면이 없어요" in other.text, f"{role} at {page}: {other.text[:400]}"
        assert other.driver.find_elements("css selector", 'a[href="/abuse"]') == [], role


def test_a_case_pauses_changes_its_level_and_is_shared(server, window):
    browser = window(width=360, height=740, script=False)
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, server, "이도윤")
    browser.open(f"{case}/manage")
    sound(browser, "acts-manage-360")
    browser.answer(level="4", reason=" ")
    browser.press('form[action$="/manage/level"] button')
    assert "고쳐 주세요" in browser.text
    browser.answer(reason="밤에 위기가 이어진다.")
    browser.press('form[action$="/manage/level"] button')
    assert "등급을 바꿨어요" in browser.text
    pick(browser, "staff", "문보라")
    browser.answer(capacity="specialist", until=day(30))
    browser.press('form[action$="/manage/participant"] button')
    assert "함께 볼 사람을 더했어요" in browser.text, browser.text[:500]
    pick(browser, "suspend-reason", "방학")
    browser.press('form[action$="/manage/suspend"] button')
    assert "잠시 멈췄어요" in browser.text
    browser.press('form[action$="/manage/resume"] button')
    assert "다시 시작했어요" in browser.text
