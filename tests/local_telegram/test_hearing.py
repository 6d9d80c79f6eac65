"""The local Telegram does what the real one does: who hears what, who can be reached, how chats change.

Source: https://core.telegram.org/bots/api, /bots/features#privacy-mode.
"""

import asyncio

import pytest

from bot.demo.telegram import NotPossible
from bot.demo.telegram.files import grey_png
from tests.botapi.checked import Refused, refusal

EVERYTHING = '["message","edited_message","channel_post","callback_query","my_chat_member","chat_member"]'
BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}


# Getting updates


async def test_an_update_stays_until_a_later_offset_confirms_it(telegram, api, anna):
    telegram.say(anna, None, "een")
    telegram.say(anna, None, "twee")
    first = await api("getUpdates", limit=1)
    assert [u["message"]["text"] for u in first] == ["een"]
    assert await api("getUpdates", limit=1) == first
    rest = await api("getUpdates", offset=first[0]["update_id"] + 1)
    assert [u["message"]["text"] for u in rest] == ["twee"]
    assert rest[0]["update_id"] == first[0]["update_id"] + 1
    assert telegram.waiting == 1
    assert await api("getUpdates", offset=rest[0]["update_id"] + 1) == []
    assert await telegram.consumed(0.01)


async def test_a_negative_offset_keeps_only_the_newest(telegram, api, anna):
    for text in ("een", "twee", "drie"):
        telegram.say(anna, None, text)
    assert [u["message"]["text"] for u in await api("getUpdates", offset=-2)] == ["twee", "drie"]
    assert telegram.waiting == 2


async def test_a_hundred_updates_at_most_and_one_that_comes_twice(telegram, api, anna):
    for _ in range(101):
        telegram.say(anna, None, "x")
    assert len(await api("getUpdates", limit=1000)) == 100
    await api("setWebhook", url="", drop_pending_updates=True)
    telegram.say(anna, None, "x")
    telegram.updates.repeat()
    one, again = await api.updates()
    assert one == again


async def test_a_long_poll_answers_when_something_happens(telegram, api, anna):
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    telegram.say(anna, None, "hoi")
    assert [u["message"]["text"] for u in await asyncio.wait_for(poll, 1)] == ["hoi"]


async def test_a_long_poll_ends_empty(api):
    assert await asyncio.wait_for(api.anyway("getUpdates", timeout="0"), 1) == []
    poll = asyncio.create_task(api("getUpdates", timeout=1))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(poll, 0.05)


async def test_the_older_of_two_pollers_gets_409(telegram, api, anna):
    older = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    newer = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    assert (await refusal(older)).startswith("409 Conflict: terminated by other getUpdates request")
    telegram.say(anna, None, "hoi")
    assert len(await newer) == 1


# Privacy mode


async def test_what_the_bot_hears_in_a_group(telegram, api, anna, bas, group):
    said_by_bot = await api("sendMessage", chat_id=group.id, text="Dag allemaal")
    telegram.other_bot_speaks(group, "ik ook")
    telegram.say(bas, group, "hoi")
    telegram.say(bas, group, "@samenbot hoi")
    telegram.say(bas, group, "/taken")
    telegram.say(bas, group, "/taken@otherbot")
    telegram.say(bas, group, "zie /taken@samenbot")
    telegram.say(bas, group, "/taken@SamenBot nu")
    telegram.say(bas, group, "antwoord", reply_to=said_by_bot)
    assert await api.texts() == ["/taken@SamenBot nu", "antwoord"]
    await api("sendMessage", chat_id=group.id, text="Ik was de laatste")
    telegram.say(bas, group, "zie /taken")
    telegram.say(bas, group, "/taken")
    assert await api.texts() == ["/taken"]


async def test_an_admin_bot_hears_everything(telegram, api, anna, bas, group):
    telegram.make_admin(group)
    telegram.say(bas, group, "hoi")
    assert await api.texts() == ["hoi"]


async def test_privacy_mode_off_counts_from_the_next_joining(telegram, api, anna, bas, group):
    telegram.privacy = False
    assert (await api("getMe"))["can_read_all_group_messages"]
    telegram.say(bas, group, "hoi")
    assert await api.texts() == []
    telegram.remove_bot(group, anna)
    telegram.add_bot(group, anna)
    await api.updates()
    telegram.say(bas, group, "hoi")
    assert await api.texts() == ["hoi"]


async def test_service_messages_and_edits_follow_the_same_rule(telegram, api, anna, bas, group):
    cem = telegram.person("Cem", "tr-TR")
    telegram.add_member(group, cem, by=anna)
    telegram.leave(group, cem)
    unheard = telegram.say(bas, group, "hoi")
    telegram.edit(bas, unheard, "hoi hoi")
    heard = telegram.say(bas, group, "/klaar@samenbot 3")
    telegram.edit(bas, heard, "/klaar@samenbot 4")
    kinds = [next(k for k in u if k != "update_id") for u in await api.updates()]
    assert kinds == ["message", "message", "message", "edited_message"]


# Reaching chats


