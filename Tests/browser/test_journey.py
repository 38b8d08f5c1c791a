"""A case goes the whole way, from a teacher's referral to the last follow-up, played by the people it takes.

The words are those of the demo's first case; the student is a class mate who has no case yet. Nobody's browser runs
scripts: each form, each row added, each step works as plain HTML.
"""

import re
import datetime

TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()


def day(offset=0):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


def sound(browser, name):
    """Looked at as people see it: nothing sideways, nothing that axe or the console complains about."""
    browser.whole(name)
    assert browser.overflow() <= 0, f"{name} is {browser.overflow()} px too wide"
    violations = browser.axe()
    assert violations == [], f"{name}: {violations}"
    assert browser.complaints() == [], browser.complaints()


def test_a_case_goes_the_whole_way(server, window):
    teacher = window(width=360, height=740, script=False)
    teacher.sign_in(server.roles["teacher"], server.password)
    student = refer(server, teacher)

    manager = window(width=1280, height=900, script=False)
    manager.sign_in(server.roles["case-manager"], server.password)
    case = receive(server, manager, student)
    teacher.open("/referrals/mine")
    assert "받" in teacher.text and case not in teacher.driver.page_source

    intake(manager, case)
    consent(server, window, case, student)
    step(manager, case, "to-assessment")
    assess(manager, case)
    minutes = confer(server, manager, case)

    vice = window(width=1280, height=900, script=False)
    vice.sign_in(server.roles["vice-principal"], server.password)
    select(vice, case, minutes)
    teacher.open("/referrals/mine").follow(student)
    sound(teacher, "journey-status-360")
    assert "식사와 등교" in teacher.text

    plan = plan_first(manager, case)
    principal = window(width=1280, height=900, script=False)
    principal.sign_in(server.roles["principal"], server.password)
    approve(principal, manager, case, plan)

    serve(manager, case)
    monitor(manager, case)
    reassess(manager, case)
    close(manager, case)
    follow_up(manager, case)
    begin_again(manager, case, student)


def refer(server, browser):
    browser.open("/referrals/new?q=4-2")
    people = browser.driver.find_elements("css selector", "main li[data-row] a")
    student = next(a for a in people if "박하린" not in a.text)
    name = student.find_element("tag name", "b").text
    browser.driver.get(student.get_attribute("href"))
    browser.answer(needs=["N02", "N07", "N01"], urgency="normal", family_knows="not-yet",
                   facts="3월에 아홉 번 지각했습니다. 아침을 먹지 않고 오는 날이 한 주에 사흘 넘습니다.")
    sound(browser, "journey-refer-360")
    browser.send("send")
    assert "/referrals/mine/" in browser.path, browser.text[:300]
    return name


def receive(server, browser, student):
    browser.open("/referrals")
    sound(browser, "journey-inbox-1280")
    browser.follow(student)
    assert "아홉 번 지각" in browser.text
    sound(browser, "journey-inbox-one-1280")
    browser.press('form[action$="/receive"] button')
    assert "의뢰를 받았어요" in browser.text
    return re.sub(r"\?.*", "", browser.path)


def intake(browser, case):
    # Without what must be there nothing is finished, and nothing typed is lost.
    browser.open(f"{case}/write/intake").answer(student_words="아침에 혼자 일어나는 게 힘들어요.")
    browser.send("finish")
    assert "고쳐 주세요" in browser.text
    assert browser.driver.find_element("name", "student-words").get_attribute("value").startswith("아침에")
    browser.answer(confidentiality_read="yes", risk_screened="yes", method="M01", decision="case-management",
                   guardian_words="무릎이 아파서 새벽에 밥을 못 차려요.", level="2",
                   decision_reason="여러 자원을 이어야 한다.", opinion="아침 돌봄이 비어 있다.")
    sound(browser, "journey-intake-1280")
    browser.send("finish")
    assert "접수를 마쳤어요" in browser.text, browser.text[:600]


