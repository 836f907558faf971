"""The cards of the clusters, for whoever shows them: /clusters, a button, a deep link."""

from __future__ import annotations

from telegram import Update

from bot.answering.offices import Office, office
from bot.names import CLUSTERS
from handlers.answering import answers
from handlers.context import Context
from handlers.people import conversation, language_of
from handlers.sending import Button, say

PICTURES = ("map", "steps")


async def show_all(update: Update, context: Context) -> None:
    """List the four, with a button each."""
    chat = update.effective_chat
    assert chat  # noqa: S101  commands and buttons have a chat
    language, texts = await language_of(update, context), context.services.texts
    clusters = [context.services.answerer.knowledge.content.clusters[name] for name in CLUSTERS]
    text = texts.render("clusters.html", language, clusters=clusters)
    cards = [(cluster.name, f"card:{cluster.id}") for cluster in clusters]
    pictures = [[(texts.label(f"picture_{name}", language), f"picture:{name}:light")] for name in PICTURES]
    await say(context, chat.id, text, language=language, buttons=[cards[:2], cards[2:], *pictures])


async def show(update: Update, context: Context, cluster: str) -> None:
    """Send the card of a cluster: profile, region, contact, with sources."""
    chat = update.effective_chat
    assert chat  # noqa: S101  commands and buttons have a chat
    reply = context.services.answerer.card(cluster, await conversation(update, context))
    await answers.send(context, chat.id, reply, first=_buttons(context, cluster, reply.language))


def office_of(context: Context, cluster: str) -> Office:
    """Return what is known of a cluster's office."""
    return office(context.services.answerer.knowledge.content, cluster)


def _buttons(context: Context, cluster: str, language: str) -> list[list[Button]]:
    label = context.services.texts.label
    place = (label("show_place", language), f"place:{cluster}")
    contact = (label("save_contact", language), f"vcard:{cluster}")
    return [[contact, place] if office_of(context, cluster).phone else [place]]
