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
