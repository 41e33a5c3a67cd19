"""Energy use by its prices and carbon factors: what counts together, and what has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from enms_core.domain.answer import Answer, DataIssue, FactValue
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.evidence import Evidence
from enms_core.domain.question import Outcome


class RatedSource(Protocol):
    """An energy source with its cost or emissions, where it has any."""

    @property
    def source(self) -> EnergySource: ...

    @property
    def is_rated(self) -> bool: ...


Each = TypeVar("Each", bound=RatedSource)
EachMachine = TypeVar("EachMachine")


def counted(sources: Sequence[Each]) -> tuple[Each, ...]:
    """The sources that a total is of: those purchased. Where none of them can be told: those
    produced here, which are asked for by name."""
    rated = tuple(each for each in sources if each.is_rated)
    return tuple(each for each in rated if each.source.is_purchased) or rated


def not_counted(sources: Sequence[Each]) -> frozenset[str]:
    """Names of the sources that no total is of, rated or not: those produced here, where a
    purchased one can be told."""
    if not any(each.source.is_purchased for each in counted(sources)):
        return frozenset()
    return frozenset(each.source.name for each in sources if not each.source.is_purchased)


@dataclass(frozen=True, kw_only=True)
class RatedAnswer(Answer, Generic[Each, EachMachine]):
    """The cost or the emissions of energy use.

    readings: what the quantities rest on. is_brief, is_full: how much a person wants to hear.
    """

    sources: tuple[Each, ...]
    machines: tuple[EachMachine, ...]
    readings: Evidence
    is_brief: bool = False
    is_full: bool = False

    @property
    def counted(self) -> tuple[Each, ...]:
        """The sources that the total is of."""
        return counted(self.sources)

    @property
    def beside(self) -> tuple[Each, ...]:
        """Sources that are told and are not in the total: they are produced here."""
        told = self.counted
        return tuple(each for each in self.sources if each.is_rated and each not in told)


@dataclass(frozen=True)
class Unrated:
    """What was used of a source at a site without a price or factor, in the source's unit.

    share_percent: of all that was used of the source in the question. has_rows: there are prices
    or factors, and none of them covers the time.
    """

    source: EnergySource
    site: Factory
    quantity: float
    share_percent: float | None
    has_rows: bool

    def issue(self, code: str, names_site: bool) -> DataIssue:
        """With the site where there are several."""
        facts: dict[str, FactValue] = {
            "energy_source": self.source.name,
            "site": self.site.name if names_site else None,
            "quantity": self.quantity,
            "unit": self.source.unit,
            "share_percent": self.share_percent,
        }
        return DataIssue(code, facts)


@dataclass(frozen=True, kw_only=True)
class NothingRated(Answer):
    """Nothing that was asked about has a price, or a carbon factor."""

    unrated: tuple[Unrated, ...]
    outcome: Outcome = "no_data"

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.source.name for each in self.unrated))

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.site.name for each in self.unrated))

    @property
    def has_rows(self) -> bool:
        """There are prices or factors, for another time than was asked about."""
        return all(each.has_rows for each in self.unrated)

    def data(self) -> dict[str, object]:
        return {"sources_without": list(self.sources), "sites": list(self.sites)}


@dataclass(frozen=True, kw_only=True)
class NoPrice(NothingRated):
    """Nothing that was asked about has a price."""


@dataclass(frozen=True, kw_only=True)
class NoFactor(NothingRated):
    """Nothing that was asked about has a carbon factor."""
