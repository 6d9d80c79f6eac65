"""Methods by which the bot changes what it said (Bot API, "Updating messages", "pinChatMessage")."""

from __future__ import annotations

from bot.demo.telegram.chats import Chat, Entry
from bot.demo.telegram.entities import CAPTION, EDITED_TEXT, Formatted, formatted
from bot.demo.telegram.gatherings import Gatherings
from bot.demo.telegram.keyboards import inline_keyboard
from bot.demo.telegram.sending import Method, count, preview, target
from bot.demo.telegram.wire import Object, Params, bad_request

DELETABLE = 48 * 3600
"""Seconds for which a message may still be deleted for everybody."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


def edit_message_text(telegram: Gatherings, params: Params) -> Object:
    chat, entry = _own(telegram, params)
    text = formatted(params, EDITED_TEXT)
    if not text.text:
        raise bad_request("message text is empty")
    if "text" not in entry.message:
        raise bad_request("there is no text in the message to edit")
    changes = _changes("text", "entities", text) | preview(params)
    return _edit(telegram, params, (chat, entry), changes, "text", "entities", "link_preview_options")


def edit_message_caption(telegram: Gatherings, params: Params) -> Object:
    chat, entry = _own(telegram, params)
    caption = formatted(params, CAPTION)
    if not {"document", "photo", "voice"} & entry.message.keys():
        raise bad_request("there is no caption in the message to edit")
    changes = _changes("caption", "caption_entities", caption)
    return _edit(telegram, params, (chat, entry), changes, "caption", "caption_entities")


def edit_message_reply_markup(telegram: Gatherings, params: Params) -> Object:
    return _edit(telegram, params, _own(telegram, params), {})


def delete_message(telegram: Gatherings, params: Params) -> bool:
    """One's own messages and, in a private chat, those that came in: for 48 hours. Others' as an admin."""
    chat = telegram.reach(params.text("chat_id"), writing=False)
    entry = chat.entry(_number(params))
    if entry is None:
        raise bad_request("message to delete not found")
    _check_deletable(telegram, chat, entry)
    _delete(telegram, chat, entry)
    return True


def delete_messages(telegram: Gatherings, params: Params) -> bool:
    """Several at once; those that are not found are passed over."""
    chat = telegram.reach(params.text("chat_id"), writing=False)
    numbers = params.array("message_ids") or []
    entries = [chat.entry(number) for number in numbers if isinstance(number, int)]
    for entry in entries:
        if entry is not None:
            _check_deletable(telegram, chat, entry)
    for entry in entries:
        if entry is not None:
            _delete(telegram, chat, entry)
    return True


def pin_chat_message(telegram: Gatherings, params: Params) -> bool:
    chat = target(telegram, params)
    _check_may_pin(telegram, chat)
    entry = chat.entry(_number(params))
    if entry is None:
        raise bad_request("message to pin not found")
    if entry.message["message_id"] not in chat.pinned[-1:]:
        telegram.pin_entry(chat, entry.message, telegram.bot)
    return True


def unpin_chat_message(telegram: Gatherings, params: Params) -> bool:
    """Without a number: the message pinned last."""
    chat = target(telegram, params)
    _check_may_pin(telegram, chat)
    number = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    telegram.changed(chat.id)
    return True


def unpin_all_chat_messages(telegram: Gatherings, params: Params) -> bool:
    chat = target(telegram, params)
    _check_may_pin(telegram, chat)
    chat.pinned.clear()
    telegram.changed(chat.id)
    return True


def _number(params: Params) -> int:
    number = params.integer("message_id")
    if number <= 0:
        raise bad_request("message identifier is not specified")
    return number


def _own(telegram: Gatherings, params: Params) -> tuple[Chat, Entry]:
    """The bot's own message that is to be edited."""
    if params.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = target(telegram, params)
    entry = chat.entry(_number(params))
    if entry is None:
        raise bad_request("message to edit not found")
    if not entry.by_bot or "pinned_message" in entry.message:
        raise bad_request("message can't be edited")
    return chat, entry


def _changes(text: str, entities: str, new: Formatted) -> Object:
    changes: Object = {text: new.text} if new.text else {}
    if new.entities:
        changes[entities] = new.entities
    return changes


def _edit(
    telegram: Gatherings, params: Params, place: tuple[Chat, Entry], changes: Object, *replaced: str
) -> Object:
    """Puts ``changes`` in the place of the ``replaced`` fields; a keyboard that is not given again goes."""
    chat, entry = place
    keyboard = inline_keyboard(params)
    if keyboard is not None:
        changes["reply_markup"] = keyboard
    gone = {*replaced, "reply_markup"}
    before = {key: value for key, value in entry.message.items() if key in gone}
    if before == changes:
        raise bad_request(NOT_MODIFIED)
    count(telegram, chat)
    kept = {key: value for key, value in entry.message.items() if key not in gone}
    return telegram.revise(chat, entry, kept | changes)


def _check_deletable(telegram: Gatherings, chat: Chat, entry: Entry) -> None:
    if not chat.private and telegram.bot_in(chat).may("can_delete_messages"):
        return
    if not (entry.by_bot or chat.private):
        raise bad_request("message can't be deleted")
    if telegram.now() - entry.at > DELETABLE:
        raise bad_request("message can't be deleted for everyone")


def _delete(telegram: Gatherings, chat: Chat, entry: Entry) -> None:
    entry.deleted = True
    number = entry.message["message_id"]
    if number in chat.pinned:
        chat.pinned.remove(number)
    telegram.changed(chat.id)


def _check_may_pin(telegram: Gatherings, chat: Chat) -> None:
    if not chat.private and not telegram.bot_in(chat).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


METHODS: dict[str, Method] = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
    "unpinallchatmessages": unpin_all_chat_messages,
}
