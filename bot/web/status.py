"""The pages for supervisors and Prometheus: does the process live, can it work, how much does it do."""

from __future__ import annotations

from aiohttp import web

from bot.health import Health
from bot.health.exposition import TYPE, metrics

UNAVAILABLE = 503
STATUS_PATHS = ("/healthz", "/readyz", "/metrics")


def status_routes(health: Health) -> list[web.AbstractRouteDef]:
    """Return /healthz, /readyz and /metrics."""

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_: web.Request) -> web.Response:
        parts = await health.parts()
        return web.json_response(parts, status=200 if all(parts.values()) else UNAVAILABLE)

    async def figures(_: web.Request) -> web.Response:
        return web.Response(body=await metrics(health), headers={"Content-Type": TYPE})

    return [web.get(path, page) for path, page in zip(STATUS_PATHS, (alive, ready, figures), strict=True)]
