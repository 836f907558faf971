"""The people of the demo and their staff chats: a group with topics for each cluster, linked, with its sample agent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.access import Role
from bot.app import Running
from bot.simulator import Simulator
from storage import staff, staff_chats

GROUPS = -1_000_000_000_000
"""Telegram numbers groups below this; the demo's are this minus the number of their agent."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A person of the demo."""

    id: int
    first_name: str
    last_name: str
    language_code: str
    role: str
    cluster: str = ""
    """Whose staff the person is."""


async def open_offices(bot: Running, simulator: Simulator, people: Iterable[Sample]) -> None:
    """Give each cluster its staff chat; what is there already stays as the user of the demo has left it."""
    owner, now = bot.services.settings.owners[0], bot.services.clock()
    members = [simulator.person(owner)]
    for agent in people:
        if not agent.cluster:
            continue
        async with bot.services.database.read() as session:
            if await staff.roles_of(session, agent.id):
                continue
        group = simulator.add_group(
            agent.first_name,
            forum=True,
            members=[*members, simulator.person(agent.id)],
            chat_id=GROUPS - agent.id,
            administrator=True,
        )
        async with bot.services.database.begin() as session:
            await staff.grant(
                session, agent.id, Role.AGENT, agent.cluster, name=agent.first_name, granted_by=owner, now=now
            )
            await staff_chats.link(
                session, agent.cluster, group.id, title=group.title, is_forum=True, linked_by=owner, now=now
            )
