"""A long note is cut off in the middle: by the clock, by a browser that dies, by another device. It is offered again."""

import os
import signal
import sqlite3
import subprocess
import time

from house import Browser
from test_acts import case_of
from test_programme import add_days, today

# Composed and decomposed syllables, emoji joined by invisible letters, what HTML would read, every kind of line.
LINE = "{}. “배고파요”라고 했다 & <b>웃었다</b> 👩🏽‍🏫👨‍👩‍👧‍👦🇰🇷 한글 Ω — 끝\t。 "
LONG = "\n\n" + "\n".join(LINE.format(number) for number in range(80)) + "\n\n "


def typed(browser, name="facts"):
    return browser.driver.find_element("name", name).get_attribute("value")


def note(browser, server, text):
    browser.sign_in(server.roles["case-manager"], server.password)
    case = case_of(browser, server, "이도윤")
    browser.open(f"{case}/write/contact?draft=new").answer(facts=text)
    return f"{case}/write/contact"


def saying(browser):
    """What the page says of the draft: when it was kept last."""
    return next((line for line in browser.text.splitlines() if "초안 저장됨" in line), None)


def kept(browser, before=None):
    """Waits until the draft is kept; where one was kept already, `before` is what the page said of it."""
    browser.wait(lambda _: saying(browser) not in (None, before), 15)


def same(found, text):
    assert found.encode() == text.encode(), (len(found), len(text), found[:60], found[-60:])


def offered(browser, page, text):
    browser.open(page)
    assert "적다 만 글이 있어요" in browser.text, browser.text[:400]
    browser.follow("이어서 쓰기")
    same(typed(browser), text)


def run_out(server):
    """As when nobody has touched a page for longer than a session lasts: what the trail knows of a session stays as it is."""
    with sqlite3.connect(f"{server.folder}/demo/gyeot.sqlite", timeout=30) as store:
        store.execute("UPDATE sign_in_session SET seen_at = seen_at - 86400000")


def write_on(browser, words):
    """Types at the end of the note, as a hand does."""
    browser.driver.execute_script(
        "const f = document.querySelector('[name=facts]'); f.value += arguments[0];"
        "f.dispatchEvent(new Event('input', {bubbles: true}))", words)


def sign_in_beside(browser, server):
    """Signs in in the window that the page itself opens, and comes back."""
    here = browser.driver.current_window_handle
    browser.driver.execute_script("arguments[0].click()", browser.driver.find_element("css selector", "[data-sign-in]"))
    browser.wait(lambda driver: len(driver.window_handles) > 1)
    browser.driver.switch_to.window(next(w for w in browser.driver.window_handles if w != here))
    browser.wait(lambda driver: driver.find_elements("name", "password"))
    browser.fill("name", server.roles["case-manager"]).fill("password", server.password).press()
    browser.driver.close()
    browser.driver.switch_to.window(here)


def test_time_runs_out_and_the_note_is_offered_after_signing_in(server, window):
    browser = window()
    page = note(browser, server, LONG)
    kept(browser)
    run_out(server)
    browser.open(page)
    assert "/sign-in" in browser.path
    browser.fill("name", server.roles["case-manager"]).fill("password", server.password).press()
    offered(browser, page, LONG)


def test_the_sweep_of_a_session_is_offered_with_marks_and_lines(server, window):
    browser = window()
    browser.sign_in(server.roles["case-manager"], server.password)
    day = today(browser)
    browser.open("/programmes/new")
    school = browser.driver.execute_script(
        "return [...document.querySelectorAll('#school option')].find(o => o.text.startsWith('별내음')).value")
    browser.answer(school=school, name="바둑 모임", service="D12", first=day, last=add_days(day, 60), places="4",
                   rhythm="금요일 15:00", place="교육복지실")
    browser.press()
    programme = browser.path.split("?")[0]
    browser.open(f"{programme}/seats")
    box = next(box for box in browser.driver.find_elements("css selector", "input[name=case]")
               if "이도윤" in box.find_element("xpath", "..").text)
    browser.driver.execute_script("arguments[0].click()", box)
    browser.press("main form:not([role=search]) button.primary")
    page = f"{programme}/sessions/new"
    browser.open(f"{page}?draft=new")
    lines = browser.driver.find_elements("css selector", "input[name^='_line.']")
    assert lines, browser.text[:600]
    line = lines[0].get_attribute("name")
    mark = line.replace("_line", "_mark")
    browser.answer_all({"_topic": "규칙 정하기", line: "독감이라고 전화가 왔다. 🌱", mark: "excused", "facts": "셋이 했다."})
    browser.driver.execute_script(
        "document.querySelector('[name=facts]').dispatchEvent(new Event('input', {bubbles: true}))")
    kept(browser)
    run_out(server)
    browser.open(page)
    assert "/sign-in" in browser.path
    browser.fill("name", server.roles["case-manager"]).fill("password", server.password).press()
    browser.open("/today")
    assert "집단 프로그램 출석" in browser.text, browser.text[-800:]
    browser.open(page)
    assert "적다 만 글이 있어요" in browser.text, browser.text[:400]
    browser.follow("이어서 쓰기")
    same(typed(browser), "셋이 했다.")
    same(typed(browser, "_topic"), "규칙 정하기")
    same(typed(browser, line), "독감이라고 전화가 왔다. 🌱")
    chosen = browser.driver.find_element("css selector", f"input[name='{mark}']:checked").get_attribute("value")
    assert chosen == "excused", chosen