def consent(server, window, case, student):
    tablet = window(width=820, height=1180, script=False)
    tablet.sign_in(server.roles["case-manager"], server.password)
    tablet.open(f"{case}/consent")
    for party in ("student", "guardian"):
        tablet.open(f"{case}/consent/ask?party={party}")
        # An unanswered question is named, and nothing is kept.
        tablet.press("button.primary.big")
        assert "/consent/ask" in tablet.path and "고쳐 주세요" in tablet.text
        for field in tablet.driver.find_elements("css selector", "input[type=radio][value=yes]"):
            tablet.driver.execute_script("arguments[0].click()", field)
        if tablet.driver.find_elements("name", "guardian-confirmation"):
            tablet.answer(guardian_confirmation="signature")
        tablet.answer(method="paper")
        sound(tablet, f"journey-consent-{party}-820")
        tablet.press("button.primary.big")
        assert "답을 남겼어요" in tablet.text, tablet.text[:600]
    sound(tablet, "journey-consents-820")


def step(browser, case, name):
    browser.open(f"{case}/steps/{name}")
    browser.press(f'form[action$="/steps/{name}"] button')
    assert "다음 단계로 갔어요" in browser.text, browser.text[:600]


def assess(browser, case):
    # The way to the assessment is open; finishing it half-filled says what is missing and keeps the rest.
    browser.open(f"{case}/write/assessment")
    needs = [("N07", "3"), ("N02", "2")]
    for index, (area, severity) in enumerate(needs):
        if not browser.driver.find_elements("name", f"needs.{index}.area"):
            browser.add_row("needs")
        browser.answer_all({f"needs.{index}.area": area, f"needs.{index}.severity": severity,
                            f"needs.{index}.will": "3", f"needs.{index}.situation": "한 주에 사흘 넘게 아침을 거른다.",
                            f"needs.{index}.voice-student": "배고프면 2교시에 졸려요."})
    for index, what in enumerate(("그림을 잘 그린다", "외할머니와 정이 깊다")):
        if not browser.driver.find_elements("name", f"strengths.{index}.what"):
            browser.add_row("strengths")
        browser.answer_all({f"strengths.{index}.area": "self", f"strengths.{index}.what": what})
    browser.send("finish")
    assert "고쳐 주세요" in browser.text
    risk = dict(zip(("safety", "living", "protection", "emotion", "behaviour", "attendance", "learning", "peers",
                     "health", "economy"), "0321022001"))
    browser.answer_all({f"risk-{name}": score for name, score in risk.items()})
    browser.answer_all({"basic-learning": "not-reached", "teacher-opinion": "아침을 먹은 날은 잘 참여한다.",
                        "guardian-view": "저녁에 숙제를 봐 줄 곳이 있으면 좋겠다.", "level": "3"})
    # The score suggests a level; deciding otherwise asks for the reason.
    browser.send("finish")
    assert "위기도 11 / 40" in browser.text and "고쳐 주세요" in browser.text
    browser.answer(level="2")
    sound(browser, "journey-assessment-1280")
    browser.send("finish")
    assert "사정을 마쳤어요" in browser.text, browser.text[:800]


def pick(browser, name, words):
    """Chooses in a list by what people read."""
    field = browser.driver.find_element("name", name)
    value = next(o.get_attribute("value") for o in field.find_elements("tag name", "option") if words in o.text)
    browser.answer_all({name: value})


def confer(server, browser, case):
    browser.open(f"{case}/write/conference")
    browser.answer(meeting_kind="selection", decision="select", level="2",
                   decision_reason="식사와 등교, 학습을 함께 도와야 하고 보호자와 학생이 원한다.")
    for index, (name, part) in enumerate((("노가을", "vice-principal"), ("정나래", "homeroom"), ("강예담", "case-manager"))):
        if not browser.driver.find_elements("name", f"attendees.{index}.staff"):
            browser.add_row("attendees")
        pick(browser, f"attendees.{index}.staff", name)
        browser.answer_all({f"attendees.{index}.part": part})
    if not browser.driver.find_elements("name", "tasks.0.what"):
        browser.add_row("tasks")
    pick(browser, "tasks.0.who", "강예담")
    browser.answer_all({"tasks.0.what": "조식 간편식 준비", "tasks.0.due": day(7)})
    sound(browser, "journey-conference-1280")
    browser.send("save")
    assert "/records/" in browser.path, browser.text[:600]
    return re.sub(r"\?.*", "", browser.path)


