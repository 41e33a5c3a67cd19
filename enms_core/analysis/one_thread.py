"""Linear algebra on one thread: the matrices here are small, and threads that share cores with
other work wait for each other many times longer than they compute."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

Given = ParamSpec("Given")
Result = TypeVar("Result")


def on_one_thread(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """The function, with the process's linear algebra on one thread while it runs."""

    @wraps(work)
    def limited(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with _libraries().limit(limits=1, user_api="blas"):
            return work(*args, **kwargs)

    return limited


@cache
def _libraries() -> ThreadpoolController:
    """Looked for once: it takes milliseconds."""
    return ThreadpoolController()
