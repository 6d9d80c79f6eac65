"""The local Telegram's messages: sending, editing, deleting, pinning."""

import json

import pytest

from bot.demo.telegram import Limits, UploadedFile
from tests.botapi import type_faults
from tests.botapi.checked import START, refusal

YES = {"text": "Ja", "callback_data": "yes"}
BUTTON = {"inline_keyboard": [[YES], [{"text": "Site", "url": "https://x.nl/a"}]]}
TWO_DAYS = 48 * 3600


@pytest.fixture
def limits():
    """As many messages as one likes: these tests are of something else."""
    return Limits.none()


@pytest.fixture
def supergroup():
    return True


# Sending


async def test_what_is_sent_comes_back_whole(api, anna):
    sent = await api(
        "sendMessage",
        chat_id=str(anna.id),
        text="<b>Dag</b> Anna",
        parse_mode="HTML",
        reply_markup=json.dumps(BUTTON),
        link_preview_options={"is_disabled": True},
    )
    assert (sent["message_id"], sent["text"], sent["date"]) == (2, "Dag Anna", int(START.timestamp()))
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert sent["reply_markup"] == BUTTON
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert sent["chat"] == {"id": anna.id, "type": "private", "first_name": "Anna", "last_name": "Bos"}
    assert type_faults("Message", {**sent, "surprise": 1}) == ["Message: unknown surprise"]


@pytest.mark.parametrize("text", ["", " ", " \n\t ", "<b> </b>"])
async def test_nothing_is_not_sent(api, anna, text):
    said = api("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")
    assert await refusal(said) == "400 Bad Request: message text is empty"


async def test_too_long_is_not_sent(api, anna):
    await api("sendMessage", chat_id=anna.id, text="<i>" + "é" * 4096 + "</i>", parse_mode="HTML")
    said = api("sendMessage", chat_id=anna.id, text="x" * 4095 + "🏟")
    assert await refusal(said) == "400 Bad Request: message is too long"
    document = UploadedFile("a.txt", b"x")
    said = api("sendDocument", chat_id=anna.id, document=document, caption="x" * 1025)
    assert await refusal(said) == "400 Bad Request: message caption is too long"


