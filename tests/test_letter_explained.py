"""A letter explained, as plain values: each line where it belongs, and none that is not certain."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from bot.content import ROOT, load_content
from bot.domain.words import LANGUAGES, Audience, Joined, Phrase, Words
from bot.explaining import Explainer
from bot.letters.amounts import Amount
from bot.letters.appointments import Appointment
from bot.letters.deadline import Deadline, What
from bot.letters.explain import MOST_SUMS, MOST_WORDS, explained, to_say, words_of
from bot.letters.kinds import LetterKind, kinds
from bot.letters.letter import Letter, read_letter
from bot.letters.reader.reading import Reading
from bot.letters.recognise import SURE
from bot.letters.translated import to_translate
from bot.texts import Texts

ORGANISATIONS = load_content().organisations
TEXTS = Texts(zone=ZoneInfo("Europe/Amsterdam"))
TODAY, SENT = date(2027, 4, 15), date(2027, 4, 1)
BILL, OTHER_BILL = kinds()["water-bill"], kinds()["energy-bill"]
LETTER = Letter(
    kind=BILL.key,
    confidence=1.0,
    others=(OTHER_BILL.key,),
    sender="Waterbedrijf De Bron",
    sender_type="water",
    date=SENT,
    reference=None,
    deadlines=(),
    appointments=(),
    amounts=(),
    urgency=2,
    text="Uw voorschot en het vastrecht van uw watermeter: " + "woord " * 40,
)
UNSURE = replace(LETTER, confidence=SURE - 0.1)
UNKNOWN = replace(LETTER, kind="other", confidence=0.3, others=())

DOUBTFUL = """Nutsbedrijf Noord
1 april 2027

Geachte heer,

Uw jaarafrekening. Het leidingwater en de stroom kosten meer. Uw voorschot voor gas verandert.
Regel dit uiterlijk 3 mei 2027. U betaalt € 55,46.
"""
"""Of which nobody can tell whether it is about water or energy."""


def told(letter: Letter, **given: Any) -> list[Phrase]:
    return explained(letter, TODAY, ORGANISATIONS, **given)


def keys(said: Sequence[Phrase]) -> list[str]:
    return [phrase.key for phrase in said]


def by(days: int, what: What = "pay", **given: Any) -> Deadline:
    """A last day that lies so many days ahead."""
    return Deadline(TODAY + timedelta(days), what, given.pop("basis", "stated"), "Betaal dit", **given)


def at(day: int, hour: str) -> Appointment:
    """An appointment on that day of the month."""
    start = datetime.combine(TODAY.replace(day=day), time.fromisoformat(hour))
    return Appointment(start, "Stadsplein 1", f"om {hour} uur")


def meant(kind: LetterKind, part: str) -> Phrase:
    return Phrase("same", it=words_of(kind, part))


def facts(kind: LetterKind, said: Sequence[Phrase]) -> list[Phrase]:
    """The lines in which a kind's own words stand."""
    ours = f"letter.{kind.key}."
    return [
        line
        for line in said
        if any(isinstance(a, Words) and a.key.startswith(ours) for a in line.args.values())
    ]


# a kind that is sure


def test_a_sure_kind_tells_what_it_is_what_to_do_and_what_happens_otherwise() -> None:
    said = told(LETTER)
    name = words_of(BILL, "name")
    assert said[:2] == [
        Phrase("letter.heading_from", kind=name, sender=LETTER.sender),
        meant(BILL, "meaning"),
    ]
    steps = [Phrase("letter.step", step=words_of(BILL, f"steps.{n}")) for n in range(len(BILL.steps))]
    otherwise = Phrase("letter.otherwise", it=words_of(BILL, "otherwise"))
    at = said.index(steps[0])
    assert said[at : at + len(steps) + 1] == [*steps, otherwise]
    assert said[-1] == Phrase("letter.sure")
    assert "letter.unsure" not in keys(said)


