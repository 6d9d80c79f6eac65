"""What to say about a letter: a Dutch sentence for the phone, and a short letter to send back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.words import Ask, Button, Document, Phrase, Refusal, Say, Words
from bot.letters.explain import to_say
from bot.letters.replies import Reply, as_text, paragraphs, replies
from bot.routes import press
from bot.store.programme import Own
from handlers.explanations import here, number


@press("lsay")
def what_to_say(ask: Ask, own: Own) -> Say:
    """The sentences that this kind of letter calls for, and the letters that may go back."""
    known = own.letters.letter(number(ask))
    kind = known.letter.known
    if kind is None or not kind.say:
        raise Refusal("button.old")
    written = replies().replies
    buttons = [
        [Button(Phrase("button.letter_reply", title=words(key, "title")), "lreply", (known.id, key))]
        for key in kind.say
        if key in written
    ]
    return Say("letter.say_title", lines=[to_say(key) for key in kind.say], buttons=buttons, to=here(own))


@press("lreply")
def reply(ask: Ask, own: Own) -> list[Say]:
    """The letter as text to copy and as PDF to print; both explained, and who may sign."""
    assert ask.press
    key = ask.press.word(1)
    written = replies().replies
    if key not in written:
        raise Refusal("button.old")
    means = [f"means.{place}" for place in range(len(written[key].means))]
    about = Say(
        "letter.reply",
        title=words(key, "title"),
        lines=[Phrase("same", it=words(key, part)) for part in (*means, "sign")],
    )
    recipe = {"parts": [paper(written[key])], "template": "reply", "date": int(own.now.timestamp())}
    document = Document(f"{key}.pdf", "application/pdf", recipe=recipe)
    # Dutch as it will be copied, whatever its reader's language: no marks of direction in it.
    text = Say("letter.reply_text", text=as_text(written[key]), to=replace(own.chat, languages=("nl",)))
    return [about, text, Say("letter.reply_pdf", document=document)]


def words(key: Any, part: str) -> Words:
    name, _, place = part.partition(".")
    text = getattr(replies().replies[key], name)
    text = text[int(place)] if place else text
    return Words(f"reply.{key}.{part}", {"nl": text.nl, "en": text.en})


def paper(written: Reply) -> dict[str, Any]:
    """What the template sets; Dutch, whoever reads the explanation."""
    around = replies().paper
    return {
        "sender": list(around.sender),
        "receiver": list(around.receiver),
        "place": around.place,
        "subject_label": around.subject,
        "subject": written.subject,
        "greeting": around.greeting,
        "body": paragraphs(written),
        "closing": around.closing,
        "signature": around.signature,
    }
