"""Markup and what Telegram finds in texts: as the real service reads them, offsets in UTF-16."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram.entities import TEXT, formatted, pieces, units, written
from bot.demo.telegram.wire import ApiError, Params
from tests.botapi import faults


def html(text: str):
    return formatted(Params({"text": text, "parse_mode": "HTML"}, {}), TEXT)


def spans(entities) -> list[tuple]:
    return [(e["type"], e["offset"], e["length"]) for e in entities]


@pytest.mark.parametrize(
    "source,text,expected",
    [
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>🏟</i><em>b</em>", "🏟b", [("italic", 0, 2), ("italic", 2, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
        (
            '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<a href="https://x.nl/?a=1&amp;b">hier</a>', "hier", [("text_link", 0, 4)]),
        ('<a href="onzin">hier</a>', "hier", []),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("&lt;b&gt; &amp; &quot;&#8364;&#x20AC;&laquo;", '<b> & "€€&laquo;', []),
        ("  <b> a </b>\n", "a", [("bold", 0, 1)]),
        ("<b></b>x<i>y</i>", "xy", [("italic", 1, 1)]),
        ("مرحبا <b>آنا</b>", "مرحبا آنا", [("bold", 6, 3)]),
        ("<B>a</b >", "a", [("bold", 0, 1)]),
    ],
)
def test_html(source, text, expected):
    assert (html(source).text, spans(html(source).entities)) == (text, expected)


def test_links_and_languages_are_kept():
    assert html('<a href="https://x.nl/?a=1&amp;b=2">x</a>').entities[0]["url"] == "https://x.nl/?a=1&b=2"
    pre = html('<pre><code class="language-python">x = 1</code></pre>').entities
    assert pre == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


@pytest.mark.parametrize(
    "source,fault",
    [
        ("regel<br>regel", 'Unsupported start tag "br" at byte offset 5'),
        ("é<p>", 'Unsupported start tag "p" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<i>a</em   >", 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
        ("x<b", "Unclosed start tag at byte offset 1"),
        ("<a href='x>y</a>", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<i =a>x</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i a=1!>x</i>", "Unexpected end of name token at byte offset 5"),
    ],
)
def test_html_that_is_refused(source, fault):
    with pytest.raises(ApiError) as refused:
        html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {fault}"


def test_another_parse_mode_is_refused():
    with pytest.raises(ApiError):
        formatted(Params({"text": "*x*", "parse_mode": "nonsense"}, {}), TEXT)


@pytest.mark.parametrize(
    "text,expected",
    [
        ("/taken", [("bot_command", 0, 6)]),
        ("/taken@samenbot 3", [("bot_command", 0, 15)]),
        ("🏟 /x", [("bot_command", 3, 2)]),
        ("en/of a/b http", []),
        ("@samenbot hoi", [("mention", 0, 9)]),
        ("zie https://x.nl/a?b=c.", [("url", 4, 18)]),
        ("mail a@b.nl", [("email", 5, 6)]),
        ("#taal", [("hashtag", 0, 5)]),
        ("gewoon", []),
    ],
)
def test_what_is_found_in_people_s_texts(text, expected):
    assert spans(written(text).entities) == expected


def test_given_entities_are_kept_and_checked():
    given_entities = '[{"type":"bold","offset":2,"length":1}]'
    text, entities = formatted(Params({"text": "🏟a", "entities": given_entities}, {}), TEXT)
    assert (text, spans(entities)) == ("🏟a", [("bold", 2, 1)])
    without_url = [{"type": "text_link", "offset": 0, "length": 1}]
    assert formatted(Params({"text": "a", "entities": without_url}, {}), TEXT).entities == []
    with pytest.raises(ApiError):
        formatted(Params({"text": "a", "entities": '[{"type":"blink","offset":0,"length":1}]'}, {}), TEXT)


@given(st.text(alphabet="ab <>&/\"'=\n🏟ش", max_size=60))
def test_any_markup_is_read_or_refused_and_never_breaks(source):
    with suppress(ApiError):
        text, entities = html(source)
        assert text == text.strip()
        assert all(e["offset"] >= 0 and e["length"] > 0 for e in entities)
        assert all(e["offset"] + e["length"] <= units(text) for e in entities)


@given(st.text(max_size=200))
def test_escaped_text_comes_out_as_it_was(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html(escaped).text == written(text).text


@given(st.text(alphabet="ab 🏟\n", max_size=80), st.integers(4, 20))
def test_pieces_are_short_and_lose_nothing(text, limit):
    parts = pieces(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_faults_of_requests():
    assert (
        faults("sendMessage", {"chat_id": "5", "text": "x", "reply_markup": '{"inline_keyboard":[]}'}) == []
    )
    assert faults("sendMessage", {"chat_id": "5"}) == ["sendMessage: text is missing"]
    assert faults("sendMessage", {"chat_id": 5, "text": "x", "colour": 1}) == ["sendMessage: unknown colour"]
    assert faults("sendMesage", {}) == ["sendMesage: no such method in spec.json"]
    assert faults("getUpdates", {"offset": "x"}) == ["getUpdates.offset: 'x' is no Integer"]
    wrong_inside = {"inline_keyboard": [[{"text": "x", "callback": "y"}]]}
    assert faults("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": wrong_inside}) != []
    assert faults("setMyCommands", {"commands": "[]", "scope": '{"type":"everywhere"}'}) != []
