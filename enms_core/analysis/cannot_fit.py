"""Why no model can be made of samples that there are."""

from __future__ import annotations

from typing import ClassVar

from enms_core.domain.baseline_answers import NotFitted


class CannotFit(ValueError):
    """There are samples, and yet no model of them. reason: as answers tell it."""

    reason: ClassVar[NotFitted]

    def __init__(self, drivers: tuple[str, ...] = ()) -> None:
        super().__init__(f"{self.reason}: {', '.join(drivers) or 'none named'}")
        self.drivers = drivers


class NoSpread(CannotFit):
    """Drivers that are the same in every sample; none named: the use is."""

    reason: ClassVar[NotFitted] = "no_spread"


class LinearlyDependent(CannotFit):
    """Drivers that the drivers before them tell exactly: they have no coefficient of their own."""

    reason: ClassVar[NotFitted] = "dependent"


class NoDriver(CannotFit):
    """A model needs a driver, and there is none."""

    reason: ClassVar[NotFitted] = "no_driver"
