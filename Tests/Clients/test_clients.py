"""Clients that others wrote, unmodified, each in its own process, against a live Tocsin."""

import json
import time

import pytest

import programs

# Real zones; the first two have 30 and 15 seconds.
ZONES = ["אזור תעשייה הדרומי אשקלון", "זיקים", "נתיב העשרה"]


def warn(station, *words):
    """Orders a warning of the three zones and answers when it was carried out."""
    order = station.order("warn", "--hazard", "rockets", "--zones", *ZONES, "--yes", *words,
                          key=station.operator)
    assert order.returncode == 0, order.stdout + order.stderr
    return time.monotonic()


def clear(station):
    picture = station.get("/api/picture")[1]
    order = station.order("clear", picture["warnings"][0]["id"], "--yes", key=station.operator)
    assert order.returncode == 0, order.stdout + order.stderr


CLIENTS = [
    # name, program, how often it polls, what it says of quiet
    ("tzevaadom", ["-c", programs.TZEVAADOM], 2),
    ("oref", ["-c", programs.OREF], 1),
    ("pikudhaoref.py", ["-c", programs.PIKUDHAOREF], 2),
    ("alarmpy", ["-m", "alarmpy.alarmpy", "--polling-delay", "1"], 1),
]


@pytest.mark.parametrize("name, words, poll", CLIENTS, ids=[client[0] for client in CLIENTS])
def test_a_client_of_the_home_front_command_reports_a_warning_within_one_poll(
        station, name, words, poll):
    client = station.run(*words)
    ready = "No active alarms" if name == "alarmpy" else "ready"
    station.until(lambda: ready in client.text, seconds=30)
    time.sleep(poll * 2)  # Two polls of silence: it must report nothing.
    assert not any(zone in client.text for zone in ZONES), client.text
    began = warn(station)
    station.until(lambda: all(zone in client.text for zone in ZONES), seconds=poll + 5)
    took = time.monotonic() - began
    print(f"{name}: {took:.2f} s after the order, polling every {poll} s")
    # One poll, and what an answer takes on a busy machine.
    assert took < poll + 2, client.text
    clear(station)
    before = sum(client.text.count(zone) for zone in ZONES[1:2])
    time.sleep(poll * 2)
    # Over is no alert: whatever is said now is that it ended.
    after = [line for line in client.lines if ZONES[1] in line and not line.startswith("end")]
    assert len(after) == 1 and before >= 1, client.text


def test_nothing_of_an_exercise_reaches_a_client(station):
    clients = [station.run(*words) for _, words, _ in CLIENTS]
    for client, (name, _, _) in zip(clients, CLIENTS):
        ready = "No active alarms" if name == "alarmpy" else "ready"
        station.until(lambda: ready in client.text, seconds=30)
    second = station.key("ben", "operator")
    body = json.dumps({"order": "warn", "hazard": "rockets", "zones": ZONES, "exercise": True})
    entry = station.post("/api/commands", body, station.operator)[1]["entry"]
    station.order("confirm", f"W{entry}", "--yes", key=second)
    station.until(lambda: any(zone["mode"] == "exercise"
                              for zone in station.get("/api/picture")[1]["zones"]))
    time.sleep(3)
    for client in clients:
        assert not any(zone in client.text for zone in ZONES), client.text


def test_alerts_in_ua_reports_a_warning_and_its_end(station):
    client = station.run("-c", programs.ALERTS_IN_UA)
    station.until(lambda: "letters|0" in client.text, seconds=30)
    assert "active" in client.lines, client.text
    warn(station)
    station.until(lambda: all(zone in client.text for zone in ZONES), seconds=3)
    station.until(lambda: "letters|3" in client.text, seconds=3)
    clear(station)
    station.until(lambda: client.text.count("letters|0") == 2, seconds=3)


def test_uasiren_reports_a_warning_and_its_end(station):
    client = station.run("-c", programs.UASIREN)
    station.until(lambda: "active|זיקים" in client.lines, seconds=30)
    warn(station)
    station.until(lambda: "active|זיקים|AIR" in client.lines, seconds=3)
    clear(station)
    station.until(lambda: client.lines.count("active|זיקים") == 2, seconds=3)
