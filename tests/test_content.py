"""What ships is whole: plans, organisations, phrases, languages; and what is broken says where."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import handlers
from bot.catalogues import arguments
from bot.check import faults, translation_faults
from bot.content import ROOT, ContentFault, PlanTask, load_content
from bot.domain.words import LANGUAGES, Audience, Joined, Phrase
from bot.letters.translated import to_translate
from bot.routes import ROUTES
from bot.texts import FSI, PDI, RLM, Texts, isolated
from bot.turn import LONGEST, shortened

handlers.load()
CONTENT = load_content()
TEXTS = Texts(critical=CONTENT.phrases.critical, zone=ZoneInfo("Europe/Amsterdam"))
NL, EN = TEXTS.catalogue("nl").phrases, TEXTS.catalogue("en").phrases
CODE = [
    *(ROOT / "handlers").glob("*.py"),
    *(f for f in (ROOT / "bot").rglob("*.py") if "demo" not in f.parts),
]
TASKS = [(plan.key, task) for plan in CONTENT.plans.values() for task in plan.tasks]


def test_everything_that_ships_is_well() -> None:
    assert not faults()


# plans


@pytest.mark.parametrize("plan, least", [("resettlement", 55), ("status-holder", 25)])
def test_a_plan_is_whole(plan: str, least: int) -> None:
    tasks = CONTENT.plans[plan].tasks
    assert len(tasks) >= least
    assert {task.area for task in tasks} >= {
        "group",
        "language",
        "health",
        "work",
        "social",
        "income",
        "housing",
    }
    phases = list(CONTENT.plans[plan].phase_by_task.values())
    assert all(phases.count(phase.key) >= 3 for phase in CONTENT.plans[plan].phases)
    assert any(task.repeat_days for task in tasks)
    assert {phase.key for phase in CONTENT.plans[plan].phases} == set(phases)


@pytest.mark.parametrize("plan, task", TASKS, ids=[f"{plan}-{task.key}" for plan, task in TASKS])
def test_a_task_says_what_it_must(plan: str, task: PlanTask) -> None:
    one = CONTENT.plans[plan].by_key[task.key]
    assert one.why.nl.rstrip().endswith((".", "?", "!", "”"))
    assert one.title.nl != one.why.nl
    assert len(one.title.nl) <= 60
    assert len(one.title.en) <= 70
    assert not one.uncertain or one.ask in CONTENT.organisations
    if one.private:
        assert one.neutral
        assert one.neutral.nl != one.title.nl
    if re.search(r"€\s?\d", f"{one.why.nl} {one.note.nl if one.note else ''}"):
        assert one.source, "an amount without a source"
        assert one.checked, "an amount that nobody dated"


def test_months_four_to_twelve_are_not_thin() -> None:
    tasks = [task for task in CONTENT.plans["resettlement"].tasks if task.start >= 91]
    assert len(tasks) >= 15
    assert sum(task.responsible == "newcomer" for task in tasks) >= 5
    assert sum(bool(task.repeat_days) for task in tasks) >= 5


BROKEN = [
    ("plans/resettlement.toml", 'key = "vog"', 'key = "Vog!"', "resettlement.toml: tasks Vog! key"),
    ("plans/resettlement.toml", 'key = "vog"', 'key = "group-intake"', "stands twice"),
    (
        "plans/resettlement.toml",
        'needs = ["group-intake"]',
        'needs = ["nothing-like-it"]',
        "unknown task nothing-like-it",
    ),
    (
        "plans/resettlement.toml",
        'needs = ["group-intake"]',
        'needs = ["participants-declaration"]',
        "waits for itself",
    ),
    ("plans/resettlement.toml", "minutes = 90", "minutes = 0", "group-intake minutes"),
    ("plans/resettlement.toml", "minutes = 90", 'minutes = 90\ncolour = "red"', "group-intake colour"),
    ("plans/resettlement.toml", "start = -84\ndue = -70", "start = -70\ndue = -84", "start lies after due"),
    (
        "plans/resettlement.toml",
        'title.en = "Apply for the VOG (certificate of conduct)"\n',
        "",
        "vog title en",
    ),
    ("plans/resettlement.toml", 'key = "resettlement"', 'key = "other"', "its key must be resettlement"),
    ("plans/resettlement.toml", 'key = "resettlement"', "key = = ", "resettlement.toml: "),
    ("plans/resettlement.toml", 'responsible = "coa"', 'responsible = "nasa"', "unknown organisation nasa"),
    ("organisations/coa.toml", "name.nl", "naam.nl", "coa.toml"),
    ("organisations/coa.toml", 'key = "coa"', 'key = "aoc"', "its key must be coa"),
    ("phrases.toml", "critical", "kritiek", "phrases.toml"),
]


@pytest.mark.parametrize("file, old, new, address", BROKEN, ids=[row[3] for row in BROKEN])
def test_what_is_broken_says_where(tmp_path: Path, file: str, old: str, new: str, address: str) -> None:
    root = shutil.copytree(ROOT / "content", tmp_path / "content")
    text = (root / file).read_text(encoding="utf-8")
    assert old in text, "the break does not fit the file any more"
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentFault) as caught:
        load_content(root)
    assert any(address in fault for fault in caught.value.faults), caught.value.faults


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    root = shutil.copytree(ROOT / "content", tmp_path / "content")
    for file in ("plans/status-holder.toml", "organisations/coa.toml"):
        (root / file).write_bytes(b"\xff\xfe nothing")
    (root / "phrases.toml").unlink()
    with pytest.raises(ContentFault) as caught:
        load_content(root)
    said = "\n".join(caught.value.faults)
    assert all(name in said for name in ("status-holder.toml", "coa.toml", "phrases.toml"))


# phrases


def used() -> tuple[set[str], set[str]]:
    """Phrase keys that stand in the code, and the beginnings of those that are put together there."""
    whole, begun = set(), set()
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                first = node.values[0]
                if isinstance(first, ast.Constant) and re.fullmatch(r"[a-z]+[._][a-z_.]*", str(first.value)):
                    begun.add(str(first.value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    return whole, begun


def said() -> list[tuple[str, int, str]]:
    """(file, line, key) of every phrase that is said with a whole key."""
    found: list[tuple[str, int, str]] = []
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            if node.func.id not in ("Phrase", "Say", "Toast", "Refusal", "Asked"):
                continue
            keys = [str(part.value) for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
            wanted = re.compile(r"[a-z_]+\.[a-z_.]+|same")
            found += [(file.name, node.lineno, key) for key in keys if wanted.fullmatch(key)]
    return found


def test_every_phrase_that_is_said_exists() -> None:
    keys = said()
    assert len(keys) > 150
    parts = {begin for begin in used()[1] if begin.endswith((".", "_"))}
    missing = [f"{file}:{line}: {key}" for file, line, key in keys if key not in NL and key not in parts]
    assert not missing


def test_no_phrase_is_unused() -> None:
    whole, begun = used()
    routes = {f"command.{name}" for name in ROUTES.commands} | {f"alias.{name}" for name in ROUTES.commands}
    ours = [key for key in NL if not key.startswith(("plan.", "phase.", "organisation."))]
    unused = [key for key in ours if key not in whole | routes and not key.startswith(tuple(begun))]
    assert not unused


@pytest.mark.parametrize("key", sorted(NL))
def test_every_dutch_phrase_exists_in_english_with_the_same_arguments(key: str) -> None:
    if key.startswith("alias."):
        return
    assert key in EN
    wanted = frozenset().union(*(arguments(form) for form in NL[key]))
    assert frozenset().union(*(arguments(form) for form in EN[key])) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_critical_phrase_exists_in_every_language(language: str) -> None:
    assert language in TEXTS.languages
    lacking = [key for key in (*CONTENT.phrases.critical, "draft.note") if not TEXTS.has(key, language)]
    assert not lacking


def test_no_sentence_lives_in_code() -> None:
    """A handler holds keys, never words: strings with spaces are docstrings or nothing."""
    found: list[str] = []
    for file in (ROOT / "handlers").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inside = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs]
        spoken = [t for t in texts if re.search(r"[^\W\d_]{2,} +[^\W\d_]{2,}", str(t.value))]
        found += [f"{file.name}:{t.lineno}: {t.value!r}" for t in spoken if id(t) not in inside]
    assert not found


def test_what_is_excused_says_why() -> None:
    """A rule that is switched off for a line carries its reason, behind it or in the comment above."""
    excused = re.compile(r"# *(?:noqa|type: *ignore)(?:: [A-Z0-9, ]+|\[[a-z, -]+\])?(?P<why>.*)")
    bare: list[str] = []
    for file in (path for folder in ("bot", "handlers", "tests") for path in (ROOT / folder).rglob("*.py")):
        above = ""
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            found = excused.search(line)
            if found and not re.search(r"\w{2}", found["why"]) and not above.lstrip().startswith("#"):
                bare.append(f"{file.relative_to(ROOT)}:{number}")
            above = line
    assert not bare


def test_aliases_lead_to_commands_and_never_to_two() -> None:
    taken: dict[str, str] = {}
    for language in TEXTS.languages:
        for key, forms in TEXTS.catalogue(language).phrases.items():
            if key.startswith("alias."):
                command = key.removeprefix("alias.")
                assert command in ROUTES.commands, f"{language}: {key}"
                for word in forms[0].split():
                    assert re.fullmatch(r"[a-z0-9_]{1,32}", word), f"{language}: {word}"
                    assert taken.setdefault(word, command) == command
                    assert word not in ROUTES.commands or word == command


@pytest.mark.parametrize("language", ["nl", "en", "ar", "fa", "uk", "fr"])
def test_a_hostile_name_is_neither_markup_nor_turns_the_sentence(language: str) -> None:
    name = '<a href="x">&\u202e'
    html = TEXTS.html(Phrase("left.told", who=name, role="x", name="y"), language)
    assert "<a" not in html
    assert "&lt;a" in html
    assert html.count(FSI) == html.count(PDI)


@pytest.mark.parametrize(
    "text, language, needed",
    [
        ("Anna", "ar", True),
        ("12", "ar", True),
        ("يوسف", "nl", True),
        ("Anna", "nl", False),
        ("يوسف", "ar", False),
    ],
)
def test_what_runs_the_other_way_is_isolated(text: str, language: str, needed: bool) -> None:
    assert (isolated(text, language) != text) is needed


@pytest.mark.parametrize(
    "language, n",
    [(language, n) for language in ("nl", "en", "ar", "uk", "fr") for n in (1, 2, 3, 5, 11, 21, 100)],
)
def test_plurals_carry_their_number(language: str, n: int) -> None:
    text = TEXTS.plain(Phrase("open.title", n=n), language)
    assert text
    assert n in (1, 2) or str(n) in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("title", ["Who knows somebody?", "Help!", "من يعرف أحدًا؟"])
def test_no_full_stop_follows_a_title_that_has_its_own(language: str, title: str) -> None:
    text = TEXTS.plain(Phrase("task.claimed", who="Anna", number=1, task=title), language)
    assert text.rstrip(PDI).endswith(title)


def test_lists_and_moments_read_as_words() -> None:
    joined = TEXTS.plain(Phrase("people.sponsor", n=2, who=Joined(("Anna", "Bram"))), "nl")
    assert "Anna, Bram" in joined


@pytest.mark.parametrize("lines", [1, 50, 400, 5000])
def test_a_long_message_ends_at_a_whole_line(lines: int) -> None:
    text = "\n".join(f"<b>{n}</b> iets &amp; meer" for n in range(lines))
    short = shortened(text)
    assert len(short) <= LONGEST
    assert short == text or short.endswith("\n…")
    assert short.count("<b>") == short.count("</b>")


def test_one_endless_line_is_cut() -> None:
    assert len(shortened("x" * 10_000)) <= LONGEST


def test_a_private_reader_gets_one_language_and_a_group_two() -> None:
    phrases = (Phrase("open.none"),)
    assert TEXTS.reading(Audience(1, ("en",), private=True), phrases) == ["en"]
    assert TEXTS.reading(Audience(-1, ("nl", "en"), private=False), phrases) == ["nl", "en"]


@pytest.mark.parametrize("language", ["ar", "fa", "ti", "tr", "fr", "uk"])
def test_a_critical_draft_shows_dutch_and_english_beneath(language: str) -> None:
    if TEXTS.catalogue(language).reviewed:
        return
    read = TEXTS.message(Audience(1, (language,), private=True), (Phrase("consent.question"),))
    for code in (language, "nl", "en"):
        assert TEXTS.html(Phrase("consent.question"), code) in read
    assert TEXTS.html(Phrase("draft.note"), language) in read


BROKEN = ("times/nl.toml", "documents/plan.toml", "demo/story.toml", "plans/resettlement.toml")


def test_check_names_every_broken_file_and_the_bot_does_not_start(tmp_path: Path) -> None:
    for part in ("bot", "handlers", "content", "locales"):
        shutil.copytree(ROOT / part, tmp_path / part)
    for file in BROKEN:
        (tmp_path / "content" / file).write_text("nonsense = [", encoding="utf-8")
    (tmp_path / "content" / "times" / "fa.toml").unlink()
    (tmp_path / "locales" / "tr.po").unlink()

    def samenbot(command: str) -> subprocess.CompletedProcess[str]:
        begun = [sys.executable, "-c", "from bot.cli import main; main()", command]
        given = {**os.environ, "SAMENBOT_TOKEN": "1:x", "SAMENBOT_DATA_DIR": str(tmp_path / "data")}
        return subprocess.run(begun, cwd=tmp_path, env=given, capture_output=True, text=True, check=False)

    checked = samenbot("check")
    lines = checked.stderr.splitlines()
    assert checked.returncode == 1
    assert all(any(f"{file}: " in line for line in lines) for file in BROKEN), lines
    assert any("times/fa.toml: is missing" in line for line in lines)
    assert any("locales/tr.po: is missing" in line for line in lines)
    assert len(lines) == len(BROKEN) + 2
    (tmp_path / "content" / "plans" / "resettlement.toml").write_bytes(
        (ROOT / "content" / "plans" / "resettlement.toml").read_bytes()
    )
    started = samenbot("run")
    assert started.returncode == 1
    assert "times/nl.toml" in started.stderr
    assert "Traceback" not in started.stderr
    assert not (tmp_path / "data").exists(), "nothing was changed"


def test_a_line_of_arabic_begins_on_the_right_whatever_it_begins_with() -> None:
    """Telegram's apps take a line's direction from its first letter: "/tasks …" would turn it around."""
    yusuf = Audience(1, ("ar",), private=True)
    for line in TEXTS.message(yusuf, (Phrase("help.newcomer"),)).splitlines():
        letters = [
            c for c in re.sub(r"<[^>]*>", "", line) if unicodedata.bidirectional(c) in "L R AL".split()
        ]
        assert not letters or unicodedata.bidirectional(letters[0]) in ("R", "AL"), line
    anna = Audience(1, ("nl",), private=True)
    assert RLM not in TEXTS.message(anna, (Phrase("help.newcomer"),))


# what is whose


PRIVATE = [(plan, task) for plan, task in TASKS if task.private]
OF_ONE_HOUSEHOLD = re.compile(
    r"uitkering|bijstand|toeslag|kwijtschelding|\bschuld|leefgeld|klantmanager|verblijfsdocument|\bIND\b"
    r"|nareis|vluchtelingenpaspoort|medicijn|tbc\b|stress",
    re.IGNORECASE,
)
"""Words in a title that tell something about this household's health, money, residence or family."""
OF_EVERYBODY = set("brp bsn bank digid digid-activate health-insurance gp dentist pharmacy school".split())
"""What everyone in the Netherlands does; the group splits it."""


