"""Whose turn it is to send: even spacing over all, a pace for each chat, interactive before bulk."""

from __future__ import annotations

import asyncio
import heapq
import math
from collections import deque
from dataclasses import dataclass, field
from itertools import count

from bot.telegram.pace import Lane, Pace, is_group
from bot.telegram.window import Place, Window

MINUTE = 60.5  # seconds; the half is for clocks and networks that differ
SWEEP_FROM = 512  # chats
CATCH_UP = 0.25
"""Seconds that late timers may be made up for; the window sees to it that no second holds too much for that."""


@dataclass(eq=False, slots=True)
class _Chat:
    interval: float
    burst: int
    recent: deque[float] | None
    due: float = 0.0
    until: float = 0.0
    scheduled: bool = False
    ready: set[Lane] = field(default_factory=set)
    waiting: dict[Lane, deque[tuple[asyncio.Future[Place], int]]] = field(
        default_factory=lambda: {lane: deque() for lane in Lane}
    )

    def available_at(self, weight: int = 0) -> float:
        """Return when `weight` messages may go, by default those of the first who waits."""
        at = max(self.until, self.due - (self.burst - 1) * self.interval)
        if not self.recent or not self.recent.maxlen:
            return at
        surplus = len(self.recent) + (weight or self.next_weight()) - self.recent.maxlen
        return max(at, self.recent[min(surplus, len(self.recent)) - 1] + MINUTE) if surplus > 0 else at

    def next_weight(self) -> int:
        return next((self.waiting[lane][0][1] for lane in Lane if self.waits(lane)), 1)

    def take(self, now: float, weight: int) -> None:
        self.due = max(self.due, now) + weight * self.interval
        if self.recent is not None:
            self.recent.extend([now] * weight)

    def waits(self, lane: Lane) -> bool:
        queue = self.waiting[lane]
        while queue and queue[0][0].done():  # cancelled
            queue.popleft()
        return bool(queue)

    def is_idle(self, now: float) -> bool:
        if self.scheduled or self.ready or max(self.due, self.until) > now or any(self.waiting.values()):
            return False
        return not self.recent or self.recent[-1] + MINUTE <= now


