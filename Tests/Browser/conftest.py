"""Drives the pages in headless Chromium while the shipped day is replayed.

TOCSIN is the path of the `tocsin` binary; screenshots are kept in TOCSIN_SHOTS, else artifacts/screenshots.
Needs pytest and playwright, and Chromium as /usr/bin/chromium (or CHROMIUM).
"""

import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOCSIN = os.environ.get("TOCSIN", str(ROOT / ".build/release/tocsin"))
SHOTS = pathlib.Path(os.environ.get("TOCSIN_SHOTS", ROOT / "artifacts/screenshots"))
DAY = ROOT / "Sources/TocsinSources/Scenarios/2023-05-14"
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900)}
DANGER = re.compile("shelter|impact|stay")
KEY = "tcs_" + "A" * 43


def start(home: pathlib.Path, port: int) -> subprocess.Popen:
    """Starts the server. The day begins some seconds before its plots, so that a test need not wait for it."""
    scenario = home / "scenario"
    if not scenario.exists():
        shutil.copytree(DAY, scenario)
        path = scenario / "scenario.yaml"
        text = re.sub(r"(?m)^start: .*$", "start: 2023-05-14T18:32:57+03:00", path.read_text())
        path.write_text(re.sub(r"(?m)^end: .*$", "end: 2023-05-14T18:45:00+03:00", text))
    command = [TOCSIN, "run", "--scenario", str(scenario), "--port", str(port)]
    log = open(home / "tocsin.log", "a")
    environment = {**os.environ, "TOCSIN_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    wait_until_ready(port)
    return process


def wait_until_ready(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready") as answer:
                if answer.status == 200:
                    return
        time.sleep(0.05)
    raise AssertionError("tocsin was not ready within 10 s")


def stop(process: subprocess.Popen) -> float:
    """Ends the server as a service manager does; answers with the seconds it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=10)
    return time.monotonic() - began


class Server:
    def __init__(self, home: pathlib.Path):
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        keys = [{"name": "ada", "role": "operator", "created": "2026-01-01T00:00:00Z",
                 "hash": hashlib.sha256(KEY.encode()).hexdigest()}]
        (home / "keys.json").write_text(json.dumps({"keys": keys}))
        self.process = start(home, self.port)

    def restart(self) -> None:
        self.process = start(self.home, self.port)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    yield server
    if server.process.poll() is None:
        stop(server.process)


@pytest.fixture
def visit(chromium, server):
    """Opens a page; afterwards checks that nothing was wrong in it and that it asked no other machine."""
    contexts, faults, hosts = [], [], set()

    def open_page(path="/", size="phone", theme="light", places=(), offline_faults=False, **more):
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: hosts.add(request.url.split("/")[2].split(":")[0]))
        page.on("pageerror", lambda error: faults.append(str(error)))
        if not offline_faults:
            page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.add_init_script(
            f"if (!localStorage.getItem('tocsin.places')) "
            f"localStorage.setItem('tocsin.places', {json.dumps(json.dumps(list(places)))})")
        page.goto(server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults
    assert hosts <= {"127.0.0.1"}, hosts


def keep(page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def until(page, state, seconds=40) -> None:
    expect(page.locator("#now")).to_have_attribute("data-state", state, timeout=seconds * 1000)


def boxes(page, *selectors) -> list[dict]:
    """Where the first of each stands, all at one moment: the page may draw itself anew between two questions."""
    return page.evaluate(
        "all => all.map(one => document.querySelector(one).getBoundingClientRect().toJSON())", list(selectors))


def numbers(page) -> list[int]:
    texts = page.locator(".count-number, .where-rest").all_inner_texts()
    return [int(n) for text in texts for n in re.findall(r"-?\d+", text)]
