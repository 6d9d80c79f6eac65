"""The requests themselves, over real sockets to something that fails in each way a network can."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot import network
from bot.network import Network, NotSent

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[str]:
    """The address of a server that reads a request and then does that."""

    async def each(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            await answer(reader, writer)
            if writer.is_closing():
                break

    server = await asyncio.start_server(each, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/botX/getMe"
    finally:
        server.close()


@pytest.fixture
async def sent() -> AsyncIterator[Network]:
    made = Network()
    await made.initialize()
    yield made
    await made.shutdown()


async def fine(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(FINE)


async def test_an_answer_comes_back(sent: Network) -> None:
    async with answering(fine) as url:
        assert await sent.do_request(url, "POST", RequestData([])) == (200, b"{}")
        assert await sent.do_request(url, "POST") == (200, b"{}")


async def test_where_nothing_listens_nothing_left(sent: Network) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    for url in (f"http://127.0.0.1:{closed}/botX/getMe", "http://no-such-host.invalid/botX/getMe"):
        with pytest.raises(NotSent):
            await sent.do_request(url, "POST")


async def test_before_it_is_opened_and_after_it_is_closed_nothing_leaves(sent: Network) -> None:
    with pytest.raises(NotSent):
        await Network().do_request("http://127.0.0.1:1/botX/getMe", "POST")
    await sent.shutdown()
    with pytest.raises(NotSent):
        await sent.do_request("http://127.0.0.1:1/botX/getMe", "POST")


async def test_hung_up_on_nobody_knows(sent: Network) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def break_off(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(FINE[:-1])
        writer.close()

    for answer in (hang_up, break_off):
        async with answering(answer) as url:
            with pytest.raises(NetworkError) as lost:
                await sent.do_request(url, "POST")
            assert not isinstance(lost.value, NotSent)
            assert "botX" not in str(lost.value), "the token would stand in the log"


async def test_a_silent_service_is_given_up_on(sent: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silence(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None: ...

    monkeypatch.setattr(network, "READ_SECONDS", 0.1)
    async with answering(silence) as url:
        with pytest.raises(TimedOut):
            await sent.do_request(url, "POST")
        with pytest.raises(TimedOut):
            await sent.do_request(url, "POST", read_timeout=0.1)


async def test_nonsense_in_the_place_of_an_answer(sent: Network) -> None:
    async def nonsense(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x00\x01 not http\r\n\r\n")

    async with answering(nonsense) as url:
        with pytest.raises(NetworkError) as lost:
            await sent.do_request(url, "POST")
        assert not isinstance(lost.value, NotSent)
