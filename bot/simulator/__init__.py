"""A Bot API in this process: chats, people, limits and faults, for trying and testing a bot without Telegram."""

from bot.simulator.chats import Account, Chat, Topic
from bot.simulator.errors import ApiError, NoAnswer, NotPossible
from bot.simulator.events import Event, Listener, Message
from bot.simulator.faults import Fault, Faults
from bot.simulator.files import StoredFile, Upload
from bot.simulator.gate import Answer
from bot.simulator.keeping import StateFile
from bot.simulator.limits import Limits
from bot.simulator.person import Person
from bot.simulator.pressing import CallbackAnswer
from bot.simulator.request import SimulatorRequest
from bot.simulator.server import RunningServer, serve
from bot.simulator.simulator import Simulator

__all__ = [
    "Account",
    "Answer",
    "ApiError",
    "CallbackAnswer",
    "Chat",
    "Event",
    "Fault",
    "Faults",
    "Limits",
    "Listener",
    "Message",
    "NoAnswer",
    "NotPossible",
    "Person",
    "RunningServer",
    "Simulator",
    "SimulatorRequest",
    "StateFile",
    "StoredFile",
    "Topic",
    "Upload",
    "serve",
]
