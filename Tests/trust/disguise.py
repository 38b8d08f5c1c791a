"""The forms in which a text could lie in a file without showing as itself."""

import base64
import gzip
import json
import unicodedata
import urllib.parse
import zlib


def disguises(text):
    """Name to bytes, for each form that is found by looking for bytes."""
    forms = {}
    for form in ("NFC", "NFD"):
        plain = unicodedata.normalize(form, text)
        forms[f"{form} utf-8"] = plain.encode()
        for order in ("le", "be"):
            forms[f"{form} utf-16{order}"] = plain.encode(f"utf-16-{order}")
    whole = text.encode()
    # Base64 of a longer text that has this one in it, wherever it begins.
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + whole)
        first = 0 if offset == 0 else offset + 1
        inner = coded[first:(offset + len(whole)) * 8 // 6]
        forms[f"base64 {offset}"] = inner
        forms[f"base64url {offset}"] = inner.replace(b"+", b"-").replace(b"/", b"_")
    forms["hexadecimal"] = whole.hex().encode()
    forms["HEXADECIMAL"] = whole.hex().upper().encode()
    forms["percent"] = urllib.parse.quote(text).encode()
    forms["json"] = json.dumps(text)[1:-1].encode()
    return {name: pattern for name, pattern in forms.items() if len(pattern) >= 6}


def streams(content):
    """What can be inflated, anywhere in it."""
    for mark, bits in ((b"\x1f\x8b", 31), (b"\x78\x01", 15), (b"\x78\x5e", 15), (b"\x78\x9c", 15), (b"\x78\xda", 15)):
        place = content.find(mark)
        while place >= 0:
            try:
                plain = zlib.decompressobj(bits).decompress(content[place:place + 65536], 1 << 20)
                if len(plain) >= 8:
                    yield plain
            except zlib.error:
                pass
            place = content.find(mark, place + 1)


class Search:
    """Looks for every secret in every disguise."""

    def __init__(self, secrets):
        self.patterns = {}
        for name, value in secrets.items():
            forms = {"raw": value} if isinstance(value, bytes) else disguises(value)
            if isinstance(value, bytes):
                forms |= {"hexadecimal": value.hex().encode(), "base64": base64.b64encode(value).rstrip(b"=")[:-1]}
            for form, pattern in forms.items():
                self.patterns[pattern] = f"{name} as {form}"

    def found(self, content):
        found = {told for pattern, told in self.patterns.items() if pattern in content}
        for plain in streams(content):
            found |= {f"{told}, compressed" for pattern, told in self.patterns.items() if pattern in plain}
        return sorted(found)

    def check(self):
        """A search that is blind finds nothing: each secret in each disguise is planted and must be found."""
        for pattern, told in self.patterns.items():
            assert told in self.found(b"\0x" + pattern + b"y\0"), told
            assert self.found(b"ab" + zlib.compress(b"some " + pattern)), told
            assert self.found(b"ab" + gzip.compress(b"some " + pattern)), told
