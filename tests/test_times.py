"""Times in people's own words, in eight languages, and what only looks like a time."""

from __future__ import annotations

import time as stopwatch
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content import ContentFault
from bot.domain.words import Refusal
from bot.understanding import times_lexer, times_words
from bot.understanding.dates import recurring_in
from bot.understanding.times import Impossible, Time, cut_times, exact, read_times, time_words, when

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 10, tzinfo=ZONE)
"""A Tuesday."""


def read(text: str, language: str | None = None, now: datetime = NOW) -> str:
    return when(read_times(text, now=now, language=language))


DUTCH = """
ik neem de huisarts op dinsdag 8 december om 13.30 wel voor mijn rekening => 2026-12-08T13:30
morgenmiddag na drieën ben ik vrij => 2026-11-25/afternoon
zaterdag kan ik pas vanaf een uur of 2 => 2026-11-28T14:00
ik ga woensdag mee, is om tien over half tien bij de school => 2026-11-25T09:40
herinner me over een uurtje aan de was => 2026-11-24T11:00
de komende twee weken ben ik op vakantie => 2026-11-24..2026-12-08
ik ben van 7 t/m 14 december weg => 2026-12-07..2026-12-14
ik kan niet op maandag => 2026-11-30
maandagen en woensdagen kan ik nooit => weekly:mon,wed
op maandagochtend werk ik altijd => 2026-11-30/morning
kan iemand maandag 30-11 mee? 9:15 bij het gemeentehuis => 2026-11-30T09:15
overmorgen om 2 uur smiddags => 2026-11-26T14:00
ik kan wel vrijdag tussen 10 en 12 => 2026-11-27/morning
eind van de middag morgen => 2026-11-25/afternoon
volgende week vrijdagochtend half 9 tandarts => 2026-12-04T08:30
donderdag de hele dag => 2026-11-26
vanavond laat => 2026-11-24/evening
elke werkdag na 5en => weekly:mon,tue,wed,thu,fri
dinsdag 1/12 13u30 => 2026-12-01T13:30
do en vr ben ik er niet => 2026-11-26;2026-11-27
a.s. maandag 10 uur => 2026-11-30T10:00
morge om 10 uur kan ik => 2026-11-25T10:00
tot 15 december heb ik geen tijd => 2026-12-15
ik doe het op donderdag om drie uur => 2026-11-26T15:00
morgenochtend om 9 uur kan ik mee => 2026-11-25T09:00
overmorgen tussen 2 en 4 heb ik tijd => 2026-11-26/afternoon
volgende week di of wo => 2026-12-01;2026-12-02
volgende week maandag en dinsdag kan ik niet => 2026-11-30;2026-12-01
elke maandagochtend en vrijdagmiddag => weekly:mon/morning;weekly:fri/afternoon
elke ma en wo 's ochtends => weekly:mon,wed/morning
ik ben maandags vrij => weekly:mon
's avonds kan ik altijd => weekly:mon,tue,wed,thu,fri,sat,sun/evening
ik kan alleen in het weekend => 2026-11-28..2026-11-29
iedere woensdag om 14.00 uur => weekly:wed/afternoon
de 26e om 10 uur => 2026-11-26T10:00
vr 27 nov 10.30u => 2026-11-27T10:30
do. 26/11 om 13.45 => 2026-11-26T13:45
vrijdag 27 november 2026 om 09:00 => 2026-11-27T09:00
op 1-12-2026 om 16:00 => 2026-12-01T16:00
1 t/m 5 december => 2026-12-01..2026-12-05
van 1 tot 5 december ben ik weg => 2026-12-01..2026-12-05
donderdag tot en met zaterdag => 2026-11-26..2026-11-28
tot vrijdag => 2026-11-27
vanaf maandag weer beschikbaar => 2026-11-30
vanmiddag om half 4 => 2026-11-24T15:30
vanavond rond 8 => 2026-11-24T20:00
vanavond om kwart voor 9 => 2026-11-24T20:45
afgelopen zondag was leuk => 2026-11-22
vorige week dinsdag => 2026-11-17
deze week lukt niet => 2026-11-24..2026-11-29
volgend weekend => 2026-12-05..2026-12-06
over een maand => 2026-12-24
over 2 uur => 2026-11-24T12:00
twee weken geleden => 2026-11-10
vijf over half 3 morgen => 2026-11-25T14:35
morgen tien voor half vier => 2026-11-25T15:20
om 5 voor 12 morgen => 2026-11-25T11:55
morgen om tien over 9 => 2026-11-25T09:10
woensdg om 11 uur => 2026-11-25T11:00
dinsdag om 9 uur => 2026-12-01T09:00
dinsdag om 11 uur => 2026-11-24T11:00
ik kan donderdag niet naar de tandarts, wel vrijdag om 14u => 2026-11-26;2026-11-27T14:00
donderdag heb ik de kinderen maar om 3 uur kan ik => 2026-11-26T15:00
over 14 dagen => 2026-12-08
in januari => 2027-01-01..2027-01-31
half december => 2026-12-11..2026-12-20
eind volgende week => 2026-12-04
3 december 's middags => 2026-12-03/afternoon
op 24 oktober was het => 2026-10-24
10 maart => 2027-03-10
15 juni => 2026-06-15
week 49 kan ik niet => 2026-11-30..2026-12-06
hij is geboren op 1-1-1990 => 1990-01-01
geboren 12-05-1988 => 1988-05-12
vanaf 17 uur vrijdag => 2026-11-27T17:00
graag na vijven donderdag => 2026-11-26
donderdag v.a. 15:00 => 2026-11-26T15:00
ma 30/11 14u tandarts amira => 2026-11-30T14:00
maandag 30 november kwart voor 11 => 2026-11-30T10:45
Donderdag 3 december, 10:00 uur => 2026-12-03T10:00
doordeweeks overdag kan ik niet => weekly:mon,tue,wed,thu,fri
kan iemand aanstaande vrijdag of zaterdag helpen verhuizen? => 2026-11-27;2026-11-28
om 18:30 vanavond => 2026-11-24T18:30
morgen 18.30 => 2026-11-25T18:30
elke dag om 8 uur => weekly:mon,tue,wed,thu,fri,sat,sun/morning
over 20 minuten => 2026-11-24T10:20
afspraak 08:15 donderdag => 2026-11-26T08:15
kom je nog vandaag => 2026-11-24
maandag over een week => 2026-12-07
dinsdag 1 december half 9 => 2026-12-01T08:30
tussen 10:00 en 12:00 uur donderdag => 2026-11-26/morning
van ma tm vr => 2026-11-30..2026-12-04
vrijdagmiddag 3 uur => 2026-11-27T15:00
elke donderdagavond => weekly:thu/evening
twee keer per week op dinsdag en donderdag => 2026-11-24;2026-11-26
sinds maandag => 2026-11-30
om 12 uur 's middags => 2026-11-24T12:00
om 1 uur => 2026-11-24T13:00
zaterdagmiddag van 13 tot 15 uur => 2026-11-28T13:00
zaterdag 13-15u => 2026-11-28T13:00
"""

