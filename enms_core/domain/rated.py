"""Energy use by its prices and carbon factors: what counts together, and what has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from enms_core.domain.answer import Answer, DataIssue, FactValue
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.question import Outcome


class RatedSource(Protocol):
    """An energy source with its cost or emissions, where it has any."""

    @property
    def source(self) -> EnergySource: ...

    @property
    def is_rated(self) -> bool: ...


Each = TypeVar("Each", bound=RatedSource)


def counted(sources: Sequence[Each]) -> tuple[Each, ...]:
    """The sources that a total is of: those purchased. Where none of them can be told: those
    produced here, which are asked for by name."""
    rated = tuple(each for each in sources if each.is_rated)
    return tuple(each for each in rated if each.source.is_purchased) or rated


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
