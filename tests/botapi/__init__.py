"""Requests and objects, checked against the Bot API's own specification (``spec.json``).

``faults`` is for what a bot asks, ``type_faults`` and ``result_faults`` for what it gets. Each gives
a list of sentences, empty where all is well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SPEC: dict[str, Any] = json.loads(Path(__file__).with_name("spec.json").read_text(encoding="utf-8"))
METHODS: dict[str, Any] = SPEC["methods"]
TYPES: dict[str, Any] = SPEC["types"]
_BY_LOWER_NAME = {name.lower(): name for name in METHODS}


def faults(method: str, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with a request: unknown method or parameter, a required one missing, a wrong type.

    ``params`` as on the wire (text, numbers as text, objects as JSON text), decoded, or mixed; files
    among them are anything with ``content``.
    """
    name = _BY_LOWER_NAME.get(method.lower())
    if name is None:
        return [f"{method}: no such method in spec.json"]
    wire = {key: value for key, value in params.items() if not _attached(key, params)}
    return _field_faults(name, METHODS[name]["fields"], wire, wire=True)


def type_faults(type_name: str, value: Any) -> list[str]:
    """What is wrong with an object that should be of a type such as ``Message`` or ``Array of Update``."""
    return _faults(type_name, [type_name], value, wire=False)


def result_faults(method: str, result: Any) -> list[str]:
    """What is wrong with the result of a method."""
    name = _BY_LOWER_NAME[method.lower()]
    return _faults(name, METHODS[name]["returns"], result, wire=False)


def _attached(key: str, params: Mapping[str, Any]) -> bool:
    """A file part that another parameter names by attach://."""
    link = f"attach://{key}"
    return hasattr(params[key], "content") and any(isinstance(v, str) and link in v for v in params.values())


def _faults(where: str, types: list[str], value: Any, *, wire: bool) -> list[str]:
    """Faults of the type that fits best; none if one fits."""
    each = [_of_type(where, name, value, wire=wire) for name in types]
    return min(each, key=len)


def _of_type(where: str, name: str, value: Any, *, wire: bool) -> list[str]:
    if name in _PLAIN:
        return [] if _PLAIN[name](value, wire) else [f"{where}: {value!r:.80} is no {name}"]
    if wire and isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return [f"{where}: {value!r:.80} is no JSON for {name}"]
    if name.startswith("Array of "):
        if not isinstance(value, list | tuple):
            return [f"{where}: {value!r:.80} is no {name}"]
        inner = name.removeprefix("Array of ")
        return [
            f for i, item in enumerate(value) for f in _faults(f"{where}[{i}]", [inner], item, wire=False)
        ]
    if name not in TYPES:
        return [f"{where}: type {name} is not in spec.json"]
    if "subtypes" in TYPES[name]:
        return _subtype_faults(where, name, value)
    if not isinstance(value, dict):
        return [f"{where}: {value!r:.80} is no {name}"]
    return _field_faults(
        f"{where}:{name}" if name != where else where, TYPES[name]["fields"], value, wire=False
    )


def _subtype_faults(where: str, name: str, value: Any) -> list[str]:
    subtypes = TYPES[name]["subtypes"]
    told_apart = [s for s in subtypes if isinstance(value, dict) and _named(s, value)]
    if not told_apart and any(_fixed(s) for s in subtypes):
        return [f"{where}: {value!r:.80} is none of {name}"]
    return _faults(where, told_apart or subtypes, value, wire=False)


def _fixed(subtype: str) -> dict[str, str]:
    return {key: f["always"] for key, f in TYPES[subtype].get("fields", {}).items() if "always" in f}


def _named(subtype: str, value: dict[str, Any]) -> bool:
    fixed = _fixed(subtype)
    return bool(fixed) and all(value.get(key) == known for key, known in fixed.items())


def _field_faults(where: str, fields: dict[str, Any], value: Mapping[str, Any], *, wire: bool) -> list[str]:
    found = [f"{where}: unknown {key}" for key in value if key not in fields]
    for key, field in fields.items():
        if key in value:
            found += _faults(f"{where}.{key}", field["types"], value[key], wire=wire)
        elif field["required"]:
            found.append(f"{where}: {key} is missing")
    return found


def _integer(value: Any, wire: bool) -> bool:
    if isinstance(value, int):
        return not isinstance(value, bool)
    return wire and isinstance(value, str) and value.removeprefix("-").isdecimal()


def _number(value: Any, wire: bool) -> bool:
    if isinstance(value, int | float):
        return not isinstance(value, bool)
    return wire and isinstance(value, str) and value.removeprefix("-").replace(".", "", 1).isdecimal()


def _file(value: Any, wire: bool) -> bool:
    return hasattr(value, "content") or (isinstance(value, str) and value.startswith("attach://"))


_PLAIN: dict[str, Any] = {
    "String": lambda value, wire: isinstance(value, str),
    "Integer": _integer,
    "Float": _number,
    "Boolean": lambda value, wire: (
        isinstance(value, bool) or (wire and value in ("true", "false", "True", "False"))
    ),
    "InputFile": _file,
}
