"""Where a sentence asks something else than its wording alone was taken for: two figures side by
side are a comparison, a figure of each machine is a ranking, machines in a state no list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.domain.intents import (
    COMPARISON,
    ENERGY,
    FORECAST,
    INTENTS,
    KPI,
    OVERVIEW,
    RANKING,
    TRAINING,
)
from enms_core.domain.period import PeriodPhrase
from enms_core.language.metrics import MetricReader, metric_phrases, metric_words
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.questions import NOW, OF_ONE_MACHINE, is_over
from enms_core.language.scope import Meant
from enms_core.language.sentence import MACHINE, Sentence
from enms_core.language.times_before import TimesBeforeReader

STATUS = "machine_status"
MACHINES = "machine_list"
HISTORY = "status_history"
POWER = "power"
PREDICT = "baseline_predict"
UPTIME = "uptime"
OF_STATES = frozenset({MACHINES, RANKING, STATUS, HISTORY})
# Indicators that have names of their own, whatever figure the rest of a sentence sounds like.
INDICATORS = ("sec", "peak_demand", "load_factor", "base_load", "idle_share", "cost", "carbon")
PERFORMANCE = "performance"
LISTS = frozenset({RANKING, MACHINES, "seu_list"})
# Indicators that a bound is of, though the rest of a sentence sounds like another question.
OF_RANKED = ("load_factor", "base_load", "idle_share", "availability", "operating_hours")
OF_BOUNDS: Mapping[str, Sequence[str]] = {
    KPI: INTENTS[KPI].metrics,
    RANKING: OF_RANKED,
    MACHINES: OF_RANKED,
    POWER: ("peak_demand",),
}
EXTREMES = ("peak", "minimum")
FORESEEN = frozenset({ENERGY, POWER, "cost"})  # figures that are forecast, by the same names


@dataclass(frozen=True)
class Turned:
    """The intent that is asked. metric: what a comparison or ranking is by, where the intent was
    turned into one. is_of_each: every machine is wanted. is_of_all: everything is meant, though no
    machine is named. is_of_sites: each site is a side of a comparison. taken: positions
    of the words that told so."""

    intent: str
    metric: str | None = None
    is_of_each: bool = False
    is_of_all: bool = False
    is_of_sites: bool = False
    taken: frozenset[int] = frozenset()


class TurnReader:
    """Tells so in one language."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        metrics: MetricReader,
    ) -> None:
        self._before = TimesBeforeReader(words)
        self._comparing = PhraseTable({"comparing": words["comparing"]}, numbers)
        self._by_machine = PhraseTable({"by_machine": words["by_machine"]}, numbers)
        self._states = PhraseTable({"state": words["machine_state"]}, numbers)
        self._which = PhraseTable({"which": words["which_machines"]}, numbers)
        self._several = frozenset(words["machine_several"])
        self._which_words = frozenset(words["which"])
        orders = (*words["order_highest"], *words["order_lowest"])
        self._orders = PhraseTable({"order": orders}, numbers)
        self._indicators = PhraseTable(
            {name: metric_words(KPI, name, words) for name in INDICATORS}, numbers
        )
        self._aspects = {name: metric_phrases(name, words, numbers) for name in OF_ONE_MACHINE}
        self._metrics = metrics
        self._expected = PhraseTable({"expected": words.get("deviation_from", ())}, numbers)
        self._extremes = PhraseTable(
            {name: metric_words(POWER, name, words) for name in EXTREMES}, numbers
        )
        self._every_model = PhraseTable({"every": words["training_all"]}, numbers)
        self._past = frozenset(words["past_tense"])
        self._future = PhraseTable({"future": words["future_tense"]}, numbers)
        self._quantities = PhraseTable(
            {name: words[f"metric_{name}"] for name in ("energy", "cost", "carbon")}, numbers
        )

    def read(
        self, sentence: Sentence, intent: str, meant: Meant, is_bounded: bool = False
    ) -> Turned:
        """What a sentence asks that was taken for an intent. is_bounded: it names a bound."""
        turned = self._of_model(sentence, intent)
        if turned is None and is_bounded:
            turned = self._of_bound(sentence, intent)
        return turned or self._by_words(sentence, intent, meant)

    def _by_words(self, sentence: Sentence, intent: str, meant: Meant) -> Turned:
        if self.compares(sentence) and self._has_two_sides(sentence, intent, meant):
            metric = intent if intent in OF_ONE_MACHINE else INTENTS[COMPARISON].metric
            return Turned(COMPARISON, metric)
        if intent in (*OF_ONE_MACHINE, RANKING, COMPARISON) and self.asks_which_site(sentence):
            metric = intent if intent in OF_ONE_MACHINE else None
            return Turned(COMPARISON, metric, is_of_sites=True)
        which = [] if _names_machines(sentence) else self._which.find(sentence.texts)
        is_of_all = intent in OF_STATES and self._is_of_all(sentence, intent, bool(which))
        told = at_its_time(STATUS if is_of_all else _of_machines(intent, sentence), sentence)
        if is_of_all or told != intent:
            return Turned(told, UPTIME if told == HISTORY else None, is_of_all=is_of_all)
        each = self._by_machine.find(sentence.texts)
        if (
            intent == KPI
            and self._metrics.read(sentence.texts, KPI, by_meaning=True).metric is None
        ):
            intent = self._figure_of(sentence)
        if intent == RANKING and each:
            return Turned(RANKING, is_of_each=True, taken=covered(each))
        if intent in OF_ONE_MACHINE and (each or which):
            return Turned(RANKING, intent, bool(each), taken=covered([*each, *which]))
        if intent not in OF_ONE_MACHINE:
            return Turned(intent)
        if self._names_indicator(sentence, intent):
            return Turned(KPI)
        return Turned(self._of_quantity(sentence, intent))

    def _of_bound(self, sentence: Sentence, intent: str) -> Turned | None:
        """What is held against a bound: deviations from what was expected, or an indicator that no
        ranking is by; of "which machines" each by itself."""
        asks_which = not self._which_words.isdisjoint(sentence.texts)
        if intent in (*LISTS, PERFORMANCE) and self._expected.find(sentence.texts):
            return Turned(PERFORMANCE, is_of_each=asks_which)
        metric = self._metrics.read(sentence.texts, KPI, by_meaning=True).metric
        # "Cost per unit" is no ranking by cost.
        is_own = intent in (RANKING, MACHINES) and bool(self._indicators.find(sentence.texts))
        is_named = is_own or metric in OF_BOUNDS.get(intent, ())
        return Turned(KPI, is_of_each=asks_which) if is_named else None

    def _of_model(self, sentence: Sentence, intent: str) -> Turned | None:
        """What a forecast or a baseline tells: figures ahead, what was to be expected in the past;
        or that every baseline is to be trained."""
        if intent in FORESEEN and self._lies_ahead(sentence):
            return Turned(FORECAST, intent)
        if intent == FORECAST and self._is_of_the_past(sentence):
            return Turned(PREDICT)
        if intent != TRAINING or _names_machines(sentence):
            return None
        every = self._every_model.find(sentence.texts)
        return Turned(intent, is_of_all=bool(every), taken=covered(every))

    def _lies_ahead(self, sentence: Sentence) -> bool:
        """Whether all times said are still to come, by their wording or by that of the sentence.
        "Until noon" tells an end only: it may be that of a past time."""
        kinds = {match.phrase.kind for match in sentence.periods}
        if not kinds or NOW in kinds or not self._past.isdisjoint(sentence.texts):
            return False
        if self._future.find(sentence.texts):
            return not any(is_over(match.phrase) for match in sentence.periods)
        return all(match.tense == "future" for match in sentence.periods) and "until" not in kinds

    def _is_of_the_past(self, sentence: Sentence) -> bool:
        """Whether it is predicted what a machine should have used in a time that is over."""
        said = said_periods(sentence.periods)
        aspect = self._metrics.read(sentence.texts, FORECAST, by_meaning=True).metric
        is_of_use = aspect in (None, ENERGY) and _names_machines(sentence)
        return is_of_use and bool(said) and all(map(is_over, said))

    def _has_indicator(self, sentence: Sentence) -> bool:
        return self._metrics.read(sentence.texts, KPI, by_meaning=True).metric is not None

    def _names_indicator(self, sentence: Sentence, intent: str) -> bool:
        """Whether an indicator is named that is no part of an aspect of the figure itself."""
        of_figure = covered(self._aspects[intent].find(sentence.texts))
        return any(
            not of_figure.issuperset(range(match.first, match.last))
            for match in self._indicators.find(sentence.texts)
        )

    def _figure_of(self, sentence: Sentence) -> str:
        """The figure that is named where no indicator is: the highest or lowest power, a cost."""
        if self._extremes.find(sentence.texts):
            return POWER
        return self._quantity(sentence) or KPI

    def _is_of_all(self, sentence: Sentence, intent: str, asks_which: bool) -> bool:
        """Whether the states of all machines are asked for: "which machines are on", "show idle
        machines"."""
        are_several = intent == STATUS and not self._several.isdisjoint(sentence.texts)
        return are_several or (asks_which and self._is_state(sentence))

    def _is_state(self, sentence: Sentence) -> bool:
        """Whether a state is asked for, and no order."""
        states = self._states.find(sentence.texts)
        return bool(states) and not self._orders.find(sentence.texts)

    def asks_which_site(self, sentence: Sentence) -> bool:
        """Whether it is a site that is asked for, and none is named: "which factory"."""
        named = [each for each in sentence.machines if not each.is_reference]
        if {each.mention.kind for each in named} != {"everything"}:
            return False
        return any(
            one.text in self._which_words and other.text == MACHINE
            for one, other in zip(sentence.words, sentence.words[1:], strict=False)
        )

    def compares(self, sentence: Sentence) -> bool:
        """Whether a word sets one thing against another."""
        return bool(self._comparing.find(sentence.texts))

    def _has_two_sides(self, sentence: Sentence, intent: str, meant: Meant) -> bool:
        """Whether figures of two names or times are asked; a state is compared by none."""
        times = len(said_periods(sentence.periods)) + bool(self._before.find(sentence))
        several = len(meant.parts) > 1
        return (intent in OF_ONE_MACHINE and (several or times == 2)) or (
            intent == STATUS and several
        )

    def _of_quantity(self, sentence: Sentence, intent: str) -> str:
        """The figure that is named, where it is another than energy."""
        return (self._quantity(sentence) or intent) if intent == ENERGY else intent

    def _quantity(self, sentence: Sentence) -> str | None:
        """The one quantity that is named."""
        named = {match.concept for match in self._quantities.find(sentence.texts)}
        return named.pop() if len(named) == 1 else None


def _of_machines(intent: str, sentence: Sentence) -> str:
    """An overview is of a site; what is told of a machine is its state."""
    return STATUS if intent == OVERVIEW and _names_machines(sentence) else intent


def at_its_time(intent: str, sentence: Sentence) -> str:
    """The intent that tells of the time said: a state at a past time is history, and energy that is
    used right now is power."""
    said = said_periods(sentence.periods)
    if intent == STATUS and any(_is_past(period) for period in said):
        return HISTORY
    return POWER if intent == ENERGY and [period.kind for period in said] == ["now"] else intent


def _is_past(period: PeriodPhrase) -> bool:
    """Whether a time lies behind us, or has a beginning there; the running unit does not."""
    return period.kind != "now" and not (period.kind == "unit" and period.offset == 0)


def _names_machines(sentence: Sentence) -> bool:
    """Whether machines are named, and not only where they stand."""
    return not {each.mention.kind for each in sentence.machines} <= {"site", "everything"}
