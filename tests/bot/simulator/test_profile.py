"""What the bot tells of itself, and the commands that people see."""

from __future__ import annotations

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    MenuButtonCommands,
)

from bot.simulator import Chat, Person, Simulator


def names(simulator: Simulator, person: Person, chat_id: int) -> list[str]:
    return [command["command"] for command in simulator.commands(person.id, chat_id)]


async def test_the_bot_knows_itself(bot: Bot, simulator: Simulator) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.can_read_all_group_messages) == (1, "FoodClustersBot", False)


async def test_texts_have_languages(bot: Bot) -> None:
    await bot.set_my_name("Food")
    await bot.set_my_name("Essen", language_code="de")
    assert (await bot.get_my_name(language_code="de")).name == "Essen"
    assert (await bot.get_my_name(language_code="fr")).name == "Food"
    await bot.set_my_description("long")
    await bot.set_my_short_description("short")
    assert (await bot.get_my_description()).description == "long"
    assert (await bot.get_my_short_description()).short_description == "short"


async def test_commands_of_a_private_chat_go_by_scope_then_language(
    bot: Bot, simulator: Simulator, anna: Person, ben: Person
) -> None:
    assert names(simulator, anna, anna.id) == []
    await bot.set_my_commands([BotCommand("default", "d")])
    assert names(simulator, anna, anna.id) == ["default"]
    await bot.set_my_commands([BotCommand("deutsch", "d")], language_code="de")
    assert names(simulator, anna, anna.id) == ["deutsch"]
    assert names(simulator, ben, ben.id) == ["default"]
    await bot.set_my_commands([BotCommand("private", "d")], scope=BotCommandScopeAllPrivateChats())
    assert names(simulator, anna, anna.id) == ["private"]
    await bot.set_my_commands([BotCommand("own", "d")], scope=BotCommandScopeChat(anna.id))
    assert names(simulator, anna, anna.id) == ["own"]
    assert names(simulator, ben, ben.id) == ["private"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(anna.id))
    assert names(simulator, anna, anna.id) == ["private"]
    assert (await bot.get_my_commands(language_code="de"))[0].command == "deutsch"


async def test_commands_of_a_group_depend_on_who_looks(
    bot: Bot, simulator: Simulator, anna: Person, ben: Person, group: Chat
) -> None:
    await bot.set_my_commands([BotCommand("group", "d")], scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("chiefs", "d")], scope=BotCommandScopeAllChatAdministrators())
    assert names(simulator, anna, group.id) == ["chiefs"]
    assert names(simulator, ben, group.id) == ["group"]
    await bot.set_my_commands([BotCommand("here", "d")], scope=BotCommandScopeChat(group.id))
    await bot.set_my_commands([BotCommand("ours", "d")], scope=BotCommandScopeChatAdministrators(group.id))
    assert names(simulator, anna, group.id) == ["ours"]
    assert names(simulator, ben, group.id) == ["here"]
    await bot.set_my_commands([BotCommand("ben", "d")], scope=BotCommandScopeChatMember(group.id, ben.id))
    assert names(simulator, ben, group.id) == ["ben"]


async def test_the_menu_button(bot: Bot) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"
