"""How long the two commonest acts take on a telephone, counted by what hands and heads do.

The time is the keystroke-level model's (Card, Moran and Newell, 1980): pointing takes 1.1 s, and 1.35 s goes by before
each decision. A swipe is taken to cost as much as pointing. Keys are those of the two-set Korean keyboard (두벌식) at
2.5 a second, slower than the model's average typist, because they are typed with thumbs. Each page that is waited for
costs half a second: how fast it really comes is what `bin/bench` measures, on a machine that does nothing else.
"""

import math

from test_acts import case_of

POINT, MIND, KEY, WAIT = 1.1, 1.35, 1 / 2.5, 0.5
# Vowels and finals of two letters, and letters that need the shift key: two keys each (by their place in Unicode).
INITIALS, VOWELS, FINALS = {1, 4, 8, 10, 13}, {3, 7, 9, 10, 11, 14, 15, 16, 19}, {2, 3, 5, 6, *range(9, 16), 18, 20}


def keys(text):
    """How many keys it takes to type a text."""
    count = 0
    for letter in text:
        place = ord(letter) - 0xAC00
        if not 0 <= place < 11172:
            count += 1
            continue
        initial, vowel, final = place // 588, place % 588 // 28, place % 28
        count += (initial in INITIALS) + (vowel in VOWELS) + (final in FINALS) + (2 if final == 0 else 3)
    return count


class Thumb:
    """Presses what is seen; what is not yet seen is swiped to."""

    def __init__(self, browser):
        self.browser = browser
        self.taps = self.typed = self.swipes = self.decisions = self.pages = 0

    def tap(self, selector, words=None, decides=True):
        element = self.find(selector, words)
        self.reach(element)
        before = self.browser.page().id
        element.click()
        self.taps += 1
        self.decisions += decides
        self.browser.wait(lambda driver: driver.execute_script("return document.readyState") == "complete")
        self.pages += self.browser.page().id != before

    def write(self, selector, text):
        self.tap(selector)
        self.browser.driver.switch_to.active_element.send_keys(text)
        self.typed += keys(text)

    def find(self, selector, words):
        found = [e for e in self.browser.driver.find_elements("css selector", selector)
                 if e.is_displayed() and (words is None or words in e.text)]
        assert found, f"{words or selector} is not seen at {self.browser.path}: {self.browser.text[:300]}"
        return found[0]

    def reach(self, element):
        """Swipes by two thirds of the window until the whole of it is seen."""
        top, bottom, high = self.browser.driver.execute_script(
            "const b = arguments[0].getBoundingClientRect(); return [b.top, b.bottom, innerHeight]", element)
        away = max(0, bottom - high, -top)
        swipes = math.ceil(away / (high * 2 / 3))
        if swipes:
            self.browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        self.swipes += swipes

    @property
    def seconds(self):
        return (self.taps + self.swipes) * POINT + self.decisions * MIND + self.typed * KEY + self.pages * WAIT

    def tell(self, what):
        print(f"  {what}: {self.decisions} decisions, {self.taps} taps, {self.typed} keys, {self.swipes} swipes, "
              f"{self.pages} pages, {self.seconds:.1f} s")


def test_keys_are_counted_as_they_are_typed():
    assert [keys(text) for text in ("가", "강", "과", "닭", "있다", "4-2", "의뢰")] == [2, 3, 3, 4, 6, 3, 6]


def test_a_teacher_refers_a_student_within_a_minute(server, window):
    browser = window(width=360, height=740)
    browser.sign_in(server.roles["teacher"])
    browser.open("/referrals/new")
    thumb = Thumb(browser)
    thumb.write("#q", "4-2")
    thumb.tap("main form[role=search] button", decides=False)
    thumb.tap("main li[data-row] a")
    thumb.tap("#needs label", "경제")
    thumb.tap("#needs label", "출결")
    thumb.write("#facts", "3월에 아홉 번 지각했고 아침을 굶어요.")
    thumb.tap("#family-knows label")
    thumb.tap("button[name=_save][value=send]:not(.sr)")
    assert "/referrals/mine/" in browser.path and "의뢰를 보냈어요" in browser.text, browser.text[:400]
    thumb.tell("a referral")
    assert thumb.decisions <= 12 and thumb.seconds < 60, (thumb.decisions, thumb.seconds)


def test_a_routine_contact_is_written_within_half_a_minute(server, window):
    browser = window(width=360, height=740)
    browser.sign_in(server.roles["case-manager"])
    browser.open(case_of(browser, server, "이도윤"))
    thumb = Thumb(browser)
    thumb.tap(".masthead a[data-key=note]")
    thumb.write("#facts", "형이 보낸 편지를 함께 읽었다.")
    thumb.tap("#goals label", "상담")
    thumb.tap("button[name=_save][value=finish]:not(.sr)")
    assert "형이 보낸 편지를 함께 읽었다." in browser.text, browser.text[:400]
    thumb.tell("a routine contact")
    assert thumb.decisions <= 8 and thumb.seconds <= 30, (thumb.decisions, thumb.seconds)
