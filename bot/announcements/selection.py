"""What can be subscribed to, as sets of bits: an audience of any size is then one comparison in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.names import CLUSTERS

# The order is kept for ever, since the bits are stored: new ones are added at the end.
TOPICS = ("events", "funding", "news")


def bits(names: Iterable[str], of: Sequence[str]) -> int:
    """Return the set of `names` as bits, by their places in `of`; raises ValueError for a name that is not in it."""
    found = 0
    for name in names:
        found |= 1 << of.index(name)
    return found


def names(found: int, of: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a set of bits, in the order of `of`."""
    return tuple(name for place, name in enumerate(of) if found >> place & 1)


def audience_clusters(announcing: str, chosen: int) -> int:
    """Return whose subscribers an announcement is for, as bits: those chosen, else the announcing cluster's; 0: all.

    Who has chosen clusters hears of the others only what was meant for theirs.
    """
    return chosen or (bits([announcing], CLUSTERS) if announcing in CLUSTERS else 0)
