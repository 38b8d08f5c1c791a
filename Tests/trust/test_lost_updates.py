"""Many pairs change the same records at once: what was saved stands in the history, the rest was given back."""

import html
import random
import re
import threading

from postgres import Postgres
from served import Served
from standing import Standing
from visitor import Visitor
from writer import Writer, areas_of

def words(text):
    """What a reader sees of a page: its text without tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


class Pair(threading.Thread):
    """Two windows that begin with the same version of a record and save at the same moment."""

    def __init__(self, number, writers, record, seed):
        super().__init__()
        self.number, self.record = number, record
        self.address = f"{writers[0].case}/records/{record}/correct"
        self.sides = [(writer, f"{number}번 기록, {side} 쪽이 고친 글 {'가나다' * 20}") for writer, side in
                      zip(writers, ("왼", "오른"))]
        self.answers, self.chance = {}, random.Random(seed)

    def run(self):
        start = threading.Barrier(2)
        threads = [threading.Thread(target=self.save, args=(start, *side)) for side in self.sides]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def save(self, start, writer, text):
        visitor = Visitor(writer.visitor.origin)
        visitor.cookies, visitor.token = dict(writer.visitor.cookies), writer.visitor.token
        fields = [(name, value) for name, value in writer.fields(text) if name != "_version"]
        start.wait(30)
        self.answers[text] = visitor.post(self.address, [("_version", "1"), *fields])
        visitor.close()

    def check(self, reader):
        page = reader.visitor.get(f"{reader.case}/records/{self.record}")
        seen, base = words(page.text), f"{self.number}번 기록, 처음"
        saved = [text for text, answer in self.answers.items() if answer.status == 303]
        refused = {text: answer for text, answer in self.answers.items() if answer.status != 303}
        assert len(saved) >= 1, self.answers
        for text in saved:
            assert text in seen, f"saved and not in the history: {text}"
        assert base in seen, "the version both began with is not in the history"
        for text, answer in refused.items():
            assert answer.status in (409, 422), answer
            shown = words(answer.text)
            assert text in shown and saved[0] in shown, f"both versions are shown to who came second: {answer}"
            assert text in [html.unescape(area) for _, area in areas_of(answer.text)], "and one's own can be gone on with"
            assert text not in seen
        return len(saved), len(refused)


def save_at_once(origin, place, count):
    # The same person in two windows, and as many threads as there are pairs: more than the store lets write at once.
    left, right = Writer(origin, place), Writer(origin, place)
    seed = random.randrange(10_000)
    pairs = []
    for number in range(count):
        text = f"{number}번 기록, 처음"
        answer = left.note(text, left.visitor.post(f"{left.case}/write/contact", left.fields(text)))
        assert answer.status == 303, answer
        pairs.append(Pair(number, (left, right), left.acknowledged[text], seed))
    for pair in pairs:
        pair.start()
    for pair in pairs:
        pair.join(120)
    counts = [pair.check(left) for pair in pairs]
    saved, refused = sum(count[0] for count in counts), sum(count[1] for count in counts)
    print(f"{count} pairs: {saved} saved, {refused} refused with both versions shown")
    assert saved == refused == count


def test_pairs_under_sqlite(server, program, place, out, long):
    with Standing(server, program, place, out) as standing:
        save_at_once(standing.serve().origin, standing, 50 if long else 20)
        for instance in standing.instances:
            instance.stop()
        status, said = standing.verify()
        assert status == 0, said


def test_pairs_under_postgresql(server, program, place, out, long):
    (place / "postgres").mkdir()
    place.chmod(0o755)
    with Standing(server, program, place, out) as standing:
        postgres = Postgres(place / "postgres", out)
        try:
            postgres.start()
            served = Served(standing, postgres, program, place, out)
            try:
                save_at_once(served.serve(), served, 50 if long else 20)
            finally:
                served.stop()
            status, said = served.verify()
            assert status == 0, said
        finally:
            postgres.stop()
