"""How a reply of the answerer leaves: recorded, rendered, with its buttons."""

from __future__ import annotations

from bot import answering
from bot.names import CLUSTERS
from handlers.context import Context
from handlers.enquiries.draft_steps import label, named
from handlers.sending import Button, say
from storage import chats, questions
from storage.questions import Outcome


async def send(
    context: Context,
    chat_id: int,
    reply: answering.Reply,
    *,
    question: int | None = None,
    first: list[list[Button]] | None = None,
    reply_to: int | None = None,
) -> None:
    """Record what a follow-up needs, then send.

    `question` is the id under which the answer can be rated, `first` are buttons before all others, `reply_to` is a
    message to quote.
    """
    services = context.services
    async with services.database.begin() as session:
        await chats.remember(
            session, chat_id, context=reply.context.to_json(), last_language=reply.language, now=services.clock()
        )
    text = answering.render(reply, services.texts)
    buttons = [*(first or []), *_rating(context, reply, question), *_suggestions(reply)]
    if chat_id > 0:
        # In a group everybody would press what is one firm's.
        buttons += _enquire(context, reply)
    buttons += _offices(context, reply)
    await say(context, chat_id, text, language=reply.language, buttons=buttons, reply_to=reply_to)


async def record(context: Context, update_id: int, text: str, reply: answering.Reply) -> int:
    """Keep a question for the editors, without a name; return its id."""
    context.services.health.meters.answered(reply.kind)
    outcome = Outcome(
        language=reply.language,
        kind=reply.kind,
        answered_with=reply.entry or reply.facet,
        confidence=reply.confidence,
        candidates=[choice.payload for choice in reply.alternatives],
    )
    async with context.services.database.begin() as session:
        return await questions.record(session, update_id, text, outcome, now=context.services.clock())


def _rating(context: Context, reply: answering.Reply, question: int | None) -> list[list[Button]]:
    if question is None or reply.kind != "answer":
        return []
    label = context.services.texts.label
    return [
        [
            (label("helpful", reply.language), f"rate:{question}:1"),
            (label("not_helpful", reply.language), f"rate:{question}:0"),
        ]
    ]


def _suggestions(reply: answering.Reply) -> list[list[Button]]:
    """One row for each question that the person may have meant or may ask next."""
    return [[(choice.text, f"ask:{choice.payload}")] for choice in (*reply.alternatives, *reply.related)]


def _enquire(context: Context, reply: answering.Reply) -> list[list[Button]]:
    """Where a person can help, and under an answer about one cluster: an enquiry."""
    if reply.needs_person:
        return [[(label(context, "enquire", reply.language), "enquire:-:-:-")]]
    if reply.kind == "answer" and reply.facet and len(reply.clusters) == 1:
        cluster = reply.clusters[0]
        told = label(context, "ask_cluster", reply.language, cluster=named(context, cluster))
        return [[(told, f"enquire:{cluster}:-:-")]]
    return []


def _offices(context: Context, reply: answering.Reply) -> list[list[Button]]:
    """Where only a person can help: the four offices, two a row."""
    if not reply.needs_person:
        return []
    clusters = context.services.answerer.knowledge.content.clusters
    buttons = [(clusters[name].name, f"ask:f:contact:{name}") for name in CLUSTERS]
    return [buttons[:2], buttons[2:]]
