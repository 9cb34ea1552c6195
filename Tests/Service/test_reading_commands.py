"""Commands that read leave what they read as it was, and say in words what they cannot do."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess

import pytest

from conftest import TOCSIN

RADARS = json.dumps([{"radar": "R1", "lat": 31.6, "lon": 34.5, "height_m": 50,
                      "sigma": {"range_m": 20, "azimuth_deg": 0.1, "elevation_deg": 0.1}}])


def ordered(service, zone="Zikim"):
    """A running service with one warning: the key of the operator who ordered it, and the warning's id."""
    ada = service.key("ada", "operator")
    service.configure("")
    service.start()
    said = service.order("warn", "--hazard", "rockets", "--zones", zone, "--yes", key=ada)
    assert said.returncode == 0, said.stderr
    return ada, said.stdout.split("warning ")[1].strip(". \n")


def warned(service, zone="Zikim"):
    """A journal with one warning, and the warning's id."""
    _, warning = ordered(service, zone)
    service.stop()
    return service.home / "journal.sqlite", warning


def contents(folder):
    return {path.name: hashlib.md5(path.read_bytes()).hexdigest()
            for path in folder.iterdir() if path.name.startswith("j")}


def in_words(told):
    """No error as a library throws it, no trace of a crash."""
    assert told.returncode > 0, told
    for raw in ("Error Domain", "SQLite error", "NSCocoa", "EncodingError", "Fatal", "backtrace"):
        assert raw not in told.stdout + told.stderr, told
    return told.stdout + told.stderr


def reading(journal):
    return [("explain", "W1", "--journal", journal), ("replay", journal), ("record", "verify", "--journal", journal)]


def test_reading_changes_no_byte_and_leaves_nothing_beside(service):
    path, warning = warned(service)
    before = contents(service.home)
    for words in [("explain", warning, "--journal", str(path)), *reading(str(path))[1:],
                  ("replay", str(path), "--json")]:
        told = service.tocsin(*words)
        assert told.returncode == 0, told.stderr
    assert contents(service.home) == before


def test_a_journal_that_is_being_written_is_read_beside_the_service(service):
    ada, warning = ordered(service)
    assert service.tocsin("explain", warning).returncode == 0
    assert service.tocsin("replay", str(service.home / "journal.sqlite")).returncode == 0
    assert service.order("clear", warning, "--yes", key=ada).returncode == 0
    service.stop()
    again = service.tocsin("replay", str(service.home / "journal.sqlite"))
    assert again.returncode == 0 and "0 decided differently" in again.stdout, again.stdout


@pytest.mark.parametrize("beside", [[], ["journal.sqlite-wal"]], ids=["closed", "with an empty log"])
@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write here")
def test_a_journal_is_read_by_somebody_who_may_not_write(service, beside):
    path, warning = warned(service)
    folder = "/tmp/tocsin-read-only-%d" % os.getpid()
    os.mkdir(folder, 0o755)
    try:
        copy = shutil.copy(path, folder)
        os.chmod(copy, 0o444)
        for name in beside:
            open(f"{folder}/{name}", "w").close()
        told = subprocess.run([TOCSIN, "explain", warning, "--journal", copy], capture_output=True, text=True,
                              user=65534, group=65534, env={**os.environ, "TOCSIN_HOME": folder})
        if "Permission denied" in told.stderr and "execute" in told.stderr:
            pytest.skip("nobody may run the program where it stands")
        assert told.returncode == 0 and "Zikim" in told.stdout, told.stderr
        assert sorted(os.listdir(folder)) == ["journal.sqlite", *beside]
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("tables", ["", "CREATE TABLE notes (text TEXT)"])
def test_what_is_no_journal_is_left_alone_and_it_is_said(service, tables):
    path = service.home / "j.sqlite"
    with sqlite3.connect(path) as foreign:
        foreign.execute("PRAGMA user_version = 1")
        foreign.execute(tables)
    foreign.close()
    before = contents(service.home)
    for words in reading(str(path)):
        assert "is no journal of Tocsin" in in_words(service.tocsin(*words))
    assert contents(service.home) == before


