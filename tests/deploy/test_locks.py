"""What is installed: every package by version and hash, from wherever the reader's package index is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
LOCKED = re.compile(r"^([\w.-]+)==(\S+)(?: ; .*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
LOCKS = [ROOT / "requirements.lock", DEPLOY / "run.lock", DEPLOY / "build.lock"]


def locked(path: Path) -> dict[str, tuple[str, set[str]]]:
    """Return version and hashes by name; fails on every line that is neither."""
    found: dict[str, tuple[str, set[str]]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := LOCKED.match(line):
            name = match[1]
            found[name] = match[2], set()
        else:
            assert HASH.match(line), f"{path.name}: {line}"
            found[name][1].add(line.strip(" \\"))
    return found


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes_and_no_address(path: Path) -> None:
    packages = locked(path)
    assert packages
    assert all(hashes for _, hashes in packages.values())
    assert "://" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LOCKS[1:], ids=lambda path: path.name)
def test_the_smaller_locks_are_parts_of_the_large_one(path: Path) -> None:
    everything = locked(LOCKS[0])
    assert locked(path).items() <= everything.items()


def test_what_runs_is_locked_without_the_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[\[<>=]", name)[0].lower().replace("_", "-") for name in project["project"]["dependencies"]}
    names = locked(DEPLOY / "run.lock").keys()
    assert wanted <= names
    assert not {"pytest", "mypy", "ruff", "nicegui", "playwright", "hatchling"} & names
