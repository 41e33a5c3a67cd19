"""What the sayings of all features share: names, scopes and periods of one catalogue as words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.domain.period import Period, PeriodPhrase
from enms_core.domain.question import Question, Scope
from enms_core.language.files import LanguageFiles
from enms_core.language.period_speech import period_words
from enms_core.language.render import Several
from enms_core.language.words import Words


class Voice:
    """Words of one language over one catalogue."""

    def __init__(self, files: LanguageFiles, catalogue: Catalogue) -> None:
        self.files = files
        self.words = Words(files)
        self.catalogue = catalogue

    def where_and_when(self, question: Question, period: Period) -> dict[str, str]:
        """The slots `scope` and `period`, which nearly every sentence has."""
        return {
            "scope": self.scope(question.scope),
            "period": self.period(question.period, period),
        }

    def period(self, phrase: PeriodPhrase, period: Period) -> str:
        """A stretch of time as it was said: "last week"."""
        name, slots = period_words(phrase, period, self.files.lang, self.files.vocabulary)
        return self.words.phrase(name, slots)

    def scope(self, scope: Scope) -> str:
        """Machines as they were named: one by one, as a site, or as everything."""
        if scope.kind == "site" and scope.label is not None:
            return self.words.name(scope.label)
        if scope.kind == "all":
            sites = {self.catalogue.machine(id_).factory_id for id_ in scope.machine_ids}
            if len(sites) > 1:
                return Several(self.words.phrase("scope_all_sites"))
            return self.words.phrase("scope_all")
        return self.machines(scope.machine_ids)

    def machines(self, machine_ids: Sequence[UUID], whole: bool = False) -> str:
        """Names of machines as a list; beyond three the rest is counted, unless told whole."""
        return self.words.listed(self.distinct_names(machine_ids), whole=whole)

    def machines_of(self, issue: DataIssue) -> str:
        """The machines of an issue as a list; with their site where another has the same name.

        It may be in the question, and the listener would not know which of them is meant.
        """
        return self.words.listed(self._told_apart(issue.machines, self.catalogue.machines))

    def names(self, names: Sequence[str]) -> str:
        """A list of names that are no machines' of the catalogue, or not any more."""
        return self.words.listed([self.words.name(name) for name in names])

    def sources(self, names: Sequence[str], joiner: str = "list_and") -> str:
        """A list of energy sources."""
        return self.words.listed([self.words.source(name) for name in names], joiner)

    def distinct_names(self, machine_ids: Sequence[UUID]) -> list[str]:
        """Names of machines; with their site where two of them have one name."""
        machines = [self.catalogue.machine(machine_id) for machine_id in machine_ids]
        return self._told_apart(machines, machines)

    def _told_apart(self, machines: Sequence[Machine], others: Sequence[Machine]) -> list[str]:
        """Names of machines; with their site where another machine has the same name."""
        count = Counter(machine.name for machine in others)
        return [
            self._name_at_site(each) if count[each.name] > 1 else self.words.name(each.name)
            for each in machines
        ]

    def _name_at_site(self, machine: Machine) -> str:
        site = self.catalogue.factory(machine.factory_id).name
        slots = {"machine": self.words.name(machine.name), "site": self.words.name(site)}
        return self.words.phrase("machine_at_site", slots)
