"""A live service: radar plots come in by every way, the right zones are warned, bad input loses nothing else."""

import contextlib
import datetime
import json
import math
import socket
import sqlite3
import subprocess
import threading

import pytest

# The radar of the shipped example looks at a body that comes down on Zikim; the arithmetic is that of a flat
# earth, which is right to some meters at this distance.
RADAR = {"radar": "A1", "lat": 31.55, "lon": 34.60, "height_m": 50,
         "sigma": {"range_m": 10, "azimuth_deg": 0.06, "elevation_deg": 0.06}}
ZIKIM = (31.6080, 34.5208)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def stamp(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plot(seconds_ago: float, radar: str = "A1", down=None, **more) -> str:
    """A body that falls to Zikim and will be there at a moment, else in 15 s."""
    left = seconds_ago + ((down - now()).total_seconds() if down else 15)
    north = (ZIKIM[0] - RADAR["lat"]) * 110_900 - 200 * left
    east = (ZIKIM[1] - RADAR["lon"]) * 94_900 + 40 * left
    up = 40 + 60 * left + 4.9 * left * left
    ground = math.hypot(north, east)
    return json.dumps({
        "t": stamp(now() - datetime.timedelta(seconds=seconds_ago)), "radar": radar,
        "range_m": math.hypot(ground, up - RADAR["height_m"]),
        "azimuth_deg": math.degrees(math.atan2(east, north)) % 360,
        "elevation_deg": math.degrees(math.atan2(up - RADAR["height_m"], ground)), **more})


def fall() -> str:
    return "".join(plot(1 + 0.25 * k) + "\n" for k in range(20, 0, -1))


@pytest.fixture
def live(service):
    (service.home / "radars.json").write_text(json.dumps([RADAR]))
    service.radar = service.key("north", "source")
    service.ada = service.key("ada", "operator")
    service.configure("""
radars: radars.json
ground_height_m: 40
sources:
  - {id: north, kind: plots-http, radars: [A1], heartbeat: 4 s}
channels:
  - {id: archive, kind: lines, file: warnings.ndjson}
  - {id: drills, kind: lines, file: drills.ndjson, hears: exercise}
""")
    return service


def warned(service) -> set[str]:
    return {row["zone"] for row in service.get("/api/picture")[1]["zones"]
            if row["stage"] == "shelter"}


def lines(service, name: str) -> list[dict]:
    path = service.home / name
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_a_warning_says_where_its_plots_may_be_of_two_bodies(live):
    """Two that fall side by side: none of their plots is surely of the one or of the other."""
    live.start()
    both = []
    for line in fall().splitlines():
        one, other = json.loads(line), json.loads(line)
        other["range_m"] += 25
        both += [json.dumps(one), json.dumps(other)]
    assert live.post("/api/plots", "\n".join(both) + "\n", live.radar)[0] == 202
    live.until(lambda: warned(live))
    tracks = live.get("/api/situation", live.ada)[1]["tracks"]
    assert any(track.get("purity", 1) < 0.995 for track in tracks), tracks
    told = "".join(
        live.tocsin("explain", warning).stdout
        for warning in {line["warning"] for line in live.until(lambda: lines(live, "warnings.ndjson"))})
    assert "its plots are all of one body with P " in told, told
    # The public is told nothing of it.
    assert "purity" not in json.dumps(live.get("/api/picture")[1])


def test_posted_plots_warn_the_place_they_fall_on(live):
    live.start()
    status, answer = live.post("/api/plots", fall(), live.radar)
    assert (status, answer["accepted"], answer["rejected"]) == (202, 20, [])
    assert "zikim" in live.until(lambda: warned(live))
    line = live.until(lambda: lines(live, "warnings.ndjson"))[0]
    assert (line["mode"], line["stage"], line["kind"]) == ("actual", "shelter", "warning")
    assert 5 < line["seconds"] < 20
    explained = live.tocsin("explain", line["warning"])
    assert explained.returncode == 0 and "P(zone)" in explained.stdout, explained.stderr


@contextlib.contextmanager
def falling(live):
    """The body stays in sight: four plots a second, until the end of the block."""
    ends = threading.Event()
    down = now() + datetime.timedelta(seconds=25)

    def look(*ago):
        live.post("/api/plots", "".join(plot(each, down=down) + "\n" for each in ago), live.radar)

    def watch():
        while not ends.wait(0.25):
            look(0)

    look(*(0.25 * k for k in range(20, 0, -1)))
    eyes = threading.Thread(target=watch)
    eyes.start()
    try:
        yield
    finally:
        ends.set()
        eyes.join()


def test_a_reported_interception_warns_of_the_pieces_and_keeps_the_track(live):
    live.start()
    with falling(live):
        live.until(lambda: "zikim" in warned(live), seconds=15)

        def track():
            return live.get("/api/situation", live.ada)[1]["tracks"][0]

        def expires():
            return live.get("/api/situation", live.ada)[1]["warnings"][0]["zones"]["zikim"]["expires"]

        assert "fragments" not in track()
        before = expires()
        said = live.order("intercepted", track()["id"], "--yes", key=live.ada)
        assert said.returncode == 0 and "warn of the pieces of track 1" in said.stdout, said.stderr
        assert expires() > before
        # The town is warned already: that is said, and that nobody else was.
        assert "no zone is warned now. Warned already" in said.stdout and "Zikim" in said.stdout
        assert "No further zone was warned." in said.stdout
        again = live.order("intercepted", track()["id"], "--yes", key=live.ada)
        assert "was reported before" in again.stdout, again.stdout
        # Plots go on: so does the track, and its forecasts keep the pieces.
        plots = track()["plots"]
        live.until(lambda: track()["plots"] > plots)
        assert len(track()["fragments"]) == 5 and track()["phase"] != "ended"
        seen = live.tocsin("watch", "--once", "--tracks", "--url", live.url, key=live.ada)
        assert "Track 1: " in seen.stdout and "seen by A1" in seen.stdout, seen
    unknown = live.order("intercepted", "77", "--yes", key=live.ada)
    assert unknown.returncode != 0 and "no track '77'" in unknown.stderr, unknown.stderr


def test_bad_lines_cost_themselves_and_no_other(live):
    live.start()
    body = "\n".join([
        plot(2), '{"t":"2026-01-', plot(1.8).replace('"range_m": ', '"range_m": NaN, "x": '),
        plot(1.6, radar="Z9"), plot(-30), plot(60), plot(1.4)])
    status, answer = live.post("/api/plots", body, live.radar)
    assert status == 202
    assert {fault["line"]: fault["field"] for fault in answer["rejected"]} \
        == {2: "", 3: "range_m", 4: "radar"}, answer
    assert {part["error"] for part in answer["refused"]} == {"future", "stale"}
    assert answer["accepted"] == 2


def test_plots_need_the_right_key(live):
    live.start()
    assert live.post("/api/plots", plot(1))[0] == 401
    assert live.post("/api/plots", plot(1), "tcs_wrong")[0] == 401
    assert live.post("/api/plots", plot(1), live.ada)[0] == 403
    live.tocsin("keys", "revoke", "north")
    assert live.post("/api/plots", plot(1), live.radar)[0] == 401


def test_an_unknown_radar_is_refused_by_name(live):
    live.configure("radars: radars.json\nsources:\n  - {id: north, kind: plots-http}\n")
    live.start()
    answer = live.post("/api/plots", plot(1, radar="Z9"), live.radar)[1]
    assert answer["accepted"] == 0 and "'Z9'" in answer["refused"][0]["reason"]


def test_plots_come_over_tcp_with_a_key(live):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    live.configure(f"""
radars: radars.json
ground_height_m: 40
sources:
  - {{id: north, kind: plots-tcp, listen: "127.0.0.1:{port}", radars: [A1]}}
""")
    live.start()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as stranger:
        stranger.sendall(b'{"key":"tcs_wrong"}\n' + fall().encode())
        assert "tocsin keys add north" in stranger.makefile().readline()
    assert not warned(live)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(json.dumps({"key": live.radar}).encode() + b"\nnonsense\n" + fall().encode())
        fault = json.loads(line.makefile().readline())
        assert fault["line"] == 1 and fault["error"]
        assert "zikim" in live.until(lambda: warned(live))


def test_who_has_sent_all_over_tcp_hears_what_was_wrong_and_loses_nothing(live):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    live.configure(f"""
radars: radars.json
ground_height_m: 40
sources:
  - {{id: north, kind: plots-tcp, listen: "127.0.0.1:{port}", radars: [A1]}}
""")
    live.start()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        key = json.dumps({"key": live.radar}).encode()
        line.sendall(key + b"\nnonsense\n" + fall().encode() + b'{"t":"2026-01-')
        line.shutdown(socket.SHUT_WR)
        faults = [json.loads(answer) for answer in line.makefile()]
    assert [fault["line"] for fault in faults] == [1, 22], faults
    assert "zikim" in live.until(lambda: warned(live))


def test_plots_come_by_standard_input(live):
    live.configure("""
radars: radars.json
ground_height_m: 40
sources:
  - {id: A1, kind: plots-stdin}
""")
    live.start(stdin=subprocess.PIPE)
    live.process.stdin.write(fall().encode())
    live.process.stdin.flush()
    assert "zikim" in live.until(lambda: warned(live))
    live.process.stdin.close()
    assert live.get("/health/ready")[0] == 200, "the end of one source ends nothing else"


def test_a_silent_radar_makes_its_districts_blind(live):
    live.start()
    live.post("/api/plots", json.dumps({"t": stamp(now()), "radar": "A1", "alive": True}),
              live.radar)

    def states():
        return {row["state"] for row in live.get("/api/picture")[1]["health"]}
    assert "covered" in states()
    assert live.until(lambda: states() == {"blind"}, 16)


def test_an_order_is_read_back_asked_for_and_reaches_the_right_channel(live):
    live.start()
    refused = live.order("warn", "--hazard", "rockets", "--zones", "Zikim", key=live.ada, input="no\n")
    assert refused.returncode == 1 and not warned(live)
    assert "Zikim" in refused.stdout and "ACTUAL" in refused.stdout.upper(), refused.stdout
    done = live.order("warn", "--hazard", "rockets", "--zones", "זיקים", key=live.ada, input="yes\n")
    assert done.returncode == 0, done.stderr
    live.until(lambda: warned(live) == {"zikim"})
    live.until(lambda: lines(live, "warnings.ndjson"))
    warning = lines(live, "warnings.ndjson")[0]["warning"]
    assert f"warning {warning}." in done.stdout
    unknown = live.tocsin("explain", "W99")
    assert unknown.returncode == 1 and "'W99'" in unknown.stderr and "Usage" not in unknown.stderr
    for words in (["--zones", "Atlantis"], ["--district", "Nowhere"], ["--circle", "0,0,5"], []):
        unknown = live.order("warn", "--hazard", "rockets", *words, key=live.ada, input="yes\n")
        assert unknown.returncode != 0 and unknown.stderr, words
    live.until(lambda: warned(live) == {"zikim"})
    corrected = live.order("correct", warning, key=live.ada, input="yes\n")
    assert corrected.returncode == 0, corrected.stderr
    live.until(lambda: len(lines(live, "warnings.ndjson")) == 2)
    last = lines(live, "warnings.ndjson")[-1]
    assert (last["kind"], last["zone"], last["warning"]) == ("correction", "zikim", warning)
    live.until(lambda: not warned(live))
    assert not lines(live, "drills.ndjson")


def test_an_exercise_needs_two_people_and_stays_on_its_channel(live):
    bea = live.key("bea", "operator")
    live.start()
    live.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--exercise", "--yes", key=live.ada)
    held = live.get("/api/situation", live.ada)[1]["warnings"]
    assert not lines(live, "drills.ndjson") and not warned(live)
    entry = live.get("/api/situation", live.ada)[1]["entry"]
    ids = [w["id"] for w in held] or [f"W{n}" for n in range(1, entry + 1)]
    done = [live.order("confirm", id, "--yes", key=bea) for id in ids]
    assert any(order.returncode == 0 for order in done), done
    assert live.until(lambda: lines(live, "drills.ndjson"))[0]["mode"] == "exercise"
    assert not lines(live, "warnings.ndjson")


def test_a_wrong_key_orders_nothing_and_says_so(live):
    live.start()
    for key in ("tcs_wrong", live.radar):
        refused = live.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=key)
        assert refused.returncode != 0 and "key" in refused.stderr
    assert not warned(live)


