"""The existing EnMS databases that the tests of adoption work on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.adopted.databases import FOLDER
from tests.core.adopted.snapshot import Snapshot, snapshot
from tests.core.conftest import execute


@pytest.fixture
def existing(bare_url: str, database: str) -> Iterator[tuple[str, Snapshot]]:
    """A database of theirs, and what it has before we touch it."""
    execute(bare_url, (FOLDER / f"{database}.sql").read_text())
    yield bare_url, snapshot(bare_url)
