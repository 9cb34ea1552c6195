"""`tocsin simulate`: worlds by their seed, the verdict, and policies compared."""

import json


def simulate(service, *words):
    return service.tocsin("simulate", *words)


def test_the_same_seed_gives_the_same_output_byte_for_byte(service):
    words = ("--seed", "3", "--worlds", "4", "--json")
    first, second = simulate(service, *words), simulate(service, *words)
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout == second.stdout
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    assert [line["seed"] for line in lines[:4]] == [3, 4, 5, 6]
    total = lines[4]["sum"]
    assert total["worlds"] == 4
    for count in ("bodies", "in_danger", "needless", "late"):
        assert total[count] == sum(line["tally"][count] for line in lines[:4])


def test_a_world_says_in_words_what_went_wrong_and_how_it_ended(service):
    done = simulate(service, "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("world 1: radars ")
    assert "faults: " in done.stdout and "0 never warned" in done.stdout


def test_policies_are_compared_with_the_shipped_one_marked(service):
    done = simulate(service, "--seed", "4", "--policies", "--json")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["default"] for row in rows].count(True) == 1
    assert [row["cost"] for row in rows] == sorted(row["cost"] for row in rows)
    assert all(row["worlds"]["worlds"] == row["held_out"]["worlds"] == 1 for row in rows)


def test_what_cannot_be_played_is_said(service):
    assert simulate(service).returncode != 0
    none = simulate(service, "--seed", "1", "--worlds", "0")
    assert none.returncode != 0 and "--worlds" in none.stderr
    last = simulate(service, "--seed", str(2**64 - 1))
    assert last.returncode != 0 and "--seed" in last.stderr


def test_made_up_flights_are_measured_from_their_folder_alone(service):
    made = service.home / "made"
    words = ("--seed", "2", "--count", "4", "--flights")
    done = simulate(service, *words, str(made))
    # Four flights by three radars, one of them among false plots too, and two salvos a radar.
    assert done.returncode == 0 and "Wrote 21 recordings" in done.stdout, done.stderr
    again = simulate(service, *words, str(made))
    assert again.returncode == 1 and "exists already" in again.stderr
    assert simulate(service, *words, str(service.home / "twice")).returncode == 0
    for file in sorted(made.rglob("*.*")):
        assert file.is_dir() or file.read_bytes() == (service.home / "twice" / file.relative_to(made)).read_bytes()
    told = service.tocsin("evaluate", "--index", str(made / "plots/index.json"),
                          "--zones", str(made / "zones.geojson"), "--bound")
    assert told.returncode == 0, told.stderr
    for group in ("single, radar A", "clutter, radar B", "salvo, radar C", "bound: ", "zones"):
        assert group in told.stdout, told.stdout
    truth = json.loads((made / "truth/F004.json").read_text())
    label = truth["plots"]["F004-A-clutter"]["labels"]
    assert set(label) == {"0", "1"}
    assert len(label) == len((made / "plots/F004-A-clutter.ndjson").read_text().splitlines())
    salvo = json.loads((made / "truth/S02.json").read_text())
    assert len(salvo["members"]) == 30 and max(salvo["labels"]) == 30


def test_what_a_folder_of_flights_cannot_be_is_said(service):
    for words in (("--count", "0"), ("--count", "1000"), ("--policies",), ("--worlds", "2"), ("--json",), ("--miss-cost", "5")):
        done = simulate(service, "--seed", "1", "--flights", "made", *words)
        assert done.returncode == 64, words
    for words in (("--count", "3"), ("--late-cost", "5"), ("--flights", "")):
        assert simulate(service, "--seed", "1", *words).returncode == 64, words
    assert not (service.home / "made").exists()
    done = simulate(service, "--seed", "1", "--count", "1", "--flights", "/proc/made")
    assert done.returncode == 1 and "made" in done.stderr
