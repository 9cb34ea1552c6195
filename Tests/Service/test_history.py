"""Years of alert logs: imported, counted, compared."""

import collections
import csv
import datetime
import io
import json
import pathlib
import sqlite3
import threading

import pytest

ALERTS = pathlib.Path(__file__).resolve().parents[3] / "shared/data/alerts"
ROWS = """time_local,zone_he,category,matrix_id,description,source_id
2023-05-14T18:33:04+03:00,זיקים,1,1,x,1
2023-05-14T18:33:05+03:00,נתיב העשרה,1,1,x,2
2023-05-14T18:33:05+03:00,נתיב העשרה,1,1,x,2
2023-05-14T20:00:00+03:00,אטלנטיס,1,1,x,3
not a time,זיקים,1,1,x,4
"""


def load(service, text: str, name: str) -> None:
    path = service.home / f"{name}.csv"
    path.write_text(text)
    done = service.tocsin("history", "import", str(path), "--time-zone", "Asia/Jerusalem")
    assert done.returncode == 0, done.stderr


def table(service, name: str, *words: str) -> list[dict]:
    done = service.tocsin("history", "stats", "--csv", name, *words)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_every_row_is_counted_and_what_is_odd_is_said(service):
    load(service, ROWS, "log")
    told = service.tocsin("history", "stats").stdout
    assert "3 warnings" in told and "not, or not wholly, on the map" in told
    assert service.tocsin("history", "logs", "log.csv").stdout.count("not a time,") == 1
    assert {row["day"]: row["warnings"] for row in table(service, "by-day")} == {"2023-05-14": "3"}
    zones = {row["written"]: row["warnings"] for row in table(service, "by-zone")}
    assert zones["אטלנטיס"] == "1" and zones["נתיב העשרה"] == "1"


def test_who_reads_waits_for_the_turn_of_an_import(service):
    load(service, ROWS, "log")
    importing = sqlite3.connect(
        service.home / "history.sqlite", isolation_level=None, check_same_thread=False)
    importing.execute("BEGIN IMMEDIATE")
    turn = threading.Timer(0.5, lambda: importing.execute("COMMIT"))
    turn.start()
    told = service.tocsin("history", "stats")
    turn.join()
    assert told.returncode == 0 and "3 warnings" in told.stdout, told.stderr


def test_two_logs_are_compared_and_their_clocks(service):
    load(service, ROWS, "one")
    shifted = ROWS.replace("18:33:04", "18:33:07").replace("18:33:05", "18:33:08").replace("20:00:00", "21:00:00")
    load(service, shifted, "two")
    done = service.tocsin("history", "compare", "one.csv", "two.csv")
    assert done.returncode == 0, done.stderr
    assert "only one.csv" in done.stdout and "only two.csv" in done.stdout
    assert "the clock of two.csv is" in done.stderr and "3" in done.stderr


def test_what_is_asked_wrongly_is_said(service):
    nothing = service.tocsin("history", "stats")
    assert nothing.returncode != 0 and "history import" in nothing.stderr
    load(service, ROWS, "log")
    for words, said in [(["--from", "soon"], "is no day"), (["--zone", "Nowhere"], "is no zone"),
                        (["--from", "2023-05-14", "--time-zone", "Mars/Olympus"], "is not known")]:
        refused = service.tocsin("history", "stats", *words)
        assert refused.returncode != 0 and said in refused.stderr, words
    other = service.home / "other.csv"
    other.write_text("a,b\n1,2\n")
    assert service.tocsin("history", "import", str(other)).returncode != 0


@pytest.mark.skipif(not ALERTS.exists(), reason="the public logs are not there")
def test_the_public_logs_count_as_an_independent_reader_counts_them(service):
    days, rows = collections.Counter(), 0
    for path in sorted(ALERTS.glob("*.csv")):
        done = service.tocsin("history", "import", str(path))
        assert done.returncode == 0, done.stderr
        with open(path, newline="", encoding="utf-8-sig") as file:
            seen = set()
            for row in csv.DictReader(file):
                rows += 1
                key = (row["time_utc"], row["zone_he"], row["category"])
                if key not in seen:
                    days[datetime.datetime.fromisoformat(row["time_local"]).date().isoformat()] += 1
                seen.add(key)
    assert {row["day"]: int(row["warnings"]) for row in table(service, "by-day")} == dict(days)
    assert f"{rows} rows" in service.tocsin("history", "stats").stdout


def test_accounts_of_a_day_name_every_difference(service):
    log = service.home / "other.csv"
    log.write_text("time_local,zone_he,category\n2023-05-14T18:33:45+03:00,זיקים,1\n2023-05-14T18:33:05+03:00,אי שם,1\n"
                   "2023-05-14T18:33:05+03:00,זיקים,13\n")
    assert service.tocsin("history", "import", str(log), "--time-zone", "Asia/Jerusalem").returncode == 0
    done = service.tocsin("history", "accounts", "2023-05-14", "--from", "2023-05-14")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("[1] other.csv: 2 rows") and "[4] Tocsin's warnings (of a replay" in lines[3]
    assert "Zikim 2023-05-14 18:33:04: [1] is 40.0 s later than [2]" in lines
    assert "Netiv HaAsara 2023-05-14 18:33:06: in [2] [4], not in [1] [3]" in lines
    assert any(line.startswith("אי שם 2023-05-14 18:33:05: no zone of the map") for line in lines)
    as_json = json.loads(service.tocsin("history", "accounts", "2023-05-14", "--log", "none", "--json").stdout)
    assert {account["kind"] for account in as_json["accounts"]} == {"said", "ours"}
    for words, fault in [(["nothing"], "no incident"), (["2023-05-14", "--from", "tomorrow"], "is no day"),
                         (["2023-05-14", "--log", "absent"], "absent"), (["2023-05-14", "--from", "2023-05-15", "--to", "2023-05-14"], "not before")]:
        bad = service.tocsin("history", "accounts", *words)
        assert bad.returncode != 0 and fault in bad.stderr, bad.stderr
