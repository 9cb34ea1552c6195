"""ASTERIX in real UDP datagrams into a live service: warnings come out, and what cannot be believed does not count."""

import json
import math
import socket
import struct
import subprocess

import pytest

from conftest import TOCSIN
from test_live import RADAR, ZIKIM, now, warned

SAC, SIC = 25, 201


def time_of_day(seconds_ago: float) -> bytes:
    moment = now()
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return int((seconds - seconds_ago) % 86400 * 128).to_bytes(3, "big")


def block(category: int, *records: bytes) -> bytes:
    body = b"".join(records)
    return bytes([category]) + (len(body) + 3).to_bytes(2, "big") + body


def report(seconds_ago: float, simulated: bool = False, sic: int = SIC) -> bytes:
    """Category 048 of a body that falls to Zikim and will be there in 15 s: 010, 140, 020, 040, 110."""
    left = 15 + seconds_ago
    north = (ZIKIM[0] - RADAR["lat"]) * 110_900 - 200 * left
    east = (ZIKIM[1] - RADAR["lon"]) * 94_900 + 40 * left
    up = 40 + 60 * left + 4.9 * left * left
    slant = math.hypot(north, east, up - RADAR["height_m"])
    azimuth = math.degrees(math.atan2(east, north)) % 360
    return (bytes([0xF1, 0x01, 0x08, SAC, sic]) + time_of_day(seconds_ago)
            + bytes([0x20 | (0x10 if simulated else 0)])
            + struct.pack(">HHh", round(slant / 1852 * 256), round(azimuth * 65536 / 360) % 65536,
                          round(up / 0.3048 / 25)))


def north_marker(nogo: bool = False) -> bytes:
    """Category 034: 010, 000, 030, 050."""
    return (bytes([0xE4, SAC, SIC, 1]) + time_of_day(0)
            + bytes([0x80, 0x80 if nogo else 0]))


def track(seconds_ago: float, number: int = 7) -> bytes:
    """Category 062 of the same body: 010, 015, 070, 105, 040, 080, 130, 500 (APC, AGA)."""
    left = 15 + seconds_ago
    latitude = ZIKIM[0] - 200 * left / 110_900
    longitude = ZIKIM[1] + 40 * left / 94_900
    up = 40 + 60 * left + 4.9 * left * left
    return (bytes([0xB9, 0x0D, 0x11, 0x04, SAC, 100, 1]) + time_of_day(seconds_ago)
            + struct.pack(">ii", round(latitude * 2**25 / 180), round(longitude * 2**25 / 180))
            + struct.pack(">H", number) + bytes([0x28])
            + struct.pack(">h", round(up / 0.3048 / 6.25))
            + bytes([0x90]) + struct.pack(">HHB", 20, 20, 8))


@pytest.fixture
def live(service):
    (service.home / "radars.json").write_text(json.dumps(
        [RADAR, {**RADAR, "radar": "CENTRE", "height_m": 0}]))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        service.udp = probe.getsockname()[1]
    service.ada = service.key("ada", "operator")
    service.configure(configuration(service.udp))
    service.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    service.send = lambda data: service.line.sendto(data, ("127.0.0.1", service.udp))
    yield service
    service.line.close()


def configuration(port: int, more: str = "", senders: str = "127.0.0.1") -> str:
    return f"""
radars: radars.json
ground_height_m: 40
sources:
  - id: north
    kind: asterix-udp
    listen: 127.0.0.1:{port}
    from: [{senders}]
    radars: [A1, CENTRE]
    heartbeat: 4 s
{more}
    systems:
      - {{system: {SAC}/{SIC}, radar: A1}}
      - {{system: {SAC}/100, radar: CENTRE}}
"""


def situation(service) -> dict:
    return service.get("/api/situation", service.ada)[1]


def test_radar_reports_warn_the_place_they_fall_on(live):
    live.start()
    for k in range(20, 0, -1):
        live.send(block(48, report(1 + 0.25 * k)))
    assert "zikim" in live.until(lambda: warned(live))
    assert live.until(lambda: situation(live)["tracks"])[0]["radars"] == ["A1"]


def test_many_records_in_one_datagram_warn_too(live):
    live.start()
    live.send(block(48, *[report(1 + 0.25 * k) for k in range(20, 10, -1)])
              + block(21, b"skipped") + block(48, *[report(1 + 0.25 * k) for k in range(10, 0, -1)]))
    assert "zikim" in live.until(lambda: warned(live))


