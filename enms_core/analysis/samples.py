"""Samples: what a meter showed at some moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.flows import Amounts
from enms_core.analysis.grid import Moments


@dataclass(frozen=True)
class Sample:
    """One reading of a register: its moment [µs of UTC], its value, the meter's name if told."""

    moment: int
    value: float
    serial: str = ""


@dataclass(frozen=True)
class Samples:
    """Samples in the order of time, with the meter's name of each where names are told."""

    moments: Moments
    values: Amounts
    serials: Sequence[str] | None

    def at(self, place: int) -> Sample:
        """One of them."""
        serial = "" if self.serials is None else self.serials[place]
        return Sample(int(self.moments[place]), float(self.values[place]), serial)

    def followed_by(self, later: Samples) -> Samples:
        """These and later ones."""
        names = None
        if self.serials is not None or later.serials is not None:
            names = [*self.names(), *later.names()]
        return Samples(
            np.concatenate([self.moments, later.moments]),
            np.concatenate([self.values, later.values]),
            names,
        )

    def names(self) -> Sequence[str]:
        """The meter's name of each, empty where none is told."""
        return [""] * self.moments.size if self.serials is None else self.serials

    def has_changed(self) -> NDArray[np.bool_]:
        """Whether each step is from one meter to another; one that is not named is none."""
        if self.serials is None:
            return np.zeros(self.moments.size - 1, dtype=np.bool_)
        names: NDArray[np.str_] = np.asarray(self.serials, dtype=np.str_)
        changed: NDArray[np.bool_] = (names[:-1] != names[1:]) & (names[:-1] != "")
        return changed


def samples_after(
    last: Sample | None, moments: Moments, values: Amounts, serials: Sequence[str] | None
) -> Samples:
    """The samples with the one before them in front, if there is one."""
    named = "" if last is None else last.serial
    samples = Samples(moments, values, serials)
    if serials is not None or named:
        samples = Samples(moments, values, _filled(samples.names(), named))
    if last is None:
        return samples
    before = Samples(np.array([last.moment]), np.array([last.value]), [named] if named else None)
    return before.followed_by(samples)


def _filled(serials: Sequence[str], before: str) -> list[str]:
    """Names with the empty ones as the one before them."""
    filled: list[str] = []
    for name in serials:
        before = name or before
        filled.append(before)
    return filled
