"""How the bot is: figures, readings of the database, and when the owners are told."""

from bot.health.alerts import LOCAL, Alert, Judged, Thresholds, judge
from bot.health.errors import ErrorCounter
from bot.health.meters import Meters
from bot.health.state import Health

__all__ = ["LOCAL", "Alert", "ErrorCounter", "Health", "Judged", "Meters", "Thresholds", "judge"]
