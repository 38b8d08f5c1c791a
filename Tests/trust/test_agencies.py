"""Fifty agencies of twenty schools answer at once, without accounts, and none meets a word of another school; on SQLite and on PostgreSQL."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

from postgres import Postgres, folder_of_postgres
from schools import ID, MARKS, Schools, marks_in
from visitor import Visitor

PNG = b"\x89PNG\r\n\x1a\n" + b"7" * 2000


def test_agencies_meet_only_what_was_sent_to_them(program, place, out, long):
    world = Schools(program, place, out)
    try:
        world.build(of_one_school=1, of_two=0)
        make_resource(world)
        with ThreadPoolExecutor(2) as pool:
            asked = [link for links in pool.map(lambda s: ask(world, s, 5 if long else 3), world.schools) for link in links]
        assert len(asked) >= 50
        # The address tells nothing, not even of which school it is.
        assert not any(mark in link["path"] for link in asked for mark in MARKS)
        archive = place / "world.gyeot"
        world.run("backup", str(archive), *world.options())
        answer_all(world, asked)
        world.stop()
        # The same world, with every address still unanswered, brought to the other engine.
        database = folder_of_postgres(place)
        postgres = Postgres(database, out).start()
        try:
            world.run("restore", str(archive), *world.options(postgres.url))
            world.serve(postgres.url)
            for member in world.members:
                cookies = dict(member.visitor.cookies)
                member.visitor = Visitor(world.origin)
                member.visitor.cookies = cookies
            answer_all(world, asked)
        finally:
            world.stop()
            postgres.stop()
    finally:
        world.stop()


def answer_all(world, asked):
    met, failures = [], []
    start = threading.Barrier(len(asked[:50]))

    def answers(number, link):
        try:
            start.wait(60)
            # A right code at a wrong address is a wrong one.
            if number % 5 == 0:
                stray = Visitor(world.origin)
                stray.get(asked[number - 1]["path"])
                answer = stray.post(asked[number - 1]["path"] + "/code", {"code": link["code"]})
                met.append((link["mark"], "stray", answer.status, marks_in(answer)))
            answer_one(world, link, met)
        except Exception as error:  # noqa: BLE001
            failures.append((link["mark"], repr(error)))

    threads = [threading.Thread(target=answers, args=pair) for pair in enumerate(asked[:50])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert failures == [], failures[:5]
    assert [m for m in met if m[3] - {m[0]}] == []
    assert [m for m in met if m[1] in ("asked", "stray", "used") and m[3]] == []
    assert len([m for m in met if m[1] == "receipt" and m[2] == 200 and m[3]]) == 50
    look(world, asked)


def manager_of(world, school):
    return next(m for m in world.members if m.schools == [school]).visitor


def make_resource(world):
    answer = manager_of(world, world.schools[0]).post("/resources/new", {
        "name": "다솜상담센터(가상)", "kind": "ORG-01", "needs": "N04", "formality": "formal", "place": "community",
        "description": "상담한다."})
    assert answer.status == 303, answer


def ask(world, school, count):
    """So many linkages, sent on a ground of the law, over the school's cases."""
    manager, links = manager_of(world, school), []
    for number in range(count):
        case = school.cases[number % len(school.cases)]
        form = manager.get(f"/cases/{case}/linkages/new").text
        resource = re.search(rf'<option value="({ID})"', form)[1]
        answer = manager.post(f"/cases/{case}/linkages/new", [
            ("recipient", resource), ("kind", "agency"), ("items", "name"), ("items", "grade"), ("items", "reason"),
            ("texts.reason", f"{school.mark} 까닭"), ("message", f"{school.mark} 도와주세요.")])
        assert answer.status == 303, answer
        preview = manager.get(answer.location)
        shown = re.search(r'name="_shown" value="([^"]+)"', preview.text)[1]
        version = re.search(r'name="_version" value="(\d+)"', preview.text)[1]
        sent = manager.post(answer.location, {
            "_version": version, "_shown": shown, "by": "law", "ground": "life", "ground-words": "위급하다."})
        assert sent.status == 200, sent
        links.append({
            "mark": school.mark, "case": case, "page": answer.location.removesuffix("/send"),
            "path": re.search(r"(/l/[0-9a-f]{64})", sent.text)[1],
            "code": re.search(r'id="agency-code">(\d{6})<', sent.text)[1]})
    return links


def answer_one(world, link, met):
    agency = Visitor(world.origin)
    agency.line.timeout = 120

    def note(what, answer, status):
        met.append((link["mark"], what, answer.status, marks_in(answer)))
        assert answer.status == status, (what, answer)
        return answer

    note("asked", agency.get(link["path"]), 200)
    note("code", agency.post(link["path"] + "/code", {"code": link["code"]}), 303)
    form = note("form", agency.get(link["path"]), 200)
    assert link["mark"] in form.text
    receipt = note("receipt", upload(agency, link), 200)
    assert f"솔비{link['mark']}" in receipt.text
    note("used", agency.get(link["path"]), 410)
    note("used", upload(agency, link), 410)


def upload(agency, link):
    fields = {"_token": agency.token, "choice": "accept", "contact": f"{link['mark']} 김가온", "words": link["mark"]}
    body = b"".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                    for name, value in fields.items())
    body += (f'--b\r\nContent-Disposition: form-data; name="file"; filename="{link["mark"]}.png"\r\n\r\n').encode()
    body += PNG + b"\r\n--b--\r\n"
    return agency.ask("POST", link["path"] + "/answer", body, {"Content-Type": "multipart/form-data; boundary=b"})


def look(world, asked):
    """Each case manager reads the answers of the own school, with the file byte for byte, and finds nothing of another's."""
    for number, school in enumerate(world.schools):
        manager = manager_of(world, school)
        for link in asked[:50]:
            page = manager.get(link["page"])
            if link["mark"] != school.mark:
                assert page.status == 404 and not marks_in(page), (school.mark, link["mark"], page)
                continue
            assert page.status == 200 and marks_in(page) == {school.mark}, page
            assert f"{school.mark} 김가온" in page.text
            file = re.search(rf'href="({link["page"]}/files/{ID})"', page.text)[1]
            assert manager.get(file).bytes == PNG
            stranger = manager_of(world, world.schools[number - 1])
            assert stranger.get(file).status == 404
