# ruff: noqa: E501  # a letter is one string, and reads best so
"""Kinds of letters in other wordings than those of the labelled sets; tricks in any guise, and what only
looks like one; and what is none of our kinds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.explain import explained
from bot.letters.letter import read_letter
from bot.letters.recognise import SURE
from bot.letters.tricks import false_site
from bot.understanding.meaning import Wordings

pytestmark = pytest.mark.slow

KINDS = [
    ("digid-activation", "Logius\n\nBeste aanvrager,\n\nU wilt DigiD gebruiken. Maak uw aanvraag compleet met de code onder aan dit vel. Doe dat binnen drie weken; daarna moet u alles opnieuw doen."),
    ("digid-reset", "DigiD\n\nGeachte heer,\n\nU bent uw wachtwoord kwijt. Met de code hieronder kiest u een ander. Uw gebruikersnaam houdt u."),
    ("ind-document-appointment", "Immigratie- en Naturalisatiedienst\n\nGeachte mevrouw,\n\nOm uw nieuwe verblijfspas te laten drukken moeten wij een foto maken en uw vingers scannen. U bent op 3 mei om 9.40 uur welkom aan ons loket in Zwolle. Neem uw paspoort mee."),
    ("ind-document-ready", "IND\n\nBeste meneer,\n\nGoed nieuws: de pas waarmee u laat zien dat u hier mag wonen is gedrukt en ligt klaar. Haal hem zelf op, na het maken van een afspraak. De oude levert u dan in."),
    ("ind-decision", "IND\n\nBeschikking\n\nGeachte heer,\n\nU krijgt van ons een vergunning asiel voor bepaalde tijd. Die geldt vijf jaar. U mag hier werken zonder aparte toestemming."),
    ("ind-decision", "Immigratie- en Naturalisatiedienst\n\nGeachte mevrouw,\n\nU vroeg om uw vergunning te verlengen. Dat doen wij niet. U moet Nederland binnen 28 dagen verlaten. U kunt in beroep gaan."),
    ("ind-family-reunification", "IND\n\nGeachte mevrouw,\n\nUw man en drie kinderen mogen bij u komen wonen. Zij halen hun mvv op de ambassade in Khartoem. Zij hebben daar drie maanden de tijd voor."),
    ("ind-missing-information", "IND\n\nGeachte heer,\n\nWij kunnen nog niet op uw aanvraag beslissen: er ontbreekt een akte met een vertaling door een beëdigd tolk. Stuur die binnen vier weken op."),
    ("ind-missing-information", "IND\nNareis\n\nUw aanvraag is nog niet compleet\n\nGeachte mevrouw,\n\nVoor uw man ontbreekt een paspoort, voor uw dochter een geboorteakte. Stuur die voor 2 mei naar ons op."),
    ("brp-registration", "Gemeente Assen\nBurgerzaken\n\nGeachte heer,\n\nU bent verhuisd en hebt dat gemeld. Wij hebben uw nieuwe adres in de basisregistratie gezet. Kijk na of alles klopt."),
    ("brp-registration", "Gemeente Emmen\nPubliekszaken\n\nGeachte mevrouw,\n\nPost aan u komt terug. Wij vragen ons af of u nog woont waar u staat ingeschreven en onderzoeken dat. Hoort u niets van ons of wij van u, dan schrijven wij u uit."),
    ("benefit-receipt", "Sociale Dienst Drechtsteden\n\nBeste mevrouw,\n\nVandaag hebben wij uw formulier voor een uitkering gekregen. Binnen acht weken weet u of u haar krijgt. Meer hoeft u op dit moment niet te doen."),
    ("benefit-missing-information", "Gemeente Tiel, team Inkomen\n\nGeachte heer,\n\nWij zijn bezig met uw aanvraag voor bijstand. Wij missen van u: drie maanden bankafschriften en het huurcontract. Breng ze uiterlijk 4 maart, anders behandelen wij de aanvraag niet verder."),
    ("benefit-advance", "Gemeente Venlo\n\nBeste meneer,\n\nWij beslissen pas volgende maand over uw bijstand. Om die tijd te overbruggen maken wij vandaag € 900 voorschot over. Dat gaat later van uw uitkering af."),
    ("benefit-granted", "ISD Kompas\n\nGeachte mevrouw,\n\nMet ingang van 2 april krijgt u bijstand volgens de norm voor een alleenstaande ouder. Wij betalen rond de twintigste. U moet wel werk zoeken."),
    ("benefit-refused", "Gemeente Almelo\n\nGeachte heer,\n\nU krijgt van ons geen bijstand. U hebt meer spaargeld dan de wet toelaat. Bent u het niet eens met dit besluit? Maak bezwaar."),
    ("benefit-revised", "Werkplein Fivelingo\n\nGeachte mevrouw,\n\nSinds mei werkt u twintig uur. Daarom verandert de hoogte van uw uitkering: van € 1.400 naar € 610 per maand. Dit besluit geldt vanaf 1 juni."),
    ("benefit-reclaim", "Gemeente Gouda, terugvordering\n\nGeachte heer,\n\nU had in maart loon en meldde dat niet. U ontving daardoor € 820 bijstand te veel. Dat bedrag betaalt u terug; wij houden elke maand € 60 in."),
    ("benefit-report-changes", "Gemeente Hoorn, Werk en Inkomen\n\nHallo,\n\nU ontvangt bijstand. Vertel het ons daarom als u gaat samenwonen, gaat werken, verhuist of geld krijgt. Doet u dat te laat, dan kan dat een boete kosten."),
    ("benefit-sanction", "Gemeente Zeist\n\nGeachte heer,\n\nTwee keer kwam u niet op de werktraining, zonder reden. Als maatregel krijgt u in juni 30% minder uitkering."),
    ("benefit-interview", "Gemeente Breda, Inkomen\n\nBeste mevrouw,\n\nMijn naam is Olga en ik ben uw klantmanager. Ik wil met u over uw uitkering praten: donderdag om 10.00 uur in het stadskantoor. Neem uw bankafschriften en uw pas mee. Komen is verplicht."),
    ("benefit-statement", "Gemeente Leeuwarden\nUitkeringsspecificatie mei\n\nNorm 1.345,00\nLoonheffing 88,00\nInhouding huur 410,00\nVakantiegeld gereserveerd 67,00\nNetto uitbetaald 847,00"),
    ("furnishing-loan", "Kredietbank Noord namens de gemeente\n\nGeachte heer,\n\nU krijgt € 3.100 om bedden, een koelkast en gordijnen te kopen. Het is bijzondere bijstand als lening. U lost af: 36 maal € 50."),
    ("fixed-costs-paid", "Gemeente Oss\n\nBeste mevrouw,\n\nHet eerste half jaar maken wij uw huur, zorgpremie en stroom voor u over. Dat gaat van uw uitkering af. Dit heet ontzorgen. Vanaf september doet u het weer zelf."),
    ("intake-invitation", "Gemeente Soest, Inburgering\n\nBeste meneer,\n\nIk nodig u uit voor de brede intake. Wij praten over school en werk in uw land en u maakt een toets op de computer. Zo zien wij welke route bij u past."),
    ("integration-plan", "Gemeente Weert\n\nGeachte mevrouw,\n\nHierbij uw PIP. U volgt de B1-route, met twaalf uur taalles per week. U doet ook het participatieverklaringstraject. De afspraken zijn bindend."),
    ("participation-programme", "Gemeente Hengelo\n\nBeste meneer,\n\nOp vier dinsdagen leert u over vrijheid, gelijkwaardigheid en meedoen. Aan het eind tekent u de participatieverklaring. U moet elke keer komen."),
    ("municipal-tax", "Gemeente Kampen, Belastingen\n\nAanslag 2027\n\nAfvalstoffenheffing meer personen € 312,00\nRioolheffing € 140,00\n\nU kunt in tien keer laten afschrijven. Vraag kwijtschelding aan als u weinig inkomen hebt."),
    ("tax-remission", "Belastingkantoor Zuid\n\nGeachte heer,\n\nU vroeg ons of u uw afval- en rioolheffing niet hoeft te betalen. Na een blik op uw inkomen schelden wij de hele aanslag kwijt."),
    ("tax-remission", "Gemeentebelastingen Amstelland\n\nGeachte mevrouw,\n\nWij wijzen uw verzoek om kwijtschelding af. Uw auto is meer waard dan is toegestaan. U kunt binnen tien dagen in administratief beroep gaan."),
    ("water-authority-tax", "Waterschap Brabantse Dalen\n\nGeachte mevrouw,\n\nVoor droge voeten en schoon water betaalt u dit jaar zuiveringsheffing en watersysteemheffing: samen € 214,00."),
    ("school-absence", "Lyceum Oost\n\nBeste ouders,\n\nYusuf miste in oktober zeventien lesuren zonder dat u hem ziek meldde. Dat moeten wij aan de leerplichtambtenaar doorgeven."),
    ("school-information", "Basisschool De Regenboog\n\nLieve ouders,\n\nOp 9 juni gaan de groepen 3 en 4 op schoolreisje naar het bos. Geeft u een lunchpakket mee? De ouderbijdrage is € 20."),
    ("integration-notice", "DUO\n\nBeste heer,\n\nVanaf vandaag bent u verplicht in te burgeren. U hebt er drie jaar voor. Uw gemeente roept u op voor een gesprek."),
    ("integration-term", "Dienst Uitvoering Onderwijs\n\nGeachte mevrouw,\n\nU was lang ziek. Daarom mag u een halfjaar langer over uw inburgering doen. De termijn loopt nu tot 8 april 2029."),
    ("exam-call", "DUO\n\nBeste mevrouw,\n\nOp 14 mei om 13.00 uur maakt u in Rijswijk de examens Lezen en Luisteren. Wees een half uur eerder aanwezig, met uw verblijfspas."),
    ("exam-result", "DUO Examens Inburgering\n\nBeste heer,\n\nSpreken A2: 7, geslaagd. Schrijven A2: 5, gezakt. Voor Schrijven mag u opnieuw inschrijven."),
    ("insurance-policy", "Zilverberg Zorgverzekeringen\n\nBeste meneer,\n\nSinds 1 maart bent u bij ons verzekerd. Op het polisblad staan uw premie en uw eigen risico. Uw pas komt apart."),
    ("insurance-invoice", "Zilverberg Zorgverzekeraar\n\nBeste mevrouw,\n\nU was bij de specialist. De rekening hebben wij voldaan, maar € 185 valt onder uw eigen risico. Dat deel betaalt u aan ons. In delen mag."),
    ("insurance-arrears", "Zilverberg Zorgverzekeraar\n\nGeachte heer,\n\nVan januari tot en met april ontvingen wij geen zorgpremie. Bij zes maanden achterstand moeten wij u bij het CAK aanmelden. Spreek een regeling met ons af."),
    ("insurance-missing", "CAK\n\nGeachte mevrouw,\n\nWie hier woont, moet een zorgverzekering hebben. U hebt er geen, zien wij. Sluit er binnen drie maanden een af, anders volgt een boete."),
    ("cak-premium", "CAK\n\nGeachte heer,\n\nUw zorgverzekeraar meldde ons dat u zes maanden geen premie betaalde. Voortaan betaalt u de bestuursrechtelijke premie aan ons. Wij laten die op uw loon inhouden."),
    ("allowance-advance", "Dienst Toeslagen\n\nBeste mevrouw,\n\nIn 2027 krijgt u maandelijks € 123 zorgtoeslag en € 340 huurtoeslag als voorschot. Wij gingen uit van een geschat inkomen."),
    ("allowance-final", "Dienst Toeslagen\n\nGeachte heer,\n\nWij weten nu wat u in 2025 verdiende. U had recht op € 900 zorgtoeslag, maar ontving € 1.300. Het verschil betaalt u terug."),
    ("allowance-information", "Dienst Toeslagen\n\nGeachte mevrouw,\n\nWij controleren of u recht hebt op kinderopvangtoeslag. Stuur ons de jaaropgave van de opvang en betaalbewijzen. Anders stopt de toeslag."),
    ("tax-return-invitation", "Belastingdienst\n\nBeste heer,\n\nDoe vóór 1 mei aangifte over 2026. Log in met DigiD; veel is al ingevuld. Lukt het niet op tijd? Vraag uitstel."),
    ("tax-assessment", "Belastingdienst\n\nDefinitieve aanslag 2026\n\nGeachte heer,\n\nUw verzamelinkomen was € 14.210. U krijgt € 388 inkomstenbelasting terug."),
    ("child-benefit", "SVB\n\nBeste ouders,\n\nVoor Amina en Idris betalen wij u per kwartaal € 560. De eerste kinderbijslag komt in juli."),
    ("tenancy-contract", "Woonstichting De Horst\n\nHuurovereenkomst\n\nPartijen komen overeen: verhuurder geeft huurder de woning in gebruik. De kale huur is € 602. De sleutels krijgt u bij het tekenen."),
    ("rent-increase", "Woonmaatschappij Delta\n\nBeste huurder,\n\nPer 1 juli rekenen wij 4,1% meer huur. U betaalt dan € 633 in plaats van € 608. Bezwaar? Dat kan tot en met 30 juni."),
    ("rent-arrears", "Woonstichting De Horst, Huurincasso\n\nGeachte heer,\n\nDe huur over mei en juni is nog niet binnen. Betaal € 1.204 of bel voor een regeling. Anders vragen wij de rechter om uw woning te ontruimen."),
    ("energy-contract", "Windvang Energie\n\nHoi,\n\nFijn dat je voor ons kiest. Vanaf 1 mei krijg je van ons stroom en gas, een jaar lang voor een vaste prijs. Je betaalt € 148 per maand. Geef op die dag je meterstanden door."),
    ("energy-bill", "Windvang Energie\n\nJaarnota\n\nJe gebruikte 2.100 kWh en 900 m3 gas. Je betaalde vooruit € 1.500, het kostte € 1.622. Je betaalt dus nog € 122."),
    ("disconnection-warning", "Windvang Energie\n\nGeachte heer,\n\nOndanks vier brieven betaalde u niet. Op 20 juni komt iemand de stroom en het gas afsluiten. Dat kunt u alleen nog stoppen door nu te betalen."),
    ("water-bill", "Waterbedrijf Vechtstreek\n\nJaarrekening drinkwater\n\nU gebruikte 88 m3. Na aftrek van uw voorschotten blijft € 31,20 te betalen."),
    ("traffic-fine", "CJIB\n\nGeachte mevrouw,\n\nU reed op 2 mei 13 km per uur te hard met uw auto op de A28. Daarvoor krijgt u een verkeersboete van € 134 plus € 9 administratiekosten."),
    ("fine-reminder", "CJIB\n\nGeachte heer,\n\nOp 2 juni moest uw boete betaald zijn. Dat gebeurde niet, en nu komt er 50% bij. Betaalt u weer niet, dan volgt nog een verhoging."),
    ("parking-tax", "Gemeente Haarlem, Parkeerbeheer\n\nGeachte heer,\n\nUw auto stond in de Gasthuisstraat terwijl er niet was betaald. De naheffing is € 79,30: een uur parkeren en de kosten."),
    ("public-transport-fine", "Stadsvervoer Linge, Reizigers\n\nGeachte reiziger,\n\nIn tram 4 was uw kaart niet ingecheckt. De conducteur gaf u een bewijs van uitstel van betaling. De boete is € 57,20."),
    ("debt-collection", "Invorderingsbureau Rots\n\nGeachte heer,\n\nU kocht een telefoon bij onze opdrachtgever en liet drie termijnen liggen. U krijgt veertien dagen om de hoofdsom te voldoen; daarna komen er kosten bij."),
    ("bailiff", "Gerechtsdeurwaarders Stam & Zoon\n\nGeachte heer,\n\nDe kantonrechter heeft u veroordeeld. Ik heb het vonnis aan u betekend en leg beslag op uw loon. De beslagvrije voet laat ik staan."),
    ("tb-screening", "GGD Zeeland\n\nBeste meneer,\n\nWie uit uw land komt, laat hier zijn longen bekijken op tuberculose. Kom woensdag voor de foto. Het kost niets."),
    ("child-health-invitation", "Consultatiebureau Noord\n\nBeste ouders,\n\nNoor is bijna veertien maanden. Wij wegen en meten haar en geven haar de BMR-prik. Kom maandag om 11.10 uur en neem het groeiboekje mee."),
    ("screening-invitation", "Bevolkingsonderzoek Oost\n\nGeachte mevrouw,\n\nU wordt dit jaar vijftig en mag meedoen aan het borstonderzoek. Het is gratis; u beslist zelf."),
    ("hospital-appointment", "Sint Lucas Ziekenhuis, polikliniek Cardiologie\n\nGeachte heer,\n\nUw huisarts verwees u. Dokter Vos ziet u op 6 mei om 8.50 uur. Meld u bij de zuil en breng uw medicijnlijst mee."),
    ("bank-identification", "Oeverbank N.V.\n\nBeste klant,\n\nEen bank hoort te weten wie haar klanten zijn. Uw legitimatie is verlopen. Laat uw nieuwe pas zien op een kantoor, anders beperken wij uw rekening volgens de Wwft."),
    ("language-school", "Taalschool Babel\n\nHoi Selam,\n\nJe begint op 3 september in groep A2. De lessen Nederlands zijn dinsdag en donderdag van 9.00 tot 12.00 uur in lokaal 5. Je docent is Wim."),
    ("unemployment-agency", "UWV\n\nBeste mevrouw,\n\nU bent uw baan kwijt en krijgt negen maanden WW. Geef ons elke maand op wat u verdient en solliciteer vier keer per maand."),
]  # fmt: skip

SHORT = [
    ("benefit-missing-information", "Gemeente Goes, Team Inkomen", "Op 1 maart vroeg u bijstand aan. Wij missen nog de afschriften van uw spaarrekening. Zijn die er, dan beslissen wij binnen acht weken."),
    ("benefit-missing-information", "Gemeente Goes, Team Inkomen", "Wij hebben uw aanvraag bekeken. Uw loonstroken zitten er niet bij. Wij krijgen die graag voor 24 maart van u."),
    ("benefit-granted", "Gemeente Goes, Team Inkomen", "U krijgt vanaf 25 januari bijstand: € 1.345,80 netto per maand. De eerste betaling kunt u verwachten op 26 februari."),
    ("benefit-refused", "Gemeente Goes, Team Inkomen", "Uw verzoek om bijzondere bijstand voor een wasmachine wijzen wij af. U kunt binnen zes weken bezwaar maken."),
    ("allowance-final", "Dienst Toeslagen", "Over 2026 kreeg u € 206,00 huurtoeslag te veel. Het geld moet uiterlijk op 30 juli terug zijn bij ons."),
    ("allowance-information", "Dienst Toeslagen", "Uw huurtoeslag is ingegaan, maar uw huurcontract hebben wij niet. Stuur het via Mijn toeslagen, anders stopt de toeslag."),
    ("allowance-information", "Dienst Toeslagen", "Bedankt voor de stukken. Wij hebben nu alles en u weet voor 20 april of u kinderopvangtoeslag krijgt."),
    ("tax-remission", "Hoogheemraadschap De Plassen", "Op 9 maart vroeg u kwijtschelding aan. Wij hebben nog een huurspecificatie nodig. Anders wijzen wij het verzoek af."),
    ("water-authority-tax", "Hoogheemraadschap De Plassen", "Hierbij uw aanslag: zuiveringsheffing € 140,00. Kunt u niet betalen, vraag dan kwijtschelding aan."),
    ("child-benefit", "Sociale Verzekeringsbank", "Uw zoon wordt achttien. Daarom stopt de kinderbijslag na het tweede kwartaal."),
    ("ind-missing-information", "IND", "De leges voor uw aanvraag zijn nog niet betaald. Gebeurt dat niet, dan behandelen wij uw aanvraag niet."),
    ("ind-decision", "IND", "Wij wijzen uw aanvraag af. Binnen vier weken kunt u naar de rechter."),
    ("energy-bill", "Nordwatt", "Uw jaarrekening: over het afgelopen jaar komt u € 214,55 tekort. Klopt uw meterstand niet, meld dat dan."),
    ("bank-identification", "Hanzebank", "Het document dat wij van u hebben, was geldig tot 14 maart. Laat in onze app uw nieuwe pas zien."),
    ("rent-increase", "Woonplus Maasmond", "Wij hebben uw woning beter geïsoleerd. Daarom stijgt de huur met € 22,00 per maand vanaf 1 mei."),
    ("rent-arrears", "Woonplus Maasmond", "De huur van maart hebben wij niet gekregen. Maak € 611,00 over of bel ons voor een regeling."),
    ("other", "Sociale Verzekeringsbank", "U vroeg ons om aanvullende inkomensvoorziening ouderen (AIO). Vul het formulier in en stuur het terug."),
    ("other", "Sociale Verzekeringsbank", "U vroeg ons om een AOW-pensioen. Stuur ons een kopie van uw pas."),
    ("other", "Dienst Uitvoering Onderwijs", "De lening die u op 1 november aanvroeg, krijgt u. Wij betalen de school rechtstreeks."),
    ("other", "Centraal Justitieel Incassobureau", "De rechter heeft de boete vernietigd. Wij betalen u € 110,00 terug."),
    ("other", "VluchtelingenWerk", "De IND heeft je nareisverzoek goedgekeurd. Kom bij ons langs, dan vullen we de aanvraag voor de vliegtickets samen in."),
    ("other", "Woongoed Vallei", "De monteur belt aan om de ventilatie schoon te maken. Het rapport van de firma krijgen wij in juli."),
    ("other", "Woongoed Vallei", "Aannemer Bos vervangt uw ramen. De steiger komt op 2 april. Uw huur gaat hierdoor niet omhoog."),
    ("other", "Gemeente Goes, Loket Meedoen", "Gezinnen met weinig inkomen krijgen per schoolgaand kind € 150,00. U hoeft niets aan te vragen."),
]  # fmt: skip


def short(sender: str, words: str) -> str:
    return f"{sender}\n12 maart 2027\n\nGeachte heer Tesfay,\n\n{words}\n\nMet vriendelijke groet,\n{sender}"


@pytest.mark.parametrize("kind, sender, words", SHORT)
def test_few_sentences_tell_the_kind_too(kind: str, sender: str, words: str) -> None:
    assert read_letter(short(sender, words)).kind == kind


BESIDE = [
    ("Slagerij Bos", "Leuk dat u bij ons komt werken. Uw eerste werkdag is 3 mei. De werkkleding krijgt u van ons. Stuur ons een kopie van uw verblijfsdocument."),
    ("Garage Bos", "Uw verblijfsdocument moet geldig zijn. Kom langs met het nieuwe document. U werkt hier nog als uitzendkracht."),
    ("Opticien Blik", "Uw nieuwe bril ligt klaar. U kunt die ophalen; neem deze brief en uw verblijfsdocument mee."),
    ("Waterbedrijf Vecht", "Wij vervangen de waterleiding in uw straat. Op 3 mei heeft u tijdelijk geen water. Laat daarna de kraan lopen."),
    ("Woonstichting De Horst", "Wij hebben uw huuropzegging verwerkt. De voorinspectie is op 3 mei. Lever de sleutels in op de laatste dag van de huur."),
    ("Volksuniversiteit Zuid", "U kunt zich nog opgeven voor de kookcursus. Of de cursus doorgaat, hoort u in mei."),
    ("Mondzorg Dijk", "Hierbij de nota voor uw behandeling door de tandarts. U betaalt € 81,00 binnen dertig dagen. Vraag uw zorgverzekeraar of u iets terugkrijgt."),
    ("Gemeente Goes, Burgerzaken", "Uw vluchtelingenpaspoort ligt klaar. Haal het zelf op en neem uw oude reisdocument mee."),
    ("GGD Zeeland", "U kunt bij ons reizigersvaccinaties halen. Na de prik kan uw arm wat pijn doen."),
]  # fmt: skip


@pytest.mark.parametrize("sender, words", BESIDE)
def test_what_only_comes_near_a_kind_is_none(sender: str, words: str) -> None:
    assert read_letter(short(sender, words)).kind == "other"


def test_no_other_office_surely_writes_what_one_alone_does() -> None:
    words = "Uw verblijfsdocument ligt klaar. Haal het zelf op en lever uw oude document in. Niemand anders kan uw document ophalen."
    assert read_letter(short("IND", words)).kind == "ind-document-ready"
    letter = read_letter(short("Gemeente Goes\nPubliekszaken", words))
    assert letter.kind == "other" or letter.confidence < SURE


BY_OTHERS = [
    ("disconnection-warning", "Zuidwater N.V., Incasso en Beheer", "U betaalde onze aanmaningen niet. Wij willen de watertoevoer naar uw woning afsluiten. Na betaling sluiten wij weer aan."),
    ("language-school", "Babelhuys College, afdeling Inburgering en Educatie", "U begint met de B1-route. Teken de onderwijsovereenkomst. De niveautoets is op 3 mei."),
    ("language-school", "Leerhuis De Brug", "Wij geven in mei een training voor het examen Schrijven. Wie wil meedoen, meldt zich bij de docent."),
    ("rent-arrears", "Vastgoedbeheer Bron", "Uw huurcontract zegt dat u vooraf betaalt. De huur voor mei mocht ik niet ontvangen. Wilt u dit binnen acht dagen voldoen?"),
    ("benefit-granted", "Gemeente Goes, Team Inkomen", "Wij kennen u bijzondere bijstand toe voor een wasmachine: € 310,00."),
]  # fmt: skip


@pytest.mark.parametrize("kind, sender, words", BY_OTHERS)
def test_a_kind_is_known_of_senders_that_are_rare(kind: str, sender: str, words: str) -> None:
    assert read_letter(short(sender, words)).kind == kind


UNHEARD = [
    (
        "Dienst Uitvoering Onderwijs",
        "Wij betalen de instelling steeds binnen drie weken. U merkt daar niets van.",
    ),
    ("CJIB", "De officier gaf u gelijk. Wat u al overmaakte, ontvangt u binnen tien werkdagen."),
]


@pytest.mark.parametrize("sender, words", UNHEARD)
def test_a_sender_alone_makes_no_kind_sure(sender: str, words: str) -> None:
    letter = read_letter(short(sender, words))
    assert letter.kind == "other" or letter.confidence < SURE


TRICKS = [
    "Belastingdienst: u heeft een openstaande schuld van €87,12. Betaal vandaag nog via https://belasting-incasso.example/pay om beslag op uw inboedel te voorkomen.",
    "Geachte klant,\n\nUw DigiD wordt binnen 24 uur geblokkeerd. Klik op onderstaande link en bevestig uw gegevens: www.mijn-digid-veilig.example",
    "Gemeente Utrecht\n\nGeachte burger,\n\nU heeft recht op een eenmalige energietoeslag van € 450. Scan de QR-code en log in met uw bank. Dit kan alleen nog vandaag.",
    "IND\n\nBeste meneer/mevrouw,\n\nUw verblijfsvergunning wordt ingetrokken omdat u leges niet betaalde. Maak € 260 over op LT60 1010 0123 4567 8901 binnen 12 uur en stuur een foto van uw verblijfspas via WhatsApp.",
    "Hoi mam, mijn telefoon is kapot, dit is mijn nieuwe nummer. Kun je vandaag nog een rekening voor mij betalen? Ik stuur een tikkie via deze link.",
    "Post NL: uw pakket kon niet worden bezorgd. Betaal € 1,99 invoerkosten via http://postnl-pakket.example/nl of het pakket gaat retour. Laatste poging.",
    "Oeverbank\n\nGeachte klant,\n\nWegens een verdachte transactie halen wij uw bankpas op. Geef uw pas en pincode in de envelop aan onze koerier. Vertel het niemand.",
    "CAK\n\nGeachte verzekerde,\n\nUw zorgverzekering wordt vandaag nog beëindigd. Voorkom dit en betaal met een cadeaukaart van € 100. App ons op 06 0000 1234 met de code.",
    "UWV: uw uitkering is opgeschort. Verifieer uw gegevens binnen 2 uur via https://uwv-mijnzaak.example/login anders vervalt uw recht definitief.",
    "Politie Nederland\n\nEr loopt een arrestatiebevel tegen u. Zet uw spaargeld vandaag nog op een veilige rekening. Hang niet op en spreek met niemand hierover.",
]  # fmt: skip

HONEST = [
    ("bank-identification", "Oeverbank N.V.\n\nBeste klant,\n\nWij moeten van de Wwft weten wie u bent. Kom met uw paspoort naar een kantoor, anders wordt uw rekening geblokkeerd. Wij vragen nooit om uw pincode en sturen geen link."),
    ("digid-activation", "DigiD\n\nBeste aanvrager,\n\nMet de activeringscode in deze brief zet u uw DigiD aan op www.digid.nl/activeren. De code is 21 dagen geldig. Geef uw code aan niemand. Krijgt u een sms met een link? Klik er niet op."),
    ("traffic-fine", "CJIB\n\nGeachte heer,\n\nU kreeg een boete omdat u door rood licht reed. Betaal online met iDEAL via cjib.nl of scan de QR-code. Betaalt u niet, dan wordt de boete hoger."),
    ("debt-collection", "Incassobureau Kade\n\nGeachte heer,\n\nUw factuur is nog niet betaald. Onze opdrachtgever geeft u nog veertien dagen. Betalen kan via de betaallink op kade.example of per bank. Daarna rekenen wij incassokosten en dagvaarden wij u."),
    ("energy-bill", "Windvang Energie\n\nJaarafrekening\n\nJe moet € 80 bijbetalen voor je stroom en gas. Betaal via het betaalverzoek in de app of scan de QR-code op de nota."),
    ("school-information", "Basisschool De Regenboog\n\nBeste ouders,\n\nDe ouderbijdrage voor het schoolreisje is € 15. Betaal vandaag nog via de Tikkie die de juf u in de ouderapp stuurde. Vragen? App ons."),
]  # fmt: skip

OTHERS = [
    "Bibliotheek Midden\n\nBeste lezer,\n\nU hebt vier boeken die terug moeten. Lever ze in of verleng ze in de app.",
    "Huisartsenpraktijk Het Veer\n\nBeste meneer,\n\nWij hebben u ingeschreven als patiënt. De assistente is bereikbaar van 8 tot 17 uur.",
    "Kinderdagverblijf Pippeloentje\n\nBeste ouders,\n\nVanaf 1 mei is er plaats voor uw dochter op dinsdag en donderdag. Tekent u de plaatsingsovereenkomst?",
    "Voetbalvereniging Stormvogels\n\nHoi Karim,\n\nJe zit in team JO11-2. We trainen op woensdag. De contributie is € 45 per kwartaal.",
    "Gemeente Delft\n\nStempas\n\nOp woensdag 17 maart kunt u stemmen voor het waterschap. Neem deze pas en uw identiteitsbewijs mee naar het stembureau.",
    "Aannemer Kop & Staal\n\nBeste bewoner,\n\nMaandag openen wij uw straat om de riolering te vernieuwen. U kunt drie dagen niet voor uw deur parkeren.",
    "Centraal Orgaan opvang asielzoekers\n\nBeste mevrouw,\n\nVolgende week verhuist u naar het azc in Heerenveen. De bus vertrekt om 9 uur.",
    "Tandartspraktijk De Kies\n\nBeste meneer,\n\nHet is tijd voor uw halfjaarlijkse controle. Bel ons voor een afspraak.",
    "Buurthuis De Brink\n\nBeste buren,\n\nZondag eten wij samen. Iedereen is welkom, het kost niets.",
    "Woonboulevard De Hoek\n\nUITVERKOOP! Banken en kasten nu met 50% korting. Nu kopen, later betalen: geld lenen kost geld. Zondag open.",
]  # fmt: skip


@pytest.mark.parametrize("kind, text", KINDS)
def test_a_kind_is_known_in_other_words(kind: str, text: str) -> None:
    assert read_letter(text).kind == kind


@pytest.mark.parametrize("text", TRICKS)
def test_a_trick_is_found_whoever_it_pretends_to_be(text: str) -> None:
    assert read_letter(text).kind == "phishing"


@pytest.mark.parametrize("kind, text", HONEST)
def test_an_honest_letter_is_no_trick(kind: str, text: str) -> None:
    assert read_letter(text).kind == kind


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_none_of_ours_is_never_surely_one(text: str) -> None:
    letter = read_letter(text)
    assert letter.kind == "other" or letter.confidence < SURE


@pytest.mark.parametrize(
    "words, urgency",
    [("Breng de boeken uiterlijk 3 maart 2026 terug.", 2), ("Kom je ook? Het feest is op 3 maart 2026.", 1),
     ("Het feest is op 3 maart 2026 om 14.00 uur. Laat uiterlijk 1 maart weten of je komt.", 1)],
)  # fmt: skip
def test_a_letter_of_no_kind_with_a_last_day_is_to_be_acted_on(words: str, urgency: int) -> None:
    letter = read_letter(f"Bibliotheek Midden\n\n17 februari 2026\n\nHoi Noura,\n\n{words}\n")
    assert (letter.kind, letter.urgency) == ("other", urgency)


@pytest.mark.parametrize("text", ["", "x", "Beste heer,\n\nTot ziens.", "12345 67890\n" * 40])
def test_nothing_much_is_never_surely_anything(text: str) -> None:
    assert read_letter(text).confidence < SURE


@pytest.mark.parametrize(
    "site, false",
    [("digid-bevestigen.", True), ("cjib.betaalverzoek-nl.", True), ("mijn.digid.", False), ("svb.", False),
     ("bibliotheek-oost.", False), ("www.", False)],
)  # fmt: skip
def test_a_site_that_ties_words_to_a_known_name_is_false(site: str, *, false: bool) -> None:
    assert false_site(site) is false


def test_wording_is_known_by_fragments_of_its_words() -> None:
    known = Wordings([{"huurverhoging": 1, "woning": 1}, {"verkeersboete": 1, "kenteken": 1}])
    near = known.near({"huurverhogingen": 1, "woningen": 1})
    assert near[0] > 0 > near[1]
    assert list(known.near({})) == [0, 0]


CLAIM = "The Immigration and Naturalisation Service (IND) informs you about your residence permit and your decision."
FALSE_CLAIM = (
    "The IND informs you that your residence permit will be suspended because of an unpaid fine. To avoid"
    " deportation you must pay today by bank transfer to account LT12 1000 0111 0100 1000. Do not contact anyone."
)
ARABIC = "دائرة الهجرة والتجنيس IND. السيد حداد، هذا القرار عن تصريح إقامتك في هولندا. يمكنك الاعتراض على هذا القرار خلال أربعة أسابيع من تاريخ الرسالة."


@pytest.mark.parametrize("text", [CLAIM, ARABIC])
def test_what_is_not_dutch_is_never_told_as_a_dutch_office_s_letter(text: str) -> None:
    letter = read_letter(text)
    assert letter.certain is None
    assert [phrase.key for phrase in explained(letter, date(2026, 11, 22), {})] == ["letter.not_dutch"]


def test_a_trick_is_one_in_english_too() -> None:
    assert read_letter(FALSE_CLAIM).kind == "phishing"
