"""A case manager asks an agency for help, the agency answers without an account, and the loop closes.

Two parties, two browsers, no scripts: the case manager at 1280 px, the agency on a small telephone at 320 px.
"""

import pathlib
import re
import tempfile


def sound(browser, name):
    browser.whole(name)
    assert browser.overflow() <= 0, f"{name} is {browser.overflow()} px too wide"
    violations = browser.axe()
    assert violations == [], f"{name}: {violations}"


def test_the_loop_closes(server, window):
    manager = window(width=1280, height=900, script=False)
    manager.sign_in(server.roles["case-manager"], server.password)
    case = find_case(manager)
    resource = agree(manager, case)

    # What is missing is named beside its field, and nothing typed is lost.
    manager.open(f"{case}/linkages")
    sound(manager, "linkages-1280")
    manager.open(f"{case}/linkages/new?resource={resource}&need=N04")
    manager.answer(message="")
    manager.press("main form button.primary")
    assert "고쳐 주세요" in manager.text, manager.text[:400]
    sound(manager, "linkage-form-errors-1280")
    manager.answer(message="주 1회 상담으로 도와주세요.")
    tick(manager, "items", {"name", "grade", "needs", "student-words"})
    manager.answer_all({"texts.student-words": "이야기를 들어줄 사람이 있으면 좋겠어요."})
    manager.press("main form button.primary")
    assert "보내기 전에 확인해 주세요" in manager.text, manager.text[:600]
    assert "이야기를 들어줄 사람이" in manager.text
    sound(manager, "linkage-preview-1280")
    manager.press("button[value=consent]")
    assert "주소와 번호를 알려 주세요" in manager.text, manager.text[:600]
    sound(manager, "linkage-sent-1280")
    address = manager.driver.find_element("id", "agency-address").text
    code = manager.driver.find_element("id", "agency-code").text
    assert re.fullmatch(r"[0-9]{6}", code)
    path = re.sub(r"^https?://[^/]+", "", address)

    agency = window(width=320, height=640, script=False)
    agency.open(path)
    assert "번호를 넣어 주세요" in agency.text and "들어줄 사람이" not in agency.driver.page_source
    sound(agency, "agency-code-320")
    agency.answer(code="000000" if code != "000000" else "000001").press("main form button.primary")
    assert "4번 더" in agency.text, agency.text[:400]
    agency.answer(code=code).press("main form button.primary")
    assert "의뢰에 답해 주세요" in agency.text, agency.text[:400]
    assert "이야기를 들어줄 사람이" in agency.text and "○" in agency.text
    sound(agency, "agency-form-320")
    # Without a choice nothing is sent and what was typed stays.
    agency.answer(words="고맙습니다.").press("main form button.primary")
    assert "고쳐 주세요" in agency.text
    assert agency.driver.find_element("name", "words").get_attribute("value") == "고맙습니다."
    agency.answer(choice="accept", meeting="4월 28일 16:00", contact="김가온 02-000-0000")
    with tempfile.TemporaryDirectory() as folder:
        picture = pathlib.Path(folder, "map.png")
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
        agency.driver.find_element("name", "file").send_keys(str(picture))
        agency.press("main form button.primary")
    assert "답을 보냈어요" in agency.text, agency.text[:600]
    sound(agency, "agency-receipt-320")
    following = re.sub(r"^https?://[^/]+", "", agency.driver.find_element("id", "agency-next").text)

    # The address is used up.
    agency.open(path)
    assert "이미 쓴 주소예요" in agency.text
    sound(agency, "agency-used-320")

    manager.open("/today")
    assert "연계한 기관이 답했어요" in manager.text, manager.text[:1500]
    manager.open(f"{case}/linkages")
    assert "받아들였어요" in manager.text
    manager.follow("다솜1동행정복지센터")
    assert "김가온" in manager.text and "map.png" in manager.text
    sound(manager, "linkage-accepted-1280")

    agency.open(following)
    agency.answer(code=code).press("main form button.primary")
    assert "어떻게 되었는지 알려 주세요" in agency.text, agency.text[:400]
    agency.answer(choice="completed", words="여섯 번 만났습니다.").press("main form button.primary")
    assert "함께해 주셔서 고맙습니다" in agency.text

    manager.open(f"{case}/linkages")
    manager.follow("다솜1동행정복지센터")
    manager.answer(got="yes", score="8")
    words = manager.driver.find_element("css selector", "#help textarea")
    words.send_keys("잠이 잘 와요.")
    manager.press("#help form button")
    assert "학생의 답을 남겼어요" in manager.text, manager.text[:600]
    sound(manager, "linkage-helped-1280")
    manager.open(case)
    sound(manager, "linkage-case-1280")
    manager.open("/ledger")
    assert "02-000-0000" not in manager.text and "일회용 주소와 번호" in manager.text
    sound(manager, "ledger-1280")
    small(server, window, case)


def small(server, window, case):
    """The same pages on a small telephone: nothing sideways."""
    phone = window(width=320, height=640, script=False)
    phone.sign_in(server.roles["case-manager"], server.password)
    phone.open(f"{case}/linkages")
    sound(phone, "linkages-320")
    phone.press("main li[data-row] a")
    sound(phone, "linkage-320")
    phone.open(f"{case}/linkages/new?need=N04")
    sound(phone, "linkage-form-320")
    phone.open("/ledger")
    sound(phone, "ledger-320")


def find_case(browser):
    """The first of the demo's cases that are under way."""
    browser.open("/cases")
    link = browser.driver.find_element("css selector", "main a[href^='/cases/']").get_attribute("href")
    return re.sub(r"^https?://[^/]+|\?.*$", "", link)


def agree(browser, case):
    """Student and guardian, whoever has to, say yes to telling one agency."""
    chosen = None
    for party in ("student", "guardian"):
        browser.open(f"{case}/consent/ask?party={party}&purpose=share")
        options = browser.driver.find_elements("css selector", "#recipient option")
        chosen = chosen or next(o.get_attribute("value") for o in options if o.get_attribute("value"))
        browser.answer(recipient=chosen)
        tick(browser, "share-items", {"name", "grade", "needs", "student-words"})
        yes = browser.driver.find_element("css selector", "input[name=share][value=yes]")
        browser.driver.execute_script("arguments[0].click()", yes)
        if browser.driver.find_elements("name", "guardian-confirmation"):
            browser.answer(guardian_confirmation="signature")
        browser.press("button.primary.big")
        assert "답을 남겼어요" in browser.text, browser.text[:600]
    return chosen


def tick(browser, name, wanted):
    for box in browser.driver.find_elements("css selector", f"input[type=checkbox][name='{name}']"):
        if box.is_selected() != (box.get_attribute("value") in wanted):
            browser.driver.execute_script("arguments[0].click()", box)
