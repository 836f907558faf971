"""Settings: readable refusals, and a table in the README that is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.settings import Settings, load

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture(autouse=True)
def _no_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("CONCURRENCY", "many", "GFCBOT_CONCURRENCY is 'many'; allowed: chats that are handled at once, 1 to 1000"),
        ("OWNERS", "7, me", "GFCBOT_OWNERS is 'me'; allowed: Telegram ids"),
        ("API_URL", "telegram", "GFCBOT_API_URL is 'telegram'; allowed: base address"),
        ("TIMEZONE", "Bielefeld", "GFCBOT_TIMEZONE is 'Bielefeld'; allowed: a zone of the IANA database"),
        ("LOG_LEVEL", "LOUD", "GFCBOT_LOG_LEVEL is 'LOUD'; allowed: DEBUG, INFO, WARNING or ERROR"),
        (
            "DATABASE_URL",
            "mysql://a:secret@b/c",
            "GFCBOT_DATABASE_URL is (not shown); allowed: address: sqlite:///FILE",
        ),
        ("SECRET", "secret", "GFCBOT_SECRET is (not shown); allowed: what invitations are signed with"),
        ("WEBHOOK_URL", "http://bot.example.org/x", "GFCBOT_WEBHOOK_URL is 'http://bot.example.org/x'; allowed: https"),
        ("WEBHOOK_URL", "https://bot.example.org:444/x", "GFCBOT_WEBHOOK_URL is "),
        ("WEBHOOK_ADDRESSES", "149.154.160.0/20, here", "GFCBOT_WEBHOOK_ADDRESSES is 'here'; allowed: networks"),
        ("STATUS_LISTEN", "9100", "GFCBOT_STATUS_LISTEN is '9100'; allowed: host:port"),
        ("TOKEN", "secret", "GFCBOT_TOKEN is (not shown); allowed: the bot's token"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(
    name: str, given: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"GFCBOT_{name}", given)
    with pytest.raises(StartError) as raised:
        load()
    assert str(raised.value).startswith(told)
    assert "secret" not in str(raised.value)


def test_every_bad_value_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GFCBOT_CONCURRENCY", "0")
    monkeypatch.setenv("GFCBOT_CHAT_BURST", "x")
    with pytest.raises(StartError) as raised:
        load()
    assert len(str(raised.value).splitlines()) == 2


def test_environment_and_file_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("GFCBOT_OWNERS=7,8\nGFCBOT_CONCURRENCY=5\n")
    monkeypatch.setenv("GFCBOT_CONCURRENCY", "6")
    settings = load()
    assert settings.owners == (7, 8)
    assert settings.concurrency == 6


def test_a_missing_token_is_told() -> None:
    with pytest.raises(StartError, match="GFCBOT_TOKEN is missing; allowed"):
        Settings().required_token()


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `GFCBOT_(\w+)` \| (.*?) \|", README.read_text(encoding="utf-8"), re.M))
    fields = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert rows.keys() == fields.keys()
    for name, default in fields.items():
        shown = "" if default in (None, ()) else f"`{default}`"
        assert rows[name] == shown, name