ENGLISH = """
i'm busy from the 7th to the 14th of december => 2026-12-07..2026-12-14
i can help on weekends => weekly:sat,sun
remind me tomorrow evening at half past seven => 2026-11-25T19:30
i will go with her on 2 december at quarter past ten => 2026-12-02T10:15
sunday afternoon around 3 => 2026-11-29T15:00
i cannot monday to friday => 2026-11-30..2026-12-04
every sunday from 2 till 4 => weekly:sun/afternoon
tuesdays after 6 work for me => weekly:tue/evening
wed 2pm or thu 3pm => 2026-11-25T14:00;2026-11-26T15:00
next week i am away => 2026-11-30..2026-12-06
Thursday 2pm => 2026-11-26T14:00
tomorrow at 3 => 2026-11-25T15:00
tomorrow at half past two => 2026-11-25T14:30
tmrw 10am => 2026-11-25T10:00
tonight at 8 => 2026-11-24T20:00
i can do it on friday morning => 2026-11-27/morning
next monday at 9 => 2026-11-30T09:00
next week wednesday => 2026-12-02
wednesday next week at 14:30 => 2026-12-02T14:30
the day after tomorrow => 2026-11-26
every Tuesday language practice => weekly:tue
every other friday => weekly:fri
i am free on mondays and wednesdays => weekly:mon,wed
not available on weekdays => weekly:mon,tue,wed,thu,fri
this weekend => 2026-11-28..2026-11-29
from monday to wednesday => 2026-11-30..2026-12-02
mon-wed => 2026-11-30..2026-12-02
Nov 26 at 2:30pm => 2026-11-26T14:30
26th of November => 2026-11-26
December 3rd, 10:15 => 2026-12-03T10:15
3 dec 9am => 2026-12-03T09:00
on the 3rd => 2026-12-03
on 3/12 => 2026-12-03
in two weeks => 2026-12-08
in 3 days => 2026-11-27
three days ago => 2026-11-21
in half an hour => 2026-11-24T10:30
between 2 and 4 on thursday => 2026-11-26/afternoon
thursday after 5pm => 2026-11-26/evening
friday before noon => 2026-11-27/morning
quarter to 4 tomorrow => 2026-11-25T15:45
tomorrow at ten past nine => 2026-11-25T09:10
thursday at 8 => 2026-11-26T08:00
this afternoon => 2026-11-24/afternoon
yesterday evening => 2026-11-23/evening
last friday => 2026-11-20
next week => 2026-11-30..2026-12-06
every weekday morning => weekly:mon,tue,wed,thu,fri/morning
in the evenings i am free => weekly:mon,tue,wed,thu,fri,sat,sun/evening
every day => weekly:mon,tue,wed,thu,fri,sat,sun
thurday at 11 => 2026-11-26T11:00
wensday 10 am => 2026-11-25T10:00
saturday from 10 to 12 => 2026-11-28T10:00
end of the week => 2026-11-27
end of november => 2026-11-21..2026-11-30
by friday => 2026-11-27
11/26 => 2026-11-26
monday is fine, or tuesday afternoon => 2026-11-30;2026-11-24/afternoon
can you take me thursday? appointment is at 10:40 => 2026-11-26T10:40
thursday or friday afternoon => 2026-11-26;2026-11-27/afternoon
monday and thursday mornings => weekly:mon,thu/morning
i work every monday from 9 to 5 => weekly:mon/morning
next friday => 2026-12-04
coming friday 3pm => 2026-11-27T15:00
on wednesday the 2nd => 2026-12-02
wednesday 2 december => 2026-12-02
at noon tomorrow => 2026-11-25T12:00
12:30 tomorrow => 2026-11-25T12:30
remind me in 20 minutes => 2026-11-24T10:20
see you tomorrow => 2026-11-25
tuesday 5 pm => 2026-11-24T17:00
tuesday at 9am => 2026-12-01T09:00
monday 3rd => 2026-11-30
"""

FRENCH = """
je ne peux pas vendredi après 16h => 2026-11-27/afternoon
rappelle-moi dans une heure => 2026-11-24T11:00
tous les jours après 18h => weekly:mon,tue,wed,thu,fri,sat,sun/evening
du 7 au 14 décembre => 2026-12-07..2026-12-14
demain à 14h => 2026-11-25T14:00
jeudi à 9h30 => 2026-11-26T09:30
vendredi matin => 2026-11-27/morning
lundi après-midi et jeudi matin => 2026-11-30/afternoon;2026-11-26/morning
ce soir à 20h => 2026-11-24T20:00
après-demain vers 10 heures => 2026-11-26T10:00
le 3 décembre à midi => 2026-12-03T12:00
tous les mardis => weekly:tue
le mercredi après-midi je suis libre => weekly:wed/afternoon
du lundi au mercredi => 2026-11-30..2026-12-02
la semaine prochaine => 2026-11-30..2026-12-06
mardi de la semaine prochaine => 2026-12-01
dans deux semaines => 2026-12-08
il y a trois jours => 2026-11-21
vendredi prochain à quinze heures => 2026-11-27T15:00
à trois heures et demie demain => 2026-11-25T15:30
demain à neuf heures moins le quart => 2026-11-25T08:45
ce week-end => 2026-11-28..2026-11-29
entre 14h et 16h jeudi => 2026-11-26/afternoon
jeudi de 14h à 16h => 2026-11-26T14:00
le 26/11 à 10h15 => 2026-11-26T10:15
hier soir => 2026-11-23/evening
dimanche dernier => 2026-11-22
chaque vendredi soir => weekly:fri/evening
avant vendredi => 2026-11-27
demain matin => 2026-11-25/morning
le 1er décembre => 2026-12-01
samedi et dimanche => 2026-11-28;2026-11-29
en décembre => 2026-12-01..2026-12-31
demain après 17h => 2026-11-25/evening
mercredi 2 décembre 14h => 2026-12-02T14:00
"""

ARABIC = """
فيني روح معك يوم الأربعاء الساعة عشرة الصبح => 2026-11-25T10:00
ذكرني بعد ساعة => 2026-11-24T11:00
من ٧ ل ١٤ كانون الأول => 2026-12-07..2026-12-14
أنا مشغولة يومي الاثنين والثلاثاء => 2026-11-30;2026-11-24
كل خميس الساعة ٥ => weekly:thu/evening
بعد بكرا الساعة تلاتة ونص => 2026-11-26T15:30
بكرا الساعة ٣ العصر => 2026-11-25T15:00
٢٥/١١ الساعة ٣ عصرا => 2026-11-25T15:00
يوم الخميس الساعة ٩ ونص الصبح => 2026-11-26T09:30
كل ثلاثاء => weekly:tue
كل يوم جمعة المسا => weekly:fri/evening
الأسبوع الجاي يوم الأربعاء => 2026-12-02
بعد بكرا => 2026-11-26
بعد أسبوعين => 2026-12-08
بعد ٣ أيام => 2026-11-27
من الأحد للثلاثاء => 2026-11-29..2026-12-01
الليلة الساعة ٨ => 2026-11-24T20:00
اليوم بعد الظهر => 2026-11-24/afternoon
امبارح => 2026-11-23
السبت والأحد => 2026-11-28;2026-11-29
يوم الاثنين الساعة ١٠ إلا ربع => 2026-11-30T09:45
الجمعة القادمة => 2026-11-27
٣ كانون الأول الساعة ١١ => 2026-12-03T11:00
هالأسبوع => 2026-11-24..2026-11-29
أيام الاثنين والخميس الصبح => weekly:mon,thu/morning
الساعة الثانية والنصف غدا => 2026-11-25T14:30
غداً صباحاً => 2026-11-25/morning
نهاية الأسبوع => 2026-11-28..2026-11-29
قبل يوم الجمعة => 2026-11-27
بكرا بين ٢ و٤ => 2026-11-25/afternoon
بكرا من ٢ ل ٤ => 2026-11-25T14:00
كل يوم => weekly:mon,tue,wed,thu,fri,sat,sun
الخميس الجاي الساعة 10:30 => 2026-11-26T10:30
بكرة بعد الساعة ٥ => 2026-11-25/evening
"""

