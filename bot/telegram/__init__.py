"""The edge: everything between Telegram's servers and the handlers."""

from __future__ import annotations

import os

# The library reads this at each access of a time span. Without it, even raising RetryAfter is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
