"""The playground: the simulated Telegram as a web page, in which one is whoever one likes."""

from bot.simulator.playground.server import Site, attach, serve

__all__ = ["Site", "attach", "serve"]
