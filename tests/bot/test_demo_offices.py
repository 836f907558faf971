"""The demo's staff chats: one a cluster, linked once, left as its user wants them."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.app import running
from bot.demo import PEOPLE
from bot.demo_offices import Sample, open_offices
from bot.settings import Settings
from bot.simulator import Limits, Simulator, SimulatorRequest
from bot.terminal import local
from storage import staff, staff_chats


async def test_each_cluster_has_a_group_with_its_agent(tmp_path: Path) -> None:
    simulator = Simulator(limits=Limits.off())
    samples = [Sample(**record) for record in yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))]
    for sample in samples:
        simulator.add_person(sample.first_name, person_id=sample.id)
    settings = local(Settings(), simulator, tmp_path).model_copy(update={"owners": (900000021,)})
    async with running(settings, request=lambda: SimulatorRequest(simulator)) as bot:
        await open_offices(bot, simulator, samples)
        database = bot.services.database
        async with database.read() as session:
            chats = {chat.cluster: chat.chat_id for chat in await staff_chats.everything(session)}
            roles = await staff.roles_of(session, 900000012)
        assert set(chats) == {"foodregio", "nieke", "fpi", "giqs"}
        assert roles == (("agent", "nieke"),)
        assert simulator.chat(chats["nieke"]).member(900000012).present
        async with database.begin() as session:
            await staff_chats.unlink(session, "nieke")
        await open_offices(bot, simulator, samples)
        async with database.read() as session:
            assert await staff_chats.of_cluster(session, "nieke") is None
