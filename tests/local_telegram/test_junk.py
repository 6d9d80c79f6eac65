"""Whatever a bot sends, the local Telegram answers it: with a result, or as the real service refuses."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.telegram import Limits, LocalTelegram
from bot.demo.telegram.files import grey_png
from tests.botapi import METHODS, TYPES, faults, result_faults, type_faults

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ODD = st.sampled_from(
    [None, True, -1, 0, 1, 2, "", " ", "--5", "@x", "5", "<b>", "\ud800", [], [[]], {}, {"type": []}]
)
ODD_URL = [[{"text": "x", "url": []}]]
ODD_STYLE = [[{"text": "x", "url": "x.nl", "style": []}]]
WORDS = st.sampled_from(
    ["5", "x", "<b>x</b>", "x" * 300, "typing", "nl", "HTML", "https://x.nl", "/taken", "photo"]
)


def shaped(types: list[str], depth: int) -> st.SearchStrategy[Any]:
    """Values that look as a type should, with something odd in their places now and then."""
    return st.one_of([_of_type(name, depth) for name in types] + ([ODD] if depth < 3 else []))


def _of_type(name: str, depth: int) -> st.SearchStrategy[Any]:
    if name.startswith("Array of "):
        return st.lists(_of_type(name.removeprefix("Array of "), depth), max_size=2)
    kind = TYPES.get(name)
    if kind is None or not depth:
        return {"String": WORDS, "Integer": st.integers(-3, 6), "Boolean": st.booleans()}.get(name, ODD)
    if "subtypes" in kind:
        return st.one_of([_of_type(subtype, depth) for subtype in kind["subtypes"]])
    return _fields(kind["fields"], depth - 1)


def _fields(fields: dict[str, Any], depth: int) -> st.SearchStrategy[dict[str, Any]]:
    known = {
        name: st.just(f["always"]) if "always" in f else shaped(f["types"], depth)
        for name, f in fields.items()
    }
    needed = {name: known.pop(name) for name, f in fields.items() if f["required"]}
    return st.fixed_dictionaries(needed, optional=known)


REQUESTS = {
    name: _fields(METHODS[name]["fields"], 3) for name in sorted(METHODS.keys() - {"logOut", "close"})
}


@pytest.mark.parametrize("method", REQUESTS)
@settings(max_examples=15)
@given(data=st.data())
def test_no_request_breaks_the_service(method, data):
    telegram = LocalTelegram(lambda: NOW, limits=Limits.none())
    anna = telegram.person("Anna", user_id=5)
    telegram.say(anna, None, "/start")
    telegram.send_photo(anna, None, grey_png(2, 2))
    params = data.draw(REQUESTS[method])
    params |= {"timeout": 0} if method == "getUpdates" else {}
    params |= (
        {"chat_id": data.draw(st.sampled_from([5, "5", 6]))} if "chat_id" in METHODS[method]["fields"] else {}
    )
    as_form = data.draw(st.booleans())
    wire = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()} if as_form else params
    faults(method, wire)  # the checker itself may not break either
    status, body = asyncio.run(telegram.call(telegram.token, method, wire))
    assert status in {200, 400, 403}
    assert body["ok"] == (status == 200)
    if body["ok"]:
        assert result_faults(method, body["result"]) == []
    for message in telegram.history(anna):
        plain = {key: value for key, value in message.items() if key not in {"deleted", "edited", "keyboard"}}
        assert type_faults("Message", plain) == []


@pytest.mark.parametrize(
    "method,params",
    [
        ("sendMessage", {"chat_id": "--5", "text": "x"}),
        ("sendMessage", {"chat_id": 5, "text": "x", "entities": [{"type": []}]}),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": ODD_URL}}),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": ODD_STYLE}}),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": "[]"}),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": "{"}),
        ("setMyCommands", {"commands": [], "scope": {"type": []}}),
        ("setMyCommands", {"commands": [{"command": 5, "description": "x"}]}),
        ("sendMediaGroup", {"chat_id": 5, "media": [{"type": []}] * 2}),
        ("setChatMenuButton", {"menu_button": {"type": []}}),
    ],
)
async def test_odd_values_in_odd_places_are_refused(method, params):
    telegram = LocalTelegram(lambda: NOW)
    telegram.say(telegram.person("Anna", user_id=5), None, "/start")
    status, body = await telegram.call(telegram.token, method, params)
    assert (status, body["ok"]) == (400, False)
