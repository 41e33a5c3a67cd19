"""Progress on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from enms_core.demo.seed import Progress, Seeding


@contextmanager
def seeding_bar(wanted: Seeding) -> Iterator[Progress]:
    """A bar of days of the demo plant."""
    days = (wanted.end - wanted.start) // timedelta(days=1)
    with tqdm(total=days, unit="day", desc="demo plant", leave=False, mininterval=0.5) as bar:

        def show(reached: datetime) -> None:
            done = (reached - wanted.start) // timedelta(days=1)
            bar.update(max(0, min(days, done) - bar.n))  # machines come one after the other

        yield show


@contextmanager
def import_bar() -> Iterator[Callable[[Path, float], None]]:
    """A bar of the part of each file that is done [0-1]. The delay keeps it away until the first
    news, so that questions before it stand alone."""
    with tqdm(
        total=100,
        bar_format="{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}",
        leave=False,
        mininterval=0.5,
        delay=0.1,
        disable=None,  # no bar in a log
    ) as bar:
        shown: Path | None = None

        def show(path: Path, done: float) -> None:
            nonlocal shown
            if shown not in (None, path):
                bar.reset()
            shown = path
            bar.set_description_str(path.name, refresh=False)
            bar.update(max(0.0, 100 * done - bar.n))

        yield show


@contextmanager
def training_bar(seus: int) -> Iterator[Callable[[str], None]]:
    """A bar of SEUs; it is told which one is trained next."""
    with tqdm(total=seus, unit="SEU", leave=False, disable=None) as bar:
        begun = 0

        def show(name: str) -> None:
            nonlocal begun
            bar.update(begun - bar.n)  # all that were begun before this one are done
            bar.set_description(name)
            begun += 1

        yield show