def select(browser, case, minutes):
    browser.open(minutes)
    assert "식사와 등교" in browser.text
    # The vice principal does not see the assessment behind it.
    browser.open(f"{case}/write/assessment")
    assert "졸려요" not in browser.text
    browser.open(minutes)
    sound(browser, "journey-minutes-1280")
    browser.press('form[action$="/select"] button')
    assert "선정 결과를 남겼어요" in browser.text, browser.text[:600]


LADDER = [("주 0~1일", 0, 1), ("주 2~4일", 2, 4), ("주 5일", 5, 5), ("주 6일", 6, 6), ("매일", 7, 7)]


def goal(browser, index, title, need):
    for step, (text, low, high) in zip(("m2", "m1", "z0", "p1", "p2"), LADDER):
        browser.answer_all({f"goals.{index}.{step}": text, f"goals.{index}.{step}-from": str(low),
                            f"goals.{index}.{step}-to": str(high)})
    browser.answer_all({f"goals.{index}.need": need, f"goals.{index}.goal": title, f"goals.{index}.weight": "3",
                        f"goals.{index}.own": "배고프지 않으면 안 졸려요.", f"goals.{index}.measure": "한 주에 먹은 날",
                        f"goals.{index}.unit": "일", f"goals.{index}.baseline": "-1"})


def plan_first(browser, case):
    browser.open(f"{case}/write/plan")
    browser.answer_all({"from": day(), "until": day(150), "long-term": "아침을 먹고 친구들이랑 같이 교실에 들어가고 싶어요.",
                        "next-monitoring": day(30), "next-reassessment": day(85), "monitoring-every": "30",
                        "agree-student": "yes", "agree-student-day": day(), "agree-student-method": "in-person",
                        "agree-guardian": "yes", "agree-guardian-day": day(), "agree-guardian-method": "paper"})
    goal(browser, 0, "아침을 먹고 하루를 시작한다", "N07")
    if not browser.driver.find_elements("name", "actions.0.what"):
        browser.add_row("actions")
    browser.answer_all({"actions.0.goal": "1", "actions.0.what": "교육복지실에서 조식 간편식", "actions.0.part": "manager",
                        "actions.0.service": "D16", "actions.0.often": "주 5회"})
    # A gap in the ladder is named before anybody hands it in.
    browser.answer_all({"goals.0.p1-from": "9", "goals.0.p1-to": "9"})
    browser.send("finish")
    assert "고쳐 주세요" in browser.text
    browser.answer_all({"goals.0.p1-from": "6", "goals.0.p1-to": "6"})
    sound(browser, "journey-plan-1280")
    browser.send("finish")
    assert "계획을 올렸어요" in browser.text, browser.text[:900]
    browser.follow("적은 것 보기")
    return re.sub(r"\?.*", "", browser.path)


def approve(principal, manager, case, plan):
    principal.open(plan)
    sound(principal, "journey-approve-1280")
    principal.driver.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    principal.answer(reason="급식카드 신청을 넣어 주세요.")
    principal.press('form[action$="/hand-back"] button')
    assert "돌려보냈어요" in principal.text, principal.text[:600]
    manager.open("/today")
    assert "급식카드 신청을 넣어 주세요." in manager.text
    manager.open(f"{plan}/correct")
    manager.add_row("actions")
    manager.answer_all({"actions.1.goal": "1", "actions.1.what": "아동급식카드 신청 동행", "actions.1.part": "manager"})
    manager.send("finish")
    assert "계획을 올렸어요" in manager.text, manager.text[:600]
    principal.open(plan)
    principal.press('form[action$="/approve"] button')
    assert "승인했어요" in principal.text, principal.text[:600]
    manager.open(plan)
    assert "고칠 수 없음" in manager.text


