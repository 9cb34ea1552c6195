"""CAP out: what the real service publishes, as recipients fetch it, judged by programs of other people."""

import pathlib
import re
import subprocess
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET

import pytest

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMAS = pathlib.Path(__file__).resolve().parents[3] / "shared/reference/cap/schema"


def fetch(url: str, method: str = "GET", **headers: str):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=names, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def entries(service, channel: str = "cap"):
    status, _, body = fetch(f"{service.url}/{channel}/feed.atom")
    assert status == 200
    return ET.fromstring(body).findall(ATOM + "entry")


def alerts(service, channel: str = "cap") -> list[bytes]:
    """The messages of the feed, oldest first."""
    links = [entry.find(ATOM + "link").get("href") for entry in entries(service, channel)]
    return [fetch(link)[2] for link in reversed(links)]


def wait_for(service, count: int, channel: str = "cap") -> list[bytes]:
    service.until(lambda: len(entries(service, channel)) == count)
    return alerts(service, channel)


def text(alert: ET.Element, path: str) -> str | None:
    return alert.findtext("/".join(CAP + name for name in path.split("/")))


def zones(alert: ET.Element, urgency: str) -> set[str]:
    """The zones of the first language's infos with that urgency."""
    infos = [info for info in alert.findall(CAP + "info")
             if text(info, "language") == "en" and text(info, "urgency") == urgency]
    return {text(code, "value") for info in infos for code in info.iter(CAP + "geocode")}


def judge(service, documents: list[bytes], tmp_path) -> None:
    """Every message by our own checker, by the schema, and its signature by xmlsec1 with the published key."""
    key = tmp_path / "key.pem"
    key.write_bytes(fetch(service.url + "/cap/key.pem")[2])
    for number, document in enumerate(documents):
        file = tmp_path / f"alert-{number}.xml"
        file.write_bytes(document)
        for profile in ["core", "google", "wmo"]:
            checked = service.tocsin("cap", "check", "--profile", profile, str(file))
            assert checked.returncode == 0, checked.stdout
            assert profile != "core" or checked.stdout == f"{file}: valid\n"
        for words in [[], ["--pubkey-pem", str(key)]]:
            verified = subprocess.run(["xmlsec1", "--verify", *words, str(file)], capture_output=True)
            assert verified.returncode == 0, verified.stderr
        if SCHEMAS.exists():
            lint = ["xmllint", "--noout", "--nonet", "--schema", str(SCHEMAS / "CAP-v1.2.xsd")]
            assert subprocess.run([*lint, str(file)], capture_output=True).returncode == 0


def test_warning_extension_and_end_are_one_chain(service, tmp_path):
    service.configure("")
    key = service.key("dana", "operator")
    service.start()
    assert entries(service) == []
    service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=key)
    first = ET.fromstring(wait_for(service, 1)[0])
    warning = text(first, "incidents")
    service.order("extend", warning, "--zones", "Netiv HaAsara", "--yes", key=key)
    second = ET.fromstring(wait_for(service, 2)[1])
    service.order("clear", warning, "--yes", key=key)
    documents = wait_for(service, 3)
    third = ET.fromstring(documents[2])

    assert [text(alert, "msgType") for alert in (first, second, third)] == ["Alert", "Update", "Update"]
    assert {text(alert, "status") for alert in (first, second, third)} == {"Actual"}
    own = [",".join(text(alert, name) for name in ("sender", "identifier", "sent"))
           for alert in (first, second)]
    assert text(first, "references") is None
    assert text(second, "references") == own[0]
    assert text(third, "references").split() == own
    # An Update replaces what it names, so it says again what stays in force.
    assert zones(first, "Immediate") == {"zikim"}
    assert zones(second, "Immediate") == {"zikim", "netiv-haasara"}
    assert zones(third, "Immediate") == set()
    assert zones(third, "Past") == {"zikim", "netiv-haasara"}
    assert text(third, "info/responseType") == "AllClear"
    languages = [text(info, "language") for info in first.findall(CAP + "info")]
    assert languages == ["en", "ar", "he", "ru"]
    seconds = {text(p, "valueName"): text(p, "value") for p in first.iter(CAP + "parameter")}
    assert seconds == {"tocsin:shelter_seconds:zikim": "15"}
    judge(service, documents, tmp_path)


def test_a_correction_cancels_with_a_note(service, tmp_path):
    service.configure("")
    key = service.key("dana", "operator")
    service.start()
    service.order("warn", "--hazard", "flood", "--zones", "Zikim", "--yes", key=key)
    warning = text(ET.fromstring(wait_for(service, 1)[0]), "incidents")
    service.order("correct", warning, "--yes", key=key)
    documents = wait_for(service, 2)
    cancel = ET.fromstring(documents[1])
    assert text(cancel, "msgType") == "Cancel"
    assert "in error" in text(cancel, "note")
    assert text(ET.fromstring(documents[0]), "info/responseType") == "Evacuate"
    judge(service, documents, tmp_path)


def test_where_another_warning_goes_on_nothing_says_all_clear(service, tmp_path):
    service.configure("")
    key = service.key("dana", "operator")
    service.start()
    service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=key)
    warning = text(ET.fromstring(wait_for(service, 1)[0]), "incidents")
    service.order("warn", "--hazard", "fire", "--zones", "Zikim", "--yes", key=key)
    wait_for(service, 2)
    service.order("clear", warning, "--yes", key=key)
    documents = wait_for(service, 3)
    end = ET.fromstring(documents[2])
    assert text(end, "info/responseType") == "Monitor"
    assert "Another is still in force" in text(end, "info/headline")
    assert "All clear" not in text(end, "info/description")
    judge(service, documents, tmp_path)


