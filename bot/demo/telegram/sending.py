"""Methods by which the bot says something new (Bot API, "sendMessage", "sendDocument", …)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.entities import CAPTION, TEXT, TEXT_LIMIT, formatted, units
from bot.demo.telegram.files import PHOTO_LIMIT, UPLOAD_LIMIT, StoredFile, UploadedFile, photo_sizes
from bot.demo.telegram.gatherings import Gatherings
from bot.demo.telegram.keyboards import any_keyboard
from bot.demo.telegram.wire import ApiError, Object, Params, bad_request, word

Method = Callable[[Gatherings, Params], Any]

ALBUM = range(2, 11)
ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note".split()
)


def target(telegram: Gatherings, params: Params) -> Chat:
    """The chat to write in. Raises ApiError 400 (never met, moved), 403 (blocked, kicked, not a member)."""
    chat = telegram.reach(params.text("chat_id"))
    thread = params.integer("message_thread_id")
    if thread and thread not in chat.topics:  # thread 1 (General) is never among them: sending there fails
        raise bad_request("message thread not found")
    if chat.type == "channel" and not telegram.bot_in(chat).admin:
        raise bad_request("need administrator rights in the channel chat")
    return chat


def count(telegram: Gatherings, chat: Chat, messages: int = 1) -> None:
    """Counts messages against the limits. Raises ApiError 429 with retry_after in seconds."""
    seconds = telegram.meter.take(chat.id, group=not chat.private, messages=messages)
    if seconds:
        raise ApiError(429, f"retry after {seconds}", retry_after=seconds)


def preview(params: Params) -> Object:
    """The link_preview_options of a text, where there are any."""
    asked = Params(params.object("link_preview_options") or {}, {})
    names = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
    chosen: Object = {name: True for name in names if asked.flag(name)}
    if asked.text("url"):
        chosen["url"] = asked.text("url")
    return {"link_preview_options": chosen} if chosen else {}


def send_message(telegram: Gatherings, params: Params) -> Object:
    chat = target(telegram, params)
    text, entities = formatted(params, TEXT)
    if not text:
        raise bad_request("message text is empty")
    fields: Object = {"text": text, **preview(params)}
    if entities:
        fields["entities"] = entities
    return _send(telegram, params, chat, fields)


def send_document(telegram: Gatherings, params: Params) -> Object:
    return _send_file(telegram, params, "document")


def send_photo(telegram: Gatherings, params: Params) -> Object:
    return _send_file(telegram, params, "photo")


def send_voice(telegram: Gatherings, params: Params) -> Object:
    return _send_file(telegram, params, "voice")


def send_media_group(telegram: Gatherings, params: Params) -> list[Object]:
    """An album of pictures or documents: one message each, held together by media_group_id."""
    chat = target(telegram, params)
    media = params.array("media") or []
    if len(media) not in ALBUM:
        raise bad_request("can't parse InputMedia: expected from 2 to 10 media")
    album = {"media_group_id": str(13_000_000_000_000_000 + telegram.number())}
    contents = []
    for item in media:
        if not isinstance(item, dict) or word(item.get("type")) not in {"photo", "document"}:
            raise bad_request("can't parse InputMedia: type must be non-empty")
        inner = Params(item, params.files)
        contents.append({**album, **_media(telegram, inner, item["type"], "media"), **_caption(inner)})
    count(telegram, chat, len(contents))
    return [telegram.post(chat, fields, sender=telegram.bot, by_bot=True) for fields in contents]


def send_chat_action(telegram: Gatherings, params: Params) -> bool:
    target(telegram, params)
    if params.text("action").lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _send_file(telegram: Gatherings, params: Params, kind: str) -> Object:
    chat = target(telegram, params)
    return _send(telegram, params, chat, {**_media(telegram, params, kind, kind), **_caption(params)})


def _send(telegram: Gatherings, params: Params, chat: Chat, fields: Object) -> Object:
    inline, other = any_keyboard(params)
    answered = _answered(params, chat)
    if answered is not None:
        fields = {"reply_to_message": telegram.quoted(answered), **fields}
    if params.has("message_thread_id"):
        fields |= {"message_thread_id": params.integer("message_thread_id"), "is_topic_message": True}
    if inline is not None:
        fields["reply_markup"] = inline
    if params.flag("protect_content"):
        fields["has_protected_content"] = True
    count(telegram, chat)
    channel = chat if chat.type == "channel" else None
    sender = None if channel else telegram.bot
    return telegram.post(chat, fields, sender=sender, sender_chat=channel, by_bot=True, markup=other)


def _answered(params: Params, chat: Chat) -> Object | None:
    """The message that is answered. Raises ApiError 400 where it is gone and that is not allowed."""
    reply = params.object("reply_parameters")
    if reply is None:
        if not params.has("reply_to_message_id"):
            return None
        reply = {"message_id": params.raw["reply_to_message_id"]}
        reply["allow_sending_without_reply"] = params.flag("allow_sending_without_reply")
    inner = Params(reply, {})
    entry = chat.entry(inner.integer("message_id"))
    elsewhere = inner.has("chat_id") and inner.text("chat_id") != str(chat.id)
    if entry is None or elsewhere:
        if inner.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    quote = inner.text("quote")
    if quote and (units(quote) > TEXT_LIMIT // 4 or quote not in entry.message.get("text", "")):
        raise bad_request("QUOTE_TEXT_INVALID")
    return entry.message


def _caption(params: Params) -> Object:
    caption, entities = formatted(params, CAPTION)
    fields: Object = {"caption": caption} if caption else {}
    if entities:
        fields["caption_entities"] = entities
    return fields


def _media(telegram: Gatherings, params: Params, kind: str, name: str) -> Object:
    """The file's part of a message. A file that was sent before may be named by its file_id."""
    value = params.text(name)
    upload = params.files.get(name)
    if upload is None and value.startswith("attach://"):
        upload = params.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
    if upload is None:
        return _known_file(telegram, params, kind, value)
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413)
    return _new_file(telegram, params, kind, upload)


def _known_file(telegram: Gatherings, params: Params, kind: str, value: str) -> Object:
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):  # this Telegram fetches nothing from anywhere
        raise bad_request("failed to get HTTP URL content")
    stored = telegram.files.find(value)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if kind == "photo":
        return _new_file(telegram, params, kind, UploadedFile(stored.name, stored.content, stored.media_type))
    return {kind: _described(stored, params, kind)}


def _new_file(telegram: Gatherings, params: Params, kind: str, upload: UploadedFile) -> Object:
    if kind == "photo":
        if len(upload.content) > PHOTO_LIMIT:
            raise bad_request("file is too big for a photo")
        try:
            return {"photo": photo_sizes(telegram.files, upload)}
        except ValueError:
            raise bad_request("IMAGE_PROCESS_FAILED") from None
    folder = "voice" if kind == "voice" else "documents"
    return {kind: _described(telegram.files.keep(upload, folder), params, kind)}


def _described(stored: StoredFile, params: Params, kind: str) -> Object:
    fields: Object = {**stored.reference(), "mime_type": stored.media_type}
    if kind == "voice":
        return {**fields, "duration": params.integer("duration")}
    return {**fields, "file_name": stored.name}


METHODS: dict[str, Method] = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendvoice": send_voice,
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
}
