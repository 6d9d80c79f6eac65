"""The local Telegram's files, buttons, members and menus."""

import asyncio

import pytest

from bot.demo.telegram import Limits, NotPossible, Toast, UploadedFile
from bot.demo.telegram.files import FileStore, grey_png
from tests.botapi.checked import refusal

YES = {"text": "Ja", "callback_data": "yes"}
BUTTON = {"inline_keyboard": [[YES], [{"text": "Site", "url": "https://x.nl/a"}]]}


@pytest.fixture
def limits():
    """As many messages as one likes: these tests are of something else."""
    return Limits.none()


@pytest.fixture
def supergroup():
    return True


# Files


async def test_files_in_and_out(telegram, api, anna):
    telegram.send_file(anna, None, "brief.pdf", b"%PDF", "application/pdf", caption="kijk")
    telegram.send_photo(anna, None, grey_png(300, 200))
    telegram.send_voice(anna, seconds=4)
    telegram.send_sticker(anna)
    letter, photo, voice, sticker = [u["message"] for u in await api.updates()]
    assert (letter["caption"], letter["document"]["mime_type"]) == ("kijk", "application/pdf")
    assert (voice["voice"]["duration"], sticker["sticker"]["emoji"]) == (4, "👍")
    found = await api("getFile", file_id=letter["document"]["file_id"])
    assert telegram.download(telegram.token, found["file_path"]) == b"%PDF"
    assert telegram.download("12:other", found["file_path"]) is None
    small, full = photo["photo"]
    assert (small["width"], full["width"]) == (90, 300)
    again = await api("sendPhoto", chat_id=anna.id, photo=full["file_id"])
    assert again["photo"][-1]["height"] == 200


async def test_files_that_are_refused(telegram, api, anna):
    huge = telegram.send_file(anna, None, "film.mp4", b"x", size=20 * 1024 * 1024 + 1)["document"]
    assert await refusal(api("getFile", file_id=huge["file_id"])) == "400 Bad Request: file is too big"
    assert await refusal(api("getFile", file_id="no")) == "400 Bad Request: invalid file_id"
    empty = api("sendDocument", chat_id=anna.id, document=UploadedFile("a.txt", b""))
    assert await refusal(empty) == "400 Bad Request: file must be non-empty"
    no_picture = api("sendPhoto", chat_id=anna.id, photo=UploadedFile("a.jpg", b"text"))
    assert await refusal(no_picture) == "400 Bad Request: IMAGE_PROCESS_FAILED"


def test_memory_is_bounded(telegram, anna, monkeypatch):
    store = FileStore(limit=10)
    first, *_, last = [store.keep(UploadedFile("a.txt", b"1234"), "documents") for _ in range(4)]
    assert (store.find(first.file_id), store.at(first.path)) == (None, None)
    assert store.find(last.file_id) == last
    monkeypatch.setattr("bot.demo.telegram.state.MOST_MESSAGES", 3)
    for number in range(5):
        telegram.say(anna, None, str(number))
    assert [m["text"] for m in telegram.history(anna)] == ["2", "3", "4"]


# Buttons


async def test_pressing_a_button(telegram, api, time, anna, bas, group):
    sent = await api("sendMessage", chat_id=group.id, text="Doe je mee?", reply_markup=BUTTON)
    press = telegram.press(bas, group, sent, "Ja")
    (update,) = await api.updates()
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]) == ("yes", bas.id, sent)
    waiting = asyncio.ensure_future(press.wait(1))
    await asyncio.sleep(0)
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Fijn", show_alert=True)
    assert await waiting == Toast("Fijn", alert=True)
    again = api("answerCallbackQuery", callback_query_id=query["id"])
    too_old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await refusal(again) == too_old
    late = telegram.press(bas, group, sent, 0, 0, patience=0.01)
    assert await late is None
    time.seconds = 31
    assert await refusal(api("answerCallbackQuery", callback_query_id=late.query_id)) == too_old


async def test_links_under_messages(telegram, api, anna, bas, group):
    sent = await api("sendMessage", chat_id=group.id, text="x", reply_markup=BUTTON)
    assert await telegram.press(bas, group, sent, "Site") == Toast(url="https://x.nl/a")
    assert await api.updates() == []
    telegram.open_link(bas, "https://t.me/samenbot?start=join-7")
    telegram.open_link(anna, "https://t.me/samenbot?startgroup=code", telegram.group("Nieuw", anna))
    assert (await api.texts())[-1] == "/start@samenbot code"
    with pytest.raises(NotPossible):
        telegram.open_link(bas, "https://x.nl/a")


async def test_forged_and_impossible_presses(telegram, api, anna, group):
    sent = await api("sendMessage", chat_id=group.id, text="x", reply_markup=BUTTON)
    telegram.forge(anna, group, sent, "task:drop;--")
    telegram.forge(anna, group, 12345, "yes")
    forged, gone = [u["callback_query"] for u in await api.updates()]
    assert forged["data"] == "task:drop;--"
    assert gone["message"]["date"] == 0
    with pytest.raises(NotPossible):
        telegram.press(telegram.person("Buiten"), group, sent, "Ja")
    with pytest.raises(NotPossible):
        telegram.press(anna, group, sent, "Nee")


# Looking around


async def test_members(telegram, api, anna, bas, group):
    async def status(user_id: int) -> str:
        return (await api("getChatMember", chat_id=group.id, user_id=user_id))["status"]

    outsider = telegram.person("Buiten")
    assert [await status(n) for n in (anna.id, bas.id, outsider.id)] == ["creator", "member", "left"]
    telegram.make_admin(group, bas)
    assert await status(bas.id) == "administrator"
    admins = await api("getChatAdministrators", chat_id=group.id)
    assert [a["user"]["first_name"] for a in admins] == ["Anna", "Bas"]
    telegram.remove(group, bas, by=anna)
    assert await status(bas.id) == "kicked"
    assert await api("getChatMemberCount", chat_id=group.id) == 2
    assert (
        await refusal(api("getChatMember", chat_id=group.id, user_id=1))
        == "400 Bad Request: PARTICIPANT_ID_INVALID"
    )


async def test_menus(telegram, api, anna, group):
    start, taken = ({"command": name, "description": name} for name in ("start", "taken"))
    await api("setMyCommands", commands=[start])
    await api("setMyCommands", commands=[taken], language_code="nl", scope={"type": "all_private_chats"})
    assert telegram.commands_for(anna) == [taken]
    assert telegram.commands_for(anna, group) == [start]
    bad = api("setMyCommands", commands=[{"command": "Ta ken", "description": "x"}])
    assert await refusal(bad) == "400 Bad Request: BOT_COMMAND_INVALID"
    bad = api("setMyCommands", commands=[start], language_code="nl-NL")
    assert await refusal(bad) == "400 Bad Request: invalid language code specified"
    await api("deleteMyCommands")
    assert await api("getMyCommands") == []
    await api("setMyDescription", description="Wie doet wat")
    assert await api("getMyDescription", language_code="ar") == {"description": "Wie doet wat"}
    await api("setChatMenuButton", menu_button={"type": "commands"})
    await api("sendChatAction", chat_id=anna.id, action="typing")
