"""The file that keeps a simulator from one process to the next."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.simulator.events import Event
from bot.simulator.simulator import Simulator

PAUSE_SECONDS = 1.0
"""Changes that follow each other so closely are written at once."""


class StateFile:
    """Writes the state of a simulator to a file soon after changes, and when closed."""

    def __init__(self, path: Path, *, pause: float = PAUSE_SECONDS) -> None:
        self._path = path
        self._pause = pause
        self._planned: asyncio.TimerHandle | None = None

    def open(self, **properties: Any) -> Simulator:
        """Return the simulator that the file keeps, or a new one, and keep it from now on.

        Raises:
            ValueError: the file is damaged or of another version; it stays as it is.
        """
        self._simulator = self._restored(properties) if self._path.exists() else Simulator(**properties)
        self._unsubscribe = self._simulator.subscribe(self._plan)
        return self._simulator

    def close(self) -> None:
        """Write the last state and keep no more."""
        self._unsubscribe()
        if self._planned:
            self._planned.cancel()
        self.write()

    def write(self) -> None:
        """Write the state now; the file is the old or the new one at any moment, never half of it."""
        self._planned = None
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f"{self._path.name}.new")
        new.write_text(json.dumps(self._simulator.save(), ensure_ascii=False), encoding="utf-8")
        new.replace(self._path)

    def _restored(self, properties: dict[str, Any]) -> Simulator:
        try:
            return Simulator.restore(json.loads(self._path.read_text(encoding="utf-8")), **properties)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{self._path} keeps no chats that can be read: {error}") from error

    def _plan(self, event: Event) -> None:
        if self._planned or event.kind == "typing":
            return
        # People may be made before the loop runs; what happens then is written with the next change.
        with suppress(RuntimeError):
            self._planned = asyncio.get_running_loop().call_later(self._pause, self.write)