@pytest.mark.parametrize(
    "words, reminded",
    [
        ("Onderwerp: aanmaning", True),
        ("Tweede herinnering", True),
        ("Betaal binnen 14 dagen na dagtekening van deze\naanmaning.", True),
        ("Betaalt u te laat, dan volgt een\naanmaning met kosten.", False),
        ("Herinneringen krijgt u per e-mail.", False),
    ],
)
def test_of_a_bill_that_is_a_reminder_no_other_is_promised(words: str, reminded: bool) -> None:
    usual = words_of(BILL, "otherwise")
    it = Phrase("letter.reminded") if reminded else usual
    assert Phrase("letter.otherwise", it=it) in told(replace(LETTER, text=f"{LETTER.text}\n{words}"))


def test_the_clerks_words_that_stand_in_it_are_told_with_what_they_mean() -> None:
    words = [line for line in told(LETTER) if line.key == "letter.word"]
    there = [word.dutch for word in BILL.words if word.dutch in LETTER.text]
    assert [line.args["dutch"] for line in words] == there[:MOST_WORDS]
    assert words[0].args["means"] == words_of(BILL, "words.0")


def test_the_reference_is_told_and_can_not_be_tapped() -> None:
    said = told(replace(LETTER, reference="betaal.example/x"))
    (line,) = [line for line in said if line.key == "letter.reference"]
    assert "betaal.example" not in line.args["reference"]
    assert "letter.reference" not in keys(told(LETTER))


def test_what_to_say_on_the_phone_is_told_where_it_is_asked_for() -> None:
    assert to_say(BILL.say[0]) in told(LETTER, saying=True)
    assert "letter.say" in keys(told(LETTER, saying=True))
    assert "letter.say" not in keys(told(LETTER, saying=False))


def test_without_a_sender_the_heading_is_the_kind_alone() -> None:
    assert told(replace(LETTER, sender=""))[0] == Phrase("letter.heading", kind=words_of(BILL, "name"))


# not sure


def test_of_a_kind_that_is_not_sure_nothing_is_told_as_a_fact() -> None:
    said = told(replace(UNSURE, deadlines=(by(3),), reference="AB-1"), saying=True)
    other = Phrase("letter.other")
    assert said[0] == Phrase("letter.heading_from", kind=other, sender=LETTER.sender)
    both = Joined((words_of(BILL, "name"), words_of(OTHER_BILL, "name")), " · ")
    assert said[1] == Phrase("letter.unsure", kinds=both)
    perhaps = Phrase("letter.if_it_is", kind=words_of(BILL, "name"), meaning=words_of(BILL, "meaning"))
    at = said.index(perhaps)
    assert not [line for line in facts(BILL, said[2:at]) if line.key != "letter.word"]
    assert keys(said[at + 1 :]).count("letter.step") == len(BILL.steps)
    assert {"letter.by", "letter.printed", "letter.word", "letter.ask", "letter.reference"} <= set(keys(said))
    assert not {"letter.sure", "letter.say"} & set(keys(said))


def test_no_actions_are_named_for_a_kind_that_is_not_sure() -> None:
    explainer, reading = Explainer("en", TODAY, TEXTS.zone), Reading(())
    assert explainer.json("a.txt", reading, LETTER)["actions"] == [step.en for step in BILL.steps]
    assert explainer.json("a.txt", reading, UNSURE)["actions"] == []


@pytest.mark.parametrize("letter, key", [(LETTER, "letter.pay"), (UNSURE, "letter.sum")])
def test_whether_a_sum_is_paid_is_told_only_where_the_kind_is_sure(letter: Letter, key: str) -> None:
    said = told(replace(letter, amounts=(Amount(Decimal("1234.50"), "pay"),)))
    assert Phrase(key, sum="€ 1.234,50") in said
    assert {"letter.pay", "letter.sum"} & set(keys(said)) == {key}