def test_an_exercise_stays_on_its_own_channel(service, tmp_path):
    service.configure("""
channels:
  - {id: cap-drill, kind: cap, hears: exercise, sender: drill@example.org, url: "http://127.0.0.1:%d"}
""" % service.port)
    keys = [service.key(name, "operator") for name in ("dana", "noa")]
    service.start()
    order = service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--exercise", "--yes", key=keys[0])
    warning = re.search(r"W\d+", order.stdout + order.stderr).group()
    service.order("confirm", warning, "--yes", key=keys[1])
    documents = wait_for(service, 1, "cap-drill")
    drill = ET.fromstring(documents[0])
    assert text(drill, "status") == "Exercise"
    assert "nothing is coming" in text(drill, "note")
    assert text(drill, "info/headline").startswith("EXERCISE: ")
    assert entries(service) == []
    judge(service, documents, tmp_path)


def test_who_asks_again_is_told_that_nothing_is_new(service):
    service.configure("")
    key = service.key("dana", "operator")
    service.start()
    service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=key)
    wait_for(service, 1)
    link = entries(service)[0].find(ATOM + "link").get("href")
    for url in [service.url + "/cap/feed.atom", service.url + "/cap/feed.rss", link]:
        status, headers, body = fetch(url)
        assert status == 200 and body
        assert fetch(url, If_None_Match=headers["ETag"])[0] == 304
        assert fetch(url, If_None_Match='"other"')[0] == 200
        assert fetch(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
        assert fetch(url, If_Modified_Since="Sun, 06 Nov 1994 08:49:37 GMT")[0] == 200
        status, again, nothing = fetch(url, "HEAD")
        assert (status, again["ETag"], nothing) == (200, headers["ETag"], b"")
    for path in ["/cap/alerts/1.2.3.xml", "/cap/alerts/../cap-key.pem", "/cap/alerts/..%2f..%2fkeys.xml"]:
        assert fetch(service.url + path)[0] == 404


def test_feeds_are_valid(service, tmp_path):
    service.configure("title: {en: A <small> & \"quoted\" place}\n")
    key = service.key("dana", "operator")
    service.start()
    service.order("early", "--hazard", "aircraft", "--district", "Gaza Envelope", "--yes", key=key)
    wait_for(service, 1)
    files = {}
    for name in ["feed.atom", "feed.rss"]:
        files[name] = tmp_path / name
        files[name].write_bytes(fetch(f"{service.url}/cap/{name}")[2])
        checked = service.tocsin("cap", "check", str(files[name]))
        assert checked.stdout == f"{files[name]}: valid\n"
    if SCHEMAS.exists():
        rss = ["xmllint", "--noout", "--nonet", "--schema", str(SCHEMAS / "rss-2_0.xsd")]
        assert subprocess.run([*rss, str(files["feed.rss"])], capture_output=True).returncode == 0
        jing = subprocess.run(
            ["jing", "-c", str(SCHEMAS / "atom_rfc4287.rnc"), str(files["feed.atom"])],
            capture_output=True, text=True)
        assert jing.returncode == 0, jing.stdout


def test_a_restart_goes_on_with_the_chain(service, tmp_path):
    service.configure("")
    key = service.key("dana", "operator")
    service.start()
    service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=key)
    before = wait_for(service, 1)
    warning = text(ET.fromstring(before[0]), "incidents")
    service.stop()
    service.start()
    assert alerts(service) == before
    service.order("extend", warning, "--zones", "Netiv HaAsara", "--yes", key=key)
    documents = wait_for(service, 2)
    update = ET.fromstring(documents[1])
    assert text(update, "msgType") == "Update"
    assert zones(update, "Immediate") == {"zikim", "netiv-haasara"}
    judge(service, documents, tmp_path)


def test_what_cannot_be_put_out_is_a_failed_delivery_and_said(service):
    service.configure("")
    key = service.key("dana", "operator")
    service.start()
    (service.home / "cap").rmdir()
    (service.home / "cap").write_text("no folder")
    service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes", key=key)
    deliveries = service.until(lambda: [
        d for d in service.get("/api/situation", key)[1]["open_deliveries"]
        if d["outlet"] == "cap" and d.get("failure")])
    assert "not out" in deliveries[0]["failure"]
    assert entries(service) == []


def test_a_key_that_cannot_sign_is_a_mistake_of_the_configuration(service):
    (service.home / "bad.pem").write_text("no key")
    service.configure("""
channels:
  - id: cap
    kind: cap
    sender: a b@example.org
    url: ftp://example.org
    key: bad.pem
""")
    checked = service.tocsin("check")
    assert checked.returncode == 1
    assert "line 8: 'key' of channel 1 cannot sign" in checked.stdout
    assert "line 6: 'sender' of channel 1" in checked.stdout
    assert "line 7: 'url' of channel 1" in checked.stdout


def test_a_replay_publishes_nothing(service):
    service.start("--scenario", "2023-05-14", "--port", str(service.port), "--speed", "1000", "--wait", "0.05")
    assert fetch(service.url + "/cap/feed.atom")[0] == 404
    assert not (service.home / "cap").exists()
