"""A real python-telegram-bot talks to the local Telegram: in memory, and over HTTP."""

import base64
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.request import HTTPXRequest

from bot.demo.telegram import LocalTelegram, Toast
from bot.demo.telegram.files import grey_png
from bot.network import Network, NotSent
from tests.botapi import faults
from tests.memory_request import MemoryRequest
from tests.served import served

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])


@pytest.fixture
def asked():
    """Every request that was made: (method, faults)."""
    return []


@pytest.fixture
def local(asked):
    return LocalTelegram(
        lambda: NOW, observer=lambda method, params: asked.append((method, faults(method, params)))
    )


@pytest.fixture
async def over_http(local):
    async with served(local) as url:
        yield url


@pytest.fixture(params=["memory", "http", "own network"])
async def bot(request, local):
    """The library's own way over HTTP, and both of ours: what goes one way goes every way."""
    async with AsyncExitStack() as stack:
        ways = {"memory": lambda: MemoryRequest(local), "http": HTTPXRequest, "own network": Network}
        url = "http://local"
        if request.param != "memory":
            url = await stack.enter_async_context(served(local))
        way = ways[request.param]
        made = Bot(
            local.token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=way(),
            get_updates_request=way(),
        )
        yield await stack.enter_async_context(made)


async def test_a_conversation(bot, local, asked):
    anna = local.person("Anna", "nl")
    local.say(anna, None, "/start 🏟 https://x.nl")
    (update,) = await bot.get_updates(timeout=5, allowed_updates=["message", "callback_query"])
    assert update.message.from_user.language_code == "nl"
    assert update.message.parse_entity(update.message.entities[1]) == "https://x.nl"
    reply = ReplyParameters(update.message.message_id)
    sent = await bot.send_message(
        anna.id, "<b>Dag</b> &amp; welkom", parse_mode="HTML", reply_markup=BUTTONS, reply_parameters=reply
    )
    assert (sent.text_html, sent.reply_to_message.text) == (
        "<b>Dag</b> &amp; welkom",
        "/start 🏟 https://x.nl",
    )
    press = local.press(anna, None, sent.message_id, "Ja")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    await update.callback_query.answer("Fijn")
    await update.callback_query.edit_message_text("klaar")
    assert await press == Toast("Fijn")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await update.callback_query.edit_message_text("klaar")
    assert [m["text"] for m in local.history(anna)][1:] == ["klaar"]
    assert {method for method, _ in asked} >= {"getMe", "getUpdates", "sendMessage", "answerCallbackQuery"}
    assert all(found == [] for _, found in asked), asked


async def test_files(bot, local, asked):
    anna = local.person("Anna")
    local.say(anna, None, "/start")
    sent = await bot.send_document(
        anna.id, b"%PDF", filename="plan é.pdf", caption="<i>plan</i>", parse_mode="HTML"
    )
    assert (sent.document.file_name, sent.caption) == ("plan é.pdf", "plan")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF"
    photo = await bot.send_photo(anna.id, grey_png(20, 10))
    assert photo.photo[-1].width == 20
    album = await bot.send_media_group(
        anna.id, [InputMediaDocument(b"a", filename="a.txt"), InputMediaDocument(b"b")]
    )
    assert album[0].media_group_id == album[1].media_group_id
    voice = await bot.send_voice(anna.id, b"OggS", duration=2)
    assert voice.voice.duration == timedelta(seconds=2)
    assert all(found == [] for _, found in asked), asked


async def test_refusals_are_the_exceptions_that_bots_know(bot, local):
    anna = local.person("Anna")
    local.say(anna, None, "/start")
    group = local.group("Welkom", anna, with_bot=True)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")
    local.block_bot(anna)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "x")
    new = local.upgrade_to_supergroup(group)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "x")
    assert moved.value.new_chat_id == new.id
    for _ in range(5):
        await bot.send_message(new.id, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(new.id, "x")
    local.fail_next("getMe", 502)
    with pytest.raises(NetworkError):
        await bot.get_me()
    await bot.set_webhook("https://example.org/x")
    with pytest.raises(Conflict):
        await bot.get_updates()


async def test_lost_connections_look_alike(bot, local):
    anna = local.person("Anna")
    local.say(anna, None, "/start")
    local.drop_connection("sendMessage", after_taking=True)
    with pytest.raises(NetworkError) as lost:
        await bot.send_message(anna.id, "x")
    assert not isinstance(lost.value, NotSent)
    assert len(local.history(anna)) == 2
    local.down = True
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "x")
    local.down = False
    await bot.send_message(anna.id, "x")
    assert len(local.history(anna)) == 3


