"""What a screen reader is given, in the order it is given: Today, a case, the table of its ecomap, a plan, an error."""

from reading import headings, inside, landmarks, read, table
from test_acts import case_of

# Whatever is not there today, the rest keeps this order.
GROUPS = ["지난 기한", "오늘", "이번 주", "새 소식"]
CASE = ["지금 위치", "진행 단계", "다음은", "적을 수 있는 것", "도윤의 말", "목표와 걸어온 길", "기록", "이도윤의 둘레", "강점",
        "동의", "함께하는 사람", "연락처와 가정"]
NAMED = {"link", "button", "textbox", "searchbox", "combobox", "radio", "checkbox", "image", "heading", "table",
         "navigation", "region", "columnheader", "rowheader", "DisclosureTriangle"}


def opened(server, window, path=None):
    browser = window()
    browser.sign_in(server.roles["case-manager"])
    browser.open(path or case_of(browser, server, "이도윤"))
    return browser, read(browser)


def holds_together(heard):
    """What is so on every page: the parts in their order, levels of headings without a gap, nothing without a name."""
    roles = [role for role, _ in landmarks(heard) if role in ("banner", "navigation", "search", "main", "contentinfo")]
    assert roles[:4] == ["banner", "navigation", "search", "main"] and roles[-1] == "contentinfo", roles
    levels = [level for level, _ in headings(heard)]
    assert levels[0] == 1 and levels.count(1) == 1, levels
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), headings(heard)
    nameless = [h for h in heard if h.role in NAMED and not h.name]
    assert not nameless, nameless
    parts = [(h.role, h.name) for h in heard if h.role in ("navigation", "region")]
    assert len(parts) == len(set(parts)), f"two parts of one name: {parts}"
    for thing in (h for h in heard if h.role == "table"):
        rows = table(heard, thing)
        assert {role for role, _ in rows[0]} == {"columnheader"}, rows[0]
        assert all(len(row) == len(rows[0]) for row in rows), rows


def in_order(wanted, names):
    places = [next((i for i, name in enumerate(names) if name.startswith(words)), None) for words in wanted]
    there = [place for place in places if place is not None]
    assert there == sorted(there), f"{wanted} stand as {names}"
    return len(there)


def test_today_is_read_group_by_group(server, window):
    _, heard = opened(server, window, "/today")
    holds_together(heard)
    second = [name for level, name in headings(heard) if level == 2]
    # Drafts stand last where there are some.
    assert in_order(GROUPS[:2] + GROUPS[3:], second) >= 1 and "이번 주" in second[-2:], second
    assert set(second[second.index("이번 주"):]) <= {"이번 주", "쓰다 만 글"}, second
    for line in (h for h in heard if h.role == "heading" and h.states["level"] == 3):
        item = next(h for h in reversed(line.within) if h.role == "listitem")
        said = " ".join(h.name for h in inside(heard, item, "StaticText"))
        # When, who and what, then the way on: with the name of whom it is about, so that links are told apart.
        assert said.index(line.name.split(" · ")[0]) > 0, said
        assert inside(heard, item, "link"), said
    links = [h.name for h in heard if h.role == "link" and h.within[-1].role != "heading"]
    acts = [name for name in links if name.startswith("기록")]
    assert all(name for name in acts), acts


def test_a_case_is_read_from_who_to_what_next(server, window):
    browser, heard = opened(server, window)
    holds_together(heard)
    assert headings(heard)[0][1].startswith("이도윤 "), headings(heard)[0]
    parts = [name for role, name in landmarks(heard) if role in ("region", "navigation")]
    assert in_order(CASE, parts) == len(CASE), parts
    stages = next(h for h in heard if h.role == "region" and h.name == "진행 단계")
    assert len(inside(heard, stages, "listitem")) == 8
    here = browser.driver.find_elements("css selector", "[aria-current=step]")
    assert len(here) == 1, "one stage is the one where the case is"
    # What is missing and what is there is said in words, not by a mark alone.
    gate = next(h for h in heard if h.role == "region" and h.name.startswith("다음은"))
    for line in inside(heard, gate, "listitem"):
        said = " ".join(h.name for h in inside(heard, line, "StaticText"))
        assert said.startswith(("남음", "마침")), said
    courses = [h.name for h in heard if h.role == "image" and "시작" in h.name]
    assert len(courses) == 3 and all(name.count(",") >= 2 for name in courses), courses


def test_the_table_of_an_ecomap_says_what_the_picture_shows(server, window):
    browser, heard = opened(server, window)
    around = next(h for h in heard if h.role == "region" and h.name == "이도윤의 둘레")
    picture, told = inside(heard, around, "image")[0], inside(heard, around, "table")[0]
    assert "아래 표" in picture.name and heard.index(picture) < heard.index(told)
    rows = table(heard, told)
    assert rows[0] == [("columnheader", "누구"), ("columnheader", "사이"), ("columnheader", "힘")]
    assert rows[1:5] == [
        [("rowheader", "어머니"), ("cell", "강함"), ("cell", "주고받음")],
        [("rowheader", "형"), ("cell", "보통"), ("cell", "주고받음")],
        [("rowheader", "학급"), ("cell", "약함·소원"), ("cell", "없음")],
        [("rowheader", "친구"), ("cell", "단절"), ("cell", "없음")]], rows
    drawn = browser.driver.find_elements("css selector", "svg.picture:not(.sample) circle.p-node")
    assert len(drawn) == len(rows) - 1, "a row for each circle"


def test_a_plan_is_read_goal_by_goal(server, window):
    browser, _ = opened(server, window)
    browser.follow("계획 2판")
    heard = read(browser)
    holds_together(heard)
    second = [name for level, name in headings(heard) if level == 2]
    assert in_order(["목표", "누가 무엇을 하나요", "다시 보는 날", "동의", "1판에서 바뀐 것"], second) == 5, second
    goals = [h for h in heard if h.role == "article"]
    assert len(goals) == 3
    for goal in goals:
        ladder = inside(heard, goal, "list")[0]
        steps = [" ".join(h.name for h in inside(heard, step, "StaticText")) for step in inside(heard, ladder, "listitem")]
        assert [step.split()[0] for step in steps] == ["+2", "+1", "0", "−1", "−2"], steps
        # Where it began and what is expected is said in the step, not by its colour.
        assert sum("시작" in step for step in steps) == 1, steps
    work = next(h for h in heard if h.role == "table" and h.name == "하는 일")
    assert table(heard, work)[0][:3] == [("columnheader", "목표 번호"), ("columnheader", "하는 일"), ("columnheader", "서비스")]


def test_an_error_is_heard_where_it_is(server, window):
    browser, _ = opened(server, window)
    browser.follow("기록")
    browser.send("finish")
    heard = read(browser)
    summary = next(h for h in heard if h.role == "alert")
    assert summary.states.get("focused"), "the focus is on what went wrong"
    assert summary.name == "한 가지를 고쳐 주세요", summary
    assert browser.driver.title.startswith("오류 1개"), browser.driver.title
    wrong = [h for h in heard if h.states.get("invalid") == "true"]
    assert [(h.role, h.name) for h in wrong] == [("textbox", "있었던 일")], wrong
    assert wrong[0].description.startswith("오류: 적어 주세요"), wrong[0].description
    way = inside(heard, summary, "link")[0]
    assert way.name.startswith("있었던 일"), way
