"""What we know, as data: plans, organisations, phrases. Loaded once, all faults reported together.

Everything lies in ``content/`` as TOML. Texts are Dutch and English here; further languages of the
same texts are entries of ``locales/*.po`` under the key that ``Words`` carries.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.domain.plan import phase_of, spans

ROOT = Path(__file__).resolve().parent.parent
"""Where bot/, content/ and locales/ stand side by side, in a checkout as in an installed wheel."""

Area = Literal["group", "housing", "income", "language", "health", "work", "social"]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
Line = Annotated[str, Field(min_length=2, max_length=300)]


class ContentFault(Exception):
    """Content that cannot be used; ``faults`` holds one line per fault, each with its address."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


PartT = TypeVar("PartT", bound=Part)


class Text(Part):
    """One text in Dutch (B1) and English."""

    nl: Line
    en: Line


class Texts(Part):
    """A short list in Dutch and English, item by item the same."""

    nl: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def same_length(self) -> Texts:
        if len(self.nl) != len(self.en):
            raise ValueError("nl and en must have the same number of items")
        return self


class LegalTerm(Part):
    """A right that lapses, after so many calendar ``months`` or ``days``, as the law counts it. They
    count from the permit's date, or from arrival while that is unknown.

    ``raise_weeks`` are the weeks after arrival in which the newcomer alone is told again.
    """

    days: int | None = Field(default=None, gt=0)
    months: int | None = Field(default=None, gt=0)
    raise_weeks: tuple[int, ...]

    @model_validator(mode="after")
    def one_measure(self) -> LegalTerm:
        if (self.days is None) is (self.months is None):
            raise ValueError("a legal term is counted in days or in months")
        return self


class PlanTask(Part):
    """One task of a plan.

    ``after`` is ``arrival`` or the key of a task; ``start`` and ``due`` are days relative to it
    (negative: before). ``needs`` are keys of tasks that come first. ``responsible`` is an
    organisation's key, ``group`` or ``newcomer``. ``minutes`` is one turn's length. ``children``
    limits the task to households with a child from..to years of age (inclusive). A ``private`` task
    shows its ``neutral`` title to others. ``repeat_days`` makes it recurring, ``turns`` times at most.
    A rule that differs per municipality or is not certain is ``uncertain`` and names whom to ``ask``.
    """

    key: Slug
    area: Area
    title: Text
    why: Text
    after: Slug = "arrival"
    start: int
    due: int
    responsible: Slug
    minutes: int = Field(ge=5, le=1440)
    office_hours: bool = False
    newcomer: bool = True
    people: int = Field(default=1, ge=1, le=5)
    bring: Texts = Texts()
    needs: tuple[Slug, ...] = ()
    children: tuple[int, int] | None = None
    private: bool = False
    neutral: Text | None = None
    repeat_days: int | None = Field(default=None, gt=0)
    turns: int | None = Field(default=None, gt=0)
    uncertain: bool = False
    ask: Slug | None = None
    note: Text | None = None
    source: str = ""
    checked: date | None = None
    legal: LegalTerm | None = None

    @model_validator(mode="after")
    def whole(self) -> PlanTask:
        if self.start > self.due:
            raise ValueError("start lies after due")
        if self.private and self.neutral is None:
            raise ValueError("a private task needs a neutral title")
        if self.uncertain and self.ask is None:
            raise ValueError("an uncertain rule must name whom to ask")
        if self.legal and not (self.source and self.checked):
            raise ValueError("a legal term needs a source and a date of check")
        return self


class Phase(Part):
    """A stretch of the year: days relative to arrival, both inclusive."""

    key: Slug
    title: Text
    first_day: int
    last_day: int


class Plan(Part):
    """A plan: the phases and tasks of one variant of sponsorship."""

    key: Slug
    title: Text
    organisations: tuple[Slug, ...]
    phases: tuple[Phase, ...]
    tasks: tuple[PlanTask, ...]

    @cached_property
    def by_key(self) -> dict[str, PlanTask]:
        return {task.key: task for task in self.tasks}

    @cached_property
    def phase_by_task(self) -> dict[str, str]:
        """The phase in which each task falls when everything runs on time."""
        arrival = date(2000, 1, 3)
        dated = spans(self.by_key, arrival, {})
        return {key: phase_of(self.phases, arrival, span.due).key for key, span in dated.items()}

    @model_validator(mode="after")
    def connected(self) -> Plan:
        keys = [task.key for task in self.tasks]
        faults = [f"task {key} stands twice" for key in {k for k in keys if keys.count(k) > 1}]
        known = set(keys)
        for task in self.tasks:
            wanted = set(task.needs) | ({task.after} - {"arrival"})
            faults += [f"task {task.key} points to unknown task {key}" for key in wanted - known]
        faults += circles(self.tasks)
        if faults:
            raise ValueError("; ".join(sorted(faults)))
        return self


