"""Asks services directly, with questions made by hand, and says their answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import Question, Scope
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.speech.speaker import Speaker
from enms_core.services.context import Context
from enms_core.storage import schema
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import PLANT_NOW, run_on
from tests.core.adopted.databases import FOLDER
from tests.core.conftest import execute

Service = Callable[[Question, Context], Awaitable[Answer]]
MODEL = LanguageModel(load_language("en-us"))


@dataclass(frozen=True)
class Told:
    """An answer, its data, and its first phrasing."""

    answer: Answer
    data: dict[str, Any]
    speech: str


@dataclass(frozen=True)
class Works:
    """A database with its registers as they were when they were read."""

    url: str
    catalogue: Catalogue

    def ids(self, *names: str) -> tuple[UUID, ...]:
        """Machines by name, all of those that share one."""
        return tuple(
            machine.id
            for name in names
            for machine in self.catalogue.machines
            if machine.name == name
        )

    def scope(self, *names: str) -> Scope:
        """Machines by name; everything without any name."""
        if names:
            return Scope("machines", self.ids(*names))
        return Scope("all", tuple(machine.id for machine in self.catalogue.home_machines))

    def site(self, name: str) -> Scope:
        factories = [factory.id for factory in self.catalogue.factories if factory.name == name]
        machines = self.catalogue.machines_of(factories)
        return Scope("site", tuple(machine.id for machine in machines), name)

    def question(
        self, *names: str, period: PeriodPhrase = TODAY, scope: Scope | None = None, **slots: Any
    ) -> Question:
        return Question("", scope or self.scope(*names), period, **slots)

    def ask(self, service: Service, question: Question, now: datetime = PLANT_NOW) -> Told:
        """What a service answers at an instant."""

        async def asked(store: Store) -> Answer:
            return await service(question, Context(store, self.catalogue, now))

        answer = run_on(self.url, asked)
        assert isinstance(answer, Answer)
        speaker = Speaker(MODEL, self.catalogue)
        return Told(answer, answer.data(), speaker.text(speaker.say(answer)))


def works_on(url: str, site: str | None = None) -> Works:
    """A database as it is now."""
    catalogue = run_on(url, lambda store: load_catalogue(store.registers, site))
    assert isinstance(catalogue, Catalogue)
    return Works(url, catalogue)


def adopted(url: str, database: str) -> Works:
    """Somebody else's database, upgraded."""
    execute(url, (FOLDER / f"{database}.sql").read_text())
    run_on(url, lambda store: schema.upgrade(store.registers))
    return works_on(url)


def lathe(name: str, number: int) -> str:
    """SQL that adds a machine of the workshop, with a meter by the hour."""
    quoted = name.replace("'", "''")
    machine = f"'00000000-0000-0000-0000-0000000000b{number}'"
    return f"""
    INSERT INTO machines (id, factory_id, name, type)
    VALUES ({machine}, '00000000-0000-0000-0000-00000000000f', '{quoted}', 'lathe');
    INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                        valid_from)
    SELECT {machine}, id, 3600, 'interval', 'start', unit, '2026-11-01T00:00+01:00'
    FROM energy_sources WHERE name = 'electricity';
    """
