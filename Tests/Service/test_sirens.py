"""Sirens on real Modbus/TCP devices (pymodbus, each its own process): on, read back, off by itself, never twice."""

import json
import pathlib
import queue
import re
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from conftest import ROOT, free_port

DEVICE = pathlib.Path(__file__).with_name("modbus_device.py")


class Board:
    """A relay board and what its coils did."""

    def __init__(self, *options: str, port: int | None = None):
        self.port = port or free_port()
        self.options = options
        self.changes = []
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, str(DEVICE), str(self.port), *self.options], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        ready = queue.Queue()

        def read(lines):
            for line in lines:
                said = json.loads(line)
                ready.put(True) if "listening" in said else self.changes.append(said)
        threading.Thread(target=read, args=(self.process.stdout,), daemon=True).start()
        ready.get(timeout=20)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def ups(self, coil: int = 0) -> list[dict]:
        return [change for change in self.changes if change["coil"] == coil and change["on"]]

    def downs(self, coil: int = 0) -> list[dict]:
        return [change for change in self.changes if change["coil"] == coil and not change["on"]]


@pytest.fixture
def boards():
    made = []

    def board(*options, **more):
        made.append(Board(*options, **more))
        return made[-1]
    yield board
    for one in made:
        one.stop()


def siren(board_port: int, id: str = "roof", zones: str = "[zikim]", more: str = "") -> str:
    return f"""
      - id: {id}
        address: 127.0.0.1:{board_port}
        zones: {zones}
        {more}
"""


def channel(sirens: str, more: str = "") -> str:
    return f"channels:\n  - id: sirens\n    kind: modbus\n    {more}\n    sirens:\n{sirens}"


def start(service, text: str):
    service.configure(text)
    service.ada = service.key("ada", "operator")
    service.start()


def warn(service, zones: str = "Zikim", *more: str) -> str:
    done = service.order("warn", "--hazard", "rockets", "--zones", *zones.split(","), *more, "--yes",
                         key=service.ada)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def warnings(service) -> list[dict]:
    return service.get("/api/situation", service.ada)[1]["warnings"]


def failures(service) -> list[str]:
    return [one["failure"] for one in service.get("/api/situation", service.ada)[1]["open_deliveries"]
            if one.get("failure")]


def open_deliveries(service) -> list[dict]:
    return service.get("/api/situation", service.ada)[1]["open_deliveries"]


def test_a_siren_sounds_its_pattern_once_and_is_off_at_its_end(service, boards):
    board = boards()
    start(service, channel(siren(board.port, more="shelter: on 600 ms, off 400 ms, on 600 ms")))
    began = time.time()
    warn(service)
    service.until(lambda: len(board.downs()) == 2)
    times = [change["t"] for change in board.changes]
    assert [change["on"] for change in board.changes] == [True, False, True, False]
    assert times[0] - began < 2
    for span, expected in zip((b - a for a, b in zip(times, times[1:])), (0.6, 0.4, 0.6)):
        assert abs(span - expected) < 0.25, times
    assert not open_deliveries(service), "confirmed while it sounded"


def test_only_the_sirens_of_the_warned_zones_sound(service, boards):
    here, there = boards(), boards()
    start(service, channel(
        siren(here.port, "here", more="shelter: on 1 s") + siren(there.port, "there", "[ashkelon-north]")))
    warn(service)
    service.until(here.downs)
    assert not there.changes


def test_several_relays_are_switched_together(service, boards):
    board = boards()
    start(service, channel(siren(board.port, more="coil: 2\n        relays: 3\n        shelter: on 1 s")))
    warn(service)
    service.until(lambda: board.downs(4))
    assert all(len(board.ups(coil)) == 1 for coil in (2, 3, 4))
    assert not board.ups(0) and not board.ups(5)


def test_a_correction_ends_the_siren_at_once(service, boards):
    board = boards()
    start(service, channel(siren(board.port, more="shelter: on 60 s")))
    warn(service)
    service.until(board.ups)
    warning = service.until(lambda: warnings(service))[0]["id"]
    done = service.order("correct", warning, "--yes", key=service.ada)
    assert done.returncode == 0, done.stderr
    service.until(board.downs)
    assert len(board.ups()) == 1


def test_an_all_clear_sounds_only_where_no_other_warning_holds(service, boards):
    board = boards()
    start(service, channel(siren(
        board.port, more="shelter: on 300 ms\n        ended: on 300 ms, off 300 ms, on 300 ms")))
    warn(service)
    service.until(lambda: len(board.downs()) == 1)
    first = service.until(lambda: warnings(service))[0]["id"]
    done = service.order("clear", first, "--yes", key=service.ada)
    assert done.returncode == 0, done.stderr
    service.until(lambda: len(board.downs()) == 3)


def test_an_exercise_never_sounds_an_actual_siren_nor_the_reverse(service, boards):
    live, drill = boards(), boards()
    sirens = channel(siren(live.port, more="shelter: on 300 ms"))
    sirens += f"""
  - id: drills
    kind: modbus
    hears: exercise
    sirens:
{siren(drill.port, more="shelter: on 300 ms")}"""
    start(service, sirens)
    bea = service.key("bea", "operator")
    body = json.dumps({"order": "warn", "hazard": "rockets", "zones": ["Zikim"], "exercise": True})
    entry = service.post("/api/commands", body, service.ada)[1]["entry"]
    service.order("confirm", f"W{entry}", "--yes", key=bea)
    service.until(drill.downs)
    assert not live.changes
    warn(service)
    service.until(live.downs)
    assert len(drill.ups()) == 1


