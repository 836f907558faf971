"""One call of a method and its parameters, typed or as the strings that a form carries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator.errors import bad_request

if TYPE_CHECKING:
    from bot.simulator.files import Upload
    from bot.simulator.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot; the readers below are as lenient with types as Telegram is."""

    world: World
    method: str
    values: Mapping[str, object]
    files: Mapping[str, Upload]

    def has(self, name: str) -> bool:
        """Return whether the parameter was given and is not empty."""
        return self.values.get(name) not in {None, ""} if self._is_plain(name) else bool(self.values[name])

    def text(self, name: str) -> str:
        """Return the parameter as a string; empty when it was not given."""
        value = self.values.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return the parameter as a whole number; `default` when it was not given or is no number."""
        try:
            return int(str(self.values.get(name, default)))
        except ValueError:
            return default

    def number(self, name: str) -> float:
        """Return the parameter as a number.

        Raises:
            ApiError: 400, it is missing or is no number.
        """
        try:
            return float(str(self.values[name]))
        except (KeyError, ValueError):
            raise bad_request(f"{name} is empty") from None

    def flag(self, name: str) -> bool:
        """Return whether the parameter says yes."""
        return str(self.values.get(name, "")).lower() in {"true", "yes", "1"}

    def structure(self, name: str) -> Any:
        """Return the list or object of the parameter; None when it was not given.

        Raises:
            ApiError: 400, it is no JSON.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def _is_plain(self, name: str) -> bool:
        return isinstance(self.values.get(name), str | int | float | bool | None)
