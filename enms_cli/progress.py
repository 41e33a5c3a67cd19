"""Progress on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

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
