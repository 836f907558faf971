"""How many messages any one second may hold, counted as Telegram counts them: when they arrive there."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

SECOND = 1.0
PATIENCE = 0.5
"""Seconds after which an answer that does not come holds up nobody any more."""
TRIPS = 64
FEWEST_TRIPS = 16


@dataclass(eq=False, slots=True)
class Place:
    """What a request takes of a second, until its answer has come and a second has passed."""

    left: float
    weight: int
    is_free: bool = False
    """Of the wait for an answer."""


class Window:
    """Holds `size` messages a second (0: any number).

    We know when a message left and when its answer came, not when it arrived: that was before the answer by at least
    the way back, and what leaves now arrives later by at least the way there. Both ways together take the shortest
    trip of late. So a place is free a second after the answer, less that trip: then no wait on our side or on the way,
    however uneven, puts more than `size` into a second of Telegram's, and a long way costs nothing.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._taken = 0
        self._under_way: deque[Place] = deque()
        self._answered: deque[tuple[float, int]] = deque()
        self._trips: deque[float] = deque(maxlen=TRIPS)

    def has_room(self, weight: int, now: float) -> bool:
        """Whether `weight` messages may leave now; what is more than a second holds may leave when it is empty."""
        self._free(now)
        return not self._size or self._taken + min(weight, self._size) <= self._size

    def next_room(self) -> float:
        """Return when the next place is free, as far as is known."""
        moments = [self._answered[0][0] + SECOND - self._trip()] if self._answered else []
        moments += [place.left + SECOND + PATIENCE for place in self._under_way if not place.is_free][:1]
        return min(moments, default=0.0)

    def take(self, weight: int, now: float) -> Place:
        """Let messages leave; `answer` is due for what is returned, whatever becomes of them."""
        place = Place(now, weight)
        if self._size:
            self._taken += weight
            self._under_way.append(place)
        return place

    def answer(self, place: Place, now: float) -> None:
        """Note that the answer has come, or that none will come."""
        self._trips.append(now - place.left)
        if self._size and not place.is_free:
            place.is_free = True
            self._answered.append((now, place.weight))

    def _trip(self) -> float:
        """Return the shortest trip of late; the first ones alone, when everything is still warming up, say nothing."""
        return min(self._trips) if len(self._trips) >= FEWEST_TRIPS else 0.0

    def _free(self, now: float) -> None:
        while self._answered and self._answered[0][0] + SECOND - self._trip() <= now:
            self._taken -= self._answered.popleft()[1]
        while self._under_way and (self._under_way[0].is_free or self._under_way[0].left + SECOND + PATIENCE <= now):
            place = self._under_way.popleft()
            if not place.is_free:
                place.is_free = True
                self._taken -= place.weight
