"""Who works for which cluster, and how a role is taken again."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import ALL, Access, Action, Role, inviting, may_grant, require, require_grant
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import pressed
from handlers.replacing import replace
from handlers.sending import Button
from handlers.team.access import LABELS, access_of, cluster_label, cluster_names, deed_of, inform, refresh_menu
from handlers.team.inviting import ROLES, SCOPES
from handlers.telling import tell
from storage import invitations, staff, staff_chats
from storage.models import Invitation, InvitationKind, StaffRole

PAGE = 20
"""People on one page of buttons."""
HOLDER = rf"-?\d{{1,20}}:({ROLES}):({SCOPES})"


def register(app: App) -> None:
    """/staff, /revoke and its buttons."""
    app.add_handler(CommandHandler("staff", on_staff, filters.ChatType.PRIVATE))
    app.add_handler(CommandHandler("revoke", on_revoke, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_back, pattern=r"^revoke$"))
    app.add_handler(CallbackQueryHandler(on_cluster, pattern=rf"^revoke:({SCOPES}):\d{{1,4}}$"))
    app.add_handler(CallbackQueryHandler(on_person, pattern=rf"^revoke\?:{HOLDER}$"))
    app.add_handler(CallbackQueryHandler(on_confirmed, pattern=rf"^revoke!:{HOLDER}$"))


async def on_staff(update: Update, context: Context) -> None:
    """List people by cluster and role, with the cluster's group."""
    access = await access_of(update, context)
    require(access, Action.SEE_STAFF)
    async with context.services.database.read() as session:
        people, groups = await staff.everyone(session), await staff_chats.everything(session)
    # Who works for all clusters is everybody's colleague.
    shown = [*access.clusters(Action.SEE_STAFF, CLUSTERS), ALL]
    values = {
        "clusters": cluster_names(context),
        "roles": list(Role),
        "groups": {group.cluster: group for group in groups},
        "sections": {cluster: [one for one in people if one.cluster == cluster] for cluster in shown},
    }
    await tell(update, context, "staffing/staff.html", values)


async def on_revoke(update: Update, context: Context) -> None:
    """Ask for which cluster a role is to be taken."""
    clusters = await _clusters(update, context)
    await tell(
        update, context, "staffing/revoke.html", buttons=lambda language: _cluster_buttons(context, clusters, language)
    )


async def on_back(update: Update, context: Context) -> None:
    """Ask for the cluster again."""
    clusters, language = await _clusters(update, context), await language_of(update, context)
    await replace(update, context, "staffing/revoke.html", buttons=_cluster_buttons(context, clusters, language))


async def on_cluster(update: Update, context: Context) -> None:
    """Ask whose role, or which open invitation."""
    _, cluster, first = pressed(update)
    access = await access_of(update, context)
    require(access, Action.REVOKE, cluster)
    async with context.services.database.read() as session:
        people = [one for one in await staff.everyone(session) if _may_take(access, one, cluster)]
        offers = await invitations.open_ones(session, InvitationKind.ROLE, now=context.services.clock())
    open_ones = [one for one in offers if _may_take(access, one, cluster)]
    language = await language_of(update, context)
    buttons = _holder_buttons(context, people, int(first), language)
    if first == "0":
        buttons += _offer_buttons(context, open_ones, language)
    back = [(context.services.texts.label("back", language), "revoke")]
    found = bool(buttons)
    await replace(update, context, "staffing/revoke_whom.html", buttons=[*buttons, back], cluster=cluster, found=found)


async def on_person(update: Update, context: Context) -> None:
    """Ask whether the role shall be taken."""
    _, person, role, cluster = pressed(update)
    require_grant(await access_of(update, context), Action.REVOKE, Role(role), cluster)
    async with context.services.database.read() as session:
        known = await staff.by_key(session, int(person), role, cluster)
    if known is None:
        await replace(update, context, "staffing/revoked.html", role=role, cluster=cluster)
        return
    language, label = await language_of(update, context), context.services.texts.label
    yes = (label("revoke", language, source=LABELS), f"revoke!:{person}:{role}:{cluster}")
    buttons = [[yes], [(label("back", language), f"revoke:{cluster}:0")]]
    values = {"person": known.name, "role": role, "cluster": cluster}
    await replace(update, context, "staffing/revoke_confirm.html", buttons=buttons, **values)


async def on_confirmed(update: Update, context: Context) -> None:
    """Take the role, with effect at once, and tell the person."""
    _, number, role, cluster = pressed(update)
    person, deed = int(number), await deed_of(update, context)
    done = await inviting.revoke(context.services.database, deed, person, Role(role), cluster)
    await replace(update, context, "staffing/revoked.html", role=role, cluster=cluster)
    if done:
        await refresh_menu(context, person)
        await inform(context, person, "staffing/role_taken.html", role=role, cluster=cluster)


async def _clusters(update: Update, context: Context) -> tuple[str, ...]:
    access = await access_of(update, context)
    require(access, Action.REVOKE)
    return access.clusters(Action.REVOKE, (*CLUSTERS, ALL))


def _may_take(access: Access, one: StaffRole | Invitation, cluster: str) -> bool:
    return one.cluster == cluster and one.role is not None and may_grant(access, Role(one.role), cluster)


def _cluster_buttons(context: Context, clusters: Sequence[str], language: str) -> list[list[Button]]:
    return [[(cluster_label(context, cluster, language), f"revoke:{cluster}:0")] for cluster in clusters]


def _holder_buttons(context: Context, people: list[StaffRole], first: int, language: str) -> list[list[Button]]:
    label = context.services.texts.label
    rows: list[list[Button]] = []
    for one in people[first : first + PAGE]:
        role = label(f"role_{one.role}", language, source=LABELS)
        text = label("holder", language, source=LABELS, name=one.name, role=role)
        rows.append([(text, f"revoke?:{one.user_id}:{one.role}:{one.cluster}")])
    if len(people) > first + PAGE:
        rows.append([(label("more", language, source=LABELS), f"revoke:{people[0].cluster}:{first + PAGE}")])
    return rows


def _offer_buttons(context: Context, offers: list[Invitation], language: str) -> list[list[Button]]:
    label = context.services.texts.label
    roles = [label(f"role_{one.role}", language, source=LABELS) for one in offers[:PAGE]]
    return [
        [(label("open_invitation", language, source=LABELS, role=role, until=one.expires_at), f"uninvite:{one.nonce}")]
        for one, role in zip(offers, roles, strict=False)
    ]
