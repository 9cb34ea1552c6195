"""What outsiders can check, and what only two persons together can open."""

import http.server
import json
import pathlib
import sqlite3
import subprocess
import sys
import threading

import pytest

from test_record import ROOT, add, added, opened, recorder  # noqa: F401

CHECK = str(ROOT / "Examples/check_bundle.py")


def bundle(service, incident: str = "2023-05-14") -> tuple[pathlib.Path, str]:
    done = service.tocsin("record", "bundle", incident)
    assert done.returncode == 0, done.stderr
    file = service.home / "bundle.json"
    file.write_text(done.stdout)
    return file, done.stderr.split("Public key: ")[1].strip()


def check(file, key) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, CHECK, str(file), "--key", key], capture_output=True, text=True)


def test_a_bundle_is_checked_by_a_third_party(recorder):
    file, key = bundle(recorder)
    good = check(file, key)
    assert good.returncode == 0 and "valid: " in good.stdout, good.stdout + good.stderr
    again, same = bundle(recorder)
    assert same == key
    whole = json.loads(file.read_text())
    whole["content"] = whole["content"].replace("open area", "city")
    file.write_text(json.dumps(whole))
    assert check(file, key).returncode == 1
    other = type(recorder)(recorder.home / "other")
    other.home.mkdir()
    _, foreign = bundle(other)
    again.write_text(recorder.tocsin("record", "bundle", "2023-05-14").stdout)
    assert check(again, foreign).returncode == 1
    assert oct((recorder.home / "record-key").stat().st_mode)[-3:] == "600"


def test_a_sealed_source_opens_for_two_and_for_nobody_alone(recorder):
    opened(recorder)
    made = [recorder.tocsin("record", "seal-key", name, "--out", str(recorder.home / name)) for name in ["ann", "ben"]]
    public = [done.stdout.strip() for done in made]
    again = recorder.tocsin("record", "seal-key", "ann", "--out", str(recorder.home / "ann"))
    assert again.returncode != 0 and "already" in again.stderr
    done = add(recorder, "Quixote Zebulon", "4", "--role", "night watchman", "--seal", "source", "--seal-as", "a worker",
               "--seal-to", public[0], "--seal-to", public[1])
    assert done.returncode == 0, done.stderr
    statement = done.stdout.split(":")[0]

    def unseal(*names):
        keys = [word for name in names for word in ["--key", str(recorder.home / name)]]
        return recorder.tocsin("record", "unseal", "fire", statement, *keys)

    assert "Quixote Zebulon" in unseal("ben", "ann").stdout
    for names in [["ann"], ["ann", "ann"], ["ben"]]:
        alone = unseal(*names)
        assert alone.returncode != 0 and "both ann and ben" in alone.stderr and "Quixote" not in alone.stdout

    forms = [["export", "fire", "--format", form] for form in ["json", "ndjson", "csv", "prov", "ninjs", "claim"]]
    for command in [["show", "fire"], ["timeline", "fire"], ["conflicts", "fire"], ["dispatch", "fire"],
                    ["bundle", "fire"], ["verify"], *forms]:
        told = recorder.tocsin("record", *command)
        for word in ["Quixote", "watchman"]:
            assert word not in told.stdout + told.stderr, command
    assert "“a worker”" in recorder.tocsin("record", "dispatch", "fire").stdout
    recorder.configure("")
    recorder.start()
    recorder.until(lambda: recorder.get("/api/record")[1])
    assert "Quixote" not in json.dumps(recorder.get("/api/record/fire")[1]) + recorder.log
    for file in recorder.home.iterdir():
        if file.is_file():
            assert b"Quixote" not in file.read_bytes(), file


@pytest.mark.parametrize("words, said", [
    (["--seal", "source", "--seal-as", "x"], "two different persons"),
    (["--seal", "source"], "--seal-as"),
    (["--seal", "everything", "--seal-as", "x"], "'source' or 'capture'"),
    (["--seal-as", "x"], "--seal"),
    (["--seal", "source", "--seal-as", "x", "--seal-to", "ann:nonsense", "--seal-to", "ben:nonsense"], "no public key"),
])
def test_a_seal_that_is_none_records_nothing(recorder, words, said):
    opened(recorder)
    refused = add(recorder, "Quixote Zebulon", "4", *words)
    assert refused.returncode != 0 and said in refused.stderr
    assert "Quixote" not in recorder.tocsin("record", "show", "fire").stdout


@pytest.fixture
def authority(tmp_path):
    """A time-stamping authority of its own: openssl behind HTTP."""
    folder = tmp_path / "tsa"
    folder.mkdir()
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text("""
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
""")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem",
                    "-subj", "/CN=A test authority", "-days", "2", "-addext", "extendedKeyUsage=critical,timeStamping"],
                   cwd=folder, check=True, capture_output=True)

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            subprocess.run(["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "one", "-queryfile", "query",
                            "-out", "reply"], cwd=folder, check=True, capture_output=True)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes())

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.certificate = str(folder / "tsa.pem")
    yield server
    server.shutdown()


def test_a_stamp_from_outside_shows_that_the_chain_was_not_rewritten(recorder, authority):
    opened(recorder)
    added(recorder, "The owner", "5")
    done = recorder.tocsin("record", "stamp", "--tsa", f"http://127.0.0.1:{authority.server_port}/")
    assert done.returncode == 0 and "stamped" in done.stdout, done.stderr
    added(recorder, "The fire service", "3", kind="organization")
    fits = recorder.tocsin("record", "stamp", "--verify", authority.certificate)
    assert fits.returncode == 0 and "fits the chain" in fits.stdout, fits.stdout + fits.stderr
    # Somebody writes the whole chain anew from the first entry on.
    other = type(recorder)(recorder.home / "other")
    other.home.mkdir()
    other.recorder = other.key("rina", "recorder")
    opened(other)
    added(other, "The owner", "50")
    added(other, "The fire service", "3", kind="organization")
    assert other.tocsin("record", "verify").returncode == 0
    forged = recorder.tocsin("record", "stamp", "--verify", authority.certificate, "--journal",
                             str(other.home / "journal.sqlite"))
    assert forged.returncode == 1 and "does not fit" in forged.stdout


def test_without_an_authority_the_request_lies_ready(recorder):
    opened(recorder)
    done = recorder.tocsin("record", "stamp")
    assert done.returncode == 0 and done.stdout.split(":")[0].endswith(".tsq")
    read = subprocess.run(["openssl", "ts", "-query", "-in", done.stdout.split(":")[0], "-text"], capture_output=True,
                          text=True)
    with sqlite3.connect(recorder.home / "journal.sqlite") as journal:
        link = journal.execute("SELECT link FROM entries ORDER BY number DESC LIMIT 1").fetchone()[0]
    shown = "".join(word for word in read.stdout.replace("-", " ").split() if len(word) == 2)
    assert link.hex()[:16] in shown, read.stdout
    assert recorder.tocsin("record", "stamp", "--verify", "/none").returncode != 0
