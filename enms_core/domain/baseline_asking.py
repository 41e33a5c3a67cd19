"""What is asked back about baselines: drivers, period, and whether to train or activate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from enms_core.domain.asking import AsksBack
from enms_core.domain.baseline import Baseline
from enms_core.domain.period import period_data
from enms_core.domain.seu import SeuOfSource

# Why a driver cannot be trained with.
DriverFault = Literal["unknown", "consequence", "missing", "no_data", "constant"]


@dataclass(frozen=True, kw_only=True)
class AsksForDrivers(AsksBack):
    """With which drivers a baseline shall be trained; offered: what the readings suggest."""

    of: SeuOfSource

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "suggested": list(self.offered)}


@dataclass(frozen=True, kw_only=True)
class AsksForPeriod(AsksBack):
    """Over which period a baseline shall be trained; readings lie between first and last."""

    of: SeuOfSource
    first: datetime
    last: datetime

    def data(self) -> dict[str, object]:
        first, last = self.first.isoformat(), self.last.isoformat()
        return {**self.of.data(), "first_reading": first, "last_reading": last}


@dataclass(frozen=True, kw_only=True)
class AsksToTrain(AsksBack):
    """Whether a baseline shall be trained as told: `period` and `drivers`."""

    of: SeuOfSource
    drivers: tuple[str, ...]

    def data(self) -> dict[str, object]:
        period = period_data(self.period) if self.period is not None else None
        return {**self.of.data(), "drivers": list(self.drivers), "period": period}


@dataclass(frozen=True, kw_only=True)
class AsksToActivate(AsksBack):
    """Whether a version shall be made the active one. active: the one that is now, if any."""

    of: SeuOfSource
    chosen: Baseline
    active: Baseline | None

    def data(self) -> dict[str, object]:
        active = self.active.version if self.active is not None else None
        return {**self.of.data(), "version": self.chosen.version, "active_version": active}


@dataclass(frozen=True, kw_only=True)
class OffersTraining(AsksBack):
    """There is no baseline to answer with; `question` is the training that is offered."""

    of: SeuOfSource
    has_inactive: bool = False

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "has_inactive": self.has_inactive}


@dataclass(frozen=True, kw_only=True)
class OffersOneByOne(AsksBack):
    """Several were to be trained, and one is offered; `question` is its training. without: SEUs
    that have no baseline, the one that is offered first."""

    of: SeuOfSource
    without: tuple[SeuOfSource, ...]

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "without": [each.data() for each in self.without]}


@dataclass(frozen=True, kw_only=True)
class DriversRefused(AsksBack):
    """Drivers that cannot be used, each with the reason. available: what can be, to choose from."""

    of: SeuOfSource
    refused: Mapping[str, DriverFault]
    available: tuple[str, ...]

    def data(self) -> dict[str, object]:
        available = list(self.available)
        return {**self.of.data(), "refused": dict(self.refused), "available": available}
