"""From an answer to dialogs: which sentences, in which order, with which words in their slots.

Sentences stand in the dialog files; here stands only the choice of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from uuid import UUID

from enms_core.domain.answer import (
    Answer,
    DataIssue,
    EnergyAnswer,
    MachineUse,
    NoReadings,
    NotBegun,
    SourceNotUsed,
    SourceUse,
)
from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.domain.period import Period
from enms_core.domain.question import Question, Scope, Understanding
from enms_core.language.model import LanguageModel
from enms_core.language.period_speech import period_words
from enms_core.language.render import Dialog, render
from enms_core.language.words import Words

FEW_PERCENT = 1.0


class Speaker:
    """Words an answer about one catalogue in one language."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        self._files = model.files
        self._words = Words(model.files)
        self._catalogue = catalogue

    @singledispatchmethod
    def say(self, answer: Answer) -> list[Dialog]:
        """The dialogs of an answer, in the order in which they are spoken."""
        raise TypeError(f"no speech for {type(answer).__name__}")

    @say.register
    def _energy(self, answer: EnergyAnswer) -> list[Dialog]:
        dialogs = [self._used(answer)]
        if len(answer.uses) > 1 and all(_is_known_purchase(use) for use in answer.uses):
            dialogs.append(self._together(answer.purchased_energy_kwh))
        return [*dialogs, *(self._issue(issue, answer) for issue in answer.issues)]

    @say.register
    def _no_readings(self, answer: NoReadings) -> list[Dialog]:
        if not answer.question.scope.machine_ids:
            return [("no_machines_left" if self._catalogue.machines else "no_machines", {})]
        slots = self._where_and_when(answer.question, answer.period)
        dialogs: list[Dialog] = [("no_readings", slots)]
        if answer.first is not None and answer.last is not None:
            first, last = (self._words.day(day.date()) for day in (answer.first, answer.last))
            dialogs.append(("no_readings_range", {"first": first, "last": last}))
        return dialogs

    @say.register
    def _not_begun(self, _answer: NotBegun) -> list[Dialog]:
        return [("period_not_begun", {})]

    @say.register
    def _source_not_used(self, answer: SourceNotUsed) -> list[Dialog]:
        if answer.issues:
            return [self._unreadable(issue) for issue in answer.issues]
        if not answer.asked:
            return [("scope_not_metered", {"scope": self._scope(answer.question.scope)})]
        asked = self._words.listed([self._words.source(s.name) for s in answer.asked], "list_or")
        slots = {"asked": asked, "scope": self._scope(answer.question.scope)}
        available = [self._words.source(source.name) for source in answer.available]
        if not available:
            return [("source_not_used_none", slots)]
        return [("source_not_used", {**slots, "available": self._words.listed(available)})]

    def say_not_answered(self, understanding: Understanding) -> list[Dialog]:
        """The one sentence for an utterance that no service answers."""
        if understanding.outcome == "clarify" and not understanding.choices:
            return [("part_not_understood", {"words": understanding.unknown or ""})]
        if understanding.outcome == "clarify":
            names = self._distinct_names(understanding.choices)
            return [("which_machine", {"choices": self._words.listed(names, "list_or")})]
        if understanding.outcome == "unknown_machine":
            return [self._unknown_machine(understanding.unknown or "")]
        if understanding.outcome == "unknown_source":
            return [self._unknown_source(understanding.unknown or "")]
        if understanding.outcome == "not_yet" and understanding.question is not None:
            return [("not_yet", {"topic": self._words.topic(understanding.question.intent)})]
        return [(understanding.outcome, {})]

    def text(self, dialogs: Sequence[Dialog], variant: int = 0) -> str:
        """The dialogs as one spoken text."""
        return render(dialogs, self._files, variant)

    def title(self, question: Question) -> str:
        """What a card is about: the machines as they are said."""
        return self._scope(question.scope)

    def _used(self, answer: EnergyAnswer) -> Dialog:
        slots = self._where_and_when(answer.question, answer.period)
        uses = [use for use in answer.uses if use.readings]
        only = uses[0]
        if len(uses) == 1 and only.source.is_purchased:
            amount = self._words.amount(only.quantity, only.source.unit)
            source = self._words.source(only.source.name)
            return "energy_used", {**slots, "amount": amount, "source": source}
        amounts = self._words.listed([self._amount(use) for use in uses], whole=True)
        purchased = all(use.source.is_purchased for use in uses)
        name = "energy_used_several" if purchased else "energy_metered"
        return name, {**slots, "amounts": amounts}

    def _amount(self, use: SourceUse) -> str:
        slots = {
            "amount": self._words.amount(use.quantity, use.source.unit),
            "source": self._words.source(use.source.name),
        }
        return self._words.phrase("amount_of_source", slots)

    def _together(self, purchased_energy_kwh: float | None) -> Dialog:
        if purchased_energy_kwh is None:
            return "energy_content_unknown", {}
        return "energy_together", {"amount": self._words.amount(purchased_energy_kwh, "kWh")}

    def _unreadable(self, issue: DataIssue) -> Dialog:
        names = str(issue.facts["sources"]).split(", ")
        sources = self._words.listed([self._words.source(name) for name in names])
        return "sources_unreadable", {"sources": sources}

    def _issue(self, issue: DataIssue, answer: EnergyAnswer) -> Dialog:
        if issue.code == "sources.unreadable":
            return self._unreadable(issue)
        source = self._words.source(str(issue.facts.get("energy_source", "")))
        if issue.code == "machines.not_metered":
            return "machines_not_metered", {"machines": self._names(_names_in(issue))}
        if issue.code == "readings.machine_missing":
            return "machine_without_readings", {"machines": self._machine_names(answer.machines)}
        if issue.code in ("readings.coverage_unknown", "readings.none"):
            name = {"readings.none": "source_without_readings"}.get(issue.code, "coverage_unknown")
            return name, {"source": source}
        if issue.code == "readings.window":
            return self._window(issue, answer)
        return self._missing(issue, answer, source)

    def _window(self, issue: DataIssue, answer: EnergyAnswer) -> Dialog:
        """How much of the period the meter's intervals fill: a time, or a share for several."""
        covered, asked = (
            float(issue.facts[name] or 0) for name in ("covered_seconds", "asked_seconds")
        )
        if len(answer.machines) == 1:
            return "readings_window", {"duration": self._words.duration(covered)}
        return "readings_window_share", {"percent": self._words.number(100 * covered / asked)}

    def _missing(self, issue: DataIssue, answer: EnergyAnswer, source: str) -> Dialog:
        """How much is missing: as a time for one machine, as a share for several."""
        suffix = "_of_source" if len(answer.uses) > 1 else ""
        slots = {"source": source} if suffix else {}
        if len(answer.machines) == 1:
            missing = float(issue.facts["missing_seconds"] or 0)
            return f"readings_missing{suffix}", {**slots, "duration": self._words.duration(missing)}
        percent = 100.0 - float(issue.facts["coverage_percent"] or 0)
        if percent < FEW_PERCENT:
            return f"readings_few_missing{suffix}", slots
        return f"readings_missing_share{suffix}", {**slots, "percent": self._words.number(percent)}

    def _distinct_names(self, machine_ids: Sequence[UUID]) -> list[str]:
        """Names of machines; with their site where two of them have one name."""
        machines = [self._catalogue.machine(machine_id) for machine_id in machine_ids]
        names = [machine.name for machine in machines]
        return [
            self._name_at_site(machine)
            if names.count(machine.name) > 1
            else self._words.name(machine.name)
            for machine in machines
        ]

    def _name_at_site(self, machine: Machine) -> str:
        site = self._catalogue.factory(machine.factory_id).name
        slots = {"machine": self._words.name(machine.name), "site": self._words.name(site)}
        return self._words.phrase("machine_at_site", slots)

    def _unknown_machine(self, unknown: str) -> Dialog:
        names = [self._words.name(machine.name) for machine in self._catalogue.home_machines]
        said = self._words.name(unknown)
        if not names:
            return "unknown_machine_none", {"unknown": said}
        return "unknown_machine", {"unknown": said, "machines": self._words.listed(names)}

    def _unknown_source(self, unknown: str) -> Dialog:
        said = self._words.source(unknown)
        sources = [self._words.source(source.name) for source in self._catalogue.sources]
        if not sources:
            return "unknown_source_none", {"unknown": said}
        return "unknown_source", {"unknown": said, "sources": self._words.listed(sources)}

    def _where_and_when(self, question: Question, period: Period) -> dict[str, str]:
        name, slots = period_words(
            question.period, period, self._files.lang, self._files.vocabulary
        )
        return {
            "scope": self._scope(question.scope),
            "period": self._words.phrase(name, slots),
        }

    def _scope(self, scope: Scope) -> str:
        if scope.kind == "site" and scope.label is not None:
            return self._words.name(scope.label)
        if scope.kind == "all":
            sites = {self._catalogue.machine(id_).factory_id for id_ in scope.machine_ids}
            return self._words.phrase("scope_all" if len(sites) == 1 else "scope_all_sites", {})
        return self._names([self._catalogue.machine(id_).name for id_ in scope.machine_ids])

    def _machine_names(self, machines: Sequence[MachineUse]) -> str:
        silent = [m.machine.name for m in machines if not any(use.readings for use in m.uses)]
        return self._names(silent)

    def _names(self, names: Sequence[str]) -> str:
        return self._words.listed([self._words.name(name) for name in names])


def _is_known_purchase(use: SourceUse) -> bool:
    return use.source.is_purchased and use.readings > 0


def _names_in(issue: DataIssue) -> list[str]:
    return str(issue.facts["machines"]).split(", ")
