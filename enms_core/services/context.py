"""What a service works with: one instant, one picture of the registers, one database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.period import Period, PeriodPhrase, resolve_all
from enms_core.domain.question import Question
from enms_core.services.shared_work import SharedWork
from enms_core.settings import Verbosity
from enms_core.storage.audit import person
from enms_core.storage.store import Store


@dataclass(frozen=True)
class Context:
    """One question's surroundings. `now` is one aware instant for everything in the answer.

    evidence: what the last answer of the conversation rests on, None where there was none.
    is_follow_up: the question takes up the one before it ("and yesterday"). lang: in which it was
    asked; None where nobody spoke. shared: what questions asked at the same time do once only.
    who: whose writes they are, for the audit log.
    """

    store: Store
    catalogue: Catalogue
    now: datetime
    week_start: int = 0
    verbosity: Verbosity = "normal"
    evidence: Evidence | None = None
    is_follow_up: bool = False
    lang: str | None = None
    shared: SharedWork = field(default_factory=SharedWork, repr=False, compare=False)
    who: str = field(default_factory=person)

    def machines(self, question: Question) -> tuple[Machine, ...]:
        """The machines that a question is about, in its order."""
        return tuple(map(self.catalogue.machine, question.scope.machine_ids))

    def local_period(self, phrase: PeriodPhrase, machine_ids: Sequence[UUID]) -> Period:
        """A phrase as it is told about some machines, from its first to its last stretch.

        In the zone of their site; in the device's own zone where they are in several.
        """
        zone = self.catalogue.zone_of(machine_ids)
        stretches = resolve_all(phrase, self.now, zone, self.week_start)
        return Period(stretches[0].start, stretches[-1].end)


def instant(moment: datetime | None, zone: ZoneInfo) -> datetime:
    """The aware instant of a question: now, or a given one; a naive one is local time."""
    if moment is None:
        return datetime.now(timezone.utc)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
