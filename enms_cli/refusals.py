"""The list of refused messages, a JSON object a line: on the disk before one is acknowledged."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from enms_core.domain.errors import StorageError
from enms_core.domain.messages import Refusal


def write_refusals(path: Path, refusals: Sequence[Refusal]) -> None:
    """Add to the list. Raises StorageError where the file cannot be written: the messages are not
    acknowledged then, and the batch is tried again like one that the database did not take."""
    if not refusals:
        return
    lines = "".join(f"{_line(refusal)}\n" for refusal in refusals)
    try:
        # Half a surrogate pair, which JSON can tell and UTF-8 cannot, is written as JSON's escape.
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error}") from error


def _line(refusal: Refusal) -> str:
    facts = {
        "topic": refusal.message.topic,
        "message": refusal.message.text.decode(errors="backslashreplace"),
        "reason": refusal.reason.value,
        "detail": refusal.detail,
    }
    return json.dumps(facts, ensure_ascii=False)
