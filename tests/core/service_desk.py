"""Asks services questions made by hand, and words their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Question, Scope, ScopeKind
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import PeriodReader
from enms_core.language.speech.speaker import Speaker
from enms_core.language.tokens import tokenize
from enms_core.services.background import BackgroundLoop
from enms_core.services.context import Context
from enms_core.services.features import SERVICES
from enms_core.settings import Settings
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import PLANT_NOW
from tests.unit.catalogues import ids_of

FILES = load_language("en-us")
MODEL = LanguageModel(FILES)
PERIODS = PeriodReader(FILES.vocabulary, NumberReader("en-us"))


def phrase(said: str) -> PeriodPhrase:
    """What a person calls a stretch of time, as understood."""
    (match,) = PERIODS.find(tokenize(said))
    return match.phrase


class Desk:
    """The services over one database, without understanding."""

    def __init__(self, url: str) -> None:
        self._loop = BackgroundLoop()
        self._store = Store(Settings(database_url=url))
        self.catalogue: Catalogue = self._loop.run(self._opened(), 20)

    async def _opened(self) -> Catalogue:
        await self._store.connect()
        return await load_catalogue(self._store.registers)

    def ask(
        self,
        intent: str,
        *machines: str,
        metric: str | None = None,
        period: str | None = None,
        sources: tuple[str, ...] = (),
        now: datetime = PLANT_NOW,
        kind: ScopeKind = "machines",
        in_full: bool = False,
    ) -> Answer:
        """The answer about machines by name, all of them where none is named."""
        everything = tuple(machine.id for machine in self.catalogue.machines)
        ids = ids_of(self.catalogue, *machines)
        question = Question(
            intent,
            Scope(kind, ids) if machines else Scope("all", everything, is_said=False),
            INTENTS[intent].period if period is None else phrase(period),
            sources,
            period_said=period is not None,
            metric=metric,
            in_full=in_full,
        )
        context = Context(self._store, self.catalogue, now)
        return self._loop.run(SERVICES[intent](question, context), 20)

    def said(self, answer: Answer) -> str:
        """An answer in its first phrasing."""
        speaker = Speaker(MODEL, self.catalogue)
        return speaker.text(speaker.say(answer))

    def close(self) -> None:
        self._loop.run(self._store.close(), 10)
        self._loop.stop()


MakeDesk = Callable[[], Desk]


@contextmanager
def opened_desks(url: str) -> Iterator[MakeDesk]:
    """Opens desks over the registers as they are at that moment, and closes them at the end."""
    made: list[Desk] = []

    def make() -> Desk:
        made.append(Desk(url))
        return made[-1]

    yield make
    for each in made:
        each.close()