def test_a_letter_of_no_sure_kind_makes_no_day_a_day_of_paying() -> None:
    """``act`` becomes ``pay`` by the kind of the letter alone."""
    found = read_letter(DOUBTFUL)
    assert found.known
    assert found.known.sums == "pay"
    assert not found.sure
    assert [one.what for one in found.deadlines] == ["act"]
    assert [one.what for one in read_letter(DOUBTFUL, said=found.kind).deadlines] == ["pay"]


def test_an_unknown_kind_gets_words_and_whom_to_ask() -> None:
    text = "U krijgt een beschikking. U kunt bezwaar maken. " + "woord " * 40
    said = told(replace(UNKNOWN, sender_type="duo", text=text))
    assert keys(said)[1] == "letter.unknown"
    assert {line.args["dutch"] for line in said if line.key == "letter.word"} == {
        "beschikking",
        "bezwaar maken",
    }
    (whom,) = [line for line in said if line.key == "letter.ask"]
    assert whom.args["organisation"].key == "organisation.duo"
    assert not {"letter.step", "letter.otherwise", "letter.sure", "letter.if_it_is"} & set(keys(said))


def test_a_sender_that_leads_nowhere_leaves_the_group_to_ask_or_a_person() -> None:
    nobody = replace(UNKNOWN, sender_type="other")
    assert "letter.ask_anybody" in keys(told(nobody))
    person = Phrase("letter.ask_name", name="Femke", organisation="x")
    said = told(nobody, whom=person)
    assert person in said
    assert "letter.ask_anybody" not in keys(said)


def test_a_word_inside_another_is_not_told() -> None:
    text = "Een voorschottenboek. " + "woord " * 40
    assert "letter.word" not in keys(told(replace(UNKNOWN, text=text)))


def test_chatter_is_none_unless_its_owner_says_it_is_a_letter() -> None:
    short = replace(UNKNOWN, text="hoi", date=None)
    assert keys(told(short)) == ["letter.none"]
    assert "letter.unknown" in keys(told(replace(short, confidence=1.0)))


# dates


@pytest.mark.parametrize("days, key", [(-1, "letter.past"), (0, "letter.today"), (1, "letter.by")])
def test_a_last_day_is_past_today_or_to_come(days: int, key: str) -> None:
    (line,) = [line for line in told(replace(LETTER, deadlines=(by(days),))) if "what" in line.args]
    day = TODAY + timedelta(days)
    what = Phrase("letter.what.pay")
    assert line == Phrase(key, what=what, day=day, year=str(day.year), n=max(days, 0))


@pytest.mark.parametrize("what", get_args(What))
def test_what_may_still_help_is_told_of_what_was_missed_alone(what: What) -> None:
    helps = f"letter.past_helps.{what}"
    missed = told(replace(LETTER, deadlines=(by(-1, what),)))
    assert [key for key in keys(missed) if key.startswith("letter.past_helps")] == [helps]
    assert helps not in keys(told(replace(LETTER, deadlines=(by(0, what),))))
    assert all(TEXTS.has(helps, language) for language in LANGUAGES)


def test_on_which_words_a_day_rests_and_from_when_it_was_counted() -> None:
    quote = by(3).quote
    assert Phrase("letter.printed", quote=quote) in told(replace(LETTER, deadlines=(by(3),)))
    counted = replace(LETTER, deadlines=(by(3, basis="computed"),))
    assert Phrase("letter.counted", quote=quote, day=SENT, year=str(SENT.year)) in told(counted)
    named = replace(LETTER, deadlines=(replace(by(3), quote=""),))
    assert Phrase("letter.told") in told(named)
    assert not {"letter.printed", "letter.counted"} & set(keys(told(named)))


def test_that_no_day_was_found_is_told_and_why() -> None:
    assert "letter.no_date" in keys(told(LETTER))
    assert "letter.no_date_at_all" in keys(told(replace(LETTER, date=None)))
    dated = keys(told(replace(LETTER, deadlines=(by(3),))))
    assert not {"letter.no_date", "letter.no_date_at_all"} & set(dated)


