"""Delivery of updates to the address that setWebhook named."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.simulator.events import Event
from bot.simulator.simulator import Simulator
from bot.simulator.updates import Update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header.
PATIENCE_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 30.0
_LOOKED_AT = 1_000


async def deliver(simulator: Simulator) -> None:
    """Deliver until cancelled: in order within a chat, chats side by side, again until a 2xx comes."""
    delivery = _Delivery(simulator)
    unsubscribe = simulator.subscribe(delivery.hear)
    try:
        await delivery.run()
    finally:
        unsubscribe()
        for task in delivery.busy.values():
            task.cancel()
        await asyncio.gather(*delivery.busy.values(), return_exceptions=True)


class _Delivery:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.busy: dict[int, asyncio.Task[None]] = {}
        self._failures: dict[int, int] = {}
        self._wake = asyncio.Event()

    def hear(self, event: Event) -> None:
        if event.kind == "update" and self.simulator.world.webhook.url:
            self._wake.set()

    async def run(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                self._wake.clear()
                self._begin(session)
                await self._wake.wait()

    def _begin(self, session: aiohttp.ClientSession) -> None:
        world = self.simulator.world
        if not world.webhook.url:
            return
        for update in world.updates.peek(_LOOKED_AT):
            if len(self.busy) >= world.webhook.max_connections:
                return
            lane = _lane(update)
            if lane not in self.busy:
                self.busy[lane] = asyncio.create_task(self._deliver(session, lane, update))

    async def _deliver(self, session: aiohttp.ClientSession, lane: int, update: Update) -> None:
        try:
            failure = await self._post(session, update)
            if failure:
                await self._pause(lane, failure)
            else:
                self._failures.pop(lane, None)
                self.simulator.world.updates.remove(update["update_id"])
        finally:
            del self.busy[lane]
            self._wake.set()

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> str:
        """Send one update and return what went wrong, or nothing."""
        webhook = self.simulator.world.webhook
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        patience = aiohttp.ClientTimeout(PATIENCE_SECONDS)
        try:
            async with session.post(
                webhook.url, json=update, headers=headers, allow_redirects=False, timeout=patience
            ) as answer:
                if not answer.ok or answer.status >= 300:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                await self._obey(await answer.read(), answer.content_type)
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection refused"
        return ""

    async def _obey(self, body: bytes, content_type: str) -> None:
        """Make the call that a bot may put into its answer."""
        if content_type != "application/json" or not body:
            return
        asked: Mapping[str, Any] = _asked(body)
        if method := asked.get("method"):
            await self.simulator.call(str(method), {name: value for name, value in asked.items() if name != "method"})

    async def _pause(self, lane: int, failure: str) -> None:
        world = self.simulator.world
        world.webhook.last_error_date, world.webhook.last_error_message = world.date, failure
        failures = self._failures[lane] = self._failures.get(lane, 0) + 1
        await asyncio.sleep(min(FIRST_PAUSE_SECONDS * 2 ** (failures - 1), LONGEST_PAUSE_SECONDS))


def _asked(body: bytes) -> Mapping[str, Any]:
    try:
        asked = json.loads(body)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _lane(update: Update) -> int:
    """Return whose updates must keep their order: the chat's, else the person's."""
    for content in update.values():
        if isinstance(content, dict):
            chat = content.get("chat") or content.get("message", {}).get("chat") or content.get("from", {})
            return int(chat.get("id", 0))
    return 0
