"""The ordered list of all features; the first handler that fits takes the update."""

from __future__ import annotations

from handlers import (
    announcements_list,
    announcing,
    announcing_approval,
    announcing_typed,
    auditing,
    canned,
    clusters,
    commands,
    draft_buttons,
    enquiries,
    errors,
    fallback,
    finding,
    housekeeping,
    inline,
    inviting,
    language,
    linking,
    own_acts,
    own_enquiries,
    pictures,
    privacy,
    questions,
    rating,
    rerouting,
    staff_acts,
    staff_books,
    staff_replies,
    staffing,
    start,
    subscribing,
    unlinking,
    watching,
)
from handlers.context import App

FEATURES = (
    start,
    finding,
    rerouting,
    enquiries,
    draft_buttons,
    own_enquiries,
    own_acts,
    rating,
    subscribing,
    announcing,
    announcing_approval,
    announcements_list,
    announcing_typed,
    clusters,
    pictures,
    language,
    privacy,
    inviting,
    staffing,
    linking,
    unlinking,
    auditing,
    staff_acts,
    canned,
    staff_books,
    staff_replies,
    inline,
    questions,
    fallback,
    housekeeping,
    watching,
)


def register(app: App) -> None:
    """Add all handlers in their order, and the one error handler."""
    for feature in FEATURES:
        feature.register(app)
    app.add_error_handler(errors.on_error)


__all__ = ["FEATURES", "commands", "errors", "register"]