def test_a_folder_a_text_and_a_cut_journal_are_told_in_words(service):
    path, _ = warned(service)
    (service.home / "j.sqlite").write_text("no database" * 1000)
    (service.home / "jf.sqlite").mkdir()
    assert "is no SQLite file" in in_words(service.tocsin("replay", str(service.home / "j.sqlite")))
    assert "is a folder" in in_words(service.tocsin("replay", str(service.home / "jf.sqlite")))
    cut = service.home / "jc.sqlite"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 4])
    told = service.tocsin("replay", str(cut))
    assert "SQLite error" not in told.stderr + told.stdout
    assert told.returncode == 1 and "is damaged" in told.stdout + told.stderr, told


def test_a_warning_is_found_by_its_number_and_an_unknown_one_names_those_there_are(service):
    path, warning = warned(service)
    for word in (warning, warning.lower(), warning[1:]):
        assert service.tocsin("explain", word).returncode == 0
    unknown = in_words(service.tocsin("explain", "W99999"))
    assert "There are: " + warning in unknown


def test_a_replayed_journal_as_json_is_one_object(service):
    path, _ = warned(service)
    told = service.tocsin("replay", str(path), "--json")
    account = json.loads(told.stdout)
    assert account["different"] == 0 and account["differences"] == [] and account["faults"] == []
    assert account["entries"] > 1
    for option in ("--zones", "--speed"):
        assert option + " is for" in in_words(service.tocsin("replay", str(path), option, "10"))


def test_numbers_that_cannot_be_are_refused(service, tmp_path):
    (tmp_path / "radars.json").write_text(RADARS)
    (tmp_path / "plots.ndjson").write_text("")
    forecast = ("forecast", "--radars", str(tmp_path / "radars.json"), str(tmp_path / "plots.ndjson"))
    for every in ("nan", "inf", "1e300", "0", "-1"):
        assert "--every is" in in_words(service.tocsin(*forecast, "--every=" + every))
    for ground in ("nan", "inf", "1e300"):
        assert "ground" in in_words(service.tocsin(*forecast, "--ground", ground))
    for speed in ("1e-300", "inf", "1e300"):
        assert "speed" in in_words(service.tocsin("replay", "2023-05-14", "--speed", speed))
        assert "--speed is" in in_words(service.tocsin("run", "--scenario", "2023-05-14", "--speed", speed))
    assert "--port is" in in_words(service.tocsin("run", "--port", "99999"))
    for cost in ("1e308", "nan", "0"):
        told = service.tocsin("simulate", "--seed", "1", "--policies", "--miss-cost", cost)
        assert "--miss-cost is" in in_words(told)
    for circle in ("nan,34,500", "31,34,inf", "31,34,-5", "91,34,500", "31,34,500,x"):
        told = service.order("warn", "--hazard", "rockets", "--circle=" + circle, "--yes", key="k")
        assert "is no circle" in in_words(told)


def test_an_index_that_is_empty_or_has_company_is_said(service, tmp_path):
    index = tmp_path / "index.json"
    site = {"lat": 31.6, "lon": 34.5, "height_m": 50, "mask_deg": 0.5, "pd": 0.9}
    index.write_text(json.dumps({"radar": site, "files": []}))
    forecast = ("forecast", "--index", str(index))
    assert "lists no plot file" in in_words(service.tocsin(*forecast))
    assert "extra.ndjson" in in_words(service.tocsin(*forecast, "extra.ndjson"))
    assert "--ground" in in_words(service.tocsin(*forecast, "--ground", "500"))