async def test_a_wrong_token(local):
    with pytest.raises(InvalidToken):
        await Bot("12:wrong", request=MemoryRequest(local)).initialize()


async def test_an_unreachable_telegram_in_memory_is_never_connected(local):
    local.down = True
    with pytest.raises(NotSent):
        await Bot(local.token, request=MemoryRequest(local)).get_me()


async def test_too_much_at_once(over_http, local, monkeypatch):
    monkeypatch.setattr("bot.demo.telegram.http.BODY_LIMIT", 100_000)
    async with httpx.AsyncClient(base_url=over_http) as http:
        answer = await http.post(f"/bot{local.token}/getMe", content=b"x" * 1_000_000)
    assert (answer.status_code, answer.json()["description"]) == (413, "Request Entity Too Large")


async def test_every_way_to_write_a_request(over_http, local):
    anna = local.person("Anna")
    local.say(anna, None, "/start")
    path = f"/bot{local.token}/sendMessage"
    async with httpx.AsyncClient(base_url=over_http) as http:
        plain = {"chat_id": str(anna.id), "text": "é & <b>"}
        answers = [
            await http.get(path, params=plain),
            await http.post(path, data=plain),
            await http.post(path, json={"chat_id": anna.id, "text": "é & <b>"}),
            await http.post(path, data=plain, files={"unused": ("a.txt", b"x")}),
            await http.post(path.lower().replace(local.token.lower(), local.token), data=plain),
        ]
        assert [a.json()["result"]["text"] for a in answers] == ["é & <b>"] * 5
        assert (
            await http.post(path, content=b"{", headers={"content-type": "application/json"})
        ).status_code == 400
        assert (await http.get(f"/bot{local.token}/nothing")).json()["error_code"] == 404
        assert (await http.get("/elsewhere")).status_code == 404
        assert (await http.get(f"/file/bot{local.token}/documents/none")).status_code == 404


async def test_people_are_played_from_another_process(over_http, local):
    async with httpx.AsyncClient(base_url=f"{over_http}/control/") as http:

        async def play(verb: str, **how):
            answer = await http.post(verb, json=how)
            return answer.json().get("result", answer.json().get("error"))

        anna = (await play("person", first_name="Anna", language="nl"))["id"]
        bas = (await play("person", first_name="Bas"))["id"]
        group = (await play("group", title="Welkom", creator=anna, members=[bas]))["id"]
        await play("add_bot", group=group, by=anna)
        await play("say", account=anna, text="/start")
        await play("send_file", account=anna, name="a.pdf", content=base64.b64encode(b"%PDF").decode())
        assert await play("flood", account=anna, chat=group, text="/x@samenbot", times=50) == 2 + 2 + 50
        assert (await play("counters"))["waiting"] == 54
        assert [m.get("text") for m in await play("history", chat=anna)] == ["/start", None]
        assert "not one's own chat" in await play("say", account=bas, chat=anna, text="x")
        start = (await play("history", chat=anna))[0]["message_id"]
        assert "no button" in await play("press", account=anna, chat=anna, message_id=start, row="Ja")
        assert (await play("upgrade_to_supergroup", group=group))["type"] == "supergroup"
        await play("limits")
        await play("down")
        for path in ("bot{}/getMe", "file/bot{}/documents/file_1.pdf"):
            with pytest.raises(httpx.RemoteProtocolError):
                await http.post(f"{over_http}/{path.format(local.token)}")
        await play("reset_faults")
        assert (await http.post(f"{over_http}/bot{local.token}/getMe")).status_code == 200
        assert await play("clock", at="2026-12-01T09:00:00+01:00") == "NotPossible: the clock is not ours"
        assert (await http.post("counters", content=b"{}")).status_code == 403
        assert (await http.post("counters", json={}, headers={"host": "evil.example"})).status_code == 403
