"""A paper told in its languages → a PDF, set by Typst outside this process."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.document.paper import FOLDER, told
from bot.domain.words import RIGHT_TO_LEFT
from bot.texts import Texts

log = logging.getLogger("samenbot.document")

PATIENCE = 30.0
"""Seconds; a year's plan in two languages takes about one."""


class DocumentFault(Exception):
    """A document could not be made; the log says why."""


def parts_of(paper: dict[str, Any], texts: Texts, languages: tuple[str, ...]) -> list[dict[str, Any]]:
    """The paper once in each language, complete in itself: strings and numbers only."""
    return [
        {
            "lang": language,
            "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            **told(paper, texts, language),
        }
        for language in languages
    ]


def pdf(parts: list[dict[str, Any]], *, template: str, date: int, fonts: bool = True) -> bytes:
    """The parts set by ``content/documents/TEMPLATE.typ``; ``date`` (UNIX seconds) is the file's own.

    Without the machine's ``fonts`` (or where Noto is missing) only the looks change: the compiler
    carries a Latin font of its own. Raises DocumentFault where no document came out.
    """
    job = {
        "template": str(FOLDER / f"{template}.typ"),
        "paper": {"parts": parts},
        "date": date,
        "fonts": fonts,
    }
    program = Path(__file__).with_name("typeset.py")
    try:
        made = subprocess.run(  # noqa: S603  # our own file; what people typed goes over standard input
            # -P: a script's own folder comes first otherwise, and there calendar.py is not Python's.
            [sys.executable, "-P", str(program)],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        log.exception("%s.typ: %s", template, error.stderr.decode(errors="replace")[-600:])
        raise DocumentFault(template) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        log.exception("%s.typ: %s", template, type(error).__name__)
        raise DocumentFault(template) from None
    return made.stdout
