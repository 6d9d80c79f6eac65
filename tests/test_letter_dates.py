"""Ways in which letters say days: last ones, their own date, appointments; and what is none of these."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.appointments import appointments
from bot.letters.explain import when
from bot.letters.head import letter_date, year_around
from bot.letters.letter import read_letter
from bot.letters.terms import deadlines
from bot.letters.text import Body, even

SENT = date(2026, 11, 16)
"""A Monday."""


def last_days(words: str, *, public: bool = True) -> set[str]:
    """The last days in words, those of this year without it."""
    found = deadlines(Body(even(words)), SENT, public=public)
    return {one.date.isoformat().removeprefix("2026-") for one in found}


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("Wij ontvangen uw formulier graag voor 12 december 2026.", "12-11"),
        ("U hebt tot en met 1 december de tijd om te reageren.", "12-01"),
        ("Lever de stukken ten laatste 14 dagen na de datum van deze brief in.", "11-30"),
        ("Binnen 14 dagen na heden dient u het bedrag te voldoen.", "11-30"),
        ("Tot uiterlijk 1 december kunt u zich aanmelden.", "12-01"),
        ("Geef u op vóór vrijdag 27 november.", "11-26"),
        ("Betaal € 45 voor 27-11-2026.", "11-26"),
        ("Wij willen uw antwoord uiterlijk 27 november ontvangen hebben.", "11-27"),
        ("Uiterlijk op de dertigste november tweeduizendzesentwintig dient u te betalen.", "11-30"),
        ("Uw code verloopt op 7 december 2026.", "12-07"),
        ("U heeft zes weken de tijd om bezwaar te maken.", "12-28"),
        ("Wij moeten uw bezwaar binnen zes weken na de datum van deze brief hebben ontvangen.", "12-28"),
        ("Stuur ons uiterlijk een week na de datum van deze brief een kopie.", "11-23"),
        ("Wij geven u tot 30 november de gelegenheid om te reageren.", "11-29"),
        ("De hersteltermijn is twee weken na verzending van deze brief.", "11-30"),
        ("Bezwaartermijn: 6 weken na dagtekening", "12-28"),
        ("Inleveren bij de balie, laatste dag vrijdag 27 november 2026.", "11-27"),
        ("Graag reactie voor 27/11/2026.", "11-26"),
        ("Graag binnen tien dagen retour.", "11-26"),
        ("Meld u binnen 4 weken na vandaag aan.", "12-14"),
        ("27 november 2026 is de laatste dag waarop u kunt betalen.", "11-27"),
        ("De inschrijving sluit op 27 november 2026.", "11-27"),
        ("Betaal vóór het einde van november 2026.", "11-30"),
        ("Betaal binnen 2 (twee) weken na dagtekening.", "11-30"),
        ("Geef uw inkomsten door tussen 1 december en 7 december 2026.", "12-07"),
        ("Reageer vóór 4 dec.", "12-03"),
        ("Wij vragen u ons binnen drie weken de volgende stukken te zenden.", "12-07"),
        ("U hebt zes weken om bezwaar te maken, geteld vanaf de dag na de verzenddatum.", "12-28"),
        ("Breng de spullen voor 27 november terug.", "11-26"),
        ("Haal het pakket op vóór 27 november.", "11-26"),
        (
            "U krijgt van ons nog een termijn van veertien dagen om te betalen. Die veertien dagen gaan in op"
            " de dag nadat u deze brief heeft ontvangen.",
            "12-02",
        ),
        ("De termijn is kort: tien dagen na dagtekening.", "11-26"),
        ("Neem vóór 27 november contact op met uw klantmanager.", "11-26"),
        ("Wij hebben uw handtekening nodig vóór 27 november.", "11-26"),
        ("De schuld moet binnen 6 weken zijn afgelost.", "12-28"),
        ("Binnen diezelfde zes weken na verzending kunt u bezwaar indienen.", "12-28"),
        ("Maak het bedrag uiterlijk 1 dec. 2026 over.", "12-01"),
        ("De stukken dienen uiterlijk 1 december in ons bezit te zijn.", "12-01"),
        ("Gelieve dit bedrag vóór 15 december 2026 te voldoen.", "12-14"),
        ("Indien u bezwaar heeft, dient u dit binnen zes weken na dagtekening kenbaar te maken.", "12-28"),
        ("U kunt reageren tot uiterlijk vrijdag 4 december 2026, 17.00 uur.", "12-04"),
        ("Als wij vóór 4 december niets van u horen, stoppen wij de uitkering.", "12-03"),
        ("Laat ons binnen 5 werkdagen weten welke dag u het beste schikt.", "11-23"),
        ("Teken de overeenkomst en mail deze uiterlijk maandag 23 november.", "11-23"),
        ("De code is twintig dagen geldig vanaf de datum van deze brief.", "12-07"),
        ("Haal uw document op binnen drie maanden na de datum van deze brief.", "2027-02-16"),
        ("Schrijf uw kind in vóór 1 december.", "11-30"),
        ("U wordt verzocht de openstaande premie ten laatste op 30 november 2026 te betalen.", "11-30"),
        ("Uiterste betaaldatum eerste termijn: 30 november 2026", "11-30"),
        ("U hebt tot 8 december 2029 om in te burgeren.", "2029-12-07"),
        ("U kunt tot 1 september 2027 huurtoeslag over 2026 aanvragen.", "2027-08-31"),
        ("Wij horen graag vóór 26 november of u komt.", "11-25"),
        ("Aanmelden: vóór 26 november via de website", "11-25"),
        ("Meenemen strookje: uiterlijk 26 november in de klas.", "11-26"),
        ("Wijzigen of opzeggen kan tot en met 31 december 2026.", "12-31"),
        ("Dien uw verzoek in binnen acht weken na dagtekening van deze beschikking.", "2027-01-11"),
        ("Binnen 14 dagen na ontvangst van dit schrijven ontvangen wij uw betaling.", "12-02"),
        ("U heeft tot vier weken na de verzenddatum van deze brief de tijd.", "12-14"),
        ("Maak uw zienswijze kenbaar binnen twee weken na verzenddatum.", "11-30"),
        ("De reactie moet binnen twee weken bij ons zijn.", "11-30"),
        ("Uw reactie moet vóór dinsdag 1 december 2026 bij ons binnen zijn.", "11-30"),
        ("Wilt u ons uiterlijk over twee weken laten weten wat u kiest?", "11-30"),
        ("Kom uw pas ophalen. Dat kan tot 16 februari 2027.", "2027-02-15"),
        ("De uiterste datum waarop wij uw formulier moeten hebben, is 4 december 2026.", "12-04"),
        ("De bezwaartermijn loopt tot en met 28 december 2026.", "12-28"),
        ("Betaal de rekening (€ 42,50) binnen 14 dgn na dagtekening.", "11-30"),
        ("Betaal uiterlijk 2 weken na de datum van deze factuur.", "11-30"),
        ("Uiterlijk vrijdag 4 december moet de hele huur zijn bijgeschreven.", "12-04"),
        ("Voor 4 december moet dit zijn geregeld.", "12-03"),
        ("Inleverdatum: 4 december 2026", "12-04"),
        ("Graag terugsturen vóór: vrijdag 4 december", "12-03"),
        ("Deze machtiging is drie maanden geldig. Reis dus vóór 16 februari 2027.", "2027-02-15"),
    ],
)  # fmt: skip
def test_a_last_day_is_found_however_it_is_said(words: str, wanted: str) -> None:
    assert last_days(words) == set(wanted.split())


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("De factuur dient binnen 21 dagen na factuurdatum voldaan te zijn.", "12-07"),
        ("Betalingstermijn: 30 dagen na factuurdatum", "12-16"),
        ("Wij verzoeken u vriendelijk het bedrag binnen acht dagen over te maken.", "11-24"),
        ("Binnen twee weken nadat u deze aanmaning ontving, moet u betalen.", "12-02"),
        ("Betaal binnen 14 dagen vanaf de dag na ontvangst van deze brief.", "12-02"),
        ("Wij ontvangen uw betaling gaarne binnen 8 dagen na heden.", "11-24"),
    ],
)  # fmt: skip
def test_a_private_term_is_found_however_it_is_said(words: str, wanted: str) -> None:
    assert last_days(words, public=False) == {wanted}


@pytest.mark.parametrize(
    "words",
    [
        "Wij laten u voor 1 december weten of u de woning krijgt.",
        "De kaart is geldig van 1-12-2026 t/m 31-12-2026.",
        "Wij zijn van 24 december tot en met 1 januari gesloten.",
        "Uw contract loopt tot 1 juni 2027.",
        "Bel uiterlijk een week voor de afspraak.",
        "Bij ziekte belt u vóór 9.00 uur.",
        "U had uiterlijk 10 november moeten betalen.",
        "U kunt binnen 14 dagen na aankoop ruilen.",
        "De gemeente beslist binnen acht weken.",
        "De prijs geldt tot 1 januari 2027.",
        "Uw bezwaar behandelen wij binnen twaalf weken.",
        "Als uw bezwaar slaagt, krijgt u het geld binnen vier weken terug.",
        "Uw uitkering staat uiterlijk 25 november op uw rekening.",
        "Over de periode 1 januari t/m 31 december 2026 kreeg u toeslag.",
        "Het seizoen loopt van september t/m 31 mei 2027.",
        "In Nederland melden zij zich binnen drie dagen in Ter Apel.",
        "Wij streven ernaar u binnen zes weken na ontvangst van deze brief te berichten.",
        "De lift is tot en met 4 december 2026 buiten gebruik.",
        "Wij hebben u op 2 november gevraagd binnen twee weken te betalen.",
        "Uw nieuwe pas wordt binnen vier weken bezorgd.",
        "Over uw bezwaar wordt binnen zes weken beslist.",
        "De korting geldt voor bestellingen tot 1 december 2026.",
        "Daarna mogen zij 90 dagen lang met die sticker naar Nederland reizen.",
        "De uitslag krijgt u binnen twee weken thuisgestuurd.",
        "Uw klacht handelen wij binnen zes weken af.",
        "De ingangsdatum is 1 december 2026.",
        "Het abonnement is tot 1 maart gratis.",
        "De balie is van 21 december t/m 2 januari dicht.",
        "U woont daar sinds 3 november 2026.",
        "Uw aanvraag hebben wij op 3 november 2026 ontvangen.",
        "De verhoging gaat in op 1 januari 2027.",
        "Wilt u de afspraak verzetten? Doe dat uiterlijk 48 uur van tevoren.",
        "Verhuist u? Meld het binnen vijf dagen bij de gemeente.",
        "Wie zich niet binnen vijf dagen na een verhuizing inschrijft, kan een boete krijgen.",
        "Deze beslissing hebben wij genomen binnen de wettelijke termijn van acht weken.",
        "De garantie geldt binnen twee jaar na aankoop.",
        "U had de stukken vóór 1 december 2026 moeten inleveren.",
        "Uw verblijfsvergunning is verleend tot 3 december 2031.",
        "Uw ID-kaart verloopt op 3 maart 2027.",
        "De speelzaal is gesloten van 19 december 2026 tot 4 januari 2027.",
        "Tot 1 december 2026 betaalt u € 40, daarna € 45.",
        "U moet 6 weken voor de bevalling verlof opnemen.",
        "Uiterlijk eind december hoort u van ons.",
        "De huurverhoging gaat in op 1 juli 2027. U kunt bezwaar maken tot die datum.",
        "U verneemt vóór 4 december 2026 onze beslissing.",
        "Binnen twee weken na verzending van uw bezwaarschrift ontvangt u een bevestiging.",
        "De termijn van acht weken is verlengd tot 11 januari 2027.",
        "Uw bijstand is toegekend van 16 november 2026 tot 16 mei 2027.",
        "De winkel is open tot 18.00 uur.",
        "De tussenstand over de maanden juli tot en met oktober 2026 vindt u hieronder.",
        "Uw eigen risico geldt voor het jaar 2027.",
        "Kom 10 minuten voor de afspraak.",
        "U moet minimaal binnen drie jaar slagen.",
        "De foto is op te vragen met de inlogcode op de achterzijde; de code verloopt op 29 december 2026.",
        "U heeft het geld uiterlijk een week na de dagtekening.",
        "Het geld komt vóór 24 december 2026 op de rekening die bij ons bekend is.",
        "Rustig Jaar (vast tot 1 december 2027)",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_last_day_is_none(words: str) -> None:
    assert last_days(words) == set()


@pytest.mark.parametrize(
    "words",
    [
        "Gemeente Zwolle\nPostbus 1\n\nZwolle, 3 maart 2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nd.d. 3 maart 2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nZwolle, d.d. 3 maart 2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nDatum:  3 mrt. 2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nDatum:  3-mrt-2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\n3 maart '26\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\n03-03-'26\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\n2026-03-03\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\n03/03/2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nDatum 3 maart 20 26\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nDatum 3maart 2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nDatum 3 ma art 2026\n\nGeachte heer X,\n\nTekst.",
        "Gemeente Zwolle\n\nDatum 3 rnaart 2O26\n\nGeachte heer X,\n\nTekst.",
        "From: x\nSent: Tuesday, March 3, 2026 10:12 AM\nSubject: hallo\n\nBeste X,\n\nTekst",
        "Op di 3 mrt 2026 om 10:12 schreef Gemeente Zwolle <a@b.example>:\n\nBeste X,\n\nTekst",
        "Gemeente Zwolle\n\nBeste X,\n\nTekst.\n\nAldus opgemaakt te Zwolle op 3 maart 2026",
        "Gemeente Zwolle\n\nBeste X,\n\nDe datum van deze brief is 3 maart 2026.",
        "Heden, drie maart tweeduizend zesentwintig, heb ik, deurwaarder te Zwolle,",
        "Heden de derde maart tweeduizendzesentwintig heb ik, deurwaarder te Zwolle,",
        "Datum\n3 maart 2026\n\nOns kenmerk\nAB/12\n\nUw brief van\n12 februari 2026\n\nBeste X,",
        "Gemeente Zwolle      verzonden: 3 maart 2026      geboortedatum: 12-12-1990\n\nBeste X,",
        "Gemeente Zwolle\nVerzenddatum:\n3 maart 2026\nBeste X,",
        "Dagtekening: 3 maart 2026\nVervaldatum: 31 maart 2026\nFactuur",
        "3 maart 2026, Zwolle\n\nBeste X,",
        "Zwolle 3 maart 2026\n\nBeste X,",
        "'s-Hertogenbosch, dinsdag 3 maart 2026\n\nBeste X,",
        "Capelle aan den IJssel, 3 maart 2026\n\nBeste X,",
        "DUO, afdeling Examens                                        3 maart 2026\n\nOproep examen\n",
        "Gemeente Purmerend\nOp:  dinsdag 3 maart 2026\nRef: ONTZ-118\n\nBeste mevrouw,\n",
        "M.T. Woldu    specificatiedatum 03-03-2026\n\nbetaaldatum   24-03-2026\n",
        "Beste buur,\n\nDank.\n\nGroet,\nLoek\n\nVerzonden: Arnhem, 03-03-2026\n",
    ],
)  # fmt: skip
def test_the_letters_date_is_found_wherever_it_stands(words: str) -> None:
    assert letter_date(Body(even(words))) == date(2026, 3, 3)


@pytest.mark.parametrize(
    "words",
    [
        "Beste X,\n\nOp 3 maart 2026 hebben wij uw aanvraag ontvangen.",
        "Aanvraag van 3 maart 2026\n\nBeste X,",
        "Betreft: uw aanvraag d.d. 3 maart 2026\n\nBeste X,",
        "Onderwerp: bezwaarschrift van 3 maart 2026\n\nBeste X,",
        "Geboortedatum: 3 maart 1990\n\nBeste X,",
        "Uitnodiging\nDatum afspraak: 3 maart 2026\n\nBeste X,",
        "Ouderavond 3 maart 2026\n\nBeste X,",
        "Vervaldatum: 3 maart 2026\n\nBeste X,",
        "Ingangsdatum 3 maart 2026\n\nBeste X,",
        "Periode 1 maart 2026 t/m 31 maart 2026\n\nBeste X,",
        "Peildatum 3 maart 2026\n\nBeste X,",
        "Beste X,\n\nTekst.\n\nGroet, Jan\n\nX, geb. 03-03-1990",
        "Beste X,\n\nDeze brief vervangt onze brief van 3 maart 2026.",
    ],
)  # fmt: skip
def test_another_day_is_not_the_letters(words: str) -> None:
    assert letter_date(Body(even(words))) is None


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("Wij verwachten u op dinsdag 8 december 2026 om 10.30 uur.", "12-08T10:30"),
        ("Uw afspraak: di 8 dec. 2026, 10:30 u", "12-08T10:30"),
        ("Datum: dinsdag 8 december 2026\nTijd: 10.30 uur\nPlaats: Stadhuis", "12-08T10:30"),
        ("U bent om 10.30 uur welkom op dinsdag 8 december 2026.", "12-08T10:30"),
        ("Om 14.00 uur op 8 december 2026 verwachten wij u.", "12-08T14:00"),
        ("De afspraak is dinsdag 8 december 2026, van 10.30 tot 11.00 uur.", "12-08T10:30"),
        ("U wordt verwacht op 8 december tussen 10.30 en 11.00 uur.", "12-08T10:30"),
        ("8 december 2026 | 10.30 uur | kamer 3", "12-08T10:30"),
        ("08-12-2026 10:30", "12-08T10:30"),
        ("Kom op 8 december om 10.30u naar het loket.", "12-08T10:30"),
        ("Kom op 8 december om 10u30 naar het loket.", "12-08T10:30"),
        ("Kom op 8 december om half elf naar het loket.", "12-08T10:30"),
        ("Kom op 8 december om 3 uur 's middags naar het loket.", "12-08T15:00"),
        ("Kom op 8 december om tien uur naar het loket.", "12-08T10:00"),
        ("Kom op 8 december om kwart over tien naar het loket.", "12-08T10:15"),
        ("Dag: dinsdag 8 december 2026   Tijd: 10.30 uur", "12-08T10:30"),
        ("Het examen is op 8 december 2026. U moet er om 9.30 uur zijn.", "12-08T09:30"),
        ("De les begint op 8 december 2026 om 19.00 uur en duurt tot 21.00 uur.", "12-08T19:00"),
        ("Wanneer?   8 december 2026\nHoe laat?  10.30 uur", "12-08T10:30"),
        (
            "Kom op 8 december om 9.00 uur. Daarna, op dezelfde dag, om 13.00 uur, doet u een toets.",
            "12-08T09:00 12-08T13:00",
        ),
        (
            "Uw examens zijn op 8 december 2026.\n\n              deur dicht    begin        einde\n"
            " Spreken      13.15 uur     13.30 uur    14.00 uur\n KNM                        15.45 uur"
            "    16.30 uur\n",
            "12-08T13:30 12-08T15:45",
        ),
        ("  start    dinsdag 8 december\n  tijd     elke dinsdag, 18.30 tot 21.00 uur\n", "12-08T18:30"),
        ("Op dinsdag 8 december 2026 tussen 14 en 15 uur verwachten wij u.", "12-08T14:00"),
        ("U heeft een afspraak op dinsdag 8 december van 9 tot 10 uur.", "12-08T09:00"),
        ("U heeft een afspraak op dinsdag 8 december van 9-10 uur.", "12-08T09:00"),
        ("dinsdag 8 december, 9-10 u", "12-08T09:00"),
        ("Kom op 8 december 2026 tussen 2 en 4 uur.", "12-08T14:00"),
        ("Kom op 8 december 2026 tussen 7 en 8 uur 's avonds.", "12-08T19:00"),
        ("Kom op 8 december 2026 van 9 tot 10.30 uur.", "12-08T09:00"),
        ("Kom op 8 december 2026, tussen negen en elf uur.", "12-08T09:00"),
        ("Kom op 8 december 2026 van half drie tot 16.00 uur.", "12-08T14:30"),
        (
            "Op 8 december tussen 13.00-17.00 uur komt de monteur voor onderhoud aan uw cv-ketel.",
            "12-08T13:00",
        ),
        ("Portiek 3: 8 december, vanaf 8.00 uur.\nOp die dag moet er iemand thuis zijn.", "12-08T08:00"),
    ],
)  # fmt: skip
def test_an_appointment_is_found_however_it_is_said(words: str, wanted: str) -> None:
    found = appointments(Body(even(words)), SENT)
    assert [one.start.isoformat()[5:16] for one in found] == wanted.split()


@pytest.mark.parametrize(
    "words",
    [
        "Betaal vóór 8 december 2026 12.00 uur.",
        "Vrijdag 4 december zijn de kinderen om 12 uur vrij.",
        "Tussen 20 en 28 december 2026 sluiten wij om 17.00 uur.",
        "De stukken moeten uiterlijk dinsdag 8 december 2026 om 12.00 uur binnen zijn.",
        "Het loket is op 24 december geopend tot 12.00 uur.",
        "De uitslag kunt u op 8 december 2026 na 14.00 uur bekijken.",
        "Op 8 december 2026 voeren wij van 8.00 tot 12.00 uur werkzaamheden uit.",
        "U betaalt op 8 december 2026 € 10.30.",
        "Op 7 november 2026 om 18.12 uur reed u te hard.",
        "Bel ons vóór 8 december, ma-vr 9.00 - 17.00 uur.",
        "Wij zijn open van 8.00 tot 17.00 uur.",
        "De korting geldt tot 8 december 2026, 23.59 uur.",
        "Op 8 december 2026 krijgt u een uitnodiging. Het onderzoek duurt 2 tot 3 uur.",
        "Op 8 december 2026 vanaf 8.00 uur is het loket open.",
        "Op 8 december 2026 van 8 tot 17 uur werken wij aan de straat.",
    ],
)  # fmt: skip
def test_an_hour_at_which_nobody_is_expected_is_none(words: str) -> None:
    assert appointments(Body(even(words)), SENT) == []


def test_a_letter_without_a_date_tells_the_year_by_its_other_days() -> None:
    body = Body("Feest op zaterdag 12 juni 2027! Laat vóór 1 mei weten of je komt.")
    assert year_around(body) == date(2027, 6, 12)
    assert [one.date for one in deadlines(body, None, public=False)] == [date(2027, 4, 30)]


def test_days_of_two_years_tell_none() -> None:
    body = Body("Op 12 juni 2027 en 3 mei 2026 was er feest. Laat vóór 1 mei weten of je komt.")
    assert year_around(body) is None
    assert deadlines(body, None, public=False) == []


# off

MOMENTS = ("12-03T10:00", "12-10T14:00")
OLD, NEW = "donderdag 3 december 2026 om 10.00 uur", "donderdag 10 december 2026 om 14.00 uur"


def meetings(words: str) -> tuple[list[str], list[str]]:
    """The appointments in words, those that take place and those that are off, of this year without it."""
    found = appointments(Body(even(words)), SENT)
    told = [(one.start.isoformat(timespec="minutes").removeprefix("2026-"), one.off) for one in found]
    return [start for start, off in told if not off], [start for start, off in told if off]


@pytest.mark.parametrize(
    "words",
    [
        "Uw afspraak van {old} bij dokter De Vries gaat helaas niet door. Uw nieuwe afspraak is op {new}.",
        "Helaas moeten wij uw afspraak van {old} verzetten. Wij zien u graag op {new}.",
        "Wij verzetten uw afspraak van {old} naar {new}.",
        "Uw gesprek op {old} is verplaatst naar {new}.",
        "De zitting van {old} kan niet doorgaan. U wordt verwacht op {new}.",
        "In plaats van {old} verwachten wij u op {new}.",
        "Oude afspraak:    {old}\nNieuwe afspraak:  {new}",
        "Uw examen stond gepland op {old}. Het examen is nu op {new}.",
        "De afspraak op {old} komt te vervallen. Kom daarvoor op {new}.",
        "U had een gesprek op {old}. Door ziekte kan dat gesprek niet doorgaan. U wordt verwacht op {new}.",
        "Uw afspraak is op {old}. U hoeft op 3 december niet te komen. De nieuwe afspraak is op {new}.",
    ],
)
def test_an_appointment_that_is_off_is_not_told_as_one(words: str) -> None:
    assert meetings(words.format(old=OLD, new=NEW)) == ([MOMENTS[1]], [MOMENTS[0]])


@pytest.mark.parametrize(
    "words",
    [
        "Uw afspraak op {old} is geannuleerd.",
        "Het huisbezoek van {old} gaat niet door.",
        "De afspraak van {old} is niet meer nodig.",
        "Wij hebben uw afspraak van {old} afgezegd. U krijgt een nieuwe uitnodiging.",
    ],
)
def test_an_appointment_may_be_off_without_another(words: str) -> None:
    assert meetings(words.format(old=OLD)) == ([], [MOMENTS[0]])


@pytest.mark.parametrize(
    "words",
    [
        "Wij verwachten u op {old}. Kunt u niet komen? Dan moet u de afspraak afzeggen.",
        "Als u op {old} niet komt, vervalt uw afspraak.",
        "Uw afspraak is op {old}. Moet u de afspraak verzetten, bel ons dan.",
        "Uw gesprek op {old} is verplaatst naar zaal 3.",
        "Uw nieuwe afspraak is op {old}; de vorige gaat niet door.",
    ],
)
def test_what_is_only_said_of_others_leaves_an_appointment_standing(words: str) -> None:
    assert meetings(words.format(old=OLD)) == ([MOMENTS[0]], [])


@pytest.mark.parametrize(
    "words",
    [
        "Wij verwachten u op 3 december 2026 om 10.00 uur en uw vrouw om 11.00 uur op het stadskantoor.",
        "Wij verwachten u op 3 december 2026 om 10.00 uur, mevrouw Al-Khatib verwachten wij om 11.00 uur.",
        "Kom op 3 december 2026 om 10.00 uur, uw jongste kind is om 11.00 uur aan de beurt.",
    ],
)  # fmt: skip
def test_the_hour_of_another_person_on_that_day_is_told_too(words: str) -> None:
    assert meetings(words) == (["12-03T10:00", "12-03T11:00"], [])


@pytest.mark.parametrize(
    "words",
    [
        "De brief moet 15 december 2026 bij ons binnen zijn.",
        "Wij ontvangen het formulier graag dinsdag 15 december 2026 retour.",
        "Betaal in drie termijnen: 15 december 2026, 15 januari 2027 en 15 februari 2027, telkens € 100.",
    ],
)
def test_a_last_day_may_stand_without_a_word_before_it(words: str) -> None:
    assert min(last_days(words)) == "12-15"


def test_a_term_from_the_service_of_a_writ_is_not_counted_from_a_letter() -> None:
    assert last_days("Betaal binnen twee dagen na betekening van dit vonnis.") == set()
    assert last_days("Betaal binnen twee dagen na dagtekening van deze brief.", public=False) == {"11-18"}


@pytest.mark.parametrize(
    "words, hour",
    [
        ("om vijf over half vier 's middags", "15:35"),
        ("om tien over half drie", "14:40"),
        ("om kwart voor negen", "08:45"),
        ("om vijf voor twaalf", "11:55"),
        ("om tien over tien", "10:10"),
        ("om half 3", "14:30"),
        ("om één uur", "13:00"),
        ("   half elf 's ochtends", "10:30"),
        ("    Tijd: half tien", "09:30"),
    ],
)
def test_an_hour_is_read_as_people_say_it(words: str, hour: str) -> None:
    assert meetings(f"Wij zien u op 3 december 2026 {words}.") == ([f"12-03T{hour}"], [])


@pytest.mark.parametrize(
    "words",
    [
        "Meld een fout binnen 28 dagen nadat u de pas heeft gekregen.",
        "U kunt dit examen niet meer verzetten, want het is binnen drie weken.",
        "Vanaf uw inschrijving bij de gemeente heeft u vier maanden de tijd om u te verzekeren.",
        "Binnen vier weken krijgt u de uitspraak. Ga binnen acht weken nadat de uitspraak is verzonden naar"
        " de rechter.",
        "Ik heb de verhuurder geschreven dat hij vóór 1 december 2026 moet betalen.",
        "De uitslag staat uiterlijk 23 december 2026 in Mijn Inburgering.",
        "Rente tot en met 23 november 2026        € 8,81",
        "Vraag uitstel aan. U krijgt dan tot 1 december 2026 de tijd.",
        "Het vonnis is op 11 november 2026 betekend, met bevel om binnen veertien dagen te betalen.",
        "Wij verwachten niet dat u voor 4 december 2026 bericht krijgt.",
        "Het hele bedrag maken wij uiterlijk 24 november 2026 over op NL00 BANK 0000 0000 00.",
        "Alleen als er iets te zien is, belt de verpleegkundige u binnen een week.",
        "Overstappen naar een andere verzekeraar kan elk jaar tot en met 31 december.",
        "Daarna heb je les op maandag en woensdag van 19.00 tot 21.30 uur, tot en met 14 juli 2027.",
        "Wij vragen uw meterstanden; je hebt dan vijf dagen om ze in te vullen.",
        "Periode                        Bedrag\ntot en met 31 januari 2027     € 1.345,22\n",
    ],
)
def test_what_runs_from_elsewhere_or_ends_a_period_is_no_last_day(words: str) -> None:
    assert last_days(words) == set()


def test_the_day_beside_what_must_go_back_is_a_last_one() -> None:
    assert last_days("Lees mee, deel 2          terug: 27 november 2026") == {"11-27"}


def test_each_person_in_the_rows_below_a_day_has_an_hour() -> None:
    words = """Uw afspraken zijn op donderdag 3 december 2026:

     Adam Abdelrahman             geb. 01-01-1991       13.50 uur
     Ikram Abdelrahman-Yousif     geb. 14-05-1994       14.00 uur

     Bus 4 stopt voor de deur."""
    assert meetings(words) == (["12-03T13:50", "12-03T14:00"], [])


def test_a_row_with_a_day_of_its_own_belongs_to_no_other() -> None:
    words = """Vrijdag 4 december 2026 krijgen de kinderen hun rapport.

     Kind      Dag               Tijd
     Ahmad     di 8 december     15.20 uur"""
    assert meetings(words) == (["12-08T15:20"], [])


@pytest.mark.parametrize(
    "words",
    [
        "Op vrijdag 4 december 2026 maakt u een toets. De toets begint om 13.15 uur en duurt twee uur.",
        "De bus staat op vrijdag 4 december 2026 op het plein. U bent aan de beurt om 13.15 uur.",
        "Uw gesprek is op vrijdag 4 december 2026.\nWij verwachten u om 13.15 uur.",
        "WANNEER?  Vrijdag 4 december 2026, van kwart over één tot half drie",
    ],
)
def test_the_hour_may_stand_in_a_later_sentence(words: str) -> None:
    assert meetings(words) == (["12-04T13:15"], [])


@pytest.mark.parametrize(
    "words, hour",
    [
        ("Kom naar de informatieavond op vrijdag 4 december 2026, van half acht tot negen uur.", "19:30"),
        ("Ik verwacht u op mijn spreekuur op vrijdag 4 december 2026 om tien over vier 's middags.", "16:10"),
        (
            "De monteur komt op vrijdag 4 december 2026 tussen 8.00 en 10.00 uur. Het werk duurt een uur.",
            "08:00",
        ),
    ],
)
def test_where_somebody_is_expected_tells_the_hour(words: str, hour: str) -> None:
    assert meetings(words) == ([f"12-04T{hour}"], [])


def test_a_term_that_began_and_ends_has_a_last_day() -> None:
    words = "Uw termijn is begonnen op 18 mei 2024 en eindigt op\n17 mei 2027. U kunt nog examens doen."
    assert last_days(words) == {"2027-05-17"}


def test_the_hour_of_a_last_day_is_no_appointment() -> None:
    assert meetings("Betaal uiterlijk op\n4 december 2026 te 12.00 uur.") == ([], [])


def test_a_heading_is_no_part_of_the_sentence_below_it() -> None:
    assert last_days("Betalen\nWij verzoeken u € 185,50 te betalen vóór 1 december 2026.") == {"11-30"}


def test_nobody_is_expected_while_pupils_are_free() -> None:
    words = "Op vrijdag 4 december 2026 zijn alle leerlingen om 12.00 uur vrij vanwege een studiemiddag."
    assert meetings(words) == ([], [])


def test_a_term_that_a_sentence_names_ends_in_the_next() -> None:
    words = (
        "De dag na deze brief begint uw inburgeringstermijn. U heeft drie jaar:"
        " van 17 november 2026 tot en met 16 november 2029."
    )
    assert last_days(words) == {"2029-11-16"}


def test_a_birthday_is_never_the_letter_s_own_day() -> None:
    head = (
        "Ziekenhuis\n\nUtrecht, 10 november 2026\nOpnamenummer: 31840    Geb. datum: 15-03-1983\n\nBeste,\n"
    )
    assert letter_date(Body(even(head))) == date(2026, 11, 10)


UNDATED = "Vechtzoom\n\nGeachte heer,\n\nBetaal € 588 vóór {day}. Wij komen op {other} om 14.00 uur.\n"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "day, other, last, met",
    [
        ("15 december", "9 december", "2026-12-14", "2026-12-09"),
        ("dinsdag 15 december", "woensdag 9 december", "2026-12-14", "2026-12-09"),
        ("maandag 15 december", "dinsdag 9 december", "2025-12-14", "2025-12-09"),
        ("5 januari", "3 januari", "2027-01-04", "2027-01-03"),
    ],
)
def test_without_any_year_that_nearest_to_today_is_taken_and_said_so(
    day: str, other: str, last: str, met: str
) -> None:
    letter = read_letter(UNDATED.format(day=day, other=other), today=TODAY)
    assert [one.date.isoformat() for one in letter.deadlines] == [last]
    assert [one.start.date().isoformat() for one in letter.appointments] == [met]
    assert letter.guessed_year
    assert "letter.guessed_year" in [phrase.key for phrase in when(letter, TODAY)]


def test_a_term_is_not_counted_from_today() -> None:
    letter = read_letter(
        "Gemeente\n\nGeachte heer,\n\nMaak bezwaar binnen zes weken na dagtekening.\n", today=TODAY
    )
    assert letter.deadlines == ()
    assert not letter.guessed_year


def test_a_year_that_stands_in_the_letter_is_not_guessed() -> None:
    letter = read_letter(UNDATED.format(day="15 december 2027", other="9 december"), today=TODAY)
    assert [one.start.year for one in letter.appointments] == [2027]
    assert not letter.guessed_year
