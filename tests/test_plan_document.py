"""The plan on paper and as text, and the parts of it that the group writes itself."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typst

from bot.document import pdf as pdf_module
from bot.document.paper import (
    FOLDER,
    Day,
    Mark,
    Stretch,
    Title,
    languages_of,
    pages,
    runs_right,
    texts_in,
    told,
    turned,
)
from bot.document.pdf import DocumentFault, parts_of, pdf
from bot.document.plain import plain_plan
from bot.document.plan import plan_paper
from bot.domain.words import Joined, Phrase, Words
from bot.store.room import Room
from bot.store.scope import Given
from bot.store.tables import RoomRow
from bot.texts import FSI, PDI, Texts
from tests.story import Welcome
from tests.world import AMSTERDAM

DATE = int(datetime(2026, 11, 24, 9, 0, tzinfo=UTC).timestamp())
ARABIC = {
    "doc.title": "خطتنا لهذا العام",
    "doc.fact.arrival": "الوصول",
    "doc.done_of": "أُنجز {done} من {all}",
    "doc.source": "{source}؛ تم التحقق في {day}",
    "area.housing": "السكن",
}
HOSTILE = [
    "#panic()",
    '#eval("1")',
    "*vet* _schuin_ `code` $x^2$",
    "\\ \\u{41} \\n",
    '"]) #read("/etc/passwd") ([',
    "// weg /* ook */ <label> @ref ~ -- ...",
    "Zoë 😀 👩‍👧 محمد الأحمد ሰላም Привіт",
    "x" * 900,
]


@pytest.fixture
def arabic(tmp_path: Path) -> Texts:
    """Phrases with a few of the document's in Arabic: the others fall back to English."""
    texts = texts_in(ZoneInfo("Europe/Amsterdam"))
    for language in ("nl", "en"):
        source = Path(texts._folder) / f"{language}.po"
        (tmp_path / source.name).write_bytes(source.read_bytes())
    head = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    body = "".join(f'msgid "{key}"\nmsgstr "{words}"\n\n' for key, words in ARABIC.items())
    (tmp_path / "ar.po").write_text(head + body, encoding="utf-8")
    return Texts(tmp_path, zone=texts.zone)


