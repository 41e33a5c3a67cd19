"""What a conversation remembers: the last answer, a question we asked back, and for how long.

Memory belongs to one session and expires. The skill keeps it in the process; the command line,
whose every call is a process of its own, in files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from enms_core.domain.evidence import Evidence
from enms_core.domain.question import OpenQuestion, Recalled
from enms_core.whole_files import whole_file

MOST_SESSIONS = 500


@dataclass(frozen=True)
class Remembered:
    """The last answer as it was given: `repeat` gives it again."""

    dialogs: tuple[tuple[str, dict[str, str]], ...]
    speech: str
    data: dict[str, object]
    issues: tuple[dict[str, object], ...]
    slots: dict[str, object]
    title: str
    intent: str | None


@dataclass(frozen=True)
class SessionMemory:
    """One session's memory. `turns` counts answers, so that phrasings vary.

    last: what `repeat` says. recalled and evidence: of the last answer about the factory, which
    what is said next may build on; what a term means, or what can be asked, is none.
    """

    expires_at: datetime
    turns: int = 0
    last: Remembered | None = None
    recalled: Recalled | None = None
    evidence: Evidence | None = None
    open_question: OpenQuestion | None = field(default=None)


class MemoryStore(Protocol):
    """Where sessions are kept."""

    def recall(self, session: str, now: datetime) -> SessionMemory | None:
        """The session's memory, None where there is none or it has expired."""

    def keep(self, session: str, memory: SessionMemory) -> None:
        """Remember until it expires."""


class ProcessMemory:
    """Sessions of one process; the oldest go first when there are too many."""

    def __init__(self) -> None:
        self._sessions: dict[str, SessionMemory] = {}

    def recall(self, session: str, now: datetime) -> SessionMemory | None:
        return _unexpired(self._sessions.get(session), now)

    def keep(self, session: str, memory: SessionMemory) -> None:
        self._sessions.pop(session, None)
        self._sessions[session] = memory
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))


class FileMemory:
    """Sessions in files, one each, replaced as a whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._adapter = TypeAdapter(SessionMemory)

    def recall(self, session: str, now: datetime) -> SessionMemory | None:
        try:
            memory = self._adapter.validate_json(self._path(session).read_bytes())
        except (FileNotFoundError, ValidationError):  # none yet, or of another version
            return None
        return _unexpired(memory, now)

    def keep(self, session: str, memory: SessionMemory) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with whole_file(self._path(session)) as file:
            file.write(self._adapter.dump_json(memory))

    def _path(self, session: str) -> Path:
        # A session's name comes from outside and may hold anything; its digest is a file name.
        return self._folder / f"{hashlib.sha256(session.encode()).hexdigest()[:32]}.json"


def expiry(now: datetime, minutes: float) -> datetime:
    return now + timedelta(minutes=minutes)


def _unexpired(memory: SessionMemory | None, now: datetime) -> SessionMemory | None:
    return memory if memory is not None and now < memory.expires_at else None
