"""Arguments in any order: an optional one may also follow the flags."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


class IntermixedParser(argparse.ArgumentParser):
    """A parser of a command that takes `SEU --format csv FILE` as it takes `SEU FILE --format csv`,
    which argparse does only for parsers that are no command of another."""

    _is_mixing = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """As that of argparse, which is called by its own mixing as well."""
        if self._is_mixing:
            return super().parse_known_args(args, namespace)
        self._is_mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_mixing = False