def circles(tasks: tuple[PlanTask, ...]) -> list[str]:
    """The tasks that wait for themselves, as fault lines; empty when there are none."""
    before = {task.key: {*task.needs, task.after} - {"arrival"} for task in tasks}
    while free := {key for key, needs in before.items() if not needs & before.keys()}:
        for key in free:
            del before[key]
    return [f"task {key} waits for itself" for key in sorted(before)]


class Organisation(Part):
    """An organisation in the field: its name as people say it, and what to ask it."""

    key: Slug
    name: Text
    areas: tuple[Area, ...] = ()
    does: Text
    contact: bool = True
    """Whether a room has a contact person of it, whose card the coordinator fills in."""
    letters: int = 0
    """In which order its contact person is asked about a letter that leads to nobody else; 0: never."""


class Company(Part):
    """Words ``before`` a name or ``after`` it, and ``endings`` of a name, that say "with"; what one ``does``
    with somebody; and ``others``, after which a name says whose or for whom something is."""

    before: frozenset[str]
    after: frozenset[str]
    endings: frozenset[str]
    does: frozenset[str]
    others: frozenset[str]


class Phrases(Part):
    """Which phrase keys are critical: they must exist in every interface language, and carry a draft
    mark with Dutch and English beneath until a native speaker has reviewed them; ``no`` are the words that
    stop the asking, ``yes`` those that agree, ``never_mind`` those that leave a question, ``nothing`` those
    that leave a field empty, ``company`` those that make whoever is named company, ``menu`` the order of the
    commands in Telegram's menu."""

    critical: tuple[str, ...]
    no: frozenset[str]
    yes: frozenset[str]
    never_mind: frozenset[str]
    nothing: frozenset[str]
    company: Company
    menu: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """Everything that was read, checked as a whole."""

    plans: dict[str, Plan]
    organisations: dict[str, Organisation]
    phrases: Phrases


def load_content(root: Path = ROOT / "content") -> Content:
    """Read and check all content. Raises ContentFault with every fault, each with its file."""
    faults: list[str] = []
    plans = {plan.key: plan for plan in read_folder(root / "plans", Plan, faults)}
    organisations = {item.key: item for item in read_folder(root / "organisations", Organisation, faults)}
    phrases = read_file(root / "phrases.toml", Phrases, faults)
    if not plans:
        faults.append(f"{root / 'plans'}: there is no plan")
    for plan in plans.values():
        faults += unknown_organisations(plan, organisations)
    if faults or phrases is None:
        raise ContentFault(faults)
    return Content(plans, organisations, phrases)


def unknown_organisations(plan: Plan, organisations: dict[str, Organisation]) -> list[str]:
    known = organisations.keys() | {"group", "newcomer"}
    faults = [
        f"plans/{plan.key}.toml: unknown organisation {key}" for key in plan.organisations if key not in known
    ]
    faults += [
        f"plans/{plan.key}.toml: task {task.key}: unknown organisation {key}"
        for task in plan.tasks
        for key in (task.responsible, task.ask)
        if key and key not in known
    ]
    return faults


def read_folder(folder: Path, model: type[PartT], faults: list[str]) -> list[PartT]:
    """Every TOML file of a folder; a file's name must be the key it declares."""
    found = []
    for file in sorted(folder.glob("*.toml")):
        item = read_file(file, model, faults)
        if item is None:
            continue
        if getattr(item, "key", file.stem) != file.stem:
            faults.append(f"{folder.name}/{file.name}: its key must be {file.stem}")
        found.append(item)
    return found


def read_file(file: Path, model: type[PartT], faults: list[str]) -> PartT | None:
    """One TOML file as a model; None, and lines added to ``faults``, where it is broken."""
    address = f"{file.parent.name}/{file.name}"
    raw: Any = None
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        return model.model_validate(raw)
    except ValidationError as error:
        faults.extend(
            f"{address}: {place(fault['loc'], raw)}{fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_url=False)
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{address}: {error}")
    return None


def the_file(file: Path, model: type[PartT]) -> PartT:
    """One TOML file that must be there and whole. Raises ContentFault."""
    faults: list[str] = []
    found = read_file(file, model, faults)
    if found is None:
        raise ContentFault(faults)
    return found


def place(location: tuple[int | str, ...], raw: Any) -> str:
    """Where in a file a fault lies, with the key of the entry instead of its index."""
    words = []
    for step in location:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        words.append(
            str(raw["key"]) if isinstance(step, int) and isinstance(raw, dict) and "key" in raw else str(step)
        )
    return " ".join(words) + ": " if words else ""
