"""The demo's web server: the page, its events and actions, files, and the Bot API under /telegram.

Only this machine is served. Actions come as JSON and files with their own media type, and the host
must be this one: so no other page that is open in the same browser can play along.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo.actions import VERBS, send
from bot.demo.stage import Stage
from bot.demo.telegram import NotPossible
from bot.demo.telegram.wire import Object
from bot.demo.theatre import Theatre
from bot.demo.view import View

ASSETS = Path(__file__).parent / "assets"
HERE = ["127.0.0.1", "localhost"]
LARGEST_FILE = 20 * 1024 * 1024
GATHER_SECONDS = 0.03
"""Changes that follow each other at once go to the page together."""
ALIVE_SECONDS = 10.0

# Nothing is loaded from elsewhere, and no text of anybody can become a script.
POLICY = "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})


class Web:
    """The routes of one theatre."""

    def __init__(self, theatre: Theatre) -> None:
        self._theatre = theatre

    def application(self) -> Starlette:
        """The ASGI application."""
        routes = [
            Route("/", self.page),
            Route("/words", self.words),
            Route("/events", self.events),
            Route("/do/{verb}", self.do, methods=["POST"]),
            Route("/send", self.send_file, methods=["POST"]),
            Route("/files/{file}", self.file),
            Mount("/assets", StaticFiles(directory=ASSETS)),
            Mount("/telegram", app=self._theatre.bot_api),
        ]
        return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HERE)])

    async def page(self, _request: Request) -> Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return FileResponse(ASSETS / "index.html", headers=headers)

    async def words(self, _request: Request) -> Response:
        """The page's own words."""
        page = self._theatre.content.page
        phrases = {key: text.model_dump() for key, text in page.phrases.items()}
        people = [player.key for player in page.people]
        samples = [sample.model_dump() for sample in page.samples]
        told = {"phrases": phrases, "group_title": page.title, "people": people, "samples": samples}
        return JSONResponse(told)

    # what happens

    async def events(self, request: Request) -> Response:
        """Server-sent events: what one person's app shows, first whole, then each change."""
        who = request.query_params.get("who", "")
        if who not in {player.key for player in self._theatre.content.page.people}:
            return JSONResponse({"error": "nobody"}, 404)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(who), media_type="text/event-stream", headers=headers)

    async def _stream(self, who: str) -> AsyncIterator[str]:
        theatre = self._theatre
        view: View | None = None
        of: Stage | None = None
        with theatre.watched() as changed:
            while not theatre.closing:
                changed.clear()
                stage = theatre.stage
                news: Object = {"play": theatre.plays, "moving": theatre.moving, "story": theatre.story}
                news["notice"] = theatre.notice
                if stage is not None:
                    if stage is not of:
                        view, of = View(stage, who), stage
                        news["fresh"] = True
                    assert view
                    news |= {"now": stage.now.timestamp(), **view.changes()}
                yield f"data: {json.dumps(news, ensure_ascii=False)}\n\n"
                await asyncio.sleep(GATHER_SECONDS)
                try:
                    await asyncio.wait_for(changed.wait(), ALIVE_SECONDS)
                except TimeoutError:
                    continue

    # what is done

    async def do(self, request: Request) -> Response:
        verb = VERBS.get(request.path_params["verb"])
        if verb is None or not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"error": "not a verb, or not JSON"}, 404)
        try:
            asked = json.loads(await request.body())
            if not isinstance(asked, dict):
                raise TypeError("not an object")
            return JSONResponse(await verb(self._theatre, asked) or {})
        except NotPossible as fault:
            return JSONResponse({"error": str(fault)}, 409)
        except (KeyError, TypeError, ValueError) as fault:
            return JSONResponse({"error": f"{type(fault).__name__}: {fault}"}, 400)

    async def send_file(self, request: Request) -> Response:
        """A file as the request's body; who, chat, name and media type in the query."""
        if request.headers.get("content-type") != "application/x-samenbot-file":
            return JSONResponse({"error": "not a file from the page"}, 404)
        try:
            content = bytearray()
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST_FILE:
                    return JSONResponse({"error": "too large"}, 413)
            await send(self._theatre, dict(request.query_params), bytes(content))
        except ClientDisconnect:
            return Response(status_code=400)
        except NotPossible as fault:
            return JSONResponse({"error": str(fault)}, 409)
        except (KeyError, ValueError) as fault:
            return JSONResponse({"error": f"{type(fault).__name__}: {fault}"}, 400)
        return JSONResponse({})

    async def file(self, request: Request) -> Response:
        """A file that somebody sent. What is not harmless to look at is only downloaded."""
        stage = self._theatre.stage
        stored = stage.telegram.files.find(request.path_params["file"]) if stage else None
        if stored is None:
            return Response(status_code=404)
        kind = stored.media_type
        shown = kind in SHOWN_IN_BROWSER
        name = quote(stored.name, safe="")
        headers = {
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
        }
        if kind != "application/pdf":  # whose viewer in the browser needs its own scripts
            headers["Content-Security-Policy"] = "default-src 'none'"
        safe = kind if shown or kind == "text/calendar" else "application/octet-stream"
        return Response(stored.content, media_type=safe, headers=headers)
