"""The pages for supervisors: where they are served, and what they say when something is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.errors import StartError
from bot.health import Health
from bot.settings import Settings
from bot.web import serving, sites
from bot.web.hook import SECRET_HEADER
from storage.database import Database

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://bot.example.org/hook"
ANY = "127.0.0.1:0"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def health(database: Database) -> Health:
    return Health(database, lambda: NOW, "me", is_alive=lambda: True)


def settings(**values: Any) -> Settings:
    return Settings(token=SecretStr("1:SIMULATED"), **values)


async def receive(_: object) -> None:
    """Keep nothing."""


def served(health: Health, **values: Any) -> list[Any]:
    return sites(settings(**values), health, receive, lambda: True)


async def get(session: aiohttp.ClientSession, port: int, path: str) -> tuple[int, str]:
    async with session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_nothing_is_served_unless_it_is_switched_on(health: Health) -> None:
    assert served(health) == []


async def test_all_three_pages_answer(health: Health, session: aiohttp.ClientSession) -> None:
    async with serving(served(health, status_listen=ANY)) as ports:
        port = ports["GFCBOT_STATUS_LISTEN"]
        assert await get(session, port, "/healthz") == (200, '{"alive": true}')
        assert await get(session, port, "/readyz") == (200, '{"database": true, "schema": true, "intake": true}')
        status, body = await get(session, port, "/metrics")
        assert status == 200
        assert "gfcbot_database_up 1.0" in body
        assert (await get(session, port, "/hook"))[0] == 404


async def test_the_public_address_shows_no_figures(health: Health, session: aiohttp.ClientSession) -> None:
    both = served(health, webhook_url=URL, webhook_listen=ANY, status_listen="localhost:0")
    async with serving(both) as ports:
        public, private = ports["GFCBOT_WEBHOOK_LISTEN"], ports["GFCBOT_STATUS_LISTEN"]
        assert public != private
        for path in ("/healthz", "/readyz", "/metrics"):
            assert (await get(session, public, path))[0] == 404


async def test_one_address_for_both_shows_both(health: Health, session: aiohttp.ClientSession) -> None:
    async with serving(served(health, webhook_url=URL, webhook_listen=ANY, status_listen=ANY)) as ports:
        assert len(set(ports.values())) == 1
        assert (await get(session, ports["GFCBOT_STATUS_LISTEN"], "/healthz"))[0] == 200
        assert (await get(session, ports["GFCBOT_STATUS_LISTEN"], "/hook"))[0] == 405


async def test_the_settings_networks_are_obeyed(health: Health, session: aiohttp.ClientSession) -> None:
    found = served(health, webhook_url=URL, webhook_listen=ANY, webhook_addresses="149.154.160.0/20")
    async with serving(found) as ports:
        url = f"http://127.0.0.1:{ports['GFCBOT_WEBHOOK_LISTEN']}/hook"
        async with session.post(url, json={"update_id": 1}, headers={SECRET_HEADER: "x"}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("part", ["database", "schema", "intake"])
async def test_what_is_missing_is_named(health: Health, session: aiohttp.ClientSession, part: str) -> None:
    if part == "intake":
        health.is_alive = lambda: False
    else:
        async with health.database.engine.begin() as connection:
            await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    if part == "database":
        health.database = Database("postgresql://nobody@127.0.0.1:9/none")
    async with serving(served(health, status_listen=ANY)) as ports:
        status, body = await get(session, ports["GFCBOT_STATUS_LISTEN"], "/readyz")
    assert status == 503
    assert f'"{part}": false' in body


async def test_an_address_that_is_taken_is_one_line(health: Health) -> None:
    async with serving(served(health, status_listen=ANY)) as ports:
        taken = f"127.0.0.1:{ports['GFCBOT_STATUS_LISTEN']}"
        with pytest.raises(StartError, match=f"GFCBOT_STATUS_LISTEN: {taken} cannot be had"):
            async with serving(served(health, status_listen=taken)):
                pass


def test_the_webhook_must_not_hide_a_page(health: Health) -> None:
    with pytest.raises(StartError, match="must not end in /metrics"):
        served(health, webhook_url="https://bot.example.org/metrics")