class Turns:
    """Gives out turns in the running loop's time, so that a chat which has to wait holds up no other."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._interval = 1 / pace.messages_per_second
        self._window = Window(pace.per_second)
        self._gate = 0.0
        self._bulk_from = 0.0
        self._chats: dict[int | str, _Chat] = {}
        self._sweep_at = SWEEP_FROM
        self._ready: dict[Lane, deque[_Chat]] = {lane: deque() for lane in Lane}
        self._later: list[tuple[float, int, _Chat]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None
        self._due = math.inf
        """When the timer should go off but for the window."""
        self._is_full = False

    def __len__(self) -> int:
        return len(self._chats)

    async def turn(self, lane: Lane, chat_id: int | str, weight: int = 1, *, first: bool = False) -> Place:
        """Return when `weight` messages may go to the chat; `first` puts it before what waits for this chat.

        `answered` is due for what is returned.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        chat = self._chat(chat_id, now)
        if self._is_free(lane, chat, now, weight):
            return self._take(chat, now, weight)
        future: asyncio.Future[Place] = loop.create_future()
        queue = chat.waiting[lane]
        (queue.appendleft if first else queue.append)((future, weight))
        self._schedule(chat)
        self._give_out()
        return await future

    def answered(self, place: Place) -> None:
        """Note that Telegram has answered, or will not."""
        self._window.answer(place, asyncio.get_running_loop().time())
        if self._is_full:
            self._set_timer()

    def pause_chat(self, chat_id: int | str, seconds: float) -> None:
        """Send nothing to this chat for so long."""
        now = asyncio.get_running_loop().time()
        chat = self._chat(chat_id, now)
        chat.until = max(chat.until, now + seconds)

    def pause_left(self, lane: Lane, chat_id: int | str) -> float:
        """Return for how many seconds nothing may be sent to this chat in this lane; 0 when it is not paused."""
        chat = self._chats.get(chat_id)
        until = max(chat.until if chat else 0.0, self._bulk_from if lane is Lane.BULK else 0.0)
        return max(0.0, until - asyncio.get_running_loop().time())

    def pause_bulk(self, seconds: float) -> None:
        """Send nothing in bulk for so long."""
        self._bulk_from = max(self._bulk_from, asyncio.get_running_loop().time() + seconds)

    def _chat(self, chat_id: int | str, now: float) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= self._sweep_at:
                self._forget(now)
            per_minute = self._pace.group_messages_per_minute if is_group(chat_id) else 0
            recent: deque[float] | None = deque(maxlen=per_minute) if per_minute else None
            chat = _Chat(1 / self._pace.chat_messages_per_second, self._pace.chat_burst, recent)
            self._chats[chat_id] = chat
        return chat

    def _forget(self, now: float) -> None:
        self._chats = {key: chat for key, chat in self._chats.items() if not chat.is_idle(now)}
        self._sweep_at = max(SWEEP_FROM, 2 * len(self._chats))

    def _is_free(self, lane: Lane, chat: _Chat, now: float, weight: int) -> bool:
        if now < self._gate or chat.scheduled or chat.ready or self._ready[Lane.INTERACTIVE]:
            return False
        if not self._window.has_room(weight, now):
            return False
        if lane is Lane.BULK and (self._ready[lane] or now < self._bulk_from):
            return False
        return chat.available_at(weight) <= now

    def _take(self, chat: _Chat, now: float, weight: int) -> Place:
        # Turns are counted from when they were due, not from when the timer, late as it may be, went off.
        ideal = max(min(self._due, now - self._pace.slack), now - CATCH_UP)
        self._gate = max(self._gate, ideal) + weight * self._interval
        chat.take(now, weight)
        return self._window.take(weight, now)

    def _schedule(self, chat: _Chat) -> None:
        if not chat.scheduled:
            chat.scheduled = True
            heapq.heappush(self._later, (chat.available_at(), next(self._order), chat))

    def _give_out(self) -> None:
        now = asyncio.get_running_loop().time()
        while self._later and self._later[0][0] <= now:
            self._make_ready(heapq.heappop(self._later)[2])
        self._is_full = False
        while self._gate <= now and (chosen := self._choose(now)):
            lane, chat = chosen
            future, weight = chat.waiting[lane][0]
            if not self._window.has_room(weight, now):
                self._is_full = True
                self._put_back(lane, chat)
                break
            chat.waiting[lane].popleft()
            future.set_result(self._take(chat, now, weight))
            if chat.waits(Lane.INTERACTIVE) or chat.waits(Lane.BULK):
                self._schedule(chat)
        self._set_timer()

    def _make_ready(self, chat: _Chat) -> None:
        chat.scheduled = False
        for lane in Lane:
            if chat.waits(lane) and lane not in chat.ready:
                chat.ready.add(lane)
                self._ready[lane].append(chat)

    def _choose(self, now: float) -> tuple[Lane, _Chat] | None:
        for lane in Lane:
            queue = self._ready[lane]
            while queue and not (lane is Lane.BULK and now < self._bulk_from):
                chat = queue.popleft()
                chat.ready.discard(lane)
                if not chat.waits(lane):
                    continue
                if chat.available_at() <= now:
                    return lane, chat
                self._schedule(chat)
        return None

    def _put_back(self, lane: Lane, chat: _Chat) -> None:
        chat.ready.add(lane)
        self._ready[lane].appendleft(chat)

    def _set_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        wakes = [self._later[0][0]] if self._later else []
        if self._ready[Lane.INTERACTIVE]:
            wakes.append(self._gate)
        if self._ready[Lane.BULK]:
            wakes.append(max(self._gate, self._bulk_from))
        self._due = min(wakes, default=math.inf)
        if wakes:
            at = max(self._due, self._window.next_room()) if self._is_full else self._due
            self._timer = asyncio.get_running_loop().call_at(at, self._give_out)
