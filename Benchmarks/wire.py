"""Milliseconds from an operator's POST to each channel's wire: wire.py [ORDERS].

A live service with every channel, an order after the other, each for another zone: when does the first byte of it come to a
real receiver? Feeds are asked every 2 ms. Run it with the tests' Python: .build-python/bin/python Benchmarks/wire.py
"""

import http.server
import json
import pathlib
import statistics
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests/Service"))
from conftest import Service  # noqa: E402
from push_service import PushService  # noqa: E402
from test_mqtt import Broker, Reader, Siren  # noqa: E402
from test_sirens import Board  # noqa: E402

ORDERS = int(sys.argv[1]) if len(sys.argv) > 1 else 40


class Hook:
    """A webhook's receiver."""

    def __init__(self, heard):
        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                heard("webhook", self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"


def places():
    """The zones that come with Tocsin: ids of places with a Hebrew name, in their order."""
    lines = (ROOT / "Sources/TocsinSources/Defaults/places.tsv").read_text().splitlines()
    return [line.split("\t")[0] for line in lines if line and not line.startswith(("#", "id\t"))]


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    arrived, zone = {}, [""]

    def heard(channel, text):
        if zone[0] and zone[0] in text:
            arrived.setdefault(channel, time.monotonic())

    service, push, broker, board, hook = Service(folder), PushService(), Broker(folder), Board(), Hook(heard)
    ids = places()[:ORDERS]
    config = service.configure(f"""
channels:
  - {{id: hook, kind: webhook, url: "{hook.url}"}}
  - {{id: push, kind: web-push, contact: "mailto:d@example.org", services: ["{push.url}"]}}
  - {{id: lines, kind: lines, file: lines.ndjson}}
  - {{id: mqtt, kind: mqtt, broker: "mqtt://127.0.0.1:{broker.port}",
     sirens: [{{id: school, zones: {json.dumps(ids)}, shelter: on 1 s}}]}}
  - id: modbus
    kind: modbus
    sirens: [{{id: roof, address: "127.0.0.1:{board.port}", zones: {json.dumps(ids)}, shelter: on 100 ms}}]
""")
    key = service.key("ada", "operator")
    service.start("--config", str(config))
    reader, siren = Reader(broker.port, "tocsin/zone/+/state"), Siren(broker.port)
    reader.client.on_message = lambda _, __, message: heard(
        "mqtt", message.payload.decode() if b'"shelter"' in message.payload else "")
    done = siren.client.on_message
    siren.client.on_message = lambda client, data, message: (arrived.setdefault("mqtt siren", time.monotonic()), done(client, data, message))
    browser = push.browser("one")
    read = browser.read
    browser.read = lambda headers, body: (arrived.setdefault("web-push", time.monotonic()), read(headers, body))
    body = {"subscription": browser.subscription, "zones": ids}
    assert service.post("/api/push/push", json.dumps(body))[0] == 204

    def stream():
        with urllib.request.urlopen(service.url + "/api/events") as events:
            for line in events:
                if line.startswith(b"data:") and b'"kind":"warning"' in line:
                    heard("pages (SSE)", line.decode())

    count = [0]
    hebrew = {one["properties"]["id"]: one["properties"]["name"]["he"]
              for one in json.loads(urllib.request.urlopen(service.url + "/api/zones").read())["features"]}

    def watch(name, look):
        def loop():
            while True:
                if zone[0]:
                    look(name)
                time.sleep(0.002)
        threading.Thread(target=loop, daemon=True).start()

    def get(path):
        with urllib.request.urlopen(service.url + path) as answer:
            return answer.read().decode()

    threading.Thread(target=stream, daemon=True).start()
    watch("cap feed", lambda name: heard(name, f"{zone[0]} " if len(get("/cap/feed.atom").split("<entry>")) > count[0] + 1 else ""))
    watch("compatible", lambda name: hebrew[zone[0]] in get("/warningMessages/alert/Alerts.json") and arrived.setdefault(name, time.monotonic()))
    watch("lines", lambda name: heard(name, (folder / "lines.ndjson").read_text() if (folder / "lines.ndjson").exists() else ""))
    time.sleep(2)
    figures = {}
    channels = ["pages (SSE)", "webhook", "mqtt", "mqtt siren", "web-push", "modbus", "lines", "compatible", "cap feed"]
    for id in ids:
        count[0] = len(get("/cap/feed.atom").split("<entry>")) - 1
        arrived.clear()
        ups = len(board.ups())
        zone[0] = id
        order = json.dumps({"order": "warn", "hazard": "fire", "zones": [id]})
        begin, wall = time.monotonic(), time.time()
        status, answer = service.post("/api/commands", order, key)
        assert status == 202, answer
        posted = time.monotonic()
        end = begin + 3
        while time.monotonic() < end and (len(arrived) < len(channels) - 1 or len(board.ups()) == ups):
            time.sleep(0.005)
        zone[0] = ""
        figures.setdefault("answer to the POST", []).append(posted - begin)
        for name in channels:
            if name == "modbus":
                if len(board.ups()) > ups:
                    figures.setdefault(name, []).append(board.ups()[ups]["t"] - wall)
            elif name in arrived:
                figures.setdefault(name, []).append(arrived[name] - begin)
        time.sleep(0.25)
    print(f"{len(ids)} orders, milliseconds: median, 90th percentile, most")
    for name, times in figures.items():
        times = sorted(time * 1000 for time in times)
        print(f"{name:20} {statistics.median(times):6.1f} {times[int(len(times) * 0.9)]:6.1f} {times[-1]:6.1f}   {len(times)} of {len(ids)}")
    service.stop()
    broker.stop()
    board.stop()


main()
