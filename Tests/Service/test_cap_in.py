"""CAP as a way in: who may warn, what is believed, and what a person must decide."""

import datetime
import http.server
import subprocess
import threading

import pytest

SENDER = "duty@weather.example"
NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
# Around Zikim, and nothing else.
POLYGON = "31.600,34.515 31.600,34.527 31.612,34.527 31.612,34.515 31.600,34.515"

# A signature yet to be made, over the whole message.
TEMPLATE = """<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>
<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
<Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms>
<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference></SignedInfo>
<SignatureValue/></Signature>"""


def stamp(seconds: float = 0) -> str:
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S-00:00")


def info(event="Severe storm", response="Shelter", urgency="Immediate", area=f"<polygon>{POLYGON}</polygon>",
         headline="Storm", expires=600, more="") -> str:
    return f"""<info><language>en-US</language><category>Met</category><event>{event}</event>
<responseType>{response}</responseType><urgency>{urgency}</urgency><severity>Extreme</severity>
<certainty>Observed</certainty>{more}<expires>{stamp(expires)}</expires><headline>{headline}</headline>
<area><areaDesc>The coast</areaDesc>{area}</area></info>"""


class Feed:
    """An Atom feed with the messages in it; serves 304 where nothing is new."""

    def __init__(self):
        feed = self
        self.messages, self.asked, self.unchanged, self.last = [], 0, 0, 0

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                feed.asked += 1
                body = feed.body()
                tag = f'"{len(feed.messages)}-{hash(body)}"'
                if self.headers.get("If-None-Match") == tag:
                    feed.unchanged += 1
                    self.send_response(304)
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("ETag", tag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/feed.atom"

    def body(self) -> bytes:
        entries = "".join(
            f"<entry><id>urn:x:{index}</id><title>m</title><updated>2026-01-01T00:00:00Z</updated>"
            f"<content type='text/xml'>{message}</content></entry>" for index, message in enumerate(self.messages))
        return (f"<feed xmlns='http://www.w3.org/2005/Atom'><id>urn:x</id><title>f</title>"
                f"<updated>2026-01-01T00:00:00Z</updated>{entries}</feed>").encode()

    def add(self, infos: str, kind="Alert", status="Actual", sender=SENDER, scope="Public", references="") -> str:
        self.last += 1
        identifier, sent = f"m{self.last}", stamp()
        self.messages.append(f"""<alert xmlns="{NAMESPACE}"><identifier>{identifier}</identifier><sender>{sender}</sender>
<sent>{sent}</sent><status>{status}</status><msgType>{kind}</msgType><scope>{scope}</scope>
{f"<references>{references}</references>" if references else ""}{infos}</alert>""")
        return f"{sender},{identifier},{sent}"


@pytest.fixture
def feed():
    feed = Feed()
    yield feed
    feed.server.shutdown()


def listen(service, feed, more="", authority="true"):
    config = service.configure(f"""
sources:
  - id: weather
    name: The weather service
    kind: cap
    url: {feed.url}
    interval: 200 ms
    authority: {authority}
    heartbeat: 2 s
{more}""")
    service.ada = service.key("ada", "operator")
    service.start("--config", str(config))


def stages(service):
    return {row["zone"]: row["stage"] for row in service.get("/api/picture")[1]["zones"]}


def troubles(service):
    """What a person is asked to look at, as the log has it."""
    return service.log


def settled(service, feed) -> None:
    """Waits until the feed as it now is was asked for twice more."""
    asked = feed.asked
    service.until(lambda: feed.asked > asked + 2)


def test_a_warning_its_update_and_its_end(service, feed):
    listen(service, feed)
    first = feed.add(info(response="Prepare", urgency="Expected"))
    service.until(lambda: stages(service) == {"zikim": "early"})
    second = feed.add(info(), kind="Update", references=first)
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    feed.add(info(response="AllClear", urgency="Past"), kind="Update", references=f"{first} {second}")
    service.until(lambda: stages(service).get("zikim") in (None, "ended"))
    settled(service, feed)
    assert stages(service).get("zikim") in (None, "ended")
    assert feed.unchanged > 0


def test_a_cancel_ends_what_it_refers_to_and_nothing_else(service, feed):
    listen(service, feed)
    storm = feed.add(info())
    feed.add(info(event="Flood", area="<geocode><valueName>zone</valueName><value>karmia</value></geocode>"))
    service.until(lambda: stages(service) == {"zikim": "shelter", "karmia": "shelter"})
    feed.add("", kind="Cancel", references=storm)
    service.until(lambda: stages(service).get("zikim") in (None, "ended"))
    assert stages(service)["karmia"] == "shelter"


def test_an_area_is_a_polygon_a_circle_a_code_or_a_name(service, feed):
    listen(service, feed)
    feed.add(info(area="<circle>31.571,34.540 0.3</circle>"))
    feed.add(info(area="<geocode><valueName>any</valueName><value>nirim</value></geocode>"))
    feed.add(info(area="").replace("The coast", "Kissufim"))
    feed.add(info())
    service.until(lambda: set(stages(service)) == {"netiv-haasara", "nirim", "kissufim", "zikim"})


def test_what_the_map_does_not_have_is_said_and_warns_nobody(service, feed):
    listen(service, feed)
    feed.add(info(area="<polygon>10,10 10,11 11,11 10,10</polygon>"))
    service.until(lambda: "the plan has no zone" in troubles(service))
    assert stages(service) == {}


@pytest.mark.parametrize("how, words", [
    (dict(headline="TEST of the siren system"), "its text says 'test'"),
    (dict(headline="This is a drill"), "its text says 'drill'"),
    (dict(more="<eventCode><valueName>SAME</valueName><value>RMT</value></eventCode>"), "'RMT' is a test's"),
])
def test_a_message_that_contradicts_itself_goes_to_a_person(service, feed, how, words):
    listen(service, feed)
    feed.add(info(**how))
    service.until(lambda: words in troubles(service) and "Decide on it" in troubles(service))
    assert stages(service) == {}


def test_what_says_that_it_is_no_test_is_none(service, feed):
    listen(service, feed)
    feed.add(info(headline="This is not a test. Take shelter."))
    service.until(lambda: stages(service) == {"zikim": "shelter"})


@pytest.mark.parametrize("status", ["Test", "Exercise", "System", "Draft"])
def test_a_test_is_no_warning(service, feed, status):
    listen(service, feed)
    feed.add(info(headline="This is a test"), status=status)
    settled(service, feed)
    assert stages(service) == {}


def test_only_speakers_of_the_configuration_may_warn(service, feed):
    listen(service, feed, more=f"    senders: [{{sender: {SENDER}}}]\n")
    feed.add(info(), sender="somebody@else.example")
    settled(service, feed)
    assert stages(service) == {}
    feed.add(info())
    service.until(lambda: stages(service) == {"zikim": "shelter"})


def test_without_authority_it_is_recorded_and_warns_nobody(service, feed):
    listen(service, feed, authority="false")
    feed.add(info())
    settled(service, feed)
    assert stages(service) == {}
    assert any("The coast" in line["text"] for line in service.get("/api/picture")[1]["timeline"])


def test_an_old_message_and_one_that_has_expired_do_not_sound(service, feed):
    feed.add(info(expires=-5))
    listen(service, feed)
    settled(service, feed)
    assert stages(service) == {}


def test_a_restart_sounds_nothing_again(service, feed):
    listen(service, feed)
    feed.add(info())
    service.until(lambda: stages(service) == {"zikim": "shelter"})
    entry = [row["warning"] for row in service.get("/api/picture")[1]["zones"]]
    service.stop()
    service.start("--config", str(service.home / "tocsin.yaml"))
    settled(service, feed)
    assert [row["warning"] for row in service.get("/api/picture")[1]["zones"]] == entry


def test_a_doctype_or_a_web_page_is_no_feed_and_no_calm(service, feed):
    listen(service, feed)
    service.until(lambda: {row["state"] for row in service.get("/api/picture")[1]["health"]} == {"covered"})
    feed.body = lambda: b"<!DOCTYPE x [<!ENTITY a 'b'>]><feed xmlns='http://www.w3.org/2005/Atom'/>"
    service.until(
        lambda: "covered" not in {row["state"] for row in service.get("/api/picture")[1]["health"]}, 15)
    assert "DOCTYPE" in troubles(service) or "document type" in troubles(service)


def test_a_signature_is_asked_for_where_a_key_is_known(service, feed, tmp_path):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
                    "-subj", "/CN=Weather", "-days", "2"], cwd=tmp_path, check=True, capture_output=True)
    listen(service, feed, more=f"    senders: [{{sender: {SENDER}, key: {tmp_path}/cert.pem}}]\n")
    feed.add(info())
    service.until(lambda: "not signed by their key" in troubles(service))
    assert stages(service) == {}
    feed.add(info())
    plain = tmp_path / "plain.xml"
    plain.write_text(feed.messages[-1].replace("</alert>", TEMPLATE + "</alert>"))
    signed = subprocess.run(["xmlsec1", "--sign", "--privkey-pem", "key.pem", str(plain)], cwd=tmp_path, check=True,
                            capture_output=True, text=True).stdout
    feed.messages[-1] = signed.split("?>", 1)[1].strip()
    service.until(lambda: stages(service) == {"zikim": "shelter"})


def test_check_names_every_mistake_with_its_line(service):
    config = service.configure("""
sources:
  - id: weather
    kind: cap
    url: ftp://nowhere
    interval: 1 ms
    hazards: [{event: Storm, hazard: wizardry}]
    senders: [{sender: a@b, key: /nowhere.pem}]
""")
    done = service.tocsin("check", "--config", str(config))
    assert done.returncode != 0
    for words in ["ftp://nowhere", "100 ms to 10 min", "/nowhere.pem", "'wizardry'"]:
        assert words in done.stdout + done.stderr, words
