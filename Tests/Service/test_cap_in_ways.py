"""The ways by which CAP messages come in: feeds that link, RSS, EDXL, one message alone, and by POST."""

import http.server
import subprocess
import threading

import pytest

from test_cap_in import NAMESPACE, SENDER, TEMPLATE, info, stages, stamp

RUN = "xmlns='http://www.w3.org/2005/Atom'"


class Site:
    """Serves what is put under a path; everything else is not there."""

    def __init__(self):
        site = self
        self.files, self.asked = {}, []

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                body = site.files.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, text: str) -> None:
        self.files[path] = text.encode()

    def settled(self, service, path="/feed") -> None:
        asked = self.asked.count(path)
        service.until(lambda: self.asked.count(path) > asked + 1)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()


def message(identifier="m1", infos=None, kind="Alert", status="Actual", sender=SENDER, references="", sent=None) -> str:
    return f"""<alert xmlns="{NAMESPACE}"><identifier>{identifier}</identifier><sender>{sender}</sender>
<sent>{sent or stamp()}</sent><status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>
{f"<references>{references}</references>" if references else ""}{info() if infos is None else infos}</alert>"""


def reference(text: str) -> str:
    """`sender,identifier,sent` of a message."""
    def inside(name):
        return text.split(f"<{name}>")[1].split("<")[0]
    return ",".join(map(inside, ["sender", "identifier", "sent"]))


def listen(service, url, more=""):
    config = service.configure(f"""
sources:
  - {{id: weather, kind: cap, url: "{url}", interval: 200 ms, authority: true, heartbeat: 2 s{more}}}
""")
    service.start("--config", str(config))


def atom(*links: str) -> str:
    entries = "".join(
        f"<entry><id>urn:x:{link}</id><title>m</title><updated>2026-01-01T00:00:00Z</updated>"
        f"<link href='{link}' type='application/cap+xml'/></entry>" for link in links)
    return f"<feed {RUN}><id>urn:x</id><title>f</title><updated>2026-01-01T00:00:00Z</updated>{entries}</feed>"


def test_a_feed_that_links_to_its_messages(service, site):
    site.put("/feed", atom("/m1.xml", "m2.xml"))
    site.put("/m1.xml", message())
    listen(service, site.url + "/feed")
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    # The second is not there yet; it is said, tried again, and taken once it is.
    service.until(lambda: "/m2.xml cannot be fetched" in service.log)
    karmia = info(event="Flood", area="<geocode><valueName>zone</valueName><value>karmia</value></geocode>")
    site.put("/m2.xml", message("m2", karmia))
    service.until(lambda: stages(service) == {"zikim": "shelter", "karmia": "shelter"})
    site.settled(service)
    assert site.asked.count("/m1.xml") == 1, "what was fetched is not fetched again"


def test_a_feed_of_more_links_than_one_poll_fetches(service, site):
    for number in range(60):
        site.put(f"/old{number}.xml", message(f"old{number}", info(expires=-60)))
    site.put("/new.xml", message("new"))
    site.put("/feed", atom(*[f"/old{number}.xml" for number in range(60)], "/new.xml"))
    listen(service, site.url + "/feed")
    service.until(lambda: stages(service) == {"zikim": "shelter"})


def test_a_link_to_nowhere_is_said_and_the_others_are_read(service, site):
    site.put("/feed", atom("ftp://elsewhere/m.xml", "/m1.xml"))
    site.put("/m1.xml", message())
    listen(service, site.url + "/feed")
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    assert "links to nothing that can be fetched" in service.log


def test_an_rss_feed(service, site):
    site.put("/feed", "<rss version='2.0'><channel><title>f</title><link>http://x.example</link><description>d</description>"
             "<item><title>m</title><guid>urn:x:1</guid><link>/m1.xml</link></item></channel></rss>".replace(
                 "/m1.xml", site.url + "/m1.xml"))
    site.put("/m1.xml", message())
    listen(service, site.url + "/feed")
    service.until(lambda: stages(service) == {"zikim": "shelter"})