def number_of_pages(document: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", document))


def parts_in(world: Welcome, texts: Texts | None = None, **changes: Any) -> list[dict[str, Any]]:
    """The told plan of the world's room; ``changes`` are set on its row and not kept."""
    with world.app.store.begin() as session:
        row = session.get(RoomRow, 1)
        assert row
        for name, value in changes.items():
            setattr(row, name, value)
        given = Given(session, world.app.content, world.app.store, world.clock.now(), AMSTERDAM)
        room = Room(given, row)
        texts = texts or texts_in(AMSTERDAM)
        parts = parts_of(plan_paper(room), texts, languages_of(texts, room.languages, "doc.title"))
        session.rollback()
    return parts


def as_html(parts: list[dict[str, Any]]) -> str:
    """What the template shows of tables and blocks, in characters: a PDF has glyphs only."""
    made = typst.compile(
        str(FOLDER / "plan.typ"), format="html", sys_inputs={"paper": json.dumps({"parts": parts})}
    )
    assert isinstance(made, bytes)
    return made.decode()


def files_for(world: Welcome, where: Any) -> list[tuple[str, bytes]]:
    """Name and content of every document in a chat."""
    sent = [m["document"] for m in world._own(world._chat(where)) if m.get("document")]
    found = [(doc["file_name"], world.telegram.files.find(doc["file_id"])) for doc in sent]
    return [(name, file.content) for name, file in found if file]


# telling a paper


def test_leaves_become_words_and_marks_stay() -> None:
    texts = texts_in(AMSTERDAM)
    paper = {
        "mark": Mark("done"),
        "day": Day(date(2026, 12, 1), full=True),
        "title": Title(Phrase("area.housing")),
        "both": [1, None, Joined(("Anna", "محمد"))],
        "long": Stretch(date(2026, 9, 8), date(2027, 3, 1)),
        "inside": Phrase("doc.by", day=Day(date(2026, 12, 1))),
    }
    assert told(paper, texts, "nl") == {
        "mark": "done",
        "day": "1 december 2026",
        "title": "Wonen",
        "both": [1, None, f"Anna, {FSI}محمد{PDI}"],
        "long": "8 sep 2026 – 1 mrt 2027",
        "inside": "uiterlijk 1 dec",
    }


def test_documents_and_messages_write_a_day_alike() -> None:
    texts, day = texts_in(AMSTERDAM), date(2026, 12, 1)
    for language in texts.languages:
        message, document = texts.day(day, language), told(Day(day), texts, language)
        assert document.split()[0] in message.split(), language
        if language != "ti":  # whose messages write months in full
            assert message.endswith(document), language
    long = Stretch(date(2026, 9, 8), date(2027, 3, 1))
    assert told(long, texts, "en") == "8 Sept 2026 – 1 Mar 2027"
    assert "سپتمبر" in told(long, texts, "fa"), "as in Afghanistan, not as in Iran"
    assert "نومبر" in told(Day(date(2026, 11, 3), full=True), texts, "fa")


def test_what_runs_against_its_page_is_isolated(arabic: Texts) -> None:
    assert told("Anna (Utrecht).", arabic, "ar") == f"{FSI}Anna (Utrecht).{PDI}"
    assert told("030 286 00 00", arabic, "ar") == f"\u2066030 286 00 00{PDI}"
    assert told("Regel\nRule (2)", arabic, "ar") == f"{FSI}Regel{PDI}\n{FSI}Rule (2){PDI}"
    assert told(Phrase("area.housing"), arabic, "ar") == "السكن"
    assert told(Phrase("area.health"), arabic, "ar") == f"{FSI}health{PDI}"
    assert told(Words("x", {"nl": "Huis", "en": "Home"}), arabic, "ar") == f"{FSI}Home{PDI}"
    assert told("محمد", arabic, "nl") == f"{FSI}محمد{PDI}"
    assert turned("ቤት", "ti") == "ቤት"
    assert runs_right("12:00 –") is None


def test_characters_that_hide_or_turn_are_left_out() -> None:
    texts = texts_in(AMSTERDAM)
    assert told("An\u202ena\x00\ud800\u2066\ufeff", texts, "nl") == "Anna"
    assert told("می\u200cخواهم", texts, "fa") == "می\u200cخواهم"


def test_the_second_language_is_english_until_its_phrases_exist(arabic: Texts) -> None:
    assert languages_of(arabic, ("nl", "ar"), "doc.title") == ("nl", "ar")
    assert languages_of(arabic, ("nl", "ti"), "doc.title") == ("nl", "en")
    assert languages_of(arabic, ("en", "ti"), "doc.title") == ("en",)


def test_every_section_and_word_of_the_page_file_has_its_phrases() -> None:
    texts = texts_in(AMSTERDAM)
    for section in pages().sections:
        for part in ("title", "ask"):
            assert texts.has(f"section.{section.key}.{part}", "nl")
            assert texts.has(f"section.{section.key}.{part}", "en")
    words = [word for words in pages().words.values() for word in words]
    assert len(words) == len(set(words))


# the compiler


def test_the_bot_starts_without_the_compiler() -> None:
    code = "import sys, handlers; handlers.load(); sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_broken_document_is_one_fault_and_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(DocumentFault):
        pdf([{"footer": ""}], template="plan", date=DATE)
    with pytest.raises(DocumentFault):
        pdf([{"footer": ""}], template="nothing", date=DATE)
    assert len(caplog.records) == 2


def test_a_compiler_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "PATIENCE", 0.01)
    with pytest.raises(DocumentFault):
        pdf([{"footer": ""}], template="plan", date=DATE)


# the plan of a group


async def test_the_document_is_whole_in_every_script(world: Welcome, arabic: Texts) -> None:
    await world.with_newcomer("en")
    both = parts_in(world, arabic)
    assert [(part["lang"], part["dir"]) for part in both] == [("nl", "ltr"), ("ar", "rtl")]
    assert both[1]["title"] == ARABIC["doc.title"]
    document = pdf(both, template="plan", date=DATE)
    assert document.startswith(b"%PDF-")
    assert number_of_pages(document) >= 8
    one = pdf(both[:1], template="plan", date=DATE)
    assert 2 <= number_of_pages(one) <= number_of_pages(document) / 2 + 1
    bare = pdf(both, template="plan", date=DATE, fonts=False)
    assert number_of_pages(bare) >= 8


