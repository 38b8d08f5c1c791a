"""Around the cases: students, class lists, people, schools, resources, oversight, the second step."""

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pyotp
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

ROOT = Path(__file__).resolve().parents[2]


def no_barrier(browser, where):
    assert browser.axe() == [], (where, browser.axe())
    overflow = browser.driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, (where, overflow)


def click(browser, selector):
    before = browser.page()
    browser.driver.find_element(By.CSS_SELECTOR, selector).click()
    browser.wait(lambda _: gone(before))
    browser.page()


def gone(element):
    try:
        element.is_enabled()
        return False
    except Exception:
        return True


def choose(browser, name, value):
    field = browser.driver.find_element(By.NAME, name)
    field.find_element(By.CSS_SELECTOR, f'option[value="{value}"]').click()


def links(browser, pattern):
    found = [a.get_attribute("href") for a in browser.driver.find_elements(By.CSS_SELECTOR, "main a[href]")]
    return [href.removeprefix(browser.server.origin) for href in found if re.search(pattern, href)]


def student(browser, name="김다온"):
    browser.open(f"/students?q={name}")
    return links(browser, r"/students/[0-9a-f-]{36}$")[0]


def test_students_of_one_name_are_told_apart_and_found_by_initials(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"])
    browser.open("/students?q=ㄱㄷㅇ")
    rows = [row.text for row in browser.driver.find_elements(By.CSS_SELECTOR, "tbody tr")]
    named = [row for row in rows if "김다온" in row]
    assert named and len(set(named)) == len(named), rows
    browser.shot("students-1280")
    no_barrier(browser, "students")
    browser.open("/students?q=없는이름")
    assert "맞는 학생이 없어요" in browser.text
    teacher = window(width=360, height=740)
    teacher.sign_in(server.roles["teacher"])
    teacher.open(student(browser))
    assert "연락처와 가정 보기" not in teacher.text
    path = teacher.path
    teacher.open(path + "/household")
    assert "주소" not in teacher.text and "010-" not in teacher.text


def test_a_household_is_kept_and_two_editors_see_both_texts(server, window):
    first, second = window(width=1280, height=900), window(width=360, height=780)
    for browser in (first, second):
        browser.sign_in(server.roles["case-manager"])
    path = student(first)
    first.open(path)
    no_barrier(first, "student")
    first.shot("student-1280")
    for browser in (first, second):
        browser.open(path + "/profile")
    first.fill("phone", "010-0000-1111").press()
    assert "저장했어요" in first.text
    second.fill("phone", "010-0000-2222").press()
    assert "그사이 다른 사람이 고쳤어요" in second.text
    assert "010-0000-1111" in second.text and "010-0000-2222" in second.text
    second.shot("household-conflict-360")
    no_barrier(second, "conflict")
    second.press()
    assert "010-0000-2222" in second.text and "저장했어요" in second.text

    first.open(path + "/people/new").press()
    assert first.driver.title.startswith("오류"), first.driver.title
    choose(first, "relation", "RS06")
    first.fill("name", "이누리").fill("phone", "010-0000-3333")
    first.driver.find_element(By.CSS_SELECTOR, "input[value=main-carer]").click()
    first.shot("relative-1280")
    no_barrier(first, "relative")
    first.press()
    assert "이누리" in first.text and "주로 돌보는 사람" in first.text
    first.driver.find_element(By.CSS_SELECTOR, "#categories ~ details summary").click()
    choose(first, "code", "WC-03")
    click(first, "form[action$='/categories'] button")
    assert "보호대상 한부모" in first.text and "확인" in first.text
    no_barrier(first, "household")
    first.shot("household-1280")
    person = [way for way in links(first, r"/people/[0-9a-f-]{36}$")][-1]
    first.open(person + "/end")
    no_barrier(first, "end of a relation")
    click(first, "main form button.danger")
    assert "지난 관계" in first.text
    dark = window(width=320, height=700, dark=True)
    dark.sign_in(server.roles["case-manager"])
    dark.open(path + "/household")
    no_barrier(dark, "household 320 dark")
    dark.shot("household-320-dark")


def test_a_student_is_added_by_hand(server, window):
    browser = window(width=360, height=780)
    browser.sign_in(server.roles["case-manager"])
    browser.open("/students/new").fill("name", "새봄").fill("birth-day", "어제").press()
    assert browser.driver.title.startswith("오류"), browser.driver.title
    assert browser.driver.find_element(By.NAME, "name").get_attribute("value") == "새봄"
    browser.shot("new-student-wrong-360")
    no_barrier(browser, "new student")
    browser.fill("birth-day", "2016. 4. 2.").fill("number", "99001").fill("grade", "4").fill("class", "2").press()
    assert "학생을 더했어요" in browser.text and "4-2" in browser.text


def test_a_class_list_comes_in_and_bad_rows_are_named(server, window):
    file = Path(server.folder) / "roster.csv"
    told = json.loads(subprocess.run(
        [sys.executable, ROOT / "bin/make-roster", "--rows", "600", "--broken", "0.01", "--format", "cp949",
         "--output", file], check=True, capture_output=True).stdout)
    browser = window(width=1280, height=900, script=False)
    browser.sign_in(server.roles["administrator"])
    browser.open("/rosters").press()
    assert browser.driver.title.startswith("오류"), browser.driver.title
    no_barrier(browser, "rosters")
    school = browser.driver.find_elements(By.CSS_SELECTOR, "select[name=school] option")[1].get_attribute("value")
    choose(browser, "school", school)
    browser.driver.find_element(By.NAME, "file").send_keys(str(file))
    browser.shot("roster-1280")
    browser.press()
    assert "CP949" in browser.text
    # A column is read as something else, and put right again.
    browser.driver.find_element(By.CSS_SELECTOR, "#mapping summary").click()
    choose(browser, "column.4", "")
    click(browser, "#mapping button")
    assert "어느 열인지 골라 주세요" in browser.text
    browser.shot("roster-unmapped-1280")
    no_barrier(browser, "roster without a name column")
    choose(browser, "column.4", "name")
    click(browser, "#mapping button")
    browser.shot("roster-preview-1280")
    no_barrier(browser, "roster preview")
    browser.driver.find_element(By.CSS_SELECTOR, "input[value=all-or-nothing]").click()
    click(browser, "form[action$='/run'] button")
    assert "받을 수 없는 행이" in browser.text and browser.driver.title.startswith("오류")
    browser.driver.find_element(By.CSS_SELECTOR, "input[value=good-rows-only]").click()
    click(browser, "form[action$='/run'] button")
    browser.wait(lambda _: "명단을 가져왔어요" in browser.text, 60)
    counts = [entry.text for entry in browser.driver.find_elements(By.CSS_SELECTOR, ".counts dd")]
    assert str(told["good"]) in counts and str(told["rows"] - told["good"]) in counts, (counts, told)
    browser.shot("roster-done-1280")
    no_barrier(browser, "roster report")
    path = links(browser, r"problems\.csv$")[0]
    rows = list(csv.reader(io.StringIO(taken(browser, server, path).decode("utf-8-sig"))))
    assert len(rows) == 1 + told["rows"] - told["good"], rows
    phone = window(width=320, height=700, dark=True)
    phone.sign_in(server.roles["administrator"])
    phone.open(path.removesuffix("/problems.csv"))
    phone.shot("roster-done-320-dark")
    no_barrier(phone, "roster report 320 dark")


def test_somebody_is_added_given_roles_and_ended(server, window):
    browser = window(width=1280, height=900, script=False)
    browser.sign_in(server.roles["administrator"])
    browser.open("/staff")
    no_barrier(browser, "staff")
    browser.shot("staff-1280")
    browser.open("/staff/new").fill("name", "한새별").fill("sign-in-name", "saebyeol").press()
    assert browser.driver.title.startswith("오류"), browser.driver.title
    browser.driver.find_element(By.CSS_SELECTOR, "input[value=teacher]").click()
    no_barrier(browser, "new staff")
    browser.press()
    password = browser.driver.find_element(By.ID, "first-password").text
    browser.shot("first-password-1280")
    no_barrier(browser, "first password")
    new = window(width=360, height=740, script=False)
    new.sign_in("saebyeol", password)
    assert new.path.startswith("/account/password"), new.path
    click(browser, "main a.primary")
    no_barrier(browser, "member of staff")
    browser.shot("staff-member-1280")
    phone = window(width=320, height=740)
    phone.sign_in(server.roles["administrator"])
    phone.open(browser.path.split("?")[0])
    phone.shot("staff-member-320")
    no_barrier(phone, "member of staff 320")
    click(browser, "a.danger")
    no_barrier(browser, "end of work")
    click(browser, "main form button.danger")
    assert "일을 끝냈어요" in browser.text
    new.open("/students")
    assert new.path.startswith("/sign-in"), new.path
    teacher = window()
    teacher.sign_in(server.roles["teacher"])
    teacher.open("/staff")
    assert "찾는 화면이 없어요" in teacher.text


def test_a_school_has_its_year(server, window):
    browser = window(width=360, height=780, script=False)
    browser.sign_in(server.roles["administrator"])
    browser.open("/schools")
    no_barrier(browser, "schools")
    browser.open("/schools/new").fill("name", "새솔중(가상)")
    choose(browser, "kind", "middle")
    browser.press()
    assert "학교를 더했어요" in browser.text
    browser.open(browser.path.split("?")[0] + "/years/2026")
    browser.fill("first-term-ends", "2026. 8. 16.")
    fields = browser.driver.find_elements(By.NAME, "from")
    fields[0].send_keys("2026. 9. 1.")
    browser.driver.find_elements(By.NAME, "until")[0].send_keys("2026. 8. 1.")
    browser.press()
    assert "끝나는 날이 시작보다 빨라요" in browser.text
    browser.shot("school-year-360")
    no_barrier(browser, "school year")
    browser.driver.find_elements(By.NAME, "until")[0].clear()
    browser.press()
    assert "학년도를 저장했어요" in browser.text and "2026. 9. 1." in browser.text
    no_barrier(browser, "school")


def test_a_resource_is_found_checked_and_changed(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"])
    browser.open("/resources?need=N07")
    browser.shot("resources-1280")
    no_barrier(browser, "resources")
    browser.open(links(browser, r"/resources/[0-9a-f-]{36}#")[0].split("#")[0])
    no_barrier(browser, "resource")
    browser.shot("resource-1280")
    card = browser.path
    click(browser, "form.inline button.primary")
    assert "오늘 확인한 것으로 적었어요" in browser.text and "강예담" in browser.text, browser.text[:800]
    browser.open(card + "/edit").fill("phone", "02-0000-0999")
    no_barrier(browser, "resource form")
    browser.press()
    assert "02-0000-0999" in browser.text and "저장했어요" in browser.text
    browser.open(card + "/services/new")
    browser.fill("name", "토요 공부방")
    browser.fill("hours", "토요일에 열어요")
    browser.driver.find_element(By.CSS_SELECTOR, 'input[name="needs"][value="N01"]').click()
    choose(browser, "status", "active")
    browser.press()
    assert browser.driver.title.startswith("오류") and "월-금 09:00-18:00처럼" in browser.text, browser.text[:600]
    assert browser.driver.find_element(By.NAME, "hours").get_attribute("value") == "토요일에 열어요"
    no_barrier(browser, "service form")
    browser.shot("service-form-1280")
    browser.fill("hours", "토 10:00-17:00")
    browser.press()
    assert "토요 공부방" in browser.text and "토 10:00-17:00" in browser.text
    browser.open("/resources?q=" + urllib.parse.quote("토요공부"))
    assert "토요 공부방" in browser.text
    browser.open("/resources/new").press()
    assert browser.driver.title.startswith("오류"), browser.driver.title
    phone = window(width=320, height=700, dark=True)
    phone.sign_in(server.roles["teacher"])
    phone.open("/resources")
    phone.shot("resources-320-dark")
    no_barrier(phone, "resources 320 dark")
    assert "자원 더하기" not in phone.text
    phone.open(card)
    phone.shot("resource-320-dark")
    no_barrier(phone, "resource 320 dark")
    assert "오늘 확인했어요" not in phone.text


def test_what_fits_a_student_is_told_with_its_reasons(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"])
    browser.open("/cases?q=" + urllib.parse.quote("이도윤"))
    browser.open(links(browser, r"/cases/[0-9a-f-]{36}$")[0])
    browser.open(links(browser, r"/cases/[0-9a-f-]{36}/matches$")[0])
    assert "이도윤에게 맞는 자원" in browser.text and "자리 4개 있음" in browser.text, browser.text[:900]
    no_barrier(browser, "matches")
    browser.shot("matches-1280")
    phone = window(width=320, height=700)
    phone.sign_in(server.roles["case-manager"])
    phone.open(browser.path)
    phone.shot("matches-320")
    no_barrier(phone, "matches 320")


def test_what_is_missing_is_noted_gathered_and_developed(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"])
    browser.open("/cases?q=" + urllib.parse.quote("이도윤"))
    browser.open(links(browser, r"/cases/[0-9a-f-]{36}$")[0] + "/matches?need=N06")
    note = 'form[action$="/unmet"] button'
    browser.press(note)
    assert browser.driver.title.startswith("오류"), browser.driver.title
    no_barrier(browser, "matches with a problem")
    choose(browser, "reason", "hours")
    browser.fill("text", "토요일 부모 모임").press(note)
    assert "모자란 자원으로 적었어요" in browser.text and "토요일 부모 모임" in browser.text, browser.text[:900]
    browser.open("/gaps?period=two-years")
    assert "가족관계·양육" in browser.text and "토요 공부방 마련하기" in browser.text, browser.text[:1200]
    no_barrier(browser, "gaps")
    browser.whole("gaps-1280")
    browser.open("/developments/new?need=N06")
    browser.press()
    assert browser.driver.title.startswith("오류"), browser.driver.title
    browser.fill("title", "토요 부모 모임 마련하기").press()
    browser.fill("who", "다솜종합사회복지관(가상) 가족지원팀").fill("text", "토요일 오전에 방을 내주기로 했다.")
    browser.press('form[action$="/talks"] button.primary')
    assert "만난 일을 적었어요" in browser.text and "이야기 중" in browser.text, browser.text[:900]
    no_barrier(browser, "development")
    browser.shot("development-1280")
    browser.driver.find_element(By.CSS_SELECTOR, "details.fold summary").click()
    browser.press('form[action$="/end"] button.primary')
    assert browser.driver.title.startswith("오류"), browser.driver.title
    Select(browser.driver.find_element(By.NAME, "resource")).select_by_visible_text("다솜종합사회복지관(가상)")
    browser.press('form[action$="/end"] button.primary')
    assert "자원이 생겼어요" in browser.text, browser.text[:900]
    phone = window(width=320, height=700, dark=True)
    phone.sign_in(server.roles["principal"])
    phone.open("/gaps?period=two-years")
    no_barrier(phone, "gaps 320 dark")
    phone.shot("gaps-320-dark")
    assert "자원 개발 시작" not in phone.text


def test_the_figures_of_a_month_come_by_themselves(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"])
    browser.open("/cases")
    click(browser, 'a[href^="/months"]')
    no_barrier(browser, "months")
    browser.open("/months?month=2026-10")
    assert "2026년 10월 실적" in browser.text and "준 서비스" in browser.text, browser.text[:900]
    sums = [row.text for row in browser.driver.find_elements(By.CSS_SELECTOR, "#services ~ table tr") if "합계" in row.text]
    assert len(sums) == 1 and re.search(r"합계 \d+ \d+ \d+ [\d,]+시간", sums[0]), sums
    browser.whole("months-1280")
    click(browser, 'nav a[href*="2026-09"]')
    assert "2026년 9월 실적" in browser.text
    # What is still to come is the month it is.
    browser.open("/months?month=2199-01")
    assert "2199" not in browser.text
    rows = list(csv.reader(io.StringIO(taken(browser, server, "/months.csv?month=2026-10").decode("utf-8-sig"))))
    assert rows[0][0] == "2026년 10월 실적" and ["준 서비스"] in rows, rows[:5]
    assert taken(browser, server, "/months.xlsx?month=2026-10").startswith(b"PK")
    phone = window(width=320, height=700, dark=True)
    phone.sign_in(server.roles["principal"])
    phone.open("/months?month=2026-10")
    assert "준 서비스" in phone.text, phone.text[:600]
    no_barrier(phone, "months 320 dark")
    phone.whole("months-320-dark")


def taken(browser, server, path):
    """The bytes of a file, with the session of whoever looks."""
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in browser.driver.get_cookies())
    request = urllib.request.Request(server.origin + path, headers={"Cookie": cookies})
    return urllib.request.urlopen(request, timeout=30).read()


def test_a_directory_goes_out_and_comes_in_again(server, window):
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["case-manager"])
    browser.open("/directory")
    no_barrier(browser, "directory files")
    browser.driver.find_element(By.NAME, "file").send_keys(str(Path(__file__)))
    browser.press()
    assert browser.driver.title.startswith("오류"), browser.driver.title
    table = Path(tempfile.mkdtemp()) / "resources.csv"
    table.write_text("기관명,기관유형,서비스명,전화\n새봄센터(가상),지역아동센터,주말 돌봄,02-0000-0199\n,,이름 없는 곳,\n",
                     encoding="utf-8")
    browser.driver.find_element(By.NAME, "file").send_keys(str(table))
    browser.press()
    assert "들여올 목록" in browser.text and "3행" in browser.text, browser.text[:900]
    no_barrier(browser, "directory import")
    browser.whole("directory-import-1280")
    browser.press('button[name="choice"][value="all"]')
    assert browser.driver.title.startswith("오류"), browser.driver.title
    browser.press('button[name="choice"][value="some"]')
    assert "다 들였어요" in browser.text, browser.text[:900]
    browser.open("/resources?q=" + urllib.parse.quote("새봄센터"))
    assert "주말 돌봄" in browser.text and "지역아동센터" in browser.text


def test_the_privacy_officer_sees_who_looked(server, window):
    manager = window()
    manager.sign_in(server.roles["case-manager"])
    path = student(manager)
    manager.open(path + "/household")
    browser = window(width=1280, height=900)
    browser.sign_in(server.roles["privacy-officer"])
    browser.open("/oversight/reads")
    assert "보호자와 연락처" in browser.text and "127.0.0.1" in browser.text, browser.text[:800]
    browser.shot("access-log-1280")
    no_barrier(browser, "access log")
    browser.open(links(browser, r"student=")[0])
    whose = {cell.text for cell in browser.driver.find_elements(By.CSS_SELECTOR, "tbody td:nth-child(3)")}
    assert len(whose) == 1, whose
    browser.open("/oversight/events")
    browser.shot("events-1280")
    no_barrier(browser, "events")
    browser.open("/oversight/chain").press("main form button.primary")
    assert "기록이 온전해요" in browser.text, browser.text[:600]
    browser.shot("chain-1280")
    no_barrier(browser, "chain")
    browser.open(path)
    assert "김다온" not in browser.text
    phone = window(width=320, height=700, dark=True)
    phone.sign_in(server.roles["privacy-officer"])
    phone.open("/oversight/reads")
    phone.shot("access-log-320-dark")
    no_barrier(phone, "access log 320 dark")
    manager.open("/oversight/reads")
    assert "찾는 화면이 없어요" in manager.text


def test_the_second_step_is_set_up_used_and_taken_off(server, window):
    browser = window(width=360, height=780)
    name = server.roles["centre-staff"]
    browser.sign_in(name)
    browser.open("/account/second-step")
    browser.shot("second-step-360")
    no_barrier(browser, "second step")
    secret = browser.driver.find_element(By.ID, "secret").text
    browser.fill("code", "000000").fill("password", server.password).press()
    assert browser.driver.title.startswith("오류"), browser.driver.title
    assert browser.driver.find_element(By.ID, "secret").text == secret
    code = pyotp.TOTP(secret.replace(" ", ""))
    used = code.now()
    browser.fill("code", used).fill("password", server.password).press()
    recovery = [entry.text for entry in browser.driver.find_elements(By.CSS_SELECTOR, "#recovery code")]
    assert len(recovery) == 10, recovery
    browser.shot("recovery-360")
    no_barrier(browser, "recovery codes")
    browser.open("/account/second-step")
    assert recovery[0] not in browser.text
    no_barrier(browser, "second step on")

    other = window(width=360, height=780)
    other.sign_in(name)
    assert other.path.startswith("/sign-in/code"), other.path
    other.open("/students")
    assert other.path.startswith("/sign-in/code"), other.path
    other.fill("code", used).press()
    assert other.path.startswith("/sign-in/code"), "a code is taken once only"
    # The next step of the app, at most half a minute away.
    other.wait(lambda _: code.now() != used, 35)
    other.fill("code", code.now()).press()
    assert not other.path.startswith("/sign-in"), other.path
    browser.fill("code", recovery[0].lower()).fill("password", server.password)
    click(browser, "button.danger")
    assert "껐어요" in browser.text