PERSIAN = """
من روزهای شنبه و یکشنبه وقت دارم => weekly:sat,sun
فردا چاشت ساعت ۱ => 2026-11-25T13:00
یک ساعت بعد یادم بیاور => 2026-11-24T11:00
سه شنبه آینده ساعت نه و نیم => 2026-12-01T09:30
سر از دوشنبه => 2026-11-30
فردا ساعت ۳ بعد از ظهر => 2026-11-25T15:00
روز سه‌شنبه ساعت ۹ صبح => 2026-12-01T09:00
پنج شنبه ساعت دو و نیم => 2026-11-26T14:30
هر دوشنبه => weekly:mon
هر چهارشنبه شب => weekly:wed/evening
هفته آینده => 2026-11-30..2026-12-06
هفته آینده روز جمعه => 2026-12-04
پس فردا => 2026-11-26
۲۵/۱۱ => 2026-11-25
از دوشنبه تا چهارشنبه => 2026-11-30..2026-12-02
امشب ساعت ۸ => 2026-11-24T20:00
دو هفته بعد => 2026-12-08
سه روز پیش => 2026-11-21
امروز صبح => 2026-11-24/morning
آخر هفته => 2026-11-28..2026-11-29
جمعه‌ها => weekly:fri
۳ دسمبر ساعت ۱۰:۱۵ => 2026-12-03T10:15
فردا ۱۰ بجه صبح => 2026-11-25T10:00
شنبه و یکشنبه => 2026-11-28;2026-11-29
دیروز => 2026-11-23
شب ها وقت دارم => weekly:mon,tue,wed,thu,fri,sat,sun/evening
قبل از جمعه => 2026-11-27
هر روز => weekly:mon,tue,wed,thu,fri,sat,sun
روزهای شنبه => weekly:sat
پنجشنبه بعد از ساعت ۵ => 2026-11-26/evening
"""

TIGRINYA = """
ሰሉስን ሓሙስን ድሕሪ ቀትሪ ግዜ ኣሎኒ => 2026-11-24/afternoon;2026-11-26/afternoon
ዓርቢ ሰዓት 11 ንግሆ ናብ ባንኪ => 2026-11-27T11:00
ኣብ ቀዳም ክሕግዝ እኽእል እየ => 2026-11-28
ዝመጽእ ሰኑይ ሰዓት 9 ናይ ንግሆ => 2026-11-30T09:00
ጽባሕ ሰዓት 3 ድሕሪ ቀትሪ => 2026-11-25T15:00
ሰሉስ ሰዓት 10 => 2026-12-01T10:00
ኩሉ ሰሉስ => weekly:tue
ዝመጽእ ሰሙን => 2026-11-30..2026-12-06
ዝመጽእ ሰሙን ረቡዕ => 2026-12-02
ድሕሪ ጽባሕ => 2026-11-26
ሎሚ ምሸት => 2026-11-24/evening
ሎምሸት ሰዓት 8 => 2026-11-24T20:00
ካብ ሰኑይ ክሳብ ረቡዕ => 2026-11-30..2026-12-02
ብዓርቢ ንግሆ => 2026-11-27/morning
ድሕሪ ክልተ ሰሙን => 2026-12-08
ሓሙስ ሰዓት ክልተን ፈረቓን => 2026-11-26T14:30
ቀዳም ወይ ሰንበት => 2026-11-28;2026-11-29
3 ታሕሳስ => 2026-12-03
ትማሊ => 2026-11-23
26/11 ሰዓት 9:15 => 2026-11-26T09:15
ነፍሲ ወከፍ ዓርቢ ድሕሪ ቀትሪ => weekly:fri/afternoon
መዓልታት ሰኑይ => weekly:mon
ጽባሕ ንግሆ => 2026-11-25/morning
ቅድሚ ሰለስተ መዓልቲ => 2026-11-21
ኩሉ መዓልቲ => weekly:mon,tue,wed,thu,fri,sat,sun
ሰሉስን ሓሙስን ግዜ ኣሎኒ => 2026-11-24;2026-11-26
"""

TURKISH = """
ben salı günü saat on birde gelebilirim => 2026-11-24T11:00
her çarşamba akşam 7'de => weekly:wed/evening
7-14 Aralık arası yokum => 2026-12-07..2026-12-14
yarın saat 3'te => 2026-11-25T15:00
perşembe günü saat 14:00'te => 2026-11-26T14:00
salı öğleden sonra => 2026-11-24/afternoon
her salı => weekly:tue
her pazartesi akşamı => weekly:mon/evening
haftaya çarşamba => 2026-12-02
gelecek hafta => 2026-11-30..2026-12-06
pazartesiden çarşambaya kadar => 2026-11-30..2026-12-02
bu akşam 8'de => 2026-11-24T20:00
3 gün sonra => 2026-11-27
iki hafta sonra => 2026-12-08
yarın sabah dokuz buçukta => 2026-11-25T09:30
cuma 10'da => 2026-11-27T10:00
26.11 saat 10.30 => 2026-11-26T10:30
3 Aralık saat 9'da => 2026-12-03T09:00
hafta sonu => 2026-11-28..2026-11-29
hafta içi sabahları => weekly:mon,tue,wed,thu,fri/morning
dün akşam => 2026-11-23/evening
üçü çeyrek geçe yarın => 2026-11-25T15:15
yarın dörde çeyrek kala => 2026-11-25T15:45
cumartesi ve pazar => 2026-11-28;2026-11-29
öbür gün => 2026-11-26
yarın 9 ile 11 arasında => 2026-11-25T09:00
yarın 9'dan 11'e kadar => 2026-11-25T09:00
cuma günleri => weekly:fri
yarın 5'ten sonra => 2026-11-25/evening
geçen cuma => 2026-11-20
cumaya kadar => 2026-11-27
iki haftada bir salı => weekly:tue
pazartesi sabah => 2026-11-30/morning
"""

