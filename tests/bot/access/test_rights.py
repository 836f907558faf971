"""One table says who may do what; who makes whom has rules of its own."""

from __future__ import annotations

import pytest

from bot.access import ALL, Access, Act, Action, NotAllowed, Role, grantable, may, may_grant, require, require_grant
from bot.access.rights import ALLOWED, Held
from bot.texts import Texts

CLUSTERS = ("foodregio", "fpi")
OWNER = Access(1, owner=True)


def held_by(role: Role, cluster: str = "fpi") -> Access:
    return Access(2, roles=((role, cluster),))


def test_every_action_is_somebodys_and_an_admin_may_all() -> None:
    assert ALLOWED.keys() == set(Action)
    assert all(Role.ADMIN in roles for roles in ALLOWED.values())


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.AGENT, {"see_staff", "see_enquiry", "answer_enquiry", "block_person"}),
        (Role.SENDER, {"see_staff", "announce"}),
        (Role.EDITOR, {"see_staff", "edit_content", "see_questions"}),
    ],
)
def test_what_each_role_may(role: Role, actions: set[str]) -> None:
    assert {action.value for action in Action if held_by(role).allows(action, "fpi")} == actions


@pytest.mark.parametrize(
    ("roles", "cluster", "allowed"),
    [
        (((Role.AGENT, "fpi"),), "fpi", True),
        (((Role.AGENT, "fpi"),), "giqs", False),
        (((Role.AGENT, "fpi"),), ALL, False),
        (((Role.AGENT, ALL),), "giqs", True),
        (((Role.AGENT, ALL),), ALL, True),
        (((Role.AGENT, "fpi"),), None, True),
        ((), None, False),
        # A role elsewhere does not lend its cluster to another role.
        (((Role.AGENT, "fpi"), (Role.EDITOR, "giqs")), "giqs", False),
    ],
)
def test_a_role_counts_for_its_cluster_or_for_all(roles: Held, cluster: str | None, allowed: bool) -> None:
    assert may(roles, Action.ANSWER_ENQUIRY, cluster) is allowed


def test_an_owner_may_all_without_a_role_and_nobody_nothing() -> None:
    for action in Action:
        require(OWNER, action, ALL)
        with pytest.raises(NotAllowed):
            require(Access(3), action)


def test_who_is_refused_hears_which_roles_may() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(held_by(Role.SENDER), Action.EDIT_CONTENT, "fpi")
    assert refused.value.values == {"roles": ["admin", "editor"]}


@pytest.mark.parametrize(
    ("access", "role", "cluster", "allowed"),
    [
        (OWNER, Role.ADMIN, ALL, True),
        (held_by(Role.ADMIN, ALL), Role.ADMIN, "fpi", True),
        (held_by(Role.ADMIN, ALL), Role.ADMIN, ALL, False),
        (held_by(Role.ADMIN, ALL), Role.AGENT, ALL, True),
        (held_by(Role.ADMIN), Role.ADMIN, "fpi", False),
        (held_by(Role.ADMIN), Role.AGENT, "fpi", True),
        (held_by(Role.ADMIN), Role.EDITOR, "fpi", True),
        (held_by(Role.ADMIN), Role.SENDER, "fpi", True),
        (held_by(Role.ADMIN), Role.AGENT, "giqs", False),
        (held_by(Role.ADMIN), Role.AGENT, ALL, False),
        (held_by(Role.AGENT), Role.AGENT, "fpi", False),
    ],
)
def test_nobody_makes_their_equals_but_an_owner(access: Access, role: Role, cluster: str, allowed: bool) -> None:
    assert may_grant(access, role, cluster) is allowed
    if not allowed:
        with pytest.raises(NotAllowed):
            require_grant(access, Action.INVITE, role, cluster)


def test_what_an_admin_can_give_is_what_is_offered() -> None:
    assert grantable(held_by(Role.ADMIN), CLUSTERS) == [
        (Role.EDITOR, "fpi"),
        (Role.SENDER, "fpi"),
        (Role.AGENT, "fpi"),
    ]
    assert len(grantable(OWNER, CLUSTERS)) == len(Role) * 3


def test_every_act_has_its_text_and_fits_its_column(texts: Texts) -> None:
    assert {act.value for act in Act} <= set(texts.labels("staffing/acts.html"))
    assert max(len(act) for act in Act) <= 48
