"""What `tocsin check` and `tocsin run` make of a configuration."""

import shutil

from conftest import ROOT


def test_the_example_is_good(service, tmp_path):
    shutil.copytree(ROOT / "Examples", tmp_path / "examples")
    checked = service.tocsin("check", "--config", str(tmp_path / "examples/tocsin.yaml"))
    assert checked.returncode == 0, checked.stdout
    assert "source 'north': plots by POST /api/plots" in checked.stdout
    assert "channel 'archive': lines to" in checked.stdout


def test_every_mistake_is_named_with_its_line(service):
    (service.home / "radars.json").write_text("[]")
    path = service.configure(
        "titel: The coast\n"  # 2
        "time_zone: Mars/Olympus\n"  # 3
        "radars: radars.json\n"
        "policy:\n"
        "  hold: 5\n"  # 6
        "  blind: 20 s\n"  # 7
        "sources:\n"
        "  - id: north\n"
        "    kind: plots-htp\n"  # 10
        "  - id: south\n"
        "    kind: plots-tcp\n"
        "    listen: nowhere\n"  # 13
        "    radars: [Z9]\n"  # 14
        "  - id: south\n"  # 15
        "    kind: plots-stdin\n"
        "channels:\n"
        "  - id: lines\n"
        "    kind: lines\n"
        "    file: /nowhere/at/all.txt\n"  # 20
        "    hears: replay\n")  # 21
    checked = service.tocsin("check", "--config", str(path))
    assert checked.returncode == 1
    said = checked.stdout
    for line in (2, 3, 6, 7, 10, 13, 14, 15, 20, 21):
        assert f"line {line}:" in said, f"nothing of line {line} in:\n{said}"
    assert "is 'title' meant?" in said
    assert "write '2 s'" in said
    assert len(said.strip().splitlines()) == 10, said
    started = service.tocsin("run", "--config", str(path))
    assert started.returncode != 0 and "line 10:" in started.stderr


def test_a_file_that_is_no_yaml_is_named_with_its_line(service):
    path = service.configure("title: [unclosed\nzones: default\n")
    checked = service.tocsin("check", "--config", str(path))
    assert checked.returncode == 1 and "is no YAML" in checked.stdout, checked.stdout


def test_two_radars_of_one_name_are_refused(service):
    radar = '{"radar":"A1","lat":31.6,"lon":34.6,"height_m":50}'
    (service.home / "radars.json").write_text(f"[{radar},\n{radar}]")
    path = service.configure("radars: radars.json\n")
    checked = service.tocsin("check", "--config", str(path))
    assert checked.returncode == 1 and "'A1'" in checked.stdout and "unique" in checked.stdout


def test_without_a_configuration_it_serves_orders_and_says_so(service):
    service.start("--port", str(service.port))
    assert "nothing detects: only operators' orders warn" in service.log
    status, picture = service.get("/api/picture")
    assert status == 200 and picture["mode"] == "actual"


def test_a_replay_is_never_run_live(service):
    refused = service.tocsin("run", "--scenario", "2023-05-14", "--config", "x.yaml")
    assert refused.returncode != 0 and "never run live" in refused.stderr
    service.start("--scenario", "2023-05-14", "--port", str(service.port))
    service.stop()
    live = service.tocsin("run", "--port", str(service.port))
    assert live.returncode != 0 and "was made for 'replay'" in live.stderr