UKRAINIAN = """
я можу у вівторок о пів на десяту => 2026-12-01T09:30
з 7 до 14 грудня мене не буде => 2026-12-07..2026-12-14
нагадай за годину => 2026-11-24T11:00
у вівторок та четвер після обіду => 2026-11-24/afternoon;2026-11-26/afternoon
завтра о 15:00 => 2026-11-25T15:00
у четвер о 9 ранку => 2026-11-26T09:00
у п’ятницю о пів на третю => 2026-11-27T14:30
щовівторка => weekly:tue
кожного понеділка ввечері => weekly:mon/evening
наступного тижня => 2026-11-30..2026-12-06
наступного тижня в середу => 2026-12-02
післязавтра => 2026-11-26
через два тижні => 2026-12-08
через 3 дні => 2026-11-27
26.11 о 10:30 => 2026-11-26T10:30
3 грудня о 14.00 => 2026-12-03T14:00
сьогодні ввечері => 2026-11-24/evening
з понеділка до середи => 2026-11-30..2026-12-02
на вихідних => 2026-11-28..2026-11-29
завтра о третій => 2026-11-25T15:00
завтра після 17:00 => 2026-11-25/evening
за чверть четверта завтра => 2026-11-25T15:45
по буднях вранці => weekly:mon,tue,wed,thu,fri/morning
по середах => weekly:wed
у суботу та неділю => 2026-11-28;2026-11-29
в пн о 9:20 => 2026-11-30T09:20
вчора => 2026-11-23
минулої п'ятниці => 2026-11-20
три дні тому => 2026-11-21
завтра з 9 до 11 => 2026-11-25T09:00
між 14:00 і 16:00 у четвер => 2026-11-26/afternoon
до п'ятниці => 2026-11-27
щодня => weekly:mon,tue,wed,thu,fri,sat,sun
вечорами вільна => weekly:mon,tue,wed,thu,fri,sat,sun/evening
завтра вранці о 8 => 2026-11-25T08:00
"""

DUTCH_CHATTER = """
het kost 25 euro per maand
we zijn met 4 en hebben 2 kamers nodig
mijn nummer is 06 12 34 56 78
bel 112!
ze is 3 jaar oud
hij woont op nummer 14
Dorpsstraat 12, 1234 AB Utrecht
mijn bsn is 123456782
het is € 14.50
14.50 euro voor de bus
ik heb 2 uur in de rij gestaan
ik werk 36 uur per week
3x per week sporten
de trein had 10 minuten vertraging
kan iemand 2 of 3 stoelen missen
ik zal er over denken
zo lekker hoor
wat doe je in de avond?
goedemorgen allemaal
fijn weekend allemaal!
fijne avond nog
het was 3-1 voor ajax
een voor een
kom tot half in de zaal
hoofdstuk 5.12
https://example.nl/2026-11-26/10:00
IBAN NL20 INGB 0001 2345 67
we zijn tot 2030 bezig
pagina 3 van 10
ik moet om de hoek zijn
bus 12 naar het station
kun je 5 minuten wachten
ik heb 10 dagen vakantie
de eerste week van december
ik heb om 3 stoelen gevraagd
ik ben om de hoek
voor 5 personen koken
tussen de 5 en 10 mensen
tussen 5 en 10 vrijwilligers
van 3 naar 4
een op de tien
ik ben er over
ze doet mee in groep 3
het is 5 over half
niveau B1
kom je ma even helpen? hallo ma!
di moet je zien
zo is het
de huur is 725,50
2-onder-1 kap
10-12 mensen
maat 38-40
half 2026
over 2 jaar
op nummer 3
nr 3-5
kamer 3.12
klas 2 en 3
taak 3
3
14
de hele week druk
stand 2-1
24/7
"""

ENGLISH_CHATTER = """
i may come
march on
he has 3 kids, 5 and 7 years old
that is 20 euros
call 112 now
it takes 2 hours
i waited 3 hours
i live at number 12
we have 2 of them
half the class
one second please
sun is shining
sat on the couch all day
i wed my wife
good morning everyone
have a nice weekend!
24/7 open
the 2nd floor
room 3.14
give me 5 minutes
my second child
about 10 people came
1/2 kg of rice
version 2.10
between 4 and 6 people
at 5 euros each
take the bus 12
two to three volunteers
we need five to ten volunteers
I have been here for 3 years and 2 months
my daughter is 8
I was born in 1990
the rent is 850
rent is €850,- per month
call +31 6 1234 5678
flight KL1234 gate 12
I have 2 appointments
i have one question
sun and moon
from one to ten how good
it is 10 to 15 degrees
size 38-40
score 10-12
season 2026-2027
code 12-34-56
room 2.14
the 3rd time
at level B1
24 hours
I need 5 more
at least 3 people
3/4 of the people
"""

FRENCH_CHATTER = """
bonne soirée à tous
il a 3 enfants
j'ai neuf frères
elle a 12 ans
ça coûte 20 euros
mon mari travaille 8 heures par jour
"""

ARABIC_CHATTER = """
صباح الخير
مساء النور جميعا
عندي ٣ أولاد
الجامعة بعيدة
الجمعية ساعدتنا
كل حدا عنده بيت
دفعت ٢٠ يورو
رقمي 0612345678
في حدا فاضي؟
بعد الغدا
ساعتين بالباص
"""

PERSIAN_CHATTER = """
صبح بخیر
سه طفل دارم
می خواهم کمک کنم
بیست یورو
نان شب خوردیم
"""

TIGRINYA_CHATTER = """
ጽቡቕ መዓልቲ
ሰለስተ ቆልዑ ኣለዉኒ
20 ዩሮ
"""

TURKISH_CHATTER = """
iyi akşamlar
üç çocuğum var
20 euro verdim
iki saat bekledim
on kişi geldi
bir şey soracağım
"""

UKRAINIAN_CHATTER = """
доброго ранку
добрий вечір усім
у мене троє дітей, 3 і 5 років
це коштує 20 євро
я чекала дві години
допоможіть на 2 поверсі
лист від IND
"""

LANGUAGES = {
    "nl": DUTCH,
    "en": ENGLISH,
    "fr": FRENCH,
    "ar": ARABIC,
    "fa": PERSIAN,
    "ti": TIGRINYA,
    "tr": TURKISH,
    "uk": UKRAINIAN,
}
CHATTER = {
    "nl": DUTCH_CHATTER,
    "en": ENGLISH_CHATTER,
    "fr": FRENCH_CHATTER,
    "ar": ARABIC_CHATTER,
    "fa": PERSIAN_CHATTER,
    "ti": TIGRINYA_CHATTER,
    "tr": TURKISH_CHATTER,
    "uk": UKRAINIAN_CHATTER,
}


def cases() -> Iterator[tuple[str, str, str]]:
    for language, lines in LANGUAGES.items():
        for line in lines.strip().splitlines():
            text, _, wanted = line.partition(" => ")
            yield language, text, wanted


def chatter() -> Iterator[tuple[str, str]]:
    for language, lines in CHATTER.items():
        yield from ((language, line) for line in lines.strip().splitlines())


@pytest.mark.parametrize("language, text, wanted", [*cases()])
def test_a_time_is_read_as_people_write_it(language: str, text: str, wanted: str) -> None:
    assert read(text, language) == wanted


@pytest.mark.parametrize("language, text", [*chatter()])
def test_numbers_and_names_in_chatter_are_no_times(language: str, text: str) -> None:
    assert read_times(text, now=NOW, language=language) == []


@pytest.mark.parametrize("language, text, wanted", [*cases()])
def test_the_writers_language_need_not_be_known(language: str, text: str, wanted: str) -> None:
    """Somebody whose app speaks English writes in every language; bare dates stay day before month."""
    if len(text.split()) > 3:
        assert read(text, "en" if language != "en" else "nl") == wanted


