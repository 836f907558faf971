"""Keys for the databases of tests."""

from __future__ import annotations

import base64

from storage.keys import Keys

WRITTEN = f"k1:{base64.b64encode(bytes(range(32))).decode()}"


def keys_for(database_url: str) -> Keys | None:
    """Return fixed keys where none can lie beside the database, so that a second process has the same."""
    return None if database_url.startswith("sqlite") else Keys.given(WRITTEN)
