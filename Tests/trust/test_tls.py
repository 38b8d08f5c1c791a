"""TLS, ended by the program itself or by HAProxy before it; and whose word counts on where somebody comes from."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
import warnings

from skip import Skip
from standing import Standing
from visitor import Page, Visitor


def pair(folder, name="127.0.0.1", kind=("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")):
    """A certificate for this machine and its key, signed by itself."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    folder.mkdir(exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-newkey", *kind, "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=IP:{name}"], check=True, capture_output=True)
    key.chmod(0o600)
    return certificate, key


def trusting(certificate, version=None, ciphers=None):
    context = ssl.create_default_context(cafile=certificate)
    if version:
        context.minimum_version = context.maximum_version = version
    if ciphers:
        context.set_ciphers(ciphers)
    return context


def handshake(port, context):
    """The version and cipher agreed on, or why there is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        try:
            with context.wrap_socket(line, server_hostname="127.0.0.1") as tls:
                return tls.version(), tls.cipher()[0]
        except (ssl.SSLError, ConnectionResetError, EOFError) as error:
            return None, str(error)


def test_the_program_ends_tls_itself(server, program, place, out):
    certificate, key = pair(place / "tls")
    with Standing(server, program, place, out) as world:
        door = world.serve(tls_certificate=certificate, tls_key=key, head_seconds=3)
        assert door.origin.startswith("https://")
        assert handshake(door.port, trusting(certificate, ssl.TLSVersion.TLSv1_3))[0] == "TLSv1.3"
        version, cipher = handshake(door.port, trusting(certificate, ssl.TLSVersion.TLSv1_2))
        assert version == "TLSv1.2" and cipher.startswith("ECDHE-"), cipher
        # What is older or weaker is refused by the program, not by this client, which would take it.
        for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with warnings_off():
                context = trusting(certificate, old, "ALL:@SECLEVEL=0")
            with old_server(certificate, key) as port:
                assert handshake(port, context)[0] is not None, "this client can speak no such version itself"
            assert handshake(door.port, context)[0] is None, old
        for weak in ("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384"):
            version, _ = handshake(door.port, trusting(certificate, ssl.TLSVersion.TLSv1_2, f"{weak}:@SECLEVEL=0"))
            assert version is None, weak
        said = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{door.port}", "-CAfile", certificate, "-verify_return_error", "-brief"],
            input=b"", capture_output=True, timeout=20)
        assert b"Verification: OK" in said.stderr, said.stderr

        # Cookies keep to TLS and this host; the browser is told to come back by TLS only.
        visitor = Visitor(door.origin, trusting(certificate))
        page = visitor.get("/sign-in")
        assert page.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
        assert all("; Secure" in line and line.startswith("__Host-") for line in page.cookie_lines), page.cookie_lines
        name = world.roles["teacher"]
        visitor.sign_in(name, world.password)
        assert set(visitor.cookies) >= {"__Host-gyeot"} and "gyeot" not in visitor.cookies
        for path in ("/today", "/nowhere", "/healthz"):
            assert "strict-transport-security" in visitor.get(path).headers, path
        # A cookie without the prefix, which a page without TLS could set, is not looked at.
        assert not visitor.is_signed_in(cookies={"gyeot": visitor.cookies["__Host-gyeot"]})
        # Without TLS nothing is said on this port; a handshake that is not ended is shown out.
        with socket.create_connection(("127.0.0.1", door.port), timeout=10) as line:
            line.sendall(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"HTTP/" not in rest(line)
        with socket.create_connection(("127.0.0.1", door.port), timeout=10) as line:
            begun = time.monotonic()
            rest(line)
            assert 2 < time.monotonic() - begun < 6
        assert visitor.is_signed_in()


@contextlib.contextmanager
def old_server(certificate, key):
    """One that takes whatever it is offered, so that a refusal of ours means something."""
    with warnings_off():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def take_one():
            with contextlib.suppress(OSError), context.wrap_socket(listening.accept()[0], server_side=True) as tls:
                tls.recv(1)
        taking = threading.Thread(target=take_one)
        taking.start()
        yield listening.getsockname()[1]
        taking.join(10)


def warnings_off():
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    return warnings.catch_warnings()


def rest(line):
    data = b""
    try:
        while more := line.recv(4096):
            data += more
    except (ConnectionResetError, TimeoutError):
        pass
    return data


def test_a_pair_that_cannot_be_used_is_refused_at_the_start(server, program, place, out):
    certificate, key = pair(place / "one")
    _, other = pair(place / "other")
    locked, readable, broken = place / "locked.pem", place / "readable.pem", place / "broken.pem"
    subprocess.run(["openssl", "ec", "-in", key, "-out", locked, "-aes256", "-passout", "pass:x"], check=True, capture_output=True)
    locked.chmod(0o600)
    shutil.copy(key, readable)
    readable.chmod(0o644)
    broken.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    with Standing(server, program, place, out) as world:
        for settings, words in [
            ({"tls_certificate": certificate}, "tls.key is missing"),
            ({"tls_key": key}, "tls.certificate is missing"),
            ({"tls_certificate": certificate, "tls_key": other}, "is not the key of the certificate"),
            ({"tls_certificate": certificate, "tls_key": locked}, "unlocked private key"),
            ({"tls_certificate": certificate, "tls_key": readable}, "kept from others"),
            ({"tls_certificate": broken, "tls_key": key}, "readable file of certificates"),
            ({"tls_certificate": place / "absent.pem", "tls_key": key}, "readable file of certificates"),
            ({"tls_certificate": certificate, "tls_key": place / "absent.pem"}, "unlocked private key"),
            ({"tls_certificate": certificate, "tls_key": key, "public_origin": "http://gyeot.example"}, "https"),
        ]:
            environment = os.environ | {"GYEOT_" + name.upper(): str(value) for name, value in settings.items()}
            done = subprocess.run([program, "demo", "--port", "0", "--data", str(world.folder)], env=environment,
                                  capture_output=True, text=True, timeout=30)
            said = done.stdout + done.stderr
            assert done.returncode != 0 and "ready" not in said, (settings, said)
            assert words in said and "configuration" in said, (settings, said)
            assert "PRIVATE KEY" not in said


PROXY = """
global
  maxconn 200
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
frontend door
  bind 127.0.0.1:{port} ssl crt {pem}
  option forwardfor
  http-request set-header X-Forwarded-Proto https
  default_backend gyeot
