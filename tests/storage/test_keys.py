"""Keys: read from a setting, or kept in a file that only its owner may read."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.keys import Keyring, Keys, SealError
from tests.sealed import WRITTEN


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "bot.key"
    assert Keys.kept(path).existing() is None
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Keys.kept(path).ring.written(), range(16)))
    assert set(made) == {path.read_text().strip()}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["bot.key"]


def test_a_process_that_runs_finds_the_key_that_came_since(tmp_path: Path) -> None:
    running = Keys.kept(tmp_path / "bot.key")
    old = running.ring.seal("a.b", "alt")
    newer = Keys.kept(tmp_path / "bot.key").renew()
    assert newer.ids == ("k2", "k1")
    assert running.open("a.b", newer.seal("a.b", "neu")) == "neu"
    assert running.open("a.b", old) == "alt"


@pytest.mark.parametrize("written", ["", "k1", "k1:abc", "K1:" + WRITTEN[3:], f"{WRITTEN},{WRITTEN}", "k1:" + "A" * 44])
def test_what_is_no_key_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(SealError) as refused:
        Keyring.read(written)
    assert WRITTEN[3:] not in str(refused.value)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bot.key").mkdir()
    with pytest.raises(SealError, match="cannot be read"):
        _ = Keys.kept(tmp_path / "bot.key").ring


def test_a_hash_tells_people_apart_and_depends_on_the_key() -> None:
    one, other = Keyring.read(WRITTEN), Keyring({"k1": b"x" * 32})
    assert one.hashes("person", 7) == one.hashes("person", 7)
    assert (
        len({one.hashes("person", 7), one.hashes("person", 8), one.hashes("audit", 7), other.hashes("person", 7)}) == 4
    )