async def test_a_plan_without_arrival_or_anything_filled_in(world: Welcome) -> None:
    await world.with_group(arrival="")
    parts = parts_in(world)
    assert number_of_pages(pdf(parts, template="plan", date=DATE)) >= 2
    assert parts[0]["year"]["today"] is None
    shown = [row for phase in parts[0]["tasks"]["phases"] for area in phase["areas"] for row in area["rows"]]
    assert len(shown) == len(world.rows("select id from task where state != 'dropped'"))
    assert all(section["text"] is None for section in parts[0]["own"]["sections"])
    assert plain_plan(parts)


async def test_what_people_type_is_only_ever_text(world: Welcome) -> None:
    await world.with_group()
    for words in HOSTILE:
        changes = {"newcomer_name": words, "municipality": words}
        parts = parts_in(world, **changes, agreements={"equality": words, "housing": words})
        assert number_of_pages(pdf(parts, template="plan", date=DATE)) >= 4
        page = html.unescape(re.sub(f"[{FSI}{PDI}]", "", as_html(parts)))
        assert " ".join(words.split()) in " ".join(page.split())


async def test_private_tasks_are_neutral_titles_and_nothing_else(world: Welcome) -> None:
    yusuf = await world.with_newcomer("en")
    number = world.number("nareis")
    await world.says(yusuf, f"/when {number} 3 december 14:00")
    parts = parts_in(world)
    spec = world.app.content.plans["resettlement"].by_key["nareis"]
    everything = json.dumps(parts, ensure_ascii=False) + plain_plan(parts)
    for secret in (spec.title.nl, spec.title.en, spec.source, spec.why.nl):
        assert secret not in everything
    rows = [row for phase in parts[0]["tasks"]["phases"] for area in phase["areas"] for row in area["rows"]]
    row = next(row for row in rows if row["number"] == str(number))
    assert spec.neutral
    assert row == {
        "number": str(number),
        "title": spec.neutral.nl,
        "small": None,
        "state": "private",
        "responsible": None,
        "who": None,
        "when": None,
    }
    said = await world.says(world.people["Anna"], "/plan text")
    assert not any(spec.title.nl in words or spec.neutral.nl in words for words in said)


async def test_many_turns_of_one_task_are_one_line(world: Welcome) -> None:
    await world.with_group()
    anna = world.people["Anna"]
    await world.says(anna, "/task elke dinsdag samen koken", group=True)
    for _ in range(3):
        task = world.rows("select number from task where words is not null and state = 'open'")[0]
        await world.says(anna, f"/done {task['number']}", group=True)
        await world.wait(days=7)
    parts = parts_in(world)
    rows = [row for phase in parts[0]["tasks"]["phases"] for area in phase["areas"] for row in area["rows"]]
    cooking = [row for row in rows if "koken" in row["title"]]
    assert len(cooking) == 1
    assert world.phrase("doc.turns", n=3) in cooking[0]["small"]


# asking for it


async def test_plan_pdf_in_the_group_and_by_button(world: Welcome) -> None:
    await world.with_group()
    anna = world.people["Anna"]
    assert world.told(await world.says(anna, "/plan pdf", group=True), "plan.pdf")
    await world.says(anna, "/plan")
    await world.taps(anna, "button.pdf")
    assert world.told(anna, "plan.pdf")
    for chat in (world.group, anna):
        name, content = files_for(world, chat)[-1]
        assert re.fullmatch(r"plan-\d{4}-\d\d-\d\d\.pdf", name)
        assert content.startswith(b"%PDF-")
        assert number_of_pages(content) >= 4


