"""Invite somebody to a role: role, cluster, then a link to pass on. All state is in the buttons."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import Action, Role, grantable, inviting, require
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import pressed
from handlers.replacing import replace
from handlers.sending import Button
from handlers.team.access import (
    LABELS,
    access_of,
    cluster_label,
    cluster_names,
    deed_of,
    inform,
    refresh_menu,
    ticket_key,
)
from handlers.telling import tell

PREFIX = "i-"
"""What a link begins with that carries a ticket."""
ROLES = "|".join(Role)
SCOPES = "|".join((*CLUSTERS, r"\*"))


def register(app: App) -> None:
    """/invite and its buttons; the link comes by /start."""
    app.add_handler(CommandHandler("invite", on_invite, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_back, pattern=r"^invite$"))
    app.add_handler(CallbackQueryHandler(on_role, pattern=rf"^invite:({ROLES})$"))
    app.add_handler(CallbackQueryHandler(on_cluster, pattern=rf"^invite:({ROLES}):({SCOPES})$"))
    app.add_handler(CallbackQueryHandler(on_withdraw, pattern=r"^uninvite:[\w-]{12}$"))


async def on_invite(update: Update, context: Context) -> None:
    """Ask for the role."""
    roles = await _roles(update, context)
    await tell(
        update,
        context,
        "staffing/invite.html",
        {"roles": roles},
        buttons=lambda lang: _role_buttons(context, roles, lang),
    )


async def on_back(update: Update, context: Context) -> None:
    """Ask for the role again."""
    roles = await _roles(update, context)
    language = await language_of(update, context)
    buttons = _role_buttons(context, roles, language)
    await replace(update, context, "staffing/invite.html", buttons=buttons, roles=roles)


async def on_role(update: Update, context: Context) -> None:
    """Ask for the cluster, where there is a choice."""
    role, access = Role(pressed(update)[1]), await access_of(update, context)
    require(access, Action.INVITE)
    scopes = [scope for known, scope in grantable(access, CLUSTERS) if known is role]
    if len(scopes) == 1:
        await _offer(update, context, role, scopes[0])
        return
    language, label = await language_of(update, context), context.services.texts.label
    buttons: list[list[Button]] = [
        [(cluster_label(context, scope, language), f"invite:{role}:{scope}")] for scope in scopes
    ]
    back = [(label("back", language), "invite")]
    await replace(update, context, "staffing/invite_cluster.html", buttons=[*buttons, back], role=role)


async def on_cluster(update: Update, context: Context) -> None:
    """Give the link."""
    _, role, cluster = pressed(update)
    await _offer(update, context, Role(role), cluster)


async def on_withdraw(update: Update, context: Context) -> None:
    """Take an invitation back."""
    deed = await deed_of(update, context)
    await inviting.withdraw(context.services.database, deed, pressed(update)[1])
    await replace(update, context, "staffing/withdrawn.html")


async def redeem(update: Update, context: Context, ticket: str) -> None:
    """Give the role that a link promises; the error handler explains what is wrong with one."""
    user, services = update.effective_user, context.services
    assert user  # noqa: S101  commands have a user
    deed, owners = await deed_of(update, context), services.settings.owners
    granted = await inviting.redeem(
        services.database, deed, ticket_key(context), ticket, name=user.full_name, owners=owners
    )
    values: dict[str, object] = {"role": granted.role, "cluster": granted.cluster}
    await tell(update, context, "staffing/granted.html", {**values, "clusters": cluster_names(context)})
    await refresh_menu(context, user.id)
    if granted.is_new:
        await inform(context, granted.invited_by, "staffing/accepted.html", person=user.full_name, **values)


async def _offer(update: Update, context: Context, role: Role, cluster: str) -> None:
    services, deed = context.services, await deed_of(update, context)
    valid = timedelta(hours=services.settings.invitation_hours)
    offered = await inviting.invite(services.database, deed, ticket_key(context), role, cluster, valid=valid)
    link = f"https://t.me/{context.bot.username}?start={PREFIX}{offered.ticket}"
    language = await language_of(update, context)
    buttons = [[(services.texts.label("withdraw", language, source=LABELS), f"uninvite:{offered.nonce}")]]
    values = {"role": role, "cluster": cluster, "link": link, "expires_at": offered.expires_at}
    await replace(update, context, "staffing/invited.html", buttons=buttons, **values)


async def _roles(update: Update, context: Context) -> list[Role]:
    access = await access_of(update, context)
    require(access, Action.INVITE)
    allowed = {role for role, _ in grantable(access, CLUSTERS)}
    return [role for role in Role if role in allowed]


def _role_buttons(context: Context, roles: list[Role], language: str) -> list[list[Button]]:
    label = context.services.texts.label
    return [[(label(f"role_{role}", language, source=LABELS), f"invite:{role}")] for role in roles]
