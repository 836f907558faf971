"""What can go wrong in the simulated Telegram, in Telegram's own words."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal of the Bot API: HTTP status, description and the optional `parameters` of the answer."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class NoAnswer(Exception):  # noqa: N818 - it says what the caller sees.
    """The connection gave no answer: `accepted` tells whether the call took effect, `hangs` whether it times out."""

    def __init__(self, *, accepted: bool, hangs: bool) -> None:
        super().__init__("the answer timed out" if hangs else "the connection was reset")
        self.accepted = accepted
        self.hangs = hangs


class NotPossible(Exception):  # noqa: N818 - it says what the person sees.
    """A person tried what their Telegram app would not offer, for example to write to a bot that they block."""


def bad_request(description: str, **parameters: int) -> ApiError:
    """Return the error for a call that Telegram refuses with status 400."""
    return ApiError(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> ApiError:
    """Return the error for a call that Telegram refuses with status 403."""
    return ApiError(403, f"Forbidden: {description}")


def conflict(description: str) -> ApiError:
    """Return the error for a call that Telegram refuses with status 409."""
    return ApiError(409, f"Conflict: {description}")


def too_many_requests(retry_after: int) -> ApiError:
    """Return the error for a call over the limits; `retry_after` is in seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
