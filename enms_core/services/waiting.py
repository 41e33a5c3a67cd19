"""Telling a person who waits that work still goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Result = TypeVar("Result")
FIRST_WORD_SECONDS = 4.0
NEXT_WORD_SECONDS = 20.0


async def told_of(
    work: Awaitable[Result],
    tell: Callable[[], None],
    first_seconds: float = FIRST_WORD_SECONDS,
    next_seconds: float = NEXT_WORD_SECONDS,
) -> Result:
    """The result of some work; `tell` is called while it takes long, first after some seconds and
    then again and again. Who cancels the waiting cancels the work."""
    task = asyncio.ensure_future(work)
    try:
        seconds = first_seconds
        while not (await asyncio.wait({task}, timeout=seconds))[0]:
            tell()
            seconds = next_seconds
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
