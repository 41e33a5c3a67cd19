"""The live way in: what the messages of meters say becomes readings, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.errors import ImportFailed, StorageTimeout, StorageUnavailable
from enms_core.domain.imports import UNSAID, ReadingsTarget, Site
from enms_core.domain.messages import BatchReport, Message
from enms_core.files.mapping import ListenRule, Mapping
from enms_core.services.live_batch import store_values
from enms_core.services.live_messages import MessageReader
from enms_core.services.live_values import LiveRule
from enms_core.storage.imports.destination import find_source, known_zone, site_zone
from enms_core.storage.imports.intake import unit_factor
from enms_core.storage.live_limits import HighestRates
from enms_core.storage.live_meters import live_registers
from enms_core.storage.store import Store

DAY = timedelta(days=1)


class LiveWay:
    """Stores messages by the rules of a mapping. now: what the time is, to refuse what a clock of
    a meter that was never set tells."""

    def __init__(self, store: Store, mapping: Mapping, now: Callable[[], datetime]) -> None:
        self._store = store
        self._rules = mapping.listen
        given = mapping.factory
        self._site = Site() if given is None else Site(**given.model_dump())
        self._now = now
        self._reader = MessageReader(mapping.listen)
        self._live: Sequence[LiveRule] = ()
        self._rates = HighestRates()

    async def check(self) -> None:
        """Look the rules' sources up, before anything is heard. Raises ImportFailed for a rule by
        which nothing can be stored."""
        async with self._store.registers.session() as session:
            self._live = [await _live_rule(session, rule) for rule in self._rules]
        for rule in self._rules:
            if rule.interval is not None and rule.interval >= DAY:
                raise ImportFailed("intervals of messages are shorter than a day")
            if rule.register_machines and (rule.interval is None or self._site.name is None):
                raise ImportFailed("new machines need the rule's 'interval' and a 'factory'")
            if rule.timezone is not None:
                known_zone(rule.timezone)
        if any(rule.register_machines for rule in self._rules):
            await site_zone(self._store.registers, self._site, ())

    async def keep(self, messages: Sequence[Message]) -> BatchReport:
        """Store messages; once more with the same ones changes nothing. Raises StorageError, with
        nothing stored."""
        said, refusals = self._reader.read(messages)
        now = self._now()
        self._rates.forget_old(now)
        try:
            async with live_registers(self._store.registers, self._site, self._rates) as registers:
                report = await store_values(registers, self._live, said, now)
        except StorageTimeout:
            raise
        except StorageUnavailable:
            await self._store.revive()
            raise
        return replace(report, refusals=[*refusals, *report.refusals])


async def _live_rule(session: AsyncSession, rule: ListenRule) -> LiveRule:
    source = await find_source(session, rule.source)
    # Each message tells whose machine it is.
    target = ReadingsTarget(machine=UNSAID, source=rule.source, unit=rule.unit, kind=rule.kind)
    return LiveRule(rule, source, unit_factor(target, source))
