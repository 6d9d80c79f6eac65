"""The ``samenbot`` command. Errors for operators are one line on stderr and an exit code."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from bot import __version__

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def fail(lines: list[str], code: int = 1) -> NoReturn:
    for line in lines:
        typer.echo(f"samenbot: {line}", err=True)
    raise typer.Exit(code)


@app.callback(invoke_without_command=True)
def begin(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Samenbot: the work of one sponsor group, in the chat it already has."""
    if version:
        typer.echo(f"samenbot {__version__}")
        raise typer.Exit


@app.command()
def run(upgrade: Annotated[bool, typer.Option(help="Upgrade a PostgreSQL database first.")] = False) -> None:
    """Run the bot."""
    from bot.app import App, StartFault
    from bot.catalogues import LocaleFault
    from bot.content import ContentFault
    from bot.settings import SettingsFault, load_settings, unknown_settings
    from bot.store.store import StoreFault
    from bot.telegram import ApiFault

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("alembic", "apscheduler"):
        logging.getLogger(chatty).setLevel(logging.WARNING)

    async def work() -> None:
        this = asyncio.current_task()
        assert this
        with contextlib.suppress(NotImplementedError):  # Windows knows no SIGTERM; ctrl-C works there too
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
        settings = load_settings()
        for name in unknown_settings():
            logging.getLogger("samenbot").warning("%s is not a setting of this version, and is ignored", name)
        house = App(settings, upgrade=upgrade)
        await house.start()
        try:
            if link := house.owner_link():
                typer.echo(f"Open this once to become the owner: {link}")
            await house.wait()
        finally:
            await house.stop()

    try:
        asyncio.run(work())
    except (SettingsFault, ContentFault, LocaleFault) as fault:
        fail(fault.faults)
    except (StoreFault, StartFault, ApiFault) as fault:
        fail([str(fault)])
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(0) from None


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes a free one.")] = 8765,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = False,
) -> None:
    """Try the whole bot on this machine, in a browser, without a Telegram account."""
    from bot.app import StartFault
    from bot.catalogues import LocaleFault
    from bot.content import ContentFault
    from bot.store.store import StoreFault
    from bot.telegram import ApiFault

    try:
        from bot.demo.serve import DemoFault, serve
    except ModuleNotFoundError as missing:
        fail([f"the demo needs {missing.name}: pip install 'samenbot[demo]'"])

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")

    def said(address: str) -> None:
        typer.echo(f"Samenbot's demo: {address} (Ctrl-C ends it and erases everything in it)")

    try:
        asyncio.run(serve(port, said, show=show))
    except (ContentFault, LocaleFault) as fault:
        fail(fault.faults)
    except (DemoFault, StoreFault, StartFault, ApiFault) as fault:
        fail([str(fault)])
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(0) from None


@app.command()
def check() -> None:
    """Check settings, content and locales; print every fault with its address."""
    from bot.check import faults, what_there_is

    if found := faults():
        fail(found)
    typer.echo(what_there_is())


@app.command()
def bench() -> None:
    """Print the project's own figures as ratios from one run: the whole path against a bare one."""
    from bot.bench.measure import compare
    from bot.bench.table import table

    typer.echo(table(compare(lambda line: typer.echo(line, err=True))))


@app.command()
def letter(
    files: Annotated[list[str], typer.Argument(help="Photos, PDFs or text files; - reads from the pipe.")],
    lang: Annotated[str, typer.Option(help="The reader's language.")] = "nl",
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Days left are counted from here.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON for each file.")] = False,
) -> None:
    """Explain Dutch letters: what each is, what to do, and by when. Nothing leaves this machine.

    A file that cannot be understood is answered with what to do. One that cannot be opened is told on stderr,
    the others are explained all the same, and the exit code is 1.
    """
    from bot.catalogues import LocaleFault
    from bot.clock import SystemClock
    from bot.content import ContentFault
    from bot.explaining import STDIN, LetterFault, explain_files
    from bot.letters.reader.reading import MAX_BYTES

    zone = ZoneInfo("Europe/Amsterdam")
    day = today.date() if today else SystemClock().now().astimezone(zone).date()
    piped = sys.stdin.buffer.read(MAX_BYTES + 1) if STDIN in files else b""
    try:
        for words in explain_files(files, piped, language=lang, today=day, zone=zone, as_lines=json):
            typer.echo(words)
    except (ContentFault, LocaleFault) as fault:
        fail(fault.faults)
    except LetterFault as fault:
        fail(fault.faults)


@app.command()
def doctor() -> None:
    """Ask the real services how they are; exit 1 where something is wrong, with what mends it."""
    from bot.clock import SystemClock
    from bot.doctor import examine
    from bot.settings import SettingsFault, load_settings

    try:
        findings = asyncio.run(examine(load_settings(), SystemClock()))
    except SettingsFault as fault:
        fail(fault.faults)
    for finding in findings:
        typer.echo(str(finding))
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy goes; must not exist yet.")]) -> None:
    """Make a consistent copy of an SQLite database, also while the bot runs. The key is not in it."""
    from sqlalchemy.engine import make_url

    from bot.settings import SettingsFault, load_settings
    from bot.store import schema
    from bot.store.copy import copy_to
    from bot.store.store import StoreFault

    try:
        url = make_url(load_settings().database_url)
    except SettingsFault as fault:
        fail(fault.faults)
    if url.get_backend_name() != "sqlite" or not url.database:
        fail(["on PostgreSQL use pg_dump"])
    try:
        if schema.shape_of(url, make=False) is None:
            fail([f"there is no database at {url.database}"])
        copy_to(Path(url.database), file)
    except StoreFault as fault:
        fail([str(fault)])
    typer.echo(f"{file}: {file.stat().st_size} bytes. Keep the key apart from it.")


def main() -> None:
    app(prog_name=Path(sys.argv[0]).name)
