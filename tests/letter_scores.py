"""How well letters are understood: what the bot makes of a labelled folder, as shares, and the least wanted.

``python -m tests.letter_scores FOLDER [photos | drawn]`` prints the table; 1 is its end where something is
too low. ``photos``: those of which a photo lies beside them; ``drawn``: photos that are made here of some,
held against the same letters as text.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections import defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.samples import photo_of
from bot.explaining import explain_files

FOLDER = Path(__file__).with_name("letters")
CONFIDENT = 0.5
LEAST = {
    "kind": 0.92,
    "letter date": 0.97,
    "deadlines: precision": 0.98,
    "deadlines: recall": 0.93,
    "appointments: precision": 0.95,
    "appointments: recall": 0.95,
    "masked: numbers": 1.0,
    "masked: people": 0.97,
}
MOST = {"kind: confidently wrong": 0.02}
APART = 0.04
"""How much less may be right of photos than of the same letters as text."""
WIDTH, HEIGHT, EVERY = 71, 40, 3
"""Signs and lines of a sheet; every how manieth letter that fits on one is photographed."""

Label = dict[str, Any]


def labels(folder: Path) -> list[Label]:
    """The labels of a folder and of those below it, with each file's place in ``folder``."""
    found = []
    for file in sorted(folder.rglob("labels.jsonl")):
        for line in filter(None, file.read_text("utf-8").splitlines()):
            label = json.loads(line)
            found.append(label | {"file": str((file.parent / label["file"]).relative_to(folder))})
    return found


def photographed(folder: Path, wanted: list[Label]) -> list[Label]:
    """Of the letters those of which a photo lies in ``photos``, with its name in the place of the text's."""
    photos = {photo.stem: photo for photo in sorted((folder / "photos").glob("*.jpg"))}
    stems = [(Path(label["file"]).stem, label) for label in wanted]
    return [label | {"file": f"photos/{photos[stem].name}"} for stem, label in stems if stem in photos]


def sheet(text: str) -> str | None:
    """A letter's text as it fits on a sheet; None where it does not, or columns would be torn."""
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) > WIDTH and re.search(r"\S\s{2,}\S", line):
            return None
        lines += textwrap.wrap(line, WIDTH) or [""]
    return "\n".join(lines) if len(lines) <= HEIGHT else None


def drawn(folder: Path, wanted: list[Label]) -> int:
    """Photographs some of the letters, prints what is right of the photos and of their text; 1 where the
    photos are too far behind."""
    sheets = [(label, sheet((folder / label["file"]).read_text("utf-8"))) for label in wanted]
    chosen = [(label, text) for label, text in sheets if text][::EVERY]
    with TemporaryDirectory() as place:
        for number, (_, text) in enumerate(chosen):
            (Path(place) / f"{number}.txt").write_text(text, "utf-8")
            (Path(place) / f"{number}.jpg").write_bytes(photo_of(text))
        found = {}
        for how in ("txt", "jpg"):
            files = [label | {"file": f"{number}.{how}"} for number, (label, _) in enumerate(chosen)]
            hits, missed = compared(files, understood(Path(place), files))
            found[how] = shares(hits)
    text_right, photo_right = found["txt"], found["jpg"]
    worse = {
        name: (photo_right[name] - text_right[name]) * (1 if name in MOST else -1) for name in text_right
    }
    lines = [
        f"{name:28} {photo_right[name]:6.1%} of photos, {text_right[name]:6.1%} of text"
        for name in sorted(worse)
    ]
    behind = [f"too far behind: {name}" for name, by in worse.items() if by > APART]
    sys.stdout.write("\n".join([f"{len(chosen)} letters", *lines, *missed, *behind, ""]))
    return bool(behind)


def understood(folder: Path, wanted: list[Label]) -> dict[str, Label]:
    """What ``samenbot letter --json`` says of each letter, by file name."""
    files = [str(folder / label["file"]) for label in wanted]
    zone = ZoneInfo("Europe/Amsterdam")
    lines = explain_files(files, b"", language="nl", today=date(2026, 11, 22), zone=zone, as_lines=True)
    return {label["file"]: said for label, said in zip(wanted, map(json.loads, lines), strict=True)}


def squeezed(text: str | None) -> str:
    return re.sub(r"\W", "", text or "").lower()


def number(secret: str) -> bool:
    """Whether something personal is a number or code: one token of eight or more characters with a digit."""
    token = re.sub(r"[ .]", "", secret)
    return len(token) >= 8 and bool(re.fullmatch(r"[A-Z0-9]+", token)) and bool(re.search(r"\d", token))


def compared(wanted: list[Label], said: dict[str, Label]) -> tuple[dict[str, list[bool]], list[str]]:
    """For each measure the hits and misses; and a line for each miss."""
    hits: dict[str, list[bool]] = defaultdict(list)
    missed: list[str] = []
    for label in wanted:
        found = said[label["file"]]
        right = found["kind"] in (label["kind"], label.get("kind_also"))
        hits["kind"].append(right)
        hits["kind: confidently wrong"].append(not right and found["confidence"] >= CONFIDENT)
        hits["letter date"].append(found["letter_date"] == label["letter_date"])
        for name, key in (("deadlines", "date"), ("appointments", "start")):
            want = {one[key][:16] for one in label[name]}
            have = {one[key][:16] for one in found[name]}
            hits[f"{name}: precision"] += [one in want for one in have]
            hits[f"{name}: recall"] += [one in have for one in want]
            missed += [f"{label['file']} {name}: wants {sorted(want)}, has {sorted(have)}"] * (want != have)
        shown = squeezed(found["redacted_text"]) + squeezed(found["explanation"])
        for secret in label["personal"]:
            hidden = squeezed(secret) not in shown
            hits[f"masked: {'numbers' if number(secret) else 'people'}"].append(hidden)
            missed += [f"{label['file']} shows {secret}"] * (not hidden)
        missed += [f"{label['file']} kind: wants {label['kind']}, has {found['kind']}"] * (not right)
    return hits, missed


def shares(hits: dict[str, list[bool]]) -> dict[str, float]:
    return {name: sum(found) / len(found) for name, found in hits.items() if found}


def too_low(measured: dict[str, float]) -> list[str]:
    low = [name for name, least in LEAST.items() if measured.get(name, 1.0) < least]
    return low + [name for name, most in MOST.items() if measured.get(name, 0.0) > most]


def main(folder: Path, *, photos: bool = False) -> int:
    wanted = photographed(folder, labels(folder)) if photos else labels(folder)
    hits, missed = compared(wanted, understood(folder, wanted))
    measured = shares(hits)
    lines = [
        f"{name:28} {measured[name]:6.1%} ({sum(hits[name])}/{len(hits[name])})" for name in sorted(measured)
    ]
    low = too_low(measured)
    sys.stdout.write("\n".join([*lines, *missed, *(f"too low: {name}" for name in low), ""]))
    return bool(low)


if __name__ == "__main__":
    place, how = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:]
    sys.exit(drawn(place, labels(place)) if "drawn" in how else main(place, photos="photos" in how))
