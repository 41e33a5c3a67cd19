"""What all tests share: an isolated home, a real database server, the demo plant at a fixed time.

One server per run. A database per test is a copy of a template, made in a fraction of a second.
`ENMS_TEST_DATABASE_URL` names another server to run on, by a user who may create databases.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from enms_core.demo.seed import plant_today, seed, seeding
from enms_core.services.background import BackgroundLoop
from enms_core.services.engine import Engine
from enms_core.services.reply import Reply
from enms_core.services.request import Request
from enms_core.settings import Settings
from enms_core.storage.server import EmbeddedServer
from enms_core.storage.store import Store

# A Wednesday morning in Berlin, between two quarter hours; the clocks went back on 25 October.
PLANT_NOW = datetime(2026, 11, 18, 9, 7, 30, tzinfo=timezone.utc)
EMPTY_TEMPLATE = "enms_test_empty"
PLANT_TEMPLATE = "enms_test_plant"


@pytest.fixture(scope="session", autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own, so that no test reads or writes the person's settings."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ENMS_")]:
            if name != "ENMS_TEST_DATABASE_URL":
                patch.delenv(name)
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """URL of the server that the tests run on."""
    given = os.environ.get("ENMS_TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not below pytest's own folder: a second run makes that private again, and as root the server
    # runs as a user of its own.
    with tempfile.TemporaryDirectory(prefix="enms-test-") as folder:
        server = EmbeddedServer(Path(folder))
        yield server.url
        server.stop()


@pytest.fixture(scope="session")
def empty_template(server_url: str) -> str:
    """Name of a database with this version's schema and nothing in it."""
    create_database(server_url, EMPTY_TEMPLATE)
    run_on(url_of(server_url, EMPTY_TEMPLATE), lambda store: store.upgrade())
    return EMPTY_TEMPLATE


@pytest.fixture(scope="session")
def plant_url(server_url: str, empty_template: str) -> str:
    """The demo plant with its second country, seeded up to PLANT_NOW. For reading only."""
    create_database(server_url, PLANT_TEMPLATE, empty_template)
    url = url_of(server_url, PLANT_TEMPLATE)
    plant = plant_today(PLANT_NOW, seed=50001, plain=False, second_country=True)
    run_on(url, lambda store: seed(store, seeding(plant, PLANT_NOW), lambda reached: None))
    return url


@pytest.fixture
def trainable_url(plant_url: str) -> Iterator[str]:
    """The demo plant, whose baselines are taken away again: a copy of it would take seconds."""
    yield plant_url
    forget_baselines(plant_url)


@pytest.fixture(scope="module")
def plant_connection(plant_url: str) -> Iterator[psycopg.Connection]:
    """A connection to the demo plant, for SQL of the test's own. For reading only."""
    with psycopg.connect(plant_url) as connection:
        yield connection


@pytest.fixture(scope="module")
def plant_asker(plant_url: str) -> Iterator[Asker]:
    """An engine on the demo plant, for all tests of a file."""
    asker = Asker(plant_url)
    yield asker
    asker.close()


@pytest.fixture
def empty_url(server_url: str, empty_template: str) -> Iterator[str]:
    """A database of the test's own, with the schema and nothing in it."""
    with own_database(server_url, empty_template) as url:
        yield url


@pytest.fixture
def engine_on() -> Iterator[Callable[..., Asker]]:
    """Makes engines on databases, and closes them."""
    askers: list[Asker] = []

    def make(url: str, **settings: object) -> Asker:
        askers.append(Asker(url, **settings))
        return askers[-1]

    yield make
    for asker in askers:
        asker.close()


class Asker:
    """An engine behind synchronous calls."""

    def __init__(self, url: str, **settings: object) -> None:
        self.loop = BackgroundLoop()
        chosen = Settings(database_url=url, **settings)  # type: ignore[arg-type]
        self.engine = Engine(chosen, Store(chosen))

    def ask(
        self,
        text: str,
        now: datetime | None = PLANT_NOW,
        session: str | None = None,
        lang: str = "en-us",
    ) -> Reply:
        return self.loop.run(self.engine.ask(Request(text, lang, session, now)), 60)

    def understand(self, text: str, now: datetime | None = PLANT_NOW) -> Reply:
        return self.loop.run(self.engine.understand(Request(text, "en-us", None, now)), 60)

    def close(self) -> None:
        self.loop.run(self.engine.close(), 10)
        self.loop.stop()


def run_on(url: str, work: Callable[[Store], object]) -> object:
    """Run a coroutine function on a store of its own."""

    async def worked() -> object:
        store = Store(Settings(database_url=url))
        await store.connect()
        try:
            return await work(store)  # type: ignore[misc]
        finally:
            await store.close()

    return asyncio.run(worked())


def forget_baselines(url: str) -> None:
    """Take away what was trained, and what the audit log says of it."""
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM energy_baselines")
        connection.execute("DELETE FROM audit_log WHERE what LIKE 'baseline.%'")


def forget_plans(url: str) -> None:
    """Take away all action plans, and what the audit log says of them."""
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM action_plans")
        connection.execute("DELETE FROM audit_log WHERE what LIKE 'plan.%'")


@contextmanager
def own_database(server_url: str, template: str) -> Iterator[str]:
    """URL of a copy of a template; the copy goes when the block ends."""
    name = f"enms_test_{uuid.uuid4().hex[:12]}"
    create_database(server_url, name, template)
    yield url_of(server_url, name)
    drop_database(server_url, name)


def url_of(server_url: str, database: str) -> str:
    """The server's URL with another database's name."""
    head, _, options = server_url.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{database}" + (f"?{options}" if options else "")


def create_database(server_url: str, name: str, template: str = "template1") -> None:
    with psycopg.connect(make_conninfo(server_url), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(server_url: str, name: str) -> None:
    with psycopg.connect(make_conninfo(server_url), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
