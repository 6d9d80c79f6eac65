"""The demo's page in a real Chromium, played by clicking, against a real ``samenbot demo`` process.

Buttons and answers are found by the keys of their phrases. With SAMENBOT_PICTURES=1 the pictures of
the README are made on the way (docs/pictures).
"""

from __future__ import annotations

import json
import re
import shutil
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from babel.dates import format_date
from playwright.async_api import Error, async_playwright

from bot.demo.stage import ZONE
from tests.demo import PATIENCE, PICTURES, Player, demo

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WIDE, TABLET = {"width": 1280, "height": 820}, {"width": 800, "height": 1100}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that runs for all tests here."""
    log = tmp_path_factory.mktemp("demo") / "log.txt"
    with log.open("wb") as errors:  # no pipe: it would be full one day, and nobody reads it meanwhile
        process = demo("--port", "0", stderr=errors)
    assert process.stdout
    found = re.search(r"http://\S+", process.stdout.readline())
    if not found:
        process.communicate()
        pytest.fail(log.read_text())
    yield found[0]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 0
    # APScheduler logs a tick that the end cut off as an error; anything else would be one.
    assert "ERROR" not in log.read_text().replace(
        "ERROR apscheduler.executors.default: Error running job", ""
    )


@pytest.fixture
def address(running: str) -> str:
    """A demo in which nothing has happened yet."""
    httpx.post(f"{running}/do/again", json={}, timeout=60).raise_for_status()
    return running


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    async with async_playwright() as driver:
        where = {"executable_path": CHROMIUM} if shutil.which(CHROMIUM) else {}
        try:
            made = await driver.chromium.launch(args=QUIET, **where)
        except Error as error:
            pytest.skip(f"no Chromium: {error.message.splitlines()[0]}")
        yield made
        await made.close()


def in_words(player: Player, days: int) -> str:
    """So many days after the day that the page's clock shows; the page hears it as its first news."""
    with httpx.stream("GET", f"{origin(player)}/events", params={"who": "anna"}) as news:
        first = next(line for line in news.iter_lines() if line.startswith("data:"))
    now = datetime.fromtimestamp(json.loads(first.removeprefix("data:"))["now"], ZONE)
    return format_date(now + timedelta(days=days), "d MMMM yyyy", locale="nl")


@pytest.fixture(params=["wide", "phone"])
async def player(request: pytest.FixtureRequest, browser: Any, address: str) -> AsyncIterator[Player]:
    phone = request.param == "phone"
    how = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if phone else {}
    context = await browser.new_context(viewport=PHONE if phone else WIDE, locale="nl-NL", **how)
    made = await Player(await context.new_page(), phone=phone).open(address)
    yield made
    await context.close()


async def set_up(player: Player) -> None:
    """From the owner's link to a group in which everybody has tapped who they are."""
    await starts(player)
    await player.hears("owner.welcome")
    await player.press("button.invite_coordinator")
    invitation = await player.hears("invite.coordinator")
    await invitation.locator("a").last.click()
    await chooses(player, "Carla")
    await player.hears("coordinator.welcome")

    await player.say("/newgroup")
    await player.press("plan.resettlement")
    await player.hears("newgroup.municipality")
    await player.say("Utrecht")
    await player.hears("newgroup.name")
    await player.say("Yusuf")
    await player.press("language.ar")
    await player.press("button.ready")
    await player.hears("newgroup.arrival")
    await player.say(in_words(player, 9))
    await player.hears("newgroup.done")
    await player.press("button.add_to_group")
    await player.hears("board.title", "group")

    for name in ("anna", "bram", "dina"):
        await player.play(name)
        await player.joins("sponsor")
        await player.press("language.nl")
        await player.hears("privacy.kept")


async def test_a_group_is_set_up_and_a_week_goes_by(player: Player) -> None:
    page = player.page
    await set_up(player)

    await player.play("anna")
    words = await player.press("button.claim_n", "group")
    number = re.search(r"\d+", words)
    assert number
    await player.hears("task.claimed", "group")
    await player.fits()

    await player.play("bram")
    await player.say(f"/claim {number[0]}", "group")
    refused = await player.hears("task.taken", "group")
    assert "Anna" in await refused.inner_text()
    await player.fits()
    if not player.phone:
        await player.picture("group-chat")
        await page.set_viewport_size(TABLET)
        await player.fits()
        await page.set_viewport_size(WIDE)

    await player.play("anna")
    await player.say(f"/when {number[0]} {in_words(player, 3)} 14:00", "group")
    await player.hears("when.planned", "group")
    before = await player.now()
    after = await player.moves("week")
    assert after.split()[0] == before.split()[0]  # the same day of the week
    assert after.split()[1:3] != before.split()[1:3]
    await player.hears("remind.eve")
    await player.hears("remind.soon")
    days = page.locator("#private .day")
    assert await days.count() >= 3  # the day itself, the evening before, and the first
    await player.fits()