@pytest.mark.parametrize(
    "text, left",
    [
        ("every Tuesday language practice", "language practice"),
        ("elke dinsdag taalles oefenen", "taalles oefenen"),
        ("op dinsdag om half drie naar de bank", "naar de bank"),
        ("naar de bank op vrijdag 27 november om 14.00 uur", "naar de bank"),
        ("kast ophalen, zaterdag", "kast ophalen"),
        ("huisarts bellen vanaf maandag", "huisarts bellen"),
        ("maandag en woensdag zwemmen", "zwemmen"),
        ("donderdag met Amira om 3 uur naar school", "met Amira naar school"),
        ("Thursday 26 dentist", "dentist"),
        ("كل ثلاثاء درس لغة", "درس لغة"),
        ("щовівторка мовна практика", "мовна практика"),
        ("chaque mardi cours de langue", "cours de langue"),
        ("her salı dil pratiği", "dil pratiği"),
        ("geen tijd genoemd", "geen tijd genoemd"),
    ],
)
def test_what_is_left_without_the_time(text: str, left: str) -> None:
    assert cut_times(text, read_times(text, now=NOW)) == left


@pytest.mark.parametrize(
    "text, language, wanted",
    [
        ("van 28 december tot 3 januari", "nl", "2026-12-28..2027-01-03"),
        ("28 december t/m 3 januari", "nl", "2026-12-28..2027-01-03"),
        ("from 20 December until 3 January", "en", "2026-12-20..2027-01-03"),
        ("du 28 décembre jusqu'au 3 janvier", "fr", "2026-12-28..2027-01-03"),
        ("من ٢٨ كانون الأول حتى ٣ كانون الثاني", "ar", "2026-12-28..2027-01-03"),
        ("از ۲۸ دسمبر تا ۳ جنوری", "fa", "2026-12-28..2027-01-03"),
        ("ካብ 28 ታሕሳስ ክሳብ 3 ጥሪ", "ti", "2026-12-28..2027-01-03"),
        ("28 Aralık'tan 3 Ocak'a kadar", "tr", "2026-12-28..2027-01-03"),
        ("з 28 грудня до 3 січня", "uk", "2026-12-28..2027-01-03"),
        ("morgen tot 3 december", "nl", "2026-11-25..2026-12-03"),
        ("vrijdag na 3 december", "nl", "2026-11-27;2026-12-03"),
        ("15 december t/m eind januari", "nl", "2026-12-15..2027-01-31"),
        ("1 november 2027 t/m eind december", "nl", "2027-11-01..2027-12-31"),
        ("rond 5 december", "nl", "2026-12-05"),
        ("omstreeks 5 december om 10 uur", "nl", "2026-12-05T10:00"),
        ("around 5 December", "en", "2026-12-05"),
        ("about 5 december", "en", "2026-12-05"),
        ("близько 5 грудня", "uk", "2026-12-05"),
        ("حوالي ٥ ديسمبر", "ar", "2026-12-05"),
        ("dinsdag om 10 uur 15 december", "nl", "2026-12-15T10:00"),
        ("ik ben van 7-9 december weg", "nl", "2026-12-07..2026-12-09"),
    ],
)
def test_a_number_before_a_month_is_no_hour(text: str, language: str, wanted: str) -> None:
    assert read(text, language) == wanted


@pytest.mark.parametrize(
    "text, language, wanted",
    [
        ("tomorrow at 3 may i come", "en", "2026-11-25T15:00"),
        ("tomorrow between 2 and 4 may I come", "en", "2026-11-25/afternoon"),
        ("فردا ساعت ۳ می آیم", "fa", "2026-11-25T15:00"),
        ("۳ می ساعت ۱۰", "fa", "2027-05-03T10:00"),
        ("om 10 uur 15 morgen", "nl", "2026-11-25T10:15"),
    ],
)
def test_a_word_that_is_also_a_month_leaves_the_hour(text: str, language: str, wanted: str) -> None:
    assert read(text, language) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("1 maart t/m 30 april 2026", "2026-03-01..2026-04-30"),
        ("1-3 t/m 30-4-2026", "2026-03-01..2026-04-30"),
        ("1 maart 2026 t/m 30 april", "2026-03-01..2026-04-30"),
        ("15 december t/m 3 januari 2027", "2026-12-15..2027-01-03"),
        ("15 december t/m 3 januari 2028", "2027-12-15..2028-01-03"),
        ("29 februari t/m 3 maart 2027", "2024-02-29..2027-03-03"),
        ("1 tot 5 maart 2026", "2026-03-01..2026-03-05"),
    ],
)
def test_a_year_said_at_the_end_decides_the_beginning(text: str, wanted: str) -> None:
    assert read(text, "nl") == wanted


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_no_stretch_ends_before_it_begins(first: date, last: date) -> None:
    for begin, end in (("", ""), ("", f"-{last.year}"), (f"-{first.year}", f"-{last.year}")):
        text = f"{first.day:02}-{first.month:02}{begin} t/m {last.day:02}-{last.month:02}{end}"
        for found in read_times(text, now=NOW, language="nl"):
            assert found.day is None or found.last is None or found.day <= found.last


@pytest.mark.parametrize(
    "text, language, wanted",
    [
        ("3 november vorig jaar", "nl", "2025-11-03"),
        ("vorig jaar op 3 november", "nl", "2025-11-03"),
        ("ik kreeg vorig jaar een brief op 3 november", "nl", "2025-11-03"),
        ("3-11 vorig jaar", "nl", "2025-11-03"),
        ("de brief van 3-11 vorig jaar is zoek", "nl", "2025-11-03"),
        ("een brief, 3-11 vorig jaar, is zoek", "nl", "2025-11-03"),
        ("maandag 3 november van vorig jaar", "nl", "2025-11-03"),
        ("3 November last year", "en", "2025-11-03"),
        ("le 3 novembre de l'année dernière", "fr", "2025-11-03"),
        ("٣ تشرين الثاني العام الماضي", "ar", "2025-11-03"),
        ("۳ نوامبر سال گذشته", "fa", "2025-11-03"),
        ("3 ሕዳር ዝሓለፈ ዓመት", "ti", "2025-11-03"),
        ("geçen yıl 3 Kasım", "tr", "2025-11-03"),
        ("3 листопада минулого року", "uk", "2025-11-03"),
        ("10 maart dit jaar", "nl", "2026-03-10"),
        ("3 november volgend jaar om 10:00", "nl", "2027-11-03T10:00"),
        ("3 November next year at 10:00", "en", "2027-11-03T10:00"),
        ("le 3 novembre de l'année prochaine à 10:00", "fr", "2027-11-03T10:00"),
        ("3 نوفمبر العام القادم الساعة 10:00", "ar", "2027-11-03T10:00"),
        ("۳ نوامبر سال آینده ساعت ۱۰", "fa", "2027-11-03T10:00"),
        ("3 ሕዳር ዝመጽእ ዓመት ሰዓት 10", "ti", "2027-11-03T10:00"),
        ("gelecek yıl 3 Kasım saat 10:00", "tr", "2027-11-03T10:00"),
        ("3 листопада наступного року о 10:00", "uk", "2027-11-03T10:00"),
        ("28 december tot 3 januari volgend jaar", "nl", "2026-12-28..2027-01-03"),
        ("1 t/m 5 maart volgend jaar", "nl", "2027-03-01..2027-03-05"),
        ("vorig jaar van 1 december t/m 3 januari", "nl", "2025-12-01..2026-01-03"),
        ("3 en 5 maart volgend jaar", "nl", "2027-03-03;2027-03-05"),
        ("in december volgend jaar", "nl", "2027-12-01..2027-12-31"),
        ("in december 2027", "nl", "2027-12-01..2027-12-31"),
        ("volgend jaar dinsdag", "nl", "2026-11-24"),
        ("volgend jaar zoeken we een huis", "nl", ""),
    ],
)
def test_the_year_may_be_counted_from_now(text: str, language: str, wanted: str) -> None:
    assert read(text, language) == wanted


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_knows_the_year_before_this_and_after(language: str) -> None:
    words = time_words()[language]
    assert set(words.years_from_now) == {-1, 0, 1}
    for years, phrases in words.years_from_now.items():
        for phrase in phrases:
            text = f"3 {words.months['nov'][0]} {phrase}"
            (found,) = read_times(text, now=NOW, language=language)
            assert (found.day, found.year_said) == (date(2026 + years, 11, 3), True), text


