"""`gfcbot simulate`: a simulated Telegram for other processes."""

from __future__ import annotations

import sys

from bot.errors import StartError
from bot.simulator import Limits, Simulator
from bot.simulator.server import serve
from bot.stopping import stop_signal

HOST = "127.0.0.1"


async def run(port: int, *, with_limits: bool) -> int:
    """Serve until SIGTERM or Ctrl-C; return 0. Raises StartError when the port is taken."""
    stopped = stop_signal()
    simulator = Simulator(limits=None if with_limits else Limits.off())
    try:
        server = await serve(simulator, host=HOST, port=port)
    except OSError as error:
        raise StartError(f"port {port} cannot be had ({error.strerror}); choose another with --port") from None
    sys.stdout.write(f"GFCBOT_API_URL={server.url}\nGFCBOT_TOKEN={simulator.token}\n")
    sys.stdout.flush()
    await stopped.wait()
    await server.close()
    return 0