def test_tracks_warn_from_the_reference_site(live):
    live.start()
    for k in range(20, 0, -1):
        live.send(block(62, track(1 + 0.25 * k)))
    assert "zikim" in live.until(lambda: warned(live))


def own_address() -> str | None:
    """The address of the interface that multicast goes out by; none without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("239.255.77.1", 9))  # sends nothing
            return probe.getsockname()[0]
        except OSError:
            return None


@pytest.mark.skipif(own_address() is None, reason="no interface carries multicast")
def test_a_multicast_group_is_joined(live):
    listen = configuration(live.udp, "    group: 239.255.77.1", own_address())
    live.configure(listen.replace("listen: 127.0.0.1", f"listen: {own_address()}"))
    live.start()
    live.line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 0)  # stays on this machine
    for k in range(20, 0, -1):
        live.line.sendto(block(48, report(1 + 0.25 * k)), ("239.255.77.1", live.udp))
    assert "zikim" in live.until(lambda: warned(live))


def test_a_north_marker_is_a_sign_of_life_and_its_absence_is_blindness(live):
    live.start()
    live.send(block(34, north_marker()))

    def states():
        return {row["state"] for row in live.get("/api/picture")[1]["health"]}
    live.until(lambda: "covered" in states())
    assert live.until(lambda: states() == {"blind"}, 16)
    # A radar that says 'do not use' is no eye.
    live.send(block(34, north_marker(nogo=True)))
    live.send(block(34, north_marker()))
    assert live.until(lambda: "covered" in states())


def test_what_cannot_be_believed_warns_nobody_and_is_said(live):
    live.configure(configuration(live.udp, senders="127.0.0.9"))
    live.start()
    for k in range(20, 0, -1):
        live.send(block(48, report(1 + 0.25 * k)))
    # The first report comes after a second, with the datagram that comes then.
    live.until(lambda: live.send(b"x") and "not in 'from'" in live.log)
    live.stop()
    live.configure(configuration(live.udp))
    live.start()
    for k in range(20, 0, -1):
        live.send(block(48, report(1 + 0.25 * k, sic=9), report(1 + 0.25 * k, simulated=True)))
    live.send(block(34, north_marker(nogo=True)))
    for k in range(20, 0, -1):
        live.send(block(48, report(1 + 0.25 * k)))
    live.send(b"\x30\xff\xff nonsense")
    live.until(lambda: live.send(block(34, north_marker())) and "simulated" in live.log)
    assert not warned(live)
    for words in ("of simulated or test targets", "systems that are not configured",
                  "'do not use'", "65535 bytes"):
        assert words in live.log, words


def test_check_names_what_is_missing(service):
    (service.home / "radars.json").write_text(json.dumps(
        [{key: value for key, value in RADAR.items() if key != "sigma"}]))
    path = service.configure("""
radars: radars.json
sources:
  - id: A1
    kind: asterix-udp
    group: 192.0.2.1
    systems:
      - {system: 25/300, radar: A1}
      - {system: 25/201, radar: A1}
      - {system: 25/202, radar: B2}
""")
    checked = service.tocsin("check", "--config", str(path))
    assert checked.returncode != 0
    for words in ("'listen'", "'from'", "239.1.2.3", "25/300", "no sigma", "'B2'"):
        assert words in checked.stdout + checked.stderr, words


def test_decode_prints_lines_and_says_what_it_could_not_read(tmp_path):
    path = tmp_path / "radar.raw"
    path.write_bytes(block(48, report(0)) + block(34, north_marker()) + b"\x30\x00\x05\x80\x19")
    done = subprocess.run([TOCSIN, "asterix", "decode", str(path)], capture_output=True, text=True)
    plots = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["cat"] for line in plots] == [48, 34]
    assert plots[0]["010"] == {"SAC": 25, "SIC": 201} and plots[1]["050"]["NOGO"] == 0
    assert done.returncode == 1 and "I048/010 needs 2 bytes and 1 are left" in done.stderr
    core = subprocess.run([TOCSIN, "asterix", "decode", "--core", str(path)], capture_output=True,
                          text=True)
    assert json.loads(core.stdout.splitlines()[0])["010/SIC"] == 201
