"""`enms ask` and `enms understand`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from enms_cli.opening import opened
from enms_core.services.engine import Engine
from enms_core.services.memory import FileMemory
from enms_core.services.reply import Reply
from enms_core.services.turn import Request
from enms_core.settings import Settings
from enms_core.storage.store import Store


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Ask one question, or one a line; 1 where the answer to any of them is an error."""
    code = 0
    async with _engine(options, settings) as engine:
        for request in _requests(options, settings):
            ask = engine.understand if options.only_understand else engine.ask
            reply = await ask(request)
            print(_line(reply, options), flush=True)
            code = 1 if reply.outcome == "error" else code
    return code


@asynccontextmanager
async def _engine(options: argparse.Namespace, settings: Settings) -> AsyncIterator[Engine]:
    memory = FileMemory(settings.data_dir.expanduser() / "sessions")
    if settings.database_url is not None:
        # A server that is away is an answer of its own, not a reason to stop.
        engine = Engine(settings, Store(settings), memory)
        try:
            yield engine
        finally:
            await engine.close()
    else:
        async with opened(settings, options.empty) as store:
            yield Engine(settings, store, memory)


def _requests(options: argparse.Namespace, settings: Settings) -> Iterator[Request]:
    base = Request("", options.lang or settings.lang, options.session, options.now)
    if options.file is None:
        yield replace(base, utterance=options.text)
        return
    for number, line in enumerate(_lines(options.file), start=1):
        if line.strip():
            yield _request(line.strip(), base, number)


def _request(line: str, base: Request, number: int) -> Request:
    """A line as a request: text, or JSON with its own session, time and language."""
    if not line.startswith("{"):
        return replace(base, utterance=line)
    try:
        given = json.loads(line)
        now = given.get("now")
        return Request(
            utterance=str(given["utterance"]),
            lang=str(given.get("lang") or base.lang),
            session=str(given["session"]) if given.get("session") is not None else base.session,
            now=datetime.fromisoformat(now.replace("Z", "+00:00")) if now else base.now,
        )
    except (KeyError, ValueError, AttributeError) as error:
        raise ValueError(f"line {number} is not a question: {error}") from error


def _lines(path: Path) -> Iterator[str]:
    if str(path) == "-":
        yield from sys.stdin
    else:
        try:
            with path.open(encoding="utf-8-sig") as file:
                yield from file
        except OSError as error:
            raise ValueError(f"{path} cannot be read: {error.strerror}") from error


def _line(reply: Reply, options: argparse.Namespace) -> str:
    if options.json:
        return json.dumps(reply.contract(), ensure_ascii=False, default=str)
    if options.only_understand:
        return f"{reply.outcome}: {reply.intent}"
    return reply.speech
