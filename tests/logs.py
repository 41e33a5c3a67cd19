"""What is logged as an error by any logger: OVOS's pass no record on to the root."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def errors_logged() -> Iterator[list[str]]:
    """Messages of errors, and of all that carries a traceback, while the block lasts."""
    messages: list[str] = []
    make = logging.getLogRecordFactory()

    def made(*values: Any, **named: Any) -> logging.LogRecord:
        record = make(*values, **named)
        if record.levelno >= logging.ERROR or record.exc_info:
            messages.append(f"{record.name}: {record.getMessage()}")
        return record

    logging.setLogRecordFactory(made)
    try:
        yield messages
    finally:
        logging.setLogRecordFactory(make)
