"""The record: added to with a recorder's key, read by everyone, in dispute by rules, verified by its chain."""

import hashlib
import json
import pathlib
import re
import sqlite3

import pytest

DAY = "2023-05-14"
ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def recorder(service):
    service.recorder = service.key("rina", "recorder")
    service.ada = service.key("ada", "operator")
    return service


def opened(service, *where: str) -> None:
    done = service.tocsin("record", "open", "fire", "--kind", "other", "--title", "Fire at the mill", *where,
                          key=service.recorder)
    assert done.returncode == 0, done.stderr


def add(service, speaker: str, value: str, *more: str, key: str | None = None, kind: str = "named"):
    return service.tocsin(
        "record", "add", "--incident", "fire", "--attribute", "count.injured", "--stance", "asserts",
        "--speaker", speaker, "--kind", kind, "--value", value, "--relay", speaker, "--mode", "heard",
        "--capture", "none: a phone call", *more, key=key or service.recorder)


def added(service, speaker: str, value: str, *more: str, **about) -> str:
    done = add(service, speaker, value, *more, **about)
    assert done.returncode == 0, done.stderr
    return re.match(r"s[0-9a-f]{16}", done.stdout).group(0)


def test_two_speakers_are_two_positions(recorder):
    opened(recorder)
    added(recorder, "The fire service", "3", kind="organization")
    added(recorder, "The mill's owner", "5")
    said = recorder.tocsin("record", "conflicts", "fire").stdout
    assert "count.injured: disputed, 2 positions" in said
    assert "The fire service" in said and "The mill's owner" in said
    assert "disputed" not in recorder.tocsin("record", "conflicts", "fire", "--as-of", "2020-01-01T00:00:00Z").stdout


def test_only_a_recorder_adds(recorder):
    opened(recorder)
    for key in [recorder.ada, "tcs_nobody"]:
        refused = add(recorder, "Somebody", "1", key=key)
        assert refused.returncode != 0 and "recorder" in refused.stderr
    assert "Somebody" not in recorder.tocsin("record", "show", "fire").stdout


def test_a_statement_by_nobody_or_through_nobody_is_refused_by_field(recorder):
    opened(recorder)
    refused = recorder.tocsin(
        "record", "add", "--incident", "fire", "--attribute", "count.injured", "--stance", "asserts",
        "--value", "3", key=recorder.recorder, input="")
    assert refused.returncode != 0 and "speaker" in refused.stderr


def test_a_running_tocsin_is_added_to_over_its_address_and_not_behind_its_back(recorder):
    recorder.configure("")
    recorder.start()
    behind = recorder.tocsin("record", "open", "fire", "--kind", "other", "--title", "Fire", key=recorder.recorder)
    assert behind.returncode != 0 and "in use by a running Tocsin" in behind.stderr
    opened(recorder, "--url", recorder.url)
    added(recorder, "The fire service", "3", "--url", recorder.url, kind="organization")
    refused = add(recorder, "Somebody", "1", "--url", recorder.url, key=recorder.ada)
    assert refused.returncode != 0
    assert [one["id"] for one in recorder.get("/api/record")[1]] == ["fire"]
    statements = recorder.get("/api/record/fire/statements")[1]
    assert len(statements) == 1
    assert recorder.get("/api/record/fire/statements?asOf=2020-01-01T00:00:00Z")[0] == 404
    assert recorder.get("/api/record/nothing")[0] == 404
    assert recorder.get("/api/record/fire?asOf=yesterday")[0] == 400
    # After a restart the record is as it was.
    recorder.stop()
    recorder.start()
    recorder.until(lambda: recorder.get("/api/record/fire/statements")[1] == statements)


def test_bad_rows_are_told_by_line_and_field_and_the_rest_is_kept(recorder):
    opened(recorder)
    rows = recorder.home / "rows.csv"
    rows.write_text(
        "incident,attribute,stance,speaker,speaker_kind,value,relays,relay_mode,capture\n"
        "fire,count.injured,asserts,The fire service,organization,3,The fire service,heard,none: by phone\n"
        "fire,count.feelings,asserts,The fire service,organization,3,The fire service,heard,none: by phone\n"
        "fire,count.injured,asserts,,organization,3,The fire service,heard,none: by phone\n"
        "fire,count.injured,asserts,The owner,named,5,The owner,heard,none: by phone\n")
    done = recorder.tocsin("record", "import", str(rows), key=recorder.recorder)
    assert done.returncode == 1
    assert "2 added, 2 refused" in done.stdout
    assert "3" in done.stderr and "attribute" in done.stderr and "speaker" in done.stderr
    assert "disputed, 2 positions" in recorder.tocsin("record", "conflicts", "fire").stdout


def statements(ndjson: str) -> set[str]:
    """The statements of an export, each with its digest; when we learnt of them is another matter."""
    lines = [json.loads(line) for line in ndjson.splitlines()]
    return {line["sha256"] + json.dumps(line["statement"], sort_keys=True) for line in lines}


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "prov", "ninjs", "claim"])
def test_every_export_comes_back_the_same(recorder, form):
    shipped = statements(recorder.tocsin("record", "export", DAY, "--format", "ndjson").stdout)
    assert len(shipped) > 30
    file = recorder.home / "export"
    file.write_text(recorder.tocsin("record", "export", DAY, "--format", form).stdout)
    opened = recorder.tocsin("record", "open", DAY, "--kind", "attack", "--title", DAY, key=recorder.recorder)
    assert opened.returncode == 0, opened.stderr
    recorder.tocsin("record", "import", str(file), "--format", form, key=recorder.recorder)
    assert statements(recorder.tocsin("record", "export", DAY, "--format", "ndjson").stdout) == shipped


