"""Web Push to a push service of our own, read with http-ece as browsers read it."""

import json
import re
import time

import pytest

from conftest import ROOT
from push_service import PushService, claims
from test_mqtt import clear, warn


@pytest.fixture
def push():
    service = PushService()
    yield service
    service.server.shutdown()


def start(service, push, more=""):
    config = service.configure(f"""
channels:
  - id: push
    kind: web-push
    contact: mailto:duty@example.org
    services: ["{push.url}"]
    patience: 2 s
{more}""")
    service.ada, service.bob = service.key("ada", "operator"), service.key("bob", "operator")
    service.start("--config", str(config))


def subscribe(service, browser, *zones, language="en", status=204, **more):
    body = {"subscription": browser.subscription, "zones": list(zones), "language": language, **more}
    answer = service.post("/api/push/push", json.dumps(body))
    assert answer[0] == status, answer
    return answer[1]


def offer(service):
    html = service_page(service)
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)[1])["push"]


def service_page(service):
    import urllib.request
    with urllib.request.urlopen(service.url + "/") as answer:
        return answer.read().decode()


def failures(service):
    rows = service.get("/api/situation", service.ada)[1]["open_deliveries"]
    return [row["failure"] for row in rows if row["outlet"] == "push" and row.get("failure")]


def test_a_browser_reads_the_warning_of_its_places_and_its_end(service, push):
    start(service, push)
    near, far, hebrew = push.browser("near"), push.browser("far"), push.browser("hebrew")
    subscribe(service, near, "zikim", "karmia")
    subscribe(service, far, "nirim")
    subscribe(service, hebrew, "zikim", language="he")
    warn(service)
    message, headers = service.until(lambda: near.pushed)[0]
    assert message["stage"] == "shelter" and message["mode"] == "actual"
    assert [place["name"] for place in message["places"]] == ["Zikim"] and message["places"][0]["seconds"] > 0
    assert 0 < int(headers["ttl"]) <= 120 and headers["urgency"] == "high"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers["topic"])
    said = claims(headers["authorization"])
    assert said["aud"] == push.url and said["sub"] == "mailto:duty@example.org"
    assert time.time() < said["exp"] < time.time() + 86400
    # The key is the one that the page gives to browsers.
    assert offer(service) == {"path": "/api/push/push", "key": said["k"]}
    service.until(lambda: hebrew.pushed)
    assert hebrew.pushed[0][0]["places"][0]["name"] == "זיקים" and "המוגן" in hebrew.pushed[0][0]["text"]
    clear(service)
    end, headers = service.until(lambda: near.pushed[1:])[0]
    assert end["stage"] == "ended" and headers["urgency"] == "normal"
    assert headers["topic"] == near.pushed[0][1]["topic"], "an end takes the place of a warning not delivered yet"
    assert not far.pushed and not failures(service)


def test_who_has_gone_is_forgotten_and_who_is_busy_is_tried_again(service, push):
    start(service, push)
    gone, busy = push.browser("gone"), push.browser("busy")
    gone.statuses, busy.statuses = [410], [503, 429]
    subscribe(service, gone, "zikim")
    subscribe(service, busy, "zikim")
    warn(service)
    service.until(lambda: len(busy.pushed) == 1)
    clear(service)
    service.until(lambda: len(busy.pushed) == 2)
    assert not gone.pushed and not failures(service)


@pytest.mark.parametrize("status", [400, 302, 500])
def test_what_a_push_service_does_not_take_is_a_failed_delivery(service, push, status):
    start(service, push)
    browser = push.browser("one")
    browser.statuses = [status] * 9
    subscribe(service, browser, "zikim")
    warn(service)
    words = service.until(lambda: failures(service))[0]
    assert f"1 of 1 browsers were not told: 127.0.0.1 answered {status}" in words
    assert len(browser.statuses) == (6 if status == 500 else 8) and not browser.pushed


