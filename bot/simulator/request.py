"""The simulator as the transport of python-telegram-bot, in the same process and without a network."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl, unquote, urlsplit

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.simulator.errors import NoAnswer
from bot.simulator.faces import answer_call, answer_file, encoded
from bot.simulator.files import Upload
from bot.simulator.simulator import Simulator


class SimulatorRequest(BaseRequest):
    """Hands the calls of a telegram.Bot to a simulator; give one to `request` and to `get_updates_request`."""

    def __init__(self, simulator: Simulator, *, read_timeout: float | None = 5.0) -> None:
        self._simulator = simulator
        self._read_timeout = read_timeout

    @property
    def read_timeout(self) -> float | None:
        """Seconds that the bot waits for an answer; it sets the time-out of a long poll on top."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Do nothing: there is no connection to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is no connection to close."""

    async def do_request(  # noqa: PLR0917
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the call and return status and body.

        Raises:
            TimedOut: no answer came in time; the call may have taken effect.
            NetworkError: the connection was reset.
        """
        seconds = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            async with asyncio.timeout(seconds if isinstance(seconds, int | float) else None):
                return await self._answer(url, request_data)
        except TimeoutError:
            raise TimedOut from None
        except NoAnswer as error:
            raise (TimedOut() if error.hangs else NetworkError(str(error))) from error

    async def _answer(self, url: str, data: RequestData | None) -> tuple[int, bytes]:
        # Even without a wait other tasks get their turn, as they do with a network.
        await asyncio.sleep(0)
        pieces = urlsplit(url)
        path = unquote(pieces.path)
        if path.startswith("/file/"):
            return answer_file(self._simulator, path)
        values: dict[str, object] = dict(parse_qsl(pieces.query))
        values |= data.json_parameters if data else {}
        answer = await answer_call(self._simulator, path, values, _uploads(data))
        return answer.status, encoded(answer.body)


def _uploads(data: RequestData | None) -> dict[str, Upload]:
    if data is None or not data.contains_files:
        return {}
    uploads = {}
    for name, (file_name, content, mime_type) in data.multipart_data.items():
        read = content if isinstance(content, bytes) else content.read()
        uploads[name] = Upload(file_name, read, mime_type)
    return uploads