def test_a_dispatch_needs_no_other_argument_and_stands_in_four_languages(recorder):
    for language in ["en", "he", "ar", "ru"]:
        done = recorder.tocsin("record", "dispatch", DAY, "--lang", language)
        assert done.returncode == 0, done.stderr
        lines = [line for line in done.stdout.splitlines() if "[" in line]
        assert len(lines) >= 30 and all(line.endswith("]") for line in lines)
    assert recorder.tocsin("record", "dispatch", DAY, "--lang", "xx").returncode != 0
    for form in ["html", "md", "json"]:
        assert recorder.tocsin("record", "dispatch", DAY, "--format", form).returncode == 0


def test_what_is_withheld_or_removed_leaves_a_gap_and_no_word(recorder):
    opened(recorder)
    secret = added(recorder, "A frightened neighbour", "7", "--quote", "xylophone words", kind="anonymous")
    kept = added(recorder, "The owner", "5")
    for words in [["withhold", secret, "--reason-class", "safety", "--by", "The editor"],
                  ["remove", secret, "--reason-class", "law", "--reason", "An order of the court"]]:
        done = recorder.tocsin("record", *words, key=recorder.recorder)
        assert done.returncode == 0, done.stderr
        for command in [["show"], ["show"], ["conflicts"], ["timeline"], ["dispatch"],
                        *(["export", "--format", form] for form in ["json", "csv", "ndjson", "prov", "ninjs", "claim"])]:
            told = recorder.tocsin("record", command[0], "fire", *command[1:])
            for word in ["neighbour", "xylophone"]:
                assert word not in told.stdout + told.stderr, command
        assert words[3] in recorder.tocsin("record", "show", "fire").stdout
    assert kept in recorder.tocsin("record", "show", "fire").stdout
    recorder.configure("")
    recorder.start()
    recorder.until(lambda: recorder.get("/api/record")[1])
    for path in ["/api/record/fire", "/api/record/fire/statements", "/api/record/fire/conflicts",
                 "/api/record/fire/dispatch"]:
        assert "xylophone" not in json.dumps(recorder.get(path)[1]), path
    assert "xylophone" not in recorder.log
    assert "law" in recorder.tocsin("record", "verify").stdout


def test_what_a_court_orders_gone_is_gone_from_the_file(recorder):
    opened(recorder)
    secret = added(recorder, "Quixote Zebulon", "7")
    added(recorder, "The owner", "5")
    done = recorder.tocsin("record", "remove", secret, "--reason-class", "law", "--reason", "An order of the court",
                           "--erase", key=recorder.recorder)
    assert done.returncode == 0, done.stderr
    for file in recorder.home.glob("journal.sqlite*"):
        assert b"Quixote" not in file.read_bytes(), file
    told = recorder.tocsin("record", "verify")
    assert told.returncode == 0 and "the chain is intact" in told.stdout
    assert secret in told.stdout and "An order of the court" in told.stdout and "was taken out by rina" in told.stdout
    assert "The owner" in recorder.tocsin("record", "show", "fire").stdout


def test_only_confirmed_drafts_of_a_news_text_enter_the_record(recorder):
    opened(recorder)
    article = recorder.home / "article.txt"
    article.write_text(
        "Fire at the mill\n\nThree people were hurt, the fire service said on Sunday. \"We saw smoke at noon,\" said Ada "
        "Miller, the owner. A neighbour told Channel 9 that nobody had warned her. The mayor denied that.\n")
    # The second draft is mended, the third dropped; of the fourth is asked what was denied.
    answers = "y\n" + "e\n" + "\n\n\n\nview\n\n\n" + "n\n" + "y\n" + "\n\n\n\n\nthat nobody had warned her\n\n"
    done = recorder.tocsin("record", "read", str(article), "--outlet", "The Valley Herald", "--confirm", "fire",
                           key=recorder.recorder, input=answers)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 recorded in fire" in done.stdout, done.stdout + done.stderr
    shown = recorder.tocsin("record", "show", "fire").stdout
    assert "fire service" in shown and "Ada Miller" in shown and "The Valley Herald" in shown
    assert "neighbour" not in shown
    exported = recorder.tocsin("record", "export", "fire", "--format", "ndjson").stdout
    assert hashlib.sha256(article.read_bytes()).hexdigest() in exported
    assert "We saw smoke at noon," in exported
    for words in [["--confirm", "fire"], ["--confirm", "fire", "--outlet", "x", "--json"]]:
        assert recorder.tocsin("record", "read", str(article), *words, key=recorder.recorder).returncode != 0
    nobody = recorder.tocsin("record", "read", str(article), "--outlet", "x", "--confirm", "fire", input="y\nq\n")
    assert nobody.returncode != 0 and "recorder" in nobody.stderr


def test_a_changed_journal_is_found_and_the_rest_is_read(recorder):
    opened(recorder)
    added(recorder, "The owner", "5")
    added(recorder, "The fire service", "3", kind="organization")
    whole = recorder.tocsin("record", "verify")
    assert whole.returncode == 0 and "the chain is intact" in whole.stdout
    with sqlite3.connect(recorder.home / "journal.sqlite") as journal:
        journal.execute("UPDATE entries SET payload = CAST(replace(payload, 'owner', 'miller') AS BLOB) WHERE number = 2")
    broken = recorder.tocsin("record", "verify")
    assert broken.returncode == 1 and "entry 2" in broken.stdout.lower() and "broken" in broken.stdout
    assert "The fire service" in recorder.tocsin("record", "show", "fire").stdout