def test_an_edxl_envelope(service, site):
    site.put("/feed", f"""<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0">
<distributionID>d1</distributionID><senderID>{SENDER}</senderID><dateTimeSent>{stamp()}</dateTimeSent>
<distributionStatus>Actual</distributionStatus><distributionType>Report</distributionType><combinedConfidentiality>UNCLASSIFIED</combinedConfidentiality>
<contentObject><xmlContent><embeddedXMLContent>{message()}</embeddedXMLContent></xmlContent></contentObject>
</EDXLDistribution>""")
    listen(service, site.url + "/feed")
    service.until(lambda: stages(service) == {"zikim": "shelter"})


def test_one_message_alone_and_what_takes_its_place(service, site):
    site.put("/feed", message())
    listen(service, site.url + "/feed")
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    first = reference(site.files["/feed"].decode())
    site.put("/feed", message("m2", "", kind="Cancel", references=first))
    service.until(lambda: stages(service).get("zikim") in (None, "ended"))


def test_a_warning_runs_out_when_its_message_says(service, site):
    site.put("/feed", message(infos=info(expires=3)))
    listen(service, site.url + "/feed")
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    service.until(lambda: stages(service).get("zikim") in (None, "ended"), 8)


def test_an_old_message_that_does_not_say_until_when_does_not_sound(service, site):
    bare = info().replace(info().split("<expires>")[1].split("</expires>")[0], "")
    bare = bare.replace("<expires></expires>", "")
    assert "expires" not in bare
    site.put("/feed", message(infos=bare, sent=stamp(-3600)))
    listen(service, site.url + "/feed")
    service.until(lambda: "too old to sound" in service.get("/api/situation", service.key("ada", "operator"))[1].__str__())
    assert stages(service) == {}
    site.put("/feed", message("m2", infos=bare))
    service.until(lambda: stages(service) == {"zikim": "shelter"})


# By POST.

@pytest.fixture
def post(service):
    config = service.configure(f"""
sources:
  - {{id: weather, kind: cap-http, authority: true, senders: [{{sender: {SENDER}}}, {{sender: other@weather.example}}]}}
""")
    key = service.key("weather", "source")
    service.start("--config", str(config))
    return lambda text: service.post("/api/cap", text, key)


def test_a_posted_message_warns_and_its_answer_says_what_became_of_it(service, post):
    first = message()
    status, answer = post(first)
    assert status == 202 and answer["message"] == reference(first) and answer["faults"] == []
    assert len(answer["entries"]) == 1
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    # The same again, as a sender does that heard no answer.
    assert post(first)[1]["entries"] == []
    status, answer = post(message("m2", "", kind="Cancel", references=reference(first)))
    assert status == 202 and len(answer["entries"]) == 1
    service.until(lambda: stages(service).get("zikim") in (None, "ended"))


@pytest.mark.parametrize("text, words", [
    ("no message", "cannot be read"),
    ("<!DOCTYPE a><alert/>", "has a DOCTYPE"),
    ("<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>x</identifier>", "cannot be read"),
])
def test_what_is_no_message_is_refused_and_said(service, post, text, words):
    status, answer = post(text)
    assert status == 422 and answer["entries"] == [] and words in answer["faults"][0]
    assert post(message())[0] == 202
    service.until(lambda: stages(service) == {"zikim": "shelter"})


def test_a_post_needs_the_key_of_a_source_that_takes_messages(service, post):
    assert service.post("/api/cap", message())[0] == 401
    status, answer = service.post("/api/cap", message(), service.key("radar", "source"))
    assert status == 403 and "cap-http" in answer["reason"]
    assert stages(service) == {}
    assert post("")[0] == 202, "nothing at all is a sign of life"


def test_every_fault_of_a_message_is_told(service, post):
    wrong = message().replace("<urgency>Immediate", "<urgency>Now").replace("<certainty>Observed", "<certainty>Sure")
    answer = post(wrong)[1]
    assert any("urgency" in fault for fault in answer["faults"])
    assert any("certainty" in fault for fault in answer["faults"])


def test_an_update_whose_place_we_do_not_know_ends_nothing(service, post):
    first = message()
    post(first)
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    for number, area in enumerate([
        "<polygon>10,10 10,11 11,11 10,10</polygon>",  # elsewhere, or with swapped axes
        "<polygon>95,34 31,34 31,35 95,34</polygon>",
        "<geocode><valueName>zone</valueName><value>karmia</value></geocode>"
        "<geocode><valueName>zone</valueName><value>atlantis</value></geocode>",
        "",
    ]):
        later = message(f"u{number}", info(area=area), kind="Update", references=reference(first))
        answer = post(later)[1]
        assert any("goes on until it is known" in fault for fault in answer["faults"]), (area, answer)
        assert stages(service)["zikim"] == "shelter", area
    service.until(lambda: stages(service) == {"zikim": "shelter", "karmia": "shelter"})


