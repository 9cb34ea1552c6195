"""Checks that the programs in the documentation compile against what was built."""

import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = ROOT / ".build/release/Modules"


def programs() -> list[tuple[str, str]]:
    found = []
    for page in sorted((ROOT / "Docs").glob("*.md")):
        for block in re.findall(r"```swift\n(.*?)```", page.read_text(), re.S):
            if "@main" in block:
                found.append((page.name, block))
    return found


def test_there_are_programs():
    assert programs()


@pytest.mark.parametrize("page,program", programs())
def test_program_compiles(page, program, tmp_path):
    source = tmp_path / "Program.swift"
    source.write_text(program)
    command = ["swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6",
               "-I", str(MODULES), str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{page}:\n{done.stderr}"