def test_dates_of_every_sort_stand_in_order_of_time() -> None:
    meeting = at(17, "09:30")
    said = told(replace(LETTER, deadlines=(by(-2), by(3)), appointments=(meeting,)))
    dated = [line.key for line in said if "day" in line.args]
    assert dated == ["letter.past", "letter.expected", "letter.by"]


@pytest.mark.parametrize("day, key", [(14, "letter.was_expected"), (15, "letter.expected")])
def test_an_appointment_is_told_with_its_hour_and_place(day: int, key: str) -> None:
    meeting = at(day, "09:05")
    place = Phrase("letter.place", place="Stadsplein 1")
    said = told(replace(LETTER, appointments=(meeting,)))
    assert Phrase(key, day=date(2027, 4, day), hour="09:05", place=place) in said
    nowhere = told(replace(LETTER, appointments=(replace(meeting, place=None),)))
    assert Phrase(key, day=date(2027, 4, day), hour="09:05", place=Phrase("letter.no_place")) in nowhere


# sums


def test_what_is_received_and_what_is_only_told() -> None:
    received, info = Amount(Decimal("900.00"), "receive"), Amount(Decimal("12.00"), "info")
    said = told(replace(LETTER, amounts=(received, info)))
    assert [line for line in said if "sum" in line.args] == [Phrase("letter.receive", sum="€ 900,00")]


def test_of_many_sums_none_is_told() -> None:
    many = tuple(Amount(Decimal(n), "pay") for n in range(1, MOST_SUMS + 2))
    assert "letter.pay" in keys(told(replace(LETTER, amounts=many[:MOST_SUMS])))
    assert "letter.pay" not in keys(told(replace(LETTER, amounts=many)))


# what was hard to read

FAINT = """Waterbedrijf De Bron
Datum 1 april 2027

Geachte heer,

Betaal de rekening voor het drinkwater binnen veertien dagen na dagtekening.
Uw voorschot is € 55,46, te betalen aan ons.
U wordt verwacht op 20 april 2027 om 9.30 uur.
"""


@pytest.mark.parametrize(
    "line, key",
    [
        ("Datum 1 april 2027", "letter.faint_date"),
        ("Betaal de rekening voor het drinkwater binnen veertien dagen na dagtekening.", "letter.faint"),
        ("Uw voorschot is € 55,46, te betalen aan ons.", "letter.faint_sum"),
        ("U wordt verwacht op 20 april 2027 om 9.30 uur.", "letter.faint_meeting"),
    ],
)
def test_what_stands_on_a_line_that_was_hard_to_read_is_told_so(line: str, key: str) -> None:
    faint = {"letter.faint", "letter.faint_date", "letter.faint_sum", "letter.faint_meeting"}
    assert line in FAINT
    assert faint & set(keys(told(read_letter(FAINT, [line])))) == {key}
    assert not faint & set(keys(told(read_letter(FAINT))))


def test_an_appointment_that_is_off_is_told_as_off() -> None:
    gone = Appointment(datetime.combine(TODAY + timedelta(days=3), time(10)), None, "3 mei", off=True)
    said = told(replace(LETTER, called_off=(gone,)))
    assert "letter.called_off" in keys(said)
    assert not {"letter.expected", "letter.no_date"} & set(keys(said))


def test_the_other_day_that_a_letter_gives_is_told_with_it() -> None:
    text = FAINT.replace("dagtekening.", "dagtekening, dus uiterlijk 13 april 2027.")
    (said,) = [line for line in told(read_letter(text)) if line.key == "letter.differs"]
    assert said.args["day"] == SENT + timedelta(days=14)


