"""`enms demo`: real OVOS, the embedded database, the demo plant, and a conversation to join."""

from __future__ import annotations

import asyncio
import json
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from enms_cli.assistant import AssistantFailed, running_assistant
from enms_cli.bus import Answered, Client
from enms_cli.opening import opened
from enms_core.language.files import resources_root
from enms_core.settings import Settings
from enms_core.storage.server import EmbeddedServer
from skill_enms import topics

VOICE = "espeak-ng"
FAREWELLS = ("quit", "exit")


def run_demo(settings: Settings, question: str | None = None) -> int:
    """Bring everything up, hold the conversation, and stop all that was started."""
    signal.signal(signal.SIGTERM, _interrupt)
    started = time.monotonic()
    try:
        asyncio.run(_prepare(settings))
        with _held_database(settings), running_assistant(settings) as assistant:
            client = Client(assistant)
            client.wait_for_skill(topics.PING, topics.READY)
            print(f"OVOS is ready after {time.monotonic() - started:.1f} s\n", file=sys.stderr)
            with suppress(EOFError):
                for utterance in utterances(question):
                    _exchange(client, utterance)
            client.close()
    except AssistantFailed as error:
        print(f"enms: {error}", file=sys.stderr)
        return 1
    return 0


async def _prepare(settings: Settings) -> None:
    """The database with the demo plant, up to date."""
    async with opened(settings):
        pass


@contextmanager
def _held_database(settings: Settings) -> Iterator[None]:
    """The embedded server kept until the assistant has ended, however it ends, and then stopped."""
    if settings.database_url is not None:
        yield
        return
    server = EmbeddedServer(settings.data_dir)
    try:
        yield
    finally:
        server.stop()


def utterances(question: str | None = None) -> Iterator[str]:
    """The one question; or the script, and then what the person types or has piped in."""
    if question:
        yield question
        return
    yield from _script()
    for line in map(str.strip, _typed() if sys.stdin.isatty() else _piped()):
        if line in FAREWELLS:
            return
        if line:
            yield line


def _typed() -> Iterator[str]:
    print("\nType a question, or quit.", file=sys.stderr)
    while True:
        yield input("> ")


def _piped() -> Iterator[str]:
    """The lines of a file or a pipe. Whoever starts us from a program may leave a pipe open in
    which nothing ever comes: that one is not waited for."""
    readable, _, _ = select.select([sys.stdin], [], [], 0)
    return iter(sys.stdin if readable else ())


def _script() -> list[str]:
    """The skill's own examples, and a conversation that trains a baseline and asks by it."""
    skill = json.loads((resources_root() / "locale/en-us/skill.json").read_text(encoding="utf-8"))
    return [*skill["examples"], *skill["conversation"]]


def _exchange(client: Client, utterance: str) -> None:
    if not sys.stdin.isatty() or utterance in _script():
        print(f"You:   {utterance}")
    answered = client.ask(utterance)
    print(f"OVOS:  {_shown(answered)}", flush=True)
    _say(" ".join(answered.speech))


def _shown(answered: Answered) -> str:
    if answered.first_seconds is None:
        return "(silence: no skill took it)"
    return f"{' '.join(answered.speech)}  [{1000 * answered.first_seconds:.0f} ms]"


def _say(text: str) -> None:
    """Aloud, where a voice is installed and somebody sits at the terminal."""
    voice = shutil.which(VOICE)
    if voice is not None and text and sys.stdout.isatty():
        subprocess.run([voice, text], stderr=subprocess.DEVNULL, check=False)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
