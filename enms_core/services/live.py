"""The live way in: what the messages of meters say becomes readings, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from enms_core.domain.conversions import conversion
from enms_core.domain.errors import ImportFailed, StorageTimeout, StorageUnavailable
from enms_core.domain.imports import Site
from enms_core.domain.live import BatchReport, Message
from enms_core.domain.units import rate_unit
from enms_core.files.mapping import ListenRule, Mapping
from enms_core.services.live_batch import store_values
from enms_core.services.live_messages import MessageReader
from enms_core.services.live_values import LiveRule
from enms_core.storage.imports.destination import find_source
from enms_core.storage.live_meters import live_registers
from enms_core.storage.registers import EnergySourceRow
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
        self._live: list[LiveRule] = []

    async def check(self) -> None:
        """Look the rules' sources up, before anything is heard. Raises ImportFailed for a rule by
        which nothing can be stored."""
        async with self._store.registers.session() as session:
            for rule in self._rules:
                source = await find_source(session, rule.source)
                self._live.append(LiveRule(rule, source, _factor(rule, source)))
        for rule in self._rules:
            if rule.interval is not None and rule.interval >= DAY:
                raise ImportFailed("intervals of messages are shorter than a day")
            if rule.register_machines and (rule.interval is None or self._site.name is None):
                raise ImportFailed("new machines need the rule's 'interval' and a 'factory'")

    async def keep(self, messages: Sequence[Message]) -> BatchReport:
        """Store messages; once more with the same ones changes nothing. Raises StorageError, with
        nothing stored."""
        said, refusals = self._reader.read(messages)
        try:
            async with live_registers(self._store.registers, self._site) as registers:
                report = await store_values(registers, self._live, said, self._now())
        except StorageTimeout:
            raise
        except StorageUnavailable:
            await self._store.revive()
            raise
        return replace(report, refusals=[*refusals, *report.refusals])


def _factor(rule: ListenRule, source: EnergySourceRow) -> float:
    """How many of the source's units, of power in an hour, one of the rule's is."""
    wanted = rate_unit(source.unit) if rule.kind == "power" else source.unit
    if rule.unit is None:
        return 1.0
    factor = conversion(rule.unit, wanted, source.kwh_per_unit)
    if factor is None:
        raise ImportFailed(f"{rule.unit} cannot be converted to {wanted}")
    return factor
