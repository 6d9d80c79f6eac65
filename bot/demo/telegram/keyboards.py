"""Keyboards under messages: what the service refuses (Bot API, "InlineKeyboardButton")."""

from __future__ import annotations

from typing import Any

from bot.demo.telegram.markup import link
from bot.demo.telegram.wire import Object, Params, bad_request, word

DATA_LIMIT = 64
BUTTON_LIMIT = 100
_ACTIONS = ("url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat")
_OBJECTS = {"web_app": "url", "copy_text": "text"}
"""Actions that are objects of one text. Games, payments, logins and chosen chats are not known here."""

_STYLES = ("", "danger", "success", "primary")


def inline_keyboard(params: Params) -> Object | None:
    """The reply_markup of an edit: an InlineKeyboardMarkup, or None for none. Raises ApiError 400."""
    markup = params.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return _checked(markup)


def any_keyboard(params: Params) -> tuple[Object | None, Object | None]:
    """The reply_markup of a new message: (inline keyboard, other markup). Raises ApiError 400."""
    markup = params.object("reply_markup")
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return _checked(markup), None
    if "keyboard" in markup:
        rows = markup["keyboard"]
        if not isinstance(rows, list) or not any(rows):
            raise bad_request("can't parse reply keyboard markup JSON object")
    return None, markup


def _checked(markup: Object) -> Object | None:
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Object:
    fault = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(fault + "InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(fault + 'Can\'t find field "text"')
    actions = {name: button[name] for name in (*_ACTIONS, *_OBJECTS) if button.get(name) is not None}
    if not actions:
        raise bad_request(fault + "Text buttons are unallowed in the inline keyboard")
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    style, icon = button.get("style", ""), word(button.get("icon_custom_emoji_id"))
    if len(actions) > 1 or style not in _STYLES:
        raise bad_request("BUTTON_TYPE_INVALID")
    look = {name: value for name, value in (("style", style), ("icon_custom_emoji_id", icon)) if value}
    return {"text": text, **look, **_action(*actions.popitem())}


def _action(name: str, value: Any) -> Object:
    """What a button does, as the service keeps it."""
    if name in _OBJECTS:
        inner = word(value.get(_OBJECTS[name])) if isinstance(value, dict) else ""
        if not inner:
            raise bad_request("BUTTON_TYPE_INVALID")
        return {name: {_OBJECTS[name]: inner}}
    if name == "callback_data" and not 1 <= len(word(value).encode("utf-8", "replace")) <= DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if name == "url":
        target = link(word(value))
        if target is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        return {name: target}
    return {name: str(value)}
