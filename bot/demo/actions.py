"""What the page asks for: one function per verb, each as a person would do it in the app.

A request is a JSON object; every verb but the clock's, the story's and a fresh start names who acts
in ``who``. What no app would offer raises NotPossible; what is missing or of another kind, KeyError,
TypeError or ValueError.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.demo.samples import photo_of, samples
from bot.demo.stage import PRESS_SECONDS, Stage
from bot.demo.telegram import Account, NotPossible
from bot.demo.telegram.wire import Object
from bot.demo.theatre import Theatre

MOST_LETTERS = 20_000
Verb = Callable[[Theatre, Object], Awaitable[Object | None]]


def acting(theatre: Theatre, asked: Object) -> tuple[Stage, Account]:
    stage = theatre.playing()
    return stage, stage.account(asked["who"])


async def say(theatre: Theatre, asked: Object) -> None:
    stage, account = acting(theatre, asked)
    text = str(asked["text"])[:MOST_LETTERS]
    stage.telegram.say(account, int(asked["chat"]), text, reply_to=asked.get("reply_to"))


async def sample(theatre: Theatre, asked: Object) -> None:
    """Sends photos of invented letters; several as one album."""
    stage, account = acting(theatre, asked)
    letters = samples(stage.now.date())
    texts = [letters[name] for name in asked["names"]]
    photos = [await asyncio.to_thread(photo_of, text) for text in texts]
    if len(photos) == 1:
        stage.telegram.send_photo(account, int(asked["chat"]), photos[0])
    else:
        stage.telegram.send_album(account, int(asked["chat"]), photos)


async def press(theatre: Theatre, asked: Object) -> Object:
    """Presses a button; gives the short answer, or the link it opens."""
    stage, account = acting(theatre, asked)
    row, column = int(asked["row"]), int(asked["column"])
    pressed = stage.telegram.press(
        account, int(asked["chat"]), int(asked["message"]), row, column, patience=PRESS_SECONDS
    )
    toast = await pressed if pressed.patience else pressed.answer
    if toast is None:
        return {"answered": False}
    return {"answered": True, "text": toast.text, "alert": toast.alert, "url": toast.url}


async def open_link(theatre: Theatre, asked: Object) -> Object:
    """Follows a link to the bot; gives the chat it leads to."""
    stage, account = acting(theatre, asked)
    group = asked.get("group")
    said = stage.open_link(account, str(asked["url"]), None if group is None else int(group))
    return {"chat": said["chat"]["id"] if said else account.id}


async def edit(theatre: Theatre, asked: Object) -> None:
    stage, account = acting(theatre, asked)
    stage.telegram.edit(account, int(asked["message"]), str(asked["text"])[:MOST_LETTERS], int(asked["chat"]))


async def erase(theatre: Theatre, asked: Object) -> None:
    stage, account = acting(theatre, asked)
    stage.telegram.erase(account, int(asked["message"]), int(asked["chat"]))


async def pin(theatre: Theatre, asked: Object) -> None:
    stage, account = acting(theatre, asked)
    stage.telegram.pin(account, int(asked["chat"]), int(asked["message"]))


async def read(theatre: Theatre, asked: Object) -> None:
    """Everything up to a message was seen."""
    stage, account = acting(theatre, asked)
    place = (account.id, int(asked["chat"]))
    stage.read[place] = max(stage.read.get(place, 0), int(asked["message"]))
    theatre.touch()


async def join(theatre: Theatre, asked: Object) -> None:
    stage, account = acting(theatre, asked)
    chat = stage.telegram.chat(int(asked["chat"]))
    if not chat.group or chat.member(account.id).present:
        raise NotPossible("not a group to join")
    stage.telegram.add_member(chat, account)


async def leave(theatre: Theatre, asked: Object) -> None:
    stage, account = acting(theatre, asked)
    stage.telegram.leave(int(asked["chat"]), account)


async def block(theatre: Theatre, asked: Object) -> None:
    """Blocks the bot, or lets it in again."""
    stage, account = acting(theatre, asked)
    if asked["blocked"]:
        stage.telegram.block_bot(account)
    else:
        stage.telegram.unblock(account)


async def move(theatre: Theatre, asked: Object) -> None:
    """Moves the clock: ``by`` hour, morning or week. Returns at once; the page watches."""
    kind = asked["by"]
    if kind not in {"hour", "morning", "week"}:
        raise ValueError(f"no such move: {kind}")
    theatre.playing()
    theatre.begin(lambda: theatre.move(kind))


async def tell(theatre: Theatre, asked: Object) -> None:
    """Tells the story; ``pace`` 0 is as fast as the bot answers, 1 is for reading along."""
    pace = min(3.0, max(0.0, float(asked.get("pace", 1.0))))
    theatre.begin(lambda: theatre.tell(pace))


async def stop(theatre: Theatre, _asked: Object) -> None:
    await theatre.stop()


async def again(theatre: Theatre, _asked: Object) -> None:
    """Everything from the start."""
    await theatre.stop()
    await theatre.open()


async def send(theatre: Theatre, asked: dict[str, Any], content: bytes) -> None:
    """Sends a file; a picture goes as a photo where the app would send it so."""
    stage, account = acting(theatre, asked)
    chat, kind = int(asked["chat"]), str(asked.get("type") or "application/octet-stream")
    how: dict[str, Any] = {"caption": str(asked.get("caption", ""))[:1024]}
    if reply := int(asked.get("reply_to") or 0):
        how["reply_to"] = reply
    if kind in {"image/png", "image/jpeg", "image/webp"}:
        stage.telegram.send_photo(account, chat, content, **how)
    else:
        stage.telegram.send_file(account, chat, str(asked["name"])[:200], content, kind, **how)


VERBS: dict[str, Verb] = {
    verb.__name__: verb
    for verb in (
        say,
        sample,
        press,
        open_link,
        edit,
        erase,
        pin,
        read,
        join,
        leave,
        block,
        move,
        tell,
        stop,
        again,
    )
}