@pytest.mark.parametrize("plan, task", TASKS, ids=[f"{plan}-{task.key}" for plan, task in TASKS])
def test_what_tells_of_a_household_is_its_own(plan: str, task: PlanTask) -> None:
    if task.newcomer or task.responsible not in ("group", "community-builder"):
        assert task.private or not OF_ONE_HOUSEHOLD.search(task.title.nl)
    if task.neutral:
        assert not OF_ONE_HOUSEHOLD.search(task.neutral.nl)
    assert not (task.private and task.key in OF_EVERYBODY)


@pytest.mark.parametrize("language", LANGUAGES[2:])
def test_a_neutral_title_is_in_every_language(language: str) -> None:
    lacking = [task.key for _, task in PRIVATE if not TEXTS.has(f"plan.{task.key}.neutral", language)]
    assert not lacking


def test_nothing_common_waits_for_what_is_private() -> None:
    """Only the newcomer can tick that off, and may do it on paper; what others wait for tells."""
    own = {(plan, task.key) for plan, task in PRIVATE}
    waiting = [
        f"{plan}: {task.key} waits for {needed}"
        for plan, task in TASKS
        for needed in (*task.needs, task.after)
        if not task.private and (plan, needed) in own
    ]
    assert not waiting


def test_a_translation_that_was_made_from_other_words_is_told(tmp_path: Path) -> None:
    key, text = next(iter(to_translate().items()))
    block = f'#. {text.nl}\n#. {text.en}\nmsgid "{key}"\nmsgstr "als het maar iets is"\n'
    broken = {
        "good": block,
        "fuzzy": f"#, fuzzy\n{block}".replace(text.nl, "andere woorden"),
        "changed": block.replace(text.nl, "andere woorden"),
        "unknown": block.replace(key, "letter.none.name"),
        "empty": block.replace("als het maar iets is", ""),
        "marked": block.replace("maar", "<b>maar</b>"),
    }
    for name, entry in broken.items():
        (tmp_path / f"{name}.po").write_text(f'msgid ""\nmsgstr "Language: tr\\n"\n\n{entry}', "utf-8")
    told = [fault.split(":")[0].removeprefix("locales/letters/") for fault in translation_faults(tmp_path)]
    assert told == ["changed.po", "empty.po", "marked.po", "unknown.po"]
