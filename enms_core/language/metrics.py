"""The aspects that a sentence names: by the word lists of each, else by what its words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.domain.intents import COMPARISON, INTENTS, KPI, RANKING
from enms_core.domain.question import Step
from enms_core.language.concepts import Thesaurus
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable, covered

STEPS: Mapping[str, Step] = {"by_hour": "hour", "by_day": "day"}

# An aspect and the concepts of the thesaurus that tell it, all of them together.
Meaning = tuple[str, frozenset[str]]


def _told_by(*pairs: tuple[str, str]) -> tuple[Meaning, ...]:
    return tuple((metric, frozenset(concepts.split())) for metric, concepts in pairs)


OF_QUANTITIES = _told_by(
    ("cost", "money"),
    ("carbon", "carbon"),
    ("anomalies", "anomaly"),
    ("anomalies", "alarm"),
    ("efficiency", "efficient"),
    ("energy", "consume"),
    ("efficiency", "wasteful"),
    ("power", "draw"),
    ("production", "produce"),
)
# For each intent, the first that is told counts.
MEANINGS: Mapping[str, tuple[Meaning, ...]] = {
    "energy": _told_by(
        ("by_hour", "hourly"),
        ("by_day", "daily"),
        ("by_source", "split"),
        ("trend", "trend"),
        ("average", "average"),
    ),
    "power": _told_by(("peak", "peak"), ("minimum", "minimum"), ("average", "average")),
    "cost": _told_by(("demand_charge", "demand_charge")),
    "production": _told_by(
        ("downtime", "downtime"),
        ("rejects", "reject"),
        ("quality", "good_part split"),
        ("good", "good_part"),
    ),
    RANKING: OF_QUANTITIES,
    COMPARISON: OF_QUANTITIES,
    "status_history": _told_by(("pattern", "usually"), ("offline", "past_stop")),
    KPI: _told_by(
        ("idle_share", "idle_share"),
        ("load_factor", "load_factor"),
        ("base_load", "base_load"),
        ("operating_hours", "operating_hours"),
        ("availability", "availability"),
        ("carbon", "per carbon"),
        ("cost", "per money"),
        ("sec", "specific"),
        ("sec", "per consume"),
    ),
    "anomaly_list": _told_by(("trend", "trend")),
    "forecast": _told_by(("cost", "money"), ("peak", "peak")),
}
# An aspect that gives way to another one that is named beside it: the power at its peak.
GIVES_WAY: Mapping[str, Mapping[str, str]] = {
    "forecast": {"power": "peak"},
    "production": {"good": "quality"},
    "anomaly_list": {"count": "trend"},
    "status_history": {"offline": "pattern", "uptime": "pattern"},
}
# What the meaning of other words makes of an aspect: energy per piece, where money is asked for.
OF_PIECES = {"sec": _told_by(("cost", "money"), ("carbon", "carbon"))}


@dataclass(frozen=True)
class SaidMetric:
    """metric: None where none was said. taken: positions of the words that said it."""

    metric: str | None = None
    step: Step | None = None
    taken: frozenset[int] = frozenset()


class MetricReader:
    """Reads the aspects of every intent in one language."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        thesaurus: Thesaurus,
    ) -> None:
        self._phrases = {name: metric_phrases(name, words, numbers) for name in INTENTS}
        self._none = PhraseTable({"none": words.get("metric_not", ())}, numbers)
        self._thesaurus = thesaurus

    def read(self, texts: Sequence[str], intent: str, by_meaning: bool) -> SaidMetric:
        """The aspect that says most. by_meaning: words that are in no list count as well."""
        says_none = covered(self._none.find(texts))  # "I mean" is no average
        texts = ["" if i in says_none else text for i, text in enumerate(texts)]
        found = self._phrases[intent].find(texts)
        metric, step = _metric_and_step([match.concept for match in found], intent)
        said = SaidMetric(metric, step, covered(found))
        if not by_meaning:
            return said
        if metric is None:
            return self._meant(texts, MEANINGS.get(intent, ()))
        if intent == KPI and metric in OF_PIECES:
            instead = self._meant(texts, OF_PIECES[metric])
            return SaidMetric(instead.metric or metric, None, said.taken | instead.taken)
        return said

    def means(self, texts: Sequence[str], concept: str) -> bool:
        """Whether a word of a concept of the thesaurus is said."""
        return bool(self._thesaurus.matches(texts, frozenset({concept})))

    def _meant(self, texts: Sequence[str], meanings: Sequence[Meaning]) -> SaidMetric:
        wanted = frozenset[str]().union(*(concepts for _, concepts in meanings))
        found = self._thesaurus.matches(texts, wanted) if wanted else []
        told = {match.concept for match in found}
        for metric, concepts in meanings:
            if concepts <= told:
                said = covered(match for match in found if match.concept in concepts)
                return SaidMetric(metric, STEPS.get(metric), said)
        return SaidMetric()


def metric_phrases(
    intent: str, words: Mapping[str, tuple[str, ...]], numbers: NumberReader
) -> PhraseTable:
    """The words for each aspect of an intent."""
    metrics = INTENTS[intent].metrics
    return PhraseTable({name: metric_words(intent, name, words) for name in metrics}, numbers)


def metric_words(intent: str, metric: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words for an aspect: those of its own in this intent, else those it has in all."""
    return words.get(f"metric_{intent}_{metric}", words.get(f"metric_{metric}", ()))


def _metric_and_step(found: Sequence[str], intent: str) -> tuple[str | None, Step | None]:
    """The aspect that says most: "average per hour" is an average, "hourly" alone a series."""
    step = next((STEPS[metric] for metric in found if metric in STEPS), None)
    weakest = INTENTS[intent].metrics[:1]
    gives_way = GIVES_WAY.get(intent, {})
    kept = [metric for metric in found if gives_way.get(metric) not in found]
    ranked = sorted(kept, key=lambda metric: (metric in weakest, metric in STEPS))
    return (ranked[0] if ranked else None), step