@pytest.mark.parametrize(
    "text, language, begins, ends",
    [
        ("morgen 9-12", "nl", "2026-11-25T09:00", "12:00"),
        ("9-12 morgen", "nl", "2026-11-25T09:00", "12:00"),
        ("tomorrow 9-12", "en", "2026-11-25T09:00", "12:00"),
        ("demain 9-12", "fr", "2026-11-25T09:00", "12:00"),
        ("dinsdag 9-12", "nl", "2026-12-01T09:00", "12:00"),
        ("dinsdag 11-1", "nl", "2026-11-24T11:00", "13:00"),
        ("morgenmiddag 2-4", "nl", "2026-11-25T14:00", "16:00"),
        ("morgen 14-16", "nl", "2026-11-25T14:00", "16:00"),
        ("volgende week dinsdag 9-12", "nl", "2026-12-01T09:00", "12:00"),
    ],
)
def test_a_pair_that_is_not_the_day_beside_it_is_hours(
    text: str, language: str, begins: str, ends: str
) -> None:
    (found,) = read_times(text, now=NOW, language=language)
    assert found.until is not None
    assert (str(found), found.until.strftime("%H:%M")) == (begins, ends)


@pytest.mark.parametrize(
    "text, wanted",
    [("woensdag 9-12", "2026-12-09"), ("morgen 25-11", "2026-11-25"), ("dinsdag 1-12", "2026-12-01"),
     ("tuesday and thursday 9-12", "2026-12-01T09:00;2026-11-26T09:00"), ("9-12", "2026-12-09"),
     ("elke woensdag 9-12", "weekly:wed/morning"), ("morgen 10-12 mensen", "2026-11-25")],
)  # fmt: skip
def test_a_pair_that_may_be_the_day_beside_it_is_a_date(text: str, wanted: str) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    "text, language, readings",
    [
        ("morgen 26-11", "nl", ["2026-11-26", "2026-11-25"]),
        ("morgen 1-12", "nl", ["2026-12-01", "2026-11-25"]),
        ("donderdag om 8 uur", "nl", ["2026-11-26T08:00", "2026-11-26T20:00"]),
        ("thursday at 8", "en", ["2026-11-26T08:00", "2026-11-26T20:00"]),
        ("thursday 7:30", "en", ["2026-11-26T07:30", "2026-11-26T19:30"]),
        ("om 8 uur", "nl", ["2026-11-24T20:00", "2026-11-25T08:00"]),
        ("next friday", "en", ["2026-12-04", "2026-11-27"]),
        ("volgende vrijdag", "nl", ["2026-12-04", "2026-11-27"]),
        ("vrijdag 26 november", "nl", ["2026-11-26", "2026-11-27"]),
        ("on 3/12", "en", ["2026-12-03", "2027-03-12"]),
    ],
)
def test_what_a_person_should_be_asked(text: str, language: str, readings: list[str]) -> None:
    (found,) = read_times(text, now=NOW, language=language)
    assert [str(reading) for reading in found.ambiguous] == readings
    assert str(found) == readings[0]


@pytest.mark.parametrize(
    "text",
    ["donderdag om half 3", "donderdag 8:45", "donderdag 20:00", "donderdag om 08:00", "vanavond om 8",
     "donderdag om 12", "vandaag om 8 uur", "next monday", "3/12", "26-11", "jeudi à 8h", "о 8 ранку завтра"],
)  # fmt: skip
def test_what_nobody_needs_to_ask(text: str) -> None:
    (found,) = read_times(text, now=NOW)
    assert found.ambiguous == ()


@pytest.mark.parametrize(
    "text, why",
    [("31-02", "date"), ("31 februari", "date"), ("op 31/04/2027", "date"), ("30 février", "date"),
     ("٣١/٠٢", "date"), ("morgen om 25:00", "hour"), ("om 14:75", "hour"), ("31.02.2027", "date"),
     ("2026-13-01", "date"), ("op 31 april", "date"), ("29-02-2027", "date"),
     ("29 februari vorig jaar", "date"), ("3 mei 2027 t/m 1 mei 2027", "date"),
     ("9 t/m 5 december 2026", "date"), ("morgen tot gisteren", "date")],
)  # fmt: skip
def test_what_does_not_exist_is_refused_and_not_dropped(text: str, why: str) -> None:
    found = [t for t in read_times(text, now=NOW) if isinstance(t, Impossible)]
    assert [t.why for t in found] == [why]
    assert found[0].label() == ""
    assert found[0].span != (0, 0)


@pytest.mark.parametrize(
    "text, past",
    [("gisteren", True), ("vandaag", False), ("vanochtend", False), ("vandaag om 9 uur", True),
     ("24-10", True), ("24-10-2027", False), ("2 maart 2026", True), ("2 maart", False),
     ("elke dinsdag", False),
     ("vorige week", True), ("deze week", False), ("afgelopen zondag", True), ("morgen", False)],
)  # fmt: skip
def test_whether_it_is_over(text: str, past: bool) -> None:
    (found,) = read_times(text, now=NOW)
    assert found.past(NOW) is past


def test_part_of_today_is_past_when_it_is_over() -> None:
    (found,) = read_times("vanochtend", now=NOW)
    assert found.past(NOW.replace(hour=12))


@pytest.mark.parametrize(
    "text, step, weekdays",
    [("om de week op dinsdag", 2, (1,)), ("om de week", 2, ()), ("every other friday", 2, (4,)),
     ("elke dinsdag", 1, (1,)), ("wekelijks", 1, ()), ("toutes les deux semaines", 2, ()),
     ("кожні два тижні", 2, ()), ("iki haftada bir salı", 2, (1,))],
)  # fmt: skip
def test_what_comes_back_every_few_weeks(text: str, step: int, weekdays: tuple[int, ...]) -> None:
    (found,) = read_times(text, now=NOW)
    assert (found.kind, found.step, found.weekdays) == ("weekly", step, weekdays)


