"""Environment (or a ``.env`` file) → one frozen model. A wrong value stops the start with one line."""

from __future__ import annotations

import os
import re
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

TELEGRAM = "https://api.telegram.org"


class SettingsFault(Exception):
    """Settings that cannot be used; ``faults`` holds one line per fault, naming its variable."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def default_data_dir() -> Path:
    """The user's data directory (XDG), where database and key lie unless told otherwise."""
    return Path.home() / ".local" / "share" / "samenbot"


class Settings(BaseSettings):
    """What an operator may set. Every field is the variable ``SAMENBOT_`` + its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="SAMENBOT_", env_file=".env", frozen=True, extra="ignore", env_ignore_empty=True
    )

    token: SecretStr | None = None
    api_url: str = TELEGRAM
    database: str = ""
    data_dir: Path = Field(default_factory=default_data_dir)
    key: SecretStr | None = None
    owner_code: Annotated[SecretStr | None, Field(min_length=8, max_length=57)] = None
    timezone: str = "Europe/Amsterdam"

    @field_validator("token")
    @classmethod
    def looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        number, _, secret = value.get_secret_value().partition(":") if value else ("1", "", "x")
        if not number.isdigit() or not secret.strip() or any(c in value_of(value) for c in " /?#\n"):
            raise ValueError("is not a bot token (BotFather gives one like 123456:ABC…)")
        return value

    @field_validator("api_url")
    @classmethod
    def is_an_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("database")
    @classmethod
    def is_a_database(cls, value: str) -> str:
        if not value:
            return value
        try:
            url = make_url(value)
        except ArgumentError as error:
            raise ValueError("is not a database URL such as sqlite:///file or postgresql://…") from error
        if url.drivername not in ("sqlite", "postgresql", "postgresql+psycopg"):
            raise ValueError("must be sqlite:///… or postgresql://…")
        if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
            raise ValueError("names no file, and what is kept in memory would be lost")
        return value

    @field_validator("key")
    @classmethod
    def is_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            whole = value is None or len(urlsafe_b64decode(value_of(value))) == 32
        except ValueError:
            whole = False
        if not whole:
            raise ValueError("is not a key (44 characters of base64)")
        return value

    @field_validator("owner_code")
    @classmethod
    def fits_a_link(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]+", value.get_secret_value()):
            raise ValueError("may hold only letters, digits, - and _")
        return value

    @field_validator("timezone")
    @classmethod
    def is_a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a time zone name such as Europe/Amsterdam")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data_dir / 'samenbot.sqlite'}"

    @property
    def key_file(self) -> Path:
        return self.data_dir / "samenbot.key"


def value_of(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def load_settings(**given: object) -> Settings:
    """Read the environment. Raises SettingsFault; a fault line never repeats the value itself."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks what is given here
    except UnicodeDecodeError:
        raise SettingsFault([".env: is not text in UTF-8"]) from None
    except ValidationError as error:
        raise SettingsFault(
            [
                f"SAMENBOT_{'_'.join(str(part) for part in fault['loc']).upper()}: "
                f"{fault['msg'].removeprefix('Value error, ')}"
                for fault in error.errors(include_input=False)
            ]
        ) from None


def unknown_settings() -> list[str]:
    """Variables that look like settings and are none: a typing error, or another version's."""
    known = {f"SAMENBOT_{name.upper()}" for name in Settings.model_fields}
    return sorted(name for name in os.environ if name.startswith("SAMENBOT_") and name.upper() not in known)