async def test_the_newcomer_reads_arabic_from_the_right(player: Player) -> None:
    page = player.page
    await set_up(player)
    await player.play("yusuf")
    await player.joins("newcomer")
    await player.press("language.ar")
    await player.press("button.consent")
    question = await player.hears("consent.question")
    side = "node => getComputedStyle(node.firstElementChild).direction"
    assert await question.evaluate(side) == "rtl"
    if player.phone:
        await player.picture("arabic-on-a-phone", at=question)
    await player.press("button.consent_yes")
    await player.hears("consent.who_explained")
    await player.fits()
    await player.say("شكرًا، hallo!")
    mine = page.locator("#private .mine .text").filter(has_text="hallo").last
    assert await mine.evaluate(side) == "rtl"


async def test_nothing_that_is_written_becomes_markup(player: Player) -> None:
    page = player.page
    evil = "<img src=x onerror=alert(1)><b>x</b> javascript:alert(1)"
    await starts(player)
    await player.hears("owner.welcome")
    await player.say(evil)
    mine = page.locator("#private .mine .text").last
    await mine.filter(has_text="onerror").wait_for(timeout=PATIENCE)
    assert await mine.inner_text() == evil
    assert await mine.locator("img, b").count() == 0
    await player.press("button.coordinate_myself")
    await player.press("button.newgroup")
    await player.press("plan.resettlement")
    await player.say("<img src=x onerror=alert(1)>")
    await player.hears("newgroup.name")
    await page.locator("#private input[type=file]").set_input_files(
        {"name": "<img src=x>.txt", "mimeType": "text/html", "buffer": b"<script>alert(1)</script>"}
    )
    file = page.locator("#private .file").last
    await file.wait_for(timeout=PATIENCE)
    assert await file.locator("b").inner_text() == "<img src=x>.txt"
    assert await page.locator("#private .log img").count() == 0
    await player.fits()


async def test_the_menu_a_reply_a_change_and_a_deletion(player: Player) -> None:
    page = player.page
    await starts(player)
    await player.hears("owner.welcome")
    await page.locator("#private .slash").click()
    assert await page.locator("#private .commands button").count() > 5
    await page.locator("#private .commands button").first.click()
    await page.locator("#private .mine .command").last.wait_for(timeout=PATIENCE)

    await player.say("eerste")
    mine = page.locator("#private .message.mine").filter(has_text="eerste")
    await mine.wait_for(timeout=PATIENCE)
    for act, then in (("Bewerken", "tweede"), ("Beantwoorden", "derde")):
        await does(player, mine, act)
        await player.say(then)
        await page.locator("#private .mine .text").filter(has_text=then).wait_for(timeout=PATIENCE)
        mine = page.locator("#private .message.mine").filter(has_text=then).last
    assert await mine.locator(".quote").inner_text()
    await does(player, mine, "Verwijderen")
    await mine.wait_for(state="detached", timeout=PATIENCE)
    await player.fits()


async def test_half_a_sentence_waits_for_whoever_wrote_it(player: Player) -> None:
    page = player.page
    asked = {"who": "carla", "url": "https://t.me/samenbot?startgroup=x"}
    assert (await page.request.post(f"{origin(player)}/do/open_link", data=asked)).ok

    async def box(who: str, pane: str) -> Any:
        await player.play(who)
        return (await player.look(pane)).locator("textarea")

    for who in ("bram", "anna"):
        await player.play(who)
        await starts(player)
        await page.locator("#private .message:not(.mine)").first.wait_for(timeout=PATIENCE)
    await (await box("anna", "private")).fill("Ik heb schulden en")
    await (await box("anna", "group")).fill("Wie kan er")
    for who, pane, words in (
        ("bram", "group", ""),
        ("bram", "private", ""),
        ("anna", "group", "Wie kan er"),
        ("anna", "private", "Ik heb schulden en"),
    ):
        assert await (await box(who, pane)).input_value() == words
    assert (await page.request.post(f"{origin(player)}/do/again", data={}, timeout=60_000)).ok
    await page.locator("#private .log:empty").wait_for(state="attached", timeout=PATIENCE)
    assert await (await box("anna", "private")).input_value() == "", "a fresh demo knows nothing"
    await player.fits()


