"""Requests as the wire gives them, and refusals as the real service words them.

Bot API, "Making requests": parameters come in a query, a form (every value a string, objects as
JSON text) or a JSON body (values decoded already). Both are read here, one value at a time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.demo.telegram.files import UploadedFile

Object = dict[str, Any]
"""One object of the Bot API, such as a Message. Objects are replaced, never changed in place:
updates, results and history share them without copying."""

PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}
PREFIXES |= {413: "Request Entity Too Large", 429: "Too Many Requests", 500: "Internal Server Error"}
PREFIXES |= {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


class ApiError(Exception):
    """A refusal: HTTP status, the description after its prefix, and ResponseParameters if any."""

    def __init__(self, code: int, description: str = "", **parameters: int) -> None:
        prefix = PREFIXES.get(code, f"Error {code}")
        self.code = code
        self.description = f"{prefix}: {description}" if description else prefix
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> Object:
        """The JSON body of the answer."""
        body: Object = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(description: str) -> ApiError:
    """A 400, the answer to nearly everything a bot does wrong."""
    return ApiError(400, description)


def word(value: Any) -> str:
    """A value that should be text, '' where it is none: safe to look up in a set."""
    return value if isinstance(value, str) else ""


class Params:
    """The parameters and files of one request. Readers raise ApiError 400 on what cannot be read."""

    __slots__ = ("files", "raw")

    def __init__(self, raw: Mapping[str, Any], files: Mapping[str, UploadedFile]) -> None:
        self.raw = raw
        self.files = files

    def has(self, name: str) -> bool:
        return self.raw.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The value as text; '' if absent."""
        value = self.raw.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The value as a whole number; ``default`` if absent or, as the real service does, unreadable."""
        value = self.raw.get(name)
        if isinstance(value, int):
            return int(value)
        try:
            return int(str(value).strip())
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        value = self.raw.get(name)
        return value is True or (isinstance(value, str) and value.strip().lower() in {"true", "yes", "1"})

    def decoded(self, name: str) -> Any:
        """A JSON-encoded value, decoded; None if absent."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def object(self, name: str) -> Object | None:
        """A JSON object; None if absent."""
        value = self.decoded(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def array(self, name: str) -> list[Any] | None:
        """A JSON array; None if absent."""
        value = self.decoded(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {name.replace('_', ' ')}")
        return value
