"""What the edge tells whoever measures it; by default nobody."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Told as it happens: must be quick, and must not fail."""

    def handled(self, seconds: float, failure: BaseException | None) -> None:
        """A try to handle an update took so many seconds, and failed or not."""

    def waited(self, lane: str, seconds: float) -> None:
        """A message waited for its turn in a lane, and goes now."""

    def refused(self, lane: str) -> None:
        """Telegram refused a request as too fast."""

    def contacted(self) -> None:
        """Telegram answered a poll, or called the webhook."""

    def pending(self, updates: int) -> None:
        """Telegram keeps so many updates for the webhook."""


class Unwatched:
    """Leaves what happens to the log."""

    def handled(self, seconds: float, failure: BaseException | None) -> None:
        """See Watch."""

    def waited(self, lane: str, seconds: float) -> None:
        """See Watch."""

    def refused(self, lane: str) -> None:
        """See Watch."""

    def contacted(self) -> None:
        """See Watch."""

    def pending(self, updates: int) -> None:
        """See Watch."""