async def test_what_did_not_arrive_is_still_what_it_was(player: Player) -> None:
    """A reply stays a reply and a change a change, also where one looks elsewhere meanwhile."""
    page = player.page
    await starts(player)
    await player.hears("owner.welcome")
    await player.say("eerste")
    mine = page.locator("#private .message.mine").filter(has_text="eerste").first
    await mine.wait_for(timeout=PATIENCE)
    box, about = page.locator("#private textarea"), page.locator("#private .about")
    for act, verb, words in (("Beantwoorden", "say", "antwoord"), ("Bewerken", "edit", "veranderd")):
        await page.route(f"**/do/{verb}", lambda route: route.abort())
        await does(player, mine, act)
        await player.say(words)
        await about.wait_for(timeout=PATIENCE)
        assert await box.input_value() == words
        await player.play("anna")
        await player.look("private")
        assert not await about.is_visible()
        await player.play("olga")
        await player.look("private")
        assert await box.input_value() == words
        await page.unroute(f"**/do/{verb}")
        await page.locator("#private .send").click()
        await page.locator("#private .mine .text").filter(has_text=words).last.wait_for(timeout=PATIENCE)
        assert not await about.is_visible()
    assert await page.locator("#private .mine .quote").count() == 1
    assert await page.locator("#private .mine .text").filter(has_text="eerste").count() == 0


async def test_a_photographed_letter_is_followed_to_a_finished_task(player: Player) -> None:
    await set_up(player)
    await player.play("yusuf")
    await player.joins("newcomer")
    await player.press("language.en")
    await player.press("button.consent")
    await player.press("button.consent_yes")
    await player.hears("consent.yes")
    await (await player.look("private")).locator(".attach").click()
    await chooses(player, "waterbedrijf")
    explained = await player.hears("letter.heading_from")
    await player.at_end()
    assert "55,46" in await explained.inner_text()
    if player.phone:
        await player.picture("letter", at=explained)
    await player.fits()
    await player.press("button.letter_task")
    await player.hears("letter.task_group")
    await player.play("anna")
    told = await player.hears("letter.new_task", "group")
    assert "55,46" not in await told.inner_text()
    number = re.search(r"\d+", await told.inner_text())
    assert number
    await player.press("button.claim", "group")
    await player.hears("task.claimed", "group")
    await player.moves("week")
    await player.hears("remind.deadline")
    await player.say(f"/done {number[0]}", "group")
    await player.hears("task.done", "group")
    await player.fits()


def origin(player: Player) -> str:
    return str(player.page.url).split("/#")[0]


async def starts(player: Player) -> None:
    await (await player.look("private")).locator(".start").click()


async def chooses(player: Player, option: str) -> None:
    """One of what the page offers in a dialog; what it leads to happens when that closes, a moment later."""
    dialog = player.page.locator("dialog")
    await dialog.locator(".option").filter(has_text=option).click()
    await dialog.wait_for(state="detached", timeout=PATIENCE)


async def does(player: Player, message: Any, act: str) -> None:
    """Something of a message's own menu."""
    bubble = message.locator(".bubble")
    if player.phone:
        await bubble.locator(".text").tap()
    else:
        await bubble.click(button="right")
    await chooses(player, act)


async def test_the_story_plays_in_the_page_and_can_be_stopped(player: Player) -> None:
    page = player.page
    await page.goto(page.url.split("#")[0] + "?pace=0")
    await player.list()
    await page.locator("#tell").click()
    await page.locator("#caption:not(:empty)").wait_for(timeout=PATIENCE)
    await page.locator("#story").wait_for(state="hidden", timeout=90_000)
    await player.play("anna")
    await player.hears("plan.title", "group")
    await player.fits()
    assert await page.locator("#group .pinned").is_visible()
    await story_pictures(player)

    await player.list()
    await page.goto(page.url.split("?")[0])
    await page.locator("#tell").click()
    await page.locator("#stop").click(timeout=PATIENCE)
    await page.locator("#story").wait_for(state="hidden", timeout=PATIENCE)
    await page.locator("#private .start").wait_for(state="attached")


async def story_pictures(player: Player) -> None:
    """What the README shows of the second Monday."""
    if not PICTURES:
        return
    if player.phone:
        await player.picture("board", at=await player.hears("board.title", "group"))
        return
    await player.say("/plan")
    await player.hears("plan.title")
    await player.picture("plan")
