"""The compiler, in a process of its own: a job as JSON on standard input, a PDF on standard output.

Typst keeps what it made for the next time (35 MB a document, ten of them); a bot that makes one a
week has no use for that. This file imports nothing of the bot, so that it starts in a blink.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> None:
    """The job's keys: ``template`` (path), ``paper`` (handed to it), ``date`` (UNIX seconds), ``fonts``
    (whether the machine's fonts may be used beside the compiler's own)."""
    job = json.load(sys.stdin)
    sys.stdout.buffer.write(
        typst.compile(
            job["template"],
            font_paths=typst.Fonts(include_system_fonts=job["fonts"]),
            ignore_system_fonts=not job["fonts"],
            sys_inputs={"paper": json.dumps(job["paper"])},
            timestamp=job["date"],
            format="pdf",
        )
    )


if __name__ == "__main__":
    main()
