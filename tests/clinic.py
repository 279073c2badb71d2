"""A clinic on this computer: gunicorns behind an nginx."""

import os
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wire import WAIT, OverTheWire

ROOT = Path(__file__).parents[1]
EVERY_KIND = ROOT / "tests" / "rulesets" / "every_kind.yaml"
SHOWN_CONFIGURATION = ROOT / "docs" / "hosting" / "nginx.conf"
NAME = "clinic.example"
KEY = "k" * 40


def program(name):
    """Return where a program is; skip the test where it is missing, but fail in CI."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name, path=_with_sbin())
    if found is None:
        reason = f"{name} is not installed here"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return found


def _with_sbin():
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])


def free_port():
    """Return a port that no program has, and none of those that connections take by chance."""
    while True:
        with suppress(OSError):
            port = random.SystemRandom().randrange(20_000, 32_000)
            socket.create_server(("127.0.0.1", port)).close()
            return port


def settings(**more):
    """Return an environment with a clinic's settings, those of the tester left out."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CHECKLIST_")}
    clinic = {
        "CHECKLIST_HOSTS": NAME,
        "CHECKLIST_HEALTH_HOSTS": "127.0.0.1",
        "CHECKLIST_PROXIES": "1",
        "CHECKLIST_SECRET_KEYS": KEY,
        "CHECKLIST_RULES": str(EVERY_KIND),
    }
    return {k: v for k, v in {**kept, **clinic, **more}.items() if v is not None}


class Machine:
    """One gunicorn on a port of its own, which can be stopped and started again."""

    def __init__(self, port, workers, log, environ=None):
        self.port, self.workers, self.log = port, workers, log
        self.environ = environ or settings()
        self.start()

    def start(self):
        command = [program("gunicorn"), "-c", "python:checklist.gunicorn_settings"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers)]
        with self.log.open("ab") as log:
            self.began_at = self.log.stat().st_size
            self.running = subprocess.Popen(
                [*command, "--log-level", "info"], env=self.environ, cwd=ROOT, stderr=log
            )
        self._wait_until(lambda: self.workers_begun() >= self.workers and self.is_well())

    def restart_workers(self):
        """Let new workers take the place of the old ones, which first finish what they do."""
        wanted = self.workers_begun() + self.workers
        self.running.send_signal(signal.SIGHUP)
        self._wait_until(lambda: self.workers_begun() >= wanted and self.is_well())

    def stop(self):
        self.running.terminate()
        self.running.wait(WAIT)

    def kill(self):
        self.running.terminate()
        try:
            self.running.wait(5)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()

    def said(self):
        return self.log.read_bytes()[self.began_at :].decode()

    def workers_begun(self):
        return self.said().count("Booting worker")

    def is_well(self):
        try:
            return ask(self.port, "/healthz", {"Host": "127.0.0.1"}).status == 200
        except OSError:
            return False

    def _wait_until(self, holds):
        end = datetime.now(UTC) + timedelta(seconds=WAIT)
        while not holds():
            assert self.running.poll() is None, self.said()
            assert datetime.now(UTC) < end, self.said()
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(0.02)


@contextmanager
def machines(folder, workers, count=1, environ=None):
    begun = []
    try:
        for number in range(count):
            begun.append(Machine(free_port(), workers, folder / f"machine{number}.log", environ))
        yield begun
    finally:
        for machine in begun:
            machine.kill()


def ask(port, path, headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        return answer
    finally:
        connection.close()


# ---------------------------------------------------------------- nginx


class Proxy:
    """An nginx with the configuration that the documents show, on ports of this test."""

    def __init__(self, folder, ports):
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        certificate = self_signed(folder)
        self.trust = ssl.create_default_context(cafile=str(certificate))
        shown = SHOWN_CONFIGURATION.read_text("utf-8")
        (folder / "checklist.conf").write_text(self._for_this_test(shown, ports), "utf-8")
        (folder / "nginx.conf").write_text(self._around(folder), "utf-8")

    def _for_this_test(self, shown, ports):
        # Only what every clinic changes: ports, machines, certificate, and where logs go.
        machines = "".join(f"    server 127.0.0.1:{port} max_fails=0;\n" for port in ports)
        changed = re.sub(r"(    server 127\.0\.0\.1:\d+ max_fails=0;\n)+", machines, shown)
        changed = re.sub(r"listen 443\b", f"listen 127.0.0.1:{self.port}", changed)
        changed = re.sub(r"listen 80\b", f"listen 127.0.0.1:{self.plain_port}", changed)
        changed = changed.replace("/etc/ssl/checklist", str(self.folder))
        return changed.replace("/var/log/nginx", str(self.folder))

    def _around(self, folder):
        temporary = "\n".join(
            f"{kind}_temp_path {folder}/temporary/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "temporary").mkdir()
        user = "user root;" if os.geteuid() == 0 else ""
        return (
            f"{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;\n"
            "events { worker_connections 512; }\n"
            f"http {{ {temporary}\n include {folder}/checklist.conf; }}\n"
        )

    def __enter__(self):
        command = [program("nginx"), "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)]
        subprocess.run([*command, "-t", "-q"], check=True, timeout=WAIT)
        self.running = subprocess.Popen(command)
        self._wait_for_it()
        return self

    def _wait_for_it(self):
        end = datetime.now(UTC) + timedelta(seconds=WAIT)
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                assert datetime.now(UTC) < end
                assert self.running.poll() is None

    def __exit__(self, *_):
        self.running.terminate()
        self.running.wait(WAIT)

    def person(self):
        """Return somebody who has not been here before."""
        return OverTheWire(self.port, self.trust, NAME)

    def log(self):
        return (self.folder / "checklist.log").read_text("utf-8")


def self_signed(folder):
    """Make a certificate for the clinic's name in ``folder``, and return its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(secret)
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    return folder / "certificate.pem"
