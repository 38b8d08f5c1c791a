"""What somebody sends who means harm: values, bodies, paths, headers and files, made by hypothesis from one seed."""

import io
import urllib.parse
import zipfile

from hypothesis import strategies as st

SEED = 20261125

BIDI = "\u202e\u202d\u2066\u2067\u2068\u2069\u200f\u061c"
INVISIBLE = "\u200b\u200d\ufeff\u00ad\u2060\U000e0041"
MARK = "<gyeot-mark>"

# Well-formed texts that somebody could type or paste, and that a careless program would trip over.
TEXTS = [
    MARK + "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>' + MARK, "' OR 1=1 --", "'); DROP TABLE student;--",
    "${7*7}{{7*7}}<%= 7*7 %>", "../../../../etc/passwd", "..\\..\\windows\\system32", "=1+1", "+1", "-1", "@SUM(A1)",
    "=HYPERLINK(\"http://evil.example\",\"열기\")", "＝cmd|' /C calc'!A0", "\t=1", BIDI + "가나다" + BIDI, INVISIBLE + "각",
    "e\u0301" * 500, "각" * 50, "\u1100" * 2000, "\u0300" * 3000, "👩‍👩‍👧‍👦" * 300, "[" * 5000, '{"a":' * 2000,
    "&a " * 2000, "*a", "!!python/object:os.system", "- " * 5000, "%00", "%c0%af", "\r\nSet-Cookie: a=b",
    "\r\n\r\nHTTP/1.1 200 OK", "\x01\x02\x1b[31m", "\x7f\x80\x9f", "\ufffe\uffff", "\ue000\uf8ff", "null", "undefined", "NaN",
    "Infinity", "true", "[]", "{}", "0", "-0", "00000", "1e999", "0x7fffffff", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "999999999999999999999999999", "１２３", "٣", "1,000,000,000,000,000", "1.5",
    "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "99999-01-01", "2026-13-01", "-2026-01-01", "20260230", "24:00",
    "99:99", "-1:-1", "00000000-0000-0000-0000-000000000000", "가" * 201, "나 " * 9000, "다" * 100_000,
]
# Bytes that are no text, or not one that PostgreSQL keeps.
NO_TEXTS = [b"a\0b", b"\0", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xc0\x80", b"\xed\xa0\x80\xed\xb0\x80",
            b"\xf4\x90\x80\x80", b"\xff\xfe", b"\xb0\xa1", b"\xea\xb3", b"\x80", b"\xf8\x88\x80\x80\x80"]

texts = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200),
    st.text(st.sampled_from(BIDI + INVISIBLE + "가각\u1100\u1161\u0300<>\"'&=;+-@\t\r\n"), max_size=80),
    st.integers(-2 ** 70, 2 ** 70).map(str),
    st.tuples(st.sampled_from("가=a "), st.integers(1, 30_000)).map(lambda pair: pair[0] * pair[1]))
no_texts = st.one_of(st.sampled_from(NO_TEXTS), st.binary(min_size=1, max_size=60).filter(lambda b: not is_text(b)))


def is_text(data):
    try:
        return b"\0" not in data and data.decode() is not None
    except UnicodeDecodeError:
        return False


def encoded(pairs):
    """A form's body of names and values, which may be bytes that are no text."""
    return "&".join(f"{urllib.parse.quote_plus(name)}={urllib.parse.quote_plus(value)}" for name, value in pairs).encode()


# Names as of rows far beyond any page, and of switches of ours.
NAMES = ["goals.9223372036854775807.goal", "goals.-1.goal", "goals.00.goal", "goals.999999999999.x", "actions.4611686018427387904.x",
         "...", "goals..", "goals.1.", "goals.0.goals.0.goal", "_version", "_add", "_remove", "_save", "_theirs.x", "_place", "_take.facts",
         "__proto__", "constructor", "a" * 5000, "가" * 300, "x\r\ny", "", "roles.x", "breaks.99999.from", "column.61", "column.-1"]
SWITCHES = ["_version", "_add", "_remove", "_save", "_place", "version", "next"]


