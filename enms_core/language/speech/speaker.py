"""From an answer to dialogs: which sentences, in which order, with which words in their slots.

Sentences stand in the dialog files; the modules beside this one only choose among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from enms_core.domain.answer import Answer, NoReadings, NotBegun, SourceNotUsed
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.comparison import ComparisonAnswer
from enms_core.domain.cost import CostAnswer
from enms_core.domain.demand_charge import DemandChargeAnswer, NoDemandCharge
from enms_core.domain.emissions import EmissionsAnswer
from enms_core.domain.energy import (
    AverageAnswer,
    EnergyAnswer,
    SeriesAnswer,
    SeriesTooLong,
    TrendAnswer,
    TypicalDayAnswer,
)
from enms_core.domain.evidence_answer import EvidenceAnswer, NothingToProve
from enms_core.domain.explain_term import TermAnswer
from enms_core.domain.health import HealthAnswer
from enms_core.domain.help import HelpAnswer
from enms_core.domain.kpi import KpiAnswer
from enms_core.domain.listing import DriverList, MachineList, SeuList, SourceList
from enms_core.domain.machine_status import MachineStatusAnswer, NoStatus
from enms_core.domain.overview import OverviewAnswer
from enms_core.domain.power import PowerAnswer, RateUnknown
from enms_core.domain.production import NoProduction, ProductionAnswer
from enms_core.domain.question import Question, Understanding
from enms_core.domain.ranking import RankingAnswer, ThresholdUnfit
from enms_core.domain.rated import NoFactor, NoPrice
from enms_core.domain.status_history import PatternAnswer, StatusHistoryAnswer
from enms_core.language.model import LanguageModel
from enms_core.language.render import Dialog, render
from enms_core.language.speech.action_plan import OF_PLANS
from enms_core.language.speech.analyses import OF_ANALYSES
from enms_core.language.speech.asking_back import say_not_answered
from enms_core.language.speech.baselines import OF_BASELINES
from enms_core.language.speech.carbon import say_carbon, say_no_factor
from enms_core.language.speech.comparison import say_comparison
from enms_core.language.speech.cost import say_cost, say_no_price
from enms_core.language.speech.demand_charge import say_demand_charge, say_no_demand_charge
from enms_core.language.speech.energy import say_average, say_energy, say_too_long
from enms_core.language.speech.energy_series import say_series, say_typical_day
from enms_core.language.speech.energy_trend import say_trend
from enms_core.language.speech.evidence import say_evidence, say_nothing_to_prove
from enms_core.language.speech.explain_term import say_term
from enms_core.language.speech.health import say_health
from enms_core.language.speech.help import say_help
from enms_core.language.speech.kpi import say_kpi
from enms_core.language.speech.machine_list import say_machine_list
from enms_core.language.speech.machine_status import say_machine_status, say_no_status
from enms_core.language.speech.overview import say_overview
from enms_core.language.speech.pattern import say_pattern
from enms_core.language.speech.power import say_power, say_rate_unknown
from enms_core.language.speech.production import say_no_production, say_production
from enms_core.language.speech.ranking import say_ranking, say_threshold_unfit
from enms_core.language.speech.refusals import (
    say_no_readings,
    say_not_begun,
    say_source_not_used,
)
from enms_core.language.speech.sources import say_driver_list, say_seu_list, say_source_list
from enms_core.language.speech.status_history import say_status_history
from enms_core.language.speech.voice import Voice

# Kind of answer → how it is said.
SAYINGS: Mapping[type[Answer], Callable[[Any, Voice], list[Dialog]]] = {
    EnergyAnswer: say_energy,
    AverageAnswer: say_average,
    SeriesAnswer: say_series,
    TypicalDayAnswer: say_typical_day,
    SeriesTooLong: say_too_long,
    TrendAnswer: say_trend,
    NoReadings: say_no_readings,
    NotBegun: say_not_begun,
    SourceNotUsed: say_source_not_used,
    MachineList: say_machine_list,
    MachineStatusAnswer: say_machine_status,
    NoStatus: say_no_status,
    StatusHistoryAnswer: say_status_history,
    PatternAnswer: say_pattern,
    SourceList: say_source_list,
    SeuList: say_seu_list,
    DriverList: say_driver_list,
    HealthAnswer: say_health,
    CostAnswer: say_cost,
    NoPrice: say_no_price,
    DemandChargeAnswer: say_demand_charge,
    NoDemandCharge: say_no_demand_charge,
    EmissionsAnswer: say_carbon,
    NoFactor: say_no_factor,
    OverviewAnswer: say_overview,
    PowerAnswer: say_power,
    RateUnknown: say_rate_unknown,
    ProductionAnswer: say_production,
    NoProduction: say_no_production,
    RankingAnswer: say_ranking,
    ThresholdUnfit: say_threshold_unfit,
    ComparisonAnswer: say_comparison,
    KpiAnswer: say_kpi,
    EvidenceAnswer: say_evidence,
    NothingToProve: say_nothing_to_prove,
    TermAnswer: say_term,
    HelpAnswer: say_help,
    **OF_BASELINES,
    **OF_ANALYSES,
    **OF_PLANS,
}


class Speaker:
    """Words an answer about one catalogue in one language.

    currency_words: a person's own words, by code of ISO 4217.
    """

    def __init__(
        self,
        model: LanguageModel,
        catalogue: Catalogue,
        currency_words: Mapping[str, str] | None = None,
    ) -> None:
        files = model.files.with_values("currencies", currency_words or {})
        self._voice = Voice(files, catalogue)

    def say(self, answer: Answer) -> list[Dialog]:
        """The dialogs of an answer, in the order in which they are spoken."""
        return SAYINGS[type(answer)](answer, self._voice)

    def say_not_answered(self, understanding: Understanding) -> list[Dialog]:
        """The one sentence for an utterance that no service answers."""
        return say_not_answered(understanding, self._voice)

    def text(self, dialogs: Sequence[Dialog], variant: int = 0) -> str:
        """The dialogs as one spoken text."""
        return render(dialogs, self._voice.files, variant)

    def title(self, question: Question) -> str:
        """What a card is about: the machines as they are said."""
        return self._voice.scope(question.scope)
