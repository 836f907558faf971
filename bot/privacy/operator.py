"""Who runs the bot, as the settings say; nothing is made up where they are silent."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Operator:
    """Who answers for the data (GDPR, Art. 13 (1) a and b); empty where it is not set."""

    name: str
    address: str
    email: str
    phone: str
    officer: str
    authority: str

    @classmethod
    def of(cls, settings: Settings) -> Operator:
        """Return the operator that the settings name."""
        return cls(**{name: (getattr(settings, f"operator_{name}") or "").strip() for name in cls.__dataclass_fields__})

    def missing(self) -> list[str]:
        """Return the settings without which the policy is not complete, in order."""
        return [f"operator_{name}" for name in ("name", "address", "email") if not getattr(self, name)]
