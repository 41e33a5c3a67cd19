"""`enms ask` and `enms understand`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

from enms_cli.opening import opened
from enms_core.domain.errors import InvalidRequest, StorageError
from enms_core.services.engine import Engine
from enms_core.services.memory import FileMemory
from enms_core.services.minds import known_language
from enms_core.services.reply import Reply
from enms_core.services.request import Progress, Request, invalid_reply, request_of
from enms_core.settings import Settings
from enms_core.storage.store import Store


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Ask one question, or one a line; 1 where the answer to any of them is an error."""
    known_language(options.lang or settings.lang)  # an unknown one is wrong usage
    code = 0
    async with _engine(options, settings) as engine:
        ask = engine.understand if options.only_understand else engine.ask
        for request in _requests(options, settings):
            reply = await ask(request) if isinstance(request, Request) else request
            print(_line(reply, options), flush=True)
            code = 1 if reply.outcome == "error" else code
    return code


@asynccontextmanager
async def _engine(options: argparse.Namespace, settings: Settings) -> AsyncIterator[Engine]:
    memory = FileMemory(settings.data_dir.expanduser() / "sessions")
    if settings.database_url is None:
        with suppress(StorageError):  # the engine meets it again, as the answer to the question
            async with opened(settings, options.empty):
                pass
    engine = Engine(settings, Store(settings), memory)
    try:
        yield engine
    finally:
        await engine.close()


def _requests(options: argparse.Namespace, settings: Settings) -> Iterator[Request | Reply]:
    """The questions; a line that is none is its own error, and the lines after it go on."""
    base = Request("", options.lang or settings.lang, options.session, options.now, _tell)
    if options.file is None:
        yield replace(base, utterance=options.text)
        return
    for line in _lines(options.file):
        if line.strip():
            try:
                yield _request(line.strip(), base)
            except InvalidRequest as error:
                yield invalid_reply(line.strip(), base.lang, error)


def _tell(progress: Progress) -> None:
    print(progress.speech, file=sys.stderr, flush=True)


def _request(line: str, base: Request) -> Request:
    """A line as a request: text, or JSON with its own session, time and language."""
    if not line.startswith("{"):
        return replace(base, utterance=line)
    try:
        given = json.loads(line)
    except ValueError as error:
        raise InvalidRequest(str(error)) from error
    return request_of(given, base)


def _lines(path: Path) -> Iterator[str]:
    if str(path) == "-":
        yield from sys.stdin
    else:
        try:
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                yield from file
        except OSError as error:
            raise ValueError(f"{path} cannot be read: {error.strerror}") from error


def _line(reply: Reply, options: argparse.Namespace) -> str:
    if options.json:
        return json.dumps(reply.contract(), ensure_ascii=False, default=str)
    if options.only_understand:
        return f"{reply.outcome}: {reply.intent}"
    return reply.speech
