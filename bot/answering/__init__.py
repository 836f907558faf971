"""Question -> Reply: entities, facets, matcher, bands."""

from bot.answering.answerer import Answerer
from bot.answering.asking import ask_line
from bot.answering.rendering import render
from bot.answering.reply import Alternative, Citation, Context, Reply

__all__ = ["Alternative", "Answerer", "Citation", "Context", "Reply", "ask_line", "render"]