@pytest.mark.parametrize("letter", [LETTER, UNSURE, UNKNOWN])
def test_of_a_picture_that_was_hard_to_read_it_is_not_said_that_it_was_read_right(letter: Letter) -> None:
    half = tuple(letter.text[at : at + 60] for at in range(0, len(letter.text) // 2, 60))
    assert keys(told(replace(letter, faint=half)))[-1] == "letter.hard"
    assert "letter.sure" not in keys(told(replace(letter, faint=half)))
    assert "letter.hard" not in keys(told(replace(letter, faint=(letter.text[:9],))))


def test_of_a_line_that_was_hard_to_read_nothing_personal_is_kept() -> None:
    line = "Uw burgerservicenummer, heer Haddad: 111222333."
    text = FAINT.replace("Geachte heer,", f"Geachte heer Haddad,\n\n{line}")
    letter = read_letter(text, [line, "heer Haddad, 111222333, half gelezen"])
    (kept,) = letter.faint
    assert kept in letter.text
    assert not [piece for piece in ("Haddad", "111222333") if piece in kept]


# in which language


def without(folder: Path, kind: LetterKind) -> Texts:
    """All languages, with one kind's words gone from the Turkish ones."""
    shutil.copytree(ROOT / "locales", folder)
    file = folder / "letters" / "tr.po"
    blocks = file.read_text("utf-8").split("\n\n")
    file.write_text("\n\n".join(one for one in blocks if f'"letter.{kind.key}.' not in one), "utf-8")
    return Texts(folder, zone=TEXTS.zone)


def test_a_language_explains_what_its_file_has_words_for(tmp_path: Path) -> None:
    texts, reader = without(tmp_path / "locales", OTHER_BILL), Audience(1, ("tr",), private=True)
    note, draft = (texts.plain(Phrase(key), "tr") for key in ("letter.no_language", "letter.draft"))
    said = texts.message(reader, tuple(told(LETTER, saying=False)), "letter.no_language")
    assert texts.words(words_of(BILL, "meaning"), "tr") in said
    assert not [words for words in (BILL.meaning.en, BILL.meaning.nl, note) if words in said]
    assert said.endswith(draft)
    other = replace(LETTER, kind=OTHER_BILL.key)
    said = texts.message(reader, tuple(told(other, saying=False)), "letter.no_language")
    assert said.startswith(note)
    assert all(words in said for words in (OTHER_BILL.meaning.en, OTHER_BILL.meaning.nl))
    perhaps = texts.message(reader, (Phrase("letter.perhaps", letter=words_of(OTHER_BILL, "name")),))
    assert perhaps.count("\n") == 0


def test_every_kind_is_explained_whole_in_every_language() -> None:
    for language in LANGUAGES:
        reader = Audience(1, (language,), private=True)
        halves = [
            kind.key
            for kind in kinds().values()
            if TEXTS.reading(reader, tuple(told(replace(LETTER, kind=kind.key))), whole=True) != [language]
        ]
        assert halves == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"nl", "en"}))
def test_a_translation_keeps_the_figures_of_what_it_was_made_from(language: str) -> None:
    letters = TEXTS.of_letters(language)
    assert letters
    said = letters.phrases
    figures = {key: sorted(re.findall(r"\d+", text.nl)) for key, text in to_translate().items()}
    assert {key: sorted(re.findall(r"\d+", said[key][0])) for key in figures} == figures


def test_a_page_that_was_not_sent_is_named() -> None:
    front = replace(LETTER, text=LETTER.text + "\npagina 1 van 2")
    assert Phrase("letter.pages_missing", page=2, n=2) in told(front)
    whole = replace(front, text=front.text + "\npagina 2 van 2")
    assert "letter.pages_missing" not in keys(told(whole))


@pytest.mark.parametrize(
    "quote, shown",
    [
        ("20 april 2027 tussen 14 en 16 uur", True),
        ("20 april 2027 van 14.00 tot 16.00 uur", True),
        ("20 april 2027. Ontvangst 13.30 uur. Start 14.00 uur", True),
        ("20 april 2027 om 14.00 uur", False),
        ("20 april 2027 om 14.00 uur en een tolk", False),
    ],
)
def test_until_when_and_when_to_be_there_before_is_told_in_the_letters_words(quote: str, shown: bool) -> None:
    visit = replace(at(20, "14:00"), quote=quote)
    said = told(replace(LETTER, appointments=(visit,)))
    assert (Phrase("letter.printed", quote=quote) in said) == shown
