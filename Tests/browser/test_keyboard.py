"""With Tab, Shift+Tab, Enter, Space, arrows and letters only: from the door to the next step of a case."""

from hands import Hands
from selenium.webdriver.common.keys import Keys
from test_acts import case_of

NAME = "이도윤"


def test_a_case_is_worked_on_without_a_mouse(server, window):
    browser = window()
    hands = Hands(browser)
    browser.open("/sign-in")
    sign_in(hands, server)
    to_the_case(hands)
    write_a_contact(hands)
    reassess(hands)
    monitor(hands)
    go_on(hands)


def sign_in(hands, server):
    hands.type("name", server.roles["case-manager"])
    hands.type("password", server.password)
    hands.enter()
    assert not hands.browser.path.startswith("/sign-in"), hands.browser.text[:300]


def to_the_case(hands):
    # The first stop leads past the menu, and the next is in the content.
    assert hands.tab()["words"] == "본문으로 건너뛰기"
    hands.press(Keys.ENTER)
    assert hands.tab()["inMain"]
    hands.to("사례", back=True)
    hands.enter()
    assert hands.browser.path.startswith("/cases")
    hands.to(lambda stop: stop["words"].startswith(NAME) and stop["tag"] == "a")
    hands.enter()
    assert NAME in hands.browser.driver.title


def write_a_contact(hands):
    hands.to("기록")
    hands.enter()
    assert hands.browser.path.endswith("/write/contact")
    hands.choose("service", "D01")
    hands.choose("goals", "3")
    hands.type("facts", "키보드만으로 적은 일이다.")
    # Too little: the message has the focus, and leads to the field.
    hands.field("minutes", back=True)
    hands.press(Keys.BACKSPACE, Keys.BACKSPACE, Keys.BACKSPACE)
    hands.enter()
    here = hands.stop()
    assert here["id"] == "errors", here
    hands.tab()
    hands.press(Keys.ENTER)
    assert hands.stop()["name"] == "minutes", hands.stop()
    hands.press("30")
    hands.to("기록 저장")
    hands.enter()
    assert "키보드만으로 적은 일이다." in hands.browser.text
    # The message that says so has the focus, so that it is read out and the next Tab goes on from there.
    assert "저장했어요" in hands.stop()["words"], hands.stop()


def reassess(hands):
    # The first thing that is missing is the thing to do.
    hands.to(lambda stop: stop["words"] in ("재사정", "재사정 적기"))
    hands.enter()
    hands.type("changes", "한 주에 나흘 온다.")
    hands.choose("level", "3")
    hands.choose("decision", "continue")
    hands.to("재사정 마치기")
    hands.enter()
    assert "재사정을 마쳤어요" in hands.browser.text, hands.browser.text[:600]


def monitor(hands):
    hands.to(lambda stop: stop["words"] in ("점검", "점검 적기"))
    hands.enter()
    assert "/write/monitoring" in hands.browser.path, hands.browser.path
    for row, rating in enumerate(("0", "-1", "2")):
        hands.choose(f"ratings.{row}.rating", rating)
    hands.choose("delivery", "as-planned")
    hands.type("student-words", "이제 아침이 덜 힘들어요.")
    hands.choose("adjustments", "AJ1")
    hands.to("기록 저장")
    hands.enter()
    assert "이제 아침이 덜 힘들어요." in hands.browser.text, hands.browser.text[:600]


def go_on(hands):
    hands.to("재사정 단계로 가기")
    hands.enter()
    hands.to("다음 단계로")
    hands.enter()
    assert "다음 단계로 갔어요" in hands.browser.text, hands.browser.text[:600]


def test_no_page_of_the_journey_is_a_trap_or_jumps_about(server, window):
    """Every stop from the first to the last and out again, and back: seen, ringed, in the order of the page."""
    browser = window()
    browser.sign_in(server.roles["case-manager"])
    case = case_of(browser, server, NAME)
    for page in ("/today", "/cases", case, f"{case}/write/contact", f"{case}/consent"):
        browser.open(page)
        hands = Hands(browser)
        stops = hands.round()
        assert len(stops) > 10, page
        places = [stop["place"] for stop in stops]
        assert places == sorted(places), f"{page} is not gone through as it is written"
        leaps = [(a["words"][:30], b["words"][:30]) for a, b in zip(stops, stops[1:])
                 if b["inMain"] and a["inMain"] and b["bottom"] <= a["top"] and b["left"] < a["right"]]
        assert not leaps, f"{page} goes up the page: {leaps}"
        # Back from the last stop is the one before it.
        browser.driver.execute_script("arguments[0].focus()", stops[-1]["element"])
        assert hands.tab(back=True)["place"] == stops[-2]["place"]


def test_letters_rest_where_somebody_types_and_where_they_are_switched_off(server, window):
    browser = window()
    browser.sign_in(server.roles["case-manager"])
    browser.open("/cases")
    hands = Hands(browser)
    hands.field("q")
    hands.press("tn?")
    assert browser.path.startswith("/cases") and hands.stop()["value"] == "tn?"
    browser.open("/help/keys").press('form[action="/preferences"] button[name=keys][value=off]')
    browser.open("/cases")
    hands.press("t")
    hands.press("?")
    assert browser.path.startswith("/cases"), "letters are off"