def due(text: str, language: str = "nl") -> tuple[str, int | None, str]:
    """The words, days and first last day of a task that comes back."""
    rest, rhythm = recurring_in(text, now=NOW, language=language)
    return rest, rhythm.every_days, str(rhythm.due)


@pytest.mark.parametrize(
    "text, language, rest, days, first",
    [
        ("elke week de vuilnis", "nl", "de vuilnis", 7, "2026-12-01"),
        ("de vuilnis wekelijks", "nl", "de vuilnis", 7, "2026-12-01"),
        ("every 2 weeks the bins", "en", "the bins", 14, "2026-12-08"),
        ("om de week de vuilnis", "nl", "de vuilnis", 14, "2026-12-08"),
        ("om de week op vrijdag de vuilnis", "nl", "de vuilnis", 14, "2026-11-27"),
        ("toutes les semaines poubelle", "fr", "poubelle", 7, "2026-12-01"),
        ("щотижня сміття", "uk", "сміття", 7, "2026-12-01"),
        ("elke dag medicijnen", "nl", "medicijnen", 1, "2026-11-24"),
        ("every day medicine", "en", "medicine", 1, "2026-11-24"),
        ("كل يوم دواء", "ar", "دواء", 1, "2026-11-24"),
        ("elke donderdag taalles", "nl", "taalles", 7, "2026-11-26"),
        ("elke maand op de 5e huur betalen", "nl", "huur betalen", 28, "2026-12-05"),
        ("op de 5e van elke maand huur betalen", "nl", "huur betalen", 28, "2026-12-05"),
        ("elke maand op de 24e huur", "nl", "huur", 28, "2026-11-24"),
        ("elke maand op de 31e huur", "nl", "huur", 28, "2026-11-30"),
        ("pay rent every month on the 5th", "en", "pay rent", 28, "2026-12-05"),
        ("on the 5th of every month pay rent", "en", "pay rent", 28, "2026-12-05"),
        ("le 5 de chaque mois loyer", "fr", "loyer", 28, "2026-12-05"),
        ("كل شهر يوم 5 إيجار", "ar", "إيجار", 28, "2026-12-05"),
        ("هر ماه تاریخ ۵ کرایه", "fa", "کرایه", 28, "2026-12-05"),
        ("ኩሉ ወርሒ ዕለት 5 ክራይ", "ti", "ክራይ", 28, "2026-12-05"),
        ("her ayın 5'inde kira", "tr", "kira", 28, "2026-12-05"),
        ("щомісяця 5 числа оренда", "uk", "оренда", 28, "2026-12-05"),
        ("maandelijks huur", "nl", "huur", 28, "2026-12-22"),
        ("elke maand 3 brieven sorteren", "nl", "3 brieven sorteren", 28, "2026-12-22"),
    ],
)
def test_what_comes_back_has_a_rhythm_and_a_first_day(
    text: str, language: str, rest: str, days: int, first: str
) -> None:
    assert due(text, language) == (rest, days, first)


@pytest.mark.parametrize(
    "text, rest, at",
    [
        ("fietsen halen vrijdag 10:00", "fietsen halen", "2026-11-27 10:00"),
        ("morgen van 10:00 tot 12:00 klussen", "klussen", "2026-11-25 10:00"),
        ("formulier inleveren voor vrijdag 12:00", "formulier inleveren voor vrijdag 12:00", None),
        ("vrijdagmiddag bellen", "vrijdagmiddag bellen", None),
        ("elke dinsdag om 19:30 taalles", "elke dinsdag om 19:30 taalles", None),
        ("vrijdag bellen", "bellen", None),
    ],
)
def test_an_hour_is_the_tasks_moment_or_stays_in_its_words(text: str, rest: str, at: str | None) -> None:
    words, rhythm = recurring_in(text, now=NOW, language="nl")
    assert (words, rhythm.at and f"{rhythm.at:%Y-%m-%d %H:%M}") == (rest, at)


@pytest.mark.parametrize(
    "text, language",
    [
        ("elke dinsdag en donderdag zwemmen", "nl"),
        ("elke maandagochtend en vrijdagmiddag zwemmen", "nl"),
        ("elke dinsdag taalles en elke donderdag sport", "nl"),
        ("every weekday walk", "en"),
        ("elk weekend koken", "nl"),
        ("щовівторка та щочетверга плавання", "uk"),
    ],
)
def test_days_that_no_one_interval_holds_are_refused(text: str, language: str) -> None:
    with pytest.raises(Refusal, match=r"when\.one_rhythm"):
        due(text, language)


@given(st.integers(1, 31), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_day_of_every_month_is_the_next_one(number: int, today: date) -> None:
    now = datetime(today.year, today.month, today.day, 7, tzinfo=ZONE)
    _, rhythm = recurring_in(f"elke maand op de {number}e huur", now=now, language="nl")
    assert rhythm.due is not None
    assert today <= rhythm.due <= today + timedelta(days=31)
    assert rhythm.due.day == number or (rhythm.due + timedelta(days=1)).day == 1


def test_monthly_has_no_form_in_the_format() -> None:
    (found,) = read_times("maandelijks", now=NOW)
    assert (found.kind, found.step, str(found)) == ("monthly", 1, "")


def test_weekly_hours_are_kept_and_shown_as_their_part() -> None:
    (found,) = read_times("elke dinsdag om 14.30 uur", now=NOW)
    assert found.hour is not None
    assert found.hour.isoformat("minutes") == "14:30"
    assert str(found) == "weekly:tue/afternoon"


@pytest.mark.parametrize(
    "text, limit",
    [("tot vrijdag", "until"), ("voor vrijdag", "before"), ("vanaf vrijdag", "from"), ("na vrijdag", "after"),
     ("vrijdag na 5 uur", "after"), ("by friday", "before"), ("vrijdag", None)],
)  # fmt: skip
def test_edges_are_kept(text: str, limit: str | None) -> None:
    (found,) = read_times(text, now=NOW)
    assert found.limit == limit


def test_a_stretch_of_hours_keeps_its_end() -> None:
    (found,) = read_times("donderdag van 14:00 tot 16:30", now=NOW)
    assert found.until == datetime(2026, 11, 26, 16, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    "hour, text, wanted",
    [(10, "dinsdag", "2026-11-24"), (13, "dinsdagochtend", "2026-12-01/morning"),
     (10, "om 9 uur", "2026-11-25T09:00"),
     (15, "dinsdag om 14:00", "2026-12-01T14:00"), (13, "dinsdag om 14:00", "2026-11-24T14:00"),
     (9, "komende dinsdag", "2026-12-01"), (9, "vandaag om 8 uur", "2026-11-24T20:00")],
)  # fmt: skip
def test_today_counts_until_its_hour_is_past(hour: int, text: str, wanted: str) -> None:
    assert read(text, now=NOW.replace(hour=hour)) == wanted


def test_an_hour_that_the_clock_skips_moves_forward() -> None:
    (found,) = read_times("28 maart 2027 om 02:30", now=NOW)
    assert found.at == datetime(2027, 3, 28, 3, 30, tzinfo=ZONE)
    (autumn,) = read_times("31 oktober 2027 om 02:30", now=NOW)
    assert autumn.at is not None
    assert autumn.at.utcoffset() == timedelta(hours=2)


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        read_times("morgen", now=datetime(2026, 11, 24))  # noqa: DTZ001  # the fault that is looked for


@pytest.mark.parametrize("text", ["", " ", "\n", ".", "٣", "'", "-", "/", "€", "🙂", "\u200c", "²", "½", "Ⅻ"])
def test_next_to_nothing_is_no_time(text: str) -> None:
    assert read_times(text, now=NOW) == []


SNIPPETS = sorted({word for _, text, _ in cases() for word in text.split()} | set(".,:;-/?! \n€%"))
ANYTHING = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(SNIPPETS), max_size=14).map(" ".join))


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001  # hypothesis wants bounds without a zone
WRITERS = st.sampled_from([None, *LANGUAGES, "so"])


