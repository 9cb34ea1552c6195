"""Webhooks to real receivers: quick, slow, ill and unwilling ones, and the recipes of the documentation."""

import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import re
import threading
import time
import urllib.parse

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECRET = "a secret of enough letters"


class Receiver:
    """Takes posts; `statuses` says how it answers the next ones, 200 after that."""

    def __init__(self, delay: float = 0):
        receiver = self
        self.posts = []
        self.statuses = []

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(delay)
                status = receiver.statuses.pop(0) if receiver.statuses else 200
                receiver.posts.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body, status))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_GET(self):
                receiver.posts.append((self.path, {}, b"", 200))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def taken(self):
        return [post for post in self.posts if post[3] == 200]


@pytest.fixture
def receivers():
    made = []

    def receiver(delay=0):
        made.append(Receiver(delay))
        return made[-1]

    yield receiver
    for one in made:
        one.server.shutdown()


def start(service, channels):
    (service.home / "hook.secret").write_text(SECRET)
    config = service.configure("channels:\n" + channels)
    service.operator = service.key("ada", "operator")
    service.start("--config", str(config))


def warn(service):
    done = service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes",
                         key=service.operator)
    assert done.returncode == 0, done.stdout + done.stderr


def open_deliveries(service):
    return service.get("/api/situation", service.operator)[1]["open_deliveries"]


def hook(name, receiver, more=""):
    return f"  - id: {name}\n    kind: webhook\n    url: {receiver.url}/{name}\n{more}"


def test_a_notice_is_posted_signed_and_confirmed(service, receivers):
    receiver = receivers()
    start(service, hook("pager", receiver, "    secret_file: hook.secret\n"))
    warn(service)
    path, headers, body, _ = service.until(receiver.taken)[0]
    assert path == "/pager"
    said = json.loads(body)
    assert said["mode"] == "actual" and said["notice"]["rows"][0]["zone"] == "zikim"
    assert said["delivery"] == headers["webhook-id"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    code = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == "v1," + code
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 10
    service.until(lambda: not open_deliveries(service))


def test_a_receiver_that_is_ill_is_tried_again_under_the_same_id(service, receivers):
    receiver = receivers()
    receiver.statuses = [503, 500, 429]
    start(service, hook("pager", receiver))
    warn(service)
    service.until(receiver.taken, seconds=15)
    assert [post[3] for post in receiver.posts] == [503, 500, 429, 200]
    assert len({post[1]["webhook-id"] for post in receiver.posts}) == 1


@pytest.mark.parametrize("status, words", [(404, "status 404"), (302, "elsewhere")])
def test_a_receiver_that_does_not_want_it_is_asked_once(service, receivers, status, words):
    receiver = receivers()
    receiver.statuses = [status]
    start(service, hook("pager", receiver))
    warn(service)
    failed = service.until(lambda: [one for one in open_deliveries(service) if one.get("failure")])
    assert words in failed[0]["failure"]
    assert "/pager" not in failed[0]["failure"], "the address may hold a token"
    assert [post[0] for post in receiver.posts] == ["/pager"]


def test_a_slow_receiver_delays_nobody_else(service, receivers):
    slow, quick = receivers(delay=3), receivers()
    start(service, hook("slow", slow) + hook("quick", quick))
    began = time.monotonic()
    warn(service)
    service.until(quick.taken)
    assert not slow.taken() and time.monotonic() - began < 3


def test_a_receiver_that_is_gone_opens_the_circuit_and_says_so(service, receivers):
    receiver = receivers()
    receiver.server.server_close()
    receiver.server.shutdown()
    start(service, hook("gone", receiver, "    retry: 30 s\n"))
    warn(service)
    failed = service.until(
        lambda: [one for one in open_deliveries(service) if one.get("failure")], seconds=30)
    assert "circuit is open" in failed[0]["failure"]
    assert "Channel unreachable" in service.log


def test_an_exercise_reaches_only_the_channel_for_exercises(service, receivers):
    live, drill = receivers(), receivers()
    start(service, hook("live", live) + hook("drill", drill, "    hears: exercise\n"))
    second = service.key("ben", "operator")
    body = json.dumps({"order": "warn", "hazard": "rockets", "zones": ["Zikim"], "exercise": True})
    entry = service.post("/api/commands", body, service.operator)[1]["entry"]
    service.order("confirm", f"W{entry}", "--yes", key=second)
    service.until(drill.taken)
    warn(service)
    service.until(live.taken)
    time.sleep(0.5)
    assert {json.loads(post[2])["mode"] for post in live.posts} == {"actual"}
    assert {json.loads(post[2])["mode"] for post in drill.posts} == {"exercise"}


def recipes():
    """The YAML blocks of the documentation that are webhooks."""
    text = (ROOT / "Docs/CHANNELS.md").read_text()
    return {re.search(r"id: (\S+)", block)[1]: block
            for block in re.findall(r"```yaml\nchannels:\n(.*?)```", text, re.S)
            if "kind: webhook" in block}


@pytest.mark.parametrize("name", ["ntfy", "telegram", "mail", "sms"])
def test_a_recipe_of_the_documentation_says_what_its_service_expects(service, receivers, name):
    receiver = receivers()
    recipe = re.sub(r"url: https://[^/\s]+", f"url: {receiver.url}", recipes()[name])
    start(service, recipe)
    warn(service)
    path, headers, body, _ = service.until(receiver.taken)[0]
    text = body.decode()
    match name:
        case "ntfy":
            assert path == "/your-topic" and "Zikim" in text
            assert headers["priority"] == "urgent"
        case "telegram":
            said = json.loads(text)
            assert said["chat_id"] == "-1001234" and "זיקים" in said["text"]
        case "mail":
            assert json.loads(text)["to"] == "shift@example.org" and "Zikim" in text
            assert headers["authorization"] == "Bearer your-token"
        case "sms":
            said = urllib.parse.parse_qs(text)
            assert said["to"] == ["+15550100"] and "Zikim" in said["text"][0]


def test_a_wrong_webhook_is_said_with_its_lines(service):
    config = service.configure("""
channels:
  - id: pager
    kind: webhook
    url: pager
    secret_file: nowhere
    headers: [Authorization]
    body: "{zone}"
    retry: 1 h
""")
    done = service.tocsin("check", "--config", str(config))
    assert done.returncode != 0
    for words in ("'url'", "'secret_file'", "'headers'", "the gap {zone}", "'retry'"):
        assert words in done.stdout + done.stderr
