"""Every message renders in every language, and Telegram takes it: templates, facts and entries."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot import answering
from bot.access import Role
from bot.access.groups import Problem
from bot.access.lines import Line
from bot.answering import Answerer
from bot.pages import length, split
from bot.simulator import Limits, Simulator
from bot.texts import Texts
from tests.handlers.acted_values import ACTED
from tests.handlers.announced_values import ANNOUNCED
from tests.handlers.announcing_values import ANNOUNCING
from tests.handlers.event_values import EVENTS
from tests.handlers.funded_values import FUNDED
from tests.handlers.health_values import HEALTH
from tests.handlers.private_values import PRIVATE
from tests.handlers.sent_values import SENT
from tests.handlers.timed_values import TIMED
from tests.handlers.written_values import WRITTEN

LABELS = (
    "labels.html",
    "announcements/labels.html",
    "demo.html",
    "playground.html",
    "pictures.html",
    "finding/labels.html",
    "funding/labels.html",
    "staffing/labels.html",
    "announcing/labels.html",
    "events/labels.html",
    "staffing/acts.html",
    "staffing/names.html",
    "enquiries/labels.html",
    "enquiries/draft_labels.html",
    "enquiries/states.html",
    "staff/labels.html",
    "staff/menus.html",
    "staff/canned.html",
    "staff/lines.html",
    "staff/reasons.html",
    "health/spans.html",
    "privacy/labels.html",
)
PIECES = ("answers/", "pictures/", "routing/")  # rendered with real replies below, and by their own tests
NAMED = {"clusters": {"fpi": "F & P", "giqs": "<G>"}}
POSTS = [{"role": role, "cluster": cluster, **NAMED} for role in Role for cluster in ("fpi", "*")]
TIME = datetime(2026, 11, 24, 12, tzinfo=UTC)
LINE = Line(TIME, "A & B", "a", "fpi", 7, (("role", "agent"), ("person", "<C>"), ("by", "D"), ("chat", "-1")))
BARE_LINE = Line(TIME, None, "a", None, None, ())
SECTIONS = {"fpi": [SimpleNamespace(role="agent", name="A & B")], "giqs": [], "*": []}
GROUPS = {"fpi": SimpleNamespace(title="<F>", problem=None), "giqs": SimpleNamespace(title="G", problem="gone")}
VALUES: dict[str, list[dict[str, object]]] = {
    "clusters.html": [{"clusters": [{"name": "A & B", "today": "C", "long_name": {"de": "ä", "en": "<a>"}}]}],
    "errors/link_not_admin.html": [{}],
    "errors/link_not_ready.html": [{"problem": problem} for problem in (*Problem, "new")],
    "errors/link_taken.html": [{}],
    "errors/not_allowed.html": [{"roles": []}, {"roles": list(Role)}],
    "errors/owner.html": [{"error": "KeyError", "reference": "1F"}],
    "errors/ticket_expired.html": [{}],
    "errors/ticket_own.html": [{}],
    "errors/ticket_used.html": [{}],
    "errors/ticket_wrong.html": [{}],
    "errors/unexpected.html": [{"reference": "1F"}, {"reference": ""}],
    "finding/cancelled.html": [{}],
    "finding/region.html": [{"step": {"name": {"de": "a", "en": "b"}, "definition": {"de": "ä", "en": "c & d"}}}],
    "finding/steps.html": [{}],
    "help.html": [{}],
    "language.html": [{}],
    "language_chosen.html": [{"follows": True}, {"follows": False}],
    "only_text.html": [{}],
    "repeated.html": [{}],
    "start.html": [{}],
    "staffing/accepted.html": [{**post, "person": "A & B"} for post in POSTS],
    "staffing/audit.html": [
        {"entries": [], "first": 1, "last": 0, "total": 0, **NAMED},
        {"entries": [LINE, BARE_LINE], "acts": {"a": "<A>"}, "first": 1, "last": 2, "total": 9000, **NAMED},
    ],
    "staffing/audit_act.html": [{}],
    "staffing/audit_cluster.html": [{}],
    "staffing/audit_file.html": [{"rows": 1, "most": 9}, {"rows": 2, "most": 9}, {"rows": 9, "most": 9}],
    "staffing/granted.html": [{**post} for post in POSTS],
    "staffing/group_problem.html": [{"cluster": "fpi", "problem": problem, **NAMED} for problem in Problem],
    "staffing/invite.html": [{"roles": list(Role)}],
    "staffing/invite_cluster.html": [{"role": "agent"}],
    "staffing/invited.html": [{**POSTS[0], "link": "https://t.me/a?start=i-_", "expires_at": TIME}],
    "staffing/link.html": [{}],
    "staffing/link_code.html": [{"cluster": "fpi", "code": "a-_", "bot": "b", "expires_at": TIME, **NAMED}],
    "staffing/link_here.html": [{}],
    "staffing/linked.html": [{"cluster": "fpi", "replaced": yes, "is_forum": yes, **NAMED} for yes in (True, False)],
    "staffing/revoke.html": [{}],
    "staffing/revoke_confirm.html": [{**POSTS[0], "person": "<A>"}],
    "staffing/revoke_whom.html": [{"cluster": "*", "found": True}, {"cluster": "fpi", "found": False, **NAMED}],
    "staffing/revoked.html": [{**post} for post in POSTS],
    "staffing/role_taken.html": [{**post} for post in POSTS],
    "staffing/staff.html": [{"sections": SECTIONS, "roles": list(Role), "groups": GROUPS, **NAMED}],
    "staffing/unlink.html": [{"found": True}, {"found": False}],
    "staffing/unlink_confirm.html": [{"cluster": "fpi", **NAMED}],
    "staffing/unlink_kept.html": [{}],
    "staffing/unlinked.html": [{"cluster": "fpi", **NAMED}],
    "staffing/withdrawn.html": [{}],
    "unknown_command.html": [{}],
    **ACTED,
    **ANNOUNCING,
    **ANNOUNCED,
    **EVENTS,
    **HEALTH,
    **FUNDED,
    **SENT,
    **TIMED,
    **WRITTEN,
    **PRIVATE,
}
LANGUAGES = ("en", "de")


def test_every_template_is_tried_here(texts: Texts) -> None:
    names = {name for name in texts.names() if name not in LABELS and not name.startswith(PIECES)}
    assert names == VALUES.keys()


@pytest.fixture
def telegram() -> Simulator:
    simulator = Simulator(limits=Limits.off())
    simulator.add_person("Muster", person_id=7)
    return simulator


async def check_taken(telegram: Simulator, message: str) -> None:
    await telegram.person(7).unblock()
    for part in split(message):
        answer = await telegram.call("sendMessage", {"chat_id": 7, "text": part, "parse_mode": "HTML"})
        assert answer.status == 200, (answer.body, part)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_templates_are_taken(language: str, texts: Texts, telegram: Simulator) -> None:
    await telegram.person(7).start()
    for name, samples in VALUES.items():
        for values in samples:
            await check_taken(telegram, texts.render(name, language, **values))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_facts_and_entries_are_taken(
    language: str, texts: Texts, telegram: Simulator, answerer: Answerer
) -> None:
    await telegram.person(7).start()
    content = answerer.knowledge.content
    payloads = [f"e:{entry}" for entry in content.entries]
    payloads += [f"f:{facet}:{cluster}" for facet in content.facets for cluster in content.clusters]
    context = answering.Context(language=language)
    for payload in payloads:
        reply = answerer.reply_to_choice(payload, context)
        assert len(f"ask:{payload}".encode()) <= 64
        assert reply.language == language
        await check_taken(telegram, answering.render(reply, texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_short_enough_to_be_read(language: str, texts: Texts, answerer: Answerer) -> None:
    context = answering.Context(language=language)
    for entry in answerer.knowledge.content.entries:
        message = answering.render(answerer.reply_to_choice(f"e:{entry}", context), texts)
        assert length(message) <= 2000, entry


def test_no_two_handlers_claim_one_command(bot: Any) -> None:
    handlers = [handler for group in bot.application.handlers.values() for handler in group]
    commands = [command for handler in handlers for command in getattr(handler, "commands", ())]
    assert len(commands) == len(set(commands))
    assert set(commands) == {
        "start",
        "find",
        "open",
        "enquiry",
        "search",
        "unblock",
        "reopen",
        "reply",
        "withdraw",
        "enquire",
        "enquiries",
        "funding",
        "subscribe",
        "unsubscribe",
        "help",
        "clusters",
        "language",
        "privacy",
        "mydata",
        "forget",
        "staff",
        "invite",
        "revoke",
        "link",
        "unlink",
        "audit",
        "announce",
        "announcements",
        "calendar",
        "health",
        "events",
    }
