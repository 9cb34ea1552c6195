"""Zones, Home Assistant's discovery and sirens at a real Mosquitto, read and answered by paho-mqtt."""

import datetime
import json
import re
import shutil
import ssl
import subprocess
import sys
import threading
import time

import pytest

from conftest import ROOT, free_port

sys.path.append(str(ROOT / ".build-python/apart"))
import paho.mqtt.client as paho  # noqa: E402
from paho.mqtt.enums import CallbackAPIVersion  # noqa: E402

MOSQUITTO = shutil.which("mosquitto") or "/usr/sbin/mosquitto"


class Broker:
    """A Mosquitto of its own, which can vanish and come again."""

    def __init__(self, folder, lines="allow_anonymous true"):
        self.port = free_port()
        self.file = folder / "mosquitto.conf"
        self.file.write_text(f"listener {self.port} 127.0.0.1\npersistence false\n{lines}\n")
        self.start()

    def start(self):
        self.process = subprocess.Popen([MOSQUITTO, "-c", str(self.file)], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def stop(self):
        self.process.kill()
        self.process.wait()


class Reader:
    """Hears everything at a broker, each message with whether it was retained and how long it lasts."""

    def __init__(self, port, topic="#", **more):
        self.last, self.all, self.ready = {}, [], threading.Event()
        self.client = paho.Client(CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
        if more:
            more["prepare"](self.client)

        def connected(client, _, flags, code, properties):
            client.subscribe(topic, qos=1)

        def heard(client, _, message):
            self.last[message.topic] = message
            self.all.append(message)

        self.client.on_connect, self.client.on_message = connected, heard
        self.client.on_subscribe = lambda *_: self.ready.set()
        self.client.connect_async("127.0.0.1", port)
        self.client.reconnect_delay_set(0.1, 0.5)
        self.client.loop_start()
        assert self.ready.wait(5)

    def stop(self):
        self.client.loop_stop()

    def text(self, topic):
        message = self.last.get(topic)
        return message.payload.decode() if message else None

    def state(self, zone, prefix="tocsin"):
        text = self.text(f"{prefix}/zone/{zone}/state")
        return json.loads(text) if text else {}

    def to(self, topic):
        return [message for message in self.all if message.topic == topic]


class Siren(Reader):
    """Does each command once and says so; `answer` may say otherwise."""

    def __init__(self, port, id="school", answer=None):
        self.id, self.done = id, []
        self.answer = answer or (lambda command: {"id": command["id"], "outcome": "done"})
        super().__init__(port, f"tocsin/siren/{id}/command")

        def heard(client, _, message):
            command = json.loads(message.payload)
            self.done.append((command, message))
            if (receipt := self.answer(command)) is not None:
                body = receipt if isinstance(receipt, bytes) else json.dumps(receipt)
                client.publish(f"tocsin/siren/{id}/receipt", body, qos=1)

        self.client.on_message = heard


@pytest.fixture
def broker(tmp_path):
    broker = Broker(tmp_path)
    yield broker
    broker.stop()


@pytest.fixture
def reader(broker):
    reader = Reader(broker.port)
    yield reader
    reader.stop()


def start(service, port, more="", sources="", scheme="mqtt"):
    config = service.configure(f"""
{sources}
channels:
  - id: mqtt
    kind: mqtt
    broker: {scheme}://127.0.0.1:{port}
{more}""")
    service.ada, service.bob = service.key("ada", "operator"), service.key("bob", "operator")
    service.start("--config", str(config))


SIRENS = """    sirens:
      - {id: school, zones: [zikim], shelter: "on 5 s, off 2 s, on 5 s", ended: on 2 s}
"""
SEEING = "sources:\n  - {id: eye, kind: plots-http, heartbeat: 1 s}\n"


def warn(service, zone="zikim", *more):
    done = service.order("warn", "--hazard", "rockets", "--zones", zone, "--yes", *more, key=service.ada)
    assert done.returncode == 0, done.stderr


def clear(service):
    number = service.get("/api/picture")[1]["warnings"][0]["id"]
    done = service.order("clear", number, "--yes", key=service.ada)
    assert done.returncode == 0, done.stderr


def open_deliveries(service):
    rows = service.get("/api/situation", service.ada)[1]["open_deliveries"]
    return [row for row in rows if row["outlet"] == "mqtt"]


def seconds_until(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment - datetime.datetime.now(datetime.timezone.utc)).total_seconds()


def test_a_zone_s_topic_says_what_is_so_there(service, broker, reader):
    start(service, broker.port)
    service.until(lambda: reader.text("tocsin/availability") == "online")
    # Nobody sees: that is no calm.
    assert reader.state("zikim")["stage"] == "cannot-see"
    warn(service)
    service.until(lambda: reader.state("zikim")["stage"] == "shelter")
    state = reader.state("zikim")
    assert state["hazard"] == "rockets" and state["mode"] == "actual" and state["warning"].startswith("W")
    assert state["seconds"] == state["shelter_seconds"] > 0
    service.until(lambda: not open_deliveries(service))
    assert reader.state("ashkelon-southern-industrial-zone")["stage"] == "cannot-see"
    clear(service)
    service.until(lambda: reader.state("zikim")["stage"] == "ended")
    assert "seconds" not in reader.state("zikim") and reader.state("zikim")["corrected"] is False


def test_where_somebody_sees_a_zone_without_a_warning_is_calm_until_nobody_does(service, broker, reader):
    start(service, broker.port, sources=SEEING)
    key = service.key("eye", "source")
    assert service.post("/api/plots", "", key)[0] == 202
    service.until(lambda: reader.state("zikim").get("stage") == "none")
    service.until(lambda: reader.state("zikim")["stage"] == "cannot-see", 20)


def test_what_is_retained_runs_out_by_itself(service, broker, reader):
    start(service, broker.port)
    warn(service)
    service.until(lambda: reader.state("zikim").get("stage") == "shelter")
    for zone, longest in [("zikim", 600), ("karmia", 300)]:
        service.until(lambda: reader.state(zone))
        late = Reader(broker.port, f"tocsin/zone/{zone}/state")
        # The first is what the broker kept; a newer one that is said meanwhile is not.
        message = service.until(lambda: late.all and late.all[0])
        late.stop()
        assert message.retain and message.qos == 1
        left = message.properties.MessageExpiryInterval
        assert 0 < left <= longest
        assert abs(seconds_until(json.loads(message.payload)["expires"]) - left) < 3


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_when_the_service_is_gone_the_broker_says_that_we_cannot_see(service, broker, reader, end):
    start(service, broker.port)
    service.until(lambda: reader.text("tocsin/availability") == "online")
    if end == "kill":
        service.process.kill()
        service.process.wait()
    else:
        service.stop()
    service.until(lambda: reader.text("tocsin/availability") == "cannot see", 10)


def test_a_broker_that_vanishes_is_said_and_told_all_when_it_is_back(service, broker, reader):
    start(service, broker.port)
    service.until(lambda: reader.text("tocsin/availability") == "online")
    broker.stop()
    service.until(lambda: "Broker lost" in service.log)
    warn(service)
    failed = service.until(lambda: [row for row in open_deliveries(service) if row.get("failure")])
    assert str(broker.port) in failed[0]["failure"]
    reader.last.clear()
    broker.start()
    service.until(lambda: reader.state("zikim").get("stage") == "shelter", 15)
    service.until(lambda: reader.text("tocsin/availability") == "online")
    # And after a restart of ours, what is in force is said by the new process.
    service.stop()
    service.until(lambda: reader.text("tocsin/availability") == "cannot see")
    reader.last.clear()
    service.start("--config", str(service.home / "tocsin.yaml"))
    service.until(lambda: reader.state("zikim").get("stage") == "shelter")
    service.until(lambda: reader.text("tocsin/availability") == "online")


def test_home_assistant_finds_stage_and_seconds_of_each_zone_and_a_device_per_district(service, broker, reader):
    start(service, broker.port, "    discovery: homeassistant\n")
    configs = service.until(lambda: {
        topic: json.loads(message.payload) for topic, message in reader.last.items()
        if topic.startswith("homeassistant/sensor/tocsin_zikim/") and topic.endswith("/config")})
    service.until(lambda: len([t for t in reader.last if "/tocsin_zikim/" in t]) == 2)
    stage = json.loads(reader.text("homeassistant/sensor/tocsin_zikim/stage/config"))
    seconds = json.loads(reader.text("homeassistant/sensor/tocsin_zikim/seconds/config"))
    assert configs and stage["name"] == "Zikim stage" and stage["unique_id"] != seconds["unique_id"]
    for config in (stage, seconds):
        assert config["state_topic"] == "tocsin/zone/zikim/state"
        assert config["availability_topic"] == "tocsin/availability"
        assert (config["payload_available"], config["payload_not_available"]) == ("online", "cannot see")
        assert config["expire_after"] == 300
    assert set(stage["options"]) == {"none", "cannot-see", "early", "shelter", "ended"}
    assert stage["device"] == seconds["device"] and len(stage["device"]["identifiers"]) == 1
    service.until(lambda: "homeassistant/sensor/tocsin_karmia/stage/config" in reader.last)
    # A template as Home Assistant's, over what is really said.
    assert stage["value_template"] == "{{ value_json.stage }}" and reader.state("zikim")["stage"] in stage["options"]


def test_a_password_and_tls(service, tmp_path):
    def run(*words):
        subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-subj",
        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2")
    (tmp_path / "word").write_text("a good one\n")
    run("mosquitto_passwd", "-c", "-b", "users", "tocsin", "a good one")
    (tmp_path / "users").chmod(0o644)
    (tmp_path / "key.pem").chmod(0o644)
    broker = Broker(tmp_path, f"allow_anonymous false\npassword_file {tmp_path}/users\ncertfile {tmp_path}/cert.pem\n"
                              f"keyfile {tmp_path}/key.pem\nuser root")
    try:
        more = "    user: tocsin\n    password_file: word\n"
        start(service, broker.port, more + "    ca: cert.pem\n", scheme="mqtts")

        def prepare(client):
            client.username_pw_set("tocsin", "a good one")
            client.tls_set(str(tmp_path / "cert.pem"), cert_reqs=ssl.CERT_REQUIRED)
        reader = Reader(broker.port, prepare=prepare)
        service.until(lambda: reader.text("tocsin/availability") == "online")
        reader.stop()
        service.stop()
        # An authority that we do not know, and a password that is wrong, are said and nothing is sent.
        for lines, words in [(more, "certificate"), ("    user: tocsin\n    password_file: wrong\n    ca: cert.pem\n", "refused us")]:
            (tmp_path / "wrong").write_text("a bad one")
            (service.home / "log.txt").write_text("")
            config = service.configure(
                f"channels:\n  - id: mqtt\n    kind: mqtt\n    broker: mqtts://127.0.0.1:{broker.port}\n{lines}")
            service.start("--config", str(config))
            service.until(lambda: "Broker lost" in service.log)
            assert words in service.log.lower() or words in service.log, service.log
            service.stop()
    finally:
        broker.stop()


# Sirens.

@pytest.fixture
def siren(broker):
    made = []

    def make(**more):
        made.append(Siren(broker.port, **more))
        return made[-1]
    yield make
    for one in made:
        one.stop()


def test_a_siren_sounds_answers_and_is_told_the_end(service, broker, reader, siren):
    school = siren()
    start(service, broker.port, SIRENS)
    warn(service)
    command, message = service.until(lambda: school.done)[0]
    assert command["action"] == "sound" and command["stage"] == "shelter" and command["mode"] == "actual"
    assert command["pattern"] == [{"on": True, "seconds": 5}, {"on": False, "seconds": 2}, {"on": True, "seconds": 5}]
    assert 0 < seconds_until(command["until"]) <= 30
    assert not message.retain and message.qos == 1 and message.properties.MessageExpiryInterval <= 30
    service.until(lambda: not open_deliveries(service))
    clear(service)
    end = service.until(lambda: school.done[1:])[0][0]
    assert end["stage"] == "ended" and end["pattern"] == [{"on": True, "seconds": 2}]
    service.until(lambda: not open_deliveries(service))
    # A zone in which it is not heard.
    warn(service, "karmia")
    service.until(lambda: not open_deliveries(service))
    assert len(school.done) == 2
    late = Reader(broker.port, "tocsin/siren/school/command")
    time.sleep(0.3)
    assert not late.all, "a command is never retained"
    late.stop()


@pytest.mark.parametrize("answer, words", [
    (lambda command: None, "sent no receipt"),
    (lambda command: b"\xff{", "sent no receipt"),
    (lambda command: {"id": command["id"], "outcome": "sounding?"}, "sent no receipt"),
    (lambda command: {"id": "1-0-other", "outcome": "done"}, "sent no receipt"),
    (lambda command: {"id": command["id"], "outcome": "failed", "reason": "no power"}, "failed: no power"),
    (lambda command: b"x" * 100_000, "sent no receipt"),
], ids=["silent", "no JSON", "no outcome", "another's", "failed", "too long"])
def test_a_siren_that_does_not_say_that_it_sounds_is_no_delivery(service, broker, siren, answer, words):
    school = siren(answer=answer)
    start(service, broker.port, "    patience: 500 ms\n" + SIRENS)
    warn(service)
    service.until(lambda: school.done)
    failed = service.until(lambda: [row for row in open_deliveries(service) if row.get("failure")])
    assert words in failed[0]["failure"], failed


def test_a_dead_siren_holds_up_nobody_for_long(service, broker, reader):
    start(service, broker.port, "    patience: 300 ms\n" + SIRENS)
    for _ in range(6):
        warn(service)
    service.until(lambda: "circuit is open" in str(open_deliveries(service)), 10)
    service.until(lambda: "Siren sends no receipts" in service.log)
    begin = time.monotonic()
    warn(service, "karmia")
    service.until(lambda: reader.state("karmia").get("stage") == "shelter")
    assert time.monotonic() - begin < 3


def test_a_siren_never_hears_a_delivery_again_after_a_restart(service, broker, reader, siren):
    school = siren(answer=lambda command: None)
    start(service, broker.port, "    patience: 300 ms\n" + SIRENS)
    warn(service)
    service.until(lambda: [row for row in open_deliveries(service) if row.get("failure")])
    service.process.kill()
    service.process.wait()
    service.until(lambda: reader.text("tocsin/availability") == "cannot see", 10)
    service.start("--config", str(service.home / "tocsin.yaml"))
    service.until(lambda: reader.text("tocsin/availability") == "online")
    service.until(lambda: "before a restart" in str(open_deliveries(service)))
    assert len(school.done) == 1


def test_an_exercise_goes_to_the_channel_of_exercises_alone(service, broker, reader, siren):
    school = siren()
    start(service, broker.port, SIRENS + f"""
  - id: training
    kind: mqtt
    broker: mqtt://127.0.0.1:{broker.port}
    topic: training
    hears: exercise
""")
    service.until(lambda: reader.text("training/availability") == "online")
    warn(service, "zikim", "--exercise")
    number = service.get("/api/situation", service.ada)[1]["warnings"][0]["id"]
    assert service.order("confirm", number, "--yes", key=service.bob).returncode == 0
    service.until(lambda: reader.state("zikim", "training").get("stage") == "shelter")
    assert reader.state("zikim", "training")["mode"] == "exercise"
    assert reader.state("zikim")["stage"] == "cannot-see" and not school.done
    warn(service, "karmia")
    service.until(lambda: reader.state("karmia")["stage"] == "shelter")
    assert reader.state("karmia", "training")["stage"] == "cannot-see"


def test_the_example_of_the_documentation_runs(service, broker, reader, siren):
    text = (ROOT / "Docs/CHANNELS.md").read_text()
    example = next(block for block in re.findall(r"```yaml\n(.*?)```", text, re.S) if "kind: mqtt" in block)
    (service.home / "mqtt-password").write_text("a word")
    config = service.configure(example.replace("mqtts://broker.example.org:8883", f"mqtt://127.0.0.1:{broker.port}"))
    school = siren()
    service.ada = service.key("ada", "operator")
    service.start("--config", str(config))
    warn(service)
    command = service.until(lambda: school.done)[0][0]
    said = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.S) if '"zone"' in block or '"until"' in block]
    state, documented = reader.state("zikim"), {frozenset(block) for block in said}
    assert frozenset(command) in documented and frozenset(state) in documented, (command, state, documented)
    service.until(lambda: "homeassistant/sensor/tocsin_zikim/stage/config" in reader.last)


def test_check_names_every_mistake(service):
    config = service.configure("""
channels:
  - {id: a, kind: mqtt, broker: "http://x"}
  - {id: b, kind: mqtt, broker: "mqtt://h", topic: "a/#", patience: 60 s, ca: /nowhere.pem, certificate: tocsin.yaml}
  - id: c
    kind: mqtt
    broker: mqtt://user:word@h
    sirens: [{id: "a/b", zones: [atlantis]}, {id: d, zones: [zikim]}, {id: d, zones: [zikim]}]
  - {id: e, kind: mqtt, broker: "mqtts://h"}
  - {id: f, kind: mqtt, broker: "mqtts://h:8883"}
""")
    done = service.tocsin("check", "--config", str(config))
    assert done.returncode != 0
    for words in ["mqtts://broker.example.org", "'a/#'", "more than 30 s", "/nowhere.pem", "'key' go together",
                  "user in 'user'", "'a/b'", "'atlantis'", "second time", "speaks where 'e' does"]:
        assert words in done.stdout + done.stderr, (words, done.stdout + done.stderr)