async def test_whom_the_bot_cannot_reach(telegram, api, anna, bas, group):
    stranger = telegram.person("Vreemd")
    assert (
        await refusal(api("sendMessage", chat_id=stranger.id, text="x")) == "400 Bad Request: chat not found"
    )
    assert await refusal(api("sendMessage", chat_id=424242, text="x")) == "400 Bad Request: chat not found"
    await api("getChatMember", chat_id=group.id, user_id=stranger.id)  # by which the bot gets to know them
    said = api("sendMessage", chat_id=stranger.id, text="x")
    assert await refusal(said) == "403 Forbidden: bot can't initiate conversation with a user"
    telegram.say(bas, group, "/x@samenbot")
    assert (
        await refusal(api("sendMessage", chat_id=bas.id, text="x"))
        == "403 Forbidden: bot can't initiate conversation with a user"
    )
    telegram.block_bot(anna)
    assert (
        await refusal(api("sendMessage", chat_id=anna.id, text="x"))
        == "403 Forbidden: bot was blocked by the user"
    )
    telegram.unblock(anna)
    await api("sendMessage", chat_id=anna.id, text="x")
    telegram.deactivate(anna)
    assert (
        await refusal(api("sendMessage", chat_id=anna.id, text="x")) == "403 Forbidden: user is deactivated"
    )


async def test_blocking_and_unblocking_is_told(telegram, api, anna):
    telegram.block_bot(anna)
    telegram.block_bot(anna)
    telegram.open_link(anna, "https://t.me/samenbot?start=abc")
    blocked, unblocked, start = await api.updates()
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start abc"


async def test_a_group_the_bot_was_put_out_of(telegram, api, anna, group):
    telegram.remove_bot(group, anna)
    assert "left_chat_member" in (await api.updates())[-1]["message"]
    said = api("sendMessage", chat_id=group.id, text="x")
    assert await refusal(said) == "403 Forbidden: bot was kicked from the group chat"
    telegram.add_bot(group, anna)
    await api("leaveChat", chat_id=group.id)
    said = api("sendMessage", chat_id=group.id, text="x")
    assert await refusal(said) == "403 Forbidden: bot is not a member of the group chat"


async def test_a_group_becomes_a_supergroup(telegram, api, anna, bas, group):
    before = await api("sendMessage", chat_id=group.id, text="voor", reply_markup=BUTTON)
    new = telegram.upgrade_to_supergroup(group)
    old_service, new_service, membership = await api.updates()
    assert old_service["message"]["chat"]["id"] == group.id
    assert old_service["message"]["migrate_to_chat_id"] == new.id
    assert new_service["message"]["migrate_from_chat_id"] == group.id
    assert membership["my_chat_member"]["chat"]["id"] == new.id
    with pytest.raises(Refused) as moved:
        await api("editMessageText", chat_id=group.id, message_id=before["message_id"], text="na")
    assert moved.value.text == "Bad Request: group chat was upgraded to a supergroup chat"
    assert moved.value.parameters == {"migrate_to_chat_id": new.id}
    assert str(new.id).startswith("-100")
    assert (await api("sendMessage", chat_id=new.id, text="na"))["message_id"] == 2
    assert telegram.say(bas, group, "ook na")["chat"]["id"] == new.id
    assert [m.get("text") for m in telegram.history(new)] == [None, "na", "ook na"]


# What people see and cannot do


async def test_watching(telegram, api, anna, bas, group):
    seen = []
    stop = telegram.on_change(seen.append)
    telegram.say(anna, group, "hoi")
    stop()
    telegram.say(anna, group, "hoi")
    assert seen == [group.id]
    assert [chat.id for chat in telegram.chats_of(anna)] == [anna.id, group.id]
    telegram.leave(group, bas)
    assert [chat.id for chat in telegram.chats_of(bas)] == [bas.id]
    with pytest.raises(NotPossible):
        telegram.say(bas, group, "nog iets")
    with pytest.raises(NotPossible):
        telegram.say(anna, bas, "in jouw chat")


async def test_anonymous_admins_channels_and_forwards(telegram, api, anna, bas):
    group = telegram.group("Groot", anna, [bas], supergroup=True, with_bot=True)
    telegram.make_admin(group)
    channel = telegram.channel("Nieuws", anna, discussion=group, with_bot=True)
    await api.updates()
    telegram.say(anna, group, "/x", anonymous=True)
    telegram.say(bas, group, "/x", as_channel=channel)
    telegram.publish(channel, "bericht")
    telegram.say(bas, group, "/done 3", forward_from=anna)
    telegram.say(bas, group, "x", forward_from="Iemand")
    telegram.send_album(bas, group, [grey_png(4, 3), grey_png(2, 2)], "twee")
    anonymous, as_channel, post, auto, forward, hidden, one, two = (
        u.get("message") or u["channel_post"] for u in await api.updates()
    )
    assert anonymous["from"]["id"] == 1087968824
    assert anonymous["sender_chat"]["id"] == group.id
    assert as_channel["from"]["id"] == 136817688
    assert as_channel["sender_chat"]["id"] == channel.id
    assert "from" not in post
    assert auto["from"]["id"] == 777000
    assert auto["is_automatic_forward"]
    assert forward["forward_origin"]["sender_user"]["id"] == anna.id
    assert hidden["forward_origin"]["sender_user_name"] == "Iemand"
    assert one["media_group_id"] == two["media_group_id"]
    assert (one.get("caption"), two.get("caption")) == ("twee", None)
    assert (one["photo"][-1]["width"], one["photo"][-1]["height"]) == (4, 3)
    with pytest.raises(NotPossible):
        telegram.say(bas, group, "x", anonymous=True)


async def test_chat_member_needs_admin_and_asking(telegram, api, anna, group):
    async def heard_of_joining() -> bool:
        telegram.add_member(group, telegram.person("Nieuw"))
        return any("chat_member" in update for update in await api.updates())

    assert not await heard_of_joining()
    telegram.make_admin(group)
    assert not await heard_of_joining()
    await api("getUpdates", allowed_updates=EVERYTHING)
    assert await heard_of_joining()
    telegram.dismiss_admin(group)
    assert not await heard_of_joining()
