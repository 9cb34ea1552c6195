"""Height grids as a user gives them: on the command line and in a configuration."""

import datetime
import json
import math

import pytest

RADAR = {"radar": "A1", "lat": 31.6, "lon": 34.6, "height_m": 40,
         "sigma": {"range_m": 10, "azimuth_deg": 0.06, "elevation_deg": 0.06}}


def level(height):
    """Heights all alike, 45 km to each side of the radar."""
    row = " ".join([str(height)] * 90)
    return ("ncols 90\nnrows 90\nxllcorner 34.15\nyllcorner 31.15\ncellsize 0.01\nNODATA_value -9999\n"
            + f"{row}\n" * 90)


@pytest.fixture
def plots(service):
    """The plots of a stone thrown in thin air, without noise."""
    (service.home / "radars.json").write_text(json.dumps([RADAR]))
    lines = []
    for look in range(1, 200):
        t = 0.1 * look
        east, north, up = 9000 - 150 * t, 9000 - 150 * t, 300 + 220 * t - 4.9 * t * t
        across = math.hypot(east, north)
        lines.append(json.dumps({
            "t": f"2026-01-01T00:00:{t:09.6f}Z", "radar": "A1", "range_m": math.hypot(across, up),
            "azimuth_deg": math.degrees(math.atan2(east, north)),
            "elevation_deg": math.degrees(math.atan2(up, across))}))
    path = service.home / "plots.ndjson"
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def forecast(service, plots, *ground):
    told = service.tocsin("forecast", "--radars", str(service.home / "radars.json"), plots,
                          *(word for one in ground for word in ("--ground", str(one))))
    assert told.returncode == 0, told.stderr
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(lines) > 30
    return lines[-1]["impact"]


def test_a_level_grid_is_ground_of_that_height(service, plots):
    (service.home / "level.asc").write_text(level(540))
    low, high = forecast(service, plots, 40), forecast(service, plots, 540)
    grid = forecast(service, plots, 40, service.home / "level.asc")
    assert abs(low["lat"] - high["lat"]) > 1e-3
    assert abs(grid["lat"] - high["lat"]) < 1e-6 and abs(grid["lon"] - high["lon"]) < 1e-6


def test_people_are_told_of_the_time_that_the_ground_leaves(service, plots):
    (service.home / "level.asc").write_text(level(540))
    place = forecast(service, plots, 40)
    (service.home / "zones.tsv").write_text(
        "id\tname_en\tname_he\tlatitude\tlongitude\n"
        f"near\tNear\tקרוב\t{place['lat']}\t{place['lon']}\n")

    def impact(*ground):
        told = service.tocsin("warn", "--zones", str(service.home / "zones.tsv"), "--radars",
                              str(service.home / "radars.json"), plots,
                              *(word for one in ground for word in ("--ground", str(one))))
        assert told.returncode == 0, told.stderr
        first = json.loads(told.stdout.splitlines()[0])
        assert first["kind"] == "warning" and first["zone"] == "near"
        return datetime.datetime.fromisoformat(first["t"]).timestamp() + first["seconds"]

    flat, high, grid = impact(40), impact(540), impact(40, service.home / "level.asc")
    assert abs(grid - high) < 0.1 and 1 < flat - grid < 6


def test_a_grid_and_a_height_may_be_given_once_each(service, plots):
    radars = str(service.home / "radars.json")
    for ground in (["40", "50"], ["a.asc", "b.asc"], ["nan"], ["10000"]):
        words = [word for one in ground for word in ("--ground", one)]
        assert service.tocsin("forecast", "--radars", radars, plots, *words).returncode == 64
    told = service.tocsin("forecast", "--radars", radars, plots, "--ground", "hills.asc")
    assert told.returncode == 1 and "hills.asc cannot be read" in told.stderr


def test_a_configuration_names_its_grid(service):
    (service.home / "level.asc").write_text(level(540))
    path = str(service.configure("ground_height_m: 40\nheight_grid: level.asc\n"))
    checked = service.tocsin("check", "--config", path)
    assert checked.returncode == 0, checked.stdout
    assert "ground: 90 × 90 heights up to 540 m, else 40.0 m" in checked.stdout
    (service.home / "level.asc").write_text(level("high"))
    checked = service.tocsin("check", "--config", path)
    assert checked.returncode == 1
    assert "line 3: 'height_grid' cannot be read" in checked.stdout
    assert "level.asc, line 7: 'high' is neither a height nor a key" in checked.stdout


def test_a_restart_and_a_replay_have_the_grid_again(service):
    (service.home / "level.asc").write_text(level(540))
    service.configure("ground_height_m: 40\nheight_grid: level.asc\n")
    service.start()
    service.stop()
    service.start()
    service.stop()
    assert "differs" not in service.log
    told = service.tocsin("replay", str(service.home / "journal.sqlite"), "--json")
    assert told.returncode == 0, told.stderr


def test_a_forecast_names_the_plots_that_it_rests_on(service, plots):
    words = ["forecast", "--radars", str(service.home / "radars.json"), plots, "--ground", "40"]
    plain, told = service.tocsin(*words), service.tocsin(*words, "--plots")
    assert "plots" not in json.loads(plain.stdout.splitlines()[0])
    named = [plot for line in told.stdout.splitlines() for plot in json.loads(line)["plots"]]
    given = [json.loads(line) for line in open(plots)]
    assert len(named) == len(given)
    assert json.loads(told.stdout.splitlines()[-1])["end"] in ("impact", "burst", "lost")
    for one, other in zip(named, given):
        assert (one["radar"], one["range_m"], one["azimuth_deg"]) == ("A1", other["range_m"], other["azimuth_deg"])
        assert datetime.datetime.fromisoformat(one["t"]) == datetime.datetime.fromisoformat(other["t"])
    # One body alone: nothing is said of another.
    assert "purity" not in told.stdout and "rivals" not in told.stdout
