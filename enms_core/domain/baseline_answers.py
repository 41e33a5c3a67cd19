"""What is answered about baselines: trained, listed, explained, activated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enms_core.domain.answer import Answer
from enms_core.domain.baseline import Baseline, Grain, Sampling
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.question import Outcome
from enms_core.domain.seu import SeuOfSource

# Why a model cannot be made of samples that there are.
NotFitted = Literal["no_spread", "dependent", "no_driver"]


@dataclass(frozen=True, kw_only=True)
class OfSeu(Answer):
    """An answer about one SEU."""

    of: SeuOfSource

    def data(self) -> dict[str, object]:
        return self.of.data()


@dataclass(frozen=True, kw_only=True)
class NoSeu(Answer):
    """No significant energy use is registered for the machines and the source."""

    source: EnergySource | None
    machines: tuple[Machine, ...]
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.source.name if self.source is not None else None,
            "machines": [machine.name for machine in self.machines],
        }


@dataclass(frozen=True, kw_only=True)
class TooFewSamples(OfSeu):
    """Nothing was trained: too few hours (days) count. days_more: of running as it was lately until
    there are enough, None where that cannot be said."""

    grain: Grain
    sampling: Sampling
    needed: int
    days_more: int | None
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "grain": self.grain,
            "sampling": vars(self.sampling),
            "needed": self.needed,
            "days_more": self.days_more,
        }


@dataclass(frozen=True, kw_only=True)
class TrainingRefused(OfSeu):
    """Nothing was trained. busy: the same SEU is being trained by somebody else; no_spread: its use
    is the same in every sample, or `drivers` are, so that there is nothing to explain; dependent:
    `drivers` say the same as others; no_driver: none of those registered explains the use."""

    reason: Literal["busy"] | NotFitted
    drivers: tuple[str, ...] = ()
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "reason": self.reason, "drivers": list(self.drivers)}


@dataclass(frozen=True, kw_only=True)
class Trained(OfSeu):
    """A new version was stored; `baseline.is_active` tells whether it was made the active one.

    active_version: the one that is active now. insignificant: drivers that explain nothing sure.
    replaced: the version that was active before, where this one took its place; is_worse: that one
    was better. is_unchanged: the same was learned before, so nothing was stored; `baseline` is the
    version that there was.
    """

    baseline: Baseline
    active_version: int | None
    insignificant: tuple[str, ...] = ()
    replaced: int | None = None
    is_worse: bool = False
    is_unchanged: bool = False

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "baseline": self.baseline.data(),
            "active_version": self.active_version,
            "replaced": self.replaced,
            "is_worse": self.is_worse,
            "is_unchanged": self.is_unchanged,
        }

    def evidence(self) -> Evidence:
        return self.baseline.evidence()


@dataclass(frozen=True, kw_only=True)
class EveryOneTrained(Answer):
    """Several were to be trained at once, and all of them have a baseline."""

    outcome: Outcome = "no_data"


@dataclass(frozen=True)
class BaselinesOfSeu:
    """The versions of one SEU, the newest first."""

    of: SeuOfSource
    versions: tuple[Baseline, ...]

    @property
    def active(self) -> Baseline | None:
        return next((each for each in self.versions if each.is_active), None)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(each.version for each in self.versions)

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "versions": [each.data() for each in self.versions]}


@dataclass(frozen=True, kw_only=True)
class BaselineList(Answer):
    """What has been trained. without: SEUs asked about that have no baseline."""

    trained: tuple[BaselinesOfSeu, ...]
    without: tuple[SeuOfSource, ...]

    def data(self) -> dict[str, object]:
        return {
            "trained": [each.data() for each in self.trained],
            "without": [each.data() for each in self.without],
        }

    def evidence(self) -> Evidence:
        return Evidence(registers=True)


@dataclass(frozen=True)
class Influence:
    """How much one driver moves the use: share of the explained variation [0..1], sign."""

    driver: str
    share: float | None
    coefficient: float


@dataclass(frozen=True, kw_only=True)
class BaselineExplanation(OfSeu):
    """One version: what matters most, in which direction, how good it is, since when.

    influences: the strongest first; shares are None where statistics are unknown.
    """

    baseline: Baseline
    influences: tuple[Influence, ...]

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "baseline": self.baseline.data(),
            "influences": [vars(each) for each in self.influences],
        }

    def evidence(self) -> Evidence:
        return self.baseline.evidence()


@dataclass(frozen=True, kw_only=True)
class VersionUnknown(OfSeu):
    """The version that was asked for is none of `versions` (numbers)."""

    asked: int
    versions: tuple[int, ...]
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "asked": self.asked, "versions": list(self.versions)}


@dataclass(frozen=True, kw_only=True)
class Activated(OfSeu):
    """A version is the active one now. before: which was; the same where nothing changed."""

    baseline: Baseline
    before: int | None

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "baseline": self.baseline.data(), "before": self.before}

    def evidence(self) -> Evidence:
        return self.baseline.evidence()