def test_one_sender_cannot_end_or_replace_what_another_warned(service, post):
    first = message()
    post(first)
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    for number, (kind, infos) in enumerate([("Cancel", ""), ("Update", info(response="AllClear", urgency="Past"))]):
        answer = post(message(f"x{number}", infos, kind=kind, sender="other@weather.example",
                              references=reference(first)))[1]
        assert any("cannot replace or end" in fault for fault in answer["faults"]), answer
        assert stages(service) == {"zikim": "shelter"}


@pytest.mark.parametrize("status", ["Test", "Exercise", "System"])
def test_a_test_that_says_it_is_none_goes_to_a_person(service, post, status):
    answer = post(message(infos=info(headline="This is not a test. Take shelter."), status=status))[1]
    assert any("Decide on it" in fault and "not a test" in fault for fault in answer["faults"]), answer
    assert stages(service) == {}


def test_who_may_not_warn_is_recorded_by_name(service, post):
    post(message(sender="somebody@else.example"))
    assert stages(service) == {}
    lines = service.get("/api/picture")[1]["timeline"]
    assert any("somebody@else.example" in str(line) and "The coast" in line["text"] for line in lines), lines


# Signatures.

@pytest.fixture
def signing(service, tmp_path):
    """Signs with the sender's key or another's, and posts to a service that knows the sender's."""
    for name in ["weather", "other"]:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out",
                        f"{name}.pem", "-subj", f"/CN={name}", "-days", "2"], cwd=tmp_path, check=True, capture_output=True)
    config = service.configure(f"""
sources:
  - {{id: weather, kind: cap-http, authority: true, senders: [{{sender: {SENDER}, key: {tmp_path}/weather.pem}}]}}
""")
    key = service.key("weather", "source")
    service.start("--config", str(config))

    def sign(text, name="weather"):
        (tmp_path / "plain.xml").write_text(text.replace("</alert>", TEMPLATE + "</alert>"))
        return subprocess.run(["xmlsec1", "--sign", "--privkey-pem", f"{name}.key", "plain.xml"], cwd=tmp_path, check=True,
                              capture_output=True, text=True).stdout

    return sign, lambda text: service.post("/api/cap", text, key)


def wrapped(signed: str) -> str:
    """A signed message inside a false one, as in an attack by wrapping."""
    inner = signed.split("?>", 1)[1].strip()
    false = message("evil", infos=info(area="<geocode><valueName>zone</valueName><value>karmia</value></geocode>"))
    return false.replace("</alert>", inner + "</alert>")


def moved(signed: str) -> str:
    """The signature of one message in another."""
    signature = signed[signed.index("<Signature"):signed.index("</Signature>")] + "</Signature>"
    return message("evil").replace("</alert>", signature + "</alert>")


@pytest.mark.parametrize("forge", [
    lambda sign: message(),
    lambda sign: sign(message(), "other"),
    lambda sign: sign(message()).replace("31.600,34.515", "31.500,34.415"),
    lambda sign: sign(message(status="Test")).replace("<status>Test", "<status>Actual"),
    lambda sign: wrapped(sign(message())),
    lambda sign: moved(sign(message())),
], ids=["unsigned", "another's key", "changed place", "changed status", "wrapped", "moved"])
def test_what_its_sender_did_not_sign_as_it_is_does_nothing(service, signing, forge):
    sign, post = signing
    first = sign(message("first", infos=info(area="<circle>31.571,34.540 0.3</circle>")))
    assert len(post(first)[1]["entries"]) == 1
    service.until(lambda: stages(service) == {"netiv-haasara": "shelter"})
    answer = post(forge(sign))[1]
    assert answer["entries"] == [] and "not signed by their key" in str(answer["faults"]), answer
    # Nor does an unsigned cancel end what was signed.
    cancel = message("c", "", kind="Cancel", references=reference(first))
    assert post(cancel)[1]["entries"] == []
    assert stages(service) == {"netiv-haasara": "shelter"}
    assert len(post(sign(cancel))[1]["entries"]) == 1
    service.until(lambda: stages(service).get("netiv-haasara") in (None, "ended"))
