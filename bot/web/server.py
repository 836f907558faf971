"""What is served where: each address has pages of its own, so that what is public shows nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.errors import StartError
from bot.web.hook import LARGEST


@dataclass(frozen=True, slots=True)
class Site:
    """Routes at an address `host:port`; two sites at the same address share it."""

    listen: str
    setting: str
    """Where the address comes from, for who has to change it."""
    routes: Sequence[web.AbstractRouteDef]


@asynccontextmanager
async def serving(sites: Sequence[Site], *, stop_seconds: float = 10.0) -> AsyncIterator[dict[str, int]]:
    """Serve inside the block; yield the port of each setting. Raises StartError where an address cannot be had."""
    ports: dict[str, int] = {}
    async with AsyncExitStack() as stack:
        for listen in dict.fromkeys(site.listen for site in sites):
            here = [site for site in sites if site.listen == listen]
            runner = web.AppRunner(_application(here), access_log=None, shutdown_timeout=stop_seconds)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            port = await _bind(runner, listen, here[0].setting)
            ports |= {site.setting: port for site in here}
        yield ports


async def _bind(runner: web.AppRunner, listen: str, setting: str) -> int:
    host, _, port = listen.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise StartError(f"{setting}: {listen} cannot be had ({told})") from None
    bound: int = runner.addresses[0][1]
    return bound


def _application(sites: Sequence[Site]) -> web.Application:
    app = web.Application(client_max_size=LARGEST)
    for site in sites:
        app.add_routes(site.routes)
    app.on_response_prepare.append(_hide_the_server)
    return app


async def _hide_the_server(_: web.Request, response: web.StreamResponse) -> None:
    # Which versions run here is nobody's business.
    response.headers["Server"] = "gfcbot"