def test_what_was_in_force_is_in_force_after_a_kill(live):
    live.start()
    live.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=live.ada)
    live.process.kill()
    live.process.wait()
    live.start()
    live.until(lambda: warned(live) == {"zikim"})
    watched = live.tocsin("watch", "--once", "--place", "זיקים", "--url", live.url)
    assert watched.returncode == 0 and "Zikim" in watched.stdout, watched.stderr
    again = live.tocsin("replay", str(live.home / "journal.sqlite"))
    assert again.returncode == 0 and "0 decided differently" in again.stdout, again.stdout


def test_an_orderly_stop_keeps_a_checkpoint(live):
    live.start()
    live.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=live.ada)
    live.stop()
    with sqlite3.connect(live.home / "journal.sqlite") as journal:
        (newest,) = journal.execute("SELECT max(number) FROM entries").fetchone()
        assert journal.execute("SELECT number FROM checkpoints").fetchall() == [(newest,)]
    live.start()
    live.until(lambda: warned(live) == {"zikim"})


def test_a_channel_whose_disk_is_gone_opens_its_circuit_and_says_so(service):
    folder = service.home / "archive"
    folder.mkdir()
    service.configure("channels:\n  - {id: archive, kind: lines, file: archive/warnings.ndjson}\n")
    ada = service.key("ada", "operator")
    service.start()

    def warn():
        assert service.order("warn", "--hazard", "fire", "--zones", "Zikim", "--yes", key=ada).returncode == 0

    def failures():
        rows = service.get("/api/situation", ada)[1]["open_deliveries"]
        return [row["failure"] for row in rows if row["outlet"] == "archive" and row.get("failure")]

    folder.rmdir()
    for _ in range(5):
        warn()
    service.until(lambda: len(failures()) == 5)
    assert "circuit is open" in failures()[-1] and "circuit is open" not in failures()[0]
    service.until(lambda: "Channel does not work" in service.log)
    folder.mkdir()
    warn()
    service.until(lambda: "Channel works again" in service.log)
    assert len((folder / "warnings.ndjson").read_text().splitlines()) == 1