@st.composite
def mutations(draw, pairs):
    """The pairs of a form with some of them made hostile; tells whether the body can be no form at all."""
    pairs = [list(pair) for pair in pairs]
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["value", "value", "value", "many", "drop", "twice", "name", "switch", "index"]))
        if kind == "many":
            pairs += [[draw(st.sampled_from(NAMES)), draw(texts)] for _ in range(draw(st.integers(1, 40)))]
        elif kind == "name":
            pairs.append([draw(st.one_of(st.sampled_from(NAMES), texts)), draw(texts)])
        elif kind == "switch":
            pairs.append([draw(st.sampled_from(SWITCHES)), draw(st.one_of(texts, st.sampled_from(NAMES)))])
        elif kind == "index" and pairs:
            # The rows of a group under numbers no page gives them.
            number = draw(st.sampled_from(["9223372036854775807", "-9223372036854775808", "-1", "999", "1000", "4294967296", "+0", "0x1"]))
            for pair in pairs:
                parts = pair[0].split(".")
                if len(parts) == 3:
                    pair[0] = f"{parts[0]}.{number}.{parts[2]}"
        elif pairs:
            pair = draw(st.sampled_from(pairs))
            if kind == "value":
                pair[1] = draw(texts)
            elif kind == "twice":
                pairs += [list(pair)] * draw(st.integers(1, 30))
            else:
                pairs.remove(pair)
    return pairs


