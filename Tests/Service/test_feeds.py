"""An authority's feed, good and ill, through the whole line: what is served there is in our picture."""

import datetime
import http.server
import json
import threading
import time

import pytest

ZONES = ["זיקים", "נתיב העשרה"]


class Feed:
    """A server of the two files; `answer` says what it does."""

    def __init__(self):
        feed = self
        self.alert = b""
        self.history = b"[]"
        self.status = 200
        self.headers = {}
        self.hangs = threading.Event()

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if feed.hangs.is_set():
                    time.sleep(30)
                body = feed.history if "History" in self.path else feed.alert
                self.send_response(feed.status)
                for name, value in feed.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def show(self, number: int, zones: list[str], title: str = "ירי רקטות וטילים", ago: int = 0):
        moment = int(time.time()) - ago
        self.alert = b"\xef\xbb\xbf" + json.dumps({
            "id": str((moment + 11644473600) * 10**7), "cat": str(number), "title": title,
            "data": zones, "desc": ""}).encode() + b"\r\n"


@pytest.fixture
def feed():
    feed = Feed()
    yield feed
    feed.server.shutdown()


def listen(service, feed, authority="true"):
    config = service.configure(f"""
time_zone: Asia/Jerusalem
sources:
  - id: authority
    name: The authority
    kind: home-front-command
    url: {feed.url}/warningMessages/alert/alerts.json
    history: {feed.url}/warningMessages/alert/History/AlertsHistory.json
    interval: 300 ms
    history_interval: 500 ms
    authority: {authority}
    heartbeat: 2 s
""")
    key = service.key("ada", "operator")
    service.start("--config", str(config))
    return key


def zones(service):
    return {row["zone"]: row["stage"] for row in service.get("/api/picture")[1]["zones"]}


def refusals(service, key):
    return [refusal["text"] for refusal in service.get("/api/situation", key)[1]["refusals"]]


def health(service):
    return {row["state"] for row in service.get("/api/picture")[1]["health"]}


def test_an_early_warning_an_alert_and_its_end(service, feed):
    listen(service, feed)
    service.until(lambda: health(service) == {"covered"})
    feed.show(10, ["זיקים"], "בדקות הקרובות צפויות להתקבל התרעות באזורך")
    service.until(lambda: zones(service) == {"zikim": "early"})
    feed.show(1, ZONES)
    service.until(lambda: zones(service) == {"zikim": "shelter", "netiv-haasara": "shelter"})
    feed.alert = b""
    israel = datetime.timezone(datetime.timedelta(hours=offset()))
    now = datetime.datetime.now(israel).strftime("%Y-%m-%d %H:%M:%S")
    feed.history = json.dumps([
        {"alertDate": now, "title": "האירוע הסתיים", "data": zone, "category": 13} for zone in ZONES
    ]).encode()
    service.until(lambda: zones(service) == {"zikim": "ended", "netiv-haasara": "ended"})


def offset():
    import zoneinfo
    return datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Jerusalem")).utcoffset().seconds / 3600


def test_a_name_that_our_map_does_not_know_is_said_and_the_others_are_warned(service, feed):
    key = listen(service, feed)
    feed.show(1, ["זיקים", "עיר שאיננה"])
    service.until(lambda: zones(service) == {"zikim": "shelter"})
    assert any("עיר שאיננה" in text for text in refusals(service, key))


def test_a_feed_without_authority_warns_nobody(service, feed):
    listen(service, feed, authority="false")
    feed.show(1, ["זיקים"])
    service.until(lambda: any("siren" in line["text"] for line in
                              service.get("/api/picture")[1]["timeline"]))
    assert zones(service) == {}


def ill(feed, how):
    match how:
        case "page": feed.alert = b"<!doctype html><title>errorpage_adom</title>"
        case "cut": feed.alert = b'{"id":"1","cat":"1","data":["'
        case "moved": feed.status, feed.headers = 302, {"Location": "http://127.0.0.1:9/"}
        case "refused": feed.status = 503
        case "long": feed.alert = b" " * (5 << 20)
        case "old": feed.show(1, ["זיקים"], ago=4000)
        case "hangs": feed.hangs.set()
        case "gone": feed.server.server_close()


@pytest.mark.parametrize(
    "how, words", [
        ("page", "a web page came"), ("cut", "no JSON"), ("moved", "sends us to"),
        ("refused", "status 503"), ("long", "longer than"), ("old", "frozen or went back"),
        ("hangs", "had not answered"), ("gone", "cannot be reached")])
def test_a_feed_that_is_ill_is_not_calm(service, feed, how, words):
    key = listen(service, feed)
    service.until(lambda: health(service) == {"covered"})
    ill(feed, how)
    service.until(lambda: health(service) == {"blind"}, seconds=15)
    assert any(words in text for text in refusals(service, key)), refusals(service, key)
    assert zones(service) == {}


def test_a_wrong_configuration_is_said_with_its_lines(service, feed):
    config = service.configure("""
sources:
  - id: authority
    kind: home-front-command
    url: alerts.json
    interval: 10 min
    histroy: https://example.org/
""")
    done = service.tocsin("check", "--config", str(config))
    assert done.returncode != 0
    for words in ("'url' of source 1", "'interval' of source 1", "is 'history' meant?"):
        assert words in done.stdout + done.stderr
