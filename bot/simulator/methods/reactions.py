"""The method that puts reactions on messages."""

from __future__ import annotations

from bot.simulator import media
from bot.simulator.calls import Call
from bot.simulator.errors import bad_request
from bot.simulator.methods.places import bot_in, chat_of, message_of
from bot.simulator.methods.registry import method

_EMOJI = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡
🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈
😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿
🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
EMOJI = frozenset(_EMOJI.split())
"""What may be used (https://core.telegram.org/bots/api#reactiontypeemoji)."""


@method
def set_message_reaction(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmessagereaction."""
    chat = chat_of(call)
    bot_in(call, chat)
    message = message_of(chat, call.integer("message_id"), "message to react not found")
    wanted = call.structure("reaction")
    reactions = call.objects("reaction", "can't parse reaction: Array of ReactionType expected") if wanted else []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction.get("type") != "emoji" or str(reaction.get("emoji")).replace("\ufe0f", "") not in EMOJI:
            raise bad_request("REACTION_INVALID")
    media.react(call.world, chat, call.world.bot, message["message_id"], reactions)
    return True
