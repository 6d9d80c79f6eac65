"""The demo's server: who may use it, what no app would offer, and files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.demo.content import load_demo
from bot.demo.stage import Stage
from bot.demo.telegram.files import grey_png
from bot.demo.theatre import Theatre
from bot.demo.view import View
from bot.demo.web import Web
from tests.demo import staged

AT_HOME = "http://127.0.0.1:8765"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """The page's server around a stage that is set."""
    theatre = Theatre(load_demo(), "http://local")
    theatre.stage = theatre.standing = stage
    theatre.plays = 1
    async with at_the_page(theatre) as made:
        yield made


def at_the_page(theatre: Theatre) -> httpx.AsyncClient:
    served = httpx.ASGITransport(app=Web(theatre).application())
    return httpx.AsyncClient(transport=served, base_url=AT_HOME)


async def test_nobody_plays_on_a_stage_that_is_being_set_or_struck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody begins again; in another tab one goes on tapping."""
    waiting, may_go_on = asyncio.Event(), asyncio.Event()

    async def slowly(stage: Stage, *_: Any) -> Stage:
        waiting.set()
        await may_go_on.wait()
        return stage

    monkeypatch.setattr(Stage, "open", slowly)
    monkeypatch.setattr(Stage, "close", slowly)
    theatre = Theatre(load_demo(), "http://local")
    async with at_the_page(theatre) as client:

        async def acts() -> list[int]:
            waiting.clear()
            asked = {"say": {"chat": 1, "text": "hoi"}, "move": {"by": "week"}, "press": {"chat": 1}}
            answers = [await client.post(f"/do/{v}", json={"who": "anna", **a}) for v, a in asked.items()]
            may_go_on.set()
            return [answer.status_code for answer in answers]

        setting = asyncio.create_task(theatre.open())
        await waiting.wait()
        assert theatre.standing
        token = theatre.standing.telegram.token
        assert (await client.get(f"/telegram/bot{token}/getMe")).status_code == 200, "its bot starts"
        assert await acts() == [409] * 3
        stage = await setting
        assert theatre.playing() is stage
        waiting.clear()
        may_go_on.clear()
        closing = asyncio.create_task(theatre.close())
        await waiting.wait()
        assert await acts() == [409] * 3
        await closing
    monkeypatch.undo()
    await stage.close()


async def test_only_this_machine_is_served(client: httpx.AsyncClient) -> None:
    assert (await client.get("/words")).status_code == 200
    assert (await client.get("/words", headers={"Host": "demo.example"})).status_code == 400
    page = await client.get("/")
    assert "default-src 'self'" in page.headers["content-security-policy"]


async def test_another_page_cannot_play_along(client: httpx.AsyncClient) -> None:
    body = b'{"who": "olga", "chat": 0, "text": "hoi"}'
    simple = await client.post("/do/say", content=body, headers={"Content-Type": "text/plain"})
    assert simple.status_code == 404
    sent = await client.post("/send?who=olga", content=b"x", headers={"Content-Type": "text/plain"})
    assert sent.status_code == 404


@pytest.mark.parametrize(
    "verb,asked,status",
    [
        ("say", {"who": "nobody", "chat": 1, "text": "hoi"}, 409),
        ("say", {"who": "anna", "chat": -123, "text": "hoi"}, 409),
        ("say", {"who": "anna", "text": "hoi"}, 400),
        ("say", {"who": "anna", "chat": "x", "text": "hoi"}, 400),
        ("say", {"who": ["anna"], "chat": 1, "text": "hoi"}, 400),
        ("press", {"who": "anna", "chat": 1, "message": 9, "row": 0, "column": 0}, 409),
        ("open_link", {"who": "anna", "url": "https://example.org"}, 409),
        ("move", {"by": "century"}, 400),
        ("again_and_again", {}, 404),
    ],
)
async def test_what_no_app_offers_is_refused(
    client: httpx.AsyncClient, verb: str, asked: dict[str, Any], status: int
) -> None:
    answer = await client.post(f"/do/{verb}", json=asked)
    assert answer.status_code == status
    assert answer.json()["error"]


async def send(
    client: httpx.AsyncClient, stage: Stage, name: str, kind: str, content: bytes
) -> httpx.Response:
    asked = {"who": "anna", "chat": stage.account("anna").id, "name": name, "type": kind}
    headers = {"Content-Type": "application/x-samenbot-file"}
    return await client.post("/send", params=asked, content=content, headers=headers)


async def test_a_photo_and_a_file_come_back_as_they_were(client: httpx.AsyncClient, stage: Stage) -> None:
    picture = grey_png(40, 30)
    assert (await send(client, stage, "foto.png", "image/png", picture)).status_code == 200
    assert (await send(client, stage, "brief.html", "text/html", b"<script>1</script>")).status_code == 200
    (chat,) = View(stage, "anna").changes()["chats"]
    photo, letter = [m["file"] for m in chat["messages"] if "file" in m]
    assert (photo["kind"], photo["width"]) == ("photo", 40)
    assert (await client.get(f"/files/{photo['id']}")).content == picture
    got = await client.get(f"/files/{letter['id']}")
    assert got.content == b"<script>1</script>"
    # Never as a page of this address, whatever the sender called it.
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"


async def test_a_picture_that_is_none_is_refused(client: httpx.AsyncClient, stage: Stage) -> None:
    assert (await send(client, stage, "foto.png", "image/png", b"not a picture")).status_code == 400


async def test_the_bot_api_is_served_beside_the_page(client: httpx.AsyncClient, stage: Stage) -> None:
    answer = await client.get(f"/telegram/bot{stage.telegram.token}/getMe")
    assert answer.json()["result"]["username"] == "samenbot"
    assert (await client.get("/telegram/bot1:wrong/getMe")).status_code == 401


async def test_joining_leaving_blocking_and_pinning(client: httpx.AsyncClient, stage: Stage) -> None:
    group = stage.make_group(stage.account("carla"))
    femke = stage.account("femke")
    assert View(stage, "femke").changes()["outside"] == [{"id": group.id, "title": group.title}]

    async def does(verb: str, **asked: Any) -> int:
        return (
            await client.post(f"/do/{verb}", json={"who": "femke", "chat": group.id, **asked})
        ).status_code

    assert await does("join") == 200
    assert await does("join") == 409
    assert await does("say", text="dag allemaal") == 200
    (said,) = [m for m in stage.telegram.history(group) if m.get("text") == "dag allemaal"]
    assert await does("pin", message=said["message_id"]) == 200
    here = next(c for c in View(stage, "femke").changes()["chats"] if c["id"] == group.id)
    assert here["pinned"]["text"] == "dag allemaal"
    assert "pinned_it" in {m["service"]["key"] for m in here["messages"] if "service" in m}
    assert await does("leave") == 200
    assert await does("say", text="nog iets") == 409
    assert await does("say", chat=femke.id, text="/start") == 200
    assert await does("block", blocked=True) == 200
    assert femke.blocked
    assert await does("say", chat=femke.id, text="/start") == 409
    assert await does("block", blocked=False) == 200
    assert await does("say", chat=femke.id, text="/start") == 200