def test_files_that_cannot_be_used_are_told_in_words(service, tmp_path):
    told = in_words(service.tocsin("order", "clear", "W1", "--key-file", str(tmp_path / "nope")))
    assert "nope cannot be read (there is no such file)" in told
    for command in (("cap", "check"), ("record", "read"), ("record", "import", "--dry-run")):
        told = in_words(service.tocsin(*command, str(tmp_path / "nope")))
        assert "nope cannot be read (there is no such file)" in told
    (tmp_path / "file").write_text("")
    (tmp_path / "h.sqlite").write_text("no database" * 1000)
    told = service.tocsin("history", "compare", "a", "b", "--history", str(tmp_path / "h.sqlite"))
    assert "cannot be used as a history" in in_words(told)
    service.home = "/proc/none"
    assert "/proc/none cannot be made" in in_words(service.tocsin("explain", "W1"))
    told = in_words(service.tocsin("simulate", "--seed", "1", "--count", "1", "--flights", str(tmp_path / "file/set")))
    assert "cannot be made" in told


@pytest.mark.parametrize("words, option", [
    (["clear", "W1", "--zones", "Zikim"], "--zones"), (["correct", "W1", "--district", "Gaza"], "--district"),
    (["confirm", "W1", "--hazard", "fire"], "--hazard"), (["extend", "W1", "--zones", "Zikim", "--exercise"], "--exercise"),
    (["intercepted", "1", "--zones", "Zikim"], "--zones"), (["warn", "W1", "--hazard", "fire"], "W1"),
    (["clear"], "id"), (["intercepted"], "id")])
def test_an_order_with_a_word_that_it_does_not_take_is_refused(service, words, option):
    assert option in in_words(service.order(*words, "--yes", key="k"))


def test_watch_shows_the_ids_that_orders_need_and_tracks_to_operators_alone(service):
    ada, warning = ordered(service)
    public = service.tocsin("watch", "--once", "--url", service.url)
    assert f"[{warning}]" in public.stdout and "rack" not in public.stdout, public
    assert "operator" in in_words(service.tocsin("watch", "--once", "--tracks", "--url", service.url))
    tracks = service.tocsin("watch", "--once", "--tracks", "--url", service.url, key=ada)
    assert tracks.returncode == 0 and "No track." in tracks.stdout, tracks


def test_another_plan_says_which_warnings_are_of_the_replay_alone(service, tmp_path):
    ada = service.key("ada", "operator")
    service.configure("")
    service.start()
    order = json.dumps({"order": "warn", "hazard": "rockets", "zones": ["far"], "exercise": False})
    assert service.post("/api/commands", order, ada)[0] == 422
    service.stop()
    (tmp_path / "elsewhere.tsv").write_text(
        "id\tname_en\tname_he\tlatitude\tlongitude\n" "far\tFar\tרחוק\t31.0\t34.9\n")
    (tmp_path / "other.yaml").write_text("zones: elsewhere.tsv\n")
    told = service.tocsin("replay", str(service.home / "journal.sqlite"), "--plan", str(tmp_path / "other.yaml"))
    new = [line for line in told.stdout.splitlines() if line.startswith("only now")]
    assert new and " of this replay warning, shelter: Far" in new[0], told
    assert "do not know it" in told.stdout


def test_another_plan_names_old_zones_and_says_whose_numbers_are_new(service, tmp_path):
    path, warning = warned(service, "Karmia")
    (tmp_path / "elsewhere.tsv").write_text(
        "id\tname_en\tname_he\tlatitude\tlongitude\n" "far\tFar\tרחוק\t31.0\t34.9\n")
    (tmp_path / "other.yaml").write_text("zones: elsewhere.tsv\n")
    told = service.tocsin("replay", str(path), "--plan", str(tmp_path / "other.yaml"))
    assert told.returncode == 0, told.stderr
    gone = [line for line in told.stdout.splitlines() if line.startswith("only then")]
    assert len(gone) == 1 and warning in gone[0] and gone[0].endswith(": Karmia"), told.stdout