def serve(browser, case):
    browser.open(f"{case}/write/contact")
    # What is likely stands there: today, now, in person, safe.
    assert browser.driver.find_element("name", "day").get_attribute("value")
    browser.answer(service="D16", minutes="20", goals=["1"], facts="조식 간편식을 함께 먹었다.",
                   said="이제 안 졸려요.", closure_notice="yes")
    sound(browser, "journey-contact-1280")
    browser.send("finish")
    assert "조식 간편식을 함께 먹었다." in browser.text
    browser.open(f"{case}/write/contact")
    browser.answer(service="D15", minutes="70", facts="행정복지센터에 함께 다녀왔다.", closure_notice="yes")
    browser.send("finish")
    assert "행정복지센터" in browser.text


def monitor(browser, case):
    browser.open(f"{case}/write/monitoring")
    browser.answer_all({"ratings.0.rating": "0", "delivery": "as-planned", "student-words": "이제 아침에 배가 안 고파요.",
                        "adjustments": ["AJ1"]})
    sound(browser, "journey-monitoring-1280")
    browser.send("finish")
    assert "이제 아침에 배가 안 고파요." in browser.text, browser.text[:600]


def reassess(browser, case):
    browser.open(f"{case}/write/reassessment")
    # It starts from what was found last time.
    assert browser.driver.find_element("name", "needs.0.area").get_attribute("value") == "N07"
    browser.answer_all({"needs.0.severity": "1", "risk-living": "1", "level": "2", "changes": "결식이 줄었다.",
                        "decision": "close"})
    sound(browser, "journey-reassessment-1280")
    browser.send("finish")
    assert "재사정을 마쳤어요" in browser.text, browser.text[:800]
    browser.follow("적은 것 보기")
    assert "2 나아짐" in browser.text
    sound(browser, "journey-compared-1280")


def close(browser, case):
    browser.open(f"{case}/write/evaluation")
    browser.answer_all({"ratings.0.rating": "1", "late-before": "9", "late-after": "2", "satisfaction-student": "5",
                        "effects": "아침을 먹고 오는 날이 한 주 엿새로 늘었다."})
    sound(browser, "journey-evaluation-1280")
    browser.send("finish")
    assert "평가를 마쳤어요" in browser.text, browser.text[:800]
    browser.open(f"{case}/write/closure")
    summary = browser.driver.find_element("name", "summary").get_attribute("value")
    assert "아침을 먹고 하루를 시작한다" in summary and "60.0" in summary, summary
    browser.answer_all({"reason": "TR-01", "notified-student": day(), "notified-student-method": "in-person",
                        "notified-guardian": day(), "notified-guardian-method": "phone"})
    sound(browser, "journey-closure-1280")
    browser.send("finish")
    assert "사례를 마쳤어요" in browser.text, browser.text[:900]


def follow_up(browser, case):
    for number, action in ((1, "add"), (2, "end")):
        browser.open(f"{case}/write/follow-up")
        browser.answer_all({"state": "kept", "action": action, "note": f"사후관리 {number}번째"})
        sound(browser, f"journey-follow-up-{number}-1280")
        browser.send("finish")
        assert f"사후관리 {number}번째" in browser.text or "저장했어요" in browser.text, browser.text[:800]
    browser.open(f"{case}/write/contact")
    assert "record-form" not in browser.driver.page_source


def begin_again(browser, case, student):
    browser.open(f"{case}/manage")
    sound(browser, "journey-manage-1280")
    browser.press('form[action$="/reopen"] button')
    assert "새 회차를 시작했어요" in browser.text, browser.text[:600]
    assert student in browser.text and case not in browser.path
