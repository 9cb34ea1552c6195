"""`tocsin evaluate`: the figures, the bound, the barrage on two maps, the pictures, and what is said of all that is not measured."""

import json
import pathlib
import re
import shutil
import xml.etree.ElementTree

import pytest

from conftest import Service

DATA = pathlib.Path(__file__).resolve().parents[3] / "shared/data"
public = pytest.mark.skipif(not DATA.exists(), reason="the public flights are not there")


@pytest.fixture
def index(tmp_path):
    """Four public flights seen by radar A."""
    plots = DATA / "flights/plots"
    whole = json.loads((plots / "index.json").read_text())
    files = [{**file, "file": str(plots / file["file"]), "met": file["met"] and str(plots / file["met"])}
             for file in whole["files"] if file["radar"] == "A" and file["kind"] == "single"][:4]
    path = tmp_path / "index.json"
    path.write_text(json.dumps({**whole, "files": files}))
    return str(path)


@pytest.fixture(scope="module")
def flights(tmp_path_factory):
    """Four made-up flights by three radars, the last among false plots too, and two salvos a radar."""
    folder = tmp_path_factory.mktemp("flights") / "made"
    done = Service(folder.parent).tocsin("simulate", "--seed", "2", "--count", "4", "--flights", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


class Made:
    """A copy of the made-up flights, of which the index lists some."""

    def __init__(self, service, folder):
        self.service, self.folder = service, folder
        self.index = folder / "plots/index.json"
        self.whole = json.loads(self.index.read_text())

    def list(self, *names, **changes):
        """Changes: members of every file's entry."""
        entries = {file["flight"]: file for file in self.whole["files"]}
        self.index.write_text(json.dumps({**self.whole, "files": [{**entries[name], **changes} for name in names]}))

    def evaluate(self, *words):
        return self.service.tocsin("evaluate", "--index", str(self.index), *words)

    def measured(self, *words):
        done = self.evaluate(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *words):
        """What it says when it measures nothing."""
        done = self.evaluate(*words)
        assert (done.returncode, done.stdout) == (1, ""), done.stderr
        assert done.stderr.count("Error: ") == 1 and "Usage" not in done.stderr
        return done.stderr

    def zones(self, *rings, **more):
        """A map of squares: the properties of each, and where its south-west corner lies."""
        features = [
            {"type": "Feature", "properties": {"id": str(number), "name": f"Place {number}", **properties},
             "geometry": {"type": "Polygon", "coordinates": [[[east + x, north + y] for x, y in
                          ((0, 0), (size, 0), (size, size), (0, size), (0, 0))]]}}
            for number, (properties, north, east, size) in enumerate(rings)]
        path = self.folder / "own.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return str(path)

    def impact(self, flight):
        impact = json.loads((self.folder / f"truth/{flight}.json").read_text())["impact"]
        return impact["lat"], impact["lon"]


@pytest.fixture
def made(service, flights, tmp_path):
    return Made(service, pathlib.Path(shutil.copytree(flights, tmp_path / "made")))


def lines(text, start):
    return [line for line in text.splitlines() if line.startswith(start)]


def run(service, index, *words):
    return service.tocsin("evaluate", "--index", index, "--truth", str(DATA / "flights/truth"), *words)


@public
def test_the_bound_falls_with_time(service, index):
    done = run(service, index, "--bound")
    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^ +\d+ s .* 4 +(\d+) m +\d+ m$", done.stdout, re.M)
    halves = [int(half) for half in rows]
    assert len(halves) == 7 and halves[0] > 200 > halves[-1]
    assert all(before >= after for before, after in zip(halves, halves[1:]))


@public
def test_a_barrage_on_zones_alarms_fewer_places_than_on_districts(service, index):
    done = run(service, index, "--zones", str(DATA / "zones"), "--zoning")
    assert done.returncode == 0, done.stderr
    districts, zones = [line for line in done.stdout.splitlines() if re.match(r"  \d+ (districts|zones):", line)]
    alarms = [int(re.search(r": (\d+) alarms", line)[1]) for line in (districts, zones)]
    assert alarms[0] > 5 * max(alarms[1], 1)
    assert districts.startswith("  30 districts")  # by Hebrew names; the other languages have up to 43
    assert districts.endswith("0 missed") and zones.endswith("0 missed")


def test_zones_are_warned_with_the_met_message(made):
    made.list("F001-A")
    met = made.folder / "plots/met/F001.json"
    storm = {"h_m": [0, 10000], "wind_to_east_ms": [150, 150], "wind_to_north_ms": [0, 0]}
    met.write_text(json.dumps(storm))
    north, east = made.impact("F001")
    grid = [({"district": "All"}, north + 0.02 * y, east + 0.02 * x, 0.02) for x in range(-9, 9) for y in range(-9, 9)]
    words = ("--zones", made.zones(*grid), "--zoning")
    with_met, without = (made.measured(*words, *more).split("zones;")[1] for more in ((), ("--no-met",)))
    for start in ("  single, radar A: ", "  324 zones: "):
        assert lines(with_met, start) != lines(without, start), start


def test_each_flight_plays_once_on_both_maps(made):
    words = ("--zones", str(made.folder / "zones.geojson"), "--zoning")
    made.list("F004-A-clutter", "F004-B", "F004-A", "F003-A", "S01-A")
    members = len(json.loads((made.folder / "truth/S01.json").read_text())["members"])
    assert f"zoning: {members + 2} bodies seen by radar A, each once" in made.measured(*words)
    made.list("F004-A-clutter", "F004-B")
    assert "zoning: 1 body seen by radar A, each once" in made.measured(*words)


def test_districts_of_one_english_name_are_two(made):
    made.list("F001-A")
    north, east = made.impact("F001")
    own = [{"district_en": "Valley", "district_he": "א"}, {"district_en": "Valley", "district_he": "ב"}, {}]
    zones = made.zones(*((district, north, east + 0.1 * number, 0.05) for number, district in enumerate(own)))
    told = made.measured("--zones", zones, "--zoning")
    assert "  2 districts and 1 zone without one: " in told and "\n  3 zones: " in told
    zones = made.zones(({}, north, east, 0.05))
    assert "none of these zones names one" in made.refused("--zones", zones, "--zoning")


def test_missed_is_one_thing_and_none_and_one_are_said(made):
    made.list("F001-A")
    north, east = made.impact("F001")
    # A zone of which all but the last seconds' plots are gone is warned too late: missed on every map.
    hit = made.zones(({"district": "Here", "shelter_seconds": 600}, north - 0.02, east - 0.02, 0.04))
    told = made.measured("--zones", hit, "--zoning")
    assert re.search(r"single, radar A: 1 zone in danger, 0 missed; .*; the one told in time had \d+ s; none could", told)
    assert "1 district: 1 alarm in 1 place; needless none; 0 missed" in told
    path = made.folder / "plots/F001-A.ndjson"
    plots = path.read_text().splitlines(keepends=True)
    path.write_text("".join(plots[-8:]))
    told = made.measured("--zones", hit, "--zoning")
    assert "1 zone in danger, 1 missed" in told and "none told in time" in told
    assert [line.rsplit("; ")[-1] for line in lines(told, "  1 ")] == ["1 missed", "1 missed"]
    far = made.zones(({"district": "There"}, north + 1, east, 0.04))
    told = made.measured("--zones", far, "--zoning")
    assert "no zone in danger; needless 0.00 zones and 0.00 km² a recording\n" in told
    assert "  1 zone: no alarm; 0 missed" in told


def test_what_burst_in_the_air_makes_no_warning_needless(made):
    made.list("F001-A")
    north, east = made.impact("F001")
    zones = made.zones(({"district": "Here"}, north - 0.02, east - 0.02, 0.04))
    path = made.folder / "truth/F001.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "impact": None}))
    told = made.measured("--zones", zones, "--zoning")
    assert "no zone in danger; needless 0.00 zones" in told
    assert "  1 zone: 1 alarm in 1 place; needless none; 0 missed" in told


def test_the_sum_counts_recordings_and_bodies_by_kind(made):
    made.list("F004-A", "F004-B", "F004-A-clutter")
    told = made.measured()
    assert "sum: 3 recordings of 1 body; a body counts in each recording of it" in told
    assert re.search(r"  single: 2 recordings, 2 of 2 bodies followed, \d+ false or second track", told)
    assert re.search(r"  clutter: 1 recording, 1 of 1 body followed, \d+ false or second track", told)


def test_the_bound_says_what_it_bounds(made):
    made.list("F001-A")
    told = made.measured("--bound")
    assert "the mean over bodies as the priors have them" in told and "nobody" not in told
    made.list("S01-A")
    assert "bound: no recording qualifies" in made.measured("--bound")


def test_zones_are_read_before_anything_is_measured(made):
    made.list("F001-A")
    north, east = made.impact("F001")
    assert "/nowhere.geojson cannot be read" in made.refused("--zones", "/nowhere.geojson")
    none = pathlib.Path(made.zones())
    assert "has no zone that can be used" in made.refused("--zones", str(none))
    path = pathlib.Path(made.zones(({}, north, east, 0.1), ({}, north + 1, east, 0.1), ({}, north + 2, east, 0.1)))
    broken = json.loads(path.read_text())
    broken["features"][1]["geometry"] = None
    broken["features"][2]["geometry"] = None
    path.write_text(json.dumps(broken))
    done = made.evaluate("--zones", str(path))
    assert done.returncode == 0, done.stderr
    for feature in (2, 3):
        assert any("left it out" in line for line in lines(done.stderr, f"own.geojson, feature {feature}")), done.stderr


def test_what_is_asked_for_wrongly_is_said(made):
    made.list("F001-A")
    usage = made.evaluate("--zoning")
    assert usage.returncode == 64 and "--zoning needs --zones" in usage.stderr and "Usage" in usage.stderr
    assert f"{made.folder}/none cannot be read" in made.refused("--truth", f"{made.folder}/none").replace("truth's folder ", "")
    assert "has a truth in" in made.refused("--truth", str(made.folder / "plots/met"))
    block = made.folder / "block"
    block.write_text("")
    assert f"{block}/pictures cannot be made" in made.refused("--pictures", f"{block}/pictures")
    made.list()
    assert "names no files" in made.refused()
    made.index.unlink()
    assert f"{made.index} cannot be read (there is no such file)" in made.refused()
    made.index.mkdir()
    assert f"{made.index} cannot be read (it is a folder)" in made.refused()


def test_a_wrong_truth_is_named_with_its_field(made):
    made.list("F001-A")
    path = made.folder / "truth/F002.json"
    truth = json.loads(path.read_text())
    truth["plots"]["F002-A"]["first_plot"] = "noon"
    path.write_text(json.dumps(truth))
    del truth["end"]
    (made.folder / "truth/F003.json").write_text(json.dumps(truth))
    said = made.refused()
    assert f"{path}: plots.F002-A.first_plot: " in said and "F003.json: end: is missing" in said
    path.write_text("{")
    assert f"{path}: " in made.refused()


def test_what_is_left_out_is_told(made):
    for name in ("F002", "F003"):
        (made.folder / f"truth/{name}.json").unlink()
    (made.folder / "truth/notes.json").write_text('{"by": "someone"}')
    made.list("F001-A", "F001-A", "F002-A", "F003-B")
    path = made.folder / "plots/F001-A.ndjson"
    plots = path.read_text()
    stranger = json.dumps({**json.loads(plots.splitlines()[0]), "radar": "Z"})
    path.write_text(f"{plots}no plot\n{stranger}\n")
    done = made.evaluate()
    assert done.returncode == 0, done.stderr
    assert "sum: 1 recording of 1 body;" in done.stdout
    assert "lists F001-A" in done.stderr and "again; it is counted once" in done.stderr
    assert "2 files left out" in done.stderr and "F002-A, F003-B" in done.stderr
    assert "notes.json is left out" in done.stderr
    assert f"{path} line {plots.count(chr(10)) + 1}: " in done.stderr
    assert "1 plot of radar 'Z' left out" in done.stderr


SVG = "{http://www.w3.org/2000/svg}"


def picture(made, name):
    return xml.etree.ElementTree.parse(made.folder / f"pictures/{name}.svg").getroot()


def words(root):
    return [text.text for text in root.iter(SVG + "text")]


def test_pictures_hold_names_of_any_kind_and_say_what_is_drawn(made):
    odd = 'Q<&"\u0001'
    for path in (made.folder / "truth").iterdir():
        path.write_text(path.read_text().replace('"radar":"A"', '"radar":' + json.dumps(odd)))
    made.list("F001-A", "F001-B", "F004-A-clutter", "S01-A")
    words_of = ("--zones", str(made.folder / "zones.geojson"), "--pictures", str(made.folder / "pictures"))
    made.measured(*words_of)
    assert sorted(path.name for path in (made.folder / "pictures").iterdir()) == [
        "calibration.svg", "ellipses.svg", "miss-clutter.svg", "miss-salvo.svg", "miss-single.svg"]
    shown = 'radar Q<&"\ufffd'
    assert {"half of the bodies", "nine in ten", shown, "radar B"} <= set(words(picture(made, "miss-single")))
    assert "radar B" not in words(picture(made, "miss-clutter"))
    ellipses = picture(made, "ellipses")
    assert words(ellipses)[-2:] == ["radar B", shown]
    drawn = [ellipse for ellipse in ellipses.iter(SVG + "ellipse") if "transform" in ellipse.attrib]
    assert len(drawn) == 2 and len({ellipse.get("stroke") for ellipse in drawn}) == 2
    for ellipse in drawn:
        x, y, radius = (float(ellipse.get(name)) for name in ("cx", "cy", "rx"))
        assert 20 <= x <= 700 and 40 <= y <= 720 and radius <= 340
    assert [path for path in ellipses.iter(SVG + "path") if path.get("clip-path")]


def test_no_ellipse_of_what_was_yet_to_fail(made):
    made.list("F001-A")
    path = made.folder / "truth/F001.json"
    truth = json.loads(path.read_text())
    path.write_text(json.dumps({**truth, "failure_t": truth["end"]["t"]}))
    made.measured("--pictures", str(made.folder / "pictures"))
    assert not list(picture(made, "ellipses").iter(SVG + "ellipse"))


def test_a_miss_beyond_the_scale_makes_it_longer(made):
    made.list("F001-A")
    path = made.folder / "truth/F001.json"
    truth = json.loads(path.read_text())
    truth["impact"]["lat"] += 0.5  # 55 km off
    path.write_text(json.dumps(truth))
    made.measured("--pictures", str(made.folder / "pictures"))
    chart = picture(made, "miss-single")
    assert "100000" in words(chart)
    for line in chart.iter(SVG + "polyline"):
        assert all(40 < float(point.split(",")[1]) < 400 for point in line.get("points").split())