async def test_a_document_that_fails_is_one_honest_line_and_the_text_instead(
    world: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.with_group()
    monkeypatch.setattr(pdf_module, "PATIENCE", 0.001)
    anna = world.people["Anna"]
    assert world.told(await world.says(anna, "/plan pdf"), "plan.no_pdf")
    await world.taps(anna, "button.as_text")
    assert world.told(anna, "plantext.title")


async def test_plan_text_is_a_message_in_each_language_to_pass_on(world: Welcome) -> None:
    await world.with_group()
    anna = world.people["Anna"]
    await world.says(anna, f"/claim {world.number('vog')}", group=True)
    said = await world.says(anna, "/plan text")
    dutch, second = said[0], said[1]
    assert world.told([dutch], "plantext.title")
    assert "VOG" in dutch
    assert "Anna" in dutch
    assert world.phrase("plantext.taken", "nl").strip() in dutch
    assert world.phrase("plantext.taken", "nl").strip() not in second
    assert len(dutch) < 4000
    await world.taps(anna, "button.as_file")
    name, content = files_for(world, anna)[-1]
    text = content.decode("utf-8-sig")
    assert name.endswith(".txt")
    assert world.phrase("doc.title", "nl") in text
    assert "VOG" in text


# the parts that the group writes


async def asks_for(world: Welcome, who: Any, key: str, *, group: bool = False) -> None:
    await world.says(who, "/plan edit", group=group)
    await world.taps(who, f"section.{key}.title", group=group)


async def test_a_part_is_asked_in_private_and_the_group_reads_that_it_changed(world: Welcome) -> None:
    await world.with_group()
    anna = world.people["Anna"]
    world.mark(anna)
    await asks_for(world, anna, "equality", group=True)
    assert world.told(anna, "section.write")
    world.mark(world.group)
    words = "Yusuf beslist.  \n\n  Wij vragen eerst: *wil je hulp*? <b>#panic()</b>"
    said = await world.says(anna, words)
    kept = "Yusuf beslist.\nWij vragen eerst: *wil je hulp*? <b>#panic()</b>"
    assert world.told(said, "section.kept")
    assert json.loads(world.room_row()["agreements"]) == {"equality": kept}
    line = world.heard(world.group)
    assert len(line) == 1
    assert world.told(line, "section.changed", who="Anna")
    assert "Yusuf beslist" not in line[0]
    section = next(s for s in parts_in(world)[0]["own"]["sections"] if s["text"])
    assert section["text"] == kept
    # Somebody else reads what is there, and may write it anew or empty it.
    yusuf = await world.with_newcomer("en")
    await asks_for(world, yusuf, "equality")
    assert any("Yusuf beslist" in words for words in world.heard(yusuf))
    world.mark(world.group)
    await world.taps(yusuf, "button.section_empty")
    assert json.loads(world.room_row()["agreements"]) == {}
    assert world.told(world.group, "section.changed", who="Yusuf")


async def test_a_number_that_can_harm_is_not_kept_and_the_question_stays(world: Welcome) -> None:
    await world.with_group()
    anna = world.people["Anna"]
    await asks_for(world, anna, "income")
    for words, refusal in (
        ("Zijn BSN is 111222333", "words.secret"),
        ("woord " * 400, "words.long"),
    ):
        assert world.told(await world.says(anna, words), refusal)
    assert json.loads(world.room_row()["agreements"]) == {}
    world.mark(world.group)
    assert world.told(await world.says(anna, "Dina leest mee."), "section.kept")
    await asks_for(world, anna, "income")
    assert world.told(await world.says(anna, "Dina leest mee."), "section.same")
    assert len(world.heard(world.group)) == 1


async def test_leaving_a_part_as_it_is_stops_the_question(world: Welcome) -> None:
    await world.with_group()
    anna = world.people["Anna"]
    await asks_for(world, anna, "contact")
    await world.taps(anna, "button.section_keep")
    assert world.told(anna, "section.list")
    await world.says(anna, "Elke zaterdag om elf uur.")
    assert json.loads(world.room_row()["agreements"]) == {}


async def test_only_members_edit(world: Welcome) -> None:
    await world.with_group()
    tom = world.person("Tom")
    world.telegram.add_member(world.group, tom)
    await world.says(world.people["Anna"], "/plan edit", group=True)
    await world.taps(tom, "section.equality.title", group=True)
    await world.says(tom, "Ik bepaal het.")
    await world.says(tom, "/plan edit")
    assert json.loads(world.room_row()["agreements"]) == {}
    assert not world.told(tom, "section.list")


async def test_whoever_closed_the_private_chat_is_asked_to_open_it(world: Welcome) -> None:
    await world.with_group()
    bram = world.people["Bram"]
    world.telegram.block_bot(bram)
    await world.settle()
    await world.says(world.people["Anna"], "/plan edit", group=True)
    # A chat opened elsewhere and closed to this bot: a press in the group can still come.
    message, label = world.button(world.group, "section.work.title")
    press = await world.telegram.press(bram, world.group, message, label)
    await world.settle()
    assert press
    assert "start=hello" in press.url
    assert world.rows("select id from question where topic = 'section'") == []
