"""Letters: dates and terms as the law counts them, kinds told apart, nothing invented, nothing leaked."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import ROOT
from bot.domain.words import LANGUAGES, Phrase
from bot.explaining import Explainer, LetterFault, explain_files
from bot.letters.dates import days_in, extended, free, holidays, working_days_on
from bot.letters.head import letter_date, reference
from bot.letters.kinds import LetterKind, kinds, sayings
from bot.letters.letter import read_letter
from bot.letters.masking.text import masked
from bot.letters.reader.reading import Line, Reading
from bot.letters.recognise import stem
from bot.letters.terms import deadlines
from bot.letters.text import LONGEST, SENTENCE, WIDEST, Body, even, squeezed
from bot.texts import Texts
from tests import letter_scores

pytestmark = pytest.mark.slow
JUNK = ("1-1-2026 ", "€ 1,00 ", "999 11 0548 ", "Geachte heer ", "binnen 14 dagen ", "u i t ")
SENT = date(2026, 11, 16)
"""A Monday."""
ZONE = ZoneInfo("Europe/Amsterdam")
days = st.dates(date(2024, 1, 1), date(2034, 12, 31))


def terms(words: str, sent: date | None = SENT, *, public: bool = True) -> list[tuple[str, str, str]]:
    found = deadlines(Body(even(words)), sent, public=public)
    return [(one.date.isoformat(), one.what, one.basis) for one in found]


# days


@pytest.mark.parametrize(
    "words, day",
    [
        ("12 november 2026", date(2026, 11, 12)),
        ("l2 nov. 2O26", date(2026, 11, 12)),
        ("12-11-2026", date(2026, 11, 12)),
        ("12.11.2026", date(2026, 11, 12)),
        ("2026-11-12", date(2026, 11, 12)),
        ("Assen,12 november 2026", date(2026, 11, 12)),
        ("de twaalfde november tweeduizendzesentwintig", date(2026, 11, 12)),
        ("no-\nvember: 12 no-\nvember 2026", date(2026, 11, 12)),
    ],
)
def test_a_day_is_read_as_letters_write_it(words: str, day: date) -> None:
    assert [named.day for named in days_in(even(words))] == [day]


@pytest.mark.parametrize(
    "words", ["31 november 2026", "artikel 12.1", "€ 12,11", "088 000 12 11", "12 november"]
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert days_in(words) == []


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert [n.day for n in days_in("vóór 5 januari", date(2026, 12, 20))] == [date(2027, 1, 5)]


@given(st.text(alphabet="ab1 €,.\n", min_size=1, max_size=2000))
def test_a_line_that_is_too_wide_is_folded_and_loses_nothing(words: str) -> None:
    wide = words.replace("\n", "x") * 3
    folds = even(wide)
    assert max(map(len, folds.split("\n"))) <= WIDEST
    assert len("".join(folds.split())) == len("".join(wide.split()))
    assert "\n\n" not in folds


@pytest.mark.parametrize("piece", JUNK)
def test_no_more_is_looked_at_than_a_letter_can_be(piece: str) -> None:
    """Without these bounds such junk took minutes."""
    body = Body(even(piece * (60_000 // len(piece))))
    assert len(body.text) <= LONGEST * 1.02
    assert max(map(len, body.lines)) <= WIDEST
    assert max(len(sentence) for _, sentence in body.sentences) <= SENTENCE
    letter = read_letter(body.text)
    assert letter.date is None
    assert letter.kind in (*kinds(), "other")


# terms


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("Betaal uiterlijk 15 december 2026.", ("2026-12-15", "pay", "stated")),
        ("Betaal vóór 15 december 2026.", ("2026-12-14", "pay", "stated")),
        ("Stuur het formulier tot en met 15 december 2026 terug.", ("2026-12-15", "reply", "stated")),
        ("Maak bezwaar binnen zes weken na de dag van verzending.", ("2026-12-28", "object", "computed")),
        ("Stuur uw bezwaar binnen 6 weken na dagtekening.", ("2026-12-28", "object", "computed")),
        ("Betaal binnen 14 dagen nadat deze brief bij u is bezorgd.", ("2026-12-02", "pay", "computed")),
        ("Lever dit in binnen tien werkdagen na de datum hierboven.", ("2026-11-30", "reply", "computed")),
        ("Ga in beroep binnen vier weken na bekendmaking.", ("2026-12-14", "appeal", "computed")),
        ("Wij geven u twee weken de tijd. Deze termijn begint op de dag na de datum van deze brief.",
         ("2026-11-30", "act", "computed")),
    ],
)  # fmt: skip
def test_a_term_ends_as_the_law_says(words: str, wanted: tuple[str, str, str]) -> None:
    assert terms(words) == [wanted]


def unlike(words: str) -> list[tuple[date, date | None]]:
    return [(one.date, one.differs) for one in deadlines(Body(even(words)), SENT, public=True)]


LAW = SENT + timedelta(weeks=6)
SAYS = "Maak bezwaar binnen zes weken na dagtekening, dus {edge} {day.day} december 2026."


@pytest.mark.parametrize("edge, late", [("uiterlijk", 0), ("vóór", 0), ("vóór", 1)])
def test_a_term_that_ends_on_the_day_beside_it_is_told_once(edge: str, late: int) -> None:
    told = unlike(SAYS.format(edge=edge, day=LAW + timedelta(days=late)))
    assert told == [(LAW + timedelta(days=late - (edge == "vóór")), None)]


def test_where_a_term_and_the_day_beside_it_disagree_both_are_told_and_the_earliest_counts() -> None:
    early, late = LAW - timedelta(days=4), LAW + timedelta(days=2)
    assert unlike(SAYS.format(edge="uiterlijk", day=early)) == [(early, LAW)]
    assert unlike(SAYS.format(edge="uiterlijk", day=late)) == [(LAW, late), (late, None)]


def test_of_a_term_from_a_day_that_nobody_knows_the_printed_day_wins() -> None:
    words = "Betaal binnen 14 dagen na ontvangst van deze brief, dus uiterlijk 4 december 2026."
    assert unlike(words) == [(date(2026, 12, 4), None)]


@pytest.mark.parametrize(
    "words",
    [
        "Wij beslissen binnen acht weken na ontvangst van uw aanvraag.",
        "Wij nemen een besluit binnen acht weken, dus uiterlijk 11 januari 2027.",
        "Geef veranderingen binnen twee weken door.",
        "De les valt uit van 17 tot en met 25 december 2026.",
        "Uw pas is geldig tot 1 mei 2029.",
        "Kunt u niet komen? Bel 24 uur van tevoren.",
        "Bij ziekte meldt u dat binnen twee weken na het examen.",
        "Het bedrag wordt op 28 december 2026 automatisch afgeschreven.",
        "Wij zijn open van maandag tot en met vrijdag.",
        "Betaal vóór 3 januari 2026.",
    ],
)
def test_what_is_no_last_day_of_the_reader_is_none(words: str) -> None:
    assert terms(words) == []


def test_without_a_date_nothing_is_counted() -> None:
    assert terms("Betaal binnen zeven dagen na dagtekening van deze brief.", None) == []


def test_a_private_term_is_not_extended() -> None:
    words, friday = "Betaal binnen acht dagen na dagtekening.", date(2026, 11, 13)
    assert terms(words, friday, public=False) == [("2026-11-21", "pay", "computed")]
    assert terms(words, friday) == [("2026-11-23", "pay", "computed")]


@given(days)
def test_a_legal_term_never_ends_on_a_free_day_nor_earlier(day: date) -> None:
    ends = extended(day)
    assert not free(ends)
    assert timedelta(0) <= ends - day <= timedelta(days=5)
    assert all(free(day + timedelta(days=n)) for n in range((ends - day).days))


@given(days, st.integers(1, 30))
def test_working_days_are_counted_one_by_one(day: date, number: int) -> None:
    ends = working_days_on(day, number)
    between = [day + timedelta(days=n) for n in range(1, (ends - day).days + 1)]
    assert sum(not free(one) for one in between) == number


def test_the_holidays_of_the_law() -> None:
    """Algemene termijnenwet art. 3: Good Friday too, and days named by royal decree."""
    assert {date(2027, 3, 26), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 7)} <= holidays(2027)


# around the letter


@pytest.mark.parametrize(
    "head, sent",
    [
        ("Gemeente X\n\nDatum        16 november 2026\n\nGeachte heer,", SENT),
        ("Gemeente X\n           Datum\nPostbus 1  16 november 2026\n\nGeachte heer,", SENT),
        ("Utrecht, 16 november 2026\nGeb.datum 1-2-1990\n\nGeachte heer,", SENT),
        ("Vervaldatum 16 november 2026\nGeboren 1-2-1990\n\nGeachte heer,", None),
        ("Op 16 november 2026 vroeg u bijstand aan.\n\nGeachte heer,", None),
    ],
)
def test_the_letters_own_date(head: str, sent: date | None) -> None:
    assert letter_date(Body(head + "\n\nTekst.")) == sent


def test_the_senders_mark_comes_before_a_customers_number() -> None:
    assert reference(Body("Klantnummer 5512\nOns kenmerk AB-26/771\n\nBeste,")) == "AB-26/771"
    assert reference(Body("Beste buren,\nkomt allen!")) is None


def test_a_reference_that_holds_a_bsn_is_not_given() -> None:
    letter = read_letter(
        "Dienst Toeslagen\nBeschikkingsnummer 9996.09.506.T.27.1.0043\n\nGeachte heer,\n\nTekst."
    )
    assert letter.reference is None
    assert "9996" not in letter.text


# kinds


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_a_kind_is_whole(kind: LetterKind) -> None:
    known = {file.stem for file in (ROOT / "content" / "organisations").glob("*.toml")}
    assert kind.ask in known
    assert set(kind.say) <= set(sayings())
    assert kind.decision <= kind.public


def test_every_kind_is_there() -> None:
    named = (ROOT / "tests" / "letters" / "labels.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["kind"] for line in named} - {"other"} == set(kinds())


@given(st.text(alphabet="abelnoist0156 -", max_size=40))
def test_what_a_bad_picture_does_to_spaces_does_not_count(words: str) -> None:
    assert squeezed(words) == squeezed(words.replace(" ", "")) == squeezed(" ".join(words))
    assert stem(squeezed(words)) in squeezed(words) or not squeezed(words)


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)  # the model of meaning is loaded on the way
def test_no_text_is_too_strange(words: str) -> None:
    letter = read_letter(words)
    assert letter.kind in (*kinds(), "other")
    assert masked(letter.text) == letter.text


# on the command line


def explain(tmp_path: Path, words: str, language: str = "nl", *, as_lines: bool = False) -> str:
    file = tmp_path / "letter.txt"
    file.write_text(words, encoding="utf-8")
    today = date(2026, 11, 20)
    return next(explain_files([str(file)], b"", language=language, today=today, zone=ZONE, as_lines=as_lines))


LETTER = (ROOT / "tests" / "letters" / "02.txt").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_explained_in_every_language_and_says_who_has_not_read_the_translation(
    tmp_path: Path, language: str
) -> None:
    said, texts = explain(tmp_path, LETTER, language), Texts(zone=ZONE)
    assert texts.day(date(2026, 11, 27), language) in said
    draft, none = (texts.plain(Phrase(key), language) for key in ("letter.draft", "letter.no_language"))
    assert (draft in said) == (language not in ("nl", "en"))
    assert none not in said


def test_json_has_every_key_and_nothing_personal(tmp_path: Path) -> None:
    said = json.loads(explain(tmp_path, LETTER, as_lines=True))
    assert set(said) == {
        "file", "kind", "confidence", "sender", "sender_type", "letter_date", "reference", "deadlines",
        "appointments", "amounts", "urgency", "explanation", "actions", "redacted_text", "unreadable",
    }  # fmt: skip
    assert said["deadlines"][0]["quote"] in " ".join(LETTER.split())
    for secret in ("Tesfamariam", "999521299", "Vredeveldweg"):
        assert secret not in json.dumps(said, ensure_ascii=False)


def test_what_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "letter.zip"
    file.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    (said,) = explain_files([str(file)], b"", language="en", today=SENT, zone=ZONE, as_lines=False)
    assert said == Texts(zone=ZONE).catalogue("en").phrases["letter.unreadable.unsupported"][0]


def test_a_page_that_was_lost_is_told_and_the_rest_is_explained() -> None:
    reading = Reading(((Line(LETTER, 1.0),),), lost=((2, "blurred"),))
    explainer = Explainer("en", SENT, ZONE)
    told = explainer.json("scan.pdf", reading, read_letter(LETTER))
    assert told["unreadable"] is None
    assert told["deadlines"]
    why = Phrase("letter.unreadable.blurred")
    assert explainer.say([Phrase("letter.page_lost", page=2, why=why)]) in told["explanation"]


def test_chatter_is_no_letter(tmp_path: Path) -> None:
    said = explain(tmp_path, "hoi, wat eten we vandaag?")
    assert said == Texts(zone=ZONE).catalogue("nl").phrases["letter.none"][0]


def test_a_file_that_is_not_there_or_a_language_that_is_none_is_one_line(tmp_path: Path) -> None:
    for files, language in (([str(tmp_path / "none")], "nl"), (["-"], "xx")):
        with pytest.raises(LetterFault):
            list(explain_files(files, b"", language=language, today=SENT, zone=ZONE, as_lines=False))


def test_a_trick_gives_no_day_and_no_sum(tmp_path: Path) -> None:
    words = (
        "Beste klant,\n\nUw rekening wordt binnen 24 uur geblokkeerd. Klik op de link http://x.example en "
        "vul uw pincode in. Betaal € 1,95 uiterlijk 1 december 2026."
    )
    said = json.loads(explain(tmp_path, words, as_lines=True))
    assert (said["kind"], said["deadlines"], said["amounts"]) == ("phishing", [], [])
    assert "x.example" not in said["explanation"]


# how well


def test_the_labelled_letters_are_understood_well_enough() -> None:
    wanted = letter_scores.labels(letter_scores.FOLDER)
    hits, missed = letter_scores.compared(wanted, letter_scores.understood(letter_scores.FOLDER, wanted))
    assert not letter_scores.too_low(letter_scores.shares(hits)), missed
