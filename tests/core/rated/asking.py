"""Asks the services of cost and carbon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from enms_core.domain.answer import Answer
from enms_core.language.speech.speaker import Speaker
from enms_core.services.context import Context
from enms_core.settings import Verbosity
from enms_core.storage.database import Database
from enms_core.storage.store import Store
from tests.conftest import PLANT_NOW, run_on
from tests.core.answering import MODEL, Service, Told, Works
from tests.core.rated.truth import Asked, Rated
from tests.core.service_desk import phrase

PRODUCED = ("steam", "compressed_air")


def told(works: Works, service: Service, asked: Asked) -> Told:
    """What a service answers to a question."""
    period = phrase(asked.period)
    return works.ask(
        service,
        works.question(*asked.machines, period=period, sources=asked.sources, period_said=True),
    )


def told_to(works: Works, service: Service, asked: Asked, verbosity: Verbosity) -> str:
    """What is said to a person who wants to hear that much."""
    question = works.question(*asked.machines, period=phrase(asked.period), sources=asked.sources)

    async def answered(store: Store) -> Answer:
        context = Context(store, works.catalogue, PLANT_NOW, verbosity=verbosity)
        return await service(question, context)

    answer = run_on(works.url, answered)
    assert isinstance(answer, Answer)
    speaker = Speaker(MODEL, works.catalogue)
    return speaker.text(speaker.say(answer))


def near(value: object) -> Any:
    """The same number, but for the order in which it was summed."""
    return pytest.approx(float(str(value)), rel=1e-9, abs=1e-9)


def name_of(asked: Asked) -> str:
    """The test's name for a question."""
    return " ".join((*asked.machines, *asked.sources, asked.period))


def counted(truth: Sequence[Rated]) -> list[Rated]:
    """What a total is of: not what is produced, unless nothing else was named."""
    return [row for row in truth if row.source not in PRODUCED] or list(truth)


@contextmanager
def noted_queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that read readings or registers meanwhile."""
    queries: list[str] = []
    fetch = Database.fetch

    async def noting(self: Database, sql: str, *values: object) -> Any:
        queries.append(sql)
        return await fetch(self, sql, *values)

    with monkeypatch.context() as patch:
        patch.setattr(Database, "fetch", noting)
        yield queries
