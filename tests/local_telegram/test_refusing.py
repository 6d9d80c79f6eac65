"""The local Telegram says no: limits on sending (https://core.telegram.org/bots/faq), failures on order."""

import asyncio
import json
from urllib.parse import urlencode

import httpx
import pytest

from bot.demo.telegram import ConnectionDropped, Limits, Unreachable, UploadedFile
from tests.botapi.checked import Refused, refusal
from tests.served import served

# Limits


async def test_a_group_takes_twenty_messages_a_minute(telegram, api, time, group):
    for _ in range(20):
        await api("sendMessage", chat_id=group.id, text="x")
        time.seconds += 1
    with pytest.raises(Refused) as refused:
        await api("sendMessage", chat_id=group.id, text="x")
    assert refused.value.code == 429
    assert refused.value.text == "Too Many Requests: retry after 40"
    assert refused.value.parameters == {"retry_after": 40}
    time.seconds += 40
    await api("sendMessage", chat_id=group.id, text="x")


async def test_one_chat_takes_a_short_burst_and_then_one_a_second(api, time, anna):
    sent = [await api("sendMessage", chat_id=anna.id, text="x") for _ in range(5)]
    edit = api("editMessageText", chat_id=anna.id, message_id=sent[0]["message_id"], text="y")
    assert await refusal(edit) == "429 Too Many Requests: retry after 1"
    time.seconds += 1
    await api("sendMessage", chat_id=anna.id, text="x")
    assert (await refusal(api("sendMessage", chat_id=anna.id, text="x"))).startswith("429")


async def test_thirty_a_second_in_all(telegram, api, time):
    people = [telegram.person(f"P{i}") for i in range(31)]
    for person in people:
        telegram.say(person, None, "/start")
    for person in people[:30]:
        await api("sendMessage", chat_id=person.id, text="x")
    late = people[30].id
    assert (await refusal(api("sendMessage", chat_id=late, text="x"))).startswith("429")
    time.seconds += 1
    await api("sendMessage", chat_id=late, text="x")
    telegram.meter.set(Limits.none())
    for _ in range(100):
        await api("sendMessage", chat_id=late, text="x")


async def test_an_album_is_taken_whole_or_not_at_all(api, time, group, anna):
    """What is refused does not count: else a bot that tries again would never get through."""

    async def album(chat, size):
        file = UploadedFile("a.txt", b"x", "text/plain")
        media = json.dumps([{"type": "document", "media": "attach://f"}] * size)
        return await api("sendMediaGroup", chat_id=chat.id, media=media, f=file)

    for _ in range(13):
        await api("sendMessage", chat_id=group.id, text="x")
        time.seconds += 2
    assert await refusal(album(group, 8)) == "429 Too Many Requests: retry after 34"
    assert len(await album(group, 5)) == 5
    time.seconds += 34
    assert await refusal(album(group, 8)) == "429 Too Many Requests: retry after 10"
    time.seconds += 10
    assert len(await album(group, 8)) == 8

    assert len(await album(anna, 3)) == 3
    assert await refusal(album(anna, 3)) == "429 Too Many Requests: retry after 1"
    assert len(await album(anna, 2)) == 2
    time.seconds += 60
    assert len(await album(anna, 10)) == 10, "more than a burst goes to a chat that rested"
    assert (
        await refusal(api("sendMessage", chat_id=anna.id, text="x")) == "429 Too Many Requests: retry after 6"
    )


# Failures on order


async def test_half_a_request_is_none(telegram, anna):
    """A bot that is killed while it sends: what arrived by then is not taken for all it had to say."""
    body = urlencode({"chat_id": anna.id, "text": "Ik kom niet. " * 9}).encode()
    async with served(telegram) as url:
        host, port = url.removeprefix("http://").split(":")
        head = f"POST /bot{telegram.token}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(head.encode() + body[:40])
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
        await writer.wait_closed()
        async with httpx.AsyncClient() as client:
            await client.get(f"{url}/bot{telegram.token}/getMe")
    assert not telegram.calls["sendMessage"]
    assert [m["text"] for m in telegram.history(anna)] == ["/start"]


async def test_failures_come_as_ordered_and_then_stop(telegram, api, anna):
    telegram.fail_next("sendMessage", 502, times=2)
    assert (await api("getMe"))["username"] == "samenbot"
    for _ in range(2):
        assert await refusal(api("sendMessage", chat_id=anna.id, text="x")) == "502 Bad Gateway"
    await api("sendMessage", chat_id=anna.id, text="x")
    telegram.fail_next(status=429, retry_after=3)
    with pytest.raises(Refused) as refused:
        await api("getMe")
    assert refused.value.parameters == {"retry_after": 3}


async def test_a_dropped_connection_before_and_after_the_message_was_taken(telegram, api, anna):
    for after, heard in ((False, 1), (True, 2)):
        telegram.drop_connection("sendMessage", after_taking=after)
        with pytest.raises(ConnectionDropped):
            await api("sendMessage", chat_id=anna.id, text="x")
        assert len(telegram.history(anna)) == heard
    telegram.down = True
    with pytest.raises(Unreachable):
        await api("getMe")
    telegram.down = False
    await api("getMe")


async def test_latency(telegram, api):
    telegram.latency(0.02)
    begun = asyncio.get_running_loop().time()
    await api("getMe")
    assert asyncio.get_running_loop().time() - begun >= 0.019


async def test_wrong_tokens_and_methods(telegram):
    for token, method, code, text in (
        ("12:wrong", "getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 404, "Not Found"),
        (telegram.token, "getNothing", 404, "Not Found: method not found"),
    ):
        status, body = await telegram.call(token, method, {})
        assert (status, body["description"]) == (code, text)


async def test_polling_with_a_webhook_is_409(api):
    await api("setWebhook", url="https://example.org/x")
    assert (await refusal(api("getUpdates"))).startswith(
        "409 Conflict: can't use getUpdates method while webhook"
    )
    assert (await api("getWebhookInfo"))["url"] == "https://example.org/x"
    await api("deleteWebhook")
    assert await api("getUpdates") == []
