"""The command menu and what the bot says about itself (Bot API, "setMyCommands", "BotCommandScope")."""

from __future__ import annotations

import re

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.people import Account
from bot.demo.telegram.wire import Object, Params, bad_request, word

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
MOST_COMMANDS = 100
DESCRIPTION_LIMITS = {"description": 512, "short_description": 120}

Scope = tuple[str, str, int]
"""Type, chat id as text ('' for none), user id (0 for none)."""


class Menus:
    """Commands by scope and language, descriptions by language ('' is for everybody else)."""

    def __init__(self) -> None:
        self.commands: dict[tuple[Scope, str], list[Object]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.buttons: dict[str, Object] = {}

    def set_commands(self, params: Params) -> bool:
        scope, language = _scope(params), _language(params)
        commands = params.array("commands")
        if commands is None:
            raise bad_request("can't parse list of bot commands JSON object")
        if len(commands) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            _check(command)
        self.commands[scope, language] = [{**c, "command": c["command"].lstrip("/")} for c in commands]
        return True

    def get_commands(self, params: Params) -> list[Object]:
        return self.commands.get((_scope(params), _language(params)), [])

    def delete_commands(self, params: Params) -> bool:
        self.commands.pop((_scope(params), _language(params)), None)
        return True

    def set_description(self, params: Params, name: str) -> bool:
        text = params.text(name)
        if len(text) > DESCRIPTION_LIMITS[name]:
            raise bad_request(f"{'ABOUT' if name == 'short_description' else 'DESCRIPTION'}_TOO_LONG")
        self.descriptions[name, _language(params)] = text
        return True

    def get_description(self, params: Params, name: str) -> Object:
        text = self.descriptions.get((name, _language(params)))
        return {name: self.descriptions.get((name, ""), "") if text is None else text}

    def set_button(self, params: Params) -> bool:
        button = params.object("menu_button") or {"type": "default"}
        if word(button.get("type")) not in {"default", "commands", "web_app"}:
            raise bad_request("can't parse menu button: Unsupported type specified")
        if button["type"] == "web_app":  # no page of a bot is opened here
            raise bad_request("BUTTON_URL_INVALID")
        self.buttons[params.text("chat_id")] = {"type": button["type"]}
        return True

    def get_button(self, params: Params) -> Object:
        return self.buttons.get(params.text("chat_id")) or self.buttons.get("") or {"type": "commands"}

    def seen_by(self, account: Account, chat: Chat) -> list[Object]:
        """The commands that an app offers to this person in this chat ("Determining list of commands")."""
        here = str(chat.id)
        scopes: list[Scope] = [("chat", here, 0), ("all_private_chats", "", 0)]
        if not chat.private:
            admin = chat.member(account.id).admin
            scopes = [("chat_member", here, account.id)]
            scopes += [("chat_administrators", here, 0)] if admin else []
            scopes += [("chat", here, 0)]
            scopes += [("all_chat_administrators", "", 0)] if admin else []
            scopes += [("all_group_chats", "", 0)]
        scopes.append(("default", "", 0))
        language = (account.language_code or "")[:2]
        for scope in scopes:
            for spoken in (language, ""):
                if self.commands.get((scope, spoken)):
                    return self.commands[scope, spoken]
        return []


def _scope(params: Params) -> Scope:
    scope = params.object("scope") or {"type": "default"}
    kind = word(scope.get("type"))
    if kind in _PLAIN_SCOPES:
        return kind, "", 0
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: chat_id is empty")
    return kind, str(scope["chat_id"]), Params(scope, {}).integer("user_id")


def _language(params: Params) -> str:
    language = params.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _check(command: object) -> None:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    if not _COMMAND.fullmatch(word(command.get("command"))):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(word(command.get("description")).strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
