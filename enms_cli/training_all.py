"""`enms train --all`: every SEU, some at once; after Ctrl-C those that have begun are ended."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from enms_cli.baseline_output import complain, print_data, print_line
from enms_cli.progress import training_bar
from enms_core.domain.baseline_answers import Trained
from enms_core.domain.errors import EnmsError
from enms_core.domain.seu import SeuOfSource
from enms_core.services.training import Refusal

Training = Callable[[SeuOfSource], Awaitable[Trained | Refusal]]
# Prints what came out; False where nothing was trained.
Telling = Callable[[Trained | Refusal, bool], bool]
# None: not begun when the person interrupted.
Ended = Trained | Refusal | Exception | None

# One waits for the database while another is fitted.
AT_ONCE = 2
INTERRUPTED = 130


async def train_all(
    seus: Sequence[SeuOfSource], train: Training, tell: Telling, as_json: bool
) -> int:
    """In the register's order, whichever is done first; what fails does not keep the others from
    being trained. The exit code: 1 where one SEU has no new version, 130 where interrupted."""
    room = asyncio.Semaphore(AT_ONCE)
    trained: list[SeuOfSource] = []
    with _interruptible() as stop, training_bar(len(seus)) as show:
        training = [asyncio.create_task(_ended(of, train, room, stop)) for of in seus]
        for of, task in zip(seus, training, strict=True):
            show(of.seu.name)
            if _told(of, await task, tell, as_json):
                trained.append(of)
    if not as_json:
        print_line(f"{len(trained)} of {len(seus)} trained")
    if stop.is_set():
        complain(_interrupted(seus, trained))
        return INTERRUPTED
    return 0 if len(trained) == len(seus) else 1


@contextmanager
def _interruptible() -> Iterator[asyncio.Event]:
    """Set by the first Ctrl-C; a second one ends the process at once."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def end() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)
        complain("interrupted: what is being trained is brought to its end")

    loop.add_signal_handler(signal.SIGINT, end)
    try:
        yield stop
    finally:
        loop.remove_signal_handler(signal.SIGINT)


async def _ended(
    of: SeuOfSource, train: Training, room: asyncio.Semaphore, stop: asyncio.Event
) -> Ended:
    async with room:
        if stop.is_set():
            return None
        try:
            return await train(of)
        except (EnmsError, ValueError) as error:
            return error


def _told(of: SeuOfSource, ended: Ended, tell: Telling, as_json: bool) -> bool:
    """Print what came out, an error too; False where nothing was trained."""
    if ended is None:
        if as_json:
            print_data({"outcome": "cancelled", **of.data()})
        return False
    if not isinstance(ended, Exception):
        return tell(ended, as_json)
    complain(f"{of.seu.name}: {ended}")
    if as_json:
        issues = [{"code": "failed", "reason": str(ended)}]
        print_data({"outcome": "error", **of.data(), "issues": issues})
    return False


def _interrupted(seus: Sequence[SeuOfSource], trained: Sequence[SeuOfSource]) -> str:
    stored = ", ".join(of.seu.name for of in trained) or "none"
    others = ", ".join(of.seu.name for of in seus if of not in trained) or "none"
    return f"interrupted; trained and stored: {stored}; not trained: {others}"
