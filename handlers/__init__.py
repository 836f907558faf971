"""The ordered list of all features; the first handler that fits takes the update."""

from __future__ import annotations

from handlers import (
    clusters,
    commands,
    errors,
    fallback,
    finding,
    housekeeping,
    inline,
    language,
    pictures,
    privacy,
    questions,
    rerouting,
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