backend gyeot
  server one 127.0.0.1:{to} source {source}
"""


def test_behind_haproxy_the_proxy_is_believed_and_nobody_else(server, program, place, out):
    haproxy = shutil.which("haproxy", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not haproxy:
        raise Skip("haproxy is not installed")
    certificate, key = pair(place / "tls")
    pem = place / "pair.pem"
    pem.write_text(certificate.read_text() + key.read_text())
    with Standing(server, program, place, out) as world:
        # The proxy comes from an address of its own, so that other peers of this machine are told from it.
        door = world.serve(proxy_trusted="127.0.0.9", public_origin="https://127.0.0.1:0")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        configuration = place / "haproxy.cfg"
        configuration.write_text(PROXY.format(port=port, pem=pem, to=door.port, source="127.0.0.9"))
        proxy = subprocess.Popen([haproxy, "-q", "-db", "-f", configuration], start_new_session=True)
        try:
            wait_for(port)
            name = world.roles["teacher"]
            through = Visitor(f"https://127.0.0.1:{port}", trusting(certificate))
            through.sign_in(name, world.password, {"X-Forwarded-For": "203.0.113.5"})
            page = through.get("/account/sessions")
            assert page.headers["strict-transport-security"]
            # Where the client comes from is what the proxy says, not what the client told the proxy.
            assert "127.0.0.1" in page.text and "203.0.113.5" not in page.text and "127.0.0.9" not in page.text

            # A peer that is not the proxy says what it likes and is not believed.
            direct = Visitor(door.origin, headers={"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "http"})
            direct.sign_in(name, world.password)
            page = direct.get("/account/sessions")
            assert "203.0.113.7" not in page.text
            # The session through the proxy is there as well, beside what the demo knew before.
            assert sum(form.action.endswith("/end") for form in Page(page.text).forms) >= 1
        finally:
            proxy.terminate()
            proxy.wait(10)


def wait_for(port):
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("HAProxy did not start")
