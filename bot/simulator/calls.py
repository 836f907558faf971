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

    def mapping(self, name: str) -> dict[str, Any]:
        """Return the object of the parameter; empty when it was not given.

        Raises:
            ApiError: 400, it is no object.
        """
        value = self.structure(name) or {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: Object expected")
        return value

    def objects(self, name: str, refusal: str) -> list[dict[str, Any]]:
        """Return the list of objects of the parameter.

        Raises:
            ApiError: 400 with `refusal`, it is no list or has other entries.
        """
        value = self.structure(name)
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise bad_request(refusal)
        return value

    def identifiers(self, name: str) -> list[int]:
        """Return the list of message ids of the parameter.

        Raises:
            ApiError: 400, it is no list of numbers, or an empty one.
        """
        value = self.structure(name)
        if not value or not isinstance(value, list) or not all(isinstance(entry, int) for entry in value):
            raise bad_request("message identifiers are not specified")
        return value
