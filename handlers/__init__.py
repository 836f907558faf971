"""The ordered list of all features; the first handler that fits takes the update."""

from __future__ import annotations

from handlers import (
    auditing,
    clusters,
    commands,
    errors,
    fallback,
    finding,
    housekeeping,
    inline,
    inviting,
    language,
    linking,
    pictures,
    privacy,
    questions,
    rerouting,
    staffing,
    start,
)
from handlers.context import App

FEATURES = (
    start,
    finding,
    rerouting,
    clusters,
    pictures,
    language,
    privacy,
    inviting,
    staffing,
    linking,
    auditing,
    inline,
    questions,
    fallback,
    housekeeping,
)


def register(app: App) -> None:
    """Add all handlers in their order, and the one error handler."""
    for feature in FEATURES:
        feature.register(app)
    app.add_error_handler(errors.on_error)


__all__ = ["FEATURES", "commands", "errors", "register"]
