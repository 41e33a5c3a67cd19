"""The works of `works.py`, and the demo plant, with the services to ask about their money."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.conftest import own_database
from tests.core.answering import Works, works_on
from tests.core.rated.works import works_database


@pytest.fixture(scope="package")
def works(server_url: str, empty_template: str) -> Iterator[Works]:
    """The works. For reading only."""
    with works_database(server_url, empty_template) as url:
        yield works_on(url)


@pytest.fixture
def own_works(server_url: str, works: Works) -> Iterator[Works]:
    """A works to change the registers of: a copy of the one for reading."""
    with own_database(server_url, str(conninfo_to_dict(works.url)["dbname"])) as url:
        yield works_on(url)


@pytest.fixture(scope="package")
def plant(plant_url: str) -> Works:
    """The demo plant. For reading only."""
    return works_on(plant_url)
