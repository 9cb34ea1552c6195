"""Installs, starts, upgrades and removes the Debian package in a small Debian that boots with systemd.

Run by `make test-deb` after `make deb`. Needs root, mmdebstrap and systemd-nspawn; where a container cannot
boot (no root, no cgroups), the test says so and is skipped.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).parent
BUILD = ROOT / ".build/deb"
# What the machine needs to boot and the test to ask; what the package needs, it names itself.
MACHINE = ["systemd", "systemd-sysv", "dbus", "curl"]


def run(*command: str, **more) -> None:
    subprocess.run(command, check=True, **more)


@pytest.fixture(scope="session")
def debian(tmp_path_factory):
    """A fresh Debian with what the package depends on, and the package in two versions."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("mmdebstrap", "systemd-nspawn"))):
        pytest.skip("needs root, mmdebstrap and systemd-nspawn")
    package = max(BUILD.glob("tocsin_*.deb"), key=lambda path: path.stat().st_mtime)
    root = tmp_path_factory.mktemp("debian")
    run("tar", "-xf", str(base_with(MACHINE + depends(package))), "-C", str(root))
    trial = root / "trial"
    trial.mkdir()
    shutil.copy(package, trial / "first.deb")
    upgraded(trial)
    shutil.copy(HERE / "life.sh", trial)
    shutil.copy(HERE / "life.service", root / "etc/systemd/system")
    wants = root / "etc/systemd/system/multi-user.target.wants"
    wants.mkdir(parents=True, exist_ok=True)
    (wants / "life.service").symlink_to("/etc/systemd/system/life.service")
    return root


def depends(package: pathlib.Path) -> list[str]:
    """The names in the package's Depends, each alternative's first."""
    field = subprocess.check_output(["dpkg-deb", "-f", str(package), "Depends"], text=True)
    return [entry.split("|")[0].split()[0] for entry in field.split(",")]


def base_with(packages: list[str]) -> pathlib.Path:
    """A small Debian with these packages, kept for the next run with the same ones."""
    names = ",".join(packages)
    base = BUILD / f"debian-{hashlib.sha256(names.encode()).hexdigest()[:8]}.tar"
    if not base.exists():
        run("mmdebstrap", "--quiet", "--variant=minbase", f"--include={names}", "bookworm", str(base))
    return base


def upgraded(trial: pathlib.Path) -> None:
    """The same package under a later version number."""
    run("dpkg-deb", "-R", str(trial / "first.deb"), str(trial / "tree"))
    control = trial / "tree/DEBIAN/control"
    text = control.read_text()
    control.write_text(text.replace("Version: ", "Version: 1000:", 1))
    run("dpkg-deb", "-b", str(trial / "tree"), str(trial / "second.deb"))
    shutil.rmtree(trial / "tree")


def test_package_lives_a_whole_life(debian):
    command = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "-D", str(debian), "-b"]
    try:
        booted = subprocess.run(command, capture_output=True, timeout=240, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as late:
        booted = late
    log = debian / "trial/life.log"
    if not log.exists():
        pytest.skip(f"the container did not boot: {(booted.stdout or b'')[-400:]!r}")
    lines = log.read_text().splitlines()
    assert "the whole life was lived" in lines, "\n".join(lines[-60:])