@pytest.mark.parametrize(
    "buttons,fault",
    [
        ([[{"text": "x", "callback_data": "é" * 33}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": "x" * 65}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[{"text": " ", "callback_data": "x"}]], "BUTTON_TEXT_INVALID"),
        ([[{"text": "x", "callback_data": "x", "url": "https://x.nl"}]], "BUTTON_TYPE_INVALID"),
        ([[{"text": "x", "url": "geen"}]], "inline keyboard button URL 'geen' is invalid: Wrong HTTP URL"),
        ([[YES]] * 101, "reply markup is too long"),
        (
            [[{"text": "x"}]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_buttons_that_are_refused(api, anna, buttons, fault):
    said = api("sendMessage", chat_id=anna.id, text="x", reply_markup={"inline_keyboard": buttons})
    assert await refusal(said) == f"400 Bad Request: {fault}"


async def test_buttons_at_the_limit_and_other_keyboards(telegram, api, anna):
    just = {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 32}]]}
    assert (await api("sendMessage", chat_id=anna.id, text="x", reply_markup=just))["reply_markup"] == just
    keyboard = {"keyboard": [[{"text": "Ja"}]]}
    assert "reply_markup" not in await api("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard)
    assert telegram.history(anna)[-1]["keyboard"] == keyboard


async def test_answering_a_message_that_is_gone(telegram, api, anna):
    first = telegram.say(anna, None, "vraag")
    reply = {"message_id": first["message_id"]}
    answer = await api("sendMessage", chat_id=anna.id, text="x", reply_parameters=reply)
    assert answer["reply_to_message"]["text"] == "vraag"
    telegram.erase(anna, first)
    said = api("sendMessage", chat_id=anna.id, text="x", reply_parameters=reply)
    assert await refusal(said) == "400 Bad Request: message to be replied not found"
    reply["allow_sending_without_reply"] = True
    assert "reply_to_message" not in await api(
        "sendMessage", chat_id=anna.id, text="x", reply_parameters=reply
    )


async def test_topics(telegram, api, anna, group):
    said = api("sendMessage", chat_id=group.id, text="x", message_thread_id=5)
    assert await refusal(said) == "400 Bad Request: message thread not found"
    telegram.say(anna, group, "/x@samenbot", thread=5)
    assert (await api("sendMessage", chat_id=group.id, text="x", message_thread_id=5))["is_topic_message"]
    said = api("sendMessage", chat_id=group.id, text="x", message_thread_id=1)
    assert await refusal(said) == "400 Bad Request: message thread not found"


async def test_long_words_of_people_come_in_pieces(telegram, api, anna):
    telegram.say(anna, None, "woord " * 1000)
    texts = await api.texts()
    assert len(texts) == 2
    assert " ".join(texts) == ("woord " * 1000).strip()


# Changing


async def test_editing(telegram, api, time, anna):
    sent = await api("sendMessage", chat_id=anna.id, text="een", reply_markup=BUTTON)
    here = {"chat_id": anna.id, "message_id": sent["message_id"]}
    time.seconds = 3 * TWO_DAYS
    again = api("editMessageText", **here, text="een", reply_markup=BUTTON)
    assert (await refusal(again)).startswith(
        "400 Bad Request: message is not modified: specified new message content"
    )
    edited = await api("editMessageText", **here, text="een")
    assert "reply_markup" not in edited
    assert edited["edit_date"] == sent["date"] + 3 * TWO_DAYS
    assert "reply_markup" in await api("editMessageReplyMarkup", **here, reply_markup=BUTTON)
    assert "reply_markup" not in await api("editMessageReplyMarkup", **here)
    assert (await refusal(api("editMessageReplyMarkup", **here))).startswith(
        "400 Bad Request: message is not modified"
    )
    shown = telegram.history(anna)[-1]
    assert (shown["text"], shown["edited"], shown["deleted"]) == ("een", True, False)
    assert "edit_date" not in sent


async def test_what_cannot_be_edited(telegram, api, anna):
    async def edit(message_id: int) -> str:
        return await refusal(api("editMessageText", chat_id=anna.id, message_id=message_id, text="x"))

    theirs = telegram.say(anna, None, "van mij")
    file = await api("sendDocument", chat_id=anna.id, document=UploadedFile("a.txt", b"x"))
    gone = await api("sendMessage", chat_id=anna.id, text="weg")
    telegram.erase(anna, gone)
    assert await edit(999) == "400 Bad Request: message to edit not found"
    assert await edit(gone["message_id"]) == "400 Bad Request: message to edit not found"
    assert await edit(theirs["message_id"]) == "400 Bad Request: message can't be edited"
    assert await edit(file["message_id"]) == "400 Bad Request: there is no text in the message to edit"


async def test_deleting(telegram, api, time, anna, bas, group):
    async def delete(message) -> None:
        where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        assert await api("deleteMessage", **where) is True

    own = await api("sendMessage", chat_id=group.id, text="x")
    await delete(own)
    assert await refusal(delete(own)) == "400 Bad Request: message to delete not found"
    assert telegram.history(group)[-1].get("text") is None
    assert telegram.history(group, deleted=True)[-1]["deleted"]
    await delete(telegram.say(anna, None, "een brief"))
    theirs = telegram.say(bas, group, "hoi")
    assert await refusal(delete(theirs)) == "400 Bad Request: message can't be deleted"
    telegram.make_admin(group)
    await delete(theirs)
    old = telegram.say(anna, None, "oud")
    time.seconds = TWO_DAYS + 1
    assert await refusal(delete(old)) == "400 Bad Request: message can't be deleted for everyone"


async def test_pinning_needs_a_right_and_is_told_to_the_bot_itself(telegram, api, group):
    board = await api("sendMessage", chat_id=group.id, text="bord")
    here = {"chat_id": group.id, "message_id": board["message_id"]}
    refused = "400 Bad Request: not enough rights to manage pinned messages in the chat"
    assert await refusal(api("pinChatMessage", **here)) == refused
    telegram.make_admin(group, can_pin_messages=False)
    assert await refusal(api("pinChatMessage", **here)) == refused
    telegram.make_admin(group)
    await api.updates()
    await api("pinChatMessage", **here, disable_notification=True)
    (service,) = await api.updates()
    assert service["message"]["from"]["username"] == "samenbot"
    assert service["message"]["pinned_message"]["text"] == "bord"
    assert telegram.pinned(group)["text"] == "bord"
    assert (await api("getChat", chat_id=group.id))["pinned_message"]["text"] == "bord"
    await api("unpinChatMessage", **here)
    assert telegram.pinned(group) is None
    assert (
        await refusal(api("unpinChatMessage", chat_id=group.id))
        == "400 Bad Request: message to unpin not found"
    )
