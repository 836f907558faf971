"""The methods of the Bot API, by subject; importing this package fills METHODS."""

from bot.simulator.methods import (
    albums,
    copying,
    editing,
    media,
    members,
    pins,
    profiles,
    queries,
    reactions,
    sending,
    topics,
    updating,
)
from bot.simulator.methods.registry import METHODS

__all__ = [
    "METHODS",
    "albums",
    "copying",
    "editing",
    "media",
    "members",
    "pins",
    "profiles",
    "queries",
    "reactions",
    "sending",
    "topics",
    "updating",
]