@given(ANYTHING)
@example("vóór 's-Gravenhage, foto's en l'hôpital ’s ochtends")
def test_letters_are_compared_alike_whether_or_not_their_places_are_wanted(text: str) -> None:
    assert times_lexer.plain(text) == times_lexer.fold(text)[0]


@given(ANYTHING, WRITERS, MOMENTS)
@example("V.A.", None, datetime(2000, 1, 1))  # noqa: DTZ001  # as MOMENTS gives them
def test_no_text_is_too_strange(text: str, language: str | None, now: datetime) -> None:
    found = read_times(text, now=now.replace(tzinfo=ZONE), language=language)
    for time in found:
        assert time.spans
        assert all(0 <= start < end <= len(text) for start, end in time.spans)
        assert time.at is None or time.at.tzinfo is ZONE
        assert not time.ambiguous or str(time) == str(time.ambiguous[0])
    cut_times(text, found)


DIGITS = {"nl": "0123456789", "ar": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹", "bn": "০১২৩৪৫৬৭৮৯", "ps": "۰۱۲۳۴۵۶۷۸۹"}
SHAPES = ("%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%H:%M %d-%m-%Y", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M",
          "%d-%m-%Y, %H:%M")  # fmt: skip


@given(MOMENTS, st.sampled_from(sorted(DIGITS)), st.sampled_from(SHAPES), WRITERS)
def test_a_moment_written_down_is_read_back(at: datetime, digits: str, shape: str, language: str) -> None:
    there = at.replace(second=0, microsecond=0, tzinfo=ZONE).astimezone(UTC).astimezone(ZONE)
    text = there.strftime(shape).translate(str.maketrans("0123456789", DIGITS[digits]))
    (found,) = read_times(text, now=NOW, language=language)
    assert found.at is not None
    assert found.at.replace(fold=0) == there.replace(fold=0)
    assert found.span == (0, len(text))


@given(st.sampled_from(sorted(LANGUAGES)), st.integers(0, 6), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_every_weekday_is_the_next_one(language: str, number: int, today: date) -> None:
    key = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[number]
    now = datetime(today.year, today.month, today.day, 7, tzinfo=ZONE)
    for word in time_words()[language].weekdays[key]:
        (found,) = read_times(word, now=now, language=language)
        assert found.day is not None
        assert found.day.weekday() == number
        assert 0 <= (found.day - today).days < 7


def test_times_are_read_quickly() -> None:
    text = "kan iemand donderdag om kwart over 3 mee naar de huisarts, of anders vrijdagochtend na 10 uur?"
    read_times(text, now=NOW)
    start = stopwatch.perf_counter()
    for _ in range(50):
        read_times(text, now=NOW, language="nl")
    assert (stopwatch.perf_counter() - start) / 50 < 0.01


def test_labelled_rows_can_be_counted() -> None:
    rows = [{"lang": "nl", "text": "morgen", "when": "2026-11-25"},
            {"lang": "nl", "text": "hoi", "when": "x"}, {"lang": "en", "text": "hi", "when": ""}]  # fmt: skip
    assert exact(rows, NOW) == {"nl with": (1, 2), "en without": (1, 1)}


def test_a_time_of_ones_own_has_a_label() -> None:
    assert str(Time("part", day=date(2026, 11, 26), part="evening")) == "2026-11-26/evening"


SOMALI = """
language = "so"
script = "latin"
hints = ["waa", "iyo", "aan", "waxaan", "ma"]
[weekdays]
mon = ["isniin"]
tue = ["talaado"]
wed = ["arbaco"]
thu = ["khamiis"]
fri = ["jimce"]
sat = ["sabti"]
sun = ["axad"]
[months]
jan = ["janaayo"]
feb = ["febraayo"]
mar = ["maarso"]
apr = ["abriil"]
may = ["maajo"]
jun = ["juun"]
jul = ["luulyo"]
aug = ["agoosto"]
sep = ["sebteembar"]
oct = ["oktoobar"]
nov = ["nofembar"]
dec = ["desembar"]
[parts]
morning = ["subax", "subaxda"]
afternoon = ["galab", "galabta"]
evening = ["habeen", "fiidka"]
[days]
-1 = ["shalay"]
0 = ["maanta"]
1 = ["berri"]
[weeks]
1 = ["usbuuca soo socda"]
[every]
1 = ["kasta"]
[numbers]
1 = ["kow"]
2 = ["laba"]
3 = ["saddex"]
4 = ["afar"]
5 = ["shan"]
6 = ["lix"]
7 = ["toddoba"]
8 = ["siddeed"]
9 = ["sagaal"]
10 = ["toban"]
11 = ["kow iyo toban"]
12 = ["laba iyo toban"]
[time_units]
d = ["maalmood"]
[words]
at = ["saacadda"]
and = ["iyo"]
"""


@pytest.fixture
def ninth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    caches = (times_words.time_words, times_lexer.lexicon, times_lexer.owners)
    folder = tmp_path / "content" / "times"
    folder.mkdir(parents=True)
    for path in (times_words.ROOT / "content" / "times").glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(times_words, "ROOT", tmp_path)
    for cache in caches:
        cache.cache_clear()
    yield folder
    for cache in caches:
        cache.cache_clear()


def test_a_ninth_language_is_one_file(ninth: Path) -> None:
    (ninth / "so.toml").write_text(SOMALI, encoding="utf-8")
    assert read("berri galabta saacadda saddex", "so") == "2026-11-25T15:00"
    assert read("khamiis subax", "so") == "2026-11-26/morning"


def test_faulty_words_are_reported_line_by_line(ninth: Path) -> None:
    (ninth / "so.toml").write_text(SOMALI.replace('fri = ["jimce"]', 'fry = ["jimce"]'), encoding="utf-8")
    (ninth / "xx.toml").write_text("language = ", encoding="utf-8")
    (ninth / "yy.toml").write_text(SOMALI, encoding="utf-8")
    with pytest.raises(ContentFault) as caught:
        read_times("morgen", now=NOW)
    faults = caught.value.faults
    assert any(f.startswith("times/so.toml: weekdays fry") for f in faults)
    assert any(f.startswith("times/xx.toml: ") for f in faults)
    assert "times/yy.toml: language: is so, the file says yy" in faults


def test_shipped_languages_are_eight() -> None:
    assert set(time_words()) == {"nl", "en", "ar", "fa", "ti", "tr", "fr", "uk"}
    assert replace(Time("day", day=date(2026, 11, 24)), limit="until").label() == "2026-11-24"
