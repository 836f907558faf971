"""What the faces of the simulator share: addresses, tokens and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.simulator.errors import ApiError
from bot.simulator.files import LARGEST_DOWNLOAD, Upload
from bot.simulator.gate import Answer, refusal
from bot.simulator.simulator import Simulator

_CALL = re.compile(r"/bot([^/]*)(?:/test)?/([^/]*)/?\Z")
_FILE = re.compile(r"/file/bot([^/]*)/(.+)\Z")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+\Z")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encoded(body: Mapping[str, Any]) -> bytes:
    """Return an answer's body as bytes."""
    return _encode(body).encode("utf-8", "surrogatepass")


async def answer_call(
    simulator: Simulator, path: str, values: Mapping[str, object], files: Mapping[str, Upload]
) -> Answer:
    """Answer the call at `/bot<token>/<method>`; wrong tokens get 401, other addresses 404, as from Telegram."""
    found = _CALL.search(path)
    if found is None:
        return refusal(ApiError(404, "Not Found"))
    token, method = found.groups()
    if token != simulator.token:
        return refusal(_wrong_token(token))
    return await simulator.call(method, values, files)


def answer_file(simulator: Simulator, path: str) -> tuple[int, bytes]:
    """Return status and content of the file at `/file/bot<token>/<path>`."""
    found = _FILE.search(path)
    if found is None or found[1] != simulator.token:
        error = refusal(_wrong_token(found[1] if found else ""))
        return error.status, encoded(error.body)
    stored = simulator.world.files.by_path(found[2])
    if stored is None or len(stored.upload.content) > LARGEST_DOWNLOAD:
        return 404, encoded(refusal(ApiError(404, "Not Found")).body)
    return 200, stored.upload.content


def _wrong_token(token: str) -> ApiError:
    return ApiError(401, "Unauthorized") if _TOKEN.match(token) else ApiError(404, "Not Found")
