"""A welfare centre refers a student to the school without an account, and the school finds whom it means.

Two parties, two browsers, no scripts: the case manager at 1280 px, the agency on a small telephone at 320 px.
"""

import re

from test_linkage import sound, tick


def test_an_agency_refers(server, window):
    manager = window(width=1280, height=900, script=False)
    manager.sign_in(server.roles["case-manager"], server.password)
    manager.open("/referrals")
    manager.follow("기관에서 의뢰 받기")
    sound(manager, "arrivals-1280")
    manager.press("main form button.primary")
    assert "고쳐 주세요" in manager.text, manager.text[:400]
    options = manager.driver.find_elements("css selector", "#agency option")
    chosen = next(option for option in options if option.get_attribute("value"))
    name = chosen.text
    school = next(o for o in manager.driver.find_elements("css selector", "#school option") if "중(가상)" in o.text)
    manager.answer(agency=chosen.get_attribute("value"), school=school.get_attribute("value"))
    manager.press("main form button.primary")
    assert "주소와 번호를 알려 주세요" in manager.text, manager.text[:600]
    sound(manager, "arrival-address-1280")
    path = re.sub(r"^https?://[^/]+", "", manager.driver.find_element("id", "agency-address").text)
    code = manager.driver.find_element("id", "agency-code").text

    agency = window(width=320, height=640, script=False)
    agency.open(path)
    assert "번호를 넣어 주세요" in agency.text and name not in agency.driver.page_source
    agency.answer(code="000000" if code != "000000" else "000001").press("main form button.primary")
    assert "4번 더" in agency.text, agency.text[:400]
    agency.answer(code=code).press("main form button.primary")
    assert "학생을 의뢰하기" in agency.text and "112" in agency.driver.page_source, agency.text[:400]
    sound(agency, "agency-refer-320")
    # What is missing is named, and what was typed stays.
    agency.answer(facts="저녁마다 동생과 둘이 있습니다.").press("main form button.primary")
    assert "고쳐 주세요" in agency.text, agency.text[:400]
    assert agency.driver.find_element("name", "facts").get_attribute("value") == "저녁마다 동생과 둘이 있습니다."
    sound(agency, "agency-refer-errors-320")
    agency.answer_all({
        "student-name": "이도윤", "facts": "저녁마다 동생과 둘이 있습니다.", "urgency": "today", "family-knows": "told",
        "ground": "consent", "contact": "정가온 02-000-0000"})
    tick(agency, "needs", {"N03"})
    tick(agency, "joint", {"yes"})
    agency.press("main form button.primary")
    assert "의뢰를 보냈어요" in agency.text, agency.text[:800]
    receipt = agency.driver.find_element("id", "receipt").text
    assert re.fullmatch(r"[0-9]{6}", receipt)
    sound(agency, "agency-status-320")
    agency.open(path)
    assert "받았어요" in agency.text and receipt in agency.text, agency.text[:400]

    manager.open("/today")
    assert f"{name}에서 보냈어요" in manager.text, manager.text[:1500]
    manager.open("/referrals")
    assert "학생을 찾아 주세요" in manager.text
    manager.follow(name)
    assert receipt in manager.text and "저녁마다 동생과" in manager.text, manager.text[:600]
    sound(manager, "arrival-1280")
    # A student whose case is open already: the agency is told nothing of it.
    # The name that the agency wrote is offered.
    assert manager.driver.find_element("css selector", "main input[name=q]").get_attribute("value") == "이도윤"
    manager.press("main form[role=search] button")
    sound(manager, "arrival-found-1280")
    manager.press("form[action$='/take'] button")
    assert "학생을 찾았어요" in manager.text and "정가온" in manager.text, manager.text[:600]
    sound(manager, "inbox-agency-1280")
    manager.press("form[action$='/receive'] button")
    assert f"공동사례: {name}" in manager.text, manager.text[:600]
    sound(manager, "case-joint-1280")

    agency.open(path)
    assert "맡았어요" in agency.text and "이도윤" not in agency.driver.page_source, agency.text[:400]

    phone = window(width=320, height=640, script=False)
    phone.sign_in(server.roles["case-manager"], server.password)
    phone.open("/agency-referrals")
    sound(phone, "arrivals-320")
    phone.follow(name)
    sound(phone, "arrival-320")
