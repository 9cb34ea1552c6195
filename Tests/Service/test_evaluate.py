"""`tocsin evaluate` on some of the public flights: the figures, the bound, and the barrage on two maps."""

import json
import pathlib
import re

import pytest

DATA = pathlib.Path(__file__).resolve().parents[3] / "shared/data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the public flights are not there")


@pytest.fixture
def index(tmp_path):
    """Four flights seen by radar A."""
    plots = DATA / "flights/plots"
    whole = json.loads((plots / "index.json").read_text())
    files = [{**file, "file": str(plots / file["file"]), "met": file["met"] and str(plots / file["met"])}
             for file in whole["files"] if file["radar"] == "A" and file["kind"] == "single"][:4]
    path = tmp_path / "index.json"
    path.write_text(json.dumps({**whole, "files": files}))
    return str(path)


def run(service, index, *words):
    return service.tocsin("evaluate", "--index", index, "--truth", str(DATA / "flights/truth"), *words)


def test_the_bound_falls_with_time(service, index):
    done = run(service, index, "--bound")
    assert done.returncode == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("  radar A, 4 flights"))
    halves = [int(number) for number in re.findall(r"\d+ s (\d+)/\d+", row)]
    assert len(halves) == 7 and halves[0] > 200 > halves[-1]
    assert all(before >= after for before, after in zip(halves, halves[1:]))


def test_a_barrage_on_zones_alarms_fewer_places_than_on_districts(service, index):
    done = run(service, index, "--zones", str(DATA / "zones"), "--zoning")
    assert done.returncode == 0, done.stderr
    districts, zones = [line for line in done.stdout.splitlines() if re.match(r"  \d+ (districts|zones):", line)]
    alarms = [int(re.search(r": (\d+) alarms", line)[1]) for line in (districts, zones)]
    assert alarms[0] > 5 * max(alarms[1], 1)
    assert districts.endswith("0 missed") and zones.endswith("0 missed")


def test_what_cannot_be_measured_is_said(service, index):
    without = run(service, index, "--zoning")
    assert without.returncode != 0 and "--zoning needs --zones" in without.stderr
    assert service.tocsin("evaluate", "--index", "/nowhere.json").returncode != 0