def test_who_unsubscribes_is_told_nothing_more_and_a_new_address_takes_over_the_places(service, push):
    start(service, push)
    old, new, other = push.browser("old"), push.browser("new"), push.browser("other")
    subscribe(service, old, "zikim")
    subscribe(service, other, "zikim")
    subscribe(service, new, replaces=old.endpoint)
    assert service.ask("DELETE", "/api/push/push", None, json.dumps({"endpoint": other.endpoint}).encode())[0] == 204
    service.stop()
    service.start("--config", str(service.home / "tocsin.yaml"))
    warn(service)
    service.until(lambda: new.pushed)
    time.sleep(0.3)
    assert not old.pushed and not other.pushed
    assert (service.home / "push-push.sqlite").stat().st_mode & 0o077 == 0
    assert (service.home / "push-push-key.pem").stat().st_mode & 0o077 == 0


def test_other_places_take_the_place_of_the_first(service, push):
    start(service, push)
    browser = push.browser("one")
    subscribe(service, browser, "zikim")
    subscribe(service, browser, "karmia")
    warn(service)
    warn(service, "karmia")
    service.until(lambda: browser.pushed)
    time.sleep(0.3)
    assert [row[0]["places"][0]["zone"] for row in browser.pushed] == ["karmia"]


def test_an_address_that_is_none_or_leads_into_our_own_network_is_refused(service, push):
    start(service, push)
    browser = push.browser("one")
    for endpoint in ["http://127.0.0.1:1/x", "http://169.254.169.254/latest", "https://fcm.googleapis.com.evil.example/x",
                     "https://fcm.googleapis.com:8443/x", "http://fcm.googleapis.com/x", "file:///etc/passwd"]:
        browser.endpoint = endpoint
        reason = subscribe(service, browser, "zikim", status=400)["reason"]
        assert "endpoint" in reason and "Nothing was kept" in reason
    browser.endpoint = "https://fcm.googleapis.com/fcm/send/x"
    assert "atlantis" in subscribe(service, browser, "atlantis", status=400)["reason"]
    assert "places" in subscribe(service, browser, *map(str, range(101)), status=400)["reason"]
    assert "choose a place" in subscribe(service, browser, status=400)["reason"]
    for body in ["", "{", "[]", "x" * 9000]:
        assert service.post("/api/push/push", body)[0] == 400
    assert service.post("/api/push/push", "x" * 20000)[0] == 413
    assert service.post("/api/push/elsewhere", "{}")[0] == 404


def test_an_exercise_is_pushed_by_a_channel_of_exercises_alone(service, push):
    start(service, push, f"""
  - {{id: training, kind: web-push, contact: "mailto:d@example.org", hears: exercise, services: ["{push.url}"]}}
""")
    citizen, trainee = push.browser("citizen"), push.browser("trainee")
    subscribe(service, citizen, "zikim")
    body = {"subscription": trainee.subscription, "zones": ["zikim"]}
    assert service.post("/api/push/training", json.dumps(body))[0] == 204
    warn(service, "zikim", "--exercise")
    number = service.get("/api/situation", service.ada)[1]["warnings"][0]["id"]
    assert service.order("confirm", number, "--yes", key=service.bob).returncode == 0
    message = service.until(lambda: trainee.pushed)[0][0]
    assert message["mode"] == "exercise" and not citizen.pushed
    assert offer(service)["path"] == "/api/push/push", "the page offers real danger alone"


def test_the_example_of_the_documentation_runs_and_check_names_mistakes(service, push):
    text = (ROOT / "Docs/CHANNELS.md").read_text()
    example = next(block for block in re.findall(r"```yaml\n(.*?)```", text, re.S) if "kind: web-push" in block)
    good = service.tocsin("check", "--config", str(service.configure(example)))
    assert good.returncode == 0 and "Web Push" in good.stdout, good.stderr
    bad = service.tocsin("check", "--config", str(service.configure(
        "channels:\n  - {id: p, kind: web-push, contact: someone, patience: 60 s, services: [https://a/b]}\n")))
    assert bad.returncode != 0
    for words in ["mailto:duty@example.org", "more than 30 s", "'https://a/b'"]:
        assert words in bad.stdout + bad.stderr
