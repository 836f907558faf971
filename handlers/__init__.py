"""The ordered list of all features; the first handler that fits takes the update."""

from __future__ import annotations

from handlers import commands, errors, fallback, health, housekeeping, language, start
from handlers.announcing import approval, composing, enclosing, listing, typed, weekly
from handlers.answering import clusters, inline, pictures, questions
from handlers.context import App
from handlers.enquiries import agreeing, draft_buttons, opening, own_acts, own_enquiries, rating
from handlers.events import composing as event_composing
from handlers.events import listing as event_listing
from handlers.events import managing as event_managing
from handlers.events import replies as event_replies
from handlers.events import typed as event_typed
from handlers.finding import asking, rerouting
from handlers.funding import composing as call_composing
from handlers.funding import fitting as call_fitting
from handlers.funding import listing as call_listing
from handlers.funding import wishes as call_wishes
from handlers.privacy import forgetting, mydata, policy
from handlers.relaying import watching
from handlers.staff import acts, books, canned, replies, topics
from handlers.subscribing import subscribing
from handlers.team import auditing, inviting, linking, staffing, unlinking

FEATURES = (
    start,
    asking,
    rerouting,
    opening,
    agreeing,
    draft_buttons,
    own_enquiries,
    own_acts,
    rating,
    subscribing,
    event_replies,
    event_listing,
    event_composing,
    event_managing,
    event_typed,
    call_listing,
    call_fitting,
    call_wishes,
    call_composing,
    composing,
    enclosing,
    approval,
    listing,
    typed,
    weekly,
    clusters,
    pictures,
    language,
    policy,
    mydata,
    forgetting,
    inviting,
    staffing,
    linking,
    unlinking,
    auditing,
    health,
    acts,
    canned,
    books,
    topics,
    replies,
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
