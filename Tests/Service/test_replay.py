"""`tocsin replay` and `tocsin warn` as a user runs them."""

import json
import time

import pytest

SCENARIO = "2023-05-14"


def replayed(service, tmp_path):
    """A journal of an order for Zikim, and its end."""
    ada = service.key("ada", "operator")
    service.configure("")
    service.start()
    assert service.order("warn", "--hazard", "rockets", "--zones", "Zikim", "--yes",
                         key=ada).returncode == 0
    service.stop()
    return str(tmp_path / "journal.sqlite")


def test_another_plan_that_changes_nothing_differs_in_nothing(service, tmp_path):
    journal = replayed(service, tmp_path)
    (tmp_path / "same.yaml").write_text("policy: {hold: 5 s}\n")
    told = service.tocsin("replay", journal, "--plan", str(tmp_path / "same.yaml"))
    assert told.returncode == 0, told.stderr
    assert "0 only then, 0 only now, 0 at another time" in told.stdout


def test_another_plan_shows_which_zone_would_not_have_been_told(service, tmp_path):
    journal = replayed(service, tmp_path)
    (tmp_path / "elsewhere.tsv").write_text(
        "id\tname_en\tname_he\tlatitude\tlongitude\n" "far\tFar\tרחוק\t31.0\t34.9\n")
    (tmp_path / "other.yaml").write_text("zones: elsewhere.tsv\n")
    told = service.tocsin("replay", journal, "--plan", str(tmp_path / "other.yaml"), "--json")
    assert told.returncode == 0, told.stderr
    account = json.loads(told.stdout)
    assert [row["zone"] for row in account["only_then"]] == ["zikim"]
    assert account["only_now"] == [] and account["told_now"] == 0


def test_a_plan_with_a_mistake_is_refused_with_its_line(service, tmp_path):
    journal = replayed(service, tmp_path)
    (tmp_path / "bad.yaml").write_text("policy:\n  holt: 5 s\n")
    told = service.tocsin("replay", journal, "--plan", str(tmp_path / "bad.yaml"))
    assert told.returncode == 1 and "line 2" in told.stderr and "'hold'" in told.stderr


def test_a_scenario_takes_no_other_plan(service, tmp_path):
    assert service.tocsin("replay", SCENARIO, "--plan", "x.yaml").returncode == 64


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan"])
def test_an_impossible_speed_is_refused(service, speed):
    assert service.tocsin("replay", SCENARIO, "--speed=" + speed).returncode == 64


def test_a_log_is_played_at_the_speed_asked_for(service, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("time_utc,zone_he,category\n"
                   "2023-05-14T15:33:04Z,זיקים,1\n2023-05-14T15:33:24Z,זיקים,1\n")
    def seconds(speed):
        begun = time.monotonic()
        told = service.tocsin("replay", str(log), "--speed", speed)
        assert told.returncode == 0 and told.stdout.count("zikim") >= 1, told
        return time.monotonic() - begun
    # Two announcements and the end at least ten minutes later, which at 200 times are 3 s.
    assert seconds("max") + 2 < seconds("200")


def test_a_met_message_moves_what_is_decided_and_no_met_takes_it_back(service, tmp_path):
    from test_live import RADAR, fall
    (tmp_path / "radars.json").write_text(json.dumps([RADAR]))
    (tmp_path / "plots.ndjson").write_text(fall())
    (tmp_path / "met.json").write_text(json.dumps({
        "h_m": [0, 5000], "wind_to_east_ms": [60, 60], "wind_to_north_ms": [0, 0]}))
    (tmp_path / "zones.tsv").write_text(
        "id\tname_en\tname_he\tlatitude\tlongitude\nzikim\tZikim\tזיקים\t31.6080\t34.5208\n")
    def warn(*more):
        told = service.tocsin(
            "warn", "--zones", str(tmp_path / "zones.tsv"), "--radars",
            str(tmp_path / "radars.json"), str(tmp_path / "plots.ndjson"), *more)
        assert told.returncode == 0, told.stderr
        return told.stdout
    calm, windy = warn(), warn("--met", str(tmp_path / "met.json"))
    assert calm and calm != windy
    assert warn("--met", str(tmp_path / "met.json"), "--no-met") == calm


def test_a_met_message_that_makes_no_sense_is_refused_by_name(service, tmp_path):
    (tmp_path / "met.json").write_text('{"h_m": [5, 1], "wind_to_east_ms": [0, 0], '
                                       '"wind_to_north_ms": [0, 0]}')
    service.configure(f"sources:\n  - {{id: weather, kind: met-file, file: {tmp_path}/met.json}}\n")
    told = service.tocsin("check")
    assert told.returncode == 1 and "line 3" in told.stdout + told.stderr
    assert "met.json" in told.stdout + told.stderr
