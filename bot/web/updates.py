"""What Telegram posts: read strictly, so that what is stored can be stored."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

LARGEST_ID = 2**63 - 1


def read_update(body: bytes) -> dict[str, Any]:
    """Return the update in a request's body; raises ValueError for anything else."""
    try:
        update = json.loads(body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(update, dict) or not _is_id(update.get("update_id")):
        raise ValueError("not an update")
    return update


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_ID


def _refuse(_: str) -> NoReturn:
    # Python reads NaN and Infinity; neither JSON nor PostgreSQL knows them.
    raise ValueError("not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("too large a number")
    return number
