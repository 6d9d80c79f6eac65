"""What content says of letters, as its translations in ``locales/letters`` name it."""

from __future__ import annotations

from bot.content import Text
from bot.letters.kinds import LetterKind, kinds, sayings
from bot.letters.replies import replies


def to_translate() -> dict[str, Text]:
    """Every text of the kinds of letters, of what there is to say on the phone and to write back, by key."""
    found = {key: text for kind in kinds().values() for key, text in of_kind(kind)}
    for purpose, saying in sayings().items():
        found[f"saying.{purpose}"] = Text(nl=saying.nl, en=saying.en)
    for purpose, reply in replies().replies.items():
        found[f"reply.{purpose}.title"] = reply.title
        found[f"reply.{purpose}.sign"] = reply.sign
        found |= {f"reply.{purpose}.means.{number}": text for number, text in enumerate(reply.means)}
    return found


def of_kind(kind: LetterKind) -> list[tuple[str, Text]]:
    """A kind's own texts, in order."""
    words = [Text(nl=word.nl, en=word.en) for word in kind.words]
    parts = {"name": kind.name, "meaning": kind.meaning, "otherwise": kind.otherwise, "neutral": kind.neutral}
    parts |= {f"steps.{number}": text for number, text in enumerate(kind.steps)}
    parts |= {f"words.{number}": text for number, text in enumerate(words)}
    return [(f"letter.{kind.key}.{part}", text) for part, text in parts.items()]
