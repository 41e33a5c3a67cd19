"""The answers to the questions of `cases`, and what they must hold."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from enms_core.services.reply import Reply
from tests.conftest import Asker
from tests.core.oracle.asking import Oracle
from tests.core.oracle.case import Case
from tests.core.oracle.expected import Expected


@pytest.fixture(scope="package")
def oracle(plant_url: str) -> Iterator[Oracle]:
    asker = Asker(plant_url)
    with psycopg.connect(plant_url) as connection:
        yield Oracle(asker, connection)
    asker.close()


@pytest.fixture
def reply(oracle: Oracle, case: Case) -> Reply:
    """What the question of the test, `case`, is answered."""
    return oracle.reply(case)


@pytest.fixture
def expected(oracle: Oracle, case: Case) -> Expected:
    """What its answer must hold."""
    return oracle.expected(case)
