"""Runs the real `tocsin` as a user does."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOCSIN = os.environ.get("TOCSIN", str(ROOT / ".build/release/tocsin"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """A home, a configuration in it, and the service that runs on it."""

    def __init__(self, home: pathlib.Path):
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def tocsin(self, *words: str, key: str | None = None, **more) -> subprocess.CompletedProcess:
        environment = {**os.environ, "TOCSIN_HOME": str(self.home)}
        if key:
            environment["TOCSIN_KEY"] = key
        return subprocess.run([TOCSIN, *words], capture_output=True, text=True, timeout=60,
                              env=environment, **more)

    def order(self, *words: str, key: str, **more) -> subprocess.CompletedProcess:
        return self.tocsin("order", *words, "--url", self.url, key=key, **more)

    def key(self, name: str, role: str) -> str:
        made = self.tocsin("keys", "add", name, "--role", role)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def configure(self, text: str) -> pathlib.Path:
        path = self.home / "tocsin.yaml"
        path.write_text(f"listen: 127.0.0.1:{self.port}\n" + text)
        return path

    def start(self, *words: str, stdin=subprocess.DEVNULL) -> None:
        environment = {**os.environ, "TOCSIN_HOME": str(self.home)}
        log = open(self.home / "log.txt", "a")
        self.process = subprocess.Popen([TOCSIN, "run", *words], stdout=log, stderr=log,
                                        stdin=stdin, env=environment)
        for _ in range(200):
            assert self.process.poll() is None, self.log
            with contextlib.suppress(OSError):
                if self.get("/health/ready")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("not ready within 10 s: " + self.log)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=10)

    @property
    def log(self) -> str:
        return (self.home / "log.txt").read_text()

    def get(self, path: str, key: str | None = None):
        return self.ask("GET", path, key)

    def post(self, path: str, body: str, key: str | None = None):
        return self.ask("POST", path, key, body.encode())

    def ask(self, method: str, path: str, key: str | None, body: bytes | None = None):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        request = urllib.request.Request(self.url + path, data=body, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read() or b"null")

    def until(self, true, seconds: float = 5):
        """What `true` answers once it is something; it is asked again until then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = true()
            if answer:
                return answer
            time.sleep(0.05)
        raise AssertionError("it did not become true: " + self.log)


@pytest.fixture
def service(tmp_path):
    service = Service(tmp_path)
    yield service
    service.stop()
