"""Keys for personal columns, kept outside the database: from a setting, or in a file that is made beside it."""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = "sealed:"
"""What a sealed value begins with; what begins otherwise was written before there were keys."""
SECRET_BYTES = 32
NONCE_BYTES = 12
"""Source: NIST SP 800-38D, 5.2.1.1."""
KEY_ID = re.compile(r"[a-z0-9-]{1,16}")
OWNER_ONLY = 0o600
LOOSE = "surrogatepass"
"""What clients send may hold halves of characters."""


class SealError(Exception):
    """A key is missing or wrong; the message is one readable line without a secret."""


class Keyring:
    """Keys by their ids, the newest first: it seals, all open."""

    def __init__(self, secrets_by_id: Mapping[str, bytes]) -> None:
        self._secrets = dict(secrets_by_id)
        self._ciphers = {name: AESGCM(_derived(secret, b"columns")) for name, secret in self._secrets.items()}
        self._hashes = {name: _derived(secret, b"hashes") for name, secret in self._secrets.items()}

    @classmethod
    def read(cls, text: str) -> Keyring:
        """Read `id:base64,id:base64`, newest first; raises SealError."""
        found: dict[str, bytes] = {}
        for part in filter(None, re.split(r"[\s,]+", text)):
            name, _, written = part.partition(":")
            if not KEY_ID.fullmatch(name) or name in found:
                raise SealError("a key is written id:base64, each id once, small letters, digits and -, at most 16")
            found[name] = _secret(name, written)
        if not found:
            raise SealError("no key")
        return cls(found)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, newest first."""
        return tuple(self._secrets)

    def written(self) -> str:
        """Return the keys as `read` takes them: secret."""
        return ",".join(f"{name}:{base64.b64encode(secret).decode()}" for name, secret in self._secrets.items())

    def with_new(self) -> Keyring:
        """Return these keys behind a new one."""
        numbers = [int(name[1:]) for name in self.ids if re.fullmatch(r"k\d{1,9}", name)]
        return Keyring({f"k{max(numbers, default=0) + 1}": secrets.token_bytes(SECRET_BYTES), **self._secrets})

    def seal(self, place: str, text: str) -> str:
        """Seal a text for `place` (table.column) with the newest key. Source of AES-GCM: NIST SP 800-38D."""
        newest, nonce = self.ids[0], os.urandom(NONCE_BYTES)
        sealed = nonce + self._ciphers[newest].encrypt(nonce, text.encode(errors=LOOSE), place.encode())
        return f"{MARK}{newest}:{base64.b64encode(sealed).decode()}"

    def open(self, place: str, value: str) -> str:
        """Return what was sealed for `place`; raises SealError for an unknown key, and for a value that was changed."""
        name, _, written = value.removeprefix(MARK).partition(":")
        if name not in self._ciphers:
            raise SealError(f"{place}: sealed with key {name[:16]}, which is not there")
        try:
            sealed = base64.b64decode(written)
            opened = self._ciphers[name].decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise SealError(f"{place}: a value was changed, moved here, or sealed with another key {name}") from None
        return opened.decode(errors=LOOSE)

    def hashes(self, purpose: str, value: object) -> tuple[str, ...]:
        """Return the keyed hashes (HMAC-SHA256, hexadecimal) of a value, by the newest key first."""
        said = f"{purpose}\0{value}".encode()
        return tuple(hmac.digest(key, said, "sha256").hex() for key in self._hashes.values())

    def proof(self, name: str) -> str:
        """Return what tells a key from another with the same id, and tells nothing of it."""
        return hmac.digest(self._hashes[name], b"proof", "sha256").hex()


class KeyFile:
    """Keys in a file that only its owner may read, one a line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Keyring | None:
        """Return the keys, or None where there is no file; raises SealError."""
        try:
            return Keyring.read(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise SealError(f"{self._path} cannot be read ({type(error).__name__})") from None

    def make(self) -> Keyring:
        """Write a first key, unless another process has done so; return what is kept. Raises SealError."""
        with self._written(Keyring({}).with_new()) as beside, suppress(FileExistsError):
            os.link(beside, self._path)
        kept = self.read()
        assert kept  # noqa: S101  it is there now
        return kept

    def write(self, ring: Keyring) -> None:
        """Replace the keys, all or nothing; raises SealError."""
        with self._written(ring) as beside:
            beside.replace(self._path)

    @contextmanager
    def _written(self, ring: Keyring) -> Iterator[Path]:
        beside = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(ring.written().replace(",", "\n") + "\n")
                file.flush()
                os.fsync(file.fileno())
            yield beside
            beside.unlink(missing_ok=True)
        except OSError as error:
            raise SealError(f"{self._path} cannot be written ({type(error).__name__})") from None


class Keys:
    """The keys of one database: read when they are first needed, made when there are none yet."""

    def __init__(self, source: str, store: KeyFile | None, ring: Keyring | None = None) -> None:
        self.source = source
        """Where the keys are, for people."""
        self._store, self._ring = store, ring

    @classmethod
    def given(cls, written: str, source: str = "the settings") -> Keys:
        """Keys that somebody else keeps, as `Keyring.read` takes them; raises SealError."""
        return cls(source, None, Keyring.read(written))

    @classmethod
    def kept(cls, path: Path) -> Keys:
        """Keys in a file that only its owner may read."""
        return cls(f"the file {path}", KeyFile(path))

    @property
    def are_ours(self) -> bool:
        """Whether the keys are in a file that we write."""
        return self._store is not None

    @property
    def ring(self) -> Keyring:
        """The keys; made and kept where there are none. Raises SealError."""
        if self._ring is None:
            self._ring = self.existing()
        if self._ring is None:
            assert self._store  # noqa: S101  keys that are given are there
            self._ring = self._store.make()
        return self._ring

    def existing(self) -> Keyring | None:
        """Return the keys as they are kept now, if there are any; raises SealError."""
        if self._store:
            self._ring = self._store.read() or self._ring
        return self._ring

    def take(self, other: Keys) -> bool:
        """Keep another database's keys where none are kept yet; tell whether they were. Raises SealError."""
        ring = other.existing()
        if self._store is None or ring is None or self.existing() is not None:
            return False
        self._store.write(ring)
        self._ring = ring
        return True

    def renew(self) -> Keyring:
        """Put a new key in front of those in the file; raises SealError."""
        assert self._store  # noqa: S101  the caller has looked
        self._ring = self.ring.with_new()
        self._store.write(self._ring)
        return self._ring

    def open(self, place: str, value: str) -> str:
        """Open a value; a key that came since is looked for once. Raises SealError."""
        name = value.removeprefix(MARK).partition(":")[0]
        if name not in self.ring.ids:
            self.existing()
        return self.ring.open(place, value)


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), SECRET_BYTES, None, b"gfcbot " + purpose).derive(secret)


def _secret(name: str, written: str) -> bytes:
    try:
        secret = base64.b64decode(written, validate=True)
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise SealError(f"key {name} is not {SECRET_BYTES} bytes in base64; gfcbot keys new makes one")
    return secret
