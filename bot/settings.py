"""All settings, read from the environment and `.env`; only bot.cli makes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, IPvAnyNetwork, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import StartError
from storage.database import database_url, key_file
from storage.keys import Keyring, Keys, SealError

PREFIX = "GFCBOT_"
TOKEN = re.compile(r"\d+:[\w-]+")
LISTEN = r"^(\[[0-9A-Fa-f:]+\]|[\w.-]+):\d{1,5}$"
HOOK = re.compile(
    r"https://[\w.-]+(:(443|80|88|8443))?(/[^\s?#]*)?|http://(127\.0\.0\.1|localhost)(:\d{1,5})?(/[^\s?#]*)?"
)
"""Source: Bot API, setWebhook; plain HTTP is for a Bot API server on the same machine."""
EMAIL = r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$"
Networks = Annotated[tuple[IPvAnyNetwork, ...], NoDecode]


class Settings(BaseSettings):
    """One field a setting; its description says what is allowed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", frozen=True, extra="ignore")

    token: SecretStr | None = Field(None, description="the bot's token as BotFather gave it: digits, a colon, letters")
    database_url: str = Field(
        "sqlite:///gfcbot.sqlite3", description="address: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    )
    api_url: str = Field("https://api.telegram.org", description="base address of a Bot API server, before /bot<token>")
    owners: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram ids of the owners, separated by commas"
    )
    secret: SecretStr | None = Field(
        None, min_length=16, description="what invitations are signed with, 16 characters or more; empty: the token"
    )
    invitation_hours: int = Field(72, ge=1, le=720, description="hours that an invitation is good for, 1 to 720")
    service_file: Path | None = Field(
        None, description="a file like templates/content/service.yaml with your hours and terms; empty: that one"
    )
    fence_file: Path | None = Field(
        None, description="a file for what tells a restored database; empty: beside it, or gfcbot.fence"
    )
    timezone: str = Field("Europe/Berlin", description="a zone of the IANA database; dates are shown in it")
    log_format: str = Field("auto", pattern="^(auto|text|json)$", description="one of auto, text, json")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")
    concurrency: int = Field(32, ge=1, le=1000, description="chats that are handled at once, 1 to 1000")
    inbox_limit: int = Field(10_000, ge=100, description="open updates at which intake pauses, 100 or more")
    stop_seconds: float = Field(10, gt=0, le=300, description="seconds to finish what is in flight, up to 300")
    messages_per_second: float = Field(29.5, gt=0, le=100_000, description="messages a second to all chats, above 0")
    chat_messages_per_second: float = Field(1, gt=0, le=100_000, description="messages a second to one chat, above 0")
    chat_burst: int = Field(4, ge=1, le=100_000, description="messages that one chat may get at once, 1 or more")
    group_messages_per_minute: int = Field(
        20, ge=1, le=100_000, description="messages a minute to one group, 1 or more"
    )
    connect_seconds: float = Field(5, gt=0, le=300, description="seconds to reach Telegram, up to 300")
    read_seconds: float = Field(10, gt=0, le=300, description="seconds to wait for Telegram's answer, up to 300")
    enquiries_per_day: int = Field(5, ge=1, le=100, description="enquiries that one person may send a day, 1 to 100")
    enquiry_messages: int = Field(
        30, ge=1, le=1000, description="messages that one person may write in enquiries in ten minutes, 1 to 1000"
    )
    data_keys: SecretStr | None = Field(
        None,
        description="keys that seal personal data, id:base64, newest first; empty: a file beside the database",
    )
    key_file: Path | None = Field(
        None, description="where keys are kept that are not set; empty: beside the database of SQLite, else gfcbot.key"
    )
    operator_name: str | None = Field(None, description="who runs the bot and answers for the data, for /privacy")
    operator_address: str | None = Field(None, description="the operator's postal address in one line, for /privacy")
    operator_email: str | None = Field(
        None, pattern=EMAIL, description="where the operator is reached by mail, for /privacy"
    )
    operator_phone: str | None = Field(None, description="where the operator is reached by phone, for /privacy")
    operator_officer: str | None = Field(
        None, description="the operator's data protection officer with contact, for /privacy; empty: none"
    )
    operator_authority: str | None = Field(None, description="the supervisory authority for the operator, for /privacy")
    keep_updates_days: int = Field(7, ge=2, le=90, description="days that the number of a done update stays, 2 to 90")
    keep_answered_days: int = Field(
        1, ge=1, le=3650, description="days that the text of a question stays that was answered, 1 to 3650"
    )
    keep_questions_days: int = Field(
        180, ge=1, le=3650, description="days that other questions and corrections stay for the editors, 1 to 3650"
    )
    keep_chats_days: int = Field(
        365, ge=1, le=3650, description="days that language and subject of a silent chat stay, 1 to 3650"
    )
    keep_drafts_days: int = Field(30, ge=1, le=3650, description="days that an untouched draft stays, 1 to 3650")
    keep_withdrawn_days: int = Field(
        30, ge=30, le=3650, description="days that a withdrawn enquiry can be read and opened again, 30 to 3650"
    )
    keep_enquiries_days: int = Field(
        365, ge=30, le=3650, description="days that another closed enquiry stays, 30 to 3650"
    )
    keep_sent_days: int = Field(
        90, ge=7, le=3650, description="days that it is known what was sent to whom, and when, 7 to 3650"
    )
    keep_replies_days: int = Field(
        90, ge=1, le=3650, description="days that replies to an event and wishes about a call stay after it, 1 to 3650"
    )
    keep_consents_days: int = Field(
        1095, ge=1, le=3650, description="days that the proof of a consent stays after its end, 1 to 3650"
    )
    keep_audit_days: int = Field(
        1095, ge=365, le=3650, description="days that an entry of the audit log stays, 365 to 3650"
    )
    keep_tombstones_days: int = Field(
        400, ge=1, le=3650, description="days that a backup may be restored after somebody was forgotten, 1 to 3650"
    )
    digest_day: int = Field(
        0, ge=0, le=6, description="day of the weekly digest and of the summary for admins, 0 (Monday) to 6 (Sunday)"
    )
    digest_hour: int = Field(9, ge=0, le=23, description="hour of the weekly digest, local to each reader, 0 to 23")
    webhook_url: str | None = Field(
        None, description="https address at which Telegram reaches the bot, port 443, 80, 88 or 8443; empty: polling"
    )
    webhook_listen: str = Field(
        "127.0.0.1:8443",
        pattern=LISTEN,
        description="host:port where the webhook is served, behind a proxy with TLS",
    )
    webhook_addresses: Networks = Field(
        (), description="networks from which the webhook is called, separated by commas; empty: any"
    )
    webhook_proxies: Networks = Field(
        (), description="networks of proxies whose X-Forwarded-For is believed, separated by commas"
    )
    status_listen: str | None = Field(
        None, pattern=LISTEN, description="host:port of /healthz, /readyz and /metrics, as 127.0.0.1:9100; empty: off"
    )
    alert_inbox_seconds: int = Field(
        60, ge=1, description="seconds that an update may wait before the owners are told, 1 or more"
    )
    alert_outbox_seconds: int = Field(
        300, ge=1, description="seconds that a message may wait before the owners are told, 1 or more"
    )
    alert_errors: int = Field(10, ge=1, description="errors in five minutes at which the owners are told, 1 or more")
    alert_unknown: int = Field(
        1, ge=1, description="recipients of unknown fate in a day at which the owners are told, 1 or more"
    )
    alert_disk_percent: int = Field(
        5, ge=0, le=100, description="free share of the disk, in percent, below which the owners are told, 0 to 100"
    )
    playground_port: int = Field(8080, ge=0, le=65_535, description="port of the playground, 0 takes any free one")
    demo_folder: Path = Field(Path("demo-data"), description="folder in which the demo keeps its chats")

    @field_validator("owners", "webhook_addresses", "webhook_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part for part in re.split(r"[\s,;]+", value) if part] if isinstance(value, str) else value

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("not a token")
        return value

    @field_validator("data_keys")
    @classmethod
    def _keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and value.get_secret_value():
            try:
                Keyring.read(value.get_secret_value())
            except SealError as error:
                raise ValueError(str(error)) from None
        return value if value and value.get_secret_value() else None

    @field_validator("secret", "key_file", mode="before")
    @classmethod
    def _secret(cls, value: object) -> object:
        return value or None

    @field_validator("fence_file", mode="before")
    @classmethod
    def _fence(cls, value: object) -> object:
        return value or None

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            database_url(value)
        except Exception as error:
            raise ValueError(str(error)) from None
        return value

    @field_validator("api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", value):
            raise ValueError("not an address")
        return value.rstrip("/")

    @field_validator("webhook_url", "status_listen", mode="before")
    @classmethod
    def _nothing(cls, value: object) -> object:
        return value or None

    @field_validator("webhook_url")
    @classmethod
    def _hook(cls, value: str | None) -> str | None:
        if value is not None and not HOOK.fullmatch(value):
            raise ValueError("not an address that Telegram calls")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("no such zone") from None
        return value

    def required_token(self) -> str:
        """Return the token; raises StartError when there is none."""
        if self.token is None:
            raise StartError(f"{PREFIX}TOKEN is missing; allowed: {_allowed('token')}")
        return self.token.get_secret_value()

    def keys(self) -> Keys:
        """Return the keys that seal personal data, as they are set or kept."""
        if self.data_keys:
            return Keys.given(self.data_keys.get_secret_value(), f"{PREFIX}DATA_KEYS")
        return Keys.kept(self.kept_beside())

    def kept_beside(self) -> Path:
        """Return where keys are kept that are not set; the list of the forgotten is beside it."""
        return self.key_file or key_file(database_url(self.database_url))

    def kept_fence(self) -> Path:
        """Return where the copy of the scheduler's number is kept: beside a file of SQLite, else in the folder."""
        url = database_url(self.database_url)
        file = url.database if url.get_backend_name() == "sqlite" else None
        return self.fence_file or Path(f"{file}.fence" if file and file != ":memory:" else "gfcbot.fence")

    def signing_secret(self) -> str:
        """Return what invitations are signed with; it outlives a restart. Raises StartError without a token."""
        return self.secret.get_secret_value() if self.secret else self.required_token()


def load(**values: object) -> Settings:
    """Read the settings; raises StartError with a line for each bad one: its name, what was given, what is allowed."""
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        raise StartError("\n".join(_explain(dict(problem)) for problem in error.errors())) from None


def _explain(problem: dict[str, object]) -> str:
    location = problem["loc"]
    name = str(location[0]) if isinstance(location, tuple) else ""
    given = "(not shown)" if name in ("token", "secret", "database_url", "data_keys") else repr(problem["input"])
    return f"{PREFIX}{name.upper()} is {given}; allowed: {_allowed(name)}"


def _allowed(name: str) -> str:
    return Settings.model_fields[name].description or ""
