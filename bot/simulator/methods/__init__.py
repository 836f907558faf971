"""The methods of the Bot API, by subject; importing this package fills METHODS."""

from bot.simulator.methods import editing, profiles, queries, sending, updating
from bot.simulator.methods.registry import METHODS

__all__ = ["METHODS", "editing", "profiles", "queries", "sending", "updating"]