def test_time_runs_out_while_one_writes_on(server, window):
    browser = window(width=360, height=740)
    page = note(browser, server, LONG)
    kept(browser)
    run_out(server)
    more = "쓰던 중에 시간이 지났다. 🌱"
    write_on(browser, more)
    browser.wait(lambda _: "로그인 시간이 지났어요" in browser.text, 15)
    # Saving takes nothing along to a page that would lose it.
    browser.driver.execute_script(
        "document.querySelector('#record-form').requestSubmit(document.querySelector('#record-form button.primary'))")
    time.sleep(1)
    assert browser.path.startswith(page), browser.path
    same(typed(browser), LONG + more)
    sign_in_beside(browser, server)
    browser.wait(lambda _: "초안 저장됨" in browser.text, 20)
    other = window()
    other.sign_in(server.roles["case-manager"], server.password)
    offered(other, page, LONG + more)
    # And the page itself goes on: what is sent now is taken.
    browser.answer(service="D01", minutes="10")
    browser.send("finish")
    assert "쓰던 중에 시간이 지났다." in browser.text, browser.text[:400]


def test_without_script_the_words_come_back_with_the_refusal(server, window):
    browser = window()
    note(browser, server, LONG)
    kept(browser)
    run_out(server)
    # The form by itself, without the module that would hold it back.
    browser.driver.execute_script("HTMLFormElement.prototype.submit.call(document.querySelector('#record-form'))")
    browser.wait(lambda _: "로그인 시간이 지났어요" in browser.text)
    same(typed(browser), LONG)


def test_the_browser_dies_and_the_note_is_offered_on_another_device(server, window, out):
    dying = Browser(server, out)
    try:
        page = note(dying, server, LONG)
        kept(dying)
        # The processes of the browser go, without a word to anybody.
        crash(dying)
    finally:
        try:
            dying.close()
        except Exception:
            pass
    phone = window(width=360, height=740)
    phone.sign_in(server.roles["case-manager"], server.password)
    offered(phone, page, LONG)


def test_whoever_never_pauses_loses_no_more_than_ten_seconds(server, window, out):
    dying = Browser(server, out)
    try:
        page = note(dying, server, "")
        begun, words = time.monotonic(), 0
        while time.monotonic() - begun < 13:
            words += 1
            write_on(dying, f"{words}번째 말 ")
            time.sleep(0.4)
        crash(dying)
    finally:
        try:
            dying.close()
        except Exception:
            pass
    other = window()
    other.sign_in(server.roles["case-manager"], server.password)
    other.open(page)
    assert "적다 만 글이 있어요" in other.text, "nothing was kept of thirteen seconds"
    other.follow("이어서 쓰기")
    whole = "".join(f"{number}번째 말 " for number in range(1, words + 1))
    found = typed(other)
    assert whole.startswith(found) and found.count("번째") >= 5, found


def test_the_second_device_goes_on_and_both_know(server, window):
    desk, phone = window(), window(width=360, height=740)
    page = note(desk, server, LONG)
    kept(desk)
    phone.sign_in(server.roles["case-manager"], server.password)
    offered(phone, page, LONG)
    before = saying(phone)
    write_on(phone, "전화기에서 덧붙임 📱")
    kept(phone, before)
    third = window()
    third.sign_in(server.roles["case-manager"], server.password)
    offered(third, page, LONG + "전화기에서 덧붙임 📱")


def crash(browser):
    """Ends every process of the browser at once, as a machine that loses its power does."""
    mother = browser.driver.service.process.pid
    found, level = [], [mother]
    while level:
        said = subprocess.run(["ps", "-o", "pid=", "--ppid", ",".join(map(str, level))], capture_output=True, text=True)
        level = [int(pid) for pid in said.stdout.split()]
        found += level
    assert found, "the browser has processes"
    for pid in found:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
