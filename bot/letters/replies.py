"""Letters to send back: Dutch, with blanks that are filled in on paper."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.content import ROOT, Line, Part, Text, the_file
from bot.letters.kinds import Saying

BLANK = "…………………………"
_blank = re.compile(r"\{\w+\}")


class Reply(Part):
    """One letter: what it is called, its subject and paragraphs (``{name}`` is a blank), what it means to the
    person who sends it, and who may sign and help."""

    title: Text
    subject: Line
    body: tuple[str, ...]
    means: tuple[Text, ...]
    sign: Text


class ReplyPaper(Part):
    """What stands around every letter: labels of the blanks for sender, receiver, place and signature."""

    sender: tuple[Line, ...]
    receiver: tuple[Line, ...]
    place: Line
    subject: Line
    greeting: Line
    closing: Line
    signature: Line


class Replies(Part):
    replies: dict[Saying, Reply]
    paper: ReplyPaper


@cache
def replies(file: Path = ROOT / "content" / "replies.toml") -> Replies:
    """Raises ContentFault."""
    return the_file(file, Replies)


def paragraphs(reply: Reply) -> list[str]:
    """The letter's text, with blanks to write on."""
    return [_blank.sub(BLANK, paragraph) for paragraph in reply.body]


def as_text(reply: Reply) -> str:
    """The whole letter as plain text, to copy."""
    paper = replies().paper
    return "\n".join(
        [
            *(f"{label}: {BLANK}" for label in paper.sender),
            "",
            *(f"{label}: {BLANK}" for label in paper.receiver),
            "",
            f"{paper.place}: {BLANK}",
            "",
            f"{paper.subject}: {reply.subject}",
            "",
            paper.greeting,
            "",
            *(line for paragraph in paragraphs(reply) for line in (paragraph, "")),
            paper.closing,
            "",
            f"{paper.signature}: {BLANK}",
        ]
    )
