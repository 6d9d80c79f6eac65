"""How well letters are understood: what the bot makes of a labelled folder, as shares, and the least wanted.

``python -m tests.letter_scores FOLDER [photos]`` prints the table; 1 is its end where something is too low.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

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
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, photos="photos" in sys.argv[2:]))