def test_a_delivery_that_sounded_does_not_sound_again_after_a_kill(service, boards):
    board = boards()
    start(service, channel(siren(board.port, more="shelter: on 300 ms")))
    warn(service)
    service.until(board.downs)
    service.process.kill()
    service.process.wait()
    # As if the receipt had been lost: the journal of a moment before, and the delivery goes out again.
    forget_receipts(service)
    service.start()
    assert "does not sound twice" in service.until(lambda: failures(service))[0]
    assert len(board.ups()) == 1


def forget_receipts(service):
    """Leaves of the journal what was there before the first receipt."""
    with sqlite3.connect(service.home / "journal.sqlite") as journal:
        journal.execute("delete from entries where number >= "
                        "(select min(number) from entries where kind = 'receipt')")


def test_a_killed_service_leaves_no_siren_on(service, boards):
    board = boards("--watchdog", "1")
    start(service, channel(siren(
        board.port, more="shelter: on 60 s\n        watchdog_coil: 8\n        watchdog: 300 ms")))
    warn(service)
    service.until(board.ups)
    time.sleep(1.5)
    assert not board.downs(), "fed while we live"
    service.process.kill()
    service.process.wait()
    service.until(board.downs)
    assert board.downs()[0]["by"] == "watchdog"


def test_a_restart_switches_off_what_was_left_on(service, boards):
    board = boards()
    start(service, channel(siren(board.port, more="shelter: on 60 s")))
    warn(service)
    service.until(lambda: board.ups() and not open_deliveries(service))
    service.process.kill()
    service.process.wait()
    assert not board.downs()
    service.start()
    service.until(board.downs)
    assert len(board.ups()) == 1


def test_a_stopped_service_leaves_no_siren_on(service, boards):
    board = boards()
    start(service, channel(siren(board.port, more="shelter: on 60 s")))
    warn(service)
    service.until(board.ups)
    service.stop()
    service.until(board.downs)


def test_a_siren_that_does_not_switch_is_no_delivery(service, boards):
    board = boards("--stuck")
    start(service, channel(siren(board.port), "retry: 500 ms"))
    warn(service)
    failed = service.until(lambda: failures(service))[0]
    assert "'roof' was switched on and reads back as off" in failed


def test_a_coil_that_is_not_there_is_said(service, boards):
    board = boards("--coils", "9")
    start(service, channel(siren(board.port, more="coil: 20"), "retry: 500 ms"))
    warn(service)
    assert "no such coil" in service.until(lambda: failures(service))[0]


def test_a_dead_siren_opens_its_circuit_says_so_and_holds_up_no_other(service, boards):
    board, gone = boards(), free_port()
    start(service, channel(
        siren(gone, "dead") + siren(board.port, "roof", more="shelter: on 1 s"), "retry: 1 s"))
    service.until(lambda: "Siren unreachable" in service.log, 15)
    began = time.time()
    warn(service)
    service.until(board.ups)
    assert board.ups()[0]["t"] - began < 1.5
    failed = service.until(lambda: failures(service))[0]
    assert "'dead' cannot be reached" in failed and "circuit is open" in failed
    assert "roof" not in failed


def test_a_siren_that_comes_back_in_time_sounds_what_is_left_of_its_pattern(service, boards):
    port = free_port()
    start(service, channel(siren(port, more="shelter: on 20 s"), "retry: 500 ms"))
    warn(service)
    service.until(lambda: failures(service))
    board = boards(port=port)
    service.until(board.ups, 10)
    service.until(lambda: "Siren reachable again" in service.log or board.ups())


def test_check_names_every_mistake_with_its_line(service):
    path = service.configure("""
channels:
  - id: sirens
    kind: modbus
    stale_after: 1 h
    sirens:
      - {id: a, address: here, zones: [zikim]}
      - {id: b, address: "127.0.0.1:502", zones: [atlantis], shelter: off 5 s}
      - {id: c, address: "127.0.0.1:502", zones: [zikim], watchdog_coil: 0}
      - {id: d, address: "127.0.0.1:503"}
""")
    checked = service.tocsin("check", "--config", str(path))
    said = checked.stdout + checked.stderr
    assert checked.returncode != 0
    for words in ("'stale_after'", "'address' of siren 1", "'shelter' of siren 2", "'atlantis'",
                  "'watchdog_coil' of siren 3", "'b' already", "'zones' of siren 4"):
        assert words in said, said


def test_the_example_of_the_documentation_sounds(service, boards):
    board = boards("--watchdog", "10")
    text = (ROOT / "Docs/CHANNELS.md").read_text()
    example = next(block for block in re.findall(r"```yaml\n(channels:\n.*?)```", text, re.S)
                   if "kind: modbus" in block)
    start(service, re.sub(r"address: [^ \n]+", f"address: 127.0.0.1:{board.port}", example))
    warn(service)
    service.until(board.ups)
    service.until(lambda: not open_deliveries(service))
