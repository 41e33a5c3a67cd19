"""Which existing EnMS databases there are, and what the tests of adoption do with them.

Each is as its developers would have written it, and broken in its own way.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from enms_core.domain.catalogue import Catalogue
from enms_core.storage import schema
from enms_core.storage.adoption import findings
from enms_core.storage.adoption_finding import Finding
from enms_core.storage.catalogue import load_catalogue
from tests.conftest import run_on
from tests.core.conftest import rows

FOLDER = Path(__file__).parent
ONE_TABLE, TABLE_PER_CARRIER = "one_table", "table_per_carrier"
BOTH = pytest.mark.parametrize("database", [ONE_TABLE, TABLE_PER_CARRIER])
BOILER = UUID("00000000-0000-0000-0000-0000000000b1")


def upgrade(url: str, revision: str = "head") -> None:
    run_on(url, lambda store: schema.upgrade(store.registers, revision))


def downgrade(url: str, revision: str = "base") -> None:
    run_on(url, lambda store: schema.downgrade(store.registers, revision))


def catalogue(url: str) -> Catalogue:
    loaded = run_on(url, lambda store: load_catalogue(store.registers))
    assert isinstance(loaded, Catalogue)
    return loaded


def found(url: str) -> list[Finding]:
    listed = run_on(url, findings)
    assert isinstance(listed, tuple)
    return list(listed)


def meters(url: str) -> list[tuple[object, ...]]:
    return rows(
        url,
        "SELECT m.name, s.name, k.nominal_interval_seconds, k.valid_from, k.unit FROM meters AS k "
        "JOIN machines AS m ON m.id = k.machine_id "
        "JOIN energy_sources AS s ON s.id = k.energy_source_id ORDER BY 1, 2",
    )
