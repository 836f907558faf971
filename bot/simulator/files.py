"""Files that bots and people send, kept in memory."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes that a bot may fetch (https://core.telegram.org/bots/api#getfile)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: its name, its bytes, its MIME type (guessed from the name when empty)."""

    name: str
    content: bytes
    mime_type: str = ""

    @property
    def mime(self) -> str:
        """The MIME type."""
        return self.mime_type or mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that Telegram keeps; `path` is what getFile gives to the bot."""

    file_id: str
    unique_id: str
    path: str
    upload: Upload

    def as_file(self) -> dict[str, Any]:
        """Return the fields that every file of the Bot API has."""
        size = len(self.upload.content)
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": size}


class Files:
    """All files of a simulator, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, folder: str) -> StoredFile:
        """Store an upload; `folder` is the first part of its path, such as `photos`."""
        number = len(self._by_id) + 1
        digest = hashlib.sha256(upload.content).hexdigest()
        suffix = PurePosixPath(upload.name).suffix
        file_id = f"SIM{folder[:2].upper()}{number:06}{digest[:24]}"
        stored = StoredFile(file_id, digest[:16], f"{folder}/file_{number}{suffix}", upload)
        self._add(stored)
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """Return the file with this id, if there is one."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Return the file with this path, if there is one."""
        return self._by_path.get(path)

    def dump(self) -> list[dict[str, str]]:
        """Return all files in a form that JSON can hold."""
        return [
            {
                "file_id": stored.file_id,
                "unique_id": stored.unique_id,
                "path": stored.path,
                "name": stored.upload.name,
                "mime_type": stored.upload.mime_type,
                "content": base64.b64encode(stored.upload.content).decode(),
            }
            for stored in self._by_id.values()
        ]

    def load(self, state: list[dict[str, str]]) -> None:
        """Take over dumped files."""
        for entry in state:
            upload = Upload(entry["name"], base64.b64decode(entry["content"]), entry["mime_type"])
            self._add(StoredFile(entry["file_id"], entry["unique_id"], entry["path"], upload))

    def _add(self, stored: StoredFile) -> None:
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