@st.composite
def no_forms(draw, pairs, token):
    """A body that can be read as no form, and its kind: it must be refused before anybody looks at what it says."""
    good = encoded([("_token", token), *pairs])
    kind = "application/x-www-form-urlencoded"
    match draw(st.sampled_from(["bytes", "name", "percent", "fields", "json", "xml", "multipart", "boundary", "large"])):
        case "bytes":
            return kind, good + b"&facts=" + urllib.parse.quote_from_bytes(draw(no_texts)).encode()
        case "name":
            return kind, good + b"&" + urllib.parse.quote_from_bytes(draw(no_texts)).encode() + b"=x"
        case "percent":
            return kind, good + b"&facts=" + draw(st.sampled_from([b"%", b"%4", b"%zz", b"%%%", b"%u0041", b"%-1"]))
        case "fields":
            return kind, good + b"&a=1" * draw(st.integers(4001, 6000))
        case "json":
            return draw(st.sampled_from(["application/json", "text/plain", "application/x-ndjson", "x/y", ""])), b"[" * draw(st.integers(1, 200_000))
        case "xml":
            return "text/xml", b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
        case "multipart":
            body = draw(st.one_of(st.binary(max_size=300), st.sampled_from([
                b"--b\r\n\r\n\r\n--b--", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
                b"--b\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n" + token.encode(), b"--b", b"--b\r\n" * 5000,
                b"--b\r\nno colon\r\n\r\nx\r\n--b--", b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\0b\r\n--b--"])))
            return "multipart/form-data; boundary=b", body
        case "boundary":
            return "multipart/form-data" + draw(st.sampled_from(["", "; boundary=", "; boundary=" + "b" * 500, "; boundary=\"\"", ";;;"])), good
        case _:
            return kind, good + b"&facts=" + b"a" * ((1 << 20) + 1)


segments = st.one_of(
    st.sampled_from(["..", ".", "%2e%2e", "%2f", "%5c", "%00", "%c0%af", "%e0%80%af", "%ff", "%", "%zz", ";a=b", "a" * 3000, "%EA%B3%81", "~",
                     "00000000-0000-0000-0000-000000000000", "00000000-0000-4000-8000-00000000000g", "-1", "9223372036854775808", "null",
                     ".git", ".env", "wp-admin", "'", '"', "<script>", "{id}", "*", "$", "@", ":", "|", "^", "`"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30))
queries = st.lists(st.tuples(
    st.sampled_from(["q", "page", "before", "school", "level", "sort", "draft", "done", "record", "next", "from", "until", "x", ""]),
    st.one_of(texts.filter(lambda t: len(t) < 2000), no_texts)), max_size=5)


@st.composite
def paths(draw, patterns):
    """An address with something hostile in the place of an id, behind it, or in its query."""
    start = draw(st.sampled_from(patterns))
    parts = [draw(segments) if part.startswith("{") else part for part in start.split("/")]
    if draw(st.booleans()):
        parts.insert(draw(st.integers(1, len(parts))), draw(segments))
    path = "/".join(urllib.parse.quote(part, safe="%.;='\"<>{}*$@:|^`~-") if draw(st.booleans()) else part for part in parts)
    query = "&".join(f"{name}={urllib.parse.quote(value)}" for name, value in draw(queries))
    path = (path if path.startswith("/") else "/" + path) + ("?" + query if query else "")
    # What no client may put on a request line is another test's.
    return "".join(c if 0x20 < ord(c) < 0x7f else urllib.parse.quote(c) for c in path)


def workbook(sheet, extra=()):
    """A workbook of one sheet given as XML, and whatever other parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("xl/workbook.xml", (
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'))
        archive.writestr("xl/_rels/workbook.xml.rels", (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
            '</Relationships>'))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in extra:
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet(cells):
    return '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + cells + "</sheetData></worksheet>"


def bombs():
    """Small files that ask for a great deal, each by another way."""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "가" * 1_000_000 + "</t></is></c></row>"
    return {
        "one cell of 300 MB": workbook(sheet("<row><c t=\"inlineStr\"><is><t>" + "a" * 300_000_000 + "</t></is></c></row>")),
        "many cells": workbook(sheet("<row>" + "<c><v>1</v></c>" * 3_000_000 + "</row>")),
        "many rows": workbook(sheet("<row><c><v>1</v></c></row>" * 2_000_000)),
        "far away": workbook(sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 2)),
        "beyond the sheet": workbook(sheet('<row r="99999999999999999999"><c r="ZZZZZZZZ9999999999"><v>1</v></c></row>')),
        "wide text": workbook(sheet(row)),
        "laughs": workbook('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + sheet("<row><c><v>&b;</v></c></row>")),
        "foreign entity": workbook('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet("<row><c><v>&a;</v></c></row>")),
        "deep": workbook(sheet("<a>" * 200_000 + "</a>" * 200_000)),
        "many parts": workbook(sheet("<row><c><v>1</v></c></row>"), [(f"x/{n}", "") for n in range(20_000)]),
        "out of the folder": workbook(sheet("<row><c><v>1</v></c></row>"), [("../../evil", "x")]),
        "strings beyond": workbook(sheet('<row><c t="s"><v>4294967296</v></c><c t="s"><v>-1</v></c></row>')),
        "many columns of text": ",".join(["a"] * 100_000).encode(),
        "one endless quotation": b'"' + b"a" * 5_000_000,
        "many lines": b"a\n" * 2_000_000,
        "one long cell": "가".encode() * 5_000_000,
    }


TABLE = "학년,반,번호,이름,성별\n1,1,1,김가람,남\n1,1,2,이나래,여\n"


@st.composite
def tables(draw):
    """A class list with something hostile in it, as text in some encoding or as any bytes."""
    cells = draw(st.lists(st.lists(texts.filter(lambda t: len(t) < 3000), min_size=1, max_size=7), max_size=12))
    rows = TABLE + "\n".join(",".join(cells) for cells in cells)
    match draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949", "bytes", "cut", "flip", "zip"])):
        case "bytes":
            return draw(st.one_of(st.binary(max_size=2000), no_texts))
        case "cut":
            whole = workbook(sheet("<row><c><v>1</v></c></row>"))
            return whole[:draw(st.integers(0, len(whole)))]
        case "flip":
            whole = bytearray(workbook(sheet("<row><c><v>1</v></c></row>")))
            for _ in range(draw(st.integers(1, 6))):
                whole[draw(st.integers(0, len(whole) - 1))] = draw(st.integers(0, 255))
            return bytes(whole)
        case "zip":
            return b"PK\x03\x04" + draw(st.binary(max_size=400))
        case encoding:
            return rows.encode(encoding, "replace")
